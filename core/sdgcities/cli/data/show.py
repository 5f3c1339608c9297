"""`sdgcities data show`."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import click

from sdgcities.cli import options
from sdgcities.cli.base import TranslatedCommand
from sdgcities.cli.output import out, shown_path
from sdgcities.cli.session import Session
from sdgcities.findings import mark

if TYPE_CHECKING:
    from sdgcities.registry.figures import Figure
    from sdgcities.tracks.data.showing import Shown


@click.command("show", cls=TranslatedCommand)
@click.argument("place")
@click.argument("indicator", required=False)
@click.option("--period", metavar="P", help="A year, half-year, quarter, month, day or span, such as 2021 or 2019-03-01/2019-05-31; otherwise all.")
@options.as_json
@click.pass_obj
def command(session: Session, place: str, indicator: str | None, period: str | None, *, as_json: bool) -> None:
    """Show the figures of one INDICATOR for a PLACE (code or name) and where each came from; without INDICATOR, what there is.

    Example: sdgcities data show GH1408 GH-POP
    """
    if indicator is None:
        _overview(session, place, as_json=as_json)
        return
    figures = _figures(session, place, indicator, period)
    if as_json:
        session.json([_as_data(session, one) for one in figures])
        return
    for one in figures:
        _show(session, one)


def _overview(session: Session, place: str, *, as_json: bool) -> None:
    """Every indicator of which there are figures for the place."""
    from sdgcities.tracks.data.showing import held, labels

    unit, found = held(session.catalogue, place)
    if as_json:
        session.json([one.as_data() for one in found])
        return
    out(f"{session.place(unit)} ({unit.id})")
    rows = []
    for one in found:
        span = session.period(one.last) if one.first == one.last else f"{session.period(one.first)} - {session.period(one.last)}"
        split = labels(session.catalogue.dimensions, one.latest.dims)
        latest = f"{_value(session, one.latest)} ({session.period(one.latest.period)}{f', {split}' if split else ''})"
        rows.append((one.code, session.text(one.name), str(one.figures), span, latest, str(one.added_up or "")))
    headers = ("Code", "Name", "Figures", mark("Periods"), mark("Latest"), mark("Added up"))
    columns = len(headers) if any(one.added_up for one in found) else len(headers) - 1
    session.table(headers[:columns], [row[:columns] for row in rows])


def _show(session: Session, one: Shown) -> None:
    """A figure with where it came from, and what stood before it."""
    from sdgcities.findings import msg
    from sdgcities.reports.reference import unit_name

    figure = one.figure
    split = f" [{one.labels}]" if one.labels else ""
    flag = "" if figure.status == "A" else f" ({session.text('status')} {figure.status})"
    whose = (
        session.words(msg("%(name)s (until %(date)s)", name=session.place(one.unit), date=session.formats.date(one.unit.valid_to)))
        if one.unit.valid_to and not one.unit.kept
        else session.place(one.unit)
    )
    measure = "" if figure.value is None else f" {session.text(unit_name(figure.unit_measure))}"
    out(f"{whose} · {session.text(one.name)} · {session.period(figure.period)}{split}: {_value(session, figure)}{measure}{flag}")
    if figure.office:
        table = f": {session.text(figure.table)}" if figure.table else ""
        out(f"    {session.text(figure.office)}{table}{f' ({figure.licence})' if figure.licence else ''}")
    if figure.parts:
        _added_up(session, figure)
        return
    if figure.reason:
        out("    " + session.words(msg("Corrected: %(reason)s", reason=figure.reason)))
    else:
        file, place = _where(session, figure)
        by = f"{session.text('profile')} {figure.profile}"
        if one.method:
            by = session.words(msg("computed by the method %(method)s, version %(version)s", method=one.method[0], version=one.method[1]))
        out(f"    {shown_path(file)}, {place}, sha256 {figure.file_sha256[:12]}…, {by}")
    if one.summed:
        out("    " + session.text("The file's rows were added up to the place; the row is the first of them."))
    who = f"{session.text('entered by')} {figure.entered_by}, {session.text('answers for it')}: {figure.answers_for}"
    out(f"    {session.text('batch')} {figure.batch}, {session.when(figure.at)}, {who}, {session.text('revision')} {figure.revision}")
    for number, op, text, missing, batch in one.earlier:
        out(f"      {session.text('earlier')}: {session.text('revision')} {number} {op} {text or missing or ''} ({session.text('batch')} {batch})")


def _where(session: Session, figure: Figure) -> tuple[str, str]:
    """The file that a figure stands in, and where in it; of a repository of Open SDG the indicator's own file."""
    from sdgcities.exchange.opensdg.recognising import PROFILE

    row = f"{session.text('row')} {figure.row}"
    if figure.profile == PROFILE:
        return _in_repository(session, figure), row
    return figure.file, f"{session.text('sheet')} {figure.sheet}, {row}" if figure.sheet else row


def _in_repository(session: Session, figure: Figure) -> str:
    from sdgcities.exchange.opensdg.carried import data_file

    name = data_file(session.catalogue.hub, figure.indicator)
    return f"{figure.file}/{name}" if name else figure.file


def _as_data(session: Session, one: Shown) -> dict[str, object]:
    """As JSON shows it: the file by the name that is shown to people."""
    from sdgcities.exchange.opensdg.recognising import PROFILE

    data = one.as_data()
    if one.figure.profile == PROFILE:
        data["file"] = {**cast("dict[str, object]", data["file"]), "name": _in_repository(session, one.figure), "sheet": None}
    return data


def _value(session: Session, figure: Figure) -> str:
    return session.formats.number(figure.value) if figure.value is not None else session.word(figure.missing or "")


def _added_up(session: Session, figure: Figure) -> None:
    """What a sum was made of: each part with its file."""
    from sdgcities.findings import nmsg

    told = nmsg(
        "Added up from the figure of its %(n)s part; no office published the sum.",
        "Added up from the figures of its %(n)s parts; no office published the sum.",
        len(figure.parts),
    )
    out("    " + session.words(told))
    for part in figure.parts:
        assert part.value is not None
        if part.parts:
            sums = nmsg("added up from its %(n)s part", "added up from its %(n)s parts", len(part.parts))
            out(f"      {session.place(session.catalogue.unit(part.unit))} ({part.unit}): {session.formats.number(part.value)} · {session.words(sums)}")
            continue
        file, place = _where(session, part)
        name = session.place(session.catalogue.unit(part.unit))
        out(f"      {name} ({part.unit}): {session.formats.number(part.value)} · {shown_path(file)}, {place}, {session.text('batch')} {part.batch}")


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
        names = {"indicator": held[0].figure.indicator, "unit": held[0].unit.name, "period": period}
        periods = ", ".join(dict.fromkeys(str(one.figure.period) for one in held))
        told = msg("The hub holds no figure of %(indicator)s for %(unit)s in %(period)s.", **names)
        raise refuse("figure.period", told, msg("It holds figures of: %(periods)s.", periods=periods)) from none
