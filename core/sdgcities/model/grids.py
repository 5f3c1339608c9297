"""A grid of equal square cells over an area, such as the people that live in every square kilometre."""

from __future__ import annotations

from array import array
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Grid:
    """Values of cells, row by row from the north-west; NaN where a cell has none. `left` and `bottom` are the outer corner in the south-west."""

    columns: int
    rows: int
    left: float
    bottom: float
    cell: float
    """The side of a cell, in the unit of the coordinates: metres as a rule."""
    values: array[float]
    """Double precision (typecode d), columns times rows of them."""

    def fits(self, other: Grid) -> bool:
        """Whether both have the same cells in the same place, to a hundredth of a cell."""
        near = self.cell / 100
        same = (self.columns, self.rows) == (other.columns, other.rows) and abs(self.cell - other.cell) * max(self.columns, self.rows) < near
        return same and abs(self.left - other.left) < near and abs(self.bottom - other.bottom) < near
