"""The rows of a table that its profile reads: with the texts that are written once carried down, and without those it passes over."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from sdgcities.findings import Finding, Message, Severity, Where, msg, nmsg
from sdgcities.model.profiles import ImportProfile
from sdgcities.tracks.data.reading.columns import Columns
from sdgcities.tracks.data.reading.folded import folded
from sdgcities.tracks.data.reading.tables import Table

Row = tuple[int, list[str], bool]
"""Its number, its cells, and whether it may be a note."""


class Rows:
    """The rows of one table, with its columns. What is passed over is counted each time the rows are read."""

    def __init__(self, table: Table, columns: Columns, profile: ImportProfile) -> None:
        self.table, self.columns = table, columns
        self._carried = [columns.at[name] for name in profile.carried]
        self._filters = [(one.column, columns.at[one.column], frozenset(map(folded, one.only)), frozenset(map(folded, one.excepted))) for one in profile.rows]
        self._passed_over = Counter[str]()
        self._headings = 0

    def read(self) -> Iterator[Row]:
        """The rows that have figures, in the order of the file."""
        self._passed_over.clear()
        self._headings = 0
        rows = self._filled(self.table.rows()) if self._carried else self.table.rows()
        return self._chosen(rows) if self._filters else rows

    def notes(self) -> Iterator[Finding]:
        """What was passed over."""
        for column, count in self._passed_over.items():
            yield self._note(
                nmsg(
                    "%(n)s row is passed over for what stands in its column %(column)s: so the profile says.",
                    "%(n)s rows are passed over for what stands in their column %(column)s: so the profile says.",
                    count,
                    column=column,
                )
            )
        if self._headings:
            yield self._note(
                nmsg(
                    "%(n)s row has nothing but what the profile carries down, and no figure.",
                    "%(n)s rows have nothing but what the profile carries down, and no figure.",
                    self._headings,
                )
            )

    def _note(self, text: Message) -> Finding:
        hint = msg("See that no figure is among them that is needed.")
        return Finding("import.filtered", Severity.NOTE, text, hint, Where(file=self.table.file, sheet=self.table.title or None))

    def _filled(self, rows: Iterator[Row]) -> Iterator[Row]:
        """The rows with what stands above their empty cells. A new text in an outer column ends what the inner ones carried."""
        above = [""] * len(self._carried)
        for row, cells, note in rows:
            own = [cells[at] for at in self._carried]
            if any(own) and sum(map(bool, own)) == sum(map(bool, cells)):
                self._headings += not note
                above = _carried_on(above, own)
                continue
            above = _carried_on(above, own)
            for at, text in zip(self._carried, above, strict=True):
                cells[at] = text
            yield row, cells, note

    def _chosen(self, rows: Iterator[Row]) -> Iterator[Row]:
        for row, cells, note in rows:
            for column, at, only, excepted in self._filters:
                text = folded(cells[at])
                if text in excepted or (only and text not in only):
                    self._passed_over[column] += not note
                    break
            else:
                yield row, cells, note


def _carried_on(above: list[str], own: list[str]) -> list[str]:
    """What each column carries from this row on."""
    changed = next((number for number, text in enumerate(own) if text and text != above[number]), len(own))
    return [text or ("" if number > changed else above[number]) for number, text in enumerate(own)]
