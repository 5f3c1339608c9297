"""Patterns of forms: those that mean the same to Python, to Rust and to a browser (ECMA 262), and end soon on any text.

A form is checked here by the Rust engine, by others in Python or in a browser. What only some of them know, or read
differently, is refused with what to write instead; what is left is checked for repetitions that run away.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from sdgcities.findings import Message, Severity, msg
from sdgcities.intake.schema import compile_schema
from sdgcities.plugin.patterns.growth import TooLarge, grows
from sdgcities.plugin.patterns.reading import Unportable, read_pattern
from sdgcities.plugin.patterns.syntax import Choice, Edge, Group, Part, Sequence


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a pattern, or worth a note."""

    severity: Severity
    message: Message
    hint: Message


@lru_cache(maxsize=1024)
def faults(pattern: str) -> tuple[Fault, ...]:
    """What a pattern is refused for, or what is worth knowing of it."""
    try:
        part = read_pattern(pattern)
        return tuple(_growth(part) or _engines(pattern) or _anchors(part))
    except Unportable as error:
        return (Fault(Severity.BLOCK, error.message, error.hint),)


def _growth(part: Part) -> list[Fault]:
    try:
        found = grows(part)
    except TooLarge:
        return [Fault(Severity.BLOCK, msg("The pattern is too long to be checked."), msg("Ask for less in it; limit the length by maxLength."))]
    if found.exponential:
        problem = msg("The pattern can run away: one text can be split among its repetitions in very many ways.")
        return [
            Fault(
                Severity.BLOCK, problem, msg("Let repetitions inside a repetition be parted by a character they don't take themselves, as in [a-z]+(-[a-z]+)*.")
            )
        ]
    if found.degree > 1:
        problem = msg("The pattern is slow on long texts: two repetitions after each other take the same characters.")
        return [Fault(Severity.NOTE, problem, msg("Add maxLength to the field, or leave one of the repetitions out."))]
    return []


def _engines(pattern: str) -> list[Fault]:
    """The engines that are here have the last word."""
    try:
        re.compile(pattern)
        compile_schema({"pattern": pattern})
    except (re.error, ValueError, OverflowError, RecursionError) as error:
        problem = msg("The pattern is not valid: %(problem)s.", problem=str(error).partition("\n")[0][:200])
        return [Fault(Severity.BLOCK, problem, msg("Correct it, or write it more simply."))]
    return []


def _anchors(part: Part) -> Iterator[Fault]:
    if not (_anchored(part, "^") and _anchored(part, "$")):
        problem = msg("The pattern is not held at both ends: a text passes where any piece of it fits.")
        yield Fault(Severity.NOTE, problem, msg("Begin it with ^ and end it with $; put alternatives between them into brackets: ^(a|b)$."))


def _anchored(part: Part, sign: str) -> bool:
    """Whether every text that fits is held by the sign: at the pattern's start or end."""
    match part:
        case Edge():
            return part.sign == sign
        case Group():
            return _anchored(part.part, sign)
        case Choice():
            return all(_anchored(one, sign) for one in part.parts)
        case Sequence(parts) if parts:
            return _anchored(parts[0 if sign == "^" else -1], sign)
    return False
