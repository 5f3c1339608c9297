"""Figures of a place added up from those of its parts, where the rule of the indicator allows it. Made when they are read, never stored.

A sum stands only where the place has no word of its own for the period, no reason for a missing figure either, and where every unit of
one level that stood in it on the period's last day has a figure: same indicator, period, dimensions and unit of measure. Such a figure may
be a sum itself: a country is the sum of regions of which only the districts have figures. The level has to cover the places that its units
lie in: municipalities with villages between them don't. And the record has to say what the place was made up of then: of a region that
ended, whose districts are recorded in what followed it, no sum is made of the few that ended with it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Context, Decimal, localcontext
from typing import Generic, TypeVar

from sqlalchemy import Connection

from sdgcities.model.hub import LatestFigure
from sdgcities.model.places import Unit
from sdgcities.model.statistics import ObservationStatus, Period
from sdgcities.registry.catalogue import Catalogue
from sdgcities.registry.figures import Figure, current, totals
from sdgcities.registry.places import Places

_EXACT = Context(prec=200)
_WORST_LAST = (ObservationStatus.NORMAL, ObservationStatus.PROVISIONAL, ObservationStatus.ESTIMATED, ObservationStatus.UNRELIABLE)

T = TypeVar("T")
"""A figure, or what is known of it."""
Measured = tuple[str, str, str, Period]
"""Indicator, dimensions, unit of measure and period."""


@dataclass(frozen=True, slots=True)
class Lacking:
    """A sum that can't be made: some of the parts have no figure."""

    unit: str
    indicator: str
    period: Period
    level: str
    parts: int
    missing: tuple[Unit, ...]


@dataclass(frozen=True, slots=True)
class AddingUp:
    """Adds figures up for the units of a hub."""

    catalogue: Catalogue

    def sums(
        self, connection: Connection, own: Sequence[Figure], units: Sequence[str], indicator: str | None = None, *, total_only: bool = False
    ) -> list[Figure]:
        """The sums of these units beside `own`, the figures that they have themselves; each with its parts."""
        return [one for one in self._tried(connection, own, units, indicator, total_only=total_only) if isinstance(one, Figure)]

    def lacking(self, connection: Connection, own: Sequence[Figure], unit: str, indicator: str) -> list[Lacking]:
        """The totals that could be added up for a unit beside its own figures if all of its parts had one; the newest first."""
        found = [one for one in self._tried(connection, own, [unit], indicator, total_only=True) if isinstance(one, Lacking)]
        return sorted(found, key=lambda one: one.period.end, reverse=True)

    def latest(self, connection: Connection, own: Sequence[Figure], units: Sequence[str]) -> Iterator[tuple[str, str, LatestFigure]]:
        """The newest sum of each unit by indicator beside its own totals: unit, indicator and figure, without the parts."""
        tree, codes = _Tree(self._places(units)), self._adding_up
        if not tree.tops or not codes:
            return
        said = {(one.unit, one.indicator, one.unit_measure, one.period.start.isoformat(), one.period.end.isoformat()) for one in own}
        held: dict[tuple[str, str], dict[tuple[str, str, str], dict[str, _Known | None]]] = defaultdict(lambda: defaultdict(dict))
        for one in totals(connection, tree.parts, codes):
            held[one.indicator, one.unit_measure][one.end, one.start, one.freq][one.unit] = None if one.value is None else (Decimal(one.value), 0)
        for (indicator, measure), periods in held.items():
            wanted = tree.above({unit for values in periods.values() for unit in values}) & tree.tops
            for end, start, freq in sorted(sorted(periods, key=lambda period: period[1]), key=lambda period: period[0], reverse=True):
                sums = _Sums(tree, date.fromisoformat(end), periods[end, start, freq], _counted)
                for unit in sorted(wanted):
                    if (unit, indicator, measure, start, end) not in said and (found := sums.of_parts(unit)):
                        wanted.discard(unit)
                        yield unit, indicator, LatestFigure(Period(date.fromisoformat(start), date.fromisoformat(end), freq), found[0], None, found[1])

    def _places(self, units: Sequence[str]) -> dict[str, Places]:
        """Those of the units that are made up of others, with the places of their country."""
        return {unit: found for found in self.catalogue.places.values() for unit in units if unit in found.parts}

    def _tried(
        self, connection: Connection, own: Sequence[Figure], units: Sequence[str], indicator: str | None, *, total_only: bool
    ) -> Iterator[Figure | Lacking]:
        tree, codes = _Tree(self._places(units)), [code for code in self._adding_up if indicator in (None, code)]
        if not tree.tops or not codes:
            return
        said = {(one.unit, one.indicator, one.dims, one.unit_measure, one.period) for one in own}
        held: dict[Measured, dict[str, Figure | None]] = defaultdict(dict)
        for one in current(connection, tree.parts, total_only=total_only, indicators=codes):
            held[one.indicator, one.dims, one.unit_measure, one.period][one.unit] = one if one.value is not None else None
        for measured, figures in held.items():
            sums = _Sums(tree, measured[-1].end, figures, _sum)
            for unit in sums.above & tree.tops:
                if (unit, *measured) not in said and (found := sums.of_parts(unit) or _lacking(unit, measured, sums)):
                    yield found

    @property
    def _adding_up(self) -> list[str]:
        """The indicators whose figures add up."""
        return list(dict.fromkeys(code for items in self.catalogue.indicators.values() for code, item in items.items() if item.aggregation))


class _Tree:
    """Units with all that they are made up of, the parts of their parts too; what each was on a day is looked up once, however many figures ask."""

    def __init__(self, tops: Mapping[str, Places]) -> None:
        self.tops = set(tops)
        self._places = dict(tops)
        self._whole: dict[str, str] = {}
        self._days: dict[tuple[str, date], list[tuple[str, list[Unit]]]] = {}
        todo = list(tops)
        while todo:
            unit = todo.pop()
            for part in (part.id for level in self._places[unit].parts.get(unit, {}).values() for part in level):
                todo += [part] if part not in self._places else []
                self._whole[part] = unit
                self._places[part] = self._places[unit]

    @property
    def parts(self) -> list[str]:
        """Every unit that is a part of another."""
        return list(self._whole)

    def above(self, units: Iterable[str]) -> set[str]:
        """The units that these are parts of, and so on."""
        found: set[str] = set()
        for unit in units:
            whole = self._whole.get(unit)
            while whole and whole not in found:
                found.add(whole)
                whole = self._whole.get(whole)
        return found

    def made_up_of(self, unit: str, day: date) -> list[tuple[str, list[Unit]]]:
        """What a unit was made up of on a day, by level, the uppermost first."""
        if (unit, day) not in self._days:
            self._days[unit, day] = list(self._places[unit].made_up_of(unit, day))
        return self._days[unit, day]


class _Sums(Generic[T]):
    """What units have of one measure and period, by their own word (None: they have no figure, and say why) or added up."""

    def __init__(self, tree: _Tree, day: date, held: Mapping[str, T | None], add: Callable[[str, Sequence[T]], T]) -> None:
        self._tree, self._day, self._held, self._add = tree, day, held, add
        self.above = tree.above(held)
        """The units in which at least one part has a word of its own."""

    def levels(self, unit: str) -> Iterator[tuple[str, list[Unit]]]:
        """What the unit is made up of, the uppermost level first."""
        yield from self._tree.made_up_of(unit, self._day)

    def of(self, unit: str) -> T | None:
        """What the unit has."""
        return self._held[unit] if unit in self._held else self.of_parts(unit)

    def of_parts(self, unit: str) -> T | None:
        """The sum of the uppermost level that has a figure of every unit."""
        if unit not in self.above:
            return None
        return next((self._add(unit, found) for _, standing in self.levels(unit) if (found := self._all(standing))), None)

    def _all(self, units: Sequence[Unit]) -> list[T]:
        """What each of the units has; nothing where one has nothing."""
        found: list[T] = []
        for unit in units:
            if (one := self.of(unit.id)) is None:
                return []
            found.append(one)
        return found


def _lacking(unit: str, measured: Measured, sums: _Sums[Figure]) -> Lacking | None:
    """What is missing for a sum of the uppermost level of which some have a figure."""
    for level, standing in sums.levels(unit):
        missing = tuple(part for part in standing if sums.of(part.id) is None)
        if len(missing) < len(standing):
            return Lacking(unit, measured[0], measured[-1], level, len(standing), missing)
    return None


_Known = tuple[Decimal, int]
"""A value, and of how many parts it was added up."""


def _counted(_unit: str, values: Sequence[_Known]) -> _Known:
    return _exact_sum(value for value, _ in values), len(values)


def all_parts(figure: Figure) -> Iterator[Figure]:
    """What a sum was made of, with what its parts were made of."""
    for part in figure.parts:
        yield part
        yield from all_parts(part)


def _sum(unit: str, figures: Sequence[Figure]) -> Figure:
    """The figure of the whole: of a source only where it is that of all its parts, of no file, and as reliable as the least reliable part."""
    first, newest = figures[0], max(figures, key=lambda figure: figure.batch)
    same = all((one.office, one.table, one.licence, one.url) == (first.office, first.table, first.licence, first.url) for one in figures)
    status = max((ObservationStatus(one.status) for one in figures), key=_WORST_LAST.index)
    value = _exact_sum(one.value for one in figures if one.value is not None)
    whole = replace(newest, unit=unit, value=value, missing=None, status=status.value, parts=tuple(figures), revision=0)
    whole = replace(whole, file="", file_sha256="", sheet=0, row=0, profile="")
    return whole if same else replace(whole, office="", table="", licence="", url="")


def _exact_sum(values: Iterable[Decimal]) -> Decimal:
    with localcontext(_EXACT):
        return sum(values, Decimal(0))
