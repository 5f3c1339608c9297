"""`sdgcities data inbox`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from sdgcities.cli import options
from sdgcities.cli.base import TranslatedCommand
from sdgcities.cli.session import Session

if TYPE_CHECKING:
    from sdgcities.tracks.data.importing.inbox import Handled


@click.command("inbox", cls=TranslatedCommand)
@click.argument("folder", metavar="DIR", type=options.PATH)
@options.author
@options.as_json
@click.pass_obj
def command(session: Session, folder: Path, *, author: str | None, as_json: bool) -> None:
    """Take in a folder of files that offices sent, one by one, and write a receipt for each to send back: DIR/receipts.

    A file with a fault stores nothing and lies in DIR/returned afterwards, every other in DIR/taken. Each file is a batch of its own.

    Example: sdgcities data inbox inbox
    """
    from sdgcities.errors import Refused
    from sdgcities.exchange.recognising import FORMS
    from sdgcities.findings import msg
    from sdgcities.tracks.data.importing.inbox import RECEIPTS, Outcome, handle, waiting
    from sdgcities.tracks.data.importing.request import Request

    paths = waiting(folder)
    entries, returned = [], 0
    if paths:
        (folder / RECEIPTS).mkdir(exist_ok=True)  # before anything is stored that could not be told
    for path in paths:
        if not path.exists():  # somebody else is at the same folder
            continue
        handled = handle(session.catalogue, Request(path, session.acting, session.person(author), forms=FORMS))
        try:
            entry = _done(session, handled, as_json=as_json)
        except Refused:
            if path.exists():
                raise
            entry = None
        if entry is None:  # they took it away meanwhile, and told of it
            continue
        returned += handled.outcome is Outcome.RETURNED
        entries.append(entry)
    if as_json:
        session.json(entries)
    elif not entries:
        session.say(msg("No file waits in %(folder)s.", folder=folder))
    else:
        session.say(msg("%(taken)s taken, %(returned)s to be sent back.", taken=len(entries) - returned, returned=returned))
    if returned:
        click.get_current_context().exit(1)


def _done(session: Session, handled: Handled, *, as_json: bool) -> dict[str, object] | None:
    """Write the receipt, move the file, and say both; None where somebody else told of it.

    The receipt comes first: after an interrupt the file is simply handled again.
    """
    from sdgcities.cli.import_view import reports_data, told, told_of_folder
    from sdgcities.cli.receipt_view import receipt
    from sdgcities.findings import msg
    from sdgcities.intake.files import keepable, name_of
    from sdgcities.tracks.data.importing.inbox import Outcome, place_for_receipt, put_away
    from sdgcities.tracks.data.importing.request import FolderReport
    from sdgcities.writing import put

    report, text = handled.report, keepable(receipt(session, handled)).encode()
    written = place_for_receipt(handled.path.parent, name_of(handled.path))
    put(written, text)
    lies = put_away(handled)
    if lies is None:
        written.unlink()
        return None
    if not as_json:
        parts = report.reports if isinstance(report, FolderReport) else ()
        session.show_report([*(finding for part in parts for finding in part.findings), *report.findings])
        session.say(told_of_folder(report, dry_run=False) if isinstance(report, FolderReport) else told(report, dry_run=False))
        at = {"path": lies, "receipt": written}
        taken = msg("Taken: %(path)s. Receipt: %(receipt)s.", **at)
        session.say(taken if handled.outcome is Outcome.TAKEN else msg("To be sent back: %(path)s. Receipt: %(receipt)s.", **at))
        return {}
    files = reports_data(session, report, dry_run=False)
    return {"file": str(handled.path), "outcome": handled.outcome.value, "lies": str(lies), "receipt": str(written), "reports": files}
