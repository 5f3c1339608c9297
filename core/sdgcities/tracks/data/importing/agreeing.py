"""Files of one folder that contradict each other: the same observation with another value or status."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from decimal import Decimal

from sqlalchemy import Connection, select

from sdgcities.findings import Finding, Severity, Where, msg
from sdgcities.model.profiles import SHEET
from sdgcities.store.bulk import Figure, Run, SeriesKey, figures
from sdgcities.store.tables import observation
from sdgcities.tracks.data.importing.placing import portions, series_of

SHOWN = 20
"""Contradictions that are told; the rest are counted."""

Place = tuple[SeriesKey, str, str]
"""A series with the first and last day of a period."""


def disagreements(connection: Connection, files: Mapping[int, tuple[str, Callable[[], Iterable[Run]]]], units: Collection[str]) -> Iterator[Finding]:
    """Each contradiction, with both files and rows. `files` are the batches in their order, each with its file's name and a way to read it once more.

    Where two files differ, one of them revised a figure: only the figures that were revised are looked up, in every file.
    """
    if len(files) < 2 or not (revised := _revised(connection, list(files), units)):  # noqa: PLR2004 - one file can't differ from another
        return
    given: dict[Place, tuple[str, Figure]] = {}
    found = 0
    for name, runs in files.values():
        for key, figure in figures(runs()):
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
    _, missing, status, _, _ = figure[4]
    return None if figure[2] is None else Decimal(figure[2]), missing, status


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
        row=held[3] % SHEET,
        first=first,
    )
    hint = msg("Which is right? Take the other row out, or import the files one after the other: the later one revises.")
    return Finding("import.disagree", Severity.BLOCK, problem, hint, Where(file=name, row=figure[3] % SHEET))


def _written(figure: Figure) -> str:
    _, missing, status, _, _ = figure[4]
    value = figure[2] if figure[2] is not None else missing or ""
    return value if status == "A" else f"{value} ({status})"
