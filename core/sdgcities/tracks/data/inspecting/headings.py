"""Which of the rows above the figures name the columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sdgcities.tracks.data.inspecting.cells import Row, filled, is_figure

JOIN = " | "
_MOST = 5
"""Header rows that a profile can name."""


@dataclass(frozen=True, slots=True)
class Headings:
    """The rows with the names and the names themselves; `joined` where several rows together make a name."""

    rows: tuple[int, ...]
    names: tuple[str, ...]
    joined: bool = False


def headings_of(rows: Sequence[Row], used: Sequence[int]) -> Headings:
    """The names of the columns `used` out of the rows above the figures: the lowest row that names them, with those above it only where needed."""
    rows = rows[-_MOST:]
    for lowest in range(len(rows) - 1, -1, -1):
        if _names_nothing_new(rows, lowest, used):
            continue
        for uppermost in range(lowest, -1, -1):
            found = _lowest_cells(rows[uppermost : lowest + 1])
            if _complete(found.names, used):
                return found
        return _joined(rows[: lowest + 1], used)
    return Headings((), ())


def _names_nothing_new(rows: Sequence[Row], place: int, used: Sequence[int]) -> bool:
    """Whether a row stands below names of the same columns and says nothing that tells them apart: the year of all, numbers of columns, units of measure."""
    cells, above = rows[place][1], rows[:place]
    there = [at for at in filled(cells) if at in used]
    named_above = [at for at in there if any(row[at] for _, row in above)]
    if not there or len(named_above) < len(there):
        return not there
    texts = [cells[at] for at in there]
    upper = _lowest_cells(above)
    return _complete(upper.names, used) and (len(set(texts)) < len(texts) or len(texts) == 1 or all(is_figure(text.strip("()")) for text in texts))


def _lowest_cells(rows: Sequence[Row]) -> Headings:
    """Of each column the lowest filled cell, as a profile's header rows are read. Rows that add nothing are left out."""
    width = max((len(cells) for _, cells in rows), default=0)
    names = tuple(next((cells[at] for _, cells in reversed(rows) if cells[at]), "") for at in range(width))
    giving = {next(number for number, cells in reversed(rows) if cells[at]) for at in range(width) if names[at]}
    return Headings(tuple(sorted(giving)), _stripped(names))


def _complete(names: Sequence[str], used: Sequence[int]) -> bool:
    """Whether every column that holds something has a name of its own."""
    given = [names[at] if at < len(names) else "" for at in used]
    there = [name for name in names if name]
    return all(given) and len(set(there)) == len(there)


def _joined(rows: Sequence[Row], used: Sequence[int]) -> Headings:
    """The names that the filled cells of several rows make together; a group's name holds for the empty cells to its right."""
    plain = _lowest_cells(rows)
    for uppermost in range(len(rows) - 1, -1, -1):
        some = rows[uppermost:]
        spread = [_spread(cells) for _, cells in some[:-1]] + [cells for _, cells in some[-1:]]
        names = tuple(JOIN.join(filter(None, column)) for column in zip(*spread, strict=True))
        if len(some) > 1 and _complete(names, used):
            return Headings(tuple(number for number, _ in some), _stripped(names), joined=True)
    return _lowest_cells(rows[-1:]) if len(_lowest_cells(rows[-1:]).names) >= len(plain.names) else plain


def _spread(cells: Sequence[str]) -> list[str]:
    spread = list[str]()
    for cell in cells:
        spread.append(cell or (spread[-1] if spread else ""))
    return spread


def _stripped(names: tuple[str, ...]) -> tuple[str, ...]:
    while names and not names[-1]:
        names = names[:-1]
    return names
