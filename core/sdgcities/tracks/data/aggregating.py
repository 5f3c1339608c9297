"""Rows of one unit, indicator, period and disaggregation added up: communities to districts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from sdgcities.findings import Finding, Severity, Where, nmsg
from sdgcities.model.statistics import ObservationStatus
from sdgcities.store.bulk import Figure, SeriesKey


@dataclass(slots=True)
class _Sum:
    figure: Figure
    total: Decimal = Decimal(0)
    known: int = 0
    missing: int = 0


@dataclass(slots=True)
class Sums:
    """Adds rows up; where some of the rows have no figure, the sum is marked as of low reliability and a note says so."""

    file: str
    notes: list[Finding] = field(default_factory=list)

    def add_up(self, rows: Iterable[tuple[SeriesKey, Figure]]) -> Iterator[tuple[SeriesKey, Figure]]:
        """One row for each series and period, in the order of their first rows."""
        sums: dict[tuple[SeriesKey, str, str], _Sum] = {}
        for key, figure in rows:
            held = sums.setdefault((key, figure[0], figure[1]), _Sum(figure))
            if figure[3] is None:
                held.missing += 1
            else:
                held.total += Decimal(figure[3])
                held.known += 1
        for (key, _, _), held in sums.items():
            yield key, self._summed(key, held)

    def _summed(self, key: SeriesKey, held: _Sum) -> Figure:
        start, end, freq, _, _, missing, status, version, source, row = held.figure
        if not held.known:
            return start, end, freq, None, None, missing, status, version, source, row
        if held.missing:
            status = ObservationStatus.UNRELIABLE.value
            text = nmsg(
                "%(unit)s, %(indicator)s: %(n)s of %(all)s rows has no figure; the sum is of the others.",
                "%(unit)s, %(indicator)s: %(n)s of %(all)s rows have no figure; the sum is of the others.",
                held.missing,
                unit=key[0],
                indicator=key[1],
                all=held.known + held.missing,
            )
            self.notes.append(Finding("aggregate.partial", Severity.NOTE, text, None, Where(file=self.file, row=row)))
        return start, end, freq, str(held.total), float(held.total), None, status, version, source, row
