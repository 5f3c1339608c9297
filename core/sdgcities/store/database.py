"""A hub's database: one writer at a time, durable, always at the newest migration."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine

from sdgcities.errors import HubUnusable, Refused, refuse, unusable
from sdgcities.findings import Finding, Where, msg

BUSY_SECONDS = 30
"""How long a command waits while another one writes."""
REVISION = "0003"
"""The newest migration. Held here so that no command but a migration has to import Alembic."""

MIGRATIONS = Path(__file__).parent / "migrations"
WAIT = msg("Another command is writing to the hub: wait until it is done and try again.")
RESTORE = msg("Restore it from a copy.")
AT = "SELECT version_num FROM alembic_version"


@dataclass(frozen=True, slots=True)
class Migration:
    """One step from an older database to a newer one, and what it changes, in a sentence to be translated."""

    revision: str
    says: str


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

    @contextmanager
    def loading(self) -> Iterator[Connection]:
        """The same for a bulk load, which sees by itself, once for all rows, that what they refer to is there."""
        with self.writing() as connection:
            yield connection

    def migrate(self) -> None:
        """Bring the database to the newest migration; an empty one gets every table."""
        from alembic import command  # noqa: PLC0415 - only where a database is made or upgraded

        with self.writing() as connection:
            command.upgrade(alembic_config(connection), "head")

    def revision(self) -> str:
        """The migration that the database is at."""
        with self.reading() as connection:
            return str(connection.exec_driver_sql(AT).scalar())

    def check_revision(self) -> None:
        """Raise HubUnusable where the database is missing or older or newer than this release."""
        found = self.revision()
        if found != REVISION:
            self.pending(found)
            told = msg("The hub was made by an older sdgcities (revision %(found)s; this release needs %(head)s).", found=found, head=REVISION)
            raise unusable("store.revision", told, msg("Run: sdgcities upgrade. It makes a backup first."), self.where)

    def pending(self, found: str) -> list[Migration]:
        """The migrations between a revision and this release, the first one first. Raises HubUnusable where it is none that this release knows."""
        from alembic.script import ScriptDirectory  # noqa: PLC0415 - only where a database is not at the newest revision

        scripts = list(reversed(list(ScriptDirectory.from_config(alembic_config(None)).walk_revisions())))
        known = [script.revision for script in scripts]
        if found not in known:
            told = msg("The hub was made by a newer sdgcities (revision %(found)s; this release knows %(head)s).", found=found, head=REVISION)
            raise unusable("store.revision", told, msg("Install a newer sdgcities."), self.where)
        return [Migration(script.revision, script.module.SAYS) for script in scripts[known.index(found) + 1 :]]

    @abstractmethod
    def backup(self, folder: Path) -> Path:
        """Write a copy of all records into the folder, read it back whole, and name its file. Raises Refused with nothing left behind."""

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


def alembic_config(connection: Connection | None) -> Any:  # noqa: ANN401 - alembic's Config, imported late
    """What Alembic needs to migrate within the transaction of a connection."""
    from alembic.config import Config  # noqa: PLC0415 - see migrate

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


def not_backed_up(reason: str, folder: Path) -> Refused:
    """The refusal of an upgrade whose backup failed."""
    told = msg("The backup could not be made: %(reason)s. Nothing was changed.", reason=reason.rstrip("."))
    return refuse("store.backup", told, msg("See that you may write there, and that the disk has room for a copy."), Where(file=str(folder)))
