"""Tables as offices send them, and as somebody might on purpose: each is refused with one finding that names its file."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.intake.workbooks_made import (
    SHEET,
    cell,
    container,
    edited,
    formula,
    label,
    number,
    ods,
    packed,
    record,
    rows,
    xls,
    xlsx,
)

from sdgcities.errors import Refused
from sdgcities.intake.csv import read_header, read_rows
from sdgcities.intake.encodings import detect
from sdgcities.intake.workbook import Workbook

HTML = b"<html><body><table><tr><td>unit</td><td>value</td></tr></table></body></html>"
EXCEL_2003 = b'<?xml version="1.0"?>\n<?mso-application progid="Excel.Sheet"?>\n<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">'
TURKISH, PORTUGUESE = "il,değer\nŞırnak,1\n", "nome,valor\nÉvora,1\n"
HOLDER = 'table:number-columns-repeated="%d"'
NUMBER = 'office:value-type="float" office:value="5" '
ENDLESS = '<table:table-row table:number-rows-repeated="2000000000">' + cell("5") + "</table:table-row>"

TEXTS: dict[str, tuple[str, bytes]] = {
    "an empty file": ("file.empty", b""),
    "an empty first row": ("csv.empty", b"\nunit,value\n"),
    "a header twice": ("csv.header", b"unit,value,value\n1,2,3\n"),
    "a header twice but for a blank": ("csv.header", b"unit,value,value \n1,2,3\n"),
    "a column without a name": ("csv.header", b"unit,,value\n1,2,3\n"),
    "delimiters at the end of each row": ("csv.header", b"unit,value,,\n1,2,,\n"),
    "a title above the names": ("csv.title", b"Population 2021,,\nunit,value,year\n"),
    "too many columns": ("csv.columns", b",".join(b"c%d" % one for one in range(1001)) + b"\n"),
    "a row that is too short": ("csv.width", b"unit,value\nHo\n"),
    "a row that is too long": ("csv.width", b"unit,value\nHo,1,2\n"),
    "a decimal comma as delimiter": ("csv.width", b"unit,value\nHo,1,5\n"),
    "a quotation mark never closed": ("csv.syntax", b'unit,value\n"Ho,1\nKo,2\n'),
    "text behind a quotation": ("csv.syntax", b'unit,value\n"Ho" city,1\n'),
    "a huge cell": ("csv.syntax", b"unit,value\nHo," + b"1" * 20_000 + b"\n"),
    "an endless line": ("csv.line", b"unit,value\n" + b"1" * (9 * 1024 * 1024)),
    "a NUL in a cell": ("csv.nul", b"unit,value\nHo,\x005\n" + b"Ko,1\n" * 20),
    "two files joined": ("csv.joined", b"unit,value\nHo,1\n\xef\xbb\xbfunit,value\nKo,2\n"),
    "UTF-16 where UTF-8 is said": ("file.encoding", PORTUGUESE.encode("utf-16")),
    "UTF-16 without a mark where UTF-8 is said": ("file.encoding", b"unit,value\nHo,1\n".decode().encode("utf-16-le")),
    "cp1254 where UTF-8 is said": ("file.encoding", TURKISH.encode("cp1254")),
    "a web page": ("csv.kind", HTML),
    "a web page with a mark before it": ("csv.kind", b"\xef\xbb\xbf\r\n<!DOCTYPE html>\n" + HTML),
    "a bare table of a web page": ("csv.kind", b"<table border=1><tr><td>1</td></tr></table>"),
    "a saved web page": ("csv.kind", b"MIME-Version: 1.0\r\nContent-Type: multipart/related\r\n\r\n"),
    "an XML Spreadsheet": ("csv.kind", EXCEL_2003),
    "XML": ("csv.kind", b'<?xml version="1.0"?><rows/>'),
    "JSON": ("csv.kind", b'[{"unit": "Ho", "value": 1}]'),
    "a PDF": ("csv.kind", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3"),
    "a picture": ("csv.kind", b"\x89PNG\r\n\x1a\n"),
    "a photograph": ("csv.kind", b"\xff\xd8\xff\xe0"),
    "a compressed CSV file": ("csv.kind", b"\x1f\x8b\x08\0\0"),
    "a database": ("csv.kind", b"SQLite format 3\0"),
    "the beginning of a package": ("csv.workbook", b"PK\x03\x04"),
    "the beginning of an old workbook": ("csv.workbook", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
}
"""What stands in a file named .csv, and the code of its refusal."""

UNDETECTABLE: dict[str, bytes] = {
    "UTF-8, then cp1252": TURKISH.encode() + PORTUGUESE.encode("cp1252"),
    "cp1252, then UTF-8": PORTUGUESE.encode("cp1252") + TURKISH.encode(),
    "UTF-8 cut off in a letter": TURKISH.encode() + "ş".encode()[:1],
    "UTF-8 by its mark, cp1254 by its bytes": b"\xef\xbb\xbf" + TURKISH.encode("cp1254"),
    "UTF-16 cut off": PORTUGUESE.encode("utf-16")[:-1],
    "half of a pair of UTF-16": b"\xff\xfe\x00\xd8a\x00",
    "UTF-32": PORTUGUESE.encode("utf-32"),
    "no text": bytes(range(32)) * 3,
    "bytes of no code page": b"unit\n\x81\x9d\n",
}


def page(old: bytes, new: bytes) -> Callable[[Path], object]:
    return lambda path: edited(xlsx(path, {"A1": "unit", "B1": "value", "A2": "Ho", "B2": 5, "C2": "=1+1"}), SHEET, lambda data: data.replace(old, new, 1))


def with_part(name: str, content: bytes) -> Callable[[Path], object]:
    return lambda path: edited(xlsx(path), added={name: content})


def written(content: bytes) -> Callable[[Path], object]:
    return lambda path: path.write_bytes(content)


def lying(path: Path) -> None:
    """A part that says it is short, with the checksum of what it says."""
    long = b"<a>" + b"y" * 3_000_000
    with zipfile.ZipFile(edited(xlsx(path), added={"xl/long.xml": long})) as package:
        last = package.infolist()[-1]
        assert last.file_size == len(long)
    data = bytearray(path.read_bytes())
    at = data.rfind(b"PK\x01\x02")
    data[at + 16 : at + 20] = zlib.crc32(long[:100]).to_bytes(4, "little")
    data[at + 24 : at + 28] = (100).to_bytes(4, "little")
    path.write_bytes(data)


def repeated_text(path: Path) -> None:
    """A text of three megabytes, in five thousand cells by its number."""
    edited(xlsx(path), "xl/sharedStrings.xml", lambda data: data.replace(b"<t>unit</t>", b"<t>" + b"x" * 3_000_000 + b"</t>"))
    cells = b"".join(b'<row r="%d"><c r="A%d" t="s"><v>0</v></c></row>' % (one, one) for one in range(10, 5000))
    edited(path, SHEET, lambda data: data.replace(b"</sheetData>", cells + b"</sheetData>"))


def sealed_flag(path: Path) -> None:
    data = bytearray(xlsx(path).read_bytes())
    at = data.find(b"PK\x01\x02")
    data[at + 8] |= 1
    path.write_bytes(data)


BOOKS: dict[str, tuple[str, Callable[[Path], object]]] = {
    "a CSV file": ("workbook.kind", written(b"unit,value\nHo,1\n")),
    "a web page": ("workbook.kind", written(HTML)),
    "an XML Spreadsheet": ("workbook.kind", written(EXCEL_2003)),
    "a PDF": ("workbook.kind", written(b"%PDF-1.7")),
    "a ZIP archive": ("workbook.kind", lambda path: packed(path, {"table.csv": b"unit\n"})),
    "a Word document": ("workbook.kind", lambda path: packed(path, {"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<w/>"})),
    "a text document": ("workbook.kind", lambda path: packed(path, {"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": b"<x/>"})),
    "a binary workbook": ("workbook.kind", lambda path: packed(path, {"[Content_Types].xml": b"<Types/>", "xl/workbook.bin": b"x"})),
    "an old Word document": ("workbook.kind", lambda path: container(path, WordDocument=b"x")),
    "another program's container": ("workbook.kind", lambda path: container(path, Drawing=b"x")),
    "the beginning of a package": ("workbook.damaged", written(b"PK\x03\x04")),
    "the beginning of a container": ("workbook.damaged", written(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")),
    "a package cut off": ("workbook.damaged", lambda path: path.write_bytes(xlsx(path).read_bytes()[:-300])),
    "a container cut off": ("workbook.damaged", lambda path: path.write_bytes(xls(path, number(0, 0, 1)).read_bytes()[:2500])),
    "a container that goes round in a circle": (
        "workbook.damaged",
        lambda path: path.write_bytes(xls(path, number(0, 0, 1)).read_bytes().replace(b"\3\0\0\0\4\0\0\0", b"\3\0\0\0\2\0\0\0", 1)),
    ),
    "a password (new)": ("workbook.password", lambda path: container(path, EncryptedPackage=b"x", EncryptionInfo=b"x")),
    "a password (.xls)": ("workbook.password", lambda path: xls(path, number(0, 0, 1), book=record(0x2F, b"\1\0" + bytes(52)))),
    "a password (.ods)": ("workbook.password", lambda path: ods(path, rows(cell("5")), manifest="<manifest:encryption-data/>")),
    "a password of the archive": ("workbook.password", sealed_flag),
    "a part that becomes huge": ("workbook.too-large", with_part("xl/media/one.bin", bytes(30 * 1024 * 1024))),
    "three thousand parts": ("workbook.too-large", lambda path: edited(xlsx(path), added={f"xl/{one}.xml": b"<a/>" for one in range(3000)})),
    "a part that is larger than it says": ("workbook.damaged", lying),
    "one long text in many cells": ("workbook.too-large", repeated_text),
    "a stray cell": ("workbook.cells", lambda path: xlsx(path, {"A1": "unit", "XFD1048576": 1})),
    "a stray cell in other quotation marks": ("workbook.cells", page(b'r="B2"', b"r='XFD1048576'")),
    "a stray cell with blanks": ("workbook.cells", page(b'r="B2"', b'r\n = "XFD1048576"')),
    "a stray cell in small letters": ("workbook.cells", page(b'r="B2"', b'r="xfd1048576"')),
    "a column that no sheet has": ("workbook.cells", page(b'r="B2"', b'r="ZZZZZZZZ1"')),
    "a row that no sheet has": ("workbook.cells", page(b'r="B2"', b'r="B99999999999"')),
    "cells without a place": ("workbook.cells", page(b"</row>", b"</row><row>" + b"<c><v>1</v></c>" * 4000 + b"</row>" + b"<row><c/></row>" * 4000)),
    "a stray cell in another part": (
        "workbook.cells",
        with_part("xl/elsewhere.txt", b'<worksheet><sheetData><row r="1048576"><c r="XFD1048576"/></row></sheetData></worksheet>'),
    ),
    "a document type": ("workbook.entities", page(b"<worksheet", b"<!DOCTYPE worksheet><worksheet")),
    "an entity": ("workbook.entities", page(b"<worksheet", b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><worksheet')),
    "an entity in another part": ("workbook.entities", with_part("docProps/x.xml", b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>')),
    "a sheet in UTF-16": ("workbook.damaged", lambda path: edited(xlsx(path), SHEET, lambda data: data.decode().replace("UTF-8", "UTF-16").encode("utf-16"))),
    "a sheet cut off": ("workbook.damaged", lambda path: edited(xlsx(path), SHEET, lambda data: data[:-60])),
    "an error no reader knows": ("workbook.error", page(b"<f>1+1</f><v>0</v>", b'</c><c r="D2" t="e"><f>1</f><v>#SPILL!</v>')),
    "an error without a place": ("workbook.damaged", page(b'<c r="C2"><f>1+1</f><v>0</v>', b'<c t="e"><v>#N/A</v>')),
    "a text that is not there": ("workbook.damaged", page(b'<c r="A2" t="s"><v>2</v>', b'<c r="A2" t="s"><v>x</v>')),
    "a cell repeated without end (.ods)": ("workbook.cells", lambda path: ods(path, rows(cell("5", NUMBER + HOLDER % 10**9)))),
    "empty cells before one (.ods)": ("workbook.cells", lambda path: ods(path, rows(cell("", HOLDER % 10**9), cell("5")))),
    "a row repeated without end (.ods)": ("workbook.cells", lambda path: ods(path, ENDLESS)),
    "empty rows before one (.ods)": (
        "workbook.cells",
        lambda path: ods(path, rows(cell("5"), attributes=HOLDER % 1), rows(cell(), attributes='table:number-rows-repeated="90000000"'), rows(cell("5"))),
    ),
    "a row hidden in a comment's end (.ods)": ("workbook.cells", lambda path: ods(path, rows(cell("5")), "<!-- </table:table><table:table> -->", ENDLESS)),
    "an entity (.ods)": ("workbook.entities", lambda path: ods(path, rows(cell("5")), before='<!DOCTYPE x [<!ENTITY a "b">]>')),
    "a package without its content (.ods)": (
        "workbook.damaged",
        lambda path: packed(path, {"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "META-INF/manifest.xml": b"<x/>"}),
    ),
    "a stray cell (.xls)": ("workbook.cells", lambda path: xls(path, label(0, 0, "unit"), number(65_535, 255, 1))),
    "dimensions that no sheet has (.xls)": ("workbook.damaged", lambda path: xls(path, number(0, 0, 1), dimensions=(0, 2**31, 0, 60_000))),
    "dimensions the wrong way round (.xls)": ("workbook.damaged", lambda path: xls(path, number(0, 0, 1), dimensions=(10, 2, 0, 1))),
    "a record cut off (.xls)": ("workbook.damaged", lambda path: xls(path, record(0x0203, b"\1\0"))),
    "one long text in many cells (.xls)": (
        "workbook.too-large",
        lambda path: xls(
            path,
            *(record(0x00FD, one.to_bytes(2, "little") + bytes(8)) for one in range(5000)),
            book=record(0x00FC, bytes([136, 19, 0, 0, 1, 0, 0, 0, 0xFF, 0xFF, 0]) + b"x" * 8000) + (record(0x003C, b"\0" + b"x" * 8000) * 8),
        ),
    ),
}


@pytest.fixture
def told(tmp_path: Path) -> Callable[[Callable[[Path], object], str], Refused]:
    def of(reading: Callable[[Path], object], name: str) -> Refused:
        with pytest.raises(Refused) as caught:
            reading(tmp_path / name)
        (finding,) = caught.value.findings
        assert finding.where.file == str(tmp_path / name)
        assert str(finding.message)
        return caught.value

    return of


@pytest.mark.parametrize(("code", "content"), TEXTS.values(), ids=TEXTS)
def test_a_text_that_is_no_table(told: Callable[[Callable[[Path], object], str], Refused], tmp_path: Path, code: str, content: bytes) -> None:
    (tmp_path / "table.csv").write_bytes(content)
    refused = told(lambda path: list(read_rows(path, len(read_header(path)))), "table.csv")
    assert refused.findings[0].code == code


@pytest.mark.parametrize("content", UNDETECTABLE.values(), ids=UNDETECTABLE)
def test_a_text_in_no_encoding(told: Callable[[Callable[[Path], object], str], Refused], tmp_path: Path, content: bytes) -> None:
    (tmp_path / "table.csv").write_bytes(content)
    assert told(detect, "table.csv").findings[0].code == "file.encoding"


@pytest.mark.parametrize(("code", "make"), BOOKS.values(), ids=BOOKS)
def test_a_workbook_that_is_none_or_too_much(
    told: Callable[[Callable[[Path], object], str], Refused], tmp_path: Path, code: str, make: Callable[[Path], object]
) -> None:
    make(tmp_path / "table.xlsx")
    refused = told(lambda path: [list(book.rows(name)) for book in [Workbook(path)] for name in book.sheets], "table.xlsx")
    assert refused.findings[0].code == code


def test_no_program_is_needed_to_make_an_old_workbook(tmp_path: Path) -> None:
    """What the refusals above rest on: the same bytes without the fault are read."""
    path = xls(tmp_path / "table.xls", label(0, 0, "unit"), number(1, 0, 5.5), formula(1, 1, b"\0\0\0\0\0\0\0\x40"))
    assert list(Workbook(path).rows("Table")) == [(1, ["unit", ""]), (2, ["5.5", "2"])]
