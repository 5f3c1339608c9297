"""TopoJSON: boundaries that share their lines. Read as the features that GeoJSON would hold."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate
from pathlib import Path
from typing import Any, cast

from sdgcities.findings import NOWHERE, Where, msg
from sdgcities.intake.geojson import MAX_FILE, Feature, features_in, gathered, identity, is_number, polygons_of
from sdgcities.intake.json import load_json
from sdgcities.intake.rings import MAX_POSITIONS, wrong

Line = list[tuple[float, float]]
_MOST_SHARED = 4
"""How often the lines may be used, all together: each lies between two units, and a level above uses it again."""


def boundaries_of(path: Path, object_name: str = "") -> list[Feature]:
    """The features of a file of boundaries, GeoJSON or TopoJSON by what stands in it. Raises Refused."""
    data, where = load_json(path, MAX_FILE), Where(file=str(path))
    return _features(data, object_name, where) if isinstance(data, dict) and data.get("type") == "Topology" else features_in(data, where)


def _features(data: Mapping[str, Any], object_name: str, where: Where) -> list[Feature]:
    shapes = list(_shapes(_chosen(data.get("objects"), object_name, where), where))
    if not shapes:
        raise wrong("geojson.no-feature", msg("The file holds no feature."), where)
    lines = _lines(data, where)
    most = _MOST_SHARED * (sum(map(len, lines)) + MAX_POSITIONS // 10)
    used = 0

    def feature(number: int, shape: Mapping[str, Any]) -> Feature:
        nonlocal used
        properties = shape.get("properties") or {}
        if not isinstance(properties, dict):
            raise wrong("geojson.feature", msg("One of the features is not a GeoJSON feature."), NOWHERE)
        if shape.get("type") is None:
            return Feature(properties, (), number, identity(shape))
        coordinates, drawn = _coordinates(shape, lines, most - used)
        used += drawn
        return Feature(properties, polygons_of({"type": shape["type"], "coordinates": coordinates}, NOWHERE), number, identity(shape))

    return gathered(shapes, feature, where)


def _chosen(objects: object, name: str, where: Where) -> Mapping[str, Any]:
    if not isinstance(objects, dict) or not objects:
        raise wrong("geojson.no-feature", msg("The file holds no feature."), where)
    names = ", ".join(list(objects)[:20])
    if name and name not in objects:
        raise wrong("geojson.object", msg("The file has no object %(name)s.", name=name), where, msg("It has: %(names)s.", names=names))
    if not name and len(objects) > 1:
        raise wrong("geojson.object", msg("The file holds several objects."), where, msg("Say which: %(names)s.", names=names))
    found = objects[name or next(iter(objects))]
    if not isinstance(found, dict):
        raise wrong("geojson.feature", msg("One of the features is not a GeoJSON feature."), where)
    return cast("Mapping[str, Any]", found)


def _shapes(chosen: Mapping[str, Any], where: Where) -> Iterator[Mapping[str, Any]]:
    """The geometries of a collection, or the one that the object is."""
    shapes = chosen.get("geometries") if chosen.get("type") == "GeometryCollection" else [chosen]
    if not isinstance(shapes, list) or not all(isinstance(shape, dict) for shape in shapes):
        raise wrong("geojson.feature", msg("One of the features is not a GeoJSON feature."), where)
    yield from shapes


def _lines(data: Mapping[str, Any], where: Where) -> list[Line]:
    """The shared lines (arcs) in degrees. Quantised ones are steps from one position to the next, on a grid."""
    arcs, transform = data.get("arcs"), data.get("transform")
    if not isinstance(arcs, list) or not all(isinstance(arc, list) for arc in arcs):
        raise wrong("geojson.arcs", msg("The file holds no lines (arcs)."), where)
    if sum(map(len, arcs)) > MAX_POSITIONS:
        raise wrong("geojson.positions", msg("More than %(n)s positions: simplify the boundary.", n=MAX_POSITIONS), where)
    for position in (position for arc in arcs for position in arc):
        if not isinstance(position, list) or len(position) < 2 or not all(map(is_number, position[:2])):  # noqa: PLR2004 - across and up
            raise wrong("geojson.position", msg("A position is longitude and latitude, as numbers."), where)
    if transform is None:
        return [[(float(position[0]), float(position[1])) for position in arc] for arc in arcs]
    scale, translate = _pair(transform, "scale", where), _pair(transform, "translate", where)
    return [list(zip(*(_steps(arc, axis, scale[axis], translate[axis]) for axis in (0, 1)), strict=True)) for arc in arcs]


def _steps(arc: Sequence[Sequence[Any]], axis: int, scale: float, translate: float) -> list[float]:
    return [translate + scale * place for place in accumulate(float(position[axis]) for position in arc)]


def _pair(transform: object, key: str, where: Where) -> tuple[float, float]:
    found = transform.get(key) if isinstance(transform, dict) else None
    if not isinstance(found, list) or len(found) != 2 or not all(map(is_number, found)):  # noqa: PLR2004 - across and up
        raise wrong("geojson.transform", msg("The grid of the file (transform) is not as TopoJSON has it."), where)
    return float(found[0]), float(found[1])


def _coordinates(shape: Mapping[str, Any], lines: Sequence[Line], left: int) -> tuple[list[Any], int]:
    """What GeoJSON would have as coordinates of a Polygon or MultiPolygon, and how many positions draw it."""
    arcs = shape.get("arcs")
    if shape.get("type") not in {"Polygon", "MultiPolygon"} or not isinstance(arcs, list):
        raise wrong("geojson.geometry", msg("A boundary is a Polygon or MultiPolygon."), NOWHERE)
    polygons, drawn = [], 0
    for rings in [arcs] if shape["type"] == "Polygon" else arcs:
        if not isinstance(rings, list):
            raise wrong("geojson.rings", msg("A polygon has no rings."), NOWHERE)
        polygon = []
        for ring in rings:
            polygon.append(_ring(ring, lines, left - drawn))
            drawn += len(polygon[-1])
        polygons.append(polygon)
    return (polygons[0] if shape["type"] == "Polygon" else polygons), drawn


def _ring(numbers: object, lines: Sequence[Line], left: int) -> list[list[float]]:
    """A ring put together from its lines; one counted from the end (~0 is the first) runs backwards."""
    ring: list[list[float]] = []
    for number in numbers if isinstance(numbers, list) else [None]:
        if not isinstance(number, int) or isinstance(number, bool) or not -len(lines) <= number < len(lines):
            raise wrong("geojson.arcs", msg("A line (arc) that is used is not in the file: %(number)s.", number=str(number)[:20]), NOWHERE)
        line = lines[number] if number >= 0 else lines[~number][::-1]
        if len(ring) + len(line) > left:
            raise wrong("geojson.arcs", msg("The lines (arcs) are used over and over."), NOWHERE)
        ring += [list(position) for position in (line[1:] if ring else line)]
    return ring
