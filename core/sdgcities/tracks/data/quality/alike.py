"""Doubts that show only over all indicators of a unit: it is another one's copy, or one of its years is."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import combinations

from sdgcities.findings import msg
from sdgcities.model.places import Unit
from sdgcities.tracks.data.quality.across_units import one_place
from sdgcities.tracks.data.quality.checks import Check
from sdgcities.tracks.data.quality.doubt import ALL, Suspicion
from sdgcities.tracks.data.quality.held import Table
from sdgcities.tracks.data.quality.written import digits

MOST_UNITS = 20
"""Units whose years are compared as wholes. Of more units, each indicator shows by itself that a year was pasted twice."""


class Alike:
    """Is shown one table after the other; then tells."""

    def __init__(self, unit_check: Check, year_check: Check, units: Mapping[str, Unit], alone: Mapping[str, bool]) -> None:
        self._unit_check, self._year_check = unit_check, year_check
        self._units, self._alone = units, alone
        self._content: dict[str, int] = {}
        self._figures: dict[str, int] = {}
        self._fresh: set[str] = set()
        self._years: dict[str, dict[str, dict[tuple[str, str], str]]] = {}
        self._names: set[str] = set()
        self._new: set[str] = set()

    def see(self, table: Table) -> None:
        """Take a table in."""
        shape = hash((table.indicator.code, table.dims, table.names))
        self._names.update((table.names[0], table.names[-1]))
        self._new.update(table.names[place] for place in table.fresh_places)
        for line, row in zip(table.lines, table.figures, strict=True):
            if line.fresh:
                self._fresh.add(line.unit)
            told = len({word for word in line.texts if len(word) > 2})  # noqa: PLR2004 - digits
            self._content[line.unit] = hash((self._content.get(line.unit, 0), shape, *line.texts))
            self._figures[line.unit] = self._figures.get(line.unit, 0) + told
            if line.fresh and len(self._years) <= MOST_UNITS:
                self._note(table, line.unit, line.texts, row)

    def _note(self, table: Table, unit: str, texts: Sequence[str], row: Sequence[float | None]) -> None:
        years = self._years.setdefault(unit, {})
        for name, word, figure in zip(table.names, texts, row, strict=True):
            if figure is not None and not table.at_bound(figure):
                years.setdefault(name, {})[table.indicator.code, table.dims] = word

    def suspicions(self, twins: Collection[tuple[str, ...]]) -> Iterator[Suspicion]:
        """What is alike; of `twins` it is known already."""
        yield from (one for one in self._same_units() if one.units not in twins)
        if len(self._years) <= MOST_UNITS:
            for unit, years in self._years.items():
                yield from self._same_years(unit, years)

    def _same_units(self) -> Iterator[Suspicion]:
        seen: dict[int, list[str]] = {}
        for unit, content in self._content.items():
            if self._figures[unit] >= self._unit_check.numbers["figures"]:
                seen.setdefault(content, []).append(unit)
        for first, *others in seen.values():
            for unit in others:
                if {first, unit} & self._fresh and not one_place(self._units[first], self._units[unit], self._alone):
                    problem = msg("all %(n)s figures are those of %(other)s", n=self._figures[unit], other=self._units[first].name)
                    whom, many = (f"{first}={unit}",), len(others) >= self._unit_check.numbers["copies"]
                    yield Suspicion(self._unit_check.id, whom, "", ALL, "", (min(self._names), max(self._names)), problem, many)

    def _same_years(self, unit: str, years: Mapping[str, Mapping[tuple[str, str], str]]) -> Iterator[Suspicion]:
        for first, second in combinations(sorted(years), 2):
            if not {first, second} & self._new:
                continue
            other = years[second]
            if any(key in other and other[key] != word for key, word in years[first].items()):  # nearly always the first one tells
                continue
            common = years[first].keys() & other.keys()
            if len(common) < self._year_check.numbers["indicators"]:
                continue
            telling = {word for key in common if digits(word := years[first][key]) >= self._year_check.numbers["digits"]}
            if len(telling) >= self._year_check.numbers["different"] and len({code for code, _ in common}) > 1:
                problem = msg("all %(n)s figures are the same in %(first)s and %(second)s", n=len(common), first=first, second=second)
                yield Suspicion(self._year_check.id, (unit,), "", ALL, "", (first, second), problem, not {first, second} <= self._new)
