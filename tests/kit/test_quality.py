"""The quality scale: its rules, its levels, and what stands between a plugin and the next one."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.kit import (
    test_rules_indicators,
    test_rules_manifest,
    test_rules_milestones,
    test_rules_places,
    test_rules_project,
)
from tests.kit.sound import PACKAGE, sound_files, spoilt, write
from tests.kit.wrong import checks, sound, verdict

from sdgcities.errors import Refused
from sdgcities.findings import Finding, Severity, Where, msg
from sdgcities.intake.schema_words import PATTERNS
from sdgcities.intake.yaml import load_yaml
from sdgcities.kit.outcome import awaits_review, following, rule_of, shortened, told
from sdgcities.kit.page import page_of
from sdgcities.kit.placeholders import is_placeholder, is_sample_address
from sdgcities.kit.quality import judge, level_of, rules
from sdgcities.kit.rule import Level, Verdict
from sdgcities.kit.rules.project import core_needs
from sdgcities.kit.subject import Subject, subject_of

MINE = ("manifest", "places", "indicators", "progress", "sdmx", "milestones", "project")
WRONG = [
    wrong for module in (test_rules_manifest, test_rules_places, test_rules_indicators, test_rules_milestones, test_rules_project) for wrong in module.WRONG
]


def test_every_rule_has_its_function_and_every_function_its_rule() -> None:
    assert sorted(rule.id for rule in rules()) == sorted(checks())


def test_every_rule_of_these_areas_is_tripped_by_a_wrong_file() -> None:
    tripped = {wrong.rule for wrong in WRONG} | {"page-generated", "tags-valid"}  # with tests of their own
    assert tripped == {rule.id for rule in rules() if rule.area in MINE}
    assert len(WRONG) >= 120


def test_the_sound_plugin_keeps_every_rule_that_runs_nothing(tmp_path: Path) -> None:
    verdicts = judge(Subject(sound(tmp_path)), [rule for rule in rules() if not rule.slow])
    assert [(one.rule.id, [str(finding.message) for finding in one.findings], one.unchecked) for one in verdicts if one.findings or one.unchecked] == []
    assert level_of(verdicts) is Level.GOLD


def _verdict(identifier: str, *, met: bool) -> Verdict:
    finding = Finding("x", Severity.BLOCK, msg("It is wrong."), where=Where("plugin.yaml", line=2))
    return Verdict(rule_of(identifier), () if met else (finding,))


def test_a_level_needs_every_rule_of_the_levels_before_it() -> None:
    every = {rule.id for rule in rules()}
    assert level_of([_verdict(name, met=True) for name in every]) is Level.GOLD
    assert level_of([_verdict(name, met=name != "changelog") for name in every]) is Level.SILVER
    assert level_of([_verdict(name, met=name != "translated") for name in every]) is Level.BRONZE
    assert level_of([_verdict(name, met=name not in {"units-valid", "changelog"}) for name in every]) is None


def test_only_the_review_is_left_where_nothing_else_is_missing() -> None:
    every = [rule.id for rule in rules()]
    assert awaits_review([_verdict(name, met=name != "reviewed") for name in every])
    assert not awaits_review([_verdict(name, met=name not in {"reviewed", "changelog"}) for name in every])
    assert not awaits_review([_verdict(name, met=True) for name in every])


def test_what_keeps_a_plugin_from_the_next_level_is_named() -> None:
    verdicts = [_verdict(name, met=name != "modality-adds-up") for name in (rule.id for rule in rules())]
    level, missing = following(verdicts, level_of(verdicts))
    assert (level, [one.rule.id for one in missing]) == (Level.SILVER, ["modality-adds-up"])
    assert following([], Level.GOLD) == (None, [])


def test_a_finding_above_the_level_is_a_note_and_the_order_is_that_of_the_files() -> None:
    found = told([_verdict("changelog", met=False), _verdict("units-valid", met=False)], Level.BRONZE)
    assert [(one.rule.id, one.finding.severity) for one in found] == [("changelog", Severity.NOTE), ("units-valid", Severity.BLOCK)]


def test_many_notes_of_a_rule_are_cut_short_and_findings_that_block_never() -> None:
    block, note = (Finding("x", severity, msg("It is wrong.")) for severity in (Severity.BLOCK, Severity.NOTE))
    kept, more = shortened(told([Verdict(rule_of("units-valid"), (note,) * 8 + (block,) * 8)], Level.BRONZE))
    assert (len(kept), list(more.values())) == (13, [3])


def test_a_rule_that_is_misspelt_is_told_with_the_nearest() -> None:
    with pytest.raises(Refused, match="no rule unit-valid") as refused:
        rule_of("unit-valid")
    assert "units-valid" in str(refused.value.findings[0].hint)


def test_a_plugin_without_its_project_can_not_be_looked_at_for_it(tmp_path: Path) -> None:
    package = sound(tmp_path)
    alone = shutil.copytree(package, tmp_path / "site-packages" / PACKAGE)
    for rule in ("entry-point", "dependencies", "changelog"):
        found = verdict(alone, rule)
        assert not found.met
        assert "no pyproject.toml beside the package" in str(found.unchecked)
    assert verdict(alone, "units-valid").met


def test_a_manifest_that_can_not_be_read_is_one_finding_and_the_rest_waits(tmp_path: Path) -> None:
    sound(tmp_path)
    package = write(tmp_path, spoilt("plugin.yaml", "layer: country", "layer: city"))
    verdicts = judge(Subject(package), [rule for rule in rules() if not rule.slow])
    assert [one.rule.id for one in verdicts if one.findings] == ["manifest-valid"]
    assert {str(one.unchecked) for one in verdicts if one.unchecked} == {"plugin.yaml must be corrected first."}


def test_dependencies_left_to_the_build_can_not_be_looked_at(tmp_path: Path) -> None:
    sound(tmp_path)
    package = write(tmp_path, spoilt("pyproject.toml", 'dependencies = ["sdgcities>=0.1"]', 'dynamic = ["dependencies"]'))
    assert "leaves the dependencies to the build" in str(verdict(package, "dependencies").unchecked)


def test_files_that_end_in_yml_are_told(tmp_path: Path) -> None:
    package = sound(tmp_path)
    (package / "profiles" / "further.yml").write_text("id: further\n", encoding="utf-8")
    (finding,) = verdict(package, "profiles-valid").findings
    assert "end in .yaml" in str(finding.message)


def test_a_missing_page_or_changelog_is_told(tmp_path: Path) -> None:
    package = write(tmp_path, {name: text for name, text in sound_files().items() if name != "CHANGELOG.md"})
    assert [str(one.message) for one in verdict(package, "changelog").findings] == ["There is no CHANGELOG.md."]
    assert [str(one.message) for one in verdict(package, "page-generated").findings] == ["The page about the plugin is missing."]


def test_what_the_core_needs_is_read_from_its_own_metadata() -> None:
    assert {"pyyaml", "click", "sqlalchemy"} <= core_needs()
    assert "psycopg" not in core_needs()


@pytest.mark.parametrize("text", ["TODO", "to be written: TODO", "tbd", "...", "", "-", "n/a", "Your name"])
def test_words_that_hold_a_place_say_nothing(text: str) -> None:
    assert is_placeholder(text)


@pytest.mark.parametrize("text", ["The office keeps no figures.", "Todos los municipios", "By law", "Yourname Office"])
def test_words_that_say_something_are_no_placeholder(text: str) -> None:
    assert not is_placeholder(text)


def test_an_address_of_an_example_is_nobodys() -> None:
    assert is_sample_address("Office <name@example.org>")
    assert is_sample_address("name@office.example")
    assert not is_sample_address("Examples Bureau <office@stats.xa>")


@given(title=st.text(min_size=1, max_size=40).filter(str.strip))
def test_nothing_in_a_title_breaks_the_page(title: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    files = sound_files()
    quoted = json.dumps(title, ensure_ascii=True)
    files[f"{PACKAGE}/indicators.yaml"] = files[f"{PACKAGE}/indicators.yaml"].replace("name: Own revenue per person", f"name: {quoted}")
    plain, odd = (Subject(write(tmp_path_factory.mktemp("page"), given)) for given in (sound_files(), files))
    if odd.indicators and odd.indicators.value is None:
        return  # what YAML itself does not take, such as half of a pair of surrogates
    one, other = page_of(plain).splitlines(), page_of(odd).splitlines()
    assert [line for line, unlike in zip(one, other, strict=True) if line != unlike] == [
        line for line in one if "Own revenue per person" in line and line not in other
    ]
    (row,) = [line for line in other if line.startswith("| XA-TAX |")]
    assert row.replace("\\\\", "").replace("\\|", "").count("|") == 7
    assert not set("<`*") & set(row.replace("\\<", "").replace("\\`", "").replace("\\*", "").replace("\\\\", ""))


def test_the_page_is_always_the_same(tmp_path: Path) -> None:
    package = sound(tmp_path)
    page = page_of(Subject(package))
    assert page == page_of(Subject(package))
    assert page.splitlines()[-1].startswith("*This page was generated from the files of the plugin by `sdgcities plugin document`.")
    for told_of in (
        "# Atlantis",
        "| Town | 2 | 1 | yes |",
        "CC-BY-4.0",
        "| XA-11.1.1 |",
        "register-survey",
        "Notice in the gazette",
        "62500.50",
        "institutions",
    ):
        assert told_of in page


def test_every_pattern_of_the_schemas_is_told_in_words(checkout: Path) -> None:
    known = {entry["pattern"] for entry in load_yaml(PATTERNS).data["patterns"]} | {r"\S"}  # type: ignore[index]
    used: set[str] = set()
    todo: list[object] = [json.loads(file.read_text(encoding="utf-8")) for file in (checkout / "core").rglob("*.schema.json")]
    while todo:
        node = todo.pop()
        if isinstance(node, dict):
            used |= {node["pattern"]} if isinstance(node.get("pattern"), str) else set()
            todo.extend(node.values())
        elif isinstance(node, list):
            todo.extend(node)
    assert used <= known


@pytest.mark.parametrize(("rule", "file"), [("units-valid", "units.csv"), ("modality-valid", "modality.yaml"), ("manifest-valid", "plugin.yaml")])
@pytest.mark.parametrize("content", [b"", b"# nothing yet\n"])
def test_an_empty_file_is_the_authors_own_to_fill(tmp_path: Path, rule: str, file: str, content: bytes) -> None:
    package = sound(tmp_path)
    (package / file).write_bytes(content)
    if file != "units.csv" or not content:
        assert any("Fill it" in str(finding.hint) for finding in verdict(package, rule).findings)


def test_a_plugin_file_with_the_short_ending_is_to_be_renamed(tmp_path: Path) -> None:
    package = sound(tmp_path)
    (package / "plugin.yaml").rename(package / "plugin.yml")
    for folder in (package, package.parent):
        with pytest.raises(Refused, match=r"is called plugin\.yaml") as refused:
            subject_of(str(folder))
        assert str(refused.value.findings[0].hint) == "Rename it."


def test_a_workbook_under_the_name_of_a_table_is_told_so(tmp_path: Path) -> None:
    package = sound(tmp_path)
    (package / "units.csv").write_bytes(b"PK\x03\x04\x14\x00\x06\x00")
    (finding,) = verdict(package, "units-valid").findings
    assert "This is a workbook" in str(finding.message)
    assert "save it as CSV UTF-8" in str(finding.hint)
