"""A hub's database as one SQLite file in its folder."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, NullPool, create_engine, event, exc

from sdgcities.errors import HubUnusable, unusable
from sdgcities.findings import Finding, Message, Severity, Where, msg
from sdgcities.store.database import BUSY_SECONDS, RESTORE, WAIT, Database, not_backed_up

CACHE_KIB = 16_384
RECORDS_OF_A_LOAD = ("batch", "refused_row", "justification")
"""What a bulk load writes beside series and observations."""


class SqliteDatabase(Database):
    """The records of a hub in one file."""

    writer = {"immediate": True}  # noqa: RUF012 - never changed
    reader = {}  # noqa: RUF012 - never changed

    def __init__(self, path: Path) -> None:
        super().__init__(Where(file=str(path)))
        self.path = path
        self.engine = _engine(path)

    def revision(self) -> str:
        """As for every database; a missing file is told before one is made."""
        if not self.path.is_file():
            hint = msg("Restore it from a copy, or make a new hub with sdgcities init.")
            raise unusable("store.missing", msg("The hub's database is missing."), hint, self.where)
        return super().revision()

    def backup(self, folder: Path) -> Path:
        """A copy of the file as SQLite itself makes it, page by page, while others may read."""
        copy = folder / self.path.name
        try:
            with closing(sqlite3.connect(self.path)) as here, closing(sqlite3.connect(copy)) as there:
                here.backup(there)
                found = there.execute("PRAGMA quick_check").fetchone()[0]
        except (OSError, sqlite3.Error) as error:
            raise not_backed_up(str(error), folder) from error
        if found != "ok":
            raise not_backed_up(str(found), folder)
        return copy

    def create(self) -> None:
        """Make the file with every table: the folder of a new hub is empty."""
        self.migrate()

    def discard(self) -> None:
        """Give back the file; it goes with what else is in the folder."""
        self.close()

    @contextmanager
    def loading(self) -> Iterator[Connection]:
        """Without SQLite's own look at five references of every row, and at every observation for each new batch; at the end at the new records but those."""
        with self._translated(), self.engine.connect().execution_options(**self.writer, references=False) as connection, connection.begin():
            yield connection
            for table in RECORDS_OF_A_LOAD:
                check = f"PRAGMA foreign_key_check({table})"
                if connection.exec_driver_sql(check).first():
                    raise exc.IntegrityError(check, None, sqlite3.IntegrityError(f"{table} refers to what is not there"))

    def forget(self) -> None:
        """Empty the write-ahead log, which still holds the bytes of rows that were deleted; the database itself overwrites them."""
        connection = self.engine.raw_connection()
        try:
            with self._translated():
                connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)").close()
        finally:
            connection.close()

    def damage(self) -> Finding | None:
        """What SQLite's own check finds."""
        with self.reading() as connection:
            found = connection.exec_driver_sql("PRAGMA quick_check").scalar()
        return None if found == "ok" else Finding("store.damaged", Severity.BLOCK, _damaged(found), RESTORE, self.where)

    def failure(self, error: Exception) -> HubUnusable | None:
        """The bulk load speaks to the driver itself, so both layers' errors are known here."""
        reason = str(getattr(error, "orig", error))
        if isinstance(error, (exc.OperationalError, sqlite3.OperationalError)):
            if "locked" in reason:
                hint = WAIT
            elif reason.startswith("no such"):  # a table or a column that was taken out, or a file that never was a hub's
                hint = RESTORE
            else:
                hint = msg("See that you may write in the hub's folder, and that its disk is not full.")
            return unusable("store.failed", msg("The hub's database can't be used: %(reason)s.", reason=reason), hint, self.where)
        if type(getattr(error, "orig", error)) is sqlite3.DatabaseError:  # one of its kinds would be a fault of ours, not of the file
            return unusable("store.damaged", _damaged(reason), RESTORE, self.where)
        return None


def _damaged(reason: object) -> Message:
    return msg("The hub's database is damaged: %(reason)s.", reason=reason)


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
        if not connection.get_execution_options().get("references", True):
            connection.exec_driver_sql("PRAGMA foreign_keys=OFF")  # within a transaction it would not be heard
        connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")

    return engine
