"""SDG 11.2.1: the share of people with a stop of public transport within a walk: 500 m to one of low, 1 km to one of high capacity."""

from __future__ import annotations

from sdgcities.findings import msg
from sdgcities.methods.amounts import above_zero, amount, amounts, percent, shares_by_group, within
from sdgcities.methods.calculating import Inputs, NotComputable, Outcome


def access(given: Inputs) -> Outcome:
    """From people served and all people. Who can walk to both kinds of stop counts once."""
    population, served = above_zero(given, "population"), _served(given)
    within(served, population, "served", "population")
    groups = shares_by_group(amounts(given, "served_by"), amounts(given, "population_by"), "served_by", "population_by")
    return Outcome({"share": percent(served, population), "served": served, "unserved": population - served, "by_group": dict(groups) or None})


def _served(given: Inputs) -> float:
    served, parts = amount(given, "served"), {name: amount(given, name) for name in ("near_low", "near_high", "near_both")}
    if served is not None:
        if any(value is not None for value in parts.values()):
            raise NotComputable(msg("Give either served, or near_low, near_high and near_both."))
        return served
    if missing := [name for name, value in parts.items() if value is None]:
        raise NotComputable(msg("Give served, or all three of near_low, near_high and near_both: %(names)s is missing.", names=", ".join(missing)))
    low, high, both = (value or 0.0 for value in parts.values())
    within(both, min(low, high), "near_both", "near_low, near_high")
    return low + high - both
