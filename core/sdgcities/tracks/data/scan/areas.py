"""The areas that points are counted by: units of the hub by its boundaries, or the features of a file; each with its unit, where it is one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from sdgcities.errors import Refused, refuse
from sdgcities.findings import Finding, Message, Severity, Where, msg, nmsg
from sdgcities.intake.files import sha256_of
from sdgcities.intake.geojson import Feature
from sdgcities.intake.topojson import boundaries_of
from sdgcities.model.places import Polygon, Unit
from sdgcities.model.sources import Source, Status
from sdgcities.registry.boundaries import boundaries
from sdgcities.registry.boundary_matching import Wanted, matched
from sdgcities.registry.catalogue import Catalogue
from sdgcities.tracks.data.inspecting.asking import named

_NAMES = ("name", "NAME", "Name", "shapeName", "ADM3_EN", "ADM2_EN", "ADM1_EN", "id", "code")
FILES = (".geojson", ".json", ".topojson")


@dataclass(frozen=True, slots=True)
class Area:
    """An area with the id it is known by: that of its unit, or what the file calls it."""

    id: str
    name: str
    polygons: tuple[Polygon, ...]
    unit: Unit | None = None


Origin = tuple[Source, Status, str]
"""Whose boundaries, how settled, and as of when."""


@dataclass(frozen=True, slots=True)
class Areas:
    """The areas of a scan, by id: a point on a border belongs to the first. `origins` say whose they are, for provenance and maps."""

    areas: tuple[Area, ...]
    origins: tuple[Origin, ...]
    sha256: str = ""
    level: str = ""
    findings: tuple[Finding, ...] = ()

    @property
    def called(self) -> str:
        """The level of the units, or whose boundaries these are."""
        return self.level or ", ".join(source.office for source, _, _ in self.origins)


def areas_of(catalogue: Catalogue, wanted: str, where: Where) -> Areas:
    """The areas that a level of units or the path of a file names; empty where the hub has boundaries of one level only. Raises Refused."""
    if wanted.casefold().endswith(FILES):
        return _of_file(catalogue, Path(wanted))
    by_level = levels_with_boundaries(catalogue)
    if not by_level:
        hint = msg("Bring some: sdgcities unit boundary import, or here: --areas FILE.geojson.")
        raise refuse("scan.areas", msg("The hub has no boundaries of units."), hint, where)
    names = ", ".join(by_level)
    if not wanted and len(by_level) > 1:
        raise refuse("scan.areas", msg("The hub has boundaries of several levels."), msg("Say which: --areas, with one of: %(names)s.", names=names), where)
    if wanted and wanted not in by_level:
        hint = msg("Name one of: %(names)s; or a file of boundaries: --areas FILE.geojson.", names=names)
        raise refuse("scan.areas", msg("The hub has no boundaries of a level %(level)s.", level=wanted), hint, where)
    return by_level[wanted or names]


def levels_with_boundaries(catalogue: Catalogue) -> dict[str, Areas]:
    """The areas of each level of which the hub has boundaries, of all its countries together."""
    found: dict[str, list[Area]] = {}
    said: dict[str, dict[Origin, None]] = {}
    for country, places in catalogue.places.items():
        for code, one in boundaries(catalogue, country).items():
            if code in places.units:
                unit = places.units[code]
                found.setdefault(unit.level, []).append(Area(code, unit.name, one.polygons, unit))
                said.setdefault(unit.level, {})[one.source, one.status, one.date] = None
    return {level: Areas(tuple(sorted(areas, key=lambda area: area.id)), tuple(said[level]), level=level) for level, areas in found.items()}


def _of_file(catalogue: Catalogue, path: Path) -> Areas:
    """The features of a file, and the units they mean where they mean some: one country's."""
    features = [feature for feature in boundaries_of(path) if feature.polygons]
    where = Where(file=str(path))
    if not features:
        raise refuse("scan.areas", msg("No feature of the file is an area."), msg("Areas are polygons."), where)
    units = _units(catalogue, features, where)
    areas = [_area(feature, units.get(feature.number)) for feature in features]
    twice = [name for name, count in Counter(area.id for area in areas).items() if count > 1]
    if twice:
        problem = msg("Several features of the file have the same name: %(names)s.", names=named(twice))
        raise refuse("scan.area-twice", problem, msg("Make one of them, a MultiPolygon, or give each a property id of its own."), where)
    findings = [Finding("scan.area-unknown", Severity.NOTE, _unknown(areas), None, where)] if not all(area.unit for area in areas) else []
    origins = ((Source(path.name), Status.DRAFT, ""),)
    return Areas(tuple(sorted(areas, key=lambda area: area.id)), origins, sha256=sha256_of(path), findings=tuple(findings))


def _unknown(areas: Sequence[Area]) -> Message:
    nameless = [area.name for area in areas if area.unit is None]
    return nmsg(
        "%(n)s area is no unit of the hub (%(names)s): its figures go out, and can't be stored.",
        "%(n)s areas are no units of the hub (%(names)s): their figures go out, and can't be stored.",
        len(nameless),
        names=named(nameless),
    )


def _units(catalogue: Catalogue, features: Sequence[Feature], where: Where) -> dict[int, Unit]:
    """Which units the features are, in the country of which most are some; none where they are of no country of the hub."""
    best: dict[int, Unit] = {}
    for places in catalogue.places.values():
        for system in ("", "name"):
            try:
                match = matched(features, places, Wanted(system=system), where)
            except Refused:
                continue
            sure = {number: units[0] for number, units in match.units.items() if len(units) == 1}
            best = max(best, sure, key=len)
            break
    return best


def _area(feature: Feature, unit: Unit | None) -> Area:
    if unit:
        return Area(unit.id, unit.name, feature.polygons, unit)
    name = next(_called(feature), f"({feature.number})")
    return Area(feature.id or name, name, feature.polygons)


def _called(feature: Feature) -> Iterator[str]:
    yield from (str(feature.properties[name]) for name in _NAMES if feature.properties.get(name) not in (None, ""))
    if feature.id:
        yield feature.id
