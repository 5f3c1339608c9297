"""`sdgcities data justify`."""

from __future__ import annotations

import click

from sdgcities.cli import options
from sdgcities.cli.base import TranslatedCommand
from sdgcities.cli.session import Session


@click.command("justify", cls=TranslatedCommand)
@click.argument("code")
@click.argument("subject")
@options.reason
@click.pass_obj
def command(session: Session, code: str, subject: str, reason: str) -> None:
    """Say why a doubt that `data quality` prints is none: its CODE and SUBJECT, with the reason. It stays listed, with the reason.

    Example: sdgcities data justify quality.jump "GH-R10-UW GH-4.a.1 2014..2015" --reason "So published."
    """
    from sdgcities.cli.progress_bar import rows_read
    from sdgcities.findings import msg
    from sdgcities.tracks.data.quality.justifying import justify

    with rows_read(session.text("Series looked at"), wanted=True) as progress:
        justify(session.catalogue, code, subject, reason, session.acting, progress)
    session.say(msg("On record: %(code)s for %(subject)s.", code=code, subject=subject))
