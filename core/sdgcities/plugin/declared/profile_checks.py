"""What no schema can see of an import profile: keys of the manifest that it names, and parts that need or contradict each other."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any, cast

from sdgcities.findings import Message, msg
from sdgcities.intake.yaml import Document, NodePath
from sdgcities.model.plugins import Manifest
from sdgcities.model.sources import Source
from sdgcities.model.statistics import PERIODS, MissingReason, parse_period
from sdgcities.plugin.declared.problems import Problems, nearest
from sdgcities.plugin.manifest import FILE, Checked
from sdgcities.plugin.patterns.python import running_away

YEAR, PART, PERIOD = "year", "part", "period"
"""Groups of patterns that tell no dimension."""
_FIGURE = re.compile(r"[-+]?[0-9]+([.,\s][0-9]+)*\s?%?")
_FIGURE_SIGNS = re.compile(r"[-+.,%0-9\s\u2212]+")


def check(document: Document, manifest: Manifest, problems: Problems, said_in: str) -> None:
    """Everything that is wrong in a profile which the schema lets pass."""
    checks = _Checks(document, problems)
    checks.manifest(manifest, said_in)
    checks.places()
    if manifest.serves(cast("Checked", document.data)["country"]):  # else its levels are unknown, and the country is what is wrong
        checks.levels({"country", *(level.id for level in manifest.levels)})
    checks.layout()
    checks.numbers()
    checks.indicators()
    checks.periods()
    checks.dimensions()


def known_source(given: str | Mapping[str, Any], manifest: Manifest) -> Source:
    """The source itself, or the one of that key in the manifest."""
    return manifest.sources[given] if isinstance(given, str) else Source(**given)


class _Checks:
    def __init__(self, document: Document, problems: Problems) -> None:
        self._document, self._problems = document, problems
        self._data = cast("Checked", document.data)
        self._values = list(enumerate(self._data["values"]))

    def manifest(self, manifest: Manifest, said_in: str) -> None:
        data, source = self._data, self._data["source"]
        if not manifest.serves(data["country"]):
            problem = msg("The profile is for %(country)s, which %(file)s does not declare.", country=data["country"], file=said_in)
            self._at(("country",), problem, msg("Correct the country, or add it to countries of %(file)s.", file=said_in))
        if data["id"] != Path(self._document.file).stem:
            self._at(("id",), msg("The id %(id)s is not the file's name.", id=data["id"]), msg("Give both the same name."))
        if isinstance(source, str) and source not in manifest.sources:
            if said_in == FILE:
                self._problems.source(source, manifest.sources, self._document.where(("source",)))
            else:
                hint = msg("Write it in full: source: {office: ..., table: ..., licence: ..., url: ...}; only office is needed.")
                self._at(("source",), msg("No plugin of the country has a source %(key)s.", key=source), hint)
        if name := re.search(r"[/\\]", data["file"]):
            hint = msg("Write the name alone: %(name)s", name=re.split(r"[/\\]", data["file"])[-1] or "*")
            self._at(("file",), msg("%(file)s has a %(mark)s; only the name of a file is looked at.", file=data["file"], mark=name[0]), hint)

    def levels(self, levels: Collection[str]) -> None:
        data = self._data
        for number, column in enumerate(data.get("units", ())):
            self._levels(levels, ("units", number), _named_levels(column))
        for number, entry in enumerate(data.get("adds_up", ())):
            self._levels(levels, ("adds_up", number), (entry["whole"], entry["parts"]))
        self._levels(levels, ("covers",), data.get("covers", ()))

    def places(self) -> None:
        data = self._data
        if not data.get("units") and not data.get("blank_unit"):
            self._at((), msg("Nothing says which unit a row belongs to."), msg("Give units, blank_unit or both."))
        for number, column in enumerate(data.get("units", ())):
            if "digits" in column and "name" in _systems(column):
                self._at(("units", number, "digits"), msg("A name has no number of digits."), msg("Say by which code the column names units: by."))

    def layout(self) -> None:
        """Rows of the header, other spellings of its names, and columns that are carried down."""
        data, rows = self._data, self._data.get("header_rows", (1,))
        if data.get("first_row", 1 + max(rows)) <= max(rows):
            self._at(("first_row",), msg("The first row of figures is not below the header."))
        if "header_join" in data and len(rows) == 1:
            self._at(("header_join",), msg("There is only one row with names of columns to join."), msg("List all of them: header_rows: [4, 5]."))
        names: dict[str, str] = {}
        for name, others in data.get("same", {}).items():
            for spelled in (name, *others):
                if names.setdefault(" ".join(spelled.split()).casefold(), name) != name:
                    problem = msg("%(text)s is another spelling of two columns.", text=spelled)
                    self._at(("same", name), problem, msg("Each spelling belongs to one column."))
        figures = {column.get("column") for _, column in self._values}
        for name in data.get("carried", ()):
            if name in figures:
                problem = msg("%(name)s is a column of figures: none is ever carried down.", name=name)
                self._at(("carried",), problem, msg("Carry the columns with names and periods only."))
        for pattern in data.get("says", ()):
            self._pattern(("says",), pattern)

    def numbers(self) -> None:
        """Marks that hide a figure, marks of decimals and thousands that can't be told apart, and scales and units that are said twice."""
        data = self._data
        numbers = data.get("numbers", {})
        if numbers.get("decimal", ".") == numbers.get("thousands", ""):
            problem = msg("Decimals and thousands have the same mark, %(mark)s.", mark=numbers["thousands"])
            self._at(("numbers",), problem, msg("Say which mark stands before the decimals, and which between the thousands."))
        for mark, reason in data.get("missing", {}).items():
            if _FIGURE.fullmatch(mark.strip()) and reason != MissingReason.NOT_APPLICABLE:
                problem = msg("%(mark)s is a number: it can't be a mark of %(reason)s.", mark=mark, reason=reason)
                hint = msg("A number may only mean not_applicable; else every figure %(mark)s of the file would be lost. Take the line out.", mark=mark)
                self._at(("missing", mark), problem, hint)
        for mark in data.get("marks", ()):
            if _FIGURE_SIGNS.fullmatch(mark):
                hint = msg("Figures are written with these signs. Write the mark with what sets it apart, such as (1).")
                self._at(("marks", mark), msg("%(mark)s could be a part of the figure itself.", mark=mark), hint)
        codes = data.get("unit_measure", {}).get("codes", {})
        scaled = [(("values", number), column) for number, column in self._values]
        for path, given in (*scaled, *((("unit_measure", "codes", text), given) for text, given in codes.items() if isinstance(given, dict))):
            if "scale" in given and not Decimal(given["scale"]):
                self._at(path, msg("What is multiplied by 0 is lost."), msg('Write what a figure is multiplied by: scale: "1000".'))
        for number, column in self._values:
            if codes and "unit" in column:
                problem = msg("The unit of measure is said twice: by unit_measure and by unit.")
                self._at(("values", number), problem, msg("Keep the one by which the file says it."))

    def indicators(self) -> None:
        indicator = self._data.get("indicator", {})
        self._searched("indicator", indicator, ("pattern", "sheet", "title"), msg("The pattern has no group: ( ) around the key."))
        if not indicator and any("indicator" not in column for _, column in self._values):
            self._at(("values",), msg("Nothing says which indicator a column of values holds."), msg("Give each an indicator, or a pattern."))

    def periods(self) -> None:
        data = self._data
        period, style = data.get("period", {}), data.get("periods", {})
        self._searched("period", period, ("sheet", "title", "file"), msg("The pattern has no group: ( ) around the period."))
        for path, text in (*((("period",), period[key]) for key in ("constant",) if key in period), *_spelled(style)):
            try:
                parse_period(text)
            except ValueError:
                self._at(path, msg("%(text)s is not a period.", text=text), PERIODS)
        self._period_pattern(style)
        for number, column in self._values:
            groups = self._groups(number, column)
            if "period" not in data and PERIOD not in groups:
                problem = msg("Nothing says which period a column of values speaks of.")
                self._at(("values", number), problem, msg("Give period, or columns with a group (?P<period>...)."))

    def dimensions(self) -> None:
        """What holds for the whole file holds for each of its figures: nothing else may tell it."""
        data = self._data
        told = {column["dimension"]: ("dimensions", number) for number, column in enumerate(data.get("dimensions", ()))}
        for number, column in self._values:
            told |= dict.fromkeys((*column.get("dimensions", ()), *column.get("codes", ())), ("values", number))
        for name in data.get("constants", ()):
            if name in told:
                problem = msg("%(dimension)s is one code for the whole file by constants, and told once more here.", dimension=name)
                self._at(told[name], problem, msg("Keep the one that is right."))

    def _period_pattern(self, style: Checked) -> None:
        if "pattern" not in style or (pattern := self._pattern(("periods", "pattern"), style["pattern"])) is None:
            return
        if YEAR not in pattern.groupindex or set(pattern.groupindex) - {YEAR, PART}:
            problem = msg("The groups of the pattern must be year and, if it names one, part; here they are: %(groups)s.", groups=_listed(pattern.groupindex))
            self._at(("periods", "pattern"), problem, msg("Write (?P<year>[0-9]{4}) around the year and (?P<part>...) around the month, quarter or half-year."))
        elif "parts" in style and PART not in pattern.groupindex:
            self._at(("periods", "parts"), msg("The pattern of periods finds no part."), msg("Write (?P<part>...) around it, or take parts out."))

    def _searched(self, key: str, given: Checked, ways: Iterable[str], ungrouped: Message) -> None:
        """Patterns whose first group is what is looked for; the name of a sheet is only where there are sheets."""
        for way in (way for way in ways if way in given):
            pattern = self._pattern((key,), given[way])
            if pattern and not pattern.groups:
                self._at((key,), ungrouped)
            if way == "sheet" and self._data.get("format", "csv") != "xlsx":
                problem = msg("%(key)s: only a workbook has sheets; the format is %(format)s.", key=key, format=self._data.get("format", "csv"))
                self._at((key,), problem, msg("Write format: xlsx, or look elsewhere for it."))

    def _groups(self, number: int, column: Checked) -> Collection[str]:
        """The named groups of a pattern of columns: the period, a part of it, and dimensions with their codes."""
        pattern = self._pattern(("values", number), column["columns"]) if "columns" in column else None
        groups = pattern.groupindex if pattern else {}
        codes = column.get("codes", {})
        if pattern and set(groups) - {PERIOD, PART} != set(codes):
            said = {"groups": _listed(groups), "codes": _listed(codes)}
            problem = msg("The groups of the pattern and the keys of codes are not the same: %(groups)s; %(codes)s.", **said)
            self._at(("values", number), problem, msg("Every group but period and part is a dimension, whose codes are listed under codes."))
        return groups

    def _levels(self, levels: Collection[str], at: NodePath, named: Iterable[str]) -> None:
        for level in named:
            if level not in levels:
                near = nearest(level, levels)
                hint = msg("Did you mean %(name)s?", name=near) if near else msg("There are: %(names)s.", names=", ".join(sorted(levels)))
                self._at(at, msg("The country has no level %(level)s.", level=level), hint)

    def _pattern(self, at: NodePath, pattern: str) -> re.Pattern[str] | None:
        try:
            compiled = re.compile(pattern)
        except (re.error, OverflowError, RecursionError) as error:
            self._at(at, msg("%(pattern)s is not a pattern: %(error)s.", pattern=pattern, error=str(error)))
            return None
        if told := running_away(pattern):
            self._at(at, *told)
            return None
        return compiled

    def _at(self, path: NodePath, problem: Message, hint: Message | None = None) -> None:
        self._problems.at(self._document.where(path), problem, hint)


def _systems(column: Checked) -> Iterable[str]:
    by = column.get("by", "name")
    return (by,) if isinstance(by, str) else by


def _named_levels(column: Checked) -> Iterable[str]:
    level = column.get("level", "country")
    return level["values"].values() if isinstance(level, dict) else (level,)


def _spelled(style: Checked) -> Iterator[tuple[NodePath, str]]:
    return ((("periods", "values", text), period) for text, period in style.get("values", {}).items())


def _listed(names: Iterable[str]) -> str:
    return ", ".join(names) or "-"
