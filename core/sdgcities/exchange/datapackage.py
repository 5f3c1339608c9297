"""A Data Package (datapackage.org, version 2): tables as CSV with a description that other software checks them by."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path

from sdgcities.exchange import describing, tidy
from sdgcities.exchange.outgoing import Outgoing
from sdgcities.findings import Finding
from sdgcities.intake.files import sha256_of
from sdgcities.intake.formulas import quoted
from sdgcities.model.statistics import MissingReason, ObservationStatus
from sdgcities.writing import put

PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
DESCRIPTION = "datapackage.json"
UNSTATED = "not stated"
"""What a plugin writes where an office states no licence."""
_WEB = re.compile(r"(http|ftp)s?://[^\s]+", re.IGNORECASE)
_TABLES = (
    ("indicators", describing.INDICATORS, describing.indicators, ("code",)),
    ("units", describing.UNITS, describing.units, ("id",)),
    ("sources", describing.SOURCES, describing.sources, ()),
    ("codes", describing.CODES, describing.codes, ("dimension", "code")),
)


def write(going: Outgoing, path: Path) -> Sequence[Finding]:
    """Fill the folder."""
    fill(going, path, name_of(path.name), going.catalogue.hub.config.name)
    return ()


def name_of(text: str) -> str:
    """A name as a Data Package allows: small letters, digits, dots, dashes and underscores."""
    return re.sub(r"[^a-z0-9._-]+", "-", text.lower()).strip("-.") or "data"


def fill(going: Outgoing, folder: Path, name: str, title: str) -> None:
    """Write the observations as one table, the tables that explain them and the description into a folder."""
    with (folder / "observations.csv").open("w", encoding="utf-8", newline="") as stream:
        rows = tidy.write_rows(going, stream)
    tables = describe(going, folder)
    observations = resource(folder, "observations.csv", schema_of(going, tables=True), rows)
    licences = sorted({source.licence for source in going.sources})
    licence = licences[0] if len(licences) == 1 else ""
    put_package(going, folder, {"name": name, "title": title, "licence": licence}, [observations, *tables])


def describe(going: Outgoing, folder: Path) -> list[dict[str, object]]:
    """Write the tables that explain the observations; their resources."""
    found = []
    for table, header, lines, key in _TABLES:
        count = _table(folder / f"{table}.csv", header, lines(going))
        fields: list[dict[str, object]] = [{"name": column, "type": "string"} for column in header]
        found.append(resource(folder, f"{table}.csv", {"fields": fields, "missingValues": [""], **({"primaryKey": list(key)} if key else {})}, count))
    return found


def put_package(going: Outgoing, folder: Path, told: Mapping[str, str], resources: Sequence[Mapping[str, object]]) -> None:
    """Write the description of a folder. `told`: its name, title and licence."""
    licences = _licences(told["licence"])
    package = {
        "$schema": PROFILE,
        "name": told["name"],
        "title": told["title"],
        "created": going.at,
        **({"licenses": licences} if licences else {}),
        "sources": [_source(source.office, source.table, source.url) for source in going.sources],
        "resources": list(resources),
    }
    put(folder / DESCRIPTION, (json.dumps(package, ensure_ascii=False, indent=2) + "\n").encode())


def _table(path: Path, header: Sequence[str], rows: Iterable[Sequence[str]]) -> int:
    with path.open("w", encoding="utf-8", newline="") as stream:
        return tidy.put_rows(stream, header, (map(quoted, row) for row in rows))


def schema_of(going: Outgoing, *, tables: bool, dimensions: Collection[str] | None = None) -> dict[str, object]:
    """What each column of the observations holds; `tables`: all of it stands in one file, beside which the others lie.

    `dimensions` are those that have a column, where not all have.
    """
    split = {name: one for name, one in going.dimensions.items() if dimensions is None or name in dimensions}
    codes: list[dict[str, object]] = [
        {"name": name, "type": "string", "title": going.label.text(one.name), "constraints": {"required": True, "enum": ["_T", *one.codes]}}
        for name, one in split.items()
    ]
    fields: list[dict[str, object]] = [
        {"name": "unit", "type": "string", "constraints": {"required": True}},
        {"name": "indicator", "type": "string", "constraints": {"required": True}},
        {"name": "period", "type": "string", "constraints": {"required": True}},
        *codes,
        {"name": "value", "type": "number"},
        {"name": "unit_measure", "type": "string", "constraints": {"required": True}},
        {"name": "status", "type": "string", "constraints": {"required": True, "enum": [status.value for status in ObservationStatus]}},
        {"name": "missing_reason", "type": "string", "constraints": {"enum": [reason.value for reason in MissingReason]}},
        {"name": "source", "type": "string", "constraints": {"required": True}},
    ]
    keys = [{"fields": ["indicator"], "reference": {"resource": "indicators", "fields": ["code"]}}]
    if len(going.units) == len(going.unit_codes):
        keys.append({"fields": ["unit"], "reference": {"resource": "units", "fields": ["id"]}})
    told: dict[str, object] = {"fields": fields, "missingValues": [""], "primaryKey": ["unit", "indicator", "period", *split, "unit_measure"]}
    return {**told, "foreignKeys": keys} if tables else told


def resource(folder: Path, path: str, schema: Mapping[str, object], rows: int) -> dict[str, object]:
    """A table of the package that lies at this path in its folder."""
    file = folder / path
    return {
        "name": name_of(file.stem),
        "type": "table",
        "path": path,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": file.stat().st_size,
        "hash": f"sha256:{sha256_of(file)}",
        "rows": rows,
        "schema": schema,
    }


def _source(office: str, table: str, url: str) -> dict[str, str]:
    title = tidy.origin(office, table)
    return {"title": title, "path": url} if _WEB.fullmatch(url) else {"title": title}


def _licences(text: str) -> list[dict[str, str]]:
    """A licence by its code, or its address, or its words; none where the source does not state one."""
    if text in ("", UNSTATED):
        return []
    if _WEB.fullmatch(text):
        return [{"path": text}]
    code = re.sub(r"[^-a-zA-Z0-9._]+", "-", text).strip("-.")
    return [{"name": text} if code == text else {"name": code or "other", "title": text}]
