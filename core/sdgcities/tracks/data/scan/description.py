"""A scan description: what is counted of what people mapped, by which areas, and what is left out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from sdgcities.model.profiles import NumberStyle
from sdgcities.model.statistics import Period
from sdgcities.tracks.data.scan.coordinates import Coordinates

GRIDS = (".asc", ".tif", ".tiff")
"""Population grids; one in a CSV file is read by its columns."""
ALL, WITH_POINTS = "all", "with-points"
OF_AREAS = ("name", "km2")
"""What the areas that go out say of themselves, beside the results."""
PLAIN = NumberStyle()
"""A decimal point and nothing else."""


@dataclass(frozen=True, slots=True)
class Condition:
    """What a row has to meet in one column."""

    column: str
    among: frozenset[str] = frozenset()
    none_of: frozenset[str] = frozenset()
    has: str = ""
    least: Decimal | None = None
    most: Decimal | None = None

    @property
    def numeric(self) -> bool:
        """Whether the column is read as numbers."""
        return self.least is not None or self.most is not None


@dataclass(frozen=True, slots=True)
class People:
    """A file of places where people live, by its columns; or a population grid, which needs none."""

    file: Path
    latitude: str = ""
    longitude: str = ""
    weight: str = ""

    @property
    def is_grid(self) -> bool:
        """Whether it is a grid of cells."""
        return self.file.suffix.casefold() in GRIDS

    @property
    def weighs(self) -> bool:
        """Whether a place stands for a number of people, not for one."""
        return self.is_grid or bool(self.weight)


@dataclass(frozen=True, slots=True)
class Counting:
    """One thing that is counted for each area."""

    id: str
    does: str
    title: str = ""
    column: str = ""
    by: str = ""
    dimension: str = ""
    codes: Mapping[str, str] | None = None
    where: tuple[Condition, ...] = ()
    among: tuple[Condition, ...] = ()
    within: float = 0
    of: People | None = None
    indicator: str = ""
    people: bool = False
    decimals: int = 2

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns it looks at."""
        return tuple(name for name in (self.column, self.by, *(one.column for one in (*self.where, *self.among))) if name)


@dataclass(frozen=True, slots=True)
class Parent:
    """The file of the records that repeated questions belong to."""

    file: Path
    key: str
    column: str


@dataclass(frozen=True, slots=True)
class UnitColumn:
    """The column that names the unit of a row, where there are no coordinates."""

    column: str
    level: str = ""
    system: str = ""


@dataclass(frozen=True, slots=True)
class Duplicates:
    """When two rows are one record. `within` None: no distance is looked at."""

    identity: str = ""
    within: float | None = None
    same: tuple[str, ...] = ()
    drop: bool = True


@dataclass(frozen=True, slots=True)
class Scan:
    """A description that was read."""

    path: Path
    sha256: str
    title: str
    office: str
    licence: str
    period: Period
    measures: tuple[Counting, ...]
    coordinates: Coordinates | None = None
    parent: Parent | None = None
    units: UnitColumn | None = None
    areas: str = ""
    covered: str | tuple[str, ...] = WITH_POINTS
    accuracy: str = ""
    accuracy_most: float = 0
    duplicates: Duplicates = Duplicates()
    missing: frozenset[str] = frozenset()
    numbers: NumberStyle = PLAIN
    keep: Mapping[str, str] | None = None
    publish_points: bool = False
    encoding: str = ""
    sheet: str = ""

    @property
    def answers(self) -> tuple[str, ...]:
        """The columns whose answers are looked at."""
        named = [column for one in self.measures for column in one.columns]
        further = [*self.duplicates.same, self.duplicates.identity, self.accuracy, self.units.column if self.units else ""]
        return tuple(dict.fromkeys(name for name in (*named, *further) if name))

    @property
    def kept(self) -> Mapping[str, str]:
        """Columns that look personal and are used all the same, each with its reason."""
        return self.keep or {}
