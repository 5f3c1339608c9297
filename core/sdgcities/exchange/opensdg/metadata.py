"""A metadata file of an indicator: YAML; YAML between two lines of hyphens with a text below (the older form, .md); or a table of labels and texts (.csv)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from sdgcities.errors import Refused
from sdgcities.exchange.opensdg.repository import CONTENT
from sdgcities.findings import Finding, Severity, Where, msg
from sdgcities.intake.csv import read_cells
from sdgcities.intake.documents import read_document
from sdgcities.intake.yaml import parse_yaml

TABLE = ".csv"
SUFFIXES = (".yml", ".yaml", ".md", TABLE)
_FENCE = "---"


@dataclass(frozen=True, slots=True)
class Metadata:
    """The fields of a file with their lines; nothing where the file can't be read, and why."""

    data: Mapping[str, object] = field(default_factory=dict)
    lines: Mapping[str, int] = field(default_factory=dict)
    problems: tuple[Finding, ...] = ()


def read_metadata(path: Path, labels: Mapping[str, str] | None = None) -> Metadata:
    """The metadata in a file. What is wrong with it is told, never raised: one file keeps no other from being read.

    `labels` say which field a label is; any other label is a field itself.
    """
    read = _read(path)
    if not labels:
        return read
    lines = {labels.get(label, label): line for label, line in read.lines.items()}
    return replace(read, data={labels.get(label, label): value for label, value in read.data.items()}, lines=lines)


def _read(path: Path) -> Metadata:
    problems: list[Finding] = []
    try:
        if path.suffix == TABLE:
            return _table(path)
        front, content = _parted(read_document(path))
        data, lines = _fields(front, str(path), problems)
    except Refused as error:
        return Metadata(problems=error.findings)
    if path.suffix == ".md":
        data = {**data, CONTENT: content}
    return Metadata(data, lines, tuple(problems))


def _table(path: Path) -> Metadata:
    """The fields of a table whose rows are a label and its text. A text that is empty says nothing. Raises Refused."""
    data, lines = dict[str, object](), dict[str, int]()
    for number, (label, text, *_) in ((number, (*row, "", "")) for number, row in read_cells(path, "utf-8-sig", ",")):
        if (name := label.strip()) and text.strip():
            data[name], lines[name] = text.strip(), number
    return Metadata(data, lines)


def read_yaml(path: Path) -> tuple[object, tuple[Finding, ...]]:
    """Any other YAML file of a repository: its data, and what is wrong with it."""
    problems: list[Finding] = []
    try:
        front, _ = _parted(read_document(path))
        return _parsed(front, str(path), problems)[0], tuple(problems)
    except Refused as error:
        return {}, error.findings


def _parted(text: str) -> tuple[str, str]:
    """The YAML, lines as they are counted in the file, and the text below the second line of hyphens."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    begin = next((number for number, line in enumerate(lines) if line.strip() and not line.startswith("#")), 0)
    if lines[begin].rstrip() != _FENCE:
        return "\n".join(lines), ""
    end = next((number for number in range(begin + 1, len(lines)) if lines[number].rstrip() == _FENCE), len(lines))
    return "\n".join(lines[:end]), "\n".join(lines[end + 1 :])


def _fields(text: str, name: str, problems: list[Finding]) -> tuple[dict[str, object], dict[str, int]]:
    data, lines = _parsed(text, name, problems)
    if not isinstance(data, dict):
        told = msg("The metadata are no list of fields.")
        problems.append(Finding("opensdg.metadata", Severity.BLOCK, told, msg("Write one field a line: name: text."), Where(file=name, line=1)))
        return {}, {}
    return data, lines


def _parsed(text: str, name: str, problems: list[Finding]) -> tuple[object, dict[str, int]]:
    """The data and the line of each key of the first level; no fields where nothing stands there.

    A key that stands twice counts with its last value, as Open SDG takes it.
    """

    def twice(key: str, where: Where) -> None:
        told = msg("The field %(key)s stands twice: the last one counts.", key=key)
        problems.append(Finding("opensdg.field-twice", Severity.NOTE, told, msg("Take one of the two out."), where))

    if not any(line.strip() and not line.lstrip().startswith("#") and line.rstrip() != _FENCE for line in text.split("\n")):
        return {}, {}
    document = parse_yaml(text, name, twice)
    return {} if document.data is None else document.data, {str(path[0]): line for path, line in document.lines.items() if len(path) == 1}
