"""`sdgcities data`: observations in."""

from __future__ import annotations

from pathlib import Path

import click

from sdgcities.cli import options
from sdgcities.cli.base import TranslatedGroup
from sdgcities.cli.data_views import register
from sdgcities.cli.session import Session


@click.group("data", cls=TranslatedGroup)
def command() -> None:
    """Observations: in, shown, coverage and gaps.

    Example: sdgcities data import ghanapop.csv
    """


register(command)


@command.command("import")
@click.argument("path", metavar="FILE|DIR", type=click.Path(path_type=Path))
@click.option("--profile", metavar="P", help="How to read the file; otherwise the only profile that fits.")
@click.option("--dry-run", is_flag=True, help="Check everything, store nothing.")
@click.option("--accept-partial", is_flag=True, help="Store the good rows and keep the refused ones on record.")
@options.author
@options.as_json
@click.pass_obj
def import_data(session: Session, path: Path, profile: str | None, dry_run: bool, accept_partial: bool, author: str | None, as_json: bool) -> None:
    """Import a file of an office, or every CSV file of a folder. A finding that blocks stores nothing of its file.

    Example: sdgcities data import ghanapop.csv
    """
    from sdgcities.errors import refuse  # noqa: PLC0415 - commands import late
    from sdgcities.findings import Where, msg  # noqa: PLC0415
    from sdgcities.tracks.data.importing import Request, import_file  # noqa: PLC0415

    paths = sorted(path.glob("*.csv")) if path.is_dir() else [path]
    if not paths:
        raise refuse("import.folder", msg("The folder holds no CSV file."), msg("Name a file, or another folder."), Where(file=str(path)))
    entered_by, answers_for = session.acting, session.person(author)
    blocked = False
    results = []
    for one in paths:
        report = import_file(session.catalogue, Request(one, entered_by, answers_for, profile, dry_run, accept_partial))
        blocked = blocked or report.blocked
        if not as_json:
            session.show_findings(report.findings)
            session.say(_told(report, dry_run=dry_run))
        counts = {"rows_read": report.rows_read, "stored": 0 if dry_run else report.stored, "unchanged": report.unchanged, "refused": report.refused}
        found = [session.finding_data(finding) for finding in report.findings]
        results.append({"file": report.file, "sha256": report.sha256, "profile": report.profile, **counts, "findings": found})
    if as_json:
        session.json(results if path.is_dir() else results[0])
    if blocked:
        click.get_current_context().exit(1)


def _told(report, *, dry_run: bool):  # noqa: ANN001, ANN202
    from sdgcities.findings import msg  # noqa: PLC0415

    counts = {"file": report.file, "read": report.rows_read, "stored": report.stored, "unchanged": report.unchanged, "refused": report.refused}
    if report.blocked:
        return msg("%(file)s: nothing was stored.", **counts)
    if dry_run:
        return msg("%(file)s: %(read)s figures read; %(stored)s would be stored, %(unchanged)s are unchanged, %(refused)s refused. Nothing was stored.", **counts)
    if not report.stored:
        return msg("%(file)s: %(read)s figures read; the hub holds all of them already. Nothing was stored.", **counts)
    return msg(
        "%(file)s: %(read)s figures read, %(stored)s stored, %(unchanged)s unchanged, %(refused)s refused (batch %(batch)s).", **counts, batch=report.batch
    )


@command.command("batches")
@options.as_json
@click.pass_obj
def list_batches(session: Session, as_json: bool) -> None:
    """List what was imported, newest first.

    Example: sdgcities data batches
    """
    from sdgcities.tracks.data.reverting import batches  # noqa: PLC0415 - commands import late

    found = batches(session.hub)
    if as_json:
        session.json(found)
        return
    rows = [
        (str(one["id"]), one["file"], one["profile"], str(one["stored"]), str(one["refused"]), session.when(one["at"]), one["actor"], str(one["reverts"] or ""))
        for one in found
    ]
    session.table(("Batch", "File", "Profile", "Stored", "Refused", "When", "Entered by", "Takes back"), rows)


@command.command("revert")
@click.argument("batch", type=int)
@click.pass_obj
def revert_batch(session: Session, batch: int) -> None:
    """Take a BATCH back: its observations return to what stood before. Nothing is deleted.

    Example: sdgcities data revert 3
    """
    from sdgcities.findings import msg  # noqa: PLC0415 - commands import late
    from sdgcities.tracks.data.reverting import revert  # noqa: PLC0415

    done = revert(session.hub, batch, session.acting)
    session.say(
        msg(
            "Batch %(n)s was taken back by batch %(new)s: %(back)s observations; %(left)s were left, for a later batch had changed them.",
            n=batch,
            new=done.batch,
            back=done.taken_back,
            left=done.left,
        )
    )
