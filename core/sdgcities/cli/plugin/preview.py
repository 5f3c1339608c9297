"""`sdgcities plugin preview`."""

from __future__ import annotations

from pathlib import Path
from typing import cast

import click

from sdgcities.cli import options
from sdgcities.cli.base import TranslatedCommand
from sdgcities.cli.output import out
from sdgcities.cli.session import Session


@click.command("preview", cls=TranslatedCommand)
@click.argument("plugin", metavar="PATH|NAME")
@click.option("-o", "--output", metavar="DIR", type=options.PATH, default=Path("preview"), show_default=True, help="The folder to write the pages into.")
@click.pass_context
def command(context: click.Context, plugin: str, output: Path) -> None:
    """Write the forms and a city's report as people will see them, with what is not translated or not reviewed marked.

    In every language the plugin declares, or in that of --lang alone.

    Example: sdgcities plugin preview ghana --lang ak -o preview/
    """
    from sdgcities.errors import refuse
    from sdgcities.findings import Where, msg, nmsg
    from sdgcities.kit.preview.making import preview, write_preview
    from sdgcities.kit.subject import subject_of

    session = cast("Session", context.obj)
    subject = subject_of(plugin, session.plugins_dir)
    named = context.find_root().params.get("lang")
    made = preview(subject, [named] if named else [])
    try:
        index = write_preview(output, made, subject, session.translator)
    except OSError as error:
        problem = msg("The preview can't be written: %(reason)s.", reason=error.strerror)
        raise refuse("preview.unwritable", problem, msg("Name a folder elsewhere: -o DIR."), Where(file=str(output))) from error
    session.show_findings(made.findings)
    for page in made.pages:
        out(f"{page.name}: {session.words(nmsg('%(n)s text not translated', '%(n)s texts not translated', page.empty))}, "
            f"{session.words(nmsg('%(n)s draft', '%(n)s drafts', page.draft))}")  # fmt: skip
    session.say(msg("Wrote %(n)s pages. Open in a browser: %(file)s", n=len(made.pages) + 1, file=index))
