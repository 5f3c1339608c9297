"""Taking a batch back: what stands is then what the other batches say. Nothing is deleted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, bindparam, insert, select, text

from sdgcities.errors import refuse
from sdgcities.findings import msg
from sdgcities.hub.hub import Hub
from sdgcities.model.hub import Role
from sdgcities.registry.people import Acting
from sdgcities.store import audit
from sdgcities.store.tables import batch

_SAME = "{0}.series = t.series AND {0}.period_start = t.period_start AND {0}.period_end = t.period_end"
_TOUCHED = """
SELECT o.series, o.period_start, o.period_end, max(o.revision) AS revision
FROM observation b JOIN observation o USING (series, period_start, period_end)
WHERE b.batch = :taken GROUP BY o.series, o.period_start, o.period_end
"""
_TAKE_BACK = f"""
INSERT INTO observation (series, period_start, period_end, revision, freq, op, value, value_num, missing, status,
                         indicator_version, source, batch, origin, locator)
SELECT t.series, t.period_start, t.period_end, t.revision + 1, n.freq, CASE WHEN s.op IS NULL THEN 'retract' ELSE 'set' END,
       s.value, s.value_num, s.missing, coalesce(s.status, n.status), coalesce(s.indicator_version, n.indicator_version),
       coalesce(s.source, n.source), :batch, coalesce(s.origin, n.origin), coalesce(s.locator, n.locator)
FROM ({_TOUCHED}) t
JOIN observation n ON {_SAME.format("n")} AND n.revision = t.revision
LEFT JOIN observation s ON {_SAME.format("s")} AND s.revision = (
    SELECT max(l.revision) FROM observation l
    WHERE {_SAME.format("l")} AND l.batch = l.origin AND l.batch NOT IN :withdrawn)
WHERE CASE WHEN n.op = 'set' THEN n.origin ELSE 0 END <> coalesce(s.origin, 0)
"""  # noqa: S608 - put together from the constants above


@dataclass(frozen=True, slots=True)
class Reverted:
    """What a revert did: its own batch, observations taken back, and those left because a later batch changed them."""

    batch: int
    taken_back: int
    left: int


def batches(hub: Hub) -> Sequence[Mapping[str, Any]]:
    """Every batch, newest first."""
    with hub.database.reading() as connection:
        return _batches(connection)


def revert(hub: Hub, number: int, acting: Acting) -> Reverted:
    """Take a batch back by a batch of its own; taking that one back restores the first."""
    acting.need(Role.OPERATOR)
    with hub.database.writing() as connection:
        known = {row["id"]: row for row in _batches(connection)}
        if number not in known:
            raise refuse("batch.unknown", msg("There is no batch %(n)s.", n=number), msg("See: sdgcities data batches."))
        reverts = {row["id"]: row["reverts"] for row in known.values()}
        if number in _withdrawn(reverts):
            raise refuse("batch.reverted", msg("Batch %(n)s was taken back already.", n=number))
        new = 1 + max(known)
        withdrawn = _withdrawn({**reverts, new: number})
        given = {"taken": _with_figures(reverts, number), "batch": new, "withdrawn": sorted(withdrawn)}
        taken_back = connection.execute(text(_TAKE_BACK).bindparams(bindparam("withdrawn", expanding=True)), given).rowcount
        left = connection.execute(text(f"SELECT count(*) FROM ({_TOUCHED}) t"), given).scalar_one() - taken_back  # noqa: S608 - a constant
        _record(connection, known[number], new, taken_back, left, acting)
    return Reverted(new, taken_back, left)


def held_files(hub: Hub) -> set[str]:
    """The digests of the files whose figures count: imported, and not taken back."""
    found = batches(hub)
    withdrawn = _withdrawn({row["id"]: row["reverts"] for row in found})
    return {row["file_sha256"] for row in found if row["reverts"] is None and row["id"] not in withdrawn}


def _batches(connection: Connection) -> list[dict[str, Any]]:
    return [dict(row) for row in connection.execute(select(batch).order_by(batch.c.id.desc())).mappings()]


def _withdrawn(reverts: Mapping[int, int | None]) -> set[int]:
    """The batches that don't count: taken back by one that counts."""
    withdrawn: set[int] = set()
    for number in sorted(reverts, reverse=True):
        target = reverts[number]
        if target is not None and number not in withdrawn:
            withdrawn.add(target)
    return withdrawn


def _with_figures(reverts: Mapping[int, int | None], number: int) -> int:
    """The batch of a file that it is all about: a batch that takes another back brings none of its own."""
    while (target := reverts[number]) is not None:
        number = target
    return number


def _record(connection: Connection, target: Mapping[str, Any], new: int, taken_back: int, left: int, acting: Acting) -> None:
    at = audit.now()
    row = {
        **{key: target[key] for key in ("file", "file_sha256", "profile", "profile_sha256", "alias_sha256", "plugin", "plugin_version")},
        "id": new,
        "reverts": target["id"],
        "part_of": None,
        "reason": "",
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
