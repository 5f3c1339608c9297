"""Links lead somewhere, and what is said of refusals and measures is what the code has."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
import yaml

from sdgcities.contract.draft import Slot
from sdgcities.contract.load import load_contract
from sdgcities.contract.requests import EVIDENCE
from sdgcities.findings import NOWHERE
from sdgcities.intake.schema import compile_schema, violations
from sdgcities.tracks.data.measures import data_measures

from .conftest import PAGES, ROOT

CORE = ROOT / "core" / "sdgcities"
OPERATOR, CONTRACT = ROOT / "docs" / "operator.md", ROOT / "docs" / "contract.md"
LINKED = (*PAGES, *sorted((ROOT / "plugins").glob("*/README.md")), ROOT / "plugins/ghana/sdgcities_ghana/sample/README.md")
MOST_LINES = 60


def anchors(page: Path) -> set[str]:
    titles = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", title.lower()).strip().replace(" ", "-") for title in titles}


def codes_in(*places: str) -> set[str]:
    """The codes of findings that the modules write out; each is a literal."""
    files = [file for place in places for file in ([CORE / place] if place.endswith(".py") else sorted((CORE / place).rglob("*.py")))]
    literals = {code for file in files for code in re.findall(r'"([a-z]+\.[a-z-]+)"', file.read_text(encoding="utf-8"))}
    return {code for code in literals if not code.endswith((".yaml", ".json", ".geojson", ".csv", ".py", ".xml", ".bin"))}


def documented(page: Path) -> set[str]:
    first_cells = re.findall(r"^\| (`[^|]+`) \|", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {code for cell in first_cells for code in re.findall(r"`([a-z]+(?:[./-][a-z-]+)*)`", cell)}


@pytest.mark.parametrize("page", LINKED, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_internal_links_resolve(page: Path) -> None:
    for target in re.findall(r"\]\(([^)\s]+)\)", page.read_text(encoding="utf-8")):
        if "://" in target:
            continue
        path, _, anchor = target.partition("#")
        there = (page.parent / path).resolve() if path else page
        assert there.exists(), target
        assert not anchor or anchor in anchors(there), target


def test_agents_md_stays_short() -> None:
    assert len((ROOT / "AGENTS.md").read_text(encoding="utf-8").splitlines()) < MOST_LINES


def test_every_refusal_of_an_import_is_explained() -> None:
    raised = codes_in(
        "tracks/data",
        "frameworks",
        "hub/profiles.py",
        "hub/lists.py",
        "registry/places.py",
        "registry/unresolved.py",
        "registry/aliases.py",
        "registry/boundaries.py",
        "registry/boundary_matching.py",
        "registry/official.py",
        "intake/csv.py",
        "intake/files.py",
        "intake/encodings.py",
        "intake/workbook.py",
        "intake/workbooks",
        "exchange/opensdg/reading.py",
        "exchange/opensdg/recognising.py",
        "exchange/opensdg/metadata.py",
        "exchange/opensdg/datafiles.py",
        "exchange/opensdg/checking.py",
        "exchange/opensdg/importing.py",
        "exchange/opensdg/plugin.py",
        "exchange/opensdg/configuration.py",
        "exchange/opensdg/layout.py",
        "exchange/opensdg/observations.py",
        "exchange/opensdg/progress.py",
        "exchange/opensdg/renaming.py",
        "exchange/opensdg/schema.py",
        "exchange/sdmx/importing.py",
        "exchange/sdmx/incoming.py",
        "exchange/sdmx/messages.py",
        "exchange/sdmx/periods.py",
    ) | {code for code in codes_in("cli") if code.startswith("import.")}
    assert {"unit.ended", "reconcile.total", "file.encoding", "import.folder"} <= raised
    raised -= {
        "data.import",
        "data.correct",
        "data.justify",
        "data.revert",
        "data.scan",
        "list.load",
        "alias.remove",
        "unit.alias",
        "unit.boundary",
    }  # words of the audit chain
    told = OPERATOR.read_text(encoding="utf-8")
    assert {code for code in raised if f"`{code}`" not in told} == set()


def test_every_refusal_of_an_adaptation_is_explained() -> None:
    raised = codes_in("contract") - {"contract.unknown-track", "contract.key"}
    raised |= {f"adapt.{slot.value[0]}" for slot in Slot}
    bounds = set(re.findall(r'Breach\(\s*"([a-z-]+)"', (CORE / "contract" / "bounds.py").read_text(encoding="utf-8")))
    raised |= {f"{of}.{rule}" for of in ("adapt", "parameter") for rule in bounds}
    assert {"adapt.below-floor", "adapt.conflict", "criterion.unfit-value"} <= raised
    assert {code for code in documented(CONTRACT) if re.fullmatch(r"[a-z]+\.[a-z-]+", code)} == raised


def test_no_refusal_of_an_import_is_explained_that_does_not_exist() -> None:
    raised = codes_in("tracks/data", "exchange", "hub", "registry", "intake", "cli", "reports", "frameworks", "plugin/declared/undecided.py")
    explained = {code for code in documented(OPERATOR) if re.fullmatch(r"[a-z]+\.[a-z-]+", code)}
    assert explained
    assert explained <= raised


def test_the_measures_are_the_documented_table() -> None:
    assert {name for name in documented(CONTRACT) if re.match(r"(data|recognition)/", name)} == {EVIDENCE, *data_measures()}


def test_milestones_and_key_milestones_are_the_documented_ones() -> None:
    contract = load_contract()
    shown = re.findall(r"([A-Z]\d) `([a-z]+/[a-z-]+)`( ★)?", CONTRACT.read_text(encoding="utf-8"))
    key = {milestone for group in contract.key for milestone in group}
    assert {(code, milestone, bool(star)) for code, milestone, star in shown} == {(one.code, one.id, one.id in key) for one in contract.milestones.values()}
    assert f"version {contract.version}" in CONTRACT.read_text(encoding="utf-8")


def test_the_keys_of_a_profile_are_all_shown_and_shown_as_the_schema_has_them() -> None:
    schema = json.loads((CORE / "plugin" / "schemas" / "profile.schema.json").read_text(encoding="utf-8"))
    page = (ROOT / "docs" / "plugin-files.md").read_text(encoding="utf-8")
    chapter = page[page.index("## profiles/") : page.index("## forms/")]
    cells = [cell.replace(r"\|", "|") for row in re.findall(r"^\| .* \| (.*) \|$", chapter, re.MULTILINE) for cell in re.findall(r"`([^`]+)`", row)]
    shown = [yaml.safe_load(cell) for cell in cells if re.match(r"(?!scale)[a-z_]+: ", cell)]
    part = compile_schema({**schema, "required": [], "dependentRequired": {}})
    assert [str(one.message) for snippet in shown for one in violations(part, snippet, lambda _: NOWHERE)] == []
    assert {key for snippet in shown for key in snippet} | set(re.findall(r"(?:^|`)([a-z_]+)[:`]", chapter, re.MULTILINE)) >= set(schema["properties"])
