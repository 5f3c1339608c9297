"""The rows of a file with their positions and the answers that are asked for; what could not be placed, by its fault and with its rows."""

from __future__ import annotations

from array import array
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import compress

import numpy as np

from sdgcities.errors import refuse
from sdgcities.findings import Finding, Severity, msg, nmsg
from sdgcities.intake.positions import FAULTS, Fault, Written, fault, position
from sdgcities.model.places import Polygon
from sdgcities.tracks.data.scan.coordinates import Coordinates, texts_of
from sdgcities.tracks.data.scan.description import Parent
from sdgcities.tracks.data.scan.geodesy import Flags, Floats
from sdgcities.tracks.data.scan.mapped_file import MappedFile, mapped_file
from sdgcities.tracks.data.scan.words import limit

MOST_POINTS = 5_000_000
_ROWS_TOLD = 5
_HELD_ONCE = 10_000

Texts = tuple[str, str, str]
"""Latitude, longitude and accuracy."""
Placing = Callable[[int, Sequence[str]], Texts | Fault]


@dataclass
class Records:
    """The rows that have a position. `rows` are their numbers in the file; `answers` are by column, row for row."""

    rows: array[int] = field(default_factory=lambda: array("q"))
    latitude: Floats = field(default_factory=lambda: np.empty(0))
    longitude: Floats = field(default_factory=lambda: np.empty(0))
    answers: dict[str, list[str]] = field(default_factory=dict)
    accuracy: list[str] = field(default_factory=list)
    alike: array[int] = field(default_factory=lambda: array("q"))
    """For each row one number of the answers by which rows are compared: equal answers, equal number."""
    polygons: list[tuple[Polygon, ...]] = field(default_factory=list)
    """The outlines of a file of polygons, row for row; empty where it has points."""
    read: int = 0
    rounded: int = 0
    """Rows whose position has few decimals."""
    faults: Counter[str] = field(default_factory=Counter)
    fault_rows: dict[str, list[tuple[int, Fault]]] = field(default_factory=lambda: defaultdict(list))

    def without(self, keep: Flags) -> None:
        """Leave out the rows that are not to be kept."""
        chosen = keep.tolist()
        self.latitude, self.longitude = self.latitude[keep], self.longitude[keep]
        self.rows, self.alike = array("q", compress(self.rows, chosen)), array("q", compress(self.alike, chosen))
        self.answers = {name: list(compress(cells, chosen)) for name, cells in self.answers.items()}
        self.accuracy = list(compress(self.accuracy, chosen))
        self.polygons = list(compress(self.polygons, chosen))

    def findings(self, file: MappedFile, columns: Sequence[str]) -> Iterator[Finding]:
        """One finding for each kind of fault, with the first of its rows; the cells themselves are never repeated."""
        for kind, count in self.faults.most_common():
            first = self.fault_rows[kind]
            rows = ", ".join(str(row) for row, _ in first) + (", …" if count > len(first) else "")
            told = nmsg("%(problem)s So in %(n)s row: %(rows)s.", "%(problem)s So in %(n)s rows: %(rows)s.", count, problem=first[0][1].message, rows=rows)
            where = file.where(first[0][0], " / ".join(columns) or None)
            code = "scan.position" if kind in FAULTS else "scan.outline"
            yield Finding(code, Severity.NOTE, told, first[0][1].hint, where)


def read_records(
    file: MappedFile, coordinates: Coordinates | None, answers: Sequence[str] = (), alike: Sequence[str] = (), parent: Parent | None = None
) -> Records:
    """Read the rows once. `alike` are the columns by which rows are compared. Without coordinates every row is taken, and none has a position."""
    placing = _placing(file, coordinates, parent)
    accuracy = file.place(coordinates.accuracy) if coordinates and coordinates.accuracy else None
    records, places = Records(answers={name: [] for name in answers}), [(name, file.place(name)) for name in answers]
    compared = [file.place(name) for name in alike]
    outlines = {one.number: one.polygons for one in file.mapped if one.polygons} if coordinates else {}
    latitudes, longitudes = array("d"), array("d")
    written, columns = (coordinates or Coordinates()).written, [(records.answers[name], _Texts()) for name, _ in places]
    cells_at, accuracies = [place for _, place in places], _Texts()
    for number, cells in file.rows():
        records.read += 1
        texts = placing(number, cells)
        found = texts if isinstance(texts, Fault) else position(texts[0], texts[1], written) if coordinates else (np.nan, np.nan)
        if number in outlines:
            found = outlines[number][0][0][0][1], outlines[number][0][0][0][0]
        if isinstance(found, Fault):
            _note(records, number, found)
            continue
        latitudes.append(found[0])
        longitudes.append(found[1])
        records.rows.append(number)
        for (column, known), place in zip(columns, cells_at, strict=True):
            column.append(known[cells[place]])
        if not isinstance(texts, Fault):
            records.rounded += _few_decimals(texts, written)
            records.accuracy.append(accuracies[texts[2] if accuracy is None else cells[accuracy]])
        if compared:
            records.alike.append(hash(tuple([cells[place] for place in compared])))
        if outlines:
            records.polygons.append(outlines.get(number, ()))
    records.latitude, records.longitude = (np.array(degrees, dtype=np.float64) for degrees in (latitudes, longitudes))
    _few_enough(records, file)
    return records


class _Texts(dict[str, str]):
    """Answers without the blanks round them: equal ones are held once, as long as there are few."""

    def __missing__(self, text: str) -> str:
        found = text.strip()
        if len(self) < _HELD_ONCE:
            self[text] = found
        return found


def _placing(file: MappedFile, coordinates: Coordinates | None, parent: Parent | None) -> Placing:
    """How a row says where it lies."""
    if coordinates is None:
        return lambda _row, _cells: ("", "", "")
    if parent is not None:
        return _by_parent(file, coordinates, parent)
    if not coordinates.columns:
        return _by_geometry(file)
    places = [file.place(name) for name in coordinates.columns]
    if coordinates.column:
        return lambda _row, cells: texts_of(coordinates, [cells[places[0]]])
    first, second = places
    return lambda _row, cells: (cells[first], cells[second], "")


def _by_geometry(file: MappedFile) -> Placing:
    features = {one.number: one for one in file.mapped}

    def placed(row: int, _cells: Sequence[str]) -> Texts | Fault:
        one = features[row]
        if one.fault:
            return one.fault
        return (repr(one.point[0]), repr(one.point[1]), "") if one.point else ("", "", "")

    return placed


def _by_parent(file: MappedFile, coordinates: Coordinates, parent: Parent) -> Placing:
    """The position of the record that a row belongs to."""
    records = mapped_file(parent.file)
    positions: dict[str, Texts | Fault] = {}
    for _, cells in records.of((parent.key, *coordinates.columns)):
        positions[cells[0]] = texts_of(coordinates, cells[1:])
    at = file.place(parent.column)
    lost = fault("missing")
    return lambda _row, cells: positions.get(cells[at].strip(), lost)


def _note(records: Records, row: int, found: Fault) -> None:
    records.faults[found.kind] += 1
    if len(records.fault_rows[found.kind]) < _ROWS_TOLD:
        records.fault_rows[found.kind].append((row, found))


def _few_decimals(texts: Texts, written: Written) -> bool:
    """Whether degrees are given roughly; of degrees with minutes nothing is said."""
    mark, few = "," if written is Written.COMMA else ".", limit("decimals")
    return bool(texts[0]) and written is not Written.MINUTES and all(len(text.strip().partition(mark)[2]) <= few for text in texts[:2])


def _few_enough(records: Records, file: MappedFile) -> None:
    if len(records.rows) > MOST_POINTS:
        raise refuse("scan.points", msg("More than %(n)s points.", n=MOST_POINTS), msg("Split the file."), file.where())


def filled(cells: Sequence[str], missing: frozenset[str]) -> Flags:
    """Which rows have an answer."""
    return np.fromiter((bool(cell) and cell not in missing for cell in cells), dtype=bool, count=len(cells))


def metres_of(cells: Sequence[str], read: Callable[[str], str]) -> Floats:
    """The accuracy of each position in metres; not a number where none is given."""
    return np.array([_number(read(text)) for text in cells], dtype=np.float64)


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return float("nan")
