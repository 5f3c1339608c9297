"""Participating cities and their stage."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from sdgcities.errors import Refused, refuse
from sdgcities.findings import msg
from sdgcities.model.hub import GONE, CityStage
from sdgcities.model.places import Unit
from sdgcities.registry.catalogue import Catalogue
from sdgcities.store.tables import city_stage


@dataclass(frozen=True, slots=True)
class City:
    """A city of the hub: its unit, the stage it is at, since when (UTC) and why; of a merged one what it became part of."""

    unit: Unit
    stage: CityStage
    since: str
    reason: str = ""
    successor: Unit | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """A stage that a city came to: when (UTC), by whom and why."""

    stage: CityStage
    at: str
    actor: str
    reason: str


def steps(catalogue: Catalogue, unit: str) -> list[Step]:
    """Every stage of a city, the newest first."""
    rows = select(city_stage).where(city_stage.c.unit == unit).order_by(city_stage.c.seq.desc())
    with catalogue.hub.database.reading() as connection:
        return [Step(CityStage(row.stage), row.at, row.actor, row.reason) for row in connection.execute(rows)]


def cities(catalogue: Catalogue) -> list[City]:
    """Every city of the hub, in no order that ranks: by unit id."""
    latest = select(func.max(city_stage.c.seq)).group_by(city_stage.c.unit).scalar_subquery()
    rows = select(city_stage).where(city_stage.c.seq.in_(latest)).order_by(city_stage.c.unit)
    with catalogue.hub.database.reading() as connection:
        return [
            City(catalogue.unit(row.unit), CityStage(row.stage), row.at, row.reason, catalogue.unit(row.successor) if row.successor else None)
            for row in connection.execute(rows)
        ]


def predecessors(catalogue: Catalogue, unit: str) -> list[City]:
    """The cities that became part of this one, and those that had become part of them; the latest first."""
    merged = [one for one in cities(catalogue) if one.successor]
    found: list[City] = []
    into = {unit}
    while into:
        nearest = [one for one in merged if one.successor and one.successor.id in into]
        found += nearest
        into = {one.unit.id for one in nearest}
    return sorted(found, key=lambda one: (one.unit.valid_to or date.min, one.unit.id), reverse=True)


def find_city(catalogue: Catalogue, text: str) -> City:
    """The city of the hub with this code or name, today's or a former one; of several the one that still takes part.

    Refused with the cities there are.
    """
    known = cities(catalogue)
    found = _meant(catalogue, known, text)
    if len(found) > 1:
        found = [one for one in found if one.stage not in GONE] or found
    if len(found) == 1:
        return found[0]
    listed = ", ".join(f"{one.unit.name} ({one.unit.id})" for one in (found or known)[:8])
    if found:
        raise refuse("city.ambiguous", msg("%(text)s can be several cities.", text=text), msg("Use the code: %(cities)s.", cities=listed))
    hint = msg("Cities of this hub: %(cities)s.", cities=listed) if known else msg("Add it: sdgcities city join CITY.")
    raise refuse("city.unknown", msg("%(text)s is no city of this hub.", text=text), hint)


def _meant(catalogue: Catalogue, known: Sequence[City], text: str) -> list[City]:
    """The cities with this code; else of exactly this name; else those whose names hold the text."""
    coded = [one for one in known if text in (one.unit.id, *one.unit.codes.values())]
    named = {unit.id for unit in _same_name(catalogue, text)}
    wanted = {unit.id for unit in catalogue.search(text)} if text else set()
    return coded or [one for one in known if one.unit.id in named] or [one for one in known if one.unit.id in wanted]


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
