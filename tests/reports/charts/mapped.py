"""Boundaries to draw maps of."""

from __future__ import annotations

from decimal import Decimal

from sdgcities.model.places import Polygon
from sdgcities.model.sources import Source, Status
from sdgcities.reports.charts.chart import About, Area, Origin

OFFICE = Origin(Source("Geodetic office", "Districts", "CC BY 4.0"), Status.OFFICIAL, "2024-06-30")
ABOUT = About("Access to transport, 2021", "percent", (OFFICE,))


def square(x: float, y: float, side: float = 1) -> Polygon:
    return (((x, y), (x + side, y), (x + side, y + side), (x, y + side), (x, y)),)


def area(name: str, place: int, value: str | None, text: str = "") -> Area:
    """A square of its own, ten to a row."""
    return Area(name, (square(place % 10, place // 10),), None if value is None else Decimal(value), text)
