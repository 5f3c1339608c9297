"""The measures of the milestone `data/second-cycle`: values that came again, and what they say of progress."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import partial
from typing import cast

from sdgcities.findings import Message, msg
from sdgcities.methods.progress import progress
from sdgcities.methods.series import Point
from sdgcities.model.hub import HubView
from sdgcities.model.milestones import Measure, Reading, Value
from sdgcities.model.statistics import Indicator
from sdgcities.tracks.data.progress.aims import QUESTION, Goal, goal_of, own_goals, rule_of
from sdgcities.tracks.data.progress.years import yearly

Courses = Mapping[str, Sequence[Point]]
"""By indicator its values, one a year."""


def second_cycle_measures() -> tuple[Measure, ...]:
    """Both measures."""
    return (
        Measure("data/repeated-share", "Share of the baseline's indicators with a second value after the years between", _repeated),
        Measure("data/progress-category-share", "Share of the repeated indicators with a progress category", _categories),
    )


def _repeated(view: HubView, cities: Sequence[str], arguments: Mapping[str, Value]) -> Mapping[str, Reading]:
    between = int(cast("Decimal", arguments["years_between"]))
    return {city: _share(courses, lambda _, points: points[-1][0] - points[0][0] >= between, _once) for city, courses in _cores(view, cities)}


def _categories(view: HubView, cities: Sequence[str], _arguments: Mapping[str, Value]) -> Mapping[str, Reading]:
    answers = view.answers(QUESTION, cities)
    found: dict[str, Reading] = {}
    for city, courses in _cores(view, cities):
        goals = own_goals(answers[city].value if city in answers else None)
        repeated = {code: points for code, points in courses.items() if len(points) > 1}
        found[city] = _share(repeated, partial(_judged, view.indicators(city), goals), _uncategorised)
    return found


def _judged(indicators: Mapping[str, Indicator], goals: Mapping[str, Goal], code: str, points: Sequence[Point]) -> bool:
    """Whether the method gives the values of an indicator a category."""
    return progress(points, rule_of(indicators[code], goal_of(indicators[code], goals))).category is not None


def _cores(view: HubView, cities: Sequence[str]) -> Iterator[tuple[str, Courses]]:
    """Each city with the values of the national core."""
    courses = view.courses(cities)
    for city in cities:
        indicators = view.indicators(city)
        yield city, {code: yearly(periods.items())[0] for code, periods in courses.get(city, {}).items() if code in indicators and indicators[code].core}


def _share(courses: Courses, holds: Callable[[str, Sequence[Point]], bool], tell: Callable[[list[str]], Message]) -> Reading:
    if not courses:
        return Reading(None, (msg("No indicator of the national core has a value yet."),))
    lacking = sorted(code for code, points in courses.items() if not holds(code, points))
    return Reading(Decimal(len(courses) - len(lacking)) / len(courses), (tell(lacking),) if lacking else ())


def _once(codes: list[str]) -> Message:
    return msg("Without a second value: %(codes)s.", codes=", ".join(codes))


def _uncategorised(codes: list[str]) -> Message:
    return msg("No progress can be measured of: %(codes)s. See: sdgcities data progress CITY.", codes=", ".join(codes))
