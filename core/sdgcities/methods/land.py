"""SDG 11.3.1: how fast a city takes up land against how fast its population grows, with the two secondary indicators of the metadata."""

from __future__ import annotations

from math import log

from sdgcities.findings import Message, msg
from sdgcities.methods.amounts import WHOLE, above_zero, amount, needed
from sdgcities.methods.calculating import Inputs, NotComputable, Outcome

_SQUARE_METRES = 1_000_000
_ONE_DAY = 1 / 366


def land_consumption_rate(start: float, end: float, years: float) -> float:
    """The annual rate at which built-up area grows, as a fraction: (end - start) / start / years, arithmetic. Areas in any one unit, start above zero."""
    return (end - start) / start / years


def population_growth_rate(start: float, end: float, years: float) -> float:
    """The annual rate at which the population grows, as a fraction: ln(end / start) / years. Both above zero."""
    return log(end / start) / years


def efficiency(given: Inputs) -> Outcome:
    """LCR, PGR and their ratio; without areas, PGR alone."""
    years = above_zero(given, "years")
    if years < _ONE_DAY:
        raise NotComputable(msg("years is below a day: the two dates must lie apart."))
    people = above_zero(given, "population_start"), above_zero(given, "population_end")
    pgr = population_growth_rate(*people, years)
    areas = amount(given, "area_start"), amount(given, "area_end")
    if areas == (None, None):
        return Outcome({"pgr": pgr}, (msg("Without the built-up areas of both years there is only the growth of the population."),))
    start, end = above_zero(given, "area_start"), needed(given, "area_end")
    lcr = land_consumption_rate(start, end, years)
    ratio, notes = _ratio(lcr, pgr)
    secondary = {
        "per_capita_start": start * _SQUARE_METRES / people[0],
        "per_capita_end": end * _SQUARE_METRES / people[1],
        "built_up_change": WHOLE * (end - start) / start,
    }
    return Outcome({"lcr": lcr, "pgr": pgr, "ratio": ratio, **secondary}, notes)


def _ratio(lcr: float, pgr: float) -> tuple[float | None, tuple[Message, ...]]:
    """LCR over PGR, where the population grows; else None, and the words that stand in its place."""
    if pgr > 0:
        return lcr / pgr, ()
    if pgr == 0:
        return None, (msg("The ratio is not defined: the population neither grew nor shrank."),)
    return None, (msg("The ratio is not meaningful: the population shrank. Read the two rates side by side."),)
