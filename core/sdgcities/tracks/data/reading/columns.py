"""A profile held against the columns of one table: which are needed, which are known, and what each column of figures says."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sdgcities.errors import Refused
from sdgcities.findings import Finding, Message, Severity, Where, msg
from sdgcities.model.statistics import ImportProfile, ValueColumn
from sdgcities.tracks.data.reading.tables import Table

TOTAL = "_T"


@dataclass(frozen=True, slots=True)
class Figures:
    """A column of figures with what its name says of them; `at` is None where each row counts one."""

    at: int | None
    column: str
    indicator: str
    period: str
    dimensions: tuple[tuple[str, str], ...]


class Columns:
    """The columns of one table as the profile knows them. Raises Refused where one is missing or unknown."""

    def __init__(self, table: Table, profile: ImportProfile, indicator: str) -> None:
        self._table, self._profile = table, profile
        self.at = {name: number for number, name in enumerate(table.header) if name}
        self._problems: list[Finding] = []
        self.figures = tuple(self._figures(indicator))
        self.units = tuple((number, self.at[item.column]) for number, item in enumerate(profile.units) if item.column in self.at)
        self.dimensions = tuple((number, self.at[item.column]) for number, item in enumerate(profile.dimensions) if item.column in self.at)
        self.titled = self._titled()
        self._check()
        if self._problems:
            raise Refused(self._problems)

    def cell(self, cells: Sequence[str], column: str) -> str:
        """The cell of a column; empty where the table has no such column."""
        return cells[self.at[column]] if column in self.at else ""

    def _titled(self) -> str:
        """The period that a title of the table names, where the profile looks for it there; the same wherever it is named."""
        pattern = self._profile.period_title
        found = {match[1] for text in self._table.head if (match := re.search(pattern, text))} if pattern else set()
        if pattern and len(found) != 1:
            hint = msg("The profile %(id)s looks for it in the rows above the figures.", id=self._profile.id)
            listed = ", ".join(sorted(found))
            problem = msg("The titles of the table name several periods: %(periods)s.", periods=listed) if found else msg("No title names the table's period.")
            self._refuse("period.unreadable", "", problem, hint)
        return next(iter(found), "")

    def _check_titles(self) -> None:
        """What the titles have to say, so that another table of the same shape is not taken for this one."""
        for pattern in self._profile.says:
            if not any(re.search(pattern, text) for text in self._table.head):
                problem = msg("No title says %(text)s: this may be another table.", text=pattern)
                self._refuse("profile.other-table", "", problem, msg("The profile %(id)s reads tables that say so.", id=self._profile.id))

    def _figures(self, indicator: str) -> Iterator[Figures]:
        named = {value.column for value in self._profile.values}
        for value in self._profile.values:
            fixed, code = tuple(value.dimensions.items()), value.indicator or indicator
            if value.counted:
                yield Figures(None, "", code, "", fixed)
            elif value.columns:
                for name in self.at:
                    if name not in named and (match := re.fullmatch(value.columns, name)):
                        yield Figures(self.at[name], name, code, match.groupdict().get("period") or "", (*fixed, *self._coded(value, name, match)))
            elif value.column in self.at:
                yield Figures(self.at[value.column], value.column, code, "", fixed)

    def _coded(self, value: ValueColumn, name: str, match: re.Match[str]) -> Iterator[tuple[str, str]]:
        for dimension, codes in value.codes.items():
            text = match[dimension] or ""
            if text not in codes:
                hint = msg("Known here: %(codes)s.", codes=", ".join(codes))
                self._refuse("profile.column-code", name, msg("“%(text)s” is not in the profile's code list.", text=text), hint)
            elif codes[text] != TOTAL:
                yield dimension, codes[text]

    def _check(self) -> None:
        """Each needed column is there, and each column there is known."""
        self._check_titles()
        profile = self._profile
        within = {item.within for item in profile.units if item.within and item.column in self.at}
        levels = {item.level_column.column for item in profile.units if item.level_column and item.column in self.at}
        footed = {name for whole, parts in profile.crossfoot.items() for name in (whole, *parts)}
        row_says = filter(None, (profile.period_column, profile.indicator_column))
        needed = dict.fromkeys((*profile.header, *row_says, *sorted(within | levels | footed)))
        for name in [name for name in needed if name not in self.at] or self._no_figures():
            self._refuse("profile.column-missing", name, msg("The column %(name)s is missing.", name=name), msg("The profile %(id)s needs it.", id=profile.id))
        places = {name for item in profile.units for name in (item.column, item.within, item.beside)}
        known = {*needed, *places, *profile.ignore, *(item.column for item in profile.dimensions), *(item.column for item in self.figures)}
        for name in self.at:
            if name not in known:
                hint = msg("Ask the plugin's maintainer: the profile has to list it, under dimensions or ignore.")
                self._refuse("profile.column-unknown", name, msg("The profile %(id)s does not know the column %(name)s.", id=profile.id, name=name), hint)

    def _no_figures(self) -> list[str]:
        return [] if self.figures else [value.column or value.columns for value in self._profile.values]

    def _refuse(self, code: str, column: str, message: Message, hint: Message) -> None:
        row = self._profile.layout.header_rows[-1]
        self._problems.append(Finding(code, Severity.BLOCK, message, hint, Where(self._table.file, self._table.title or None, row, column or None)))
