"""profiles/*.yaml: how the files of an office become observations."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from decimal import Decimal
from pathlib import Path
from typing import cast

from sdgcities.findings import msg
from sdgcities.intake.schema import load_checked
from sdgcities.intake.yaml import Document
from sdgcities.model.plugins import Manifest
from sdgcities.model.sources import Status
from sdgcities.model.statistics import (
    AddsUp,
    DimensionColumn,
    ImportProfile,
    Layout,
    LevelColumn,
    MissingReason,
    NumberStyle,
    UnitColumn,
    ValueColumn,
    parse_period,
)
from sdgcities.plugin.declared.problems import Problems, nearest, source_of
from sdgcities.plugin.manifest import SCHEMAS, Checked

_FIGURE = re.compile(r"[-+]?[0-9]+([.,\s][0-9]+)*\s?%?")


def read_profile(file: Path, manifest: Manifest) -> ImportProfile:
    """The profile of the file. Raises Refused with line numbers."""
    document = load_checked(file, SCHEMAS / "profile.schema.json")
    data, problems = cast("Checked", document.data), Problems(file)
    _check(document, manifest, problems)
    indicator, period = data.get("indicator", {}), data.get("period", {})
    profile = ImportProfile(
        id=data["id"],
        country=data["country"],
        title=data["title"],
        source=source_of(manifest, data["source"], problems, document.where(("source",))),
        status=Status(data["status"]),
        file=data["file"],
        header=tuple(data["header"]),
        layout=_layout(data),
        units=tuple(_unit_column(column) for column in data.get("units", ())),
        blank_unit=data.get("blank_unit", ""),
        period_column=period.get("column", ""),
        period_title=period.get("title", ""),
        says=tuple(data.get("says", ())),
        covers=tuple(data.get("covers", ())),
        period=period.get("constant", ""),
        values=tuple(_value_column(column) for column in data["values"]),
        numbers=NumberStyle(**data.get("numbers", {})),
        dimensions=tuple(DimensionColumn(**column) for column in data.get("dimensions", ())),
        ignore=tuple(data.get("ignore", ())),
        indicator_pattern=indicator.get("pattern", ""),
        indicator_column=indicator.get("column", ""),
        indicator_keys=indicator.get("keys", {}),
        aggregate=data.get("aggregate", ""),
        missing={mark: MissingReason(reason) for mark, reason in data.get("missing", {}).items()},
        adds_up=tuple(_adds_up(entry) for entry in data.get("adds_up", ())),
        crossfoot={total: tuple(parts) for total, parts in data.get("crossfoot", {}).items()},
        crossfoot_tolerance=Decimal(data.get("crossfoot_tolerance", "0")),
    )
    problems.settle()
    return profile


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
    )


def _unit_column(data: Checked) -> UnitColumn:
    level = data.get("level", "")
    told = LevelColumn(**level) if isinstance(level, dict) else None
    return UnitColumn(
        column=data["column"],
        by=_systems(data),
        level="" if told else level,
        level_column=told,
        within=data.get("within", ""),
        beside=data.get("beside", ""),
        digits=data.get("digits", 0),
    )


def _systems(data: Checked) -> tuple[str, ...]:
    by = data.get("by", "name")
    return (by,) if isinstance(by, str) else tuple(by)


def _value_column(data: Checked) -> ValueColumn:
    return ValueColumn(**{key: value for key, value in data.items() if key != "count"}, counted="count" in data)


def _adds_up(data: Checked) -> AddsUp:
    return AddsUp(data["whole"], data["parts"], tuple(data["indicators"]), Decimal(data.get("tolerance", "0")))


def _check(document: Document, manifest: Manifest, problems: Problems) -> None:
    """What the schema can't see: other keys of the manifest, and parts of the profile that need each other."""
    data = cast("Checked", document.data)
    if not manifest.serves(data["country"]):
        problem = msg("The profile is for %(country)s, which plugin.yaml does not declare.", country=data["country"])
        problems.at(document.where(("country",)), problem, msg("Correct the country, or add it to countries of plugin.yaml."))
    if data["id"] != Path(document.file).stem:
        problems.at(document.where(("id",)), msg("The id %(id)s is not the file's name.", id=data["id"]), msg("Give both the same name."))
    if not data.get("units") and not data.get("blank_unit"):
        problems.at(document.where(), msg("Nothing says which unit a row belongs to."), msg("Give units, blank_unit or both."))
    levels = {"country", *(level.id for level in manifest.levels)}
    for number, column in enumerate(data.get("units", ())):
        _check_levels(document, problems, levels, ("units", number), _named_levels(column))
        if "digits" in column and "name" in _systems(column):
            hint = msg("Say by which code the column names units: by.")
            problems.at(document.where(("units", number, "digits")), msg("A name has no number of digits."), hint)
    for number, entry in enumerate(data.get("adds_up", ())):
        _check_levels(document, problems, levels, ("adds_up", number), (entry["whole"], entry["parts"]))
    if data.get("first_row", 1 + max(data.get("header_rows", (1,)))) <= max(data.get("header_rows", (1,))):
        problems.at(document.where(("first_row",)), msg("The first row of figures is not below the header."))
    _check_levels(document, problems, levels, ("covers",), data.get("covers", ()))
    for pattern in data.get("says", ()):
        _pattern(document, problems, ("says",), pattern)
    _check_file(document, problems)
    _check_numbers(document, problems)
    _check_indicators(document, problems)
    _check_periods(document, problems)


def _named_levels(column: Checked) -> Iterable[str]:
    level = column.get("level", "country")
    return level["values"].values() if isinstance(level, dict) else (level,)


def _check_levels(document: Document, problems: Problems, levels: Collection[str], at: tuple[str | int, ...], named: Iterable[str]) -> None:
    for level in named:
        if level not in levels:
            near = nearest(level, levels)
            hint = msg("Did you mean %(name)s?", name=near) if near else msg("There are: %(names)s.", names=", ".join(sorted(levels)))
            problems.at(document.where(at), msg("There is no level %(level)s in plugin.yaml.", level=level), hint)


def _check_file(document: Document, problems: Problems) -> None:
    file = cast("Checked", document.data)["file"]
    if name := re.search(r"[/\\]", file):
        hint = msg("Write the name alone: %(name)s", name=re.split(r"[/\\]", file)[-1] or "*")
        problems.at(document.where(("file",)), msg("%(file)s has a %(mark)s; only the name of a file is looked at.", file=file, mark=name[0]), hint)


def _check_numbers(document: Document, problems: Problems) -> None:
    """Marks that hide a figure, and marks of decimals and thousands that can't be told apart."""
    data = cast("Checked", document.data)
    numbers = data.get("numbers", {})
    if numbers.get("decimal", ".") == numbers.get("thousands", ""):
        problem = msg("Decimals and thousands have the same mark, %(mark)s.", mark=numbers["thousands"])
        problems.at(document.where(("numbers",)), problem, msg("Say which mark stands before the decimals, and which between the thousands."))
    for mark, reason in data.get("missing", {}).items():
        if _FIGURE.fullmatch(mark.strip()) and reason != MissingReason.NOT_APPLICABLE:
            problem = msg("%(mark)s is a number: it can't be a mark of %(reason)s.", mark=mark, reason=reason)
            hint = msg("A number may only mean not_applicable; else every figure %(mark)s of the file would be lost. Take the line out.", mark=mark)
            problems.at(document.where(("missing", mark)), problem, hint)


def _check_indicators(document: Document, problems: Problems) -> None:
    data = cast("Checked", document.data)
    indicator = data.get("indicator", {})
    if "pattern" in indicator:
        pattern = _pattern(document, problems, ("indicator",), indicator["pattern"])
        if pattern and not pattern.groups:
            problems.at(document.where(("indicator",)), msg("The pattern has no group: ( ) around the key."))
    if not indicator and any("indicator" not in column for column in data["values"]):
        problems.at(document.where(("values",)), msg("Nothing says which indicator a column of values holds."), msg("Give each an indicator, or a pattern."))


def _check_periods(document: Document, problems: Problems) -> None:
    data = cast("Checked", document.data)
    constant = data.get("period", {}).get("constant")
    if constant is not None:
        try:
            parse_period(constant)
        except ValueError:
            problems.at(document.where(("period",)), msg("%(text)s is not a period.", text=constant), msg("Write 2021, 2021-Q3 or 2021-07."))
    if (title := data.get("period", {}).get("title")) and (pattern := _pattern(document, problems, ("period",), title)) and not pattern.groups:
        problems.at(document.where(("period",)), msg("The pattern has no group: ( ) around the period."))
    for number, column in enumerate(data["values"]):
        groups = _groups(document, problems, number, column)
        if "period" not in data and "period" not in groups:
            problem = msg("Nothing says which period a column of values speaks of.")
            problems.at(document.where(("values", number)), problem, msg("Give period, or columns with a group (?P<period>...)."))


def _groups(document: Document, problems: Problems, number: int, column: Checked) -> Collection[str]:
    """The named groups of a pattern of columns: the period, and dimensions with their codes."""
    pattern = _pattern(document, problems, ("values", number), column["columns"]) if "columns" in column else None
    groups = pattern.groupindex if pattern else {}
    codes = column.get("codes", {})
    if pattern and set(groups) - {"period"} != set(codes):
        problem = msg("The groups of the pattern and the keys of codes are not the same: %(groups)s; %(codes)s.", groups=_listed(groups), codes=_listed(codes))
        problems.at(document.where(("values", number)), problem, msg("Every group but period is a dimension, whose codes are listed under codes."))
    return groups


def _listed(names: Iterable[str]) -> str:
    return ", ".join(names) or "-"


def _pattern(document: Document, problems: Problems, at: tuple[str | int, ...], pattern: str) -> re.Pattern[str] | None:
    try:
        return re.compile(pattern)
    except (re.error, OverflowError, RecursionError) as error:
        problems.at(document.where(at), msg("%(pattern)s is not a pattern: %(error)s.", pattern=pattern, error=str(error)))
        return None
