"""The bulk load on PostgreSQL: rows go in by COPY, and the server takes them in while the next ones are being checked."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from typing import cast

import psycopg
from sqlalchemy import Connection, event

from sdgcities.store.bulk.loading import WIDTH, Cells, Figure, Load, Loaded, SeriesKey

_STAGE = """
CREATE TEMP TABLE stage (
    series integer, period_start text COLLATE "C", period_end text COLLATE "C", freq text COLLATE "C", value text COLLATE "C", value_num double precision,
    missing text COLLATE "C", status text COLLATE "C", indicator_version integer, source integer, locator bigint) ON COMMIT DROP
"""
_INTO_STAGE = "COPY stage FROM STDIN"
_INTO_SERIES = "COPY series (id, unit, indicator, unit_measure, dims) FROM STDIN"
_INTO_OBSERVATION = """
COPY observation (series, period_start, period_end, freq, value, value_num, missing, status, indicator_version, source, locator,
                  revision, op, batch, origin) FROM STDIN
"""
_FIND_SERIES = """
SELECT s.unit, s.indicator, s.unit_measure, s.dims, s.id
FROM unnest(%s::text[], %s::text[], %s::text[], %s::text[]) AS wanted (unit, indicator, unit_measure, dims)
JOIN series s USING (unit, indicator, unit_measure, dims)
"""


def load_postgresql(connection: Connection, batch: int, rows: Iterable[tuple[SeriesKey, Figure]]) -> Loaded:
    """Load in PostgreSQL."""
    driver = cast("psycopg.Connection", connection.connection.driver_connection)
    driver.execute("DROP TABLE IF EXISTS pg_temp.stage")
    driver.execute(_STAGE)
    load = PostgresqlLoad(connection, batch, driver)
    with load.open():
        return load.run(rows)


class PostgresqlLoad(Load):
    """A load by COPY, of which one at a time may be under way."""

    chunk = 20_000

    def __init__(self, connection: Connection, batch: int, driver: psycopg.Connection) -> None:
        super().__init__(connection, batch)
        self._driver = driver
        self._constants = (0, "set", batch, batch)
        self._under_way = ExitStack()
        """The COPY that the server is still busy with."""

    @contextmanager
    def open(self) -> Iterator[None]:
        """Whoever asks the database for something meanwhile waits until the server has taken in what is under way."""

        def settle(*_: object) -> None:
            self._under_way.close()

        event.listen(self._connection, "before_cursor_execute", settle)
        try:
            with self._under_way:
                yield
        finally:
            event.remove(self._connection, "before_cursor_execute", settle)

    def _held(self, keys: Collection[SeriesKey]) -> Iterator[tuple[SeriesKey, int]]:
        if keys:
            self._under_way.close()
            columns = [list(column) for column in zip(*keys, strict=True)]
            for *key, number in self._driver.execute(_FIND_SERIES, columns):
                yield (key[0], key[1], key[2], key[3]), number

    def _write(self, series: list[tuple[int, str, str, str, str]], ordered: Cells, staged: Cells) -> None:
        self._copy(_INTO_SERIES, series)
        self._copy(_INTO_STAGE, zip(*[iter(staged)] * WIDTH, strict=True))
        self._copy(_INTO_OBSERVATION, (row + self._constants for row in zip(*[iter(ordered)] * WIDTH, strict=True)))

    def _copy(self, into: str, rows: Iterable[tuple[object, ...]]) -> None:
        """Send rows; what the server makes of them is heard of before the next statement."""
        coming = iter(rows)
        if (first := next(coming, None)) is None:
            return
        self._under_way.close()
        cursor = self._under_way.enter_context(self._driver.cursor())
        write_row = self._under_way.enter_context(cursor.copy(into)).write_row
        write_row(first)
        for row in coming:
            write_row(row)
