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
_MARKED = re.compile(rf"(?P<figure>{_FIGURE.pattern})[ \u00a0]?(?P<mark>[^\W\d_]{{1,3}}|\([^\W\d_]{{1,3}}\)|[*†‡]{{1,3}})")
_YEAR = re.compile(r"(?:18|19|20|21)[0-9]{2}")


class Cell(NamedTuple):
    """A cell that stands as evidence: its row in the file and its text."""

    row: int
    text: str


def shown(text: str) -> str:
    """A cell as people read it."""
    return text.replace(STORED, ".")


def is_figure(text: str) -> bool:
    """Whether a text is written like a number, in whatever style."""
    return _FIGURE.fullmatch(text) is not None


def marked_figure(text: str) -> tuple[str, str] | None:
    """A figure and the mark behind it, such as those of 1796 b; None where a text is something else."""
    found = _MARKED.fullmatch(text)
    return (found["figure"], found["mark"]) if found else None


def packed_with(name: str, texts: Sequence[str]) -> str:
    """The mark with which a column holds several things in each cell, as often as in its own name: indic_de,geo over POP,BE100; empty where it doesn't."""
    for mark in ",;|":
        count = name.count(mark)
        if count and f"{mark} " not in name and texts and all(text.count(mark) == count and f"{mark} " not in text for text in texts):
            return mark
    return ""


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
