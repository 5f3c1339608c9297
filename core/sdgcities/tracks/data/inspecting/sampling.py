"""The beginning of a file as rows of cells, whatever its format."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, cast

from sdgcities.errors import Refused, refuse
from sdgcities.findings import Message, Where, msg
from sdgcities.intake.csv import read_cells
from sdgcities.intake.encodings import detect
from sdgcities.intake.json import load_json
from sdgcities.intake.records import KEY, Record, columns_of, is_list, joined
from sdgcities.intake.renamed import renamed
from sdgcities.intake.workbook import MAX_BYTES, Workbook, as_text, is_workbook
from sdgcities.tracks.data.inspecting.cells import STORED, Row
from sdgcities.tracks.data.inspecting.delimiters import DELIMITERS, Delimiter, find_delimiter
from sdgcities.tracks.data.inspecting.periods import is_period

if TYPE_CHECKING:
    from sdgcities.intake.workbook import Scalar

MAX_ROWS = 20_000
MAX_CELLS = 500_000
_FEW = 12
"""Objects of a list in which further lists are looked for: an office packs one table, or a few, into a list."""
_TRIED = 200
"""Rows by which the mark between the columns is told."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """The rows of a sheet, of a CSV file or of the records of a JSON or XML file. `whole` where nothing was left out."""

    name: str
    rows: tuple[Row, ...]
    whole: bool = True
    hidden: bool = False
    pointer: str = ""
    nested: tuple[str, ...] = ()
    """Keys of records whose values are lists or objects."""
    percent: frozenset[tuple[int, int]] = frozenset()
    """Cells of a workbook, by row and by column from 0, that show a ratio as per cent."""


@dataclass(frozen=True, slots=True)
class Sample:
    """What of a file is looked at. `encodings` are several where the bytes can be read in several ways, none where it is no text; the first is read here."""

    format: str
    sheets: tuple[Sheet, ...]
    encodings: tuple[str, ...] = ()
    evidence: Message | None = None
    delimiter: Delimiter = field(default_factory=lambda: Delimiter(""))


def sample(path: Path, encoding: str = "") -> Sample:
    """The beginning of a table, of a text read in the `encoding` if one is given. Refused where the file can't be read, or is no table."""
    if is_workbook(path):
        return _workbook(path)
    suffix = path.suffix.casefold()
    if suffix in (".json", ".geojson", ".topojson", ".xml"):
        try:
            return _records(path, "xml" if suffix == ".xml" else "json")
        except Refused as error:
            raise renamed(path) or error from error
    if suffix in ("", ".csv", ".tsv", ".txt", ".tab"):
        return _text(path, encoding)
    if told := renamed(path):
        raise told
    hint = msg("Tables are read from .csv, .tsv, .xlsx, .xls, .ods, .json and .xml.")
    raise refuse("inspect.kind", msg("This is no table that can be looked at."), hint, Where(file=str(path)))


def _text(path: Path, encoding: str) -> Sample:
    found = detect(path)
    encodings = (found.encoding,) if found.encoding else tuple(sorted(found.candidates, key=lambda one: one != encoding))
    split = {mark: _rows(path, encodings[0], mark, _TRIED) for mark in DELIMITERS}
    delimiter = find_delimiter(split)
    if all(rows is None for rows in split.values()):
        next(read_cells(path, encodings[0], ","), None)
        list(islice(read_cells(path, encodings[0], ","), _TRIED))
    rows, whole = _limited(read_cells(path, encodings[0], delimiter.mark or ","))
    return Sample("csv", (Sheet("", rows, whole),), encodings, found.evidence, delimiter)


def _rows(path: Path, encoding: str, delimiter: str, most: int) -> list[Row] | None:
    try:
        return list(islice(read_cells(path, encoding, delimiter), most))
    except Refused:  # a quotation mark that does not close, with this mark between the columns
        return None


def _workbook(path: Path) -> Sample:
    book = Workbook(path)
    sheets = []
    for name in book.sheets:
        rows, whole = _limited(book.rows(name, STORED))
        sheets.append(Sheet(name, rows, whole, name in book.hidden, percent=book.percent(name)))
    return Sample("xlsx", tuple(sheets))


def _limited(rows: Iterator[Row]) -> tuple[tuple[Row, ...], bool]:
    """The first rows, as many as can be looked at in a moment; and whether these are all."""
    taken, cells = list[Row](), 0
    for row in rows:
        if len(taken) >= MAX_ROWS or cells > MAX_CELLS:
            return tuple(taken), False
        taken.append(row)
        cells += len(row[1])
    return tuple(taken), True


def _records(path: Path, kind: str) -> Sample:
    if kind == "xml":
        from sdgcities.intake.xml import load_xml  # noqa: PLC0415 - only where XML is read

        data = load_xml(path, MAX_BYTES)
    else:
        data = load_json(path, MAX_BYTES)
    if isinstance(data, Mapping) and data.get("type") in ("FeatureCollection", "Topology"):
        hint = msg("Boundaries are taken in by: sdgcities unit boundary import.")
        raise refuse("inspect.map", msg("This is a map, not a table of figures."), hint, Where(file=str(path)))
    lists = sorted(_lists(data, ""), key=lambda pair: -len(pair[1]))
    if not lists:
        hint = msg("A table is a list of objects that have the same keys.")
        raise refuse("inspect.records", msg("There is no list of objects in the file."), hint, Where(file=str(path)))
    return Sample(kind, tuple(_listed(pointer, records, str(path)) for pointer, records in lists))


def _lists(data: object, pointer: str) -> Iterator[tuple[str, Sequence[Record]]]:
    """Every list of objects that stands in objects, or in those of a short list, with its JSON Pointer; lists under years or the like are one."""
    if isinstance(data, list) and data and is_list(data):
        yield pointer, data
        if len(data) <= _FEW:
            for number, entry in enumerate(data):
                yield from _lists(entry, f"{pointer}/{number}")
    elif isinstance(data, Mapping) and _by_key(data):
        yield f"{pointer}/{KEY}", joined(data)
    elif isinstance(data, Mapping):
        for key, value in data.items():
            yield from _lists(value, f"{pointer}/{str(key).replace('~', '~0').replace('/', '~1')}")


def _by_key(data: Mapping[str, object]) -> bool:
    """Whether every key has a list of objects, and the keys are periods, or the objects the same under several of them."""
    if not data or not any(data.values()) or not all(map(is_list, data.values())):
        return False
    keys = [frozenset(records[0]) for records in cast("Mapping[str, Sequence[Record]]", data).values() if records]
    return all(map(is_period, data)) or (len(keys) > 1 and len(set(keys)) == 1)


def _listed(pointer: str, records: Sequence[Record], file: str) -> Sheet:
    """Records as a table: their keys are the header, row 0, and the first record is row 1, as an import counts them."""
    header = list(columns_of(records[:MAX_ROWS], file))
    nested = tuple(dict.fromkeys(str(key) for record in records[:MAX_ROWS] for key, value in record.items() if isinstance(value, (list, Mapping))))

    def rows() -> Iterator[Row]:
        yield 0, header
        for number, record in enumerate(records, start=1):
            yield number, ["" if name in nested else as_text(cast("Scalar", record.get(name)), STORED) for name in header]

    taken, whole = _limited(rows())
    return Sheet(pointer, taken, whole, pointer=pointer, nested=nested)
