"""How a city's stage changes: it joins, pauses, goes on, and is gone when it left or became part of another.

Each change is a row of its own, with who made it and why. What a city sent in stays, whatever its stage.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, Row, insert, select

from sdgcities.errors import Refused, refuse
from sdgcities.findings import Message, msg
from sdgcities.model.hub import AT_WORK, CityStage, Role
from sdgcities.model.places import Unit
from sdgcities.registry.catalogue import Catalogue
from sdgcities.registry.cities import City
from sdgcities.registry.people import Acting
from sdgcities.store import audit
from sdgcities.store.tables import city as city_table
from sdgcities.store.tables import city_stage

LONGEST_REASON = 2_000


@dataclass(frozen=True, slots=True)
class Move:
    """A city's next stage and why; of a merged one, what it becomes part of and its last day."""

    unit: str
    stage: CityStage
    reason: str = ""
    successor: str | None = None
    until: date | None = None


def join(catalogue: Catalogue, unit: Unit, stage: CityStage | None, acting: Acting, reason: str = "") -> CityStage:
    """Let a unit take part, or move a city to another stage of its work; the stage it is at now.

    A city that is new or comes back is joining where no stage is named.
    """
    acting.need(Role.OPERATOR)
    if stage is not None and stage not in AT_WORK:
        raise ValueError(stage)
    with catalogue.hub.database.writing() as connection:
        held = stage_of(connection, unit.id)
        if held == CityStage.MERGED:
            raise _merged(connection, unit)
        if held and held != CityStage.LEFT and stage is None:
            problem = msg("%(name)s (%(code)s) takes part already, at the stage: %(stage)s.", name=unit.name, code=unit.id, stage=Message(held))
            raise refuse("city.joined", problem, msg("To move it to another stage, add --stage."))
        if held and held == stage:
            raise refuse("city.stage", msg("%(name)s is at the stage %(stage)s already.", name=unit.name, stage=Message(held)))
        return enter(connection, Move(unit.id, stage or CityStage.JOINING, written(reason)), acting)


def pause(catalogue: Catalogue, city: City, reason: str, acting: Acting) -> None:
    """The city's work rests until it is resumed. Claims that wait can be decided meanwhile."""
    acting.need(Role.OPERATOR)
    reason = needed(reason)
    with catalogue.hub.database.writing() as connection:
        if stage_of(connection, city.unit.id) not in AT_WORK:
            raise closed(connection, city)
        move(connection, "city.pause", Move(city.unit.id, CityStage.PAUSED, reason), acting)


def resume(catalogue: Catalogue, city: City, reason: str, acting: Acting) -> CityStage:
    """A paused city goes on at the stage it was at; a merger that was undone, or recorded by mistake, holds no more. The stage now."""
    acting.need(Role.OPERATOR)
    unit = city.unit
    with catalogue.hub.database.writing() as connection:
        held, *before = _stages(connection, unit.id)
        if held not in (CityStage.PAUSED, CityStage.MERGED):
            problem = msg("%(name)s (%(code)s) is not paused: it is at the stage %(stage)s.", name=unit.name, code=unit.id, stage=Message(held))
            hint = msg("It can come back: sdgcities city join %(code)s.", code=unit.id) if held == CityStage.LEFT else None
            raise refuse("city.not-paused", problem, hint)
        if held == CityStage.MERGED:
            reason = needed(reason)
            _need_standing(catalogue, unit)
        stage = next(one for one in before if (one in AT_WORK if held == CityStage.PAUSED else one != held))
        move(connection, "city.resume", Move(unit.id, stage, written(reason)), acting)
    catalogue.reread()
    return stage


def need_at_work(connection: Connection, city: City) -> None:
    """Refuse where the city takes no claims, forms or documents: it is paused, it left, or it is part of another now."""
    if stage_of(connection, city.unit.id) not in AT_WORK:
        raise closed(connection, city)


def closed(connection: Connection, city: City) -> Refused:
    """Why a city takes nothing more, and what to do. `city` is as it was found; the row tells how it is."""
    latest, unit = _latest(connection, city.unit.id), city.unit
    if latest.stage == CityStage.MERGED:
        return _merged(connection, unit, city.successor)
    params = {"name": unit.name, "code": unit.id, "date": date.fromisoformat(latest.at[:10])}
    if latest.stage == CityStage.LEFT:
        left = msg("%(name)s (%(code)s) left on %(date)s and takes no more claims, forms or documents.", **params)
        return refuse("city.left", left, msg("It can come back: sdgcities city join %(code)s.", code=unit.id))
    paused = msg("%(name)s (%(code)s) is paused since %(date)s and takes no claims, forms or documents meanwhile.", **params)
    return refuse("city.paused", paused, msg("When it goes on: sdgcities city resume %(code)s.", code=unit.id))


def move(connection: Connection, action: str, to: Move, acting: Acting) -> None:
    """Append the stage and its record."""
    at = audit.now()
    row = {"unit": to.unit, "stage": to.stage, "reason": to.reason, "successor": to.successor, "until": to.until.isoformat() if to.until else None}
    connection.execute(insert(city_stage).values(**row, at=at, actor=acting.id))
    audit.record(connection, at, acting.id, action, f"{to.unit} → {to.successor}" if to.successor else to.unit, row)


def enter(connection: Connection, to: Move, acting: Acting) -> CityStage:
    """The same for a unit that may be new to the hub."""
    if stage_of(connection, to.unit) is None:
        connection.execute(insert(city_table).values(unit=to.unit, at=audit.now(), actor=acting.id))
    move(connection, "city.stage", to, acting)
    return to.stage


def stage_of(connection: Connection, unit: str) -> CityStage | None:
    """The stage a unit is at; None where it never took part."""
    return next(iter(_stages(connection, unit)), None)


def needed(reason: str) -> str:
    """A reason that has to be there."""
    if not reason.strip():
        raise refuse("city.reason", msg("A written reason is needed."), msg('Add it: --reason "...".'))
    return written(reason)


def written(reason: str) -> str:
    """A reason as it is kept."""
    if len(reason) > LONGEST_REASON:
        raise refuse("city.reason", msg("A reason has at most %(n)s characters; this one has %(found)s.", n=LONGEST_REASON, found=len(reason)))
    return reason.strip()


def _stages(connection: Connection, unit: str) -> list[CityStage]:
    """Every stage a unit was at, the newest first."""
    return [
        CityStage(one) for one in connection.execute(select(city_stage.c.stage).where(city_stage.c.unit == unit).order_by(city_stage.c.seq.desc())).scalars()
    ]


def _latest(connection: Connection, unit: str) -> Row[tuple[object, ...]]:
    return connection.execute(select(city_stage).where(city_stage.c.unit == unit).order_by(city_stage.c.seq.desc()).limit(1)).one()


def _merged(connection: Connection, unit: Unit, successor: Unit | None = None) -> Refused:
    after = _latest(connection, unit.id).successor
    named = f"{successor.name} ({after})" if successor and successor.id == after else after
    problem = msg(
        "%(name)s (%(code)s) became part of %(successor)s and takes no more claims, forms or documents.", name=unit.name, code=unit.id, successor=named
    )
    return refuse("city.merged", problem, msg("Use %(successor)s.", successor=after))


def _need_standing(catalogue: Catalogue, unit: Unit) -> None:
    """A place that ended by its plugin's word can't go on."""
    ended = catalogue.hub.plugins.units(unit.country)[unit.id].valid_to
    if ended:
        problem = msg("%(name)s (%(id)s) ended on %(date)s.", name=unit.name, id=unit.id, date=ended)
        raise refuse("city.ended", problem, msg("So its plugin says: only another edition of the plugin can bring it back."))
