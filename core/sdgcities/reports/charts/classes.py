"""Classes of values for maps: never more than five, with bounds that are stated."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from itertools import accumulate, groupby

MOST = 5
_NICE = (Decimal(1), Decimal(2), Decimal(5), Decimal(10))


@dataclass(frozen=True, slots=True)
class Class:
    """From `least` to `most`, both of them in it unless it is `open`: then `most` begins the next one. `count` units have such a value."""

    least: Decimal
    most: Decimal
    count: int
    open: bool = False

    def __contains__(self, value: Decimal) -> bool:
        return self.least <= value and (value < self.most if self.open else value <= self.most)


def quantiles(values: Sequence[Decimal]) -> tuple[Class, ...]:
    """About equally many values in each class; equal values are never parted. A class is named by the lowest and highest value in it."""
    counted = sorted(Counter(values).items())
    below = [0, *accumulate(count for _, count in counted)]
    most = min(MOST, len(counted))

    def place(number: int) -> int:
        return number if len(counted) <= MOST else (2 * below[number] + counted[number][1] - 1) * most // (2 * len(values))

    groups = ([counted[number] for number in members] for _, members in groupby(range(len(counted)), place))
    return tuple(Class(group[0][0], group[-1][0], sum(count for _, count in group)) for group in groups)


def equal_steps(values: Sequence[Decimal]) -> tuple[Class, ...]:
    """Equally wide classes between round numbers; one that no value falls into stands among them."""
    low, high = min(values), max(values)
    if low == high:
        return (Class(low, high, len(values)),)
    step = _step(low, high)
    start, number = (low / step).to_integral_value(ROUND_FLOOR), int(_last(low, high, step))
    edges = [(start + place) * step for place in range(number + 1)]
    bare = [Class(edges[place], edges[place + 1], 0, place < number - 1) for place in range(number)]
    return tuple(Class(one.least, one.most, sum(value in one for value in values), one.open) for one in bare)


def _step(low: Decimal, high: Decimal) -> Decimal:
    """The smallest of one, two or five times a power of ten that makes no more classes than there may be."""
    power = Decimal(10) ** ((high - low) / MOST).adjusted()
    return next(power * times for times in (*_NICE, *(10 * one for one in _NICE)) if _last(low, high, power * times) <= MOST)


def _last(low: Decimal, high: Decimal, step: Decimal) -> Decimal:
    """How many steps reach from the round number below the lowest value to the highest."""
    return (high / step).to_integral_value(ROUND_CEILING) - (low / step).to_integral_value(ROUND_FLOOR)
