"""A course against its target: every sign explained, every figure in words or in the table."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.reports.charts.seeing import ENGLISH, drawing, rows, said, speaking, texts_apart

from sdgcities.model.statistics import parse_period
from sdgcities.reports.charts.chart import Chart
from sdgcities.reports.charts.trend import Observed, Trend, trend_chart
from sdgcities.reports.signs import visible

TITLE = "Households with safely managed drinking water"


def at(period: str, value: str) -> Observed:
    return Observed(parse_period(period), Decimal(value))


def yearly(*values: str) -> list[Observed]:
    return [at(str(2010 + year), value) for year, value in enumerate(values)]


FULL = Trend(TITLE, "percent", yearly("40", "45.5", "52"), at("2010", "40"), Decimal(80), 2030, limit=Decimal(100), status="acceleration needed")


def test_the_words_say_what_the_drawing_shows() -> None:
    assert said(trend_chart(FULL, ENGLISH)) == (
        "Households with safely managed drinking water (per cent). Status: acceleration needed; Newest observation: 52% in 2012; Base: 40% in 2010; "
        "Target: 80% in 2030; Path needed from the newest observation to the target; Natural limit: 100%; 3 observations, all in the table."
    )


def test_the_table_has_every_observation_the_target_and_the_limit() -> None:
    assert rows(trend_chart(FULL, ENGLISH)) == [
        ("2010", "40%", "base"),
        ("2011", "45.5%", "observed"),
        ("2012", "52%", "observed"),
        ("2030", "80%", "target"),
        ("", "100%", "natural limit"),
    ]


def test_the_axis_always_has_the_first_year_and_that_of_the_target() -> None:
    course = [at(year, value) for year, value in (("2015", "5"), ("2018", "7"), ("2020", "9"))]
    chart = trend_chart(Trend(TITLE, "percent", course, target=Decimal(50), target_year=2050), ENGLISH)
    assert [box.text for box in texts_apart(chart) if re.fullmatch(r"20\d\d", box.text)] == ["2015", "2020", "2050"]


def test_the_legend_says_in_the_drawing_what_the_words_say() -> None:
    texts = [box.text for box in texts_apart(trend_chart(FULL, ENGLISH))]
    assert texts[-6:] == [part.removesuffix(".") for part in said(trend_chart(FULL, ENGLISH)).partition(". ")[2].split("; ")[:6]]


def dashed(chart: Chart) -> list[str]:
    return [path.attributes["stroke-dasharray"] for path in drawing(chart).all("path") if "stroke-dasharray" in path.attributes]


def test_the_path_and_the_limit_are_dashed_each_in_its_own_way() -> None:
    found = dashed(trend_chart(FULL, ENGLISH))
    assert len(found) == 4  # each in the plot and in the legend
    assert len(set(found)) == 2


@pytest.mark.parametrize(
    "changed",
    [
        Trend(TITLE, "percent", yearly("40", "85"), target=Decimal(80), target_year=2030, reached=True),
        Trend(TITLE, "percent", yearly("40", "60"), target=Decimal(80), target_year=2011),
        Trend(TITLE, "percent", yearly("40", "60"), target=Decimal(80), target_year=2005),
        Trend(TITLE, "percent", yearly("40")),
    ],
)
def test_no_path_leads_to_what_is_reached_or_past(changed: Trend) -> None:
    chart = trend_chart(changed, ENGLISH)
    assert dashed(chart) == []
    assert "Path needed" not in said(chart)
    texts_apart(chart)


def test_texts_are_those_of_the_readers_language() -> None:
    shown = visible(trend_chart(FULL, speaking("tr")).finding)
    assert "%45,5" not in shown  # in the table
    assert "%52" in shown
    assert any("%45,5" in row for row in rows(trend_chart(FULL, speaking("tr"))))


def places(chart: Chart) -> list[tuple[float, float]]:
    (line,) = (one for one in drawing(chart).all("path") if one.attributes.get("stroke") == "#005a9c" and "L" in one.attributes["d"])
    return [(float(x), float(y)) for x, y in re.findall(r"[ML](-?[\d.]+) (-?[\d.]+)", line.attributes["d"])]


numbers = st.decimals(-(10**12), 10**12, places=3) | st.decimals(-1, 1, places=9) | st.integers(0, 100).map(Decimal)


@given(
    st.lists(numbers, min_size=1, max_size=60),
    st.sampled_from(["A", "M"]),
    st.none() | numbers,
    st.integers(1990, 2060),
    st.none() | numbers,
    st.sampled_from(["", "limited progress", "a status in words that is far too long to stand in a single line of a legend, as some languages have it"]),
)
def test_whatever_the_values_nothing_is_lost_and_nothing_overlaps(
    values: Sequence[Decimal], freq: str, target: Decimal | None, year: int, limit: Decimal | None, status: str
) -> None:
    periods = [str(2000 + one) if freq == "A" else f"{2018 + one // 12}-{one % 12 + 1:02d}" for one in range(len(values))]
    observed = [Observed(parse_period(period), value) for period, value in zip(periods, values, strict=True)]
    chart = trend_chart(Trend(TITLE, "number", observed, observed[0], target, None if target is None else year, limit=limit, status=status), ENGLISH)
    texts_apart(chart)
    told = rows(chart)
    assert [row[1] for row in told[: len(values)]] == [ENGLISH.number(value, "number") for value in values]
    words = said(chart)
    for value in (values[0], values[-1], target, limit):
        assert value is None or ENGLISH.number(value, "number") in words
    if len(values) > 1:
        spots = places(chart)
        assert len(spots) == len(values)
        assert [x for x, _ in spots] == sorted(x for x, _ in spots)
        assert all(low[1] >= high[1] for low, high in ((spots[values.index(min(values))], spots[values.index(max(values))]),))
