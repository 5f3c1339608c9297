"""What a city's indicators are to reach: a target of the city's own goes before that of its country's set."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from sdgcities.methods.series import Rule
from sdgcities.model.hub import HubView
from sdgcities.model.sources import Status
from sdgcities.model.statistics import Direction, Indicator

PERCENT = "percent"
QUESTION = "framework/targets"
"""The question of the core that a city's own targets answer."""


@dataclass(frozen=True, slots=True)
class Goal:
    """A target: the value, by when, which document sets it, how settled it is, and whether the city itself set it."""

    value: Decimal
    year: int
    source: str
    status: Status
    own: bool


def own_goals(view: HubView, cities: Sequence[str]) -> dict[str, dict[str, Goal]]:
    """By city the targets that it states in its indicator framework, by indicator; all cities are read at once."""
    answers = view.answers(QUESTION, cities)
    return {city: _listed(answers[city].value if city in answers else None) for city in cities}


def _listed(answer: object) -> dict[str, Goal]:
    """An entry of another shape counts for nothing."""
    listed = answer if isinstance(answer, list) else []
    found = (_own(entry) for entry in listed if isinstance(entry, Mapping))
    return dict(one for one in found if one is not None)


def _own(entry: Mapping[str, object]) -> tuple[str, Goal] | None:
    try:
        value, year = Decimal(str(entry.get("target"))), int(Decimal(str(entry.get("year"))))  # 2030.0 is a whole number to a form
    except (ArithmeticError, ValueError):
        return None
    return str(entry.get("indicator", "")), Goal(value, year, str(entry.get("source", "")), Status.PROPOSED, own=True)


def goal_of(indicator: Indicator, own: Mapping[str, Goal]) -> Goal | None:
    """What the indicator is to reach; None where nobody set a target."""
    if indicator.code in own:
        return own[indicator.code]
    aim = indicator.aim
    if aim is None or aim.target is None:
        return None
    source = "; ".join(part for part in (aim.source.office, aim.source.table) if part)
    return Goal(aim.target, aim.target_year or Rule(indicator.direction).target_year, source, aim.status, own=False)


def rule_of(indicator: Indicator, goal: Goal | None, since: int | None = None) -> Rule:
    """By what its series are measured, from the year `since` on where one is named.

    The most that a percentage can be is the natural limit of one that is to rise; other bounds say what is plausible, not what is possible.
    """
    rising = indicator.unit == PERCENT and indicator.direction is Direction.HIGHER
    rule, aim = Rule(indicator.direction, limit=indicator.maximum if rising else None), indicator.aim
    if aim is not None:
        rule = replace(rule, base_year=aim.base_year or rule.base_year, limit=rule.limit if aim.limit is None else aim.limit, two_sided=aim.two_sided)
    if goal is not None:
        rule = replace(rule, target=goal.value, target_year=goal.year)
    return replace(rule, base_year=since) if since else rule
