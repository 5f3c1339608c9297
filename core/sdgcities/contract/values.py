"""Values of parameters and criteria: read from a file's nodes, and spelt for a message."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

from sdgcities.model.milestones import Comparison, ParameterType, Value

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
ORDERING = (Comparison.AT_LEAST, Comparison.AT_MOST)
NEEDED = {
    Comparison.AT_LEAST: "number / date",
    Comparison.AT_MOST: "number / date",
    Comparison.EQUALS: "number / text / yes or no",
    Comparison.INCLUDES: "set",
    Comparison.ONE_OF: "set",
}
"""What a comparison can be held against, in words."""


def as_value(kind: ParameterType, node: object) -> Value | None:
    """`node` as a value of a parameter of that type; None where it is none. Takes file nodes and finished values."""
    match kind:
        case ParameterType.NUMBER:
            return _number(node)
        case ParameterType.SET:
            return _set(node)
        case ParameterType.CHOICE:
            return node if isinstance(node, str) and node else None
        case ParameterType.DATE:
            return _date(node)


def as_literal(comparison: Comparison, node: object) -> Value | None:
    """`node` as what a criterion holds its measure against; None where the comparison can't use it."""
    if comparison in ORDERING:
        return _date(node) if isinstance(node, str | date) else _number(node)
    if comparison in {Comparison.INCLUDES, Comparison.ONE_OF}:
        return _set(node)
    return node if isinstance(node, bool | str) else _number(node)


def spell(value: Value | None) -> str:
    """A value in a message: the members of a set in order, anything else as it is written."""
    if isinstance(value, frozenset):
        return ", ".join(sorted(value)) or "-"
    if isinstance(value, bool):
        return "true" if value else "false"
    return "-" if value is None else str(value)


def plain(value: Value | None) -> object:
    """A value as a listing in JSON shows it: a number, true or false, a text, or the members of a set in order."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, frozenset):
        return sorted(value)
    return value.isoformat() if isinstance(value, date) else value


def _number(node: object) -> Decimal | None:
    if isinstance(node, bool) or not isinstance(node, int | Decimal):
        return None
    number = Decimal(node)
    return number if number.is_finite() else None


def _set(node: object) -> frozenset[str] | None:
    if not isinstance(node, list | tuple | frozenset | set):
        return None
    members = frozenset(node)
    return members if all(isinstance(member, str) and member for member in members) else None


def _date(node: object) -> date | None:
    if type(node) is date:
        return node
    if not isinstance(node, str) or not _DATE.fullmatch(node):
        return None
    try:
        return date.fromisoformat(node)
    except ValueError:
        return None
