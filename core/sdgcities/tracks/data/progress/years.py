"""One value a year out of the periods that figures are of."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from sdgcities.findings import Message, msg
from sdgcities.methods.series import Point
from sdgcities.model.statistics import ANNUAL, Period


def yearly(values: Iterable[tuple[Period, Decimal]]) -> tuple[tuple[Point, ...], tuple[Message, ...]]:
    """One value a year: the year's own, else the last of the periods that end in it; and what is to be said of that."""
    ordered = sorted(values, key=lambda one: (one[0].freq == ANNUAL, one[0].end, one[0].start))
    found = {period.end.year: (period, value) for period, value in ordered}
    parts = any(period.freq != ANNUAL for period, _ in found.values())
    notes = (msg("A value that is of no calendar year counts for the year in which its period ends."),) if parts else ()
    return tuple((year, value) for year, (_, value) in sorted(found.items())), notes
