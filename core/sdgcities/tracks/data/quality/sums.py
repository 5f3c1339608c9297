"""Doubts about wholes and their parts: what adds up, and what must lie between its parts."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from sdgcities.findings import Message, msg
from sdgcities.model.places import Unit
from sdgcities.model.statistics import read_dimensions, spell_dimensions
from sdgcities.tracks.data.quality.checks import Check
from sdgcities.tracks.data.quality.doubt import Suspicion
from sdgcities.tracks.data.quality.held import Line, Table
from sdgcities.tracks.data.quality.written import PERCENT

SUMMED = "sum"
MANY = 20
"""Wholes from which on it is told whether a fault is of one figure or of all."""

Row = tuple[Line, Sequence[float | None]]
Judge = Callable[[float, Sequence[float]], Message | None]
"""What is wrong with a whole beside all of its parts."""


def adds_up(check: Check) -> Judge:
    """The parts must add up to the whole."""

    def judge(whole: float, parts: Sequence[float]) -> Message | None:
        total = sum(parts)
        if abs(total - whole) <= max(check.numbers["share"] * abs(whole), check.numbers["rounding"] * (len(parts) + 1)):
            return None
        return msg("%(whole)s is given, but the parts add up to %(sum)s", whole=_plain(whole), sum=_plain(total))

    return judge


def lies_between(check: Check) -> Judge:
    """A share or a mean of the whole must lie between the smallest and the largest of its parts."""

    def judge(whole: float, parts: Sequence[float]) -> Message | None:
        slack = max(check.numbers["share"] * abs(whole), check.numbers["rounding"])
        if min(parts) - slack <= whole <= max(parts) + slack:
            return None
        return msg(
            "%(whole)s is given, but the parts lie between %(least)s and %(most)s", whole=_plain(whole), least=_plain(min(parts)), most=_plain(max(parts))
        )

    return judge


@dataclass(slots=True)
class _Counting:
    """Judges, and keeps count."""

    judge: Judge
    asked: int = 0
    wrong: int = 0

    def __call__(self, whole: float, parts: Sequence[float]) -> Message | None:
        problem = self.judge(whole, parts)
        self.asked += 1
        self.wrong += problem is not None
        return problem


def splits(tables: Sequence[Table], judge: Judge, check: Check) -> Iterator[Suspicion]:
    """Wholes beside all codes of one dimension that has no others: sexes, urban and rural.

    Where most of many wholes are not the sum, it is no slip of one figure: these are no parts, or the figures are made up. That is only noted.
    """
    counting = _Counting(judge)
    found = list(_splits(tables, counting, check))
    systematic = counting.asked >= MANY and counting.wrong * 2 > counting.asked
    yield from (replace(one, weak=systematic) for one in found)


def _splits(tables: Sequence[Table], judge: Judge, check: Check) -> Iterator[Suspicion]:
    by_dims = {(table.dims, table.names): table for table in tables}
    for (dims, names), whole in by_dims.items():
        for written in check.lists["partitions"]:
            dimension, _, codes = written.partition("=")
            parts = [by_dims.get((_with(dims, dimension, code), names)) for code in codes.split("+")]
            if dimension not in read_dimensions(dims) and all(parts):
                yield from _split(whole, [part for part in parts if part], judge, check, dimension)


def _with(dims: str, dimension: str, code: str) -> str:
    return spell_dimensions({**read_dimensions(dims), dimension: code})


def _split(whole: Table, parts: Sequence[Table], judge: Judge, check: Check, dimension: str) -> Iterator[Suspicion]:
    rows = [_by_unit(part) for part in parts]
    for line, row in zip(whole.lines, whole.figures, strict=True):
        split = [found[line.unit] for found in rows if line.unit in found]
        if len(split) == len(parts):
            yield from _judged(whole, (line, row), split, judge, check, dimension)


def levels(table: Table, judge: Judge, check: Check, children: Mapping[str, Mapping[str, Sequence[Unit]]]) -> Iterator[Suspicion]:
    """A unit beside all units of one level that lie in it. `children`: unit to level to units."""
    rows = _by_unit(table)
    by_level: dict[str, list[tuple[Row, list[Row], Sequence[Unit]]]] = {}
    for line, row in zip(table.lines, table.figures, strict=True):
        for level, inside in children.get(line.unit, {}).items():
            split = [rows[unit.id] for unit in inside if unit.id in rows]
            if len(split) > 1:
                by_level.setdefault(level, []).append(((line, row), split, inside))
    for level, found in by_level.items():
        if table.indicator.aggregation != SUMMED or _covers(found, check):
            for whole, split, inside in found:
                yield from _judged(table, whole, split, judge, check, level, inside)


def _covers(found: Sequence[tuple[Row, list[Row], Sequence[Unit]]], check: Check) -> bool:
    """Whether somewhere the units of a level make up what is above them: towns among villages never do."""
    for (_, row), split, _ in found:
        for place, whole in enumerate(row):
            if whole and sum(part[1][place] or 0 for part in split) >= check.numbers["covers"] * whole:
                return True
    return False


def _by_unit(table: Table) -> dict[str, Row]:
    return {line.unit: (line, row) for line, row in zip(table.lines, table.figures, strict=True)}


def _judged(table: Table, whole: Row, parts: Sequence[Row], judge: Judge, check: Check, of: str, inside: Sequence[Unit] = ()) -> Iterator[Suspicion]:
    """Every period in which the whole and all of its parts have figures, of the units that stood then."""
    line, row = whole
    fresh = [one for one in (line, *(part for part, _ in parts)) if one.fresh]
    for place, figure in enumerate(row if fresh else ()):
        known = [value for _, values in parts if (value := values[place]) is not None]
        if figure is None or len(known) < 2 or len(known) < _standing(table, place, inside, len(parts)):  # noqa: PLR2004 - parts
            continue
        if (problem := judge(figure, known)) is not None and any(table.is_fresh(one, place) for one in fresh):
            dims = f"{table.dims} {of}".strip()
            yield Suspicion(check.id, (line.unit,), "", table.indicator.code, dims, (table.names[place],), problem)


def _standing(table: Table, place: int, inside: Sequence[Unit], parts: int) -> int:
    """How many parts there should be."""
    period = table.periods[place]
    return sum(1 for unit in inside if unit.stood(period.start, period.end)) if inside else parts


def part_exceeds(tables: Sequence[Table], check: Check) -> Iterator[Suspicion]:
    """A part of a disaggregation that is greater than the whole, where figures are amounts that add up.

    Where of many splits a good part is greater, and a good part is not, these are no parts, or the figures are made up. That is only noted.
    """
    by_dims = {(table.dims, table.names): table for table in tables}
    found: list[Suspicion] = []
    figures = pairs = 0
    for (dims, names), part in by_dims.items():
        codes = read_dimensions(dims)
        for dimension in codes:
            rest = spell_dimensions({name: code for name, code in codes.items() if name != dimension})
            if whole := by_dims.get((rest, names)):
                found += _exceeding(part, whole, check)
                figures, pairs = figures + sum(len(column) for column in part.columns), pairs + 1
    muddled = pairs >= check.numbers["splits"] and check.numbers["few"] < len(found) / max(figures, MANY) < check.numbers["nearly_all"]
    yield from (replace(one, weak=muddled) for one in found)


def _exceeding(part: Table, whole: Table, check: Check) -> Iterator[Suspicion]:
    rows = _by_unit(whole)
    for line, row in zip(part.lines, part.figures, strict=True):
        if line.unit not in rows:
            continue
        above, totals = rows[line.unit]
        for place, (figure, total) in enumerate(zip(row, totals, strict=True)):
            if figure is None or total is None or not (part.is_fresh(line, place) or whole.is_fresh(above, place)):
                continue
            if figure > total + max(check.numbers["share"] * abs(total), check.numbers["rounding"]):
                problem = msg("%(part)s is more than the whole, %(whole)s", part=line.texts[place], whole=above.texts[place])
                yield Suspicion(check.id, (line.unit,), "", part.indicator.code, part.dims, (part.names[place],), problem)


def shares(tables: Sequence[Table], check: Check) -> Iterator[Suspicion]:
    """Percentages of one dimension that make up a hundred in nearly every unit and period, and more in one."""
    if not tables or tables[0].indicator.unit != PERCENT:
        return
    groups: dict[tuple[str, tuple[str, ...]], dict[str, Table]] = {}
    for table in tables:
        if len(codes := read_dimensions(table.dims)) == 1:
            groups.setdefault((next(iter(codes)), table.names), {})[table.dims] = table
    for (dimension, _), found in groups.items():
        if len(found) > 1:
            yield from _shared(list(found.values()), dimension, check)


def _shared(parts: Sequence[Table], dimension: str, check: Check) -> Iterator[Suspicion]:
    rows = [_by_unit(part) for part in parts]
    totals: list[tuple[Line, int, float]] = []
    for line, row in zip(parts[0].lines, parts[0].figures, strict=True):
        if all(line.unit in found for found in rows):
            for place in range(len(row)):
                known = [figure for found in rows if (figure := found[line.unit][1][place]) is not None]
                if len(known) == len(rows):
                    totals.append((line, place, sum(known)))
    hundred = [total for _, _, total in totals if abs(total - 100) <= check.numbers["rounding"] * len(parts)]
    if len(hundred) < max(check.numbers["units"], check.numbers["share"] * len(totals)):
        return
    for line, place, total in totals:
        if total > 100 + check.numbers["rounding"] * len(parts) + 1 and parts[0].is_fresh(line, place):
            problem = msg("the shares add up to %(sum)s percent", sum=_plain(total))
            yield Suspicion(check.id, (line.unit,), "", parts[0].indicator.code, f"{dimension}=*", (parts[0].names[place],), problem)


def _plain(figure: float) -> str:
    return f"{figure:.10g}"
