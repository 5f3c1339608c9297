"""GeoJSON boundaries (RFC 7946): polygons with sound rings. Of a city with the definition they follow, of many units as a collection."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any, cast

from sdgcities.errors import Refused
from sdgcities.findings import NOWHERE, Finding, Severity, Where, msg
from sdgcities.intake.files import MEGABYTE
from sdgcities.intake.json import load_json
from sdgcities.intake.rings import EXPORT, MAX_POSITIONS, check_position, sound, wrong
from sdgcities.model.places import Polygon

DEFINITIONS = ("administrative", "degree-of-urbanisation")
MAX_FILE = 48 * MEGABYTE
MAX_COLLECTION = 4 * MEGABYTE
"""A collection of units draws a map of a page: finer boundaries could not be seen."""
MAX_FAULTS = 100
_LEAST_RING = 4
_WGS84 = ("CRS84", "4326", "WGS84", "WGS 84")


@dataclass(frozen=True, slots=True)
class Boundary:
    """A boundary that was read: the definition it follows and how many positions draw it."""

    definition: str
    positions: int


@dataclass(frozen=True, slots=True)
class Feature:
    """One feature of a file: its number in it, counted from 1, what the file says of it, and its polygons; none where it has no geometry."""

    properties: Mapping[str, object] = field(default_factory=dict)
    polygons: tuple[Polygon, ...] = ()
    number: int = 1
    id: str = ""


def read_boundary(path: Path) -> Boundary:
    """Check a boundary file. Raises Refused with what is wrong and how to mend it."""
    features = features_of(path)
    where = Where(file=str(path))
    definitions = {str(feature.properties.get("definition", "")) for feature in features}
    if len(definitions) != 1 or not definitions <= set(DEFINITIONS):
        message = msg("The boundary does not say which definition it follows.")
        hint = msg('Give every feature the property "definition": one of %(names)s.', names=", ".join(DEFINITIONS))
        raise wrong("geojson.definition", message, where, hint)
    if any(not feature.polygons for feature in features):
        raise wrong("geojson.geometry", msg("A boundary is a Polygon or MultiPolygon."), where)
    return Boundary(definitions.pop(), sum(map(_drawn_by, features)))


def features_of(path: Path) -> list[Feature]:
    """The features of a GeoJSON file, in its order. Raises Refused with every feature's first fault, by its number."""
    return features_in(load_json(path, MAX_FILE), Where(file=str(path)))


def features_in(data: object, where: Where) -> list[Feature]:
    """Like `features_of`, of a document that was already read."""
    found = list(shapes_in(data, where))
    if not found:
        raise wrong("geojson.no-feature", msg("The file holds no feature."), where)

    def feature(number: int, shape: Mapping[str, Any]) -> Feature:
        geometry = shape.get("geometry")
        drawn = polygons_of(geometry, NOWHERE) if geometry is not None else ()
        return Feature(shape.get("properties") or {}, drawn, number, identity(shape))

    return gathered(found, feature, where)


def identity(shape: Mapping[str, object]) -> str:
    """The id that a file gives a feature; empty where it gives none."""
    return str(shape["id"]) if isinstance(shape.get("id"), str | int) else ""


def gathered(shapes: Sequence[Mapping[str, Any]], feature: Callable[[int, Mapping[str, Any]], Feature], where: Where) -> list[Feature]:
    """The features made of the shapes, one by one. Raises Refused with the faults of all of them, each with its feature's number."""
    features, faults, positions = list[Feature](), list[Finding](), 0
    for number, shape in enumerate(shapes, start=1):
        try:
            features.append(new := feature(number, shape))
        except Refused as error:
            fault = error.findings[0]
            message = msg("Feature %(number)s: %(problem)s", number=number, problem=fault.message)
            faults.append(Finding(fault.code, Severity.BLOCK, message, fault.hint, where))
            continue
        positions += _drawn_by(new)
        if positions > MAX_POSITIONS:
            raise wrong("geojson.positions", msg("More than %(n)s positions: simplify the boundary.", n=MAX_POSITIONS), where)
    if len(faults) == len(shapes) and all(fault.hint == EXPORT for fault in faults):
        raise Refused(faults[:1])  # the file is in another system: one cause, one line
    if faults:
        more = len(faults) - MAX_FAULTS
        rest = [Finding("geojson.more", Severity.BLOCK, msg("%(count)s more features are wrong.", count=more), None, where)] if more > 0 else []
        raise Refused([*faults[:MAX_FAULTS], *rest])
    return features


def load_collection(path: Path) -> object:
    """A file of many boundaries as JSON, still to be checked. Raises Refused where it is none, or too large."""
    return load_json(path, MAX_COLLECTION)


def polygons_of(geometry: object, where: Where) -> tuple[Polygon, ...]:
    """The polygons of a geometry, checked. Raises Refused with what is wrong and how to mend it."""
    shape = cast("Mapping[str, object]", geometry) if isinstance(geometry, dict) else {}
    coordinates = shape.get("coordinates")
    polygons = [coordinates] if shape.get("type") == "Polygon" else coordinates if shape.get("type") == "MultiPolygon" else None
    if not isinstance(polygons, list) or not polygons:
        raise wrong("geojson.geometry", msg("A boundary is a Polygon or MultiPolygon."), where)
    return sound(_read(polygons, where), where)


def check_rings(polygons: Sequence[Polygon], where: Where) -> None:
    """Holds polygons that come from no file against the same rules. Raises Refused."""
    sound(_read(polygons, where), where)


def _read(polygons: Sequence[Sequence[object]], where: Where) -> list[Polygon]:
    """The polygons as numbers, each position on the Earth, and not more of them than are taken."""
    read: list[Polygon] = []
    for polygon in polygons:
        if not isinstance(polygon, list | tuple) or not polygon:
            raise wrong("geojson.rings", msg("A polygon has no rings."), where)
        read.append(tuple(tuple(_positions(ring, where)) for ring in polygon))
    if sum(len(ring) for one in read for ring in one) > MAX_POSITIONS:
        raise wrong("geojson.positions", msg("More than %(n)s positions: simplify the boundary.", n=MAX_POSITIONS), where)
    return read


def shapes_in(data: object, where: Where) -> Iterator[dict[str, Any]]:
    """The features of a document as they stand, their geometries still to be read. Raises Refused where it is no GeoJSON in WGS 84."""
    kind = data.get("type") if isinstance(data, dict) else None
    features: object = [data] if kind == "Feature" else data.get("features") if isinstance(data, dict) and kind == "FeatureCollection" else None
    if not isinstance(features, list):
        raise wrong("geojson.type", msg("This is not a GeoJSON Feature or FeatureCollection."), where)
    _check_system(cast("Mapping[str, object]", data).get("crs"), where)
    for feature in features:
        if not isinstance(feature, dict) or feature.get("type") != "Feature" or not isinstance(feature.get("properties") or {}, dict):
            raise wrong("geojson.feature", msg("One of the features is not a GeoJSON feature."), where)
        yield feature


def _check_system(crs: object, where: Where) -> None:
    """Refuse what GeoJSON before RFC 7946 could say: that the coordinates are of another system than WGS 84."""
    if crs is None:
        return
    properties = crs.get("properties") if isinstance(crs, dict) else None
    name = str(properties.get("name") or properties.get("code") or "-") if isinstance(properties, dict) else "-"
    if not name.upper().endswith(_WGS84):
        message = msg("The coordinates are of the system %(name)s.", name=name[:100])
        raise wrong("geojson.crs", message, where, EXPORT)


def _positions(ring: object, where: Where) -> Iterator[tuple[float, float]]:
    if not isinstance(ring, list | tuple) or len(ring) < _LEAST_RING:
        raise wrong("geojson.ring", msg("A ring needs at least four positions, the last equal to the first."), where)
    for position in ring:
        if not isinstance(position, list | tuple) or len(position) not in (2, 3) or not all(map(is_number, position)):
            raise wrong("geojson.position", msg("A position is longitude and latitude, as numbers."), where)
        longitude, latitude = float(position[0]), float(position[1])
        check_position(longitude, latitude, where)
        yield longitude, latitude


def is_number(part: object) -> bool:
    """Whether a part of a position is a number; true and false are none."""
    return isinstance(part, int | Decimal | float) and not isinstance(part, bool)


def _drawn_by(feature: Feature) -> int:
    return sum(len(ring) for polygon in feature.polygons for ring in polygon)
