"""A figure split by one or two dimensions, in one period or in several."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from sdgcities.findings import msg
from sdgcities.reports.charts.bars import Bar, bar_chart
from sdgcities.reports.charts.chart import Chart, Table
from sdgcities.reports.charts.dots import Group, dot_chart
from sdgcities.reports.wording import Wording

FEW = 4


@dataclass(frozen=True, slots=True)
class Split:
    """What is drawn, in the reader's language. `title` holds the unit of measure in words, `unit` is its id, `heading` names the dimension of the groups.

    `groups` are its parts; `series` the periods, the newest first, or the parts of a second dimension, of which `period` then says the period.
    `values` are by group and series, as many as there are. `own` is the colour of the place that the report is about.
    """

    title: str
    unit: str
    place: str
    heading: str
    groups: tuple[str, ...]
    series: tuple[str, ...]
    values: Mapping[tuple[int, int], Decimal]
    period: str = ""
    own: bool = True


def split_chart(split: Split, wording: Wording) -> Chart:
    """Bars of one series, each with its value; dots of several, with the value of the first at the end of each line."""
    written = {place: wording.isolated(wording.number(value, split.unit)) for place, value in split.values.items()}
    finding = " ".join(_told(split, number, written, wording) for number in range(len(split.series)))
    return Chart(split.title, finding, _drawn(split, written, wording), _table(split, written))


def _drawn(split: Split, written: Mapping[tuple[int, int], str], wording: Wording) -> str:
    if len(split.series) == 1:
        bars = [Bar(group, float(split.values[number, 0]), written[number, 0]) for number, group in enumerate(split.groups) if (number, 0) in written]
        return bar_chart(bars, own=split.own)
    groups = [Group(group, tuple(_values(split, number)), "" if split.period else written.get((number, 0), "")) for number, group in enumerate(split.groups)]
    first = msg("%(series)s (values at the end of the lines)", series=split.series[0])
    series = split.series if split.period else (wording.message(first), *split.series[1:])
    return dot_chart(groups, series, wording.formats.number)


def _values(split: Split, group: int) -> Iterator[float | None]:
    for series in range(len(split.series)):
        value = split.values.get((group, series))
        yield None if value is None else float(value)


def _told(split: Split, series: int, written: Mapping[tuple[int, int], str], wording: Wording) -> str:
    """A few parts each by name; of more the highest and the lowest, the others are in the table."""
    held = [number for number in range(len(split.groups)) if (number, series) in written]
    names = [split.period, split.series[series]] if len(split.series) > 1 or not split.period else [split.period]
    period = wording.listed(name for name in names if name)
    if len(held) <= FEW:
        told = "; ".join(f"{wording.isolated(split.groups[number])} {written[number, series]}" for number in held)
        return wording.message(msg("%(place)s, %(period)s: %(parts)s.", place=split.place, period=period, parts=told))
    held.sort(key=lambda number: split.values[number, series])
    text = msg(
        "%(place)s, %(period)s: the highest value is %(most)s (%(high)s), the lowest %(least)s (%(low)s).",
        place=split.place,
        period=period,
        high=split.groups[held[-1]],
        most=written[held[-1], series],
        low=split.groups[held[0]],
        least=written[held[0], series],
    )
    return wording.message(text)


def _table(split: Split, written: Mapping[tuple[int, int], str]) -> Table:
    series = range(len(split.series))
    rows = tuple((group, *(written.get((number, one), "\N{EN DASH}") for one in series)) for number, group in enumerate(split.groups))
    return Table(split.title, (split.heading, *split.series), rows)
