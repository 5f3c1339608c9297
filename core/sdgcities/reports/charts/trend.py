"""An indicator's course against its target: what was observed, what is aimed at, and the path that leads there from now."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from sdgcities.findings import Message, msg, nmsg
from sdgcities.model.statistics import Period
from sdgcities.reports.charts.chart import Chart, Table
from sdgcities.reports.charts.legend import Key, legend
from sdgcities.reports.charts.lines import SIZE, YEAR, Plot, grid, in_years, scale_of, shape_of, ticks_of, years
from sdgcities.reports.charts.palette import AROUND, INK, LETTER, OWN, svg
from sdgcities.reports.wording import Wording

WIDE = 380
"""Pixels of the plot."""
CROWDED = 24
"""From so many observations on their marks are small."""
AIM = AROUND[0]
PATH, LIMIT = "7 4", "2 3"
"""Dashes of the path needed, and of the natural limit."""


@dataclass(frozen=True, slots=True)
class Observed:
    """A value and the period it is of."""

    period: Period
    value: Decimal

    @property
    def at(self) -> float:
        """The first day in years, with their fraction."""
        return in_years(self.period.start)


@dataclass(frozen=True, slots=True)
class Trend:
    """What is drawn. `title` names indicator and place in the reader's language, `unit` is the id of the unit of measure (as in `Indicator.unit`).

    `observed` has at least one observation. `base` is the one that progress is measured from, None where there is none. `target` is to be
    reached by `target_year`; without a target both are None. `reached` says that the newest value does so, and that no path is needed.
    `limit` is the value that nature or arithmetic sets (100 per cent, zero), where one is known. `status` is the category in the
    reader's language, empty where none was computed.
    """

    title: str
    unit: str
    observed: Sequence[Observed]
    base: Observed | None = None
    target: Decimal | None = None
    target_year: int | None = None
    reached: bool = False
    limit: Decimal | None = None
    status: str = ""

    @property
    def aim(self) -> tuple[float, Decimal] | None:
        """Year and value of the target."""
        return None if self.target is None or self.target_year is None else (float(self.target_year), self.target)


def trend_chart(trend: Trend, wording: Wording) -> Chart:
    """The course with base, target, the path needed and the natural limit."""
    course = sorted(trend.observed, key=lambda one: one.period.recency)
    title = wording.message(msg("%(indicator)s (%(unit)s)", indicator=trend.title, unit=wording.unit(trend.unit)))
    keys = tuple(_keys(trend, course, wording))
    plot, body = _drawn(trend, course, wording)
    signs, across, down = legend(keys, 0, plot.y(plot.bottom) + 32)
    drawn = svg(max(plot.left + WIDE + YEAR / 2, across), down, body + signs)
    return Chart(title, _finding(keys, course, wording), drawn, _table(trend, course, title, wording))


def _drawn(trend: Trend, course: Sequence[Observed], wording: Wording) -> tuple[Plot, str]:
    times = [one.at for one in course] + ([trend.aim[0]] if trend.aim else [])
    values = [one.value for one in course] + [value for value in (trend.target, trend.limit, trend.base.value if trend.base else None) if value is not None]
    times += [trend.base.at] if trend.base else []
    bottom, top = scale_of([float(value) for value in values])
    ticks = [(tick, wording.formats.number(tick)) for tick in ticks_of(bottom, top)]
    plot = Plot(max(len(text) for _, text in ticks) * LETTER + 8, min(times), max(times), bottom, top, WIDE)
    frame = grid(ticks, plot) + years(sorted({int(at) for at in times}), plot)
    return plot, frame + _limit(trend, plot) + _aim(trend, course, plot) + _course(course, plot) + _base(trend, plot)


def _course(course: Sequence[Observed], plot: Plot) -> str:
    places = [_place(plot, one.at, one.value) for one in course]
    shape = shape_of(0, SIZE if len(course) < CROWDED else SIZE / 2)
    marks = "".join(f"M{place}{shape}" for place in places)
    return f'<path d="M{"L".join(places)}" fill="none" stroke="{OWN}" stroke-width="2"/><path d="{marks}" fill="{OWN}"/>'


def _base(trend: Trend, plot: Plot) -> str:
    return _ring(_place(plot, trend.base.at, trend.base.value)) if trend.base else ""


def _aim(trend: Trend, course: Sequence[Observed], plot: Plot) -> str:
    """The target, from its year to the end of the plot, and the path that leads to it while there is time."""
    if trend.aim is None:
        return ""
    (year, value), newest = trend.aim, course[-1]
    drawn = f'<path d="M{_place(plot, year, value)}H{plot.x(plot.last):.1f}" fill="none" stroke="{AIM}"/>' if year < plot.last else ""
    if _path_needed(trend, course):
        drawn += f'<path d="M{_place(plot, newest.at, newest.value)}L{_place(plot, year, value)}" {_dashed(AIM, PATH)}/>'
    return drawn + _diamond(_place(plot, year, value))


def _limit(trend: Trend, plot: Plot) -> str:
    return "" if trend.limit is None else f'<path d="M{plot.left:.1f} {plot.y(float(trend.limit)):.1f}h{WIDE}" {_dashed(INK, LIMIT)}/>'


def _path_needed(trend: Trend, course: Sequence[Observed]) -> bool:
    return trend.aim is not None and not trend.reached and trend.aim[0] > course[-1].at


def _place(plot: Plot, at: float, value: Decimal) -> str:
    return f"{plot.x(at):.1f} {plot.y(float(value)):.1f}"


def _ring(place: str) -> str:
    return f'<path d="M{place}{shape_of(0, 2 * SIZE)}" fill="none" stroke="{INK}" stroke-width="2"/>'


def _diamond(place: str) -> str:
    return f'<path d="M{place}{shape_of(3)}" fill="{AIM}"/>'


def _dashed(colour: str, dash: str) -> str:
    return f'fill="none" stroke="{colour}" stroke-width="2" stroke-dasharray="{dash}"'


def _keys(trend: Trend, course: Sequence[Observed], wording: Wording) -> Iterator[Key]:
    """What every sign means, with its figure: the legend, and what is read aloud."""
    if trend.status:
        yield Key("", wording.message(msg("Status: %(status)s", status=trend.status)), strong=True)
    for sign, meaning in _signs(trend, course, wording):
        yield Key(sign, wording.message(meaning))


def _signs(trend: Trend, course: Sequence[Observed], wording: Wording) -> Iterator[tuple[str, Message]]:
    def value(of: Decimal) -> str:
        return wording.isolated(wording.number(of, trend.unit))

    newest = course[-1]
    line = f'<path d="M-12 0h24" stroke="{OWN}" stroke-width="2"/><path d="M0 0{shape_of(0)}" fill="{OWN}"/>'
    yield line, msg("Newest observation: %(value)s in %(period)s", value=value(newest.value), period=wording.period(newest.period))
    if trend.base:
        yield _ring("0 0"), msg("Base: %(value)s in %(period)s", value=value(trend.base.value), period=wording.period(trend.base.period))
    if trend.aim:
        yield _diamond("0 0"), msg("Target: %(value)s in %(period)s", value=value(trend.aim[1]), period=str(trend.target_year))
    if _path_needed(trend, course):
        yield f'<path d="M-12 0h24" {_dashed(AIM, PATH)}/>', msg("Path needed from the newest observation to the target")
    if trend.limit is not None:
        yield f'<path d="M-12 0h24" {_dashed(INK, LIMIT)}/>', msg("Natural limit: %(value)s", value=value(trend.limit))


def _finding(keys: Sequence[Key], course: Sequence[Observed], wording: Wording) -> str:
    told = [key.text for key in keys]
    if len(course) > 1:
        told.append(wording.message(nmsg("%(n)s observation, in the table", "%(n)s observations, all in the table", len(course))))
    return f"{'; '.join(told)}."


def _table(trend: Trend, course: Sequence[Observed], title: str, wording: Wording) -> Table:
    def row(when: str, value: Decimal, what: str) -> tuple[str, ...]:
        return when, wording.number(value, trend.unit), what

    base, observed = wording.message(msg("base")), wording.message(msg("observed"))
    rows = [row(wording.period(one.period), one.value, base if one == trend.base else observed) for one in course]
    if trend.base and trend.base not in course:
        rows.insert(0, row(wording.period(trend.base.period), trend.base.value, base))
    if trend.aim:
        rows.append(row(str(trend.target_year), trend.aim[1], wording.message(msg("target"))))
    if trend.limit is not None:
        rows.append(row("", trend.limit, wording.message(msg("natural limit"))))
    headings = (wording.message(msg("Period")), wording.message(msg("Value")), wording.message(msg("What it is")))
    return Table(title, headings, tuple(rows), words=frozenset({0, 2}))
