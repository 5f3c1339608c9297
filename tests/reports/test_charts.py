"""Charts: readable by everyone, in the reader's numbers, and drawn without a net."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.reports.reading import read

from sdgcities.i18n.formats import Formats
from sdgcities.reports.charts import lines as drawn_lines
from sdgcities.reports.charts import palette
from sdgcities.reports.charts.bars import Bar, bar_chart
from sdgcities.reports.charts.lines import Dot, Line, Plot, colours_of, label_heights, line_chart, ticks_of


def line(label: str, *values: str, own: bool = False) -> Line:
    return Line(label, "", own, tuple(Dot(2000 + year, float(value), value) for year, value in enumerate(values)))


def luminance(colour: str) -> float:
    parts = (int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5))
    red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("colour", [palette.OWN, palette.INK, *palette.AROUND])
def test_every_colour_that_carries_a_label_contrasts_with_white(colour: str) -> None:
    assert 1.05 / (luminance(colour) + 0.05) >= 4.5


def texts(drawn: str) -> list[str]:
    return [element.text for element in read(drawn).all("text")]


def english(value: Decimal) -> str:
    return Formats("en").number(value)


def test_the_citys_colour_is_its_own() -> None:
    assert palette.OWN not in line_chart([line("Volta", "1", "2"), line("Ghana", "3", "4")], english)
    assert colours_of([line("Ho", "1", "2", own=True), line("Ghana", "3", "4")]) == [palette.OWN, palette.AROUND[0]]


numbers = st.floats(-1e12, 1e12, allow_subnormal=False).map(lambda value: round(value, 3))


@given(st.lists(st.lists(numbers, min_size=2, max_size=30), min_size=1, max_size=drawn_lines.MOST_LINES))
def test_everything_lies_inside_the_drawing(values: list[list[float]]) -> None:
    root = read(line_chart([line(f"place {number}", *map(str, one)) for number, one in enumerate(values)], english))
    (frame,) = root.all("svg")
    width, height = float(frame.attributes["width"]), float(frame.attributes["height"])
    for text in root.all("text"):
        assert 0 <= float(text.attributes["x"]) <= width
        assert 0 <= float(text.attributes["y"]) <= height
    for path in root.all("path"):
        for x, y in re.findall(r"[ML](-?[\d.]+) (-?[\d.]+)", path.attributes["d"]):
            assert 0 <= float(x) <= width
            assert 0 <= float(y) <= height


@given(st.floats(-1e12, 0), st.floats(0.001, 1e12))
def test_the_grid_is_of_round_numbers_inside_the_scale(bottom: float, top: float) -> None:
    ticks = ticks_of(bottom, top)
    assert 2 <= len(ticks) <= 2 * drawn_lines.STEPS
    assert all(bottom * 1.001 <= float(tick) <= top * 1.001 for tick in ticks)
    assert 0 in ticks
    assert len({after - before for before, after in pairwise(ticks)}) <= 1


@pytest.mark.parametrize("values", [("40", "41"), ("-3", "5"), ("0", "0")])
def test_scales_hold_zero(values: Sequence[str]) -> None:
    assert {"0", "0.0"} & set(texts(line_chart([line("Ho", *values)], english)))


def test_labels_of_close_lines_do_not_touch() -> None:
    lines = [line(name, "0", value) for name, value in (("a", "50"), ("b", "50.1"), ("c", "50.2"), ("d", "0"))]
    heights = sorted(label_heights(lines, Plot(0, 2000, 2001, 0, 54)))
    assert all(below - above >= drawn_lines.LABEL_LINE for above, below in pairwise(heights))


def test_many_years_are_thinned_out() -> None:
    years = [text for text in texts(line_chart([line("Ho", *map(str, range(40)))], english)) if re.fullmatch(r"20\d\d", text)]
    assert 3 <= len(years) <= 8
    assert years[0] == "2000"


def test_a_chart_carries_labels_and_values_as_texts() -> None:
    drawn = bar_chart([Bar("Urban <b>&", 7.8, "7.8%"), Bar("Rural", 39.5, "39.5%")], own=True)
    assert set(texts(drawn)) == {"Urban <b>&", "Rural", "7.8%", "39.5%"}
    assert "http" not in drawn
    assert " id=" not in drawn


@pytest.mark.parametrize("values", [(40, 10), (-10, 30), (-5, -1), (0, 0)])
def test_bars_begin_at_zero_and_are_as_long_as_their_values(values: tuple[float, float]) -> None:
    bars = read(bar_chart([Bar(f"b{value}", value, str(value)) for value in values], own=False)).all("rect")
    spans = [(float(bar.attributes["x"]), float(bar.attributes["width"])) for bar in bars]
    zeros = [x if value >= 0 else x + width for value, (x, width) in zip(values, spans, strict=True)]
    assert zeros[0] == pytest.approx(zeros[1], abs=0.2)
    assert spans[0][1] * abs(values[1]) == pytest.approx(spans[1][1] * abs(values[0]), abs=0.1 * max(1, *map(abs, values)))
    (frame,) = read(bar_chart([Bar("x" * 99, value, str(value)) for value in values], own=False)).all("svg")
    assert float(frame.attributes["width"]) < 700


def test_a_line_carries_its_name_and_newest_value() -> None:
    drawn = line_chart([line("Ho <b>&", "7.8", "39.5")], english)
    assert {"Ho <b>& 39.5", "2000", "2001"} <= set(texts(drawn))
    assert "http" not in drawn


def test_an_axis_is_written_in_the_readers_numbers() -> None:
    assert "10.000" in texts(line_chart([line("Ho", "12000.5", "15000")], Formats("tr").number))
