"""boundaries.geojson: the boundaries of units, for maps."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import cast

from sdgcities.errors import Refused
from sdgcities.findings import Finding, Where, msg
from sdgcities.intake.geojson import load_collection, polygons_of
from sdgcities.intake.schema import schema_file, violations
from sdgcities.model.places import UnitBoundary
from sdgcities.model.plugins import Manifest
from sdgcities.model.sources import Status
from sdgcities.plugin.declared.problems import Problems, source_of
from sdgcities.plugin.manifest import SCHEMAS, Checked

MAX_POSITIONS = 100_000
UNDATED = "not stated"


def read_boundaries(file: Path, manifest: Manifest) -> list[UnitBoundary]:
    """The boundaries of the file. Raises Refused; a fault names the number of its feature, counted from 1, and the unit."""
    where, data = Where(file=str(file)), load_collection(file)
    if faults := list(violations(schema_file(SCHEMAS / "boundaries.schema.json"), data, lambda _: where)):
        raise Refused(faults)
    header, problems = cast("Checked", data), Problems(file)
    source, status = source_of(manifest, header["source"], problems, where), Status(header["status"])
    dated = "" if header["date"] == UNDATED else header["date"]
    if dated and not _is_date(dated):
        problems.at(where, msg("%(text)s is not a date.", text=dated), msg("Dates are written 2024-12-31."))
    found: list[UnitBoundary] = []
    for number, feature in enumerate(header["features"], start=1):
        unit = feature["properties"]["unit"]
        try:
            found.append(UnitBoundary(unit, polygons_of(feature["geometry"], where), source, status, dated))
        except Refused as error:
            _restate(error.findings[0], number, unit, problems)
    problems.twice((boundary.unit, where) for boundary in found)
    if sum(len(ring) for boundary in found for polygon in boundary.polygons for ring in polygon) > MAX_POSITIONS:
        problems.at(where, msg("More than %(n)s positions: simplify the boundary.", n=MAX_POSITIONS))
    problems.settle()
    return found


def _restate(fault: Finding, number: int, unit: str, problems: Problems) -> None:
    message = msg("Feature %(number)s (%(unit)s): %(problem)s", number=number, unit=unit, problem=fault.message)
    problems.at(fault.where, message, fault.hint)


def _is_date(text: str) -> bool:
    """Whether a year, month or day stands in the calendar."""
    try:
        date.fromisoformat(f"{text}-01-01"[:10])
    except ValueError:
        return False
    return True
