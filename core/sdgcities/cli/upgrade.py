"""`sdgcities upgrade`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from sdgcities.cli.base import TranslatedCommand
from sdgcities.cli.output import out
from sdgcities.cli.session import Session

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from sdgcities.store.database import Migration


@click.command("upgrade", cls=TranslatedCommand)
@click.option("--dry-run", is_flag=True, help="Tell what would change, do nothing.")
@click.option("--backed-up", is_flag=True, help="Make no backup: you made one yourself, with the tools of your database's server.")
@click.pass_obj
def command(session: Session, *, dry_run: bool, backed_up: bool) -> None:
    """Bring a hub that an older sdgcities made to this one: back it up, migrate it, say what changed.

    Example: sdgcities upgrade --dry-run
    """
    from sdgcities.findings import msg
    from sdgcities.hub.upgrading import planned, upgrade

    folder = session.hub_folder
    done = planned(folder) if dry_run else upgrade(folder, backed_up=backed_up)
    if not done.migrations:
        session.say(msg("The hub is up to date (revision %(revision)s): nothing to do.", revision=done.began_at))
        return
    now = done.migrations[-1].revision
    if dry_run:
        session.say(msg("The hub is at revision %(found)s. An upgrade would back it up and bring it to %(now)s:", found=done.began_at, now=now))
        _list(session, done.migrations)
        return
    session.say(msg("The hub was brought from revision %(found)s to %(now)s:", found=done.began_at, now=now))
    _list(session, done.migrations)
    _tell_the_way_back(session, folder, done.backup)
    _announce(session)


def _list(session: Session, migrations: Iterable[Migration]) -> None:
    for migration in migrations:
        out(f"  {migration.revision}  {session.text(migration.says)}")


def _tell_the_way_back(session: Session, folder: Path, backup: Path | None) -> None:
    from sdgcities.findings import msg
    from sdgcities.store.opening import FILE

    if backup is None:
        session.say(msg("To go back, restore your own backup and install the sdgcities that you had."))
        return
    copy = next(file for file in sorted(backup.iterdir()) if file.stem == "hub" and file.suffix != ".yaml")
    session.say(msg("The hub as it was: %(copy)s. It holds what is personal too: delete it when you no longer need it.", copy=copy))
    if copy.name == FILE:
        told = msg(
            "To go back, put it in the place of %(file)s, delete %(file)s-wal and %(file)s-shm, and install the sdgcities that you had.", file=folder / FILE
        )
    else:
        told = msg("To go back, fill an empty database with pg_restore, name it in hub.yaml, and install the sdgcities that you had.")
    session.say(told)


def _announce(session: Session) -> None:
    """What the plugins use that a later upgrade will end."""
    from sdgcities.plugin.deprecations import announced
    from sdgcities.plugin.desk import listed

    for one in listed(session.plugins_dir, None)[0]:
        if one.manifest:
            session.show_findings(announced(one.manifest))
