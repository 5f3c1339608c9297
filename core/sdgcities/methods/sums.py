"""Which published counts add up to which: the equations by which a hidden count could be worked out. Pure.

Groups of a dimension add up to its total, ages to ages, quarters to their year. That other groups lie within groups of the same dimension is
said by no code list: it is seen in the figures, as whoever reads them would see it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import islice

from sdgcities.methods.suppression import Unclear, Whole
from sdgcities.model.statistics import parse_period, read_dimensions, spell_dimensions

Place = tuple[str, str]
"""Period and disaggregation of a count."""
Counts = Mapping[Place, Decimal]
_Group = Mapping[str, Decimal]
"""The codes of a dimension with their counts, in one period and crossing."""

_CLOSED, _OPEN = re.compile(r"Y(\d{1,3})T(\d{1,3})", re.ASCII), re.compile(r"Y_GE(\d{1,3})", re.ASCII)
_OLDEST = 999
_MOST_GROUPS, _MOST_SUMS = 24, 1_000
"""Groups of which every sum is looked at, and how many may be found; of more it is not told which lie within others."""
_TOTAL = "_T"


def sums_of(counts: Counts) -> Iterator[Whole[Place] | Unclear[Place]]:
    """Every sum that may hold between the counts of one indicator, and the groups of which that can't be told."""
    by_period: dict[str, list[str]] = defaultdict(list)
    by_split: dict[str, list[str]] = defaultdict(list)
    for period, dims in counts:
        by_period[period].append(dims)
        by_split[dims].append(period)
    for period, spellings in sorted(by_period.items()):
        for one in wholes_of(spellings):
            yield Whole((period, one.whole), tuple((period, part) for part in one.parts))
    for dims, periods in sorted(by_split.items()):
        spans = {period: (days.start.toordinal(), days.end.toordinal()) for period in periods for days in (parse_period(period),)}
        for period, span in sorted(spans.items()):
            yield from (Whole((period, dims), tuple((part, dims) for part in parts)) for parts in _tilings(span, spans))
    yield from _nested(counts)


def wholes_of(spellings: Iterable[str]) -> Iterator[Whole[str]]:
    """The sums that may hold between the disaggregations of one figure: by each dimension, the total and the codes under it; and ages within ages."""
    by_codes = {spelled: read_dimensions(spelled) for spelled in spellings}
    parts: dict[tuple[str, str], dict[str, str]] = {}
    for spelled, codes in by_codes.items():
        for name, code in codes.items():
            parts.setdefault((_without(codes, name), name), {})[code] = spelled
    for (rest, _), found in sorted(parts.items()):
        spans = {code: span for code in found if (span := _span(code))}
        for code, span in sorted(spans.items()):
            yield from (Whole(found[code], tuple(sorted(found[one] for one in tiles))) for tiles in _tilings(span, spans))
        if rest in by_codes:
            yield from (Whole(rest, tuple(sorted(found[code] for code in making))) for making in _making_total(found, spans))


def _making_total(codes: Iterable[str], spans: Mapping[str, tuple[int, int]]) -> Iterator[tuple[str, ...]]:
    """The codes of a dimension that may make up its total: all of them; of ages within ages the outer ones, or any that follow one another."""
    yield tuple(codes)
    inner = {code for code in spans if any(_within(spans[code], other) for other in spans.values())}
    if inner:
        yield tuple(code for code in codes if code not in inner)
        ages = min(start for start, _ in spans.values()), max(end for _, end in spans.values())
        yield from ((*tiles, *(code for code in codes if code not in spans)) for tiles in _tilings(ages, spans))


def _without(codes: Mapping[str, str], name: str) -> str:
    return spell_dimensions({other: code for other, code in codes.items() if other != name})


def _span(code: str) -> tuple[int, int] | None:
    """First and last year of an age group, by its code: Y0T14, Y_GE65."""
    closed, open_ended = _CLOSED.fullmatch(code), _OPEN.fullmatch(code)
    if closed:
        return int(closed[1]), int(closed[2])
    return (int(open_ended[1]), _OLDEST) if open_ended else None


def _within(inner: tuple[int, int], outer: tuple[int, int]) -> bool:
    return inner != outer and outer[0] <= inner[0] and inner[1] <= outer[1]


def _tilings(whole: tuple[int, int], spans: Mapping[str, tuple[int, int]]) -> Iterator[tuple[str, ...]]:
    """Ways in which other spans make up one, so many that any further way follows from these by adding and subtracting.

    Through each span goes one way: the first that leads to its start, and the first that leads on from its end.
    """
    inside = [(start, end + 1, code) for code, (start, end) in spans.items() if _within((start, end), whole)]
    until: dict[int, tuple[str, ...]] = {whole[0]: ()}
    onwards: dict[int, tuple[str, ...]] = {whole[1] + 1: ()}
    for start, after, code in sorted(inside):
        if start in until:
            until.setdefault(after, (*until[start], code))
    for start, after, code in sorted(inside, key=lambda one: (-one[1], one)):
        if after in onwards:
            onwards.setdefault(start, (code, *onwards[after]))
    yield from dict.fromkeys((*until[start], code, *onwards[after]) for start, after, code in sorted(inside) if start in until and after in onwards)


def _nested(counts: Counts) -> Iterator[Whole[Place] | Unclear[Place]]:
    """Groups that lie within others of their dimension: those whose counts add up in most of the periods and crossings that have all of them."""
    groups: dict[str, dict[Place, dict[str, Decimal]]] = defaultdict(lambda: defaultdict(dict))
    for (period, dims), count in counts.items():
        codes = read_dimensions(dims)
        for name, code in codes.items():
            groups[name][period, _without(codes, name)][code] = count
    for name, found in sorted(groups.items()):
        seen: set[tuple[str, tuple[str, ...]]] = set()
        for at, group in found.items():
            if at in counts:
                group[_TOTAL] = counts[at]
            parts = _parts(group)
            sums = list(islice(_sums_in(group, parts), _MOST_SUMS + 1)) if len(parts) <= _MOST_GROUPS else []
            if len(parts) > _MOST_GROUPS or len(sums) > _MOST_SUMS:
                yield Unclear(frozenset(_at(at, name, code) for code in group if code != _TOTAL))
            else:
                seen.update(sums)
        for whole, made_of in sorted(seen):
            held = [at for at, group in found.items() if {whole, *made_of} <= group.keys()]
            if 2 * sum(_holds(found[at], whole, made_of) for at in held) > len(held):
                yield from (Whole(_at(at, name, whole), tuple(_at(at, name, part) for part in made_of)) for at in held)


def _at(at: Place, name: str, code: str) -> Place:
    period, rest = at
    return at if code == _TOTAL else (period, spell_dimensions({**read_dimensions(rest), name: code}))


def _holds(group: _Group, whole: str, parts: Sequence[str]) -> bool:
    return group[whole] == sum(group[part] for part in parts)


def _parts(group: _Group) -> list[tuple[str, Decimal]]:
    """The groups of which some may make up others: none where all of them make up the total. Of very many only what is no age: ages say their span."""
    parts = sorted((code, count) for code, count in group.items() if code != _TOTAL and count > 0)
    others = [one for one in parts if not _span(one[0])]
    if not others or group.get(_TOTAL) == sum(count for _, count in parts):
        return []
    return parts if len(parts) <= _MOST_GROUPS else others


def _sums_in(group: _Group, parts: Sequence[tuple[str, Decimal]]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Groups that others of their dimension make up exactly, in every way: the sums of one half of them are held against those of the other half."""
    ways: dict[Decimal, list[tuple[str, ...]]] = defaultdict(list)
    for some, codes in _subsets(parts[1::2]):
        ways[some].append(codes)
    firsts = _subsets(parts[::2])
    for whole, count in sorted(group.items()):
        for some, codes in firsts:
            yield from ((whole, tuple(sorted((*codes, *more)))) for more in ways.get(count - some, ()) if len(codes) + len(more) > 1)


def _subsets(parts: Sequence[tuple[str, Decimal]]) -> list[tuple[Decimal, tuple[str, ...]]]:
    found: list[tuple[Decimal, tuple[str, ...]]] = [(Decimal(0), ())]
    for code, count in parts:
        found += [(some + count, (*codes, code)) for some, codes in found]
    return found
