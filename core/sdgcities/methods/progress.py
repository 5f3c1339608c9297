"""Progress by compound annual growth: observed growth against the growth a target requires, or against fixed thresholds (method `cagr`).

Values come in as Decimal and are computed in double precision: growth and ratio agree with published ones to 1e-9. Thresholds stand in progress.yaml.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import cast

from sdgcities.findings import Message, mark, msg
from sdgcities.methods.calculating import Inputs, NotComputable, Outcome
from sdgcities.methods.series import Point, Progress, Rule, Series, growth
from sdgcities.methods.thresholds import thresholds
from sdgcities.model.methods import Quantity
from sdgcities.model.statistics import Direction

CATEGORIES = {
    "target_achieved": mark("target achieved"),
    "on_track": mark("on track"),
    "acceleration_needed": mark("acceleration needed"),
    "limited": mark("limited progress"),
    "deterioration": mark("deterioration"),
}
"""Each category in words, the best first."""


@dataclass(frozen=True, slots=True)
class MeanProgress:
    """The mean of several series; `of` is how many of them have a score."""

    score: float | None = None
    category: str | None = None
    of: int = 0
    reason: Message | None = None


@dataclass(frozen=True, slots=True)
class Needed:
    """What would have to happen from the last value on: growth as a fraction per year, so that the series stands at `value` in `year`.

    Where there is no such growth, as from below zero to above it, `growth` is None and `reason` says why. `value` is written as the series
    is: of a two-sided one below 1 it lies below 1, and growth is that of its distance from 1, as everywhere in the method.
    """

    growth: float | None = None
    value: float | None = None
    year: int | None = None
    reason: Message | None = None


def progress(points: Sequence[Point], rule: Rule) -> Progress:
    """The progress of one series."""
    series, found = Series(rule), Progress()
    try:
        base, current = series.ends(points)
        found = Progress(base, current)
        found = series.measured(base, current)
    except NotComputable as none:
        found = replace(found, reason=none.message)
    if found.current and series.achieved(found.current[1]):
        end = thresholds()
        return replace(found, category=end.achieved, score=end.achieved_score, reason=None, notes=(*series.notes, *filter(None, [found.reason])))
    return replace(series.judged(found), notes=tuple(series.notes))


def mean_progress(groups: Iterable[Iterable[Progress]]) -> MeanProgress:
    """Of several series the mean score, those of one sub-indicator (a group) averaged first. Achieved only where every series is."""
    scored = [found for group in groups if (found := [(one.score, one.category) for one in group if one.score is not None])]
    if not scored:
        return MeanProgress(reason=msg("None of the series has a score."))
    mean = mean_score([[score for score, _ in group] for group in scored])
    achieved = all(category == thresholds().achieved for group in scored for _, category in group)
    return MeanProgress(mean, category_of_mean(mean, achieved=achieved), sum(map(len, scored)))


def mean_score(groups: Sequence[Sequence[float]]) -> float:
    """The mean over groups of the means within them."""
    return sum(sum(group) / len(group) for group in groups) / len(groups)


def category_of_mean(score: float, *, achieved: bool) -> str:
    """The category of a mean score."""
    return thresholds().achieved if achieved else thresholds().mean.category(score)


def needed(points: Sequence[Point], rule: Rule) -> Needed:
    """The growth a year from the last value on that reaches the target by its year; without a target, that brings the whole period on track."""
    series, found = Series(rule), Needed()
    try:
        base, current = series.ends(points)
        value = series.wanted(base, current)
        found = Needed(value=series.as_written(value, current[1]), year=rule.target_year)
        return replace(found, growth=growth(series.start(current[1]), value, rule.target_year - current[0]))
    except NotComputable as none:
        return replace(found, reason=none.message)


def cagr(given: Inputs) -> Outcome:
    """The method `cagr`."""
    number = cast("Mapping[str, Decimal | None]", given)
    rule = Rule(
        direction=Direction(str(given["direction"])),
        target=number["target"],
        target_year=_year(number["target_year"]),
        base_year=_year(number["base_year"]),
        limit=number["limit"],
        limit_is=str(given["limit_is"] or ""),
        two_sided=given["two_sided"] == "yes",
    )
    points = [(int(year), value) for year, value in cast("Mapping[str, Decimal | None]", given["series"]).items() if value is not None]
    found = progress(points, rule)
    if found.reason or not found.base or not found.current:
        raise NotComputable(found.reason or msg("There is no value."))
    outputs: dict[str, Quantity] = {"base_year": found.base[0], "base": found.base[1], "current_year": found.current[0], "current": found.current[1]}
    outputs |= {name: getattr(found, name) for name in ("observed", "required", "ratio", "measured", "score", "category")}
    content = rule.target is None and found.category == "on_track"  # the trend is enough
    return Outcome({**outputs, "needed": None if content else needed(points, rule).growth}, found.notes)


def cagr_mean(given: Inputs) -> Outcome:
    """The method `cagr-mean`."""
    groups = [[float(score) for score in group] for group in cast("Sequence[Sequence[Decimal]]", given["scores"])]
    score = mean_score(groups)
    return Outcome({"score": score, "category": category_of_mean(score, achieved=given["all_achieved"] == "yes")})


def _year(value: Decimal | None) -> int:
    if value is None or value != int(value):
        raise NotComputable(msg("%(value)s is no year.", value=value))
    return int(value)
