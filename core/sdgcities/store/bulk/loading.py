"""What a bulk load does on every database: number the series, tell rows in order from the others, compare, digest."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from operator import lt

from sqlalchemy import Connection, TextClause, exc, text

from sdgcities.store.bulk.digest import Digest
from sdgcities.store.bulk.runs import Run, Says, SeriesKey
from sdgcities.store.bulk.watching import Tell, Watch

Numbered = tuple[int, Run]
"""A run with the number of its series."""

VERSION, SOURCE = 3, 4
"""Where the indicator version and the source stand in what figures say."""

AT_HAND = 240
"""Rows that fit the processor's cache: nothing is gained by more of them where the database is not asked."""

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
    watched: bool = False
    """Whether all that was stored was told of, series by series: they were new, and came in the order of the table."""

    @property
    def unchanged(self) -> int:
        """Rows whose value the hub holds already."""
        return self.read - self.stored


class Load(ABC):
    """One load. New series that come in the order of the table are written at once; every other row is staged first."""

    chunk: int
    """Rows whose series are asked of the database together."""

    def __init__(self, connection: Connection, batch: int, tell: Tell | None) -> None:
        self._connection, self._batch = connection, batch
        self._watch = Watch(tell) if tell else None
        """None as soon as a row has to be staged: it may be of a series that was told of."""
        self._known = int(connection.execute(text("SELECT coalesce(max(id), 0) FROM series")).scalar_one())
        self._next = self._known
        self._last: tuple[int, str, str] = (self._known + 1, "", "")
        self._ids: dict[SeriesKey, tuple[int, str]] = {}
        self._forgotten = False
        self._said: set[Says] = set()
        """What the rows say of their figures: in a file of millions some hundred things."""
        self._new: list[tuple[int, str, str, str, str]] = []
        self._digest = Digest()

    @abstractmethod
    def _held(self, keys: Collection[SeriesKey]) -> Iterable[tuple[SeriesKey, int]]:
        """Those of the series that the hub holds, with their numbers."""

    @abstractmethod
    def _write(self, series: list[tuple[int, str, str, str, str]], ordered: list[Numbered], staged: list[Numbered]) -> None:
        """Write new series, runs of new series in the order of the table, and runs to be staged."""

    def _finish(self) -> None:  # noqa: B027 - a load that keeps nothing back has nothing to do
        """Write what still waits."""

    @property
    def _asks(self) -> bool:
        """Whether the database may hold a series whose number is not at hand."""
        return self._known > 0 or self._forgotten

    def run(self, runs: Iterable[Run]) -> Loaded:
        """Take the runs in, then compare and sort what was staged."""
        read = direct = 0
        for count, chunk in _chunks(runs, lambda: self.chunk if self._asks else min(self.chunk, AT_HAND)):
            ordered, others = self._resolved(chunk)
            read, direct = read + count, direct + sum(len(run.rows) for _, run in ordered)
            self._write(self._new, ordered, others)
            self._new.clear()
        self._finish()
        self._check_origins()
        stored, twice = self._store() if direct < read else (0, ())
        if self._watch:
            self._watch.end()
        return Loaded(read, direct + stored, self._digest.told(), twice, self._watch is not None)

    def _check_origins(self) -> None:
        """Where the rows come from must be on record, and their batch be the next one: nothing else sees to it. Their series are read or written here."""
        newest = int(self._connection.execute(text("SELECT coalesce(max(id), 0) FROM batch")).scalar_one())
        if not 1 <= self._batch <= newest + 1:
            raise exc.IntegrityError("batch", None, ValueError("an observation refers to no batch"))
        for place, table in ((VERSION, "indicator_version"), (SOURCE, "source")):
            wanted = {says[place] for says in self._said}
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

    def _resolved(self, chunk: list[Run]) -> tuple[list[Numbered], list[Numbered]]:
        """The runs that come in the order of the table, and the others."""
        ids, spelled = self._ids, list[tuple[str, Run]]()
        ordered, others = list[Numbered](), list[Numbered]()
        if len(ids) > MOST_SERIES:
            ids.clear()
            self._forgotten = True
        if self._asks:
            for key, number in self._held({run.key for run in chunk if run.key not in ids}):
                ids[key] = (number, _spelled(key))
        for run in chunk:
            key, says, starts, ends, *_ = run
            series, spelt = ids.get(key) or self._added(key)
            spelled.append((spelt, run))
            self._said.add(says)
            if (series, starts[0], ends[0]) > self._last and all(map(lt, starts, islice(starts, 1, None))):
                self._last = (series, starts[-1], ends[-1])
                ordered.append((series, run))
            else:
                others.append((series, run))
        self._digest.take(spelled)
        self._seen(ordered, others)
        return ordered, others

    def _seen(self, ordered: list[Numbered], others: list[Numbered]) -> None:
        """Tell of new series, as long as nothing else comes."""
        if others:
            self._watch = None
        elif self._watch:
            for series, run in ordered:
                self._watch.see(series, run)

    def _added(self, key: SeriesKey) -> tuple[int, str]:
        """The number of a new series and its canonical spelling; it is written with the chunk."""
        self._next += 1
        self._new.append((self._next, *key))
        entry = self._ids[key] = (self._next, _spelled(key))
        return entry


def _chunks(runs: Iterable[Run], size: Callable[[], int]) -> Iterator[tuple[int, list[Run]]]:
    """Runs of that many rows together, or a few more, with how many they are."""
    count, chunk = 0, list[Run]()
    for run in runs:
        chunk.append(run)
        count += len(run.rows)
        if count >= size():
            yield count, chunk
            count, chunk = 0, []
    if chunk:
        yield count, chunk


def _spelled(key: SeriesKey) -> str:
    return "".join(f"{part}|" for part in key)
