"""Participating cities and their stage."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, func, insert, select

from sdgcities.errors import refuse
from sdgcities.findings import msg
from sdgcities.model.places import Unit
from sdgcities.registry.catalogue import Catalogue
from sdgcities.registry.people import Acting
from sdgcities.store import audit
from sdgcities.store.tables import city, city_stage

STAGES = ("interested", "joining", "active", "paused", "completed", "left")


@dataclass(frozen=True, slots=True)
class City:
    """A participating city: its unit, the stage it is at and since when (UTC)."""

    unit: Unit
    stage: str
    since: str


def cities(catalogue: Catalogue) -> list[City]:
    """Every city of the hub, in no order that ranks: by unit id."""
    latest = select(func.max(city_stage.c.seq)).group_by(city_stage.c.unit).scalar_subquery()
    rows = select(city_stage.c.unit, city_stage.c.stage, city_stage.c.at).where(city_stage.c.seq.in_(latest)).order_by(city_stage.c.unit)
    with catalogue.hub.database.reading() as connection:
        return [City(catalogue.unit(row.unit), row.stage, row.at) for row in connection.execute(rows)]


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
        unit = exact[0]
        reason = (
            msg("%(name)s (%(id)s) ended on %(date)s.", name=unit.name, id=unit.id, date=unit.valid_to)
            if unit.valid_to
            else msg("%(name)s (%(id)s) is of the level %(level)s.", name=unit.name, id=unit.id, level=unit.level)
        )
        raise refuse("city.level", reason, msg("Units of these levels can join: %(levels)s.", levels=", ".join(levels)))
    close = ", ".join(f"{unit.name} ({unit.id})" for unit in (standing or [unit for unit in found if unit.level in levels])[:8])
    if not close:
        close = ", ".join(name for places in catalogue.places.values() for name in places.suggestions(text))
    raise refuse(
        "city.unclear",
        msg("%(text)s does not name one unit.", text=text),
        msg("Use a code; near it: %(units)s.", units=close) if close else msg("Look it up: sdgcities unit find TEXT."),
    )


def join(catalogue: Catalogue, unit: Unit, stage: str, acting: Acting) -> None:
    """Let a unit take part, or move a city to another stage."""
    acting.need("operator")
    at = audit.now()
    with catalogue.hub.database.writing() as connection:
        if _stage(connection, unit.id) == stage:
            raise refuse("city.stage", msg("%(name)s is at the stage %(stage)s already.", name=unit.name, stage=stage))
        if not connection.execute(select(city.c.unit).where(city.c.unit == unit.id)).first():
            connection.execute(insert(city).values(unit=unit.id, at=at, actor=acting.id))
        connection.execute(insert(city_stage).values(unit=unit.id, stage=stage, at=at, actor=acting.id))
        audit.record(connection, at, acting.id, "city.stage", unit.id, {"unit": unit.id, "stage": stage})


def _stage(connection: Connection, unit: str) -> str | None:
    return connection.execute(select(city_stage.c.stage).where(city_stage.c.unit == unit).order_by(city_stage.c.seq.desc()).limit(1)).scalar()


def _same_name(catalogue: Catalogue, text: str) -> Sequence[Unit]:
    return [unit for places in catalogue.places.values() for unit in places.named(text)]
