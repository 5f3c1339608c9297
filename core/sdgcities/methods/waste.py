"""SDG 11.6.1 by the Waste Wise Cities Tool: municipal solid waste collected and managed in controlled facilities, of all that is generated."""

from __future__ import annotations

from collections.abc import Mapping

from sdgcities.findings import Message, msg
from sdgcities.methods.amounts import WHOLE, above_zero, amount, amounts, percent, within
from sdgcities.methods.calculating import Inputs, NotComputable, Outcome

LEVELS = ("none", "limited", "basic", "improved", "full")
"""The ladder of control of facilities, from the bottom."""
CONTROLLED = LEVELS[LEVELS.index("basic") :]
"""A facility counts as controlled from basic control on."""
_KILOGRAMS = 1000


def controlled_share(given: Inputs) -> Outcome:
    """Shares in percent of what is generated, in tonnes a day. Facilities count by their level on the ladder, what is recovered less its rejects."""
    generated, population = _generated(given), amount(given, "population")
    if not generated:
        raise NotComputable(msg("No waste is generated: there is nothing to divide by."))
    by_level = _by_level(amounts(given, "facilities"), given.get("levels"))
    controlled, rejects = _controlled(given, by_level)
    within(controlled, generated, "controlled", "generated")
    collected = amount(given, "collected")
    if collected is not None:
        within(collected, generated, "collected", "generated")
        within(controlled, collected, "controlled", "collected")
    notes: list[Message] = (
        [msg("%(n)s t a day of what was recovered were rejected there; they do not count as controlled.", n=f"{rejects:g}")] if rejects else []
    )
    outputs = {
        "share": percent(controlled, generated),
        "collected_share": None if collected is None else percent(collected, generated),
        "generated": generated,
        "controlled": controlled,
        "per_capita": _KILOGRAMS * generated / population if population else None,
        "by_level": dict(by_level) or None,
    }
    return Outcome(outputs, tuple(notes))


def _generated(given: Inputs) -> float:
    """Tonnes a day: as given, or what each person throws away times the population, and what others than households do."""
    whole, each = amount(given, "generated"), amount(given, "household_per_capita")
    if whole is not None:
        if each is not None:
            raise NotComputable(msg("Give either generated, or household_per_capita and population."))
        return whole
    if each is None:
        raise NotComputable(msg("Give generated, or household_per_capita and population."))
    return each * above_zero(given, "population") / _KILOGRAMS + (amount(given, "others") or 0.0)


def _by_level(facilities: Mapping[str, float], levels: object) -> dict[str, float]:
    """Tonnes by the level of control of the facility they go to."""
    named = levels if isinstance(levels, Mapping) else {}
    if odd := sorted(set(facilities) ^ set(named)):
        raise NotComputable(msg("%(names)s: given in only one of facilities and levels.", names=", ".join(odd)))
    found = dict.fromkeys(LEVELS, 0.0) if facilities else {}
    for facility, tonnes in facilities.items():
        level = str(named[facility]).casefold()
        if level not in found:
            raise NotComputable(msg("%(level)s is no level of control: write %(levels)s.", level=named[facility], levels=", ".join(LEVELS)))
        found[level] += tonnes
    return found


def _controlled(given: Inputs, by_level: Mapping[str, float]) -> tuple[float, float]:
    """Tonnes in controlled facilities, and those rejected by controlled recovery."""
    disposed, recovered, rate = amount(given, "controlled"), amount(given, "recovered"), amount(given, "reject_rate") or 0.0
    within(rate, WHOLE, "reject_rate", "100 %")
    if disposed is not None and by_level:
        raise NotComputable(msg("Give either controlled, or facilities and levels."))
    if disposed is None and recovered is None and not by_level:
        raise NotComputable(msg("Give what is managed in controlled facilities: controlled, recovered, or facilities and levels."))
    rejects = (recovered or 0.0) * rate / WHOLE
    return (disposed or 0.0) + sum(by_level.get(level, 0.0) for level in CONTROLLED) + (recovered or 0.0) - rejects, rejects
