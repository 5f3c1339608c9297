"""An office's list becomes units.csv and indicators.yaml; what is wrong in it is named by row and column, and nothing is written."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from sdgcities.errors import Refused
from sdgcities.intake.yaml import load_yaml, parse_yaml
from sdgcities.kit.lists.indicators import TakenIndicators, take_indicators
from sdgcities.kit.lists.office import Asked, OfficeList, read_list
from sdgcities.kit.lists.unit_rows import Columns
from sdgcities.kit.lists.units import Taken, take_units
from sdgcities.kit.written import as_yaml
from sdgcities.model.plugins import Manifest
from sdgcities.plugin.declared.indicators import read_indicators
from sdgcities.plugin.declared.units import read_units
from sdgcities.plugin.manifest import read_manifest

MANIFEST = """\
api: "1.1"
name: isles
title: The Isles
version: 0.1.0
layer: country
countries: [XA]
levels:
  - {id: island, name: Island}
  - {id: town, name: Town, city: true}
sources:
  register: {office: Registry of the Isles}
  example: {office: Example}
units: units.csv
indicators: indicators.yaml
"""
UNITS = "id,level,parent,name,other_names,source,status\nXA-EX,island,,Example Island,,example,draft\n"
ISLANDS = "No.;Island;Lugha\n1;North;Kaskazini\n02;South;\n"
TOWNS = 'Town,Code,On,People\nPort Clito,007,North,"12,000"\nPort Leukippe,008,002,8 000\n'
INDICATORS = """\
# Ours, and this remark stays.
indicators:
  - code: XA-POP
    name: Population
    definition: People.
    unit: persons
    direction: neutral
    frequency: A
    track: data
    disaggregation: []
    sdg: none
    no_sdg_reason: A count.
    source: register
    status: draft
"""
LIST = 'code,name,definition,unit,direction,frequency,sdg,disaggregation,maximum\n007,Water,"Share: with water",%,higher,A,6.1.1; 6.1,sex|age,100\n'
GIVEN = {"track": "data", "source": "register", "status": "draft"}
ISLAND = Columns("island", "No.", "Island", "register", digits=3)
TOWN = Columns("town", "Code", "Town", "register", parent="On")
PEOPLED = replace(TOWN, population="People", population_year=2019)


@pytest.fixture
def isles(tmp_path: Path) -> Manifest:
    folder = tmp_path / "sdgcities_isles"
    folder.mkdir()
    for name, text in {"plugin.yaml": MANIFEST, "units.csv": UNITS, "indicators.yaml": INDICATORS}.items():
        (folder / name).write_text(text, encoding="utf-8")
    return read_manifest(folder)


def listed(tmp_path: Path, text: str, **asked: str) -> OfficeList:
    file = tmp_path / "list.csv"
    file.write_text(text, encoding="utf-8")
    return read_list(Asked(file, **asked))  # type: ignore[arg-type]  # a test gives texts only


def units(manifest: Manifest, found: OfficeList, columns: Columns | None, *, change: bool = False, drop: bool = False) -> Taken:
    return take_units(manifest, found, columns, change=change, drop_examples=drop, store=True)


def added(taken: Taken) -> tuple[str, ...]:
    return tuple(row["id"] for row in taken.added)


def indicators(manifest: Manifest, found: OfficeList, columns: Mapping[str, str] = {}, more: Mapping[str, str] = {}) -> TakenIndicators:
    return take_indicators(manifest, found, columns, {**GIVEN, **more}, store=True)


def rows(manifest: Manifest) -> dict[str, dict[str, str]]:
    with (manifest.folder / "units.csv").open(encoding="utf-8", newline="") as stream:
        return {row["id"]: row for row in csv.DictReader(stream)}


def test_two_levels_one_after_the_other(isles: Manifest, tmp_path: Path) -> None:
    first = units(isles, listed(tmp_path, ISLANDS), Columns("island", "no.", "ISLAND", "register", digits=3, names={"sw": "Lugha"}), drop=True)
    assert (added(first), first.examples) == (("XA001", "XA002"), 1)
    second = units(isles, listed(tmp_path, TOWNS), PEOPLED)
    assert added(second) == ("XA007", "XA008")
    found = {unit.id: unit for unit in read_units(isles)}
    assert found["XA001"].called(("sw",)) == "Kaskazini"
    assert (found["XA007"].parent, found["XA008"].parent) == ("XA001", "XA002")
    assert found["XA007"].codes == {"town": "007"}
    assert (found["XA008"].population, found["XA008"].population_year) == (8000, 2019)
    again = units(isles, listed(tmp_path, TOWNS), TOWN)
    assert (again.added, again.changed, again.unchanged) == ((), (), 2)


def test_codes_that_a_workbook_holds_as_numbers_wait_for_a_word_on_their_zeros(isles: Manifest, tmp_path: Path) -> None:
    path = tmp_path / "list.xlsx"
    with xlsxwriter.Workbook(path) as book:
        page = book.add_worksheet("Islands")
        for row, cells in enumerate([("Registry of the Isles",), (), ("Code", "Island"), (1, "North"), (12, "South"), ("003", "East")]):
            page.write_row(row, 0, cells)
    numbered = Columns("island", "Code", "Island", "register")
    with pytest.raises(Refused, match="stored as numbers") as told:
        units(isles, read_list(Asked(path)), numbered)
    assert "--digits 3" in str(told.value.findings[0].hint)
    assert (isles.folder / "units.csv").read_text(encoding="utf-8") == UNITS
    assert added(units(isles, read_list(Asked(path)), replace(numbered, digits=3))) == ("XA001", "XA012", "XA003")
    with pytest.raises(Refused, match="no sheet Isles"):
        read_list(Asked(path, sheet="Isles"))


def test_rows_are_chosen_and_ids_prefixed(isles: Manifest, tmp_path: Path) -> None:
    text = "Kind,Code,Name\nIsland,1,North\nReef,1,Long Reef\n"
    taken = units(isles, listed(tmp_path, text), Columns("island", "Code", "Name", "register", prefix="N-", where={"kind": "Island"}))
    assert added(taken) == ("N-1",)


def test_a_list_with_the_columns_of_units_csv(isles: Manifest, tmp_path: Path) -> None:
    assert added(units(isles, listed(tmp_path, UNITS.replace("XA-EX", "XA-09")), None)) == ("XA-09",)


def test_a_unit_is_changed_only_where_that_is_asked_for(isles: Manifest, tmp_path: Path) -> None:
    units(isles, listed(tmp_path, ISLANDS), ISLAND)
    renamed = listed(tmp_path, ISLANDS.replace("North", "Far North"))
    with pytest.raises(Refused, match="XA001 stands in units"):
        units(isles, renamed, ISLAND)
    assert units(isles, renamed, ISLAND, change=True).changed == ("XA001",)
    assert rows(isles)["XA001"]["name"] == "Far North"


WRONG_UNITS = {
    "code-empty": (ISLANDS + ";East;\n", ISLAND, "The cell is empty", 4, "No."),
    "name-empty": (ISLANDS + "3;;\n", ISLAND, "The cell is empty", 4, "Island"),
    "code-twice": (ISLANDS + "2;East;\n", ISLAND, "XA002 stands in row 3 with other contents", 4, None),
    "code-impossible": (ISLANDS + "3/4;East;\n", ISLAND, "can't be a unit's id", 4, "No."),
    "parent-unknown": (TOWNS, TOWN, "There is no unit North of a level above town", 2, "On"),
    "parent-empty": (TOWNS.replace("North", ""), TOWN, "The cell is empty", 2, "On"),
    "lengths-differ": (ISLANDS, Columns("island", "No.", "Island", "register"), "The codes have 1 to 2 digits", None, "No."),
    "people-in-words": (
        TOWNS.replace("8 000", "many"),
        Columns("town", "Code", "Town", "register", population="People", population_year=2019),
        "many is no number",
        3,
        "People",
    ),
    "column-unknown": (ISLANDS, Columns("island", "Nr.", "Island", "register"), "no column Nr.", 1, None),
    "level-unknown": (ISLANDS, Columns("isle", "No.", "Island", "register"), "There is no level isle", None, None),
    "source-unknown": (ISLANDS, Columns("island", "No.", "Island", "census"), "There is no source census", None, None),
    "columns-not-said": (ISLANDS, None, "has not the columns of units.csv", 1, None),
    "column-twice": ("Code,Code,Name\n1,2,3\n", ISLAND, "The column Code stands twice", 1, None),
    "cell-beside": ("No.;Island\n1;North;stray\n", ISLAND, "stray stands in a column without a name", 2, None),
    "no-rows": ("No.;Island\n", ISLAND, "there is no row", 1, None),
    "no-names": ("only\n", ISLAND, "No row with the names of columns", None, None),
}


@pytest.mark.parametrize("way", WRONG_UNITS)
def test_a_wrong_list_of_units_is_refused_with_its_place(isles: Manifest, tmp_path: Path, way: str) -> None:
    text, columns, words, row, column = WRONG_UNITS[way]
    with pytest.raises(Refused) as told:
        units(isles, listed(tmp_path, text), columns)
    finding = told.value.findings[0]
    assert words in str(finding.message)
    assert (finding.where.row, finding.where.column) == (row, column)
    assert finding.hint is not None or way == "no-rows"
    assert (isles.folder / "units.csv").read_text(encoding="utf-8") == UNITS


def test_letters_stored_otherwise_are_told(tmp_path: Path) -> None:
    file = tmp_path / "list.csv"
    file.write_bytes("Code;Name\n1;Évora\n".encode("cp1252"))
    with pytest.raises(Refused) as told:
        read_list(Asked(file))
    assert "--encoding cp1252" in str(told.value.findings[0].hint)
    assert read_list(Asked(file, encoding="cp1252")).rows[0][1]["Name"] == "Évora"


def test_the_offices_own_workbook_gives_the_units_that_are_shipped(real_data: Path, checkout: Path, tmp_path: Path) -> None:
    """The census workbook of Ghana, level by level, against the plugin's own list."""
    folder = tmp_path / "sdgcities_isles"
    folder.mkdir()
    text = MANIFEST.replace("[XA]", "[GH]").replace("island", "region").replace("town", "district").replace("indicators: indicators.yaml\n", "")
    (folder / "plugin.yaml").write_text(text, encoding="utf-8")
    (folder / "units.csv").write_text("id,level,parent,name,source,status\n", encoding="utf-8")
    manifest, workbook = read_manifest(folder), real_data / "ghana" / "admin" / "gha_admpop_2022.xlsx"
    regions = Columns("region", "ADM1_PCODE", "ADM1_EN", "register", population="T_TL", population_year=2021)
    districts = Columns("district", "ADM2_PCODE", "ADM2_EN", "register", parent="ADM1_PCODE", population="T_TL", population_year=2021)
    units(manifest, read_list(Asked(workbook, "gha_admpop_adm1_2022")), regions)
    assert len(units(manifest, read_list(Asked(workbook, "gha_admpop_adm2_2022")), districts).added) == 260
    shipped = {unit.id: unit for unit in read_units(read_manifest(checkout / "plugins" / "ghana" / "sdgcities_ghana")) if unit.valid_to is None}
    for unit in read_units(manifest):
        if unit.level != "country":
            assert unit.parent == shipped[unit.id].parent, unit.id
        if unit.level == "district":
            assert unit.population == shipped[unit.id].population


def test_indicators_go_to_the_end_and_the_rest_stays(isles: Manifest, tmp_path: Path) -> None:
    assert indicators(isles, listed(tmp_path, LIST)).added == ("007",)
    file = isles.folder / "indicators.yaml"
    assert file.read_text(encoding="utf-8").startswith(INDICATORS)
    water = read_indicators(file, isles, "XA")[1]
    assert (water.code, water.definition, water.unit, water.sdg, water.disaggregation) == (
        "007",
        "Share: with water",
        "percent",
        ("6.1.1", "6.1"),
        ("sex", "age"),
    )
    again = indicators(isles, listed(tmp_path, LIST))
    assert (again.added, again.unchanged) == ((), 1)


def test_the_first_indicators_of_a_plugin(isles: Manifest, tmp_path: Path) -> None:
    (isles.folder / "indicators.yaml").write_text("# none yet\nindicators: []\n", encoding="utf-8")
    indicators(isles, listed(tmp_path, LIST))
    assert [one.code for one in read_indicators(isles.folder / "indicators.yaml", isles, "XA")] == ["007"]


WRONG_INDICATORS = {
    "unit-unknown": (LIST.replace("%", "Prozent"), "Prozent is no unit of measure", 2, "unit"),
    "name-empty": (LIST.replace("Water", ""), "The cell is empty", 2, "name"),
    "number": (LIST.replace(",100", ",a lot"), "a lot is no number", 2, "maximum"),
    "direction": (LIST.replace("higher", "up"), "Must be one of: higher", 2, "direction"),
    "goal-none-without-reason": (LIST.replace("6.1.1; 6.1", "none"), "no_sdg_reason is missing", 2, "no_sdg_reason"),
    "code-twice": (LIST + LIST.splitlines()[1].replace("Water", "Air") + "\n", "007 stands in row 2 already", 3, "code"),
    "code-known": (LIST.replace("007", "XA-POP"), "XA-POP stands in indicators.yaml with other contents", 2, None),
    "column-missing": (LIST.replace("frequency", "how often"), "no column for: frequency", 1, None),
}


@pytest.mark.parametrize("way", WRONG_INDICATORS)
def test_a_wrong_list_of_indicators_is_refused_with_its_place(isles: Manifest, tmp_path: Path, way: str) -> None:
    text, words, row, column = WRONG_INDICATORS[way]
    with pytest.raises(Refused) as told:
        indicators(isles, listed(tmp_path, text))
    finding = told.value.findings[0]
    assert words in str(finding.message)
    assert (finding.where.row, finding.where.column) == (row, column)
    assert finding.where.file == str(tmp_path / "list.csv")
    assert (isles.folder / "indicators.yaml").read_text(encoding="utf-8") == INDICATORS


def test_a_key_that_no_indicator_has(isles: Manifest, tmp_path: Path) -> None:
    with pytest.raises(Refused, match="An indicator has no directon") as told:
        indicators(isles, listed(tmp_path, LIST), {"directon": "direction"})
    assert str(told.value.findings[0].hint) == "Did you mean direction?"


@given(st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=40) | st.from_regex(r"[-+0-9.eE_xoN]{1,8}", fullmatch=True))
def test_what_is_written_is_read_back(text: str) -> None:
    value = {"key": [text, True, 7], "other": text}
    assert parse_yaml(f"value: {as_yaml(value)}", "").data == {"value": value}


def test_the_sample_of_yaml_is_plain_where_it_can_be(tmp_path: Path) -> None:
    written = [as_yaml(text) for text in ("plain text", "007", "no", "NO", "a: b", "", "#", "1.1", "~")]
    assert written == ["plain text", '"007"', "no", "NO", '"a: b"', '""', '"#"', '"1.1"', '"~"']
    (tmp_path / "x.yaml").write_text("a: [" + ", ".join(written) + "]", encoding="utf-8")
    assert load_yaml(tmp_path / "x.yaml").data == {"a": ["plain text", "007", "no", "NO", "a: b", "", "#", "1.1", "~"]}


def test_codes_with_blanks_a_parent_without_its_zero_and_a_footnote(isles: Manifest, tmp_path: Path) -> None:
    units(isles, listed(tmp_path, "Code;Island\n01 00;North\n02 00;South\nSource: the registry;\n"), Columns("island", "Code", "Island", "register"))
    assert [unit.id for unit in read_units(isles)][2:] == ["XA0100", "XA0200"]
    assert read_units(isles)[2].codes == {"island": "01 00"}
    found = listed(tmp_path, "Code,Town,On\n0101,Port,North\n0102,Haven,Northh\n")
    with pytest.raises(Refused) as told:
        units(isles, found, TOWN)
    assert str(told.value.findings[0].hint) == "Did you mean North?"
    parents = "id,level,parent,name,source,status,codes\nXA01,island,,North,register,draft,island=01\n"
    (isles.folder / "units.csv").write_text(parents, encoding="utf-8")
    assert added(units(isles, listed(tmp_path, "Code,Town,On\n0101,Port,1\n"), TOWN)) == ("XA0101",)


def test_what_was_passed_over_is_told(isles: Manifest, tmp_path: Path) -> None:
    taken = units(isles, listed(tmp_path, "Code,Town\n007,Port Clito\n008,Haven\nTotals as of 2019,\n"), replace(TOWN, parent=None))
    assert [str(note.message) for note in taken.notes] == [
        "Passed over as a note below the table: row 4.",
        "Without --parent these units stand right below the country, and not in a unit of a level above.",
    ]
