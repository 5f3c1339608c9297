"""Cities held against the UMF, the SDGs and the disaggregations that their indicators state. Set-based; ranks nobody."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from sdgcities.frameworks.lists import Entry, cells, target_of
from sdgcities.model.statistics import Indicator
from sdgcities.registry.catalogue import Catalogue
from sdgcities.registry.cities import City
from sdgcities.registry.splits import splits_of
from sdgcities.registry.view import RecordsView
from sdgcities.tracks.data.baseline import Baseline, against, baseline


@dataclass(frozen=True, slots=True)
class Part:
    """A cell of the UMF, or a target of the SDGs: the indicators that the country has there, and which of them have a value of the city."""

    code: str
    indicators: tuple[str, ...]
    valued: tuple[str, ...]
    not_applicable: tuple[str, ...]

    @property
    def empty(self) -> bool:
        """Whether the country has no indicator there."""
        return not self.indicators


@dataclass(frozen=True, slots=True)
class Split:
    """A dimension: the indicators that say they are split by it, and those of them that have such figures of the city."""

    dimension: str
    stated: tuple[str, ...]
    held: tuple[str, ...]

    @property
    def share(self) -> Decimal:
        """The share of those that say so; there is at least one."""
        return Decimal(len(self.held)) / len(self.stated)


@dataclass(frozen=True, slots=True)
class Coverage:
    """What a city has figures for. `core` is its baseline, `whole` the same for the country's whole set."""

    core: Baseline
    whole: Baseline
    cells: tuple[Part, ...]
    targets: tuple[Part, ...]
    splits: tuple[Split, ...]

    def of_goal(self, goal: str) -> list[Part]:
        """The targets of one goal."""
        return [part for part in self.targets if part.code.partition(".")[0] == goal]


def coverages(catalogue: Catalogue, cities: Sequence[City]) -> dict[str, Coverage]:
    """Each city's coverage, by its id: a handful of queries, however many cities."""
    view, ids = RecordsView(catalogue), [city.unit.id for city in cities]
    latest, plans = view.latest(ids), view.answers("baseline/gap-plans", ids)
    targets = catalogue.hub.frameworks.sdg.targets
    with catalogue.hub.database.reading() as connection:
        split = splits_of(connection, ids)
    places = {country: _Places(indicators, targets) for country, indicators in catalogue.indicators.items()}
    found: dict[str, Coverage] = {}
    for city in cities:
        place, unit = places[city.unit.country], city.unit.id
        planned = plans[unit].value if unit in plans else None
        whole = against(place.indicators, latest.get(unit, {}), planned)
        found[unit] = Coverage(
            baseline(place.indicators, latest.get(unit, {}), planned),
            whole,
            tuple(_parts(place.by_cell, whole)),
            tuple(_parts(place.by_target, whole)),
            tuple(_splits(place.by_dimension, split[unit])),
        )
    return found


class _Places:
    """Where the indicators of one country belong; the same for all its cities."""

    def __init__(self, indicators: Mapping[str, Indicator], targets: Mapping[str, Entry]) -> None:
        self.indicators = indicators
        self.by_cell: dict[str, list[str]] = {cell: [] for cell in cells()}
        self.by_target: dict[str, list[str]] = {code: [] for code in targets}
        self.by_dimension: dict[str, list[str]] = {}
        for code, indicator in indicators.items():
            self._put(self.by_cell, indicator.umf_cells, code)
            self._put(self.by_target, dict.fromkeys(map(target_of, indicator.sdg)), code)
            for dimension in indicator.disaggregation:
                self.by_dimension.setdefault(dimension, []).append(code)

    @staticmethod
    def _put(into: Mapping[str, list[str]], keys: Iterable[str], code: str) -> None:
        for key in keys:
            if key in into:  # a target that a newer list no longer has is no target
                into[key].append(code)


def _parts(places: Mapping[str, Sequence[str]], whole: Baseline) -> Iterator[Part]:
    outside = set(whole.not_applicable)
    for code, indicators in places.items():
        valued = tuple(one for one in indicators if one in whole.valued)
        yield Part(code, tuple(indicators), valued, tuple(one for one in indicators if one in outside))


def _splits(stated: Mapping[str, Sequence[str]], held: Mapping[str, set[str]]) -> Iterator[Split]:
    for dimension, indicators in stated.items():
        yield Split(dimension, tuple(indicators), tuple(code for code in indicators if dimension in held.get(code, ())))
