"""Tables that do not begin in the first row, name their columns twice, or write their numbers in a way of their own."""

from __future__ import annotations

import json
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st
from tests.hub_fixtures import Desk
from tests.isle import isle, profile

from sdgcities.model.profiles import NumberStyle
from sdgcities.tracks.data.importing.request import Report
from sdgcities.tracks.data.inspecting.inspection import inspect
from sdgcities.tracks.data.inspecting.putting import profile_text
from sdgcities.tracks.data.reading.numbers import reader_of

WORKBOOK = {"file": '"*.xlsx"', "format": "xlsx", "encoding": ""}


def book(desk: Desk, *sheets: tuple[str, Sequence[Sequence[object]]], name: str = "boats.xlsx") -> Path:
    path = desk.scratch / name
    with xlsxwriter.Workbook(path) as made:
        for title, rows in sheets:
            page = made.add_worksheet(title)
            for number, cells in enumerate(rows):
                page.write_row(number, 0, cells)
    return path


def text(desk: Desk, content: str, name: str = "boats.csv") -> Path:
    path = desk.scratch / name
    path.write_text(content, encoding="utf-8")
    return path


def told(report: Report) -> list[tuple[str, dict[str, str | int]]]:
    assert report.blocked
    return [(finding.code, {key: value for key, value in finding.where.parts().items() if key != "file"}) for finding in report.findings]


def boats(desk: Desk, unit: str = "S3") -> list[tuple[str, str]]:
    return [(str(figure.period), str(figure.value)) for figure in desk.figures(unit)]


TITLED: list[list[object]] = [
    ["Boats of the towns"],
    [],
    ["Towns\nVilles", "", "Boats"],
    ["", "Year", "All\nboats"],
    ["Spring", 2021.0, 3],
    *[[]] * 2000,
    ["Hill", 2021.0, 4],
    [],
    ["Source: Statistics Isle"],
]


def test_title_rows_double_headers_line_breaks_and_footnotes(tmp_path: Path) -> None:
    columns = {"header": "[Towns Villes, Year]", "units": "[{column: Towns Villes}]", "period": "{column: Year}"}
    shape = {"header_rows": "[3, 4]", "values": "[{column: All boats, indicator: XA-BOATS}]"}
    desk = isle(tmp_path, profile("yearbook", **WORKBOOK, **columns, **shape))
    report = desk.bring(book(desk, ("Boats", TITLED)))
    assert (report.blocked, report.rows_read, report.stored) == (False, 2, 2)
    (figure,) = desk.figures("N2")
    assert (figure.sheet, figure.row, str(figure.value)) == (1, 2006, "4")


def test_a_unit_alone_in_the_last_row_is_no_footnote(tmp_path: Path) -> None:
    desk = isle(tmp_path, profile("yearbook", **WORKBOOK))
    report = desk.bring(book(desk, ("Boats", [["town", "boats"], ["Spring", 3], ["Hill"]])))
    assert told(report) == [("value.empty", {"sheet": "Boats", "row": 3, "column": "boats"})]


def test_a_note_between_the_rows_is_refused(tmp_path: Path) -> None:
    desk = isle(tmp_path, profile("yearbook", **WORKBOOK))
    report = desk.bring(book(desk, ("Boats", [["town", "boats"], ["of the north"], ["Spring", 3]])))
    assert told(report) == [("unit.unknown", {"sheet": "Boats", "row": 2, "column": "town"})]


def test_the_years_stand_in_the_header(tmp_path: Path) -> None:
    values = "[{columns: '(?P<period>[0-9]{4})', indicator: XA-BOATS}]"
    desk = isle(tmp_path, profile("yearbook", **WORKBOOK, header="[town]", period="", values=values))
    desk.bring(book(desk, ("Boats", [["town", 2019.0, 2020.0], ["Spring", 3, 4.5]])))
    assert boats(desk) == [("2019", "3"), ("2020", "4.5")]


def test_sheets_are_read_one_after_the_other_and_may_differ(tmp_path: Path) -> None:
    units = "[{column: code, by: no}, {column: town, level: town}]"
    desk = isle(tmp_path, profile("yearbook", **WORKBOOK, sheets='["Boats *"]', header="[boats]", units=units))
    path = book(desk, ("Boats N", [["town", "boats"], ["Hill", 1]]), ("Prose", [["x"]]), ("Boats S", [["code", "boats"], ["04", 2]]))
    assert desk.bring(path).stored == 2
    assert [(figure.sheet, figure.row) for figure in desk.figures("S3")] == [(3, 2)]
    missing = desk.bring(book(desk, ("Ships", [["town", "boats"], ["Hill", 1]]), name="ships.xlsx"))
    assert str(missing.findings[0].message) == "The workbook has no sheet Boats *."


def test_a_column_names_the_indicator(tmp_path: Path) -> None:
    shape = {"indicator": "{column: what, keys: {Boats afloat: XA-BOATS}}", "values": "[{column: n}]", "header": "[town, what, n]"}
    desk = isle(tmp_path, profile("yearbook", **shape))
    assert desk.bring(text(desk, "town,what,n\nSpring, Boats  afloat,3\n")).stored == 1
    report = desk.bring(text(desk, "town,what,n\nSpring,Rafts,3\n"))
    assert told(report) == [("indicator.unknown", {"row": 2, "column": "what"})]


def test_a_level_stands_in_a_column_and_codes_are_of_several_systems(tmp_path: Path) -> None:
    level = "{column: kind, values: {Shire: shire, Town: town}}"
    named = isle(tmp_path / "a", profile("yearbook", units=f"[{{column: town, level: {level}}}]"))
    assert named.bring(text(named, "kind,town,boats\nShire,Northshire,3\nTown,Hill,4\n")).stored == 2
    assert told(named.bring(text(named, "kind,town,boats\nVillage,Hill,3\n"))) == [("unit.level", {"row": 2, "column": "kind"})]
    coded = isle(tmp_path / "b", profile("yearbook", units="[{column: town, by: [other, no]}]"))
    assert coded.bring(text(coded, "town,boats\n04,3\n")).stored == 1


def test_events_are_counted(tmp_path: Path) -> None:
    shape = {"values": "[{count: rows, indicator: XA-BOATS}]", "aggregate": "sum", "period": "{column: sunk}", "header": "[town, sunk]"}
    desk = isle(tmp_path, profile("yearbook", **shape))
    assert desk.bring(text(desk, "town,sunk\nSpring,1980\nSpring,1980\nSpring,1981\n")).stored == 2
    assert boats(desk) == [("1980", "2"), ("1981", "1")]


def test_a_title_above_the_table_tells_the_period(tmp_path: Path) -> None:
    desk = isle(tmp_path, profile("yearbook", **WORKBOOK, header_rows="[2]", period="{title: ', ([0-9]{4})$'}"))
    assert desk.bring(book(desk, ("Boats", [["Boats of the towns, 2019"], ["town", "boats"], ["Spring", 3]]))).stored == 1
    assert boats(desk) == [("2019", "3")]
    assert told(desk.bring(book(desk, ("Boats", [["Boats of the towns"], ["town", "boats"], ["Spring", 3]])))) == [
        ("period.unreadable", {"sheet": "Boats", "row": 2})
    ]


def test_the_table_ends_where_its_legend_begins(tmp_path: Path) -> None:
    desk = isle(tmp_path, profile("yearbook", until="Signs"))
    assert desk.bring(text(desk, "town,boats\nSpring,3\nSigns,\n..,confidential\n")).stored == 1
    assert told(desk.bring(text(desk, "town,boats\nSpring,3\n..,confidential\n")))[0][0] == "unit.unknown"


def test_records_of_a_json_file(tmp_path: Path) -> None:
    shape = {"file": '"*.json"', "format": "json", "encoding": "", "records": "/tables/0"}
    desk = isle(tmp_path, profile("yearbook", **shape))
    path = text(desk, json.dumps({"tables": [[{"town": "Spring", "boats": 3.25}, {"town": "Hill", "boats": -1}]]}), "boats.json")
    assert desk.bring(path).stored == 2
    assert boats(desk) == [("2021", "3.25")]
    for content, code in ([{"town": ["Spring"], "boats": 1}], "table.nested"), ({"town": 1}, "table.records"):
        assert told(desk.bring(text(desk, json.dumps({"tables": [content]}), "boats.json")))[0][0] == code


def indicator_of_ine(**years: object) -> str:
    """A file as the database of Statistics Portugal gives an indicator: the figures in lists under their years."""
    told = {"IndicadorCod": "0000000", "IndicadorDsg": "Barcos (N.º) por Localização; Anual", "UltimoPref": "2022", "Dados": years}
    return json.dumps([{**told, "Sucesso": {"Verdadeiro": [{"Cod": 0, "Msg": "Pesquisa com sucesso"}]}}], ensure_ascii=False)


def test_records_under_keys_that_are_their_periods(tmp_path: Path) -> None:
    shape = {"file": '"*.json"', "format": "json", "encoding": "", "records": "/0/Dados/*", "period": '{column: "*"}', "ignore": "[geodsg]"}
    shape |= {"header": "[geocod, valor]", "units": "[{column: geocod, by: no}]", "values": "[{column: valor, indicator: XA-BOATS}]", "says": "['^Barcos']"}
    desk = isle(tmp_path, profile("yearbook", **shape))
    rows = [{"geocod": "04", "geodsg": "Spring", "valor": "3.25"}, {"geocod": "03", "geodsg": "Hill", "valor": "5"}]
    path = text(desk, indicator_of_ine(**{"2022": rows, "2021": [{**rows[0], "valor": "2"}], "2020": []}), "boats.json")
    report = desk.bring(path)
    assert (report.stored, report.findings) == (3, ())
    assert boats(desk) == [("2021", "2"), ("2022", "3.25")]
    wrong = indicator_of_ine(**{"2022": rows, "2023": [{**rows[0], "geocod": "99"}]})
    (finding,) = desk.bring(text(desk, wrong, "boats.json")).findings
    assert (finding.code, finding.where.row) == ("unit.unknown", 3)
    for other in (indicator_of_ine(**{"2022": "none"}), indicator_of_ine(**{"2022": [{**rows[0], "*": "2021"}]}), "[]", '{"2022": []}'):
        assert told(desk.bring(text(desk, other, "boats.json")))[0][0] == "table.records"
    assert told(desk.bring(text(desk, indicator_of_ine(someday=rows), "boats.json")))[0][0] == "period.unreadable"


def test_inspection_finds_records_under_years_and_what_it_proposes_reads_them(tmp_path: Path) -> None:
    desk = isle(tmp_path, profile("yearbook", file='"none.csv"'))
    rows = [{"geocod": code, "geodsg": name, "valor": value} for code, name, value in (("01", "Port", "12"), ("04", "Spring", "3"), ("03", "Hill", "5"))]
    path = text(desk, indicator_of_ine(**{"2021": rows, "2022": [{**one, "valor": "7"} for one in rows]}), "boats.json")
    proposed = profile_text(inspect(desk.catalogue, path))
    assert 'records: "/0/Dados/*"' in proposed
    assert 'period: {column: "*"}' in proposed
    filled = (
        proposed.replace('indicator: "???"', "indicator: XA-BOATS").replace('office: "???"', "office: Statistics Isle").replace('title: "???"', "title: Boats")
    )
    (desk.folder / "profiles").mkdir(exist_ok=True)
    (desk.folder / "profiles" / "boats.yaml").write_text(filled, encoding="utf-8")
    assert desk.bring(path, profile=str(desk.folder / "profiles" / "boats.yaml")).stored == 6
    assert boats(desk) == [("2021", "3"), ("2022", "7")]


def test_totals_the_file_prints_have_to_hold(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    adds_up = "[{whole: shire, parts: town, indicators: [XA-BOATS], tolerance: '0.5'}]"
    desk = isle(tmp_path, profile("yearbook", units="[{column: town, by: no}, {column: shire, level: shire}]", header="[boats]", adds_up=adds_up))
    assert desk.bring(text(desk, "town,shire,boats\n01,,3\n03,,4\n,Northshire,7.4\n")).stored == 3
    report = desk.bring(text(desk, "town,shire,boats\n01,,3\n03,,5\n,Northshire,7.4\n"))
    assert [finding.code for finding in report.findings] == ["reconcile.adds-up"]
    assert "the file gives 7.4 for N, but its units of the level town add up to 8" in str(report.findings[0].message)
    monkeypatch.setattr("sdgcities.tracks.data.importing.footing.SHOWN", 0)
    report = desk.bring(text(desk, "town,shire,boats\n01,,3\n03,,5\n,Northshire,7.4\n"))
    assert "1 further total does not hold." in [str(finding.message) for finding in report.findings]


def test_a_unit_that_did_not_stand_may_be_said_to_have_no_figure(tmp_path: Path) -> None:
    values = "[{columns: '(?P<period>[0-9]{4})', indicator: XA-BOATS}]"
    desk = isle(tmp_path, profile("yearbook", period="", header="[town]", values=values, missing="{'0': not_applicable}", units="[{column: town, by: id}]"))
    report = desk.bring(text(desk, "town,2001,2021\nN2,0,4\n"))
    assert (report.blocked, report.stored, [finding.code for finding in report.findings]) == (False, 1, ["import.not-standing"])
    assert told(desk.bring(text(desk, "town,2001,2021\nN2,1,4\n"))) == [("unit.not-yet", {"row": 2, "column": "town"})]


def test_a_cell_in_a_column_without_a_name_is_refused(tmp_path: Path) -> None:
    desk = isle(tmp_path, profile("yearbook"))
    assert desk.bring(text(desk, "town,boats,,\nSpring,3,,\n")).stored == 1
    assert told(desk.bring(text(desk, "town,boats,,\nSpring,3,1,\n"))) == [("table.unnamed", {"row": 2})]
    assert told(desk.bring(text(desk, "town,boats\nSpring,3,1\n"))) == [("csv.width", {"row": 2})]
    (finding,) = desk.bring(text(desk, "town,boats\nSpring,3,1\n")).findings
    assert str(finding.hint).startswith("Is the file complete?")


EURO = NumberStyle(decimal=",", thousands=".")
BLANK = NumberStyle(decimal=",", thousands=" ", percent=True)


@pytest.mark.parametrize(
    ("style", "written", "read"),
    [
        (EURO, "1.234.567,89", "1234567.89"),
        (EURO, "1234,5", "1234.5"),
        (EURO, "12.34", "“12.34”"),
        (EURO, "1.2345", "“1.2345”"),
        (BLANK, "-9\u00a0883 670", "-9883670"),
        (BLANK, "\u22120,7", "-0.7"),
        (BLANK, "%12,3", "12.3"),
        (BLANK, "12,3 %", "12.3"),
        (BLANK, "1.5", "“1.5”"),
        (NumberStyle(), "1,5", "1,5"),
        (EURO, "", ""),
    ],
)
def test_numbers_are_read_in_one_way_only(style: NumberStyle, written: str, read: str) -> None:
    assert reader_of(style)(written) == read


@given(st.decimals(allow_nan=False, allow_infinity=False, places=2, min_value=-(10**12), max_value=10**12))
def test_what_is_written_in_a_style_is_read_back(value: Decimal) -> None:
    for style in (EURO, BLANK, NumberStyle(thousands=",")):
        mark = "\u00a0" if style.thousands == " " else style.thousands
        written = f"{value:,.2f}".replace(",", "T").replace(".", style.decimal).replace("T", mark)
        assert Decimal(reader_of(style)(written)) == value


def test_another_table_of_the_same_shape_is_not_taken_for_it(tmp_path: Path) -> None:
    desk = isle(tmp_path, profile("yearbook", **WORKBOOK, header_rows="[2]", says='["^Boats"]'))
    assert desk.bring(book(desk, ("Boats", [["Boats of the towns"], ["town", "boats"], ["Spring", 3]]))).stored == 1
    report = desk.bring(book(desk, ("Boats", [["Rafts of the towns"], ["town", "boats"], ["Spring", 4]])))
    assert told(report) == [("profile.other-table", {"sheet": "Boats", "row": 2})]


def test_titles_that_name_two_years_are_refused(tmp_path: Path) -> None:
    desk = isle(tmp_path, profile("yearbook", period="{title: '^([0-9]{4})$'}", first_row="3"))
    assert desk.bring(text(desk, "town,boats\n,2020\nSpring,3\n")).stored == 1
    assert boats(desk) == [("2020", "3")]
    assert told(desk.bring(text(desk, "town,boats\n2019,2020\nSpring,3\n"))) == [("period.unreadable", {"row": 1})]


def test_units_that_a_whole_file_would_have_are_missed(tmp_path: Path) -> None:
    desk = isle(tmp_path, profile("yearbook", covers="[town]", units="[{column: town, by: no}]"))
    report = desk.bring(text(desk, "town,boats\n01,3\n02,4\n03,5\n"))
    (finding,) = report.findings
    assert (report.stored, finding.code, finding.severity.value) == (3, "import.incomplete", "note")
    assert str(finding.message) == "1 of the 4 units of the level Town have no figure in the file, such as Spring."
    assert not desk.bring(text(desk, "town,boats\n01,3\n02,4\n03,5\n04,6\n")).findings


def test_periods_still_to_come_are_told(tmp_path: Path) -> None:
    desk = isle(tmp_path, profile("yearbook", period="{constant: '2099'}"))
    (finding,) = desk.bring(text(desk, "town,boats\nSpring,3\n")).findings
    assert (finding.code, finding.severity.value) == ("import.to-come", "note")


def test_the_hint_shows_how_the_file_writes_its_figures(tmp_path: Path) -> None:
    desk = isle(tmp_path, profile("yearbook", numbers="{decimal: ',', thousands: '.'}", delimiter="';'"))
    report = desk.bring(text(desk, "town;boats\nSpring;1.5\n"))
    hint = "The profile reads figures written like 1.234,5. A mark that stands for no figure is listed in it under missing."
    assert (report.findings[0].code, str(report.findings[0].message), str(report.findings[0].hint)) == ("value.number", "“1.5” is not a number.", hint)


def test_a_code_beside_another_name_is_told(tmp_path: Path) -> None:
    desk = isle(tmp_path, profile("yearbook", units="[{column: code, by: no, beside: town}]", header="[code, town, boats]"))
    report = desk.bring(text(desk, "code,town,boats\n04,SPRING,3\n01,Hill,4\n"))
    (finding,) = report.findings
    assert (report.stored, finding.code) == (2, "import.other-name")
    assert "Hill (N1 Port)" in str(finding.message)


def shown_as_per_cent(desk: Desk, *cells: tuple[float, bool]) -> Path:
    """A workbook of three towns; of each figure whether it is shown as per cent."""
    path = desk.scratch / "boats.xlsx"
    with xlsxwriter.Workbook(path) as made:
        page, style = made.add_worksheet("S"), made.add_format({"num_format": "0.0%"})
        page.write_row(0, 0, ["town", "boats"])
        for number, (town, (figure, percent)) in enumerate(zip(("Spring", "Hill", "Dale"), cells, strict=False), start=1):
            page.write(number, 0, town)
            page.write(number, 1, figure, style if percent else None)
    return path


@pytest.mark.parametrize(("scale", "stored"), [("'100'", "25.3"), ("'1'", "0.253")])
def test_what_a_workbook_shows_as_per_cent_is_read_as_the_profile_says(tmp_path: Path, scale: str, stored: str) -> None:
    desk = isle(tmp_path, profile("yearbook", **WORKBOOK, values=f"[{{column: boats, indicator: XA-BOATS, scale: {scale}}}]"))
    assert desk.bring(shown_as_per_cent(desk, (0.253, True))).stored == 1
    assert [value for _, value in boats(desk)] == [stored]


def test_what_a_workbook_shows_as_per_cent_is_never_read_without_a_word(tmp_path: Path) -> None:
    desk = isle(tmp_path, profile("yearbook", **WORKBOOK))
    (finding,) = desk.bring(shown_as_per_cent(desk, (0.253, True))).findings
    assert (finding.code, finding.where.sheet, finding.where.row, finding.where.column) == ("value.ratio", "S", 2, "boats")
    assert str(finding.message) == "The workbook shows these cells as per cent, and holds ratios: 0.253 here."
    assert 'scale: "100" for an indicator in per cent, "1" for a ratio' in str(finding.hint)


@pytest.mark.parametrize("scale", ["", ", scale: '100'"])
def test_one_cell_shown_as_per_cent_among_plain_figures(tmp_path: Path, scale: str) -> None:
    desk = isle(tmp_path, profile("yearbook", **WORKBOOK, values=f"[{{column: boats, indicator: XA-BOATS{scale}}}]"))
    (finding,) = desk.bring(shown_as_per_cent(desk, (8.5, False), (0.253, True))).findings
    assert (finding.code, finding.where.row) == ("value.ratio", 2)
    assert "shows 0.253 in row 3 of this column as per cent, and 8.5 here is shown as it is." in str(finding.message)


def test_nought_may_be_shown_either_way(tmp_path: Path) -> None:
    desk = isle(tmp_path, profile("yearbook", **WORKBOOK, values="[{column: boats, indicator: XA-BOATS, scale: '100'}]"))
    assert desk.bring(shown_as_per_cent(desk, (0, False), (0.253, True))).stored == 2
