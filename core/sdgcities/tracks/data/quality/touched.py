"""What an import brought, series by series, before it is kept: told while it was loaded, or read of the database."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field

from sqlalchemy import Connection, bindparam, text

from sdgcities.tracks.data.quality.checks import checks
from sdgcities.tracks.data.quality.held import Days

MOST_SERIES, MOST_FIGURES = 20_000, 100_000
"""Series and figures of an import that are held against each other, and against those of the same indicators from earlier imports."""

_TOUCHED = """
SELECT series, min(period_start), max(period_end), max(revision), min(source), max(source), count(value_num), min(value_num), max(value_num)
FROM observation WHERE batch IN :batches GROUP BY series
"""


@dataclass(slots=True)
class Touched:
    """What batches brought: the series with the first and last day of their new figures, the sources, and whether anything was revised.

    Of very many series only those are kept that the limits suspect: `constant` ones, and `ranging` ones.
    """

    most: tuple[int, int]
    """Series and figures that are held against each other."""
    least: int
    factor: float
    count: int = 0
    figures: int = 0
    series: dict[int, Days] = field(default_factory=dict)
    constant: set[int] = field(default_factory=set)
    ranging: set[int] = field(default_factory=set)
    sources: set[int] = field(default_factory=set)
    revised: bool = False
    _spans: dict[Days, Days] = field(default_factory=dict)
    """Each span once, for the many series that have the same."""
    _suspected: bool = False
    """Whether `series` has been brought down to those that the limits suspect."""

    @property
    def many(self) -> bool:
        """Whether there is more than is held against each other."""
        return self.count > self.most[0] or self.figures > self.most[1]

    def read(self, connection: Connection, batches: Collection[int]) -> Touched:
        """Take in what batches brought, in one pass over it."""
        query = text(_TOUCHED).bindparams(bindparam("batches", expanding=True))
        for number, start, end, revision, first, last, figures, low, high in connection.execute(query, {"batches": list(batches)}):
            self.revised = self.revised or revision > 0
            self.take(number, (start, end), (first, last), figures, low, high)
        return self

    def take(self, number: int, span: Days, sources: tuple[int, int], figures: int, low: float, high: float) -> None:
        """Take in a series: how many figures it has, and the least and the greatest of them."""
        self.count += 1
        self.figures += figures
        self.sources.update(sources)
        days = self._spans.setdefault(span, span)
        if not self.many:
            self.series[number] = days
        elif not self._suspected:
            self._suspected = True
            self.series = {one: self.series[one] for one in self.series if one in self.constant or one in self.ranging}
        if figures < self.least or low <= 0 or (low < high < self.factor * low):
            return
        (self.constant if low == high else self.ranging).add(number)
        self.series[number] = days


def touched() -> Touched:
    """What an import brought, of which nothing is known yet."""
    listed = checks()
    return Touched((MOST_SERIES, MOST_FIGURES), int(listed["quality.same-years"].numbers["periods_3_digits"]), listed["quality.jump"].numbers["factor"])
