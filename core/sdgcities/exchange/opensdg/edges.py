"""Which columns of disaggregation depend on which, and which rows are totals: as Open SDG's site offers them to its readers."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from itertools import combinations

from sdgcities.exchange.opensdg.repository import VALUE, YEAR
from sdgcities.exchange.opensdg.typed import Cell

Columns = Mapping[str, Sequence[Cell]]


def headline(columns: Columns, apart: Collection[str]) -> dict[str, list[Cell]]:
    """The rows that no column of disaggregation splits, with the columns that are none (`apart`)."""
    length, split = len(columns[YEAR]), 0
    for name, cells in columns.items():
        split |= 0 if name in apart else _filled(cells)
    kept = [at for at, one in enumerate(split.to_bytes(length, "little")) if not one]
    return {name: [cells[at] for at in kept] for name, cells in columns.items() if name in apart or name in (YEAR, VALUE)}


def edges(columns: Columns, apart: Collection[str]) -> list[tuple[str, str]]:
    """Pairs of columns, the first of which must be chosen before the second: the second is filled only where the first is.

    Of two that are always filled together the left one comes first. A column before the one before is left out.
    """
    filled = {name: _filled(cells) for name, cells in columns.items() if name not in apart}
    found = []
    for one, other in combinations(filled, 2):
        alone, other_alone = filled[one] & ~filled[other], filled[other] & ~filled[one]
        if alone and not other_alone and filled[other]:
            found.append((one, other))
        elif other_alone and not alone and filled[one]:
            found.append((other, one))
        elif not alone and not other_alone and filled[one]:
            found.append((one, other))
    return _pruned(found)


def _filled(cells: Sequence[Cell]) -> int:
    """Which cells are filled: a byte of the number for each, the first cell's the lowest."""
    return int.from_bytes(bytes(cell is not None for cell in cells), "little")


def _pruned(found: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Without the pairs that skip a generation. Of several columns before a column the builder follows the last one up; so does this."""
    for child in dict.fromkeys(last for _, last in found):
        before = [first for first, last in found if last == child]
        skipped: list[str] = []
        while before:
            above: list[str] = []
            for parent in before:
                above = [first for first, last in found if last == parent]
                skipped += above
            before = above
        found = [(first, last) for first, last in found if not (last == child and first in skipped)]
    return found
