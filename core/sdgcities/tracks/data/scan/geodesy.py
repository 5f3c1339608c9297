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


def area_km2(polygons: Sequence[Polygon]) -> float:
    """The area of polygons in square kilometres. Their sides are straight in degrees, as GeoJSON has them (RFC 7946, 3.1.1)."""
    whole = sum(_ring(polygon[0]) - sum(_ring(hole) for hole in polygon[1:]) for polygon in polygons)
    return whole / 1_000_000


def positions(latitude: Floats, longitude: Floats) -> Floats:
    """Where positions lie in space, in metres from the centre of the Earth: what is near is near there, across any meridian and at the poles."""
    phi, lam = np.radians(latitude), np.radians(longitude)
    normal = EQUATOR / np.sqrt(1 - _E2 * np.sin(phi) ** 2)
    return np.stack((normal * np.cos(phi) * np.cos(lam), normal * np.cos(phi) * np.sin(lam), normal * (1 - _E2) * np.sin(phi)), axis=-1)


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
