"""Participating cities and their stage."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from sdgcities.errors import Refused, refuse
from sdgcities.findings import Message, msg
from sdgcities.i18n.folding import suggest
from sdgcities.model.hub import GONE, CityStage
from sdgcities.model.places import Unit
from sdgcities.registry.catalogue import Catalogue
from sdgcities.registry.places import Sought
from sdgcities.store.tables import city_stage

FEW = 8
"""A word that more units have in their names, such as that of a level, tells none of them."""


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
    found = catalogue.search(text) if text.strip() else []
    exact = [unit for unit in found if text in (unit.id, *unit.codes.values())] or _same_name(catalogue, text)
    standing = [unit for unit in exact if unit.valid_to is None and unit.level in levels]
    if len(standing) == 1:
        return standing[0]
    able = {unit.id: unit for places in catalogue.places.values() for unit in places.units.values() if unit.valid_to is None and unit.level in levels}
    near = standing or [unit for unit in found if unit.id in able] or _near(catalogue, text, able)
    hint = _nearest(near, ", ".join(level.name for level in levels.values()))
    if exact and not standing:
        raise _unfit(catalogue, exact[0], hint)
    raise refuse("city.unclear", msg("“%(text)s” does not name one unit that can join.", text=text), hint)


def _nearest(near: Sequence[Unit], levels: str) -> Message:
    """What to write instead of a name that is nobody's or several units'."""
    if not near:
        return msg("Units of these levels can join: %(levels)s. Look one up: sdgcities unit find TEXT.", levels=levels)
    units = ", ".join(f"{unit.name} ({unit.id})" for unit in near[:8])
    return msg("Units of these levels can join: %(levels)s. Near it, by their codes: %(units)s.", levels=levels, units=units)


def _near(catalogue: Catalogue, text: str, able: Mapping[str, Unit]) -> list[Unit]:
    """Units that can join whose code a spreadsheet would spell so; else that share words with the text; else whose names are alike."""
    by = ("id", *dict.fromkeys(system for unit in able.values() for system in unit.codes))
    coded = dict.fromkeys(unit.id for places in catalogue.places.values() for _, unit in places.explaining.zeros_lost(Sought(text, by)))
    alike = {unit.name: unit for unit in able.values()}
    return [able[unit] for unit in coded if unit in able] or _sharing_words(catalogue, text, able) or [alike[name] for name in suggest(text, alike)]


def _sharing_words(catalogue: Catalogue, text: str, able: Mapping[str, Unit]) -> list[Unit]:
    """Units with most of the text's words in their names, of those words that few units have."""
    counts: Counter[str] = Counter()
    for country, places in catalogue.places.items():
        wanted, having = set(places.folding(text).split()), defaultdict[str, list[str]](list)
        for unit in able.values():
            words = {word for name in unit.names for word in places.folding(name.name).split()} if unit.country == country else set()
            for word in wanted & words:
                having[word].append(unit.id)
        counts.update(unit for units in having.values() if len(units) <= FEW for unit in units)
    most = max(counts.values(), default=0)
    return [able[unit] for unit, count in counts.items() if count == most]


def _unfit(catalogue: Catalogue, unit: Unit, hint: Message) -> Refused:
    """The unit ended, or it is of another level."""
    if unit.valid_to:
        after = ", ".join(f"{catalogue.unit(code).name} ({code})" for code in unit.successors)
        ended = msg("%(name)s (%(id)s) ended on %(date)s.", name=unit.name, id=unit.id, date=unit.valid_to)
        return refuse("city.ended", ended, msg("It passed into: %(units)s.", units=after or "-"))
    level = Message(catalogue.level_name(unit))
    return refuse("city.level", msg("%(name)s (%(id)s) is of the level %(level)s.", name=unit.name, id=unit.id, level=level), hint)


def _same_name(catalogue: Catalogue, text: str) -> Sequence[Unit]:
    return [unit for places in catalogue.places.values() for unit in places.named(text)]
