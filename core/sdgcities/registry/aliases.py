"""The names that the hub itself gave units: who decided it when and why, taking one back, and what was read by it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import Connection, insert, select

from sdgcities.errors import refuse
from sdgcities.findings import msg
from sdgcities.model.hub import Role
from sdgcities.model.places import NameScope, Unit, UnitName
from sdgcities.registry.people import Acting
from sdgcities.registry.recorded import ADDED_AGAIN, TAKEN_BACK
from sdgcities.store import audit
from sdgcities.store.tables import batch, observation, series, source, unit_alias, unit_alias_step

if TYPE_CHECKING:
    from sdgcities.registry.catalogue import Catalogue


@dataclass(frozen=True, slots=True)
class Step:
    """An alias was taken back, or added again."""

    step: str
    reason: str
    at: str
    actor: str


@dataclass(frozen=True, slots=True)
class Alias:
    """A name that the hub gave a unit. `within`: it holds in rows that write this parent. `steps`: what was decided later, oldest first."""

    number: int
    unit: str
    name: str
    scope: NameScope
    scope_id: str
    within: str
    reason: str
    at: str
    actor: str
    steps: tuple[Step, ...]

    @property
    def holds(self) -> bool:
        """Whether files are read by it today."""
        return not self.steps or self.steps[-1].step != TAKEN_BACK


def aliases(catalogue: Catalogue) -> list[Alias]:
    """Every alias of the hub, oldest first, those that were taken back among them."""
    with catalogue.hub.database.reading() as connection:
        return _aliases(connection)


def record_alias(connection: Connection, unit: Unit, name: UnitName, reason: str, acting: Acting) -> None:
    """Write down that a unit goes by another name. Refused where it does already; one that was taken back is added again."""
    at = audit.now()
    row = {"scope": name.scope.value, "scope_id": name.scope_id, "name": name.name, "unit": unit.id, "reason": reason, "within": name.within}
    same = [one for one in _aliases(connection) if (one.unit, one.name, one.scope, one.scope_id) == (unit.id, name.name, name.scope, name.scope_id)]
    if any(one.holds or one.within != name.within for one in same):
        raise refuse("alias.known", msg("%(name)s is a name of %(unit)s already.", name=name.name, unit=unit.id), msg("See: sdgcities unit alias list."))
    if same:
        step = {"alias": same[0].number, "step": ADDED_AGAIN, "reason": reason}
        connection.execute(insert(unit_alias_step).values(**step, at=at, actor=acting.id))
    else:
        connection.execute(insert(unit_alias).values(**row, language="", since="", former="", at=at, actor=acting.id))
    audit.record(connection, at, acting.id, "unit.alias", unit.id, row)


def take_back(catalogue: Catalogue, number: int, reason: str, acting: Acting) -> tuple[Alias, list[int]]:
    """Let an alias hold no more; with the batches that may have been read by it. Nothing is deleted, no figure is changed."""
    acting.need(Role.OPERATOR)
    if not reason.strip():
        raise refuse("alias.empty", msg("The name and the reason must not be empty."))
    with catalogue.hub.database.writing() as connection:
        found = next((alias for alias in _aliases(connection) if alias.number == number), None)
        if found is None:
            raise refuse("alias.unknown", msg("There is no alias %(n)s.", n=number), msg("See: sdgcities unit alias list."))
        if not found.holds:
            raise refuse("alias.taken-back", msg("Alias %(n)s was taken back already.", n=number), msg("See: sdgcities unit alias list."))
        row = {"alias": number, "step": TAKEN_BACK, "reason": reason}
        at = audit.now()
        connection.execute(insert(unit_alias_step).values(**row, at=at, actor=acting.id))
        audit.record(connection, at, acting.id, "alias.remove", found.unit, row)
        read_by = _read_by(connection, found)
    catalogue.reread()
    return found, read_by


def _aliases(connection: Connection) -> list[Alias]:
    steps = _steps(connection)
    rows = connection.execute(select(unit_alias).where(unit_alias.c.since == "").order_by(unit_alias.c.id))
    return [
        Alias(row.id, row.unit, row.name, NameScope(row.scope), row.scope_id, row.within, row.reason, row.at, row.actor, tuple(steps.get(row.id, ())))
        for row in rows
    ]


def _steps(connection: Connection) -> Mapping[int, Sequence[Step]]:
    found: dict[int, list[Step]] = {}
    for row in connection.execute(select(unit_alias_step).order_by(unit_alias_step.c.id)):
        found.setdefault(row.alias, []).append(Step(row.step, row.reason, row.at, row.actor))
    return found


def _read_by(connection: Connection, alias: Alias) -> list[int]:
    """Batches with figures of the unit that came in while the alias held, of files in which it held.

    What stood in the rows is not kept: it may have been the unit's own name.
    """
    back = alias.steps[-1].at if alias.steps else alias.at
    query = (
        select(batch.c.id)
        .distinct()
        .select_from(series)
        .join(observation, observation.c.series == series.c.id)
        .join(batch, batch.c.id == observation.c.batch)
        .join(source, source.c.id == observation.c.source)
        .where(series.c.unit == alias.unit, batch.c.at >= back, batch.c.reverts.is_(None))
        .order_by(batch.c.id)
    )
    if alias.scope is NameScope.PROFILE:
        query = query.where(batch.c.profile == alias.scope_id)
    if alias.scope is NameScope.SOURCE:
        query = query.where(source.c.office == alias.scope_id)
    return list(connection.execute(query).scalars())
