"""The statistics offices' own files, through the one profile that fits each, into the database and out again."""

from __future__ import annotations

import csv
from collections import defaultdict
from decimal import Decimal
from pathlib import Path

import pytest
from tests.hub_fixtures import Desk

from sdgcities.tracks.data.reading.choosing import choose_profile

CELLS = Path(__file__).resolve().parents[2] / "plugins" / "ghana" / "tests" / "cells.csv"


def cells() -> list[dict[str, str]]:
    with CELLS.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def test_every_file_has_exactly_one_profile(desk: Desk, real_files: list[Path]) -> None:
    chosen = [choose_profile(desk.catalogue, path, None) for path in real_files]
    assert [profile.id for profile in chosen if profile] == ["ghanapop", "basisghana-odf", *["gss-open-sdg"] * 11, "gha-admpop"]


@pytest.mark.parametrize("cell", cells(), ids=lambda cell: f"{cell['file']}-{cell['row']}-{cell['column']}-{cell['unit']}")
def test_a_cell_read_by_hand_is_in_the_hub_exactly(filled: Desk, cell: dict[str, str]) -> None:
    found = [figure for figure in filled.figures(cell["unit"], cell["indicator"]) if figure.dims == cell["dimensions"] and str(figure.period) == cell["period"]]
    assert [str(figure.value) for figure in found] == [cell["value"]]
    assert found[0].file == cell["file"]
    assert not cell["row"] or found[0].row == int(cell["row"])


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def test_the_population_is_that_of_the_census(filled: Desk) -> None:
    standing = [unit for unit in filled.catalogue.places["GH"].units.values() if unit.level == "district" and unit.valid_to is None]
    figures = [figure for unit in standing for figure in filled.figures(unit.id, "GH-POP")]
    assert len(standing) == 260
    assert sum(figure.value or 0 for figure in figures if figure.dims == "") == 30_832_019
    assert sum(figure.value or 0 for figure in figures if figure.dims in ("sex=F", "sex=M")) == 30_832_019
    ages = [figure for figure in figures if figure.dims.startswith("age=") and ";" not in figure.dims]
    assert len(ages) == 260 * 20
    assert sum(figure.value or 0 for figure in ages) == 30_832_019


def test_the_regions_add_up_as_in_the_file(filled: Desk, real_files: list[Path]) -> None:
    stated: dict[str, Decimal] = defaultdict(Decimal)
    for row in rows_of(real_files[0]):
        stated[row["region_pcode"]] += Decimal(row["total_pop"])
    held: dict[str, Decimal] = defaultdict(Decimal)
    for unit in filled.catalogue.places["GH"].units.values():
        if unit.level == "district" and unit.valid_to is None and unit.parent:
            held[unit.parent] += Decimal(filled.value(unit.id) or 0)
    assert len(stated) == 16
    assert held == stated
    assert {region: filled.catalogue.unit(region).population for region in stated} == stated


def test_communities_are_summed_to_districts(filled: Desk, real_files: list[Path]) -> None:
    rows = rows_of(real_files[1])
    columns = {"population": "GH-ODF-POP", "households": "GH-ODF-HH", "toilets": "GH-ODF-TOILETS", "hwf": "GH-ODF-HWF"}
    for column, indicator in columns.items():
        figures = [figure for unit in filled.catalogue.places["GH"].units for figure in filled.figures(unit, indicator)]
        assert len(figures) == len({(row["region"], row["district"]) for row in rows})
        assert sum(figure.value or 0 for figure in figures) == sum(int(row[column]) for row in rows if row[column] != "NA")


def test_a_sum_without_some_of_its_rows_is_marked_and_told_once(desk: Desk, real_files: list[Path]) -> None:
    report = desk.bring(real_files[1])
    rows = rows_of(real_files[1])
    lacking = {(row["region"], row["district"], column) for row in rows for column in ("population", "households", "toilets", "hwf") if row[column] == "NA"}
    complete = {(row["region"], row["district"], column) for row in rows for column in ("population", "households", "toilets", "hwf") if row[column] != "NA"}
    (note,) = report.findings
    marked = [figure for unit in desk.catalogue.places["GH"].units for figure in desk.figures(unit) if figure.status == "U"]
    assert len(marked) == len(lacking & complete) == note.message.params["n"] == 75
    assert (note.code, note.severity.value) == ("aggregate.partial", "note")
    assert str(note.message).startswith("75 sums lack some of their rows")
    assert "Kadjebi, GH-ODF-POP: 1/56" in str(note.message)
    assert str(note.message).count(";") == 4


def test_importing_them_again_changes_nothing(desk: Desk, real_files: list[Path]) -> None:
    first = [desk.bring(path) for path in real_files]
    before = desk.counts()
    second = [desk.bring(path) for path in real_files]
    assert [report.batch for report in first] == list(range(1, 15))
    assert [report.batch for report in second] == [None] * 14
    assert [report.unchanged for report in second] == [report.stored + report.unchanged for report in first]
    assert desk.counts() == before
