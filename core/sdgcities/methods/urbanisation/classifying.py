"""The degree of urbanisation as a method: of the cells of a grid, and of units by the shares of their people."""

from __future__ import annotations

from array import array
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sdgcities.errors import refuse
from sdgcities.findings import Message, msg
from sdgcities.methods.amounts import WHOLE, amounts, percent, rows, word
from sdgcities.methods.calculating import Inputs, NotComputable, Outcome
from sdgcities.methods.urbanisation.rules import NO_CLASS, STANDARD, Rules, editions, unit_classes
from sdgcities.methods.urbanisation.units import level_one, level_two, shares
from sdgcities.model.grids import Grid
from sdgcities.model.methods import Quantity

if TYPE_CHECKING:
    from sdgcities.methods.urbanisation.cells import Classes
    from sdgcities.methods.urbanisation.centres import Numbers

OF_CELLS = "degurba"
"""The method that takes a grid from a file."""
METRES, KILOMETRES = 1000.0, 1.0
"""The side of a cell of 1 km, in either unit."""
_SQUARE_METRES = 1_000_000
_NEAR = 1e-6
_LARGEST = 1e15
"""Whole numbers up to here are exact in double precision."""


@dataclass(frozen=True, slots=True)
class Cells:
    """A population grid with, where they are known, the permanent land and the built-up land of its cells: shares of the cell, or square metres."""

    people: Grid
    land: Grid | None = None
    built: Grid | None = None
    units: Grid | None = None
    """The number of the unit that each cell lies in."""


@dataclass(frozen=True, slots=True)
class Classified:
    """The class of each cell, -1 where the population grid has no value, and what there is of each class."""

    grid: Grid
    outcome: Outcome


def classify(cells: Cells, given: Inputs) -> Classified:
    """The cells of a grid classified at `level` by the `rules` of an edition. Raises NotComputable where the grids do not serve for it."""
    _computes()
    rules, level = _rules(given), 1 if word(given, "level") == "1" else 2
    if word(given, "cell_size") != "any" and not any(abs(cells.people.cell - side) < _NEAR * side for side in (METRES, KILOMETRES)):
        raise NotComputable(
            msg(
                "The cells are %(side)s wide; the method is made for cells of 1 km2 (1000 m). Resample the grid, or give cell_size=any.",
                side=f"{cells.people.cell:g}",
            )
        )
    for name, other in (("land", cells.land), ("built", cells.built), ("units", cells.units)):
        if other is not None and not cells.people.fits(other):
            raise NotComputable(msg("The cells of %(name)s are not those of the population grid.", name=name))
    return _classified(cells, rules, level)


def _classified(cells: Cells, rules: Rules, level: int) -> Classified:
    from sdgcities.methods.urbanisation.cells import classified  # noqa: PLC0415 - numpy comes with an extra of the package

    people = _numbers(cells.people)
    if (people < 0).any() or (people > 1e12).any():  # noqa: PLR2004 - more than the earth bears
        raise NotComputable(msg("A cell has fewer than no people, or more than can be: give the value that stands for none as nodata_value."))
    if (people != people).all():  # noqa: PLR0124 - what is no number is no value
        raise NotComputable(msg("No cell of the grid has a value."))
    codes = classified(people, rules, level, _share(cells.land, "land"), _share(cells.built, "built"))
    notes: tuple[Message, ...] = (msg("By the rules of %(id)s.", id=rules.id),)
    if cells.land is None:
        notes = (*notes, msg("Without a grid of permanent land, every cell counts as land and none as water."))
    grid = Grid(cells.people.columns, cells.people.rows, cells.people.left, cells.people.bottom, cells.people.cell, array("d", codes.astype(float).tobytes()))
    return Classified(grid, Outcome({**_found(codes, people), **_by_unit(cells, codes, rules, level)}, notes))


def _found(codes: Classes, people: Numbers) -> dict[str, Mapping[str, float]]:
    import numpy as np  # noqa: PLC0415 - as above

    inside = codes != NO_CLASS
    kinds, which = np.unique(codes[inside], return_inverse=True)
    cells, inhabitants = np.bincount(which), np.bincount(which, weights=people[inside])
    order = [str(kind) for kind in kinds[::-1]]
    whole = float(inhabitants.sum())
    return {
        "cells": dict(zip(order, map(int, cells[::-1]), strict=True)),
        "people": dict(zip(order, map(float, inhabitants[::-1]), strict=True)),
        "people_share": dict(zip(order, (percent(float(number), whole) for number in inhabitants[::-1]), strict=True)) if whole else {},
    }


def _by_unit(cells: Cells, codes: Classes, rules: Rules, level: int) -> dict[str, Mapping[str, float]]:
    if cells.units is None:
        return {}
    from sdgcities.methods.urbanisation.overlay import unit_classes_of  # noqa: PLC0415 - as above

    units = _numbers(cells.units)
    if ((units % 1 != 0) & (units == units)).any() or (abs(units) > _LARGEST).any():  # noqa: PLR0124 - what is no number is outside every unit
        raise NotComputable(msg("units must hold the whole number of a unit in each cell."))
    return {"units": dict(unit_classes_of(codes, _numbers(cells.people), units, level, rules.units))}


def _numbers(grid: Grid) -> Numbers:
    import numpy as np  # noqa: PLC0415 - as above

    return np.frombuffer(grid.values, dtype=np.float64).reshape(grid.rows, grid.columns)


def _share(grid: Grid | None, name: str) -> Numbers | None:
    """Land as a share of each cell: written so, or in square metres."""
    if grid is None:
        return None
    import numpy as np  # noqa: PLC0415 - as above

    values = _numbers(grid)
    low, high = float(np.nanmin(values, initial=0)), float(np.nanmax(values, initial=0))
    if low < 0 or high > _SQUARE_METRES * (1 + _NEAR) or 1 + _NEAR < high <= WHOLE:
        raise NotComputable(msg("%(name)s must hold shares from 0 to 1, or square metres up to 1000000.", name=name))
    return values if high <= 1 + _NEAR else values / _SQUARE_METRES


def _computes() -> None:
    try:
        import numpy  # noqa: F401, ICN001, PLC0415 - only whether it is there
    except ImportError:
        text = msg("Grids are classified with the extra scan, which is not installed.")
        raise refuse("calculate.extra", text, msg('Run: pip install "sdgcities[scan]".')) from None


def _rules(given: Inputs) -> Rules:
    wanted = word(given, "rules") or STANDARD
    found = editions().get(wanted)
    if found is None:
        raise NotComputable(msg("There are no rules %(id)s: write %(ids)s.", id=wanted, ids=", ".join(editions())))
    return found


def cells_typed(given: Inputs) -> Outcome:
    """The method for a small grid that was typed: rows of people, of land, of built-up land; cells of 1 km2. Gives the classes row by row too."""
    parts = {name: _typed(rows(given, name), name) for name in ("population", "land", "built", "units")}
    people = parts["population"]
    if people is None:
        raise NotComputable(msg("Not given: %(names)s.", names="population"))
    found = classify(Cells(people, parts["land"], parts["built"], parts["units"]), given)
    width = people.columns
    codes = [[int(code) for code in found.grid.values[start : start + width]] for start in range(0, len(found.grid.values), width)]
    return Outcome({"classes": codes, **found.outcome.outputs}, found.outcome.notes)


def _typed(table: list[list[float]], name: str) -> Grid | None:
    if not table:
        return None
    width = len(table[0])
    if any(len(row) != width for row in table):
        raise NotComputable(msg("The rows of %(name)s are not equally long.", name=name))
    return Grid(width, len(table), 0, 0, METRES, array("d", (value for row in table for value in row)))


def units(given: Inputs) -> Outcome:
    """The class of a unit at both levels, by its people in each class of cells (codes of level 2, or 3, 2, 1 of level 1)."""
    people = {_code(name): number for name, number in amounts(given, "people").items()}
    found = shares(people)
    if found is None:
        raise NotComputable(msg("Nobody lives in the unit: give the square kilometres of each class instead of people."))
    first, known = level_one(found), not {1, 2, 3} & set(people)
    second = level_two(found, _rules(given).units) if known else None
    outputs: dict[str, Quantity] = {
        "level_1": first,
        "level_1_is": unit_classes(1)[first],
        "level_2": second,
        "level_2_is": None if second is None else unit_classes(2)[second],
        "centre_share": WHOLE * found.centre,
        "rural_share": WHOLE * found.rural,
    }
    return Outcome(outputs, () if known else (msg("Level 2 needs the people in each class of level 2 (30, 23, 22, 21, 13, 12, 11)."),))


def _code(name: str) -> int:
    known = {*unit_classes(1), *unit_classes(2), 0, 10}
    if not name.isdecimal() or int(name) not in known:
        raise NotComputable(msg("%(name)s is no class of cells: write %(codes)s.", name=name, codes=", ".join(map(str, sorted(known, reverse=True)))))
    return int(name)
