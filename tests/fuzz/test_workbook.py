"""Any bytes as a workbook: cells, or one refusal that names the file. What XlsxWriter writes comes back equal."""

from __future__ import annotations

from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.intake.workbooks_made import SHEET, cell, edited, error, label, number, ods, rows, xls, xlsx

from sdgcities.errors import Refused
from sdgcities.intake.workbook import Workbook

TEXTS = st.text(st.characters(min_codepoint=0x20, max_codepoint=0xFFFD, exclude_categories=("Cs", "Cc", "Co", "Cn")), max_size=15)
CELLS = st.one_of(TEXTS.filter(lambda text: not text.startswith(("=", "{"))), st.integers(-(10**14), 10**14), st.booleans())
PLACES = st.integers(0, 2**16)
SNIPPETS = st.sampled_from(
    [b"<", b">", b'"', b"'", b"/", b"</row>", b"<row>", b'<c r="ZZ99999">', b"<c>", b"<f>", b"<v>", b't="e"', b't="s"', b"\0", b"&", b"<!--"]
)
MARKUP = st.sampled_from(
    [b"<", b">", b'"', b"/", b"</table:table-row>", b"<table:table-row>", b"<table:table-cell/>", b'table:number-columns-repeated="9"', b"<!--", b"<![CDATA["]
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("fuzz")


def read(path: Path) -> None:
    """Everything that can be asked of it."""
    try:
        book = Workbook(path)
        for name in book.sheets:
            for _, cells in book.rows(name):
                assert all(type(text) is str for text in cells)
            assert book.merged(name) is not None
            assert book.percent(name) is not None
        assert book.hidden is not None
        assert all(str(note.message) for note in book.notes())
    except Refused as refused:
        (finding,) = refused.findings
        assert finding.where.file == str(path)


@given(start=st.sampled_from([b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"]), content=st.binary(max_size=2000))
def test_any_bytes_are_cells_or_one_refusal(folder: Path, start: bytes, content: bytes) -> None:
    path = folder / "any.xlsx"
    path.write_bytes(start + content or b"x")
    read(path)


@pytest.mark.parametrize("kind", ["xlsx", "ods", "xls"])
@given(data=st.data())
@settings(max_examples=150)
def test_a_workbook_with_some_bytes_changed(folder: Path, kind: str, data: st.DataObject) -> None:
    path = folder / f"changed.{kind}"
    if kind == "xlsx":
        xlsx(path, {"A1": "unit", "B2": 5.5, "C3": "=1/0"})
    elif kind == "ods":
        ods(path, rows(cell("unit"), cell("value")), rows(cell("Ho"), cell("5")))
    else:
        xls(path, label(0, 0, "unit"), number(1, 0, 5.5), error(1, 1, 7))
    content = bytearray(path.read_bytes())
    for at, byte in data.draw(st.lists(st.tuples(PLACES, st.integers(0, 255)), min_size=1, max_size=6)):
        content[at % len(content)] = byte
    path.write_bytes(content)
    read(path)


@given(changes=st.lists(st.tuples(PLACES, SNIPPETS), min_size=1, max_size=5))
def test_a_sheet_with_markup_strewn_in(folder: Path, changes: list[tuple[int, bytes]]) -> None:
    path = xlsx(folder / "strewn.xlsx", {"A1": "unit", "B2": 5.5, "C3": "=1/0", "D4": "Ho"})
    read(edited(path, SHEET, lambda content: _strewn(content, changes)))


@given(changes=st.lists(st.tuples(PLACES, MARKUP), min_size=1, max_size=5))
def test_a_content_with_markup_strewn_in(folder: Path, changes: list[tuple[int, bytes]]) -> None:
    path = ods(folder / "strewn.ods", rows(cell("unit"), cell("value")), rows(cell("Ho"), cell("5")))
    read(edited(path, "content.xml", lambda content: _strewn(content, changes)))


def _strewn(content: bytes, changes: list[tuple[int, bytes]]) -> bytes:
    for place, snippet in changes:
        at = place % len(content)
        content = content[:at] + snippet + content[at:]
    return content


@given(table=st.lists(st.lists(CELLS, min_size=3, max_size=3), min_size=1, max_size=6))
def test_what_was_written_comes_back(folder: Path, table: list[list[object]]) -> None:
    path = folder / "written.xlsx"
    with xlsxwriter.Workbook(path, {"strings_to_urls": False, "strings_to_formulas": False}) as book:
        page = book.add_worksheet("Table")
        page.write("E1", "end")
        page.write(len(table), 4, "end")
        for at, row in enumerate(table):
            page.write_row(at, 0, row)
    found = [cells[:3] for _, cells in Workbook(path).rows("Table")][: len(table)]
    assert found == [[str(value).upper() if isinstance(value, bool) else str(value) for value in row] for row in table]
