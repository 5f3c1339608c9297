"""`sdgcities data quality`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from sdgcities.cli import options
from sdgcities.cli.base import TranslatedCommand
from sdgcities.cli.output import out
from sdgcities.cli.session import Session

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sdgcities.tracks.data.quality.doubt import Doubt
    from sdgcities.tracks.data.quality.survey import Survey


@click.command("quality", cls=TranslatedCommand)
@click.argument("city", required=False)
@options.country
@click.option("--indicator", metavar="CODE", help="Only this indicator; otherwise all.")
@options.as_json
@click.pass_obj
def command(session: Session, city: str | None, country: str | None, indicator: str | None, *, as_json: bool) -> None:
    """Look at all figures, or those of one CITY: complete, in time, plausible, consistent? Doubts one by one; no score.

    Example: sdgcities data quality
    """
    from sdgcities.cli.progress_bar import rows_read
    from sdgcities.findings import msg
    from sdgcities.tracks.data.quality.survey import survey

    unit = session.catalogue.place(city).id if city else None
    code = session.catalogue.indicator(indicator).code if indicator else None
    where = session.country(country) if country else None
    with rows_read(session.text("Series looked at"), wanted=not as_json) as progress:
        found = survey(session.catalogue, unit=unit, country=where, indicator=code, progress=progress)
    if as_json:
        session.json(_as_data(session, found))
        return
    counted = [(session.text(one.of), str(one.checks), str(one.doubts), str(one.notes), str(one.justified)) for one in found.counts()]
    session.table(("Quality", "Checks", "Doubts", "Notes", "With a reason on record"), counted)
    _list(session, found.doubts)
    if found.justified:
        out("")
        session.say(msg("With a reason on record:"))
        _list(session, found.justified)


def _list(session: Session, doubts: Sequence[Doubt]) -> None:
    for doubt in doubts:
        out(f"{doubt.finding.code} · {session.finding_line(doubt.finding)}")


def _as_data(session: Session, found: Survey) -> dict[str, object]:
    from sdgcities.tracks.data.quality.checks import checks

    return {
        "summary": [{"of": one.of, "checks": one.checks, "doubts": one.doubts, "notes": one.notes, "justified": one.justified} for one in found.counts()],
        "checks": [
            {
                "code": check.id,
                "of": check.of,
                "severity": check.severity.value,
                **{name: session.text(text) for name, text in (("title", check.title), ("does", check.does), ("reason", check.reason), ("to_do", check.text))},
                "limits": {**check.numbers, **check.lists},
                "source": check.source.table,
                "status": check.status.value,
            }
            for check in checks().values()
            if not check.only
        ],
        "doubts": [_doubt(session, doubt) for doubt in (*found.doubts, *found.justified)],
    }


def _doubt(session: Session, doubt: Doubt) -> dict[str, object]:
    return {
        **session.finding_data(doubt.finding),
        "of": doubt.of,
        "subject": doubt.subject,
        "units": list(doubt.units),
        "indicator": doubt.indicator,
        "periods": list(doubt.periods),
        "reason": doubt.justified or None,
        "justified_at": doubt.justified_at or None,
    }
