"""Small counts of people are not published, nor what would give them away. Pure.

The rule: a count above zero and below the threshold is hidden. Where a whole and its parts are published, so much more is hidden that no
hidden count follows from the others by adding and subtracting, over all dimensions and their crossings at once, and that what is hidden
of one whole adds up to the threshold at least. That a count lies between one and the threshold is known from the rule; narrower bounds, by
what can't be below zero, are not looked at.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import Generic, TypeVar

from sdgcities.model.disclosure import THRESHOLD

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


@dataclass(frozen=True, slots=True)
class Unclear(Generic[Key]):
    """Counts of which some may add up to others, in too many ways to look at each: beside a hidden one none of them is published."""

    members: frozenset[Key]


@dataclass
class Hiding(Generic[Key]):
    """Counts with the sums that hold between them, and what of them is to be hidden. `told` are keys that were hidden before and must stay so.

    `sums` are not looked at where nothing is hidden.

    `harmless` are counts that may be small, and are hidden only where they would give another away: of things, or of those who said nothing.
    `known` are counts that were told as they are before: hiding one of them now would hide nothing.
    """

    counts: Mapping[Key, Decimal]
    sums: Iterable[Whole[Key] | Unclear[Key]]
    threshold: int = THRESHOLD
    told: frozenset[Key] = frozenset()
    harmless: frozenset[Key] = frozenset()
    known: frozenset[Key] = frozenset()
    hidden: set[Key] = field(init=False)
    small: frozenset[Key] = field(init=False)
    wholes: list[Whole[Key]] = field(init=False)
    unclear: list[Unclear[Key]] = field(init=False)
    in_vain: frozenset[Key] = field(init=False, default=frozenset())
    """Once all is hidden: what follows all the same from what was told before."""

    def __post_init__(self) -> None:
        self.small = frozenset(key for key, count in self.counts.items() if 0 < count < self.threshold and key not in self.harmless)
        self.hidden = set(self.small | (self.told & self.counts.keys()))
        found = list(self.sums) if self.hidden else []
        self.wholes = [one for one in found if isinstance(one, Whole) and self._adds_up(one)]
        self.unclear = [one for one in found if isinstance(one, Unclear)]

    def run(self) -> frozenset[Key]:
        """All that is to be hidden: the small counts and those that would give them away."""
        while self._hide_unclear() or self._hide_beside() or self._hide_determined():
            pass
        return frozenset(self.hidden)

    def _hide_unclear(self) -> bool:
        before = len(self.hidden)
        for one in self.unclear:
            if any(self._secret(key) for key in one.members):
                self.hidden |= one.members - self.known
        return len(self.hidden) > before

    def _adds_up(self, one: Whole[Key]) -> bool:
        """Parts that overlap, or of which some are not there, don't add up to the whole: nothing follows from them. Rounded ones nearly do."""
        difference = self.counts[one.whole] - sum(self.counts[part] for part in one.parts)
        return abs(difference) <= len(one.parts)

    def _hide_beside(self) -> bool:
        """In each sum at least two are hidden, and what is hidden of a published whole is no small count itself."""
        changed = False
        for one in self.wholes:
            hidden = [key for key in one.members if self._secret(key)]
            while hidden and self._too_few(one, hidden) and (more := self._next(one)) is not None:
                self.hidden.add(more)
                hidden.append(more)
                changed = True
        return changed

    def _too_few(self, one: Whole[Key], hidden: list[Key]) -> bool:
        if len(hidden) == 1:
            return True
        return not self._secret(one.whole) and 0 < sum(self.counts[key] for key in hidden) < self.threshold

    def _secret(self, key: Key) -> bool:
        """Whether nobody can look the count up: neither in what is published nor in what was."""
        return key in self.hidden and key not in self.known

    def _next(self, one: Whole[Key]) -> Key | None:
        """What is hidden besides: the smallest part that counts anybody, else an empty part, else the whole."""
        open_parts = [key for key in one.parts if key not in self.hidden | self.known]
        counted = [key for key in open_parts if self.counts[key] > 0]
        ordered = sorted(counted or open_parts, key=lambda key: (self.counts[key], str(key)))
        return ordered[0] if ordered else one.whole if one.whole not in self.hidden | self.known else None

    def _hide_determined(self) -> bool:
        """Hide something beside the first hidden count that follows from all sums taken together."""
        self.in_vain = frozenset(self._determined())
        for key in sorted(self.in_vain, key=str):
            for one in self.wholes:
                if key in one.members and (more := self._next(one)) is not None:
                    self.hidden.add(more)
                    return True
        return False

    def _determined(self) -> set[Key]:
        """The hidden counts that have one solution only, by elimination over whole fractions."""
        rows = [{key: Fraction(-1 if key == one.whole else 1) for key in one.members if self._secret(key)} for one in self.wholes]
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
