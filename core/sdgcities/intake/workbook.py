"""Workbooks of spreadsheets (.xlsx, .xls), cell by cell as text: limited in size, sheets, rows and columns before they are opened."""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING

from sdgcities.errors import Refused, refuse
from sdgcities.findings import Where, msg
from sdgcities.intake.files import MEGABYTE, check_file, opened

if TYPE_CHECKING:
    from python_calamine import CalamineWorkbook

MAX_BYTES = 64 * MEGABYTE
MAX_UNPACKED = 256 * MEGABYTE
MAX_ENTRIES = 2_000
MAX_CELLS = 6_000_000
"""Of one sheet, empty ones between filled ones included: that many are held in memory at once."""

_PACKED, _BINARY = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_SHEET = re.compile(r"xl/worksheets/[^/]+\.xml", re.IGNORECASE)
_PLACE = re.compile(rb"""\sr\s*=\s*["']([A-Za-z]{0,9})([0-9]{1,12})["']""")
_FORMULA = re.compile(rb"""<c\s[^>]*?r\s*=\s*["']([A-Z]{1,3})([0-9]{1,7})["'][^>]*>\s*<f[\s>/]""")
_BOOK, _RELATIONS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
_PIECE, _OVERLAP = MEGABYTE, 256

Scalar = str | bool | int | float | Decimal | date | datetime | time | timedelta | None


class Workbook:
    """The sheets of a workbook. Formulas give the results they had when the file was saved."""

    def __init__(self, path: Path) -> None:
        check_file(path, MAX_BYTES)
        self._where = str(path)
        self.formulas: Mapping[str, Mapping[int, str]] = {}
        """Of each sheet of an .xlsx that has formulas, the first cell with one in each of its rows."""
        start = _start(path)
        if start == _PACKED:
            self.formulas = _check_package(path)
        elif start != _BINARY:
            raise refuse("workbook.kind", msg("This is no workbook."), msg("Save the file as .xlsx."), Where(file=self._where))
        self._book = _book(path)

    @property
    def sheets(self) -> tuple[str, ...]:
        """The names of the sheets, in their order."""
        return tuple(self._book.sheet_names)

    def rows(self, sheet: str, decimal: str = ".") -> Iterator[tuple[int, list[str]]]:
        """The rows of a sheet with their numbers, from the first on; `decimal` is the mark that numbers are written with."""
        from python_calamine import CalamineError  # noqa: PLC0415 - only where a workbook is read

        try:
            page = self._book.get_sheet_by_name(sheet)
            before = [""] * (page.start[1] if page.start else 0)  # the reader leaves out empty columns before the first filled one
            for number, cells in enumerate(page.iter_rows(), start=1):
                yield number, before + [as_text(cell, decimal) for cell in cells]
        except CalamineError as error:
            raise _damaged(self._where, str(error)) from error

    def numeric(self, sheet: str) -> frozenset[int]:
        """The columns of a sheet, from 0, in which a cell holds a number and not a text: leading zeros are lost there."""
        page = self._book.get_sheet_by_name(sheet)
        first = page.start[1] if page.start else 0
        return frozenset(first + place for cells in page.iter_rows() for place, cell in enumerate(cells) if isinstance(cell, (int, float)))


def is_workbook(path: Path) -> bool:
    """Whether a file begins as workbooks do."""
    return path.is_file() and _start(path) in (_PACKED, _BINARY)


def as_text(value: Scalar, decimal: str = ".") -> str:
    """A cell as a person would type it: 2010.0 is 2010, a day is 2021-03-31."""
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, (datetime, date, time)):
        text = value.isoformat()
        return text.removesuffix("T00:00:00")
    if isinstance(value, float):
        value = Decimal(f"{value:.15g}")  # as many digits as a spreadsheet shows: the rest is noise of the binary form
    if isinstance(value, Decimal):
        whole = value == value.to_integral_value() if value.is_finite() else False
        return f"{value:.0f}" if whole else f"{value:f}".replace(".", decimal)
    return str(value)


def _start(path: Path) -> bytes:
    with opened(path) as stream:
        return stream.read(4)


def _book(path: Path) -> CalamineWorkbook:
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError  # noqa: PLC0415 - only where a workbook is read

    try:
        return CalamineWorkbook.from_path(path)
    except PasswordError as error:
        raise refuse("workbook.password", msg("The workbook is locked by a password."), msg("Save it without one."), Where(file=str(path))) from error
    except CalamineError as error:
        raise _damaged(str(path), str(error)) from error


def _damaged(file: str, problem: str) -> Refused:
    return refuse("workbook.damaged", msg("The workbook can't be read: %(problem)s.", problem=problem), msg("Open it and save it again."), Where(file=file))


def _check_package(path: Path) -> dict[str, dict[int, str]]:
    """Unpack every entry once, within limits, and see how far each sheet reaches: a reader would make room for all of it.

    Gives the cells with formulas by sheet and row.
    """
    try:
        with zipfile.ZipFile(path) as package:
            entries = package.infolist()
            if len(entries) > MAX_ENTRIES or sum(entry.file_size for entry in entries) > MAX_UNPACKED:
                raise refuse(
                    "workbook.too-large",
                    msg("Unpacked, the workbook has more than %(limit)s MB.", limit=MAX_UNPACKED // MEGABYTE),
                    msg("Keep only the sheets that are needed."),
                    Where(file=str(path)),
                )
            formulas = {entry.filename: found for entry in entries if (found := _check_entry(package, entry, path))}
            names = _sheet_names(package) if formulas else {}
            return {names.get(file, file): found for file, found in formulas.items()}
    except (zipfile.BadZipFile, zipfile.LargeZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError) as error:
        raise _damaged(str(path), str(error)) from error


def _sheet_names(package: zipfile.ZipFile) -> dict[str, str]:
    """Which sheet stands in which file of the package."""
    if not {_BOOK, _RELATIONS} <= set(package.namelist()):
        return {}
    targets = {found["Id"]: found["Target"] for found in _attributes(package.read(_RELATIONS), b"Relationship")}
    sheets = {found["r:id"]: found["name"] for found in _attributes(package.read(_BOOK), b"sheet")}
    return {posixpath.normpath(posixpath.join("/xl", targets[key])).lstrip("/"): name for key, name in sheets.items() if key in targets}


def _attributes(document: bytes, element: bytes) -> Iterator[defaultdict[str, str]]:
    """The attributes of every element of this name; empty where it lacks one."""
    for tag in re.findall(rb"<(?:\w+:)?" + element + rb"\s[^>]*>", document):
        pairs = re.findall(r"""([\w:]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""", tag.decode("utf-8", "replace"))
        yield defaultdict(str, {name: unescape(double or single) for name, double, single in pairs})


def _check_entry(package: zipfile.ZipFile, entry: zipfile.ZipInfo, path: Path) -> dict[int, str]:
    rows = columns = 0
    sheet, rest, formulas = bool(_SHEET.fullmatch(entry.filename)), b"", dict[int, str]()
    with package.open(entry) as stream:
        while piece := stream.read(_PIECE):
            if sheet:
                for letters, digits in _PLACE.findall(rest + piece):
                    rows, columns = max(rows, int(digits)), max(columns, _column(letters))
                for letters, digits in _FORMULA.findall(rest + piece):
                    formulas.setdefault(int(digits), f"{letters.decode()}{int(digits)}")
                rest = piece[-_OVERLAP:]
    if rows * max(columns, 1) > MAX_CELLS:
        raise refuse(
            "workbook.cells",
            msg("A sheet reaches to row %(row)s and column %(column)s; at most %(limit)s cells are read.", row=rows, column=columns, limit=MAX_CELLS),
            msg("Delete the empty rows and columns behind the table, or a stray cell far from it."),
            Where(file=str(path)),
        )
    return formulas


def _column(letters: bytes) -> int:
    """A is 1, Z is 26, AA is 27."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number
