"""The structure that a hub's figures go out in: the global one, with the codes of the hub's own places, series, units and splits added."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from sdgcities.exchange.labels import Labels
from sdgcities.exchange.sdmx.mapping import CITY, Mapped, composite_code, mapped
from sdgcities.exchange.sdmx.official import AREA, COMPOSITE, SERIES, TOTAL, UNIT, URBANISATION, CodeList, dimension_components, official
from sdgcities.findings import msg
from sdgcities.model.places import Unit
from sdgcities.registry.catalogue import Catalogue
from sdgcities.registry.places import Sought

FLOW = "DF_SDG"
OWN_VERSION = "1.0"
SYSTEM = "sdmx"
"""The system of codes under which a unit may declare its REF_AREA."""
_M49, _ISO = "m49", ("iso_3166_1", "iso_3166_2")


@dataclass(frozen=True, slots=True)
class OwnCode:
    """A code that the global structure has not: in which list, and what it is called."""

    component: str
    code: str
    called: Callable[[Labels], str]
    english: str


class HubStructure:
    """The structure of a hub; the same whatever of its figures go out."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self.agency = agency_of(catalogue.hub.config.name, catalogue.hub.config.countries)

    @cached_property
    def mapped(self) -> Mapping[tuple[str, str], Mapped]:
        """Every indicator by country and code; two that came out as one series of the country's own, or as the same global one, are wrong."""
        found = {(country, code): mapped(item) for country, items in sorted(self._catalogue.indicators.items()) for code, item in sorted(items.items())}
        marks = Counter((country, *_mark(one)) for (country, _), one in found.items())
        return {
            key: replace(one, wrong=one.wrong or msg("another indicator is %(series)s too", series=one.series)) if marks[(key[0], *_mark(one))] > 1 else one
            for key, one in found.items()
        }

    @cached_property
    def areas(self) -> Mapping[str, str]:
        """The REF_AREA of each unit; of two units that would get one code neither has any, unless both declare it."""
        codes = {unit.id: _area(unit) for unit in self._units()}
        taken = Counter(codes.values())
        return {unit.id: codes[unit.id] for unit in self._units() if taken[codes[unit.id]] == 1 or SYSTEM in unit.codes}

    def sought(self, area: str) -> Sought:
        """How a unit is looked up by its REF_AREA: by a code that it declares, by ours, by the codes of M49 and ISO, or as a name."""
        area = area.strip()
        if area in self._declared:
            return Sought(area, by=(SYSTEM,))
        if area in self._found:
            return Sought(self._found[area], by=("id",))
        return Sought(area)

    def country(self, area: str) -> str:
        """The country of a REF_AREA; empty where the area is not known."""
        area = area.strip()
        return self._declared.get(area) or self._country_of.get(self._found.get(area, ""), "")

    @cached_property
    def lists(self) -> Mapping[str, CodeList]:
        """Every code list by its id, with the hub's own codes; one to which codes were added is of the hub's agency."""
        found = dict(official().lists)
        for component in dict.fromkeys(one.component for one in self.own):
            given = official().list_of(component)
            added = {one.code: one.english for one in self.own if one.component == component}
            found[given.id] = CodeList(given.id, self.agency, OWN_VERSION, given.name, {**given.codes, **added})
        return found

    @cached_property
    def own(self) -> tuple[OwnCode, ...]:
        """The codes that are added, in the order of the components."""
        found = {(one.component, one.code): one for one in self._own() if one.code not in official().list_of(one.component).codes}
        return tuple(found.values())

    def _own(self) -> Iterator[OwnCode]:
        for one in self.mapped.values():
            if one.local:
                yield OwnCode(SERIES, one.series, lambda labels, item=one.indicator: labels.indicator(item), one.indicator.name)  # type: ignore[misc]
            elif one.series in official().later:
                name = official().later[one.series]
                yield _plain(SERIES, one.series, name)
        for unit in self._units():
            if unit.id in self.areas:
                yield OwnCode(AREA, self.areas[unit.id], lambda labels, place=unit: labels.unit(place), unit.name)  # type: ignore[misc]
        yield _plain(URBANISATION, CITY, "City")
        for name, dimension in sorted(self._catalogue.dimensions.items()):
            component = dimension_components().get(name)
            for code, text in dimension.codes.items():
                there = component or COMPOSITE, code if component else composite_code(name, code)
                yield OwnCode(*there, lambda labels, of=dimension, which=code: labels.code(of, which), text)  # type: ignore[misc]
        for one in self.mapped.values():
            yield _plain(UNIT, one.unit_measure, one.indicator.unit.replace("_", " "))
            for component, codes in one.allowed.items():
                yield from (_plain(component, code, code) for code in sorted(codes) if code != TOTAL and not one.wrong)

    def _units(self) -> Iterator[Unit]:
        for _, places in sorted(self._catalogue.places.items()):
            yield from (unit for _, unit in sorted(places.units.items()))

    @cached_property
    def _country_of(self) -> Mapping[str, str]:
        return {unit.id: unit.country for unit in self._units()}

    @cached_property
    def _declared(self) -> Mapping[str, str]:
        """Codes that units declare, with their country."""
        return {unit.codes[SYSTEM]: unit.country for unit in self._units() if SYSTEM in unit.codes}

    @cached_property
    def _found(self) -> Mapping[str, str]:
        """Unit by every other code that a file may write: those of units that stand go before those that ended."""
        known = sorted(self._units(), key=lambda unit: unit.valid_to is None)
        other = {code: unit.id for unit in known for code in _international(unit)}
        return {**other, **{code: unit for unit, code in self.areas.items()}}


def agency_of(name: str, countries: tuple[str, ...]) -> str:
    """The hub as an agency of SDMX: its name in the letters that such a code may have."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    code = re.sub(r"[^A-Z0-9]+", "_", plain.upper()).strip("_")[:60].rstrip("_")
    return code if re.match(r"[A-Z].", code) else "_".join(("HUB", *countries))


def _area(unit: Unit) -> str:
    if SYSTEM in unit.codes:
        return unit.codes[SYSTEM]
    national = unit.codes.get(_M49, "").lstrip("0")
    if unit.parent is None and national in official().list_of(AREA).codes:
        return national
    return f"{unit.country}_{re.sub(r'[^A-Za-z0-9]+', '_', unit.id)}"


def _international(unit: Unit) -> Iterator[str]:
    if number := unit.codes.get(_M49):
        yield from (number, number.lstrip("0"))
    yield from (unit.codes[system] for system in _ISO if system in unit.codes)


def _mark(one: Mapped) -> tuple[str, frozenset[tuple[str, str]]]:
    return one.series, frozenset(one.fixed.items())


def _plain(component: str, code: str, name: str) -> OwnCode:
    return OwnCode(component, code, lambda _: name, name)
