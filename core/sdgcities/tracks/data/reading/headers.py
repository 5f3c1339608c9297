"""The names of a table's columns: out of one row or several, in whichever spelling the file has them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import islice

from sdgcities.errors import Refused, refuse
from sdgcities.findings import Where, msg
from sdgcities.model.profiles import Layout
from sdgcities.tracks.data.reading.folded import collapsed, folded

Span = tuple[int, int, int, int]
"""Cells that are merged: first row, first column, last row, last column; rows from 1, columns from 0."""


def header_of(rows: Iterable[tuple[int, list[str]]], layout: Layout, where: Where, merged: Sequence[Span] = ()) -> tuple[str, ...]:
    """The names of the columns, by the header rows of the layout; empty where a column has none."""
    wanted = layout.header_rows
    found = {number: list(map(collapsed, cells)) for number, cells in islice(rows, wanted[-1]) if number in wanted}
    width = max(map(len, found.values()), default=0)
    above = [found[number] + [""] * (width - len(found[number])) for number in wanted if number in found]
    if layout.header_join:
        spans = [one for one in merged if one[0] in wanted and one[3] > one[1]]
        for number, cells in zip(sorted(found), above[:-1], strict=False):
            _spread(cells, [one for one in spans if one[0] == number] if spans else None)
        names = [layout.header_join.join(filter(None, cells)) for cells in zip(*above, strict=True)]
    else:
        names = [next(filter(None, reversed(cells)), "") for cells in zip(*above, strict=True)]
    while names and not names[-1]:
        names.pop()
    return named(names, layout, where)


def named(names: Sequence[str], layout: Layout, where: Where) -> tuple[str, ...]:
    """The names as the profile spells them. Refused where there is none, or one stands twice."""
    spelled = {folded(other): name for name, others in layout.same.items() for other in (name, *others)}
    found = tuple(spelled.get(folded(name), name) for name in names)
    if not any(found):
        raise _bad(where, layout.header_rows[-1], "")
    for name in found:
        if name and found.count(name) > 1:
            raise _bad(where, layout.header_rows[-1], name)
    return found


def _spread(cells: list[str], spans: Sequence[Span] | None) -> None:
    """A group's name into the columns it stands above: those of its merged cells, or where nothing is merged the empty ones to its right."""
    if spans is None:
        for at in range(1, len(cells)):
            cells[at] = cells[at] or cells[at - 1]
        return
    for _, first, _, last in spans:
        cells[first : last + 1] = [cells[first]] * len(cells[first : last + 1])


def _bad(where: Where, row: int, name: str) -> Refused:
    place = Where(file=where.file, sheet=where.sheet, row=row, column=name or None)
    if not name:
        return refuse("table.header", msg("The row that should hold the names of the columns is empty."), None, place)
    return refuse("table.header", msg("The column %(name)s stands twice.", name=name), msg("Give every column its own name."), place)
