"""`sdgcities data batches`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from sdgcities.cli import options
from sdgcities.cli.base import TranslatedCommand
from sdgcities.cli.output import out, shown_path
from sdgcities.cli.session import Session
from sdgcities.findings import mark, nmsg

if TYPE_CHECKING:
    from sdgcities.tracks.data.batches.comparing import Pair
    from sdgcities.tracks.data.batches.listing import Batch

FIRST = 20
"""Lines of a long list; --json has them all."""


@click.command("batches", cls=TranslatedCommand)
@click.argument("batch", type=options.RECORD, required=False)
@click.argument("other", type=options.RECORD, required=False)
@options.as_json
@click.pass_obj
def command(session: Session, batch: int | None, other: int | None, *, as_json: bool) -> None:
    """List what was imported, newest first; show one BATCH in full; hold it against an OTHER.

    Example: sdgcities data batches
    """
    if batch is None:
        _list(session, as_json=as_json)
    elif other is None:
        _show(session, batch, as_json=as_json)
    else:
        _compare(session, batch, other, as_json=as_json)


def _list(session: Session, *, as_json: bool) -> None:
    from sdgcities.findings import msg
    from sdgcities.tracks.data.batches.listing import as_line, listed

    found = listed(session.hub)
    if as_json:
        session.json([as_line(one) for one in found])
        return
    if not found:
        session.say(msg("Nothing was imported yet. Import a file: sdgcities data import FILE."))
        return
    rows = [
        (
            str(one.row["id"]),
            shown_path(one.row["file"]),
            str(one.files or ""),
            one.row["profile"],
            str(one.row["stored"]),
            str(one.row["refused"]),
            session.when(one.row["at"]),
            one.row["actor"],
            str(one.row["reverts"] or ""),
            str(one.reverted_by or ""),
        )
        for one in found
    ]
    session.table(("Batch", "File", "Files", "Profile", "Stored", "Refused", "When", "Entered by", "Takes back", "Taken back by"), rows)


def _show(session: Session, number: int, *, as_json: bool) -> None:
    from sdgcities.cli.import_view import where_shown
    from sdgcities.tracks.data.batches.listing import details

    found = details(session.catalogue, number)
    if as_json:
        session.json(found.as_data())
        return
    row = found.listed.row
    session.fields(
        [
            ("Batch", f"{number} ({session.word(found.listed.kind)})"),
            ("File", shown_path(row["file"])),
            ("SHA-256", row["file_sha256"]),
            ("Profile", row["profile"]),
            ("Reason", row["reason"]),
            ("When", session.when(row["at"])),
            ("Entered by", row["actor"]),
            ("Answers for it", row["answers_for"]),
            ("Read", str(row["rows_read"])),
            ("Stored", str(row["stored"])),
            ("Unchanged", str(row["unchanged"])),
            ("Refused", str(row["refused"])),
            ("Part of batch", str(row["part_of"] or "")),
            ("Takes back", str(row["reverts"] or "")),
            ("Taken back by", str(found.listed.reverted_by or "")),
            *_bounded(session, found),
        ]
    )
    _lists(session, found)
    for sentence in where_shown(session, found.shows) if found.shows.figures else ():
        session.say(sentence)


def _bounded(session: Session, found: Batch) -> list[tuple[str, str]]:
    """Of a batch of boundaries: of how many units they are, whose, and of when."""
    one = found.boundaries
    if one is None:
        return []
    table, licence = f": {session.text(one.table)}" if one.table else "", f" ({one.licence})" if one.licence else ""
    return [
        (mark("Boundaries"), session.words(nmsg("of %(n)s unit", "of %(n)s units", one.units))),
        (mark("Source"), f"{session.text(one.office)}{table}{licence} [{session.word(one.status)}]"),
        (mark("As of"), one.date),
    ]


def _lists(session: Session, found: Batch) -> None:
    """What is in the batch: files, indicators, figures it revised, refused rows, and reasons given."""
    if found.parts:
        out()
        session.table(("Batch", "File", "Profile", "Stored", "Refused"), [tuple(str(part[name]) for name in _PART) for part in found.parts])
    if found.contents:
        out()
        session.table(
            ("Indicator", "Figures", "Places", "From", "To"), [(one.indicator, str(one.figures), str(one.units), one.first, one.last) for one in found.contents]
        )
    if found.changes:
        out()
        rows = [(one.unit, one.indicator, one.dims, one.period, one.old or "-", one.new or "-") for one in found.changes[:FIRST]]
        session.table(("Place", "Indicator", "Split", "Period", "Before", "Now"), rows)
        _more(session, len(found.changes))
    if found.refused:
        out()
        places = [f"{one.sheet}/{one.row}" if one.sheet else str(one.row) for one in found.refused]
        refused = [(str(one.batch), place, one.code, one.message) for one, place in zip(found.refused[:FIRST], places, strict=False)]
        session.table(("Batch", "Row", "Code", "Refused because"), refused)
        _more(session, len(found.refused))
    if found.reasons:
        out()
        session.table(("Doubt", "About", "Reason", "Given by"), [(one.code, one.subject, one.reason, one.actor) for one in found.reasons])


_PART = ("id", "file", "profile", "stored", "refused")


def _compare(session: Session, first: int, second: int, *, as_json: bool) -> None:
    from sdgcities.findings import msg
    from sdgcities.tracks.data.batches.comparing import compare

    found = compare(session.catalogue, first, second)
    if as_json:
        session.json(found.as_data())
        return
    counts = {"equal": found.equal, "different": len(found.different), "one": len(found.only_first), "other": len(found.only_second)}
    text = msg(
        "Equal in both: %(equal)s. Different: %(different)s. Only in batch %(first)s: %(one)s. Only in batch %(second)s: %(other)s.",
        first=first,
        second=second,
        **counts,
    )
    out(session.words(text))
    for title, pairs in ((mark("Different"), found.different), (mark("Only in one"), [*found.only_first, *found.only_second])):
        if pairs:
            out()
            out(session.text(title))
            _pairs(session, pairs, first, second)


def _pairs(session: Session, pairs: Sequence[Pair], first: int, second: int) -> None:
    rows = [(one.unit, one.indicator, one.dims, one.period, one.first or "", one.second or "") for one in pairs[:FIRST]]
    named = [f"{session.text('Batch')} {number}" for number in (first, second)]
    session.table(("Place", "Indicator", "Split", "Period", *named), rows)
    _more(session, len(pairs))


def _more(session: Session, count: int) -> None:
    if count > FIRST:
        session.say(nmsg("%(n)s more; --json lists all.", "%(n)s more; --json lists all.", count - FIRST))
