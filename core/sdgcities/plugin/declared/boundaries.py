"""boundaries.geojson: the boundaries of units, for maps."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import islice
from pathlib import Path
from typing import cast

from sdgcities.errors import Refused
from sdgcities.findings import Finding, Message, Where, msg
from sdgcities.intake.files import read_text
from sdgcities.intake.geojson import MAX_COLLECTION, load_collection, polygons_of
from sdgcities.intake.json import value_at
from sdgcities.intake.schema import schema_file, violations
from sdgcities.model.places import UnitBoundary
from sdgcities.model.plugins import Manifest
from sdgcities.model.sources import Status
from sdgcities.plugin.declared.problems import Problems, source_of
from sdgcities.plugin.manifest import SCHEMAS, Checked

MAX_POSITIONS = 100_000
UNDATED = "not stated"
_FEATURE = r'"type"\s*:\s*"Feature"'


def read_boundaries(file: Path, manifest: Manifest) -> list[UnitBoundary]:
    """The boundaries of the file. Raises Refused; a fault names the number of its feature, counted from 1, and the unit."""
    data = load_collection(file)
    if faults := list(_faults(file, data)):
        raise Refused(faults)
    header, problems = cast("Checked", data), Problems(file)
    source, status = source_of(manifest, header["source"], problems, place_of(file, ("source",))), Status(header["status"])
    dated = "" if header["date"] == UNDATED else header["date"]
    if dated and not _is_date(dated):
        problems.at(place_of(file, ("date",)), msg("%(text)s is not a date.", text=dated), msg("Dates are written 2024-12-31."))
    found: list[UnitBoundary] = []
    for number, feature in enumerate(header["features"], start=1):
        unit = feature["properties"]["unit"]
        try:
            found.append(UnitBoundary(unit, polygons_of(feature["geometry"], Where(file=str(file))), source, status, dated))
        except Refused as error:
            fault = error.findings[0]
            problems.at(feature_place(file, number), _of_feature(number, unit, fault.message), fault.hint)
    seen: set[str] = set()
    for number, boundary in enumerate(found, start=1) if len(found) == len(header["features"]) else ():
        if boundary.unit in seen:
            problem = _of_feature(number, boundary.unit, msg("%(code)s stands twice.", code=boundary.unit))
            problems.at(feature_place(file, number), problem, msg("Give each its own code."))
        seen.add(boundary.unit)
    if sum(len(ring) for boundary in found for polygon in boundary.polygons for ring in polygon) > MAX_POSITIONS:
        problems.at(Where(file=str(file)), msg("More than %(n)s positions: simplify the boundary.", n=MAX_POSITIONS))
    problems.settle()
    return found


def feature_place(file: Path, number: int) -> Where:
    """The line at which a feature begins, counted from 1."""
    return place_of(file, ("features", number - 1))


def place_of(file: Path, path: tuple[str | int, ...]) -> Where:
    """The line of a feature, or of a key beside the features: JSON readers keep none, so it is looked up in the text of a file that is sound JSON."""
    if len(path) > 1 and path[0] == "features" and isinstance(path[1], int):
        pattern, number = _FEATURE, path[1]
    elif path:
        pattern, number = rf'"{re.escape(str(path[0]))}"\s*:', 0
    else:
        return Where(file=str(file), line=1)
    text = read_text(file, MAX_COLLECTION)
    found = next(islice(re.finditer(pattern, text), number, None), None)
    return Where(file=str(file), line=text.count("\n", 0, found.start()) + 1 if found else None)


def _faults(file: Path, data: object) -> Iterator[Finding]:
    """What breaks the schema; of a feature with its number and its unit."""
    paths: list[tuple[str | int, ...]] = []

    def where(path: tuple[str | int, ...]) -> Where:
        paths.append(path)
        return place_of(file, path)

    for fault in violations(schema_file(SCHEMAS / "boundaries.schema.json"), data, where):
        path = paths[-1]
        if len(path) > 1 and isinstance(path[1], int):
            unit = value_at(data, f"/features/{path[1]}/properties/unit")
            yield replace(fault, message=_of_feature(path[1] + 1, unit if isinstance(unit, str) else "-", fault.message))
        else:
            yield fault


def _of_feature(number: int, unit: str, problem: Message) -> Message:
    return msg("Feature %(number)s (%(unit)s): %(problem)s", number=number, unit=unit, problem=problem)


def _is_date(text: str) -> bool:
    """Whether a year, month or day stands in the calendar."""
    try:
        date.fromisoformat(f"{text}-01-01"[:10])
    except ValueError:
        return False
    return True
