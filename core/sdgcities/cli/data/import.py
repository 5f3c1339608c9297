"""`sdgcities data import`."""

from __future__ import annotations

from pathlib import Path

import click

from sdgcities.cli import options
from sdgcities.cli.base import TranslatedCommand
from sdgcities.cli.session import Session


@click.command("import", cls=TranslatedCommand)
@click.argument("path", metavar="FILE|DIR", type=options.PATH)
@click.option("--profile", metavar="P", help="How to read the file; otherwise the only profile that fits.")
@click.option("--dry-run", is_flag=True, help="Check everything, store nothing.")
@click.option("--accept-partial", is_flag=True, help="Store the good rows and keep the refused ones on record.")
@options.author
@options.as_json
@click.pass_obj
def command(session: Session, path: Path, profile: str | None, *, dry_run: bool, accept_partial: bool, author: str | None, as_json: bool) -> None:
    """Import a file of an office, or every CSV file of a folder. A finding that blocks stores nothing of its file.

    Example: sdgcities data import ghanapop.csv
    """
    from sdgcities.cli.import_view import import_data as as_data
    from sdgcities.cli.import_view import in_folder, told
    from sdgcities.tracks.data.importing.request import Request
    from sdgcities.tracks.data.importing.run import import_file

    paths = in_folder(path) if path.is_dir() else [path]
    entered_by, answers_for = session.acting, session.person(author)
    reports = []
    for one in paths:
        report = import_file(session.catalogue, Request(one, entered_by, answers_for, profile, dry_run, accept_partial))
        reports.append(report)
        if not as_json:
            session.show_report(report.findings)
            session.say(told(report, dry_run=dry_run))
    if as_json:
        results = [as_data(session, report, dry_run=dry_run) for report in reports]
        session.json(results if path.is_dir() else results[0])
    if any(report.blocked for report in reports):
        click.get_current_context().exit(1)
