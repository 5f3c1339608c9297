"""What shows only where the plugin runs: its tests, the report and forms without raw ids, the sample data from end to end."""

from __future__ import annotations

import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest
from tests.kit.sound import PACKAGE, sound_files, spoilt, write

from sdgcities.findings import Finding
from sdgcities.i18n.catalogues import Catalogues
from sdgcities.i18n.translator import Translator
from sdgcities.kit.preview.visible import Ids, texts_of_page
from sdgcities.kit.rule import Unchecked
from sdgcities.kit.rules import running
from sdgcities.kit.rules.project import contract_written
from sdgcities.kit.rules.running import contract_tests_pass, report_renders, sample_runs
from sdgcities.kit.subject import Subject, subject_of
from sdgcities.kit.trial.bench import alone
from sdgcities.plugin.discovery import discover

FAILING = """\
from sdgcities.testing import PluginContract


class TestAtlantis(PluginContract):
    plugin = "atlantis"

    def test_the_sea_is_dry(self) -> None:
        assert False
"""


def subject(folder: Path, files: Mapping[str, str]) -> Subject:
    return Subject(write(folder, files))


def said(findings: list[Finding]) -> str:
    return " ".join(f"{finding.message} {finding.hint or ''}" for finding in findings)


@pytest.mark.slow
def test_contract_tests_that_pass_keep_the_rule(tmp_path: Path) -> None:
    sound = subject(tmp_path, sound_files())
    assert list(contract_tests_pass(sound)) == []
    assert {path.name for path in (sound.folder.parent / "tests").iterdir()} == {"test_contract.py"}, "nothing is left behind"


@pytest.mark.slow
def test_a_test_that_fails_is_named(tmp_path: Path) -> None:
    found = list(contract_tests_pass(subject(tmp_path, sound_files() | {"tests/test_contract.py": FAILING})))
    assert [str(one.message) for one in found] == ["The test tests/test_contract.py::TestAtlantis::test_the_sea_is_dry fails."]


@pytest.mark.slow
def test_a_rule_that_is_broken_fails_its_test(tmp_path: Path) -> None:
    found = list(contract_tests_pass(subject(tmp_path, spoilt("plugin.yaml", 'maintainers: ["Registry of Atlantis <registry@registry.xa>"]\n', ""))))
    assert any("test_rule[maintainer-named]" in str(one.message) for one in found)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "def test_nothing() -> None:\n    pass\n",
        "class PluginContract:\n    pass\n",
        "from sdgcities.testing import PluginContract\n\n\nclass Atlantis(PluginContract):\n    pass\n",
        "class TestAtlantis:\n    'of PluginContract'\n",
        "def broken(:\n",
    ],
)
def test_without_contract_tests_the_rule_is_not_kept(tmp_path: Path, text: str) -> None:
    unwritten = subject(tmp_path, sound_files() | {"tests/test_contract.py": text})
    (one,) = contract_written(unwritten)
    assert str(one.message).startswith("This is no valid Python" if "broken" in text else "The plugin has no contract tests.")
    with pytest.raises(Unchecked, match="has no contract tests"):
        list(contract_tests_pass(unwritten))


def test_without_tests_at_all_the_rule_is_not_kept(tmp_path: Path) -> None:
    files = {name: text for name, text in sound_files().items() if not name.startswith("tests/")}
    assert said(list(contract_written(subject(tmp_path, files)))).startswith("The plugin has no contract tests.")


def test_a_plugin_without_its_sources_is_not_looked_at(tmp_path: Path) -> None:
    sound = write(tmp_path, sound_files())
    (sound.parent / "pyproject.toml").unlink()
    for rule in (contract_tests_pass, contract_written):
        with pytest.raises(Unchecked, match=r"There is no pyproject\.toml beside the package"):
            list(rule(Subject(sound)))


def test_tests_that_take_too_long_are_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running, "SECONDS", 3)
    hanging = FAILING.replace("assert False", "import time; time.sleep(60)")
    (one,) = contract_tests_pass(subject(tmp_path, sound_files() | {"tests/test_contract.py": hanging}))
    assert "longer than 3 seconds" in str(one.message)


def test_a_sound_plugin_shows_no_raw_ids(tmp_path: Path) -> None:
    assert list(report_renders(subject(tmp_path, sound_files()))) == []


@pytest.mark.parametrize(
    ("file", "old", "new", "words"),
    [
        ("forms/agreement.yaml", "members: {title: Members of the committee, type", "members: {type", "In en the form shows: members."),
        ("forms/agreement.yaml", "signed_on: {title: Day of signing, type", "signed_on: {type", "In en the form shows: signed_on."),
        ("forms/agreement.yaml", "title: Day of signing", 'title: "{{ day }} of signing"', "In en the form shows: {{, }}."),
        ("forms/agreement.yaml", "title: Day of signing", 'title: "Day of %(what)s"', "In en the form shows: %(what)s."),
        ("plugin.yaml", "name: Island}", "name: tier_one}", ""),
        ("forms/agreement.yaml", "title: Participation agreement", "title: None", ""),
    ],
)
def test_raw_ids_and_open_places_are_named(tmp_path: Path, file: str, old: str, new: str, words: str) -> None:
    found = list(report_renders(subject(tmp_path, spoilt(file, old, new))))
    assert [str(one.message) for one in found] == ([words] if words else [])


def test_a_raw_option_is_named(tmp_path: Path) -> None:
    files = spoilt("forms/agreement.yaml", "members: {title", "harbour: {title: Harbour, enum: [in_use, closed]}\n    members: {title")
    assert said(list(report_renders(subject(tmp_path, files)))).startswith("In en the form shows: in_use. Give each field a title")


def test_a_form_that_is_wrong_waits_for_its_own_rule(tmp_path: Path) -> None:
    with pytest.raises(Unchecked):
        list(report_renders(subject(tmp_path, spoilt("forms/agreement.yaml", "type: integer, minimum: 1", "type: integer, minimun: 1"))))


def test_a_section_that_fails_is_told(tmp_path: Path) -> None:
    files = spoilt("plugin.yaml", "profiles: profiles\n", "profiles: profiles\ntemplates: templates\n")
    files[f"{PACKAGE}/templates/city/a.html"] = '{% if city.code == "XA0101" %}{{ figures[7].name }}{% endif %}'
    assert said(list(report_renders(subject(tmp_path, files)))).startswith("The section fails")


def test_a_country_without_cities_is_not_looked_at(tmp_path: Path) -> None:
    with pytest.raises(Unchecked, match="no unit that can join"):
        list(report_renders(subject(tmp_path, spoilt("plugin.yaml", "name: Town, city: true", "name: Town"))))


IDS = Ids(frozenset({"age_group", "women", "Y15T24", "7", "OLD", "district"}), frozenset({"District", "Women aged 15 to 24"}), frozenset({"OLD"}))


@pytest.mark.parametrize(
    ("page", "raw"),
    [
        ("<p>by age_group and sex</p>", ["age_group"]),
        ("<p>Port: Y15T24</p>", ["Y15T24"]),
        ("<td>women</td>", ["women"]),
        ("<p>Men, women, children</p>", []),
        ("<td>7</td><td>OLD</td>", []),
        ("<p title='district'>x</p>", ["district"]),
        ("<style>.district { }</style><textarea>women</textarea><p>District</p>", []),
        ("<p>%(name)s and {{ x }}</p>", ["%(name)s", "{{", "}}"]),
        ("<td>None</td><p>None of these</p>", ["None"]),
        ("<p>100 % (of all) s</p>", []),
    ],
)
def test_what_counts_as_raw(page: str, raw: list[str]) -> None:
    assert IDS.raw(page, Translator("en", Catalogues(()))) == raw


def test_texts_are_read_once_in_order() -> None:
    assert texts_of_page("<h1>A <b>b</b></h1><img alt='c'><svg><text>d</text></svg>") == ["A", "b", "c", "d"]


@pytest.mark.slow
@pytest.mark.parametrize("name", ["ghana", "portugal", "turkiye"])
def test_the_shipped_plugins_run_their_samples_and_show_no_raw_ids(name: str) -> None:
    shipped = subject_of(name)
    assert list(report_renders(shipped)) == []
    assert list(sample_runs(shipped)) == []


def test_no_sample_is_told(tmp_path: Path) -> None:
    assert said(list(sample_runs(subject(tmp_path, sound_files())))).startswith("There is no sample data.")


DEMO = """\
city: XA0101
files: [population_2024.csv]
forms:
  - {form: indicator-framework, file: framework.yaml}
claim: data/framework
"""
SAMPLE = {
    f"{PACKAGE}/sample/demo.yaml": DEMO,
    f"{PACKAGE}/sample/population_2024.csv": "town,year,women,men,all\nPort Clito,2024,6100,5900,12000\n",
}


@pytest.mark.slow
@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("files: [population_2024.csv]", "files: [population_2023.csv]", "The demonstration ends with: "),
        ("5900,12000", "5900,12001", "The demonstration ends with: "),
        ("XA0101", "XA0199", "The demonstration ends with: "),
        ("claim: data/framework", "claims: data/framework", "claims"),
    ],
)
def test_a_sample_that_ends_early_says_why(tmp_path: Path, old: str, new: str, words: str) -> None:
    files = spoilt("plugin.yaml", "profiles: profiles\n", "profiles: profiles\nsample: sample\n")
    files |= {name: text.replace(old, new) for name, text in SAMPLE.items()}
    files[f"{PACKAGE}/sample/framework.yaml"] = "{}\n"
    found = list(sample_runs(subject(tmp_path, files)))
    assert words in said(found)
    assert "Traceback" not in said(found)


def test_a_plugin_is_reached_alone_by_a_link_or_a_copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sound = subject(tmp_path, sound_files())
    linked = alone(sound, tmp_path / "linked")

    def refuse(*_: object, **__: object) -> None:
        raise OSError(1, "A required privilege is not held by the client")

    monkeypatch.setattr(Path, "symlink_to", refuse)
    copied = alone(sound, tmp_path / "copied")
    for folder in (linked, copied):
        assert "atlantis" in {manifest.name for manifest in discover(folder).manifests}
        assert [entry.name for entry in folder.iterdir()] == [PACKAGE]
    assert (copied / PACKAGE).resolve() != sound.folder


def test_the_last_line_is_the_refusal() -> None:
    ended = subprocess.CompletedProcess([], 1, "ok\n", "✗ It can't be read.\nmore\n")
    assert running.last_line(ended) == "It can't be read."
    assert running.last_line(subprocess.CompletedProcess([], 1, "", "")) == "-"
