"""`sdgcities data revert`."""

from __future__ import annotations

import click

from sdgcities.cli import options
from sdgcities.cli.base import TranslatedCommand
from sdgcities.cli.session import Session


@click.command("revert", cls=TranslatedCommand)
@click.argument("batch", type=options.RECORD)
@click.pass_obj
def command(session: Session, batch: int) -> None:
    """Take a BATCH back: its observations return to what stood before. Nothing is deleted.

    Example: sdgcities data revert 2
    """
    from sdgcities.cli.resting_view import tell_resting
    from sdgcities.findings import msg
    from sdgcities.tracks.data.batches.resting import replaced_by, rests_on
    from sdgcities.tracks.data.batches.reverting import revert

    done = revert(session.hub, batch, session.acting)
    session.say(
        msg(
            "Batch %(n)s was taken back by batch %(new)s: %(back)s figures. %(left)s figures that a later batch had changed were left.",
            n=batch,
            new=done.batch,
            back=done.taken_back,
            left=done.left,
        )
    )
    if done.taken_back:
        tell_resting(session, rests_on(session.catalogue, replaced_by(session.catalogue, done.batch)))
