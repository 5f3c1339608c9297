"""A figure by its parts: of one period as bars, of several or by two dimensions as dots."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st
from tests.reports.charts.seeing import ENGLISH, drawing, rows, said, texts_apart

from sdgcities.reports.charts.dots import SIZE, Group, dot_chart
from sdgcities.reports.charts.split import Split, split_chart

AGES = ("0 to 14 years", "15 to 64 years", "65 years and over")


def split(series: Sequence[str], values: Sequence[Sequence[str | None]], period: str = "") -> Split:
    held = {(group, one): Decimal(value) for group, row in enumerate(values) for one, value in enumerate(row) if value is not None}
    return Split("Poverty (per cent): Ho", "percent", "Ho", "Age", AGES[: len(values)], tuple(series), held, period)


def test_one_period_is_bars_with_their_values() -> None:
    chart = split_chart(split(("2021",), [["10"], ["12.5"], [None]]), ENGLISH)
    assert [box.text for box in texts_apart(chart)] == ["0 to 14 years", "10%", "15 to 64 years", "12.5%"]
    assert said(chart) == "Poverty (per cent): Ho. Ho, 2021: 0 to 14 years 10%; 15 to 64 years 12.5%."
    assert rows(chart) == [("0 to 14 years", "10%"), ("15 to 64 years", "12.5%"), ("65 years and over", "\N{EN DASH}")]


def test_several_periods_are_dots_and_each_is_told() -> None:
    chart = split_chart(split(("2021", "2010"), [["10", "20"], ["12.5", None], ["8", "9"]]), ENGLISH)
    assert "Ho, 2021: 0 to 14 years 10%; 15 to 64 years 12.5%; 65 years and over 8%." in said(chart)
    assert "Ho, 2010: 0 to 14 years 20%; 65 years and over 9%." in said(chart)
    texts = [box.text for box in texts_apart(chart)]
    assert "2021 (values at the end of the lines)" in texts
    assert {"10%", "12.5%", "8%"} <= set(texts)
    marks = [path.attributes["fill"] for path in drawing(chart).all("path") if "fill" in path.attributes]
    assert len(marks) == 5 + 2  # one for each value, one for each entry of the legend
    assert len(set(marks)) == 2


def test_two_dimensions_say_their_period() -> None:
    chart = split_chart(split(("Women", "Men"), [["10", "20"], ["12.5", "3"]], period="2021"), ENGLISH)
    assert "Ho, 2021, Women: 0 to 14 years 10%; 15 to 64 years 12.5%." in said(chart)
    assert "10%" not in [box.text for box in texts_apart(chart)]
    assert chart.table is not None
    assert chart.table.headings == ("Age", "Women", "Men")


values = st.none() | st.decimals(-(10**9), 10**9, places=2)


@given(st.integers(1, 5).flatmap(lambda wide: st.lists(st.lists(values, min_size=wide, max_size=wide), min_size=1, max_size=8)), st.booleans())
def test_every_value_drawn_stands_in_the_table_and_no_text_touches_another(held: list[list[Decimal | None]], second: bool) -> None:
    held[0][0] = Decimal("-1.5")
    for row in held[1:]:
        row[0] = row[0] or Decimal(7)
    series = tuple(f"series {number}" for number in range(len(held[0])))
    groups = tuple(f"a group with quite a long name {number}" for number in range(len(held)))
    cells = {(group, one): value for group, row in enumerate(held) for one, value in enumerate(row) if value is not None}
    chart = split_chart(Split("t", "number", "Ho", "Age", groups, series, cells, "2021" if second else ""), ENGLISH)
    texts_apart(chart)
    expected = [["\N{EN DASH}" if value is None else ENGLISH.number(value, "number") for value in row] for row in held]
    assert [list(row[1:]) for row in rows(chart)] == expected
    drawn = [one for one in drawing(chart).all() if one.tag in {"rect", "path"} and "fill" in one.attributes]
    assert len(drawn) == len(cells) + (len(series) if len(series) > 1 else 0)


def test_equal_values_of_three_series_do_not_hide_each_other() -> None:
    drawn = dot_chart([Group("All", (4.0, 4.0, 4.0))], ["2010", "2015", "2020"], str)
    tops = [float(y) for y in re.findall(r'<path d="M[0-9.]+ ([0-9.]+)[^"]*" fill="#', drawn)][:3]
    assert [below - above for above, below in pairwise(tops)] == [2 * SIZE + 1] * 2
