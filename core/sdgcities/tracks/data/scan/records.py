"""The rows of a file with their positions and the answers that are asked for; what could not be placed, by its fault and with its rows."""

from __future__ import annotations

from array import array
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import compress
from math import nan
from operator import itemgetter

import numpy as np

from sdgcities.errors import refuse
from sdgcities.findings import Finding, Severity, msg, nmsg
from sdgcities.intake.portions import portions
from sdgcities.intake.positions import FAULTS, Fault, Position, Written, fault, position
from sdgcities.intake.rings import LATITUDE, LONGITUDE
from sdgcities.model.places import Polygon
from sdgcities.tracks.data.scan.coordinates import Coordinates, texts_of
from sdgcities.tracks.data.scan.description import Parent
from sdgcities.tracks.data.scan.geodesy import Flags, Floats
from sdgcities.tracks.data.scan.mapped_file import MappedFile, Row, mapped_file
from sdgcities.tracks.data.scan.words import limit

MOST_POINTS = 5_000_000
_ROWS_TOLD = 5
_HELD_ONCE = 10_000
_SAME = 1e-6

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
    reading = _Reading(file, coordinates, answers, alike, parent)
    for rows in portions(file.rows()):
        reading.take(rows)
        if len(reading.records.rows) > MOST_POINTS:
            raise refuse("scan.points", msg("More than %(n)s points.", n=MOST_POINTS), msg("Split the file."), file.where())
    return reading.done()


class _Reading:
    """The rows of a file on their way to records, some hundred at a time: with millions of them every step that is taken row by row counts."""

    def __init__(self, file: MappedFile, coordinates: Coordinates | None, answers: Sequence[str], alike: Sequence[str], parent: Parent | None) -> None:
        self.records = Records(answers={name: [] for name in answers})
        self._placing, self._placed = _placing(file, coordinates, parent), coordinates is not None
        self._written = coordinates.written if coordinates else Written.POINT
        self._pair = _plain(file, coordinates, parent)
        self._accuracy = file.place(coordinates.accuracy) if coordinates and coordinates.accuracy else None
        self._columns = [(self.records.answers[name], file.place(name), _Texts()) for name in answers]
        self._alike = itemgetter(*(file.place(name) for name in alike)) if alike else None
        self._outlines = {one.number: one.polygons for one in file.mapped if one.polygons} if coordinates else {}
        self._latitudes, self._longitudes, self._accuracies = array("d"), array("d"), _Texts()

    def take(self, rows: Sequence[Row]) -> None:
        """Some more rows: those that have a position are kept."""
        self.records.read += len(rows)
        kept = rows if self._place_all(rows) else [row for row in rows if self._place(*row)]
        cells = [row[1] for row in kept]
        self.records.rows.extend([row[0] for row in kept])
        for column, place, known in self._columns:
            column.extend([known[row[place]] for row in cells])
        if self._accuracy is not None:
            self.records.accuracy.extend([self._accuracies[row[self._accuracy]] for row in cells])
        if self._alike:
            self.records.alike.extend(map(hash, map(self._alike, cells)))
        if self._outlines:
            self.records.polygons.extend([self._outlines.get(row[0], ()) for row in kept])

    def done(self) -> Records:
        """What was read."""
        latitude, longitude = np.array(self._latitudes), np.array(self._longitudes)
        if not self._written.lettered:
            points = ~np.fromiter(map(bool, self.records.polygons), dtype=bool) if self._outlines else np.ones(len(latitude), dtype=bool)
            self.records.rounded = int(np.sum(_rough(latitude) & _rough(longitude) & points))
        self.records.latitude, self.records.longitude = latitude, longitude
        return self.records

    def _place_all(self, rows: Sequence[Row]) -> bool:
        """Whether every one of the rows has two plain numbers on the Earth, which are kept: what most rows of most files have."""
        if self._pair is None:
            return False
        latitudes, longitudes = ([cells[place] for _, cells in rows] for place in self._pair)
        try:
            up, across = np.array(list(map(float, latitudes))), np.array(list(map(float, longitudes)))
        except ValueError:
            return False
        on_earth = (np.abs(up) <= LATITUDE) & (np.abs(across) <= LONGITUDE) & ((up != 0) | (across != 0))
        if not on_earth.all() or "_" in "".join((*latitudes, *longitudes)):
            return False
        self._latitudes.frombytes(up.tobytes())
        self._longitudes.frombytes(across.tobytes())
        if self._accuracy is None:
            self.records.accuracy.extend([""] * len(rows))
        return True

    def _place(self, number: int, cells: Sequence[str]) -> bool:
        """Whether the row has a position, which is kept; its fault is noted otherwise."""
        texts = self._placing(number, cells)
        if number in self._outlines:
            longitude, latitude = self._outlines[number][0][0][0]
            found: Position | Fault = (latitude, longitude)
        elif isinstance(texts, Fault):
            found = texts
        else:
            found = position(texts[0], texts[1], self._written) if self._placed else (nan, nan)
        if isinstance(found, Fault):
            _note(self.records, number, found)
            return False
        self._latitudes.append(found[0])
        self._longitudes.append(found[1])
        if self._accuracy is None and not isinstance(texts, Fault):
            self.records.accuracy.append(self._accuracies[texts[2]])
        return True


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
    """The position of the record that a row belongs to: of several with one key the first, and of none where the row names none."""
    records = mapped_file(parent.file)
    positions: dict[str, Texts | Fault] = {}
    for _, cells in records.of((parent.key, *coordinates.columns)):
        if cells[0]:
            positions.setdefault(cells[0], texts_of(coordinates, cells[1:]))
    at = file.place(parent.column)
    lost = fault("missing")
    return lambda _row, cells: positions.get(cells[at].strip(), lost)


def _note(records: Records, row: int, found: Fault) -> None:
    records.faults[found.kind] += 1
    if len(records.fault_rows[found.kind]) < _ROWS_TOLD:
        records.fault_rows[found.kind].append((row, found))


def _plain(file: MappedFile, coordinates: Coordinates | None, parent: Parent | None) -> tuple[int, int] | None:
    """Where latitude and longitude stand, if each row itself says where it lies, in two columns of degrees with a point."""
    if coordinates is None or parent is not None or not coordinates.latitude or coordinates.written is not Written.POINT:
        return None
    return file.place(coordinates.latitude), file.place(coordinates.longitude)


def _rough(degrees: Floats) -> Flags:
    """Which degrees have few decimals."""
    scaled = degrees * 10 ** limit("decimals")
    rough: Flags = np.abs(scaled - np.rint(scaled)) < _SAME
    return rough


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
