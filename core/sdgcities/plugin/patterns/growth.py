"""Whether an engine that tries one way after the other can run away with a pattern.

The pattern is taken apart into its characters and which may follow which (Glushkov). It runs away where one text leads
from a place back to itself in two ways: each further round then doubles the ways to try. And it gets slow where one text
leads round one ring, on to a second and round that one too: each such pair that follows adds a power of the length
(Weber and Seidl, On the degree of ambiguity of finite automata, 1991).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import product

from sdgcities.plugin.patterns.syntax import Character, Choice, Edge, Group, Part, Repeat, Sequence

MAX_PLACES = 600
WRITTEN_OUT = 5
"""Optional repetitions up to this number are looked at one by one; more count as any number."""
COPIED = 64
"""Parts that are asked for so many times are looked at one by one; more count as any number."""

SQUARE = 2
MOST_WAYS, MANY = 50_000, 60
"""Ways to split so many equal characters that an engine may try: what grows with the square of the length stays far below."""
MOST_STEPS = 200_000
"""Characters that are compared for one pattern at most."""

Pair = tuple[int, int]
Triple = tuple[int, int, int]
Ring = frozenset[int]


class TooLarge(Exception):
    """The pattern has too many places."""


@dataclass(frozen=True, slots=True)
class Growth:
    """`exponential`: each further character can double the time, for a while at least. `degree`: the power of the length with which it grows."""

    exponential: bool
    degree: int = 1


def grows(part: Part) -> Growth:
    """How the time grows with the length of a text. Raises TooLarge."""
    places = _Places()
    whole, rings = places.add(part), list(_rings(places))
    if any(_two_ways(places, ring) for ring in rings):
        return Growth(exponential=True)
    degree = _Chains(places, rings).degree()
    return Growth(degree <= SQUARE and _crowded(places, whole.first), degree)


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


def _rings(places: _Places) -> Iterator[Ring]:
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


def _two_ways(places: _Places, ring: Ring) -> bool:
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


class _Chains:
    """Rings after each other that one text leads round."""

    def __init__(self, places: _Places, rings: Iterable[Ring]) -> None:
        self._places = places
        reached = {ring: _reach(places.follow, next(iter(ring))) for ring in rings}
        self._rings = sorted(rings, key=lambda ring: len(reached[ring]))
        """What a ring leads to stands before it."""
        self._after = {ring: [other for other in self._rings if other != ring and not other.isdisjoint(reached[ring])] for ring in self._rings}
        self._steps = 0

    def degree(self) -> int:
        """The power of the length with which the time grows. Raises TooLarge."""
        chains: dict[Ring, int] = {}
        for ring in self._rings:
            best = 0
            for other in sorted(self._after[ring], key=lambda after: -chains[after]):
                if chains[other] + 1 <= best:
                    break
                best = max(best, chains[other] + self._joined(ring, other))
            chains[ring] = best
        return 1 + max(chains.values(), default=0)

    def _joined(self, one: Ring, other: Ring) -> bool:
        """Whether one text leads round the first ring, from it to the second, and round that."""
        todo: list[Triple] = [(place, place, goal) for place in one for goal in other]
        seen = set(todo)
        while todo:
            for triple in self._following(todo.pop(), one, other):
                if triple[1] == triple[2]:
                    return True
                if triple not in seen:
                    seen.add(triple)
                    todo.append(triple)
        return False

    def _following(self, triple: Triple, one: Ring, other: Ring) -> Iterator[Triple]:
        """Where the same character leads from the three places, the first and the last within their rings."""
        first, between, last = (self._places.follow[place] for place in triple)
        characters = self._places.characters
        for a, c in product(one & first.keys(), other & last.keys()):
            shared = characters[a].shares(characters[c])
            self._steps += 1 + len(between) * bool(shared.spans)
            if self._steps > MOST_STEPS:
                raise TooLarge
            if shared.spans:
                yield from ((a, b, c) for b in between if shared.shares(characters[b]).spans)


def _crowded(places: _Places, first: Iterable[int]) -> bool:
    """Whether a few equal characters can be split among the parts in very many ways: parts that may each be missing, .?.?.?, do so without a ring."""
    return any(_ways(places, first, code) > MOST_WAYS for code in {low for character in places.characters for low, _ in character.spans})


def _ways(places: _Places, first: Iterable[int], code: int) -> int:
    """The ways to take up to MANY times the character, and a few more than MOST_WAYS at most."""
    taking = {place for place, character in enumerate(places.characters) if any(low <= code <= high for low, high in character.spans)}
    at = Counter(place for place in first if place in taking)
    found = at.total()
    for _ in range(MANY):
        after: Counter[int] = Counter()
        for place, ways in at.items():
            for following, times in places.follow[place].items():
                if following in taking:
                    after[following] += ways * times
        at, found = after, found + after.total()
        if found > MOST_WAYS or not at:
            break
    return found
