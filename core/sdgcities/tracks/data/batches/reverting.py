"""Taking a batch back: what stands is then what the other batches say. Nothing is deleted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from operator import itemgetter
from typing import Any

from sqlalchemy import BindParameter, Connection, bindparam, func, insert, select, text

from sdgcities.errors import refuse
from sdgcities.findings import msg
from sdgcities.hub.hub import Hub
from sdgcities.model.hub import Role
from sdgcities.registry.people import Acting
from sdgcities.store import audit
from sdgcities.store.tables import batch, boundary

_SAME = "{0}.series = t.series AND {0}.period_start = t.period_start AND {0}.period_end = t.period_end"
_TOUCHED = """
SELECT o.series, o.period_start, o.period_end, max(o.revision) AS revision
FROM observation b JOIN observation o USING (series, period_start, period_end)
WHERE b.batch IN :taken GROUP BY o.series, o.period_start, o.period_end
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
    """What a revert did: its own batch, observations taken back, those left because a later batch changed them, and boundaries."""

    batch: int
    taken_back: int
    left: int
    boundaries: int = 0


def batches(hub: Hub) -> Sequence[Mapping[str, Any]]:
    """Every batch, newest first."""
    with hub.database.reading() as connection:
        return _batches(connection)


def revert(hub: Hub, number: int, acting: Acting) -> Reverted:
    """Take a batch back by a batch of its own; taking that one back restores the first. That of a folder takes all its files with it."""
    acting.need(Role.OPERATOR)
    with hub.database.writing() as connection:
        known = {row["id"]: row for row in _batches(connection)}
        if number not in known:
            raise refuse("batch.unknown", msg("There is no batch %(n)s.", n=number), msg("See: sdgcities data batches."))
        history = History(known.values())
        if number in history.withdrawn():
            raise refuse("batch.reverted", msg("Batch %(n)s was taken back already.", n=number))
        new = 1 + max(known)
        taken = history.figures_of(number)
        given = {"taken": taken, "batch": new, "withdrawn": sorted(history.withdrawn({new: number}))}
        taken_back = connection.execute(text(_TAKE_BACK).bindparams(*_lists("taken", "withdrawn")), given).rowcount
        count = text(f"SELECT count(*) FROM ({_TOUCHED}) t").bindparams(*_lists("taken"))  # noqa: S608 - a constant
        left = connection.execute(count, {"taken": taken}).scalar_one() - taken_back
        _record(connection, known[number], new, taken_back, left, acting)
        boundaries = connection.execute(select(func.count()).select_from(boundary).where(boundary.c.batch.in_(taken))).scalar_one()
    return Reverted(new, taken_back, left, boundaries)


def held_files(hub: Hub) -> set[str]:
    """The digests of the files whose figures count: imported, and not taken back."""
    found = batches(hub)
    withdrawn = History(found).withdrawn()
    return {row["file_sha256"] for row in found if row["reverts"] is None and row["id"] not in withdrawn and not row["reason"]}


class History:
    """Which batches take which back, and which are parts of which."""

    def __init__(self, rows: Iterable[Mapping[str, Any]]) -> None:
        self._reverts: dict[int, int | None] = {}
        self._parts: dict[int, list[int]] = {}
        for row in rows:
            self._reverts[row["id"]] = row["reverts"]
            if row["part_of"] is not None:
                self._parts.setdefault(row["part_of"], []).append(row["id"])

    def withdrawn(self, further: Mapping[int, int] | None = None) -> set[int]:
        """The batches that don't count: taken back, or part of one taken back, by one that counts."""
        reverts = {**self._reverts, **(further or {})}
        withdrawn: set[int] = set()
        for number in sorted(reverts, reverse=True):
            target = reverts[number]
            if target is not None and number not in withdrawn:
                withdrawn |= {target, *self._parts.get(target, ())}
        return withdrawn

    def figures_of(self, number: int) -> list[int]:
        """The batches whose figures it is all about: a batch that takes another back brings none of its own, nor does a folder's."""
        while (target := self._reverts[number]) is not None:
            number = target
        return sorted(self._parts.get(number, [number]))

    def parts(self, number: int) -> list[int]:
        """The batches of the files of a folder; none of any other batch."""
        return sorted(self._parts.get(number, ()))

    def taken_back_by(self, number: int) -> int | None:
        """The batch that took it back, or what it is part of, and counts; None where none did."""
        return self._taken_back.get(number)

    @cached_property
    def _taken_back(self) -> Mapping[int, int]:
        """Each batch that was taken back, or is part of such a one, with the batch that did so and counts."""
        withdrawn = self.withdrawn()
        counting = {target: new for new, target in self._reverts.items() if target is not None and new not in withdrawn}
        return {part: new for target, new in sorted(counting.items(), key=itemgetter(1)) for part in (target, *self.parts(target))}


def _batches(connection: Connection) -> list[dict[str, Any]]:
    return [dict(row) for row in connection.execute(select(batch).order_by(batch.c.id.desc())).mappings()]


def _lists(*names: str) -> list[BindParameter[Any]]:
    return [bindparam(name, expanding=True) for name in names]


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
