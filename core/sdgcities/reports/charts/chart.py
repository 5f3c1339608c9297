"""What every chart hands over, whichever page takes it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from sdgcities.model.places import Polygon
from sdgcities.model.sources import Source, Status


class Layout(StrEnum):
    """How a page sets a table: its rows below each other, or every cell of a weight of its own under two headings."""

    ROWS = "rows"
    MATRIX = "matrix"


@dataclass(frozen=True, slots=True)
class Table:
    """Figures as the reader reads them: a heading for each column, and rows whose first cell says what the row is."""

    caption: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    layout: Layout = Layout.ROWS
    words: frozenset[int] = frozenset({0})
    """The columns that hold words; the others hold figures."""


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart with its title (the unit in it), its finding in words, and its figures.

    `table` is None only where the page itself has the figures in a table with the origin of each. `notes` stand below the drawing on every
    page: whose boundaries a map shows, the disclaimer, what is not on it.
    """

    title: str
    finding: str
    svg: str
    table: Table | None = None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Area:
    """A unit of a map: its name as the reader knows it, its figure, and how the figure is written (or why there is none).

    Units without a figure are told apart by that reason. `hidden` says that there is a figure, and that somebody could be known by it.
    `polygons` are empty where no boundary is known: the unit is named below the map.
    """

    name: str
    polygons: tuple[Polygon, ...]
    value: Decimal | None = None
    text: str = ""
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Origin:
    """Whose boundaries a map shows, how settled, and as of when: 2024, 2024-06 or 2024-06-30; `date` is empty where the source states none."""

    source: Source
    status: Status
    date: str = ""


@dataclass(frozen=True, slots=True)
class About:
    """What a map is of: its title without the unit (indicator, place, period), the unit of measure's id, and the origins of its boundaries."""

    title: str
    unit: str
    origins: tuple[Origin, ...]
