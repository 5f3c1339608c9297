"""SDG 11.7.1: the share of the built-up area that is open space in public use: streets and open public spaces; and who has one within 400 m."""

from __future__ import annotations

from sdgcities.findings import msg
from sdgcities.methods.amounts import above_zero, amount, amounts, needed, percent, shares_by_group, within
from sdgcities.methods.calculating import Inputs, NotComputable, Outcome


def public_share(given: Inputs) -> Outcome:
    """(open public spaces + streets) / built-up area, in percent, areas in one unit; access by group where people are given."""
    built_up = above_zero(given, "built_up")
    spaces, streets = needed(given, "open_spaces"), needed(given, "streets")
    within(spaces + streets, built_up, "open_spaces + streets", "built_up")
    groups = shares_by_group(amounts(given, "access_by"), amounts(given, "population_by"), "access_by", "population_by")
    outputs = {
        "share": percent(spaces + streets, built_up),
        "open_space_share": percent(spaces, built_up),
        "street_share": percent(streets, built_up),
        "access_share": _access(given),
        "access_by_group": dict(groups) or None,
    }
    return Outcome(outputs)


def _access(given: Inputs) -> float | None:
    with_access = amount(given, "with_access")
    if with_access is None:
        return None
    if given.get("population") is None:
        raise NotComputable(msg("with_access is given without population."))
    population = above_zero(given, "population")
    within(with_access, population, "with_access", "population")
    return percent(with_access, population)
