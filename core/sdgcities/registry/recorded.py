"""What a hub itself records of units beyond its plugins: further names, new names, and mergers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from sqlalchemy import Connection, func, select

from sdgcities.model.hub import CityStage
from sdgcities.model.places import NameScope, Unit, UnitName
from sdgcities.store.tables import city_stage, unit_alias, unit_alias_step

MERGED = "merged"
TAKEN_BACK, ADDED_AGAIN = "taken back", "added again"
"""What may be decided of an alias later."""
_DAY = timedelta(days=1)
_Held = tuple[str | None, date | None]
"""A name and the first day on which it held; no name: none was known. No day: since before the records."""


@dataclass(frozen=True, slots=True)
class NewName:
    """A unit is called `name` from a day on, officially or in one language; it was called `former` when that was recorded."""

    name: str
    language: str
    since: date
    former: str


@dataclass(frozen=True, slots=True)
class Merger:
    """A unit became part of another after this day."""

    successor: str
    until: date


@dataclass(frozen=True, slots=True)
class Recorded:
    """A hub's own word on units, by unit id; in the order in which it was recorded."""

    aliases: Mapping[str, Sequence[UnitName]]
    new_names: Mapping[str, Sequence[NewName]]
    mergers: Mapping[str, Merger]

    @property
    def units(self) -> set[str]:
        """The units it speaks of."""
        return {*self.aliases, *self.new_names, *self.mergers}

    def applied(self, unit: Unit) -> Unit:
        """The unit as the hub knows it. What the plugin says of its end goes before the hub's own record."""
        known = replace(unit, names=(*with_new_names(unit.names, self.new_names.get(unit.id, ())), *self.aliases.get(unit.id, ())))
        merger = self.mergers.get(unit.id)
        if merger is None or unit.successors:
            return known
        return replace(known, valid_to=unit.valid_to or merger.until, successors=(merger.successor,), change=MERGED)


def read_recorded(connection: Connection) -> Recorded:
    """Everything the hub recorded of units."""
    aliases: dict[str, list[UnitName]] = defaultdict(list)
    new_names: dict[str, list[NewName]] = defaultdict(list)
    decided = {row.alias: row.step for row in connection.execute(select(unit_alias_step).order_by(unit_alias_step.c.id))}
    for row in connection.execute(select(unit_alias).order_by(unit_alias.c.id)):
        if row.since:
            new_names[row.unit].append(NewName(row.name, row.language, date.fromisoformat(row.since), row.former))
        elif decided.get(row.id) != TAKEN_BACK:
            aliases[row.unit].append(UnitName(row.name, "", NameScope(row.scope), row.scope_id, row.within))
    latest = select(func.max(city_stage.c.seq)).group_by(city_stage.c.unit).scalar_subquery()
    merged = select(city_stage).where(city_stage.c.seq.in_(latest), city_stage.c.stage == CityStage.MERGED.value)
    mergers = {row.unit: Merger(row.successor, date.fromisoformat(row.until)) for row in connection.execute(merged)}
    return Recorded(aliases, new_names, mergers)


def with_new_names(names: Sequence[UnitName], recorded: Sequence[NewName]) -> tuple[UnitName, ...]:
    """The plugin's names and the recorded ones: the official name first, former names last, the newest of them first.

    A new official name also ends the names that the old one had in other languages, until the plugin itself has the new one.
    """
    if not recorded:
        return tuple(names)
    official = _official(names[0].name, recorded)
    known_to_plugin = official[-1][0] == names[0].name
    renamed: list[tuple[date, str | None]] = [] if known_to_plugin else [(day, None) for _, day in official if day]
    now, former = _split(official, "")
    languages = [*(one.language for one in names), *(one.language for one in recorded)]
    for language in filter(None, dict.fromkeys(languages)):
        changes = [(one.since, one.name) for one in recorded if one.language == language]
        first = next((one.former for one in recorded if one.language == language), "") or next((n.name for n in names if n.language == language), "")
        current, before = _split(_held(first or None, [*renamed, *changes]), language)
        now, former = now + current, former + before
    told = {one.name for one in (*now, *former)}
    plain = [name for name in names if name.scope is not NameScope.PLUGIN or name.name not in told]
    plain = [replace(name, language="") if renamed and name.scope is NameScope.PLUGIN else name for name in plain]
    corrected = [UnitName(name) for name in dict.fromkeys(one.name for one in recorded) if name not in told]
    return (*now, *plain, *corrected, *sorted(former, key=lambda one: one.until or date.max, reverse=True))


def _official(by_plugin: str, recorded: Sequence[NewName]) -> list[_Held]:
    changes = [one for one in recorded if not one.language]
    return _held(changes[0].former if changes else by_plugin, [(one.since, one.name) for one in changes])


def _held(first: str | None, changes: Sequence[tuple[date, str | None]]) -> list[_Held]:
    """Each name with its first day. Of several for one day the last recorded counts; a name that follows itself is one."""
    held: list[_Held] = [(first, None)]
    for day, name in dict(sorted(changes, key=lambda change: change[0])).items():
        if name != held[-1][0]:
            held.append((name, day))
    return held


def _split(held: Sequence[_Held], language: str) -> tuple[list[UnitName], list[UnitName]]:
    """The name that holds today, if any, and the former ones."""
    *before, (name, since) = held
    return [UnitName(name, language, since=since)] if name else [], list(_former(held, before, language))


def _former(held: Sequence[_Held], before: Sequence[_Held], language: str) -> Iterator[UnitName]:
    for (name, since), (_, following) in zip(before, held[1:], strict=True):
        if name and following:
            yield UnitName(name, language, since=since, until=following - _DAY)
