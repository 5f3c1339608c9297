"""Whether a value lies between the floor and the ceiling of a parameter, for all four types."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from sdgcities.contract.values import spell
from sdgcities.findings import Message, msg
from sdgcities.model.milestones import Parameter, Stricter, Value


class Breach(NamedTuple):
    """A bound that a value breaks: the rule's name, and what to say."""

    rule: str
    message: Message


def breaches(parameter: Parameter, value: Value) -> Iterator[Breach]:
    """Every bound of the parameter that `value` breaks, which is of the parameter's type."""
    if foreign := _foreign(parameter, value):
        yield Breach(
            "unknown-option",
            msg("%(name)s: %(given)s is not among the options %(options)s.", name=parameter.name, given=spell(foreign), options=", ".join(parameter.options)),
        )
        return
    if parameter.stricter is Stricter.DOWN and value == frozenset():
        yield Breach("empty-set", msg("%(name)s: an empty set would accept nothing.", name=parameter.name))
    if laxer(parameter, value, parameter.floor):
        yield Breach(
            "below-floor",
            msg("%(name)s: %(value)s is laxer than the floor %(floor)s.", name=parameter.name, value=spell(value), floor=spell(parameter.floor)),
        )
    if parameter.ceiling is not None and laxer(parameter, parameter.ceiling, value):
        yield Breach(
            "above-ceiling",
            msg("%(name)s: %(value)s is stricter than the ceiling %(ceiling)s.", name=parameter.name, value=spell(value), ceiling=spell(parameter.ceiling)),
        )


def laxer(parameter: Parameter, value: Value, bound: Value) -> bool:
    """Whether `value` asks less than `bound` somewhere. Sets: whether it lacks (down: adds) a member of the bound."""
    low, high = (value, bound) if parameter.stricter is Stricter.UP else (bound, value)
    if isinstance(low, frozenset) and isinstance(high, frozenset):
        return not high <= low
    if isinstance(low, str) and isinstance(high, str):
        return parameter.options.index(low) < parameter.options.index(high)
    return bool(low < high)  # type: ignore[operator]  # both are numbers, or both are days


def _foreign(parameter: Parameter, value: Value) -> frozenset[str]:
    """The members of a set, or the choice, that the parameter does not offer."""
    if not parameter.options:
        return frozenset()
    chosen = value if isinstance(value, frozenset) else frozenset({value} if isinstance(value, str) else ())
    return chosen - set(parameter.options)
