"""A repository that the hub has taken in, as it goes out again: its own files, with the figures that the hub holds now."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cached_property
from pathlib import Path

from sdgcities.exchange.opensdg.carried import FILES, Carried, Key, RowKeys, series_columns
from sdgcities.exchange.opensdg.leaving import Leaving
from sdgcities.exchange.opensdg.reading import read_figures
from sdgcities.exchange.opensdg.repository import VALUE, YEAR, OpenIndicator
from sdgcities.exchange.opensdg.typed import table_of
from sdgcities.exchange.opensdg.values import NUMBER, figure_of
from sdgcities.exchange.outgoing import Outgoing
from sdgcities.exchange.tidy import written
from sdgcities.findings import Finding, Message, Severity, Where, msg, nmsg
from sdgcities.model.statistics import read_dimensions
from sdgcities.registry.figures import Observed

_FEW = 5


def returned(going: Outgoing, carried: Carried, standing: Mapping[str, Sequence[Observed]]) -> Leaving:
    """The repository. Where only some indicators or places were asked for, only their files and rows."""
    return _Returning(going, carried, standing).leaving()


class _Returning:
    """One repository on its way out."""

    def __init__(self, going: Outgoing, carried: Carried, standing: Mapping[str, Sequence[Observed]]) -> None:
        self._going, self._carried, self._standing = going, carried, standing
        self._folder = carried.folder / FILES
        self._repository = read_figures(self._folder)
        self._leaving = Leaving()
        units = going.catalogue.places[carried.country].units.values()
        self._systems = tuple(dict.fromkeys(system for unit in units for system in unit.codes))

    def leaving(self) -> Leaving:
        """Every file; the tables of figures are written anew where the hub's figures are others."""
        rest = {name: self._folder / name for name in _names(self._folder)}
        translated = _translated(rest)
        for one, indicator in self._repository.indicators.items():
            data = self._name(indicator.data_file) if indicator.data_file else ""
            named = (found for name in map(self._name, indicator.metadata_files) for found in (name, *translated.get(name, ())))
            metadata = list(dict.fromkeys(named))  # the configuration may name those of other languages too
            content = self._data(indicator) if data else b""
            if not self._wanted(one) or content is None:
                for name in (data, *metadata):
                    rest.pop(name, None)
                continue
            if data:
                rest.pop(data)
                self._leaving.add(one, self._placed(data, "data"), content)
            for name in metadata:
                self._leaving.add(one, self._placed(name, "meta"), rest.pop(name).read_bytes())
        self._leaving.files.update((name, path.read_bytes()) for name, path in rest.items())
        self._languages()
        return self._leaving

    def _wanted(self, one: str) -> bool:
        asked = self._going.asked.indicators
        return not asked or any(code in asked for code in self._carried.of(one))

    def _name(self, file: str) -> str:
        return Path(file).relative_to(self._folder).as_posix()

    def _placed(self, name: str, folder: str) -> str:
        """Where a file goes: where it lay. What lay together in one folder without a configuration goes where Open SDG looks for it."""
        if self._repository.configuration.file or "/" in name:
            return name
        return f"{folder}/{name.removeprefix('metadata_')}"

    def _data(self, indicator: OpenIndicator) -> bytes | None:
        """The table of figures: byte for byte as it came where the hub's figures are the same. None where a place was asked for and no row is of it."""
        original = Path(indicator.data_file).read_bytes()
        if not indicator.rows:
            return None if self._going.asked.units else original
        standing, keys = self._figures(indicator.id), RowKeys(self._carried, indicator, self._systems)
        known = list(keys.keys(self._going.catalogue))
        if not self._going.asked.units and _says(indicator, known, standing):
            return original
        table = _Table(keys, known, standing, self._going)
        self._leaving.findings.extend(table.findings())
        if table.as_it_came:
            return original
        return table.written() if table.rows or not self._going.asked.units else None

    def _figures(self, one: str) -> dict[Key, Observed]:
        """The hub's figures of an indicator of the repository."""
        found = (figure for code in self._carried.of(one) for figure in self._standing.get(code, ()))
        return {(figure.unit, figure.indicator, written(figure.start, figure.end, figure.freq), figure.dims): figure for figure in found}

    def _languages(self) -> None:
        known = self._repository.configuration.languages
        asked = [label.language for label in self._going.labels]
        if known and (lacking := [language for language in asked if language not in known]):
            told = msg("The configuration of the repository names %(known)s, not %(lacking)s.", known=", ".join(known), lacking=", ".join(lacking))
            hint = msg("It goes out as it came. Add the language to config_data.yml, and its texts to translations.")
            self._leaving.findings.append(Finding("opensdg.language", Severity.NOTE, told, hint, Where(file=self._repository.configuration.file)))


class _Table:
    """The rows of an indicator with the hub's figures in them."""

    def __init__(self, keys: RowKeys, known: Sequence[Key | None], standing: Mapping[Key, Observed], going: Outgoing) -> None:
        self._carried, self._indicator, self._standing, self._going = keys.carried, keys.indicator, standing, going
        self._keys, self._known = keys, known
        self.rows: list[Sequence[str]] = []
        self._changed, self._lost, self._unplaced, self._others = 0, list[int](), 0, 0
        seen = self._taken()
        added = [figure for key, figure in standing.items() if key not in seen and figure.value is not None]
        self._added = len(added)
        for figure in added:
            self._add(figure)

    @property
    def as_it_came(self) -> bool:
        """Whether the hub holds what the file says, no more and no less."""
        return not (self._changed or self._lost or self._added or self._others)

    def _taken(self) -> set[Key]:
        """Take the rows over, each with the hub's figure; which figures that were."""
        at, asked, seen = self._indicator.column(VALUE), set(self._going.asked.units), set[Key]()
        figures = {text: figure_of(text) for text in {row[at] for row in self._indicator.rows}}
        for line, row, key in zip(self._indicator.lines, self._indicator.rows, self._known, strict=True):
            figure, stands = figures[row[at]], self._standing.get(key) if key else None
            if asked and not (key and key[0] in asked):
                self._others += 1
            elif not figure:
                self.rows.append(row)
            elif stands is None or stands.value is None or key is None:
                self._lost.append(line)
            else:
                seen.add(key)
                self.rows.append(row if _same(figure, stands.value) else self._replaced(row, at, stands.value))
        return seen

    def _replaced(self, row: Sequence[str], at: int, value: str) -> Sequence[str]:
        self._changed += 1
        return [*row[:at], value, *row[at + 1 :]]

    def _add(self, figure: Observed) -> None:
        """A row for a figure that the hub got elsewhere."""
        row = self._row(figure)
        if row is None:
            self._unplaced += 1
        else:
            self.rows.append(row)

    def _row(self, figure: Observed) -> list[str] | None:
        cells = {self._keys.at[YEAR]: written(figure.start, figure.end, figure.freq), self._keys.at[VALUE]: figure.value or ""}
        series = self._carried.indicators[figure.indicator]
        cells.update((at, text) for at, text in zip(series_columns(self._indicator), (series.series, series.unit), strict=True) if at is not None)
        given = read_dimensions(figure.dims)
        for split, at in self._keys.splits_at:
            code = given.pop(split.dimension, None)
            cells[at] = self._labels[split.dimension].get(code, code) if code else ""
        if given or not self._place(figure.unit, cells):
            return None
        return [cells.get(at, "") for at in range(len(self._indicator.columns))]

    def _place(self, unit: str, cells: dict[int, str]) -> bool:
        """Name the place of a row; whether the table has a column for it."""
        if unit == self._carried.unit:
            return True
        known = self._going.units.get(unit)
        for name, at in self._keys.geography_at:
            coded = name == self._indicator.geocode_column.strip()
            cells[at] = unit if coded or known is None else known.name
        return bool(self._keys.geography_at)

    @cached_property
    def _labels(self) -> Mapping[str, Mapping[str, str]]:
        """Dimension to code to the repository's own label."""
        return {split.dimension: {code: label for label, code in split.codes.items()} for split, _ in self._keys.splits_at}

    def findings(self) -> Iterator[Finding]:
        """What went out otherwise than it came."""
        told: list[tuple[int, Message]] = [
            (
                len(self._lost),
                nmsg(
                    "Row %(rows)s is left out: the hub holds no figure of it.",
                    "%(n)s rows are left out, for the hub holds no figure of them: %(rows)s.",
                    len(self._lost),
                    rows=", ".join(map(str, self._lost[:_FEW])),
                ),
            ),
            (self._changed, nmsg("%(n)s value is another than in the file that came.", "%(n)s values are others than in the file that came.", self._changed)),
            (self._added, nmsg("%(n)s row was not in the file that came.", "%(n)s rows were not in the file that came.", self._added)),
            (
                self._unplaced,
                nmsg(
                    "%(n)s figure is left out: the file has no column for its place or disaggregation.",
                    "%(n)s figures are left out: the file has no column for their place or disaggregation.",
                    self._unplaced,
                ),
            ),
        ]
        for number, message in told:
            if number:
                yield Finding("opensdg.other", Severity.NOTE, message, None, Where(file=f"data/{Path(self._indicator.data_file).name}"))

    def written(self) -> bytes:
        """The table as it goes out."""
        return table_of(self._indicator.columns, self.rows)


def _names(folder: Path) -> list[str]:
    """Every file below a folder, by its path from it."""
    found: list[str] = []
    for above, _, names in os.walk(folder):
        place = Path(above).relative_to(folder).as_posix()
        found += names if place == "." else [f"{place}/{name}" for name in names]
    return sorted(found)


def _translated(names: Iterable[str]) -> Mapping[str, Sequence[str]]:
    """For each file those of the same name in the folders beside it: what it says in other languages."""
    found: dict[str, list[str]] = {}
    for name in names:
        folder, _, base = name.rpartition("/")
        above = folder.rpartition("/")[0]
        found.setdefault(f"{above}/{base}" if above else base, []).append(name)
    return found


def _says(indicator: OpenIndicator, keys: Sequence[Key | None], standing: Mapping[Key, Observed]) -> bool:
    """Whether a file says what the hub holds in the same words: no more, no less, nothing twice. Seen at once, without looking at each row."""
    at = indicator.column(VALUE)
    texts = [row[at] for row in indicator.rows]
    figures = {text: figure_of(text) for text in set(texts)}
    said = [(key, figures[text]) for key, text in zip(keys, texts, strict=True) if figures[text]]
    held = {key: figure.value for key, figure in standing.items() if figure.value is not None}
    return len(said) == len(held) and dict(said) == held


def _same(figure: str, value: str) -> bool:
    """Whether two spellings are of one figure, its last digits included."""
    return figure == value or bool(NUMBER.fullmatch(figure) and Decimal(figure).as_tuple() == Decimal(value).as_tuple())
