"""A file counted by a description: read, placed, cleared of what came twice, counted for each area. Nothing is stored here."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import shapely

from sdgcities.errors import Refused, refuse
from sdgcities.findings import Finding, Message, Severity, Where, msg, nmsg
from sdgcities.intake.files import sha256_of
from sdgcities.model.disclosure import THRESHOLD
from sdgcities.registry.catalogue import Catalogue
from sdgcities.tracks.data.reading.numbers import reader_of
from sdgcities.tracks.data.scan.access import access_cells
from sdgcities.tracks.data.scan.areas import Areas, areas_of
from sdgcities.tracks.data.scan.assigning import NOWHERE, Numbers, assign, overlaps, points_in, shapes_of
from sdgcities.tracks.data.scan.by_name import by_name
from sdgcities.tracks.data.scan.coordinates import Coordinates, find_coordinates
from sdgcities.tracks.data.scan.counting import Cell, Counted
from sdgcities.tracks.data.scan.description import ALL, WITH_POINTS, Scan
from sdgcities.tracks.data.scan.doubtful import swapped
from sdgcities.tracks.data.scan.geodesy import area_km2
from sdgcities.tracks.data.scan.hiding import NOTHING, Hidden, hidden_in
from sdgcities.tracks.data.scan.mapped_file import MappedFile, cells_of, opened_file
from sdgcities.tracks.data.scan.personal import KINDS, about_homes, suspects
from sdgcities.tracks.data.scan.records import Records, metres_of, read_records
from sdgcities.tracks.data.scan.repeated import same_identity, same_place

METHOD, VERSION = "city-scan", "1.0"
LOOKED_AT = 5_000
"""Rows by which personal columns are told."""
_SHOWN = 8


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
        _check_personal(self._file, self._scan)
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
        self._findings += records.findings(self._file, coordinates.columns if coordinates else ())
        drawn = [number for number, polygons in enumerate(records.polygons) if polygons]
        if drawn:
            outlines = [shapely.MultiPolygon([(one[0], one[1:]) for one in records.polygons[number]]) for number in drawn]
            records.latitude[drawn], records.longitude[drawn] = points_in(outlines)
        return records

    def _leave_out_poor(self, records: Records) -> None:
        if not self._scan.accuracy:
            return
        together = self._scan.coordinates is not None and self._scan.accuracy == self._scan.coordinates.column
        cells = records.accuracy if together else records.answers[self._scan.accuracy]
        poor = metres_of(cells, reader_of(self._scan.numbers)) > self._scan.accuracy_most
        self._counts["inaccurate"] = int(poor.sum())
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
                yield from access_cells(one, records.latitude[chosen], records.longitude[chosen], shapes, covered)
            else:
                yield from counted.cells(one, lambda area: km2[area])
        self._unread = list(_unread(counted, self._file))


def check_rows(file: MappedFile) -> None:
    """Refuse a file that names its columns, and has nothing in them."""
    if next(file.rows(), None) is None:
        raise refuse("scan.empty", msg("The file has the names of its columns, and no row below them."), msg("Export it again."), file.where())


def no_coordinates(file: MappedFile) -> Refused:
    """Why a file can't be placed, and what can be done all the same."""
    found = find_coordinates(file, cells_of(file, LOOKED_AT))
    if found.chosen:
        told = msg("The description does not say how rows are placed; the file has coordinates: %(names)s.", names=", ".join(found.chosen.columns))
        return refuse("scan.coordinates", told, msg("Write them under coordinates."), file.where())
    told = msg("The file has no coordinates.")
    if found.named and not found.projected:
        told = msg("%(names)s are called like coordinates, and hold no degrees that can be read.", names=" / ".join(found.named))
        return refuse("scan.coordinates", told, msg("Write degrees with a decimal point, such as 5.6037."), file.where())
    if found.projected:
        told = msg("The file has no degrees: %(names)s look like metres of a projected system.", names=", ".join(found.projected))
    hint = msg(
        "Where a column names units, write under units: column; otherwise ask for the file with its positions. Its columns are: %(names)s.",
        names=", ".join(file.columns[:_SHOWN]) + (", …" if len(file.columns) > _SHOWN else ""),
    )
    return refuse("scan.coordinates", told, hint, file.where())


def _check_personal(file: MappedFile, scan: Scan) -> None:
    """Refuse to look at a column that seems personal, unless it is kept on purpose; and to show where people live."""
    placed_by = scan.coordinates.columns if scan.coordinates else ()
    sample = cells_of(file, LOOKED_AT)
    found = suspects(sample, placed_by)
    findings = []
    for one in found:
        if one.column in scan.answers and one.column not in scan.kept:
            told = msg("%(column)s may hold %(what)s: %(because)s. It is left out.", column=one.column, what=Message(KINDS[one.kind]), because=one.because())
            hint = msg("Take it out of the description; or, if it must be used, say why: --keep %(column)s=REASON.", column=f'"{one.column}"')
            findings.append(Finding("scan.personal", Severity.BLOCK, told, hint, file.where(column=one.column)))
    home = about_homes(file.columns, found)
    if scan.publish_points and home and home not in scan.kept:
        told = msg("The points may be where people live (%(column)s): a map of them shows homes.", column=home)
        hint = msg("Take publish_points out; or say why: --keep %(column)s=REASON.", column=f'"{home}"')
        findings.append(Finding("scan.homes", Severity.BLOCK, told, hint, file.where(column=home)))
    unknown = [name for name in scan.kept if name not in file.columns]
    findings += [Finding("scan.column", Severity.BLOCK, msg("The file has no column %(name)s.", name=name), None, file.where()) for name in unknown]
    if findings:
        raise Refused(findings)


def _covered(scan: Scan, areas: Areas, place: Numbers) -> tuple[int, ...]:
    """The areas that people went through, in their order."""
    if scan.covered == ALL:
        return tuple(range(len(areas.areas)))
    if scan.covered == WITH_POINTS:
        return tuple(sorted({*place.tolist()} - {NOWHERE}))
    known = {area.id: number for number, area in enumerate(areas.areas)}
    if lost := [code for code in scan.covered if code not in known]:
        told = msg("No area is called %(names)s.", names=", ".join(lost[:_SHOWN]))
        raise refuse("scan.covered", told, msg("Areas are: %(names)s.", names=", ".join(list(known)[:_SHOWN])), Where(file=str(scan.path)))
    return tuple(sorted(known[code] for code in scan.covered))


def _unread(counted: Counted, file: MappedFile) -> Iterator[Finding]:
    for column, rows in counted.unread.items():
        listed = ", ".join(map(str, rows[:_SHOWN])) + (", …" if len(rows) > _SHOWN else "")
        told = nmsg("%(n)s cell is no number: row %(rows)s.", "%(n)s cells are no numbers: rows %(rows)s.", len(rows), rows=listed)
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
