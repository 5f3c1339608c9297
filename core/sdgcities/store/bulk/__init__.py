"""The bulk load: rows stream into the table of observations, by way of a temporary one where they have to be compared or sorted.

Idempotent per observation: the same value again is unchanged, another value is the next revision.
"""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection

from sdgcities.store.bulk.loading import Figure, Loaded, Run, SeriesKey, figures, one_by_one

__all__ = ["Figure", "Loaded", "Run", "SeriesKey", "figures", "load", "one_by_one"]


def load(connection: Connection, batch: int, runs: Iterable[Run]) -> Loaded:
    """Make rows the observations of `batch`, within the caller's transaction. Memory is bounded by the number of series, not of rows."""
    if connection.dialect.name == "postgresql":
        from sdgcities.store.bulk.postgresql import load_postgresql  # noqa: PLC0415 - its driver comes with an extra of the package

        return load_postgresql(connection, batch, runs)
    from sdgcities.store.bulk.sqlite import load_sqlite  # noqa: PLC0415 - as above

    return load_sqlite(connection, batch, runs)
