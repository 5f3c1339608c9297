"""What a reader gives the checker: one cell of figures with everything its row says of it, still as text."""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from decimal import Context, Decimal
from typing import Protocol

from sdgcities.findings import Finding, Message, Severity, Where, msg
from sdgcities.intake.portions import portions
from sdgcities.model.profiles import AddsUp
from sdgcities.model.sources import Source
from sdgcities.model.statistics import PERIODS, Period, parse_period
from sdgcities.registry.places import Sought

Raw = tuple[int, Hashable, str, str, Hashable, str, str, str, str, Hashable]
"""Locator (its row, see SHEET), unit key, indicator code, period key, dimensions key, value, missing reason, unit of measure, status, origin key.

The keys are the reader's own: it explains each of them once, however many rows share it.
"""

Block = tuple[
    Sequence[int],
    Sequence[Hashable],
    Sequence[str],
    Sequence[str],
    Sequence[Hashable],
    Sequence[str],
    Sequence[str],
    Sequence[str],
    Sequence[str],
    Sequence[Hashable],
]
"""Some hundred cells of figures, column by column: every column has one entry for each of them."""

EXACT = Context(prec=200)
"""Adds figures without rounding: of 40 characters each, and more of them than a file may hold."""

NUMBER = re.compile(r"[-+]?(?:\d+(?:\.\d*)?|\.\d+)", re.ASCII)
"""How a figure is written."""

CANONICAL = re.compile(r"(?:-?[1-9]\d*|0)(?:\.\d+)?|-0\.0*[1-9]\d*", re.ASCII)
"""How a figure is stored: one spelling of each, save for zeros at its end, which tell how exact it is."""

MAX_DIGITS = 40

_ALL_CANONICAL = re.compile(rf"(?>{CANONICAL.pattern})(?:\n(?>{CANONICAL.pattern}))*+", re.ASCII)
"""The same of a whole column, each figure on a line of its own: one look at all of them takes a third of the time."""

Totals = Mapping[str, tuple[int, Decimal]]
"""Per indicator: how many figures, and their sum."""


def canonical(text: str) -> str:
    """The spelling in which a figure is stored, so that +5, 5. and 05 are the observation that 5 is: 12.10 stays, -0 is 0."""
    exact = Decimal(text)
    return f"{exact or exact.copy_abs():f}"


class Problem(Exception):
    """What is wrong with a part of a row, before the row is known."""

    def __init__(self, code: str, column: str, message: Message, hint: Message | None = None) -> None:
        super().__init__(code)
        self.code, self.column, self.message, self.hint = code, column, message, hint

    def at(self, where: Where) -> Finding:
        """The finding of one row."""
        return Finding(self.code, Severity.BLOCK, self.message, self.hint, where)


def blocks_of(raws: Iterator[Raw]) -> Iterator[Block]:
    """Cells that come one by one, in blocks."""
    for some in portions(raws):
        row, unit, code, period, dims, value, missing, measure, status, origin = zip(*some, strict=True)
        yield row, unit, code, period, dims, value, missing, measure, status, origin


def plain_numbers(values: Sequence[str]) -> list[float] | None:
    """The numbers of figures, where every one of them is spelt as it is stored; else None."""
    lines = "\n".join(values)
    if not _ALL_CANONICAL.fullmatch(lines) or max(map(len, values)) > MAX_DIGITS or lines.count("\n") >= len(values):
        return None
    return list(map(float, values))


def read_period(text: str, column: str) -> Period:
    """The reference period in a cell. Raises Problem."""
    try:
        return parse_period(text)
    except ValueError as error:
        raise Problem("period.unreadable", column, msg("“%(text)s” is no period.", text=text), PERIODS) from error


class Reader(Protocol):
    """A file that can be read as observations. What it is asked of a row raises Problem where the row is wrong."""

    country: str
    """The country whose places the rows speak of; empty where a unit's code says it."""
    aggregate: str
    adds_up: tuple[AddsUp, ...]
    covers: tuple[str, ...]
    """Levels of which a whole file has every unit."""
    indicator_column: str
    """The column that names the indicator, for findings."""
    measure_column: str
    """The column with the unit of measure, and that with the status, for findings."""
    status_column: str

    def blocks(self) -> Iterable[Block]:
        """Every cell of figures, in the order of the file."""
        ...

    def notes(self) -> Iterable[Finding]:
        """What the reader passed over, once every cell was read."""
        ...

    def where(self, row: int, column: str) -> Where:
        """The place of a row and column in the file."""
        ...

    def is_note(self, key: Hashable) -> bool:
        """Whether a row, by its unit key, may be a footnote instead of a row of figures."""
        ...

    def unit(self, key: Hashable) -> Sought:
        """How the row names its unit, and in which column."""
        ...

    def unit_column(self, key: Hashable) -> str:
        """The column a unit was named in, for findings."""
        ...

    def value_column(self, key: Hashable) -> str:
        """The column of a figure, by its dimensions key."""
        ...

    def no_figure(self, text: str) -> Message:
        """What to do about a text where a figure should be."""
        ...

    def period(self, key: str) -> Period:
        """The reference period."""
        ...

    def dimensions(self, key: Hashable) -> Mapping[str, str]:
        """Dimension to code, totals left out."""
        ...

    def source(self, key: Hashable) -> Source:
        """Where the figures come from."""
        ...

    def totals(self) -> Totals | None:
        """The file's own totals, read on a way of their own; None where rows are only counted."""
        ...
