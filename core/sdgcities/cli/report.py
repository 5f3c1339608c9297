"""`sdgcities report`."""

from __future__ import annotations

from pathlib import Path

import click

from sdgcities.cli.base import TranslatedGroup
from sdgcities.cli.session import Session


@click.group("report", cls=TranslatedGroup)
def command() -> None:
    """Reports for people.

    Example: sdgcities report city GH1408
    """


@command.command("city")
@click.argument("city")
@click.option("-o", "--output", metavar="FILE", type=click.Path(path_type=Path), help="Where to write it; otherwise into the hub's folder reports/.")
@click.pass_obj
def report_city(session: Session, city: str, output: Path | None) -> None:
    """Write the profile of a CITY as one HTML file: milestones, figures with their sources, gaps.

    Example: sdgcities --lang en report city GH1408 -o ho.html
    """
    from sdgcities.findings import msg  # noqa: PLC0415 - commands import late
    from sdgcities.registry.cities import find_city  # noqa: PLC0415
    from sdgcities.reports.city import city_report  # noqa: PLC0415
    from sdgcities.reports.render import render_city  # noqa: PLC0415

    where = find_city(session.catalogue, city)
    target = output or session.hub.folder / "reports" / f"{where.unit.id}.{session.language}.html"
    page = render_city(city_report(session.catalogue, where), session.translator, session.formats)
    target.parent.mkdir(parents=True, exist_ok=True)
    draft = target.with_name(f".{target.name}.new")  # a reader, or an interrupt, never meets half a page
    draft.write_text(page, encoding="utf-8")
    draft.replace(target)
    session.say(msg("Wrote %(file)s.", file=target))
