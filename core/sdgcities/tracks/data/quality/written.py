"""What the spelling of a figure tells: how many digits carry it, in which steps it is written."""

from __future__ import annotations

import re
from collections.abc import Iterable

from sdgcities.model.statistics import Indicator

HANDFUL = 10
COUNTED = 20
"""Fewer than so many of the smallest steps: of tenths, of whole numbers."""
PERCENT = "percent"
FULL = 100
NEAR = 1


GROUPED = re.compile(r"-?[1-9][0-9]{0,2}\.[0-9]{3}")
"""A number whose point may stand between thousands, as many languages write them."""


def digits(word: str) -> int:
    """Digits that carry the figure: of 1200 two, of 0.043 two."""
    return max(1, len(word.lstrip("-").replace(".", "").strip("0")))


def resolution(words: Iterable[str]) -> float:
    """The smallest step in which the figures of a series are written."""
    return float(10 ** -max((len(word.partition(".")[2]) for word in words), default=0))


def is_small(figure: float, step: float) -> bool:
    """Whether a figure is a handful of its smallest steps."""
    return abs(figure) < (COUNTED if step >= 1 else HANDFUL * step)


def near_full(indicator: Indicator, figure: float) -> bool:
    """Whether a percentage is near nothing or near everything, where it may well stay."""
    return indicator.unit == PERCENT and (figure <= NEAR or abs(figure - FULL) <= NEAR)
