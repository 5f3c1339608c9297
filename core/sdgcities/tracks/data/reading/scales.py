"""Figures in thousands or millions, multiplied exactly by what the profile says."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from functools import reduce

from sdgcities.tracks.data.reading.raw import EXACT, NUMBER, Totals

Share = tuple[str, Decimal | None, Decimal | None]
"""Figures of an indicator that are multiplied alike: by the scale of their column, and by that of their unit of measure."""


def scaled(text: str, scale: Decimal) -> str:
    """A figure with a decimal point, multiplied exactly; any other text as it is."""
    if scale == 1 or not NUMBER.fullmatch(text):
        return text
    product = f"{EXACT.multiply(Decimal(text), scale):f}"
    return product.rstrip("0").rstrip(".") if "." in product else product


def product(*scales: Decimal | None) -> Decimal:
    """What a figure is multiplied by that several scales hold for; None is none."""
    return reduce(EXACT.multiply, (scale for scale in scales if scale is not None), Decimal(1))


def multiplied(found: Mapping[Share, tuple[int, Decimal]]) -> Totals:
    """Counts and sums by indicator, of figures that were added up by what they are multiplied by."""
    totals: dict[str, tuple[int, Decimal]] = {}
    for (indicator, *scales), (count, total) in found.items():
        before, so_far = totals.get(indicator, (0, Decimal(0)))
        totals[indicator] = before + count, EXACT.add(so_far, EXACT.multiply(total, product(*scales)))
    return totals
