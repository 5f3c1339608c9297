"""Line charts as SVG. Texts come in as the reader reads them; nothing is fetched and no engine is started."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise
from math import ceil, floor, log10

from markupsafe import escape

from sdgcities.reports.charts.palette import AROUND, AXIS, FONT_SIZE, GRID, LABEL_WIDTH, LETTER, OWN, WIDTH, cut, svg

HEIGHT = 150
LABEL_LINE = 15
"""Height in pixels of one line of a label; labels are moved apart by as many as they have."""
DASHES = ("", "6 3", "2 2", "8 3 2 3", "4 4")
SIZE = 3.4
SHAPES = (
    "m-{0} 0a{0} {0} 0 1 0 {1} 0a{0} {0} 0 1 0-{1} 0z",  # circle
    "m-{0}-{0}h{1}v{1}h-{1}z",  # square
    "m0-{0}l{0} {1}h-{1}z",  # triangle
    "m0-{1}l{0} {1}-{0} {1}-{0}-{1}z",  # diamond
    "m0 {0}l{0}-{1}h-{1}z",  # triangle, downwards
)
MOST_LINES = len(DASHES)
STEPS = 4
"""About so many lines of the grid."""
PADDING, YEAR = 8, 40
"""Pixels between the plot's edges and the dots, and of a year's label with the gap to the next."""

Write = Callable[[Decimal], str]


@dataclass(frozen=True, slots=True)
class Dot:
    """A value at a time: years with their fraction, the value, and how the value is written."""

    at: float
    value: float
    label: str


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a chart, its dots from left to right. `detail` stands below the label: of whom the figures are."""

    label: str
    detail: str
    own: bool
    dots: tuple[Dot, ...]


@dataclass(frozen=True, slots=True)
class Plot:
    """Where values and times lie in the drawing; the scale of values holds zero."""

    left: float
    first: float
    last: float
    bottom: float
    top: float
    width: float = WIDTH

    def x(self, at: float) -> float:
        """Pixels from the left."""
        return self.left + PADDING + (at - self.first) / ((self.last - self.first) or 1) * (self.width - 2 * PADDING)

    def y(self, value: float) -> float:
        """Pixels from the top."""
        return LABEL_LINE / 2 + (self.top - value) / (self.top - self.bottom) * HEIGHT


def in_years(day: date) -> float:
    """A day in years, with their fraction."""
    return day.year + (day.month - 1) / 12 + (day.day - 1) / 366


def line_chart(lines: Sequence[Line], write: Write) -> str:
    """Lines over the years, each labelled at the right with its newest value; `write` writes the numbers of the grid."""
    values = [dot.value for line in lines for dot in line.dots]
    times = [dot.at for line in lines for dot in line.dots]
    bottom, top = scale_of(values)
    written = [(tick, write(tick)) for tick in ticks_of(bottom, top)]
    plot = Plot(max(len(text) for _, text in written) * LETTER + 8, min(times), max(times), bottom, top)
    colours = colours_of(lines)
    drawn = "".join(_line(line, number, colours[number], plot) for number, line in enumerate(lines))
    labels, lowest = _labels(lines, colours, plot)
    width, height = plot.left + WIDTH + LABEL_WIDTH + 6, max(plot.y(bottom) + 22, lowest + 4)
    return svg(width, height, grid(written, plot) + years(sorted({int(at) for at in times}), plot) + drawn + labels)


def scale_of(values: Sequence[float]) -> tuple[float, float]:
    """The ends of a scale that holds the values and zero, with room above the highest."""
    bottom, top = min(*values, 0), max(*values, 0) * 1.08
    return bottom, top if top > bottom else bottom + 1


def ticks_of(bottom: float, top: float) -> list[Decimal]:
    """Round values from bottom to top, about `STEPS` of them: one, two or five of a power of ten apart."""
    rough = (top - bottom) / STEPS
    power = Decimal(10) ** floor(log10(rough))
    step = min((power * times for times in (1, 2, 5, 10)), key=lambda one: abs(log10(float(one) / rough)))
    return [step * number for number in range(ceil(bottom / float(step)), floor(top / float(step)) + 1)]


def colours_of(lines: Sequence[Line]) -> list[str]:
    """The city's own colour for its first line, the others by turns."""
    around = iter(AROUND + AROUND)
    return [OWN if line.own and not number else next(around) for number, line in enumerate(lines)]


def label_heights(lines: Sequence[Line], plot: Plot) -> list[float]:
    """The height of each line's label: that of its newest value, moved where two would touch, and kept in the drawing."""
    least = LABEL_LINE * (2 if any(line.detail for line in lines) else 1) + 2
    order = sorted(range(len(lines)), key=lambda number: -lines[number].dots[-1].value)
    heights = [plot.y(lines[number].dots[-1].value) for number in order]
    for above, below in pairwise(range(len(heights))):
        heights[below] = max(heights[below], heights[above] + least)
    too_low = max(heights[-1] - plot.y(plot.bottom), 0)
    moved = [max(height - too_low, LABEL_LINE / 2 + least * place) for place, height in enumerate(heights)]
    return [height for _, height in sorted(zip(order, moved, strict=True))]


def grid(ticks: Sequence[tuple[Decimal, str]], plot: Plot) -> str:
    """A line across the plot for each value, with the value at its left."""
    drawn = ""
    for tick, text in ticks:
        y = plot.y(float(tick))
        drawn += f'<path d="M{plot.left:.1f} {y:.1f}h{plot.width}" stroke="{GRID}"/>'
        drawn += f'<text x="{plot.left - 6:.1f}" y="{y + FONT_SIZE / 3:.1f}" text-anchor="end">{escape(text)}</text>'
    return drawn


def years(every: Sequence[int], plot: Plot) -> str:
    """The axis with the first and the last year, and between them each that has room beside the one before it."""
    base, places = plot.y(plot.bottom), [(plot.x(max(year, plot.first)), year) for year in every]
    drawn, before, last = f'<path d="M{plot.left:.1f} {base:.1f}h{plot.width}" stroke="{AXIS}"/>', -float(YEAR), places[-1][0]
    for x, year in places:
        if x - before >= YEAR and (x == last or last - x >= YEAR):
            before = x
            drawn += f'<path d="M{x:.1f} {base:.1f}v4" stroke="{AXIS}"/><text x="{x:.1f}" y="{base + 18:.1f}" text-anchor="middle">{year}</text>'
    return drawn


def shape_of(number: int, size: float = SIZE) -> str:
    """The outline of a mark, to stand behind the place it is drawn at."""
    return SHAPES[number].format(round(size, 2), round(2 * size, 2))


def _line(line: Line, number: int, colour: str, plot: Plot) -> str:
    places = [f"{plot.x(dot.at):.1f} {plot.y(dot.value):.1f}" for dot in line.dots]
    dash = f' stroke-dasharray="{DASHES[number]}"' if DASHES[number] else ""
    marks = "".join(f"M{place}{shape_of(number)}" for place in places)
    return f'<path d="M{"L".join(places)}" fill="none" stroke="{colour}" stroke-width="2"{dash}/><path d="{marks}" fill="{colour}"/>'


def _labels(lines: Sequence[Line], colours: Sequence[str], plot: Plot) -> tuple[str, float]:
    """The labels at the right of the plot, and how far down they reach."""
    drawn, lowest, x = "", 0.0, plot.left + WIDTH + 6
    for line, colour, height in zip(lines, colours, label_heights(lines, plot), strict=True):
        newest = line.dots[-1].label
        rows = [f"{cut(line.label, f' {newest}')} {newest}", *([cut(line.detail)] if line.detail else [])]
        for number, row in enumerate(rows):
            lowest = max(lowest, bottom := height + FONT_SIZE / 3 + number * LABEL_LINE)
            drawn += f'<text x="{x:.1f}" y="{bottom:.1f}" fill="{colour}" font-weight="bold">{escape(row)}</text>'
    return drawn, lowest
