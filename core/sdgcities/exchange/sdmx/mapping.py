"""What an indicator of the hub is in the structure: its series, unit and codes; and back."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from sdgcities.exchange.sdmx.official import (
    AREA,
    COMPOSITE,
    FREQUENCY,
    IDENTIFYING,
    MULTIPLIER,
    REPORTING,
    SERIES,
    TOTAL,
    UNIT,
    URBANISATION,
    Official,
    dimension_components,
    official,
    units_of_measure,
)
from sdgcities.findings import Finding, Message, Severity, msg
from sdgcities.model.sources import Status
from sdgcities.model.statistics import GlobalSeries, Indicator

CITY = "CITY"
"""The code that national structures add to CL_URBANISATION for figures of one city."""
NATIONAL = "N"
"""CL_REPORTING_TYPE: figures of a country."""
DECLARE = msg("Say under sdmx at the indicator, in its plugin, which series, unit or codes are meant.")
_NO_CODE = re.compile(r"[^A-Za-z0-9]+")


class Unmapped(Exception):
    """Why an observation has no place in the structure."""

    def __init__(self, message: Message) -> None:
        super().__init__()
        self.message = message


@dataclass(frozen=True)
class Mapped:
    """One indicator in the structure. `allowed`: the codes that the series may carry, by component; a component that may carry any is not named."""

    indicator: Indicator
    series: str
    local: bool
    unit_measure: str
    unit_mult: str
    allowed: Mapping[str, frozenset[str]] = field(default_factory=dict)
    fixed: Mapping[str, str] = field(default_factory=dict)
    given: Mapping[tuple[str, str], tuple[str, str]] = field(default_factory=dict)
    """Dimension and code of ours to component and code."""
    nature: str = ""
    wrong: Message | None = None
    """Why none of its figures can go out."""

    @cached_property
    def _back(self) -> Mapping[tuple[str, str], tuple[str, str]]:
        return {there: ours for ours, there in self.given.items()}

    def key(self, dims: Mapping[str, str], *, city: bool) -> dict[str, str]:
        """The code of every dimension but area and frequency. Raises Unmapped."""
        found = {REPORTING: NATIONAL, SERIES: self.series, **self.fixed}
        for name, code in dims.items():
            component, there = self._there(name, code)
            if found.get(component, there) != there:
                raise Unmapped(msg("two codes for %(component)s", component=component))
            found[component] = there
        for part in official().dimensions:
            if part.id not in (AREA, FREQUENCY):
                code = found[part.id] = found.get(part.id) or self.total(part.id, city=city)
                if code not in self.allowed.get(part.id, (code,)):
                    raise Unmapped(msg("%(series)s may not carry %(component)s=%(code)s", series=self.series, component=part.id, code=code))
        return found

    def total(self, component: str, *, city: bool) -> str:
        """The code of a dimension that the figures are not split by. Raises Unmapped where the series has none."""
        allowed = self.allowed.get(component)
        if allowed is None:
            return CITY if city and component == URBANISATION else TOTAL
        if TOTAL in allowed:
            return TOTAL
        if len(allowed) == 1:
            return next(iter(allowed))
        raise Unmapped(msg("%(series)s has no total by %(component)s: say under fixed which of its codes is meant", series=self.series, component=component))

    def splits(self, key: Mapping[str, str]) -> dict[str, str]:
        """The dimensions and codes of ours that a key stands for, totals left out. Raises Unmapped with the component that has no dimension here."""
        found: dict[str, str] = {}
        for component, code in key.items():
            if component in IDENTIFYING or code in ("", TOTAL, self.fixed.get(component)) or self._says_nothing(component, code):
                continue
            if ours := self._back.get((component, code)) or _composite(component, code) or _of_core(component, code):
                found[ours[0]] = ours[1]
            else:
                raise Unmapped(msg("%(component)s=%(code)s is no code of a dimension here", component=component, code=code))
        return found

    def carries(self, key: Mapping[str, str]) -> bool:
        """Whether a key has the codes that every observation of the indicator has."""
        return all(key.get(component) in (code, None, "") for component, code in self.fixed.items())

    def _says_nothing(self, component: str, code: str) -> bool:
        return (component == URBANISATION and code == CITY) or self.allowed.get(component) == frozenset({code})

    def _there(self, name: str, code: str) -> tuple[str, str]:
        """The component and code for a code of ours."""
        if there := self.given.get((name, code)):
            return there
        if component := dimension_components().get(name):
            if not self.local and code not in official().list_of(component).codes:
                raise Unmapped(msg("%(dimension)s=%(code)s is no code of %(list)s", dimension=name, code=code, list=official().list_of(component).id))
            return component, code
        if self.local:
            return COMPOSITE, composite_code(name, code)
        raise Unmapped(msg("no code is declared for %(dimension)s=%(code)s", dimension=name, code=code))


def mapped(indicator: Indicator) -> Mapped:
    """The indicator as it is declared; where no global series is declared officially, a series of the country's own."""
    declared = indicator.sdmx or GlobalSeries(indicator.source, Status.DRAFT)
    unit, mult = units_of_measure().get(indicator.unit, (f"_L_{_NO_CODE.sub('_', indicator.unit).upper()}", "0"))
    if declared.unit_measure:
        unit, mult = declared.unit_measure, "0"
    everywhere = bool(declared.series) and declared.status is Status.OFFICIAL
    one = Mapped(
        indicator,
        declared.series if everywhere else local_series(indicator),
        not everywhere,
        unit,
        declared.unit_mult or mult,
        official().constraints.get(declared.series, {}) if everywhere else {},
        declared.fixed,
        {_pair(ours): _pair(there) for ours, there in declared.codes.items()},
        declared.nature,
    )
    return replace(one, wrong=next(_wrong(official(), one), None))


def _wrong(here: Official, one: Mapped) -> Iterator[Message]:
    """What is wrong with a declaration."""
    if not one.local and not here.series(one.series):
        yield msg("there is no series %(code)s in the global structure", code=one.series)
    if not one.local and one.unit_measure.startswith("_L_"):
        yield msg("the structure has no unit of measure %(unit)s: say unit_measure", unit=one.indicator.unit)
    for component, code in ((UNIT, one.unit_measure), (MULTIPLIER, one.unit_mult)):
        if component in one.allowed and code not in one.allowed[component]:
            options = ", ".join(sorted(one.allowed[component]))
            told = msg("%(series)s has %(component)s %(options)s, not %(code)s", series=one.series, component=component, options=options, code=code)
            yield told
    by_id = {dimension.id: dimension for dimension in here.dimensions if dimension.id not in IDENTIFYING}
    for component, code in (*one.fixed.items(), *one.given.values()):
        if component not in by_id:
            yield msg("%(component)s is no dimension that splits figures", component=component)
        elif code not in here.lists[by_id[component].list].codes and code not in one.allowed.get(component, ()):
            yield msg("%(code)s is no code of %(list)s", code=code, list=by_id[component].list)
    if one.nature and one.nature not in here.list_of("NATURE").codes:
        yield msg("%(code)s is no code of %(list)s", code=one.nature, list="CL_NATURE")


def told(one: Mapped) -> Finding | None:
    """What there is to say of an indicator, whatever its figures are: that it can't go out, or goes out under a code of the country's own."""
    indicator, declared = one.indicator, one.indicator.sdmx
    if one.wrong is not None:
        problem = msg("%(code)s is left out: %(reason)s.", code=indicator.code, reason=one.wrong)
        return Finding("sdmx.declared", Severity.NOTE, problem, DECLARE)
    if not one.local:
        return None
    if declared is not None and declared.series:
        problem = msg(
            "%(code)s goes out as %(series)s: that it is %(meant)s is only %(status)s.",
            code=indicator.code,
            series=one.series,
            meant=declared.series,
            status=declared.status,
        )
        return Finding("sdmx.local", Severity.NOTE, problem, msg("Once the statistics office confirms it, set its status to official."))
    near = [series for code in indicator.sdg for series in official().of_indicator.get(code, ())]
    if not near:
        return None
    problem = msg("%(code)s goes out as %(series)s, a series of the country's own.", code=indicator.code, series=one.series)
    return Finding(
        "sdmx.local", Severity.NOTE, problem, msg("If it is one of %(series)s, declare it: sdmx at the indicator, in its plugin.", series=", ".join(near))
    )


def local_series(indicator: Indicator) -> str:
    """The code of a series of the country's own: `_L_KE_1_2_1` for KE-1.2.1."""
    bare = indicator.code.removeprefix(indicator.country).lstrip("-_. ") or indicator.code
    return f"_L_{indicator.country}_{_NO_CODE.sub('_', bare)}"


def composite_code(dimension: str, code: str) -> str:
    """The code in COMPOSITE_BREAKDOWN for a code of a dimension that the structure has not: both names stand in it."""
    return f"_L_{dimension}-{code}"


def _composite(component: str, code: str) -> tuple[str, str] | None:
    if component != COMPOSITE or not code.startswith("_L_"):
        return None
    name, dash, there = code.removeprefix("_L_").rpartition("-")
    return (name, there) if dash else None


def _of_core(component: str, code: str) -> tuple[str, str] | None:
    return next(((name, code) for name, there in dimension_components().items() if there == component), None)


def _pair(text: str) -> tuple[str, str]:
    name, _, code = text.partition("=")
    return name, code
