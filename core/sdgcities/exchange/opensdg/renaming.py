"""column_map and code_map of an input: which columns and labels of its data files Open SDG takes by other names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from sdgcities.errors import refuse
from sdgcities.exchange.opensdg.repository import DataInput, Repository
from sdgcities.exchange.opensdg.typed import Cell, typed
from sdgcities.findings import Where, msg
from sdgcities.intake.csv import read_cells

COLUMN_MAP, CODE_MAP = "column_map", "code_map"
_TEXT, _DIMENSION, _VALUE = "Text", "Dimension", "Value"


@dataclass(frozen=True, slots=True)
class Renaming:
    """The tables of an input. A cell is known by its content as the builder reads it: 01 in a column of whole numbers is 1."""

    columns: Mapping[str, str] = field(default_factory=dict)
    codes: Mapping[str, Mapping[Cell, str]] = field(default_factory=dict)
    """Column, by its new name, to content to the new text; an empty text is an empty cell."""

    def header(self, names: Sequence[str]) -> list[str]:
        """The names of the columns."""
        return [self.columns.get(name, name) for name in names]

    def cells(self, name: str, column: Sequence[str]) -> Sequence[str]:
        """The cells of a column of this name."""
        known = self.codes.get(name)
        if not known:
            return column
        return [text if cell is None else known.get(cell, text) for text, cell in zip(column, typed(column), strict=True)]

    def typed(self, columns: Mapping[str, list[Cell]]) -> dict[str, list[Cell]]:
        """Columns whose cells have their types already, by the builder's names."""
        found = dict(zip(self.header(list(columns)), columns.values(), strict=True))
        for name, known in self.codes.items():
            if name in found:
                found[name] = [(known[cell] or None) if cell in known else cell for cell in found[name]]
        return found

    def rows(self, header: Sequence[str], rows: list[Sequence[str]]) -> list[Sequence[str]]:
        """The rows below a header that is renamed already."""
        if not rows or not self.codes.keys() & set(header):
            return rows
        return list(zip(*(self.cells(name, column) for name, column in zip(header, zip(*rows, strict=True), strict=True)), strict=True))


def renaming_of(repository: Repository, name: str) -> Renaming:
    """The other names in a data file, by its path from the repository's folder."""
    of_file = (one for one in reversed(repository.configuration.data_inputs) if one.pattern and PurePosixPath(name).match(one.pattern))
    return repository.renamings.get(next(of_file, DataInput()), Renaming())


def read_renaming(columns: Path | None, codes: Path | None) -> Renaming:
    """The tables in these files; of a text that stands twice the first counts. Raises Refused where one lacks a column or can't be read."""
    names, found = dict[str, str](), dict[str, dict[Cell, str]]()
    if codes:
        dimensions, texts, values = zip(*_table(codes, CODE_MAP, (_DIMENSION, _TEXT, _VALUE)), strict=True)
        for dimension, text, value in zip(dimensions[1:], typed(texts[1:]), values[1:], strict=True):
            if text is not None:
                found.setdefault(dimension, {}).setdefault(text, value)
    for text, value in list(_table(columns, COLUMN_MAP, (_TEXT, _VALUE)))[1:] if columns else ():
        names.setdefault(text, value)
    return Renaming(names, found)


def _table(file: Path, setting: str, wanted: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """The wanted cells of each row, the header first."""
    rows = read_cells(file, "utf-8-sig", ",")
    _, header = next(rows, (1, []))
    if lacking := [name for name in wanted if name not in header]:
        told = msg("The table that %(setting)s names lacks the column %(name)s.", setting=setting, name=lacking[0])
        hint = msg("Open SDG asks for the columns %(names)s.", names=", ".join(wanted))
        raise refuse("opensdg.map", told, hint, Where(file=str(file), row=1))
    places = [header.index(name) for name in wanted]
    yield wanted
    for _, row in rows:
        if any(row):
            yield tuple(row[place] if place < len(row) else "" for place in places)
