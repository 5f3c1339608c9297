"""SDG 11.1.1: the share of the urban population in slums, informal settlements or inadequate housing, everyone counted once."""

from __future__ import annotations

from dataclasses import dataclass

from sdgcities.findings import Message, msg
from sdgcities.methods.amounts import above_zero, amount, percent, rows, within
from sdgcities.methods.calculating import Inputs, NotComputable, Outcome

PARTS = ("slums", "informal", "inadequate")
DEPRIVATIONS = ("water", "sanitation", "space", "durability", "tenure")
_FEWEST = len(DEPRIVATIONS)
"""Columns: the persons and four deprivations; security of tenure is often not asked."""
_MOST = 1 + len(DEPRIVATIONS) + 2
_ONCE = msg("Whoever is in several of them must be counted in one only: in slums first, then in informal settlements.")


@dataclass(frozen=True, slots=True)
class Counted:
    """People by part, each person in the first part that is true of them; and by deprivation, where one may count in several."""

    people: float
    parts: dict[str, float]
    deprived: dict[str, float]
    asked: tuple[str, ...]


def proportion(given: Inputs) -> Outcome:
    """From counts of people, or from a table of households. Shares in percent of the urban population."""
    table = rows(given, "households")
    counts = {part: value for part in PARTS if (value := amount(given, part)) is not None}
    if table and counts:
        raise NotComputable(msg("Both counts and households are given: give one of the two."))
    if table:
        return _from_households(table)
    if not counts:
        raise NotComputable(msg("Neither counts (%(names)s) nor households are given.", names=", ".join(PARTS)))
    return _outcome(above_zero(given, "urban_population"), counts, {}, ())


def _from_households(table: list[list[float]]) -> Outcome:
    counted = count_households(table)
    if not counted.people:
        raise NotComputable(msg("Nobody lives in the households."))
    notes = () if "tenure" in counted.asked else (msg("Security of tenure is not in the table: it is not counted as a deprivation."),)
    return _outcome(counted.people, counted.parts, {name: percent(n, counted.people) for name, n in counted.deprived.items()}, notes)


def count_households(table: list[list[float]]) -> Counted:
    """Count the persons of households: persons, then 1 or 0 for each deprivation, then for an informal settlement and for inadequate housing.

    A household is a slum household with one deprivation as with five: its persons count once.
    """
    width = len(table[0])
    asked = DEPRIVATIONS[: min(width - 1, len(DEPRIVATIONS))]
    beyond = PARTS[1 : 1 + max(width - 1 - len(DEPRIVATIONS), 0)]
    parts, deprived, people = dict.fromkeys(("slums", *beyond), 0.0), dict.fromkeys(asked, 0.0), 0.0
    for number, row in enumerate(table, start=1):
        persons, lacks, more = _household(number, row, width, len(asked))
        people += persons
        for name, lack in zip(asked, lacks, strict=True):
            deprived[name] += persons * lack
        first = next((name for name, true in zip(parts, (max(lacks), *more), strict=True) if true), None)
        if first:
            parts[first] += persons
    return Counted(people, parts, deprived, asked)


def _household(number: int, row: list[float], width: int, asked: int) -> tuple[float, list[float], list[float]]:
    if not _FEWEST <= len(row) <= _MOST or len(row) != width:
        text = msg("Household %(n)s has %(found)s numbers; every one has the same %(low)s to %(high)s.", n=number, found=len(row), low=_FEWEST, high=_MOST)
        raise NotComputable(text)
    if any(value not in {0, 1} for value in row[1:]):
        raise NotComputable(msg("Household %(n)s: after the persons, write 1 for what is lacking and 0 for what is not.", n=number))
    return row[0], row[1 : 1 + asked], row[1 + asked :]


def _outcome(people: float, parts: dict[str, float], deprived: dict[str, float], notes: tuple[Message, ...]) -> Outcome:
    inside = sum(parts.values())
    within(inside, people, " + ".join(parts), "urban_population")
    if missing := [part for part in PARTS if part not in parts]:
        notes = (*notes, msg("Not counted, because not given: %(names)s.", names=", ".join(missing)))
    if len(parts) > 1 and not deprived:
        notes = (*notes, _ONCE)
    outputs = {
        "share": percent(inside, people),
        "people": inside,
        **{f"{part}_share": percent(parts[part], people) if part in parts else None for part in PARTS},
    }
    return Outcome({**outputs, "deprivations": dict(deprived) or None}, notes)
