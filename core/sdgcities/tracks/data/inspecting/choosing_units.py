"""Of all columns that name places, those by which a row names its unit."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from sdgcities.tracks.data.inspecting.cells import Cell, Row, column_of, distinct
from sdgcities.tracks.data.inspecting.known import Known
from sdgcities.tracks.data.inspecting.levels import levels_column
from sdgcities.tracks.data.inspecting.reading import Units
from sdgcities.tracks.data.inspecting.unit_columns import NAME, UnitMatch, by_name

_AGREE = 0.8
_WHOLE = 0.75
"""The share of texts that a column has to match to go before one of an upper level that matches better."""


def choose_units(known: Known, rows: Sequence[Row], found: Mapping[int, UnitMatch], texts: Sequence[int], day: date) -> Units:
    """The columns that name the units of the rows, the finest level first. `found` is what each column matches best, `texts` are columns of words."""
    clear = {place: match for place, match in found.items() if match.clear}
    sure = {place: match for place, match in clear.items() if match.telling or _named_beside(rows, match, clear)}
    doubtful = tuple(match for place, match in clear.items() if place not in sure)
    if not sure:
        return Units(doubtful=doubtful, few=tuple(match for match in found.values() if match.by == NAME and match.matched))
    depth = {place: _depth(known, match) for place, match in sure.items()}
    whole = {place: depth[place] for place, match in sure.items() if match.share >= _WHOLE} or depth
    finest = [place for place in whole if whole[place] == max(whole.values())]
    main, beside, rivals = _first(rows, [sure[place] for place in finest])
    coarser = sorted((place for place in sure if depth[place] < depth[main.place]), key=lambda place: (-depth[place], sure[place].by == NAME, place))
    further = _filling(rows, main, [sure[place] for place in coarser])
    main, within = _within(known, rows, main, [place for place in coarser if sure[place].by == NAME and place not in {one.place for one in further}], day)
    levels = levels_column(known, rows, main.place, [place for place in texts if place != main.place], day) if main.by == NAME else None
    columns = (main, *further)
    used = {match.place for match in (*columns, *rivals)} | {beside, within}
    blank = [number for number, cells in rows if not any(cells[match.place] for match in columns)]
    return Units(
        columns,
        rivals,
        doubtful,
        beside,
        -1 if levels else within,
        levels,
        tuple(sorted((set(sure) - used) | set(_levels_told(rows, main, [place for place in texts if place not in used])))),
        Cell(blank[0], "") if blank else None,
        len(blank),
    )


def _levels_told(rows: Sequence[Row], main: UnitMatch, texts: Sequence[int]) -> Iterator[int]:
    """Columns that say in words of what level each coded unit is: the codes tell it already."""
    for place in texts if main.by != NAME and len(main.levels) > 1 else ():
        levels: dict[str, set[str]] = defaultdict(set)
        for _, cells in rows:
            if cells[place] and cells[main.place] in main.matched:
                levels[cells[place]].add(main.matched[cells[main.place]].level)
        if len(levels) > 1 and all(len(one) == 1 for one in levels.values()) and len({*map(tuple, levels.values())}) == len(levels):
            yield place


def _depth(known: Known, match: UnitMatch) -> int:
    """How fine the level is that most of a column's units are of."""
    return known.level_order.get(match.levels[0][0], 0) if match.levels else -1


def _named_beside(rows: Sequence[Row], match: UnitMatch, clear: Mapping[int, UnitMatch]) -> bool:
    """Whether short numbers are codes all the same: a column of names says so, row by row."""
    return any(other.by == NAME and _agree(rows, match, other) for place, other in clear.items() if place != match.place)


def _agree(rows: Sequence[Row], one: UnitMatch, other: UnitMatch) -> bool:
    """Whether one column names the units of the other, or those they lie in, in nearly every row in which both name one."""
    same = both = 0
    for _, cells in rows:
        left, right = one.matched.get(cells[one.place]), other.matched.get(cells[other.place])
        if left and right:
            both += 1
            same += left.id in (right.id, right.parent)
    return both > 0 and same / both >= _AGREE


def _first(rows: Sequence[Row], equals: Sequence[UnitMatch]) -> tuple[UnitMatch, int, tuple[UnitMatch, ...]]:
    """Of columns of one level: the one to go by, codes before names; the names beside it; and those that name other units."""
    ordered = sorted(equals, key=lambda match: (-round(match.share, 1), match.by == NAME, not match.telling, -_filled(rows, match), match.place))
    main = ordered[0]
    same = [match for match in ordered[1:] if _agree(rows, main, match)]
    beside = next((match.place for match in same if match.by == NAME), -1) if main.by != NAME else -1
    apart = [match for match in ordered[1:] if match not in same and _both(rows, main, match)]
    return main, beside, tuple(apart)


def _filled(rows: Sequence[Row], match: UnitMatch) -> int:
    return sum(bool(cells[match.place]) for _, cells in rows)


def _both(rows: Sequence[Row], one: UnitMatch, other: UnitMatch) -> bool:
    """Whether some rows have a unit in either column: then they are not two columns of which one is filled where the other is empty."""
    return any(cells[one.place] in one.matched and cells[other.place] in other.matched for _, cells in rows)


def _filling(rows: Sequence[Row], main: UnitMatch, coarser: Sequence[UnitMatch]) -> list[UnitMatch]:
    """Columns of upper levels that name the unit of rows in which the finer ones are empty."""
    chosen, left = [], [cells for _, cells in rows if not cells[main.place]]
    for match in coarser:
        if any(cells[match.place] for cells in left):
            chosen.append(match)
            left = [cells for cells in left if not cells[match.place]]
    return chosen


def _within(known: Known, rows: Sequence[Row], main: UnitMatch, parents: Sequence[int], day: date) -> tuple[UnitMatch, int]:
    """The nearest column of parents by name within which as many names are found; none where the unit is meant by its code."""
    if main.by != NAME:
        return main, -1
    cells = distinct(column_of(rows, main.place))
    for place in parents:
        beside: dict[str, set[str]] = defaultdict(set)
        for _, row in rows:
            if row[main.place]:
                beside[row[main.place]].add(row[place])
        held = by_name(known, main.place, cells, day, beside)
        if held and len(held.matched) >= len(main.matched):
            return held, place
    return main, -1
