"""`sdgcities data progress`."""

from __future__ import annotations

from pathlib import Path

import click

from sdgcities.cli import options
from sdgcities.cli.base import TranslatedCommand
from sdgcities.cli.session import Session


@click.command("progress", cls=TranslatedCommand)
@click.argument("city")
@click.option("--indicator", "indicators", metavar="CODE", multiple=True, help="Only this indicator. May be given again.")
@click.option("--tag", metavar="TAG", help="Only the indicators that carry this tag.")
@click.option("--since", metavar="YEAR", type=click.IntRange(1900, 2100), help="The base year; otherwise 2015, or that of the indicator.")
@click.option("-o", "--output", metavar="FILE", type=options.PATH, help="Write a page with charts and tables: an HTML file.")
@options.as_json
@click.pass_obj
def command(session: Session, city: str, indicators: tuple[str, ...], tag: str | None, since: int | None, output: Path | None, *, as_json: bool) -> None:
    """How the indicators of a CITY have moved: base, newest value, target, status, and what would have to happen.

    Example: sdgcities data progress GH1408
    """
    from sdgcities.cli.progress_view import print_progress, progress_data, write_progress
    from sdgcities.findings import msg
    from sdgcities.registry.cities import find_city
    from sdgcities.tracks.data.progress.judged import city_progress

    one = find_city(session.catalogue, city)
    codes = {session.catalogue.indicator(code).code for code in indicators} or None
    if tag:
        wanted = session.catalogue.tag(tag)
        carrying = {code for code, item in session.catalogue.indicators[one.unit.country].items() if wanted.on(item)}
        codes = carrying if codes is None else codes & carrying
    found = city_progress(session.catalogue, one, codes, since)
    if output:
        write_progress(session, one, found, output)
    if as_json:
        session.json([progress_data(session, judged) for judged in found])
    elif output:
        session.say(msg("Wrote %(file)s.", file=output))
    else:
        print_progress(session, one, found)
