"""What a pattern is made of."""

from __future__ import annotations

from dataclasses import dataclass

HIGHEST = 0x10FFFF
Spans = tuple[tuple[int, int], ...]
"""Characters by their numbers, from and to."""


@dataclass(frozen=True, slots=True)
class Character:
    """One character out of some."""

    spans: Spans

    def shares(self, other: Character) -> Character:
        """What both take; without spans where that is nothing."""
        pairs = ((max(a, c), min(b, d)) for a, b in self.spans for c, d in other.spans)
        return Character(tuple((low, high) for low, high in pairs if low <= high))


@dataclass(frozen=True, slots=True)
class Edge:
    """`^` or `$`."""

    sign: str


@dataclass(frozen=True, slots=True)
class Sequence:
    """Parts after each other."""

    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the parts."""

    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """A part in brackets."""

    part: Part


@dataclass(frozen=True, slots=True)
class Repeat:
    """A part some times over; `most` None where it may go on."""

    part: Part
    least: int
    most: int | None


Part = Character | Edge | Sequence | Choice | Group | Repeat


def complement(spans: Spans) -> Spans:
    """Every other character."""
    found, start = [], 0
    for low, high in sorted(spans):
        if start < low:
            found.append((start, low - 1))
        start = max(start, high + 1)
    if start <= HIGHEST:
        found.append((start, HIGHEST))
    return tuple(found)


def nullable(part: Part) -> bool:
    """Whether nothing at all fits it."""
    match part:
        case Character():
            return False
        case Edge():
            return True
        case Sequence():
            return all(map(nullable, part.parts))
        case Choice():
            return any(map(nullable, part.parts))
        case Group():
            return nullable(part.part)
        case Repeat():
            return part.least == 0 or nullable(part.part)
