"""Taking a batch back: each of its observations returns to what stood before. Nothing is deleted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, RowMapping, and_, func, insert, select

from sdgcities.errors import refuse
from sdgcities.findings import msg
from sdgcities.hub.hub import Hub
from sdgcities.registry.people import Acting
from sdgcities.store import audit
from sdgcities.store.tables import batch, observation

_KEY = ("series", "period_start", "period_end")
_COPIED = (*_KEY, "freq", "op", "value", "value_num", "missing", "status", "indicator_version", "source", "locator")


@dataclass(frozen=True, slots=True)
class Reverted:
    """What a revert did: its own batch, observations taken back, and those left because a later batch changed them."""

    batch: int
    taken_back: int
    left: int


def batches(hub: Hub) -> Sequence[Mapping[str, Any]]:
    """Every batch, newest first."""
    with hub.database.reading() as connection:
        return [dict(row) for row in connection.execute(select(batch).order_by(batch.c.id.desc())).mappings()]


def revert(hub: Hub, number: int, acting: Acting) -> Reverted:
    """Take a batch back by a batch of its own."""
    acting.need("operator")
    with hub.database.writing() as connection:
        target = connection.execute(select(batch).where(batch.c.id == number)).mappings().first()
        if target is None:
            raise refuse("batch.unknown", msg("There is no batch %(n)s.", n=number), msg("See: sdgcities data batches."))
        if connection.execute(select(batch.c.id).where(batch.c.reverts == number)).first():
            raise refuse("batch.reverted", msg("Batch %(n)s was taken back already.", n=number))
        rows = connection.execute(select(observation).where(observation.c.batch == number)).mappings().all()
        newest = [row for row in rows if _newest(connection, row) == row["revision"]]
        new = 1 + int(connection.execute(select(func.max(batch.c.id))).scalar_one())
        for row in newest:
            connection.execute(insert(observation).values(**_before(connection, row), revision=row["revision"] + 1, batch=new))
        _record(connection, target, new, len(newest), len(rows) - len(newest), acting)
    return Reverted(new, len(newest), len(rows) - len(newest))


def _same(row: RowMapping) -> Any:  # noqa: ANN401 - an SQL expression
    return and_(*(observation.c[key] == row[key] for key in _KEY))


def _newest(connection: Connection, row: RowMapping) -> int:
    return int(connection.execute(select(func.max(observation.c.revision)).where(_same(row))).scalar_one())


def _before(connection: Connection, row: RowMapping) -> dict[str, object]:
    """What stood before this revision; a retraction where nothing did."""
    query = select(observation).where(_same(row), observation.c.revision == row["revision"] - 1)
    before = connection.execute(query).mappings().first()
    copied = {key: (before or row)[key] for key in _COPIED}
    return copied if before else {**copied, "op": "retract", "value": None, "value_num": None, "missing": None}


def _record(connection: Connection, target: RowMapping, new: int, taken_back: int, left: int, acting: Acting) -> None:
    at = audit.now()
    row = {
        **{key: target[key] for key in ("file", "file_sha256", "profile", "profile_sha256", "alias_sha256", "plugin", "plugin_version")},
        "id": new,
        "reverts": target["id"],
        "rows_read": taken_back + left,
        "stored": taken_back,
        "unchanged": left,
        "refused": 0,
        "rows_sha256": target["rows_sha256"],
        "at": at,
        "actor": acting.id,
        "answers_for": acting.id,
    }
    connection.execute(insert(batch).values(**row))
    audit.record(connection, at, acting.id, "data.revert", f"batch {new}", row)
