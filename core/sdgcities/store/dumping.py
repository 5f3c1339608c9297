"""A copy of a PostgreSQL database by the server's own tools: pg_dump writes it, pg_restore reads it back."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

from psycopg import conninfo, pq

from sdgcities.errors import refuse
from sdgcities.findings import Where, msg
from sdgcities.store.address import Address
from sdgcities.store.database import not_backed_up

FILE = "hub.dump"
PROGRAMS = ("pg_dump", "pg_restore")


def dump(address: Address, folder: Path) -> Path:
    """Write the copy and read it back whole. Raises Refused where the tools are not here, or fail."""
    if missing := [program for program in PROGRAMS if not shutil.which(program)]:
        told = msg("The records are on a PostgreSQL server, and this computer has no %(program)s to copy them with.", program=missing[0])
        hint = msg("Make a backup with your server's tools, then run: sdgcities upgrade --backed-up.")
        raise refuse("store.dump", told, hint, Where(file=address.shown))
    file, environment, further = folder / FILE, *_told(address)
    _run(["pg_dump", "--format=custom", "--no-password", f"--file={file}", *further], environment, folder)
    _run(["pg_restore", "--file=-", str(file)], environment, folder)
    return file


def _told(address: Address) -> tuple[dict[str, str], list[str]]:
    """The environment that leads libpq to the database, so that no list of processes shows a password; and what has no place there."""
    names = {option.keyword.decode(): option.envvar.decode() for option in pq.Conninfo.get_defaults() if option.envvar}
    told = {names[key]: str(value) for key, value in address.parameters.items() if key in names}
    rest = {key: value for key, value in address.parameters.items() if key not in names}
    return {**os.environ, **told}, [f"--dbname={conninfo.make_conninfo(**rest)}"] if rest else []


def _run(command: Sequence[str], environment: dict[str, str], folder: Path) -> None:
    try:
        done = subprocess.run(command, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=False)  # noqa: S603 - our own words
    except OSError as error:
        raise not_backed_up(str(error), folder) from error
    if done.returncode:
        lines = done.stderr.decode(errors="replace").strip().splitlines() or [command[0]]
        raise not_backed_up(lines[0], folder)
