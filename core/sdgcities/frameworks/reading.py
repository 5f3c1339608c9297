"""A list of the SDGs or of the UMF, out of a CSV or YAML file. What is wrong is refused with its line."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from sdgcities.errors import Refused, refuse
from sdgcities.findings import Finding, Message, Severity, Where, msg
from sdgcities.frameworks.lists import Entry, Listed, Sdg, Umf, cell_of, cells, domains, goals, target_of
from sdgcities.intake.csv import read_header, read_rows
from sdgcities.intake.formulas import unquoted
from sdgcities.intake.hidden import hidden_character
from sdgcities.intake.yaml import load_yaml
from sdgcities.model.sources import Status

CODE = {Listed.SDG: "sdg_code", Listed.UMF: "umf_code"}
"""The column by which a list is known for what it is."""
FIELDS = ("title", "source", "status")
FURTHER = ("note", "until", "version")
MAX_FINDINGS = 20
_FORM = {Listed.SDG: re.compile(r"(1[0-7]|[1-9])\.([1-9]|1[0-9]|2[0-9]|[a-z])(\.[1-9][0-9]?)?"), Listed.UMF: re.compile(r"[1-9]\.[1-9]\.[1-9][0-9]?")}
_YAML = (".yaml", ".yml")


@dataclass(frozen=True, slots=True)
class _Row:
    where: Where
    cells: Mapping[str, str]


def kind_of(path: Path) -> Listed | None:
    """Which list a file says it is: by its column or key `sdg_code` or `umf_code`; None where it says neither."""
    named = _yaml_rows(path)[1] if path.suffix.casefold() in _YAML else read_header(path)
    return next((kind for kind, column in CODE.items() if column in named), None)


def read_list(path: Path) -> Sdg | Umf:
    """The list in a file. Raises Refused with every finding, each with its line."""
    kind, (version, rows) = _kind(path), _rows(path)
    findings = _Findings(kind, path)
    entries = findings.entries(rows)
    if findings.found:
        raise Refused(findings.found)
    return Sdg(entries, version) if kind is Listed.SDG else Umf(entries, version)


def incomplete(given: Sdg | Umf, held: Sdg | Umf, path: Path) -> Iterator[Finding]:
    """Half a list is none: of every goal or domain of which the list in force holds something; an indicator of the SDGs needs its target."""
    where, hint = Where(file=str(path)), msg("Load the whole list: what is not in it ends.")
    first, before = ({code.partition(".")[0] for code in one.entries} for one in (given, held))
    lacking = ", ".join(number for number in (goals() if given.kind is Listed.SDG else domains()) if number not in first)
    if not given.entries:
        yield Finding("list.empty", Severity.BLOCK, msg("The list has no rows."), None, where)
    elif before - first:
        what = msg("The list has nothing of the goals: %(numbers)s.", numbers=lacking)
        if given.kind is Listed.UMF:
            what = msg("The list has nothing of the domains: %(numbers)s.", numbers=lacking)
        yield Finding("list.half", Severity.BLOCK, what, hint, where)
    elif given.kind is Listed.SDG and (orphans := [code for code in given.entries if target_of(code) not in given.entries]):
        yield Finding("list.half", Severity.BLOCK, msg("The list has indicators without their target, such as %(code)s.", code=orphans[0]), hint, where)


def _kind(path: Path) -> Listed:
    kind = kind_of(path)
    if kind is None:
        hint = msg("A list of the SDGs has the column sdg_code, one of the UMF the column umf_code. See: sdgcities contract load --template umf -o FILE.")
        raise refuse("list.kind", msg("It can't be seen which list this is."), hint, Where(file=str(path)))
    return kind


def _rows(path: Path) -> tuple[str, list[_Row]]:
    """The version that the file tells, and its rows."""
    if path.suffix.casefold() in _YAML:
        rows, _, version = _yaml_rows(path)
        return version, rows
    header = read_header(path)
    rows = [
        _Row(Where(file=str(path), row=number), dict(zip(header, (unquoted(cell.strip()) for cell in cells), strict=True)))
        for number, cells in read_rows(path, len(header))
    ]
    return next((row.cells["version"] for row in rows if row.cells.get("version")), ""), rows


def _yaml_rows(path: Path) -> tuple[list[_Row], Sequence[str], str]:
    """The entries under `sdg` or `umf`, the column that their codes would have, and the version."""
    document = load_yaml(path)
    data = document.data if isinstance(document.data, dict) else {}
    kind = next((kind for kind in Listed if isinstance(data.get(kind.value), list)), None)
    if kind is None:
        return [], (), ""
    rows: list[_Row] = []
    for number, given in enumerate(data[kind.value]):
        entry = given if isinstance(given, dict) else {}
        plain = {key: "" if value is None else str(value).strip() for key, value in entry.items() if not isinstance(value, list | dict)}
        rows.append(_Row(document.where((kind.value, number)), {(CODE[kind] if key == "code" else key): value for key, value in plain.items()}))
    return rows, (CODE[kind],), str(data.get("version") or "")


class _Findings:
    """What is wrong with a list, as it is read."""

    def __init__(self, kind: Listed, path: Path) -> None:
        self._kind, self._path = kind, path
        self.found: list[Finding] = []

    def entries(self, rows: Iterable[_Row]) -> dict[str, Entry]:
        """The rows that are sound, by code."""
        entries: dict[str, Entry] = {}
        versions: set[str] = set()
        for row in rows:
            code = row.cells.get(CODE[self._kind], "")
            versions.add(row.cells.get("version", ""))
            for message, hint in self._faults(code, row.cells, entries):
                self._add("list.row", message, hint, row.where)
            if not self.found:
                entries[code] = _entry(code, row.cells)
        if len(versions) > 1:
            self._add(
                "list.version", msg("The column version says different things."), msg("Write the same version in every row."), Where(file=str(self._path))
            )
        return entries

    def _faults(self, code: str, cells_of: Mapping[str, str], known: Mapping[str, Entry]) -> Iterator[tuple[Message, Message | None]]:
        if strange := [name for name in cells_of if name not in (CODE[self._kind], *FIELDS, *FURTHER)]:
            yield (
                msg("There is no column %(name)s in this list.", name=strange[0]),
                msg("Columns: %(names)s.", names=", ".join((CODE[self._kind], *FIELDS, *FURTHER))),
            )
        if not _FORM[self._kind].fullmatch(code):
            example = (
                msg("Such as 11.3 for a target, 11.3.1 for an indicator.") if self._kind is Listed.SDG else msg("Such as 1.1.3: domain, objective, number.")
            )
            yield msg("“%(code)s” is no code of this list.", code=code), example
        elif self._kind is Listed.UMF and cell_of(code) not in cells():
            yield msg("%(code)s is in none of the cells of the UMF, which are 1.1 to 5.4.", code=code), msg("Milestones and forms are made for these 20 cells.")
        if code in known:
            yield msg("The code %(code)s stands twice.", code=code), msg("Keep one of the two rows.")
        if cells_of.get("status") not in tuple(Status):
            yield msg("%(code)s has no status.", code=code), msg("Write official, proposed or draft.")
        if not cells_of.get("source"):
            yield msg("%(code)s has no source.", code=code), msg("Say where the row was taken from: office, document, date.")
        if not cells_of.get("title") and cells_of.get("status") != Status.DRAFT:
            yield msg("%(code)s has no title.", code=code), msg("Only a draft row may be without.")
        if any(hidden_character(cell) for cell in cells_of.values()):
            yield msg("%(code)s holds characters that can't be seen.", code=code), msg("Type the cell anew.")

    def _add(self, code: str, message: Message, hint: Message | None, where: Where) -> None:
        if len(self.found) < MAX_FINDINGS:
            self.found.append(Finding(code, Severity.BLOCK, message, hint, where))


def _entry(code: str, row: Mapping[str, str]) -> Entry:
    return Entry(code, row.get("title", ""), row["source"], Status(row["status"]), row.get("note", ""), row.get("until", ""))
