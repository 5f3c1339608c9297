"""Reading an office's file by its import profile."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterator, Mapping
from decimal import Decimal
from fnmatch import fnmatch
from functools import reduce
from pathlib import Path
from typing import NamedTuple, cast

from sdgcities.errors import refuse
from sdgcities.findings import Finding, Message, Where, msg
from sdgcities.model.profiles import SHEET, TOTAL, ImportProfile
from sdgcities.model.sources import Source
from sdgcities.model.statistics import MissingReason, ObservationStatus, Period
from sdgcities.registry.places import Sought
from sdgcities.tracks.data.reading.columns import Columns
from sdgcities.tracks.data.reading.folded import folded, folding
from sdgcities.tracks.data.reading.marks import Marks, Reasons, weakest
from sdgcities.tracks.data.reading.numbers import no_figure, reader_of
from sdgcities.tracks.data.reading.periods import PeriodReader
from sdgcities.tracks.data.reading.ratios import check_ratios
from sdgcities.tracks.data.reading.raw import EXACT, NUMBER, Block, Problem, Raw, Totals, blocks_of
from sdgcities.tracks.data.reading.rows import Rows
from sdgcities.tracks.data.reading.scales import Share, multiplied, product, scaled
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
        self._profile = profile
        self._tables = [Rows(table, Columns(table, profile), profile) for table in tables_of(path, profile)]
        for rows in self._tables:
            check_ratios(rows.table, rows.columns, profile)
        self._by_number = {rows.table.sheet: rows.table for rows in self._tables}
        self._number = reader_of(profile.numbers)
        self._marks = Marks(profile.marks) if profile.marks else None
        self._reasons = Reasons(profile.missing)
        self._periods = PeriodReader(profile.periods, ", ".join(filter(None, (profile.period_column, *profile.period_beside))))
        self._measures = folding(profile.unit_measure.codes) if profile.unit_measure else {}
        self._statuses = {text: status.value for text, status in folding(profile.status_column.codes).items()} if profile.status_column else {}
        self._standing = profile.observation_status.value
        self.country = profile.country
        self.aggregate = profile.aggregate
        self.adds_up = profile.adds_up
        self.covers = profile.covers
        self.indicator_column = profile.indicator_column
        self.measure_column = profile.unit_measure.column if profile.unit_measure else ""
        self.status_column = profile.status_column.column if profile.status_column else ""

    def blocks(self) -> Iterator[Block]:
        """One cell for each value column of each row."""
        return blocks_of(self._raws())

    def _raws(self) -> Iterator[Raw]:
        read, reasons, plain = self._number, self._reasons, self._marks is None
        for rows in self._tables:
            columns, base = rows.columns, rows.table.sheet * SHEET
            for row, cells, note in rows.read():
                self._crossfoot(rows.table, columns, row, cells)
                unit, period, named = self._unit_key(columns, cells, note), self._period(columns, cells), self._indicator(columns, cells)
                codes = tuple((number, cells[at]) for number, at in columns.dimensions if cells[at])
                measure, by = self._measure(columns, cells) if self._measures else ("", None)
                status = self._status(columns, cells) if self.status_column else self._standing
                for figures in columns.figures:
                    text, flag = "1" if figures.at is None else cells[figures.at], status
                    reason = reasons[text] if reasons.figures or not text[:1].isdecimal() else ""
                    if not (plain or reason):
                        text, flag = self._unmarked(text, status)
                        reason = reasons[text]
                    value = "" if reason else read(text)
                    if by is not None or figures.scale is not None:
                        value = scaled(value, product(figures.scale, by))
                    yield (
                        base + row,
                        unit,
                        figures.indicator or named,
                        f"{figures.period or period} {figures.part}" if figures.part else figures.period or period,
                        CellKey(figures.column, figures.dimensions, codes),
                        value,
                        reason,
                        figures.unit or measure,
                        flag,
                        None,
                    )

    def notes(self) -> Iterator[Finding]:
        """What should be known of the file, and the rows that the profile passes over, once they were read."""
        for rows in self._tables:
            yield from (*rows.table.notes, *rows.notes())

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
        return no_figure(text, self._profile.numbers)

    def period(self, key: str) -> Period:
        """The period that the column's name, the row or the profile gives."""
        return self._periods.read(key)

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
        found: dict[Share, tuple[int, Decimal]] = defaultdict(lambda: (0, Decimal(0)))
        read, is_number, reasons, plain = self._number, NUMBER.fullmatch, self._reasons, self._marks is None
        for rows in self._tables:
            columns = rows.columns
            for _, cells, _ in rows.read():
                named = self._indicator(columns, cells)
                by = self._measure(columns, cells)[1] if self._measures else None
                for figures in columns.figures:
                    text = "1" if figures.at is None else cells[figures.at]
                    number = read(text) if plain else self._figure(text)
                    if is_number(number) and not (reasons.figures and reasons[text] == MissingReason.NOT_APPLICABLE):
                        key = figures.indicator or named, figures.scale, by
                        count, total = found[key]
                        found[key] = count + 1, EXACT.add(total, Decimal(number))
        return multiplied(found)

    def _unit_key(self, columns: Columns, cells: list[str], note: bool) -> UnitKey:  # noqa: FBT001 - one caller
        for number, at in columns.units:
            if text := cells[at]:
                column = self._profile.units[number]
                level = columns.cell(cells, column.level_column.column) if column.level_column else ""
                return UnitKey(number, text, level, columns.cell(cells, column.within), columns.cell(cells, column.beside), note)
        return UnitKey(-1, "", "", "", "", note)

    def _period(self, columns: Columns, cells: list[str]) -> str:
        profile = self._profile
        if profile.period_beside:
            return " ".join(columns.cell(cells, name) for name in (profile.period_column, *profile.period_beside))
        return columns.cell(cells, profile.period_column) if profile.period_column else columns.period

    def _measure(self, columns: Columns, cells: list[str]) -> tuple[str, Decimal | None]:
        """The unit of measure that the row tells, and what its figures are multiplied by; in quotation marks where the profile does not know it."""
        text = columns.cell(cells, self.measure_column)
        known = self._measures.get(folded(text))
        return (known.unit, known.scale) if known else (f"“{text}”", None)

    def _status(self, columns: Columns, cells: list[str]) -> str:
        """The status that the row tells; its text, in quotation marks, where the profile does not know it."""
        text = columns.cell(cells, self.status_column)
        return self._statuses.get(folded(text)) or (f"“{text}”" if text else self._standing)

    def _indicator(self, columns: Columns, cells: list[str]) -> str:
        """The indicator that the row names: its code, or its key where the profile does not know it."""
        if not self.indicator_column:
            return ""
        key = " ".join(columns.cell(cells, self.indicator_column).split())
        return self._profile.indicator_keys.get(key, key)

    def _unmarked(self, text: str, status: str) -> tuple[str, str]:
        """A cell without the marks at its figure, and the status by them and by what the row tells."""
        assert self._marks is not None, "asked only where there are marks"
        text, by_marks = self._marks.taken_off(text)
        return text, status if status.startswith("“") else weakest((ObservationStatus(status), by_marks)).value

    def _figure(self, text: str) -> str:
        """The figure in a cell without the marks at it."""
        return self._number(self._marks.taken_off(text)[0] if self._marks else text)

    def _crossfoot(self, table: Table, columns: Columns, row: int, cells: list[str]) -> None:
        for whole, parts in self._profile.crossfoot.items():
            texts = [self._figure(columns.cell(cells, name)) for name in (whole, *parts)]
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
