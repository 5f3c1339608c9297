"""The thresholds and scores of the progress measure, from progress.yaml."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any, cast

from sdgcities.intake.yaml import load_yaml

FILE = Path(__file__).with_name("progress.yaml")


@dataclass(frozen=True, slots=True)
class Scale:
    """Categories by the least value that each asks for, and a score that runs straight between knots (value, score) and is cut at its bounds."""

    categories: tuple[tuple[float, str], ...]
    below: str
    bounds: tuple[float, float]
    knots: tuple[tuple[float, float], ...] = ()

    def category(self, value: float) -> str:
        """The first category whose least value is reached."""
        return next((name for least, name in self.categories if value >= least), self.below)

    def score(self, value: float) -> float:
        """The score; from two knots at one value on, that of the second."""
        least, most = self.bounds
        return min(max(self._between(value), least), most)

    def _between(self, value: float) -> float:
        if value <= self.knots[0][0]:
            return self.knots[0][1]
        for (before, low), (after, high) in pairwise(self.knots):
            if value < after:
                return low + (high - low) * (value - before) / (after - before)
        return self.knots[-1][1]

    def reduced(self, by: float) -> Scale:
        """The same with everything above zero multiplied by `by`."""
        categories = tuple((_less(least, by), name) for least, name in self.categories)
        return replace(self, categories=categories, knots=tuple((_less(value, by), score) for value, score in self.knots))


@dataclass(frozen=True, slots=True)
class Thresholds:
    """What progress.yaml holds."""

    version: str
    base_year: int
    target_year: int
    stands_for_zero: float
    with_target: Scale
    without_target: Scale
    mean: Scale
    power: float
    """Of the reduction near a natural limit."""
    achieved: str
    achieved_score: float


@cache
def thresholds() -> Thresholds:
    """Of this release, read once."""
    data = cast("Mapping[str, Any]", load_yaml(FILE).data)
    below, bounds = str(data["below"]), (float(data["scores"][0]), float(data["scores"][1]))
    return Thresholds(
        version=str(data["version"]),
        base_year=int(data["base_year"]),
        target_year=int(data["target_year"]),
        stands_for_zero=float(data["stands_for_zero"]),
        with_target=_scale(data["with_target"], below, bounds),
        without_target=_scale(data["without_target"], below, bounds),
        mean=_scale(data["mean"], below, bounds),
        power=float(data["without_target"]["natural_limit"]["power"]),
        achieved=str(data["achieved"]["is"]),
        achieved_score=float(data["achieved"]["score"]),
    )


def _scale(node: Mapping[str, Any], below: str, bounds: tuple[float, float]) -> Scale:
    knots: Sequence[Sequence[Any]] = node.get("score", ())
    categories = tuple((float(one["at_least"]), str(one["is"])) for one in node["categories"])
    return Scale(categories, below, bounds, tuple((float(value), float(score)) for value, score in knots))


def _less(value: float, by: float) -> float:
    return value * by if value > 0 else value
