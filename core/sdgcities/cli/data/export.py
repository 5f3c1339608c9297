"""`sdgcities data export`."""

from __future__ import annotations

from pathlib import Path

import click

from sdgcities.cli import options
from sdgcities.cli.base import TranslatedCommand
from sdgcities.cli.session import Session

FORMATS = ("csv", "xlsx", "geojson", "datapackage", "opensdg", "opensdg-site", "sdmx-csv", "sdmx-ml", "sdmx-ml-specific", "sdmx-structure")
"""Those of exchange/formats.py, so that the help loads none of them."""


@click.command("export", cls=TranslatedCommand)
@click.argument("places", nargs=-1)
@click.option("--to", "form", type=click.Choice(FORMATS), required=True, help="In which form.")
@click.option("-o", "--output", metavar="PATH", type=options.PATH, required=True, help="The file to write; the folder, where the form has several files.")
@click.option("--indicator", "indicators", metavar="CODE", multiple=True, help="Only this indicator. May be given again.")
@click.option("--languages", metavar="CODES", help="Languages of names and labels, such as en,es; otherwise the reader's.")
@click.option("--replace", is_flag=True, help="Replace what stands at PATH, where an export wrote it.")
@options.as_json
@click.pass_obj
def command(
    session: Session, places: tuple[str, ...], form: str, output: Path, indicators: tuple[str, ...], languages: str | None, *, replace: bool, as_json: bool
) -> None:
    """Write observations as they stand now, of all PLACES or of those named, in a form that other software reads.

    Example: sdgcities data export GH1408 --to csv -o ho.csv
    """
    from sdgcities.cli.export_view import Wanted, export

    named = (session.language,) if languages is None else tuple(languages.split(","))
    export(session, Wanted(places, indicators, form, output, named, replace), as_json=as_json)
