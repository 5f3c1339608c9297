"""The staged load: rows stream into a temporary table and become observations by one statement.

Idempotent per observation: the same value again is unchanged, another value is the next revision.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from typing import cast

from sqlalchemy import Connection

CHUNK = 5_000

_STAGE = """
CREATE TEMP TABLE stage (
    series INTEGER, period_start TEXT, period_end TEXT, freq TEXT, value TEXT, value_num REAL,
    missing TEXT, status TEXT, indicator_version INTEGER, source INTEGER, locator INTEGER)
"""
_WIDTH = 11
_TOGETHER = 100
"""Rows of one INSERT into the stage: one statement for many rows costs half of one for each."""
_ROW = f"({', '.join('?' * _WIDTH)})"
_INTO_STAGE = "INSERT INTO temp.stage VALUES "
_INTO_SERIES = "INSERT INTO series (id, unit, indicator, unit_measure, dims) VALUES (?, ?, ?, ?, ?)"
_FIND_SERIES = "SELECT id FROM series WHERE unit = ? AND indicator = ? AND unit_measure = ? AND dims = ?"
_TWICE = """
SELECT min(locator), max(locator) FROM temp.stage WHERE series {known} ?
GROUP BY series, period_start, period_end HAVING count(*) > 1 ORDER BY 1 LIMIT 20
"""
_COLUMNS = "series, period_start, period_end, revision, freq, op, value, value_num, missing, status, indicator_version, source, batch, origin, locator"
_NEW = f"""
INSERT INTO observation ({_COLUMNS})
SELECT series, period_start, period_end, 0, freq, 'set', value, value_num, missing, status, indicator_version, source, ?, ?, locator
FROM temp.stage WHERE series > ? ORDER BY series, period_start, period_end
"""  # noqa: S608 - only the column list, a constant, is put in
_REVISED = f"""
INSERT INTO observation ({_COLUMNS})
SELECT s.series, s.period_start, s.period_end, coalesce(o.revision + 1, 0), s.freq, 'set', s.value, s.value_num, s.missing, s.status,
       s.indicator_version, s.source, ?, ?, s.locator
FROM temp.stage s LEFT JOIN observation o
  ON o.series = s.series AND o.period_start = s.period_start AND o.period_end = s.period_end
 AND o.revision = (SELECT max(l.revision) FROM observation l
                   WHERE l.series = s.series AND l.period_start = s.period_start AND l.period_end = s.period_end)
WHERE s.series <= ? AND (
    o.series IS NULL OR o.op = 'retract' OR o.missing IS NOT s.missing OR o.status <> s.status
    OR (o.value IS NOT s.value AND (o.value_num IS NOT s.value_num OR max(length(o.value), length(s.value)) > 15)))
ORDER BY s.series, s.period_start, s.period_end
"""  # noqa: S608 - only the column list, a constant, is put in


SeriesKey = tuple[str, str, str, str]
"""Unit, indicator, unit of measure, dimensions in canonical spelling (`age=Y15T24;sex=F`, empty for the total)."""

Figure = tuple[str, str, str, str | None, float | None, str | None, str, int, int, int]
"""First and last day, frequency, exact value, the same as a number, missing reason, status, indicator version, source, row in the file."""


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


class Load:
    """Staging of one batch, within the caller's transaction: `stage` the rows, then `store` them."""

    def __init__(self, connection: Connection) -> None:
        self._driver: sqlite3.Connection = _driver(connection)
        self._driver.execute("DROP TABLE IF EXISTS temp.stage")
        self._driver.execute(_STAGE)
        self._known: int = self._driver.execute("SELECT coalesce(max(id), 0) FROM series").fetchone()[0]
        self._next = self._known
        self._ids: dict[SeriesKey, tuple[int, str]] = {}
        self._new: list[tuple[int, str, str, str, str]] = []
        self._digest = hashlib.sha256()
        self._read = 0

    def stage(self, rows: Iterable[tuple[SeriesKey, Figure]]) -> None:
        """Take rows in; memory is bounded by the number of series, not of rows."""
        stream = iter(rows)
        while chunk := list(islice(stream, CHUNK)):
            cells, canonical = self._resolved(chunk)
            self._driver.executemany(_INTO_SERIES, self._new)
            self._new.clear()
            for start in range(0, len(cells), _WIDTH * _TOGETHER):
                part = cells[start : start + _WIDTH * _TOGETHER]
                self._driver.execute(_INTO_STAGE + ", ".join([_ROW] * (len(part) // _WIDTH)), part)
            self._digest.update("".join(canonical).encode())
            self._read += len(chunk)

    def twice(self) -> tuple[tuple[int, int], ...]:
        """Rows of series the hub knew before that give one observation twice."""
        return tuple(self._driver.execute(_TWICE.format(known="<="), (self._known,)).fetchall())

    def store(self, batch: int) -> Loaded:
        """Turn what was staged into observations of `batch`."""
        twice = self.twice() if self._known else ()
        stored = 0
        if not twice:
            try:
                with _plain_inserts(self._driver):
                    stored = self._driver.execute(_NEW, (batch, batch, self._known)).rowcount
                    if self._known:
                        stored += self._driver.execute(_REVISED, (batch, batch, self._known)).rowcount
            except sqlite3.IntegrityError:
                twice = tuple(self._driver.execute(_TWICE.format(known=">"), (self._known,)).fetchall())
                if not twice:
                    raise
        self._driver.execute("DROP TABLE temp.stage")
        return Loaded(self._read, stored, self._digest.hexdigest(), twice)

    def _resolved(self, chunk: Iterable[tuple[SeriesKey, Figure]]) -> tuple[list[str | float | None], list[str]]:
        """The cells of the rows, one after the other, the number of the series first; and the rows in canonical spelling."""
        ids, cells, canonical = self._ids, list[str | float | None](), list[str]()
        for key, figure in chunk:
            series, spelled = ids.get(key) or self._series(key)
            cells += (series, *figure)
            canonical.append(f"{spelled}{figure[0]}|{figure[1]}|{figure[3] or figure[5]}|{figure[6]}\n")
        return cells, canonical

    def _series(self, key: SeriesKey) -> tuple[int, str]:
        """The number of a series and its canonical spelling; a new one is written with the chunk."""
        found = self._driver.execute(_FIND_SERIES, key).fetchone() if self._known else None
        if found is None:
            self._next += 1
            self._new.append((self._next, *key))
        entry = self._ids[key] = (int(found[0]) if found else self._next, "".join(f"{part}|" for part in key))
        return entry


@contextmanager
def _plain_inserts(driver: sqlite3.Connection) -> Iterator[None]:
    """Lift the trigger against INSERT OR REPLACE for these inserts, inside the transaction.

    It would look up each row a second time; a plain INSERT refuses a known key by itself.
    """
    (trigger,) = driver.execute("SELECT sql FROM sqlite_master WHERE name = 'observation_no_replace_0'").fetchone()
    driver.execute("DROP TRIGGER observation_no_replace_0")
    try:
        yield
    finally:
        driver.execute(trigger)


def _driver(connection: Connection) -> sqlite3.Connection:
    """The driver's own connection: its executemany runs at twice the speed of the layer above."""
    return cast("sqlite3.Connection", connection.connection.driver_connection)
