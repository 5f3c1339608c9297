"""Participating cities and their stage."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, func, insert, select

from sdgcities.errors import Refused, refuse
from sdgcities.findings import Message, msg
from sdgcities.model.hub import CityStage, Role
from sdgcities.model.places import Unit
from sdgcities.registry.catalogue import Catalogue
from sdgcities.registry.people import Acting
from sdgcities.store import audit
from sdgcities.store.tables import city, city_stage


@dataclass(frozen=True, slots=True)
class City:
    """A participating city: its unit, the stage it is at and since when (UTC)."""

    unit: Unit
    stage: CityStage
    since: str


def cities(catalogue: Catalogue) -> list[City]:
    """Every city of the hub, in no order that ranks: by unit id."""
    latest = select(func.max(city_stage.c.seq)).group_by(city_stage.c.unit).scalar_subquery()
    rows = select(city_stage.c.unit, city_stage.c.stage, city_stage.c.at).where(city_stage.c.seq.in_(latest)).order_by(city_stage.c.unit)
    with catalogue.hub.database.reading() as connection:
        return [City(catalogue.unit(row.unit), CityStage(row.stage), row.at) for row in connection.execute(rows)]


def find_city(catalogue: Catalogue, text: str) -> City:
    """The participating city with this code or name. Refused with the cities there are."""
    taking_part = cities(catalogue)
    wanted = {unit.id for unit in catalogue.search(text)} if text else set()
    named = {unit.id for unit in _same_name(catalogue, text)}
    exact = [one for one in taking_part if text in (one.unit.id, *one.unit.codes.values())] or [one for one in taking_part if one.unit.id in named]
    found = exact or [one for one in taking_part if one.unit.id in wanted]
    if len(found) == 1:
        return found[0]
    listed = ", ".join(f"{one.unit.name} ({one.unit.id})" for one in (found or taking_part)[:8])
    if found:
        raise refuse("city.ambiguous", msg("%(text)s can be several cities.", text=text), msg("Use the code: %(cities)s.", cities=listed))
    hint = msg("Cities of this hub: %(cities)s.", cities=listed) if taking_part else msg("Add it: sdgcities city join CITY.")
    raise refuse("city.unknown", msg("%(text)s is no city of this hub.", text=text), hint)


def joining_unit(catalogue: Catalogue, text: str) -> Unit:
    """The one unit that a joining city's name or code means: standing, and of a level whose units can join."""
    levels = {level.id: level for country in catalogue.hub.config.countries for level in catalogue.levels(country) if level.city}
    found = catalogue.search(text)
    exact = [unit for unit in found if text in (unit.id, *unit.codes.values())] or _same_name(catalogue, text)
    standing = [unit for unit in exact if unit.valid_to is None and unit.level in levels]
    if len(standing) == 1:
        return standing[0]
    if exact and not standing:
        raise _unfit(catalogue, exact[0], levels)
    close = ", ".join(f"{unit.name} ({unit.id})" for unit in (standing or [unit for unit in found if unit.level in levels])[:8])
    if not close:
        close = ", ".join(name for places in catalogue.places.values() for name in places.suggestions(text))
    raise refuse(
        "city.unclear",
        msg("%(text)s does not name one unit.", text=text),
        msg("Use a code; near it: %(units)s.", units=close) if close else msg("Look it up: sdgcities unit find TEXT."),
    )


def join(catalogue: Catalogue, unit: Unit, stage: CityStage | None, acting: Acting) -> CityStage:
    """Let a unit take part, or move a city to another stage; the stage it is at now. A new city is joining where none is named."""
    acting.need(Role.OPERATOR)
    at = audit.now()
    with catalogue.hub.database.writing() as connection:
        held = _stage(connection, unit.id)
        if held and stage is None:
            problem = msg("%(name)s (%(code)s) takes part already, at the stage: %(stage)s.", name=unit.name, code=unit.id, stage=Message(held))
            raise refuse("city.joined", problem, msg("To move it to another stage, add --stage."))
        if held and held == stage:
            raise refuse("city.stage", msg("%(name)s is at the stage %(stage)s already.", name=unit.name, stage=Message(held)))
        new = stage or CityStage.JOINING
        if held is None:
            connection.execute(insert(city).values(unit=unit.id, at=at, actor=acting.id))
        connection.execute(insert(city_stage).values(unit=unit.id, stage=new, at=at, actor=acting.id))
        audit.record(connection, at, acting.id, "city.stage", unit.id, {"unit": unit.id, "stage": new})
    return new


def _stage(connection: Connection, unit: str) -> str | None:
    return connection.execute(select(city_stage.c.stage).where(city_stage.c.unit == unit).order_by(city_stage.c.seq.desc()).limit(1)).scalar()


def _unfit(catalogue: Catalogue, unit: Unit, levels: Iterable[str]) -> Refused:
    """The unit ended, or it is of another level."""
    if unit.valid_to:
        after = ", ".join(f"{catalogue.unit(code).name} ({code})" for code in unit.successors)
        ended = msg("%(name)s (%(id)s) ended on %(date)s.", name=unit.name, id=unit.id, date=unit.valid_to)
        return refuse("city.ended", ended, msg("It passed into: %(units)s.", units=after or "-"))
    other = msg("%(name)s (%(id)s) is of the level %(level)s.", name=unit.name, id=unit.id, level=unit.level)
    return refuse("city.level", other, msg("Units of these levels can join: %(levels)s.", levels=", ".join(levels)))


def _same_name(catalogue: Catalogue, text: str) -> Sequence[Unit]:
    return [unit for places in catalogue.places.values() for unit in places.named(text)]
