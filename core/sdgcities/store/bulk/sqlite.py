"""The bulk load on SQLite: the driver's own connection, whose statements run at twice the speed of the layer above."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import chain, count, repeat
from typing import cast

from sqlalchemy import Connection

from sdgcities.store.bulk.loading import Load, Loaded, Numbered
from sdgcities.store.bulk.runs import Run, Says, SeriesKey
from sdgcities.store.bulk.watching import Tell

_STAGE = """
CREATE TEMP TABLE stage (
    series INTEGER, period_start TEXT, period_end TEXT, freq TEXT, value TEXT, value_num REAL,
    missing TEXT, status TEXT, indicator_version INTEGER, source INTEGER, locator INTEGER)
"""
_INTO_STAGE = "INSERT INTO temp.stage (freq, missing, status, indicator_version, source, series, period_start, period_end, value, value_num, locator) VALUES "
_INTO_SERIES = "INSERT INTO series (id, unit, indicator, unit_measure, dims) VALUES (?, ?, ?, ?, ?)"
_FIND_SERIES = "SELECT id FROM series WHERE unit = ? AND indicator = ? AND unit_measure = ? AND dims = ?"
_INTO_OBSERVATION = """
INSERT INTO observation (freq, missing, status, indicator_version, source, series, period_start, period_end, value, value_num, locator,
                         revision, op, batch, origin) VALUES
"""
_ALIKE, _OWN = 5, 6
"""Cells that the rows of one statement have in common, and cells that each has for itself."""
_AT_ONCE = 100
"""Rows of one statement: it costs half of one for each, and what fits the processor's cache a quarter less than what does not."""


def load_sqlite(connection: Connection, batch: int, runs: Iterable[Run], tell: Tell | None) -> Loaded:
    """Load in SQLite.

    The trigger against INSERT OR REPLACE is lifted meanwhile: it would look up each row a second time, and a plain INSERT
    refuses a known key by itself. Where the load fails, the end of the transaction puts it back.
    """
    driver = cast("sqlite3.Connection", connection.connection.driver_connection)
    (trigger,) = driver.execute("SELECT sql FROM sqlite_master WHERE name = 'observation_no_replace_0'").fetchone()
    driver.execute("DROP TRIGGER observation_no_replace_0")
    driver.execute("DROP TABLE IF EXISTS temp.stage")
    driver.execute(_STAGE)
    loaded = SqliteLoad(connection, batch, driver, tell).run(runs)
    driver.execute("DROP TABLE temp.stage")
    driver.execute(trigger)
    return loaded


class SqliteLoad(Load):
    """A load through the driver."""

    chunk = 240

    def __init__(self, connection: Connection, batch: int, driver: sqlite3.Connection, tell: Tell | None) -> None:
        super().__init__(connection, batch, tell)
        self._driver = driver
        self._constants = f", 0, 'set', {batch}, {batch}"
        self._statements: dict[tuple[str, int], str] = {}

    def _held(self, keys: Collection[SeriesKey]) -> Iterator[tuple[SeriesKey, int]]:
        for key in keys:
            if found := self._driver.execute(_FIND_SERIES, key).fetchone():
                yield key, found[0]

    def _write(self, series: list[tuple[int, str, str, str, str]], ordered: list[Numbered], staged: list[Numbered]) -> None:
        self._driver.executemany(_INTO_SERIES, series)
        self._insert(_INTO_OBSERVATION, ordered, self._constants)
        self._insert(_INTO_STAGE, staged, "")

    def _insert(self, into: str, runs: list[Numbered], constants: str) -> None:
        """Write the rows, many in a statement. What they say alike is handed over once: that is a third of the time."""
        for says, cells in _drawn_together(runs).items():
            for start in range(0, len(cells), _AT_ONCE * _OWN):
                some = cells[start : start + _AT_ONCE * _OWN]
                rows = len(some) // _OWN
                self._driver.execute(self._statements.get((into, rows)) or self._statement(into, rows, constants), [*says, *some])

    def _statement(self, into: str, rows: int, constants: str) -> str:
        alike, own = "".join(f"?{place}, " for place in range(1, _ALIKE + 1)), count(_ALIKE + 1)
        values = (", ".join(f"?{next(own)}" for _ in range(_OWN)) for _ in range(rows))
        statement = self._statements[into, rows] = into + ", ".join(f"({alike}{row}{constants})" for row in values)
        return statement


def _drawn_together(runs: list[Numbered]) -> Mapping[Says, list[str | float | None]]:
    """For what figures say alike, the cells that each of them has for itself, one after the other."""
    found: dict[Says, list[str | float | None]] = defaultdict(list)
    for series, run in runs:
        _, says, starts, ends, values, rows, known = run
        numbers: Sequence[float | str | None] = known or [*map(float, run.figures)] or values
        found[says].extend(chain.from_iterable(zip(repeat(series), starts, ends, values, numbers, rows, strict=False)))
    return found
