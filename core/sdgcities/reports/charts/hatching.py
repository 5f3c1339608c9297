"""Lines across an area, for what a colour must not say alone. Drawn as lines: patterns of SVG need ids, which a page with many charts can't share."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from enum import Enum
from itertools import pairwise
from math import ceil, floor

STEP = 6
"""Pixels between two lines, along the drawing's edges."""
COLOUR = "#6b7680"


class Lines(Enum):
    """Which way lines run across an area: up to the right, down to the right, or both."""

    RISING = (1,)
    FALLING = (-1,)
    CROSSED = (1, -1)


def hatched(rings: Sequence[Sequence[tuple[int, int]]], grid: int = 1, lines: Lines = Lines.RISING) -> str:
    """A path of slanting lines inside the rings, the first of which is the outer one; `grid` says how many of their units make a pixel."""
    drawn = "".join(_slanting(rings, grid, slant) for slant in lines.value)
    return f'<path d="{drawn}" fill="none" stroke="{COLOUR}" stroke-width="{grid}"/>' if drawn else ""


def _slanting(rings: Sequence[Sequence[tuple[int, int]]], grid: int, slant: int) -> str:
    step, crossings = STEP * grid, defaultdict[int, list[float]](list)
    for ring in rings:
        for (x, y), (to_x, to_y) in pairwise([*ring, ring[0]]):
            before, after = x + slant * y, to_x + slant * to_y
            low, high = sorted((before, after))
            for number in range(floor(low / step) + 1, ceil((high + 1) / step)):
                crossings[number].append(x + (number * step - before) / (after - before) * (to_x - x))
    return "".join(_line(number * step, slant, *ends) for number, found in sorted(crossings.items()) for ends in _pairs(sorted(found)))


def _pairs(found: Sequence[float]) -> list[tuple[float, float]]:
    return list(zip(found[::2], found[1::2], strict=False))


def _line(along: int, slant: int, x: float, to_x: float) -> str:
    return f"M{x:.0f} {slant * (along - x):.0f}L{to_x:.0f} {slant * (along - to_x):.0f}"
