"""The figures of a scan as files: a table, JSON, the areas with their values for any map, and rows in the tidy format for what an indicator takes."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Mapping
from decimal import Decimal
from io import StringIO
from pathlib import Path
from typing import Any

from sdgcities.intake.formulas import quoted
from sdgcities.model.statistics import MissingReason
from sdgcities.tracks.data.reading.tidy import OPTIONAL, REQUIRED
from sdgcities.tracks.data.scan.areas import Areas
from sdgcities.tracks.data.scan.counting import Cell
from sdgcities.tracks.data.scan.scanning import METHOD, VERSION, Scanned
from sdgcities.writing import put

UNITS_OF: Mapping[str, str] = {"count": "number", "share": "percent", "access": "percent", "density": "per_km2"}
"""The unit of what each counting gives; a sum or mean has that of its column."""
COLUMNS = ("area", "name", "measure", "category", "value", "unit_measure", "rests_on", "missing", "indicator", "period", "missing_reason")


def rows_of(scanned: Scanned) -> Iterator[dict[str, Any]]:
    """A row a result, by area and measure, as it goes out."""
    period = str(scanned.scan.period)
    for cell in scanned.going_out().cells:
        area, one = scanned.areas.areas[cell.area], cell.counting
        texts = {"area": area.id, "name": area.name, "measure": one.id, "category": cell.category}
        numbers = {"value": cell.value, "unit_measure": UNITS_OF.get(one.does, ""), "rests_on": cell.rests_on, "missing": cell.missing}
        yield {**texts, **numbers, "indicator": one.indicator, "period": period, "missing_reason": reason_of(cell)}


def reason_of(cell: Cell) -> str:
    """Why there is no value; empty where there is one."""
    return MissingReason.CONFIDENTIAL.value if cell.hidden else MissingReason.NOT_COLLECTED.value if cell.value is None else ""


def as_data(scanned: Scanned) -> dict[str, Any]:
    """All of it, as JSON shows it: without what somebody could be known by."""
    scanned = scanned.going_out()
    scan, areas = scanned.scan, scanned.areas
    return {
        "title": scan.title,
        "method": f"{METHOD} {VERSION}",
        "file": scanned.path.name,
        "sha256": scanned.sha256,
        "scan": scan.path.name,
        "scan_sha256": scan.sha256,
        "source": {"office": scan.office, "licence": scan.licence},
        "period": str(scan.period),
        "areas": {"level": areas.level, "sha256": areas.sha256, "boundaries": boundaries_of(areas)},
        "kept_columns": dict(scan.kept),
        "rows": scanned.counts,
        "hidden": hiding_told(scanned),
        "measures": [{"id": one.id, "does": one.does, "title": one.title, "indicator": one.indicator} for one in scan.measures],
        "results": [{**row, "value": _plain(row["value"])} for row in rows_of(scanned)],
    }


def geojson_of(scanned: Scanned) -> dict[str, Any]:
    """The areas with their values, and with what stands below every map: whose boundaries, of when."""
    scanned = scanned.going_out()
    values: dict[int, dict[str, object]] = {number: {} for number in range(len(scanned.areas.areas))}
    for cell in scanned.cells:
        values[cell.area][name_of(cell)] = _plain(cell.value)
        if cell.hidden:
            values[cell.area][f"{name_of(cell)}: missing_reason"] = reason_of(cell)
    features = [
        {
            "type": "Feature",
            "id": area.id,
            "properties": {"name": area.name, "km2": _short(scanned.km2[number]), **values[number]},
            "geometry": {"type": "MultiPolygon", "coordinates": area.polygons} if area.polygons else None,
        }
        for number, area in enumerate(scanned.areas.areas)
    ]
    said = {"boundaries": boundaries_of(scanned.areas), "method": f"{METHOD} {VERSION}", "hidden": hiding_told(scanned)}
    return {"type": "FeatureCollection", **said, "features": features}


def hiding_told(scanned: Scanned) -> dict[str, int] | None:
    """How many results do not go out, and below how many people a count does not; None where all of them do."""
    count = sum(cell.hidden for cell in scanned.going_out().cells)
    return {"results": count, "fewer_than": scanned.threshold} if count else None


def boundaries_of(areas: Areas) -> list[dict[str, str]]:
    """Whose boundaries, how settled, and as of when."""
    return [{"office": source.office, "licence": source.licence, "status": status.value, "date": dated} for source, status, dated in areas.origins]


def name_of(cell: Cell) -> str:
    """A result by its measure and category."""
    return f"{cell.counting.id}: {cell.category}" if cell.category else cell.counting.id


def tidy_of(scanned: Scanned) -> str:
    """The results that are figures of an indicator, as rows of the tidy format and exactly as they are given; empty where there is none."""
    chosen = [cell for cell in scanned.cells if cell.counting.indicator and scanned.areas.areas[cell.area].unit is not None and _coded(cell)]
    dimensions = sorted({cell.counting.dimension for cell in chosen if cell.category})
    header = [*REQUIRED, *OPTIONAL, *dimensions]
    return _csv(header, (_tidy(scanned, cell, dimensions) for cell in chosen)) if chosen else ""


def put_results(scanned: Scanned, folder: Path) -> list[Path]:
    """Write the files into a folder, without what somebody could be known by; those that were written."""
    scanned = scanned.going_out()
    texts = {
        "results.csv": _csv(COLUMNS, ([_cell(row[name]) for name in COLUMNS] for row in rows_of(scanned))),
        "results.json": _json(as_data(scanned), indent=1),
        "areas.geojson": _json(geojson_of(scanned)),
        "figures.csv": tidy_of(scanned),
        "points.geojson": _json(_points(scanned)) if scanned.points else "",
    }
    for name, text in texts.items():
        if text:
            put(folder / name, text.encode("utf-8"))
    return [folder / name for name, text in texts.items() if text]


def _tidy(scanned: Scanned, cell: Cell, dimensions: list[str]) -> list[str]:
    one, unit = cell.counting, scanned.areas.areas[cell.area].unit
    assert unit is not None, "only units have figures"
    office, title = (" ".join(text.split()) for text in (scanned.scan.office.replace(";", ","), scanned.scan.title))
    source = f"{office}; {title}; {METHOD} {VERSION}; file sha256 {scanned.sha256}; scan sha256 {scanned.scan.sha256}"
    value, reason = "" if cell.value is None else f"{cell.value:f}", reason_of(cell)
    codes = {one.dimension: (one.codes or {})[cell.category]} if cell.category else {}
    return [unit.id, one.indicator, str(scanned.scan.period), value, source, "", "", reason, *(codes.get(name, "") for name in dimensions)]


def _coded(cell: Cell) -> bool:
    return not cell.category or cell.category in (cell.counting.codes or {})


def _points(scanned: Scanned) -> dict[str, Any]:
    features = [{"type": "Feature", "properties": {}, "geometry": {"type": "Point", "coordinates": [lon, lat]}} for lat, lon in scanned.points]
    return {"type": "FeatureCollection", "features": features}


def _csv(header: Iterator[str] | list[str] | tuple[str, ...], rows: Iterator[list[str]]) -> str:
    out = StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return out.getvalue()


def _json(data: object, indent: int | None = None) -> str:
    return json.dumps(data, ensure_ascii=False, indent=indent) + "\n"


def _cell(value: object) -> str:
    """A text that no spreadsheet runs; a number stays one."""
    if isinstance(value, Decimal):
        return f"{value:f}"
    return "" if value is None else quoted(value) if isinstance(value, str) else str(value)


def _plain(value: Decimal | None) -> int | float | None:
    return None if value is None else int(value) if value == int(value) else float(value)


def _short(km2: float | None) -> float | None:
    return None if km2 is None else round(km2, 4)
