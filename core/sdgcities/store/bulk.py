"""The bulk load: rows stream into the table of observations, by way of a temporary one where they have to be compared or sorted.

Idempotent per observation: the same value again is unchanged, another value is the next revision.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice
from typing import cast

from sqlalchemy import Connection

CHUNK = 100
"""Rows of one INSERT: one statement for many rows costs half of one for each, and what fits the processor's cache a quarter less than what does not."""

_STAGE = """
CREATE TEMP TABLE stage (
    series INTEGER, period_start TEXT, period_end TEXT, freq TEXT, value TEXT, value_num REAL,
    missing TEXT, status TEXT, indicator_version INTEGER, source INTEGER, locator INTEGER)
"""
_WIDTH = 11
_INTO_STAGE = ("INSERT INTO temp.stage VALUES ", f"({', '.join('?' * _WIDTH)})")
_INTO_SERIES = "INSERT INTO series (id, unit, indicator, unit_measure, dims) VALUES (?, ?, ?, ?, ?)"
_FIND_SERIES = "SELECT id FROM series WHERE unit = ? AND indicator = ? AND unit_measure = ? AND dims = ?"
_TWICE_KNOWN = """
SELECT min(locator), max(locator) FROM temp.stage WHERE series <= ?
GROUP BY series, period_start, period_end HAVING count(*) > 1 ORDER BY 1 LIMIT 20
"""
_TWICE_NEW = """
SELECT min(locator), max(locator) FROM (
    SELECT series, period_start, period_end, locator FROM temp.stage
    UNION ALL SELECT series, period_start, period_end, locator FROM observation)
WHERE series > ? GROUP BY series, period_start, period_end HAVING count(*) > 1 ORDER BY 1 LIMIT 20
"""
_COLUMNS = "series, period_start, period_end, revision, freq, op, value, value_num, missing, status, indicator_version, source, batch, origin, locator"
_INTO_OBSERVATION = (f"INSERT INTO observation ({_COLUMNS}) VALUES ", "(?, ?, ?, 0, ?, 'set', ?, ?, ?, ?, ?, ?, {batch}, {batch}, ?)")  # noqa: S608 - only the column list, a constant, is put in
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


def load(connection: Connection, batch: int, rows: Iterable[tuple[SeriesKey, Figure]]) -> Loaded:
    """Make rows the observations of `batch`, within the caller's transaction. Memory is bounded by the number of series, not of rows.

    The trigger against INSERT OR REPLACE is lifted meanwhile: it would look up each row a second time, and a plain INSERT
    refuses a known key by itself. Where the load fails, the end of the transaction puts it back.
    """
    driver = _driver(connection)
    (trigger,) = driver.execute("SELECT sql FROM sqlite_master WHERE name = 'observation_no_replace_0'").fetchone()
    driver.execute("DROP TRIGGER observation_no_replace_0")
    loaded = _Load(driver, batch).run(rows)
    driver.execute(trigger)
    return loaded


class _Load:
    """One load. New series that come in the order of the table are written at once; every other row is staged first."""

    def __init__(self, driver: sqlite3.Connection, batch: int) -> None:
        self._driver, self._batch = driver, batch
        self._driver.execute("DROP TABLE IF EXISTS temp.stage")
        self._driver.execute(_STAGE)
        self._known: int = self._driver.execute("SELECT coalesce(max(id), 0) FROM series").fetchone()[0]
        self._next = self._known
        self._last: tuple[int, str, str] = (self._known + 1, "", "")
        self._ids: dict[SeriesKey, tuple[int, str]] = {}
        self._new: list[tuple[int, str, str, str, str]] = []
        self._digest = hashlib.sha256()

    def run(self, rows: Iterable[tuple[SeriesKey, Figure]]) -> Loaded:
        """Take the rows in, then compare and sort what was staged."""
        stream, read, direct = iter(rows), 0, 0
        into = (_INTO_OBSERVATION[0], _INTO_OBSERVATION[1].format(batch=self._batch))
        while chunk := list(islice(stream, CHUNK)):
            ordered, others = self._resolved(chunk)
            self._driver.executemany(_INTO_SERIES, self._new)
            self._new.clear()
            direct += self._insert(into, ordered)
            self._insert(_INTO_STAGE, others)
            read += len(chunk)
        stored, twice = self._store()
        self._driver.execute("DROP TABLE temp.stage")
        return Loaded(read, direct + stored, self._digest.hexdigest(), twice)

    def _insert(self, into: tuple[str, str], cells: list[str | float | None]) -> int:
        """Insert rows whose cells stand one after the other; return their number."""
        if rows := len(cells) // _WIDTH:
            self._driver.execute(into[0] + ", ".join([into[1]] * rows), cells)
        return rows

    def _store(self) -> tuple[int, tuple[tuple[int, int], ...]]:
        """Turn what was staged into observations: how many there are, and the rows that give one observation twice."""
        if self._known and (twice := self._driver.execute(_TWICE_KNOWN, (self._known,)).fetchall()):
            return 0, tuple(twice)
        places = (self._batch, self._batch, self._known)
        try:
            stored = self._driver.execute(_NEW, places).rowcount
        except sqlite3.IntegrityError:
            if twice := self._driver.execute(_TWICE_NEW, (self._known,)).fetchall():
                return 0, tuple(twice)
            raise
        return stored + (self._driver.execute(_REVISED, places).rowcount if self._known else 0), ()

    def _resolved(self, chunk: Iterable[tuple[SeriesKey, Figure]]) -> tuple[list[str | float | None], list[str | float | None]]:
        """The cells of the rows that come in the order of the table, and of the others; the number of the series first."""
        ids, last, canonical = self._ids, self._last, list[str]()
        ordered, others = list[str | float | None](), list[str | float | None]()
        for key, figure in chunk:
            series, spelled = ids.get(key) or self._series(key)
            place = (series, figure[0], figure[1])
            if place > last:
                last = place
                ordered += (series, *figure)
            else:
                others += (series, *figure)
            canonical.append(f"{spelled}{figure[0]}|{figure[1]}|{figure[3] or figure[5]}|{figure[6]}\n")
        self._last = last
        self._digest.update("".join(canonical).encode())
        return ordered, others

    def _series(self, key: SeriesKey) -> tuple[int, str]:
        """The number of a series and its canonical spelling; a new one is written with the chunk."""
        found = self._driver.execute(_FIND_SERIES, key).fetchone() if self._known else None
        if found is None:
            self._next += 1
            self._new.append((self._next, *key))
        entry = self._ids[key] = (int(found[0]) if found else self._next, "".join(f"{part}|" for part in key))
        return entry


def _driver(connection: Connection) -> sqlite3.Connection:
    """The driver's own connection: its executemany runs at twice the speed of the layer above."""
    return cast("sqlite3.Connection", connection.connection.driver_connection)
