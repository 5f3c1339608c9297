"""A hub's database: one writer at a time, durable, always at the newest migration."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine

from sdgcities.errors import HubUnusable, unusable
from sdgcities.findings import Finding, Where, msg

BUSY_SECONDS = 30
"""How long a command waits while another one writes."""
REVISION = "0001"
"""The newest migration. Held here so that no command but a migration has to import Alembic."""

MIGRATIONS = Path(__file__).parent / "migrations"
WAIT = msg("Another command is writing to the hub: wait until it is done and try again.")
RESTORE = msg("Restore it from a copy.")


class Database(ABC):
    """The database of a hub, whichever kind it is."""

    engine: Engine
    writer: dict[str, Any]
    """Execution options of a connection that writes."""
    reader: dict[str, Any]
    """The same of one that reads."""

    def __init__(self, where: Where) -> None:
        self.where = where

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A consistent view of the database."""
        with self._translated(), self.engine.connect().execution_options(**self.reader) as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """One transaction, all or nothing. It takes the writer's place at once, so that a read before a write can't go stale."""
        with self._translated(), self.engine.connect().execution_options(**self.writer) as connection, connection.begin():
            yield connection

    def migrate(self) -> None:
        """Bring the database to the newest migration; an empty one gets every table."""
        from alembic import command  # noqa: PLC0415 - only where a database is made or upgraded

        with self.writing() as connection:
            command.upgrade(alembic_config(connection), "head")

    def check_revision(self) -> None:
        """Raise HubUnusable where the database is missing or older or newer than this release."""
        with self.reading() as connection:
            found = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
        if found != REVISION:
            raise unusable(
                "store.revision",
                msg("The hub's database is at revision %(found)s; this release needs %(head)s.", found=found, head=REVISION),
                msg("Use the release of sdgcities that made the hub, or a newer one that can upgrade it."),
                self.where,
            )

    @abstractmethod
    def create(self) -> None:
        """Make the tables of a new hub. Raises where there is something already."""

    @abstractmethod
    def discard(self) -> None:
        """Take away what `create` made: the hub came to nothing."""

    @abstractmethod
    def forget(self) -> None:
        """See to it that no bytes of rows that were deleted stay behind."""

    @abstractmethod
    def damage(self) -> Finding | None:
        """What is damaged, after every page was read."""

    @abstractmethod
    def failure(self, error: Exception) -> HubUnusable | None:
        """A failure of the database in one line for a person; None for a fault of ours."""

    def close(self) -> None:
        """Give back the file, or the connections."""
        self.engine.dispose()

    @contextmanager
    def _translated(self) -> Iterator[None]:
        try:
            yield
        except Exception as error:
            if told := self.failure(error):
                raise told from error
            raise


def alembic_config(connection: Connection) -> Any:  # noqa: ANN401 - alembic's Config, imported late
    """What Alembic needs to migrate within the transaction of a connection."""
    from alembic.config import Config  # noqa: PLC0415 - see migrate

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config
