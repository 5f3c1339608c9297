"""Counts, areas and tonnes that a method is given: at least zero, or there is no result and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from math import isfinite

from sdgcities.findings import msg
from sdgcities.methods.calculating import Inputs, NotComputable

_SLACK = 1e-9
"""Parts may exceed the whole by what rounding of sums leaves."""
WHOLE = 100.0


def amount(given: Inputs, name: str) -> float | None:
    """A number that is not below zero; None where it was not given."""
    value = given.get(name)
    return None if value is None else _amount(name, value)


def needed(given: Inputs, name: str) -> float:
    """Like `amount`, of what there is no result without."""
    value = amount(given, name)
    if value is None:
        raise NotComputable(msg("Not given: %(names)s.", names=name))
    return value


def above_zero(given: Inputs, name: str) -> float:
    """Like `needed`, of what is divided by."""
    value = needed(given, name)
    if value == 0:
        raise NotComputable(msg("%(name)s is zero: there is nothing to divide by.", name=name))
    return value


def amounts(given: Inputs, name: str) -> dict[str, float]:
    """Numbers by name, none below zero; empty where nothing was given."""
    value = given.get(name)
    if value is None:
        return {}
    assert isinstance(value, Mapping)
    if missing := [of for of, number in value.items() if number is None]:
        raise NotComputable(msg("%(name)s has no value for %(of)s.", name=name, of=", ".join(missing)))
    return {of: _amount(f"{name} ({of})", number) for of, number in value.items()}


def rows(given: Inputs, name: str) -> list[list[float]]:
    """Rows of numbers; empty where nothing was given."""
    value = given.get(name)
    if value is None:
        return []
    assert isinstance(value, Sequence)
    return [[_amount(name, number) for number in row] for row in value if isinstance(row, Sequence) and not isinstance(row, str)]


def word(given: Inputs, name: str) -> str:
    """A word; empty where none was given."""
    value = given.get(name)
    return value if isinstance(value, str) else ""


def _amount(name: str, value: object) -> float:
    assert isinstance(value, Decimal | float | int)
    number = float(value)
    if not isfinite(number) or number < 0:
        raise NotComputable(msg("%(name)s is %(value)s: it can't be below zero.", name=name, value=str(value)))
    return number


def percent(part: float, whole: float) -> float:
    """The share of a part, in percent; a whole that is zero has no shares."""
    return WHOLE * part / whole


def within(part: float, whole: float, part_name: str, whole_name: str) -> None:
    """No part is larger than its whole."""
    if part > whole * (1 + _SLACK):
        text = msg("%(part)s (%(a)s) is larger than %(whole)s (%(b)s).", part=part_name, a=f"{part:g}", whole=whole_name, b=f"{whole:g}")
        raise NotComputable(text)


def shares_by_group(parts: Mapping[str, float], wholes: Mapping[str, float], part_name: str, whole_name: str) -> dict[str, float | None]:
    """The share of each group in percent, by name; None of a group without anybody. The same groups must stand in both."""
    if set(parts) != set(wholes):
        odd = sorted(set(parts) ^ set(wholes))
        raise NotComputable(msg("%(names)s: given in only one of %(part)s and %(whole)s.", names=", ".join(odd), part=part_name, whole=whole_name))
    for group, part in parts.items():
        within(part, wholes[group], f"{part_name} ({group})", f"{whole_name} ({group})")
    return {group: percent(part, wholes[group]) if wholes[group] else None for group, part in parts.items()}
