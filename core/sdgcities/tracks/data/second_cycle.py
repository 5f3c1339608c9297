"""The measures of the milestone `data/second-cycle`: values that came again, and what they say of progress."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import partial
from typing import cast

from sdgcities.findings import Message, msg, nmsg
from sdgcities.methods.progress import progress
from sdgcities.methods.series import Point
from sdgcities.model.hub import HubView
from sdgcities.model.milestones import Measure, Reading, Value
from sdgcities.model.statistics import Direction, Indicator
from sdgcities.tracks.data.progress.aims import Goal, goal_of, own_goals, rule_of
from sdgcities.tracks.data.progress.years import yearly

Courses = Mapping[str, Sequence[Point]]
"""By indicator its values, one a year."""
_NO_VALUE = msg("No indicator of the national core has a value yet.")
_NO_SECOND = msg("No indicator of the national core of which more, or less, is better has values of two years yet.")


def second_cycle_measures() -> tuple[Measure, ...]:
    """Both measures."""
    return (
        Measure("data/repeated-share", "Share of the baseline's indicators with a second value after the years between", _repeated),
        Measure("data/progress-category-share", "Share of the repeated indicators with a progress category", _categories),
    )


def _repeated(view: HubView, cities: Sequence[str], arguments: Mapping[str, Value]) -> Mapping[str, Reading]:
    between = int(cast("Decimal", arguments["years_between"]))
    return {
        city: _share(courses, lambda _, points: points[-1][0] - points[0][0] >= between, partial(_once, between), _NO_VALUE)
        for city, courses in _cores(view, cities)
    }


def _categories(view: HubView, cities: Sequence[str], _arguments: Mapping[str, Value]) -> Mapping[str, Reading]:
    """Of what neither way is better of, such as a population, there is no progress to measure: it does not count."""
    goals = own_goals(view, cities)
    found: dict[str, Reading] = {}
    for city, courses in _cores(view, cities):
        indicators = view.indicators(city)
        repeated = {code: points for code, points in courses.items() if len(points) > 1 and _has_better_way(indicators[code])}
        found[city] = _share(repeated, partial(_judged, indicators, goals[city]), _uncategorised, _NO_SECOND if courses else _NO_VALUE)
    return found


def _has_better_way(indicator: Indicator) -> bool:
    return indicator.direction is not Direction.NEUTRAL or rule_of(indicator, None).two_sided


def _judged(indicators: Mapping[str, Indicator], goals: Mapping[str, Goal], code: str, points: Sequence[Point]) -> bool:
    """Whether the method gives the values of an indicator a category."""
    return progress(points, rule_of(indicators[code], goal_of(indicators[code], goals))).category is not None


def _cores(view: HubView, cities: Sequence[str]) -> Iterator[tuple[str, Courses]]:
    """Each city with the values of the national core."""
    courses = view.courses(cities)
    for city in cities:
        indicators = view.indicators(city)
        yield city, {code: yearly(periods.items())[0] for code, periods in courses.get(city, {}).items() if code in indicators and indicators[code].core}


def _share(courses: Courses, holds: Callable[[str, Sequence[Point]], bool], tell: Callable[[list[str]], Message], none: Message) -> Reading:
    if not courses:
        return Reading(None, (none,))
    lacking = sorted(code for code, points in courses.items() if not holds(code, points))
    return Reading(Decimal(len(courses) - len(lacking)) / len(courses), (tell(lacking),) if lacking else ())


def _once(years: int, codes: list[str]) -> Message:
    named = ", ".join(codes)
    return nmsg(
        "Without a second value at least %(n)s year later: %(codes)s.", "Without a second value at least %(n)s years later: %(codes)s.", years, codes=named
    )


def _uncategorised(codes: list[str]) -> Message:
    return msg("No progress can be measured of: %(codes)s. See: sdgcities data progress CITY.", codes=", ".join(codes))
