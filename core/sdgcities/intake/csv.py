"""CSV, row by row: strictly decoded, every row as wide as the header, limited in size, rows and cells."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

from sdgcities.errors import refuse
from sdgcities.findings import Where, msg
from sdgcities.intake.files import MEGABYTE, check_file, undecodable

MAX_BYTES = 1024 * MEGABYTE
MAX_ROWS = 10_000_000
MAX_CELL = 10_000
MAX_COLUMNS = 1_000

Row = tuple[int, list[str]]


def read_header(path: Path, encoding: str = "utf-8-sig", delimiter: str = ",") -> tuple[str, ...]:
    """The column names: stripped, not empty, each once."""
    header = next(_lines(path, encoding, delimiter), None)
    if header is None:
        raise refuse("csv.empty", msg("The file holds no rows."), where=Where(file=str(path)))
    names = tuple(name.strip() for name in header[1])
    for name in names:
        if not name or names.count(name) > 1:
            problem = msg("The column %(name)s stands twice.", name=name) if name else msg("A column has no name.")
            raise refuse("csv.header", problem, msg("Give every column its own name."), Where(file=str(path), row=1))
    if len(names) > MAX_COLUMNS:
        raise refuse("csv.columns", msg("More than %(n)s columns.", n=MAX_COLUMNS), where=Where(file=str(path), row=1))
    return names


def read_rows(path: Path, width: int, encoding: str = "utf-8-sig", delimiter: str = ",") -> Iterator[Row]:
    """The rows below the header with their numbers in the file (the header is row 1); rows without any content are passed over."""
    lines = _lines(path, encoding, delimiter)
    next(lines, None)
    number = 1
    for number, (line, row) in enumerate(lines, start=2):
        if not any(row):
            continue
        if len(row) != width:
            raise refuse(
                "csv.width",
                msg("The row has %(found)s cells; the header has %(expected)s.", found=len(row), expected=width),
                msg("A comma inside a text needs quotation marks around the text."),
                Where(file=str(path), row=number, line=line),
            )
        if number > MAX_ROWS:
            raise refuse("csv.rows", msg("More than %(n)s rows.", n=MAX_ROWS), msg("Split the file."), Where(file=str(path)))
        yield number, row


def _lines(path: Path, encoding: str, delimiter: str) -> Iterator[Row]:
    check_file(path, MAX_BYTES)
    csv.field_size_limit(MAX_CELL)
    codec = "utf-8-sig" if encoding == "utf-8" else encoding
    with path.open(encoding=codec, errors="strict", newline="") as stream:
        reader = csv.reader(stream, delimiter=delimiter, strict=True)
        try:
            for row in reader:
                yield reader.line_num, row
        except UnicodeDecodeError as error:
            raise undecodable(path, encoding, reader.line_num + 1) from error
        except csv.Error as error:
            where = Where(file=str(path), line=reader.line_num)
            raise refuse("csv.syntax", msg("This is not valid CSV: %(problem)s.", problem=str(error)), where=where) from error
