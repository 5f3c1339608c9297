"""The bulk load on PostgreSQL: rows go in by COPY, and the server takes them in while the next ones are being checked."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from typing import cast

import psycopg
from psycopg.copy import QueuedLibpqWriter
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
_ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})
"""What the text form of COPY would take for the end of a cell or row."""
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

    chunk = 20000

    def __init__(self, connection: Connection, batch: int, driver: psycopg.Connection) -> None:
        super().__init__(connection, batch)
        self._driver = driver
        self._constants = f"\t0\tset\t{batch}\t{batch}"
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
        self._copy(_INTO_SERIES, "".join("\t".join((str(number), *(part.translate(_ESCAPES) for part in key))) + "\n" for number, *key in series))
        self._copy(_INTO_STAGE, _lines(staged, ""))
        self._copy(_INTO_OBSERVATION, _lines(ordered, self._constants))

    def _copy(self, into: str, lines: str) -> None:
        """Send rows; what the server makes of them is heard of before the next statement."""
        if lines:
            self._under_way.close()
            cursor = self._under_way.enter_context(self._driver.cursor())
            writer = QueuedLibpqWriter(cursor)  # sends from a thread of its own: the server takes the rows in while the next ones are being read
            self._under_way.enter_context(cursor.copy(into, writer=writer)).write(lines)


class _Escaped(dict[str | None, str]):
    """Texts as COPY takes them in; the same few stand in many rows."""

    def __missing__(self, text: str | None) -> str:
        written = self[text] = "\\N" if text is None else text.translate(_ESCAPES)
        return written


def _lines(cells: Cells, constants: str) -> str:
    """The rows as COPY reads them: written here in one go, they take a third of the time that the driver takes cell by cell."""
    few = _Escaped()
    rows = zip(*[iter(cells)] * WIDTH, strict=True)
    return "".join(
        [
            f"{series}\t{few[start]}\t{few[end]}\t{few[freq]}\t{few[None] if value is None else value.translate(_ESCAPES)}"
            f"\t{few[None] if number is None else number}\t{few[missing]}\t{few[status]}\t{version}\t{source}\t{locator}{constants}\n"
            for series, start, end, freq, value, number, missing, status, version, source, locator in rows
        ]
    )
