"""`sdgcities data gaps`."""

from __future__ import annotations

from pathlib import Path

import click

from sdgcities.cli import options
from sdgcities.cli.base import TranslatedCommand
from sdgcities.cli.session import Session


@click.command("gaps", cls=TranslatedCommand)
@click.argument("city")
@click.option("--xlsx", metavar="FILE", type=options.PATH, help="Write the gaps into a workbook, to be filled in by the offices.")
@click.option("--from", "source", metavar="FILE", type=options.PATH, help="Take such a workbook in, filled in.")
@click.option("--dry-run", is_flag=True, help="With --from: check everything, store nothing.")
@options.justify
@options.author
@options.as_json
@click.pass_obj
def command(
    session: Session, city: str, xlsx: Path | None, source: Path | None, justify: dict[str, str], author: str | None, *, dry_run: bool, as_json: bool
) -> None:
    """The indicators of the national core without a value for a CITY: why, what is planned, by whom and when.

    Example: sdgcities data gaps GH1408
    """
    from sdgcities.cli.gaps_view import print_gaps, take_in, write_sheet
    from sdgcities.registry.cities import find_city
    from sdgcities.tracks.data.coverage.taking_back import Sending

    if xlsx and source:
        raise click.UsageError(session.text("Give --xlsx or --from, not both."))
    one = find_city(session.catalogue, city)
    if source:
        take_in(session, one, Sending(source, session.acting, session.person(author), dry_run, justify), as_json=as_json)
    elif xlsx:
        write_sheet(session, one, xlsx, as_json=as_json)
    else:
        print_gaps(session, one, as_json=as_json)
