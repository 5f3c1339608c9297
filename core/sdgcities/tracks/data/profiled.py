"""Reading an office's file by its import profile."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Hashable, Iterator, Mapping
from decimal import Decimal
from fnmatch import fnmatch
from functools import reduce
from pathlib import Path
from typing import cast

from sdgcities.errors import Refused, refuse
from sdgcities.findings import Finding, Severity, Where, msg
from sdgcities.intake.csv import read_header, read_rows
from sdgcities.model.sources import Source
from sdgcities.model.statistics import ImportProfile, Period
from sdgcities.registry.places import Sought
from sdgcities.tracks.data.raw import EXACT, NUMBER, Problem, Raw, Totals, read_period

UnitKey = tuple[int, str, str]
_BLANK: UnitKey = (-1, "", "")


def fits(profile: ImportProfile, path: Path, header: tuple[str, ...]) -> bool:
    """Whether a file is of the kind the profile describes."""
    return fnmatch(path.name.casefold(), profile.file.casefold()) and set(profile.header) <= set(header)


class ProfiledFile:
    """A file read by a profile. Raises Refused where a column is missing or unknown, or the indicator can't be told."""

    def __init__(self, path: Path, profile: ImportProfile) -> None:
        self._path, self._profile = path, profile
        self._header = read_header(path, profile.encoding, profile.delimiter)
        self._check_columns()
        self._index = {name: number for number, name in enumerate(self._header)}
        named = self._named_indicator()
        self._values = [(self._index[value.column], value.indicator or named, value) for value in profile.values if value.column in self._index]
        self._dimensions = [(self._index[item.column], item) for item in profile.dimensions if item.column in self._index]
        self._units = [(self._index[item.column], item) for item in profile.units if item.column in self._index]
        self.country = profile.country
        self.aggregate = profile.aggregate

    def raws(self) -> Iterator[Raw]:
        """One cell for each value column of each row."""
        profile, missing = self._profile, {mark: reason.value for mark, reason in self._profile.missing.items()}
        period_at = self._index.get(profile.period_column)
        for row, cells in self._rows():
            self._crossfoot(row, cells)
            unit = self._unit_key(cells)
            period = profile.period if period_at is None else cells[period_at].strip()
            codes = tuple(cells[at].strip() for at, _ in self._dimensions)
            for number, (at, indicator, _) in enumerate(self._values):
                text = cells[at].strip()
                reason = missing.get(text, "")
                yield row, unit, indicator, period, (number, codes), "" if reason else text, reason, "", "A", None

    def unit(self, key: Hashable) -> Sought:
        """The first of the unit columns that is not empty; the profile's own unit where all are."""
        number, text, within = cast("UnitKey", key)
        if number < 0:
            if self._profile.blank_unit:
                return Sought(self._profile.blank_unit, by="id")
            raise Problem("unit.empty", self.unit_column(key), msg("The row names no unit."))
        column = self._units[number][1]
        return Sought(text, column.by, column.level, within, self._profile.id, self._profile.source.office)

    def unit_column(self, key: Hashable) -> str:
        """The column the unit was named in."""
        number = cast("UnitKey", key)[0]
        return self._units[number][1].column if number >= 0 else ", ".join(column.column for column in self._profile.units)

    def value_column(self, key: Hashable) -> str:
        """The column the figure stands in."""
        return self._values[cast("tuple[int, tuple[str, ...]]", key)[0]][2].column

    def period(self, key: str) -> Period:
        """The period the cell or the profile gives."""
        return read_period(key, self._profile.period_column)

    def dimensions(self, key: Hashable) -> Mapping[str, str]:
        """The codes of the dimension columns and those fixed by the value column."""
        number, cells = cast("tuple[int, tuple[str, ...]]", key)
        codes = dict(self._values[number][2].dimensions)
        for text, (_, item) in zip(cells, self._dimensions, strict=True):
            if not text:
                continue
            if text not in item.codes:
                known = ", ".join(item.codes)
                raise Problem(
                    "dimension.code", item.column, msg("%(text)s is not in the profile's code list.", text=text), msg("Known here: %(codes)s.", codes=known)
                )
            if item.codes[text] != "_T":
                codes[item.dimension] = item.codes[text]
        return codes

    def source(self, _key: Hashable) -> Source:
        """The office's table the profile names."""
        return self._profile.source

    def totals(self) -> Totals:
        """Count and sum of every figure in the value columns, read straight from the file."""
        found: dict[str, tuple[int, Decimal]] = defaultdict(lambda: (0, Decimal(0)))
        for _, cells in self._rows():
            for at, indicator, _ in self._values:
                if NUMBER.fullmatch(text := cells[at].strip()):
                    count, total = found[indicator]
                    found[indicator] = (count + 1, EXACT.add(total, Decimal(text)))
        return dict(found)

    def _rows(self) -> Iterator[tuple[int, list[str]]]:
        return read_rows(self._path, len(self._header), self._profile.encoding, self._profile.delimiter)

    def _unit_key(self, cells: list[str]) -> UnitKey:
        for number, (at, column) in enumerate(self._units):
            text = cells[at].strip()
            if text:
                return number, text, cells[self._index[column.within]].strip() if column.within else ""
        return _BLANK

    def _crossfoot(self, row: int, cells: list[str]) -> None:
        for whole, parts in self._profile.crossfoot.items():
            texts = [cells[self._index[name]].strip() for name in (whole, *parts)]
            if not all(NUMBER.fullmatch(text) for text in texts):
                continue
            if (found := reduce(EXACT.add, map(Decimal, texts[1:]))) != Decimal(texts[0]):
                raise refuse(
                    "reconcile.row",
                    msg("%(whole)s is %(total)s, but %(parts)s add up to %(sum)s.", whole=whole, total=texts[0], parts=" + ".join(parts), sum=found),
                    msg("Ask the office which figure is right."),
                    Where(file=str(self._path), row=row, column=whole),
                )

    def _check_columns(self) -> None:
        profile, header = self._profile, set(self._header)
        values = [value.column for value in profile.values]
        within = {column.within for column in profile.units if column.within and column.column in header}
        footed = {name for whole, parts in profile.crossfoot.items() for name in (whole, *parts)}
        needed = dict.fromkeys((*profile.header, *filter(None, (profile.period_column,)), *sorted(within | footed)))
        places = {name for column in profile.units for name in (column.column, column.within)}
        known = {*needed, *values, *places, *profile.ignore, *(item.column for item in profile.dimensions)}
        where = Where(file=str(self._path), row=1)
        missing = [name for name in needed if name not in header] or ([] if header & set(values) else values)
        unknown = [name for name in self._header if name not in known]
        findings = [
            Finding(
                "profile.column-missing",
                Severity.BLOCK,
                msg("The column %(name)s is missing.", name=name),
                msg("The profile %(id)s needs it.", id=profile.id),
                where,
            )
            for name in missing
        ] + [
            Finding(
                "profile.column-unknown",
                Severity.BLOCK,
                msg("The profile %(id)s does not know the column %(name)s.", id=profile.id, name=name),
                msg("Ask the plugin's maintainer: the profile has to list it, under dimensions or ignore."),
                where,
            )
            for name in unknown
        ]
        if findings:
            raise Refused(findings)

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
