"""Units laid over classified cells: the people and the land of each unit in each class, and so the class of the unit."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from sdgcities.methods.urbanisation.cells import Classes
from sdgcities.methods.urbanisation.centres import Numbers
from sdgcities.methods.urbanisation.rules import NO_CLASS
from sdgcities.methods.urbanisation.units import level_one, level_two, shares


def unit_classes_of(codes: Classes, people: Numbers, units: Numbers, level: int, rules: str) -> dict[str, int]:
    """The class of each unit, by its number. A unit without people is classified by its cells; one that is all water has no class."""
    inside = (codes != NO_CLASS) & ~np.isnan(units)
    numbers, which = np.unique(units[inside].astype(np.int64), return_inverse=True)
    kinds, kind = np.unique(codes[inside], return_inverse=True)
    pairs = which * kinds.size + kind
    counted = [np.bincount(pairs, weights=weights, minlength=numbers.size * kinds.size) for weights in (people[inside], np.ones(pairs.size))]
    found = dict[str, int]()
    for place, number in enumerate(numbers):
        row = slice(place * kinds.size, (place + 1) * kinds.size)
        by_class = [dict(zip(map(int, kinds), map(float, values[row]), strict=True)) for values in counted]
        code = _class_of(by_class[0], level, rules) or _class_of(by_class[1], level, rules)
        if code is not None:
            found[str(int(number))] = code
    return found


def _class_of(amounts: Mapping[int, float], level: int, rules: str) -> int | None:
    unit = shares(amounts)
    if unit is None:
        return None
    return level_one(unit) if level == 1 else level_two(unit, rules)
