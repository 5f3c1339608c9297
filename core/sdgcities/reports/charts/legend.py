"""What the signs of a drawing mean: one below the other, each with its words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import escape

from sdgcities.reports.charts.palette import FONT_SIZE, folded, wide

LINE = 18
"""Pixels of a line."""
SIGN = 30
"""Pixels that a sign and the gap behind it take."""
LETTERS, LINES = 58, 3
"""Of an entry's words: letters in a line, and lines; the words of a drawing's finding have all of it."""


@dataclass(frozen=True, slots=True)
class Key:
    """A sign, drawn about the point 0, 0 and at most 24 by 14 pixels large, and what it means."""

    sign: str
    text: str
    strong: bool = False


def legend(keys: Sequence[Key], x: float, y: float) -> tuple[str, float, float]:
    """The entries from this corner on, how far to the right and how far down they reach."""
    drawn, across, down = "", x, y
    for key in keys:
        left = x + SIGN if key.sign else x
        if key.sign:
            drawn += f'<g transform="translate({x + 12:.1f} {down + LINE / 2:.1f})">{key.sign}</g>'
        for line in folded(key.text, LETTERS, LINES):
            look = ' font-weight="bold"' if key.strong else ""
            drawn += f'<text x="{left:.1f}" y="{down + LINE / 2 + FONT_SIZE / 3:.1f}"{look}>{escape(line)}</text>'
            across, down = max(across, left + wide(line)), down + LINE
    return drawn, across, down
