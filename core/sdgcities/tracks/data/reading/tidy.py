"""The tidy format: one observation a row, the columns that an export writes."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterator, Mapping, Sequence
from operator import itemgetter
from pathlib import Path
from typing import cast

from sdgcities.errors import refuse
from sdgcities.findings import Finding, Message, Where, msg
from sdgcities.intake.csv import read_header, read_portions
from sdgcities.intake.formulas import unquoted
from sdgcities.model.profiles import AddsUp
from sdgcities.model.sources import Source
from sdgcities.model.statistics import Period
from sdgcities.registry.places import Sought
from sdgcities.tracks.data.reading.raw import Block, Problem, read_period

TIDY = "tidy"
REQUIRED = ("unit", "indicator", "period", "value", "source")
OPTIONAL = ("unit_measure", "status", "missing_reason")


def is_tidy(header: Collection[str]) -> bool:
    """Whether a header is that of the tidy format."""
    return set(REQUIRED) <= set(header)


class TidyRows:
    """Rows in the tidy format of a file; every further column is a dimension, and its cells are codes (empty or `_T`: the total)."""

    country = ""
    aggregate = ""
    adds_up: tuple[AddsUp, ...] = ()
    covers: tuple[str, ...] = ()
    indicator_column = "indicator"
    measure_column = "unit_measure"
    status_column = "status"

    def __init__(self, path: Path, dimensions: Sequence[str]) -> None:
        self._path, self._dims = path, dimensions

    def notes(self) -> tuple[Finding, ...]:
        """Every row of the tidy format is read."""
        return ()

    def where(self, row: int, column: str) -> Where:
        """The row of the file."""
        return Where(file=str(self._path), row=row, column=column)

    def is_note(self, _key: Hashable) -> bool:
        """The tidy format has no notes."""
        return False

    def unit(self, key: Hashable) -> Sought:
        """The tidy format names units by their id."""
        return Sought(str(key).strip(), by=("id",))

    def unit_column(self, _key: Hashable) -> str:
        """The column of units."""
        return "unit"

    def value_column(self, _key: Hashable) -> str:
        """The column of figures."""
        return "value"

    def no_figure(self, _text: str) -> Message:
        """The tidy format has one way to write figures, and a column for what is missing."""
        return msg("Write digits with a decimal point, nothing else; where there is no figure, leave value empty and say why under missing_reason.")

    def period(self, key: str) -> Period:
        """The period as text."""
        return read_period(key, "period")

    def dimensions(self, key: Hashable) -> Mapping[str, str]:
        """The codes of the row; the checker knows the lists."""
        cells = cast("tuple[str, ...]", key)
        return {name: code for name, code in zip(self._dims, map(str.strip, cells), strict=True) if code not in ("", "_T")}

    def source(self, key: Hashable) -> Source:
        """The office and table, as `office; table`."""
        office, _, table = str(key).partition(";")
        if not office.strip():
            raise Problem("source.empty", "source", msg("The row does not say where the figure comes from."), msg("Write the office, or: office; table."))
        return Source(office.strip(), table.strip())

    def totals(self) -> None:
        """Rows are counted; a figure is stored as it stands."""


class TidyFile(TidyRows):
    """A tidy CSV file."""

    def __init__(self, path: Path, dimensions: Collection[str]) -> None:
        self._header = read_header(path)
        super().__init__(path, [name for name in self._header if name not in (*REQUIRED, *OPTIONAL)])
        for name in self._dims:
            if name not in dimensions:
                raise refuse(
                    "tidy.column",
                    msg("%(name)s is neither a column of the tidy format nor a dimension.", name=name),
                    msg("Dimensions known here: %(names)s.", names=", ".join(sorted(dimensions))),
                    Where(file=str(path), row=1, column=name),
                )

    def blocks(self) -> Iterator[Block]:
        """The rows as they stand."""
        at = {name: number for number, name in enumerate(self._header)}
        pick = itemgetter(*(at.get(name, -1) for name in (*REQUIRED, *OPTIONAL)))
        for numbers, rows in read_portions(self._path, len(self._header)):
            columns: list[Sequence[str]] = list(zip(*rows, strict=True))
            codes = list(zip(*(columns[at[name]] for name in self._dims), strict=True)) if self._dims else [()] * len(rows)
            columns.append([""] * len(rows))  # what an optional column that the file does not have gives
            unit, indicator, period, value, source, measure, status, missing = pick(columns)
            yield numbers, unit, indicator, period, codes, value, missing, measure, status, source

    def source(self, key: Hashable) -> Source:
        """The source as it was before an export quoted it."""
        return super().source(unquoted(str(key).strip()))
