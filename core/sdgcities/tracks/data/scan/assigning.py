"""Which area each point lies in: a million points and a thousand areas in seconds.

A point on a border belongs to the area that comes first by its id, so that every point counts once; so does one where two areas overlap.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import shapely
from numpy.typing import NDArray

from sdgcities.findings import Finding, Severity, Where, msg
from sdgcities.model.places import Polygon
from sdgcities.tracks.data.scan.areas import Area
from sdgcities.tracks.data.scan.geodesy import Floats
from sdgcities.tracks.data.scan.records import Records

Numbers = NDArray[np.int64]

NOWHERE = -1
"""Stands for the area of a point that lies in none."""
_DATE_LINE = 180.0
_LEAST_OVERLAP = 0.001
"""The share of the smaller area from which on an overlap is told: digitised borders cross each other by less."""
_SHOWN = 5


def shapes_of(areas: Sequence[Area]) -> list[shapely.MultiPolygon]:
    """The outlines, in degrees."""
    return [_shape(area.polygons) for area in areas]


def _shape(polygons: Sequence[Polygon]) -> shapely.MultiPolygon:
    return shapely.MultiPolygon([(polygon[0], polygon[1:]) for polygon in polygons])


def assign(latitude: Floats, longitude: Floats, shapes: Sequence[shapely.MultiPolygon]) -> Numbers:
    """The place of its area, from 0, for each point; NOWHERE for those outside of all."""
    found = np.full(len(longitude), NOWHERE, dtype=np.int64)
    order = np.argsort(longitude, kind="stable")
    along = longitude[order]
    for number, shape in enumerate(shapes):
        west, south, east, north = shape.bounds
        near = order[np.searchsorted(along, west, "left") : np.searchsorted(along, east, "right")]
        near = near[(latitude[near] >= south) & (latitude[near] <= north) & (found[near] == NOWHERE)]
        if near.size:
            shapely.prepare(shape)
            found[near[shapely.intersects_xy(shape, longitude[near], latitude[near])]] = number
    _across(latitude, longitude, shapes, found)
    return found


def _across(latitude: Floats, longitude: Floats, shapes: Sequence[shapely.MultiPolygon], found: Numbers) -> None:
    """What lies on 180 degrees lies on -180 degrees as well."""
    left = np.flatnonzero((found == NOWHERE) & (np.abs(longitude) == _DATE_LINE))
    for number, shape in enumerate(shapes) if left.size else ():
        inside = shapely.intersects_xy(shape, -longitude[left], latitude[left])
        found[left[inside]] = number
        left = left[~inside]


def overlaps(areas: Sequence[Area], shapes: Sequence[shapely.MultiPolygon], where: Where) -> Iterator[Finding]:
    """Areas that lie over each other: a point there counts for the first of them only."""
    tree = shapely.STRtree(shapes)
    one, other = tree.query(shapes, predicate="intersects")
    pairs = [(first, second) for first, second in zip(one.tolist(), other.tolist(), strict=True) if first < second]
    told = []
    for first, second in pairs:
        smaller = min(shapes[first].area, shapes[second].area)
        if shapely.intersection(shapes[first], shapes[second]).area > _LEAST_OVERLAP * smaller:
            told.append(f"{areas[first].name} - {areas[second].name}")
    if told:
        named = "; ".join(told[:_SHOWN]) + ("; …" if len(told) > _SHOWN else "")
        text = msg("Areas lie over each other: %(names)s. A point there counts for the first of the two.", names=named)
        yield Finding("scan.overlap", Severity.NOTE, text, msg("If that is not meant, correct the boundaries."), where)


def place_outlines(records: Records) -> None:
    """Place each polygon that people mapped by a point inside of it."""
    drawn = [number for number, polygons in enumerate(records.polygons) if polygons]
    if drawn:
        inside = shapely.point_on_surface(np.array([_shape(records.polygons[number]) for number in drawn], dtype=object))
        records.latitude[drawn], records.longitude[drawn] = shapely.get_y(inside), shapely.get_x(inside)
