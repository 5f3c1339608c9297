"""Workbooks made by hand, byte by byte where no program would write them so."""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import xlsxwriter

SHEET = "xl/worksheets/sheet1.xml"
ODS = "application/vnd.oasis.opendocument.spreadsheet"
_NAMES = " ".join(f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text", "style", "manifest"))
_END, _NONE, _LINKS = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD
_SECTOR = 512


def xlsx(path: Path, cells: Mapping[str, object] | None = None, **options: object) -> Path:
    """A workbook of one sheet, as XlsxWriter writes it."""
    with xlsxwriter.Workbook(path, options) as book:
        page = book.add_worksheet("Table")
        for place, value in (cells or {"A1": "unit", "B1": "value", "A2": "Ho", "B2": 5}).items():
            page.write(place, value)
    return path


def edited(path: Path, part: str = "", change: Callable[[bytes], bytes] = bytes, added: Mapping[str, bytes] | None = None) -> Path:
    """The same package with one part changed, and others added to it."""
    with zipfile.ZipFile(path) as source:
        parts = {name: source.read(name) for name in source.namelist()}
    if part:
        new = change(parts[part])
        assert new != parts[part], "the change changes something"
        parts[part] = new
    return packed(path, parts | dict(added or {}))


def packed(path: Path, parts: Mapping[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target:
        for name, content in parts.items():
            target.writestr(name, content)
    return path


def rows(*cells: str, attributes: str = "") -> str:
    """A row of an .ods."""
    return f"<table:table-row {attributes}>{''.join(cells)}</table:table-row>"


def cell(text: str = "", attributes: str = "") -> str:
    """A cell of an .ods: a number, a text, or whatever its attributes say."""
    number = text.replace(".", "").isdigit()
    kind = f'office:value-type="float" office:value="{text}"' if number else 'office:value-type="string"' if text else ""
    return f"<table:table-cell {attributes or kind}>{f'<text:p>{text}</text:p>' if text else ''}</table:table-cell>"


def ods(path: Path, *sheet: str, before: str = "", manifest: str = "") -> Path:
    """An OpenDocument workbook of one sheet."""
    tables = f'<table:table table:name="Table">{"".join(sheet)}</table:table>'
    content = f"<office:document-content {_NAMES}><office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>"
    entry = f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{ODS}">{manifest}</manifest:file-entry>'
    parts = {"mimetype": ODS, "content.xml": f'<?xml version="1.0" encoding="UTF-8"?>{before}{content}'}
    parts["META-INF/manifest.xml"] = f'<?xml version="1.0"?><manifest:manifest {_NAMES}>{entry}</manifest:manifest>'
    return packed(path, {name: text.encode() for name, text in parts.items()})


def container(path: Path, **streams: bytes) -> Path:
    """A container of an older Office file with these streams, at most three."""
    bodies = [content.ljust(4096, b"\0") for content in streams.values()]
    counts = [-(-len(body) // _SECTOR) for body in bodies]
    links = -(-(sum(counts) + 8) // 127)
    table, starts = [_LINKS] * links + [_END], list[int]()
    for count in counts:
        starts.append(len(table))
        table += [*range(len(table) + 1, len(table) + count), _END]
    entries = [_entry("Root Entry", 5, _END, 0, below=1)]
    for number, (name, start, body) in enumerate(zip(streams, starts, bodies, strict=True), start=1):
        entries.append(_entry(name, 2, start, len(body), beside=number + 1 if number < len(streams) else _NONE))
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(10)
    head += struct.pack("<IIIIIIII", links, links, 0, 4096, _END, 0, _END, 0)
    head = head + struct.pack(f"<{links}I", *range(links))
    content = struct.pack(f"<{len(table)}I", *table).ljust(links * _SECTOR, b"\xff") + b"".join(entries).ljust(_SECTOR, b"\0")
    path.write_bytes(head.ljust(_SECTOR, b"\xff") + content + b"".join(_padded(body) for body in bodies))
    return path


def _padded(body: bytes) -> bytes:
    return body.ljust(-(-len(body) // _SECTOR) * _SECTOR, b"\0")


def _entry(name: str, kind: int, start: int, size: int, *, beside: int = _NONE, below: int = _NONE) -> bytes:
    text = (name + "\0").encode("utf-16-le")
    return text.ljust(64, b"\0") + struct.pack("<HBBIII", len(text), kind, 1, _NONE, beside, below) + bytes(36) + struct.pack("<IQ", start, size)


def record(kind: int, body: bytes = b"") -> bytes:
    return struct.pack("<HH", kind, len(body)) + body


def number(row: int, column: int, value: float, style: int = 0) -> bytes:
    return record(0x0203, struct.pack("<HHHd", row, column, style, value))


def label(row: int, column: int, text: str) -> bytes:
    return record(0x0204, struct.pack("<HHHHB", row, column, 0, len(text), 0) + text.encode("latin-1"))


def error(row: int, column: int, code: int) -> bytes:
    return record(0x0205, struct.pack("<HHHBB", row, column, 0, code, 1))


def formula(row: int, column: int, result: bytes) -> bytes:
    return record(0x0006, struct.pack("<HHH", row, column, 0) + result + struct.pack("<HIH", 0, 0, 3) + b"\x1e\x01\x00")


def xls(path: Path, *cells: bytes, dimensions: tuple[int, int, int, int] = (0, 10, 0, 10), book: bytes = b"", visible: int = 0) -> Path:
    """An .xls of one sheet."""
    begin = record(0x0809, struct.pack("<HHHHII", 0x0600, 5, 0, 0, 0, 0)) + record(0x0042, struct.pack("<H", 1200)) + book
    named = struct.pack("<BBBB", visible, 0, 5, 0) + b"Table"
    start = len(begin) + len(record(0x0085, bytes(4) + named)) + len(record(0x0A))
    sheet = record(0x0085, struct.pack("<I", start) + named) + record(0x0A)
    page = record(0x0809, struct.pack("<HHHHII", 0x0600, 0x10, 0, 0, 0, 0)) + record(0x0200, struct.pack("<IIHHH", *dimensions, 0))
    return container(path, Workbook=begin + sheet + page + b"".join(cells) + record(0x0A))
