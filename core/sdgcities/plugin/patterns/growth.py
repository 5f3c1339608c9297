"""Whether an engine that tries one way after the other can run away with a pattern.

The pattern is taken apart into its characters and which may follow which (Glushkov). It runs away where one text leads
from a place back to itself in two ways: each further round then doubles the ways to try.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from sdgcities.plugin.patterns.syntax import Character, Choice, Edge, Group, Part, Repeat, Sequence

MAX_PLACES = 600
WRITTEN_OUT = 5
"""Optional repetitions up to this number are looked at one by one; more count as any number."""
COPIED = 64
"""Parts that are asked for so many times are looked at one by one; more count as any number."""

Pair = tuple[int, int]


class TooLarge(Exception):
    """The pattern has too many places."""


@dataclass(frozen=True, slots=True)
class Growth:
    """`exponential`: each further character can double the time. `slow`: the time grows with the square of the length, or worse."""

    exponential: bool
    slow: bool


def grows(part: Part) -> Growth:
    """How the time grows with the length of a text. Raises TooLarge."""
    places = _Places()
    places.add(part)
    return Growth(any(_two_ways(places, ring) for ring in _rings(places)), _slow(places))


@dataclass(slots=True)
class _Fragment:
    first: list[int] = field(default_factory=list)
    last: list[int] = field(default_factory=list)
    empty: bool = True


class _Places:
    """Each character of the pattern has a place; `follow` counts the ways from one to the next."""

    def __init__(self) -> None:
        self.characters: list[Character] = []
        self.follow: dict[int, Counter[int]] = defaultdict(Counter)

    def add(self, part: Part) -> _Fragment:
        match part:
            case Character():
                if len(self.characters) >= MAX_PLACES:
                    raise TooLarge
                self.characters.append(part)
                place = [len(self.characters) - 1]
                return _Fragment(place, place, empty=False)
            case Edge():
                return _Fragment()
            case Group():
                return self.add(part.part)
            case Sequence():
                return self._chain(map(self.add, part.parts))
            case Choice():
                return self._either([self.add(one) for one in part.parts])
            case Repeat():
                return self._repeat(part)

    def _chain(self, fragments: Iterable[_Fragment]) -> _Fragment:
        whole = _Fragment()
        for fragment in fragments:
            self._join(whole.last, fragment.first)
            whole.first = whole.first + fragment.first if whole.empty else whole.first
            whole.last = whole.last + fragment.last if fragment.empty else fragment.last
            whole.empty = whole.empty and fragment.empty
        return whole

    def _either(self, fragments: list[_Fragment]) -> _Fragment:
        first, last = ([place for fragment in fragments for place in getattr(fragment, side)] for side in ("first", "last"))
        return _Fragment(first, last, any(fragment.empty for fragment in fragments))

    def _repeat(self, repeat: Repeat) -> _Fragment:
        least = repeat.least if repeat.least <= COPIED else 1
        open_ended = repeat.most is None or repeat.least > COPIED or repeat.most - repeat.least > WRITTEN_OUT
        needed = [self.add(repeat.part) for _ in range(least)]
        if not open_ended:
            return self._chain([*needed, self._up_to((repeat.most or 0) - least, repeat.part)])
        if not needed:
            loop = self.add(repeat.part)
            needed = [_Fragment(loop.first, loop.last, empty=True)]
        self._join(needed[-1].last, needed[-1].first)
        return self._chain(needed)

    def _up_to(self, times: int, part: Part) -> _Fragment:
        """So many times or fewer: the second only after the first, as engines count."""
        whole = _Fragment()
        for _ in range(times):
            whole = self._chain([self.add(part), whole])
            whole.empty = True
        return whole

    def _join(self, before: Iterable[int], after: Iterable[int]) -> None:
        after = list(after)
        for place in before:
            self.follow[place].update(after)


def _rings(places: _Places) -> Iterator[frozenset[int]]:
    """The places that lead back to each other."""
    reached = {place: _reach(places.follow, place) for place in range(len(places.characters))}
    seen: set[int] = set()
    for place, there in reached.items():
        if place in there and place not in seen:
            ring = frozenset(other for other in there if place in reached[other])
            seen |= ring
            yield ring


def _reach(follow: Mapping[int, Iterable[int]], start: int) -> set[int]:
    found: set[int] = set()
    todo = [start]
    while todo:
        new = set(follow.get(todo.pop(), ())) - found
        found |= new
        todo += new
    return found


def _two_ways(places: _Places, ring: frozenset[int]) -> bool:
    """Whether one text leads from a place of the ring back to it in two ways."""
    inside = {place: {after: ways for after, ways in places.follow[place].items() if after in ring} for place in ring}
    if any(ways > 1 for following in inside.values() for ways in following.values()):
        return True
    steps: dict[Pair, list[Pair]] = {}
    back: dict[Pair, list[Pair]] = defaultdict(list)
    todo: list[Pair] = [(place, place) for place in ring]
    while todo:
        pair = todo.pop()
        if pair in steps:
            continue
        steps[pair] = [(a, b) for a in inside[pair[0]] for b in inside[pair[1]] if a == b or places.characters[a].shares(places.characters[b]).spans]
        for after in steps[pair]:
            back[after].append(pair)
        todo += steps[pair]
    together = [pair for pair in steps if pair[0] == pair[1]]
    returning: set[Pair] = set()
    while together:
        new = set(back[together.pop()]) - returning
        returning |= new
        together += new
    return any(a != b for a, b in returning)


def _slow(places: _Places) -> bool:
    """Whether two loops after each other take the same characters, and so does all between them."""
    loops = [place for place in range(len(places.characters)) if place in places.follow[place]]
    return any(_meets(places, one, other) for one in loops for other in loops if one != other)


def _meets(places: _Places, one: int, other: int) -> bool:
    shared = places.characters[one].shares(places.characters[other])
    if not shared.spans:
        return False
    between = {place: [after for after in following if shared.shares(places.characters[after]).spans] for place, following in places.follow.items()}
    return other in _reach(between, one)
