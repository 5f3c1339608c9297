"""Exports of collection software, made up for tests in the exact form of the real software. Every name, number and position in them is invented."""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping, Sequence
from io import StringIO
from pathlib import Path
from typing import Any

MADE_UP = "specimen"
KOBO_END = ("_id", "_uuid", "_submission_time", "_validation_status", "_notes", "_status", "_submitted_by", "__version__", "_tags", "_index")
"""What KoboToolbox puts behind the answers (formpack: the copied fields)."""


def kobo(rows: Sequence[Mapping[str, str]], further: int = 0) -> str:
    """An export of KoboToolbox: semicolons, every cell in quotation marks, groups before a slash, a column for each answer that can be ticked."""
    header = ["start", "end", "deviceid", "respondent/full_name", "respondent/phone", "site/water_source", "site/services", "site/services/washing",
              "site/services/drinking", "site/GPS point", "site/_GPS point_latitude", "site/_GPS point_longitude", "site/_GPS point_altitude",
              "site/_GPS point_precision", "site/litres", *(f"more/question_{number}" for number in range(further)), *KOBO_END]  # fmt: skip
    out = StringIO()
    writer = csv.writer(out, delimiter=";", quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(header)
    for number, given in enumerate(rows, start=1):
        row = {**_kobo_row(number), **given}
        if "position" in row:
            latitude, longitude, altitude, precision = row["position"].split()
            row |= {"site/GPS point": row["position"], "site/_GPS point_latitude": latitude, "site/_GPS point_longitude": longitude}
            row |= {"site/_GPS point_altitude": altitude, "site/_GPS point_precision": precision}
        writer.writerow([row.get(name, "") for name in header])
    return out.getvalue()


def _kobo_row(number: int) -> dict[str, str]:
    return {
        "start": f"2024-03-{number % 28 + 1:02}T09:00:00.000+00:00",
        "end": f"2024-03-{number % 28 + 1:02}T09:20:00.000+00:00",
        "deviceid": f"{MADE_UP}-device-{number}",
        "respondent/full_name": f"Specimen Person {number}",
        "respondent/phone": f"+23350000{number:04}",
        "site/water_source": "tap" if number % 2 else "well",
        "site/services": "washing drinking" if number % 2 else "washing",
        "site/services/washing": "1",
        "site/services/drinking": str(number % 2),
        "site/litres": str(10 * number),
        "position": f"{5.55 + number / 1000:.6f} {-0.2 - number / 1000:.6f} 30.0 4.5",
        "_id": str(1000 + number),
        "_uuid": f"00000000-0000-4000-8000-{number:012}",
        "_submission_time": f"2024-03-{number % 28 + 1:02}T10:00:00",
        "_status": "submitted_via_web",
        "_submitted_by": f"{MADE_UP}_user",
        "__version__": "vSpecimen",
        "_index": str(number),
    }


def odk(count: int) -> tuple[str, str]:
    """An export of ODK Central: the records, and the rows of a repeat, whose PARENT_KEY is the KEY of its record."""
    main = [
        "SubmissionDate,site-place-Latitude,site-place-Longitude,site-place-Altitude,site-place-Accuracy,site-kind,meta-instanceID,KEY,SubmitterID,SubmitterName,Status"
    ]
    repeat = ["pump-works,pump-litres,PARENT_KEY,KEY"]
    for number in range(1, count + 1):
        key = f"uuid:00000000-0000-4000-8000-{number:012}"
        place, kind = f"{5.55 + number / 1000:.6f},{-0.2 - number / 1000:.6f},30,4.5", "tap" if number % 2 else "well"
        main.append(f"2024-03-01T10:00:00.000Z,{place},{kind},{key},{key},7,Specimen Submitter,")
        repeat += [f"{'yes' if pump == 1 else 'no'},{10 * pump},{key},{key}/pump[{pump}]" for pump in (1, 2)]
    return "\n".join(main) + "\n", "\n".join(repeat) + "\n"


def square(west: float, south: float, east: float, north: float) -> list[list[float]]:
    return [[west, south], [east, south], [east, north], [west, north], [west, south]]


def feature(geometry: Mapping[str, Any] | None, **properties: object) -> dict[str, Any]:
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def polygon(ring: Sequence[Sequence[float]], **properties: object) -> dict[str, Any]:
    return feature({"type": "Polygon", "coordinates": [ring]}, **properties)


def point(longitude: float, latitude: float, **properties: object) -> dict[str, Any]:
    return feature({"type": "Point", "coordinates": [longitude, latitude]}, **properties)


def collection(path: Path, *features: Mapping[str, Any]) -> Path:
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8")
    return path


def put(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8", newline="")
    return path


def description(folder: Path, measures: str = "  - {id: points, does: count}", **said: str) -> Path:
    """A description with these measures; further keys as YAML."""
    lines = {"title": "Made-up points", "source": "{office: Test office}", "period": '"2016"', "coordinates": "{latitude: lat, longitude: lon}", **said}
    text = "".join(f"{key}: {value}\n" for key, value in lines.items() if value)
    return put(folder / "scan.yaml", f"{text}measures:\n{measures}\n")
