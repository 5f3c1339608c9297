"""The rows of an indicator that have a value: stripped, exact, and with those told apart that repeat or contradict each other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cached_property

from sdgcities.exchange.opensdg.carried import series_columns
from sdgcities.exchange.opensdg.periods import of_two_years, period_of
from sdgcities.exchange.opensdg.repository import VALUE, YEAR, OpenIndicator
from sdgcities.exchange.opensdg.values import NUMBER, figure_of


class Rows:
    """Column by column; every column has one entry for each row that has a value."""

    def __init__(self, indicator: OpenIndicator) -> None:
        self.indicator = indicator
        columns = dict(zip((name.strip() for name in indicator.columns), zip(*indicator.rows, strict=True), strict=True)) if indicator.rows else {}
        figures = {text: figure_of(text) for text in set(columns.get(VALUE, ()))}
        values = [figures[text] for text in columns.get(VALUE, ())]
        if all(values):
            self.lines: Sequence[int] = indicator.lines
            self._columns: Mapping[str, Sequence[str]] = columns
        else:
            kept = [number for number, value in enumerate(values) if value]
            self.lines = [indicator.lines[number] for number in kept]
            self._columns = {name: [column[number] for number in kept] for name, column in columns.items()}
            values = [value for value in values if value]
        self.values = values

    def __len__(self) -> int:
        return len(self.values)

    def column(self, name: str) -> Sequence[str]:
        """The cells of a column, stripped; empty texts where there is no such column."""
        if name not in self._columns:
            return [""] * len(self)
        cells = self._columns[name]
        stripped = {cell: cell.strip() for cell in set(cells)}
        return cells if all(cell == bare for cell, bare in stripped.items()) else [stripped[cell] for cell in cells]

    @cached_property
    def series(self) -> Sequence[str]:
        """The series of each row."""
        return self._at(series_columns(self.indicator)[0])

    @cached_property
    def units(self) -> Sequence[str]:
        """The unit of measure of each row."""
        return self._at(series_columns(self.indicator)[1])

    def _at(self, place: int | None) -> Sequence[str]:
        return self.column("" if place is None else self.indicator.columns[place].strip())

    @cached_property
    def periods(self) -> Mapping[str, str]:
        """Text of the column Year to the period as the hub writes it; empty for a text that is none."""
        pairs, found = of_two_years(self.indicator), dict[str, str]()
        for text in set(self.column(YEAR)):
            try:
                found[text] = str(period_of(text, of_two_years=pairs))
            except ValueError:
                found[text] = ""
        return found

    @cached_property
    def _told(self) -> list[tuple[str, ...]]:
        """All that a row says of its figure."""
        splits = (self.column(name.strip()) for name in self.indicator.disaggregations)
        place = [self.column(self.indicator.geocode_column.strip())] if self.indicator.geocode_column else []
        return list(zip([self.periods[text] or text for text in self.column(YEAR)], self.series, self.units, *place, *splits, strict=True))

    @cached_property
    def groups(self) -> list[list[int]]:
        """Rows (by their place here) that say the same of their figures, where there are several."""
        told = self._told
        if len(set(told)) == len(told):
            return []
        found: dict[tuple[str, ...], list[int]] = {}
        for number, key in enumerate(told):
            found.setdefault(key, []).append(number)
        return [numbers for numbers in found.values() if len(numbers) > 1]

    @cached_property
    def contradicting(self) -> Mapping[int, Sequence[int]]:
        """Rows that give several values for one figure: each with its whole group."""
        return {number: group for group in self.groups if not self._agree(group) for number in group}

    @cached_property
    def repeated(self) -> frozenset[int]:
        """Rows that give a figure once more, with the same value: the first of each group counts."""
        return frozenset(number for group in self.groups if group[0] not in self.contradicting for number in group[1:])

    def described(self, number: int) -> Iterator[str]:
        """What a row says of its figure, for people: column and text, without what is empty."""
        names = [name.strip() for name in (YEAR, self.indicator.series_column, self.indicator.unit_column, *self.indicator.disaggregations) if name]
        for name in names:
            if cell := self.column(name)[number]:
                yield cell if name == YEAR else f"{name}: {cell}"

    def _agree(self, group: Sequence[int]) -> bool:
        texts = {self.values[number] for number in group}
        return len(texts) == 1 or (all(map(NUMBER.fullmatch, texts)) and len({Decimal(text) for text in texts}) == 1)
