"""Dots on a line for each group: the values of several periods, or of a second dimension, by shape and colour."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from markupsafe import escape

from sdgcities.reports.charts.legend import Key, legend
from sdgcities.reports.charts.lines import PADDING, shape_of, ticks_of
from sdgcities.reports.charts.palette import AROUND, AXIS, FONT_SIZE, GRID, LABEL_WIDTH, OWN, WIDTH, cut, svg, wide

STEP, SIZE = 30, 4
MOST_SERIES = 1 + len(AROUND)


@dataclass(frozen=True, slots=True)
class Group:
    """A line of the chart: its name, the value of each series that has one, and a text at its end."""

    label: str
    values: tuple[float | None, ...]
    text: str = ""


@dataclass(frozen=True, slots=True)
class _Scale:
    left: float
    low: float
    high: float

    def x(self, value: float) -> float:
        return self.left + PADDING + (value - self.low) / (self.high - self.low) * (WIDTH - 2 * PADDING)


def dot_chart(groups: Sequence[Group], series: Sequence[str], write: Callable[[Decimal], str]) -> str:
    """A line for each group, a shape and colour for each series, explained below; `write` writes the numbers of the scale, which holds zero."""
    values = [value for group in groups for value in group.values if value is not None]
    low, high = min(*values, 0, 0), max(*values, 0, 0)
    high = high if high > low else low + 1
    ticks = [(tick, write(tick)) for tick in ticks_of(low, high)]
    half = max(wide(text) for _, text in ticks) / 2
    left = max(min(max(wide(group.label) for group in groups) + 8, LABEL_WIDTH) + 8, half)
    scale, base = _Scale(left, low, high), len(groups) * STEP
    lines = "".join(_group(group, number, scale) for number, group in enumerate(groups))
    signs, across, down = legend([Key(_sign(number, "0 0"), name) for number, name in enumerate(series)], left, base + 28)
    width = max(left + WIDTH + max(half, *(wide(group.text) + 10 for group in groups)), across)
    return svg(width, down, _axis(ticks, scale, base) + lines + signs)


def _sign(number: int, place: str) -> str:
    return f'<path d="M{place}{shape_of(number, SIZE)}" fill="{(OWN, *AROUND)[number]}"/>'


def _group(group: Group, number: int, scale: _Scale) -> str:
    y = number * STEP + STEP / 2
    drawn = f'<text x="{scale.left - 8:.1f}" y="{y + FONT_SIZE / 3:.1f}" text-anchor="end">{escape(cut(group.label))}</text>'
    drawn += f'<path d="M{scale.left:.1f} {y:.1f}h{WIDTH}" stroke="{GRID}"/>'
    apart = _apart(len(group.values))
    first = y - (len(group.values) - 1) * apart / 2
    drawn += "".join(_sign(place, f"{scale.x(value):.1f} {first + place * apart:.1f}") for place, value in enumerate(group.values) if value is not None)
    return drawn + (f'<text x="{scale.left + WIDTH + 5:.1f}" y="{y + FONT_SIZE / 3:.1f}">{escape(group.text)}</text>' if group.text else "")


def _apart(series: int) -> float:
    """Pixels that a series lies below the one before: up to three don't touch where values are equal, and more hide no more than half of each other."""
    return min(2 * SIZE + 1, (STEP - 2 * SIZE - 2) / max(series - 1, 1))


def _axis(ticks: Sequence[tuple[Decimal, str]], scale: _Scale, base: float) -> str:
    """As many of the scale's numbers as have room, zero among them."""
    gap = max(wide(text) for _, text in ticks) + 8
    apart = abs(scale.x(float(ticks[-1][0])) - scale.x(float(ticks[0][0]))) / max(len(ticks) - 1, 1)
    every = max(-int(-gap // apart), 1) if apart else 1
    zero = next(number for number, (tick, _) in enumerate(ticks) if not tick)
    drawn = f'<path d="M{scale.left:.1f} {base:.1f}h{WIDTH}" stroke="{AXIS}"/>'
    for number, (tick, text) in enumerate(ticks):
        x = scale.x(float(tick))
        drawn += f'<path d="M{x:.1f} 0V{base + 4:.1f}" stroke="{AXIS if number == zero else GRID}"/>'
        if (number - zero) % every == 0:
            drawn += f'<text x="{x:.1f}" y="{base + 18:.1f}" text-anchor="middle">{escape(text)}</text>'
    return drawn
