"""The measures of the milestone `data/disaggregation`: figures of people split by who they are, and figures that a named method computed from maps."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import cast

from sdgcities.findings import msg
from sdgcities.intake.schema import load_checked
from sdgcities.model.hub import HubView
from sdgcities.model.milestones import Measure, Reading, Value
from sdgcities.model.statistics import Indicator
from sdgcities.registry.computed import SCAN

LIST = Path(__file__).with_name("splits.yaml")
SCHEMA = LIST.with_name("splits.schema.json")
PEOPLE = frozenset(("sex", "age"))
"""An indicator whose definition names a dimension that counts as one of these is person-based."""
OTHERWISE = frozenset(("disability", "income", "neighbourhood"))
SPATIAL = ("11.2.1", "11.3.1", "11.6.2", "11.7.1")


def disaggregation_measures() -> tuple[Measure, ...]:
    """All three."""
    return (
        Measure("data/disaggregated-by-sex-and-age-share", "Share of the person-based indicators that are split by sex and by age", _by_sex_and_age),
        Measure("data/disaggregated-otherwise-share", "Share of the person-based indicators that are split by disability, income or neighbourhood", _otherwise),
        Measure("data/spatial-indicators", "Spatial SDG indicators whose value a named method computed", _spatial),
    )


@cache
def counted() -> Mapping[str, str]:
    """What each dimension counts as, as the list beside this module has it."""
    return {one["id"]: one["counts_as"] for one in cast("dict[str, list[dict[str, str]]]", load_checked(LIST, SCHEMA).data)["dimensions"]}


def _by_sex_and_age(view: HubView, cities: Sequence[str], _arguments: Mapping[str, Value]) -> Mapping[str, Reading]:
    return _shares(view, cities, PEOPLE.issubset)


def _otherwise(view: HubView, cities: Sequence[str], _arguments: Mapping[str, Value]) -> Mapping[str, Reading]:
    return _shares(view, cities, lambda split: not OTHERWISE.isdisjoint(split))


def _shares(view: HubView, cities: Sequence[str], holds: Callable[[Collection[str]], bool]) -> Mapping[str, Reading]:
    """Of the person-based indicators of the national core that have a figure of the city, how many are split so."""
    latest, splits = view.latest(cities), view.splits(cities)
    return {city: _share(view.indicators(city), set(latest.get(city, {})), splits.get(city, {}), holds) for city in cities}


def _share(indicators: Mapping[str, Indicator], held: set[str], split: Mapping[str, Collection[str]], holds: Callable[[Collection[str]], bool]) -> Reading:
    of_people = [code for code, item in indicators.items() if item.core and PEOPLE & _as(item.disaggregation) and (code in held or code in split)]
    if not of_people:
        return Reading(None, (msg("No person-based indicator of the national core has a figure yet."),))
    lacking = [code for code in of_people if not holds(_as(split.get(code, ())))]
    missing = (msg("Not split so: %(codes)s. See: sdgcities data coverage CITY --by disaggregation.", codes=", ".join(lacking)),) if lacking else ()
    return Reading(Decimal(len(of_people) - len(lacking)) / len(of_people), missing)


def _as(dimensions: Collection[str]) -> set[str]:
    return {counted()[name] for name in dimensions if name in counted()}


def _spatial(view: HubView, cities: Sequence[str], _arguments: Mapping[str, Value]) -> Mapping[str, Reading]:
    computed = view.methods(cities)
    return {city: _counted(view.indicators(city), computed.get(city, {})) for city in cities}


def _counted(indicators: Mapping[str, Indicator], computed: Mapping[str, str]) -> Reading:
    done = {sdg for code, by in computed.items() if code in indicators for sdg in indicators[code].sdg if sdg in SPATIAL and _of(sdg, by)}
    lacking = [sdg for sdg in SPATIAL if sdg not in done]
    hint = msg("No value that a named method computed: %(codes)s. See: sdgcities data scan, sdgcities calculate list.", codes=", ".join(lacking))
    return Reading(Decimal(len(done)), (hint,) if lacking else ())


def _of(sdg: str, computed: str) -> bool:
    """Whether the method computes this SDG indicator: that of its own number does, and a count of what was mapped may."""
    return computed.partition(" ")[0] in (SCAN, f"sdg-{sdg}")
