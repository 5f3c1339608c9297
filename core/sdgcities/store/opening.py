"""Which database a hub has: a PostgreSQL one where its configuration gives an address, else a file in its folder."""

from __future__ import annotations

from pathlib import Path

from sdgcities.errors import unusable
from sdgcities.findings import msg
from sdgcities.store.database import Database

FILE = "hub.db"


def database_of(folder: Path, address: str) -> Database:
    """The database of the hub in `folder`; nothing is opened yet."""
    if not address:
        from sdgcities.store.sqlite import SqliteDatabase  # noqa: PLC0415 - only the one that is needed

        return SqliteDatabase(folder / FILE)
    try:
        from sdgcities.store.address import read_address  # noqa: PLC0415 - its driver comes with an extra of the package
        from sdgcities.store.postgresql import PostgresqlDatabase  # noqa: PLC0415 - as above
    except ImportError as error:
        told, hint = msg("A database on PostgreSQL needs a further package."), msg('Run: pip install "sdgcities[postgres]".')
        raise unusable("store.extra", told, hint) from error
    return PostgresqlDatabase(read_address(address))
