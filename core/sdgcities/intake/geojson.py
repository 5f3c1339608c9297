"""GeoJSON boundaries (RFC 7946): polygons with sound rings. Of a city with the definition they follow, of many units as a collection."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any, cast

from sdgcities.errors import Refused, refuse
from sdgcities.findings import Message, Where, msg
from sdgcities.intake.files import MEGABYTE
from sdgcities.intake.json import load_json
from sdgcities.model.places import Polygon

DEFINITIONS = ("administrative", "degree-of-urbanisation")
MAX_POSITIONS = 500_000
MAX_COLLECTION = 4 * MEGABYTE
"""A collection of units draws a map of a page: finer boundaries could not be seen."""
_LEAST_RING = 4
_LONGITUDE, _LATITUDE = 180, 90


@dataclass(frozen=True, slots=True)
class Boundary:
    """A boundary that was read: the definition it follows and how many positions draw it."""

    definition: str
    positions: int


def read_boundary(path: Path) -> Boundary:
    """Check a boundary file. Raises Refused with what is wrong and how to mend it."""
    data = load_json(path)
    where = Where(file=str(path))
    features = list(_features(data, where))
    if not features:
        raise _wrong("no-feature", msg("The file holds no feature."), where)
    definitions = {str((feature.get("properties") or {}).get("definition", "")) for feature in features}
    if len(definitions) != 1 or not definitions <= set(DEFINITIONS):
        raise refuse(
            "geojson.definition",
            msg("The boundary does not say which definition it follows."),
            msg('Give every feature the property "definition": one of %(names)s.', names=", ".join(DEFINITIONS)),
            where,
        )
    return Boundary(definitions.pop(), sum(_positions(feature.get("geometry"), where) for feature in features))


def load_collection(path: Path) -> object:
    """A file of many boundaries as JSON, still to be checked. Raises Refused where it is none, or too large."""
    return load_json(path, MAX_COLLECTION)


def polygons_of(geometry: object, where: Where) -> tuple[Polygon, ...]:
    """The polygons of a geometry, checked. Raises Refused with what is wrong and how to mend it."""
    _positions(geometry, where)
    shape = cast("Mapping[str, Sequence[Any]]", geometry)
    polygons = [shape["coordinates"]] if shape["type"] == "Polygon" else shape["coordinates"]
    return tuple(tuple(tuple((float(place[0]), float(place[1])) for place in ring) for ring in polygon) for polygon in polygons)


def check_rings(polygons: Sequence[Polygon], where: Where) -> None:
    """Holds polygons that come from no file against the same rules. Raises Refused."""
    _positions({"type": "MultiPolygon", "coordinates": [[[list(place) for place in ring] for ring in polygon] for polygon in polygons]}, where)


def _features(data: object, where: Where) -> Iterator[dict[str, dict[str, object]]]:
    kind = data.get("type") if isinstance(data, dict) else None
    if isinstance(data, dict) and kind == "Feature":
        features: object = [data]
    else:
        features = data.get("features") if isinstance(data, dict) and kind == "FeatureCollection" else None
    if not isinstance(features, list):
        raise _wrong("type", msg("This is not a GeoJSON Feature or FeatureCollection."), where)
    for feature in features:
        if not isinstance(feature, dict) or feature.get("type") != "Feature" or not isinstance(feature.get("properties") or {}, dict):
            raise _wrong("feature", msg("One of the features is not a GeoJSON feature."), where)
        yield feature


def _positions(geometry: object, where: Where) -> int:
    shape = cast("Mapping[str, object]", geometry) if isinstance(geometry, dict) else {}
    coordinates = shape.get("coordinates")
    polygons = [coordinates] if shape.get("type") == "Polygon" else coordinates if shape.get("type") == "MultiPolygon" else None
    if not isinstance(polygons, list) or not polygons:
        raise _wrong("geometry", msg("A boundary is a Polygon or MultiPolygon."), where)
    count = 0
    for polygon in polygons:
        if not isinstance(polygon, list) or not polygon:
            raise _wrong("rings", msg("A polygon has no rings."), where)
        count += sum(_ring(ring, where) for ring in polygon)
    if count > MAX_POSITIONS:
        raise _wrong("positions", msg("More than %(n)s positions: simplify the boundary.", n=MAX_POSITIONS), where)
    return count


def _ring(ring: object, where: Where) -> int:
    if not isinstance(ring, list) or len(ring) < _LEAST_RING or ring[0] != ring[-1]:
        raise _wrong("ring", msg("A ring needs at least four positions, the last equal to the first."), where)
    for position in ring:
        if not isinstance(position, list) or len(position) not in (2, 3) or not all(_number(part) for part in position):
            raise _wrong("position", msg("A position is longitude and latitude, as numbers."), where)
        if not -_LONGITUDE <= position[0] <= _LONGITUDE or not -_LATITUDE <= position[1] <= _LATITUDE:
            raise _wrong(
                "range",
                msg("%(lon)s, %(lat)s is outside the Earth: longitude first, WGS 84 degrees.", lon=position[0], lat=position[1]),
                where,
            )
    return len(ring)


def _number(part: object) -> bool:
    return isinstance(part, int | Decimal | float) and not isinstance(part, bool)


def _wrong(code: str, message: Message, where: Where) -> Refused:
    return refuse(f"geojson.{code}", message, msg("Export the boundary again as GeoJSON (RFC 7946)."), where)
