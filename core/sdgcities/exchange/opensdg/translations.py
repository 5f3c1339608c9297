"""Translations that lie in the repository itself: folders of languages with YAML files, one a group; or CSV files, one a group."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from sdgcities.errors import Refused
from sdgcities.exchange.opensdg.metadata import read_yaml
from sdgcities.findings import Finding
from sdgcities.intake.csv import read_cells

_DEEPEST = 8


def read_translations(folder: Path, texts: dict[str, dict[str, str]]) -> list[Finding]:
    """Add the texts of a folder, language to `group.key` to text; what can't be read is told."""
    problems: list[Finding] = []
    for file in sorted(folder.rglob("*.y*ml"), key=lambda path: (path.parent == folder, path)):
        data, wrong = read_yaml(file)
        problems += wrong
        if not isinstance(data, Mapping):
            continue
        if file.parent != folder:  # <language>/<group>.yml, however deep
            texts.setdefault(file.parent.name, {}).update((f"{file.stem}.{key}", text) for key, text in _flat(data))
        else:  # <group>.yml: key to language to text
            _by_language(file.stem, data, texts)
    for file in sorted(folder.glob("*.csv")):
        problems += _table(file, texts)
    return problems


def _flat(data: Mapping[str, object], before: str = "", depth: int = 0) -> Iterator[tuple[str, str]]:
    """Keys within keys, joined by dots."""
    for key, value in data.items():
        if isinstance(value, Mapping):
            if depth < _DEEPEST:
                yield from _flat(value, f"{before}{key}.", depth + 1)
        elif value is not None:
            yield f"{before}{key}", str(value)


def _by_language(group: str, data: Mapping[str, object], texts: dict[str, dict[str, str]]) -> None:
    for key, value in data.items():
        if isinstance(value, Mapping):
            for language, text in value.items():
                if isinstance(text, str):
                    texts.setdefault(language, {})[f"{group}.{key}"] = text


def _table(file: Path, texts: dict[str, dict[str, str]]) -> tuple[Finding, ...]:
    """A table with a column of keys and one for each language."""
    try:
        rows = read_cells(file, "utf-8-sig", ",")
        _, header = next(rows, (0, []))
        for _, cells in rows:
            for language, text in zip(header[1:], cells[1:], strict=False):
                if cells[0] and text:
                    texts.setdefault(language.strip(), {})[f"{file.stem}.{cells[0]}"] = text
    except Refused as error:
        return error.findings
    return ()
