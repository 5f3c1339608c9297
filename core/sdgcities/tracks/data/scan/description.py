"""A scan description (SCAN.yaml): what is counted of what people mapped, by which areas, and what is left out. Read strictly, with its digest."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from typing import Any, cast

from sdgcities.errors import Refused, refuse
from sdgcities.findings import Finding, Message, Severity, msg
from sdgcities.intake.files import sha256_of
from sdgcities.intake.positions import Written
from sdgcities.intake.schema import load_checked
from sdgcities.intake.yaml import Document
from sdgcities.model.profiles import NumberStyle
from sdgcities.model.statistics import PERIODS, Period, parse_period
from sdgcities.plugin.declared.undecided import check_decided
from sdgcities.tracks.data.scan.coordinates import Coordinates

SCHEMA = Path(__file__).with_name("scan.schema.json")
GRIDS = (".asc", ".tif", ".tiff")
"""Population grids; one in a CSV file is read by its columns."""
ALL, WITH_POINTS = "all", "with-points"
PLAIN = NumberStyle()
"""A decimal point and nothing else."""


@dataclass(frozen=True, slots=True)
class Condition:
    """What a row has to meet in one column."""

    column: str
    among: frozenset[str] = frozenset()
    none_of: frozenset[str] = frozenset()
    has: str = ""
    least: Decimal | None = None
    most: Decimal | None = None

    @property
    def numeric(self) -> bool:
        """Whether the column is read as numbers."""
        return self.least is not None or self.most is not None


@dataclass(frozen=True, slots=True)
class People:
    """A file of places where people live, by its columns; or a population grid, which needs none."""

    file: Path
    latitude: str = ""
    longitude: str = ""
    weight: str = ""

    @property
    def is_grid(self) -> bool:
        """Whether it is a grid of cells."""
        return self.file.suffix.casefold() in GRIDS

    @property
    def weighs(self) -> bool:
        """Whether a place stands for a number of people, not for one."""
        return self.is_grid or bool(self.weight)


@dataclass(frozen=True, slots=True)
class Counting:
    """One thing that is counted for each area."""

    id: str
    does: str
    title: str = ""
    column: str = ""
    by: str = ""
    dimension: str = ""
    codes: Mapping[str, str] | None = None
    where: tuple[Condition, ...] = ()
    among: tuple[Condition, ...] = ()
    within: float = 0
    of: People | None = None
    indicator: str = ""
    people: bool = False
    decimals: int = 2

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns it looks at."""
        return tuple(name for name in (self.column, self.by, *(one.column for one in (*self.where, *self.among))) if name)


@dataclass(frozen=True, slots=True)
class Parent:
    """The file of the records that repeated questions belong to."""

    file: Path
    key: str
    column: str


@dataclass(frozen=True, slots=True)
class UnitColumn:
    """The column that names the unit of a row, where there are no coordinates."""

    column: str
    level: str = ""
    system: str = ""


@dataclass(frozen=True, slots=True)
class Duplicates:
    """When two rows are one record. `within` None: no distance is looked at."""

    identity: str = ""
    within: float | None = None
    same: tuple[str, ...] = ()
    drop: bool = True


@dataclass(frozen=True, slots=True)
class Scan:
    """A description that was read."""

    path: Path
    sha256: str
    title: str
    office: str
    licence: str
    period: Period
    measures: tuple[Counting, ...]
    coordinates: Coordinates | None = None
    parent: Parent | None = None
    units: UnitColumn | None = None
    areas: str = ""
    covered: str | tuple[str, ...] = WITH_POINTS
    accuracy: str = ""
    accuracy_most: float = 0
    duplicates: Duplicates = Duplicates()
    missing: frozenset[str] = frozenset()
    numbers: NumberStyle = PLAIN
    keep: Mapping[str, str] | None = None
    publish_points: bool = False
    encoding: str = ""
    sheet: str = ""

    @property
    def answers(self) -> tuple[str, ...]:
        """The columns whose answers are looked at."""
        named = [column for one in self.measures for column in one.columns]
        further = [*self.duplicates.same, self.duplicates.identity, self.accuracy, self.units.column if self.units else ""]
        return tuple(dict.fromkeys(name for name in (*named, *further) if name))

    @property
    def kept(self) -> Mapping[str, str]:
        """Columns that look personal and are used all the same, each with its reason."""
        return self.keep or {}


def load_scan(path: Path, keep: Mapping[str, str] | None = None) -> Scan:
    """Read a description; `keep` are columns that the command names. Raises Refused with every finding."""
    document = load_checked(path, SCHEMA)
    check_decided(document)
    data = cast("dict[str, Any]", document.data)
    try:
        period = parse_period(data["period"])
    except ValueError as error:
        raise refuse("scan.period", msg("“%(text)s” is no period.", text=data["period"]), PERIODS, document.where(("period",))) from error
    measures = tuple(_counting(one, path.parent) for one in data["measures"])
    if faults := [*_faults(document, data, measures)]:
        raise Refused(faults)
    scan = Scan(path, sha256_of(path), data["title"], data["source"]["office"], data["source"].get("licence", ""), period, measures)
    return replace(scan, **_placing(data, path.parent), **_reading(data), keep={**data.get("keep", {}), **(keep or {})})


def _placing(data: Mapping[str, Any], folder: Path) -> dict[str, Any]:
    """How rows are placed, and by which areas."""
    said, parent, units = data.get("coordinates"), data.get("parent"), data.get("units")
    accuracy = data.get("accuracy", {})
    covered = data.get("covered", WITH_POINTS)
    return {
        "coordinates": Coordinates(**{**said, "written": Written(said.get("written", Written.POINT.value))}) if said else None,
        "parent": Parent(folder / parent["file"], parent["key"], parent["column"]) if parent else None,
        "units": UnitColumn(**units) if units else None,
        "areas": data.get("areas", ""),
        "covered": covered if isinstance(covered, str) else tuple(covered),
        "accuracy": accuracy.get("column", ""),
        "accuracy_most": float(accuracy.get("at_most", 0)),
        "publish_points": data.get("publish_points", False),
    }


def _reading(data: Mapping[str, Any]) -> dict[str, Any]:
    """How answers are read, and which rows are one record."""
    twice, numbers = data.get("duplicates", {}), data.get("numbers", {})
    within = twice.get("within")
    return {
        "duplicates": Duplicates(twice.get("identity", ""), None if within is None else float(within), tuple(twice.get("same", ())), twice.get("drop", True)),
        "missing": frozenset(data.get("missing", ())),
        "numbers": NumberStyle(numbers.get("decimal", "."), numbers.get("thousands", "")),
        "encoding": data.get("encoding", ""),
        "sheet": data.get("sheet", ""),
    }


def _counting(data: Mapping[str, Any], folder: Path) -> Counting:
    of = data.get("of", "area")
    people = People(**{**of, "file": folder / of["file"]}) if isinstance(of, Mapping) else None
    plain = {name: data[name] for name in ("id", "does", "title", "column", "by", "dimension", "codes", "indicator", "people") if name in data}
    decimals = data.get("decimals", _DECIMALS.get(data["does"], 2))
    where, among = (tuple(map(_condition, data.get(name, ()))) for name in ("where", "among"))
    return Counting(**plain, where=where, among=among, within=float(data.get("within", 0)), of=people, decimals=int(decimals))


_DECIMALS = {"count": 0, "density": 4}
"""Of a region the points for each square kilometre are few: with two decimals they would seem none."""


def _condition(data: Mapping[str, Any]) -> Condition:
    least, most = data.get("at_least"), data.get("at_most")
    bounds = (None if bound is None else Decimal(str(bound)) for bound in (least, most))
    return Condition(data["column"], frozenset(data.get("is", ())), frozenset(data.get("is_not", ())), data.get("has", ""), *bounds)


_NEEDS: Mapping[str, tuple[str, ...]] = {"share": ("where",), "access": ("within",), "sum": ("column",), "mean": ("column",)}
_TAKES: Mapping[str, tuple[str, ...]] = {
    "by": ("count",),
    "column": ("sum", "mean"),
    "within": ("access",),
    "of": ("access",),
    "among": ("share",),
    "codes": ("count",),
    "dimension": ("count",),
}


def _faults(document: Document, data: Mapping[str, Any], measures: Sequence[Counting]) -> list[Finding]:
    """What a schema does not see: keys that belong together, names that stand twice."""

    def blocked(message: Message, hint: Message | None, *path: str | int) -> Finding:
        return Finding("scan.description", Severity.BLOCK, message, hint, document.where(path))

    found: list[Finding] = []
    for number, said in enumerate(data["measures"]):
        does = said["does"]
        lacking = [key for key in _NEEDS.get(does, ()) if key not in said]
        found += [blocked(msg("%(does)s needs %(key)s.", does=does, key=key), None, "measures", number) for key in lacking]
        for key, doing in _TAKES.items():
            if key in said and does not in doing:
                hint = msg("It belongs to: %(does)s.", does=", ".join(doing))
                found.append(blocked(msg("%(does)s takes no %(key)s.", does=does, key=key), hint, "measures", number, key))
        found += [blocked(told, None, "measures", number, "of") for told in _of_faults(measures[number].of)]
        if said.get("indicator") and said.get("by") and not (said.get("dimension") and said.get("codes")):
            told = msg("Categories are stored by a disaggregation: dimension and codes are missing.")
            found.append(blocked(told, msg("Add them, or take the indicator out: then the categories go out as a table."), "measures", number))
    ids = [one.id for one in measures]
    twice = sorted({name for name in ids if ids.count(name) > 1})
    found += [blocked(msg("The id %(id)s stands twice.", id=name), msg("Give each its own."), "measures") for name in twice]
    said = data.get("coordinates", {})
    if said and ("column" in said) == ("latitude" in said and "longitude" in said):
        found.append(blocked(msg("Coordinates are latitude and longitude, or one column with both."), None, "coordinates"))
    if data.get("units") and (data.get("coordinates") or data.get("parent")):
        found.append(blocked(msg("Rows are placed by coordinates, or by a column of units, not by both."), msg("Take one of the two out."), "units"))
    return found


def _of_faults(people: People | None) -> Iterator[Message]:
    """Columns that a file of places lacks, or that a grid has not."""
    if people is None:
        return
    for name, column in (("latitude", people.latitude), ("longitude", people.longitude), ("weight", people.weight)):
        if people.is_grid and column:
            yield msg("A grid has no columns: take %(name)s out.", name=name)
        if not (people.is_grid or column or name == "weight"):
            yield msg("A file of places needs the column of its %(name)s.", name=name)
