"""Findings of the rows of a table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from sdgcities.findings import Finding, Message, Severity, Where, msg
from sdgcities.kit.subject import Subject
from sdgcities.model.places import Unit
from sdgcities.plugin.declared.problems import read_table
from sdgcities.plugin.declared.units import ATTRIBUTE, COLUMNS

CODE = "places.doubtful"


@dataclass(frozen=True, slots=True)
class Row:
    """A row of units.csv as it is written, and the unit it was read as."""

    file: Path
    number: int
    cells: dict[str, str]
    unit: Unit

    def note(self, column: str, problem: Message, hint: Message) -> Finding:
        """Worth looking at."""
        return Finding(CODE, Severity.NOTE, problem, hint, self.where(column))

    def block(self, column: str, problem: Message, hint: Message) -> Finding:
        """Surely wrong."""
        return Finding(CODE, Severity.BLOCK, problem, hint, self.where(column))

    def where(self, column: str) -> Where:
        """A cell of it."""
        return Where(file=str(self.file), row=self.number, column=column)


def rows_of(subject: Subject) -> list[Row]:
    """The rows of units.csv; none where the plugin has none, or its units come from Python alone. Raises Unchecked where it can't be read."""
    file = subject.manifest.path("units")
    if file is None:
        return []
    units = {unit.id: unit for unit in subject.units.needed}
    return [Row(file, number, cells, units[cells["id"]]) for number, cells in read_table(file, COLUMNS, (), ATTRIBUTE)]


def and_more(rows: Sequence[object]) -> Message:
    """How many rows have the same, where it is more than one."""
    return msg("So it is in %(n)s rows.", n=len(rows)) if len(rows) > 1 else msg("So it is in one row.")
