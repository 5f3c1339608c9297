"""The tidy CSV file: one observation a row. What is written here can be imported again, to the last digit."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import TextIO

from sdgcities.exchange.outgoing import Outgoing
from sdgcities.findings import Finding
from sdgcities.intake.formulas import quoted
from sdgcities.model.statistics import Period, read_dimensions
from sdgcities.writing import whole_file

BEFORE = ("unit", "indicator", "period")
AFTER = ("value", "unit_measure", "status", "missing_reason", "source")


def write(going: Outgoing, path: Path) -> Sequence[Finding]:
    """Write the file."""
    with whole_file(path) as draft, draft.open("w", encoding="utf-8", newline="") as stream:
        write_rows(going, stream)
    return ()


def columns(going: Outgoing) -> list[str]:
    """The header: a column for each dimension that is used."""
    return [*BEFORE, *going.dimensions, *AFTER]


def write_rows(going: Outgoing, stream: TextIO) -> int:
    """Write header and rows; how many rows there are. What a spreadsheet would take for a formula is quoted: only a source can be such a text."""
    return put_rows(stream, columns(going), rows(going, quoted))


def put_rows(stream: TextIO, header: Iterable[str], lines: Iterable[Iterable[str]]) -> int:
    """Write a table; how many rows it has."""
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(header)
    count = 0
    for count, row in enumerate(lines, start=1):  # noqa: B007 - the number of the last one is what is asked
        writer.writerow(row)
    return count


def rows(going: Outgoing, spelled: Callable[[str], str] = str) -> Iterator[list[str]]:
    """The observations as rows under that header; `spelled` is how their sources are written."""
    names = list(going.dimensions)

    @lru_cache(maxsize=4096)
    def codes(dims: str) -> list[str]:
        given = read_dimensions(dims)
        return [given.get(name, "_T") for name in names]

    @lru_cache(maxsize=4096)
    def source(office: str, table: str) -> str:
        return spelled(origin(office, table))

    for one in going.observations():
        period, from_where = written(one.start, one.end, one.freq), source(one.office, one.table)
        yield [one.unit, one.indicator, period, *codes(one.dims), one.value or "", one.unit_measure, one.status, one.missing or "", from_where]


def origin(office: str, table: str) -> str:
    """A source as the tidy format writes it."""
    return f"{office}; {table}" if table else office


@lru_cache(maxsize=4096)
def written(start: str, end: str, freq: str) -> str:
    """A period as the tidy format writes it."""
    return str(Period(date.fromisoformat(start), date.fromisoformat(end), freq))
