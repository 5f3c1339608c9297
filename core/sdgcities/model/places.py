"""Administrative units: codes, names, validity, predecessors and successors."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from sdgcities.model.sources import Source, Status

Attribute = str | bool | Decimal
"""A property of a place that a national condition can test: population, category, metropolitan."""


class NameScope(StrEnum):
    """Where a name holds. The narrowest scope that knows a name decides."""

    PROFILE = "profile"
    SOURCE = "source"
    PLUGIN = "plugin"


@dataclass(frozen=True, slots=True)
class UnitName:
    """A name of a unit. `scope_id` is the profile's id or the office's name for the narrower scopes.

    `within`, where it is set, limits the name to rows that write this name for the unit's parent.
    `since` is the first day on which the unit was called so, where the hub recorded one; `until` the last day of a former name.
    """

    name: str
    language: str = ""
    scope: NameScope = NameScope.PLUGIN
    scope_id: str = ""
    within: str = ""
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Unit:
    """One administrative unit as a plugin supplies it. Codes are text: leading zeros count.

    `names[0]` is the official name. `valid_to` is the last day the unit stood; None means it stands.
    """

    id: str
    country: str
    level: str
    names: tuple[UnitName, ...]
    source: Source
    status: Status
    parent: str | None = None
    codes: Mapping[str, str] = field(default_factory=dict)
    valid_from: date | None = None
    valid_to: date | None = None
    successors: tuple[str, ...] = ()
    change: str = ""
    population: int | None = None
    population_year: int | None = None
    attributes: Mapping[str, Attribute] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """The official name."""
        return self.names[0].name

    def called(self, languages: Sequence[str]) -> str:
        """The name in the first of the languages that it has one in today, else the official name."""
        today = [name for name in self.names if name.until is None]
        return next((name.name for language in languages for name in today if name.language == language), self.name)

    @property
    def former(self) -> tuple[UnitName, ...]:
        """The names it went by before, the newest first."""
        return tuple(name for name in self.names if name.until is not None)

    @property
    def kept(self) -> bool:
        """Whether the unit that followed it has the same boundary."""
        return self.change == "unchanged"

    def stood(self, start: date, end: date) -> bool:
        """Whether the unit stood on some day from `start` to `end`."""
        return (self.valid_from is None or self.valid_from <= end) and (self.valid_to is None or self.valid_to >= start)

    def properties(self) -> Mapping[str, Attribute]:
        """What a national condition may test: the attributes, the level and the population if known."""
        known: dict[str, Attribute] = {**self.attributes, "level": self.level}
        if self.population is not None:
            known["population"] = Decimal(self.population)
        return known


Ring = tuple[tuple[float, ...], ...]
"""Positions, longitude first, in degrees (WGS 84); the last equals the first."""
Polygon = tuple[Ring, ...]
"""The outer ring, then its holes."""


@dataclass(frozen=True, slots=True)
class UnitBoundary:
    """The boundary of a unit, for maps. `date` is 2024, 2024-06 or 2024-06-30; empty where the source states none."""

    unit: str
    polygons: tuple[Polygon, ...]
    source: Source
    status: Status
    date: str = ""
