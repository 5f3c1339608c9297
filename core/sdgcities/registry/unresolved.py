"""Why no single unit was found for a name or a code, and what to do: told in words that name the places meant."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sdgcities.findings import Message, msg, nmsg
from sdgcities.intake.hidden import suspicious
from sdgcities.model.places import Unit

if TYPE_CHECKING:
    from sdgcities.registry.places import Places, Sought

FIRST = 8
"""Units that a message names; the rest are counted."""


_ASK = msg("Ask the office which unit's ground the figure is of, or leave it out.")


@dataclass(frozen=True, slots=True)
class Unresolved:
    """Why no single unit was found, and what to do."""

    code: str
    message: Message
    hint: Message


@dataclass(frozen=True, slots=True)
class Explaining:
    """Puts into words what looking up a unit has come to."""

    places: Places

    def ambiguous(self, sought: Sought, units: Sequence[Unit]) -> Unresolved:
        """Several units have the name: which, and what decides between them."""
        text = nmsg(
            "“%(text)s” is the name of one unit: %(units)s.", "“%(text)s” is the name of %(n)s units: %(units)s.", len(units), **self._of(sought, units)
        )
        return Unresolved("unit.ambiguous", text, self._deciding(sought, units))

    def ended(self, unit: Unit, end: object) -> Unresolved:
        """The unit did not stand in the row's period."""
        if unit.valid_from and str(unit.valid_from) > str(end):
            before = [self.places.units[one] for one in self.places.predecessors.get(unit.id, ())]
            message = msg("%(name)s (%(id)s) began on %(date)s only.", name=unit.name, id=unit.id, date=unit.valid_from)
            return Unresolved("unit.not-yet", message, msg("It came out of: %(units)s.", units=_plain(before)) if before else _ASK)
        after = [self.places.units[one] for one in unit.successors if one in self.places.units]
        message = msg("%(name)s (%(id)s) ended on %(date)s.", name=unit.name, id=unit.id, date=unit.valid_to)
        return Unresolved("unit.ended", message, msg("It passed into: %(units)s.", units=_plain(after)) if after else _ASK)

    def elsewhere(self, sought: Sought, units: Sequence[Unit]) -> Unresolved:
        """The name is known, but not within the parent that the row writes."""
        if not self.places.named(sought.within):
            message = msg("“%(text)s” stands in “%(within)s”, which is no unit known here.", text=sought.text, within=sought.within)
            return Unresolved("unit.unknown", message, self._close(self.places.suggestions(sought.within)))
        message = msg("There is no “%(text)s” in “%(within)s”.", text=sought.text, within=sought.within)
        return Unresolved("unit.unknown", message, msg("Of this name: %(units)s.", units=self.listed(units)))

    def unknown(self, sought: Sought) -> Unresolved:
        """No unit goes by it: what it may be."""
        message = msg("“%(text)s” is no unit known here.", text=sought.text)
        if strange := look_alike(sought.text):
            close = self.places.suggestions(sought.text, sought.level) if "name" in sought.by else []
            hint = msg("%(strange)s Close names: %(names)s.", strange=strange, names=self.listed(close)) if close else strange
            return Unresolved("unit.unknown", message, hint)
        if lost := next(self.zeros_lost(sought), None):
            return Unresolved("unit.unknown", message, _zeros(*lost, in_profile=bool(sought.profile)))
        if "name" in sought.by:
            return Unresolved("unit.unknown", message, self._close(self.places.suggestions(sought.text, sought.level)))
        other = [(system, unit) for unit in self.places.units.values() for system, code in unit.codes.items() if code == sought.text.strip()]
        if other:
            system, unit = other[0]
            return Unresolved("unit.unknown", message, msg("It is the code of %(unit)s in the system %(system)s.", unit=self.described(unit), system=system))
        if named := self.places.named(sought.text):
            called = msg("“%(text)s” is a name; a code is needed here.", text=sought.text)
            return Unresolved("unit.unknown", called, msg("Of this name: %(units)s.", units=self.listed(sorted(named, key=_ended))))
        return Unresolved("unit.unknown", message, msg("Look it up: sdgcities unit find TEXT."))

    def zeros_lost(self, sought: Sought) -> Iterator[tuple[str, Unit]]:
        """Codes of the systems asked for that are the text with zeros in front, as a spreadsheet takes them away; with their units."""
        digits = sought.text.strip()
        if "name" in sought.by or not digits.isdecimal():
            return
        for unit in self.places.units.values():
            codes = {"id": unit.id, **unit.codes}
            known = [codes[system] for system in sought.by if system in codes and sought.level in ("", unit.level)]
            yield from ((code, unit) for code in known if len(code) > len(digits) and code.lstrip("0") == digits.lstrip("0"))

    def described(self, unit: Unit) -> Message:
        """A unit by its name with what tells it from others of that name."""
        level = Message(next((level.name for level in self.places.levels if level.id == unit.level), unit.level))
        given = {"name": unit.name, "code": unit.id, "level": level}
        parent = self.places.units.get(unit.parent or "")
        if unit.valid_to is not None:
            return msg("%(name)s (%(code)s, %(level)s until %(date)s)", **given, date=unit.valid_to)
        return msg("%(name)s (%(code)s, %(level)s in %(parent)s)", **given, parent=parent.name) if parent else msg("%(name)s (%(code)s, %(level)s)", **given)

    def listed(self, units: Sequence[Unit]) -> Message:
        """The first of the units, one after the other."""
        first, *rest = map(self.described, units[:FIRST])
        if len(units) > FIRST:
            rest.append(nmsg("%(n)s more", "%(n)s more", len(units) - FIRST))
        for one in rest:
            first = msg("%(one)s; %(other)s", one=first, other=one)
        return first

    def _of(self, sought: Sought, units: Sequence[Unit]) -> dict[str, object]:
        return {"text": sought.text, "units": self.listed(units)}

    def _deciding(self, sought: Sought, units: Sequence[Unit]) -> Message:
        """What tells these units apart: level, parent, or their codes alone."""
        example = units[0].id
        if sought.within or len({unit.parent for unit in units}) == 1:
            if len({unit.level for unit in units}) > 1:
                return msg("Write the code, such as %(code)s, or say the level; or decide it once: sdgcities unit alias add.", code=example)
            return msg("Write the code, such as %(code)s; or decide it once: sdgcities unit alias add.", code=example)
        if len({unit.level for unit in units}) > 1:
            return msg(
                "Say the level, or the place it lies in (in a profile: level and within), or write the code, such as %(code)s; "
                "or decide it once: sdgcities unit alias add.",
                code=example,
            )
        return msg(
            "Say the place it lies in (in a profile: within), or write the code, such as %(code)s; or decide it once: sdgcities unit alias add.", code=example
        )

    def _close(self, close: Sequence[Unit]) -> Message:
        if not close:
            return msg("Look it up: sdgcities unit find TEXT.")
        return msg("Close names: %(names)s. If one is meant: sdgcities unit alias add.", names=self.listed(close))


def _ended(unit: Unit) -> bool:
    return unit.valid_to is not None


def look_alike(text: str) -> Message | None:
    """What is wrong with the letters themselves, so that no reader sees why the text is unknown."""
    if not (sign := suspicious(text)):
        return None
    letter = chr(int(sign.split()[0].removeprefix("U+"), 16))
    name = unicodedata.name(letter, "").lower()
    return msg("Character %(place)s of it is not what it looks like: %(sign)s %(name)s.", place=text.index(letter) + 1, sign=sign, name=name)


def _plain(units: Sequence[Unit]) -> str:
    return ", ".join(f"{unit.name} ({unit.id})" for unit in units) or "-"


def _zeros(code: str, unit: Unit, *, in_profile: bool) -> Message:
    known = {"code": code, "name": unit.name, "digits": len(code)}
    if in_profile:
        return msg(
            "Did you mean %(code)s (%(name)s)? A spreadsheet takes zeros away; digits: %(digits)s with the column in the profile puts them back.", **known
        )
    return msg("Did you mean %(code)s (%(name)s)? A spreadsheet takes zeros away at the front: keep the column as text.", **known)
