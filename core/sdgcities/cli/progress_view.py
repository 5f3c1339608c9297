"""Progress as text, as JSON and as a page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from pathlib import Path

from sdgcities.cli.city_view import with_former
from sdgcities.cli.output import out
from sdgcities.cli.session import Session
from sdgcities.findings import mark, msg
from sdgcities.methods.listed import methods
from sdgcities.model.statistics import Period, parse_period
from sdgcities.registry.cities import City
from sdgcities.reports.charts.trend import Observed, Trend, trend_chart
from sdgcities.reports.page import Block, Heading, Words, write_page
from sdgcities.reports.wording import Wording
from sdgcities.tracks.data.progress.judged import METHOD, Judged
from sdgcities.tracks.data.progress.told import sentences, status

ABOUT = mark(
    "The status follows the method %(method)s, version %(version)s: the growth since the base year beside the growth that the target asks for. It says how"
    " one indicator of one city has moved; it is no verdict on the city, and no city is put beside another."
)


def progress_data(session: Session, judged: Judged) -> dict[str, object]:
    """One indicator as JSON shows it."""
    found, wanted, goal = judged.progress, judged.needed, judged.goal
    target = {"value": goal.value, "year": goal.year, "source": goal.source, "status": goal.status.value, "own": goal.own} if goal else None
    needed = {"growth": wanted.growth, "value": wanted.value, "year": wanted.year} if wanted.growth is not None else None
    return {
        "unit": judged.unit,
        "indicator": judged.indicator.code,
        "series": list(judged.parts),
        "unit_measure": judged.unit_measure,
        "method": {"name": METHOD, "version": _version()},
        "base": _end(found.base),
        "current": _end(found.current),
        "target": target,
        "observed": found.observed,
        "required": found.required,
        "value": found.measured if found.ratio is None else found.ratio,
        "score": found.score,
        "category": found.category,
        "reason": session.words(found.reason) if found.reason else None,
        "needed": needed,
        "notes": [session.words(note) for note in judged.notes],
    }


def print_progress(session: Session, city: City, found: Sequence[Judged]) -> None:
    """The indicators one by one, by their codes."""
    out(with_former(session, city.unit))
    for judged in found:
        out("")
        out(f"{judged.indicator.code}  {session.text(judged.indicator.name)}: {session.text(status(judged))}")
        wording = _wording(session)
        for line in _lines(judged, wording):
            out(f"  {line}")
    if not found:
        session.say(msg("There is no figure of the city to look at. See: sdgcities data coverage."))
        return
    out("")
    session.say(msg(ABOUT, method=METHOD, version=_version()))


def write_progress(session: Session, city: City, found: Sequence[Judged], path: Path) -> None:
    """The same as a page, with a chart and a table of each indicator."""
    wording = _wording(session)
    title = wording.message(msg("Progress of the indicators of %(city)s", city=wording.place(city.unit)))
    blocks: list[Block] = [Words(wording.message(msg(ABOUT, method=METHOD, version=_version())))]
    for judged in found:
        blocks.append(Heading(f"{judged.indicator.code}  {wording.text(judged.indicator.name)}"))
        blocks.append(Words(wording.text(status(judged)), strong=True))
        blocks += [Words(line) for line in _lines(judged, wording)]
        if judged.points:
            blocks.append(trend_chart(_trend(judged, wording), wording))
    write_page(path, title, blocks, wording)


def _wording(session: Session) -> Wording:
    known = {code: item for items in session.catalogue.indicators.values() for code, item in items.items()}
    return Wording(session.translator, session.formats, known, session.catalogue.dimensions)


def _lines(judged: Judged, wording: Wording) -> Iterator[str]:
    def write(value: Decimal) -> str:
        return wording.number(value, judged.unit_measure)

    return (wording.message(message) for message in sentences(judged, write, wording.formats.percent))


def _trend(judged: Judged, wording: Wording) -> Trend:
    base, goal, aim = judged.progress.base, judged.goal, judged.indicator.aim
    return Trend(
        title=wording.text(judged.indicator.name),
        unit=judged.unit_measure,
        observed=[_observed(point) for point in judged.points],
        base=_observed(base) if base else None,
        target=goal.value if goal else None,
        target_year=goal.year if goal else None,
        reached=judged.progress.category == "target_achieved",
        limit=aim.limit if aim else None,
        status=wording.text(status(judged)),
    )


def _observed(point: tuple[int, Decimal]) -> Observed:
    return Observed(_year(point[0]), point[1])


def _year(year: int) -> Period:
    return parse_period(str(year))


def _end(point: tuple[int, Decimal] | None) -> dict[str, object] | None:
    return None if point is None else {"year": point[0], "value": point[1]}


def _version() -> str:
    return methods()[METHOD].version
