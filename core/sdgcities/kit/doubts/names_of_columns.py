"""What a profile names of its file and of the units: columns, systems of codes, kinds of files."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import PurePosixPath
from typing import Any, cast

from sdgcities.findings import Finding, Message, Severity, msg
from sdgcities.intake.yaml import Document, NodePath
from sdgcities.model.places import Unit
from sdgcities.plugin.declared.problems import nearest

ALIKE = 0.7
_SUFFIXES: Mapping[str, tuple[str, ...]] = {
    "csv": (".csv", ".tsv", ".txt"),
    "xlsx": (".xlsx", ".xlsm", ".xls", ".ods"),
    "json": (".json", ".geojson"),
    "xml": (".xml",),
}
"""The usual ends of a name, by format."""
_ONLY: Mapping[str, tuple[str, ...]] = {
    "sheets": ("xlsx",),
    "records": ("json", "xml"),
    "delimiter": ("csv",),
    "header_rows": ("csv", "xlsx"),
    "header_join": ("csv", "xlsx"),
}
"""Keys that some formats alone read."""
NAME = "name"


class ProfileColumns:
    """The columns that one profile names, held against the header it asks for."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._data = cast("dict[str, Any]", document.data)
        self._header: list[str] = self._data["header"]

    def findings(self) -> Iterator[Finding]:
        """Columns with a slip in their name, values that stand twice, and formats that are not those of the file."""
        yield from self._slips()
        yield from self._twice()
        yield from self._format()

    def _slips(self) -> Iterator[Finding]:
        """A column that the header does not have, where nothing reads one of the header that is spelt nearly so."""
        named, again = list(self._named()), list(self._named_again())
        patterns = [re.compile(value["columns"]) for value in self._data["values"] if "columns" in value]
        read = {column for column, _ in named}
        unread = [column for column in self._header if column not in read and not any(pattern.fullmatch(column) for pattern in patterns)]
        for column, path in (*named, *again):
            if column in self._header or any(pattern.fullmatch(column) for pattern in patterns):
                continue
            known = unread if (column, path) in named else [one for one in (*self._header, *read) if column not in read]
            if near := nearest(column, known, ALIKE):
                problem = msg("The column %(name)s is not in header.", name=column)
                yield self._block("profile.column", problem, msg("Did you mean %(name)s?", name=near), path)

    def _named(self) -> Iterator[tuple[str, NodePath]]:
        data = self._data
        for number, value in enumerate(data["values"]):
            if "column" in value:
                yield value["column"], ("values", number, "column")
        for number, unit in enumerate(data.get("units", ())):
            yield from ((unit[key], ("units", number, key)) for key in ("column", "within", "beside") if key in unit)
            if isinstance(unit.get("level"), dict):
                yield unit["level"]["column"], ("units", number, "level", "column")
        for key in ("period", "indicator", "unit_measure", "observation_status"):
            told = data.get(key, {})
            columns = told.get("column", ()) if isinstance(told, dict) else ()
            yield from ((column, (key, "column")) for column in ([columns] if isinstance(columns, str) else columns))
        yield from ((entry["column"], ("dimensions", number, "column")) for number, entry in enumerate(data.get("dimensions", ())))
        yield from ((column, ("ignore", number)) for number, column in enumerate(data.get("ignore", ())))

    def _named_again(self) -> Iterator[tuple[str, NodePath]]:
        """Columns that another key reads, or that may be read by this one alone."""
        for total, parts in self._data.get("crossfoot", {}).items():
            yield total, ("crossfoot", total)
            yield from ((part, ("crossfoot", total, number)) for number, part in enumerate(parts))
        yield from ((entry["column"], ("rows", number, "column")) for number, entry in enumerate(self._data.get("rows", ())))
        yield from ((column, ("carried", number)) for number, column in enumerate(self._data.get("carried", ())))
        yield from ((column, ("same", column)) for column in self._data.get("same", ()))

    def _twice(self) -> Iterator[Finding]:
        """Two columns whose figures would be one and the same."""
        if "aggregate" in self._data:
            return
        seen = dict[tuple[object, ...], str]()
        for number, value in enumerate(self._data["values"]):
            if "columns" in value:
                continue
            key, column = (value.get("indicator"), *sorted(value.get("dimensions", {}).items())), value.get("column", "count")
            if key in seen:
                problem = msg("The columns %(one)s and %(other)s hold the same figure: one indicator, and the same split.", one=seen[key], other=column)
                yield self._block("profile.twice", problem, msg("Give one of them another indicator, or dimensions such as sex: F."), ("values", number))
            seen.setdefault(key, column)

    def _format(self) -> Iterator[Finding]:
        kind, file = self._data.get("format", "csv"), self._data["file"]
        suffix = PurePosixPath(file).suffix.casefold()
        others = [other for other, ends in _SUFFIXES.items() if suffix in ends and other != kind]
        if others:
            problem = msg("The file %(file)s ends as one of the format %(other)s; the format is %(format)s.", file=file, other=others[0], format=kind)
            severity = Severity.NOTE if suffix == ".xls" else Severity.BLOCK  # offices call files of other formats .xls
            hint = msg("Write format: %(other)s, or correct the name.", other=others[0])
            yield Finding("profile.format", severity, problem, hint, self._document.where(("format",) if "format" in self._data else ("file",)))
        for key, only in _ONLY.items():
            if key in self._data and kind not in only:
                problem = msg("%(key)s is of the format %(only)s; the format is %(format)s.", key=key, only=" / ".join(only), format=kind)
                hint = msg("Write format: %(only)s, or take %(key)s out.", only=only[0], key=key)
                yield self._block("profile.format", problem, hint, (key,))

    def _block(self, code: str, problem: Message, hint: Message, path: NodePath) -> Finding:
        return Finding(code, Severity.BLOCK, problem, hint, self._document.where(path))


def unknown_systems(document: Document, units: Iterable[Unit]) -> Iterator[Finding]:
    """Systems of codes by which a profile names units and which no unit has."""
    systems = {system for unit in units for system in unit.codes}
    for number, column in enumerate(cast("dict[str, Any]", document.data).get("units", ())):
        by = column.get("by", NAME)
        for system in (by,) if isinstance(by, str) else by:
            if system not in (NAME, *systems):
                near = nearest(system, (NAME, *systems))
                hint = msg("Did you mean %(name)s?", name=near) if near else msg("There are: %(names)s.", names=", ".join(sorted(systems)) or "-")
                problem = msg("No unit has a code of the system %(name)s.", name=system)
                yield Finding("profile.system", Severity.BLOCK, problem, hint, document.where(("units", number, "by")))
