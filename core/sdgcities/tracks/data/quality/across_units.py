"""Doubts about the figures of many units side by side: alike where they should differ, or one far from all others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations, islice
from math import log10
from statistics import median

from sdgcities.findings import Message, msg
from sdgcities.model.places import Unit
from sdgcities.model.statistics import read_dimensions
from sdgcities.tracks.data.quality.checks import Check
from sdgcities.tracks.data.quality.doubt import Suspicion
from sdgcities.tracks.data.quality.held import ABSENT, Line, Table
from sdgcities.tracks.data.quality.written import GROUPED, PERCENT, digits, is_small, near_full, resolution

USUAL_SCALE = 1.4826
"""Times the median absolute deviation: a standard deviation, where values are spread normally."""

MANY = 40
"""Figures by which it is told whether a column has digits enough."""

Column = Sequence[tuple[int, float]]


def by_level(table: Table, column: Column, units: Mapping[str, Unit]) -> dict[str, list[tuple[int, float]]]:
    """The figures of a period for each level."""
    found: dict[str, list[tuple[int, float]]] = {}
    for number, figure in column:
        found.setdefault(units[table.lines[number].unit].level, []).append((number, figure))
    return found


def same_units(table: Table, check: Check, units: Mapping[str, Unit]) -> Iterator[Suspicion]:
    """One value for nearly every unit of a level."""
    for place in sorted(table.fresh_places):
        column = table.columns[place]
        if len({figure for _, figure in column}) * 2 > len(column):
            continue
        for cells in by_level(table, column, units).values():
            value, count = Counter(figure for _, figure in cells).most_common(1)[0]
            alike = [number for number, figure in cells if figure == value]
            word = table.lines[alike[0]].texts[place]
            rough = digits(word) < check.numbers["digits"] and is_small(value, resolution(table.lines[number].texts[place] for number, _ in cells))
            usual = table.at_bound(value) or near_full(table.indicator, value) or rough
            if len(cells) >= check.numbers["units"] and count >= check.numbers["share"] * len(cells) and not usual:
                problem = msg("%(value)s is the figure of %(n)s of %(all)s units", value=word, n=count, all=len(cells))
                yield of_many(table, check, place, alike, units, problem)


def of_many(table: Table, check: Check, place: int, numbers: Sequence[int], units: Mapping[str, Unit], problem: Message) -> Suspicion:
    """A suspicion about the figures that many units have in a period; `numbers` are those of their lines."""
    names = tuple(table.lines[number].unit for number in numbers)
    return Suspicion(check.id, names, units[names[0]].level, table.indicator.code, table.dims, (table.names[place],), problem)


def far_units(table: Table, check: Check, units: Mapping[str, Unit]) -> Iterator[Suspicion]:
    """A figure ten times those of nearly all other units of the level, which lie close together, and not so in the unit's other periods."""
    for place in sorted(table.fresh_places):
        column = [(number, figure) for number, figure in table.columns[place] if figure > 0]
        if len(column) < check.numbers["units"]:
            continue
        for level, cells in by_level(table, column, units).items():
            if len(cells) < check.numbers["units"]:
                continue
            logs = [log10(figure) for _, figure in cells]
            middle = median(logs)
            spread = max(USUAL_SCALE * median(abs(value - middle) for value in logs), check.numbers["least_spread"])
            if max(logs) - middle < log10(check.numbers["factor"]):
                continue
            for (number, _), value in zip(cells, logs, strict=True):
                beyond, line = value - middle, table.lines[number]
                if beyond < max(log10(check.numbers["factor"]), check.numbers["times_spread"] * spread) or not table.is_fresh(line, place):
                    continue
                if not _always_so(table, number, place, value) and not is_small(10**middle, resolution(one.texts[place] for one in table.lines)):
                    problem = msg("%(value)s, where the other units of the level are near %(middle)s", value=line.texts[place], middle=f"{10**middle:.4g}")
                    yield Suspicion(check.id, (line.unit,), level, table.indicator.code, table.dims, (table.names[place],), problem)


def _always_so(table: Table, number: int, place: int, value: float) -> bool:
    others = [log10(figure) for other, figure in enumerate(table.figures[number]) if other != place and figure and figure > 0]
    return bool(others) and abs(median(others) - value) < 1 / 3


def split_counts(table: Table, check: Check, units: Mapping[str, Unit]) -> Iterator[Suspicion]:
    """A count of which most figures have three decimals, or some and no other has any: what stands between thousands was taken for a decimal mark."""
    if table.indicator.unit not in check.lists["counts"]:
        return
    for place in sorted(table.fresh_places):
        known = [(number, table.lines[number].texts[place]) for number, figure in table.columns[place] if figure]
        marked = [(number, text) for number, text in known if "." in text]
        split = [(number, text) for number, text in marked if GROUPED.fullmatch(text)]
        least = check.numbers["units"] if len(split) == len(marked) else check.numbers["share"] * len(known)
        if len(known) >= check.numbers["units"] and len(split) >= least:
            parts: dict[str, object] = {"n": len(split), "all": len(known), "text": split[0][1]}
            problem = msg("%(n)s of %(all)s figures have three decimals, such as %(text)s, and the indicator counts whole things", **parts)
            yield of_many(table, check, place, [number for number, _ in split], units, problem)


def lost_decimals(table: Table, check: Check, units: Mapping[str, Unit]) -> Iterator[Suspicion]:
    """An indicator in percent that may go beyond 100, nearly all of whose figures do, as whole numbers."""
    high = table.indicator.maximum
    if table.indicator.unit != PERCENT or (high is not None and high <= 100):  # noqa: PLR2004 - beyond it they are refused
        return
    for place in sorted(table.fresh_places):
        known = [(number, figure) for number, figure in table.columns[place] if figure]
        whole = [number for number, figure in known if figure > 100 and "." not in table.lines[number].texts[place]]  # noqa: PLR2004 - percent
        if len(known) >= check.numbers["units"] and len(whole) >= check.numbers["share"] * len(known):
            problem = msg("%(n)s of %(all)s figures are whole numbers above 100, and the indicator is in percent", n=len(whole), all=len(known))
            yield of_many(table, check, place, whole, units, problem)


def copied_periods(table: Table, check: Check, units: Mapping[str, Unit]) -> Iterator[Suspicion]:
    """Two periods in which every unit has the same figure: a year pasted twice. Where it is so for many, each series shows it by itself.

    A file with the figures that the hub holds of another year may carry them on: that is only noted when it comes in.
    """
    if table.indicator.unit in check.lists["stable_units"]:
        return
    seen: dict[tuple[tuple[int, float], ...], list[int]] = {}
    for place, column in enumerate(table.columns):
        seen.setdefault(tuple(column), []).append(place)
    for known, places in seen.items():
        few = 1 < len(places) < check.numbers["periods"] and len(known) >= check.numbers["units"]
        if few and table.fresh_places.intersection(places) and _telling(table, known, places[0], check):
            names, both = tuple(table.lines[number].unit for number, _ in known), tuple(table.names[place] for place in places)
            problem = msg("all %(n)s units have the same figures in %(periods)s", n=len(names), periods=", ".join(both))
            older = not table.fresh_places.issuperset(places)
            yield Suspicion(check.id, names, units[names[0]].level, table.indicator.code, table.dims, both, problem, older)


class Columns:
    """Two indicators, or two codes of one dimension, with the same figure for every unit: a column pasted twice."""

    def __init__(self, check: Check, units: Mapping[str, Unit]) -> None:
        self._check, self._units = check, units
        self._seen: dict[int, list[tuple[str, str, str, tuple[str, ...]]]] = {}

    def see(self, table: Table) -> None:
        """Take a table in."""
        every = tuple(line.unit for line in table.lines)
        for place in sorted(table.fresh_places):
            column = table.columns[place]
            if len(column) < self._check.numbers["units"]:
                continue
            units, figures = zip(*column, strict=True)
            names = every if len(column) == len(every) else tuple(every[number] for number in units)
            found = self._seen.setdefault(hash((table.names[place], names, figures)), [])
            if not found or _telling(table, column, place, self._check):
                found.append((table.indicator.code, table.dims, table.names[place], names))

    def suspicions(self) -> Iterator[Suspicion]:
        """What is alike. Many columns alike were made so, not pasted by mistake: that is only noted."""
        for found in self._seen.values():
            first, first_dims, _, _ = found[0]
            for code, dims, period, names in found[1:]:
                if first != code or _siblings(first_dims, dims):
                    problem = msg("all %(n)s units have the same figures as in %(other)s", n=len(names), other=f"{first} {first_dims}".strip())
                    many = len(found) > self._check.numbers["copies"]
                    yield Suspicion(self._check.id, names, self._units[names[0]].level, code, dims, (period,), problem, many)


def _siblings(first: str, second: str) -> bool:
    """Whether two disaggregations differ by the code of one dimension: what stands beside each other in a table."""
    one, other = read_dimensions(first), read_dimensions(second)
    return one.keys() == other.keys() and sum(one[name] != other[name] for name in one) == 1


def _telling(table: Table, column: Column, place: int, check: Check) -> bool:
    """Whether the figures differ enough, and have digits enough, that the same ones twice are no chance."""
    different = {figure: number for number, figure in column}
    words = [table.lines[number].texts[place] for figure, number in islice(different.items(), MANY) if not table.at_bound(figure)]
    return len(words) >= check.numbers["different"] and median(map(digits, words)) >= check.numbers["digits"]


def same_series(table: Table, check: Check, units: Mapping[str, Unit], alone: Mapping[str, bool]) -> Iterator[Suspicion]:
    """Two units with the same figures in every period. `alone`: units that are the only one of their level in what they lie in."""
    if len(table.periods) < check.numbers["periods"]:
        return
    seen: dict[tuple[str, ...], list[Line]] = {}
    for line in table.lines:
        seen.setdefault(tuple(line.texts), []).append(line)
    for words, lines in seen.items():
        if len(lines) == 1 or not any(line.fresh for line in lines) or not _own(words, check):
            continue
        span = tuple(name for name, word in zip(table.names, words, strict=True) if word)
        first = units[lines[0].unit]
        for line in lines[1:]:
            if not one_place(first, units[line.unit], alone):
                problem = msg("the figures are those of %(other)s in every period", other=first.name)
                whom, many = (f"{first.id}={line.unit}",), len(lines) > check.numbers["copies"]
                yield Suspicion(check.id, whom, "", table.indicator.code, table.dims, span, problem, many)


def _own(words: Sequence[str], check: Check) -> bool:
    """Whether a series has figures enough, with digits enough, that no other unit has the same."""
    known = [word for word in words if word and word != ABSENT]
    if len(known) < check.numbers["periods"] or len(set(known)) < check.numbers["different"]:
        return False
    return median(map(digits, known)) >= check.numbers["digits"]


def one_place(first: Unit, second: Unit, alone: Mapping[str, bool]) -> bool:
    """Whether two units can be the same ground: one follows the other, is all there is of it, or goes by its name on another level."""
    follows = first.id in second.successors or second.id in first.successors
    within = (first.parent == second.id and alone.get(first.id, False)) or (second.parent == first.id and alone.get(second.id, False))
    return follows or within or (first.level != second.level and first.name == second.name)


def swapped(tables: Sequence[Table], check: Check, units: Mapping[str, Unit]) -> Iterator[Suspicion]:
    """Two codes of one dimension that changed places from one period to the next, in nearly every unit."""
    split = [table for table in tables if table.dims]
    if len(split) > check.numbers["splits"]:
        return
    for one, other in combinations(split, 2):
        if _siblings(one.dims, other.dims) and one.names == other.names:
            yield from _swapped(one, other, check, units)


def _swapped(one: Table, other: Table, check: Check, units: Mapping[str, Unit]) -> Iterator[Suspicion]:
    rows = {line.unit: row for line, row in zip(other.lines, other.figures, strict=True)}
    pairs = [(line.unit, row, rows[line.unit]) for line, row in zip(one.lines, one.figures, strict=True) if line.unit in rows]
    for place in range(1, len(one.periods)):
        if place not in one.fresh_places:
            continue
        quads = [(unit, a[place - 1], b[place - 1], a[place], b[place]) for unit, a, b in pairs]
        known = [(unit, a, b, c, d) for unit, a, b, c, d in quads if a and b and c and d and abs(a - b) > check.numbers["apart"] * max(a, b)]
        if len(known) < check.numbers["units"]:
            continue
        crossed = [unit for unit, a, b, c, d in known if (a - b) * (c - d) < 0 and (abs(c - b) + abs(d - a)) * 2 < abs(c - a) + abs(d - b)]
        if len(crossed) >= check.numbers["share"] * len(known):
            problem = msg("the figures seem to have changed places with those of %(other)s since %(before)s", other=other.dims, before=one.names[place - 1])
            yield Suspicion(check.id, tuple(crossed), units[crossed[0]].level, one.indicator.code, one.dims, (one.names[place],), problem)
