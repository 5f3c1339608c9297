"""`sdgcities data import`."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sdgcities.cli import options
from sdgcities.cli.base import TranslatedCommand
from sdgcities.cli.session import Session

if TYPE_CHECKING:
    from sdgcities.tracks.data.importing.request import Report


@click.command("import", cls=TranslatedCommand)
@click.argument("path", metavar="FILE|DIR|ZIP", type=options.PATH)
@click.option("--profile", metavar="P", help="How to read the file: the id of a profile, or the file of one; otherwise the only one that fits.")
@click.option("--unit", metavar="CODE", help="Of an Open SDG data repository: the city or country whose figures it has.")
@click.option("--dry-run", is_flag=True, help="Check everything, store nothing.")
@click.option("--accept-partial", is_flag=True, help="Store the good rows and files, and keep the refused ones on record.")
@options.justify
@options.author
@options.as_json
@click.pass_obj
def command(  # noqa: PLR0913 - one for each option
    session: Session,
    path: Path,
    profile: str | None,
    unit: str | None,
    justify: dict[str, str],
    *,
    dry_run: bool,
    accept_partial: bool,
    author: str | None,
    as_json: bool,
) -> None:
    """Import a file of an office, or every table of a folder or ZIP archive as one batch. A finding that blocks stores nothing.

    A data repository of Open SDG is known as such: its indicators, dimensions, metadata and settings come in with its figures.

    Example: sdgcities data import ghanapop.csv
    """
    from sdgcities.cli.import_view import print_import, reports_data
    from sdgcities.cli.progress_bar import rows_read
    from sdgcities.exchange.opensdg.recognising import has_profile, meant
    from sdgcities.exchange.recognising import FORMS
    from sdgcities.tracks.data.importing.contents import is_collection
    from sdgcities.tracks.data.importing.folder import import_folder
    from sdgcities.tracks.data.importing.request import FolderReport, Request
    from sdgcities.tracks.data.importing.run import import_file

    request = Request(path, session.acting, session.person(author), profile, dry_run, accept_partial, justify, forms=FORMS)
    with rows_read(session.text("Rows read"), wanted=not as_json) as progress:
        request = replace(request, progress=progress)
        report: Report | FolderReport
        if meant(path, profile, unit, lambda: has_profile(session.catalogue, path)):
            from sdgcities.exchange.opensdg.importing import import_repository

            report = import_repository(session.catalogue, request, unit)
        else:
            report = import_folder(session.catalogue, request) if is_collection(path) else import_file(session.catalogue, request)
    if as_json:
        entries = reports_data(session, report, dry_run=dry_run)
        session.json(entries if isinstance(report, FolderReport) else entries[0])
    else:
        print_import(session, report, dry_run=dry_run)
    if report.blocked:
        click.get_current_context().exit(1)
