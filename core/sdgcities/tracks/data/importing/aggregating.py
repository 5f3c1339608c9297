"""Rows of one unit, indicator, period and disaggregation added up: communities to districts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from sdgcities.findings import Finding, Severity, Where, nmsg
from sdgcities.model.statistics import ObservationStatus
from sdgcities.store.bulk import Figure, Run, SeriesKey, figures, one_by_one
from sdgcities.tracks.data.reading.raw import EXACT

EXAMPLES = 5


@dataclass(slots=True)
class _Sum:
    figure: Figure
    total: Decimal = Decimal(0)
    known: int = 0
    missing: int = 0


@dataclass(slots=True)
class Sums:
    """Adds rows up. Where some of the rows have no figure, the sum is of the others and marked as of low reliability."""

    _partial: int = 0
    _examples: list[tuple[str, str, int, int]] = field(default_factory=list)

    def add_up(self, runs: Iterable[Run]) -> Iterator[Run]:
        """One row for each series and period, in the order of their first rows."""
        sums: dict[tuple[SeriesKey, str, str], _Sum] = {}
        for key, figure in figures(runs):
            held = sums.setdefault((key, figure[0], figure[1]), _Sum(figure))
            if figure[2] is None:
                held.missing += 1
            else:
                held.total = EXACT.add(held.total, Decimal(figure[2]))
                held.known += 1
        yield from one_by_one((key, self._summed(key, held)) for (key, _, _), held in sums.items())

    def notes(self, file: str, name_of: Callable[[str], str]) -> Iterator[Finding]:
        """One note for the file: how many sums lack some of their rows, with a few examples."""
        if self._partial:
            examples = "; ".join(f"{name_of(unit)}, {indicator}: {missing}/{rows}" for unit, indicator, missing, rows in self._examples)
            text = nmsg(
                "%(n)s sum lacks some of its rows, which have no figure, and carries the status U (rows without a figure/rows: %(examples)s).",
                "%(n)s sums lack some of their rows, which have no figure, and carry the status U (rows without a figure/rows, for example: %(examples)s).",
                self._partial,
                examples=examples,
            )
            yield Finding("aggregate.partial", Severity.NOTE, text, None, Where(file=file))

    def _summed(self, key: SeriesKey, held: _Sum) -> Figure:
        start, end, _, row, (freq, missing, status, version, source) = held.figure
        if not held.known:
            return start, end, None, row, (freq, missing, status, version, source)
        if held.missing:
            status = ObservationStatus.UNRELIABLE.value
            self._partial += 1
            if len(self._examples) < EXAMPLES:
                self._examples.append((key[0], key[1], held.missing, held.known + held.missing))
        return start, end, f"{held.total:f}", row, (freq, None, status, version, source)
