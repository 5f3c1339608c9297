"""The global structure of the SDG indicators as UNSD published it, and what may be said in it: compact lists shipped with the package."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from sdgcities.intake.csv import read_header, read_rows
from sdgcities.model.statistics import MissingReason

AGENCY, STRUCTURE, CONCEPTS = "IAEG-SDGs", "SDG", "SDG_CONCEPTS"
VERSION = "1.0"
"""Of the structure and its concepts."""
TOTAL = "_T"
SERIES, AREA, FREQUENCY, REPORTING, URBANISATION = "SERIES", "REF_AREA", "FREQ", "REPORTING_TYPE", "URBANISATION"
COMPOSITE, TIME, VALUE, UNIT, MULTIPLIER = "COMPOSITE_BREAKDOWN", "TIME_PERIOD", "OBS_VALUE", "UNIT_MEASURE", "UNIT_MULT"
IDENTIFYING = (FREQUENCY, REPORTING, SERIES, AREA)
"""Dimensions that split no figures."""
_HERE = Path(__file__).parent
_OF_INDICATOR = re.compile(r"\s*\[([^\]]*)\]\s*$")


@dataclass(frozen=True, slots=True)
class Component:
    """A dimension, the time, the measure or an attribute. `attached` says of an attribute whether it belongs to a series or an observation."""

    id: str
    kind: str
    name: str
    list: str
    mandatory: bool
    attached: str
    text: str


@dataclass(frozen=True, slots=True)
class CodeList:
    """A code list: code to English name, in the order of the list."""

    id: str
    agency: str
    version: str
    name: str
    codes: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Status:
    """What a code of OBS_STATUS is kept as: a status, or the reason why there is no value; `reasons` go out under this code."""

    code: str
    kept_as: str
    missing: str
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class Official:
    """The structure. `constraints`: by series, the codes each component may carry; a component that may carry any is not named.

    `later`: series of later versions of the structure, with their names; `of_indicator`: the series of each SDG indicator.
    """

    components: tuple[Component, ...]
    lists: Mapping[str, CodeList]
    constraints: Mapping[str, Mapping[str, frozenset[str]]]
    later: Mapping[str, str]
    of_indicator: Mapping[str, tuple[str, ...]]
    indicator_of: Mapping[str, str]

    @property
    def dimensions(self) -> tuple[Component, ...]:
        """Those that make up the key of a series, in their order; the time is not among them."""
        return tuple(one for one in self.components if one.kind == "dimension")

    @property
    def attributes(self) -> tuple[Component, ...]:
        """What is said of a series or an observation."""
        return tuple(one for one in self.components if one.kind == "attribute")

    def list_of(self, component: str) -> CodeList:
        """The code list of a component that has one."""
        return self.lists[next(one.list for one in self.components if one.id == component)]

    def series(self, code: str) -> bool:
        """Whether this is a global series, of this version or a later one."""
        return code in self.lists["CL_SERIES"].codes or code in self.later


@cache
def official() -> Official:
    """The structure, read once."""
    folder = _HERE / "official"
    components = tuple(
        Component(row["id"], row["kind"], row["name"], row["list"], row["mandatory"] == "yes", row["attached"], row["text"])
        for row in rows(folder / "components.csv")
    )
    codes: dict[str, dict[str, str]] = defaultdict(dict)
    indicator_of: dict[str, str] = {}
    for row in rows(folder / "codes.csv"):
        codes[row["list"]][row["code"]] = row["name"]
        if row["indicator"]:
            indicator_of[row["code"]] = row["indicator"]
    lists = {row["id"]: CodeList(row["id"], row["agency"], row["version"], row["name"], codes[row["id"]]) for row in rows(folder / "lists.csv")}
    constraints, later = {}, {}
    for row in rows(folder / "constraints.csv"):
        series, name = row.pop(SERIES), row.pop("Name")
        constraints[series] = {part: frozenset(cell.split(";")) for part, cell in row.items() if cell != "ALL"}
        if series not in lists["CL_SERIES"].codes:
            later[series] = _OF_INDICATOR.sub("", name)
            indicator_of[series] = found[1] if (found := _OF_INDICATOR.search(name)) else ""
    of_indicator: dict[str, tuple[str, ...]] = defaultdict(tuple)
    for series, indicator in indicator_of.items():
        for one in re.split(r"[,;\s]+", indicator):
            of_indicator[one] = (*of_indicator[one], series)
    return Official(components, lists, constraints, later, dict(of_indicator), indicator_of)


@cache
def dimension_components() -> Mapping[str, str]:
    """The component that each of the core's dimensions is in the structure."""
    return {row["dimension"]: row["component"] for row in rows(_HERE / "dimensions.csv")}


@cache
def units_of_measure() -> Mapping[str, tuple[str, str]]:
    """Code and multiplier of the units of measure that the structure has."""
    return {row["unit"]: (row["unit_measure"], row["unit_mult"]) for row in rows(_HERE / "units.csv")}


@cache
def statuses() -> Mapping[str, Status]:
    """What each code of OBS_STATUS is kept as; one that is not here can't be kept."""
    return {row["code"]: Status(row["code"], row["kept_as"], row["missing"], tuple(row["written_for"].split())) for row in rows(_HERE / "statuses.csv")}


@cache
def missing_codes() -> Mapping[str, str]:
    """The code of OBS_STATUS for each reason why there is no value."""
    found = {reason: one.code for one in statuses().values() for reason in one.reasons}
    return {reason.value: found[reason.value] for reason in MissingReason}


def rows(path: Path) -> Iterator[dict[str, str]]:
    """The rows of a shipped list."""
    header = read_header(path)
    for _, cells in read_rows(path, len(header)):
        yield dict(zip(header, cells, strict=True))
