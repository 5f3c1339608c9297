"""Areas and distances on the Earth: on the ellipsoid WGS 84, at any latitude, and never in degrees.

Sources: the area of the ellipsoid north of the equator up to a latitude (authalic latitude) as in Snyder, Map Projections: A Working Manual,
USGS Professional Paper 1395 (1987), equation 3-12; the constants of WGS 84 as in NIMA TR8350.2.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from sdgcities.model.places import Polygon

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

EQUATOR = 6_378_137.0
"""Half the Earth's axis at the equator, in metres."""
_FLATTENING = 1 / 298.257223563
_E2 = _FLATTENING * (2 - _FLATTENING)
_E = float(np.sqrt(_E2))
_POLE = EQUATOR * (1 - _FLATTENING)
_MEAN = (2 * EQUATOR + _POLE) / 3
_NODES, _WEIGHTS = np.polynomial.legendre.leggauss(5)
_CHUNK = 100_000
_NEIGHBOURS = [(0, 0, 0), *((x, y, z) for x in (-1, 0, 1) for y in (-1, 0, 1) for z in (-1, 0, 1) if (x, y, z) != (0, 0, 0))]


def area_km2(polygons: Sequence[Polygon]) -> float:
    """The area of polygons in square kilometres. Their sides are straight in degrees, as GeoJSON has them (RFC 7946, 3.1.1)."""
    whole = sum(_ring(polygon[0]) - sum(_ring(hole) for hole in polygon[1:]) for polygon in polygons)
    return whole / 1_000_000


def positions(latitude: Floats, longitude: Floats) -> Floats:
    """Where positions lie in space, in metres from the centre of the Earth: what is near is near there, across any meridian and at the poles."""
    phi, lam = np.radians(latitude), np.radians(longitude)
    normal = EQUATOR / np.sqrt(1 - _E2 * np.sin(phi) ** 2)
    return np.stack((normal * np.cos(phi) * np.cos(lam), normal * np.cos(phi) * np.sin(lam), normal * (1 - _E2) * np.sin(phi)), axis=-1)


def near(places: Floats, targets: Floats, metres: float) -> Flags:
    """Which places have one of the targets within so many metres, as the crow flies. Both as `positions` gives them.

    The straight line through the ground is compared: over 10 km it is a millimetre shorter than the way over it.
    """
    found = np.zeros(len(places), dtype=bool)
    if not len(targets):
        return found
    cells = np.floor(targets / metres).astype(np.int64)
    keys = _keys(cells)
    order = np.argsort(keys, kind="stable")
    keys, sorted_targets = keys[order], targets[order]
    beside = np.unique(np.concatenate([_keys(cells + np.array(step)) for step in _NEIGHBOURS]))
    for start in range(0, len(places), _CHUNK):
        some = places[start : start + _CHUNK]
        likely = np.isin(_keys(np.floor(some / metres).astype(np.int64)), beside)
        found[start : start + _CHUNK][likely] = _near(some[likely], sorted_targets, keys, metres)
    return found


def around(latitude: float, longitude: float, places: Floats) -> Floats:
    """Metres east and north of a position, in its plane, with the distance from it kept: what a circle is drawn in."""
    centre = positions(np.array([latitude]), np.array([longitude]))[0]
    phi, lam = np.radians(latitude), np.radians(longitude)
    east = np.array([-np.sin(lam), np.cos(lam), 0.0])
    north = np.array([-np.sin(phi) * np.cos(lam), -np.sin(phi) * np.sin(lam), np.cos(phi)])
    offset = places - centre
    x, y, chord = offset @ east, offset @ north, np.linalg.norm(offset, axis=-1)
    flat = np.hypot(x, y)
    way = 2 * _MEAN * np.arcsin(np.minimum(chord / (2 * _MEAN), 1))
    scale = np.divide(way, flat, out=np.ones_like(flat), where=flat > 0)
    return np.stack((x * scale, y * scale), axis=-1)


def _near(places: Floats, targets: Floats, keys: NDArray[np.int64], metres: float) -> Flags:
    cells = np.floor(places / metres).astype(np.int64)
    found = np.zeros(len(places), dtype=bool)
    for step in _NEIGHBOURS:
        left = np.flatnonzero(~found)
        if not left.size:
            break
        wanted = _keys(cells[left] + np.array(step))
        first, last = np.searchsorted(keys, wanted, "left"), np.searchsorted(keys, wanted, "right")
        while (open_ := first < last).any():  # one target of the cell after the other, for all places at once
            left, first, last = left[open_], first[open_], last[open_]
            close = np.einsum("ij,ij->i", places[left] - targets[first], places[left] - targets[first]) <= metres**2
            found[left[close]] = True
            left, first, last = left[~close], first[~close] + 1, last[~close]
    return found


def _keys(cells: NDArray[np.int64]) -> NDArray[np.int64]:
    """One number for each cell. Cells that share one by chance cost a comparison and change nothing: distances decide."""
    return cells[:, 0] * 73_856_093 ^ cells[:, 1] * 19_349_663 ^ cells[:, 2] * 83_492_791


def _ring(ring: Sequence[Sequence[float]]) -> float:
    """Square metres inside a ring, whichever way it runs."""
    places = np.radians(np.asarray([position[:2] for position in ring], dtype=np.float64))
    across, low, rise = np.diff(places[:, 0]), places[:-1, 1], np.diff(places[:, 1])
    along = low[:, None] + rise[:, None] * (_NODES + 1) / 2
    return abs(float(np.sum(across * (_below(along) @ _WEIGHTS) / 2)))


def _below(phi: Floats) -> Floats:
    """Square metres between the equator and a latitude, for each radian of longitude."""
    sine = np.sin(phi)
    return (_POLE**2 / 2) * (sine / (1 - _E2 * sine**2) + np.arctanh(_E * sine) / _E)
