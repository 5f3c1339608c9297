"""`sdgcities plugin test`."""

from __future__ import annotations

import click

from sdgcities.cli.base import TranslatedCommand
from sdgcities.cli.session import Session


@click.command("test", cls=TranslatedCommand)
@click.argument("plugin", metavar="PATH|NAME")
@click.option("--level", type=click.Choice(["bronze", "silver", "gold"]), help="Up to which level the rules must be met; otherwise the level the tests name.")
@click.pass_context
def command(context: click.Context, plugin: str, level: str | None) -> None:
    """Run a plugin's own tests; of one that was installed without them, the contract tests.

    Example: sdgcities plugin test ghana
    """
    from sdgcities.kit.subject import subject_of
    from sdgcities.kit.trial.tests_of import run_shown

    session: Session = context.obj
    if run_shown(subject_of(plugin, session.plugins_dir), level):
        context.exit(1)
