"""Brings a hub that an older release made to this one: a backup first, then every migration or none."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

from sqlalchemy import Connection

from sdgcities.errors import SdgCitiesError, unusable
from sdgcities.findings import msg
from sdgcities.hub import lists, profiles
from sdgcities.hub.config import FILE, OWN_PLUGINS, load_config
from sdgcities.intake.files import read_bytes
from sdgcities.store.database import AT, Database, Migration, alembic_config, not_backed_up
from sdgcities.store.opening import database_of
from sdgcities.writing import put

BACKUPS = "backups"
BESIDE = (lists.FOLDER, profiles.FOLDER, OWN_PLUGINS)
"""What a hub needs beside its records to be opened."""


@dataclass(frozen=True, slots=True)
class Upgrade:
    """What an upgrade would do, or did: the revision it began at, its migrations, and the folder of the backup; None where none was made."""

    began_at: str
    migrations: tuple[Migration, ...]
    backup: Path | None = None


def planned(folder: Path) -> Upgrade:
    """What an upgrade of the hub in `folder` would do. Raises HubUnusable, also where a newer release made the hub."""
    database = _database(folder)
    try:
        found = database.revision()
        return Upgrade(found, tuple(database.pending(found)))
    finally:
        database.close()


def upgrade(folder: Path, *, backed_up: bool = False) -> Upgrade:
    """Back the hub up and migrate it; nobody can write in between. `backed_up`: its people made a backup themselves.

    Raises Refused where no backup can be made, HubUnusable where a migration fails. The hub is then as it was.
    """
    plan = planned(folder)
    if not plan.migrations:
        return plan
    database = _database(folder)
    try:
        with database.writing() as connection:
            found = str(connection.exec_driver_sql(AT).scalar())
            if found != plan.began_at:  # somebody else upgraded it while we waited for our turn
                return Upgrade(found, ())
            kept = None if backed_up else _backed_up(folder, database, found)
            _migrate(database, connection)
    finally:
        database.close()
    return Upgrade(plan.began_at, plan.migrations, kept)


def _migrate(database: Database, connection: Connection) -> None:
    from alembic import command  # noqa: PLC0415 - only where something is upgraded

    try:
        command.upgrade(alembic_config(connection), "head")
    except SdgCitiesError:
        raise
    except Exception as error:
        told = database.failure(error)
        reason = told.findings[0].message if told else f"{type(error).__name__}: {error}".splitlines()[0]
        problem = msg("The upgrade failed, and the hub is as it was: %(reason)s", reason=reason)
        hint = msg("Go on with the sdgcities that you had, and send this line to who maintains sdgcities.")
        raise unusable("upgrade.failed", problem, hint, database.where) from error


def _backed_up(folder: Path, database: Database, revision: str) -> Path:
    """A folder with a copy of the records, the official lists and own profiles; where the records are in a file, with hub.yaml too: a hub of its own."""
    name = f"{datetime.now(UTC):%Y%m%dT%H%M%SZ}-{revision}"
    backup = next(path for path in (folder / BACKUPS / f"{name}{'-' * bool(n)}{n or ''}" for n in count()) if not path.exists())
    try:
        backup.mkdir(parents=True)
    except OSError as error:
        raise not_backed_up(error.strerror or str(error), backup) from error
    try:
        database.backup(backup)
        if not load_config(folder).database:  # else it would be a second hub on the same server's database
            put(backup / FILE, read_bytes(folder / FILE))
        _copied(folder, backup)
    except BaseException:
        shutil.rmtree(backup, ignore_errors=True)
        raise
    return backup


def _copied(folder: Path, backup: Path) -> None:
    try:
        for name in BESIDE:
            if (folder / name).is_dir():
                shutil.copytree(folder / name, backup / name)
    except OSError as error:
        raise not_backed_up(error.strerror or str(error), backup) from error


def _database(folder: Path) -> Database:
    return database_of(folder, load_config(folder).database)
