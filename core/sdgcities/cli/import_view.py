"""What an import did, as text and as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from sdgcities.cli.output import shown_path
from sdgcities.cli.session import Session
from sdgcities.findings import Message, msg, nmsg
from sdgcities.tracks.data.importing.placing import PlacedIndicator, Placement
from sdgcities.tracks.data.importing.request import FolderReport, Report

FEW = 5
"""Names that a sentence lists."""


def print_import(session: Session, report: Report | FolderReport, *, dry_run: bool) -> None:
    """What was found and done, file by file, and where the new figures show."""
    if isinstance(report, FolderReport):
        for one in report.reports:
            session.show_report(one.findings)
            if one.blocked or not report.blocked:
                session.say(told(one, dry_run=dry_run))
    session.show_report(report.findings)
    session.say(told_of_folder(report, dry_run=dry_run) if isinstance(report, FolderReport) else told(report, dry_run=dry_run))
    for sentence in where_shown(session, report.shows) if report.shows else ():
        session.say(sentence)


def reports_data(session: Session, report: Report | FolderReport, *, dry_run: bool) -> list[dict[str, object]]:
    """One entry a file, of a single file as of a folder."""
    return folder_data(session, report, dry_run=dry_run) if isinstance(report, FolderReport) else [import_data(session, report, dry_run=dry_run)]


def told(report: Report, *, dry_run: bool) -> Message:
    """What was done, in a sentence."""
    counts = {"read": report.rows_read, "stored": report.stored, "unchanged": report.unchanged, "refused": report.refused}
    file = Path(report.file)
    if report.blocked or not report.sha256:
        return msg("%(file)s: nothing was stored.", file=file)
    if dry_run:
        return msg(
            "%(file)s: %(read)s figures read: %(stored)s would be stored, %(unchanged)s are here already, %(refused)s would be refused. Nothing was stored.",
            file=file,
            **counts,
        )
    if not report.stored and report.batch is None:
        return msg("%(file)s: %(read)s figures read: the hub holds all of them already. Nothing was stored.", file=file, **counts)
    if report.batch is None:
        return msg("%(file)s: %(read)s figures read, and none stored: another file of the folder is blocked.", file=file, **counts)
    return msg(
        "%(file)s: %(read)s figures read: %(stored)s stored, %(unchanged)s here already, %(refused)s refused (batch %(batch)s).",
        file=file,
        batch=report.batch,
        **counts,
    )


def told_of_folder(report: FolderReport, *, dry_run: bool) -> Message:
    """What was done with a folder, in a sentence."""
    file, files = Path(report.file), len(report.reports)
    if report.blocked:
        return msg("%(file)s: nothing was stored of any file.", file=file)
    if dry_run:
        return nmsg(
            "%(file)s: %(n)s file read: %(stored)s figures would be stored. Nothing was stored.",
            "%(file)s: %(n)s files read: %(stored)s figures would be stored. Nothing was stored.",
            files,
            file=file,
            stored=report.stored,
        )
    if report.batch is None:
        return msg("%(file)s: the hub holds all figures of its files already. Nothing was stored.", file=file)
    return nmsg(
        "%(file)s: %(n)s file read: %(stored)s figures stored (batch %(batch)s).",
        "%(file)s: %(n)s files read: %(stored)s figures stored (batch %(batch)s).",
        files,
        file=file,
        stored=report.stored,
        batch=report.batch,
    )


def where_shown(session: Session, shows: Placement) -> Iterator[Message]:
    """In a few sentences, where the new figures show."""
    codes = ", ".join(one.code for one in shows.indicators[:FEW]) + (", …" if len(shows.indicators) > FEW else "")
    yield nmsg(
        "%(figures)s figures of %(codes)s for %(n)s place.",
        "%(figures)s figures of %(codes)s for %(n)s places.",
        shows.units,
        figures=shows.figures,
        codes=codes,
    )
    yield from _in_reports(session, shows)
    yield from _counted(shows.indicators)
    if split := dict.fromkeys(name for one in shows.indicators for dimensions in one.split for name in dimensions.split(", ")):
        number = sum(count for one in shows.indicators for count in one.split.values())
        named = ", ".join(session.text(shows.dimensions.get(one, one)) for one in list(split)[:FEW]) + (", …" if len(split) > FEW else "")
        yield msg("%(n)s of them are split (%(split)s): they stand in the report's tables and charts below the total.", n=number, split=named)
    if shows.older:
        yield nmsg(
            "%(n)s series is older than what the hub holds: the headline of a report stays the newest figure.",
            "%(n)s series are older than what the hub holds: the headline of a report stays the newest figure.",
            shows.older,
        )
    if shows.ended:
        yield nmsg(
            "%(n)s place has ended: the report of what followed it shows the figures under its old name.",
            "%(n)s places have ended: the reports of what followed them show the figures under their old names.",
            len(shows.ended),
        )


def _in_reports(session: Session, shows: Placement) -> Iterator[Message]:
    if shows.cities:
        names = ", ".join(session.place(unit) for unit in shows.cities[:FEW]) + (", …" if len(shows.cities) > FEW else "")
        yield nmsg("In the report of %(n)s city: %(names)s.", "In the reports of %(n)s cities: %(names)s.", len(shows.cities), names=names)
    elif not shows.around:
        yield msg("In the report of no city yet: none that takes part has such a figure.")
    if shows.around:
        names = ", ".join(dict.fromkeys(session.place(unit) for unit in shows.around[:FEW]))
        yield msg("Figures of places that cities lie in (%(names)s) show in a city's report where it has none of its own.", names=names)
    if shows.elsewhere and shows.indicators:
        unit = shows.elsewhere[0]
        yield nmsg(
            "%(n)s place takes no part; its figures: sdgcities data show %(unit)s.",
            "%(n)s places take no part; their figures, one by one: sdgcities data show %(unit)s.",
            len(shows.elsewhere),
            unit=unit,
        )


def _counted(indicators: Sequence[PlacedIndicator]) -> Iterator[Message]:
    for core, text in (
        (True, msg("In the national core, so coverage and milestones count them: %(codes)s.")),
        (False, msg("Not in the national core, so neither coverage nor milestones count them: %(codes)s.")),
        (None, msg("Of no plugin of this hub any more, shown by data show only: %(codes)s.")),
    ):
        if codes := [one.code for one in indicators if one.core is core]:
            yield msg(text.text, codes=", ".join(codes[:FEW]) + (", …" if len(codes) > FEW else ""))


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
        "shows": report.shows.as_data() if report.shows else None,
        "findings": [session.finding_data(finding) for finding in report.findings],
    }


def folder_data(session: Session, report: FolderReport, *, dry_run: bool) -> list[dict[str, object]]:
    """One entry a file, each with the batch of the whole and, as `part`, its own; what is found of the whole stands with the last."""
    found = [session.finding_data(finding) for finding in report.findings]
    if not report.reports:
        alone = Report(report.file, report.sha256, "", 0, 0, 0, 0, report.findings, None)
        return [import_data(session, alone, dry_run=dry_run)]
    entries = []
    for one in report.reports:
        entry = import_data(session, one, dry_run=dry_run)
        stored = 0 if dry_run or report.batch is None else one.stored
        entries.append({**entry, "stored": stored, "part": one.batch, "batch": report.batch, "shows": report.shows.as_data() if report.shows else None})
    entries[-1]["findings"] = [*(session.finding_data(finding) for finding in report.reports[-1].findings), *found]
    return entries
