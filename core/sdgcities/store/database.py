"""Opening a hub's database: one writer at a time, durable, always at the newest migration."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, NullPool, create_engine, event, exc

from sdgcities.errors import unusable
from sdgcities.findings import Where, msg

BUSY_SECONDS = 30
CACHE_KIB = 16_384
REVISION = "0001"
"""The newest migration. Held here so that no command but a migration has to import Alembic."""

MIGRATIONS = Path(__file__).parent / "migrations"


class Database:
    """The SQLite database of a hub."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._engine = _engine(path)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A consistent view of the database."""
        with self._translated(), self._engine.connect() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """One transaction, all or nothing. It takes the writer's place at once, so that a read before a write can't go stale."""
        with self._translated(), self._engine.connect().execution_options(immediate=True) as connection, connection.begin():
            yield connection

    def migrate(self) -> None:
        """Bring the database to the newest migration; a new file gets every table."""
        from alembic import command  # noqa: PLC0415 - only where a database is made or upgraded

        with self.writing() as connection:
            command.upgrade(_alembic(connection), "head")

    def check_revision(self) -> None:
        """Raise HubUnusable where the database is missing or older or newer than this release."""
        where = Where(file=str(self.path))
        if not self.path.is_file():
            raise unusable("store.missing", msg("The hub's database is missing."), msg("Restore it from a copy, or make a new hub with sdgcities init."), where)
        with self.reading() as connection:
            found = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
        if found != REVISION:
            raise unusable(
                "store.revision",
                msg("The hub's database is at revision %(found)s; this release needs %(head)s.", found=found, head=REVISION),
                msg("Use the release of sdgcities that made the hub, or a newer one that can upgrade it."),
                where,
            )

    def forget(self) -> None:
        """Empty the write-ahead log, which still holds the bytes of rows that were deleted; the database itself overwrites them."""
        connection = self._engine.raw_connection()
        try:
            with self._translated():
                connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)").close()
        finally:
            connection.close()

    def close(self) -> None:
        """Give back the file."""
        self._engine.dispose()

    @contextmanager
    def _translated(self) -> Iterator[None]:
        """Turn the database's own failures into one line for a person."""
        where = Where(file=str(self.path))
        try:
            yield
        except (exc.OperationalError, sqlite3.OperationalError) as error:  # the bulk load speaks to the driver itself
            reason = str(getattr(error, "orig", error))
            if "locked" in reason:
                hint = msg("Another command is writing to the hub: wait until it is done and try again.")
            elif reason.startswith("no such"):  # a table or a column that was taken out, or a file that never was a hub's
                hint = msg("Restore it from a copy.")
            else:
                hint = msg("See that you may write in the hub's folder.")
            raise unusable("store.failed", msg("The hub's database can't be used: %(reason)s.", reason=reason), hint, where) from error
        except (exc.DatabaseError, sqlite3.DatabaseError) as error:
            if type(getattr(error, "orig", error)) is not sqlite3.DatabaseError:  # one of its kinds: a fault of ours, not of the file
                raise
            reason = str(getattr(error, "orig", error))
            raise unusable("store.damaged", msg("The hub's database is damaged: %(reason)s.", reason=reason), msg("Restore it from a copy."), where) from error


def _alembic(connection: Connection) -> Any:  # noqa: ANN401 - alembic's Config, imported late
    from alembic.config import Config  # noqa: PLC0415 - see migrate

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


def _engine(path: Path) -> Engine:
    """No pool: a connection is closed when its work is done, so no file stays open behind anyone's back."""
    engine = create_engine(
        URL.create("sqlite+pysqlite", database=str(path)), poolclass=NullPool, connect_args={"timeout": BUSY_SECONDS, "isolation_level": None}
    )

    @event.listens_for(engine, "connect")
    def _connect(connection: Any, _record: object) -> None:  # noqa: ANN401 - the driver's connection
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "trusted_schema=OFF", "secure_delete=ON", f"cache_size=-{CACHE_KIB}"):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        immediate = connection.get_execution_options().get("immediate", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")

    return engine
