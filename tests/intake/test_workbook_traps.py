"""Workbooks that are read, and would mislead: errors, formulas that nothing was worked out for, hidden sheets, percentages, merged cells."""

from __future__ import annotations

import struct
import tracemalloc
import zipfile
from datetime import date
from pathlib import Path

import pytest
import xlsxwriter
from tests.intake.workbooks_made import SHEET, cell, edited, error, formula, label, number, ods, packed, record, rows, xls, xlsx

from sdgcities.findings import Severity
from sdgcities.intake.workbook import Workbook
from sdgcities.intake.workbooks.survey import cell_name, column_number

FORMULA = 'table:formula="of:=[.A1]&gt;1" '
FLOAT = 'office:value-type="float" office:value="%s" '


def xlsx_with_faults(path: Path) -> Path:
    with xlsxwriter.Workbook(path) as book:
        page = book.add_worksheet("Table")
        page.write_row("A1", ["unit", "value"])
        for row, (written, result) in enumerate([("=1/0", "#DIV/0!"), ("=NA()", "#N/A"), ("=A1*2", "#VALUE!"), ("=1+1", ""), ("=2+2", 4)], start=1):
            page.write(row, 0, "Ho")
            page.write_formula(row, 1, written, None, result)
    return path


def ods_with_faults(path: Path) -> Path:
    def error_cell(text: str) -> str:
        return cell(text, FORMULA + 'office:value-type="string" office:string-value=""')

    return ods(
        path,
        rows(cell("unit"), cell("value")),
        *(rows(cell("Ho"), error_cell(text)) for text in ("#DIV/0!", "#N/A", "#VALUE!")),
        rows(cell("Ho"), cell("", FORMULA)),
        rows(cell("Ho"), cell("4", FORMULA + FLOAT % 4)),
    )


@pytest.mark.parametrize(("made", "unsaved"), [(xlsx_with_faults, "=1+1"), (ods_with_faults, "=[.A1]>1")], ids=["xlsx", "ods"])
def test_a_cell_without_a_figure_is_read_as_what_is_wrong_with_it(tmp_path: Path, made: object, unsaved: str) -> None:
    assert callable(made)
    book = Workbook(made(tmp_path / "table"))
    assert [cells[1] for _, cells in book.rows("Table")] == ["value", "#DIV/0!", "#N/A", "#VALUE!", unsaved, "4"]
    assert book.faults("Table") == {2: {1: "#DIV/0!"}, 3: {1: "#N/A"}, 4: {1: "#VALUE!"}, 5: {1: unsaved}}


def test_in_an_xls_too(tmp_path: Path) -> None:
    path = xls(
        tmp_path / "table.xls",
        label(0, 0, "unit"),
        error(1, 1, 0x07),
        formula(2, 1, b"\x02\0\x2a\0\0\0\xff\xff"),
        formula(3, 1, struct.pack("<d", 4)),
        record(0x00BD, struct.pack("<HHHIHIH", 4, 0, 0, 0x3FF00000, 0, 0x40000000, 1)),
    )
    book = Workbook(path)
    assert [cells for _, cells in book.rows("Table")] == [["unit", ""], ["", "#DIV/0!"], ["", "#N/A"], ["", "4"], ["1", "2"]]
    assert book.formulas == {"Table": {3: "B3", 4: "B4"}}


def test_a_result_of_0_that_was_never_worked_out_is_no_figure(tmp_path: Path) -> None:
    """XlsxWriter writes 0 for every formula, and asks the next program to work them out."""
    path = xlsx(tmp_path / "a.xlsx", {"A1": 5, "B1": "=A1*2"})
    assert list(Workbook(path).rows("Table")) == [(1, ["5", "=A1*2"])]
    saved = edited(path, "xl/workbook.xml", lambda data: data.replace(b' fullCalcOnLoad="1"', b""))
    assert list(Workbook(saved).rows("Table")) == [(1, ["5", "0"])]


def test_an_empty_text_that_a_formula_gave_is_one(tmp_path: Path) -> None:
    path = edited(
        xlsx(tmp_path / "a.xlsx", {"A1": 5, "B1": "=A1*2"}), SHEET, lambda data: data.replace(b'<c r="B1"><f>A1*2</f><v>0', b'<c r="B1" t="str"><f>A1*2</f><v>')
    )
    assert list(Workbook(path).rows("Table")) == [(1, ["5", ""])]


def test_faults_below_and_right_of_the_last_figure_are_not_lost(tmp_path: Path) -> None:
    path = edited(
        xlsx(tmp_path / "a.xlsx", {"B2": 5}),
        SHEET,
        lambda data: data.replace(b"</sheetData>", b'<row r="4"><c r="D4" t="e"><v>#REF!</v></c></row></sheetData>'),
    )
    assert list(Workbook(path).rows("Table"))[1:] == [(2, ["", "5", "", ""]), (3, ["", "", "", ""]), (4, ["", "", "", "#REF!"])]


def test_hidden_sheets_are_named(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "a.xlsx") as book:
        book.add_worksheet("Seen").write("A1", 1)
        for name, hide in (("Hidden", "hide"), ("Buried", "very_hidden")):
            sheet = book.add_worksheet(name)
            sheet.write("A1", 1)
            getattr(sheet, hide)()
    opened = Workbook(tmp_path / "a.xlsx")
    assert opened.hidden == ("Hidden", "Buried")
    assert [(note.code, note.severity, note.where.sheet) for note in opened.notes()] == [
        ("workbook.hidden", Severity.NOTE, "Hidden"),
        ("workbook.hidden", Severity.NOTE, "Buried"),
    ]
    assert Workbook(xls(tmp_path / "a.xls", number(0, 0, 1), visible=1)).hidden == ("Table",)


def test_macros_are_told_and_not_run(tmp_path: Path) -> None:
    book = Workbook(edited(xlsx(tmp_path / "a.xlsm"), added={"xl/vbaProject.bin": b"x"}))
    assert book.macros
    assert [note.code for note in book.notes()] == ["workbook.macros"]
    assert [cells for _, cells in book.rows("Table")] == [["unit", "value"], ["Ho", "5"]]
    assert not Workbook(xlsx(tmp_path / "b.xlsx")).macros


def test_cells_that_take_figures_from_another_workbook_are_named(tmp_path: Path) -> None:
    link = b'<Relationships><Relationship Id="rId1" Type="x" Target="file:///C:/budget.xlsx" TargetMode="External"/></Relationships>'
    path = edited(
        xlsx(tmp_path / "a.xlsx", {"A1": 5, "B2": "=A1*2", "C2": "=SUM(A1)"}),
        SHEET,
        lambda data: data.replace(b"<f>A1*2</f><v>0", b"<f>'[1]2021'!$B$2*2</f><v>7"),
        added={"xl/externalLinks/_rels/externalLink1.xml.rels": link},
    )
    book = Workbook(path)
    (note,) = book.notes()
    assert (note.code, note.where.sheet) == ("workbook.linked", "Table")
    assert "(B2)" in str(note.message)
    assert book.links == ("file:///C:/budget.xlsx",)
    external = ods(tmp_path / "a.ods", rows(cell("5", "table:formula=\"of:='file:///budget.ods'#$Sheet1.A1\" " + FLOAT % 5)))
    assert [note.code for note in Workbook(external).notes()] == ["workbook.linked"]


def test_percentages_are_known(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(path) as book:
        page = book.add_worksheet("Table")
        for row, form in enumerate(["0%", "0.00%", "0.0 %;[Red]-0.0 %", "0.0", '0.0" %"', "General"]):
            page.write(row, 2, 0.253, book.add_format({"num_format": form}))
    assert Workbook(path).percent("Table") == {(1, 2), (2, 2), (3, 2)}
    assert next(iter(Workbook(path).rows("Table"))) == (1, ["", "", "0.253"])
    assert Workbook(ods(tmp_path / "a.ods", rows(cell("1"), cell("0.5", 'office:value-type="percentage" office:value="0.5"')))).percent("Table") == {(1, 1)}
    forms = record(0x041E, struct.pack("<HHB", 164, 5, 0) + b"0.00%") + b"".join(record(0x00E0, struct.pack("<HH", 0, one) + bytes(16)) for one in (0, 164, 9))
    assert Workbook(xls(tmp_path / "a.xls", *(number(0, at, 1, at) for at in range(3)), book=forms)).percent("Table") == {(1, 1), (1, 2)}


def test_merged_cells_are_known(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(path) as book:
        page = book.add_worksheet("Table")
        page.merge_range("B1:C1", "2021")
        page.merge_range("A1:A2", "unit")
    assert Workbook(path).merged("Table") == ((1, 0, 2, 0), (1, 1, 1, 2))
    joined = 'table:number-columns-spanned="2" table:number-rows-spanned="3"'
    path = ods(tmp_path / "a.ods", rows(cell("unit"), cell("2021", FLOAT % 2021 + joined), "<table:covered-table-cell/>"))
    assert Workbook(path).merged("Table") == ((1, 1, 3, 2),)


def test_a_workbook_is_known_by_its_content(tmp_path: Path) -> None:
    expected = [(1, ["unit", "value"]), (2, ["Ho", "5"])]
    assert list(Workbook(xlsx(tmp_path / "a.ods")).rows("Table")) == expected
    assert list(Workbook(ods(tmp_path / "a.xlsx", rows(cell("unit"), cell("value")), rows(cell("Ho"), cell("5")))).rows("Table")) == expected
    assert list(Workbook(xls(tmp_path / "b.xlsx", label(0, 0, "unit"), label(0, 1, "value"), label(1, 0, "Ho"), number(1, 1, 5))).rows("Table")) == expected


def test_days_count_from_1904_where_the_workbook_says_so(tmp_path: Path) -> None:
    for start in (False, True):
        with xlsxwriter.Workbook(tmp_path / "a.xlsx", {"date_1904": start}) as book:
            book.add_worksheet("Table").write_datetime("A1", date(2021, 3, 31), book.add_format({"num_format": "yyyy-mm-dd"}))
        assert list(Workbook(tmp_path / "a.xlsx").rows("Table")) == [(1, ["2021-03-31"])]


def test_empty_rows_to_the_end_of_an_ods_are_no_rows(tmp_path: Path) -> None:
    empty = cell("", 'table:number-columns-repeated="16384"')
    path = ods(tmp_path / "a.ods", rows(cell("unit"), empty), rows(empty, attributes='table:number-rows-repeated="1048575"'))
    assert list(Workbook(path).rows("Table")) == [(1, ["unit"])]


def test_repeated_rows_with_an_error_all_have_it(tmp_path: Path) -> None:
    wrong = cell("#N/A", FORMULA + 'office:value-type="string" office:string-value="" table:number-columns-repeated="2"')
    path = ods(tmp_path / "a.ods", rows(cell("1"), wrong, attributes='table:number-rows-repeated="3"'))
    assert list(Workbook(path).rows("Table")) == [(one, ["1", "#N/A", "#N/A"]) for one in (1, 2, 3)]


def test_an_error_in_a_row_repeated_ever_so_often_takes_no_room_for_each(tmp_path: Path) -> None:
    """A million rows of it took half a gigabyte."""
    wrong = cell("#N/A", FORMULA + 'office:value-type="string" office:string-value=""')
    path = ods(tmp_path / "a.ods", rows(cell("1"), wrong, attributes='table:number-rows-repeated="300000"'))
    tracemalloc.start()
    try:
        book = Workbook(path)
        assert tracemalloc.get_traced_memory()[1] < 48 * 1024 * 1024
    finally:
        tracemalloc.stop()
    assert book.faults("Table")[300_000] == {1: "#N/A"}


def test_a_sheet_is_known_in_a_part_of_any_name(tmp_path: Path) -> None:
    with zipfile.ZipFile(xlsx(tmp_path / "a.xlsx", {"A1": "=1/0"})) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    parts["xl/odd/Page.bin"] = parts.pop(SHEET)
    for name in ("[Content_Types].xml", "xl/_rels/workbook.xml.rels"):
        parts[name] = parts[name].replace(b"worksheets/sheet1.xml", b"odd/Page.bin")
    book = Workbook(packed(tmp_path / "b.xlsx", parts))
    assert list(book.rows("Table")) == [(1, ["=1/0"])]


@pytest.mark.parametrize(("name", "row", "column"), [("A1", 1, 0), ("Z9", 9, 25), ("AA10", 10, 26), ("XFD1048576", 1048576, 16383)])
def test_cells_are_named_as_in_the_spreadsheet(name: str, row: int, column: int) -> None:
    assert cell_name(row, column) == name
    assert column_number(name.rstrip("0123456789").encode()) == column + 1


def test_the_real_workbooks(real_data: Path) -> None:
    """One sheet of one of them has 544 cells of #REF!, where codes of districts should stand."""
    books = {path.name: Workbook(path) for suffix in ("*.xlsx", "*.xls") for path in real_data.rglob(suffix)}
    assert len(books) == 4
    counted = {(name, sheet): sum(map(len, book.faults(sheet).values())) for name, book in books.items() for sheet in book.sheets if book.faults(sheet)}
    assert counted == {("gha_admpop_2022.xlsx", "gha_admpop_adm2PS_2022"): 544}
    skor = books["tuik_2023_illerin_sosyoekonomik_seviye_skoru.xls"]
    assert (4, 3, 4, 9) in skor.merged("İl")
    assert sum(1 for _ in skor.rows("İl")) > 80
