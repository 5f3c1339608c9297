"""What was imported: every batch in a line, one batch in full."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, NamedTuple

from sqlalchemy import Connection, and_, func, select

from sdgcities.errors import refuse
from sdgcities.findings import msg
from sdgcities.hub.hub import Hub
from sdgcities.model.profiles import SHEET
from sdgcities.model.statistics import Period
from sdgcities.registry.catalogue import Catalogue
from sdgcities.store.tables import boundary, justification, observation, refused_row, series, source
from sdgcities.tracks.data.batches.reverting import History, batches
from sdgcities.tracks.data.importing.placing import Placement, places_of


class Kind(StrEnum):
    """What a batch can be."""

    FILE = "file"
    FOLDER = "folder"
    CORRECTION = "correction"
    REVERT = "revert"


@dataclass(frozen=True, slots=True)
class Listed:
    """A batch in a line. `files` are those of a folder, 1 for a file; `reverted_by` the batch that took it back and counts."""

    row: Mapping[str, Any]
    kind: Kind
    files: int
    reverted_by: int | None


class Content(NamedTuple):
    """The figures of one indicator in a batch."""

    indicator: str
    figures: int
    units: int
    first: str
    last: str


class Change(NamedTuple):
    """A figure that a batch brought in the place of another. None: there was, or is, no figure."""

    unit: str
    indicator: str
    dims: str
    period: str
    old: str | None
    new: str | None


class RefusedRow(NamedTuple):
    """A row that was left out: in which batch, where, and why."""

    batch: int
    sheet: int
    row: int
    code: str
    message: str


class Reason(NamedTuple):
    """A written reason that let a doubt pass."""

    code: str
    subject: str
    reason: str
    at: str
    actor: str


class Bounded(NamedTuple):
    """The boundaries of a batch: of how many units, whose they are, and of when."""

    units: int
    office: str
    table: str
    licence: str
    url: str
    date: str
    status: str


@dataclass(frozen=True, slots=True)
class Batch:
    """A batch in full."""

    listed: Listed
    parts: tuple[Mapping[str, Any], ...]
    contents: tuple[Content, ...]
    new: int
    changes: tuple[Change, ...]
    refused: tuple[RefusedRow, ...]
    reasons: tuple[Reason, ...]
    shows: Placement
    boundaries: Bounded | None = None

    def as_data(self) -> dict[str, object]:
        """The same as JSON shows it."""
        return {
            **self.listed.row,
            "kind": self.listed.kind,
            "reverted_by": self.listed.reverted_by,
            "files": [dict(part) for part in self.parts],
            "indicators": [one._asdict() for one in self.contents],
            "new": self.new,
            "revised": [one._asdict() for one in self.changes],
            "refused_rows": [one._asdict() for one in self.refused],
            "justifications": [one._asdict() for one in self.reasons],
            "shows": self.shows.as_data(),
            "boundaries": self.boundaries._asdict() if self.boundaries else None,
        }


def listed(hub: Hub) -> list[Listed]:
    """The batches, newest first; the files of a folder are not listed one by one."""
    found = batches(hub)
    history = History(found)
    return [_listed(row, history) for row in found if row["part_of"] is None]


def details(catalogue: Catalogue, number: int) -> Batch:
    """One batch. Refused where there is none of that number."""
    found = {row["id"]: row for row in batches(catalogue.hub)}
    if number not in found:
        raise refuse("batch.unknown", msg("There is no batch %(n)s.", n=number), msg("See: sdgcities data batches."))
    history = History(found.values())
    parts = history.parts(number)
    holding = parts or [number]
    with catalogue.hub.database.reading() as connection:
        brought, changes = _brought(connection, holding)
        return Batch(
            listed=_listed(found[number], history),
            parts=tuple(found[part] for part in parts),
            contents=tuple(_contents(connection, holding)),
            new=brought - len(changes),
            changes=changes,
            refused=tuple(_refused(connection, [number, *parts])),
            reasons=tuple(_reasons(connection, [number, *parts])),
            shows=places_of(connection, catalogue, holding),
            boundaries=_bounded(connection, number),
        )


def _listed(row: Mapping[str, Any], history: History) -> Listed:
    files = len(history.parts(row["id"]))
    kind = Kind.REVERT if row["reverts"] is not None else Kind.CORRECTION if row["reason"] else Kind.FOLDER if files else Kind.FILE
    return Listed(row, kind, files or int(kind is Kind.FILE), history.taken_back_by(row["id"]))


def _contents(connection: Connection, numbers: Sequence[int]) -> Iterator[Content]:
    query = (
        select(
            series.c.indicator,
            func.count(),
            func.count(series.c.unit.distinct()),
            func.min(observation.c.period_start),
            func.max(observation.c.period_end),
        )
        .select_from(observation.join(series, observation.c.series == series.c.id))
        .where(observation.c.batch.in_(numbers))
        .group_by(series.c.indicator)
        .order_by(series.c.indicator)
    )
    yield from (Content(*row) for row in connection.execute(query))


def _brought(connection: Connection, numbers: Sequence[int]) -> tuple[int, tuple[Change, ...]]:
    """How many figures a batch wrote down, and those of them that came in the place of others."""
    before = observation.alias("before")
    same = (
        before.c.series == observation.c.series,
        before.c.period_start == observation.c.period_start,
        before.c.period_end == observation.c.period_end,
        before.c.revision == observation.c.revision - 1,
    )
    now = (observation.c.op, observation.c.value, observation.c.missing)
    period = (observation.c.period_start, observation.c.period_end, observation.c.freq)
    query = (
        select(series.c.unit, series.c.indicator, series.c.dims, *period, before.c.op, before.c.value, before.c.missing, *now)
        .select_from(observation.join(series, observation.c.series == series.c.id).join(before, and_(*same)))
        .where(observation.c.batch.in_(numbers))
        .where((before.c.op == "set") | (observation.c.op == "retract"))
        .order_by(series.c.unit, series.c.indicator, series.c.dims, observation.c.period_start)
    )
    changes = tuple(
        Change(row[0], row[1], row[2], str(Period.recorded(*row[3:6])), _value(row[6], row[7], row[8]), _value(row[9], row[10], row[11]))
        for row in connection.execute(query)
    )
    count = select(func.count()).select_from(observation).where(observation.c.batch.in_(numbers))
    return int(connection.execute(count).scalar_one()), changes


def _value(op: str, value: str | None, missing: str | None) -> str | None:
    return None if op == "retract" else value if value is not None else missing


def _refused(connection: Connection, numbers: Sequence[int]) -> Iterator[RefusedRow]:
    columns = (refused_row.c.batch, refused_row.c.locator, refused_row.c.code, refused_row.c.message)
    query = select(*columns).where(refused_row.c.batch.in_(numbers)).order_by(refused_row.c.batch, refused_row.c.locator)
    for number, locator, code, message in connection.execute(query):
        yield RefusedRow(number, locator // SHEET, locator % SHEET, code, message)


def _reasons(connection: Connection, numbers: Sequence[int]) -> Iterator[Reason]:
    columns = [justification.c[name] for name in Reason._fields]
    yield from (Reason(*row) for row in connection.execute(select(*columns).where(justification.c.batch.in_(numbers)).order_by(justification.c.id)))


def _bounded(connection: Connection, number: int) -> Bounded | None:
    """What is known of the boundaries of a batch; None where it brought none. All of them come from one file and one source."""
    origin = (source.c.office, source.c.reference, source.c.licence, source.c.url, boundary.c.dated, boundary.c.status)
    query = select(func.count(), *origin).select_from(boundary.join(source, boundary.c.source == source.c.id)).where(boundary.c.batch == number)
    row = connection.execute(query.group_by(*origin)).first()
    return Bounded(*row) if row else None


def as_line(one: Listed) -> dict[str, object]:
    """A line as JSON shows it."""
    return {**one.row, "kind": one.kind, "files": one.files, "reverted_by": one.reverted_by}
