"""What Open SDG's site reads of all indicators together: how far they are reported, and the fields that metadata may have."""

from __future__ import annotations

import io
import zipfile
from collections import Counter
from collections.abc import Collection, Mapping, Sequence

from sdgcities.exchange.opensdg.repository import SchemaField

_STATUSES = ("complete", "inprogress", "exploring", "notapplicable", "notstarted")
_NO_STATUS = "status.not_specified"
_SPLIT_STATUSES = ("complete", "inprogress", "notstarted", "notapplicable")
_THOUSAND = 1000
Metadata = Mapping[str, Mapping[str, object]]


def reporting(metadata: Metadata, schema: Sequence[SchemaField], extra: Sequence[str]) -> dict[str, object]:
    """The counts of reporting statuses: overall, by goal, and by each further field. Indicators outside the SDGs are not counted."""
    counted = [one for one in metadata.values() if not one.get("standalone")]
    statuses = _statuses(schema, counted)
    return {
        "statuses": [{"value": value, "translation_key": key} for value, key in statuses.items()],
        "overall": _counts(counted, statuses),
        "extra_fields": {field: _grouped(counted, field, field, statuses) for field in extra if field != "sdg_goal"},
        "goals": _grouped(counted, "sdg_goal", "goal", statuses),
    }


def _statuses(schema: Sequence[SchemaField], counted: Sequence[Mapping[str, object]]) -> dict[str, str]:
    """Value to key of translation: those of the schema; where it has none, Open SDG's own that occur."""
    field = next((field for field in schema if field.name == "reporting_status"), None)
    if field and field.options:
        return dict(field.options)
    used = {str(one.get("reporting_status")) for one in counted}
    return {status: f"status.{status}" for status in _STATUSES if status in used}


def _grouped(counted: Sequence[Mapping[str, object]], field: str, name: str, statuses: Mapping[str, str]) -> list[dict[str, object]]:
    groups: dict[object, list[Mapping[str, object]]] = {}
    texts = [one.get(field) if one.get(field) is not None else _NO_STATUS for one in counted]
    numeric = all(str(text).isdecimal() for text in texts)
    for one, text in zip(counted, texts, strict=True):
        groups.setdefault(int(str(text)) if numeric else str(text), []).append(one)
    first: list[dict[str, object]] = [{name: group} for group in sorted(groups, key=lambda group: (isinstance(group, str), group))]
    for one in first:
        one.update(_counts(groups[one[name]], statuses))
    return first


def _counts(counted: Sequence[Mapping[str, object]], statuses: Mapping[str, str]) -> dict[str, object]:
    found, total = Counter(str(one.get("reporting_status")) for one in counted), len(counted)
    told = [
        {"status": value, "translation_key": key, "count": found[value], "percentage": round(100 * found[value] / total, 3) if total else 0.0}
        for value, key in statuses.items()
    ]
    return {"statuses": told, "totals": {"total": total}}


def disaggregation(metadata: Metadata, columns: Mapping[str, Collection[str]], extra: Sequence[str], *, only_expected: bool) -> dict[str, object]:
    """How far indicators are split as their metadata expect (`expected_disaggregations`), by the columns that split each: overall, by goal, and by each field.

    Those of which nothing is expected are not applicable; with `only_expected` they are not counted. Percentages are not rounded, unlike those of
    `reporting`: the builder does neither with the other.
    """
    counted = {one: told for one, told in metadata.items() if not told.get("standalone")}
    found = {one: _split(told.get("expected_disaggregations"), columns.get(one, ())) for one, told in counted.items()}
    if only_expected:
        found = {one: status for one, status in found.items() if status != _SPLIT_STATUSES[-1]}
    goals, groups = {one: _goal(one) for one in counted}, {field: dict[object, list[str]]() for field in extra}
    for one in found:
        for field, group in groups.items():
            if (text := counted[one].get(field)) is not None:
                group.setdefault(text if isinstance(text, str | int) else str(text), []).append(found[one])
    shown = [(status, f"status.disaggregation_status_{status}") for status in _SPLIT_STATUSES]
    counts = shown[:-1] if only_expected else shown
    return {
        "statuses": [{"value": status, "translation_key": key} for status, key in shown],
        "overall": _split_counts(list(found.values()), counts),
        "goals": [
            {"goal": goal, **_split_counts([status for one, status in found.items() if goals[one] == goal], counts)}
            for goal in sorted(set(goals.values()), key=lambda goal: (isinstance(goal, str), goal))
        ],
        "extra_fields": {field: [{field: text, **_split_counts(held, counts)} for text, held in group.items()] for field, group in groups.items()},
    }


def _split(expected: object, columns: Collection[str]) -> str:
    """How far the columns of an indicator are those that are expected."""
    wanted = expected if isinstance(expected, list) else []
    if not wanted:
        return "notapplicable"
    there = sum(isinstance(one, str) and one in columns for one in wanted)
    return "complete" if there == len(wanted) and len(columns) >= len(wanted) else "inprogress" if there else "notstarted"


def _goal(one: str) -> int | str:
    """The goal that an indicator is of, by its id."""
    number = one.partition("-")[0]
    return int(number) if number.isdecimal() else number


def _split_counts(statuses: Sequence[str], shown: Sequence[tuple[str, str]]) -> dict[str, object]:
    found, total = Counter(statuses), len(statuses)
    told = [
        {"status": value, "translation_key": key, "count": found[value], "percentage": 100 * found[value] / total if total else 0.0} for value, key in shown
    ]
    return {"statuses": told, "totals": {"total": total}}


def fields(schema: Sequence[SchemaField]) -> list[dict[str, object]]:
    """The fields of metadata for the site."""
    found: list[dict[str, object]] = []
    for one in schema:
        told: dict[str, object] = {"label": one.label, "translation_key": one.translation_key, "scope": one.scope}
        told = {name: text for name, text in told.items() if text}
        told["element"] = one.element if one.element in ("checkbox", "select", "multiselect") else "text"
        if one.options:
            told["options"] = [{"name": key, "value": value, "translation_key": key} for value, key in one.options.items()]
        found.append({"name": one.name, "field": told})
    return found


def groups(texts: Mapping[str, str]) -> dict[str, dict[str, str]]:
    """The texts of a language by their group."""
    found: dict[str, dict[str, str]] = {}
    for key, text in texts.items():
        group, _, name = key.partition(".")
        found.setdefault(group, {})[name] = text
    return found


def zipped(files: Mapping[str, bytes]) -> tuple[bytes, dict[str, object]]:
    """The data of all indicators in one archive, and its size for people."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), content)
    content = stream.getvalue()
    return content, {"size_bytes": len(content), "size_human": _size(len(content))}


def _size(number: int) -> str:
    if number < _THOUSAND:
        return f"{number} Bytes"
    size = float(number)
    for unit in ("kB", "MB"):
        size /= _THOUSAND
        if size < _THOUSAND:
            return f"{size:.1f} {unit}"
    return f"{size / _THOUSAND:.1f} GB"
