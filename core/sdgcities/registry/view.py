"""The hub as measures see it: read-only, answered from the records in a handful of queries."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cached_property

from sdgcities.model.hub import Edition, FigureReview, LatestFigure
from sdgcities.model.instruments import Answer
from sdgcities.model.statistics import Indicator, Period
from sdgcities.registry import figures, publications
from sdgcities.registry.adding import AddingUp
from sdgcities.registry.catalogue import Catalogue
from sdgcities.registry.computed import computed_by
from sdgcities.registry.evidence import attached
from sdgcities.registry.splits import splits_of
from sdgcities.registry.submissions import latest_answers


class RecordsView:
    """A `HubView` over a hub's records."""

    def __init__(self, catalogue: Catalogue, today: date | None = None) -> None:
        self._catalogue = catalogue
        self._today = today or datetime.now(UTC).date()
        self._latest: dict[tuple[str, ...], Mapping[str, Mapping[str, LatestFigure]]] = {}

    @property
    def today(self) -> date:
        """The day of the assessment."""
        return self._today

    @cached_property
    def _country_of(self) -> Mapping[str, str]:
        return {unit: country for country, places in self._catalogue.places.items() for unit in places.units}

    def indicators(self, city: str) -> Mapping[str, Indicator]:
        """The indicators of the city's country."""
        return self._catalogue.indicators[self._country_of[city]]

    def answers(self, question: str, cities: Sequence[str]) -> Mapping[str, Answer]:
        """Each city's latest answer to a question of the core."""
        with self._catalogue.hub.database.reading() as connection:
            return latest_answers(connection, question, cities)

    def evidence(self, cities: Sequence[str]) -> Mapping[str, Mapping[str, Mapping[str, str]]]:
        """What is attached for each city: `milestone#evidence` to the details of the latest file."""
        found: dict[str, dict[str, Mapping[str, str]]] = {city: {} for city in cities}
        with self._catalogue.hub.database.reading() as connection:
            for item in attached(connection, cities):
                found[item.city][f"{item.milestone}#{item.evidence}"] = item.details
        return found

    def latest(self, cities: Sequence[str]) -> Mapping[str, Mapping[str, LatestFigure]]:
        """The latest figures of each city by indicator, where it has none of its own those added up from its parts; read once for the same cities."""
        key = tuple(cities)
        if key not in self._latest:
            with self._catalogue.hub.database.reading() as connection:
                own = figures.current(connection, cities, total_only=True)
                sums = list(AddingUp(self._catalogue).latest(connection, own, cities))
            self._latest[key] = figures.newest(own, cities, sums)
        return self._latest[key]

    def reviews(self, cities: Sequence[str]) -> Mapping[str, Mapping[str, FigureReview]]:
        """The newest decision of a reviewer by city and indicator."""
        with self._catalogue.hub.database.reading() as connection:
            return publications.reviews(connection, cities)

    def editions(self, cities: Sequence[str]) -> Mapping[str, Sequence[Edition]]:
        """The published editions of each city, oldest first."""
        with self._catalogue.hub.database.reading() as connection:
            return publications.editions(connection, cities)

    def splits(self, cities: Sequence[str]) -> Mapping[str, Mapping[str, Collection[str]]]:
        """By which dimensions the figures of each city are split, by indicator."""
        with self._catalogue.hub.database.reading() as connection:
            return splits_of(connection, cities)

    def methods(self, cities: Sequence[str]) -> Mapping[str, Mapping[str, str]]:
        """The indicators of each city whose newest value a named method computed."""
        found: dict[str, dict[str, str]] = {city: {} for city in cities}
        with self._catalogue.hub.database.reading() as connection:
            for one in sorted(figures.current(connection, cities, total_only=True), key=lambda one: one.period.recency):
                if one.value is not None:
                    found[one.unit].pop(one.indicator, None)
                    if computed_by(one.profile):
                        found[one.unit][one.indicator] = one.profile
        return found

    def courses(self, cities: Sequence[str]) -> Mapping[str, Mapping[str, Mapping[Period, Decimal]]]:
        """Every total of each city that has a value, its own or added up from its parts, by indicator and period."""
        found: dict[str, dict[str, dict[Period, Decimal]]] = {city: {} for city in cities}
        with self._catalogue.hub.database.reading() as connection:
            own = figures.current(connection, cities, total_only=True)
            sums = AddingUp(self._catalogue).sums(connection, own, cities, total_only=True)
        for one in (*own, *sums):
            if one.value is not None:
                found[one.unit].setdefault(one.indicator, {})[one.period] = one.value
        return found
