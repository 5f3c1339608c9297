"""profiles/*.yaml: how the files of an office become observations."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any, cast

from sdgcities.intake.schema import load_checked
from sdgcities.intake.yaml import load_yaml
from sdgcities.model.plugins import Manifest
from sdgcities.model.profiles import (
    AddsUp,
    DimensionColumn,
    ImportProfile,
    Layout,
    LevelColumn,
    MeasureColumn,
    NumberStyle,
    PeriodStyle,
    RowFilter,
    StatusColumn,
    UnitColumn,
    UnitMeasure,
    ValueColumn,
)
from sdgcities.model.sources import Status
from sdgcities.model.statistics import MissingReason, ObservationStatus
from sdgcities.plugin.declared.problems import Problems
from sdgcities.plugin.declared.profile_checks import check, known_source
from sdgcities.plugin.declared.undecided import check_decided
from sdgcities.plugin.manifest import FILE, SCHEMAS, Checked


def read_profile(file: Path, manifest: Manifest, said_in: str = FILE) -> ImportProfile:
    """The profile of the file. `said_in` is the file that says what is in the manifest. Raises Refused with line numbers."""
    check_decided(load_yaml(file))
    document, problems = load_checked(file, SCHEMAS / "profile.schema.json"), Problems(file)
    data = cast("Checked", document.data)
    check(document, manifest, problems, said_in)
    problems.settle()
    return _profile(data, manifest)


def _profile(data: Checked, manifest: Manifest) -> ImportProfile:
    return ImportProfile(
        id=data["id"],
        country=data["country"],
        title=data["title"],
        version=data.get("version", ""),
        source=known_source(data["source"], manifest),
        status=Status(data["status"]),
        file=data["file"],
        header=tuple(data["header"]),
        layout=_layout(data),
        units=tuple(_unit_column(column) for column in data.get("units", ())),
        blank_unit=data.get("blank_unit", ""),
        says=tuple(data.get("says", ())),
        covers=tuple(data.get("covers", ())),
        carried=tuple(data.get("carried", ())),
        rows=tuple(RowFilter(entry["column"], tuple(entry.get("only", ())), tuple(entry.get("except", ()))) for entry in data.get("rows", ())),
        values=tuple(_value_column(column) for column in data["values"]),
        numbers=NumberStyle(**data.get("numbers", {})),
        dimensions=tuple(DimensionColumn(**column) for column in data.get("dimensions", ())),
        constants=data.get("constants", {}),
        unit_measure=_measure_column(data["unit_measure"]) if "unit_measure" in data else None,
        ignore=tuple(data.get("ignore", ())),
        aggregate=data.get("aggregate", ""),
        missing={mark: MissingReason(reason) for mark, reason in data.get("missing", {}).items()},
        marks={mark: ObservationStatus(status) for mark, status in data.get("marks", {}).items()},
        adds_up=tuple(_adds_up(entry) for entry in data.get("adds_up", ())),
        crossfoot={total: tuple(parts) for total, parts in data.get("crossfoot", {}).items()},
        crossfoot_tolerance=Decimal(data.get("crossfoot_tolerance", "0")),
        **_period(data),
        **_indicator(data),
        **_observation_status(data.get("observation_status", ObservationStatus.NORMAL.value)),
    )


def _layout(data: Checked) -> Layout:
    rows = tuple(sorted(data.get("header_rows", (1,))))
    return Layout(
        format=data.get("format", "csv"),
        encoding=data.get("encoding", "utf-8"),
        delimiter=data.get("delimiter", ","),
        sheets=tuple(data.get("sheets", ())),
        header_rows=rows,
        first_row=data.get("first_row", rows[-1] + 1),
        records=data.get("records", ""),
        until=data.get("until", ""),
        header_join=data.get("header_join", ""),
        same={name: tuple(others) for name, others in data.get("same", {}).items()},
    )


def _period(data: Checked) -> dict[str, Any]:
    period = data.get("period", {})
    column = period.get("column", "")
    first, *beside = [column] if isinstance(column, str) else column
    return {
        "period_column": first,
        "period_beside": tuple(beside),
        "period": period.get("constant", ""),
        "period_title": period.get("title", ""),
        "period_sheet": period.get("sheet", ""),
        "period_file": period.get("file", ""),
        "periods": PeriodStyle(**data.get("periods", {})),
    }


def _indicator(data: Checked) -> dict[str, Any]:
    return {f"indicator_{key}": value for key, value in data.get("indicator", {}).items()}


def _unit_column(data: Checked) -> UnitColumn:
    level, by = data.get("level", ""), data.get("by", "name")
    told = LevelColumn(**level) if isinstance(level, dict) else None
    return UnitColumn(
        column=data["column"],
        by=(by,) if isinstance(by, str) else tuple(by),
        level="" if told else level,
        level_column=told,
        within=data.get("within", ""),
        beside=data.get("beside", ""),
        digits=data.get("digits", 0),
    )


def _value_column(data: Checked) -> ValueColumn:
    rest = {key: value for key, value in data.items() if key not in ("count", "scale")}
    return ValueColumn(**rest, counted="count" in data, scale=Decimal(data["scale"]) if "scale" in data else None)


def _measure_column(data: Checked) -> MeasureColumn:
    said = {text: {"unit": given} if isinstance(given, str) else given for text, given in data["codes"].items()}
    return MeasureColumn(data["column"], {text: UnitMeasure(given["unit"], Decimal(given.get("scale", "1"))) for text, given in said.items()})


def _observation_status(data: str | Checked) -> dict[str, Any]:
    if isinstance(data, str):
        return {"observation_status": ObservationStatus(data)}
    return {"status_column": StatusColumn(data["column"], {text: ObservationStatus(code) for text, code in data["codes"].items()})}


def _adds_up(data: Checked) -> AddsUp:
    return AddsUp(data["whole"], data["parts"], tuple(data["indicators"]), Decimal(data.get("tolerance", "0")))
