"""`sdgcities data show`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from sdgcities.cli import options
from sdgcities.cli.base import TranslatedCommand
from sdgcities.cli.output import out, shown_path
from sdgcities.cli.session import Session

if TYPE_CHECKING:
    from sdgcities.tracks.data.showing import Shown


@click.command("show", cls=TranslatedCommand)
@click.argument("place")
@click.argument("indicator")
@click.option("--period", metavar="P", help="A year, quarter or month; otherwise all.")
@options.as_json
@click.pass_obj
def command(session: Session, place: str, indicator: str, period: str | None, *, as_json: bool) -> None:
    """Show the figures of one INDICATOR for a PLACE (code or name) and where each came from.

    Example: sdgcities data show GH1408 GH-POP
    """
    from sdgcities.findings import msg
    from sdgcities.reports.reference import unit_name

    figures = _figures(session, place, indicator, period)
    if as_json:
        session.json([one.as_data() for one in figures])
        return
    for one in figures:
        figure = one.figure
        value = session.formats.number(figure.value) if figure.value is not None else session.word(figure.missing or "")
        split = f" [{one.labels}]" if one.labels else ""
        flag = "" if figure.status == "A" else f" ({session.text('status')} {figure.status})"
        whose = (
            session.words(msg("%(name)s (until %(date)s)", name=session.place(one.unit), date=session.formats.date(one.unit.valid_to)))
            if one.unit.valid_to and not one.unit.kept
            else session.place(one.unit)
        )
        out(f"{whose} · {session.text(one.indicator.name)} · {figure.period}{split}: {value} {session.text(unit_name(figure.unit_measure))}{flag}")
        out(f"    {session.text(figure.office)}: {session.text(figure.table)} ({figure.licence or '-'})")
        place = f"{session.text('sheet')} {figure.sheet}, " * bool(figure.sheet) + f"{session.text('row')} {figure.row}"
        out(f"    {shown_path(figure.file)}, {place}, sha256 {figure.file_sha256[:12]}…, {session.text('profile')} {figure.profile}")
        if one.summed:
            out("    " + session.text("The file's rows were added up to the place; the row is the first of them."))
        who = f"{session.text('entered by')} {figure.entered_by}, {session.text('answers for it')}: {figure.answers_for}"
        out(f"    {session.text('batch')} {figure.batch}, {session.when(figure.at)}, {who}, {session.text('revision')} {figure.revision}")
        for number, op, text, missing, batch in one.earlier:
            out(f"      {session.text('earlier')}: {session.text('revision')} {number} {op} {text or missing or ''} ({session.text('batch')} {batch})")


def _figures(session: Session, place: str, indicator: str, period: str | None) -> list[Shown]:
    """The figures; refused where there are none of the period, with the periods that there are."""
    from sdgcities.errors import Refused, refuse
    from sdgcities.findings import msg
    from sdgcities.tracks.data.showing import shown

    try:
        return shown(session.catalogue, place, indicator, period)
    except Refused as none:
        if period is None or none.findings[0].code != "figure.none":
            raise
        held = shown(session.catalogue, place, indicator)
        names = {"indicator": held[0].indicator.code, "unit": held[0].unit.name, "period": period}
        periods = ", ".join(dict.fromkeys(str(one.figure.period) for one in held))
        told = msg("The hub holds no figure of %(indicator)s for %(unit)s in %(period)s.", **names)
        raise refuse("figure.period", told, msg("It holds figures of: %(periods)s.", periods=periods)) from none
