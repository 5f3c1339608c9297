"""Bar charts as SVG."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import escape

from sdgcities.reports.charts.palette import AROUND, AXIS, FONT_SIZE, LABEL_WIDTH, LETTER, OWN, WIDTH, cut, svg
from sdgcities.reports.signs import visible

STEP, THICK = 24, 17


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: its name, its length, and its value as the reader reads it."""

    label: str
    value: float
    text: str


def bar_chart(bars: Sequence[Bar], *, own: bool) -> str:
    """Bars from zero, each with its name at the left and its value at the end."""
    left = min(max(len(visible(bar.label)) for bar in bars) * LETTER + 8, LABEL_WIDTH) + 8
    right = max(len(visible(bar.text)) for bar in bars) * LETTER + 10
    lowest, highest = min([bar.value for bar in bars] + [0]), max([bar.value for bar in bars] + [0])
    scale = WIDTH / ((highest - lowest) or 1)
    zero = left - lowest * scale
    rows = "".join(_row(bar, number, left, zero, scale, OWN if own else AROUND[1]) for number, bar in enumerate(bars))
    height = len(bars) * STEP
    axis = f'<path d="M{zero:.1f} 0V{height}" stroke="{AXIS}"/>' if lowest < 0 else ""
    return svg(left + WIDTH + right, height, rows + axis)


def _row(bar: Bar, number: int, left: float, zero: float, scale: float, colour: str) -> str:
    top, length = number * STEP, bar.value * scale
    line, end = top + STEP / 2 + FONT_SIZE / 3, max(zero, zero + length)
    return (
        f'<text x="{left - 8}" y="{line:.1f}" text-anchor="end">{escape(cut(bar.label))}</text>'
        f'<rect x="{min(zero, zero + length):.1f}" y="{top + (STEP - THICK) / 2}" width="{abs(length):.1f}" height="{THICK}" fill="{colour}"/>'
        f'<text x="{end + 5:.1f}" y="{line:.1f}">{escape(bar.text)}</text>'
    )
