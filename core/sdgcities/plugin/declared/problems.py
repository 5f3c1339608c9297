"""Gathers what is wrong in one file of a plugin, so that its author sees it all at once."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import Any

from sdgcities.errors import Refused, refuse
from sdgcities.findings import Finding, Message, Severity, Where, msg
from sdgcities.intake.csv import read_cells, read_header, read_rows
from sdgcities.intake.schema_words import shown
from sdgcities.model.plugins import Manifest
from sdgcities.model.sources import Source

MOST = 20
_SEPARATORS = {";": msg("a semicolon"), "\t": msg("a tab"), "|": msg("a vertical bar")}
"""What programs write between columns in the place of a comma."""


class Problems:
    """The findings in one file so far."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self._findings: list[Finding] = []
        self._sources: dict[str, list[Finding]] = {}

    def row(self, number: int, column: str, message: Message, hint: Message | None = None) -> None:
        """A cell of a table is wrong."""
        self.at(Where(file=str(self.file), row=number, column=column), message, hint)

    def at(self, where: Where, message: Message, hint: Message | None = None) -> None:
        """A place is wrong."""
        self._findings.append(Finding("plugin.file", Severity.BLOCK, message, hint, where))

    @property
    def full(self) -> bool:
        """Whether no further finding would be told, so that nobody need look for what was meant."""
        return len(self._findings) >= MOST

    def source(self, key: str, known: Iterable[str], where: Where) -> None:
        """A source that the manifest does not have; one that many places name is told once."""
        near = nearest(key, known)
        hint = msg("Did you mean %(name)s?", name=near) if near else msg("Add it to the sources of plugin.yaml.")
        problem = msg("There is no source %(key)s in plugin.yaml.", key=key or "''")
        self._sources.setdefault(key, []).append(Finding("plugin.file", Severity.BLOCK, problem, hint, where))

    def settle(self) -> None:
        """Raise Refused with the first findings, if there are any."""
        findings = [*self._findings, *(_once(same) for same in self._sources.values())]
        if findings:
            raise Refused(findings[:MOST])

    def twice(self, codes: Iterable[tuple[str, Where]]) -> None:
        """Every code once."""
        seen: set[str] = set()
        for code, where in codes:
            if code in seen:
                self.at(where, msg("%(code)s stands twice.", code=code), msg("Give each its own code."))
            seen.add(code)


def nearest(word: str, known: Iterable[str], cutoff: float = 0.6) -> str:
    """The one of those known that a word most probably means, upper and lower case alike; empty where none is near."""
    folded = {one.casefold(): one for one in known}
    close = difflib.get_close_matches(word.casefold(), folded, n=1, cutoff=cutoff)
    return folded[close[0]] if close else ""


def _once(same: Sequence[Finding]) -> Finding:
    """The first of findings that say the same, with how many there are."""
    if len(same) == 1:
        return same[0]
    problem = msg("%(problem)s It is named in %(n)s places here.", problem=same[0].message, n=len(same))
    return replace(same[0], message=problem)


def not_among(value: str, options: Iterable[str]) -> Message:
    """What a cell with another word than those allowed is told."""
    return msg("Must be one of: %(options)s; here stands %(value)s.", options=", ".join(options), value=shown(value))


def source_of(manifest: Manifest, value: str | Mapping[str, Any], problems: Problems, where: Where) -> Source:
    """The source itself, or the one of that key in the manifest; an unknown key is a problem."""
    if not isinstance(value, str):
        return Source(**value)
    if value not in manifest.sources:
        problems.source(value, manifest.sources, where)
        return Source(value)
    return manifest.sources[value]


def read_table(file: Path, known: Iterable[str], needed: Iterable[str], prefix: str = "") -> list[tuple[int, dict[str, str]]]:
    """The rows of a CSV file by column, cells stripped. Unknown columns are refused, save those with the prefix."""
    header = read_header(file)
    problems, known = Problems(file), set(known)
    _refuse_other_separator(file, header, known)
    if not known & set(header):
        _refuse_header_elsewhere(file, header, known)
    meant = set[str]()
    for name in header:
        if name not in known and not (prefix and name.startswith(prefix)):
            near = _near(name, known - set(header))
            meant.add(near)
            hint = msg("Did you mean %(name)s?", name=near) if near else msg("Columns: %(names)s.", names=", ".join(sorted(known)))
            problems.row(1, name, msg("The column %(name)s is not known here.", name=name), hint)
    for name in needed:
        if name not in header and name not in meant:
            problems.row(1, name, msg("The column %(name)s is missing.", name=name), msg("Add it, even where its cells are empty."))
    problems.settle()
    return [(number, dict(zip(header, (cell.strip() for cell in row), strict=True))) for number, row in read_rows(file, len(header))]


def _near(name: str, known: AbstractSet[str]) -> str:
    """The column that was meant, in any case and with other signs between its words; empty where none is near."""
    plain = {re.sub(r"[^a-z0-9]", "", one): one for one in known}
    return plain.get(re.sub(r"[^a-z0-9]", "", name.casefold())) or nearest(name, known, 0.8)


def _refuse_header_elsewhere(file: Path, header: Sequence[str], known: AbstractSet[str]) -> None:
    """One line, where the names of all columns are in capitals, or stand below a title."""
    folded = {re.sub(r"[^a-z0-9]", "", one): one for one in known}
    meant = [folded[plain] for name in header if (plain := re.sub(r"[^a-z0-9]", "", name.casefold())) in folded]
    where = Where(file=str(file), row=1)
    if len(meant) > 1:
        problem = msg("The names of the columns are not spelt as they must be: %(names)s.", names=", ".join(header))
        raise refuse("table.case", problem, msg("Did you mean %(name)s?", name=", ".join(meant)), where)
    for number, row in islice(read_cells(file, "utf-8-sig", ","), MOST):
        if len({cell.strip() for cell in row} & known) > 1:
            problem = msg("The names of the columns stand in row %(row)s; they belong in the first.", row=number)
            raise refuse("table.title", problem, msg("Take out what stands above them."), where)


def _refuse_other_separator(file: Path, header: Sequence[str], known: AbstractSet[str]) -> None:
    """One line, where a spreadsheet wrote another separator: else every column would be told as unknown and every needed one as missing."""
    for mark, name in _SEPARATORS.items():
        if len(known & {part.strip(' "') for part in header[0].split(mark)}) > 1:
            problem = msg("The columns are separated by %(mark)s here; it must be a comma.", mark=name)
            hint = msg("Save it with commas: LibreOffice Calc asks for the delimiter; Excel takes the list separator of the computer's regional settings.")
            raise refuse("table.separator", problem, hint, Where(file=str(file), row=1))


def yaml_files(folder: Path) -> list[Path]:
    """The files of a folder of forms or profiles, by name. Refused where one ends in .yml, which would be passed over."""
    files = sorted(folder.iterdir())
    for file in files:
        if file.suffix == ".yml":
            raise refuse("plugin.suffix", msg("Files of a plugin end in .yaml; this one would be passed over."), msg("Rename it."), Where(str(file)))
    return [file for file in files if file.suffix == ".yaml"]
