"""The tidy CSV file: one observation a row. What is written here can be imported again, to the last digit."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import TextIO

from sdgcities.exchange.outgoing import Outgoing
from sdgcities.findings import Finding
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
    """Write header and rows; how many rows there are."""
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(columns(going))
    count = 0
    for count, row in enumerate(rows(going), start=1):  # noqa: B007 - the number of the last one is what is asked
        writer.writerow(row)
    return count


def rows(going: Outgoing) -> Iterator[list[str]]:
    """The observations as rows under that header."""
    names = list(going.dimensions)

    @lru_cache(maxsize=4096)
    def codes(dims: str) -> list[str]:
        given = read_dimensions(dims)
        return [given.get(name, "_T") for name in names]

    for one in going.observations():
        period = written(one.start, one.end, one.freq)
        source = f"{one.office}; {one.table}" if one.table else one.office
        yield [one.unit, one.indicator, period, *codes(one.dims), one.value or "", one.unit_measure, one.status, one.missing or "", source]


@lru_cache(maxsize=4096)
def written(start: str, end: str, freq: str) -> str:
    """A period as the tidy format writes it."""
    return str(Period(date.fromisoformat(start), date.fromisoformat(end), freq))
