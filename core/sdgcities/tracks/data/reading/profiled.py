"""Reading an office's file by its import profile."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Hashable, Iterator, Mapping
from decimal import Decimal
from fnmatch import fnmatch
from functools import reduce
from pathlib import Path
from typing import NamedTuple, cast

from sdgcities.errors import refuse
from sdgcities.findings import Message, Where, msg
from sdgcities.model.sources import Source
from sdgcities.model.statistics import SHEET, ImportProfile, MissingReason, Period
from sdgcities.registry.places import Sought
from sdgcities.tracks.data.reading.columns import TOTAL, Columns
from sdgcities.tracks.data.reading.numbers import example_of, reader_of, styles_of, written
from sdgcities.tracks.data.reading.raw import EXACT, NUMBER, Problem, Raw, Totals, read_period
from sdgcities.tracks.data.reading.tables import Table, tables_of


class UnitKey(NamedTuple):
    """How a row names its unit: by which of the profile's unit columns (-1: by none), and whether the row may be a note."""

    column: int
    text: str
    level: str
    within: str
    beside: str
    note: bool


class CellKey(NamedTuple):
    """A column of figures: the codes its name gives, and the cells of the profile's dimension columns by their number."""

    column: str
    fixed: tuple[tuple[str, str], ...]
    cells: tuple[tuple[int, str], ...]


def named_like(profile: ImportProfile, path: Path) -> bool:
    """Whether a file is named like those the profile describes."""
    return fnmatch(path.name.casefold(), profile.file.casefold())


def headers(path: Path, profile: ImportProfile) -> list[tuple[str, ...]]:
    """The columns of each table of a file, read as the profile reads it."""
    return [table.header for table in tables_of(path, profile)]


class ProfiledFile:
    """A file read by a profile. Raises Refused where a column is missing or unknown, or the indicator can't be told."""

    def __init__(self, path: Path, profile: ImportProfile) -> None:
        self._path, self._profile = path, profile
        indicator = self._named_indicator()
        self._tables = [(table, Columns(table, profile, indicator)) for table in tables_of(path, profile)]
        self._by_number = {table.sheet: table for table, _ in self._tables}
        self._number = reader_of(profile.numbers)
        self.country = profile.country
        self.aggregate = profile.aggregate
        self.adds_up = profile.adds_up
        self.covers = profile.covers
        self.indicator_column = profile.indicator_column

    def raws(self) -> Iterator[Raw]:
        """One cell for each value column of each row."""
        missing = {mark: reason.value for mark, reason in self._profile.missing.items()}
        for table, columns in self._tables:
            base = table.sheet * SHEET
            for row, cells, note in table.rows():
                self._crossfoot(table, columns, row, cells)
                unit, period, named = self._unit_key(columns, cells, note), self._period(columns, cells), self._indicator(columns, cells)
                codes = tuple((number, cells[at]) for number, at in columns.dimensions if cells[at])
                for figures in columns.figures:
                    text = "1" if figures.at is None else cells[figures.at]
                    reason = missing.get(text, "")
                    key = CellKey(figures.column, figures.dimensions, codes)
                    yield (
                        base + row,
                        unit,
                        figures.indicator or named,
                        figures.period or period,
                        key,
                        "" if reason else self._number(text),
                        reason,
                        "",
                        "A",
                        None,
                    )

    def where(self, row: int, column: str) -> Where:
        """The sheet and row of a raw."""
        sheet, number = divmod(row, SHEET)
        return self._by_number[sheet].where(number, column)

    def is_note(self, key: Hashable) -> bool:
        """Whether the row may be a footnote."""
        return cast("UnitKey", key).note

    def unit(self, key: Hashable) -> Sought:
        """The first of the unit columns that is not empty; the profile's own unit where all are."""
        named = cast("UnitKey", key)
        if named.column < 0:
            if self._profile.blank_unit:
                return Sought(self._profile.blank_unit, by=("id",))
            raise Problem("unit.empty", self.unit_column(key), msg("The row names no unit."), msg("Is it a note? Then take the row out, or ask the office."))
        column, level = self._profile.units[named.column], named.level
        if column.level_column:
            if level not in column.level_column.values:
                hint = msg("Known here: %(codes)s.", codes=", ".join(column.level_column.values))
                raise Problem("unit.level", column.level_column.column, msg("“%(text)s” is no level that the profile knows.", text=level), hint)
            level = column.level_column.values[level]
        text = named.text.zfill(column.digits) if named.text.isdecimal() else named.text
        return Sought(text, column.by, level or column.level, named.within, self._profile.id, self._profile.source.office, named.beside)

    def unit_column(self, key: Hashable) -> str:
        """The column the unit was named in."""
        number = cast("UnitKey", key).column
        return self._profile.units[number].column if number >= 0 else ", ".join(column.column for column in self._profile.units)

    def value_column(self, key: Hashable) -> str:
        """The column the figure stands in."""
        return cast("CellKey", key).column

    def no_figure(self, text: str) -> Message:
        """A mark to be listed, another way of writing figures to be told, or something for the office to say."""
        if not any(character.isdecimal() for character in text):
            return msg('If it stands for no figure, list it in the profile with the reason, such as: missing: {"%(text)s": not_collected}.', text=text)
        if (example := example_of(self._profile.numbers)) or not (styles := styles_of(text)):
            example = example or "1234.5"
            return msg("The profile reads figures written like %(example)s. A mark that stands for no figure is listed in it under missing.", example=example)
        if len(styles) == 1:
            return msg("If the file writes its figures so, say it in the profile: %(style)s.", style=written(styles[0]))
        return msg(
            "What is the mark: before the decimals, or between the thousands? Say it in the profile: %(one)s or %(other)s.",
            one=written(styles[0]),
            other=written(styles[1]),
        )

    def period(self, key: str) -> Period:
        """The period that the column's name, the row or the profile gives."""
        return read_period(key, self._profile.period_column)

    def dimensions(self, key: Hashable) -> Mapping[str, str]:
        """The codes of the dimension columns and those that the value column gives."""
        cell = cast("CellKey", key)
        codes = dict(cell.fixed)
        for number, text in cell.cells:
            item = self._profile.dimensions[number]
            if text not in item.codes:
                known = ", ".join(item.codes)
                raise Problem(
                    "dimension.code", item.column, msg("“%(text)s” is not in the profile's code list.", text=text), msg("Known here: %(codes)s.", codes=known)
                )
            if item.codes[text] != TOTAL:
                codes[item.dimension] = item.codes[text]
        return codes

    def source(self, _key: Hashable) -> Source:
        """The office's table the profile names."""
        return self._profile.source

    def totals(self) -> Totals:
        """Count and sum of every figure in the value columns, read straight from the file.

        A number that the profile takes for a mark is a figure all the same, unless the mark says that there can't be one.
        """
        not_figures = self._profile.missing
        found: dict[str, tuple[int, Decimal]] = defaultdict(lambda: (0, Decimal(0)))
        for table, columns in self._tables:
            for _, cells, _ in table.rows():
                named = self._indicator(columns, cells)
                for figures in columns.figures:
                    text = "1" if figures.at is None else cells[figures.at]
                    if not_figures.get(text) is not MissingReason.NOT_APPLICABLE and NUMBER.fullmatch(number := self._number(text)):
                        count, total = found[figures.indicator or named]
                        found[figures.indicator or named] = (count + 1, EXACT.add(total, Decimal(number)))
        return dict(found)

    def _unit_key(self, columns: Columns, cells: list[str], note: bool) -> UnitKey:  # noqa: FBT001 - one caller
        for number, at in columns.units:
            if text := cells[at]:
                column = self._profile.units[number]
                level = columns.cell(cells, column.level_column.column) if column.level_column else ""
                return UnitKey(number, text, level, columns.cell(cells, column.within), columns.cell(cells, column.beside), note)
        return UnitKey(-1, "", "", "", "", note)

    def _period(self, columns: Columns, cells: list[str]) -> str:
        profile = self._profile
        return columns.cell(cells, profile.period_column) if profile.period_column else columns.titled or profile.period

    def _indicator(self, columns: Columns, cells: list[str]) -> str:
        """The indicator that the row names: its code, or its key where the profile does not know it."""
        if not self._profile.indicator_column:
            return ""
        key = " ".join(columns.cell(cells, self._profile.indicator_column).split())
        return self._profile.indicator_keys.get(key, key)

    def _crossfoot(self, table: Table, columns: Columns, row: int, cells: list[str]) -> None:
        for whole, parts in self._profile.crossfoot.items():
            texts = [self._number(columns.cell(cells, name)) for name in (whole, *parts)]
            if not all(NUMBER.fullmatch(text) for text in texts):
                continue
            found = reduce(EXACT.add, map(Decimal, texts[1:]))
            if abs(found - Decimal(texts[0])) > self._profile.crossfoot_tolerance:
                raise refuse(
                    "reconcile.row",
                    msg("%(whole)s is %(total)s, but %(parts)s add up to %(sum)s.", whole=whole, total=texts[0], parts=" + ".join(parts), sum=found),
                    msg("Ask the office which figure is right."),
                    table.where(row, whole),
                )

    def _named_indicator(self) -> str:
        """The indicator that the file's name tells, where the profile says how."""
        profile = self._profile
        if not profile.indicator_pattern:
            return ""
        match = re.search(profile.indicator_pattern, self._path.name, re.IGNORECASE)
        key = (match[1] or "").casefold() if match else ""
        if key not in profile.indicator_keys:
            raise refuse(
                "profile.indicator",
                msg("The profile %(id)s has no indicator for a file of this name.", id=profile.id),
                msg("It knows: %(keys)s.", keys=", ".join(profile.indicator_keys)),
                Where(file=str(self._path)),
            )
        return profile.indicator_keys[key]
