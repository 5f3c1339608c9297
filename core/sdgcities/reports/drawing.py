"""From a report's series to its charts, each with its finding in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from sdgcities.findings import msg, nmsg
from sdgcities.model.statistics import Indicator, Period
from sdgcities.reports.bars import Bar, bar_chart
from sdgcities.reports.figures import Breakdown, Cell, Series
from sdgcities.reports.lines import MOST_LINES, Dot, Line, line_chart
from sdgcities.reports.wording import Wording

FEW = 4


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart with its title (the unit in it) and its finding in words."""

    title: str
    finding: str
    svg: str


def over_time(indicator: Indicator, series: Sequence[Series], wording: Wording) -> Chart:
    """Each series over its periods; of more than a chart can tell apart, the first, and the table has them all."""
    series = series[:MOST_LINES]
    lines = [Line(_short(one, wording), wording.dims(one.dims), one.place.own, tuple(_dot(one, cell, wording) for cell in one.valued)) for one in series]
    title = wording.message(msg("%(indicator)s (%(unit)s)", indicator=wording.text(indicator.name), unit=wording.unit(series[0].unit_measure)))
    finding = " ".join(_course(one, wording) for one in series)
    return Chart(title, finding, line_chart(lines, wording.formats.number))


def compared(indicator: Indicator, breakdown: Breakdown, wording: Wording) -> Chart | None:
    """The parts of a place's figure in one period; None where there is nothing to draw."""
    if breakdown.drawn is None:
        return None
    period, bars = breakdown.drawn
    unit = bars[0][0].unit_measure
    drawn = [Bar(wording.dims(series.dims), float(_value(cell)), wording.value(cell, unit)) for series, cell in bars]
    title = wording.message(
        msg(
            "%(indicator)s (%(unit)s): %(place)s, %(period)s, split by: %(dimension)s",
            indicator=wording.text(indicator.name),
            dimension=wording.split(breakdown.dimensions),
            unit=wording.unit(unit),
            place=wording.whose(breakdown.place),
            period=wording.period(period),
        )
    )
    return Chart(title, _parts(bars, period, wording), bar_chart(drawn, own=breakdown.place.own))


def _course(series: Series, wording: Wording) -> str:
    first, last = series.valued[0], series.valued[-1]
    text = nmsg(
        "%(series)s: %(value)s in %(period)s.",
        "%(series)s: %(first)s in %(start)s, %(value)s in %(period)s; %(n)s periods.",
        len(series.valued),
        series=wording.series(series),
        first=wording.value(first, series.unit_measure),
        start=wording.period(first.period),
        value=wording.value(last, series.unit_measure),
        period=wording.period(last.period),
    )
    return wording.message(text)


def _parts(bars: Sequence[tuple[Series, Cell]], period: Period, wording: Wording) -> str:
    """A few bars each by name; of more the highest and the lowest, the others are in the table."""
    place = wording.whose(bars[0][0].place)
    if len(bars) <= FEW:
        told = "; ".join(f"{wording.isolated(wording.dims(series.dims))} {wording.value(cell, series.unit_measure)}" for series, cell in bars)
        return wording.message(msg("%(place)s, %(period)s: %(parts)s.", place=place, period=wording.period(period), parts=told))
    ordered = sorted(bars, key=lambda bar: _value(bar[1]))
    (low, least), (high, most) = ordered[0], ordered[-1]
    text = msg(
        "%(place)s, %(period)s: the highest value is %(most)s (%(high)s), the lowest %(least)s (%(low)s).",
        place=place,
        period=wording.period(period),
        high=wording.dims(high.dims),
        most=wording.value(most, high.unit_measure),
        low=wording.dims(low.dims),
        least=wording.value(least, low.unit_measure),
    )
    return wording.message(text)


def _short(series: Series, wording: Wording) -> str:
    """The label beside a line: the place, with its end where its boundary changed."""
    unit = series.place.unit
    name, end = wording.place(unit), unit.valid_to
    return name if end is None or unit.kept else wording.message(msg("%(name)s (until %(year)s)", name=name, year=str(end.year)))


def _dot(series: Series, cell: Cell, wording: Wording) -> Dot:
    start = cell.period.start
    return Dot(start.year + (start.month - 1) / 12 + (start.day - 1) / 366, float(_value(cell)), wording.value(cell, series.unit_measure))


def _value(cell: Cell) -> Decimal:
    assert cell.value is not None, "only observations with a value are drawn"
    return cell.value
