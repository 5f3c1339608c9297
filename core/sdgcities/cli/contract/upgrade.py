"""`sdgcities contract upgrade`."""

from __future__ import annotations

from pathlib import Path

import click

from sdgcities.cli import options
from sdgcities.cli.base import TranslatedCommand
from sdgcities.cli.session import Session


@click.command("upgrade", cls=TranslatedCommand)
@click.argument("path", metavar="[FILE]", type=options.PATH, required=False)
@click.option("--dry-run", is_flag=True, help="Show what would change, change nothing.")
@click.option("--yes", is_flag=True, help="Let it count without being asked.")
@options.as_json
@click.pass_obj
def command(session: Session, path: Path | None, *, dry_run: bool, yes: bool, as_json: bool) -> None:
    """Go over to the contract of this release, or of FILE: what it would change for this hub is shown first.

    Example: sdgcities contract upgrade --dry-run
    """
    from sdgcities.cli.official_view import decide
    from sdgcities.contract.load import CONTRACT_FILE

    decide(session, path or CONTRACT_FILE, dry_run=dry_run, yes=yes, as_json=as_json)
