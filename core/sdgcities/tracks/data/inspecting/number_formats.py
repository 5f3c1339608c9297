"""How the texts of a column write figures, by what stands in that column alone."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from sdgcities.model.profiles import NumberStyle
from sdgcities.tracks.data.inspecting.cells import STORED, Cell, is_figure, is_mark, marked_figure
from sdgcities.tracks.data.reading.numbers import styles_of

_BELOW_ONE = re.compile(r"%?[ \u00a0]?[-+\u2212]?0([.,])[0-9]{3}[ \u00a0]?%?")
_PLAIN = re.compile(r"[-+]?[0-9]+")
_BARE = re.compile(r"[-+]?\.[0-9]+")


@dataclass(frozen=True, slots=True)
class Evidence:
    """How many cells show something, and the first that does."""

    count: int
    first: Cell


@dataclass(frozen=True, slots=True)
class NumberFormat:
    """What a column shows: the decimal marks and the marks between thousands, each with its evidence; `open` are the cells that can be read in two ways."""

    figures: int = 0
    decimal: Mapping[str, Evidence] = field(default_factory=dict)
    thousands: Mapping[str, Evidence] = field(default_factory=dict)
    open: Mapping[str, Evidence] = field(default_factory=dict)
    """Mark to the cells in which it stands before three digits: `4.371`."""
    percent: Evidence | None = None
    missing: Mapping[str, Evidence] = field(default_factory=dict)
    """Marks that stand where there is no figure; an empty text for empty cells."""
    unread: Mapping[str, Evidence] = field(default_factory=dict)
    """Texts that are neither."""
    marked: Mapping[str, Evidence] = field(default_factory=dict)
    """Marks that stand behind a figure: the b of 1796 b."""

    @property
    def undecided(self) -> Mapping[str, Evidence]:
        """The marks in doubt that nothing else in the column decides."""
        return {mark: seen for mark, seen in self.open.items() if mark not in self.decimal and mark not in self.thousands}

    @property
    def at_odds(self) -> bool:
        """Whether the column contradicts itself: two decimal marks, or one mark as both."""
        return len(self.decimal) > 1 or not set(self.decimal).isdisjoint(self.thousands)


def number_format(cells: Iterable[Cell]) -> NumberFormat:
    """What the cells of one column show; empty texts are empty cells."""
    seen: dict[tuple[str, str], list[Cell]] = {}
    figures = 0
    for cell in cells:
        kinds = list(_kinds(cell.text))
        figures += not any(kind in ("missing", "unread") for kind, _ in kinds)
        for kind in kinds:
            seen.setdefault(kind, []).append(cell)
    of = {kind: {mark: Evidence(len(found), found[0]) for (what, mark), found in seen.items() if what == kind} for kind in _KINDS}
    return NumberFormat(
        figures, of["decimal"], of["thousands"], of["open"], next(iter(of["percent"].values()), None), of["missing"], of["unread"], of["marked"]
    )


_KINDS = ("decimal", "thousands", "open", "percent", "missing", "unread", "marked")


def _kinds(text: str) -> Iterable[tuple[str, str]]:
    """What one cell is evidence of: the kind of evidence, and the mark."""
    if not text or (is_mark(text) and not is_figure(text)):
        yield "missing", text
        return
    if marked := marked_figure(text):
        text, mark = marked
        yield "marked", mark
    if STORED in text or _PLAIN.fullmatch(text):
        return
    if "%" in text:
        yield "percent", "%"
    yield from _style(text)


def _style(text: str) -> Iterable[tuple[str, str]]:
    if below := _BELOW_ONE.fullmatch(text):  # no thousand begins with a nought
        yield "decimal", below[1]
        return
    if _BARE.fullmatch(text):
        yield "decimal", "."
        return
    styles = styles_of(text)
    if len(styles) > 1:
        yield "open", next(mark for mark in ",." if mark in text)
    elif styles:
        yield from _marks(text, styles[0])
    elif not _PLAIN.fullmatch(text.replace("%", "").strip()):
        yield "unread", text


def _marks(text: str, style: NumberStyle) -> Iterable[tuple[str, str]]:
    if style.decimal in text:
        yield "decimal", style.decimal
    digits = text.strip("%+-\u2212 \u00a0")
    blanks = any(character.isspace() for character in digits)
    if blanks if style.thousands == " " else style.thousands and style.thousands in text:
        yield "thousands", style.thousands


def common_style(formats: Iterable[NumberFormat]) -> NumberStyle | None:
    """The one style that all columns agree on; None where they contradict each other or one of them is undecided."""
    listed = list(formats)
    decimals = {mark for one in listed for mark in one.decimal}
    thousands = {mark for one in listed for mark in one.thousands}
    if len(decimals) > 1 or len(thousands) > 1 or decimals & thousands or any(one.undecided for one in listed):
        return None
    mark, between = next(iter(decimals), ""), next(iter(thousands), "")
    return NumberStyle(mark or ("," if between == "." else "."), between, any(one.percent for one in listed))
