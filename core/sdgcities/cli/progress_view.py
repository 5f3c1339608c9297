"""Progress as text, as JSON and as a page."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from functools import partial
from pathlib import Path

from sdgcities.cli.city_view import with_former
from sdgcities.cli.output import out
from sdgcities.cli.session import Session
from sdgcities.findings import msg
from sdgcities.methods.thresholds import thresholds
from sdgcities.model.statistics import Direction, Period, parse_period, read_dimensions
from sdgcities.registry.cities import City
from sdgcities.reports.charts.chart import Chart, Table
from sdgcities.reports.charts.lines import MOST_LINES, Dot, Line, line_chart
from sdgcities.reports.charts.trend import Observed, Trend, trend_chart
from sdgcities.reports.page import Block, Heading, Words, write_page
from sdgcities.reports.reference import is_percent
from sdgcities.reports.wording import Wording
from sdgcities.tracks.data.progress.aims import rule_of
from sdgcities.tracks.data.progress.judged import METHOD, Judged
from sdgcities.tracks.data.progress.told import about, of_parts, sentences, status
from sdgcities.tracks.data.showing import labels


def progress_data(session: Session, judged: Judged) -> dict[str, object]:
    """One indicator as JSON shows it."""
    found, wanted, goal = judged.progress, judged.needed, judged.goal
    target = {"value": goal.value, "year": goal.year, "source": goal.source, "status": goal.status.value, "own": goal.own} if goal else None
    needed = {"growth": wanted.growth, "value": wanted.value, "year": wanted.year} if wanted.value is not None else None
    return {
        "unit": judged.unit,
        "indicator": judged.indicator.code,
        "series": [part.dims for part in judged.parts],
        "unit_measure": judged.unit_measure,
        "method": {"name": METHOD, "version": thresholds().version},
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
        for message in sentences(judged, _writes(session, judged.unit_measure), session.formats):
            out(f"  {session.words(message)}")
        for message in of_parts(judged, partial(labels, session.catalogue.dimensions), _writes(session, judged.unit_measure), session.formats):
            out(f"    {session.words(message)}")
    if not found:
        session.say(msg("There is no figure of the city to look at. See: sdgcities data coverage."))
        return
    out("")
    session.say(about())


def write_progress(session: Session, city: City, found: Sequence[Judged], path: Path) -> None:
    """The same as a page, with a chart and a table of each indicator."""
    wording = session.wording
    title = wording.message(msg("Progress of the indicators of %(city)s", city=wording.place(city.unit)))
    blocks: list[Block] = [Words(wording.message(about()))]
    for judged in found:
        blocks.append(Heading(f"{judged.indicator.code}  {wording.text(judged.indicator.name)}"))
        blocks.append(Words(wording.text(status(judged)), strong=True))
        blocks += [Words(line) for line in _lines(judged, wording)]
        if judged.points:
            blocks.append(trend_chart(_trend(judged, wording), wording))
        if judged.parts:
            blocks.append(_of_parts(judged, wording))
    write_page(path, title, blocks, wording)


def _lines(judged: Judged, wording: Wording) -> Iterator[str]:
    return (wording.message(message) for message in sentences(judged, _written(judged, wording), wording.formats))


def _of_parts(judged: Judged, wording: Wording) -> Chart:
    """The series of an indicator that has no total; of more than a drawing can tell apart, the first, and the table has them all."""
    written, label = _written(judged, wording), _label(wording)
    dots = [tuple(Dot(float(year), float(value), written(value)) for year, value in part.points) for part in judged.parts]
    lines = [Line(label(part.dims), "", not number, course) for number, (part, course) in enumerate(zip(judged.parts, dots, strict=True))]
    title = wording.message(msg("%(indicator)s (%(unit)s)", indicator=wording.text(judged.indicator.name), unit=wording.unit(judged.unit_measure)))
    finding = " ".join(map(wording.message, of_parts(judged, label, written, wording.formats)))
    rows = tuple((label(part.dims), str(year), written(value)) for part in judged.parts for year, value in part.points)
    headings = (wording.message(msg("Series")), wording.message(msg("Period")), wording.message(msg("Value")))
    return Chart(title, finding, line_chart(lines[:MOST_LINES], wording.formats.number), Table(title, headings, rows, words=frozenset({0, 1})))


def _label(wording: Wording) -> Callable[[str], str]:
    return lambda dims: wording.isolated(wording.dims(tuple(read_dimensions(dims).items())))


def _written(judged: Judged, wording: Wording) -> Callable[[Decimal], str]:
    return lambda value: wording.number(value, judged.unit_measure)


def _writes(session: Session, unit: str) -> Callable[[Decimal], str]:
    """How a terminal shows values of this unit."""
    return session.formats.percent if is_percent(unit) else session.formats.number


def _trend(judged: Judged, wording: Wording) -> Trend:
    base, goal = judged.progress.base, judged.goal
    return Trend(
        title=wording.text(judged.indicator.name),
        unit=judged.unit_measure,
        observed=[_observed(point) for point in judged.points],
        base=_observed(base) if base else None,
        target=goal.value if goal else None,
        target_year=goal.year if goal else None,
        reached=judged.progress.category == "target_achieved",
        limit=_limit(judged),
        status=wording.text(status(judged)),
    )


def _limit(judged: Judged) -> Decimal | None:
    """The natural limit, where it lies ahead: near it less growth is asked for."""
    rule, last = rule_of(judged.indicator, judged.goal), judged.points[-1][1]
    if rule.limit is None or not judged.progress.category:
        return None
    ahead = rule.limit >= last if rule.direction is Direction.HIGHER else rule.limit <= last
    return rule.limit if ahead or rule.two_sided else None


def _observed(point: tuple[int, Decimal]) -> Observed:
    return Observed(_year(point[0]), point[1])


def _year(year: int) -> Period:
    return parse_period(str(year))


def _end(point: tuple[int, Decimal] | None) -> dict[str, object] | None:
    return None if point is None else {"year": point[0], "value": point[1]}
