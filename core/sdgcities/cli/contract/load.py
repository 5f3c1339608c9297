"""`sdgcities contract load`."""

from __future__ import annotations

from pathlib import Path

import click

from sdgcities.cli import options
from sdgcities.cli.base import TranslatedCommand
from sdgcities.cli.session import Session


@click.command("load", cls=TranslatedCommand)
@click.argument("path", metavar="FILE", type=options.PATH, required=False)
@click.option("--dry-run", is_flag=True, help="Show what would change, change nothing.")
@click.option("--yes", is_flag=True, help="Let it count without being asked.")
@click.option("--template", type=click.Choice(["sdg", "umf"]), help="Write the list that is in force into a file, to be changed and loaded again.")
@click.option("-o", "--output", metavar="FILE", type=options.PATH, help="The file that --template writes.")
@options.as_json
@click.pass_obj
def command(session: Session, path: Path | None, template: str | None, output: Path | None, *, dry_run: bool, yes: bool, as_json: bool) -> None:
    """Load an official list from FILE: the SDGs, the UMF, or a new version of the contract. What it changes is shown first.

    Example: sdgcities contract load --template umf -o umf.csv
    """
    from sdgcities.cli.official_view import decide, write_template

    if (path is None) == (template is None):
        raise click.UsageError(session.text("Name the FILE to load, or what --template is to write."))
    if template:
        if output is None:
            raise click.UsageError(session.text("Say where the template goes: -o FILE."))
        write_template(session, template, output, as_json=as_json)
    else:
        assert path is not None
        decide(session, path, dry_run=dry_run, yes=yes, as_json=as_json)
