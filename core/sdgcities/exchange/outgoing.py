"""What goes out of a hub: the observations that were asked for as they stand now, with all that explains them, at one moment."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from sqlalchemy import Connection, select

from sdgcities.errors import refuse
from sdgcities.exchange.labels import Labels
from sdgcities.findings import msg
from sdgcities.model.places import Unit
from sdgcities.model.sources import Source, Status
from sdgcities.model.statistics import Dimension, Indicator, read_dimensions
from sdgcities.registry.catalogue import Catalogue
from sdgcities.registry.figures import Observed, count_observed, observed, sources
from sdgcities.store import audit
from sdgcities.store.tables import series

_AT_ONCE = 1_000
"""Observations after which a bar moves on."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked for: nothing named means all of it."""

    units: tuple[str, ...] = ()
    indicators: tuple[str, ...] = ()


@dataclass
class Outgoing:
    """The observations with what explains them. Everything is read at one moment, `at` (UTC)."""

    catalogue: Catalogue
    asked: Asked
    labels: Sequence[Labels]
    """One for each language, in their order."""
    at: str
    connection: Connection
    before: Path | None = None
    """The folder that an earlier export wrote and that this one replaces: what has not changed may be taken from it."""

    progress: Callable[[int], None] | None = None
    """Takes in how many observations went out since."""

    def observations(self) -> Iterator[Observed]:
        """Every observation, in the order unit, indicator, dimensions, period. May be asked for again."""
        found = observed(self.connection, self.unit_codes, sorted(self.indicators))
        return found if self.progress is None else _counted(found, self.progress)

    @cached_property
    def count(self) -> int:
        """How many observations there are."""
        return count_observed(self.connection, self.unit_codes, sorted(self.indicators))

    @cached_property
    def _series(self) -> list[tuple[str, str, str]]:
        query = select(series.c.unit, series.c.indicator, series.c.dims).distinct()
        units, codes = set(self.asked.units), set(self.asked.indicators)
        rows = (tuple(row) for row in self.connection.execute(query))
        return [(unit, code, dims) for unit, code, dims in rows if (not units or unit in units) and (not codes or code in codes)]

    @cached_property
    def unit_codes(self) -> list[str]:
        """The units that have observations."""
        return sorted({unit for unit, _, _ in self._series})

    @cached_property
    def units(self) -> Mapping[str, Unit]:
        """The same with what is known of them; one that no plugin gives any more is not among them."""
        known = {code: unit for places in self.catalogue.places.values() for code, unit in places.units.items()}
        return {code: known[code] for code in self.unit_codes if code in known}

    @cached_property
    def indicators(self) -> Mapping[str, Indicator]:
        """The indicators that have observations. Left out is what no plugin defines any more: `unknown`."""
        known = {code: item for items in self.catalogue.indicators.values() for code, item in items.items()}
        return {code: known[code] for code in sorted({code for _, code, _ in self._series}) if code in known}

    @cached_property
    def unknown(self) -> list[str]:
        """Codes of indicators that have observations and no definition."""
        return sorted({code for _, code, _ in self._series} - self.indicators.keys())

    @cached_property
    def dimensions(self) -> Mapping[str, Dimension]:
        """The dimensions that the observations are split by, in the order of their ids; what no list knows any more stands for itself."""
        used: dict[str, set[str]] = defaultdict(set)
        for _, indicator, dims in self._series:
            if indicator in self.indicators:
                for name, code in read_dimensions(dims).items():
                    used[name].add(code)
        return {
            name: _with(self.catalogue.dimensions.get(name) or Dimension(name, name, {}, Source("", ""), Status.DRAFT), used[name]) for name in sorted(used)
        }

    @property
    def label(self) -> Labels:
        """The labels where there is room for one language."""
        return self.labels[0]

    @cached_property
    def sources(self) -> Sequence[Source]:
        """Where the observations come from."""
        found = sources(self.connection, self.unit_codes, sorted(self.indicators))
        return sorted(found, key=lambda source: (source.office, source.table, source.licence, source.url))


def _counted(found: Iterator[Observed], progress: Callable[[int], None]) -> Iterator[Observed]:
    for number, one in enumerate(found, start=1):
        yield one
        if number % _AT_ONCE == 0:
            progress(_AT_ONCE)


def _with(known: Dimension, used: Collection[str]) -> Dimension:
    return replace(known, codes={**known.codes, **{code: code for code in sorted(used) if code not in known.codes}})


@contextmanager
def outgoing(catalogue: Catalogue, asked: Asked, labels: Sequence[Labels]) -> Iterator[Outgoing]:
    """The observations that were asked for. Refused where there are none."""
    _ = catalogue.places  # read on a connection of their own
    with catalogue.hub.database.reading() as connection:
        found = Outgoing(catalogue, asked, labels, audit.now(), connection)
        if not found.indicators:
            raise refuse("export.nothing", msg("There is nothing to export: no observation of what was asked for."), msg("See: sdgcities data coverage."))
        yield found
