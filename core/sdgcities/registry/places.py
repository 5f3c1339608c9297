"""Finding an administrative unit by its name or code, as it stood at a time. Names are folded, never guessed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from sdgcities.i18n.folding import fold
from sdgcities.model.places import NameScope, Unit, UnitName
from sdgcities.model.plugins import Level
from sdgcities.registry.matching import Closest
from sdgcities.registry.place_words import PlaceWords, place_words
from sdgcities.registry.unresolved import Explaining, Unresolved

__all__ = ["Places", "Sought", "Unresolved"]

_NARROWEST_FIRST = (NameScope.PROFILE, NameScope.SOURCE, NameScope.PLUGIN)


@dataclass(frozen=True, slots=True)
class Sought:
    """What a row says of its unit: a name, or a code of the first of the systems `by` that knows it.

    `within` is the parent's name as the source writes it; `profile` and `office` are the scopes the name is read in.
    `beside` is the name that stands beside a code.
    """

    text: str
    by: tuple[str, ...] = ("name",)
    level: str = ""
    within: str = ""
    profile: str = ""
    office: str = ""
    beside: str = ""


@dataclass(frozen=True)
class Places:
    """The units of one country with every name they go by."""

    units: Mapping[str, Unit]
    levels: Sequence[Level]
    folding: Callable[[str], str] = fold
    fold_ahead: Callable[[Iterable[str]], object] = list
    """Told of many names before each is folded."""
    languages: Sequence[str] = ()
    """Of the country's plugins: in them files write what a place is beside its name."""

    def resolve(self, sought: Sought, start: date, end: date) -> Unit | Unresolved:
        """The one unit meant, standing at some time from `start` to `end`."""
        found = self._named(sought) if "name" in sought.by else self._coded(sought)
        found = {unit: sure for unit, sure in found.items() if not sought.level or self.units[unit].level == sought.level or self._aliased(sought, unit)}
        if sought.within and found:
            inside = self._parents(sought.within)
            within = {unit: sure for unit, sure in found.items() if sure or self.units[unit].parent in inside or unit in inside}
            if not within:
                return self.explaining.elsewhere(sought, self._ordered(found))
            found = within
        units = self._ordered(found)
        standing = [unit for unit in units if unit.stood(start, end)]
        if len(standing) > 1:  # renewed within the period: the one that stood on its last day
            standing = [unit for unit in standing if unit.stood(end, end)] or standing
        if len(standing) == 1:
            return standing[0]
        if standing:
            return self.explaining.ambiguous(sought, standing)
        return self.explaining.ended(units[0], end) if units else self.explaining.unknown(sought)

    def goes_by(self, unit: Unit, text: str) -> bool:
        """Whether a unit has this name, in any language and scope."""
        names = {self.folding(name.name) for name in unit.names}
        return any(spelling in names for spelling, level in self._spellings(text, unit.level) if level in ("", unit.level))

    def search(self, text: str) -> list[Unit]:
        """Units whose code is `text`, or whose names hold it; standing ones first, then by name."""
        wanted = self.folding(text)
        hits = {unit.id: unit for unit in self.units.values() if text in (unit.id, *unit.codes.values())}
        if wanted:
            hits |= {unit.id: unit for name, named in self._index.items() if wanted in name for unit, _ in named}
        return sorted(hits.values(), key=lambda unit: (unit.valid_to is not None, self.folding(unit.name), unit.id))

    def named(self, text: str) -> list[Unit]:
        """Every unit, standing or ended, that goes by exactly this name."""
        return list({unit.id: unit for unit, _ in self._hits(text, "")}.values())

    def also_named(self, unit: Unit, name: UnitName) -> list[Unit]:
        """Other units that a row could mean by this name, in the same scope and at some time when `unit` stood."""
        same = [
            other
            for other, known in self._index.get(self.folding(name.name), ())
            if (known.scope, known.scope_id) == (name.scope, name.scope_id) and self._same_row(other, known, name)
        ]
        return [other for other in same if other.id != unit.id and other.stood(unit.valid_from or date.min, unit.valid_to or date.max)]

    def _same_row(self, other: Unit, known: UnitName, name: UnitName) -> bool:
        """Whether one row could mean both: a name within a parent holds in rows that write this parent, and goes before one without."""
        if name.within and known.within:
            return self.folding(name.within) == self.folding(known.within)
        return not name.within or other.parent in self._parents(name.within)

    def ancestors(self, unit: Unit) -> Iterator[Unit]:
        """The parent, its parent, and so on."""
        while unit.parent and (parent := self.units.get(unit.parent)):
            yield parent
            unit = parent

    @cached_property
    def predecessors(self) -> Mapping[str, tuple[str, ...]]:
        """For each unit, those that passed into it."""
        before: dict[str, list[str]] = defaultdict(list)
        for unit in self.units.values():
            for successor in unit.successors:
                before[successor].append(unit.id)
        return {unit: tuple(ids) for unit, ids in before.items()}

    @cached_property
    def parts(self) -> Mapping[str, Mapping[str, Sequence[Unit]]]:
        """For each unit what it is made up of, whenever that stood: by level, the uppermost first, of levels whose units cover what they lie in."""
        found: dict[str, dict[str, list[Unit]]] = defaultdict(dict)
        inside: dict[tuple[str, str], list[Unit]] = defaultdict(list)
        for unit in self.units.values():
            inside[unit.level, unit.parent or ""].append(unit)
        for level in (level.id for level in self.levels if level.covers):
            for parent in (parent for of, parent in inside if of == level and parent):
                found[parent][level] = inside[level, parent]
        return dict(found)

    def made_up_of(self, unit: str, day: date) -> Iterator[tuple[str, list[Unit]]]:
        """What a unit was made up of on a day, by level, the uppermost first; nothing where it did not stand itself.

        A level is left out where the record does not say which of its units lay in this one: some stood that day already, or still, but
        are recorded in what this unit passed into, or came from, and that did not stand.
        """
        if not self.units[unit].stood(day, day):
            return
        kin = {one.id for one in (*self._afterwards(self.units[unit]), *self.formerly(self.units[unit])) if not one.stood(day, day)}
        for level, units in self.parts.get(unit, {}).items():
            standing = [part for part in units if part.stood(day, day)]
            elsewhere = (part for one in kin for part in self.parts.get(one, {}).get(level, ()))
            if standing and not any(part.stood(day, day) for part in elsewhere):
                yield level, standing

    def _afterwards(self, unit: Unit) -> Iterator[Unit]:
        """What the unit passed into, and what that passed into."""
        for after in unit.successors:
            if after in self.units:
                yield self.units[after]
                yield from self._afterwards(self.units[after])

    def formerly(self, unit: Unit) -> Iterator[Unit]:
        """What the unit was before, and what that was before."""
        for before in self.predecessors.get(unit.id, ()):
            yield self.units[before]
            yield from self.formerly(self.units[before])

    def suggestions(self, text: str, level: str = "", limit: int = 3) -> list[Unit]:
        """The units that a text means most likely, best first, those of a level before others."""
        return self._closest.units(self.folding(text), level, limit)

    @property
    def explaining(self) -> Explaining:
        """Puts into words why no unit was found."""
        return Explaining(self)

    @cached_property
    def _closest(self) -> Closest:
        return Closest({name: list({unit.id: unit for unit, _ in named}.values()) for name, named in self._index.items()}, self._words)

    @cached_property
    def _words(self) -> PlaceWords:
        return place_words(self.languages, self.levels, self.folding)

    @cached_property
    def _index(self) -> Mapping[str, list[tuple[Unit, UnitName]]]:
        index: dict[str, list[tuple[Unit, UnitName]]] = defaultdict(list)
        self.fold_ahead(name.name for unit in self.units.values() for name in unit.names)
        for unit in self.units.values():
            for name in unit.names:
                index[self.folding(name.name)].append((unit, name))
        return index

    @cached_property
    def _codes(self) -> Mapping[tuple[str, str], list[Unit]]:
        index: dict[tuple[str, str], list[Unit]] = defaultdict(list)
        for unit in self.units.values():
            for system, code in unit.codes.items():
                index[system, code].append(unit)
        return index

    def _coded(self, sought: Sought) -> dict[str, bool]:
        if "id" in sought.by:
            return {sought.text: False} if sought.text in self.units else {}
        found = next(filter(None, (self._codes.get((system, sought.text.strip()), []) for system in sought.by)), [])
        return {unit.id: False for unit in found}

    def _named(self, sought: Sought) -> dict[str, bool]:
        """The units of that name in the narrowest scope that knows it; true for one whose name says the parent that the row writes."""
        scope_ids = {NameScope.PROFILE: sought.profile, NameScope.SOURCE: sought.office, NameScope.PLUGIN: ""}
        hits = list(self._hits(sought.text, sought.level))
        for scope in _NARROWEST_FIRST:
            found: dict[str, bool] = {}
            for unit, name in hits:
                if name.scope is scope and name.scope_id == scope_ids[scope] and self._meant(name, sought):
                    found[unit.id] = found.get(unit.id, False) or bool(name.within)
            if found:
                return {unit: True for unit, sure in found.items() if sure} or found
        return {}

    def _ordered(self, found: Iterable[str]) -> list[Unit]:
        """Units by id, those that stand first."""
        return sorted((self.units[unit] for unit in found), key=lambda unit: unit.valid_to is not None)

    def _aliased(self, sought: Sought, unit: str) -> bool:
        """Whether an alias of the file or its office names the unit outright: then its level is not asked (a total among its parts)."""
        scopes = {(NameScope.PROFILE, sought.profile), (NameScope.SOURCE, sought.office)}
        names = (name for name in self.units[unit].names if (name.scope, name.scope_id) in scopes)
        return "name" in sought.by and any(self.folding(name.name) == self.folding(sought.text) for name in names)

    def _meant(self, name: UnitName, sought: Sought) -> bool:
        """Whether a name that holds within one parent only stands in a row that writes this parent, in whatever way."""
        if not name.within or self.folding(name.within) == self.folding(sought.within):
            return True
        return bool(sought.within) and not self._parents(name.within).isdisjoint(self._parents(sought.within))

    def _hits(self, text: str, wanted: str) -> Iterator[tuple[Unit, UnitName]]:
        """Units with the name that they go by; where the text says the level in a word, those of this level."""
        for spelling, level in self._spellings(text, wanted):
            yield from (hit for hit in self._index.get(spelling, ()) if level in ("", hit[0].level))

    def _spellings(self, text: str, wanted: str) -> Iterator[tuple[str, str]]:
        """The folded name; and the same without a word for a level (`Ashanti Region`, `Município de Lisboa`), with this level."""
        name = self.folding(text)
        yield name, ""
        for bare, level in self._words.off(name):
            if level and wanted in ("", level):
                yield bare, level

    def _parents(self, name: str) -> set[str]:
        """Units of that name, now or formerly, and what they passed into."""
        found = {unit.id for unit in self.named(name)}
        todo = list(found)
        while todo:
            after = set(self.units[todo.pop()].successors) - found
            found |= after
            todo.extend(after)
        return found
