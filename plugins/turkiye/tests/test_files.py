"""The offices' own files, through the one profile that fits each, into the database and out again."""

from __future__ import annotations

import csv
from collections.abc import Callable, Mapping
from decimal import Decimal
from pathlib import Path

import pytest
import xlsxwriter
from python_calamine import CalamineWorkbook

from sdgcities.registry.catalogue import Catalogue
from sdgcities.registry.figures import Figure, current
from sdgcities.registry.people import acting
from sdgcities.tracks.data.importing.request import Report, Request
from sdgcities.tracks.data.importing.run import import_file

CELLS = Path(__file__).with_name("cells.csv")
ADDITIVE = {"TR-GVA-AGR": 3, "TR-GVA-IND": 3, "TR-GVA-SER": 3, "TR-GDP": 2, "TR-NETMIG": 2, "TR-POP": 0, "TR-CATTLE": 0, "TR-BEDS": 0, "TR-ROADS-VILLAGE": 0}


def cells() -> list[dict[str, str]]:
    with CELLS.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def figures(catalogue: Catalogue, units: list[str], indicator: str) -> list[Figure]:
    with catalogue.hub.database.reading() as connection:
        return current(connection, units, indicator)


def of_level(catalogue: Catalogue, level: str) -> list[str]:
    return [unit.id for unit in catalogue.places["TR"].units.values() if unit.level == level]


def total(found: list[Figure]) -> Decimal:
    return sum((figure.value or Decimal(0) for figure in found), Decimal(0))


@pytest.mark.parametrize(("profile", "figures_read"), [("hgm-ilce", 973), ("tuik-ses", 82 * 9), ("tuik-trb2", 2490)])
def test_every_row_is_in_the_hub(imported: Mapping[str, Report], profile: str, figures_read: int) -> None:
    report = imported[profile]
    assert (report.profile, report.rows_read, report.stored, report.refused) == (profile, figures_read, figures_read, 0)
    assert not report.findings


@pytest.mark.usefixtures("imported")
@pytest.mark.parametrize("cell", cells(), ids=lambda cell: f"{cell['file']}-{cell['row']}-{cell['column']}")
def test_a_cell_read_by_hand_is_in_the_hub_exactly(catalogue: Catalogue, cell: dict[str, str]) -> None:
    found = [
        figure
        for figure in figures(catalogue, [cell["unit"]], cell["indicator"])
        if figure.dims == cell["dimensions"] and str(figure.period) == cell["period"] and figure.file == cell["file"]
    ]
    assert [str(figure.missing or figure.value) for figure in found] == [cell["value"]]
    assert found[0].row == int(cell["row"])


@pytest.mark.usefixtures("imported")
def test_the_households_of_the_provinces_are_those_of_the_country(catalogue: Catalogue) -> None:
    for dims in ("", *(f"ses_class={code}" for code in ("A_PLUS", "A", "B", "C1", "C2", "D", "E"))):
        (stated,) = [figure.value for figure in figures(catalogue, ["TR"], "TR-SES-HH") if figure.dims == dims]
        held = [figure for figure in figures(catalogue, of_level(catalogue, "province"), "TR-SES-HH") if figure.dims == dims]
        assert len(held) == 81
        assert stated == pytest.approx(total(held), abs=Decimal("0.000001"))


@pytest.mark.usefixtures("imported")
@pytest.mark.parametrize(("indicator", "tolerance"), ADDITIVE.items())
def test_the_region_is_the_sum_of_its_four_provinces(catalogue: Catalogue, indicator: str, tolerance: int) -> None:
    region = figures(catalogue, ["TRB2"], indicator)
    assert len(region) >= 13
    for stated in region:
        parts = [figure for figure in figures(catalogue, ["TR-13", "TR-30", "TR-49", "TR-65"], indicator) if figure.period == stated.period]
        assert len(parts) == 4
        assert abs(total(parts) - (stated.value or 0)) <= tolerance


@pytest.mark.usefixtures("imported")
def test_the_districts_cover_the_country(catalogue: Catalogue) -> None:
    assert total(figures(catalogue, of_level(catalogue, "district"), "TR-AREA")) == 780_049
    balikesir = [unit.id for unit in catalogue.places["TR"].units.values() if unit.level == "district" and unit.parent == "TR-10"]
    assert len(figures(catalogue, balikesir, "TR-AREA")) == 20


@pytest.mark.usefixtures("imported")
def test_what_the_office_left_empty_is_missing_with_a_reason(catalogue: Catalogue) -> None:
    missing = [
        figure
        for unit in ("TR-30", "TR-65")
        for figure in figures(catalogue, [unit], "TR-RAIL") + figures(catalogue, [unit], "TR-ROADS-VILLAGE")
        if figure.missing
    ]
    assert {str(figure.missing) for figure in missing} == {"not_published"}
    assert len(missing) == 24


def test_the_names_in_capitals_agree_with_the_numbers(catalogue: Catalogue, real_data: Path) -> None:
    """The import goes by number; the names beside it must mean the same district."""
    places = catalogue.places["TR"]
    by_number = {unit.codes["district_no"]: unit for unit in places.units.values() if unit.level == "district"}
    with (real_data / "turkiye" / "admin" / "yuzolcumu_ilce.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream, delimiter=";"))
    assert len(rows) == len(by_number) == 973
    for row in rows:
        unit = by_number[row["ilceID"]]
        assert unit.parent == f"TR-{int(row['ilID']):02}"
        assert places.folding(row["ilce"]) == places.folding(unit.name)
        assert places.folding(row["il"]) == places.folding(places.units[unit.parent].name)


def rewritten(real_data: Path, target: Path, change: Callable[[int, int, object], object]) -> Path:
    """The office's table of socioeconomic status, each filled cell as `change` gives it back."""
    source = real_data / "turkiye" / "indicators" / "tuik_2023_illerin_sosyoekonomik_seviye_skoru.xls"
    with xlsxwriter.Workbook(target) as book:
        sheet = book.add_worksheet("İl")
        for row, cells in enumerate(CalamineWorkbook.from_path(source).get_sheet_by_index(0).to_python(skip_empty_area=False)):
            for column, cell in enumerate(cells):
                if cell != "":
                    sheet.write(row, column, change(row, column, cell))
    return target


def tried(catalogue: Catalogue, path: Path) -> Report:
    ayse = acting(catalogue.hub.database, "ayse")
    return import_file(catalogue, Request(path, ayse, ayse, None, dry_run=True, accept_partial=False))


def test_the_year_is_the_one_of_the_title(catalogue: Catalogue, real_data: Path, tmp_path: Path) -> None:
    """Of another year, under the name that the office gives its file, which has no year."""
    name = "İllerin sosyoekonomik seviye skoru ve seviye sınıflamasına göre hanehalkı sayısı.xlsx"
    report = tried(
        catalogue, rewritten(real_data, tmp_path / name, lambda _row, _column, cell: cell.replace("2023", "2024") if isinstance(cell, str) else cell)
    )
    assert (report.profile, report.stored, report.unchanged, report.refused) == ("tuik-ses", 738, 0, 0)


def test_a_table_without_its_year_is_refused(catalogue: Catalogue, real_data: Path, tmp_path: Path) -> None:
    path = rewritten(real_data, tmp_path / "sosyoekonomik.xlsx", lambda _row, _column, cell: cell.replace(", 2023", "") if isinstance(cell, str) else cell)
    report = tried(catalogue, path)
    assert report.blocked
    assert [finding.code for finding in report.findings] == ["period.unreadable"]


def test_a_total_that_is_not_the_sum_of_the_provinces_blocks(catalogue: Catalogue, real_data: Path, tmp_path: Path) -> None:
    """Five households more in the country and in its highest class: the row still adds up, the column does not."""
    path = rewritten(real_data, tmp_path / "sosyoekonomik.xlsx", lambda row, column, cell: cell + 5 if row == 5 and column in {2, 3} else cell)
    report = tried(catalogue, path)
    assert report.blocked
    assert len(report.findings) == 2
    assert all("TR" in str(finding.message) and "province" in str(finding.message) for finding in report.findings)
