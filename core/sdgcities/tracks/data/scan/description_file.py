"""A scan description as a person writes it (SCAN.yaml): read strictly, with its digest."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
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
from sdgcities.model.statistics import PERIODS, parse_period
from sdgcities.plugin.declared.undecided import check_decided
from sdgcities.tracks.data.scan.coordinates import Coordinates
from sdgcities.tracks.data.scan.description import OF_AREAS, WITH_POINTS, Condition, Counting, Duplicates, Parent, People, Scan, UnitColumn

SCHEMA = Path(__file__).with_name("scan.schema.json")


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
    taken = msg("areas.geojson names and measures each area under it: give another.")
    found += [blocked(msg("The id %(id)s is taken.", id=name), taken, "measures", ids.index(name), "id") for name in OF_AREAS if name in ids]
    placing = {"latitude", "longitude", "column"} & data.get("coordinates", {}).keys()
    if "coordinates" in data and placing not in ({"latitude", "longitude"}, {"column"}):
        found.append(blocked(msg("Coordinates are latitude and longitude, or one column with both."), None, "coordinates"))
    if "parent" in data and "coordinates" not in data:
        found.append(blocked(msg("parent needs coordinates: the columns of its file that place the records."), None, "parent"))
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
