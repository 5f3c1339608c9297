"""What the columns of a table are, as far as the table itself and the hub tell."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from sdgcities.tracks.data.inspecting.cells import Cell, Row, column_of, distinct
from sdgcities.tracks.data.inspecting.dimensions import MOST_CODES, DimensionColumn, Heading
from sdgcities.tracks.data.inspecting.known import Known
from sdgcities.tracks.data.inspecting.layout import Found
from sdgcities.tracks.data.inspecting.levels import LevelsColumn
from sdgcities.tracks.data.inspecting.number_formats import NumberFormat
from sdgcities.tracks.data.inspecting.periods import PeriodColumn, YearColumns
from sdgcities.tracks.data.inspecting.unit_columns import UnitMatch
from sdgcities.tracks.data.inspecting.words import plain, words

UNNAMED = "???"
"""What a column without a name is called: as what only a person can say."""


class Role(StrEnum):
    """What a column is for."""

    UNIT = "unit"
    BESIDE = "name beside the code"
    WITHIN = "unit above"
    LEVEL = "level"
    PERIOD = "period"
    DIMENSION = "dimension"
    INDICATOR = "indicator"
    MEASURE = "unit of measure"
    STATUS = "status of the figures"
    VALUE = "figures"
    KEY = "number or code"
    PLACE = "coordinate"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Units:
    """How the rows name their units: the columns in the order in which they are asked, and what stands beside them."""

    columns: tuple[UnitMatch, ...] = ()
    rivals: tuple[UnitMatch, ...] = ()
    """Columns that could as well be the first: they name other units of the same level."""
    doubtful: tuple[UnitMatch, ...] = ()
    """Columns of short numbers that are codes of units, or else numbers of something."""
    beside: int = -1
    within: int = -1
    levels: LevelsColumn | None = None
    above: tuple[int, ...] = ()
    """Other columns that name units."""
    blank: Cell | None = None
    """The first row without any unit."""
    blanks: int = 0
    few: tuple[UnitMatch, ...] = ()
    """Where no column is one of units: those of which a few texts are names of units all the same."""


@dataclass(frozen=True, slots=True)
class Repeated:
    """Rows that say the same of themselves: how many are one too many, the first two of them, and the columns each of which tells them apart."""

    count: int
    rows: tuple[int, int]
    apart: tuple[int, ...] = ()


@dataclass(frozen=True)
class Reading:
    """A table with its columns told apart. Columns are named by their place, from 0."""

    layout: Found
    known: Known | None
    roles: Mapping[int, Role]
    units: Units = Units()
    period: int = -1
    periods: Mapping[int, PeriodColumn] = field(default_factory=dict)
    """Every column that holds periods."""
    years: tuple[YearColumns, ...] = ()
    dimensions: Mapping[int, DimensionColumn] = field(default_factory=dict)
    indicator: int = -1
    guessed: bool = False
    """Whether nothing says that this column names indicators, but that its long texts tell rows apart which are alike otherwise."""
    measure: int = -1
    status: int = -1
    headings: Mapping[int, Heading] = field(default_factory=dict)
    """What the names of columns of figures say of dimensions."""
    numbers: Mapping[int, NumberFormat] = field(default_factory=dict)
    transposed: tuple[int, ...] = ()
    """Columns of figures that are named after units."""
    carried: tuple[int, ...] = ()
    """Columns in which a text is written once and holds for the empty cells below it."""
    repeated: Repeated | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the columns; ??? for those that hold something and have none."""
        unnamed = {place for place, name in enumerate(self.layout.names) if not name and place in self.roles}
        return tuple(UNNAMED if place in unnamed else name for place, name in enumerate(self.layout.names))

    @property
    def body(self) -> tuple[Row, ...]:
        """The rows of figures."""
        return self.layout.body

    def of(self, *roles: Role) -> list[int]:
        """The columns with one of these roles."""
        return [place for place in sorted(self.roles) if self.roles[place] in roles]

    @property
    def values(self) -> list[int]:
        """The columns of figures."""
        return self.of(Role.VALUE)

    @property
    def wide(self) -> bool:
        """Whether a row has several figures."""
        return len(self.values) > 1

    @property
    def asked(self) -> list[int]:
        """Other columns whose few texts could be a disaggregation: only a person knows."""
        others = [place for place in self.of(Role.OTHER) if place not in self.periods]
        return [place for place in others if self._few(place) or (plain(self.names[place]) in words().measure and len(self.texts(place)) <= MOST_CODES)]

    def texts(self, place: int) -> list[Cell]:
        """Each text of a column once, with its first row."""
        return distinct(column_of(self.body, place))

    def _few(self, place: int) -> bool:
        cells = column_of(self.body, place)
        return 1 < len(distinct(cells)) <= min(MOST_CODES, len(cells) // 2) or (len(distinct(cells)) == 1 and len(cells) < len(self.body))
