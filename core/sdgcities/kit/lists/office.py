"""An office's list: one table with the names of its columns above, in a CSV file or a sheet of a workbook."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from sdgcities.errors import Refused, refuse
from sdgcities.findings import Finding, Severity, Where, msg, nmsg
from sdgcities.intake.csv import MAX_CELL, read_cells
from sdgcities.intake.files import check_file
from sdgcities.intake.workbook import Workbook, is_workbook
from sdgcities.plugin.declared.problems import MOST

MOST_ROWS = 100_000
MAX_BYTES = 64_000_000
DELIMITERS = ",;\t|"
_LOOKED_AT = 20
"""Rows in which the names of the columns are looked for."""


@dataclass(frozen=True, slots=True)
class Asked:
    """How a list is to be read: what is not said is found out."""

    file: Path
    sheet: str | None = None
    header_row: int | None = None
    encoding: str = "utf-8"


@dataclass(frozen=True, slots=True)
class OfficeList:
    """The rows of a list by the names of its columns, each with its number in the file; cells are texts without blanks around them."""

    file: str
    sheet: str | None
    header_row: int
    columns: tuple[str, ...]
    rows: tuple[tuple[int, Mapping[str, str]], ...]
    numeric: frozenset[str] = frozenset()
    """The columns of a workbook in which a cell holds a number: leading zeros are lost there."""
    notes: tuple[int, ...] = ()
    """Rows below the table with one cell, such as a footnote: they were passed over."""

    def where(self, row: int | None = None, column: str | None = None) -> Where:
        """A place in the list."""
        return Where(file=self.file, sheet=self.sheet, row=row, column=column)

    def column(self, wanted: str) -> str:
        """The column of that name, whatever its case. Raises Refused where there is none."""
        for name in self.columns:
            if name.casefold() == wanted.strip().casefold():
                return name
        close = difflib.get_close_matches(wanted, self.columns, n=1)
        hint = msg("Did you mean %(name)s?", name=close[0]) if close else msg("Its columns are: %(names)s.", names=", ".join(self.columns))
        raise refuse("list.column", msg("The list has no column %(name)s.", name=wanted), hint, self.where(self.header_row))


def shortened(findings: Sequence[Finding]) -> list[Finding]:
    """The first of many findings, and how many more there are."""
    if len(findings) <= MOST:
        return list(findings)
    more = nmsg("%(n)s more like this one; nothing was written.", "%(n)s more like these; nothing was written.", len(findings) - MOST)
    return [*findings[:MOST], Finding("list.more", Severity.NOTE, more)]


def read_list(asked: Asked) -> OfficeList:
    """The list. Raises Refused where the file can't be read, or where no row looks like the names of columns."""
    file = str(asked.file)
    rows, sheet, numeric = _rows(asked)
    above = list(islice(rows, max(_LOOKED_AT, asked.header_row or 0)))
    header = _header(above, asked.header_row)
    if header is None:
        hint = msg("Give the row with the names of the columns: --header-row N.")
        raise refuse("list.header", msg("No row with the names of columns was found."), hint, Where(file=file, sheet=sheet))
    number, names = header
    columns = _named(names, Where(file=file, sheet=sheet, row=number))
    filled, notes = _table([*(row for row in above if row[0] > number), *islice(rows, MOST_ROWS + 1)], len(columns))
    if len(filled) > MOST_ROWS:
        raise refuse("list.rows", msg("More than %(n)s rows.", n=MOST_ROWS), msg("Split the file."), Where(file=file, sheet=sheet))
    if not filled:
        raise refuse("list.empty", msg("Below the names of the columns there is no row."), where=Where(file=file, sheet=sheet, row=number))
    found = tuple((place, _by_name(columns, cells, Where(file=file, sheet=sheet, row=place))) for place, cells in filled)
    known = tuple(name for name in columns if name)
    return OfficeList(file, sheet, number, known, found, frozenset(columns[place] for place in numeric if place < len(columns)), notes)


def _table(rows: Sequence[tuple[int, list[str]]], width: int) -> tuple[list[tuple[int, list[str]]], tuple[int, ...]]:
    """The rows with something in them, and apart the last ones that hold words in the first cell and nothing else: notes below the table."""
    filled = [row for row in rows if any(row[1])]
    end = len(filled)
    while width > 1 and end and " " in filled[end - 1][1][0] and not any(filled[end - 1][1][1:]):
        end -= 1
    return filled[:end], tuple(number for number, _ in filled[end:])


def _rows(asked: Asked) -> tuple[Iterator[tuple[int, list[str]]], str | None, frozenset[int]]:
    """The rows; of a workbook the sheet, and the columns in which numbers stand."""
    check_file(asked.file, MAX_BYTES)
    if is_workbook(asked.file):
        book = Workbook(asked.file)
        sheet = asked.sheet or book.sheets[0]
        if sheet not in book.sheets:
            hint = msg("It has: %(names)s.", names=", ".join(book.sheets))
            raise refuse("list.sheet", msg("The workbook has no sheet %(name)s.", name=sheet), hint, Where(file=str(asked.file)))
        return _stripped(book.rows(sheet)), sheet, book.numeric(sheet)
    return _stripped(read_cells(asked.file, asked.encoding, _delimiter(asked))), None, frozenset()


def _delimiter(asked: Asked) -> str:
    """The one that stands most often in the first rows."""
    counts = dict.fromkeys(DELIMITERS, 0)
    for delimiter in DELIMITERS:
        try:
            counts[delimiter] = sum(len(cells) - 1 for _, cells in islice(read_cells(asked.file, asked.encoding, delimiter), _LOOKED_AT))
        except Refused as error:
            if any(finding.code == "file.encoding" for finding in error.findings):
                hint = msg("Save it as UTF-8, or say what it is: --encoding cp1252.")
                raise refuse("list.encoding", error.findings[0].message, hint, error.findings[0].where) from error
    return max(counts, key=lambda delimiter: counts[delimiter])


def _stripped(rows: Iterator[tuple[int, list[str]]]) -> Iterator[tuple[int, list[str]]]:
    for number, cells in rows:
        yield number, [" ".join(cell.split()) for cell in cells]


def _header(rows: Sequence[tuple[int, list[str]]], wanted: int | None) -> tuple[int, list[str]] | None:
    """The row that was named; else the first with at least two different texts: a title above the table is one."""
    for number, cells in rows:
        if number == wanted or (wanted is None and len({cell for cell in cells if cell}) > 1):
            return number, cells
    return None


def _named(names: Sequence[str], where: Where) -> list[str]:
    seen: set[str] = set()
    for name in names:
        if name and name.casefold() in seen:
            raise refuse("list.header", msg("The column %(name)s stands twice.", name=name), msg("Give every column its own name."), where)
        seen.add(name.casefold())
    return list(names)


def _by_name(columns: Sequence[str], cells: Sequence[str], where: Where) -> Mapping[str, str]:
    extra = [cell for cell in cells[len(columns) :] if cell] or [cell for name, cell in zip(columns, cells, strict=False) if cell and not name]
    if extra:
        hint = msg("Give the column a name, or empty the cell.")
        raise refuse("list.unnamed", msg("%(text)s stands in a column without a name.", text=extra[0]), hint, where)
    if any(len(cell) > MAX_CELL for cell in cells):
        raise refuse("list.cell", msg("A cell has more than %(n)s characters.", n=MAX_CELL), where=where)
    return {name: cells[place] if place < len(cells) else "" for place, name in enumerate(columns) if name}
