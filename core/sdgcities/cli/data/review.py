"""`sdgcities data review`."""

from __future__ import annotations

from pathlib import Path

import click

from sdgcities.cli import options
from sdgcities.cli.base import TranslatedCommand
from sdgcities.cli.session import Session


@click.command("review", cls=TranslatedCommand)
@click.argument("city")
@click.option("--indicator", "indicators", metavar="CODE", multiple=True, help="Only this indicator. May be given again.")
@click.option("--accept", "decision", flag_value="accept", help="Let the figures be published as they are.")
@click.option("--return", "decision", flag_value="return", help="Send them back; the reason says what is to be done.")
@click.option("--reason", metavar="TEXT", help="Why; kept on record. Needed for a decision.")
@click.option("--office", type=click.Choice(["statistics-office", "hub"]), default="hub", help="For whom you decide.", show_default=True)
@click.option("-o", "--output", metavar="DIR", type=options.PATH, help="Write the very files that would go out into a new folder, to look at them.")
@click.option("--seen", metavar="DIR", type=options.PATH, help="The folder that you looked at, as -o wrote it: you accept what lies in it.")
@options.as_json
@click.pass_obj
def command(  # noqa: PLR0913 - what a decision can be told
    session: Session,
    city: str,
    indicators: tuple[str, ...],
    decision: str | None,
    reason: str | None,
    office: str,
    output: Path | None,
    seen: Path | None,
    *,
    as_json: bool,
) -> None:
    """What would be published of a CITY, indicator by indicator, and what reviewers decided; with --accept or --return, decide.

    Write the files with -o, look at them, and accept what you saw with --accept --seen.

    Example: sdgcities --actor e.owusu data review GH1408 --accept --seen look --reason "Checked against the yearbook."
    """
    from sdgcities.cli.publish_view import Reviewing, review
    from sdgcities.registry.cities import find_city

    if (decision is None) != (reason is None):
        raise click.UsageError(session.text("A decision needs --accept or --return, and --reason."))
    if decision == "accept" and seen is None:
        raise click.UsageError(session.text("Name the folder that you looked at: --seen DIR. It is written by: sdgcities data review CITY -o DIR."))
    if seen is not None and decision is None:
        raise click.UsageError(session.text("--seen belongs to a decision: --accept or --return."))
    asked = Reviewing(find_city(session.catalogue, city), indicators, decision, reason or "", office, output, seen)
    review(session, asked, as_json=as_json)
