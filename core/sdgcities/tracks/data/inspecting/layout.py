"""Where in a sheet the table stands: titles, names of columns, figures, notes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sdgcities.tracks.data.inspecting.cells import Cell, Row, filled, is_figure, is_mark, is_year, marked_figure
from sdgcities.tracks.data.inspecting.headings import Headings, headings_of
from sdgcities.tracks.data.reading.folded import collapsed

_MOSTLY = 0.6
_FEW = 3
_SHORT = 30
"""Characters of a heading that stands alone in its row; what is longer is a title."""


@dataclass(frozen=True, slots=True)
class Found:
    """The parts of one sheet. Rows are counted as in the file, columns from 0."""

    header_rows: tuple[int, ...]
    names: tuple[str, ...]
    """Of every column up to the last filled one; empty where a column has none."""
    joined: bool
    """Whether several header rows have to be joined to tell the columns apart."""
    first_row: int
    body: tuple[Row, ...]
    numeric: frozenset[int]
    """The columns of which most cells are figures or marks for none."""
    titles: tuple[Cell, ...] = ()
    """The filled cells above the figures that name no column."""
    notes: tuple[Cell, ...] = ()
    """Below the figures."""
    until: str = ""
    """What begins the row below the figures, where that has to be said: notes of one cell are passed over in any case."""
    unnamed: tuple[Cell, ...] = ()
    """The first cell of each column that has no name."""
    empty: tuple[int, ...] = ()
    """Columns without any cell, between others or named."""
    sections: tuple[Cell, ...] = ()
    """Cells that stand alone in a row amid the figures."""


def find_layout(rows: Sequence[Row], *, headed: bool = False) -> Found | None:
    """The parts of a sheet; None where no row has two filled cells. `headed`: its first row is known to name the columns, and nothing else stands around."""
    clean = [(number, [collapsed(cell) for cell in cells]) for number, cells in rows]
    width = max((places[-1] + 1 for _, cells in clean if (places := filled(cells))), default=0)
    grid = [(number, cells[:width] + [""] * (width - len(cells))) for number, cells in clean]
    wide = [row for row in grid if len(filled(row[1])) > 1]
    if not wide:
        return None
    numeric = _numeric(wide, width)
    first = 1 if headed else _first(grid, wide, numeric)
    last = len(grid) - 1 if headed else _last(grid, first, numeric)
    body = [row for row in grid[first : last + 1] if filled(row[1])]
    top = _top(grid, first)
    used = sorted({place for _, cells in body for place in filled(cells)})
    head = headings_of(grid[top:first], used)
    return _found(grid, (top, first, last), head, body, numeric)


def _found(grid: Sequence[Row], parts: tuple[int, int, int], head: Headings, body: Sequence[Row], numeric: frozenset[int]) -> Found:
    _, first, last = parts
    numeric = numeric | _years_of_marks(head.names, body)
    names = head.names + ("",) * (max((places[-1] + 1 for _, cells in body if (places := filled(cells))), default=0) - len(head.names))
    full = {place for _, cells in body for place in filled(cells)}
    below = [row for row in grid[last + 1 :] if filled(row[1])]
    legend = any(len(filled(cells)) > 1 for _, cells in below)
    titles = [Cell(number, cell) for number, cells in grid[:first] if number not in head.rows for cell in cells if cell]
    return Found(
        header_rows=head.rows,
        names=names,
        joined=head.joined,
        first_row=body[0][0] if body else grid[first][0],
        body=tuple(body),
        numeric=numeric,
        titles=tuple(titles),
        notes=tuple(Cell(number, " ".join(filter(None, cells))) for number, cells in below),
        until=_until(grid[: last + 1], below) if legend else "",
        unnamed=tuple(_first_cell(body, place) for place in sorted(full) if not names[place]),
        empty=tuple(place for place in range(len(names)) if place not in full),
        sections=tuple(_sections(body)),
    )


def _numeric(wide: Sequence[Row], width: int) -> frozenset[int]:
    """The columns that hold figures, by the lower two thirds of the rows: what stands above them may be names."""
    lower = wide[max(1, len(wide) // 3) if len(wide) > 1 else 0 :]
    columns = set[int]()
    for place in range(width):
        cells = [cells[place] for _, cells in lower if cells[place]]
        expected = sum(is_figure(cell) or is_mark(cell) for cell in cells)
        if cells and any(is_figure(row[place]) for _, row in wide[1:] or wide) and expected / len(cells) >= _MOSTLY:
            columns.add(place)
    return frozenset(columns)


def _years_of_marks(names: Sequence[str], body: Sequence[Row]) -> set[int]:
    """The columns named after a year that hold figures without a mark in few rows or none, and marks for none in the others."""
    years = [place for place, name in enumerate(names) if is_year(name)]
    held = {place: [cells[place] for _, cells in body if cells[place]] for place in years} if len(years) > 1 else {}
    return {place for place, cells in held.items() if cells and all(is_figure(cell) or is_mark(cell) or marked_figure(cell) for cell in cells)}


def _has_figures(cells: Sequence[str], numeric: frozenset[int]) -> bool:
    """Whether a row has figures, or marks for none, in at least half of the columns of figures that it fills, and a figure among them."""
    there = [cells[place] for place in numeric if cells[place]]
    figures = sum(is_figure(cell) for cell in there)
    return figures > 0 and 2 * (figures + sum(is_mark(cell) and not is_figure(cell) for cell in there)) >= len(there) and len(filled(cells)) > 1


def _first(grid: Sequence[Row], wide: Sequence[Row], numeric: frozenset[int]) -> int:
    """The place of the first row of figures; below the first wide row where no column holds figures."""
    rows = [place for place, (_, cells) in enumerate(grid) if _has_figures(cells, numeric)]
    for position, place in enumerate(rows):
        below = [grid[other][1] for other in rows[position + 1 : position + 6]]
        if not below or not _names_in_figures(grid[place][1], below, numeric):
            return place
    start = next(place for place, row in enumerate(grid) if row[0] == wide[0][0])
    return min(start + 1, len(grid) - 1)


def _names_in_figures(cells: Sequence[str], below: Sequence[Sequence[str]], numeric: frozenset[int]) -> bool:
    """Whether a row of numbers names columns: years above what are none, or 1, 2, 3, ... from column to column."""
    there = [place for place in sorted(numeric) if cells[place]]
    beside = [cells[place] for place in filled(cells) if place not in numeric]
    others = [cell for cell in beside if is_figure(cell)]
    if not all(map(is_year, others)):
        return False
    numbers = [cells[place] for place in there]
    years = all(map(is_year, numbers)) and (len(there) + len(others) > 1 or len(numeric) == 1)
    if years:
        under = [row[place] for row in below for place in there if row[place]]
        return sum(map(is_year, under)) * 2 < len(under) or (len(set(numbers)) == 1 and len(numbers) > 1 and not all(map(is_year, under)))
    return not beside and _counts_columns([cell.strip("()") for cell in numbers])


def _counts_columns(cells: Sequence[str]) -> bool:
    """Whether cells number the columns: 1, 2, 3, ..., perhaps without the first one or two."""
    if len(cells) < _FEW or not all(cell.isdecimal() for cell in cells):
        return False
    first = int(cells[0])
    return 1 <= first <= _FEW and [int(cell) for cell in cells] == [*range(first, first + len(cells))]


def _last(grid: Sequence[Row], first: int, numeric: frozenset[int]) -> int:
    """The last row of the table: the last with figures, or what follows it without any, filled beside them in the same columns."""
    last = max((place for place, (_, cells) in enumerate(grid) if place >= first and _has_figures(cells, numeric)), default=len(grid) - 1)
    pattern = [place for place in filled(grid[last][1]) if place not in numeric]
    while last + 1 < len(grid) and len(pattern) > 1 and filled(grid[last + 1][1]) == pattern:
        last += 1
    return last


def _top(grid: Sequence[Row], first: int) -> int:
    """The place of the uppermost row that may name columns: without an empty row between, none of them a title."""
    top = first
    while top > 0:
        places = filled(grid[top - 1][1])
        if not places:
            break
        if len(places) == 1 and not _heading(grid[top - 1][1][places[0]], places[0], grid[top:first]):
            break
        top -= 1
    return top


def _heading(text: str, place: int, below: Sequence[Row]) -> bool:
    """Whether a cell that stands alone in its row can name the columns below it: a group, or the first column beside years."""
    named_below = [cells[place] for _, cells in below if cells[place]]
    return bool(below) and len(text) <= _SHORT and (place > 0 or not named_below)


def _until(table: Sequence[Row], below: Sequence[Row]) -> str:
    """The first text below the table that begins no row of it: there the table is over."""
    above = {cells[places[0]] for _, cells in table if (places := filled(cells))}
    return next((text for _, cells in below if (text := next(filter(None, cells))) not in above), "")


def _first_cell(body: Sequence[Row], place: int) -> Cell:
    return next(Cell(number, cells[place]) for number, cells in body if cells[place])


def _sections(body: Sequence[Row]) -> list[Cell]:
    return [Cell(number, cells[places[0]]) for number, cells in body[:-1] if len(places := filled(cells)) == 1]
