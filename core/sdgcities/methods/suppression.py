"""Small counts of people are not published, nor what would give them away. Pure.

The rule: a count above zero and below the threshold is hidden. Where a whole and its parts are published, so much more is hidden that no
hidden count follows from the others by adding and subtracting, over all dimensions and their crossings at once, and that what is hidden
of one whole adds up to the threshold at least. That a count lies between one and the threshold is known from the rule; narrower bounds, by
what can't be below zero, are not looked at.
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import Generic, TypeVar

from sdgcities.model.disclosure import THRESHOLD
from sdgcities.model.statistics import read_dimensions, spell_dimensions

_CLOSED, _OPEN = re.compile(r"Y(\d{1,3})T(\d{1,3})", re.ASCII), re.compile(r"Y_GE(\d{1,3})", re.ASCII)
_OLDEST, _MOST_TILINGS = 999, 100

Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Whole(Generic[Key]):
    """A count and the counts that it is the sum of, each by its key."""

    whole: Key
    parts: tuple[Key, ...]

    @property
    def members(self) -> tuple[Key, ...]:
        """All that stand in the equation."""
        return (self.whole, *self.parts)


@dataclass
class Hiding(Generic[Key]):
    """Counts with the sums that hold between them, and what of them is to be hidden. `told` are keys that were hidden before and must stay so.

    `harmless` are counts that may be small, and are hidden only where they would give another away: of things, or of those who said nothing.
    """

    counts: Mapping[Key, Decimal]
    wholes: Iterable[Whole[Key]]
    threshold: int = THRESHOLD
    told: frozenset[Key] = frozenset()
    harmless: frozenset[Key] = frozenset()
    hidden: set[Key] = field(init=False)
    small: frozenset[Key] = field(init=False)

    def __post_init__(self) -> None:
        self.wholes = [one for one in self.wholes if self._adds_up(one)]
        self.small = frozenset(key for key, count in self.counts.items() if 0 < count < self.threshold and key not in self.harmless)
        self.hidden = set(self.small | (self.told & self.counts.keys()))

    def run(self) -> frozenset[Key]:
        """All that is to be hidden: the small counts and those that would give them away."""
        while self._hide_beside() or self._hide_determined():
            pass
        return frozenset(self.hidden)

    def _adds_up(self, one: Whole[Key]) -> bool:
        """Parts that overlap, or of which some are not there, don't add up to the whole: nothing follows from them. Rounded ones nearly do."""
        difference = self.counts[one.whole] - sum(self.counts[part] for part in one.parts)
        return abs(difference) <= len(one.parts)

    def _hide_beside(self) -> bool:
        """In each sum at least two are hidden, and what is hidden of a published whole is no small count itself."""
        changed = False
        for one in self.wholes:
            hidden = [key for key in one.members if key in self.hidden]
            while hidden and self._too_few(one, hidden) and (more := self._next(one)) is not None:
                self.hidden.add(more)
                hidden.append(more)
                changed = True
        return changed

    def _too_few(self, one: Whole[Key], hidden: list[Key]) -> bool:
        if len(hidden) == 1:
            return True
        return one.whole not in self.hidden and 0 < sum(self.counts[key] for key in hidden) < self.threshold

    def _next(self, one: Whole[Key]) -> Key | None:
        """What is hidden besides: the smallest part that counts anybody, else an empty part, else the whole."""
        open_parts = [key for key in one.parts if key not in self.hidden]
        counted = [key for key in open_parts if self.counts[key] > 0]
        ordered = sorted(counted or open_parts, key=lambda key: (self.counts[key], str(key)))
        return ordered[0] if ordered else one.whole if one.whole not in self.hidden else None

    def _hide_determined(self) -> bool:
        """Hide something beside the first hidden count that follows from all sums taken together."""
        for key in sorted(self._determined(), key=str):
            for one in self.wholes:
                if key in one.members and (more := self._next(one)) is not None:
                    self.hidden.add(more)
                    return True
        return False

    def _determined(self) -> set[Key]:
        """The hidden counts that have one solution only, by elimination over whole fractions."""
        rows = [{key: Fraction(-1 if key == one.whole else 1) for key in one.members if key in self.hidden} for one in self.wholes]
        solved: dict[Key, dict[Key, Fraction]] = {}
        for row in rows:
            _reduce(row, solved)
            if row:
                _add(row, solved)
        return {pivot for pivot, row in solved.items() if len(row) == 1}


def _reduce(row: dict[Key, Fraction], solved: Mapping[Key, Mapping[Key, Fraction]]) -> None:
    """Take out of an equation whatever the solved ones stand for."""
    for pivot in [key for key in row if key in solved]:
        times = row.get(pivot, Fraction(0))
        if times:
            _subtract(row, solved[pivot], times)


def _add(row: dict[Key, Fraction], solved: dict[Key, dict[Key, Fraction]]) -> None:
    """A new solved equation, taken out of the others."""
    pivot = next(iter(row))
    scaled = {key: value / row[pivot] for key, value in row.items()}
    for other in solved.values():
        if times := other.get(pivot):
            _subtract(other, scaled, times)
    solved[pivot] = scaled


def _subtract(row: dict[Key, Fraction], other: Mapping[Key, Fraction], times: Fraction) -> None:
    for key, value in other.items():
        left = row.get(key, Fraction(0)) - times * value
        if left:
            row[key] = left
        else:
            row.pop(key, None)


def wholes_of(spellings: Iterable[str]) -> Iterator[Whole[str]]:
    """The sums that may hold between the disaggregations of one figure: by each dimension, the total and the codes under it; and ages within ages."""
    by_codes = {spelled: read_dimensions(spelled) for spelled in spellings}
    parts: dict[tuple[str, str], dict[str, str]] = {}
    for spelled, codes in by_codes.items():
        for name, code in codes.items():
            rest = spell_dimensions({other: code for other, code in codes.items() if other != name})
            parts.setdefault((rest, name), {})[code] = spelled
    for (rest, _), found in sorted(parts.items()):
        if rest in by_codes:
            yield Whole(rest, tuple(sorted(found.values())))
            spans = {code: span for code in found if (span := _span(code))}
            outer = sorted(set(found) - {code for code in spans if any(_within(spans[code], other) for other in spans.values())})
            if len(outer) < len(found):
                yield Whole(rest, tuple(sorted(found[code] for code in outer)))
            for code, span in sorted(spans.items()):
                yield from (Whole(found[code], tuple(sorted(found[one] for one in tiles))) for tiles in _tilings(span, spans))


def _span(code: str) -> tuple[int, int] | None:
    """First and last year of an age group, by its code: Y0T14, Y_GE65."""
    closed, open_ended = _CLOSED.fullmatch(code), _OPEN.fullmatch(code)
    if closed:
        return int(closed[1]), int(closed[2])
    return (int(open_ended[1]), _OLDEST) if open_ended else None


def _within(inner: tuple[int, int], outer: tuple[int, int]) -> bool:
    return inner != outer and outer[0] <= inner[0] and inner[1] <= outer[1]


def _tilings(whole: tuple[int, int], spans: Mapping[str, tuple[int, int]]) -> Iterator[tuple[str, ...]]:
    """The ways in which other age groups make up one, of very many the first."""
    todo: list[tuple[int, tuple[str, ...]]] = [(whole[0], ())]
    count = 0
    while todo and count < _MOST_TILINGS:
        start, so_far = todo.pop()
        if start > whole[1]:
            count += 1
            yield so_far
            continue
        todo += [(span[1] + 1, (*so_far, code)) for code, span in sorted(spans.items()) if span[0] == start and _within(span, whole)]
