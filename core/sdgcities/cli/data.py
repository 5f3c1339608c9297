"""`sdgcities data`: observations in."""

from __future__ import annotations

from pathlib import Path

import click

from sdgcities.cli import options
from sdgcities.cli.base import TranslatedGroup
from sdgcities.cli.data_views import register
from sdgcities.cli.output import shown_path
from sdgcities.cli.session import Session


@click.group("data", cls=TranslatedGroup)
def command() -> None:
    """Observations: in, shown, coverage and gaps.

    Example: sdgcities data import ghanapop.csv
    """


register(command)


@command.command("import")
@click.argument("path", metavar="FILE|DIR", type=options.PATH)
@click.option("--profile", metavar="P", help="How to read the file; otherwise the only profile that fits.")
@click.option("--dry-run", is_flag=True, help="Check everything, store nothing.")
@click.option("--accept-partial", is_flag=True, help="Store the good rows and keep the refused ones on record.")
@options.author
@options.as_json
@click.pass_obj
def import_data(session: Session, path: Path, profile: str | None, *, dry_run: bool, accept_partial: bool, author: str | None, as_json: bool) -> None:
    """Import a file of an office, or every CSV file of a folder. A finding that blocks stores nothing of its file.

    Example: sdgcities data import ghanapop.csv
    """
    from sdgcities.cli.import_view import import_data as as_data
    from sdgcities.cli.import_view import in_folder, told
    from sdgcities.tracks.data.importing import import_file
    from sdgcities.tracks.data.request import Request

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


@command.command("batches")
@options.as_json
@click.pass_obj
def list_batches(session: Session, *, as_json: bool) -> None:
    """List what was imported, newest first.

    Example: sdgcities data batches
    """
    from sdgcities.findings import msg
    from sdgcities.tracks.data.reverting import batches

    found = batches(session.hub)
    if as_json:
        session.json(found)
        return
    if not found:
        session.say(msg("Nothing was imported yet. Import a file: sdgcities data import FILE."))
        return
    rows = [
        (
            str(one["id"]),
            shown_path(one["file"]),
            one["profile"],
            str(one["stored"]),
            str(one["refused"]),
            session.when(one["at"]),
            one["actor"],
            str(one["reverts"] or ""),
        )
        for one in found
    ]
    session.table(("Batch", "File", "Profile", "Stored", "Refused", "When", "Entered by", "Takes back"), rows)


@command.command("revert")
@click.argument("batch", type=options.RECORD)
@click.pass_obj
def revert_batch(session: Session, batch: int) -> None:
    """Take a BATCH back: its observations return to what stood before. Nothing is deleted.

    Example: sdgcities data revert 2
    """
    from sdgcities.findings import msg
    from sdgcities.tracks.data.reverting import revert

    done = revert(session.hub, batch, session.acting)
    session.say(
        msg(
            "Batch %(n)s was taken back by batch %(new)s: %(back)s figures. %(left)s figures that a later batch had changed were left.",
            n=batch,
            new=done.batch,
            back=done.taken_back,
            left=done.left,
        )
    )
