"""A new plugin is right from its first day, for every country, whatever is asked for in words that can be taken."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from sdgcities.errors import Refused
from sdgcities.intake.po import parse_po
from sdgcities.kit.desk.catalogues import update
from sdgcities.kit.page import PAGE, page_of
from sdgcities.kit.quality import judge, rules
from sdgcities.kit.reference.countries import REFERENCE, Country, countries, country_of
from sdgcities.kit.reference.customs import currencies, customs
from sdgcities.kit.rule import Level
from sdgcities.kit.scaffold.making import make_plugin, rendered
from sdgcities.kit.scaffold.wish import Wish, folder_of, remarks, wish_of
from sdgcities.kit.subject import NO_COUNTRY, Reading, Subject
from sdgcities.model.plugins import Layer
from sdgcities.resources import resource_dir
from sdgcities.writing import whole_folder

OFFICE = "National Bureau of Statistics <sdg@bureau.gov>"
CASES = [("kenya", "KE", "en,sw"), ("egypt", "EG", "ar,en"), ("georgia", "GE", "ka,en")]
"""A Latin, a right-to-left and another script."""
THEME = ("open-space", None, "en,ka")


def made(case: tuple[str, str | None, str], folder: Path) -> Subject:
    name, country, languages = case
    wish = wish_of(name, country, languages, OFFICE, Layer.COUNTRY if country else Layer.THEME)
    make_plugin(wish, folder / wish.name)
    return Subject(folder / wish.name / wish.package)


@pytest.fixture(params=CASES, ids=lambda case: case[0])
def subject(request: pytest.FixtureRequest, tmp_path: Path) -> Subject:
    return made(request.param, tmp_path)


@pytest.fixture(params=[*CASES, THEME], ids=lambda case: case[0])
def any_subject(request: pytest.FixtureRequest, tmp_path: Path) -> Subject:
    return made(request.param, tmp_path)


def test_a_new_plugin_keeps_every_rule_of_bronze(any_subject: Subject) -> None:
    chosen = [rule for rule in rules() if rule.level is Level.BRONZE and not rule.slow]
    assert len(chosen) > 10
    unmet = {
        verdict.rule.id: [str(one.message) for one in verdict.findings] or str(verdict.unchecked) for verdict in judge(any_subject, chosen) if not verdict.met
    }
    assert unmet == {}


@pytest.mark.slow
def test_a_new_plugin_is_bronze_with_its_own_tests_run(any_subject: Subject) -> None:
    verdicts = judge(any_subject, [rule for rule in rules() if rule.level is Level.BRONZE])
    assert {verdict.rule.id for verdict in verdicts} >= {"contract-tests", "hooks-load"}
    assert [(verdict.rule.id, [str(one.message) for one in verdict.findings]) for verdict in verdicts if not verdict.met] == []


def test_nothing_that_is_told_of_a_new_plugin_is_a_false_alarm(any_subject: Subject) -> None:
    told = [
        finding for verdict in judge(any_subject, [rule for rule in rules() if rule.level is Level.BRONZE and not rule.slow]) for finding in verdict.findings
    ]
    few = [] if any_subject.country == NO_COUNTRY else ["Indicators of the national core: 3; the milestone data/framework asks for at least 15."]
    assert [str(finding.message) for finding in told] == few


def test_the_catalogues_hold_every_text_untranslated(subject: Subject) -> None:
    language = next(code for code in subject.manifest.languages if code != "en")
    file = subject.folder / "locales" / language / "LC_MESSAGES" / "sdgcities.po"
    catalogue = parse_po(file.read_text(encoding="utf-8"), str(file), 6)
    assert {"City profile", "Region", "Population"} <= {entry.msgid for entry in catalogue.entries}
    assert [entry.msgid for entry in catalogue.entries if entry.texts] == []
    assert catalogue.findings == ()
    assert sorted(path.name for path in (subject.folder / "locales").iterdir()) == [language]


def test_what_is_made_of_the_files_is_as_the_commands_would_write_it(any_subject: Subject) -> None:
    language = next(code for code in any_subject.manifest.languages if code != "en")
    assert [(done.changed, done.new) for done in update(any_subject.manifest, [language])] == [(False, 0)]
    assert (any_subject.folder / PAGE).read_text(encoding="utf-8") == page_of(any_subject)


def test_the_country_is_called_as_the_united_nations_and_its_languages_call_it(subject: Subject) -> None:
    whole = subject.units.value[0] if subject.units.value else None
    assert whole
    assert {"KE": "Kenya", "EG": "مصر", "GE": "საქართველო"}[whole.id] == whole.called(subject.manifest.languages)
    assert {"fr", "es", "ar", "zh", "ru"} <= {name.language for name in whole.names}
    assert whole.codes["m49"] == {"KE": "404", "EG": "818", "GE": "268"}[whole.id]


def test_every_example_says_that_it_is_one(subject: Subject) -> None:
    for unit in (subject.units.value or [])[1:]:
        assert unit.name.startswith("Example ")
        assert unit.status == "draft"
        assert unit.source.office == "No office"
    assert {profile.value.source.office for profile in subject.profiles if profile.value} == {"No office"}


def test_the_change_that_milestones_yaml_shows_can_be_taken(subject: Subject) -> None:
    file = subject.folder / "milestones.yaml"
    text = file.read_text(encoding="utf-8").removesuffix("changes: []\nmilestones: []\n")
    file.write_text(re.sub(r"^#(?=changes|milestones|  )", "", text, flags=re.MULTILINE), encoding="utf-8")
    rule = next(rule for rule in rules() if rule.id == "milestones-valid")
    assert [str(finding.message) for finding in rule.check(subject)] == []
    assert subject.adaptation
    assert subject.adaptation.value
    assert [change.milestone for change in subject.adaptation.value.changes] == ["data/agreement"]


def test_every_template_is_used_and_none_shows(subject: Subject) -> None:
    folder = resource_dir("templates") / "plugin"
    templates = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    wish = wish_of("x", "KE", "en,sw", OFFICE)
    used = {file.path.replace("sdgcities_x/", "package/").replace("/sw/", "/language/") + ".jinja" for file in rendered(wish)}
    assert templates | {"package/README.md.jinja"} == used
    project = subject.folder.parent
    assert [path for path in project.rglob("*") if path.is_file() and ("{{" in (text := path.read_text(encoding="utf-8")) or "{%" in text)] == []


def test_every_template_of_a_theme_is_used_and_none_shows(tmp_path: Path) -> None:
    folder = resource_dir("templates") / "plugin-theme"
    own = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    files = {file.path for file in rendered(wish_of("x", None, "en,sw", OFFICE, Layer.THEME))}
    made_of = {path.replace("sdgcities_x/", "package/").replace("/x-", "/theme-") + ".jinja" for path in files}
    assert own <= made_of
    assert not any("units" in path or "profiles" in path or "milestones" in path for path in made_of)
    project = made(THEME, tmp_path).folder.parent
    assert [path for path in project.rglob("*") if path.is_file() and ("{{" in (text := path.read_text(encoding="utf-8")) or "{%" in text)] == []


def test_a_theme_serves_every_country_with_codes_of_its_own(tmp_path: Path) -> None:
    subject = made(THEME, tmp_path)
    assert (subject.manifest.layer, subject.manifest.countries, subject.manifest.title) == (Layer.THEME, (), "Open space")
    assert subject.indicators
    assert [one.code for one in subject.indicators.needed] == ["OPE-5.5.1"]
    assert [one.file.stem for one in subject.forms] == ["open-space-in-the-city"]
    assert subject.tags
    assert [tag.id for tag in subject.tags.needed] == ["open-space"]


@pytest.mark.parametrize(("country", "layer", "says"), [("KE", Layer.THEME, "names none"), (None, Layer.COUNTRY, "No country is named")])
def test_a_theme_has_no_country_and_a_country_has_one(country: str | None, layer: Layer, says: str) -> None:
    with pytest.raises(Refused, match=says):
        wish_of("kenya", country, "en", OFFICE, layer)


def test_each_file_has_notes_for_its_reader(subject: Subject) -> None:
    commented = [path for path in subject.folder.rglob("*.yaml") if path.is_file()]
    assert len(commented) == 7
    for path in commented:
        assert path.read_text(encoding="utf-8").startswith("# "), path.name


# Whatever is asked for

NAMES = st.from_regex(r"[a-z][a-z0-9]{0,8}(-[a-z0-9]{1,8}){0,2}", fullmatch=True)
LANGUAGES = st.lists(st.sampled_from(["en", "sw", "ar", "ka", "pt_PT", "tr", "fa", "zh", "ru", "am", "dag", "zz", "uz", "sr", "en_GB"]), min_size=1, max_size=4)
MAINTAINERS = st.text(st.characters(exclude_categories=("C", "Z")) | st.sampled_from(" \"':#{}[]&*!|>%@`,\\-?é😀"), min_size=1, max_size=60)


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(NAMES, st.sampled_from(countries()), LANGUAGES, MAINTAINERS)
def test_whatever_is_asked_for_can_be_read_again(name: str, country: Country, languages: list[str], maintainer: str) -> None:
    assume(maintainer.strip())
    try:
        wish = wish_of(name, country.iso2, ",".join(languages), maintainer)
    except Refused as error:
        assert error.findings[0].code == "scaffold.name"  # noqa: PT017 - a device of Windows, or the core's name
        assume(condition=False)
    with TemporaryDirectory() as folder:
        make_plugin(wish, Path(folder) / name)
        project, subject = Path(folder) / name, Subject(Path(folder) / name / wish.package)
        assert refusals([subject.reading, subject.units, subject.indicators, subject.adaptation, subject.modality, *subject.forms, *subject.profiles]) == []
        manifest = subject.manifest
        assert (manifest.name, manifest.title, manifest.maintainers) == (name, country.name, (maintainer.strip(),))
        assert manifest.languages == tuple(dict.fromkeys(languages))
        assert manifest.currency == next(iter(currencies(country.iso2)), "")
        told = tomllib.loads((project / "pyproject.toml").read_text(encoding="utf-8"))["project"]
        assert told["entry-points"]["sdgcities.plugins"] == {name: wish.package}
        for module in project.rglob("*.py"):
            ast.parse(module.read_text(encoding="utf-8"))


def refusals(readings: Sequence[Reading[Any] | None]) -> list[str]:
    return [f"{reading.file.name}: {finding.message}" for reading in readings if reading for finding in reading.findings]


@pytest.mark.parametrize("country", countries(), ids=lambda country: country.iso2)
def test_every_country_can_be_asked_for_by_its_codes_and_names(country: Country) -> None:
    assert re.fullmatch("[0-9]{3} [A-Z]{2} [A-Z]{3}", f"{country.m49} {country.iso2} {country.iso3}")
    for text in (country.m49, country.iso2.lower(), country.iso3, *country.names.values()):
        assert country_of(text) == country
    manifest = next(file for file in rendered(wish_of("x", country.iso2, "en", OFFICE)) if file.path.endswith("plugin.yaml"))
    assert f"countries: [{country.iso2}]" in manifest.content


# Names, currencies, formats


@pytest.mark.parametrize(
    ("country", "language", "name"),
    [
        ("TR", "tr", "Türkiye"),
        ("TR", "pt_PT", "Türkiye"),
        ("TR", "ka", ""),  # CLDR's name is older than that of the UN
        ("PS", "pt", "Estado da Palestina"),
        ("PS", "sw", ""),  # CLDR calls it otherwise than the UN
        ("KP", "sw", ""),
        ("TZ", "sw", "Jamhuri ya Muungano wa Tanzania"),
        ("TT", "pt", "Trinidad e Tobago"),  # an "&" in CLDR's English is no other name
        ("KE", "ar", "كينيا"),
        ("CN", "zh_TW", "中国"),
        ("KE", "zz", ""),
    ],
)
def test_names_follow_the_usage_of_the_united_nations(country: str, language: str, name: str) -> None:
    assert country_of(country).named(language) == name


@pytest.mark.parametrize(("country", "tender"), [("KE", ["KES"]), ("GE", ["GEL"]), ("PA", ["PAB", "USD"]), ("HT", ["HTG", "USD"]), ("PT", ["EUR"]), ("AQ", [])])
def test_the_currency_is_the_one_of_today(country: str, tender: list[str]) -> None:
    assert list(currencies(country)) == tender


def test_english_is_written_with_the_day_first_where_the_country_has_no_english_of_its_own() -> None:
    assert customs("en", "GE", "GEL").date == "d MMM y"
    assert customs("en", "US", "USD").date == "MMM d, y"
    assert customs("en", "KE", "KES").symbol == "Ksh"
    assert not customs("dag", "GH", "GHS").known


# What can't be taken


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        (("Kenya", "KE", "en"), "Such as kenya."),
        (("kenya_2", "KE", "en"), "Such as kenya-2."),
        (("-kenya-", "KE", "en"), "Such as kenya."),
        (("კენია", "KE", "en"), "Such as the country's name in English."),
        (("../kenya", "KE", "en"), "Such as kenya."),
        (("core", "KE", "en"), "Such as the country's name in English."),
        (("con", "KE", "en"), "Such as the country's name in English."),
        (("x" * 61, "KE", "en"), f"Such as {'x' * 60}."),
        (("", "KE", "en"), "Such as the country's name in English."),
        (("kenya", "Keniya", "en"), "Did you mean KE (Kenya)"),
        (("kenya", "XK", "en"), "Give its code of two letters (ISO 3166-1), or its name as the United Nations write it."),
        (("kenya", "", "en"), "Give its code of two letters"),
        (("kenya", "KE", " , "), "Name one or more by their codes, with commas between: --languages en,sw."),
        (("kenya", "KE", "en,Swahili"), "Did you mean sw?"),
        (("kenya", "KE", "en;sw"), "Codes are those of ISO 639"),
        (("kenya", "KE", "zh_Hans_CN"), "Codes are those of ISO 639"),
    ],
)
def test_what_can_not_be_a_plugin_is_told_with_what_would_do(asked: tuple[str, str, str], says: str) -> None:
    with pytest.raises(Refused) as refused:
        wish_of(*asked, OFFICE)
    assert says in str(refused.value.findings[0].hint)


@pytest.mark.parametrize("maintainer", ["", "   ", "Office\nlicence: none", "Office\x00", "Office \u202egro.", "\ud800", "x" * 201, "a\u2028b"])
def test_a_maintainer_that_hides_something_is_refused(maintainer: str) -> None:
    with pytest.raises(Refused) as refused:
        wish_of("kenya", "KE", "en", maintainer)
    assert refused.value.findings[0].code == "scaffold.maintainer"


def test_languages_may_be_written_as_people_write_them() -> None:
    assert wish_of("mozambique", "MZ", "pt-pt, EN,,en", OFFICE).languages == ("pt_PT", "en")


def test_without_a_maintainer_the_plugin_names_who_made_it_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOGNAME", "ama")
    wish = wish_of("kenya", "KE", "en", None)
    assert wish.maintainer == "ama"
    assert [finding.code for finding in remarks(wish, None, named=False)] == ["scaffold.maintainer"]


def told(wish: Wish) -> list[str]:
    return [finding.code for finding in remarks(wish, None, named=True)]


def test_what_was_filled_in_by_guess_or_left_out_is_told() -> None:
    assert told(wish_of("kenya", "KE", "en,sw", OFFICE)) == []
    assert told(wish_of("haiti", "HT", "fr", OFFICE)) == ["scaffold.currency"]
    assert told(wish_of("isle", "IE", "en,zz", OFFICE)) == ["scaffold.language", "scaffold.name"]
    assert told(wish_of("ghana-two", "GH", "en", OFFICE)) == ["scaffold.country"]
    assert told(wish_of("ghana", "GH", "en", OFFICE)) == ["scaffold.taken"]


# On disk


def test_a_folder_that_is_there_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "plugins").mkdir()
    for output in (tmp_path / "plugins", tmp_path / "nowhere" / "kenya"):
        with pytest.raises(Refused) as refused:
            folder_of("kenya", output)
        assert refused.value.findings[0].code == "scaffold.folder"
    assert folder_of("kenya", tmp_path / "plugins" / "kenya") == tmp_path / "plugins" / "kenya"


def test_an_interrupt_leaves_nothing(tmp_path: Path) -> None:
    def interrupted() -> None:
        with whole_folder(tmp_path / "kenya") as draft:
            (draft / "plugin.yaml").write_text("api:", encoding="utf-8")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert list(tmp_path.iterdir()) == []


def test_the_reference_data_says_where_it_comes_from() -> None:
    readme = (REFERENCE / "README.md").read_text(encoding="utf-8")
    for name in ("countries.csv", "names.csv"):
        lines = (REFERENCE / name).read_text(encoding="utf-8").splitlines()
        assert {"source", "status"} <= set(lines[0].split(","))
        assert f"`{name}`" in readme
