"""A measured value held against what is required, and exactly what is missing. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from sdgcities.contract.values import spell
from sdgcities.findings import Message, msg
from sdgcities.model.milestones import Comparison, Share, Value

_HOLDS: Mapping[Comparison, Callable[[Any, Any], bool]] = {
    Comparison.AT_LEAST: lambda value, required: value >= required,
    Comparison.AT_MOST: lambda value, required: value <= required,
    Comparison.EQUALS: lambda value, required: value == required,
    Comparison.INCLUDES: lambda value, required: value >= required,
    Comparison.ONE_OF: lambda value, required: value in required,
}


def comparable(comparison: Comparison, value: object, required: object) -> bool:
    """Whether the comparison can be made at all: a measure of a plugin may yield anything."""
    if comparison is Comparison.ONE_OF:
        return isinstance(value, str) and isinstance(required, frozenset)
    if isinstance(value, Decimal) and not value.is_finite():
        return False
    return type(value) is type(required)


def holds(comparison: Comparison, value: object, required: object) -> bool:
    """Whether the value is as required; both are comparable."""
    return _HOLDS[comparison](value, required)


def lacking(comparison: Comparison, value: Value, required: Value) -> Message | None:
    """What is missing where the value is not as required: for numbers and dates how much, for sets which members."""
    match comparison, value, required:
        case Comparison.AT_LEAST, Share(), Share():
            return msg("%(value)s, but %(required)s is required.", value=value, required=required)
        case Comparison.AT_LEAST, Decimal(), Decimal():
            return msg("%(value)s of at least %(required)s: %(lacking)s more needed.", value=value, required=required, lacking=required - value)
        case Comparison.AT_MOST, Decimal(), Decimal():
            return msg("%(value)s of at most %(required)s: %(excess)s too many.", value=value, required=required, excess=value - required)
        case Comparison.AT_LEAST, date(), date():
            return msg("%(value)s is %(days)s days before %(required)s.", value=value, required=required, days=(required - value).days)
        case Comparison.AT_MOST, date(), date():
            return msg("%(value)s is %(days)s days after %(required)s.", value=value, required=required, days=(value - required).days)
        case Comparison.INCLUDES, frozenset(), frozenset():
            return msg("Missing: %(items)s.", items=spell(required - value))
        case Comparison.ONE_OF, str(), frozenset():
            return msg("%(value)s is not one of: %(options)s.", value=value, options=spell(required))
        case Comparison.EQUALS, bool(), bool():
            return None
        case _:
            return msg("%(value)s, but %(required)s is required.", value=value, required=required)
