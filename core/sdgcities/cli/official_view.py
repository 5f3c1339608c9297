"""What an official list or a new contract changes, as text and as JSON, and whether it is to count."""

from __future__ import annotations

import csv
import io
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from sdgcities.cli.output import out
from sdgcities.cli.session import Session
from sdgcities.errors import refuse
from sdgcities.findings import Message, Where, msg, nmsg
from sdgcities.frameworks.differences import Change, Difference
from sdgcities.frameworks.lists import Entry, Listed
from sdgcities.frameworks.reading import CODE
from sdgcities.hub.lists import ListKind
from sdgcities.intake.formulas import quoted
from sdgcities.model.sources import Status
from sdgcities.recognition.claims import Claim
from sdgcities.recognition.revising import Standing, standing_under
from sdgcities.registry.official import Proposal, load, propose
from sdgcities.writing import put


def decide(session: Session, path: Path, *, dry_run: bool, yes: bool, as_json: bool) -> None:
    """Show what a file changes; let it count where that was said, or is said now."""
    proposal = propose(session.catalogue, path)
    standing = standing_under(session.catalogue, proposal.revisions)
    if not as_json:
        for line in _lines(session, proposal, standing):
            out(line)
        session.show_findings(proposal.unfit)
    loaded = proposal.changes and not dry_run and not proposal.unfit and (yes or (not as_json and _confirmed(session)))
    if loaded:
        load(session.catalogue, proposal, session.acting)
    if as_json:
        session.json(_data(session, proposal, standing, loaded=loaded))
    else:
        session.say(_ended(proposal, loaded=loaded, dry_run=dry_run))
    if proposal.unfit or (proposal.changes and not loaded and not dry_run):
        click.get_current_context().exit(1)


def write_template(session: Session, kind: str, target: Path, *, as_json: bool) -> None:
    """The list in force as a CSV file, in the form in which it can be loaded."""
    if target.exists():
        raise refuse("list.exists", msg("There is a file of this name already."), msg("Name another one with -o."), Where(file=str(target)))
    listed = Listed(kind)
    entries = getattr(session.hub.frameworks, kind).entries.values()
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow((CODE[listed], "title", "source", "status", "note", "until"))
    writer.writerows(map(quoted, (one.code, one.title, one.source, one.status.value, one.note, one.until)) for one in entries)
    put(target, text.getvalue().encode("utf-8-sig"))
    if as_json:
        session.json({"list": kind, "file": str(target), "rows": len(entries)})
    else:
        session.say(msg("Written: %(file)s. Change it, then: sdgcities contract load %(file)s --dry-run.", file=target))


def standing_of(session: Session, entry: Entry) -> str:
    """A row's title, and how settled it is where it is not official."""
    status = "" if entry.status is Status.OFFICIAL else f" [{session.word(entry.status)}]"
    return f"{entry.title or session.text('title not known')}{status}"


def _confirmed(session: Session) -> bool:
    """What a person at a terminal says; anywhere else nobody is there to ask."""
    return sys.stdin.isatty() and click.confirm(session.text("Let it count from now on?"), err=True)


def _ended(proposal: Proposal, *, loaded: bool, dry_run: bool) -> Message:
    if not proposal.changes:
        return msg("Nothing changes: what the file says is in force already.")
    if loaded:
        return msg("Loaded: %(kind)s, from %(file)s. It counts from now on.", kind=proposal.kind.value, file=proposal.path)
    if proposal.unfit:
        return msg("Not loaded: the contract stays as it is.")
    return msg("Nothing was changed.") if dry_run else msg("Not loaded. To let it count: sdgcities contract load %(file)s --yes.", file=proposal.path)


def _lines(session: Session, proposal: Proposal, standing: Standing) -> Iterator[str]:
    for one in proposal.differences:
        yield f"{session.word(one.change):<8}  {one.code}  {_told(session, one)}"
    for touched in proposal.touched:
        told = msg("%(indicator)s names %(code)s.", indicator=touched.indicator.code, code=touched.difference.code)
        yield f"  {session.words(told)}{_moved(session, touched.difference)}"
    for revision in proposal.revisions:
        title = " · ".join(part for part in (revision.milestone, session.word(revision.part), revision.what) if part)
        nothing = session.text("nothing")
        yield title
        yield f"    {session.text(revision.before) if revision.before else nothing} → {session.text(revision.now) if revision.now else nothing}"
    yield from _claims(session, proposal, standing)


def _told(session: Session, one: Difference) -> str:
    if one.old is None or one.new is None:
        return "".join(standing_of(session, entry) for entry in (one.old, one.new) if entry)
    before, now = {
        Change.STATUS: (session.word(one.old.status), session.word(one.new.status)),
        Change.SOURCE: (one.old.source, one.new.source),
        Change.MOVED: (standing_of(session, one.old), one.new.code),
        Change.ENDED: (standing_of(session, one.old), one.new.until),
    }.get(one.change, (standing_of(session, one.old), standing_of(session, one.new)))
    return f"{before} → {now}"


def _moved(session: Session, one: Difference) -> str:
    return " " + session.words(msg("It is %(code)s now.", code=one.new.code)) if one.change is Change.MOVED and one.new else ""


def _claims(session: Session, proposal: Proposal, standing: Standing) -> Iterator[str]:
    if proposal.kind is not ListKind.CONTRACT:
        return
    if standing.approved:
        told = nmsg("%(n)s approved claim stays as it is.", "%(n)s approved claims stay as they are.", len(standing.approved))
        yield session.words(told)
    for one in standing.waiting:
        parts = {"n": one.id, "milestone": one.milestone, "city": one.city, "version": one.contract_version}
        yield session.words(msg("Claim %(n)s (%(milestone)s, %(city)s) waits for a decision; it stands under version %(version)s.", **parts))


def _data(session: Session, proposal: Proposal, standing: Standing, *, loaded: bool) -> dict[str, object]:
    return {
        "list": proposal.kind.value,
        "file": str(proposal.path),
        "version": proposal.version,
        "sha256": proposal.sha256,
        "changes": proposal.changes,
        "loaded": loaded,
        "differences": [{"change": one.change.value, "code": one.code, "old": _entry(one.old), "new": _entry(one.new)} for one in proposal.differences],
        "indicators": [
            {"indicator": one.indicator.code, "code": one.difference.code, "now": one.difference.new.code if one.difference.new else None}
            for one in proposal.touched
        ],
        "revisions": [
            {"part": one.part.value, "milestone": one.milestone, "what": one.what, "before": one.before, "now": one.now} for one in proposal.revisions
        ],
        "claims": {"waiting": _numbers(standing.waiting), "approved": _numbers(standing.approved)},
        "findings": [session.finding_data(one) for one in proposal.unfit],
    }


def _entry(entry: Entry | None) -> dict[str, str] | None:
    return None if entry is None else {"title": entry.title, "source": entry.source, "status": entry.status.value, "note": entry.note, "until": entry.until}


def _numbers(claims: Sequence[Claim]) -> list[int]:
    return [one.id for one in claims]
