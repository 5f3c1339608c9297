"""Line charts as Vega-Lite specifications, drawn to SVG offline. Pure data until `svg`; texts come in as the reader reads them.

Colours are told apart in print and by readers who see few colours (each line has its own mark and dash as well);
every colour has a contrast of at least 4.5 to 1 on white, since labels carry it too.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from itertools import pairwise
from typing import cast

WIDTH, LINE_HEIGHT = 270, 150
FONT_SIZE, LABEL_WIDTH = 13, 190
LABEL_LINE = 15
"""Height in pixels of one line of a label; labels are moved apart by as many as they have."""
INK, GRID, AXIS, OWN = "#1d2b38", "#dfe4e8", "#7c8790", "#005a9c"
AROUND = ("#a94500", "#3c4a57", "#5a3d8a", "#00695c")
"""Of the places a city lies in, by turns: the city's own colour is never one of them."""
DASHES = ([1, 0], [6, 3], [2, 2], [8, 3, 2, 3], [4, 4])
SHAPES = ("circle", "square", "triangle-up", "diamond", "triangle-down")
SCHEMA = "https://vega.github.io/schema/vega-lite/v5.json"

MOST_LINES = len(DASHES)

Spec = Mapping[str, object]

_TAG, _EMPTY = re.compile(r"<[^<>]+>"), re.compile(r'<path class="(?:fore|back)ground"[^<>]*/>')
_UNUSED = re.compile(r' (?:xmlns(?::xlink)?|version|class|role|pointer-events|aria-[a-z]+)="[^"]*"')
"""What the drawing carries for other uses; in a page it is half of the bytes. The label of the whole stands on its frame."""


@dataclass(frozen=True, slots=True)
class Dot:
    """A value at a time: years with their fraction, the value, and how both are written."""

    at: float
    value: float
    label: str


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a line chart, its dots from left to right. `detail` stands below the label: of whom the figures are."""

    label: str
    detail: str
    own: bool
    dots: tuple[Dot, ...]


def line_chart(lines: Sequence[Line]) -> Spec:
    """Lines over the years, each labelled at the right with its newest value; the scale starts at zero."""
    colours = _colours(lines)
    top = max([dot.value for line in lines for dot in line.dots] + [0]) * 1.08 or 1
    bottom = min([dot.value for line in lines for dot in line.dots] + [0])
    years = sorted({int(dot.at) for line in lines for dot in line.dots})
    dots = [{"at": dot.at, "value": dot.value, "line": str(number)} for number, line in enumerate(lines) for dot in line.dots]
    names = [str(number) for number in range(len(lines))]
    of_line = {"field": "line", "type": "nominal", "sort": None, "legend": None}
    x = {
        "field": "at",
        "type": "quantitative",
        "scale": {"zero": False, "nice": False, "padding": 8},
        "axis": {"values": years, "format": "d", "title": None, "grid": False, "labelOverlap": "parity", "labelSeparation": 8},
    }
    y = {
        "field": "value",
        "type": "quantitative",
        "scale": {"domain": [bottom, top], "nice": False},
        "axis": {"title": None, "tickCount": 4, "domain": False, "ticks": False},
    }
    encoding = {"x": x, "y": y, "color": {**of_line, "scale": {"domain": names, "range": colours}}}
    dash = {**of_line, "scale": {"domain": names, "range": DASHES[: len(lines)]}}
    shape = {**of_line, "scale": {"domain": names, "range": SHAPES[: len(lines)]}}
    return _spec(
        {
            "height": LINE_HEIGHT,
            "data": {"values": dots},
            "layer": [
                {"mark": {"type": "line", "strokeWidth": 2}, "encoding": {**encoding, "strokeDash": dash}},
                {"mark": {"type": "point", "filled": True, "size": 45, "opacity": 1}, "encoding": {**encoding, "shape": shape}},
                *_line_labels(lines, colours, bottom, top),
            ],
        }
    )


def svg(spec: Spec, locale: Mapping[str, object]) -> str | None:
    """The chart as SVG to stand in a page; None without the extra `reports`. Nothing is fetched."""
    convert = _converter()
    if convert is None:
        return None
    drawn = convert(spec, allowed_base_urls=[], format_locale=dict(locale))
    return _TAG.sub(lambda tag: _UNUSED.sub("", tag[0]), _EMPTY.sub("", drawn))


def can_draw() -> bool:
    """Whether the extra `reports` is installed."""
    return _converter() is not None


@cache
def _converter() -> Callable[..., str] | None:
    """vl_convert's function; it is 80 MB, so it is imported when the first chart is drawn."""
    try:
        return cast("Callable[..., str]", import_module("vl_convert").vegalite_to_svg)
    except ImportError:
        return None


def _spec(chart: Spec) -> Spec:
    text = {"font": "sans-serif", "fontSize": FONT_SIZE, "color": INK}
    axis = {"labelFontSize": FONT_SIZE, "labelColor": INK, "gridColor": GRID, "domainColor": AXIS, "tickColor": AXIS}
    config = {"aria": False, "font": "sans-serif", "view": {"stroke": None}, "axis": axis, "text": text}
    return {"$schema": SCHEMA, "width": WIDTH, "background": None, "padding": 4, "config": config, **chart}


def _colours(lines: Sequence[Line]) -> list[str]:
    around = iter(AROUND + AROUND)
    return [OWN if line.own and not number else next(around) for number, line in enumerate(lines)]


def _line_labels(lines: Sequence[Line], colours: Sequence[str], lowest: float, highest: float) -> list[Spec]:
    """A label right of the plot for each line, at the height of its newest value, moved where two would touch."""
    least = (highest - lowest) / LINE_HEIGHT * (LABEL_LINE * (2 if any(line.detail for line in lines) else 1) + 2)
    order = sorted(range(len(lines)), key=lambda number: lines[number].dots[-1].value)
    heights = [lines[number].dots[-1].value for number in order]
    for below, above in pairwise(range(len(heights))):
        heights[above] = max(heights[above], heights[below] + least)
    too_high = max(heights[-1] - highest, 0)
    return [_line_label(lines[number], colours[number], height - too_high) for number, height in zip(order, heights, strict=True)]


def _line_label(line: Line, colour: str, height: float) -> Spec:
    text = [f"{line.label} {line.dots[-1].label}", *([line.detail] if line.detail else [])]
    mark = {"type": "text", "align": "left", "color": colour, "fontWeight": "bold", "lineHeight": LABEL_LINE, "text": text, "limit": LABEL_WIDTH}
    encoding = {"x": {"value": WIDTH + 6}, "y": {"field": "value", "type": "quantitative"}}
    return {"data": {"values": [{"value": height}]}, "mark": mark, "encoding": encoding}
