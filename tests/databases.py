"""The two kinds of database a hub may have: how a test makes, copies, opens and looks into each."""

from __future__ import annotations

import shutil
import sqlite3
from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import psycopg
import yaml
from psycopg import conninfo, sql
from tests.postgres_server import Server

from sdgcities.hub.config import FILE as CONFIG
from sdgcities.hub.config import load_config
from sdgcities.store.opening import FILE as DATABASE

KINDS = ("sqlite", "postgresql")


class Databases(ABC):
    """One kind of database."""

    name: str
    refusals: tuple[type[Exception], ...]
    """What its driver raises where a trigger or a key refuses."""

    @abstractmethod
    def address(self) -> str:
        """What `Founding.database` is for one more hub."""

    @property
    def options(self) -> tuple[str, ...]:
        """What `sdgcities init` is told for one more hub."""
        address = self.address()
        return ("--database", address) if address else ()

    @abstractmethod
    def copy(self, hub: Path, to: Path) -> Path:
        """A copy of a hub that is closed, with a database of its own."""

    @abstractmethod
    def remove(self, hub: Path) -> None:
        """Take a hub's database away."""

    @abstractmethod
    def foreign(self, hub: Path) -> Any:  # noqa: ANN401 - a context manager of either driver's connection
        """The hub's database, open in a tool that knows nothing of our settings; each statement stands for itself."""

    @abstractmethod
    def lift(self, connection: Any, table: str) -> None:  # noqa: ANN401 - either driver's connection
        """Take away what guards a table."""

    @abstractmethod
    def bytes_of(self, hub: Path) -> bytes:
        """Every byte of the hub's database on the disk."""


class Sqlite(Databases):
    name = "sqlite"
    refusals = (sqlite3.IntegrityError,)

    def address(self) -> str:
        return ""

    def copy(self, hub: Path, to: Path) -> Path:
        return Path(shutil.copytree(hub, to))

    def remove(self, hub: Path) -> None:
        """It goes with the folder."""

    @contextmanager
    def foreign(self, hub: Path) -> Iterator[sqlite3.Connection]:
        with closing(sqlite3.connect(hub / DATABASE, isolation_level=None)) as connection:
            yield connection

    def lift(self, connection: sqlite3.Connection, table: str) -> None:
        for (name,) in connection.execute(f"SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = '{table}'").fetchall():
            connection.execute(f"DROP TRIGGER {name}")

    def bytes_of(self, hub: Path) -> bytes:
        """The write-ahead log included."""
        return b"".join(path.read_bytes() for path in hub.iterdir() if path.name.startswith(DATABASE))


class Postgresql(Databases):
    name = "postgresql"
    refusals = (psycopg.IntegrityError,)

    def __init__(self, server: Server) -> None:
        self.server = server

    def address(self) -> str:
        return self.server.url(self.server.database())

    def copy(self, hub: Path, to: Path) -> Path:
        shutil.copytree(hub, to)
        file = to / CONFIG
        told = yaml.safe_load(file.read_text(encoding="utf-8"))
        told["database"] = self.server.url(self.server.database(template=self._name(hub)))
        file.write_text(yaml.safe_dump(told, allow_unicode=True, sort_keys=False), encoding="utf-8")
        return to

    def remove(self, hub: Path) -> None:
        self.server.drop(self._name(hub))

    @contextmanager
    def foreign(self, hub: Path) -> Iterator[psycopg.Connection]:
        with closing(psycopg.connect(self.server.url(self._name(hub)), autocommit=True)) as connection:
            yield connection

    def lift(self, connection: psycopg.Connection, table: str) -> None:
        connection.execute(sql.SQL("ALTER TABLE {} DISABLE TRIGGER USER").format(sql.Identifier(table)))

    def bytes_of(self, hub: Path) -> bytes:
        return self.server.bytes_of(self._name(hub))

    @staticmethod
    def _name(hub: Path) -> str:
        return str(conninfo.conninfo_to_dict(load_config(hub).database)["dbname"])
