"""Whether what a hook answered is what its spec says, down to the fields: Python itself would notice only much later."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import is_dataclass
from functools import cache
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

Test = Callable[[object], bool]

_NAMED_FOR_CHECKERS_ONLY = {"HubView": object}


def misfit(value: object, expected: type) -> str:
    """The first place where `value` is not of the type (`Unit`, or the field `Unit.names`); empty where it fits."""
    if not isinstance(value, expected):
        return expected.__name__
    for field, fits in _fields(expected):
        if not fits(getattr(value, field)):
            return f"{expected.__name__}.{field}"
    return ""


@cache
def _fields(expected: type) -> tuple[tuple[str, Test], ...]:
    if not is_dataclass(expected):
        return ()
    hints = get_type_hints(expected, localns=_NAMED_FOR_CHECKERS_ONLY)
    return tuple((field, _test(hint)) for field, hint in hints.items())


@cache
def _test(hint: Any) -> Test:  # noqa: ANN401 - a type of any form
    """How to tell a value of the type; made once, for a country has many units."""
    origin = get_origin(hint)
    if origin is None:
        return _test_plain(hint)
    if origin is Callable:
        return callable
    tests = [_test(part) for part in get_args(hint) if part is not Ellipsis]
    if origin in {UnionType, Union}:
        return lambda value: any(test(value) for test in tests)
    if issubclass(origin, Mapping):
        key, item = tests
        return lambda value: isinstance(value, Mapping) and all(key(name) and item(one) for name, one in value.items())
    (test,) = tests  # the rest are collections of one type: tuple[X, ...], frozenset[X], Sequence[X]
    return lambda value: isinstance(value, origin) and all(test(one) for one in value)


def _test_plain(hint: Any) -> Test:  # noqa: ANN401 - as above
    expected: type = type(None) if hint is None else hint
    if is_dataclass(expected):
        return lambda value: not misfit(value, expected)
    if expected is int:
        return lambda value: isinstance(value, int) and not isinstance(value, bool)
    return lambda value: isinstance(value, expected)
