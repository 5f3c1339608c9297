"""A series of yearly values and the rule it is measured by: its ends, its growth, and how near a natural limit it is (method `cagr`)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from itertools import pairwise
from math import isfinite

from sdgcities.findings import Message, msg
from sdgcities.methods.calculating import NotComputable
from sdgcities.methods.thresholds import thresholds
from sdgcities.model.statistics import Direction

Point = tuple[int, Decimal]
"""A year and its value."""


@dataclass(frozen=True, slots=True)
class Rule:
    """By what a series is measured. `limit` is the natural limit of its values, such as 100 for a share; it counts where there is no target.

    A two-sided series, such as a parity index, is best at 1: each value p counts as max(p, 1/p), and lower is better.
    """

    direction: Direction
    target: Decimal | None = None
    target_year: int = field(default_factory=lambda: thresholds().target_year)
    base_year: int = field(default_factory=lambda: thresholds().base_year)
    limit: Decimal | None = None
    limit_is: str = ""
    """`maximum` or `minimum`; empty, a maximum where higher is better, a minimum where lower is."""
    two_sided: bool = False


@dataclass(frozen=True, slots=True)
class Progress:
    """What a series says. `observed` and `required` are growth as a fraction per year; `ratio` is set with a target, `measured` without.

    `base` and `current` are as given. Without a category, `reason` says why there is none.
    """

    base: Point | None = None
    current: Point | None = None
    observed: float | None = None
    required: float | None = None
    ratio: float | None = None
    measured: float | None = None
    score: float | None = None
    category: str | None = None
    reason: Message | None = None
    notes: tuple[Message, ...] = ()


def growth(start: float, end: float, years: int) -> float:
    """Compound annual growth as a fraction per year. Raises NotComputable where there is none."""
    share = end / start
    if share < 0:
        raise NotComputable(msg("The values have different signs: there is no growth rate between a number below and a number above zero."))
    rate = share ** (1 / years) - 1
    if not isfinite(rate) or (not share and end):
        raise NotComputable(msg("The values are too far apart for a growth rate."))
    return float(rate)


def reduction(base: float, limit: float) -> float:
    """What thresholds are multiplied by near a natural limit: 1 far from it, 0 at it. As sdg-build computes it.

    A base below the limit lies under a maximum; one above it lies over a minimum, where its distance to the limit counts on the other side.
    """
    base, limit = abs(base), abs(limit)
    if base >= 2 * limit:
        return 1.0
    near = base if base <= limit else 2 * limit - base
    return 1 - float((near / limit) ** thresholds().power)


class Series:
    """One rule at work, and what is to be said about it."""

    def __init__(self, rule: Rule) -> None:
        self._rule = rule
        self._up = rule.direction is Direction.HIGHER and not rule.two_sided
        self.notes: list[Message] = []

    def ends(self, points: Sequence[Point]) -> tuple[Point, Point]:
        """The base and the last point. Raises NotComputable where they can't be told."""
        rule, ordered = self._rule, sorted(points)
        if not all(isfinite(value) for value in (*(value for _, value in ordered), rule.target or 0, rule.limit or 0)):
            raise NotComputable(msg("A value is no number, or too large."))
        for (year, _), (after, _) in pairwise(ordered):
            if year == after:
                raise NotComputable(msg("%(year)s has more than one value.", year=str(year)))
        since = [point for point in ordered if point[0] >= rule.base_year]
        if not since:
            raise NotComputable(msg("There is no value of %(year)s or later.", year=str(rule.base_year)))
        if rule.two_sided and min(value for _, value in since) <= 0:
            raise NotComputable(msg("A two-sided series needs values above zero."))
        self._note_ends(since)
        return since[0], since[-1]

    def _note_ends(self, since: Sequence[Point]) -> None:
        (year, base), (_, current) = since[0], since[-1]
        if year != self._rule.base_year and len(since) > 1:
            self.notes.append(msg("There is no value of %(year)s; %(base)s is the base.", year=str(self._rule.base_year), base=str(year)))
        if base * current > 0 and any(value * base < 0 for _, value in since):
            self.notes.append(msg("Values in between have another sign; only the first and the last are compared."))
        if self._rule.two_sided:
            self.notes.append(msg("The series is two-sided: a value p counts as the larger of p and 1/p, and lower is better."))

    def start(self, value: Decimal) -> float:
        """The value that growth starts from: what stands for zero where it is zero."""
        return self._value(value) or thresholds().stands_for_zero

    def achieved(self, value: Decimal) -> bool:
        """Whether the target is reached."""
        target = self._target
        return target is not None and self._has_better_way and (self._value(value) >= target if self._up else self._value(value) <= target)

    def measured(self, base: Point, current: Point) -> Progress:
        """Growth observed and required, and the two compared. Raises NotComputable."""
        self._need_better_way()
        (year, value), (until, last) = base, current
        if until == year:
            raise NotComputable(msg("There is one value only from the base year on; progress needs two, at least a year apart."))
        start = self._noted(value)
        observed = growth(start, self._value(last), until - year)
        better = observed * (1 if self._up else -1) * (1 if start > 0 else -1)
        if self._target is None:
            return Progress(base, current, observed, measured=better)
        if self._rule.target_year <= year:
            raise NotComputable(msg("The base is of %(year)s: the year of the target is not after it.", year=str(year)))
        required = growth(start, self._target, self._rule.target_year - year)
        if required == 0 and self.achieved(last):
            return Progress(base, current, observed, required)
        if required == 0:
            raise NotComputable(msg("The base stood at the target, which was left since: no growth is required that the observed could be compared with."))
        return Progress(base, current, observed, required, better / abs(required))

    def judged(self, found: Progress) -> Progress:
        """The same with score and category, where anything was measured."""
        if found.ratio is not None:
            self._note_limit_beside_target()
            scale, value = thresholds().with_target, found.ratio
        elif found.measured is not None and found.base:
            scale, value = thresholds().without_target.reduced(self._reduced(self._value(found.base[1]))), found.measured
        else:
            return found
        return replace(found, score=scale.score(value), category=scale.category(value))

    def wanted(self, base: Point, current: Point) -> float:
        """The value to be reached by the year of the target: the target, or without one what brings the growth since the base on track.

        Raises NotComputable where nothing is left to reach, or no time.
        """
        self._need_better_way()
        if self.achieved(current[1]):
            raise NotComputable(msg("The target is reached already."))
        if current[0] >= self._rule.target_year and self._target is None:
            raise NotComputable(msg("The last value is of %(year)s: the year of the target is not after it.", year=str(current[0])))
        if current[0] >= self._rule.target_year:
            raise NotComputable(msg("The year of the target has come, and the newest value, of %(year)s, does not reach it.", year=str(current[0])))
        if self._target is not None:
            return self._target
        if not base[1]:
            raise NotComputable(msg("The base is zero: without a target it can't be told what would bring it on track."))
        start = self.start(base[1])
        rate = thresholds().without_target.reduced(self._reduced(self._value(base[1]))).categories[0][0]
        value = start * (1 + rate * (1 if self._up == (start > 0) else -1)) ** (self._rule.target_year - base[0])
        if self._rule.two_sided and value < 1:
            raise NotComputable(msg("It is so near 1, the best there is, that not even 1 would bring it on track; only a target can tell what is left to do."))
        return value

    def as_written(self, value: float, beside: Decimal) -> float:
        """A value to be reached as the series itself would show it, on the side of 1 where it now stands; zero is zero."""
        if self._rule.target == 0:
            return 0.0
        return 1 / value if self._rule.two_sided and 0 < beside < 1 else value

    @property
    def _has_better_way(self) -> bool:
        return self._rule.direction is not Direction.NEUTRAL or self._rule.two_sided

    def _need_better_way(self) -> None:
        if not self._has_better_way:
            raise NotComputable(msg("Neither way is better for this indicator, so there is no progress to measure."))

    @property
    def _target(self) -> float | None:
        return None if self._rule.target is None else self._value(self._rule.target) or thresholds().stands_for_zero

    def _value(self, given: Decimal) -> float:
        value = float(given)
        return max(value, 1 / value) if self._rule.two_sided and value > 0 else value

    def _noted(self, value: Decimal) -> float:
        if not value or self._rule.target == 0:
            self.notes.append(
                msg("A base or target of zero counts as %(value)s; the result depends strongly on that.", value=str(thresholds().stands_for_zero))
            )
        return self.start(value)

    def _note_limit_beside_target(self) -> None:
        if self._rule.limit is not None:
            self.notes.append(msg("The natural limit does not count where there is a target."))

    def _reduced(self, base: float) -> float:
        """By how much a natural limit lowers the thresholds. Only a limit on the better side does."""
        limit, kind = self._rule.limit, "maximum" if self._up else "minimum"
        if limit is None:
            return 1.0
        if self._rule.limit_is not in {"", kind}:
            self._say(msg("The natural limit lies on the worse side, so it does not count."))
            return 1.0
        if kind == "minimum":
            self._say(msg("Near a minimum the thresholds are lowered as the method describes it; no published result was there to confirm that."))
        if (base > limit) == self._up and base != limit:
            self._say(msg("The base lies beyond the natural limit: see whether the limit is right."))
        return reduction(base, float(limit))

    def _say(self, note: Message) -> None:
        if note not in self.notes:
            self.notes.append(note)
