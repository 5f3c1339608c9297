"""Boundaries far from all others, or with latitude and longitude in each other's place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from statistics import median

from sdgcities.findings import Finding, Severity, msg
from sdgcities.model.places import UnitBoundary
from sdgcities.plugin.declared.boundaries import feature_place

LEAST = 3
"""Boundaries from which on it shows that one lies elsewhere."""
APART = 5.0
"""Degrees; what is nearer is not told."""
_SURE = 3
"""How many times nearer to the middle a place must be with its figures swapped."""
Box = tuple[float, float, float, float]
"""West, south, east, north."""


def astray(boundaries: Sequence[UnitBoundary], file: Path) -> Iterator[Finding]:
    """What a map would show far outside the country."""
    if len(boundaries) < LEAST:
        return
    boxes = [_box(boundary) for boundary in boundaries]
    middle = median((west + east) / 2 for west, _, east, _ in boxes), median((south + north) / 2 for _, south, _, north in boxes)
    whole = _around(boxes)
    for number, (boundary, box) in enumerate(zip(boundaries, boxes, strict=True), start=1):
        longitude, latitude = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
        if (away := _between((longitude, latitude), middle)) <= APART:
            continue
        words = {"number": number, "unit": boundary.unit, "longitude": f"{longitude:.2f}", "latitude": f"{latitude:.2f}"}
        problem = msg("Feature %(number)s (%(unit)s) lies at longitude %(longitude)s, latitude %(latitude)s, far from the others.", **words)
        if _SURE * _between((latitude, longitude), middle) < away:
            hint = msg("Latitude and longitude seem to be swapped: positions are written [longitude, latitude].")
            yield Finding("places.boundary", Severity.BLOCK, problem, hint, feature_place(file, number))
        elif any(side == end for side, end in zip(box, whole, strict=True)) and _lone(box, [other for other in boxes if other is not box]):
            yield Finding("places.boundary", Severity.NOTE, problem, msg("Is it the right place, in degrees of WGS 84?"), feature_place(file, number))


def _box(boundary: UnitBoundary) -> Box:
    positions = [position for polygon in boundary.polygons for ring in polygon for position in ring]
    longitudes, latitudes = [position[0] for position in positions], [position[1] for position in positions]
    return min(longitudes), min(latitudes), max(longitudes), max(latitudes)


def _around(boxes: Sequence[Box]) -> Box:
    return min(box[0] for box in boxes), min(box[1] for box in boxes), max(box[2] for box in boxes), max(box[3] for box in boxes)


def _lone(box: Box, others: Sequence[Box]) -> bool:
    """Whether a box is farther from what the others take up together than that is long."""
    west, south, east, north = _around(others)
    gap = _between((max(west - box[2], box[0] - east, 0.0), max(south - box[3], box[1] - north, 0.0)), (0.0, 0.0))
    return gap > max(APART, _between((west, south), (east, north)))


def _between(one: tuple[float, float], other: tuple[float, float]) -> float:
    across, along = one[0] - other[0], one[1] - other[1]
    return float((across * across + along * along) ** 0.5)
