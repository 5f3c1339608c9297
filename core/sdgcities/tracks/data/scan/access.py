"""Who has something within a walking distance: the share of people, of given places, or of the area itself. As the crow flies: ways are longer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

import numpy as np
import shapely

from sdgcities.findings import Finding
from sdgcities.tracks.data.scan.assigning import NOWHERE, assign
from sdgcities.tracks.data.scan.counting import Cell, rounded
from sdgcities.tracks.data.scan.description import Counting
from sdgcities.tracks.data.scan.geodesy import Floats, around, positions
from sdgcities.tracks.data.scan.inhabitants import Inhabitants, inhabitants
from sdgcities.tracks.data.scan.nearness import near

_STEPS = 64
"""Straight sides of a quarter of a circle: its area is right to a ten-thousandth."""
_DEGREE = 110_000.0
"""Metres of a degree of latitude, at least."""
_SPACING = 0.02
"""Degrees between the corners along a border, so that straight lines stay where they were when they are drawn in metres."""


def access_cells(
    one: Counting, latitude: Floats, longitude: Floats, shapes: Sequence[shapely.MultiPolygon], covered: Sequence[int], told: list[Finding]
) -> Iterator[Cell]:
    """The share of each area that has one of the places within the distance. Places beyond a border count: people walk across.

    To `told` is added what is to be said of the file of people.
    """
    if one.of is not None:
        living = inhabitants(one.of, shapes)
        told += living.findings
        yield from _of_people(one, living, positions(latitude, longitude), shapes, covered)
        return
    for area in covered:
        share, count = _of_area(shapes[area], latitude, longitude, one.within)
        yield Cell(one, area, rounded(100 * share, one.decimals), count)


def _of_people(one: Counting, living: Inhabitants, targets: Floats, shapes: Sequence[shapely.MultiPolygon], covered: Sequence[int]) -> Iterator[Cell]:
    area = assign(living.latitude, living.longitude, shapes)
    reached = near(positions(living.latitude, living.longitude), targets, one.within)
    inside = area != NOWHERE
    whole = np.bincount(area[inside], living.number[inside], minlength=len(shapes))
    served = np.bincount(area[inside & reached], living.number[inside & reached], minlength=len(shapes))
    counts = np.bincount(area[inside], minlength=len(shapes))
    for number in covered:
        share = rounded(100 * float(served[number]) / float(whole[number]), one.decimals) if whole[number] else None
        with_it, without = Decimal(float(served[number])), Decimal(float(whole[number] - served[number]))
        yield Cell(one, number, share, int(counts[number]), people=(with_it, without) if share is not None else ())


def _of_area(shape: shapely.MultiPolygon, latitude: Floats, longitude: Floats, metres: float) -> tuple[float, int]:
    """The share of an area within the distance, drawn in metres round its middle; and how many places reach it."""
    middle = shapely.point_on_surface(shape)
    west, south, east, north = shape.bounds
    margin = metres / _DEGREE
    wide = margin / max(float(np.cos(np.radians(min(max(abs(south), abs(north)) + margin, 89.9)))), 0.001)
    apart = np.abs(longitude - (west + east) / 2)
    across = np.minimum(apart, 360 - apart) <= (east - west) / 2 + wide
    close = across & (latitude >= south - margin) & (latitude <= north + margin)
    if not close.any():
        return 0.0, 0

    def flat(corners: Floats) -> Floats:
        return around(middle.y, middle.x, positions(corners[:, 1], corners[:, 0]))

    ground = shapely.transform(shapely.segmentize(shape, _SPACING), flat)
    places = flat(np.stack((longitude[close], latitude[close]), axis=-1))
    circles = shapely.buffer(shapely.points(places), metres, quad_segs=_STEPS)
    circles = np.asarray(circles, dtype=object)[shapely.intersects(ground, circles)]
    reached = shapely.intersection(ground, shapely.union_all(circles))
    return min(float(reached.area / ground.area), 1.0), len(circles)
