"""Files of one folder that contradict each other: the same observation with another value or status."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from decimal import Decimal

from sqlalchemy import Connection, select

from sdgcities.findings import Finding, Severity, Where, msg
from sdgcities.model.profiles import SHEET
from sdgcities.store.bulk import Figure, SeriesKey
from sdgcities.store.tables import observation
from sdgcities.tracks.data.importing.pipeline import Rows
from sdgcities.tracks.data.importing.placing import portions, series_of

SHOWN = 20
"""Contradictions that are told; the rest are counted."""

Place = tuple[SeriesKey, str, str]
"""A series with the first and last day of a period."""


def disagreements(connection: Connection, files: Mapping[int, tuple[str, Callable[[], Rows]]], units: Collection[str]) -> Iterator[Finding]:
    """Each contradiction, with both files and rows. `files` are the batches in their order, each with its file's name and a way to read it once more.

    Where two files differ, one of them revised a figure: only the figures that were revised are looked up, in every file.
    """
    if len(files) < 2 or not (revised := _revised(connection, list(files), units)):  # noqa: PLR2004 - one file can't differ from another
        return
    given: dict[Place, tuple[str, Figure]] = {}
    found = 0
    for name, rows in files.values():
        for key, figure in rows():
            place = (key, figure[0], figure[1])
            if place not in revised:
                continue
            first, held = given.setdefault(place, (name, figure))
            if _said(held) != _said(figure):
                found += 1
                if found <= SHOWN:
                    yield _contradiction(key, first, held, name, figure)
    if found > SHOWN:
        yield Finding("import.more", Severity.NOTE, msg("%(n)s further rows can't be accepted.", n=found - SHOWN))


def _revised(connection: Connection, batches: Collection[int], units: Collection[str]) -> set[Place]:
    known = {row.id: row for row in series_of(connection, units)}
    columns = (observation.c.series, observation.c.period_start, observation.c.period_end)
    revised = select(*columns).where(observation.c.batch.in_(batches), observation.c.revision > 0)
    rows = (row for chosen in portions(list(known)) for row in connection.execute(revised.where(observation.c.series.in_(chosen))))
    return {(known[number].key, start, end) for number, start, end in rows}


def _said(figure: Figure) -> tuple[Decimal | None, str | None, str]:
    """What a row says, however the number is written."""
    return None if figure[3] is None else Decimal(figure[3]), figure[5], figure[6]


def _contradiction(key: SeriesKey, first: str, held: Figure, name: str, figure: Figure) -> Finding:
    unit, indicator, _, dims = key
    problem = msg(
        "%(indicator)s%(dims)s of %(unit)s, %(start)s to %(end)s, is %(value)s here, but %(other)s in row %(row)s of %(first)s.",
        indicator=indicator,
        dims=f" ({dims})" if dims else "",
        unit=unit,
        start=figure[0],
        end=figure[1],
        value=_written(figure),
        other=_written(held),
        row=held[9] % SHEET,
        first=first,
    )
    hint = msg("Which is right? Take the other row out, or import the files one after the other: the later one revises.")
    return Finding("import.disagree", Severity.BLOCK, problem, hint, Where(file=name, row=figure[9] % SHEET))


def _written(figure: Figure) -> str:
    value = figure[3] if figure[3] is not None else figure[5] or ""
    return value if figure[6] == "A" else f"{value} ({figure[6]})"
