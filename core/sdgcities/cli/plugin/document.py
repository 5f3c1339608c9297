"""`sdgcities plugin document`."""

from __future__ import annotations

from pathlib import Path

import click

from sdgcities.cli import options
from sdgcities.cli.base import TranslatedCommand
from sdgcities.cli.session import Session


@click.command("document", cls=TranslatedCommand)
@click.argument("wanted", metavar="PATH|NAME")
@click.option("-o", "--output", metavar="FILE", type=options.PATH, help="The file to write; otherwise README.md in the plugin's package.")
@click.pass_obj
def command(session: Session, wanted: str, output: Path | None) -> None:
    """Write the page about a plugin from its files: places, sources, indicators, forms, what it changes of the milestones.

    Example: sdgcities plugin document ghana -o ghana.md
    """
    from sdgcities.errors import refuse
    from sdgcities.findings import msg
    from sdgcities.kit.page import PAGE, page_of
    from sdgcities.kit.rule import Unchecked
    from sdgcities.kit.subject import subject_of
    from sdgcities.writing import put

    subject = subject_of(wanted, session.plugins_dir)
    try:
        page = page_of(subject)
    except Unchecked as error:
        raise refuse("document", error.reason, msg("See what is wrong: sdgcities plugin check %(plugin)s", plugin=wanted)) from error
    file = output or subject.folder / PAGE
    put(file, page.encode("utf-8"))
    session.say(msg("Wrote %(file)s.", file=file))
