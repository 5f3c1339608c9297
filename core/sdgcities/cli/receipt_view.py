"""The receipt of a file that came in, as text to be sent back to whoever sent it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

from sdgcities.cli.import_view import told, told_of_folder, where_shown
from sdgcities.cli.output import one_line
from sdgcities.cli.session import Session
from sdgcities.findings import Finding, Message, Severity, msg
from sdgcities.intake.files import name_of, sha256_of
from sdgcities.tracks.data.importing.inbox import Handled
from sdgcities.tracks.data.importing.request import FolderReport, Report

R = TypeVar("R", Report, FolderReport)

MOST = 200
"""Findings that a receipt lists; the rest are counted."""


def receipt(session: Session, handled: Handled) -> str:
    """What came in, what was done with it, what is to be mended, and where the figures show. No path of this computer stands in it."""
    return "\n".join(one_line(line) for line in _lines(session, _as_sent(handled))) + "\n"


def _as_sent(handled: Handled) -> Handled:
    """The same with the names that the sender knows."""
    inbox, report = handled.path.parent, handled.report
    if isinstance(report, FolderReport):
        return replace(handled, report=_named(replace(report, reports=tuple(_named(one, inbox) for one in report.reports)), inbox))
    return replace(handled, report=_named(report, inbox))


def _named(report: R, inbox: Path) -> R:
    def sent(file: str) -> str:
        path = Path(file)
        return path.relative_to(inbox).as_posix() if path.is_relative_to(inbox) else file

    findings = tuple(replace(one, where=replace(one.where, file=sent(one.where.file))) if one.where.file else one for one in report.findings)
    return replace(report, file=sent(report.file), findings=findings)


def _lines(session: Session, handled: Handled) -> Iterator[str]:
    report = handled.report
    yield session.words(msg("Receipt of %(hub)s", hub=session.hub.config.name))
    yield ""
    yield session.words(msg("File: %(name)s", name=name_of(handled.path)))
    yield session.words(msg("Digest (SHA-256): %(digest)s", digest=sha256_of(handled.path)))
    yield session.words(msg("Handled: %(time)s, by %(actor)s", time=session.when(datetime.now(UTC).isoformat(timespec="seconds")), actor=session.acting.id))
    yield ""
    yield from (session.words(one) for one in _done(handled))
    wrong, notes = _sorted_out(handled)
    if wrong:
        yield from _listed(session, msg("To be mended, then please send the file again:"), wrong)
    if notes:
        yield from _listed(session, msg("Please note:"), notes)
    if report.shows is not None:
        yield ""
        yield from (session.words(sentence) for sentence in where_shown(session, report.shows))


def _done(handled: Handled) -> Iterator[Message]:
    report = handled.report
    if isinstance(report, FolderReport):
        yield from (told(one, dry_run=False) for one in report.reports)
        yield told_of_folder(report, dry_run=False)
    else:
        yield told(report, dry_run=False)


def _sorted_out(handled: Handled) -> tuple[list[Finding], list[Finding]]:
    """What keeps the file out, and what is only worth knowing."""
    report = handled.report
    parts = report.reports if isinstance(report, FolderReport) else ()
    found = [*(finding for part in parts for finding in part.findings), *report.findings]
    return [one for one in found if one.severity is not Severity.NOTE], [one for one in found if one.severity is Severity.NOTE]


def _listed(session: Session, heading: Message, findings: list[Finding]) -> Iterator[str]:
    yield ""
    yield session.words(heading)
    lines = list(dict.fromkeys(session.finding_line(finding) for finding in findings))  # a row of several figures is named once
    yield from (f"- {line}" for line in lines[:MOST])
    if len(lines) > MOST:
        yield session.words(msg("… and %(n)s more.", n=len(lines) - MOST))
