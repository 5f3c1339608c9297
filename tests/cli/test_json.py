"""What scripts rely on: the shapes of `--json`, alone on stdout."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from .conftest import run_command

IMPORT = {"file", "sha256", "profile", "rows_read", "stored", "unchanged", "refused", "findings"}
FINDING = {"code", "severity", "where", "message", "hint"}
UNIT = {"code", "level", "names", "codes", "parent", "valid_from", "valid_to", "predecessors", "successors", "population"}
STATUS = {"city", "track", "milestone", "state", "met", "criteria"}
CRITERION = {"measure", "value", "comparison", "required", "met", "missing"}
BUDGET = {"modality", "currency", "lines", "total", "notes"}


def shown(*words: object, code: int = 0) -> Any:  # noqa: ANN401 - whatever the command prints
    ended = run_command(*words, "--json")
    assert ended.code == code, ended.err
    return ended.data


def test_an_import(hub: Path) -> None:
    found = shown("data", "import", "sample/ghanapop.csv")
    assert found.keys() >= IMPORT
    assert (found["file"], found["profile"], found["rows_read"], found["stored"], found["unchanged"]) == (
        str(Path("sample/ghanapop.csv")),
        "ghanapop",
        780,
        0,
        780,
    )
    many = shown("data", "import", hub / "sample", code=0)
    assert {one["file"] for one in many} == {str(Path("sample", path.name)) for path in (hub / "sample").glob("*.csv")}
    assert all(one.keys() >= IMPORT for one in many)


@pytest.mark.usefixtures("hub")
def test_an_import_that_is_refused() -> None:
    Path("bad.csv").write_text("unit,indicator,period,value,source\nGH1408,GH-POP,2021,many,x\n", encoding="utf-8")
    ended = run_command("data", "import", "bad.csv", "--json")
    assert (ended.code, ended.err) == (1, "")
    (finding,) = ended.data["findings"]
    assert finding.keys() == FINDING
    assert (finding["severity"], finding["where"]) == ("block", {"file": "bad.csv", "row": 2, "column": "value"})
    assert (ended.data["stored"], ended.data["refused"]) == (0, 1)


@pytest.mark.usefixtures("hub")
def test_a_unit() -> None:
    unit = shown("unit", "show", "GH14")
    assert unit.keys() >= UNIT
    assert (unit["code"], unit["level"], unit["parent"], unit["names"][0]["name"]) == ("GH14", "region", "GH", "Volta")
    assert shown("unit", "find", "nowhere at all") == []


@pytest.mark.usefixtures("hub")
def test_the_status_of_milestones() -> None:
    every = shown("milestone", "status")
    assert len(every) == 22
    assert all(one.keys() >= STATUS for one in every)
    assert all(criterion.keys() >= CRITERION and isinstance(criterion["met"], bool) for one in every for criterion in one["criteria"])
    (one,) = shown("milestone", "status", "Ho Municipal", "--milestone", "D2")
    assert (one["city"], one["track"], one["milestone"], one["state"], one["met"]) == ("GH1408", "data", "data/framework", "approved", True)


@pytest.mark.usefixtures("hub")
def test_the_budget() -> None:
    budget = shown("programme", "budget")
    assert budget.keys() >= BUDGET
    assert (budget["modality"], budget["currency"], budget["total"]) == (1, "USD", 1_000_000)
    assert budget["lines"][0] == {"id": "digital_tools", "in_kind": True}
    assert sum(line.get("amount", 0) for line in budget["lines"]) == 1_000_000
    assert budget["monitoring_per_city"]["total"] == 30_000


@pytest.mark.usefixtures("hub")
@pytest.mark.parametrize(
    ("words", "keys"),
    [
        ("actor list", {"actor", "roles", "name"}),
        ("audit show", {"seq", "at", "actor", "action", "subject", "payload_sha256", "hash"}),
        ("city list", {"city", "name", "former_names", "country", "stage", "since", "reason", "merged_into", "until"}),
        ("contract diff ghana", {"kind", "milestone", "what", "core", "national", "reason", "status", "source"}),
        ("data batches", {"id", "file", "profile", "stored", "refused", "at", "actor", "reverts"}),
        ("data coverage", {"city", "with_value", "without_value", "not_applicable", "coverage"}),
        ("data gaps GH1408", {"indicator", "reason", "plan", "owner", "due", "overdue"}),
        ("data show GH1408 GH-POP", {"unit", "indicator", "period", "dimensions", "value", "missing_reason", "source", "file", "batch", "revision"}),
        ("form list", {"form", "version", "title", "status"}),
        ("indicator list", {"code", "name", "unit", "sdg", "umf_cells", "status"}),
        ("milestone history", {"claim", "city", "name", "milestone", "state", "author", "steps", "merged_into", "until"}),
        ("plugin list", {"name", "version", "layer", "countries", "languages", "maintainers", "origin", "failures"}),
        ("unit find ho", {"code", "level", "name", "parent", "valid_to"}),
    ],
)
def test_a_listing_is_a_list_of_records(words: str, keys: set[str]) -> None:
    found = shown(*words.split())
    assert found
    assert all(one.keys() >= keys for one in found)


@pytest.mark.usefixtures("hub")
@pytest.mark.parametrize(
    ("words", "keys"),
    [
        ("audit verify", {"records", "valid", "reason"}),
        ("city show GH1408", {"city", "name", "stage", "claims", "submissions", "stages", "predecessors"}),
        ("contract show", {"version", "status", "country", "key", "tracks", "milestones"}),
        ("contract show D3", {"id", "code", "track", "name", "criteria", "evidence", "parameters"}),
        ("form show city-profile", {"form", "version", "title", "answers", "schema"}),
        ("indicator show GH-POP", {"code", "name", "definition", "unit", "source"}),
    ],
)
def test_a_record(words: str, keys: set[str]) -> None:
    assert shown(*words.split()).keys() >= keys


@pytest.mark.usefixtures("hub")
def test_numbers_are_numbers_and_days_are_text() -> None:
    assert shown("indicator", "show", "GH-POP")["minimum"] == 0
    assert shown("unit", "show", "GH-R10-NP")["valid_to"] == "2019-02-11"
    assert shown("form", "show", "city-profile")["schema"]["properties"]


@pytest.mark.usefixtures("hub")
def test_a_hub_in_order_has_no_findings() -> None:
    assert shown("doctor") == []
    assert shown("evidence", "show", "GH1408") == []


@pytest.mark.usefixtures("hub")
@pytest.mark.parametrize("words", ["unit show nowhere", "city show nowhere", "indicator show X", "milestone status nowhere", "contract diff xx", "form show x"])
def test_a_refusal_leaves_stdout_empty(words: str) -> None:
    ended = run_command(*words.split(), "--json")
    assert (ended.code, ended.out, len(ended.lines)) == (1, "", 1)
