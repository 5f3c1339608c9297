"""`calculate run --store`: the results of a table become figures of an indicator, on record under the method and its version."""

from __future__ import annotations

import json
from collections.abc import Callable
from hashlib import sha256
from math import log
from pathlib import Path

import pytest

from .conftest import Run

HEADER = "unit,period,area_start,area_end,population_start,population_end,years"
ROW = "GH1408,2015/2020,10.5,12.75,150000,180281,5"
STILL = "GH1408,2010/2015,9,10.5,150000,150000,5"
SHRANK = "GH1408,2005/2010,9,10.5,160000,150000,5"
SOURCE = ("--source", "Ho Municipal Assembly; Built-up area from images")
STORE = ("--store", "GH-11.3.1", *SOURCE)


Put = Callable[[str], Path]


@pytest.fixture
def table(run: Run, hub: Path) -> Put:
    """Writes a table of cases into the folder of a hub, the current one."""
    assert run is not None, "it has a current folder of its own, which the hub's must come after"

    def put(text: str) -> Path:
        (hub / "cases.csv").write_text(text + "\n", encoding="utf-8")
        return Path("cases.csv")

    return put


def spatial(run: Run) -> str:
    shown = run("milestone", "status", "GH1408", "--milestone", "data/disaggregation", "--json")
    return json.dumps([one for one in shown.data[0]["criteria"] if one["measure"] == "data/spatial-indicators"])


def test_a_result_is_stored_shown_with_its_method_and_counted_by_the_milestone(run: Run, table: Put) -> None:
    assert '"met": false' in spatial(run)
    path = table(f"{HEADER}\n{ROW}")
    ended = run("calculate", "run", "sdg-11.3.1", "--input", path, *STORE)
    assert (ended.code, ended.out) == (0, ""), ended.err
    assert "cases.csv: 1 figures read: 1 stored, 0 here already, 0 refused" in ended.err
    shown = run("data", "show", "GH1408", "GH-11.3.1")
    assert "row 2" in shown.out
    assert "computed by the method sdg-11.3.1, version 2021-03" in shown.out
    (one,) = run("data", "show", "GH1408", "GH-11.3.1", "--json").data
    assert one["method"] == {"name": "sdg-11.3.1", "version": "2021-03"}
    assert float(one["value"]) == pytest.approx((2.25 / 10.5 / 5) / (log(180281 / 150000) / 5), rel=1e-12)
    assert one["source"]["office"] == "Ho Municipal Assembly"
    assert one["file"]["sha256"] == sha256(path.read_bytes()).hexdigest(), "what is on record is the person's own file"
    assert '"met": true' in spatial(run)
    assert {one["method"] for one in run("data", "show", "GH1408", "GH-POP", "--json").data} == {None}, "what was read is of no method"
    again = run("calculate", "run", "sdg-11.3.1", "--input", path, *STORE)
    assert "the hub holds all of them already" in again.err
    assert run("data", "revert", run("data", "batches", "--json").data[0]["id"]).code == 0
    assert '"met": false' in spatial(run)


def test_a_row_without_a_result_is_told_unless_it_says_why_there_is_none(run: Run, table: Put) -> None:
    path = table(f"{HEADER},missing_reason\n{ROW},\n{STILL},\n{SHRANK},not_applicable")
    ended = run("calculate", "run", "sdg-11.3.1", "--input", path, *STORE)
    assert ended.code == 0
    assert "cases.csv, row 3: The ratio is not defined: the population neither grew nor shrank. It is left out." in ended.err
    assert "row 4" not in ended.err
    found = {one["period"]: (one["value"] is None, one["missing_reason"]) for one in run("data", "show", "GH1408", "GH-11.3.1", "--json").data}
    assert found == {"2005/2010": (True, "not_applicable"), "2015/2020": (False, None)}


def test_what_was_given_beside_the_table_stands_with_the_source(run: Run, table: Put) -> None:
    path = table("unit,period,source,population\nGH1408,2020,Volunteers; Stops on a map,200")
    ended = run("calculate", "run", "sdg-11.2.1", "near_low=60", "near_high=50", "near_both=10", "--input", path, "--store", "GH-11.2.1")
    assert ended.code == 0, ended.err
    (one,) = run("data", "show", "GH1408", "GH-11.2.1", "--json").data
    assert one["value"] == "50.0"
    assert one["source"] == {"office": "Volunteers", "table": "Stops on a map; near_low=60, near_high=50, near_both=10", "licence": "", "url": ""}


def test_a_fraction_becomes_per_cent_and_several_outputs_are_told_apart(run: Run, table: Put) -> None:
    path = table("unit,period,built_up,open_spaces,streets\nGH1408,2020,10,1,2")
    asked = run("calculate", "run", "sdg-11.7.1", "--input", path, "--store", "GH-11.7.1", *SOURCE)
    assert asked.code == 1
    assert "Say which with --result: share, open_space_share, street_share." in asked.err
    assert run("calculate", "run", "sdg-11.7.1", "--input", path, "--store", "GH-11.7.1", "--result", "share", *SOURCE).code == 0
    assert run("data", "show", "GH1408", "GH-11.7.1", "--json").data[0]["value"] == "30.0"
    path = table(f"{HEADER}\n{ROW}")
    ended = run("calculate", "run", "sdg-11.3.1", "--input", path, "--store", "GH-11.7.1", "--result", "pgr", *SOURCE)
    assert ended.code == 0
    assert "GH-11.7.1 is no indicator of SDG 11.3.1" in ended.err
    value = next(one["value"] for one in run("data", "show", "GH1408", "GH-11.7.1", "--json").data if one["period"] == "2015/2020")
    assert float(value) == pytest.approx(100 * log(180281 / 150000) / 5, rel=1e-12)


def test_another_method_does_not_make_a_spatial_indicator(run: Run, table: Put) -> None:
    path = table(f"{HEADER}\n{ROW}")
    assert run("calculate", "run", "sdg-11.3.1", "--input", path, "--store", "GH-11.7.1", "--result", "pgr", *SOURCE).code == 0
    assert '"met": false' in spatial(run)


@pytest.mark.parametrize(
    ("method", "text", "options", "said"),
    [
        ("sdg-11.3.1", f"{HEADER}\n{ROW}", ("--store", "GH-11.3.1"), 'It is not said whose figures went into the results. Add --source "OFFICE; TABLE"'),
        ("sdg-11.3.1", f"{HEADER}\n{ROW}", ("--store", "GH-11.3.9", *SOURCE), "There is no indicator GH-11.3.9."),
        ("sdg-11.3.1", f"{HEADER}\n{ROW}", ("--store", "GH-11.6.2", *SOURCE), "GH-11.6.2 is in ug_per_m3, and nothing that sdg-11.3.1 gives is."),
        ("sdg-11.3.1", f"{HEADER}\n{ROW}", (*STORE, "--result", "lcr"), "sdg-11.3.1 gives no lcr that GH-11.3.1, in ratio, could take."),
        ("sdg-11.3.1", f"{HEADER}\n{STILL}", STORE, "No row has a result that could be stored: The ratio is not defined"),
        ("sdg-11.2.1", "unit,period,population\nGH1408,2020,-", ("--store", "GH-11.2.1", *SOURCE), "“-” is no number."),
        ("sdg-11.2.1", "unit,period,population\nGH1408,2020,0", ("--store", "GH-11.2.1", *SOURCE), "No row has a result that could be stored: "),
        ("sdg-11.3.1", f"{HEADER[5:]}\n{ROW[7:]}", STORE, "The table has no column unit. To be stored, each row says its place under unit"),
        ("sdg-11.3.1", f"{HEADER}\n{ROW.replace('GH1408', 'Ho')}", STORE, "cases.csv, row 2, column unit: "),
        ("sdg-11.3.1", f"{HEADER}\n{ROW.replace('2015/2020', 'lately')}", STORE, "cases.csv, row 2, column period: “lately” is no period."),
        ("sdg-11.3.1", f"{HEADER}\n{ROW}\n{ROW}", STORE, "cases.csv, row 3: Rows 2 and 3 give the same observation."),
        ("sdg-11.3.1", f"{HEADER},missing_reason\n{ROW},not_applicable", STORE, "row 2, column ratio: The row has a value and a reason for having none."),
        ("sdg-11.3.1", f"{HEADER},missing_reason\n{STILL},because", STORE, "row 2, column missing_reason: “because” is no reason"),
        ("sdg-11.3.1", f"{HEADER},status\n{ROW},final", STORE, "row 2, column status: “final” is no status"),
        ("sdg-11.3.1", f"{HEADER},sex\n{ROW},W", STORE, "row 2, column sex: W is no code of sex."),
        (
            "sdg-11.2.1",
            "unit,period,source,population\nGH1408,2020,,200",
            ("near_low=60", "near_high=50", "near_both=10", "--store", "GH-11.2.1"),
            "row 2, column source: The row does not say where the figure comes from.",
        ),
        ("cagr", "unit,period,series,direction\nGH1408,2020,2015=1,higher", STORE, "What cagr gives is no figure of an indicator."),
        ("cpi", "unit,period,pm25\nGH1408,2020,12", STORE, "What cpi gives is no figure of an indicator."),
    ],
)
def test_what_can_not_be_stored_is_told_and_nothing_is(run: Run, table: Put, method: str, text: str, options: tuple[str, ...], said: str) -> None:
    before = run("data", "batches", "--json").out
    ended = run("calculate", "run", method, "--input", table(text), *options)
    assert (ended.code, ended.out) == (1, "")
    assert said in ended.err, ended.err
    assert run("data", "batches", "--json").out == before


def test_a_dry_run_stores_nothing_and_says_what_would_be(run: Run, table: Put) -> None:
    before = run("data", "batches", "--json").out
    ended = run("calculate", "run", "sdg-11.3.1", "--input", table(f"{HEADER}\n{ROW}"), *STORE, "--dry-run", "--json")
    assert ended.code == 0
    assert ended.data["import"]["findings"] == []
    assert ended.data["results"][0]["outputs"]["ratio"] == pytest.approx(1.1653470947854945)
    assert run("data", "batches", "--json").out == before


@pytest.mark.parametrize("options", [("--dry-run",), SOURCE, ("--result", "ratio"), ("--author", "kofi")])
def test_what_belongs_to_storing_needs_it(run: Run, options: tuple[str, ...]) -> None:
    ended = run("calculate", "run", "sdg-11.3.1", "--input", "cases.csv", *options)
    assert ended.code == 2
    assert "need --store CODE" in ended.err


def test_one_case_is_never_stored(run: Run, table: Put) -> None:
    table(HEADER)
    ended = run("calculate", "run", "sdg-11.3.1", "years=5", *STORE)
    assert ended.code == 2
    assert "needs a table of cases" in ended.err
