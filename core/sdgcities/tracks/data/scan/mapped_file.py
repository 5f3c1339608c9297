"""A file of what people mapped, whatever its format, as columns and rows of text: only the columns that are asked for are ever held."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Protocol

from sdgcities.errors import Refused, refuse
from sdgcities.findings import Message, Where, msg
from sdgcities.intake.csv import read_cells, wrong_width
from sdgcities.intake.encodings import detect
from sdgcities.intake.geojson_places import Mapped, mapped_in
from sdgcities.intake.workbook import Workbook, is_workbook
from sdgcities.tracks.data.importing.contents import ARCHIVE, contents_of
from sdgcities.tracks.data.inspecting.delimiters import DELIMITERS, find_delimiter
from sdgcities.tracks.data.scan.words import called, column_words

MAX_COLUMNS = 5_000
"""Of a questionnaire with a column for every answer that can be ticked."""
_TRIED = 200
GEOJSON = (".geojson", ".json")
_TEXT = ("", ".csv", ".tsv", ".txt", ".tab")

Row = tuple[int, Sequence[str]]


class _Rows(Protocol):
    def __call__(self) -> Iterator[Row]: ...


@dataclass(frozen=True)
class MappedFile:
    """A file that was looked into. `mapped` are the features of a GeoJSON file; other files place their rows by columns."""

    path: Path
    format: str
    columns: tuple[str, ...]
    read: _Rows
    """Begins to read the rows anew each time."""
    sheet: str = ""
    encodings: tuple[str, ...] = ()
    evidence: Message | None = None
    mapped: tuple[Mapped, ...] = ()
    renamed: tuple[str, ...] = ()
    """Columns whose name another column before them has as well, as they are called here."""
    name: str = ""
    """What the file is called inside its archive."""
    others: tuple[str, ...] = ()
    """Further tables of the archive: those of questions that were asked repeatedly."""

    def rows(self) -> Iterator[Row]:
        """Every row below the names of the columns, with its number in the file; of GeoJSON every feature."""
        return self.read()

    def of(self, wanted: Sequence[str]) -> Iterator[Row]:
        """The same with the cells of these columns only. Refused where the file has no such column."""
        places = [self.place(name) for name in wanted]
        return ((number, [cells[place].strip() for place in places]) for number, cells in self.rows())

    def place(self, column: str) -> int:
        """Where a column stands, from 0."""
        try:
            return self.columns.index(column)
        except ValueError:
            close = ", ".join(name for name in self.columns if column.casefold() in name.casefold()) or ", ".join(self.columns[:12])
            raise refuse("scan.column", msg("The file has no column %(name)s.", name=column), msg("It has: %(names)s.", names=close), self.where()) from None

    def where(self, row: int | None = None, column: str | None = None) -> Where:
        """A place in the file."""
        return Where(file=str(self.path), sheet=self.sheet or None, row=row, column=column)


@contextmanager
def opened_file(path: Path, sheet: str = "", encoding: str = "") -> Iterator[MappedFile]:
    """A file of any of the formats; of an archive the table of the records themselves. Refused where it can't be read, or is none of them."""
    if path.suffix.casefold() != ARCHIVE:
        yield mapped_file(path, sheet, encoding)
        return
    with contents_of(path) as contents:
        read = {part.name: mapped_file(part.path, sheet, encoding) for part in contents.tables}
        main = [name for name, one in read.items() if not any(called(column, column_words().parent) for column in one.columns)]
        if len(main) != 1:
            hint = msg("Unpack it and name one of: %(names)s.", names=", ".join(read))
            raise refuse("scan.archive", msg("Which table of the archive is meant can't be told."), hint, Where(file=str(path)))
        one = read[main[0]]
        yield replace(one, path=path, name=main[0], others=tuple(name for name in read if name != main[0]))


def mapped_file(path: Path, sheet: str = "", encoding: str = "") -> MappedFile:
    """One plain file of any of the formats."""
    suffix = path.suffix.casefold()
    if is_workbook(path):
        return _workbook(path, sheet)
    if sheet:
        hint = msg("Only a workbook has sheets: leave it out.")
        raise refuse("scan.sheet", msg("There is no sheet %(name)s.", name=sheet), hint, Where(file=str(path)))
    if suffix in GEOJSON:
        return _features(path)
    if suffix in _TEXT:
        return _text(path, encoding)
    hint = msg("Read are .csv, .tsv, .xlsx, .xls, .ods, .geojson, and a .zip with such tables.")
    raise refuse("scan.kind", msg("This is no file of points that can be read."), hint, Where(file=str(path)))


def _features(path: Path) -> MappedFile:
    mapped = tuple(mapped_in(path))
    names = tuple(dict.fromkeys(name for one in mapped for name in one.answers))
    _few_enough(len(names), Where(file=str(path)))

    def rows() -> Iterator[Row]:
        return ((one.number, [one.answers.get(name, "") for name in names]) for one in mapped)

    return MappedFile(path, "geojson", names, rows, mapped=mapped)


def _workbook(path: Path, wanted: str) -> MappedFile:
    book = Workbook(path)
    seen = [name for name in book.sheets if name not in book.hidden] or list(book.sheets)
    if wanted and wanted not in book.sheets:
        raise refuse("scan.sheet", msg("There is no sheet %(name)s.", name=wanted), msg("It has: %(names)s.", names=", ".join(book.sheets)), Where(str(path)))
    sheet = wanted or seen[0]
    where = Where(file=str(path), sheet=sheet)
    header = next(((number, cells) for number, cells in book.rows(sheet) if any(cells)), None)
    if header is None:
        raise refuse("scan.empty", msg("The sheet is empty."), msg("Name another: --sheet NAME."), where)
    width = max((place + 1 for place, cell in enumerate(header[1]) if cell.strip()), default=0)
    columns, renamed = _named(header[1][:width], where)

    def rows() -> Iterator[Row]:
        for number, cells in book.rows(sheet):
            if number > header[0] and any(cells):
                yield number, [*cells[:width], *[""] * (width - len(cells))]

    return MappedFile(path, "xlsx", columns, rows, sheet, renamed=renamed)


def _text(path: Path, wanted: str) -> MappedFile:
    found = detect(path)
    encodings = (wanted,) if wanted else (found.encoding,) if found.encoding else found.candidates
    split = {mark: _first_rows(path, encodings[0], mark) for mark in DELIMITERS}
    delimiter = find_delimiter(split).mark or ","
    read = partial(read_cells, path, encodings[0], delimiter, MAX_COLUMNS)
    header = next((cells for _, cells in read() if any(cells)), None)
    where = Where(file=str(path), row=1)
    if header is None:
        raise refuse("scan.empty", msg("The file has no row with anything in it."), msg("Export it again."), where)
    columns, renamed = _named(header, where)

    def rows() -> Iterator[Row]:
        below = False
        for number, cells in read():
            if below and len(cells) == len(columns):
                if any(cells):
                    yield number, cells
            elif any(cells):
                if below:
                    raise wrong_width(path, number, len(cells), len(columns))
                below = True

    return MappedFile(path, "csv", columns, rows, "", encodings, found.evidence, renamed=renamed)


def _first_rows(path: Path, encoding: str, mark: str) -> list[tuple[int, list[str]]] | None:
    try:
        return list(islice(read_cells(path, encoding, mark, MAX_COLUMNS), _TRIED))
    except Refused as error:
        if error.findings[0].code == "csv.limits":
            raise
        return None  # a quotation mark that does not close, with this mark between the columns


def _named(header: Sequence[str], where: Where) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The names of the columns, each its own; and those that had to be given another."""
    _few_enough(len(header), where)
    seen, names, renamed = Counter[str](), list[str](), list[str]()
    for place, cell in enumerate(header, start=1):
        name = " ".join(cell.split()) or f"({place})"
        seen[name] += 1
        if seen[name] > 1:
            name = f"{name} ({seen[name]})"
            renamed.append(name)
        names.append(name)
    return tuple(names), tuple(renamed)


def _few_enough(columns: int, where: Where) -> None:
    if columns > MAX_COLUMNS:
        hint = msg("Is this the right file? Export it without a column for each answer that can be ticked.")
        raise refuse("scan.columns", msg("More than %(n)s columns.", n=MAX_COLUMNS), hint, where)


def cells_of(file: MappedFile, rows: int) -> Mapping[str, list[str]]:
    """The first rows, column by column."""
    first = list(islice(file.rows(), rows))
    return {name: [cells[place].strip() for _, cells in first] for place, name in enumerate(file.columns)}
