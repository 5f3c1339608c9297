"""What an import did, as text and as JSON."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from sdgcities.cli.output import shown_path
from sdgcities.cli.session import Session
from sdgcities.errors import refuse
from sdgcities.findings import Message, Where, msg
from sdgcities.tracks.data.importing.request import Report


def in_folder(folder: Path) -> Sequence[Path]:
    """The CSV files of a folder, by name. Refused where there is none."""
    found = sorted(path for path in folder.iterdir() if path.suffix.casefold() == ".csv")
    if not found:
        raise refuse("import.folder", msg("The folder holds no CSV file."), msg("Name a file, or another folder."), Where(file=str(folder)))
    return found


def told(report: Report, *, dry_run: bool) -> Message:
    """What was done, in a sentence."""
    counts = {"read": report.rows_read, "stored": report.stored, "unchanged": report.unchanged, "refused": report.refused}
    file = Path(report.file)
    if report.blocked:
        return msg("%(file)s: nothing was stored.", file=file)
    if dry_run:
        return msg(
            "%(file)s: %(read)s figures read: %(stored)s would be stored, %(unchanged)s are here already, %(refused)s would be refused. Nothing was stored.",
            file=file,
            **counts,
        )
    if not report.stored:
        return msg("%(file)s: %(read)s figures read: the hub holds all of them already. Nothing was stored.", file=file, **counts)
    return msg(
        "%(file)s: %(read)s figures read: %(stored)s stored, %(unchanged)s here already, %(refused)s refused (batch %(batch)s).",
        file=file,
        batch=report.batch,
        **counts,
    )


def import_data(session: Session, report: Report, *, dry_run: bool) -> dict[str, object]:
    """The same as JSON shows it."""
    return {
        "file": shown_path(report.file),
        "sha256": report.sha256,
        "profile": report.profile,
        "rows_read": report.rows_read,
        "stored": 0 if dry_run else report.stored,
        "unchanged": report.unchanged,
        "refused": report.refused,
        "batch": report.batch,
        "findings": [session.finding_data(finding) for finding in report.findings],
    }
