"""`sdgcities report`."""

from __future__ import annotations

from pathlib import Path

import click

from sdgcities.cli import options
from sdgcities.cli.base import TranslatedGroup
from sdgcities.cli.session import Session


@click.group("report", cls=TranslatedGroup)
def command() -> None:
    """Reports for people.

    Example: sdgcities report city GH1408
    """


@command.command("city")
@click.argument("city")
@click.option("-o", "--output", metavar="FILE", type=options.PATH, help="Where to write it; otherwise into the hub's folder reports/.")
@click.pass_obj
def report_city(session: Session, city: str, output: Path | None) -> None:
    """Write the profile of a CITY as one HTML file: milestones, figures with their sources, gaps.

    Example: sdgcities --lang en report city GH1408 -o ho.html
    """
    from dataclasses import replace

    from sdgcities.findings import Severity, msg
    from sdgcities.registry.cities import find_city
    from sdgcities.reports.city import city_report
    from sdgcities.reports.page import put_page
    from sdgcities.reports.render import render_city, wording_of
    from sdgcities.reports.sections import sections_of

    where = find_city(session.catalogue, city)
    target = output or session.hub.folder / "reports" / f"{where.unit.id}.{session.language}.html"
    report = city_report(session.catalogue, where)
    sections = sections_of(report, wording_of(report, session.translator, session.formats))
    page = render_city(report, session.translator, session.formats, sections).encode()
    put_page(target, page)
    _record(session, where.unit.id, target, page)
    session.show_findings(replace(finding, severity=Severity.NOTE) for section in sections for finding in section.findings)
    session.say(msg("Wrote %(file)s.", file=target))


def _record(session: Session, city: str, target: Path, page: bytes) -> None:
    """Keep which figures the report can show, so that a correction can name it; nobody in particular acts where nobody is named."""
    import hashlib
    from dataclasses import replace

    from sdgcities.errors import Refused
    from sdgcities.findings import Severity
    from sdgcities.registry.reports_made import record_report

    try:
        record_report(session.hub.database, city, session.language, _within(session.hub.folder, target), hashlib.sha256(page).hexdigest(), session.acting)
    except Refused as unknown:
        session.show_findings(replace(finding, severity=Severity.NOTE) for finding in unknown.findings)


def _within(hub: Path, target: Path) -> str:
    """Where a report lies as seen from the hub's folder, which may be moved; elsewhere as it was typed."""
    folder, file = hub.resolve(), target.resolve()
    return file.relative_to(folder).as_posix() if file.is_relative_to(folder) else str(target)
