"""`sdgcities data batches`."""

from __future__ import annotations

import click

from sdgcities.cli import options
from sdgcities.cli.base import TranslatedCommand
from sdgcities.cli.output import shown_path
from sdgcities.cli.session import Session


@click.command("batches", cls=TranslatedCommand)
@options.as_json
@click.pass_obj
def command(session: Session, *, as_json: bool) -> None:
    """List what was imported, newest first.

    Example: sdgcities data batches
    """
    from sdgcities.findings import msg
    from sdgcities.tracks.data.batches.reverting import batches

    found = batches(session.hub)
    if as_json:
        session.json(found)
        return
    if not found:
        session.say(msg("Nothing was imported yet. Import a file: sdgcities data import FILE."))
        return
    rows = [
        (
            str(one["id"]),
            shown_path(one["file"]),
            one["profile"],
            str(one["stored"]),
            str(one["refused"]),
            session.when(one["at"]),
            one["actor"],
            str(one["reverts"] or ""),
        )
        for one in found
    ]
    session.table(("Batch", "File", "Profile", "Stored", "Refused", "When", "Entered by", "Takes back"), rows)
