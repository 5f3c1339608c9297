"""The bulk load: rows stream into the table of observations, by way of a temporary one where they have to be compared or sorted.

Idempotent per observation: the same value again is unchanged, another value is the next revision.
"""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection

from sdgcities.store.bulk.loading import Loaded
from sdgcities.store.bulk.runs import Figure, Run, SeriesKey, figures, one_by_one
from sdgcities.store.bulk.watching import Brought, Tell

__all__ = ["Brought", "Figure", "Loaded", "Run", "SeriesKey", "Tell", "figures", "load", "one_by_one"]


def load(connection: Connection, batch: int, runs: Iterable[Run], tell: Tell | None = None) -> Loaded:
    """Make rows the observations of `batch`, within the caller's transaction. Memory is bounded by the number of series, not of rows.

    `tell` is told of each series that is new; whether that was all there was to tell, `Loaded.watched` says.
    """
    if connection.dialect.name == "postgresql":
        from sdgcities.store.bulk.postgresql import load_postgresql  # noqa: PLC0415 - its driver comes with an extra of the package

        return load_postgresql(connection, batch, runs, tell)
    from sdgcities.store.bulk.sqlite import load_sqlite  # noqa: PLC0415 - as above

    return load_sqlite(connection, batch, runs, tell)
