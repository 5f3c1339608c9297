"""CSV, row by row: strictly decoded, every row as wide as the header, limited in size, rows and cells."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from io import TextIOWrapper
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from sdgcities.errors import Refused, refuse
from sdgcities.findings import Message, Where, msg
from sdgcities.intake.files import MEGABYTE, check_file, codec_of, first_wrong, opened, sixteen, undecodable
from sdgcities.intake.kinds import BINARY, PACKED, kind_of
from sdgcities.intake.portions import portions

if TYPE_CHECKING:
    from _csv import Reader as CsvReader

MAX_BYTES = 1024 * MEGABYTE
MAX_ROWS = 10_000_000
MAX_CELL = 10_000
MAX_COLUMNS = 1_000
MAX_LINE = 4 * MEGABYTE

_JOINED = re.compile(rb"[\r\n]\xef\xbb\xbf")
"""The mark of UTF-8 at the beginning of a line that is not the first."""
_SAVE_AGAIN = msg("Is this a CSV file? Save it again as CSV UTF-8.")

_first_cell = itemgetter(0)

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
    if len(names) > 1 and names[0] and not any(names[1:]):
        problem = msg("The first row holds nothing but %(text)s.", text=names[0])
        raise refuse("csv.title", problem, msg("Take out what stands above the names of the columns: they belong in the first row."), Where(str(path), row=1))
    for number, name in enumerate(names, start=1):
        if not name or names.count(name) > 1:
            problem = msg("The column %(name)s stands twice.", name=name) if name else _unnamed(number, names)
            raise refuse("csv.header", problem, msg("Give every column its own name."), Where(file=str(path), row=1))
    return names


def _unnamed(number: int, names: Sequence[str]) -> Message:
    before = next((name for name in reversed(names[: number - 1]) if name), "")
    return msg("Column %(n)s, after %(name)s, has no name.", n=number, name=before) if before else msg("Column %(n)s has no name.", n=number)


def read_rows(path: Path, width: int, encoding: str = "utf-8-sig", delimiter: str = ",") -> Iterator[Row]:
    """The rows below the header with their numbers in the file (the header is row 1); rows without any content are passed over."""
    for numbers, rows in read_portions(path, width, encoding, delimiter):
        yield from zip(numbers, rows, strict=True)


def read_portions(path: Path, width: int, encoding: str = "utf-8-sig", delimiter: str = ",") -> Iterator[tuple[Sequence[int], Sequence[list[str]]]]:
    """The same, some hundred at a time: their numbers, and the rows."""
    with _reading(path, encoding, delimiter) as reader:
        next(reader, None)
        first = 2
        for rows in portions(reader):
            numbers = range(first, first + len(rows))
            first = numbers.stop
            if set(map(len, rows)) == {width} and all(map(_first_cell, rows)):
                yield numbers, rows
            else:
                yield from _as_wide(path, width, numbers, rows)
            if first > MAX_ROWS + 2:
                raise refuse("csv.rows", msg("More than %(n)s rows.", n=MAX_ROWS), msg("Split the file."), Where(file=str(path)))


def _as_wide(path: Path, width: int, numbers: Sequence[int], rows: Sequence[list[str]]) -> Iterator[tuple[Sequence[int], Sequence[list[str]]]]:
    """The rows with any content, up to the first that is not as wide as the header."""
    wrong = next((place for place, row in enumerate(rows) if len(row) != width and any(row)), len(rows))
    filled = [(number, row) for number, row in zip(numbers[:wrong], rows, strict=False) if any(row)]
    if filled:
        yield [number for number, _ in filled], [row for _, row in filled]
    if wrong < len(rows):
        raise wrong_width(path, numbers[wrong], len(rows[wrong]), width)


def wrong_width(path: Path, row: int, found: int, expected: int) -> Refused:
    """The refusal of a row with more or fewer cells than the header."""
    return refuse(
        "csv.width",
        msg("The row has %(found)s cells; the header has %(expected)s.", found=found, expected=expected),
        msg("Is the file complete? A text with the separator of the columns in it needs quotation marks around it."),
        Where(file=str(path), row=row),
    )


def read_cells(path: Path, encoding: str, delimiter: str, columns: int = MAX_COLUMNS) -> Iterator[Row]:
    """Every row with its number in the file (the first is row 1), however wide up to so many columns."""
    with _reading(path, encoding, delimiter) as reader:
        for number, row in enumerate(reader, start=1):
            if len(row) > columns or number > MAX_ROWS:
                raise refuse(
                    "csv.limits",
                    msg("More than %(columns)s columns or %(rows)s rows.", columns=columns, rows=MAX_ROWS),
                    msg("Split the file."),
                    Where(file=str(path), row=number),
                )
            yield number, row


@contextmanager
def _reading(path: Path, encoding: str, delimiter: str) -> Iterator[CsvReader]:
    """The rows of a file as the csv module reads them; what it can't read is refused with its line."""
    check_file(path, MAX_BYTES)
    csv.field_size_limit(MAX_CELL)
    with opened(path) as binary:
        _refuse_other_kinds(binary, path)
        codec = codec_of(path, encoding)
        _check_lines(binary, path, codec)
        stream = TextIOWrapper(binary, encoding=codec, errors="strict", newline="")
        reader = csv.reader(stream, delimiter=delimiter, strict=True)
        try:
            yield reader
        except UnicodeError as error:
            raise undecodable(path, encoding, first_wrong(path, codec)) from error
        except csv.Error as error:
            where = Where(file=str(path), row=_rows_read(path, codec, delimiter) + 1)
            raise refuse("csv.syntax", msg("This is not valid CSV: %(problem)s.", problem=_words(error)), _cure(error), where) from error


def _rows_read(path: Path, codec: str, delimiter: str) -> int:
    """How many rows can be read before the one that can't: a quotation mark that is opened there may end lines below."""
    count = 0
    with opened(path) as binary, TextIOWrapper(binary, encoding=codec, newline="") as text, suppress(csv.Error):
        for _ in csv.reader(text, delimiter=delimiter, strict=True):
            count += 1
    return count


def _words(error: csv.Error) -> Message:
    text = str(error)
    if "unexpected end of data" in text:
        return msg("a quotation mark is opened in this row and never closed")
    if "expected after" in text:
        return msg("something stands after a closing quotation mark, or one is opened in this row and closed only further below")
    if "field limit" in text:
        return msg("a cell has more than %(n)s characters; perhaps a quotation mark is opened and not closed", n=MAX_CELL)
    return msg("%(problem)s", problem=text)


def _cure(error: csv.Error) -> Message:
    if "NUL" in str(error):
        return _SAVE_AGAIN
    return msg("See that every quotation mark that is opened is closed, then run the command again.")


def _refuse_other_kinds(stream: BinaryIO, path: Path) -> None:
    """One line, where a workbook, a web page or another document was given the name of a CSV file."""
    start, kind = stream.read(4), kind_of(path)
    stream.seek(0)
    hint = msg("Open it in the spreadsheet program and save it as CSV UTF-8; a new name does not make it one.")
    if kind:
        raise refuse("csv.kind", msg("This is %(kind)s, not a CSV file.", kind=kind), hint, Where(file=str(path)))
    if start in (PACKED, BINARY):
        raise refuse("csv.workbook", msg("This is a workbook, not a CSV file."), hint, Where(file=str(path)))


def _check_lines(stream: BinaryIO, path: Path, codec: str) -> None:
    """Refuse what is seen in the bytes before rows are made of them: an endless line, a NUL, and a second file joined to the first."""
    lines, last, plain = 1, b"", "16" not in codec
    while piece := stream.read(MAX_LINE):
        if len(piece) == MAX_LINE and b"\n" not in piece and b"\r" not in piece:
            raise refuse("csv.line", msg("A line has more than %(n)s MB.", n=MAX_LINE // MEGABYTE), msg("Is this a CSV file?"), Where(file=str(path)))
        if plain and b"\0" in piece:
            raise _empty_byte(path, codec, lines + piece.count(b"\n", 0, piece.index(b"\0")))
        if codec == "utf-8-sig" and (b"\xef\xbb\xbf" in piece or last):
            _refuse_joined(path, last, piece, lines)
        lines += piece.count(b"\n")
        last = piece[-3:] if b"\xef" in piece[-3:] or piece.endswith((b"\n", b"\r")) else b""
    stream.seek(0)


def _empty_byte(path: Path, codec: str, line: int) -> Refused:
    """The refusal of a NUL: the text is in another encoding, or it is none."""
    wrong = first_wrong(path, codec)
    if wrong or sixteen(path):
        return undecodable(path, codec, wrong)
    return refuse("csv.nul", msg("The line holds an empty byte (NUL), which no text does."), _SAVE_AGAIN, Where(file=str(path), line=line))


def _refuse_joined(path: Path, last: bytes, piece: bytes, lines: int) -> None:
    if found := _JOINED.search(last + piece):
        line = lines + piece.count(b"\n", 0, max(found.end() - len(last), 0))
        problem = msg("A second file begins in this line: two were joined into one.")
        raise refuse("csv.joined", problem, msg("Import them one by one, or take out the second row of names."), Where(file=str(path), line=line))
