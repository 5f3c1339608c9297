"""What a method is given, out of what a person wrote: `12.3`, `2015=12.3,2020=14.1`, `yes`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from difflib import get_close_matches

from sdgcities.findings import Finding, Message, Severity, Where, msg
from sdgcities.model.methods import Given, Method, Quantity

MAX_TEXT, MAX_PARTS = 100_000, 5_000
MAX_DIGITS, MAX_POWER = 40, 300
"""A number is no longer than 40 characters, and lies between 1e-300 and 1e300."""
_NUMBER = re.compile(r"[-+]?[0-9]+(\.[0-9]+)?([eE][-+]?[0-9]{1,3})?")
_COMMA = re.compile(r"[-+]?[0-9]+,[0-9]+")
_GROUPED = re.compile(r"[-+]?[0-9]{1,3}([.,\u00a0\u202f '’][0-9]{3})+([.,][0-9]+)?")
_YEAR = re.compile(r"[0-9]{4}")


class _Unreadable(Exception):
    def __init__(self, message: Message, hint: Message | None = None) -> None:
        super().__init__(str(message))
        self.message, self.hint = message, hint


@dataclass(frozen=True, slots=True)
class Read:
    """What could be read, and what could not."""

    values: Mapping[str, Quantity]
    findings: tuple[Finding, ...]


def read_given(method: Method, texts: Mapping[str, str], at: Callable[[str], Where] = lambda name: Where(column=name)) -> Read:
    """The values of one case by the ids of what the method is given; defaults where nothing is written. `at` is where a text stands."""
    values: dict[str, Quantity] = {}
    findings: list[Finding] = []
    for one in method.given:
        text = texts.get(one.id, "").strip() or one.default
        try:
            values[one.id] = _value(one, text) if text else None
        except _Unreadable as fault:
            findings.append(Finding("calculate.value", Severity.BLOCK, fault.message, fault.hint, at(one.id)))
    return Read(values, tuple(findings))


def unknown(method: Method, names: Iterable[str]) -> list[Finding]:
    """A finding for each name that the method is not given, with the nearest that it is."""
    known = [one.id for one in method.given]
    return [_unknown(method, name, known) for name in names if name not in known]


def _unknown(method: Method, name: str, known: list[str]) -> Finding:
    close = get_close_matches(name.casefold(), known, n=1)
    hint = msg("Did you mean %(name)s?", name=close[0]) if close else msg("See: sdgcities calculate show %(method)s.", method=method.id)
    return Finding("calculate.given", Severity.BLOCK, msg("%(method)s takes no %(name)s.", method=method.id, name=name), hint)


def _value(given: Given, text: str) -> Quantity:
    if len(text) > MAX_TEXT:
        raise _Unreadable(msg("More than %(n)s characters.", n=MAX_TEXT))
    if given.kind == "text":
        return _word(given, text)
    if given.kind == "number":
        return _number(given, text)
    if given.kind == "grid":
        return [[_number(given, cell) for cell in _parts(row, ",")] for row in _parts(text, ";")]
    if given.kind == "words":
        return dict(_pairs(given, text))
    if given.kind == "table" and "=" not in text:
        return {"value": _number(given, text)}
    return {name: None if value in {"", "-"} else _number(given, value) for name, value in _pairs(given, text).items()}


def _word(given: Given, text: str) -> str:
    if not given.options or text in given.options:
        return text
    raise _Unreadable(msg("“%(text)s” is not understood.", text=text), msg("Write one of: %(words)s.", words=", ".join(given.options)))


def _pairs(given: Given, text: str) -> dict[str, str]:
    """Name and value, each name once; of a series the names are years."""
    found: dict[str, str] = {}
    for part in _parts(text, ","):
        name, equals, value = (word.strip() for word in part.partition("="))
        if not equals and found and re.fullmatch("[0-9]+", part.strip()):
            raise _with_comma(msg("“%(text)s” belongs to no name.", text=part))
        if not equals or not name:
            raise _Unreadable(msg("“%(text)s” is no pair.", text=part), _example(given))
        if given.kind == "series" and not _YEAR.fullmatch(name):
            raise _Unreadable(msg("“%(text)s” is no year.", text=name), _example(given))
        if name in found:
            raise _Unreadable(msg("%(text)s stands twice.", text=name), msg("Keep one of the two."))
        found[name] = value
    return found


def _parts(text: str, separator: str) -> list[str]:
    parts = text.split(separator)
    if len(parts) > MAX_PARTS:
        raise _Unreadable(msg("More than %(n)s values.", n=MAX_PARTS))
    return parts


def _example(given: Given) -> Message:
    examples = {"series": "2015=12.3,2020=14.1", "words": "a=x,b=y"}
    return msg("Write it as in: %(name)s=%(example)s.", name=given.id, example=examples.get(given.kind, "a=12.3,b=14"))


def _number(given: Given, written: str) -> Decimal:
    text = written.strip().replace("\u2212", "-")
    if not _NUMBER.fullmatch(text):
        raise _no_number(given, text)
    value = Decimal(text)
    if len(text) > MAX_DIGITS or (value and abs(value.adjusted()) > MAX_POWER):
        raise _Unreadable(msg("The number is too long, too large or too small."), msg("At most 40 characters, between 1e-300 and 1e300."))
    if given.minimum is not None and value < given.minimum:
        raise _Unreadable(msg("%(value)s is too small.", value=text), msg("It is %(least)s or more.", least=str(given.minimum)))
    if given.maximum is not None and value > given.maximum:
        raise _Unreadable(msg("%(value)s is too large.", value=text), msg("It is %(most)s or less.", most=str(given.maximum)))
    return value


def _no_number(given: Given, text: str) -> _Unreadable:
    told = msg("“%(text)s” is no number.", text=text)
    if not text:
        return _Unreadable(msg("A number is missing."), _example(given) if given.kind != "number" else None)
    if _GROUPED.fullmatch(text) and not _COMMA.fullmatch(text):
        return _Unreadable(told, msg("Write it without separators of thousands, with a point before decimals, such as 1234.5."))
    if _COMMA.fullmatch(text):
        return _with_comma(told, text)
    if text.rstrip().endswith("%"):
        return _Unreadable(told, msg("Leave out the sign: %(text)s.", text=text.rstrip("% ")))
    return _Unreadable(told, msg("Write digits, with a point before decimals, such as 12.3."))


def _with_comma(told: Message, text: str = "") -> _Unreadable:
    if text:
        return _Unreadable(told, msg("Write a point before decimals: %(text)s. A comma divides values.", text=text.replace(",", ".")))
    return _Unreadable(told, msg("Write a point before decimals, such as 2015=12.3,2020=14.1: a comma divides values."))
