"""What a profile can say of a table: files as offices write them, each brought in by a few lines of YAML and looked up in the hub."""

from __future__ import annotations

from pathlib import Path

import pytest
import xlsxwriter
from tests.hub_fixtures import Desk
from tests.isle import isle, profile

from sdgcities.findings import Finding
from sdgcities.tracks.data.importing.request import Report

WORKBOOK = {"file": '"*.xlsx"', "format": "xlsx", "encoding": ""}


def text(desk: Desk, content: str, name: str = "boats.csv") -> Path:
    path = desk.scratch / name
    path.write_text(content, encoding="utf-8")
    return path


def brought(desk: Desk, path: Path) -> Report:
    """The report of a file that is taken in."""
    report = desk.bring(path)
    assert [str(finding.message) for finding in report.findings if finding.blocks] == []
    return report


def boats(desk: Desk, unit: str = "S3") -> list[tuple[str, str]]:
    return [(str(figure.period), str(figure.value)) for figure in desk.figures(unit)]


def split(desk: Desk, unit: str = "S3") -> dict[tuple[str, str], str]:
    return {(str(figure.period), figure.dims): str(figure.value) for figure in desk.figures(unit)}


def refused(desk: Desk, path: Path) -> list[Finding]:
    report = desk.bring(path)
    assert report.blocked
    return list(report.findings)


def messages(findings: list[Finding]) -> list[str]:
    return [str(finding.message) for finding in findings]


# Periods


PERIODS = [
    ("{values: {2018/19 fishing year: '2019'}}", "2018/19  Fishing Year", "2019"),
    ("{pattern: '(?P<year>[0-9]{4}) (?P<part>.+)', parts: {1. Yarıyıl: S1, 2. Yarıyıl: S2}}", "2020 2. yarıyıl", "2020-S2"),
    ("{pattern: '(?P<part>[A-Za-zşŞ]+) (?P<year>[0-9]{4})', parts: {Ocak: '01', Şubat: '02', Yıllık: ''}}", "Şubat 2021", "2021-02"),
    ("{pattern: '(?P<part>[A-Za-zşŞı]+) (?P<year>[0-9]{4})', parts: {Ocak: '01', Yıllık: ''}}", "Yıllık 2021", "2021"),
    ("{pattern: '(?P<part>[0-9]+)[.](?P<year>[0-9]{4})'}", "7.2021", "2021-07"),
    ("{pattern: '(?P<year>[0-9]{4}) (?P<part>Q[1-4])'}", "2021 q3", "2021-Q3"),
    ("{pattern: '[0-9]+[.][0-9]+[.](?P<year>[0-9]{4})'}", "31.12.2021", "2021"),
    ("{pattern: 'FY (?P<year>[0-9]{4})'}", "2021-S1", "2021-S1"),
]


@pytest.mark.parametrize(("style", "written", "period"), PERIODS)
def test_periods_as_the_file_writes_them(tmp_path: Path, style: str, written: str, period: str) -> None:
    desk = isle(tmp_path, profile("yearbook", header="[town, when, boats]", period="{column: when}", periods=style))
    brought(desk, text(desk, f"town,when,boats\nSpring,{written},3\n"))
    assert boats(desk) == [(period, "3")]


def test_a_part_of_the_year_that_the_profile_does_not_know(tmp_path: Path) -> None:
    style = "{pattern: '(?P<year>[0-9]{4}) (?P<part>.+)', parts: {1. Yarıyıl: S1}}"
    desk = isle(tmp_path, profile("yearbook", header="[town, when, boats]", period="{column: when}", periods=style))
    (finding,) = refused(desk, text(desk, "town,when,boats\nSpring,2020 3. Yarıyıl,3\n"))
    assert (finding.code, finding.where.row, finding.where.column) == ("period.unreadable", 2, "when")
    assert str(finding.message) == "“2020 3. Yarıyıl” is no period: the profile does not know what “3. Yarıyıl” is."
    assert str(finding.hint) == "Known here: 1. Yarıyıl."


def test_half_years_stand_in_the_header(tmp_path: Path) -> None:
    values = "[{columns: '(?P<period>[0-9]{4} [12][.] Yarıyıl)', indicator: XA-BOATS}]"
    style = "{pattern: '(?P<year>[0-9]{4}) (?P<part>.+)', parts: {1. Yarıyıl: S1, 2. Yarıyıl: S2}}"
    desk = isle(tmp_path, profile("yearbook", header="[town]", period="", values=values, periods=style))
    brought(desk, text(desk, "town,2019 1. Yarıyıl,2019 2. Yarıyıl\nSpring,3,4\n"))
    assert boats(desk) == [("2019-S1", "3"), ("2019-S2", "4")]


def test_months_stand_in_the_header_and_the_year_in_the_row(tmp_path: Path) -> None:
    shape = {"header": "[town, Yıl]", "period": "{column: Yıl}", "values": "[{columns: '(?P<part>Ocak|Şubat)', indicator: XA-BOATS}]"}
    style = "{pattern: '(?P<year>[0-9]{4}) (?P<part>.+)', parts: {Ocak: '01', Şubat: '02'}}"
    desk = isle(tmp_path, profile("yearbook", **shape, periods=style))
    brought(desk, text(desk, "town,Yıl,Ocak,Şubat\nSpring,2020,3,4\nSpring,2021,5,6\n"))
    assert boats(desk) == [("2020-01", "3"), ("2020-02", "4"), ("2021-01", "5"), ("2021-02", "6")]


def test_year_and_quarter_in_two_columns(tmp_path: Path) -> None:
    shape = {"header": "[town, year, quarter, boats]", "period": "{column: [year, quarter]}"}
    desk = isle(tmp_path, profile("yearbook", **shape, periods="{pattern: '(?P<year>[0-9]{4}) (?P<part>.+)', parts: {first: Q1, second: Q2}}"))
    brought(desk, text(desk, "town,year,quarter,boats\nSpring,2021,First,3\nSpring,2021,second,4\n"))
    assert boats(desk) == [("2021-Q1", "3"), ("2021-Q2", "4")]
    (finding,) = refused(desk, text(desk, "town,year,quarter,boats\nSpring,2021,fifth,3\n"))
    assert finding.where.column == "year, quarter"


def test_one_sheet_a_year(tmp_path: Path) -> None:
    desk = isle(tmp_path, profile("yearbook", **WORKBOOK, sheets="['*']", period="{sheet: '([0-9]{4})'}"))
    brought(desk, sheets(desk, {"Boats 2019": [["town", "boats"], ["Spring", 3]], "Boats 2020": [["town", "boats"], ["Spring", 4]]}))
    assert boats(desk) == [("2019", "3"), ("2020", "4")]
    (finding,) = refused(desk, sheets(desk, {"Notes": [["town", "boats"], ["Spring", 3]]}))
    assert (finding.code, str(finding.message)) == ("period.unreadable", "The name of the sheet, Notes, tells no period.")


def test_the_name_of_the_file_tells_the_period(tmp_path: Path) -> None:
    desk = isle(tmp_path, profile("yearbook", period="{file: '_([0-9]{4})'}"))
    brought(desk, text(desk, "town,boats\nSpring,3\n", "boats_2019.csv"))
    assert boats(desk) == [("2019", "3")]
    (finding,) = refused(desk, text(desk, "town,boats\nSpring,3\n"))
    assert str(finding.message) == "The name of the file, boats.csv, tells no period."


# Headers


def sheets(desk: Desk, pages: dict[str, list[list[object]]], merged: tuple[str, ...] = (), name: str = "boats.xlsx") -> Path:
    path = desk.scratch / name
    with xlsxwriter.Workbook(path) as book:
        for title, rows in pages.items():
            page = book.add_worksheet(title)
            for number, cells in enumerate(rows):
                page.write_row(number, 0, cells)
            for area in merged:
                page.merge_range(area, "")
            for number, cells in enumerate(rows if merged else ()):  # merging empties the first cell
                for at, cell in enumerate(cells):
                    if cell != "":
                        page.write(number, at, cell)
    return path


GROUPED: list[list[object]] = [["Boats of the towns"], ["town", 2020, "", 2021, ""], ["", "Women", "Men", "Women", "Men"], ["Spring", 1, 2, 3, 4]]
JOINED = {
    "header": "[town]",
    "header_rows": "[2, 3]",
    "header_join": '" | "',
    "period": "",
    "values": "[{columns: '(?P<period>[0-9]{4}) [|] (?P<sex>.+)', codes: {sex: {Women: F, Men: M}}, indicator: XA-BOATS}]",
}
EXPECTED = {("2020", "sex=F"): "1", ("2020", "sex=M"): "2", ("2021", "sex=F"): "3", ("2021", "sex=M"): "4"}


def test_a_group_stands_above_its_columns(tmp_path: Path) -> None:
    desk = isle(tmp_path, profile("yearbook", **JOINED))
    brought(desk, text(desk, "Boats of the towns,,,,\ntown,2020,,2021,\n,Women,Men,Women,Men\nSpring,1,2,3,4\n"))
    assert split(desk) == EXPECTED


@pytest.mark.parametrize("merged", [("B2:C2", "D2:E2", "A2:A3"), ()])
def test_a_group_stands_in_merged_cells(tmp_path: Path, merged: tuple[str, ...]) -> None:
    desk = isle(tmp_path, profile("yearbook", **{**WORKBOOK, **JOINED}))
    brought(desk, sheets(desk, {"Boats": GROUPED}, merged))
    assert split(desk) == EXPECTED


def test_merged_cells_end_where_they_end(tmp_path: Path) -> None:
    ignored = {**JOINED, "ignore": "[Remark]", "header": "[town, Remark]"}
    desk = isle(tmp_path, profile("yearbook", **{**WORKBOOK, **ignored}))
    rows = [[*cells, "", "Remark"] if number == 2 else cells for number, cells in enumerate(GROUPED)]
    rows[2] = ["", "Women", "Men", "Women", "Men", "Remark"]
    brought(desk, sheets(desk, {"Boats": [*rows[:3], ["Spring", 1, 2, 3, 4, "fine"]]}, ("B2:C2", "D2:E2")))
    assert split(desk) == EXPECTED


def test_columns_are_known_in_several_spellings(tmp_path: Path) -> None:
    shape = {"header": "[district, boats]", "units": "[{column: district, level: town}]", "same": "{district: [İlçe, 'İlçe / District'], boats: [Tekneler]}"}
    for number, header in enumerate(("district,boats", "İlçe,TEKNELER", '"İlçe /\n District",Boats')):
        desk = isle(tmp_path / str(number), profile("yearbook", **shape))
        brought(desk, text(desk, f"{header}\nSpring,3\n"))
        assert boats(desk) == [("2021", "3")]
    findings = refused(desk, text(desk, "district,İlçe,boats\nSpring,Spring,3\n"))
    assert messages(findings) == ["The column district stands twice."]


# Indicators and units of measure


def test_one_sheet_an_indicator(tmp_path: Path) -> None:
    shape = {**WORKBOOK, "sheets": "['*']", "values": "[{column: n}]", "header": "[town, n]"}
    desk = isle(tmp_path, profile("yearbook", **shape, indicator="{sheet: '[0-9]+ (.+)', keys: {Boats: XA-BOATS}}"))
    brought(desk, sheets(desk, {"1 boats": [["town", "n"], ["Spring", 3]]}))
    assert boats(desk) == [("2021", "3")]
    (finding,) = refused(desk, sheets(desk, {"2 Rafts": [["town", "n"], ["Spring", 3]]}))
    assert (finding.code, str(finding.message)) == ("profile.indicator", "The profile yearbook has no indicator for the sheet 2 Rafts.")


def test_a_title_tells_the_indicator(tmp_path: Path) -> None:
    shape = {"values": "[{column: n}]", "header": "[town, n]", "header_rows": "[2]"}
    desk = isle(tmp_path, profile("yearbook", **shape, indicator="{title: 'Table [0-9]+: (.+)', keys: {Boats afloat: XA-BOATS}}"))
    brought(desk, text(desk, "Table 4: Boats  afloat,\ntown,n\nSpring,3\n"))
    assert boats(desk) == [("2021", "3")]
    (finding,) = refused(desk, text(desk, "Table 5: Rafts,\ntown,n\nSpring,3\n"))
    assert (finding.code, str(finding.hint)) == ("profile.indicator", "It knows: Boats afloat.")


MEASURED = {
    "header": "[town, unit, boats]",
    "unit_measure": "{column: unit, codes: {Number: number, Thousands: {unit: number, scale: '1000'}, Share: percent}}",
}


def test_a_column_tells_the_unit_of_measure_and_what_is_in_thousands(tmp_path: Path) -> None:
    desk = isle(tmp_path, profile("yearbook", **MEASURED))
    brought(desk, text(desk, "town,unit,boats\nSpring,number,3\nHill,THOUSANDS,1.2345\n"))
    assert boats(desk) == [("2021", "3")]
    assert boats(desk, "N2") == [("2021", "1234.5")]


@pytest.mark.parametrize(("written", "found"), [("Share", "percent"), ("Dozens", "“Dozens”"), ("", "“”")])
def test_another_unit_of_measure_is_refused(tmp_path: Path, written: str, found: str) -> None:
    desk = isle(tmp_path, profile("yearbook", **MEASURED))
    (finding,) = refused(desk, text(desk, f"town,unit,boats\nSpring,{written},3\n"))
    assert (finding.code, finding.where.row, finding.where.column) == ("unit-measure", 2, "unit")
    assert str(finding.message) == f"{found} is not the unit of XA-BOATS, which is number."


def test_a_column_in_thousands_is_multiplied_exactly(tmp_path: Path) -> None:
    desk = isle(tmp_path, profile("yearbook", values="[{column: boats, indicator: XA-BOATS, unit: number, scale: '1000'}]"))
    brought(desk, text(desk, "town,boats\nSpring,0.0010000000000000000000000001\nHill,1234.567\n"))
    assert boats(desk) == [("2021", "1.0000000000000000000000001")]
    assert boats(desk, "N2") == [("2021", "1234567")]


def test_a_column_in_another_unit_is_refused(tmp_path: Path) -> None:
    desk = isle(tmp_path, profile("yearbook", values="[{column: boats, indicator: XA-BOATS, unit: percent}]"))
    assert messages(refused(desk, text(desk, "town,boats\nSpring,3\n"))) == ["percent is not the unit of XA-BOATS, which is number."]


# Constants, marks and status


def test_a_constant_holds_for_the_whole_file(tmp_path: Path) -> None:
    desk = isle(tmp_path, profile("yearbook", constants="{sex: F}"))
    brought(desk, text(desk, "town,boats\nSpring,3\n"))
    assert split(desk) == {("2021", "sex=F"): "3"}


MARKS = "{'*': E, (p): P, e: E, '(1)': A}"


@pytest.mark.parametrize(
    ("cell", "value", "status"),
    [
        ("12", "12", "A"),
        ("12*", "12", "E"),
        ("12 (P)", "12", "P"),
        ("e 12", "12", "E"),
        ("12(1)", "12", "A"),
        ("(p)12 (1)*", "12", "E"),
        ("1 234(p)", "1234", "P"),
    ],
)
def test_marks_at_figures_become_their_status(tmp_path: Path, cell: str, value: str, status: str) -> None:
    desk = isle(tmp_path, profile("yearbook", marks=MARKS, numbers='{thousands: " "}'))
    brought(desk, text(desk, f"town,boats\nSpring,{cell}\n"))
    (figure,) = desk.figures("S3")
    assert (str(figure.value), figure.status) == (value, status)


@pytest.mark.parametrize("cell", ["12**x", "*", "12 (q)", "e"])
def test_a_mark_that_is_not_listed_is_refused(tmp_path: Path, cell: str) -> None:
    desk = isle(tmp_path, profile("yearbook", marks=MARKS))
    (finding,) = refused(desk, text(desk, f"town,boats\nSpring,{cell}\n"))
    assert (finding.code, finding.where.column) == ("value.number", "boats")


def test_a_mark_may_stand_at_a_missing_figure_and_alone_for_one(tmp_path: Path) -> None:
    desk = isle(tmp_path, profile("yearbook", marks=MARKS, missing="{'*': confidential, '..': not_collected}"))
    brought(desk, text(desk, "town,boats\nSpring,*\nHill,..(p)\n"))
    assert [figure.missing for unit in ("S3", "N2") for figure in desk.figures(unit)] == ["confidential", "not_collected"]


def test_a_column_tells_the_status(tmp_path: Path) -> None:
    shape = {"header": "[town, boats, flag]", "observation_status": "{column: flag, codes: {p: P, est.: E}}"}
    desk = isle(tmp_path, profile("yearbook", **shape, marks="{u: U}"))
    brought(desk, text(desk, "town,boats,flag\nSpring,3,P\nHill,4,\n"))
    assert [figure.status for unit in ("S3", "N2") for figure in desk.figures(unit)] == ["P", "A"]
    brought(desk, text(desk, "town,boats,flag\nSpring,5u,est.\n"))
    assert [(str(figure.value), figure.status) for figure in desk.figures("S3")] == [("5", "U")]
    (finding,) = refused(desk, text(desk, "town,boats,flag\nSpring,3u,q\n"))
    assert (finding.code, finding.where.column) == ("status", "flag")
    assert str(finding.message) == "“q” is no status of an observation."


def test_all_figures_of_a_file_may_be_provisional(tmp_path: Path) -> None:
    desk = isle(tmp_path, profile("yearbook", observation_status="P"))
    brought(desk, text(desk, "town,boats\nSpring,3\n"))
    assert [figure.status for figure in desk.figures("S3")] == ["P"]


MISSING = "{x: not_applicable, '..': not_collected, n/a: not_published, '-': not_applicable, ':': not_published, '…': confidential, '': not_collected}"


REASONS = {
    "not_applicable": ("x", "X ", "-"),
    "not_collected": ("..", "", "\u00a0"),
    "not_published": ("n/a", "N/A", "N/a ", ":"),
    "confidential": ("…",),
}


@pytest.mark.parametrize(("cell", "reason"), [(cell, reason) for reason, cells in REASONS.items() for cell in cells])
def test_every_usual_mark_of_no_figure(tmp_path: Path, cell: str, reason: str) -> None:
    desk = isle(tmp_path, profile("yearbook", header="[town, boats, land]", ignore="[land]", missing=MISSING))
    brought(desk, text(desk, f"town,boats,land\nSpring,{cell},1\n"))
    assert [figure.missing for figure in desk.figures("S3")] == [reason]


# Rows


def notes(report: Report) -> list[str]:
    return [str(finding.message) for finding in report.findings if finding.code == "import.filtered"]


def test_rows_that_are_not_read_are_counted_and_told(tmp_path: Path) -> None:
    rows = "[{column: kind, only: [Town, ' city ']}, {column: town, except: [TOTAL]}]"
    desk = isle(tmp_path, profile("yearbook", header="[town, kind, boats]", rows=rows))
    report = brought(desk, text(desk, "town,kind,boats\nSpring,town,3\nTotal,Town,7\nHill,City,4\nNorthshire,Shire,4\nSouthshire,Shire,3\nSource: office,,\n"))
    assert report.stored == 2
    assert notes(report) == [
        "1 row is passed over for what stands in its column town: so the profile says.",
        "2 rows are passed over for what stands in their column kind: so the profile says.",
    ]


def test_a_filter_needs_its_column(tmp_path: Path) -> None:
    desk = isle(tmp_path, profile("yearbook", header="[town]", rows="[{column: kind, only: [Town]}]"))
    assert messages(refused(desk, text(desk, "town,boats\nSpring,3\n"))) == ["The column kind is missing."]


CARRIED = {
    "header": "[shire, town, year, boats]",
    "carried": "[shire, town]",
    "units": "[{column: town, level: town, within: shire}, {column: shire, level: shire}]",
    "period": "{column: year}",
}


def test_a_name_that_is_written_once_holds_for_the_rows_below(tmp_path: Path) -> None:
    desk = isle(tmp_path, profile("yearbook", **CARRIED))
    content = "shire,town,year,boats\nNorthshire,,2020,9\n,,2021,10\n,Port,2020,1\n,,2021,2\nSouthshire,,2020,8\n,Port,2020,3\n"
    assert brought(desk, text(desk, content)).stored == 6
    assert {unit: boats(desk, unit) for unit in ("N", "N1", "S", "S1")} == {
        "N": [("2020", "9"), ("2021", "10")],
        "N1": [("2020", "1"), ("2021", "2")],
        "S": [("2020", "8")],
        "S1": [("2020", "3")],
    }


def test_a_row_with_nothing_but_what_is_carried_is_a_heading(tmp_path: Path) -> None:
    shape = {**CARRIED, "carried": "[shire]"}
    desk = isle(tmp_path, profile("yearbook", **shape))
    report = brought(desk, text(desk, "shire,town,year,boats\nNorthshire,,,\n,Port,2020,1\nSouthshire,,,\n,Port,2020,3\nSource: office,,,\n"))
    assert (report.stored, notes(report)) == (2, ["2 rows have nothing but what the profile carries down, and no figure."])
    assert boats(desk, "S1") == [("2020", "3")]


def test_without_a_word_nothing_is_carried_down(tmp_path: Path) -> None:
    shape = {key: value for key, value in CARRIED.items() if key != "carried"}
    desk = isle(tmp_path, profile("yearbook", **shape))
    (finding,) = refused(desk, text(desk, "shire,town,year,boats\nNorthshire,Hill,2020,1\n,,2021,2\n"))
    assert (finding.code, finding.where.row) == ("unit.empty", 3)


# Formats


def test_tabs_between_the_columns(tmp_path: Path) -> None:
    desk = isle(tmp_path, profile("yearbook", file='"*.tsv"', delimiter='"\\t"'))
    brought(desk, text(desk, "town\tboats\nSpring\t3\n", "boats.tsv"))
    assert boats(desk) == [("2021", "3")]


XML = "<data><title>Boats of 2019</title><row no='1'><town>Spring</town><boats>3</boats></row><row no='2'><town>Hill</town><boats/></row></data>"


def test_records_of_an_xml_file(tmp_path: Path) -> None:
    shape = {"file": '"*.xml"', "format": "xml", "encoding": "", "records": "/data/row", "ignore": "['@no']", "missing": "{'': not_published}"}
    desk = isle(tmp_path, profile("yearbook", **shape, period="{title: 'of ([0-9]{4})$'}"))
    assert brought(desk, text(desk, XML, "boats.xml")).stored == 2
    assert boats(desk) == [("2019", "3")]
    once = "<data><title>Boats of 2020</title><row no='1'><town>Spring</town><boats>4</boats></row></data>"
    assert brought(desk, text(desk, once, "boats.xml")).stored == 1


def test_a_hidden_sheet_is_told_with_the_import(tmp_path: Path) -> None:
    desk = isle(tmp_path, profile("yearbook", **WORKBOOK))
    path = desk.scratch / "boats.xlsx"
    with xlsxwriter.Workbook(path) as book:
        page, unseen = book.add_worksheet("Boats"), book.add_worksheet("Old figures")
        page.write_row(0, 0, ["town", "boats"])
        page.write_row(1, 0, ["Spring", 3])
        unseen.hide()
    report = brought(desk, path)
    assert [(finding.code, finding.where.sheet) for finding in report.findings] == [("workbook.hidden", "Old figures")]


@pytest.mark.parametrize(("result", "shown"), [("#DIV/0!", "#DIV/0!"), ("", "=B3+1")])
def test_a_cell_without_a_result_is_no_figure(tmp_path: Path, result: object, shown: str) -> None:
    desk = isle(tmp_path, profile("yearbook", **WORKBOOK))
    path = desk.scratch / "boats.xlsx"
    with xlsxwriter.Workbook(path) as book:
        page = book.add_worksheet("Boats")
        page.write_row(0, 0, ["town", "boats"])
        page.write_row(1, 0, ["Hill", 4])
        page.write(2, 0, "Spring")
        page.write_formula(2, 1, "=B3+1", None, result)
    (finding,) = refused(desk, path)
    assert (finding.code, finding.where.sheet, finding.where.row, finding.where.column) == ("value.number", "Boats", 3, "boats")
    assert str(finding.message) == f"“{shown}” is not a number."
    assert finding.hint
    assert str(finding.hint).startswith("The workbook has no result there.")
