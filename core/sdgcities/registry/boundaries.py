"""Boundaries that an office gave the hub: matched with units, stored as a batch of their own, and put before the plugins' on maps."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from sqlalchemy import Connection, func, insert, select

from sdgcities.errors import refuse
from sdgcities.findings import Finding, Message, Severity, Where, mark, msg, nmsg
from sdgcities.intake.files import name_of, sha256_of
from sdgcities.intake.geojson import Feature
from sdgcities.intake.topojson import boundaries_of
from sdgcities.model.hub import Role
from sdgcities.model.places import Polygon, Unit, UnitBoundary
from sdgcities.model.plugins import Layer
from sdgcities.model.sources import Source, Status
from sdgcities.model.statistics import parse_period
from sdgcities.registry.boundary_matching import NAME, Matched, Wanted, matched
from sdgcities.registry.catalogue import Catalogue
from sdgcities.registry.people import Acting
from sdgcities.store import audit
from sdgcities.store.rows import known
from sdgcities.store.tables import batch, boundary, source

DISCLAIMER = mark(
    "The designations employed and the presentation of material on this map do not imply the expression of any opinion whatsoever on the part of the"
    " Secretariat of the United Nations concerning the legal status of any country, territory, city or area or of its authorities, or concerning the"
    " delimitation of its frontiers or boundaries."
)
"""Stands with every map and every file of boundaries, in the reader's language."""
PROFILE = "boundaries"
"""What stands as the profile of a batch of boundaries."""
MANY = 100_000
"""Positions from which on a map takes long to draw and shows nothing more."""
_FIRST = 8


@dataclass(frozen=True, slots=True)
class Given:
    """A file of boundaries and what its giver says of it."""

    path: Path
    country: str
    source: Source
    status: Status = Status.DRAFT
    dated: str = ""
    prop: str = ""
    system: str = ""
    level: str = ""
    dry_run: bool = False


@dataclass(frozen=True, slots=True)
class Taken:
    """What came of it. `batch` None: nothing was stored. `without` are units of the level that have no boundary in the file."""

    file: str
    sha256: str
    match: Matched
    features: int
    stored: int
    unchanged: int
    unmatched: tuple[int, ...]
    without: tuple[Unit, ...]
    findings: tuple[Finding, ...] = ()
    batch: int | None = None
    units: Mapping[str, tuple[Polygon, ...]] = field(default_factory=dict)

    @property
    def blocked(self) -> bool:
        """Whether a finding kept everything out."""
        return any(finding.blocks for finding in self.findings)


def import_boundaries(catalogue: Catalogue, given: Given, acting: Acting) -> Taken:
    """Match a file's features with units and keep their boundaries; nothing where one feature means two units or two mean one."""
    acting.need(Role.OPERATOR)
    day = _day(given.dated)
    features, where = boundaries_of(given.path), Where(file=str(given.path))
    drawn = [feature for feature in features if feature.polygons]
    match = matched(drawn, catalogue.places[given.country], Wanted(given.prop, given.system, given.level, day), where)
    findings = list(_doubtful(drawn, match, where))
    taken = _taken(catalogue, given, features, match, day)
    findings += _told(taken, features, where)
    if any(finding.blocks for finding in findings):
        return _but(taken, findings)
    with catalogue.hub.database.writing() as connection:
        held = _held(connection)
        new = {unit: polygons for unit, polygons in taken.units.items() if unit not in held or not _same(held[unit], polygons, given)}
        counted = _but(taken, findings, stored=len(new), unchanged=len(taken.units) - len(new))
        if given.dry_run or not new:
            return counted
        number = _store(connection, catalogue, given, counted, new, acting)
    return _but(counted, findings, batch=number)


def boundaries(catalogue: Catalogue, country: str) -> Mapping[str, UnitBoundary]:
    """The boundaries of a country's units: those that the hub was given, and for the others those of the plugins."""
    with catalogue.hub.database.reading() as connection:
        held = _held(connection)
    units = catalogue.places[country].units
    return {**catalogue.hub.plugins.boundaries(country), **{unit: one for unit, one in held.items() if unit in units}}


def _day(dated: str) -> date | None:
    try:
        return parse_period(dated).end if dated else None
    except ValueError as error:
        raise refuse("boundary.date", msg("“%(text)s” is no date.", text=dated), msg("Dates are written 2024, 2024-06 or 2024-06-30.")) from error


def _taken(catalogue: Catalogue, given: Given, features: Sequence[Feature], match: Matched, day: date | None) -> Taken:
    by_number = {feature.number: feature for feature in features}
    units = {match.units[number][0].id: by_number[number].polygons for number in match.units}
    unmatched = tuple(feature.number for feature in features if feature.number not in match.units)
    level = [unit for unit in catalogue.places[given.country].units.values() if unit.level == match.level]
    standing = [unit for unit in level if (unit.stood(day, day) if day else unit.valid_to is None)]
    without = tuple(unit for unit in standing if unit.id not in units)
    return Taken(str(given.path), sha256_of(given.path), match, len(features), 0, 0, unmatched, without, units=units)


def _but(taken: Taken, findings: Sequence[Finding], *, stored: int | None = None, unchanged: int | None = None, batch: int | None = None) -> Taken:
    counts = (taken.stored if stored is None else stored, taken.unchanged if unchanged is None else unchanged)
    return Taken(taken.file, taken.sha256, taken.match, taken.features, *counts, taken.unmatched, taken.without, tuple(findings), batch, taken.units)


def _doubtful(features: Sequence[Feature], match: Matched, where: Where) -> Iterator[Finding]:
    """Features that mean several units, and units that several features mean."""
    meant: dict[str, list[int]] = {}
    for feature in features:
        units = match.units.get(feature.number, ())
        if len(units) > 1:
            named = ", ".join(f"{unit.name} ({unit.id})" for unit in units[:_FIRST])
            message = msg("Feature %(number)s means %(n)s units: %(units)s.", number=feature.number, n=len(units), units=named)
            hint = msg("Say as of when the boundaries are: --date; or which level is meant: --level; or use a property with their codes: --code.")
            yield Finding("boundary.ambiguous", Severity.BLOCK, message, hint, where)
        for unit in units[:1]:
            meant.setdefault(unit.id, []).append(feature.number)
    for code, numbers in meant.items():
        if len(numbers) > 1:
            message = msg("Features %(numbers)s all mean %(unit)s.", numbers=", ".join(map(str, numbers)), unit=code)
            yield Finding("boundary.twice", Severity.BLOCK, message, msg("Make one feature of them, a MultiPolygon, or take the wrong one out."), where)


def _told(taken: Taken, features: Sequence[Feature], where: Where) -> Iterator[Finding]:
    """What to know: features without a unit, units without a feature, more positions than a map shows."""
    if taken.unmatched:
        by_number = {feature.number: feature for feature in features}
        named = "; ".join(f"{number} ({_said(by_number[number], taken.match)})" for number in taken.unmatched[:_FIRST])
        text = nmsg("%(n)s feature means no unit: %(features)s.", "%(n)s features mean no unit: %(features)s.", len(taken.unmatched), features=named)
        yield Finding("boundary.unmatched", Severity.NOTE, text, msg("Correct its code, or add the name: sdgcities unit alias add."), where)
    if taken.without:
        named = ", ".join(f"{unit.name} ({unit.id})" for unit in taken.without[:_FIRST])
        text = nmsg(
            "%(n)s unit of the level has no boundary here: %(units)s.",
            "%(n)s units of the level have no boundary here: %(units)s.",
            len(taken.without),
            units=named,
        )
        yield Finding("boundary.missing", Severity.NOTE, text, None, where)
    positions = sum(len(ring) for polygons in taken.units.values() for polygon in polygons for ring in polygon)
    if positions > MANY:
        text = msg("The boundaries have %(n)s positions: more than %(most)s make a map slow and show nothing more.", n=positions, most=MANY)
        yield Finding("boundary.positions", Severity.NOTE, text, msg("Simplify them in a mapping program and import them again."), where)


def _said(feature: Feature, match: Matched) -> str:
    value = feature.properties.get(match.prop, feature.id) if feature.polygons else "no geometry"
    return str(value if value is not None else "-")[:80]


def _held(connection: Connection) -> dict[str, UnitBoundary]:
    """The newest boundary of each unit, without those of batches that were taken back."""
    reverts = {row.id: row.reverts for row in connection.execute(select(batch.c.id, batch.c.reverts).where(batch.c.reverts.is_not(None)))}
    withdrawn: set[int] = set()
    for number in sorted(reverts, reverse=True):
        if number not in withdrawn:
            withdrawn.add(reverts[number])
    origin = [source.c.office, source.c.reference, source.c.licence, source.c.url]
    query = select(boundary, *origin).join(source, source.c.id == boundary.c.source).order_by(boundary.c.id)
    return {
        row.unit: UnitBoundary(row.unit, _polygons(row.geometry), Source(row.office, row.reference, row.licence, row.url), Status(row.status), row.dated)
        for row in connection.execute(query)
        if row.batch not in withdrawn
    }


def _polygons(geometry: str) -> tuple[Polygon, ...]:
    return tuple(tuple(tuple((x, y) for x, y in ring) for ring in polygon) for polygon in json.loads(geometry)["coordinates"])


def _same(held: UnitBoundary, polygons: tuple[Polygon, ...], given: Given) -> bool:
    return (held.polygons, held.source, held.status, held.date) == (polygons, given.source, given.status, given.dated)


def _store(connection: Connection, catalogue: Catalogue, given: Given, taken: Taken, new: Mapping[str, tuple[Polygon, ...]], acting: Acting) -> int:
    """The rows, their batch, and the record of it."""
    at, number = audit.now(), 1 + (connection.execute(select(func.max(batch.c.id))).scalar() or 0)
    origin = known(
        connection, source, {"office": given.source.office, "reference": given.source.table, "licence": given.source.licence, "url": given.source.url}
    )
    geometries = {unit: json.dumps({"type": "MultiPolygon", "coordinates": polygons}, separators=(",", ":")) for unit, polygons in new.items()}
    core = next(manifest for manifest in catalogue.hub.plugins.manifests if manifest.layer is Layer.CORE)
    file = name_of(given.path)
    row = {
        "id": number,
        "file": file,
        "file_sha256": taken.sha256,
        "profile": PROFILE,
        "profile_sha256": audit.digest_of([taken.match.prop, taken.match.system, taken.match.level]),
        "alias_sha256": "",
        "plugin": core.name,
        "plugin_version": core.version,
        "reverts": None,
        "part_of": None,
        "reason": "",
        "rows_read": taken.features,
        "stored": taken.stored,
        "unchanged": taken.unchanged,
        "refused": len(taken.unmatched),
        "rows_sha256": audit.digest_of(geometries),
        "at": at,
        "actor": acting.id,
        "answers_for": acting.id,
    }
    connection.execute(insert(batch).values(**row))
    common = {"source": origin, "status": given.status.value, "dated": given.dated, "file": file, "file_sha256": taken.sha256, "at": at, "actor": acting.id}
    connection.execute(insert(boundary), [{"unit": unit, "geometry": text, "batch": number, **common} for unit, text in geometries.items()])
    audit.record(connection, at, acting.id, "unit.boundary", f"batch {number}", row)
    return number


def shown(match: Matched) -> Message:
    """How the file was read, in words."""
    said = {"prop": match.prop, "system": match.system, "level": match.level}
    if match.system == NAME:
        return msg("Matched by name: the property %(prop)s, units of the level %(level)s.", **said)
    return msg("Matched by code: the property %(prop)s, system %(system)s, units of the level %(level)s.", **said)
