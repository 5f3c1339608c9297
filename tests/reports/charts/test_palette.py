"""Colours that stay apart for readers who see few of them, and on a grey print."""

from __future__ import annotations

from itertools import combinations, pairwise
from math import dist

import pytest

from sdgcities.reports.charts.palette import AROUND, OWN, SHADES

Colour = tuple[float, float, float]
SEEING = {
    "all": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "no red": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "no green": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "no blue": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)),
}
"""How linear colours reach a reader without one kind of cones: Machado, Oliveira and Fernandes 2009, severity 1.0."""
APART = 20
"""CIE 1976: a difference of 2 is just seen, one of 10 at a glance."""


def linear(colour: str) -> Colour:
    parts = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return red, green, blue


def lab(colour: Colour) -> Colour:
    red, green, blue = colour
    x = (0.4124564 * red + 0.3575761 * green + 0.1804375 * blue) / 0.95047
    y = 0.2126729 * red + 0.7151522 * green + 0.0721750 * blue
    z = (0.0193339 * red + 0.1191920 * green + 0.9503041 * blue) / 1.08883
    a, b, c = (part ** (1 / 3) if part > 216 / 24389 else (24389 / 27 * part + 16) / 116 for part in (x, y, z))
    return 116 * b - 16, 500 * (a - b), 200 * (b - c)


def seen(colour: str, how: str) -> Colour:
    red, green, blue = (min(max(sum(share * part for share, part in zip(row, linear(colour), strict=True)), 0), 1) for row in SEEING[how])
    return lab((red, green, blue))


def test_the_measure_knows_black_white_and_a_red_that_few_tell_from_green() -> None:
    assert seen("#ffffff", "all") == pytest.approx((100, 0, 0), abs=0.1)
    assert seen("#000000", "no red") == pytest.approx((0, 0, 0))
    assert dist(seen("#b35900", "all"), seen("#737300", "all")) > 2 * dist(seen("#b35900", "no green"), seen("#737300", "no green"))


@pytest.mark.parametrize("how", SEEING)
def test_lines_and_marks_stay_apart(how: str) -> None:
    assert min(dist(seen(one, how), seen(other, how)) for one, other in combinations((OWN, *AROUND), 2)) >= APART


@pytest.mark.parametrize("how", SEEING)
def test_shades_run_from_light_to_dark_in_steps_that_are_seen(how: str) -> None:
    lights = [seen(shade, how)[0] for shade in SHADES]
    assert all(before - after >= 10 for before, after in pairwise(lights))
