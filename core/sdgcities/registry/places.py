"""Finding an administrative unit by its name or code, as it stood at a time. Names are folded, never guessed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from sdgcities.findings import Message, msg, nmsg
from sdgcities.i18n.folding import fold, suggest
from sdgcities.model.places import NameScope, Unit, UnitName
from sdgcities.model.plugins import Level

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


@dataclass(frozen=True, slots=True)
class Unresolved:
    """Why no single unit was found, and what to do."""

    code: str
    message: Message
    hint: Message


@dataclass(frozen=True)
class Places:
    """The units of one country with every name they go by."""

    units: Mapping[str, Unit]
    levels: Sequence[Level]
    folding: Callable[[str], str] = fold
    fold_ahead: Callable[[Iterable[str]], object] = list
    """Told of many names before each is folded."""

    def resolve(self, sought: Sought, start: date, end: date) -> Unit | Unresolved:
        """The one unit meant, standing at some time from `start` to `end`."""
        found = self._named(sought) if "name" in sought.by else self._coded(sought)
        found = [unit for unit in found if not sought.level or unit.level == sought.level or self._aliased(sought, unit)]
        if sought.within:
            inside = self._parents(sought.within)
            found = [unit for unit in found if unit.parent in inside or unit.id in inside]
        standing = [unit for unit in found if unit.stood(start, end)]
        if len(standing) > 1:  # renewed within the period: the one that stood on its last day
            standing = [unit for unit in standing if unit.stood(end, end)] or standing
        if len(standing) == 1:
            return standing[0]
        if standing:
            return self._ambiguous(sought.text, standing)
        return self._ended(found[0], end) if found else self._unknown(sought)

    def goes_by(self, unit: Unit, text: str) -> bool:
        """Whether a unit has this name, in any language and scope."""
        names = {self.folding(name.name) for name in unit.names}
        return not names.isdisjoint(self._spellings(Sought(text, level=unit.level)))

    def search(self, text: str) -> list[Unit]:
        """Units whose code is `text`, or whose names hold it; standing ones first, then by name."""
        wanted = self.folding(text)
        hits = {unit.id: unit for unit in self.units.values() if text in (unit.id, *unit.codes.values())}
        if wanted:
            hits |= {unit.id: unit for name, named in self._index.items() if wanted in name for unit, _ in named}
        return sorted(hits.values(), key=lambda unit: (unit.valid_to is not None, self.folding(unit.name), unit.id))

    def named(self, text: str) -> list[Unit]:
        """Every unit, standing or ended, that goes by exactly this name."""
        return list({unit.id: unit for spelling in self._spellings(Sought(text)) for unit, _ in self._index.get(spelling, ())}.values())

    def also_named(self, unit: Unit, name: UnitName) -> list[Unit]:
        """Other units that a row could mean by this name, in the same scope and at some time when `unit` stood."""
        same = [other for other, known in self._index.get(self.folding(name.name), ()) if (known.scope, known.scope_id) == (name.scope, name.scope_id)]
        return [other for other in same if other.id != unit.id and other.stood(unit.valid_from or date.min, unit.valid_to or date.max)]

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

    def formerly(self, unit: Unit) -> Iterator[Unit]:
        """What the unit was before, and what that was before."""
        for before in self.predecessors.get(unit.id, ()):
            yield self.units[before]
            yield from self.formerly(self.units[before])

    def suggestions(self, text: str) -> list[str]:
        """Official names close to a text."""
        by_folded = {self.folding(unit.name): unit.name for unit in self.units.values()}
        return [by_folded[name] for name in suggest(self.folding(text), list(by_folded))]

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

    def _coded(self, sought: Sought) -> list[Unit]:
        if "id" in sought.by:
            return [self.units[sought.text]] if sought.text in self.units else []
        return next(filter(None, (self._codes.get((system, sought.text.strip()), []) for system in sought.by)), [])

    def _named(self, sought: Sought) -> list[Unit]:
        scope_ids = {NameScope.PROFILE: sought.profile, NameScope.SOURCE: sought.office, NameScope.PLUGIN: ""}
        hits = [hit for name in self._spellings(sought) for hit in self._index.get(name, ())]
        for scope in _NARROWEST_FIRST:
            found = {unit.id: unit for unit, name in hits if name.scope is scope and name.scope_id == scope_ids[scope] and self._meant(name, sought)}
            if found:
                return list(found.values())
        return []

    def _aliased(self, sought: Sought, unit: Unit) -> bool:
        """Whether an alias of the file or its office names the unit outright: then its level is not asked (a total among its parts)."""
        scopes = {(NameScope.PROFILE, sought.profile), (NameScope.SOURCE, sought.office)}
        names = (name for name in unit.names if (name.scope, name.scope_id) in scopes)
        return "name" in sought.by and any(self.folding(name.name) == self.folding(sought.text) for name in names)

    def _meant(self, name: UnitName, sought: Sought) -> bool:
        """Whether a name that holds within one parent only stands in a row that writes this parent."""
        return not name.within or self.folding(name.within) == self.folding(sought.within)

    def _spellings(self, sought: Sought) -> Iterable[str]:
        """The folded name, and the same without the word of its level (`Ashanti Region`)."""
        name = self.folding(sought.text)
        yield name
        for level in self.levels:
            word = self.folding(level.name)
            if level.id == (sought.level or level.id) and name.endswith(f" {word}"):
                yield name.removesuffix(f" {word}")

    def _parents(self, name: str) -> set[str]:
        """Units of that name, now or formerly, and what they passed into."""
        found = {unit.id for unit in self.named(name)}
        todo = list(found)
        while todo:
            after = set(self.units[todo.pop()].successors) - found
            found |= after
            todo.extend(after)
        return found

    def _ambiguous(self, text: str, units: Sequence[Unit]) -> Unresolved:
        named = ", ".join(f"{unit.name} ({unit.id})" for unit in units[:8])
        return Unresolved(
            "unit.ambiguous",
            nmsg("“%(text)s” is the name of one unit.", "“%(text)s” is the name of %(n)s units: %(units)s.", len(units), text=text, units=named),
            msg("Use the code, or add the name for this file: sdgcities unit alias add."),
        )

    def _ended(self, unit: Unit, end: date) -> Unresolved:
        if unit.valid_from and unit.valid_from > end:
            message = msg("%(name)s (%(id)s) began on %(date)s only.", name=unit.name, id=unit.id, date=unit.valid_from)
            before = ", ".join(f"{self.units[i].name} ({i})" for i in self.predecessors.get(unit.id, ()))
            return Unresolved("unit.not-yet", message, msg("It came out of: %(units)s.", units=before or "-"))
        after = ", ".join(f"{self.units[i].name} ({i})" for i in unit.successors if i in self.units)
        message = msg("%(name)s (%(id)s) ended on %(date)s.", name=unit.name, id=unit.id, date=unit.valid_to)
        return Unresolved("unit.ended", message, msg("It passed into: %(units)s.", units=after or "-"))

    def zeros_lost(self, sought: Sought) -> Iterator[tuple[str, Unit]]:
        """Codes of the systems asked for that are the text with zeros in front, as a spreadsheet takes them away; with their units."""
        digits = sought.text.strip()
        if "name" in sought.by or not digits.isdecimal():
            return
        for unit in self.units.values():
            codes = {"id": unit.id, **unit.codes}
            known = [codes[system] for system in sought.by if system in codes and sought.level in ("", unit.level)]
            yield from ((code, unit) for code in known if len(code) > len(digits) and code.lstrip("0") == digits.lstrip("0"))

    def _unknown(self, sought: Sought) -> Unresolved:
        message = msg("“%(text)s” is no unit known here.", text=sought.text)
        if lost := next(self.zeros_lost(sought), None):
            code, unit = lost
            known = {"code": code, "name": unit.name, "digits": len(code)}
            hint = (
                msg(
                    "Did you mean %(code)s (%(name)s)? A spreadsheet takes zeros away; digits: %(digits)s with the column in the profile puts them back.",
                    **known,
                )
                if sought.profile
                else msg("Did you mean %(code)s (%(name)s)? A spreadsheet takes zeros away at the front: keep the column as text.", **known)
            )
            return Unresolved("unit.unknown", message, hint)
        close = self.suggestions(sought.text) if "name" in sought.by else []
        hint = (
            msg("Close names: %(names)s. If one is meant: sdgcities unit alias add.", names=", ".join(close))
            if close
            else msg("Look it up: sdgcities unit find TEXT.")
        )
        return Unresolved("unit.unknown", message, hint)
