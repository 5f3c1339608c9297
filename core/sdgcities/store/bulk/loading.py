"""What a bulk load does on every database: number the series, tell rows in order from the others, compare, digest."""

from __future__ import annotations

import hashlib
from abc import ABC, abstractmethod
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from itertools import islice

from sqlalchemy import Connection, TextClause, exc, text

SeriesKey = tuple[str, str, str, str]
"""Unit, indicator, unit of measure, dimensions in canonical spelling (`age=Y15T24;sex=F`, empty for the total)."""

Figure = tuple[str, str, str, str | None, float | None, str | None, str, int, int, int]
"""First and last day, frequency, exact value, the same as a number, missing reason, status, indicator version, source, row in the file."""

Cells = list[str | float | None]
"""Rows one after the other: the number of the series and the figure, `WIDTH` cells each."""

WIDTH = 11
VERSION, SOURCE = 8, 9
"""Where the indicator version and the source stand in a row."""

MOST_SERIES = 100_000
"""Series whose numbers are kept at hand; beyond them they are asked of the database again."""

_PLACE = "series, period_start, period_end"
_SAME = "{0}.series = {1}.series AND {0}.period_start = {1}.period_start AND {0}.period_end = {1}.period_end"
_DIFFERS = "(o.{0} <> s.{0} OR (o.{0} IS NULL) <> (s.{0} IS NULL))"
_COLUMNS = f"{_PLACE}, revision, freq, op, value, value_num, missing, status, indicator_version, source, batch, origin, locator"
_STAGED = "s.freq, 'set', s.value, s.value_num, s.missing, s.status, s.indicator_version, s.source, :batch, :batch, s.locator"
_ORDER = "ORDER BY s.series, s.period_start, s.period_end"
_TWICE_KNOWN = text(f"""
SELECT min(locator), max(locator) FROM stage WHERE series <= :known
GROUP BY {_PLACE} HAVING count(*) > 1 ORDER BY 1 LIMIT 20
""")  # noqa: S608 - put together from the constants above, like all that follow
_TWICE_NEW = text(f"""
SELECT min(locator), max(locator) FROM (
    SELECT {_PLACE}, locator FROM stage UNION ALL SELECT {_PLACE}, locator FROM observation) every
WHERE series > :known GROUP BY {_PLACE} HAVING count(*) > 1 ORDER BY 1 LIMIT 20
""")  # noqa: S608
_NEW = text(f"INSERT INTO observation ({_COLUMNS}) SELECT s.series, s.period_start, s.period_end, 0, {_STAGED} FROM stage s WHERE s.series > :known {_ORDER}")  # noqa: S608
_REVISED = text(f"""
INSERT INTO observation ({_COLUMNS})
SELECT s.series, s.period_start, s.period_end, coalesce(o.revision + 1, 0), {_STAGED}
FROM stage s LEFT JOIN observation o
  ON {_SAME.format("o", "s")} AND NOT EXISTS (SELECT 1 FROM observation l WHERE {_SAME.format("l", "o")} AND l.revision > o.revision)
WHERE s.series <= :known AND (
    o.series IS NULL OR o.op = 'retract' OR {_DIFFERS.format("missing")} OR o.status <> s.status
    OR ({_DIFFERS.format("value")} AND ({_DIFFERS.format("value_num")} OR length(o.value) > 15 OR length(s.value) > 15)))
{_ORDER}
""")  # noqa: S608


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a load did. `digest` is over the canonical rows in their order."""

    read: int
    stored: int
    digest: str
    twice: tuple[tuple[int, int], ...] = ()
    """Rows (first, last) that give the same observation; where there is one, nothing was stored."""

    @property
    def unchanged(self) -> int:
        """Rows whose value the hub holds already."""
        return self.read - self.stored


class Load(ABC):
    """One load. New series that come in the order of the table are written at once; every other row is staged first."""

    chunk: int
    """Rows that are written together."""

    def __init__(self, connection: Connection, batch: int) -> None:
        self._connection, self._batch = connection, batch
        self._known = int(connection.execute(text("SELECT coalesce(max(id), 0) FROM series")).scalar_one())
        self._next = self._known
        self._last: tuple[int, str, str] = (self._known + 1, "", "")
        self._ids: dict[SeriesKey, tuple[int, str]] = {}
        self._forgotten = False
        self._origins: set[tuple[object, object]] = set()
        """Indicator versions with sources that the rows refer to."""
        self._new: list[tuple[int, str, str, str, str]] = []
        self._digest = hashlib.sha256()

    @abstractmethod
    def _held(self, keys: Collection[SeriesKey]) -> Iterable[tuple[SeriesKey, int]]:
        """Those of the series that the hub holds, with their numbers."""

    @abstractmethod
    def _write(self, series: list[tuple[int, str, str, str, str]], ordered: Cells, staged: Cells) -> None:
        """Write new series, rows of new series in the order of the table, and rows to be staged. The lists are given away."""

    def run(self, rows: Iterable[tuple[SeriesKey, Figure]]) -> Loaded:
        """Take the rows in, then compare and sort what was staged."""
        stream, read, direct = iter(rows), 0, 0
        while chunk := list(islice(stream, self.chunk)):
            ordered, others = self._resolved(chunk)
            read, direct = read + len(chunk), direct + len(ordered) // WIDTH
            self._write(self._new, ordered, others)
            self._new.clear()
        self._check_origins()
        stored, twice = self._store()
        return Loaded(read, direct + stored, self._digest.hexdigest(), twice)

    def _check_origins(self) -> None:
        """Where the rows come from must be on record: on SQLite nothing else sees to it. Their series are read from the database, or written."""
        for place, table in enumerate(("indicator_version", "source")):
            wanted = {origin[place] for origin in self._origins}
            there = set(self._connection.execute(text(f"SELECT id FROM {table}")).scalars())  # noqa: S608 - one of the two above
            if not wanted <= there:
                raise exc.IntegrityError(table, None, ValueError(f"an observation refers to no {table}"))

    def _store(self) -> tuple[int, tuple[tuple[int, int], ...]]:
        """Turn what was staged into observations: how many there are, and the rows that give one observation twice."""
        places = {"batch": self._batch, "known": self._known}
        if self._known and (twice := self._twice(_TWICE_KNOWN)):
            return 0, twice
        try:
            with self._connection.begin_nested():
                stored = self._connection.execute(_NEW, places).rowcount
        except exc.IntegrityError:
            if twice := self._twice(_TWICE_NEW):
                return 0, twice
            raise
        return stored + (self._connection.execute(_REVISED, places).rowcount if self._known else 0), ()

    def _twice(self, query: TextClause) -> tuple[tuple[int, int], ...]:
        return tuple((int(first), int(last)) for first, last in self._connection.execute(query, {"known": self._known}))

    def _resolved(self, chunk: list[tuple[SeriesKey, Figure]]) -> tuple[Cells, Cells]:
        """The cells of the rows that come in the order of the table, and of the others; the number of the series first."""
        ids, last, canonical = self._ids, self._last, list[str]()
        ordered, others = Cells(), Cells()
        if len(ids) > MOST_SERIES:
            ids.clear()
            self._forgotten = True
        if self._known or self._forgotten:
            for key, number in self._held({key for key, _ in chunk if key not in ids}):
                ids[key] = (number, _spelled(key))
        before: SeriesKey | None = None
        for key, figure in chunk:
            if key is not before:
                before, (series, spelled) = key, ids.get(key) or self._added(key)
            start, end, _, exact, _, missing, status, _, _, _ = figure
            place = (series, start, end)
            if place > last:
                last = place
                ordered += (series, *figure)
            else:
                others += (series, *figure)
            canonical.append(f"{spelled}{start}|{end}|{exact or missing}|{status}\n")
        self._last = last
        for cells in (ordered, others):
            self._origins.update(zip(cells[VERSION::WIDTH], cells[SOURCE::WIDTH], strict=True))
        self._digest.update("".join(canonical).encode())
        return ordered, others

    def _added(self, key: SeriesKey) -> tuple[int, str]:
        """The number of a new series and its canonical spelling; it is written with the chunk."""
        self._next += 1
        self._new.append((self._next, *key))
        entry = self._ids[key] = (self._next, _spelled(key))
        return entry


def _spelled(key: SeriesKey) -> str:
    return "".join(f"{part}|" for part in key)
