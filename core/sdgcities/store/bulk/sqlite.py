"""The bulk load on SQLite: the driver's own connection, whose statements run at twice the speed of the layer above."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterable, Iterator
from itertools import count
from typing import cast

from sqlalchemy import Connection

from sdgcities.store.bulk.loading import SOURCE, VERSION, WIDTH, Cells, Figure, Load, Loaded, SeriesKey

_STAGE = """
CREATE TEMP TABLE stage (
    series INTEGER, period_start TEXT, period_end TEXT, freq TEXT, value TEXT, value_num REAL,
    missing TEXT, status TEXT, indicator_version INTEGER, source INTEGER, locator INTEGER)
"""
_INTO_STAGE = "INSERT INTO temp.stage VALUES "
_INTO_SERIES = "INSERT INTO series (id, unit, indicator, unit_measure, dims) VALUES (?, ?, ?, ?, ?)"
_FIND_SERIES = "SELECT id FROM series WHERE unit = ? AND indicator = ? AND unit_measure = ? AND dims = ?"
_INTO_OBSERVATION = """
INSERT INTO observation (series, period_start, period_end, freq, value, value_num, missing, status, indicator_version, source, locator,
                         revision, op, batch, origin) VALUES
"""
_ALIKE = (3, 6, 7, VERSION, SOURCE)
"""The cells that most neighbouring rows have in common: frequency, missing reason, status, indicator version and source."""


def load_sqlite(connection: Connection, batch: int, rows: Iterable[tuple[SeriesKey, Figure]]) -> Loaded:
    """Load in SQLite.

    The trigger against INSERT OR REPLACE is lifted meanwhile: it would look up each row a second time, and a plain INSERT
    refuses a known key by itself. Where the load fails, the end of the transaction puts it back.
    """
    driver = cast("sqlite3.Connection", connection.connection.driver_connection)
    (trigger,) = driver.execute("SELECT sql FROM sqlite_master WHERE name = 'observation_no_replace_0'").fetchone()
    driver.execute("DROP TRIGGER observation_no_replace_0")
    driver.execute("DROP TABLE IF EXISTS temp.stage")
    driver.execute(_STAGE)
    loaded = SqliteLoad(connection, batch, driver).run(rows)
    driver.execute("DROP TABLE temp.stage")
    driver.execute(trigger)
    return loaded


class SqliteLoad(Load):
    """A load through the driver."""

    chunk = 100
    """One statement for many rows costs half of one for each, and what fits the processor's cache a quarter less than what does not."""

    def __init__(self, connection: Connection, batch: int, driver: sqlite3.Connection) -> None:
        super().__init__(connection, batch)
        self._driver = driver
        self._constants = f", 0, 'set', {batch}, {batch}"
        self._statements: dict[tuple[str, int, bool], str] = {}

    def _held(self, keys: Collection[SeriesKey]) -> Iterator[tuple[SeriesKey, int]]:
        for key in keys:
            if found := self._driver.execute(_FIND_SERIES, key).fetchone():
                yield key, found[0]

    def _write(self, series: list[tuple[int, str, str, str, str]], ordered: Cells, staged: Cells) -> None:
        self._driver.executemany(_INTO_SERIES, series)
        self._insert(_INTO_OBSERVATION, ordered, self._constants)
        self._insert(_INTO_STAGE, staged)

    def _insert(self, into: str, cells: Cells, constants: str = "") -> None:
        """Write the rows in one statement. What all of them have in common is handed over once: that is a third of the time."""
        if rows := len(cells) // WIDTH:
            alike = all(len(set(cells[place::WIDTH])) == 1 for place in _ALIKE)
            statement = self._statements.get((into, rows, alike)) or self._statement(into, rows, constants, alike=alike)
            self._driver.execute(statement, _drawn_together(cells) if alike else cells)

    def _statement(self, into: str, rows: int, constants: str, *, alike: bool) -> str:
        own = count(len(_ALIKE) + 1)
        places = [f"?{_ALIKE.index(place) + 1}" if alike and place in _ALIKE else "" for place in range(WIDTH)]
        values = (", ".join(place or (f"?{next(own)}" if alike else "?") for place in places) for _ in range(rows))
        statement = self._statements[into, rows, alike] = into + ", ".join(f"({row}{constants})" for row in values)
        return statement


def _drawn_together(cells: Cells) -> Cells:
    """The cells that the rows have in common, then those that they don't, row by row. Takes the list for its own."""
    common, width = cells[:WIDTH], WIDTH
    for place in reversed(_ALIKE):
        del cells[place::width]
        width -= 1
    return [*(common[place] for place in _ALIKE), *cells]
