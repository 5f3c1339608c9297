"""What an import puts in the place of figures that the hub held: told, and doubted where it looks like another unit of measure or a swap."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from itertools import combinations, groupby
from math import log10
from typing import NamedTuple

from sqlalchemy import Connection, TextClause, bindparam, text

from sdgcities.findings import Finding, Message, Severity, Where, msg, nmsg
from sdgcities.model.statistics import Period
from sdgcities.tracks.data.quality.checks import Check
from sdgcities.tracks.data.quality.doubt import ALL, Doubt, Suspicion
from sdgcities.tracks.data.quality.written import is_small, resolution

REPLACED = "import.revised"
EXAMPLES = 3

_REVISIONS = """
SELECT s.indicator, s.unit, s.dims, n.freq, n.period_start, n.period_end, coalesce(p.value, p.missing), coalesce(n.value, n.missing), p.status, n.status,
       p.value IS NOT NULL AND n.value IS NOT NULL
FROM observation n
JOIN observation p ON p.series = n.series AND p.period_start = n.period_start AND p.period_end = n.period_end AND p.revision = n.revision - 1
JOIN series s ON s.id = n.series
WHERE n.batch IN :batches AND p.batch NOT IN :batches AND n.revision > 0 AND n.op = 'set' AND p.op = 'set'
ORDER BY s.indicator, s.unit, s.dims, n.period_start
"""
_BROUGHT = "SELECT count(*) FROM observation WHERE batch IN :batches"


class Revision(NamedTuple):
    """A figure, or a reason for none, that came in the place of another, as both are written."""

    indicator: str
    unit: str
    dims: str
    period: str
    before: str
    now: str
    figures: bool
    """Whether both are figures."""
    statuses: tuple[str, str]

    @property
    def changed(self) -> bool:
        """Whether a figure became another one."""
        return self.figures and float(self.before) != float(self.now)

    @property
    def power(self) -> float | None:
        """How many times ten the new figure is as large, as a power; None where one of the two is nothing."""
        before, now = float(self.before), float(self.now)
        return log10(now / before) if before * now > 0 else None

    def told(self, place: str) -> str:
        """From what to what: with the status, where nothing else is different."""
        about = f"{self.indicator} {self.dims}" if self.dims else self.indicator
        flags = tuple(f" {one}" for one in self.statuses) if self.before == self.now else ("", "")
        return f"{place}, {about}, {self.period}: {self.before}{flags[0]} → {self.now}{flags[1]}"


class Revised:
    """The revisions of batches. They are read once, an indicator at a time."""

    def __init__(self, connection: Connection, batches: Collection[int]) -> None:
        self._connection, self._batches = connection, list(batches)
        self._count, self._examples = 0, list[Revision]()

    def suspicions(self, check: Check) -> Iterator[Suspicion]:
        """What is odd about them."""
        for _, group in groupby(self._read(), key=lambda one: one.indicator):
            yield from odd(list(group), check)

    def told(self, place: Callable[[str], str], where: Where) -> list[Doubt]:
        """How many of the figures are new and how many replace others, once all were read; nothing where none does."""
        if not self._count:
            return []
        examples = "; ".join(one.told(place(one.unit)) for one in self._examples)
        told = nmsg(
            "%(n)s figure replaces what the hub held: %(examples)s. New figures: %(new)s.",
            "%(n)s figures replace what the hub held, such as %(examples)s. New figures: %(new)s.",
            self._count,
            new=self._brought() - self._count,
            examples=examples,
        )
        return [Doubt(Finding(REPLACED, Severity.NOTE, told, msg("Right where the office revised its table."), where), ALL)]

    def _read(self) -> Iterator[Revision]:
        for indicator, unit, dims, freq, start, end, before, now, *statuses, figures in self._connection.execute(self._asking(_REVISIONS)):
            period = str(Period.recorded(start, end, freq))
            one = Revision(indicator, unit, dims, period, before, now, bool(figures), (statuses[0], statuses[1]))
            self._count += 1
            if len(self._examples) < EXAMPLES:
                self._examples.append(one)
            yield one

    def _brought(self) -> int:
        return int(self._connection.execute(self._asking(_BROUGHT)).scalar_one())

    def _asking(self, query: str) -> TextClause:
        return text(query).bindparams(bindparam("batches", self._batches, expanding=True))


def odd(revisions: Sequence[Revision], check: Check) -> Iterator[Suspicion]:
    """The revisions of one indicator: nearly all by the same power of ten, exchanged with each other, or a single one by ten times or more."""
    changed = [one for one in revisions if one.changed]
    told: set[Revision] = set()
    for group, problem in (*_scaled(changed, check), *_exchanged(changed, check)):
        told.update(group)
        yield _suspicion(check, group, problem)
    for one in changed:
        if one not in told and _ten_times(one, check):
            problem = msg("%(before)s becomes %(now)s: ten times as much, a tenth, or further off", before=one.before, now=one.now)
            yield _suspicion(check, [one], problem)


def _scaled(changed: Sequence[Revision], check: Check) -> Iterator[tuple[list[Revision], Message]]:
    numbers = check.numbers
    by_power: dict[int, list[Revision]] = {}
    for one in changed:
        size = one.power
        if size is not None and 1 <= abs(round(size)) <= numbers["powers"] and abs(size - round(size)) <= numbers["tolerance"]:
            by_power.setdefault(round(size), []).append(one)
    for power, group in by_power.items():
        enough = len(group) >= numbers["share"] * len(changed) if len(group) >= numbers["figures"] else len(group) == len(changed)
        if enough and len(group) >= numbers["fewest"]:
            factor = f"{10**power}" if power > 0 else f"1/{10**-power}"
            parts: dict[str, object] = {"n": len(group), "all": len(changed), "factor": factor, "before": group[0].before, "now": group[0].now}
            yield group, msg("%(n)s of %(all)s revised figures become %(factor)s times what they were, such as %(before)s, now %(now)s", **parts)


def _exchanged(changed: Sequence[Revision], check: Check) -> Iterator[tuple[list[Revision], Message]]:
    """Two periods of one disaggregation, or two disaggregations of one period, of which each has the other's old figure."""
    for by_period in (True, False):
        lines: dict[tuple[str, str], list[Revision]] = {}
        for one in changed:
            lines.setdefault((one.unit, one.dims if by_period else one.period), []).append(one)
        found: dict[tuple[str, ...], list[Revision]] = {}
        for first, second in (pair for line in lines.values() for pair in _pairs(line)):
            key = (first.dims, first.period, second.period) if by_period else (first.dims, second.dims)
            found.setdefault(key, []).extend((first, second))
        for group in found.values():
            if len({one.unit for one in group}) >= check.numbers["units"]:
                first, second = group[:2]
                names = (first.period, second.period) if by_period else (first.dims or ALL, second.dims or ALL)
                yield group, msg("the figures of %(first)s and %(second)s change places", first=names[0], second=names[1])


def _pairs(line: Sequence[Revision]) -> Iterator[tuple[Revision, Revision]]:
    """Those of a line of which each now has what the other had."""
    old = Counter(float(one.before) for one in line)
    moved = [one for one in line if float(one.now) in old]
    for first, second in combinations(moved, 2):
        if float(first.now) == float(second.before) and float(second.now) == float(first.before):
            yield first, second


def _ten_times(one: Revision, check: Check) -> bool:
    size = one.power
    smaller = min(abs(float(one.before)), abs(float(one.now)))
    return size is not None and abs(size) >= 1 - check.numbers["tolerance"] and not is_small(smaller, resolution((one.before, one.now)))


def _suspicion(check: Check, group: Sequence[Revision], problem: Message) -> Suspicion:
    units, dims = tuple(dict.fromkeys(one.unit for one in group)), {one.dims for one in group}
    periods = tuple(sorted({one.period for one in group}))
    return Suspicion(check.id, units, "", group[0].indicator, dims.pop() if len(dims) == 1 else ALL, periods, problem)
