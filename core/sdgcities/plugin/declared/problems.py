"""Gathers what is wrong in one file of a plugin, so that its author sees it all at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from sdgcities.errors import Refused, refuse
from sdgcities.findings import Finding, Message, Severity, Where, msg
from sdgcities.intake.csv import read_header, read_rows
from sdgcities.model.plugins import Manifest
from sdgcities.model.sources import Source

MOST = 20


class Problems:
    """The findings in one file so far."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self._findings: list[Finding] = []

    def row(self, number: int, column: str, message: Message, hint: Message | None = None) -> None:
        """A cell of a table is wrong."""
        self.at(Where(file=str(self.file), row=number, column=column), message, hint)

    def at(self, where: Where, message: Message, hint: Message | None = None) -> None:
        """A place is wrong."""
        self._findings.append(Finding("plugin.file", Severity.BLOCK, message, hint, where))

    def settle(self) -> None:
        """Raise Refused with the first findings, if there are any."""
        if self._findings:
            raise Refused(self._findings[:MOST])

    def twice(self, codes: Iterable[tuple[str, Where]]) -> None:
        """Every code once."""
        seen: set[str] = set()
        for code, where in codes:
            if code in seen:
                self.at(where, msg("%(code)s stands twice.", code=code), msg("Give each its own code."))
            seen.add(code)


def source_of(manifest: Manifest, value: str | Mapping[str, Any], problems: Problems, where: Where) -> Source:
    """The source itself, or the one of that key in the manifest; an unknown key is a problem."""
    if not isinstance(value, str):
        return Source(**value)
    if value not in manifest.sources:
        problems.at(where, msg("There is no source %(key)s in plugin.yaml.", key=value), msg("Add it to the sources of plugin.yaml."))
        return Source(value)
    return manifest.sources[value]


def read_table(file: Path, known: Iterable[str], needed: Iterable[str], prefix: str = "") -> list[tuple[int, dict[str, str]]]:
    """The rows of a CSV file by column, cells stripped. Unknown columns are refused, save those with the prefix."""
    header = read_header(file)
    problems, known = Problems(file), set(known)
    for name in header:
        if name not in known and not (prefix and name.startswith(prefix)):
            problems.row(1, name, msg("The column %(name)s is not known here.", name=name), msg("Columns: %(names)s.", names=", ".join(sorted(known))))
    for name in needed:
        if name not in header:
            problems.row(1, name, msg("The column %(name)s is missing.", name=name), msg("Add it, even where its cells are empty."))
    problems.settle()
    return [(number, dict(zip(header, (cell.strip() for cell in row), strict=True))) for number, row in read_rows(file, len(header))]


def yaml_files(folder: Path) -> list[Path]:
    """The files of a folder of forms or profiles, by name. Refused where one ends in .yml, which would be passed over."""
    files = sorted(folder.iterdir())
    for file in files:
        if file.suffix == ".yml":
            raise refuse("plugin.suffix", msg("Files of a plugin end in .yaml; this one would be passed over."), msg("Rename it."), Where(str(file)))
    return [file for file in files if file.suffix == ".yaml"]
