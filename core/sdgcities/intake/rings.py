"""Polygons held against what an outline on a map must be: on the Earth, closed, of some area, crossing nothing, with its holes inside."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from sdgcities.errors import Refused, refuse
from sdgcities.findings import Message, Where, msg
from sdgcities.intake.crossings import TooIntricateError, crossing_of, side
from sdgcities.model.places import Polygon, Ring

MAX_POSITIONS = 500_000
_LEAST_RING = 4
LONGITUDE, LATITUDE = 180.0, 90.0
METRES = 1000.0
"""Numbers as large as this are no degrees that somebody mistyped."""
EXPORT = msg(
    "Export it again in WGS 84 (EPSG:4326). In QGIS: Layer, Add Layer (of a table: Add Delimited Text Layer, with the system it is in); then a right click"
    " on the layer, Export, Save Features As, format GeoJSON, CRS EPSG:4326."
)
"""What to do with coordinates of a projected system: nothing here turns them into degrees."""
_LEAST_AREA = 1e-12
"""Square degrees: about a hundred square centimetres."""
_MOST_COMPARISONS = 50_000_000


def check_position(longitude: float, latitude: float, where: Where) -> None:
    """Refuse a position that is not on the Earth, and say what it looks like instead."""
    if abs(longitude) <= LONGITUDE and abs(latitude) <= LATITUDE:
        return
    place = {"lon": _short(longitude), "lat": _short(latitude)}
    if max(abs(longitude), abs(latitude)) > METRES:
        message = msg("%(lon)s, %(lat)s is outside the Earth. These look like metres of a projected system.", **place)
        raise wrong("geojson.range", message, where, EXPORT)
    if abs(latitude) <= LONGITUDE and abs(longitude) <= LATITUDE:
        message = msg("%(lon)s, %(lat)s is outside the Earth: longitude comes first; they seem to be swapped.", **place)
        raise wrong("geojson.swapped", message, where, msg("Export the boundary with the longitude before the latitude."))
    raise wrong("geojson.range", msg("%(lon)s, %(lat)s is outside the Earth: longitude first, WGS 84 degrees.", **place), where)


def sound(polygons: Sequence[Polygon], where: Where) -> tuple[Polygon, ...]:
    """The polygons without positions that repeat the one before; a spike stays, rounding makes them.

    Raises Refused with the first fault and the position it lies at.
    """
    checked = tuple(tuple(_ring(ring, where) for ring in polygon) for polygon in polygons)
    for polygon in checked:
        try:
            place = crossing_of(polygon)
        except TooIntricateError as error:
            raise wrong("geojson.intricate", msg("The outline is too intricate to be checked."), where, msg("Simplify the boundary.")) from error
        if place:
            message = msg("The outline crosses itself near %(lon)s, %(lat)s.", lon=_short(place[0]), lat=_short(place[1]))
            raise wrong("geojson.crossing", message, where, msg("Repair the geometry in the program that drew it."))
        if empty := next((ring for ring in polygon if abs(_area(ring)) < _LEAST_AREA), None):
            raise _empty(empty, where)
        _check_holes(polygon, where)
    return checked


def _ring(ring: Ring, where: Where) -> Ring:
    if len(ring) < _LEAST_RING or ring[0] != ring[-1]:
        raise wrong("geojson.ring", msg("A ring needs at least four positions, the last equal to the first."), where)
    kept = [ring[0]]
    for position in ring[1:]:
        if abs(position[0] - kept[-1][0]) > LONGITUDE:
            raise wrong(
                "geojson.antimeridian",
                msg("The outline jumps from longitude %(one)s to %(other)s.", one=_short(kept[-1][0]), other=_short(position[0])),
                where,
                msg("Cut it in two at 180 degrees (RFC 7946, 3.1.9)."),
            )
        if position != kept[-1]:
            kept.append(position)
    if len(kept) < _LEAST_RING:
        raise _empty(ring, where)
    return tuple(kept)


def _empty(ring: Ring, where: Where) -> Refused:
    message = msg("A ring near %(lon)s, %(lat)s encloses nothing.", lon=_short(ring[0][0]), lat=_short(ring[0][1]))
    return wrong("geojson.area", message, where, msg("Take it out, or repair the geometry in the program that drew it."))


def _area(ring: Sequence[tuple[float, ...]]) -> float:
    (left, low), *_ = ((position[0], position[1]) for position in ring)
    return sum((a[0] - left) * (b[1] - low) - (b[0] - left) * (a[1] - low) for a, b in pairwise(ring)) / 2


def _check_holes(polygon: Polygon, where: Where) -> None:
    """Refuse a hole outside the outline; that it does not cross it is known by now."""
    outer, *holes = polygon
    if len(outer) * len(holes) > _MOST_COMPARISONS:
        raise wrong("geojson.intricate", msg("The outline is too intricate to be checked."), where, msg("Simplify the boundary."))
    for hole in holes:
        inside = next((found for found in (_inside(position, outer) for position in hole[:_LEAST_RING]) if found is not None), None)
        if not (inside if inside is not None else abs(_area(hole)) < abs(_area(outer)) * (1 - _LEAST_AREA)):
            message = msg("A hole near %(lon)s, %(lat)s is not inside the outline.", lon=_short(hole[0][0]), lat=_short(hole[0][1]))
            raise wrong(
                "geojson.hole", message, where, msg("The first ring of a polygon is its outline, the others its holes; give each part a polygon of its own.")
            )


def _inside(place: tuple[float, ...], ring: Ring) -> bool | None:
    """Whether a position lies in a ring; None where it lies on its outline."""
    x, y = place[0], place[1]
    inside = False
    for (a, b), (c, d) in pairwise(ring):
        if (b > y) != (d > y):
            turn = side((a, b), (c, d), (x, y))
            if not turn:
                return None
            inside ^= (turn > 0) == (d > b)
        elif b == d == y and min(a, c) <= x <= max(a, c):
            return None
    return inside


def _short(degrees: float) -> str:
    return f"{degrees:.6g}"


def wrong(code: str, message: Message, where: Where, hint: Message | None = None) -> Refused:
    """The refusal of a boundary."""
    return refuse(code, message, hint or msg("Export the boundary again as GeoJSON (RFC 7946)."), where)
