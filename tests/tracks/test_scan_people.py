"""Nobody is known by what a scan writes: small counts of people, and all that would give them away, are left empty; what is stored is exact."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.hub_fixtures import Desk
from tests.tracks.mapped import collection, description, polygon, put, square

from sdgcities.model.disclosure import THRESHOLD
from sdgcities.tracks.data.scan.counting import Cell
from sdgcities.tracks.data.scan.description import Counting
from sdgcities.tracks.data.scan.description_file import load_scan
from sdgcities.tracks.data.scan.hiding import hidden_in
from sdgcities.tracks.data.scan.results import put_results
from sdgcities.tracks.data.scan.scanning import Scanned, run_scan
from sdgcities.tracks.data.scan.storing import store_scan

COUNTS = {"A": 3, "B": 7, "C": 40}


@pytest.fixture
def areas(desk: Desk) -> Path:
    """Three squares side by side."""
    drawn = (polygon(square(-0.3 + number / 10, 5.5, -0.2 + number / 10, 5.7), name=name) for number, name in enumerate(COUNTS))
    return collection(desk.scratch / "areas.geojson", *drawn)


@pytest.fixture
def persons(desk: Desk) -> Path:
    """People of the three squares; every second of them answered yes, in A all."""
    rows = (f"5.6,{-0.25 + number / 10:.2f},{'no' if place % 2 and name != 'A' else 'yes'}\n"
            for number, (name, count) in enumerate(COUNTS.items()) for place in range(count))  # fmt: skip
    return put(desk.scratch / "people.csv", "lat,lon,water\n" + "".join(rows))


def counted(desk: Desk, persons: Path, areas: Path, measures: str, **said: str) -> Scanned:
    return run_scan(desk.catalogue, persons, load_scan(description(desk.scratch, measures, **said)), str(areas))


def written(found: Scanned, folder: Path) -> dict[tuple[str, str, str], tuple[str, str, str]]:
    """Value, rows it rests on, and why there is none, by area, measure and category."""
    put_results(found, folder)
    rows = csv.DictReader((folder / "results.csv").read_text(encoding="utf-8").splitlines())
    return {(row["area"], row["measure"], row["category"]): (row["value"], row["rests_on"], row["missing_reason"]) for row in rows}


def test_a_small_count_is_hidden_and_the_next_since_the_sum_is_told(desk: Desk, persons: Path, areas: Path) -> None:
    found = counted(desk, persons, areas, "  - {id: people, does: count, people: true}")
    assert [cell.value for cell in found.cells] == [3, 7, 40], "the operator sees what there is"
    rows = written(found, desk.scratch / "out")
    assert rows == {("A", "people", ""): ("", "", "confidential"), ("B", "people", ""): ("", "", "confidential"), ("C", "people", ""): ("40", "40", "")}
    data = json.loads((desk.scratch / "out" / "results.json").read_text(encoding="utf-8"))
    assert data["rows"]["counted"] == 50
    assert data["hidden"] == {"results": 2, "fewer_than": THRESHOLD}
    drawn = json.loads((desk.scratch / "out" / "areas.geojson").read_text(encoding="utf-8"))
    assert [one["properties"].get("people") for one in drawn["features"]] == [None, None, 40]
    assert drawn["features"][0]["properties"]["people: missing_reason"] == "confidential"


def test_a_hub_that_hides_more_hides_more_here_as_well(desk: Desk, persons: Path, areas: Path) -> None:
    desk.hub.config = replace(desk.hub.config, threshold=41)
    found = counted(desk, persons, areas, "  - {id: people, does: count, people: true}")
    assert [cell.value for cell in found.going_out().cells] == [None, None, None]


def test_what_counts_things_is_not_hidden(desk: Desk, persons: Path, areas: Path) -> None:
    rows = written(counted(desk, persons, areas, "  - {id: taps, does: count}"), desk.scratch / "out")
    assert [value for value, _, _ in rows.values()] == ["3", "7", "40"]


def test_a_density_or_a_plain_count_does_not_give_a_hidden_one_away(desk: Desk, persons: Path, areas: Path) -> None:
    measures = "  - {id: people, does: count, people: true}\n  - {id: density, does: density, decimals: 4}\n  - {id: rows, does: count}"
    rows = written(counted(desk, persons, areas, measures), desk.scratch / "out")
    assert {(area, measure): rests for (area, measure, _), (_, rests, _) in rows.items() if area != "C"} == {
        (area, measure): "" for area in "AB" for measure in ("people", "density", "rows")
    }


def test_who_is_a_person_in_one_measure_is_one_in_every_other(desk: Desk, areas: Path) -> None:
    """A share that is not marked rests on the same people; in one area nobody answered, so that its counts are not those of the hidden measure."""
    text = "lat,lon,water\n" + "5.6,-0.25,yes\n" * 3 + "5.6,-0.15,yes\n" * 7 + "5.6,-0.05,\n" * 40
    persons = put(desk.scratch / "people.csv", text)
    measures = '  - {id: people, does: count, people: true}\n  - {id: water, does: share, where: [{column: water, is: ["yes"]}]}'
    rows = written(counted(desk, persons, areas, measures), desk.scratch / "out")
    assert rows["A", "people", ""] == rows["A", "water", ""] == ("", "", "confidential")
    assert rows["B", "people", ""][0] == rows["B", "water", ""][1] == ""


def test_categories_are_hidden_so_that_none_follows_from_its_area(desk: Desk, persons: Path, areas: Path) -> None:
    measures = "  - {id: all, does: count}\n  - {id: water, does: count, by: water, people: true}"
    rows = written(counted(desk, persons, areas, measures), desk.scratch / "out")
    assert {rows[area, "water", answer][0] for area in "AB" for answer in ("yes", "no") if (area, answer) != ("A", "no")} == {""}
    assert rows["C", "water", "yes"][0] == rows["C", "water", "no"][0] == "20"


def test_a_share_that_few_meet_or_few_do_not_is_hidden(desk: Desk, areas: Path) -> None:
    text = "lat,lon,water\n" + "".join(f"5.6,-0.15,{'yes' if number < 2 else 'no'}\n" for number in range(30)) + "5.6,-0.05,yes\n" * 30
    persons = put(desk.scratch / "people.csv", text)
    rows = written(counted(desk, persons, areas, '  - {id: water, does: share, where: [{column: water, is: ["yes"]}], people: true}'), desk.scratch / "out")
    assert rows["B", "water", ""] == ("", "30", "confidential")
    assert rows["C", "water", ""] == ("100.00", "30", "")


def test_who_gave_no_answer_does_not_give_away_who_did(desk: Desk, areas: Path) -> None:
    text = "lat,lon,water\n" + "5.6,-0.15,yes\n" * 4 + "5.6,-0.15,\n" * 30
    persons = put(desk.scratch / "people.csv", text)
    measures = '  - {id: all, does: count, people: true}\n  - {id: water, does: share, where: [{column: water, is: ["yes"]}], people: true}'
    found = counted(desk, persons, areas, measures)
    (everybody, share) = found.going_out().cells
    assert everybody.value == 34
    assert {share.value, share.rests_on, share.missing} == {None}


def test_one_area_alone_takes_the_sum_with_it_and_points_stay_here(desk: Desk, areas: Path) -> None:
    persons = put(desk.scratch / "people.csv", "lat,lon\n5.6,-0.15\n")
    found = counted(desk, persons, areas, "  - {id: people, does: count, people: true}", publish_points="true")
    out = found.going_out()
    assert (out.counts, out.points) == ({}, ())
    assert "points.geojson" not in {path.name for path in put_results(found, desk.scratch / "out")}


def test_what_is_stored_is_exact(desk: Desk) -> None:
    persons = put(desk.scratch / "people.csv", "lat,lon,water\n" + "5.6,-0.2,yes\n5.6,-0.2,no\n" * 2)
    measures = '  - {id: water, does: share, where: [{column: water, is: ["yes"]}], people: true, indicator: GH-6.2.1}'
    found = run_scan(desk.catalogue, persons, load_scan(description(desk.scratch, measures)))
    put_results(found, desk.scratch / "out")
    assert ",confidential" in (desk.scratch / "out" / "figures.csv").read_text(encoding="utf-8")
    assert store_scan(desk.catalogue, found, desk.person("ama"), desk.person("ama"), {}).stored == 1
    assert str(desk.figures("GH-R10-AA", "GH-6.2.1")[0].value) == "50.00"


# Whatever the counts are, an attacker with all that is written finds no small one


PEOPLE = Counting("water", "count", by="water", people=True)
ALL = Counting("all", "count", people=True)


def table(counts: Sequence[Sequence[int]]) -> Iterator[Cell]:
    for area, row in enumerate(counts):
        yield Cell(ALL, area, Decimal(sum(row)), sum(row))
        for number, count in enumerate(row):
            yield Cell(PEOPLE, area, Decimal(count), count, category=str(number))


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 4).flatmap(lambda wide: st.lists(st.lists(st.integers(0, 30), min_size=wide, max_size=wide), min_size=1, max_size=5)))
def test_no_small_count_is_told_or_left_over(counts: list[list[int]]) -> None:
    cells = list(table(counts))
    hidden = hidden_in(cells, sum(map(sum, counts)))
    out = [hidden.cell(place, cell) for place, cell in enumerate(cells)]
    assert not [cell for cell in out if cell.value is not None and 0 < cell.value < THRESHOLD]
    assert all((cell.value is None) == (cell.rests_on is None) for cell in out)
    for area in range(len(counts)):
        whole, *parts = [cell for cell in out if cell.area == area]
        gone = [cells[out.index(cell)] for cell in parts if cell.value is None]
        if whole.value is not None and gone:
            assert len(gone) > 1
            assert sum(cell.rests_on or 0 for cell in gone) >= THRESHOLD
