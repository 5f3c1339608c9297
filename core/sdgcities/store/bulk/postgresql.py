"""The bulk load on PostgreSQL: rows go in by COPY; the server is still busy with the last of them while the next ones are being checked."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from itertools import repeat
from typing import cast

import psycopg
from sqlalchemy import Connection, event

from sdgcities.store.bulk.loading import Load, Loaded, Numbered
from sdgcities.store.bulk.runs import Run, Says, SeriesKey
from sdgcities.store.bulk.watching import Tell

_STAGE = """
CREATE TEMP TABLE stage (
    series integer, period_start text COLLATE "C", period_end text COLLATE "C", freq text COLLATE "C", value text COLLATE "C", value_num double precision,
    missing text COLLATE "C", status text COLLATE "C", indicator_version integer, source integer, locator bigint) ON COMMIT DROP
"""
_INTO_STAGE = "COPY stage (series, period_start, period_end, value, value_num, locator, freq, missing, status, indicator_version, source) FROM STDIN"
_INTO_SERIES = "COPY series (id, unit, indicator, unit_measure, dims) FROM STDIN"
_INTO_OBSERVATION = """
COPY observation (series, period_start, period_end, value, value_num, locator, freq, missing, status, indicator_version, source,
                  revision, op, batch, origin) FROM STDIN
"""
_ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})
"""What the text form of COPY would take for the end of a cell or row."""
_FIND_SERIES = """
SELECT s.unit, s.indicator, s.unit_measure, s.dims, s.id
FROM unnest(%s::text[], %s::text[], %s::text[], %s::text[]) AS wanted (unit, indicator, unit_measure, dims)
JOIN series s USING (unit, indicator, unit_measure, dims)
"""


def load_postgresql(connection: Connection, batch: int, runs: Iterable[Run], tell: Tell | None) -> Loaded:
    """Load in PostgreSQL.

    The trigger that holds the references of observations is lifted meanwhile: for each portion of rows it would look through
    every series there is, and the load sees to the same by itself. Whoever reads is not kept waiting by that, and another one
    who writes waits for the whole transaction anyway; where the load fails, the end of the transaction puts the trigger back.
    """
    driver = cast("psycopg.Connection", connection.connection.driver_connection)
    driver.execute("DROP TABLE IF EXISTS pg_temp.stage")
    driver.execute(_STAGE)
    driver.execute("ALTER TABLE observation DISABLE TRIGGER observation_refers")
    load = PostgresqlLoad(connection, batch, driver, tell)
    with load.open():
        loaded = load.run(runs)
    driver.execute("ALTER TABLE observation ENABLE ALWAYS TRIGGER observation_refers")
    return loaded


class PostgresqlLoad(Load):
    """A load by COPY, of which one at a time may be under way."""

    chunk = 20000

    def __init__(self, connection: Connection, batch: int, driver: psycopg.Connection, tell: Tell | None) -> None:
        super().__init__(connection, batch, tell)
        self._driver = driver
        self._constants = f"\t0\tset\t{batch}\t{batch}"
        self._under_way = ExitStack()
        """The COPY that the server is still busy with."""
        self._waiting: dict[str, list[str]] = {_INTO_SERIES: [], _INTO_STAGE: [], _INTO_OBSERVATION: []}
        """What is not sent yet: series before the observations that refer to them."""
        self._rows = 0

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
            self._finish()
            self._under_way.close()
            columns = [list(column) for column in zip(*keys, strict=True)]
            for *key, number in self._driver.execute(_FIND_SERIES, columns):
                yield (key[0], key[1], key[2], key[3]), number

    def _write(self, series: list[tuple[int, str, str, str, str]], ordered: list[Numbered], staged: list[Numbered]) -> None:
        self._waiting[_INTO_SERIES].append("".join("\t".join((str(number), *(part.translate(_ESCAPES) for part in key))) + "\n" for number, *key in series))
        self._waiting[_INTO_STAGE].append(_lines(staged, ""))
        self._waiting[_INTO_OBSERVATION].append(_lines(ordered, self._constants))
        self._rows += sum(len(run.rows) for _, run in (*ordered, *staged))
        if self._rows >= self.chunk:
            self._finish()

    def _finish(self) -> None:
        self._rows = 0
        for into, waiting in self._waiting.items():
            if lines := "".join(waiting):
                self._copy(into, lines)
            waiting.clear()

    def _copy(self, into: str, lines: str) -> None:
        """Send rows; what the server makes of them is heard of before the next statement."""
        self._under_way.close()
        cursor = self._under_way.enter_context(self._driver.cursor())
        self._under_way.enter_context(cursor.copy(into)).write(lines)  # a thread of its own for sending takes a fifth longer: both want the interpreter


def _lines(runs: list[Numbered], constants: str) -> str:
    """The rows as COPY reads them: written here in one go, they take a fraction of the time that the driver takes cell by cell.

    The server makes a number of the value as the checks did: both take the nearest one.
    """
    lines: list[str] = []
    ends_of: dict[Says, str] = {}
    for series, (_, says, starts, ends, values, rows, _) in runs:
        after = ends_of.get(says) or ends_of.setdefault(says, "\t".join(map(_escaped, says)) + constants + "\n")
        written = repeat("\\N") if says[1] else cast("Sequence[str]", values)
        lines += map("\t".join, zip(repeat(str(series)), starts, ends, written, written, map(str, rows), repeat(after), strict=False))
    return "".join(lines)


def _escaped(cell: str | int | None) -> str:
    return "\\N" if cell is None else str(cell).translate(_ESCAPES)
