"""CSV, row by row: strictly decoded, every row as wide as the header, limited in size, rows and cells."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from contextlib import contextmanager
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from sdgcities.errors import Refused, refuse
from sdgcities.findings import Where, msg
from sdgcities.intake.files import MEGABYTE, check_file, opened, undecodable

if TYPE_CHECKING:
    from _csv import Reader as CsvReader

MAX_BYTES = 1024 * MEGABYTE
MAX_ROWS = 10_000_000
MAX_CELL = 10_000
MAX_COLUMNS = 1_000
MAX_LINE = 4 * MEGABYTE

Row = tuple[int, list[str]]


def read_header(path: Path, encoding: str = "utf-8-sig", delimiter: str = ",") -> tuple[str, ...]:
    """The column names: stripped, not empty, each once."""
    with _reading(path, encoding, delimiter) as reader:
        header = next(reader, None)
    if not header:
        raise refuse("csv.empty", msg("The first row of the file is empty."), msg("Put the names of the columns there."), Where(file=str(path), row=1))
    if len(header) > MAX_COLUMNS:
        raise refuse("csv.columns", msg("More than %(n)s columns.", n=MAX_COLUMNS), where=Where(file=str(path), row=1))
    names = tuple(name.strip() for name in header)
    for name in names:
        if not name or names.count(name) > 1:
            problem = msg("The column %(name)s stands twice.", name=name) if name else msg("A column has no name.")
            raise refuse("csv.header", problem, msg("Give every column its own name."), Where(file=str(path), row=1))
    return names


def read_rows(path: Path, width: int, encoding: str = "utf-8-sig", delimiter: str = ",") -> Iterator[Row]:
    """The rows below the header with their numbers in the file (the header is row 1); rows without any content are passed over."""
    with _reading(path, encoding, delimiter) as reader:
        next(reader, None)
        for number, row in enumerate(reader, start=2):
            if len(row) == width and (row[0] or any(row)):
                yield number, row
            elif any(row):
                raise wrong_width(path, number, len(row), width)
            if number > MAX_ROWS:
                raise refuse("csv.rows", msg("More than %(n)s rows.", n=MAX_ROWS), msg("Split the file."), Where(file=str(path)))


def wrong_width(path: Path, row: int, found: int, expected: int) -> Refused:
    """The refusal of a row with more or fewer cells than the header."""
    return refuse(
        "csv.width",
        msg("The row has %(found)s cells; the header has %(expected)s.", found=found, expected=expected),
        msg("Is the file complete? A text with the separator of the columns in it needs quotation marks around it."),
        Where(file=str(path), row=row),
    )


def read_cells(path: Path, encoding: str, delimiter: str) -> Iterator[Row]:
    """Every row with its number in the file (the first is row 1), however wide."""
    with _reading(path, encoding, delimiter) as reader:
        for number, row in enumerate(reader, start=1):
            if len(row) > MAX_COLUMNS or number > MAX_ROWS:
                raise refuse(
                    "csv.limits",
                    msg("More than %(columns)s columns or %(rows)s rows.", columns=MAX_COLUMNS, rows=MAX_ROWS),
                    msg("Split the file."),
                    Where(file=str(path), row=number),
                )
            yield number, row


@contextmanager
def _reading(path: Path, encoding: str, delimiter: str) -> Iterator[CsvReader]:
    """The rows of a file as the csv module reads them; what it can't read is refused with its line."""
    check_file(path, MAX_BYTES)
    csv.field_size_limit(MAX_CELL)
    codec = "utf-8-sig" if encoding == "utf-8" else encoding
    with opened(path) as binary:
        _check_lines(binary, path)
        stream = TextIOWrapper(binary, encoding=codec, errors="strict", newline="")
        reader = csv.reader(stream, delimiter=delimiter, strict=True)
        try:
            yield reader
        except UnicodeError as error:
            raise undecodable(path, encoding, reader.line_num + 1) from error
        except csv.Error as error:
            where = Where(file=str(path), line=reader.line_num)
            hint = msg("See that every quotation mark that is opened is closed, then run the command again.")
            raise refuse("csv.syntax", msg("This is not valid CSV: %(problem)s.", problem=str(error)), hint, where) from error


def _check_lines(stream: BinaryIO, path: Path) -> None:
    """Refuse a file that is one endless line before it is read into memory as a row."""
    while len(piece := stream.read(MAX_LINE)) == MAX_LINE:
        if b"\n" not in piece and b"\r" not in piece:
            raise refuse("csv.line", msg("A line has more than %(n)s MB.", n=MAX_LINE // MEGABYTE), msg("Is this a CSV file?"), Where(file=str(path)))
    stream.seek(0)
