"""A throw-away PostgreSQL server from the installed binaries: a data folder of its own, a free port, nothing kept."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psycopg
from psycopg import sql

ADMINISTRATOR = "postgres"
OWNER, PASSWORD = "desk", "s3cret/of@the desk:100%"
"""Who owns the hubs' databases: an ordinary user, who may neither make databases nor pass by triggers."""
PROGRAMS = ("initdb", "pg_ctl", "postgres")
_SETTINGS = {"max_connections": "40", "listen_addresses": "127.0.0.1", "unix_socket_directories": "", "lc_messages": "C", "autovacuum": "off"}
_CARELESS = {"fsync": "off", "full_page_writes": "off", "synchronous_commit": "off"}
_NOBODY = 65534


@dataclass(frozen=True)
class Server:
    """A server that runs; it sorts texts as people do, not by their codes, so that a hub has to say how it wants them."""

    folder: Path
    port: int
    _numbers: Iterator[int] = field(default_factory=count)

    def url(self, database: str, user: str = OWNER, password: str = PASSWORD) -> str:
        """The address of a database."""
        return f"postgresql://{user}:{quote(password, safe='')}@127.0.0.1:{self.port}/{database}"

    def database(self, template: str = "template0", owner: str = OWNER) -> str:
        """Make a database, empty or a copy of another one that nobody is connected to; its name."""
        name = f"hub{next(self._numbers)}"
        made = sql.SQL("CREATE DATABASE {} TEMPLATE {} OWNER {} STRATEGY file_copy")
        self.run(made.format(sql.Identifier(name), sql.Identifier(template), sql.Identifier(owner)))
        return name

    def drop(self, database: str) -> None:
        """Take a database away, whoever is still connected to it."""
        self.run(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(database)))

    def run(self, statement: sql.SQL | sql.Composed, database: str = ADMINISTRATOR) -> list[tuple[Any, ...]]:
        """Run a statement as the server's administrator."""
        with closing(psycopg.connect(self.url(database, ADMINISTRATOR), autocommit=True)) as connection:
            found = connection.execute(statement)
            return found.fetchall() if found.description else []

    def bytes_of(self, database: str) -> bytes:
        """Every byte of a database's files, as they are on the disk."""
        self.run(sql.SQL("CHECKPOINT"))
        ((number,),) = self.run(sql.SQL("SELECT oid FROM pg_database WHERE datname = {}").format(sql.Literal(database)))
        return b"".join(path.read_bytes() for path in (self.folder / "data" / "base" / str(number)).iterdir())


def lacking() -> str | None:
    """Why no server can be started here; None where one can."""
    missing = [program for program in PROGRAMS if not shutil.which(program)]
    return f"no PostgreSQL server here: {', '.join(missing)} not in PATH" if missing else None


@contextmanager
def running(*, durable: bool = False) -> Iterator[Server]:
    """Start a server and take it away again. It refuses to run as root, so there it runs as nobody."""
    folder = Path(tempfile.mkdtemp(prefix="sdgcities-postgresql-"))
    try:
        with _started(folder, _SETTINGS if durable else {**_SETTINGS, **_CARELESS}) as server:
            yield server
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _started(folder: Path, settings: dict[str, str]) -> Iterator[Server]:
    data, secret, port = folder / "data", folder / "secret", _free_port()
    secret.write_text(PASSWORD, encoding="utf-8")
    if os.geteuid() == 0:
        for path in (folder, secret):
            os.chown(path, _NOBODY, _NOBODY)
    access = ("--auth=scram-sha-256", f"--username={ADMINISTRATOR}", f"--pwfile={secret}")
    _call("initdb", "--no-sync", *access, "--encoding=UTF8", "--locale=C", "--locale-provider=icu", "--icu-locale=en-US", f"--pgdata={data}")
    options = " ".join(f"-c {name}={value or repr('')}" for name, value in {**settings, "port": str(port)}.items())
    _call("pg_ctl", "start", "--wait", "--silent", f"--pgdata={data}", f"--log={folder / 'log'}", f"--options={options}")
    try:
        server = Server(folder, port)
        server.run(sql.SQL("CREATE ROLE {} LOGIN PASSWORD {}").format(sql.Identifier(OWNER), sql.Literal(PASSWORD)))
        yield server
    finally:
        _call("pg_ctl", "stop", "--mode=immediate", "--silent", f"--pgdata={data}")


def _call(program: str, *words: str) -> None:
    as_nobody = ["setpriv", f"--reuid={_NOBODY}", f"--regid={_NOBODY}", "--clear-groups"] if os.geteuid() == 0 else []
    done = subprocess.run([*as_nobody, program, *words], stdin=subprocess.DEVNULL, capture_output=True, text=True, cwd="/", check=False)
    assert done.returncode == 0, f"{program}: {done.stdout}{done.stderr}"


def _free_port() -> int:
    with closing(socket.socket()) as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])
