"""The repository's schema of metadata (`_prose.yml`, `metadata_schema.yml`): which fields there are, and what may stand in them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from sdgcities.exchange.opensdg.metadata import read_yaml
from sdgcities.exchange.opensdg.repository import SchemaField
from sdgcities.findings import Finding, Severity, Where, msg


def read_schema(file: Path) -> tuple[tuple[SchemaField, ...], tuple[Finding, ...]]:
    """The fields in their order, and what is wrong with the file."""
    data, problems = read_yaml(file)
    entries = data
    for key in ("prose", "metadata", "meta"):
        entries = entries.get(key) if isinstance(entries, Mapping) else None
    if not isinstance(entries, list):
        told = msg("No fields of metadata were found in the schema: metadata are not held against it.")
        return (), (*problems, Finding("opensdg.schema", Severity.NOTE, told, msg("They stand under prose, metadata, meta."), Where(file=str(file))))
    return tuple(_fields(entries)), problems


def _fields(entries: list[object]) -> Iterator[SchemaField]:
    for entry in entries:
        if not isinstance(entry, Mapping) or not isinstance(entry.get("name"), str):
            continue
        told = entry.get("field")
        field = told if isinstance(told, Mapping) else {}
        options = field.get("options")
        yield SchemaField(
            name=str(entry["name"]),
            label=str(field.get("label", "")),
            scope=str(field.get("scope", "")),
            element=str(field.get("element", "")),
            required=field.get("required") is True,
            valid_values=tuple(one.get("value") for one in options if isinstance(one, Mapping)) if isinstance(options, list) else (),
            translation_key=str(field.get("translation_key", "")),
            options=dict(_options(options)) if isinstance(options, list) else {},
        )


def _options(options: list[object]) -> Iterator[tuple[str, str]]:
    for one in options:
        if isinstance(one, Mapping) and isinstance(one.get("value"), str):
            yield one["value"], str(one.get("translation_key") or one.get("name") or one["value"])
