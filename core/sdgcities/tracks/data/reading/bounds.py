"""A figure held against the least and the most that its indicator can be."""

from __future__ import annotations

from decimal import Decimal

from sdgcities.findings import msg
from sdgcities.model.statistics import Indicator
from sdgcities.tracks.data.reading.raw import NUMBER, Problem


def check_bounds(value: str, indicator: Indicator, column: str) -> None:
    """Raises Problem where a figure, a number with a decimal point, lies outside of them; what is no number is told elsewhere."""
    if not NUMBER.fullmatch(value):
        return
    exact, low, high = Decimal(value), indicator.minimum, indicator.maximum
    if low is not None and exact < low:
        told = msg("%(value)s is below %(bound)s, the least that %(code)s can be.", value=value, bound=low, code=indicator.code)
        raise Problem("value.low", column, told)
    if high is not None and exact > high:
        told = msg("%(value)s is above %(bound)s, the most that %(code)s can be.", value=value, bound=high, code=indicator.code)
        raise Problem("value.high", column, told)
