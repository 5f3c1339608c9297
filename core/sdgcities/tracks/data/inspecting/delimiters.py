"""Which mark stands between the columns of a text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sdgcities.tracks.data.inspecting.cells import Row, is_figure

DELIMITERS = ("\t", ";", "|", ",")
"""The likelier first: where two would do, the comma is the decimal mark."""
_EVEN = 0.5
"""The share of rows that have to be of one width."""


@dataclass(frozen=True, slots=True)
class Delimiter:
    """The mark between the columns, and how many of the rows have that many cells with it. Empty where there is none."""

    mark: str
    width: int = 1
    even: int = 0
    of: int = 0
    rivals: tuple[str, ...] = ()
    """Marks that would part the rows as evenly."""


def find_delimiter(split: Mapping[str, Sequence[Row] | None]) -> Delimiter:
    """The mark among those tried; `split` has the rows that each gives, None where the text can't be read with it."""
    found = [seen for mark in DELIMITERS if (seen := _seen(mark, split.get(mark)))]
    if not found:
        return Delimiter("")
    best = max(found, key=lambda one: (round(one.even / one.of, 1), -DELIMITERS.index(one.mark)))
    equal = [one for one in found if one.mark != best.mark and one.even == one.of == best.of == best.even]
    return Delimiter(best.mark, best.width, best.even, best.of, tuple(one.mark for one in equal if _names(split[one.mark]) and one.width > best.width))


def _seen(mark: str, rows: Sequence[Row] | None) -> Delimiter | None:
    widths = Counter(len(cells) for _, cells in rows or () if any(cells))
    if not widths:
        return None
    width, even = max(((width, count) for width, count in widths.items()), key=lambda pair: (pair[0] > 1, pair[1]))
    total = sum(widths.values())
    return Delimiter(mark, width, even, total) if width > 1 and even / total >= _EVEN else None


def _names(rows: Sequence[Row] | None) -> bool:
    """Whether the first row reads like names of columns when it is parted so."""
    first = next((cells for _, cells in rows or () if any(cells)), [])
    return all(cell.strip() and not is_figure(cell.strip()) and not cell.startswith(" ") for cell in first)
