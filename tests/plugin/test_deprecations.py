"""What ends is announced in time, with its place; a plugin of an earlier API works until then, and is refused with what to change afterwards."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from sdgcities import api
from sdgcities.contract.load import load_contract
from sdgcities.contract.versions import other_version
from sdgcities.intake.yaml import parse_yaml
from sdgcities.model.plugins import Manifest
from sdgcities.plugin import API_VERSION
from sdgcities.plugin.deprecations import announced, deprecated, deprecations
from sdgcities.plugin.discovery import discover
from sdgcities.plugin.manifest import SCHEMAS, read_manifest
from sdgcities.plugin.plugins import Plugins
from sdgcities.plugin.trial import try_plugin

OLD = Path(__file__).parent / "old"
PAGE = Path(__file__).parents[2] / "docs" / "reference" / "migrating.md"
NEXT = (2, 0)
FACADE_1_0 = {
    *("Adaptation", "Answer", "BudgetLine", "Change", "Dimension", "Direction", "Finding", "Form", "HubView", "ImportProfile", "Indicator", "LatestFigure"),
    *("Measure", "Message", "Money", "Period", "Reading", "Severity", "Source", "Status", "SupportModality", "Unit", "UnitBoundary", "UnitName", "msg"),
}


@pytest.fixture
def old() -> Manifest:
    return read_manifest(OLD / "sdgcities_atlantis")


def test_every_deprecation_has_its_section_and_every_section_its_deprecation() -> None:
    text = PAGE.read_text(encoding="utf-8").partition("## What ends")[2].partition("## What came")[0]
    sections = dict(zip(*(iter(re.split(r"^### (.+)$", text, flags=re.MULTILINE)[1:]),) * 2, strict=True))
    assert set(sections) == {entry.id for entry in deprecations()}
    for entry in deprecations():
        assert "Since {}.{}, ends in {}.{}.".format(*entry.since, *entry.ends) in sections[entry.id]


def test_what_ends_was_announced_and_is_not_over_yet() -> None:
    manifest_keys = json.loads((SCHEMAS / "manifest.schema.json").read_text(encoding="utf-8"))["properties"]
    for entry in deprecations():
        assert entry.since <= API_VERSION < entry.ends
        assert entry.ends[0] > entry.since[0], "within a major version nothing ends"
        assert entry.file == "plugin.yaml" or entry.file in manifest_keys


def test_every_version_of_the_api_has_its_section() -> None:
    versions = re.findall(r"^### Plugin API (\d+)\.(\d+)$", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    assert [(int(major), int(minor)) for major, minor in versions] == [(1, minor) for minor in range(API_VERSION[1], -1, -1)]


def test_no_name_of_the_first_facade_is_gone() -> None:
    assert FACADE_1_0.issubset(api.__all__)


def test_each_use_is_a_note_with_its_place_and_the_version_in_which_it_ends(old: Manifest) -> None:
    findings = list(deprecated(old))
    assert [(found.severity, found.where.line, found.where.character, Path(str(found.where.file)).name) for found in findings] == [
        ("note", 2, 5, "indicators.yaml"),
        ("note", 15, 5, "indicators.yaml"),
    ]
    assert {str(found.message) for found in findings} == {"An indicator names no track: this ends with plugin API 2.0."}
    assert str(findings[0].hint).endswith("See docs/reference/migrating.md#indicator-without-track.")


def test_where_the_api_has_got_there_each_use_blocks(old: Manifest) -> None:
    findings = list(deprecated(old, NEXT))
    assert len(findings) == 2
    assert all(found.blocks for found in findings)
    assert str(findings[0].message) == "An indicator names no track: this ended with plugin API 2.0."


def test_who_runs_a_hub_is_told_once(old: Manifest) -> None:
    (found,) = announced(old)
    assert str(found.message) == "Plugin atlantis has something that ends with plugin API 2.0: An indicator names no track (in 2 places)."
    assert not found.blocks


def test_a_plugin_that_was_brought_up_to_date_has_none(tmp_path: Path) -> None:
    folder = tmp_path / "sdgcities_atlantis"
    shutil.copytree(OLD / "sdgcities_atlantis", folder)
    data = yaml.safe_load((folder / "indicators.yaml").read_text(encoding="utf-8"))
    for entry in data["indicators"]:
        entry["track"] = "data"
    (folder / "indicators.yaml").write_text(yaml.safe_dump(data), encoding="utf-8")
    assert list(deprecated(read_manifest(folder), NEXT)) == []
    (folder / "indicators.yaml").write_text("indicators: [", encoding="utf-8")
    assert list(deprecated(read_manifest(folder))) == [], "a file that can't be read is another rule's matter"


@pytest.mark.parametrize(("name", "country"), [("atlantis", "XA"), ("lemuria", "XB")])
def test_a_plugin_of_the_first_api_works_in_full(name: str, country: str) -> None:
    plugins = Plugins.open(discover(OLD), [name], [country])
    assert plugins.manifests[-1].api == (1, 0)
    assert plugins.units(country)
    assert {indicator.track for indicator in plugins.indicators(country).values()} == {"data"}
    assert all(indicator.core for indicator in plugins.indicators(country).values())
    assert plugins.forms(country)
    assert plugins.modality(country)
    assert plugins.adaptations(country, load_contract())
    assert plugins.contract(country, load_contract()).milestones
    assert ("tide" in plugins.dimensions()) is (name == "lemuria")
    assert ("lemuria/wells" in plugins.measures()) is (name == "lemuria")
    assert plugins.failures == ()
    assert try_plugin(plugins.manifests[-1]) is None


def test_the_example_of_the_first_docs_still_does_all_it_did(tmp_path: Path) -> None:
    commands = (
        ("contract", "diff", "atlantis"),
        ("init", "hub", "--country", "atlantis"),
        ("--hub", "hub", "city", "join", "Port Clito"),
        ("--hub", "hub", "data", "import", str(OLD / "population_2024.csv")),
        ("--hub", "hub", "data", "show", "Port Clito", "XA-POP"),
        ("--hub", "hub", "doctor", "--load"),
    )
    program = [sys.executable, "-m", "sdgcities.cli.main", "--plugins-dir", str(OLD)]
    done = [subprocess.run([*program, *words], cwd=tmp_path, capture_output=True, encoding="utf-8", check=False) for words in commands]
    assert [(one.returncode, one.stderr if one.returncode else "") for one in done] == [(0, "")] * len(commands)
    assert "5 → 7" in done[0].stdout
    assert "Port Clito · Population · 2024: 12,000 persons" in done[4].stdout
    assert "Plugin atlantis has something that ends with plugin API 2.0: An indicator names no track (in 2 places)." in done[5].stderr


AGAINST_THE_NEXT = """
import sys
import sdgcities.plugin
sdgcities.plugin.API_VERSION = (2, 0)
from pathlib import Path
from sdgcities.kit.rules.manifest import CHECKS
from sdgcities.kit.subject import subject_of
for finding in CHECKS["api-range"](subject_of(sys.argv[1])):
    print(finding.code, finding.severity, finding.where.line, finding.message, finding.hint, sep="|")
"""


def test_against_the_next_major_api_it_is_refused_with_what_to_change() -> None:
    command = [sys.executable, "-c", AGAINST_THE_NEXT, str(OLD / "sdgcities_atlantis")]
    lines = subprocess.run(command, capture_output=True, encoding="utf-8", check=True).stdout.splitlines()
    assert [line.split("|")[:3] for line in lines] == [
        ["manifest.api", "block", "1"],
        ["deprecated.indicator-without-track", "block", "2"],
        ["deprecated.indicator-without-track", "block", "15"],
    ]
    assert "docs/reference/migrating.md" in lines[0]
    assert "The plugin is written for plugin API 1.0; this sdgcities has 2.0." in lines[0]
    assert "An indicator names no track: this ended with plugin API 2.0." in lines[1]
    assert "Add the track it is evidence for" in lines[1]


@pytest.mark.parametrize(("written", "told"), [("", False), ('contract: "1.0.0"', False), ('contract: "1.7.2"', False), ('contract: "2.0.0"', True)])
def test_an_adaptation_for_another_major_contract_is_to_be_read_again(written: str, told: bool) -> None:
    found = other_version(parse_yaml(f"{written}\nchanges: []\n", "milestones.yaml"), load_contract())
    assert (found is not None) is told
    if found:
        assert (found.blocks, found.where.line) == (False, 1)
        assert "sdgcities contract diff" in str(found.hint)


def test_a_path_out_of_the_plugin_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "secret.yaml").write_text("indicators: [{code: X}]\n", encoding="utf-8")
    folder = tmp_path / "sdgcities_x"
    folder.mkdir()
    (folder / "plugin.yaml").write_text('api: "0.9"\nindicators: ../secret.yaml\n', encoding="utf-8")
    manifest = Manifest("x", "X", "1", (0, 9), read_manifest(OLD / "sdgcities_atlantis").layer, folder)
    assert list(deprecated(manifest)) == []
