"""Columns in which a text is written once and holds for the empty cells below it."""

from __future__ import annotations

from collections.abc import Sequence

from sdgcities.tracks.data.inspecting.cells import Row, is_figure, is_year
from sdgcities.tracks.data.inspecting.layout import Found


def carried_columns(layout: Found) -> tuple[int, ...]:
    """The columns of texts, or of years, of which each text stands once and above empty cells: merged, or not written again.

    Beside such a column, or inside its groups, a text may stand in several of them.
    """
    body = layout.body
    places = [place for place in range(len(layout.names)) if place not in layout.numeric or all(not cells[place] or is_year(cells[place]) for _, cells in body)]
    once = [place for place in places if _written_once(body, place) and not _alternates(body, place, places)]
    return tuple(place for place in places if place in once or any(_beside(body, place, outer) or _inside(body, place, outer) for outer in once))


def carried_down(body: Sequence[Row], places: Sequence[int]) -> tuple[Row, ...]:
    """The rows with every empty cell of these columns filled from above; a new text of an outer column empties the inner ones."""
    if not places:
        return tuple(body)
    rows, above = list[Row](), dict.fromkeys(places, "")
    for number, cells in body:
        new = list(cells)
        for position, place in enumerate(places):
            if cells[place] and cells[place] != above[place]:
                above |= dict.fromkeys(places[position + 1 :], "")
            above[place] = cells[place] or above[place]
            new[place] = above[place]
        rows.append((number, new))
    return tuple(rows)


def _written_once(body: Sequence[Row], place: int) -> bool:
    texts = [cells[place] for _, cells in body if cells[place]]
    return len(texts) > 1 and bool(body[0][1][place]) and len(set(texts)) == len(texts) and 2 * len(texts) <= len(body)


def _beside(body: Sequence[Row], place: int, outer: int) -> bool:
    """Whether a column is filled in the very rows in which a carried one begins a group."""
    return place != outer and all(bool(cells[place]) == bool(cells[outer]) for _, cells in body)


def _inside(body: Sequence[Row], place: int, outer: int) -> bool:
    """Whether in every group of a carried column each text stands once, in the first row of its group and above empty cells alone."""
    groups = list[list[str]]()
    for _, cells in body:
        if cells[outer]:
            groups.append([])
        groups[-1].append(cells[place])
    texts = [[text for text in group if text] for group in groups]
    apart = not any(text and (not below or below[0]) for group in groups for text, below in ((group[at], group[at + 1 :]) for at in range(len(group))))
    return place > outer and apart and all(group[0] for group in groups) and all(len(set(some)) == len(some) for some in texts)


def _alternates(body: Sequence[Row], place: int, places: Sequence[int]) -> bool:
    """Whether another column of texts is empty just where this one is filled, in rows of figures: then either of them names the row."""
    here = [cells for _, cells in body if cells[place] and any(is_figure(cell) for at, cell in enumerate(cells) if at not in places)]
    for other in places:
        empty = [cells for _, cells in body if not cells[other]]
        if other != place and here and all(not cells[other] for cells in here) and len(empty) < len(body):
            return True
    return False
