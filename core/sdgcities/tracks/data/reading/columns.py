"""A profile held against the columns of one table: which are needed, which are known, and what each column of figures says."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from sdgcities.errors import Refused
from sdgcities.findings import Finding, Message, Severity, Where, msg
from sdgcities.model.profiles import TOTAL, ImportProfile, ValueColumn
from sdgcities.tracks.data.reading.folded import folded, folding
from sdgcities.tracks.data.reading.tables import Table


@dataclass(frozen=True, slots=True)
class Figures:
    """A column of figures with what its name says of them; `at` is None where each row counts one. `scale` is None where nothing is multiplied.

    `scaled` is whether the profile says by what to multiply, be it by 1.
    """

    at: int | None
    column: str
    indicator: str
    period: str
    part: str
    dimensions: tuple[tuple[str, str], ...]
    unit: str
    scale: Decimal | None
    scaled: bool = False


class Columns:
    """The columns of one table as the profile knows them. Raises Refused where one is missing or unknown.

    `period` and `indicator` are what the names of the file and the sheet, or a title, say of the whole table.
    """

    def __init__(self, table: Table, profile: ImportProfile) -> None:
        self._table, self._profile = table, profile
        self.at = {name: number for number, name in enumerate(table.header) if name}
        self._problems: list[Finding] = []
        self.indicator = self._indicator()
        if self._problems:  # this is no file for the profile: what else it has or lacks says nothing
            raise Refused(self._problems)
        self.period = self._period()
        self.figures = tuple(self._figures())
        self.units = tuple((number, self.at[item.column]) for number, item in enumerate(profile.units) if item.column in self.at)
        self.dimensions = tuple((number, self.at[item.column]) for number, item in enumerate(profile.dimensions) if item.column in self.at)
        self._check()
        if self._problems:
            raise Refused(self._problems)

    def cell(self, cells: Sequence[str], column: str) -> str:
        """The cell of a column; empty where the table has no such column."""
        return cells[self.at[column]] if column in self.at else ""

    def _period(self) -> str:
        profile, name = self._profile, Path(self._table.file).name
        if profile.period_title:
            return self._titled(profile.period_title, "period.unreadable", msg("No title names the table's period."))
        if profile.period_sheet:
            problem = msg("The name of the sheet, %(name)s, tells no period.", name=self._table.title)
            return self._named(profile.period_sheet, self._table.title, "period.unreadable", problem)
        if profile.period_file:
            return self._named(profile.period_file, name, "period.unreadable", msg("The name of the file, %(name)s, tells no period.", name=name))
        return profile.period

    def _indicator(self) -> str:
        """The code of the indicator that the whole table has; empty where its rows or columns tell it."""
        profile, name = self._profile, Path(self._table.file).name
        problem = msg("The profile %(id)s has no indicator for a file of this name.", id=profile.id)
        if profile.indicator_pattern:
            key = self._named(profile.indicator_pattern, name, "profile.indicator", problem)
        elif profile.indicator_sheet:
            problem = msg("The profile %(id)s has no indicator for the sheet %(name)s.", id=profile.id, name=self._table.title)
            key = self._named(profile.indicator_sheet, self._table.title, "profile.indicator", problem)
        elif profile.indicator_title:
            problem = msg("The profile %(id)s has no indicator for a table of this title.", id=profile.id)
            key = self._titled(profile.indicator_title, "profile.indicator", problem)
        else:
            return ""
        codes = folding(profile.indicator_keys)
        if key and folded(key) not in codes:
            self._refuse("profile.indicator", "", problem, self._known_keys())
        return codes.get(folded(key), "")

    def _titled(self, pattern: str, code: str, none: Message) -> str:
        """What a title of the table names, the same wherever it is named."""
        found = {match[1] for text in self._table.head if (match := re.search(pattern, text))}
        if len(found) != 1:
            several = msg("The titles of the table name several: %(names)s.", names=", ".join(sorted(found)))
            hint = msg("The profile %(id)s looks for it in the rows above the figures.", id=self._profile.id)
            self._refuse(code, "", several if found else none, hint)
        return next(iter(found), "")

    def _named(self, pattern: str, name: str, code: str, none: Message) -> str:
        """What a name says."""
        match = re.search(pattern, name, re.IGNORECASE)
        if match is None or not match[1]:
            hint = msg("The profile %(id)s looks for %(pattern)s in it.", id=self._profile.id, pattern=pattern)
            self._refuse(code, "", none, self._known_keys() if code == "profile.indicator" else hint)
        return (match[1] or "") if match else ""

    def _known_keys(self) -> Message:
        return msg("It knows: %(keys)s.", keys=", ".join(self._profile.indicator_keys))

    def _check_titles(self) -> None:
        """What the titles have to say, so that another table of the same shape is not taken for this one."""
        for pattern in self._profile.says:
            if not any(re.search(pattern, text) for text in self._table.head):
                problem = msg("No title says %(text)s: this may be another table.", text=pattern)
                self._refuse("profile.other-table", "", problem, msg("The profile %(id)s reads tables that say so.", id=self._profile.id))

    def _figures(self) -> Iterator[Figures]:
        named = {value.column for value in self._profile.values}
        for value in self._profile.values:
            if value.counted:
                yield self._column(value, None, "")
            elif value.columns:
                for name in self.at:
                    if name not in named and (match := re.fullmatch(value.columns, name)):
                        yield self._column(value, self.at[name], name, match)
            elif value.column in self.at:
                yield self._column(value, self.at[value.column], value.column)

    def _column(self, value: ValueColumn, at: int | None, name: str, match: re.Match[str] | None = None) -> Figures:
        said = match.groupdict() if match else {}
        coded = self._coded(value, name, match) if match else ()
        dimensions = (*self._profile.constants.items(), *value.dimensions.items(), *coded)
        scale = None if value.scale == 1 else value.scale
        indicator, told = value.indicator or self.indicator, value.scale is not None
        return Figures(at, name, indicator, said.get("period") or "", said.get("part") or "", dimensions, value.unit, scale, told)

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
        profile, needed = self._profile, self._needed()
        for name in [name for name in needed if name not in self.at] or self._no_figures():
            self._refuse("profile.column-missing", name, msg("The column %(name)s is missing.", name=name), msg("The profile %(id)s needs it.", id=profile.id))
        places = {name for item in profile.units for name in (item.column, item.within, item.beside)}
        known = {*needed, *places, *profile.ignore, *(item.column for item in profile.dimensions), *(item.column for item in self.figures)}
        for name in self.at:
            if name not in known:
                hint = msg("Ask the plugin's maintainer: the profile has to list it, under dimensions or ignore.")
                self._refuse("profile.column-unknown", name, msg("The profile %(id)s does not know the column %(name)s.", id=profile.id, name=name), hint)

    def _needed(self) -> dict[str, None]:
        """The columns without which the rows can't be read as the profile says."""
        profile = self._profile
        within = {item.within for item in profile.units if item.within and item.column in self.at}
        levels = {item.level_column.column for item in profile.units if item.level_column and item.column in self.at}
        footed = {name for whole, parts in profile.crossfoot.items() for name in (whole, *parts)}
        told = [one.column for one in (profile.unit_measure, profile.status_column) if one]
        row_says = (profile.period_column, *profile.period_beside, profile.indicator_column, *told, *profile.carried, *(one.column for one in profile.rows))
        return dict.fromkeys((*profile.header, *filter(None, row_says), *sorted(within | levels | footed)))

    def _no_figures(self) -> list[str]:
        return [] if self.figures else [value.column or value.columns for value in self._profile.values]

    def _refuse(self, code: str, column: str, message: Message, hint: Message) -> None:
        row = self._profile.layout.header_rows[-1]
        self._problems.append(Finding(code, Severity.BLOCK, message, hint, Where(self._table.file, self._table.title or None, row, column or None)))
