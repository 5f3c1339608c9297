"""Cells of a table before anything is known of it: what each looks like."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from sdgcities.tracks.data.inspecting.words import words

Row = tuple[int, list[str]]

STORED = "\u2396"
"""The decimal mark that numbers of a workbook or JSON are read with: whatever text writes a point or a comma is a text, and its mark is a question."""

_FIGURE = re.compile(rf"%?[ \u00a0]?[-+\u2212]?(?:[0-9]|[.,{STORED}](?=[0-9]))(?:[0-9]|[.,'\u2019 \u00a0\u202f\u2009{STORED}](?=[0-9]))*(?:[ \u00a0]?%)?")
_YEAR = re.compile(r"(?:18|19|20|21)[0-9]{2}")


class Cell(NamedTuple):
    """A cell that stands as evidence: its row in the file and its text."""

    row: int
    text: str


def collapsed(text: str) -> str:
    """Blanks and line breaks taken as one blank."""
    return " ".join(text.split())


def shown(text: str) -> str:
    """A cell as people read it."""
    return text.replace(STORED, ".")


def is_figure(text: str) -> bool:
    """Whether a text is written like a number, in whatever style."""
    return _FIGURE.fullmatch(text) is not None


def is_mark(text: str) -> bool:
    """Whether a text usually stands where there is no figure."""
    return text.casefold() in words().marks


def is_year(text: str) -> bool:
    """Whether a text is four digits that can be a year."""
    return _YEAR.fullmatch(text) is not None


def filled(cells: Sequence[str]) -> list[int]:
    """The places of the cells that are not empty."""
    return [place for place, cell in enumerate(cells) if cell]


def column_of(rows: Iterable[Row], place: int) -> list[Cell]:
    """The filled cells of one column, with their rows."""
    return [Cell(row, cells[place]) for row, cells in rows if place < len(cells) and cells[place]]


def distinct(cells: Iterable[Cell]) -> list[Cell]:
    """Each text once, where it stands first."""
    first: dict[str, int] = {}
    for row, text in cells:
        first.setdefault(text, row)
    return [Cell(row, text) for text, row in first.items()]
