"""Where the figures of a batch will show: in whose report, in coverage and milestones, or only where they are asked for. Nothing loaded is invisible."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from sys import intern
from typing import NamedTuple, TypeVar

from sqlalchemy import Connection, and_, case, func, select

from sdgcities.model.hub import GONE
from sdgcities.model.places import Unit
from sdgcities.model.statistics import read_dimensions
from sdgcities.registry.catalogue import Catalogue
from sdgcities.registry.cities import cities
from sdgcities.registry.figures import SQL_VARIABLES
from sdgcities.store.bulk import SeriesKey
from sdgcities.store.tables import observation, series

T = TypeVar("T")

MANY = 20_000
"""Series beyond which one look through all observations is cheaper than looking up each."""


@dataclass(frozen=True, slots=True)
class PlacedIndicator:
    """The new figures of one indicator. `core` None: no plugin of the hub gives the indicator any more."""

    code: str
    figures: int
    units: int
    core: bool | None
    split: Mapping[str, int]
    """Figures by the dimensions that they are split by, the totals left out."""
    example: str
    """A unit that has one, for a command to type."""


@dataclass(frozen=True, slots=True)
class Placement:
    """Where new figures show."""

    figures: int
    units: int
    indicators: tuple[PlacedIndicator, ...]
    cities: tuple[Unit, ...]
    """Participating cities in whose reports the figures of their own, or of what they were before, stand."""
    around: tuple[Unit, ...]
    """Places that participating cities lie in: their figures stand in a report where the city has none of its own."""
    elsewhere: tuple[str, ...]
    """Units that take no part: `data show` shows their figures."""
    ended: tuple[str, ...]
    """Units that ended before today; a place that followed shows their figures as those of what it was."""
    dimensions: Mapping[str, str]
    """The names of the dimensions by which any of the figures are split."""
    older: int
    """Series whose newest figure in the hub is of a later period: the headline of a report stays that one."""

    def as_data(self) -> dict[str, object]:
        """The same as JSON shows it."""
        return {
            "figures": self.figures,
            "indicators": [
                {"indicator": one.code, "figures": one.figures, "units": one.units, "national_core": one.core, "split": dict(one.split)}
                for one in self.indicators
            ],
            "in_reports_of": [unit.id for unit in self.cities],
            "around_cities": [unit.id for unit in self.around],
            "not_taking_part": list(self.elsewhere),
            "ended_units": list(self.ended),
            "older_than_the_latest": self.older,
        }


class SeriesRow(NamedTuple):
    """A series with its number."""

    id: int
    unit: str
    indicator: str
    unit_measure: str
    dims: str

    @property
    def key(self) -> SeriesKey:
        """What it is known by."""
        return self.unit, self.indicator, self.unit_measure, self.dims


@dataclass(slots=True)
class Tally:
    """What is counted, series by series."""

    figures: Counter[str] = field(default_factory=Counter)
    units: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    split: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    older: int = 0

    def take(self, unit: str, code: str, dims: str, figures: int) -> None:
        """Count the new figures of a series."""
        self.figures[code] += figures
        self.units[code].add(unit)
        if dims:
            self.split[code][_split_by(dims)] += figures


@lru_cache(1000)
def _split_by(dims: str) -> str:
    return ", ".join(read_dimensions(dims))


def places_of(
    connection: Connection, catalogue: Catalogue, batches: Sequence[int], units: Collection[str] | None = None, tally: Tally | None = None
) -> Placement:
    """Where the figures that these batches stored show.

    `units`, where they are known, keep the look to those that can have any; a `tally` that the load made saves it.
    """
    tally = tally or _tallied(connection, batches, units)
    found = set[str]().union(*tally.units.values())
    own, around = _shown(catalogue)
    of_cities = set[str]().union(*(shown for _, shown in own))
    listed = _listed(catalogue, found)
    return Placement(
        figures=tally.figures.total(),
        units=len(found),
        indicators=tuple(_indicator(catalogue, tally, code) for code in sorted(tally.figures)),
        cities=tuple(city for city, shown in own if not shown.isdisjoint(found)),
        around=tuple(listed[code] for code in sorted((found & around) - of_cities) if code in listed),
        elsewhere=tuple(sorted(found - around - of_cities)),
        ended=tuple(sorted(code for code in found if code in listed and listed[code].valid_to)),
        dimensions=_named(catalogue, tally),
        older=tally.older,
    )


def _named(catalogue: Catalogue, tally: Tally) -> dict[str, str]:
    used = {name for split in tally.split.values() for key in split for name in key.split(", ")}
    return {name: one.name for name, one in catalogue.dimensions.items() if name in used}


def _tallied(connection: Connection, batches: Sequence[int], units: Collection[str] | None) -> Tally:
    tally = Tally()
    # hundreds of thousands of series have few units, indicators and codes between them: each text is kept once
    known = {row.id: (intern(row.unit), intern(row.indicator), intern(row.dims)) for row in series_of(connection, units)}
    for number, figures, newest, other in _counted(connection, batches, list(known)):
        unit, code, dims = known[number]
        tally.take(unit, code, dims, figures)
        tally.older += bool(not dims and other and other > newest)
    return tally


def series_of(connection: Connection, units: Collection[str] | None) -> Iterator[SeriesRow]:
    """The series of these units; of all where they are not named."""
    query = select(series.c.id, series.c.unit, series.c.indicator, series.c.unit_measure, series.c.dims)
    for chosen in portions(units) if units is not None else (None,):
        rows = connection.execute(query if chosen is None else query.where(series.c.unit.in_(chosen)))
        yield from (SeriesRow(*row) for row in rows)


def _counted(connection: Connection, batches: Sequence[int], numbers: Collection[int]) -> Iterator[tuple[int, int, str, str | None]]:
    """Of each series that has new figures: its number, how many, the last day of the newest, and of the newest value that was there before."""
    new = and_(observation.c.batch.in_(batches), observation.c.op == "set")
    value = case((and_(observation.c.batch.not_in(batches), observation.c.value.is_not(None)), observation.c.period_end))
    query = select(observation.c.series, func.sum(case((new, 1), else_=0)), func.max(case((new, observation.c.period_end))), func.max(value))
    asked = [query] if len(numbers) > MANY else [query.where(observation.c.series.in_(chosen)) for chosen in portions(numbers)]
    for one in asked:
        for row in connection.execute(one.group_by(observation.c.series)):
            if row[1]:
                yield row[0], int(row[1]), row[2], row[3]


def _indicator(catalogue: Catalogue, tally: Tally, code: str) -> PlacedIndicator:
    given = next((items[code] for items in catalogue.indicators.values() if code in items), None)
    units = tally.units[code]
    return PlacedIndicator(code, tally.figures[code], len(units), given.core if given else None, tally.split.get(code, {}), min(units))


def _shown(catalogue: Catalogue) -> tuple[list[tuple[Unit, set[str]]], set[str]]:
    """For each city that takes part the units whose figures its report gives as its own, and all those that they lie in."""
    own: list[tuple[Unit, set[str]]] = []
    around: set[str] = set()
    for city in cities(catalogue):
        if city.stage in GONE:
            continue
        places = catalogue.places[city.unit.country]
        own.append((city.unit, {city.unit.id, *(one.id for one in places.formerly(city.unit))}))
        for above in places.ancestors(city.unit):
            around |= {above.id, *(one.id for one in places.formerly(above))}
    return own, around


def _listed(catalogue: Catalogue, codes: Iterable[str]) -> dict[str, Unit]:
    units = {code: unit for places in catalogue.places.values() for code, unit in places.units.items()}
    return {code: units[code] for code in codes if code in units}


def portions(items: Collection[T]) -> Iterator[list[T]]:
    """As many at a time as a statement may name."""
    ordered = list(items)
    return (ordered[start : start + SQL_VARIABLES] for start in range(0, len(ordered), SQL_VARIABLES))
