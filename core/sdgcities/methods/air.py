"""SDG 11.6.2: the annual mean of fine particulate matter (PM2.5 or PM10), weighted by the people who breathe it."""

from __future__ import annotations

from collections.abc import Mapping
from math import fsum

from sdgcities.findings import Message, msg
from sdgcities.methods.amounts import above_zero, amounts, needed, percent, within
from sdgcities.methods.calculating import Inputs, NotComputable, Outcome


def annual_mean(given: Inputs) -> Outcome:
    """The mean over monitors or areas that measured on enough days; weighted by people where those are given. Micrograms per cubic metre."""
    means, days, people = amounts(given, "means"), amounts(given, "days"), amounts(given, "populations")
    if not means:
        raise NotComputable(msg("No annual mean is given."))
    for name, others in (("days", days), ("populations", people)):
        _same(means, others, name)
    complete = _complete(days, above_zero(given, "year_days"))
    least = needed(given, "least_days")
    used = [name for name in means if not complete or complete[name] >= least]
    if not used:
        raise NotComputable(msg("None of them measured on %(share)s %% of the days of the year.", share=f"{least:g}"))
    if people and not fsum(people[name] for name in used):
        raise NotComputable(msg("Nobody lives where enough was measured: there is nothing to weight by."))
    weights = {name: people[name] if people else 1.0 for name in used}
    whole = fsum(weights.values())
    outputs = {
        "mean": fsum(means[name] * weight for name, weight in weights.items()) / whole,
        "used": float(len(used)),
        "left_out": float(len(means) - len(used)),
        "population_covered": percent(whole, fsum(people.values())) if people else None,
        "completeness": dict(complete) or None,
    }
    return Outcome(outputs, _notes([name for name in means if name not in used], complete, people))


def _same(means: Mapping[str, float], others: Mapping[str, float], name: str) -> None:
    if others and (odd := sorted(set(means) ^ set(others))):
        raise NotComputable(msg("%(names)s: given in only one of %(part)s and %(whole)s.", names=", ".join(odd), part="means", whole=name))


def _complete(days: Mapping[str, float], year: float) -> dict[str, float]:
    """The share of the days of the year on which each measured, in percent."""
    for name, number in days.items():
        within(number, year, f"days ({name})", "year_days")
    return {name: percent(number, year) for name, number in days.items()}


def _notes(left_out: list[str], complete: Mapping[str, float], people: Mapping[str, float]) -> tuple[Message, ...]:
    notes = [msg("Left out, for too few days with a value: %(names)s.", names=", ".join(left_out))] if left_out else []
    if not complete:
        notes.append(msg("How many days were measured is not given: every mean counts as complete."))
    if not people:
        notes.append(msg("Not weighted by population: this is the plain mean of the monitors, not indicator 11.6.2."))
    return tuple(notes)
