"""Lines across an area, for what a colour must not say alone. Drawn as lines: patterns of SVG need ids, which a page with many charts can't share."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise
from math import ceil, floor

STEP = 6
"""Pixels between two lines, along the drawing's edges."""
COLOUR = "#6b7680"


def hatched(rings: Sequence[Sequence[tuple[int, int]]], grid: int = 1) -> str:
    """A path of slanting lines inside the rings, the first of which is the outer one; `grid` says how many of their units make a pixel."""
    step, crossings = STEP * grid, defaultdict[int, list[float]](list)
    for ring in rings:
        for (x, y), (to_x, to_y) in pairwise([*ring, ring[0]]):
            before, after = x + y, to_x + to_y
            low, high = sorted((before, after))
            for number in range(floor(low / step) + 1, ceil((high + 1) / step)):
                crossings[number].append(x + (number * step - before) / (after - before) * (to_x - x))
    lines = [_line(number * step, *ends) for number, found in sorted(crossings.items()) for ends in _pairs(sorted(found))]
    return f'<path d="{"".join(lines)}" fill="none" stroke="{COLOUR}" stroke-width="{grid}"/>' if lines else ""


def _pairs(found: Sequence[float]) -> list[tuple[float, float]]:
    return list(zip(found[::2], found[1::2], strict=False))


def _line(along: int, x: float, to_x: float) -> str:
    return f"M{x:.0f} {along - x:.0f}L{to_x:.0f} {along - to_x:.0f}"
