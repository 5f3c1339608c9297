"""The class of a unit, such as a municipality, by the shares of its people in the classes of cells."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

_HALF = 0.5
CITY, TOWN, RURAL = 3, 2, 1
_ROUNDING = 1e-9
"""Shares are sums of fractions: half is half although a last digit is lost."""


@dataclass(frozen=True, slots=True)
class Shares:
    """The shares of a unit's people, as fractions of all of them, by the codes of level 2 (or 3, 2, 1 where only level 1 is known)."""

    by_class: Mapping[int, float]

    def of(self, *codes: int) -> float:
        """The share of several classes together."""
        return sum(self.by_class.get(code, 0.0) for code in codes)

    @property
    def centre(self) -> float:
        """In urban centres."""
        return self.of(3, 30)

    @property
    def rural(self) -> float:
        """In rural cells."""
        return self.of(1, 11, 12, 13)


def shares(people: Mapping[int, float]) -> Shares | None:
    """The shares of people by class; None where there is nobody. People on water count in no class."""
    found = {code: number for code, number in people.items() if code not in {0, 10}}
    total = sum(found.values())
    return Shares({code: number / total for code, number in found.items()}) if total > 0 else None


def level_one(unit: Shares) -> int:
    """City where half of the people live in urban centres, rural where more than half live in rural cells, else town or semi-dense area."""
    if unit.centre >= _HALF - _ROUNDING:
        return CITY
    return RURAL if unit.rural > _HALF + _ROUNDING else TOWN


def level_two(unit: Shares, rules: str) -> int:
    """The class within level 1, by the rules since July 2024 or by those of 2021."""
    first = level_one(unit)
    if first == CITY:
        return 30
    if rules == "2021":
        return _town_2021(unit) if first == TOWN else _rural_2021(unit)
    return _town(unit) if first == TOWN else _rural(unit)


def _town(unit: Shares) -> int:
    """Half in centres and dense clusters: dense town; else half in suburban and rural cells: suburb; else semi-dense town."""
    if unit.centre + unit.of(23) >= _HALF - _ROUNDING:
        return 23
    return 21 if unit.of(21) + unit.rural >= _HALF - _ROUNDING else 22


def _rural(unit: Shares) -> int:
    """Half in centres and clusters of any kind: village; half in cells of very low density: mostly uninhabited; else dispersed."""
    if unit.centre + unit.of(21, 22, 23, 13) >= _HALF - _ROUNDING:
        return 13
    return 11 if unit.of(11) >= _HALF - _ROUNDING else 12


def _town_2021(unit: Shares) -> int:
    """The larger share decides: of suburban cells against both kinds of clusters, then of dense against semi-dense ones."""
    if unit.of(22, 23) <= unit.of(21):
        return 21
    return 23 if unit.of(23) >= unit.of(22) else 22


def _rural_2021(unit: Shares) -> int:
    """The largest share of the three kinds of rural cells; the denser of two equal ones."""
    return max((13, 12, 11), key=lambda code: (unit.of(code), code))
