"""The progress of a city, indicator by indicator, by the method `cagr`; no city is put beside another."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from sdgcities.findings import Message, msg
from sdgcities.methods.progress import Needed, mean_progress, needed, progress
from sdgcities.methods.series import Point, Progress, Rule
from sdgcities.model.statistics import Indicator, ObservationStatus, read_dimensions
from sdgcities.registry.adding import AddingUp
from sdgcities.registry.catalogue import Catalogue
from sdgcities.registry.cities import City
from sdgcities.registry.figures import Figure, current
from sdgcities.registry.view import RecordsView
from sdgcities.tracks.data.progress.aims import Goal, goal_of, own_goals, rule_of
from sdgcities.tracks.data.progress.years import yearly

METHOD = "cagr"
SETTLED = ObservationStatus.NORMAL.value


@dataclass(frozen=True, slots=True)
class Part:
    """One series of an indicator that has no total: its disaggregation, its values by year, and its own progress."""

    dims: str
    points: tuple[Point, ...]
    progress: Progress


@dataclass(frozen=True, slots=True)
class Judged:
    """One indicator of a city. `points` are its values by year, `shaky` the years whose value is provisional, estimated or unreliable.

    Without a category, `progress.reason` says why. `parts`: there is no total, so it is the mean of these series.
    """

    unit: str
    indicator: Indicator
    unit_measure: str
    goal: Goal | None
    points: tuple[Point, ...]
    progress: Progress
    needed: Needed
    notes: tuple[Message, ...] = ()
    shaky: tuple[int, ...] = ()
    added_up: bool = False
    parts: tuple[Part, ...] = ()


def city_progress(catalogue: Catalogue, city: City, codes: Collection[str] | None = None, since: int | None = None) -> list[Judged]:
    """Every indicator that has a value of the city, by code; those named only, where some are."""
    unit = city.unit
    indicators = catalogue.indicators[unit.country]
    with catalogue.hub.database.reading() as connection:
        own = current(connection, [unit.id])
        figures = [*own, *AddingUp(catalogue).sums(connection, own, [unit.id], total_only=True)]
        former = [one for before in catalogue.places[unit.country].formerly(unit) for one in current(connection, [before.id])]
    goals = own_goals(RecordsView(catalogue), [unit.id])[unit.id]
    found = [one for one in judged_figures(indicators, figures, goals, since) if codes is None or one.indicator.code in codes]
    return [_beside(one, catalogue, former) for one in found]


def _beside(judged: Judged, catalogue: Catalogue, former: Iterable[Figure]) -> Judged:
    """With a word of figures that what the city was before has of the indicator: they are of another area, so they are not joined."""
    of_it = dict.fromkeys(one.unit for one in former if one.value is not None and one.indicator == judged.indicator.code)
    if not of_it:
        return judged
    named = ", ".join(f"{catalogue.unit(unit).name} ({unit})" for unit in of_it)
    return replace(judged, notes=(*judged.notes, msg("What it was before has figures of its own, which are not joined with these: %(places)s.", places=named)))


def judged_figures(indicators: Mapping[str, Indicator], figures: Iterable[Figure], goals: Mapping[str, Goal], since: int | None = None) -> list[Judged]:
    """The same for the figures of one city, with those added up from its parts; `goals` are the targets that it set itself."""
    valued = sorted((one for one in figures if one.value is not None), key=lambda one: (one.indicator, one.unit_measure))
    return [
        _judged(indicators[code], measure, list(ones), goals, since)
        for (code, measure), ones in groupby(valued, key=lambda one: (one.indicator, one.unit_measure))
        if code in indicators
    ]


def _judged(indicator: Indicator, measure: str, figures: Sequence[Figure], goals: Mapping[str, Goal], since: int | None) -> Judged:
    unit = figures[0].unit
    goal = goal_of(indicator, goals)
    rule = rule_of(indicator, goal, since)
    totals = [one for one in figures if not one.dims]
    if not totals:
        return _of_parts(unit, indicator, measure, goal, rule, figures)
    points, notes = yearly((one.period, one.value) for one in totals if one.value is not None)
    shaky = tuple(sorted({one.period.end.year for one in totals if one.status != SETTLED}))
    found = progress(points, rule)
    added_up = any(one.parts for one in totals)
    return Judged(unit, indicator, measure, goal, points, found, needed(points, rule), (*found.notes, *notes), shaky, added_up)


def _of_parts(unit: str, indicator: Indicator, measure: str, goal: Goal | None, rule: Rule, figures: Sequence[Figure]) -> Judged:
    """An indicator without a total: the mean of the scores of its series, those split alike averaged first."""
    groups: dict[tuple[str, ...], list[Part]] = {}
    for dims, ones in groupby(sorted(figures, key=lambda one: one.dims), key=lambda one: one.dims):
        points, _ = yearly((one.period, one.value) for one in ones if one.value is not None)
        groups.setdefault(tuple(read_dimensions(dims)), []).append(Part(dims, points, progress(points, rule)))
    mean = mean_progress([part.progress for part in group] for group in groups.values())
    parts = tuple(part for group in groups.values() for part in group)
    note = msg("There is no total: it is the mean of the scores of %(n)s series, those split alike averaged first.", n=len(parts))
    found = Progress(score=mean.score, category=mean.category, reason=mean.reason)
    reason = msg("There is no total that could be told what it needs.")
    return Judged(unit, indicator, measure, goal, (), found, Needed(reason=reason), (note,), parts=parts)
