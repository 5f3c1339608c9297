"""A hub's records in a PostgreSQL database of their own."""

from __future__ import annotations

from pathlib import Path

import psycopg
from sqlalchemy import Connection, Engine, create_engine, event, text

from sdgcities.errors import HubUnusable, unusable
from sdgcities.findings import Finding, Message, Where, msg
from sdgcities.store.address import Address
from sdgcities.store.database import BUSY_SECONDS, RESTORE, WAIT, Database, alembic_config
from sdgcities.store.tables import ERASABLE, metadata

FUNCTIONS = ("append_only", "observation_refers")
"""What the migrations make beside the tables."""
_WRITER = 0x5D6C17135
"""The number of the lock that whoever writes to a hub holds."""
_THERE = text("""
SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE n.nspname = current_schema() AND c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S')
  AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')
ORDER BY c.relname LIMIT 3
""")
"""Tables and the like, but for those that an extension brings."""

_SERVER = msg("See that the server runs and can be reached, and that the address is right.")
_PASSWORD = msg("Give the right user and password: in the address, in PGPASSWORD or in a password file (PGPASSFILE).")
_MAKE = msg("Make the database first: createdb --encoding UTF8 NAME; or correct the address.")
_OWNER = msg("The user in the address must own the database: ALTER DATABASE NAME OWNER TO USER.")
_ROOM = msg("See that the server has room on its disk and connections left.")
_WRITABLE = msg("Give the address of the server that can be written to.")
_HINTS = {
    "25006": _WRITABLE,
    "28": _PASSWORD,
    "3D000": _MAKE,
    "3F000": _OWNER,
    "42501": _OWNER,
    "42P01": RESTORE,
    "42703": RESTORE,
    "53": _ROOM,
    "55P03": WAIT,
    "57": _SERVER,
    "58": _ROOM,
}
"""What to do by the server's code of what went wrong, or by its first two letters."""
_DAMAGED = ("XX001", "XX002")
_TOLD = (("password", _PASSWORD), ("authentication", _PASSWORD), ("database", _MAKE))
"""The same for what goes wrong before there is a connection: libpq gives no code for it, only words."""
_UNSENT = "fe_sendauth:"
"""What libpq says where it has no password to send: the server said nothing yet."""


class PostgresqlDatabase(Database):
    """The records of a hub on a server."""

    # Reads see one moment. A write sees what was committed before its lock was granted, so it must not keep an older view.
    reader = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}  # noqa: RUF012 - never changed
    writer = {"isolation_level": "READ COMMITTED", "writer": True}  # noqa: RUF012 - never changed

    def __init__(self, address: Address) -> None:
        super().__init__(Where(file=address.shown))
        self._address = address
        self.engine = _engine(address)

    def create(self) -> None:
        """Make the tables in a database that holds nothing else, all of them or none."""
        from alembic import command  # noqa: PLC0415 - only where a database is made

        with self.writing() as connection:
            encoding = connection.execute(text("SHOW server_encoding")).scalar_one()
            if encoding != "UTF8":
                told = msg("The database is in the encoding %(encoding)s, which does not hold every name.", encoding=encoding)
                raise unusable("store.encoding", told, msg("Make one with: createdb --encoding UTF8 --template template0 NAME."), self.where)
            if there := connection.execute(_THERE).scalars().all():
                told = msg("The database is not empty: it holds %(names)s.", names=", ".join(there))
                raise unusable("store.taken", told, msg("Give a new hub a database of its own: createdb --encoding UTF8 NAME."), self.where)
            command.upgrade(alembic_config(connection), "head")

    def discard(self) -> None:
        """Take away the tables that `create` made, and what keeps them."""
        with self.writing() as connection:
            for table in ("alembic_version", *(table.name for table in reversed(metadata.sorted_tables))):
                connection.exec_driver_sql(f'DROP TABLE IF EXISTS "{table}"')
            for function in FUNCTIONS:
                connection.exec_driver_sql(f"DROP FUNCTION IF EXISTS {function}()")
        self.close()

    def forget(self) -> None:
        """Write the tables of private entries anew, without the rows that were deleted. The server's log and copies are the server's."""
        with self._translated(), self.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql(f"SET lock_timeout = '{BUSY_SECONDS}s'")
            connection.exec_driver_sql(f"VACUUM (FULL) {', '.join(ERASABLE)}")

    def damage(self) -> Finding | None:
        """Read every row: where the server keeps checksums, it holds each page against its own."""
        try:
            with self.reading() as connection:
                for name in metadata.tables:
                    connection.exec_driver_sql(f'SELECT count(t) FROM "{name}" t')  # noqa: S608 - names of our own tables
        except HubUnusable as damaged:
            return damaged.findings[0]
        return None

    def backup(self, folder: Path) -> Path:
        """What pg_dump writes of the database, in its own format."""
        from sdgcities.store.dumping import dump  # noqa: PLC0415 - only for a backup

        return dump(self._address, folder)

    def failure(self, error: Exception) -> HubUnusable | None:
        """By the server's code; before there is a connection, by what libpq says. The bulk load speaks to the driver itself."""
        cause = getattr(error, "orig", error)
        if not isinstance(cause, psycopg.Error):
            return None
        reason = _first_line(cause)
        if cause.sqlstate in _DAMAGED:
            return unusable("store.damaged", msg("The hub's database is damaged: %(reason)s.", reason=reason), RESTORE, self.where)
        if "alembic_version" in reason and cause.sqlstate == "42P01":
            return unusable("store.foreign", msg("This database holds no hub."), msg("Correct the address of the database in hub.yaml."), self.where)
        hint = _hint(cause, reason)
        return unusable("store.failed", msg("The hub's database can't be used: %(reason)s.", reason=reason), hint, self.where) if hint else None


def _hint(cause: psycopg.Error, reason: str) -> Message | None:
    """What to do; None for a fault of ours."""
    state = cause.sqlstate
    if state is not None:
        return _HINTS.get(state) or _HINTS.get(state[:2]) or (_SERVER if isinstance(cause, psycopg.OperationalError) else None)
    if isinstance(cause, (psycopg.OperationalError, psycopg.InterfaceError)):
        if _UNSENT in reason:
            return _PASSWORD
        return next((hint for word, hint in _TOLD if word in reason.partition("FATAL:")[2]), _SERVER)
    return None


def _first_line(cause: psycopg.Error) -> str:
    lines = str(cause).strip().splitlines() or [type(cause).__name__]
    return " ".join(lines[0].removeprefix("connection failed: ").split()).rstrip(".")


def _engine(address: Address) -> Engine:
    engine = create_engine("postgresql+psycopg://", creator=lambda: psycopg.connect(**address.parameters))

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        """Wait for the writer's place; the transaction's end gives it back, however it ends."""
        if connection.get_execution_options().get("writer", False):
            connection.exec_driver_sql(f"SET LOCAL lock_timeout = '{BUSY_SECONDS}s'")
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_WRITER})")

    return engine
