"""profiles/*.yaml: how the files of an office become observations."""

from __future__ import annotations

import re
from pathlib import Path
from typing import cast

from sdgcities.findings import msg
from sdgcities.intake.schema import load_checked
from sdgcities.intake.yaml import Document
from sdgcities.model.plugins import Manifest
from sdgcities.model.sources import Status
from sdgcities.model.statistics import DimensionColumn, ImportProfile, MissingReason, UnitColumn, ValueColumn, parse_period
from sdgcities.plugin.declared.problems import Problems, source_of
from sdgcities.plugin.manifest import SCHEMAS, Checked


def read_profile(file: Path, manifest: Manifest) -> ImportProfile:
    """The profile of the file. Raises Refused with line numbers."""
    document = load_checked(file, SCHEMAS / "profile.schema.json")
    data, problems = cast("Checked", document.data), Problems(file)
    _check(document, manifest, problems)
    indicator = data.get("indicator", {})
    profile = ImportProfile(
        id=data["id"],
        country=data["country"],
        title=data["title"],
        source=source_of(manifest, data["source"], problems, document.where(("source",))),
        status=Status(data["status"]),
        file=data["file"],
        header=tuple(data["header"]),
        encoding=data.get("encoding", "utf-8"),
        delimiter=data.get("delimiter", ","),
        units=tuple(UnitColumn(**column) for column in data.get("units", ())),
        blank_unit=data.get("blank_unit", ""),
        period_column=data["period"].get("column", ""),
        period=data["period"].get("constant", ""),
        values=tuple(ValueColumn(**column) for column in data["values"]),
        dimensions=tuple(DimensionColumn(**column) for column in data.get("dimensions", ())),
        ignore=tuple(data.get("ignore", ())),
        indicator_pattern=indicator.get("pattern", ""),
        indicator_keys=indicator.get("keys", {}),
        aggregate=data.get("aggregate", ""),
        missing={mark: MissingReason(reason) for mark, reason in data.get("missing", {}).items()},
        crossfoot={total: tuple(parts) for total, parts in data.get("crossfoot", {}).items()},
    )
    problems.settle()
    return profile


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
        if column.get("level", "country") not in levels:
            problems.at(document.where(("units", number)), msg("There is no level %(level)s in plugin.yaml.", level=column["level"]))
    _check_indicators(document, problems)
    _check_constant(document, problems)


def _check_indicators(document: Document, problems: Problems) -> None:
    data = cast("Checked", document.data)
    if "indicator" in data:
        pattern = data["indicator"]["pattern"]
        try:
            groups = re.compile(pattern).groups
        except (re.error, OverflowError, RecursionError) as error:
            problems.at(document.where(("indicator",)), msg("%(pattern)s is not a pattern: %(error)s.", pattern=pattern, error=str(error)))
        else:
            if not groups:
                problems.at(document.where(("indicator",)), msg("The pattern has no group: ( ) around the key."))
    elif any("indicator" not in column for column in data["values"]):
        problems.at(document.where(("values",)), msg("Nothing says which indicator a column of values holds."), msg("Give each an indicator, or a pattern."))


def _check_constant(document: Document, problems: Problems) -> None:
    constant = cast("Checked", document.data)["period"].get("constant")
    if constant is not None:
        try:
            parse_period(constant)
        except ValueError:
            problems.at(document.where(("period",)), msg("%(text)s is not a period.", text=constant), msg("Write 2021, 2021-Q3 or 2021-07."))
