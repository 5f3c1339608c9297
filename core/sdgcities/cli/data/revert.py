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
    from sdgcities.findings import msg, nmsg
    from sdgcities.tracks.data.batches.resting import replaced_by, rests_on
    from sdgcities.tracks.data.batches.reverting import revert

    done = revert(session.hub, batch, session.acting)
    told = {"number": batch, "new": done.batch}
    session.say(
        nmsg(
            "Batch %(number)s was taken back by batch %(new)s: %(n)s boundary.",
            "Batch %(number)s was taken back by batch %(new)s: %(n)s boundaries.",
            done.boundaries,
            **told,
        )
        if done.boundaries
        else nmsg(
            "Batch %(number)s was taken back by batch %(new)s: %(n)s figure.",
            "Batch %(number)s was taken back by batch %(new)s: %(n)s figures.",
            done.taken_back,
            **told,
        )
    )
    if done.left:
        session.say(
            nmsg(
                "%(n)s figure was left: a later batch had changed it, or taken it back already.",
                "%(n)s figures were left: later batches had changed them, or taken them back already.",
                done.left,
            )
        )
    if done.taken_back:
        session.say(msg("Does another file hold some of these figures? They were here already when it came: import it again, and they count again."))
        tell_resting(session, rests_on(session.catalogue, replaced_by(session.catalogue, done.batch)))
