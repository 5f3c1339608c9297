"""A file counted by a description: read, placed, cleared of what came twice, counted for each area. Nothing is stored here."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import shapely

from sdgcities.errors import Refused, refuse
from sdgcities.findings import Finding, Severity, Where, msg, nmsg
from sdgcities.intake.files import sha256_of
from sdgcities.model.disclosure import THRESHOLD
from sdgcities.registry.catalogue import Catalogue
from sdgcities.tracks.data.inspecting.asking import named
from sdgcities.tracks.data.reading.numbers import reader_of
from sdgcities.tracks.data.scan.access import access_cells
from sdgcities.tracks.data.scan.areas import Areas, areas_of
from sdgcities.tracks.data.scan.assigning import NOWHERE, Numbers, assign, overlaps, place_outlines, shapes_of
from sdgcities.tracks.data.scan.by_name import by_name
from sdgcities.tracks.data.scan.coordinates import Coordinates
from sdgcities.tracks.data.scan.counting import Cell, Counted
from sdgcities.tracks.data.scan.description import ALL, WITH_POINTS, Scan
from sdgcities.tracks.data.scan.doubtful import swapped
from sdgcities.tracks.data.scan.geodesy import area_km2
from sdgcities.tracks.data.scan.hiding import NOTHING, Hidden, hidden_in
from sdgcities.tracks.data.scan.mapped_file import MappedFile, opened_file
from sdgcities.tracks.data.scan.records import Records, metres_of, read_records
from sdgcities.tracks.data.scan.refusals import check_personal, check_rows, no_coordinates
from sdgcities.tracks.data.scan.repeated import same_identity, same_place

METHOD, VERSION = "city-scan", "1.0"


@dataclass(frozen=True)
class Scanned:
    """What came of it. `counts` says how many rows were read, placed, left out; `points` are the positions, for a map, where they may go out.

    The figures are exact; `going_out` is what may be shown to others.
    """

    path: Path
    sha256: str
    scan: Scan
    areas: Areas
    covered: tuple[int, ...]
    cells: tuple[Cell, ...]
    km2: tuple[float | None, ...]
    counts: dict[str, int]
    findings: tuple[Finding, ...]
    points: tuple[tuple[float, float], ...] = ()
    hidden: Hidden = NOTHING
    threshold: int = THRESHOLD

    def going_out(self) -> Scanned:
        """The same without what somebody could be known by. Where anything is hidden, no point goes out: points can be counted."""
        if not self.hidden.values:
            return self
        cells = tuple(self.hidden.cell(place, cell) for place, cell in enumerate(self.cells))
        return replace(self, cells=cells, counts={} if self.hidden.counted else self.counts, points=(), hidden=NOTHING)


def run_scan(catalogue: Catalogue, path: Path, scan: Scan, wanted: str = "") -> Scanned:
    """Count a file by a description; `wanted` are areas that go before those of the description. Raises Refused."""
    with opened_file(path, scan.sheet, scan.encoding) as file:
        return _Run(catalogue, file, scan, wanted or _beside(scan)).done(path)


def _beside(scan: Scan) -> str:
    """The areas of the description; a file of them lies beside it."""
    beside = scan.path.parent / scan.areas
    return str(beside) if scan.areas and beside.is_file() else scan.areas


class _Run:
    """One file on its way to figures."""

    def __init__(self, catalogue: Catalogue, file: MappedFile, scan: Scan, wanted: str) -> None:
        self._catalogue, self._file, self._scan, self._wanted = catalogue, file, scan, wanted
        self._findings: list[Finding] = []
        self._counts: dict[str, int] = {}

    def done(self, path: Path) -> Scanned:
        """All of it."""
        check_rows(self._file)
        check_personal(self._file, self._scan)
        records = self._read()
        self._counts = {"read": records.read, "without_position": records.read - len(records.rows)}
        self._leave_out_poor(records)
        areas, place, shapes = self._placed(records)
        place = self._without_twice(records, place)
        self._check_any(place, shapes, records)
        self._counts |= {"outside": int(np.sum(place == NOWHERE)), "counted": int(np.sum(place != NOWHERE))}
        covered = _covered(self._scan, areas, place)
        km2 = tuple(area_km2(area.polygons) if area.polygons else None for area in areas.areas)
        cells = tuple(self._cells(records, place, areas, covered, km2, shapes))
        threshold = self._catalogue.hub.config.threshold
        hidden = hidden_in(cells, self._counts["counted"], threshold)
        self._findings += [*areas.findings, *self._unread, *_small(hidden, threshold, self._file.where())]
        points = tuple(zip(records.latitude.tolist(), records.longitude.tolist(), strict=True)) if self._scan.publish_points else ()
        return Scanned(path, sha256_of(path), self._scan, areas, covered, cells, km2, self._counts, tuple(self._findings), points, hidden, threshold)

    def _read(self) -> Records:
        scan, coordinates = self._scan, self._scan.coordinates
        if coordinates is None and scan.units is None:
            if not any(one.point or one.polygons or one.fault for one in self._file.mapped):
                raise no_coordinates(self._file)
            coordinates = Coordinates()
        records = read_records(self._file, coordinates, scan.answers, scan.duplicates.same, scan.parent)
        faults = [*records.findings(self._file, coordinates.columns if coordinates else ())]
        if faults and not records.rows:
            raise Refused([replace(faults[0], severity=Severity.BLOCK)])
        self._findings += faults
        place_outlines(records)
        return records

    def _leave_out_poor(self, records: Records) -> None:
        if not self._scan.accuracy:
            return
        together = self._scan.coordinates is not None and self._scan.accuracy == self._scan.coordinates.column
        cells = records.accuracy if together else records.answers[self._scan.accuracy]
        poor = metres_of(cells, reader_of(self._scan.numbers)) > self._scan.accuracy_most
        self._counts["inaccurate"] = int(poor.sum())
        if poor.all():
            told = msg("No row is left: all positions are less accurate than %(most)s metres.", most=f"{self._scan.accuracy_most:g}")
            raise refuse("scan.accuracy", told, msg("Write more metres under accuracy, or take it out."), self._file.where(column=self._scan.accuracy))
        records.without(~poor)

    def _placed(self, records: Records) -> tuple[Areas, Numbers, list[shapely.MultiPolygon]]:
        scan, where = self._scan, self._file.where()
        if scan.units is not None:
            areas, place = by_name(self._catalogue, scan.units, records.answers[scan.units.column], scan.period, where)
            return areas, place, shapes_of(areas.areas)
        areas = areas_of(self._catalogue, self._wanted, where)
        shapes = shapes_of(areas.areas)
        self._findings += overlaps(areas.areas, shapes, where)
        return areas, assign(records.latitude, records.longitude, shapes), shapes

    def _without_twice(self, records: Records, place: Numbers) -> Numbers:
        """The places without those of rows that are one record with an earlier one, unless the description keeps them all."""
        said, found = self._scan.duplicates, np.zeros(len(records.rows), dtype=bool)
        if said.identity:
            found |= same_identity(records, records.answers[said.identity]).rows
            if not any(said.identity in one.columns for one in self._scan.measures):
                del records.answers[said.identity]  # a million identities are a quarter of what is held
        if said.within is not None and self._scan.units is None:
            found |= same_place(records, said.within).rows
        self._counts["twice"] = int(found.sum())
        if not said.drop:
            return place
        records.without(~found)
        return place[~found]

    def _check_any(self, place: Numbers, shapes: Sequence[shapely.MultiPolygon], records: Records) -> None:
        """Refuse where nothing lies in any area: then something is wrong with the whole file."""
        if (place != NOWHERE).any():
            return
        if self._scan.units is not None:
            told, hint = (
                msg("No row names a unit of the hub."),
                msg("Add the names: sdgcities unit alias add. The column: %(name)s.", name=self._scan.units.column),
            )
        else:
            told = nmsg("The one point lies in none of the areas.", "None of the %(n)s points lies in an area.", len(place))
            otherwise = int(np.sum(assign(records.longitude, records.latitude, shapes) != NOWHERE))
            turned = list(swapped(0, otherwise, len(place), self._file))
            hint = turned[0].hint or told if turned else msg("Bring the areas where they lie: --areas FILE.geojson.")
        raise Refused([*self._findings, *refuse("scan.outside", told, hint, self._file.where()).findings])

    def _cells(self, records: Records, place: Numbers, areas: Areas, covered: tuple[int, ...], km2: Sequence[float | None],
               shapes: Sequence[shapely.MultiPolygon]) -> Iterator[Cell]:  # fmt: skip
        counted = Counted(self._scan, records, place, len(areas.areas), covered, self._file.where())
        for one in self._scan.measures:
            if one.does == "access":
                if self._scan.units is not None:
                    raise refuse("scan.access", msg("Access needs positions: the file names units only."), None, self._file.where())
                chosen, _ = counted.meets(one.where)
                yield from access_cells(one, records.latitude[chosen], records.longitude[chosen], shapes, covered, self._findings)
            else:
                yield from counted.cells(one, lambda area: km2[area])
        self._unread = list(_unread(counted, self._file))


def _covered(scan: Scan, areas: Areas, place: Numbers) -> tuple[int, ...]:
    """The areas that people went through, in their order."""
    if scan.covered == ALL:
        return tuple(range(len(areas.areas)))
    if scan.covered == WITH_POINTS:
        return tuple(sorted({*place.tolist()} - {NOWHERE}))
    known = {area.id: number for number, area in enumerate(areas.areas)}
    if lost := [code for code in scan.covered if code not in known]:
        told = msg("No area is called %(names)s.", names=named(lost))
        raise refuse("scan.covered", told, msg("Areas are: %(names)s.", names=named(known)), Where(file=str(scan.path)))
    return tuple(sorted(known[code] for code in scan.covered))


def _unread(counted: Counted, file: MappedFile) -> Iterator[Finding]:
    for column, rows in counted.unread.items():
        told = nmsg("%(n)s cell is no number: row %(rows)s.", "%(n)s cells are no numbers: rows %(rows)s.", len(rows), rows=named(map(str, rows)))
        hint = msg("They are counted as missing. Where it is a mark for no answer, list it under missing; numbers with a comma: numbers.")
        yield Finding("scan.number", Severity.NOTE, told, hint, file.where(rows[0], column))


def _small(hidden: Hidden, threshold: int, where: Where) -> Iterator[Finding]:
    """Counts of people so small that somebody could be known by them, and what is hidden with them."""
    if not hidden.values:
        return
    told = nmsg("%(n)s result rests on fewer than %(least)s people.", "%(n)s results rest on fewer than %(least)s people.", len(hidden.small), least=threshold)
    hint = nmsg(
        "What -o writes leaves %(n)s result empty, so that nobody is known by it; what --store stores stays exact.",
        "What -o writes leaves %(n)s results empty, so that nobody is known by them; what --store stores stays exact.",
        len(hidden.values),
    )
    yield Finding("scan.small", Severity.NOTE, told, hint, where)
