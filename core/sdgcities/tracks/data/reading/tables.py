"""The tables of an office's file as its profile lays them out: CSV, the sheets of a workbook, or the records of a JSON or XML file."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase
from itertools import islice, takewhile
from pathlib import Path
from typing import TYPE_CHECKING, cast

from sdgcities.errors import refuse
from sdgcities.findings import Finding, Where, msg
from sdgcities.intake.csv import read_cells, wrong_width
from sdgcities.intake.json import load_json, value_at
from sdgcities.intake.records import KEY, columns_of, records_at
from sdgcities.intake.workbook import MAX_BYTES, Workbook, as_text
from sdgcities.intake.xml import load_xml
from sdgcities.model.profiles import ImportProfile, Layout
from sdgcities.tracks.data.reading.folded import collapsed
from sdgcities.tracks.data.reading.headers import header_of, named

if TYPE_CHECKING:
    from sdgcities.intake.workbook import Scalar

Row = tuple[int, list[str]]


@dataclass(frozen=True)
class Table:
    """One table: the columns' names (empty where a column has none) and the rows with what they are counted by in the file.

    `sheet` is the number of the sheet in its workbook, counted from 1, and `title` its name; 0 and empty elsewhere.
    `head` are the filled cells above the first row of figures, without the names of the columns: titles, and what stands below the names.
    Of a JSON or XML file, the texts beside the list of records.
    """

    file: str
    header: tuple[str, ...]
    _rows: Callable[[], Iterator[Row]]
    sheet: int = 0
    title: str = ""
    head: tuple[str, ...] = ()
    notes: tuple[Finding, ...] = ()
    """Of the first table of a file, what should be known of the file."""
    percent: frozenset[tuple[int, int]] = frozenset()
    """Cells of a workbook, by row and by column from 0, that hold 0.253 and show 25.3 %."""

    def where(self, row: int, column: str | None = None) -> Where:
        """A place in the table."""
        return Where(file=self.file, sheet=self.title or None, row=row, column=column)

    def rows(self) -> Iterator[tuple[int, list[str], bool]]:
        """The rows that are not empty, each as wide as the header, cells stripped; and whether a row may be a note.

        That is a row with one filled cell and no fuller row below it: a footnote, or a unit without figures.
        """
        width, held = len(self.header), list[Row]()
        unnamed = [number for number, name in enumerate(self.header) if not name]
        for row, found in self._rows():
            cells = [cell.strip() for cell in found] + [""] * (width - len(found))
            filled = sum(map(bool, cells))
            if filled > 1:
                self._check_names(row, cells, unnamed)
                yield from ((before, alone, False) for before, alone in held)
                held.clear()
                yield row, cells[:width], False
            elif filled:
                held.append((row, cells[:width]))
        yield from ((row, cells, True) for row, cells in held)

    def _check_names(self, row: int, cells: Sequence[str], unnamed: Iterable[int]) -> None:
        if any(cells[len(self.header) :]) or any(cells[number] for number in unnamed):
            raise refuse(
                "table.unnamed", msg("The row has a cell in a column without a name."), msg("Give the column a name, or empty the cell."), self.where(row)
            )


def tables_of(path: Path, profile: ImportProfile) -> list[Table]:
    """The tables of a file by its profile. Refused where the file is none of the profile's kind or a sheet is missing."""
    return {"csv": _csv, "xlsx": _workbook, "json": _records, "xml": _records}[profile.layout.format](path, profile)


def _csv(path: Path, profile: ImportProfile) -> list[Table]:
    layout, file = profile.layout, str(path)

    def rows() -> Iterator[Row]:
        width = 0
        for number, cells in _above(read_cells(path, layout.encoding, layout.delimiter), layout.until):
            if number in layout.header_rows:
                width = max(width, len(cells))
            elif number >= layout.first_row:
                if len(cells) != width and sum(map(bool, cells)) > 1:
                    raise wrong_width(path, number, len(cells), width)
                yield number, cells

    header = header_of(read_cells(path, layout.encoding, layout.delimiter), layout, Where(file=file))
    return [Table(file, header, rows, head=_head(read_cells(path, layout.encoding, layout.delimiter), layout))]


def _workbook(path: Path, profile: ImportProfile) -> list[Table]:
    layout, file, book = profile.layout, str(path), Workbook(path)
    wanted = {pattern: [name for name in book.sheets if fnmatchcase(name, pattern)] for pattern in layout.sheets}
    if missing := [pattern for pattern, names in wanted.items() if not names]:
        raise refuse(
            "table.sheet",
            msg("The workbook has no sheet %(name)s.", name=missing[0]),
            msg("It has: %(names)s.", names=", ".join(book.sheets) or "-"),
            Where(file=file),
        )
    chosen = dict.fromkeys(name for names in wanted.values() for name in names) if wanted else book.sheets[:1]
    tables = [_sheet(book, name, file, profile) for name in chosen]
    return [replace(table, notes=tuple(book.notes())) if table is tables[0] else table for table in tables]


def _sheet(book: Workbook, name: str, file: str, profile: ImportProfile) -> Table:
    layout, decimal = profile.layout, profile.numbers.decimal

    def rows() -> Iterator[Row]:
        return ((number, cells) for number, cells in _above(book.rows(name, decimal), layout.until) if number >= layout.first_row)

    merged = book.merged(name) if layout.header_join else ()
    header = header_of(book.rows(name), layout, Where(file=file, sheet=name), merged)
    return Table(file, header, rows, book.sheets.index(name) + 1, name, _head(book.rows(name), layout), percent=book.percent(name))


def _records(path: Path, profile: ImportProfile) -> list[Table]:
    file, decimal, xml = str(path), profile.numbers.decimal, profile.layout.format == "xml"
    data = load_xml(path, MAX_BYTES) if xml else load_json(path, MAX_BYTES)
    pointer = profile.layout.records
    records = records_at(data, pointer)
    if xml and isinstance(alone := value_at(data, pointer), Mapping):  # an element that stands there once
        records = [alone]
    if records is None:
        raise refuse(
            "table.records",
            msg("There is no list of objects at %(pointer)s.", pointer=pointer or "/"),
            msg("The profile %(id)s needs it.", id=profile.id),
            Where(file=file),
        )
    header = columns_of(records, file)

    def rows() -> Iterator[Row]:
        for number, record in enumerate(records, start=1):
            for name, value in record.items():
                if isinstance(value, (list, Mapping)):
                    raise refuse("table.nested", msg("A value is a list or an object."), where=Where(file=file, row=number, column=name))
            yield number, [as_text(cast("Scalar", record.get(name)), decimal) for name in header]

    beside = value_at(data, pointer.removesuffix(f"/{KEY}").rpartition("/")[0]) if pointer else None
    head = [collapsed(text) for text in beside.values() if isinstance(text, str)] if isinstance(beside, Mapping) else []
    return [Table(file, named([collapsed(name) for name in header], profile.layout, Where(file=file)), rows, head=tuple(head))]


def _head(rows: Iterable[Row], layout: Layout) -> tuple[str, ...]:
    above = (cells for number, cells in islice(rows, layout.first_row - 1) if number not in layout.header_rows)
    return tuple(text for cells in above for text in map(collapsed, cells) if text)


def _above(rows: Iterable[Row], until: str) -> Iterator[Row]:
    """The rows above the one that begins with `until`; all of them where it is empty or no row does."""
    return takewhile(lambda row: not until or collapsed(next(filter(str.strip, row[1]), "")) != until, rows)
