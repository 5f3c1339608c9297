"""The rows of a repository as observations: they take the way of every import."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from itertools import repeat
from pathlib import Path
from typing import cast

from sdgcities.exchange.opensdg.carried import Carried, RowKeys
from sdgcities.exchange.opensdg.checking import CONTRADICTION, NO_PERIOD
from sdgcities.exchange.opensdg.indicators import source_of
from sdgcities.exchange.opensdg.repository import VALUE, YEAR, Repository
from sdgcities.exchange.opensdg.rows import Rows
from sdgcities.exchange.opensdg.words import words
from sdgcities.findings import Finding, Message, Severity, Where, msg, nmsg
from sdgcities.i18n.folding import fold
from sdgcities.model.profiles import SHEET, AddsUp
from sdgcities.model.sources import Source
from sdgcities.model.statistics import Period
from sdgcities.registry.catalogue import Catalogue
from sdgcities.registry.places import Sought
from sdgcities.tracks.data.reading.raw import Block, Problem, read_period

_FEW = 5
_REFUSED = "\n"
"""Stands in the key of a period before the rows that contradict each other: no text of a cell of Year holds it, for it is stripped."""


class RepositoryReader:
    """Every indicator's rows, one file after the other. A row is found by the number of its file and its own."""

    aggregate = ""
    adds_up: tuple[AddsUp, ...] = ()
    covers: tuple[str, ...] = ()
    indicator_column = ""
    measure_column = ""
    status_column = ""

    def __init__(self, repository: Repository, tables: Mapping[str, Rows], carried: Carried, catalogue: Catalogue) -> None:
        self.country = carried.country
        units = catalogue.places[carried.country].units.values()
        systems = tuple(dict.fromkeys(system for unit in units for system in unit.codes))
        self._tables = list(tables.values())
        self._keys = [RowKeys(carried, rows.indicator, systems) for rows in self._tables]
        self._sources = [source_of(repository, rows.indicator) for rows in self._tables]

    def blocks(self) -> Iterator[Block]:
        """One block a file, series by series and each in the order of time: so they are stored fastest. A figure that stands once more is passed over."""
        for number, (rows, keys) in enumerate(zip(self._tables, self._keys, strict=True)):
            columns = self._columns(number, rows, keys)
            _, places, codes, periods, dims, *_ = columns
            told = list(zip(codes, places, dims, periods, strict=True))
            kept = sorted((place for place in range(len(rows)) if place not in rows.repeated), key=told.__getitem__)
            yield cast("Block", tuple([column[place] for place in kept] for column in columns))

    def _columns(self, number: int, rows: Rows, keys: RowKeys) -> Block:
        length, base = len(rows), (number + 1) * SHEET
        codes = {pair: keys.code(*pair) for pair in set(zip(rows.series, rows.units, strict=True))}
        places = list(zip(repeat(number), *(rows.column(name) for name, _ in keys.geography_at), strict=False)) if keys.geography_at else [()] * length
        names = [rows.indicator.columns[at].strip() for _, at in keys.splits_at]
        dims = list(zip(repeat(number), *(rows.column(name) for name in names), strict=False)) if names else [()] * length
        periods = [rows.periods[text] or text for text in rows.column(YEAR)]
        for place, group in rows.contradicting.items():
            periods[place] = f"{periods[place]}{_REFUSED}{Path(rows.indicator.data_file).name}{_REFUSED}{', '.join(str(rows.lines[one]) for one in group)}"
        empty = [""] * length
        return (
            [base + line for line in rows.lines],
            cast("list[Hashable]", places),
            [codes[pair] for pair in zip(rows.series, rows.units, strict=True)],
            periods,
            cast("list[Hashable]", dims),
            rows.values,
            empty,
            empty,
            _statuses(rows),
            [number] * length,
        )

    def notes(self) -> tuple[Finding, ...]:
        """What is passed over was told when the files were checked."""
        return ()

    def where(self, row: int, column: str) -> Where:
        """The row of its file."""
        return Where(file=self._tables[row // SHEET - 1].indicator.data_file, row=row % SHEET, column=column)

    def is_note(self, _key: Hashable) -> bool:
        """Open SDG has no notes below its tables."""
        return False

    def unit(self, key: Hashable) -> Sought:
        """The place that the row names, or the one that the repository is of."""
        cells = cast("tuple[int | str, ...]", key)
        if not cells:
            return self._keys[0].whole
        return self._keys[cast("int", cells[0])].sought(cast("tuple[str, ...]", cells[1:]))

    def unit_column(self, key: Hashable) -> str:
        """The innermost column of places that the row fills."""
        cells = cast("tuple[int | str, ...]", key)
        named = self._keys[cast("int", cells[0])].geography_at if cells else ()
        filled = [name for (name, _), cell in zip(named, cells[1:], strict=True) if cell]
        return filled[-1] if filled else ""

    def value_column(self, _key: Hashable) -> str:
        """The column of figures."""
        return VALUE

    def no_figure(self, _text: str) -> Message:
        """One way to write figures."""
        return msg("Write digits with a decimal point and nothing else; leave the cell empty where there is no value.")

    def period(self, key: str) -> Period:
        """The period; none for rows that contradict each other."""
        text, *refused = key.split(_REFUSED)
        if refused:
            file, rows = refused
            hint = msg("Keep the right one in the file, and import again.")
            raise Problem(CONTRADICTION, VALUE, msg("Rows %(rows)s of %(file)s give several values for one figure.", rows=rows, file=file), hint)
        try:
            return read_period(text, YEAR)
        except Problem as problem:
            raise Problem(NO_PERIOD, YEAR, problem.message, problem.hint) from problem

    def dimensions(self, key: Hashable) -> Mapping[str, str]:
        """The codes of the labels, totals left out."""
        cells = cast("tuple[int | str, ...]", key)
        return self._keys[cast("int", cells[0])].dimensions(cast("tuple[str, ...]", cells[1:])) if cells else {}

    def source(self, key: Hashable) -> Source:
        """Who publishes the figures of the file."""
        return self._sources[cast("int", key)]

    def totals(self) -> None:
        """Rows are counted; a figure is stored as it stands."""


def _statuses(rows: Rows) -> list[str]:
    """The status of each row where a column says one that is known; else it is normal."""
    texts = rows.column(_status_column(rows))
    known = {text: words().statuses.get(fold(text), "") for text in set(texts)}
    return [known[text] for text in texts]


def unknown_statuses(tables: Mapping[str, Rows]) -> Iterator[Finding]:
    """One finding of the texts in columns of status that say none that the hub knows."""
    found: dict[str, Where] = {}
    for rows in tables.values():
        column = _status_column(rows)
        for text, line in zip(rows.column(column), rows.lines, strict=True):
            if text and text not in found and fold(text) not in words().statuses:
                found[text] = Where(file=rows.indicator.data_file, row=line, column=column)
    if found:
        told = nmsg(
            "%(n)s text says no status that is known here, and its figures count as normal: %(names)s.",
            "%(n)s texts say no status that is known here, and their figures count as normal, such as: %(names)s.",
            len(found),
            names=", ".join(list(found)[:_FEW]),
        )
        hint = msg("Known here: %(known)s. The file keeps what it says.", known=", ".join(words().statuses))
        yield Finding("opensdg.status", Severity.NOTE, told, hint, next(iter(found.values())))


def _status_column(rows: Rows) -> str:
    """The column that says the status of each figure; empty where there is none."""
    names = {name.strip() for name in rows.indicator.columns}
    return next((name for name in words().status_columns if name in names), "")
