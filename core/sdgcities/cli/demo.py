"""`sdgcities demo`."""

from __future__ import annotations

from pathlib import Path

import click

from sdgcities.cli import options
from sdgcities.cli.base import TranslatedCommand
from sdgcities.cli.output import out
from sdgcities.cli.session import Session


@click.command("demo", cls=TranslatedCommand)
@click.argument("folder", metavar="[DIR]", type=options.PATH, default=Path("demo"))
@click.option("--country", "countries", metavar="C", multiple=True, help="Only this country: ISO code or plugin name. May be given again.")
@click.pass_obj
def command(session: Session, folder: Path, countries: tuple[str, ...]) -> None:
    """Build a sample hub from each plugin's real data and run the whole job, from import to report.

    Example: sdgcities demo demo/
    """
    from sdgcities.cli.demonstration import demonstrate, samples
    from sdgcities.findings import msg

    reports = [demonstrate(session, sample, folder / sample.manifest.name) for sample in samples(session.plugins_dir, countries)]
    out()
    for report in reports:
        out(session.words(msg("Done. Open the report in a browser: %(file)s", file=report)))
