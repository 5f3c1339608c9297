"""From a report's series to its charts, each with its finding in words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from decimal import Decimal

from sdgcities.findings import msg, nmsg
from sdgcities.methods.series import Series
from sdgcities.model.statistics import Indicator
from sdgcities.reports.charts.chart import Chart
from sdgcities.reports.charts.lines import MOST_LINES, Dot, Line, in_years, line_chart
from sdgcities.reports.charts.matrix import Known, umf_matrix
from sdgcities.reports.charts.split import Split, split_chart
from sdgcities.reports.charts.trend import Observed, Trend, trend_chart
from sdgcities.reports.city import CityReport
from sdgcities.reports.figures import Breakdown, Cell, Entry
from sdgcities.reports.figures import Series as Figures
from sdgcities.reports.wording import STATUS, Wording
from sdgcities.tracks.data.progress.aims import Goal, rule_of


def over_time(indicator: Indicator, series: Sequence[Figures], wording: Wording) -> Chart:
    """Each series over its periods; of more than a chart can tell apart, the first, and the table has them all."""
    series = series[:MOST_LINES]
    lines = [Line(_short(one, wording), wording.dims(one.dims), one.place.own, tuple(_dot(one, cell, wording) for cell in one.valued)) for one in series]
    title = wording.message(msg("%(indicator)s (%(unit)s)", indicator=wording.text(indicator.name), unit=wording.unit(series[0].unit_measure)))
    finding = " ".join(_course(one, wording) for one in series)
    return Chart(title, finding, line_chart(lines, wording.formats.number))


def aimed(entry: Entry, goal: Goal | None, wording: Wording) -> Chart | None:
    """The city's own figures against the target of the indicator; None where there is none, or no single series to hold against it."""
    own = [series for series in entry.main if series.place.own and series.valued]
    if goal is None or len(own) != 1 or own[0].dims:
        return None
    (series,), indicator = own, entry.indicator
    observed = [Observed(cell.period, _value(cell)) for cell in series.valued]
    rule = rule_of(indicator, goal)
    base = next((one for one in observed[:-1] if one.period.end.year >= rule.base_year), None)
    reached = Series(rule).achieved(observed[-1].value)
    trend = Trend(wording.text(indicator.name), series.unit_measure, observed, base, goal.value, goal.year, reached=reached, limit=rule.limit)
    if goal.own:
        source = msg("Target that the city set itself: %(source)s.", source=goal.source)
    else:
        source = msg("Target of the national set: %(source)s (%(status)s).", source=wording.name(goal.source), status=STATUS[goal.status])
    return replace(trend_chart(trend, wording), notes=(wording.message(source),))


def compared(indicator: Indicator, breakdown: Breakdown, wording: Wording) -> Chart | None:
    """The parts of a place's figure in its newest periods; None where there is nothing to draw."""
    parts = breakdown.drawn
    if parts is None:
        return None
    periods = tuple(map(wording.period, parts.periods))
    unit, place = breakdown.series[0].unit_measure, wording.whose(breakdown.place)
    title = wording.message(
        msg(
            "%(indicator)s (%(unit)s): %(place)s, %(period)s, split by: %(dimension)s",
            indicator=wording.text(indicator.name),
            dimension=wording.split(breakdown.dimensions),
            unit=wording.unit(unit),
            place=place,
            period=wording.listed(periods),
        )
    )
    groups, second = tuple(map(wording.dims, parts.groups)), tuple(map(wording.dims, parts.second))
    heading = wording.split(tuple(dict.fromkeys(dimension for dims in parts.groups for dimension, _ in dims)))
    split = Split(title, unit, place, heading, groups, second or periods, parts.values, periods[0] if second else "", own=breakdown.place.own)
    return split_chart(split, wording)


def known_of_umf(report: CityReport, wording: Wording) -> Chart | None:
    """What the city knows of each cell of the UMF: an indicator counts in every cell that it is assigned to. None where none is assigned to any."""
    valued = {entry.indicator.code for domain in report.domains for entry in domain.entries if entry.own}
    reasons = {code for code, gap in report.baseline.gaps.items() if gap.reason} | set(report.baseline.not_applicable)
    by_cell: dict[str, list[str]] = defaultdict(list)
    for indicator in report.indicators.values():
        for cell in indicator.umf_cells:
            by_cell[cell].append(indicator.code)
    without, aims = reasons - valued, report.goals.keys()
    known = {cell: Known(len(codes), _among(codes, valued), _among(codes, aims), _among(codes, without)) for cell, codes in by_cell.items()}
    title = wording.message(msg("UMF domains and objectives: %(place)s", place=wording.place(report.city.unit)))
    return umf_matrix(title, known, wording) if known else None


def _among(codes: Sequence[str], held: AbstractSet[str]) -> int:
    return sum(code in held for code in codes)


def _course(series: Figures, wording: Wording) -> str:
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


def _short(series: Figures, wording: Wording) -> str:
    """The label beside a line: the place, with its end where its boundary changed."""
    unit = series.place.unit
    name, end = wording.place(unit), unit.valid_to
    return name if end is None or unit.kept else wording.message(msg("%(name)s (until %(year)s)", name=name, year=str(end.year)))


def _dot(series: Figures, cell: Cell, wording: Wording) -> Dot:
    return Dot(in_years(cell.period.start), float(_value(cell)), wording.value(cell, series.unit_measure))


def _value(cell: Cell) -> Decimal:
    assert cell.value is not None, "only observations with a value are drawn"
    return cell.value
