"""The observations of a hub as those of the structure, each held against it before it is written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from itertools import groupby
from typing import NamedTuple

from sqlalchemy import func, select

from sdgcities.exchange.outgoing import Outgoing
from sdgcities.exchange.sdmx.hub_structure import HubStructure
from sdgcities.exchange.sdmx.mapping import DECLARE, Mapped, Unmapped, told
from sdgcities.exchange.sdmx.official import AREA, FREQUENCY, Component, missing_codes, official
from sdgcities.findings import Finding, Message, Severity, msg, nmsg
from sdgcities.model.hub import GONE
from sdgcities.model.statistics import ANNUAL, RANGE, Period, read_dimensions
from sdgcities.registry.cities import cities
from sdgcities.registry.figures import Observed
from sdgcities.store.tables import batch

LABEL = "CUST_BREAKDOWN_LB"
WRITTEN = ("OBS_STATUS", "UNIT_MULT", "UNIT_MEASURE", "NATURE", "COMMENT_OBS", "TIME_DETAIL", "SOURCE_DETAIL", LABEL)
"""The attributes that are written."""


class Key(NamedTuple):
    """What the observations of a series share: the code of each dimension in the order of the structure, unit and label."""

    codes: tuple[str, ...]
    unit_measure: str
    label: str


class Observation(NamedTuple):
    """One observation of a series. Without a value, status and comment say why."""

    time: str
    value: str | None
    status: str
    unit_mult: str
    nature: str
    comment: str
    detail: str
    source: str

    def attributes(self) -> dict[str, str]:
        """What is said of the observation, by attribute; what is empty is left out."""
        given = {"OBS_STATUS": self.status, "UNIT_MULT": self.unit_mult, "NATURE": self.nature}
        given |= {"COMMENT_OBS": self.comment, "TIME_DETAIL": self.detail, "SOURCE_DETAIL": self.source}
        return {name: text for name, text in given.items() if text}


Series = tuple[Key, list[Observation]]
Place = tuple[Mapped, dict[str, Observation]] | Unmapped
"""Where observations go: the indicator with the observations of the series by time, or why they can't go out."""


@dataclass
class Told:
    """What was found on the way: told once with how often, not a thousand times."""

    counts: dict[tuple[str, str], int] = field(default_factory=dict)
    first: dict[tuple[str, str], tuple[Observed, Message]] = field(default_factory=dict)

    def leave_out(self, one: Observed, reason: Message) -> None:
        """Note why an observation is left out."""
        at = (one.indicator, str(reason))
        self.counts[at] = self.counts.get(at, 0) + 1
        self.first.setdefault(at, (one, reason))

    def findings(self) -> Iterator[Finding]:
        """One finding for each reason and indicator, with the first observation that it was met in."""
        for at, (one, reason) in self.first.items():
            which = " ".join(filter(None, (one.unit, str(one.period), one.dims)))
            told = nmsg(
                "%(code)s: one observation is left out (%(which)s): %(reason)s.",
                "%(code)s: %(n)s observations are left out (the first: %(which)s): %(reason)s.",
                self.counts[at],
                code=one.indicator,
                which=which,
                reason=reason,
            )
            yield Finding("sdmx.left-out", Severity.NOTE, told, DECLARE)


class Sending:
    """The observations that were asked for, on their way out. `count` is how many were given so far."""

    def __init__(self, going: Outgoing) -> None:
        self.structure = HubStructure(going.catalogue)
        self._going, self._told = going, Told()
        self._cities = {city.unit.id for city in cities(going.catalogue) if city.stage not in GONE}
        self._components: tuple[Component, ...] = official().dimensions
        self.count = 0

    @property
    def number(self) -> int:
        """Of the newest batch: a file is known by what it holds."""
        return self._going.connection.execute(select(func.max(batch.c.id))).scalar() or 0

    @property
    def prepared(self) -> str:
        """When the newest figures came in (UTC): the same figures make the same file."""
        return str(self._going.connection.execute(select(func.max(batch.c.at))).scalar() or self._going.at)

    def series(self) -> Iterator[Series]:
        """Every series with its observations, each key once and each time once in it."""
        for _, of_unit in groupby(self._going.observations(), key=lambda one: one.unit):
            found: dict[Key, dict[str, Observation]] = {}
            places: dict[tuple[str, ...], Place] = {}
            for _, of_indicator in groupby(of_unit, key=lambda one: one.indicator):
                for one in sorted(of_indicator, key=lambda one: one.freq == RANGE):  # a year goes before a span with this year in its middle
                    self._put(one, found, places)
            for key in sorted(found):
                self.count += len(found[key])
                yield key, sorted(found[key].values())

    def findings(self) -> list[Finding]:
        """What was left out and what goes out under a code of the country's own, once every observation was given."""
        countries = {unit.country for unit in self._going.units.values()}
        known = [self.structure.mapped.get((country, code)) for country in sorted(countries) for code in self._going.indicators]
        return [*filter(None, (told(one) for one in known if one)), *self._told.findings()]

    def _put(self, one: Observed, found: dict[Key, dict[str, Observation]], places: dict[tuple[str, ...], Place]) -> None:
        """Put an observation into its series, or note why it has none."""
        at = (one.indicator, one.dims, one.freq, one.unit_measure)
        if at not in places:
            places[at] = self._place(one, found)
        place = places[at]
        if isinstance(place, Unmapped):
            self._told.leave_out(one, place.message)
            return
        mapped, times = place
        _, time, detail = written(one.start, one.end, one.freq)
        if time in times:
            self._told.leave_out(one, msg("another one stands for %(time)s already", time=time))
            return
        missing = one.missing or ""
        status = missing_codes()[missing] if missing else one.status
        source = f"{one.office}; {one.table}" if one.table else one.office
        times[time] = Observation(time, one.value, status, mapped.unit_mult, mapped.nature, missing, detail, source)

    def _place(self, one: Observed, found: dict[Key, dict[str, Observation]]) -> Place:
        """The series of an observation, with what it holds so far; or why there is none."""
        try:
            mapped, key = self._mapped(one)
        except Unmapped as error:
            return error
        key[FREQUENCY] = written(one.start, one.end, one.freq)[0]
        codes = tuple(key[component.id] for component in self._components)
        return mapped, found.setdefault(Key(codes, mapped.unit_measure, self._label(mapped, one)), {})

    def _mapped(self, one: Observed) -> tuple[Mapped, dict[str, str]]:
        unit = self._going.units.get(one.unit)
        if unit is None:
            raise Unmapped(msg("no plugin of the hub gives the place any more"))
        mapped = self.structure.mapped.get((unit.country, one.indicator))
        if mapped is None:
            raise Unmapped(msg("it is no indicator of the country of the place"))
        if mapped.wrong:
            raise Unmapped(mapped.wrong)
        if one.unit_measure != mapped.indicator.unit:
            raise Unmapped(msg("it is in %(found)s, the indicator in %(unit)s today", found=one.unit_measure, unit=mapped.indicator.unit))
        if unit.id not in self.structure.areas:
            raise Unmapped(msg("two places have the same code here: give them codes in the system %(system)s", system="sdmx"))
        key = mapped.key(read_dimensions(one.dims), city=unit.id in self._cities)
        lists = self.structure.lists
        for component in self._components:
            if component.id in key and key[component.id] not in lists[component.list].codes:
                raise Unmapped(msg("%(code)s is no code of %(list)s", code=key[component.id], list=component.list))
        key[AREA] = self.structure.areas[unit.id]
        return mapped, key

    def _label(self, mapped: Mapped, one: Observed) -> str:
        """What a custom code means."""
        dims: Mapping[str, str] = read_dimensions(one.dims)
        custom = [(name, code) for name, code in dims.items() if mapped.given.get((name, code), ("",))[0] == "CUST_BREAKDOWN"]
        known = self._going.dimensions
        return ", ".join(known[name].codes.get(code, code) for name, code in custom if name in known)


@lru_cache(maxsize=4096)
def written(start: str, end: str, freq: str) -> tuple[str, str, str]:
    """Frequency, time and, of a span that SDMX has no name for, its days: then the time is the year in its middle."""
    period = Period(date.fromisoformat(start), date.fromisoformat(end), freq)
    if freq != RANGE:
        return freq, str(period), ""
    middle = (period.start.year + period.end.year) // 2
    return ANNUAL, str(middle), f"{period.start.year}-{period.end.year}" if period.of_years else str(period)
