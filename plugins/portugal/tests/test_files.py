"""The offices' own files, through the one profile that fits each, into the database and out again."""

from __future__ import annotations

import csv
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from sdgcities.registry.catalogue import Catalogue
from sdgcities.registry.figures import Figure, current
from sdgcities.registry.naming import new_name, rename
from sdgcities.registry.people import acting

from .conftest import Read

CELLS = Path(__file__).with_name("cells.csv")
SAMPLE = Path(__file__).resolve().parents[1] / "sdgcities_portugal" / "sample"
REGIONS = "PORDATA_2019_Estimativas-a-31-12.csv"
MUNICIPALITIES = "PORDATA_2019_Estimativas-a-31-12_concelhos.csv"
FIRES = "icnf_incendios1980.csv"
READ = {
    "ine_censos2021_dinamicas_territoriais_MN.csv": ("ine-census2021", 344 * 8, 344 * 8),
    "ine_saldo_migratorio_2011_2022.json": ("ine-net-migration", 344 * 12, 344 * 12),
    "PORDATA_2019_Densidade-populacional.xlsx": ("pordata-workbook", 353 * 2, 353 * 2),
    REGIONS: ("pordata-regions", 353 * 2, 353 * 2 - 3),
    MUNICIPALITIES: ("pordata-concelhos", 308 * 2, 308 * 2 - 3),
    FIRES: ("icnf-fires", 2346 * 4, 186 * 4),
}
FOUNDED_LATER = {"PT1116", "PT1318", "PT0314"}  # Odivelas, Trofa, Vizela: 1998


def cells() -> list[dict[str, str]]:
    with CELLS.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def figures(catalogue: Catalogue, unit: str, indicator: str) -> list[Figure]:
    with catalogue.hub.database.reading() as connection:
        return current(connection, [unit], indicator)


def value(catalogue: Catalogue, unit: str, indicator: str, year: str) -> str:
    return next(str(figure.value) for figure in figures(catalogue, unit, indicator) if str(figure.period) == year and not figure.dims)


@pytest.mark.parametrize("name", READ)
def test_every_row_is_in_the_hub(read: Read, real_data: Path, name: str) -> None:
    _, report = read(real_data / "portugal" / "indicators" / name)
    assert (report.profile, report.rows_read, report.stored, report.refused) == (READ[name][0], READ[name][1], READ[name][2], 0)
    assert not report.blocked


@pytest.mark.parametrize("cell", cells(), ids=lambda cell: f"{cell['file']}-{cell['row']}-{cell['column']}")
def test_a_cell_read_by_hand_is_in_the_hub_exactly(read: Read, real_data: Path, cell: dict[str, str]) -> None:
    path = real_data / "portugal" / "indicators" / cell["file"]
    catalogue, _ = read(path if path.is_file() else SAMPLE / cell["file"])
    found = [
        figure
        for figure in figures(catalogue, cell["unit"], cell["indicator"])
        if figure.dims == cell["dimensions"] and str(figure.period) == cell["period"] and figure.file == cell["file"]
    ]
    assert [str(figure.value) for figure in found] == [cell["value"]]
    assert not cell["row"] or found[0].row == int(cell["row"])


def test_a_bare_name_never_lands_on_the_wrong_island(read: Read, real_data: Path) -> None:
    """The same four municípios in two files of one office, which mean different ones by the bare names."""
    folder = real_data / "portugal" / "indicators"
    for name in (REGIONS, MUNICIPALITIES):
        catalogue, _ = read(folder / name)
        held = {unit: value(catalogue, unit, "PT-POP", "2019") for unit in ("PT0806", "PT4201", "PT4501", "PT3101")}
        assert held == {"PT0806": "22762", "PT4201": "14721", "PT4501": "3184", "PT3101": "10867"}


def test_both_tables_of_the_population_agree(read: Read, real_data: Path) -> None:
    folder = real_data / "portugal" / "indicators"
    (regions, _), (municipalities, _) = read(folder / REGIONS), read(folder / MUNICIPALITIES)
    units = [unit.id for unit in regions.places["PT"].units.values() if unit.level == "municipio"]
    assert len(units) == 308
    for year, total in ("1981", 9_883_670), ("2019", 10_295_909):
        there = [unit for unit in units if year == "2019" or unit not in FOUNDED_LATER]
        held = [value(regions, unit, "PT-POP", year) for unit in there]
        assert held == [value(municipalities, unit, "PT-POP", year) for unit in there]
        assert sum(map(Decimal, held)) == total == int(value(regions, "PT", "PT-POP", year))
    for unit in FOUNDED_LATER:
        assert [str(figure.period) for figure in figures(municipalities, unit, "PT-POP")] == ["2019"]


def test_the_fires_are_all_there(read: Read, real_data: Path) -> None:
    path = real_data / "portugal" / "indicators" / FIRES
    catalogue, _ = read(path)
    with path.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    units = [unit.id for unit in catalogue.places["PT"].units.values() if unit.level == "municipio"]
    with catalogue.hub.database.reading() as connection:
        held = current(connection, units, "PT-FIRES")
        burnt = [figure for figure in current(connection, units, "PT-BURNT") if not figure.dims]
    assert sum(figure.value or 0 for figure in held) == len(rows)
    assert sum(figure.value or 0 for figure in burnt) == sum(Decimal(row["area_total"]) for row in rows)


def test_another_edition_has_its_own_year_and_two_years_are_none(read: Read, real_data: Path, tmp_path: Path) -> None:
    lines = (real_data / "portugal" / "indicators" / "ine_censos2021_dinamicas_territoriais_MN.csv").read_bytes().split(b"\r\n")
    later, mixed = tmp_path / "2031_MN.csv", tmp_path / "mixed_MN.csv"
    later.write_bytes(b"\r\n".join([*lines[:2], lines[2].replace(b"2021", b"2031"), *lines[3:]]))
    catalogue, report = read(later)
    assert (report.blocked, [finding.code for finding in report.findings]) == (False, ["import.to-come"])
    assert {str(figure.period) for figure in figures(catalogue, "PT1109", "PT-COMMUTE-CAR")} == {"2031"}
    mixed.write_bytes(b"\r\n".join([*lines[:2], lines[2].replace(b"2021", b"2011", 1), *lines[3:]]))
    assert [finding.code for finding in read(mixed)[1].findings] == ["period.unreadable"]


def test_a_file_that_was_cut_is_noticed(read: Read, real_data: Path, tmp_path: Path) -> None:
    lines = (real_data / "portugal" / "indicators" / MUNICIPALITIES).read_text(encoding="utf-8").splitlines()
    cut = tmp_path / MUNICIPALITIES
    cut.write_text("\n".join(lines[:200]), encoding="utf-8")
    _, report = read(cut)
    assert "import.incomplete" in {finding.code for finding in report.findings}


def test_another_table_of_the_same_shape_is_refused(read: Read, real_data: Path, tmp_path: Path) -> None:
    whole = (real_data / "portugal" / "indicators" / "ine_saldo_migratorio_2011_2022.json").read_text(encoding="utf-8")
    other = tmp_path / "saldo_migratorio.json"
    other.write_text(whole.replace("Saldo migratório (N.º)", "Saldo natural (N.º)"), encoding="utf-8")
    assert [finding.code for finding in read(other)[1].findings] == ["profile.other-table"]


def test_a_slip_in_a_name_is_taken_back_though_a_parish_has_it_too(read: Read, real_data: Path) -> None:
    catalogue, _ = read(real_data / "portugal" / "indicators" / REGIONS)
    mafra, ines = catalogue.unit("PT1109"), acting(catalogue.hub.database, "ines")
    wrong = rename(catalogue, mafra, new_name(catalogue, mafra, "Mafrra", "", date(2025, 1, 1)), "Typed wrongly.", ines)
    assert wrong.name == "Mafrra"
    assert rename(catalogue, wrong, new_name(catalogue, wrong, "Mafra", "", date(2025, 1, 1)), "As it is.", ines).name == "Mafra"
