"""The figures of a city report: the city's own, and where it has none, those of the places it lies in, each by its own name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sdgcities.frameworks.lists import domains
from sdgcities.model.places import Unit
from sdgcities.model.statistics import Dimension, Indicator, MissingReason, ObservationStatus, Period, read_dimensions
from sdgcities.registry.catalogue import Catalogue
from sdgcities.registry.figures import Figure
from sdgcities.reports.provenance import Notes

Dims = tuple[tuple[str, str], ...]
"""Dimension and code, in the order of the series; empty for the total."""
MAX_GROUPS, MAX_PERIODS, MAX_SECOND = 8, 3, 5
"""That a chart of a disaggregation shows: of the codes of its dimension, of periods, of the codes of a second dimension."""


@dataclass(frozen=True, slots=True)
class Place:
    """Whose figure it is. `own`: the city's; otherwise a place it lies in, or what a place was before."""

    unit: Unit
    level: str
    own: bool


@dataclass(frozen=True, slots=True)
class Cell:
    """One observation on the page: a value or why there is none, with its note and row."""

    period: Period
    value: Decimal | None
    missing: MissingReason | None
    status: ObservationStatus
    note: int
    sheet: int
    row: int


@dataclass(frozen=True, slots=True)
class Series:
    """The observations of one place and disaggregation, oldest first."""

    place: Place
    dims: Dims
    unit_measure: str
    cells: tuple[Cell, ...]

    @property
    def latest(self) -> Cell:
        """The newest observation that has a value, else the newest."""
        return next((cell for cell in reversed(self.cells) if cell.value is not None), self.cells[-1])

    @property
    def valued(self) -> tuple[Cell, ...]:
        """The observations that have a value."""
        return tuple(cell for cell in self.cells if cell.value is not None)


@dataclass(frozen=True, slots=True)
class Parts:
    """What a chart shows of a breakdown: groups by periods, or in one period by the codes of a second dimension (`second`)."""

    groups: tuple[Dims, ...]
    periods: tuple[Period, ...]
    second: tuple[Dims, ...]
    values: Mapping[tuple[int, int], Decimal]
    """By group and period, or by group and second code."""


@dataclass(frozen=True, slots=True)
class Breakdown:
    """The series of one place that are split by the same dimensions."""

    place: Place
    dimensions: tuple[str, ...]
    series: tuple[Series, ...]

    @property
    def drawn(self) -> Parts | None:
        """What a chart shows: the newest periods with several values, of two dimensions the newest; all in the unit of the first series.

        None where there is none, or too many parts.
        """
        by_period: dict[tuple[date, int], list[tuple[Series, Cell]]] = defaultdict(list)
        for series in (one for one in self.series if one.unit_measure == self.series[0].unit_measure):
            for cell in series.valued:
                by_period[cell.period.recency].append((series, cell))
        several = [bars for _, bars in sorted(by_period.items(), reverse=True) if len(bars) > 1]
        if not several or len(self.dimensions) > 2:  # noqa: PLR2004 - a third dimension has no place in a drawing
            return None
        return _of_periods(several[:MAX_PERIODS]) if len(self.dimensions) == 1 else _of_two(several[0])


def _of_periods(several: Sequence[Sequence[tuple[Series, Cell]]]) -> Parts | None:
    groups = list(dict.fromkeys(series.dims for bars in several for series, _ in bars))
    values = {(groups.index(series.dims), place): cell.value for place, bars in enumerate(several) for series, cell in bars if cell.value is not None}
    return Parts(tuple(groups), tuple(bars[0][1].period for bars in several), (), values) if len(groups) <= MAX_GROUPS else None


def _of_two(bars: Sequence[tuple[Series, Cell]]) -> Parts | None:
    """The dimension with fewer codes is the second."""
    ends = [list(dict.fromkeys(series.dims[place : place + 1] for series, _ in bars)) for place in (0, 1)]
    first, second = (0, 1) if len(ends[0]) >= len(ends[1]) else (1, 0)
    groups, seconds = ends[first], ends[second]
    if len(groups) > MAX_GROUPS or len(seconds) > MAX_SECOND:
        return None
    values = {
        (groups.index(series.dims[first : first + 1]), seconds.index(series.dims[second : second + 1])): cell.value
        for series, cell in bars
        if cell.value is not None
    }
    return Parts(tuple(groups), (bars[0][1].period,), tuple(seconds), values)


@dataclass(frozen=True, slots=True)
class Entry:
    """An indicator with its figures: `main` are the totals, or where a place has none, its least split series."""

    indicator: Indicator
    main: tuple[Series, ...]
    breakdowns: tuple[Breakdown, ...]

    @property
    def lines(self) -> tuple[Series, ...]:
        """The main series that have several periods."""
        return tuple(series for series in self.main if len(series.valued) > 1)

    @property
    def own(self) -> bool:
        """Whether the city has a value."""
        return any(series.valued for series in self.main if series.place.own)

    @property
    def around(self) -> bool:
        """Whether figures of other places are among them."""
        return any(not series.place.own for series in self.main)


@dataclass(frozen=True, slots=True)
class Domain:
    """A domain of the UMF with the indicators that are assigned to it; number and name are empty for those that are not."""

    number: str
    name: str
    entries: tuple[Entry, ...]
    without: tuple[Indicator, ...]
    """Indicators that have no figure here, neither of the city nor of a place it lies in."""


def places_of(catalogue: Catalogue, city: Unit) -> tuple[Place, ...]:
    """The city, what it was before, then each place it lies in, from near to far, with what that was before."""
    known = catalogue.places[city.country]
    levels = {level.id: level.name for level in catalogue.levels(city.country)}
    found = [city, *known.formerly(city)]
    for unit in known.ancestors(city):
        found += [unit, *known.formerly(unit)]
    once = {unit.id: unit for unit in found}
    return tuple(Place(unit, levels.get(unit.level, ""), unit.id == city.id) for unit in once.values())


@dataclass(frozen=True, slots=True)
class Grouping:
    """How a hub's figures become the entries of a report: whose are shown, who numbers their notes, how codes are ordered."""

    places: Sequence[Place]
    notes: Notes
    dimensions: Mapping[str, Dimension]

    def domains(self, indicators: Iterable[Indicator], figures: Iterable[Figure]) -> tuple[Domain, ...]:
        """The national set by UMF domain; what is assigned to none comes last."""
        held: dict[str, dict[str, list[Figure]]] = defaultdict(lambda: defaultdict(list))
        for figure in figures:
            held[figure.indicator][figure.unit].append(figure)
        names = {**domains(), "": ""}
        by_domain: dict[str, list[Indicator]] = defaultdict(list)
        for indicator in sorted(indicators, key=lambda indicator: indicator.umf_cells[:1]):
            number = indicator.umf_cells[0].partition(".")[0] if indicator.umf_cells else ""
            by_domain[number if number in names else ""].append(indicator)
        return tuple(self._domain(number, name, by_domain[number], held) for number, name in names.items() if number in by_domain)

    def _domain(self, number: str, name: str, indicators: Sequence[Indicator], held: Mapping[str, Mapping[str, list[Figure]]]) -> Domain:
        entries = [self._entry(indicator, held.get(indicator.code, {})) for indicator in indicators]
        return Domain(number, name, tuple(entry for entry in entries if entry.main), tuple(entry.indicator for entry in entries if not entry.main))

    def _entry(self, indicator: Indicator, by_unit: Mapping[str, list[Figure]]) -> Entry:
        """The city's figures; those of the other places only where the city has no value at all, split by one dimension at most."""
        valued = {unit for unit, figures in by_unit.items() if any(figure.value is not None for figure in figures)}
        own = [place for place in self.places if place.own and place.unit.id in by_unit]
        around = [place for place in self.places if not place.own and place.unit.id in valued]
        main: list[Series] = []
        breakdowns: list[Breakdown] = []
        for place in own if any(place.unit.id in valued for place in own) else [*own, *around]:
            series = sorted(self._series(place, by_unit[place.unit.id]), key=self._order)
            fewest = min(len(one.dims) for one in series)
            main += [one for one in series if len(one.dims) == fewest]
            breakdowns += _breakdowns(place, [one for one in series if len(one.dims) > fewest and (place.own or len(one.dims) == 1)])
        return Entry(indicator, tuple(main), tuple(breakdowns))

    def _series(self, place: Place, figures: Sequence[Figure]) -> Iterator[Series]:
        by_dims: dict[tuple[str, str], list[Figure]] = defaultdict(list)
        for figure in figures:
            by_dims[figure.dims, figure.unit_measure].append(figure)
        for (spelled, unit_measure), members in by_dims.items():
            cells = (
                Cell(figure.period, figure.value, figure.missing, ObservationStatus(figure.status), self.notes.number(figure), figure.sheet, figure.row)
                for figure in sorted(members, key=lambda figure: figure.period.recency)
            )
            yield Series(place, tuple(read_dimensions(spelled).items()), unit_measure, tuple(cells))

    def _order(self, series: Series) -> tuple[tuple[str, int, str], ...]:
        """By dimension, then as the code list has it."""
        return tuple((name, self._rank(name, code), code) for name, code in series.dims)

    def _rank(self, dimension: str, code: str) -> int:
        codes = list(self.dimensions[dimension].codes) if dimension in self.dimensions else []
        return codes.index(code) if code in codes else len(codes)


def _breakdowns(place: Place, series: Sequence[Series]) -> Iterator[Breakdown]:
    by_dimensions: dict[tuple[str, ...], list[Series]] = defaultdict(list)
    for one in series:
        by_dimensions[tuple(dimension for dimension, _ in one.dims)].append(one)
    for dimensions in sorted(by_dimensions, key=lambda names: (len(names), names)):
        yield Breakdown(place, dimensions, tuple(by_dimensions[dimensions]))
