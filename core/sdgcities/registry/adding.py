"""Figures of a place added up from those of its parts, where the rule of the indicator allows it. Made when they are read, never stored.

A sum stands only where the place has no word of its own for the period, no reason for a missing figure either, and where every unit of
one level that stood in it on the period's last day has a figure: same indicator, period, dimensions and unit of measure. The level has to
cover the places that its units lie in: municipalities with villages between them don't. And the record has to say what the place was made
up of then: of a region that ended, whose districts are recorded in what followed it, no sum is made of the few that ended with it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Context, Decimal, localcontext

from sqlalchemy import Connection

from sdgcities.model.hub import LatestFigure
from sdgcities.model.places import Unit
from sdgcities.model.statistics import ObservationStatus, Period
from sdgcities.registry.catalogue import Catalogue
from sdgcities.registry.figures import Figure, current, totals
from sdgcities.registry.places import Places

_EXACT = Context(prec=200)
_WORST_LAST = (ObservationStatus.NORMAL, ObservationStatus.PROVISIONAL, ObservationStatus.ESTIMATED, ObservationStatus.UNRELIABLE)

Key = tuple[str, str, str, str, Period]
"""Unit, indicator, dimensions, unit of measure and period."""


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
        places = self._places(units)
        if not places or not self._adding_up:
            return
        said = {(one.unit, one.indicator, one.unit_measure, one.period.start.isoformat(), one.period.end.isoformat()) for one in own}
        held: dict[tuple[str, str, str], dict[tuple[str, str, str], dict[str, str]]] = defaultdict(lambda: defaultdict(dict))
        inside = _inside(places)
        for one in totals(connection, list(inside), self._adding_up):
            held[inside[one.unit], one.indicator, one.unit_measure][one.end, one.start, one.freq][one.unit] = one.value
        for (unit, indicator, measure), periods in held.items():
            for end, start, freq in sorted(sorted(periods, key=lambda period: period[1]), key=lambda period: period[0], reverse=True):
                period = Period(date.fromisoformat(start), date.fromisoformat(end), freq)
                values = periods[end, start, freq]
                parts = next((parts for _, parts in places[unit].made_up_of(unit, period.end) if all(part.id in values for part in parts)), None)
                if parts and (unit, indicator, measure, start, end) not in said:
                    yield unit, indicator, LatestFigure(period, _exact_sum(Decimal(values[part.id]) for part in parts), None, len(parts))
                    break

    def _places(self, units: Sequence[str]) -> dict[str, Places]:
        """Those of the units that are made up of others, with the places of their country."""
        return {unit: found for found in self.catalogue.places.values() for unit in units if unit in found.parts}

    def _tried(
        self, connection: Connection, own: Sequence[Figure], units: Sequence[str], indicator: str | None, *, total_only: bool
    ) -> Iterator[Figure | Lacking]:
        places = self._places(units)
        codes = [code for code in self._adding_up if indicator in (None, code)]
        if not places or not codes:
            return
        parts = _inside(places)
        said = {(one.unit, one.indicator, one.dims, one.unit_measure, one.period) for one in own}
        by_key: dict[Key, dict[str, Figure]] = defaultdict(dict)
        for one in current(connection, list(parts), total_only=total_only, indicators=codes):
            by_key[parts[one.unit], one.indicator, one.dims, one.unit_measure, one.period][one.unit] = one
        for key in by_key.keys() - said:
            yield from _summed(key, by_key[key], places[key[0]])

    @property
    def _adding_up(self) -> list[str]:
        """The indicators whose figures add up."""
        return list(dict.fromkeys(code for items in self.catalogue.indicators.values() for code, item in items.items() if item.aggregation))


def _inside(places: Mapping[str, Places]) -> dict[str, str]:
    """Each part with the unit that it is a part of."""
    return {part.id: unit for unit, found in places.items() for level in found.parts[unit].values() for part in level}


def _summed(key: Key, held: Mapping[str, Figure], places: Places) -> Iterator[Figure | Lacking]:
    """The sum of the uppermost level that has a figure of every unit; else what is missing for it."""
    unit, indicator, *_, period = key
    short: list[Lacking] = []
    for level, standing in places.made_up_of(unit, period.end):
        figures = [held[part.id] for part in standing if part.id in held and held[part.id].value is not None]
        if figures and len(figures) == len(standing):
            yield _sum(unit, figures)
            return
        if figures:
            known = {figure.unit for figure in figures}
            short.append(Lacking(unit, indicator, period, level, len(standing), tuple(part for part in standing if part.id not in known)))
    yield from short[:1]


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
