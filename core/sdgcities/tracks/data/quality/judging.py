"""All checks over a hub's figures, one indicator after the other."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from sqlalchemy import Connection

from sdgcities.model.places import Unit
from sdgcities.model.statistics import Indicator
from sdgcities.registry.catalogue import Catalogue
from sdgcities.tracks.data.quality import across_units, complete, over_time, ratios, sums
from sdgcities.tracks.data.quality.alike import Alike
from sdgcities.tracks.data.quality.checks import Check, checks
from sdgcities.tracks.data.quality.doubt import Suspicion
from sdgcities.tracks.data.quality.held import Days, Series, Table, tables
from sdgcities.tracks.data.quality.written import PERCENT

Fresh = Callable[[int], Days | None]


@dataclass
class Judging:
    """One look at figures: those of the series that `fresh` names, beside all others that are shown. `whole`: also at what is lacking."""

    connection: Connection
    catalogue: Catalogue
    fresh: Fresh
    today: date
    whole: bool = True
    progress: Callable[[int], None] | None = None

    @cached_property
    def units(self) -> Mapping[str, Unit]:
        """The units of all of the hub's countries."""
        return {code: unit for places in self.catalogue.places.values() for code, unit in places.units.items()}

    @cached_property
    def children(self) -> Mapping[str, Mapping[str, Sequence[Unit]]]:
        """For each unit that stands what lies in it, by level: what lay in one that ended is not known."""
        found: dict[str, dict[str, list[Unit]]] = {}
        for unit in self.units.values():
            parent = self.units.get(unit.parent or "")
            if parent is not None and parent.valid_to is None:
                found.setdefault(parent.id, {}).setdefault(unit.level, []).append(unit)
        return found

    @cached_property
    def alone(self) -> Mapping[str, bool]:
        """The units that are the only one of their level in what they lie in."""
        return {inside[0].id: True for levels in self.children.values() for inside in levels.values() if len(inside) == 1}

    def suspicions(self, groups: Iterable[tuple[str, Iterable[Series]]]) -> Iterator[Suspicion]:
        """What every check finds in these series, which come by indicator."""
        listed = checks()
        alike = Alike(listed["quality.same-series"], listed["quality.copied-period"], self.units, self.alone)
        twins: set[tuple[str, ...]] = set()
        columns = across_units.Columns(listed["quality.copied-column"], self.units)
        for code, series in groups:
            for indicator, own in self._by_country(code, series).items():
                found = tables(self.connection, indicator, own, self.fresh)
                yield from self._alone(found, listed)
                yield from self._together(found, listed)
                for table in found:
                    for twin in across_units.same_series(table, listed["quality.same-series"], self.units, self.alone):
                        twins.add(twin.units)
                        yield twin
                    alike.see(table)
                    columns.see(table)
        yield from columns.suspicions()
        yield from alike.suspicions(twins)

    def _by_country(self, code: str, series: Iterable[Series]) -> dict[Indicator, list[Series]]:
        """Each country has its own definition. What no plugin knows any more is passed over."""
        found: dict[str, list[Series]] = {}
        for one in series:
            if one.unit in self.units:
                found.setdefault(self.units[one.unit].country, []).append(one)
        indicators = self.catalogue.indicators
        return {indicators[country][code]: own for country, own in found.items() if code in indicators[country]}

    def _alone(self, found: Sequence[Table], listed: Mapping[str, Check]) -> Iterator[Suspicion]:
        """The checks that look at one table at a time."""
        for table in found:
            if self.progress is not None:
                self.progress(len(table.lines))
            yield from over_time.same_years(table, listed["quality.same-years"])
            yield from over_time.jumps(table, listed["quality.factor-ten"], listed["quality.jump"])
            doubted = list(ratios.percent_ratio(table, listed["quality.ratio"], self.units))
            yield from doubted if doubted or self.whole else ratios.perhaps_ratios(table, listed["quality.ratio"])
            if len(table.lines) < LEAST_UNITS:
                continue
            yield from across_units.same_units(table, listed["quality.same-units"], self.units)
            yield from across_units.far_units(table, listed["quality.far-from-others"], self.units)
            yield from across_units.split_counts(table, listed["quality.thousands"], self.units)
            yield from across_units.lost_decimals(table, listed["quality.whole-numbers"], self.units)
            yield from across_units.copied_periods(table, listed["quality.copied-period"], self.units)

    def _together(self, found: Sequence[Table], listed: Mapping[str, Check]) -> Iterator[Suspicion]:
        """The checks that hold the tables of one indicator against each other."""
        yield from across_units.swapped(found, listed["quality.swapped"], self.units)
        yield from sums.shares(found, listed["quality.shares-sum"])
        yield from self._wholes(found, listed)
        if self.whole:
            totals = [table for table in found if not table.dims]
            if totals:
                yield from complete.out_of_date(totals, listed["quality.out-of-date"], self.today, self.units)
            for table in totals:
                yield from complete.lacking_units(table, listed["quality.lacking-units"], self.units)
                yield from over_time.holes(table, listed["quality.holes"])

    def _wholes(self, found: Sequence[Table], listed: Mapping[str, Check]) -> Iterator[Suspicion]:
        """Wholes and parts: amounts add up, shares lie in between; of other figures neither is known."""
        if not found:
            return
        if found[0].indicator.aggregation == sums.SUMMED:
            split, inside, judge = listed["quality.parts-sum"], listed["quality.units-sum"], sums.adds_up
            yield from sums.part_exceeds(found, listed["quality.part-exceeds"])
        elif found[0].indicator.unit == PERCENT:
            split, inside, judge = listed["quality.outside-parts"], listed["quality.outside-parts"], sums.lies_between
        else:
            return
        yield from sums.splits(found, judge(split), split)
        for table in found:
            yield from sums.levels(table, judge(inside), inside, self.children)


LEAST_UNITS = 5
"""Fewer units than any check that looks across them asks for."""


def in_order(found: Iterable[Suspicion], ranks: Collection[str]) -> list[Suspicion]:
    """By check as they are listed, then by indicator and unit."""
    order = {check: number for number, check in enumerate(ranks)}
    return sorted(found, key=lambda one: (order[one.check], one.indicator, one.dims, one.whom, one.periods))
