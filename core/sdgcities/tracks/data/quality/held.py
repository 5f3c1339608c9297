"""The figures a hub holds as tables: for one indicator and disaggregation, units down and periods across."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from itertools import groupby, islice
from math import inf

from sqlalchemy import Connection, bindparam, text

from sdgcities.model.statistics import Indicator, Period

AT_ONCE = 900
"""Series that one statement asks for: SQLite takes no more variables."""
SAMPLE = 120
"""Series of a table by which it is told how all of them move."""
ABSENT = "-"
"""Stands for a figure that is missing for a reason; where nothing is known, there is no text."""

_SPELLED = "freq || period_start || '/' || period_end"
_INSIDE = f"SELECT series, revision, {_SPELLED} AS period, coalesce(value, '-') AS value FROM observation WHERE series IN :series"  # noqa: S608 - constants, like all that follow
_ORDERED = " ORDER BY series, period_start, period_end, revision"
_JOINED = {
    "sqlite": f"SELECT series, max(revision), group_concat(period), group_concat(value) FROM ({_INSIDE}{_ORDERED}) s GROUP BY series",  # noqa: S608
    "postgresql": f"""
        SELECT series, max(revision), string_agg(period, ',' ORDER BY period), string_agg(value, ',' ORDER BY period) FROM ({_INSIDE}) s GROUP BY series
    """,  # noqa: S608
}
_REVISED = f"SELECT series, op, {_SPELLED}, coalesce(value, '-') FROM observation WHERE series IN :series{_ORDERED}"  # noqa: S608
_SERIES = "SELECT id, unit, indicator, dims FROM series {0} ORDER BY indicator, dims, unit"

Days = tuple[str, str]
"""First and last day."""
EVERYTHING: Days = ("", "9")


@dataclass(frozen=True, slots=True)
class Line:
    """One series: its figures as they are written, one for each period of the table. `fresh`: the days within which it is looked at."""

    unit: str
    texts: Sequence[str]
    fresh: Days | None


@dataclass
class Table:
    """The series of one indicator, disaggregation and frequency; `periods` in their order."""

    indicator: Indicator
    dims: str
    periods: tuple[Period, ...]
    lines: list[Line]
    days: tuple[Days, ...] = ()
    names: tuple[str, ...] = ()
    figures: list[tuple[float | None, ...]] = field(default_factory=list)
    """Beside the lines: the same as numbers."""
    sample: Sequence[int] = ()
    """Lines by which it is told how all of them move; where none are named, an even choice of them."""

    def __post_init__(self) -> None:
        self.days = self.days or tuple((period.start.isoformat(), period.end.isoformat()) for period in self.periods)
        self.names = self.names or tuple(str(period) for period in self.periods)
        self.figures = [_numbers(line.texts) for line in self.lines]
        self.sample = self.sample or range(0, len(self.lines), max(1, len(self.lines) // SAMPLE))
        low, high = self.indicator.minimum, self.indicator.maximum
        self._bounds = -inf if low is None else float(low), inf if high is None else float(high)

    @cached_property
    def columns(self) -> list[list[tuple[int, float]]]:
        """The figures of each period: the number of the line, and the figure."""
        return [[(number, figure) for number, figure in enumerate(column) if figure is not None] for column in zip(*self.figures, strict=True)]

    def is_fresh(self, line: Line, *places: int) -> bool:
        """Whether one of the periods is among what is looked at."""
        if line.fresh is None or line.fresh is EVERYTHING:
            return line.fresh is EVERYTHING
        first, last = line.fresh
        return any(first <= self.days[place][0] and self.days[place][1] <= last for place in places)

    @cached_property
    def fresh_places(self) -> frozenset[int]:
        """The periods in which at least one series is looked at."""
        spans = {line.fresh for line in self.lines if line.fresh}
        return frozenset(place for place, (start, end) in enumerate(self.days) for first, last in spans if first <= start and end <= last)

    def at_bound(self, figure: float) -> bool:
        """Whether a figure is zero, or as far as the indicator can go: many units can be there, for years."""
        return figure == 0 or not self._bounds[0] < figure < self._bounds[1]


def _numbers(texts: Sequence[str]) -> tuple[float | None, ...]:
    if "" in texts or ABSENT in texts:
        return tuple([None if word in {"", ABSENT} else float(word) for word in texts])
    return tuple(map(float, texts))


@dataclass(frozen=True, slots=True)
class Series:
    """A row of the table of series."""

    id: int
    unit: str
    indicator: str
    dims: str


def series_of(connection: Connection, indicators: Collection[str] | None = None) -> Iterator[tuple[str, Iterator[Series]]]:
    """The series of each indicator, in the order of disaggregation and unit."""
    if indicators is None:
        rows: Iterable[tuple[int, str, str, str]] = (tuple(row) for row in connection.execute(text(_SERIES.format(""))))
    else:
        query = text(_SERIES.format("WHERE indicator IN :indicators")).bindparams(bindparam("indicators", expanding=True))
        rows = (tuple(row) for row in connection.execute(query, {"indicators": list(indicators)}))
    for indicator, group in groupby(rows, key=lambda row: row[2]):
        yield indicator, (Series(*row) for row in group)


def indicators_of(connection: Connection, series: Collection[int]) -> set[str]:
    """The indicators that series are of."""
    query = text("SELECT DISTINCT indicator FROM series WHERE id IN :series").bindparams(bindparam("series", expanding=True))
    return {row[0] for some in _some(series) for row in connection.execute(query, {"series": some})}


def tables(connection: Connection, indicator: Indicator, series: Sequence[Series], fresh: Callable[[int], Days | None]) -> list[Table]:
    """The tables of one indicator's series, of which `fresh` says what is to be looked at."""
    written = _written(connection, [one.id for one in series])
    by_table: dict[tuple[str, str], dict[str, tuple[tuple[str, ...], Sequence[str], Days | None]]] = {}
    for one in series:
        for freq, (spelled, texts) in _by_frequency(*written.get(one.id, ((), ()))).items():
            by_table.setdefault((one.dims, freq), {})[one.unit] = spelled, texts, fresh(one.id)
    return [_table(indicator, dims, found) for (dims, _), found in by_table.items()]


def _table(indicator: Indicator, dims: str, found: Mapping[str, tuple[tuple[str, ...], Sequence[str], Days | None]]) -> Table:
    every = sorted({spelled for spelled, _, _ in found.values()}, key=len)
    union = tuple(sorted({period for spelled in every for period in spelled}))
    lines = [Line(unit, _laid(spelled, texts, union), days) for unit, (spelled, texts, days) in found.items()]
    periods, days, names = _periods(union)
    return Table(indicator, dims, periods, lines, days, names)


def _laid(spelled: tuple[str, ...], texts: Sequence[str], periods: tuple[str, ...]) -> Sequence[str]:
    """Figures in the columns of their periods."""
    if spelled == periods:
        return texts
    known = dict(zip(spelled, texts, strict=True))
    return tuple(known.get(period, "") for period in periods)


def _by_frequency(spelled: tuple[str, ...], texts: Sequence[str]) -> dict[str, tuple[tuple[str, ...], Sequence[str]]]:
    """A series may have figures of years and of quarters: each frequency stands by itself."""
    kinds = {period[:-21] for period in spelled}
    if len(kinds) == 1:
        return {kinds.pop(): (spelled, texts)}
    pairs = {kind: [(period, word) for period, word in zip(spelled, texts, strict=True) if period[:-21] == kind] for kind in sorted(kinds)}
    return {kind: (tuple(period for period, _ in found), [word for _, word in found]) for kind, found in pairs.items()}


@lru_cache(1000)
def _periods(spelled: tuple[str, ...]) -> tuple[tuple[Period, ...], tuple[Days, ...], tuple[str, ...]]:
    """Periods, their days and their names: thousands of tables have the same ones."""
    days = tuple((word[-21:-11], word[-10:]) for word in spelled)
    periods = tuple(Period.recorded(start, end, word[:-21]) for word, (start, end) in zip(spelled, days, strict=True))
    return periods, days, tuple(map(str, periods))


def _written(connection: Connection, series: Sequence[int]) -> dict[int, tuple[tuple[str, ...], Sequence[str]]]:
    """For each series its periods in their order, and the figures that stand now as they are written."""
    query = text(_JOINED[connection.dialect.name]).bindparams(bindparam("series", expanding=True))
    known: dict[str, tuple[tuple[str, ...], list[int]]] = {}
    found: dict[int, tuple[tuple[str, ...], Sequence[str]]] = {}
    revised: list[int] = []
    for some in _some(series):
        for number, revision, periods, values in connection.execute(query, {"series": some}):
            if revision:
                revised.append(number)
                continue
            if periods not in known:
                spelled = periods.split(",")
                order = sorted(range(len(spelled)), key=spelled.__getitem__)  # the periods stand by frequency; SQLite promises no order at all
                known[periods] = tuple(sorted(spelled)), order if order != list(range(len(spelled))) else []
            ordered, order = known[periods]
            texts = values.split(",")
            found[number] = ordered, [texts[place] for place in order] if order else texts
    return found | _latest(connection, revised)


def _latest(connection: Connection, series: Sequence[int]) -> dict[int, tuple[tuple[str, ...], Sequence[str]]]:
    """The same for series of which some figures were revised or taken back."""
    query = text(_REVISED).bindparams(bindparam("series", expanding=True))
    found: dict[int, dict[str, str]] = {}
    for some in _some(series):
        for number, op, period, value in connection.execute(query, {"series": some}):
            held = found.setdefault(number, {})
            if op == "set":
                held[period] = value
            else:
                held.pop(period, None)
    return {number: (tuple(sorted(held)), [held[period] for period in sorted(held)]) for number, held in found.items()}


def _some(series: Iterable[int]) -> Iterator[list[int]]:
    stream = iter(series)
    while some := list(islice(stream, AT_ONCE)):
        yield some
