"""Which column holds the units, in which system of codes or by name, and at which level."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

from sdgcities.model.places import Unit
from sdgcities.registry.places import Sought, Unresolved
from sdgcities.tracks.data.inspecting.cells import Cell, distinct, is_figure
from sdgcities.tracks.data.inspecting.known import Known
from sdgcities.tracks.data.inspecting.words import plain, words

NAME = "name"
_Resolve = Callable[[str, str], tuple[bool, Unit | None]]
"""A text at a level (empty: at any): whether it is a name at all, and the one unit that it means."""
_TRIED = 80
"""Texts that are tried before a column that holds no names at all is given up."""
_FEW, _MOST, _CLEAR = 0.1, 0.6, 0.8
_LONG_CODE = 4
"""Characters from which on a code of digits can hardly be anything else."""


@dataclass(frozen=True, slots=True)
class UnitMatch:
    """A column held against the hub's places, in one system of codes or by name. Texts are counted once, however many rows have them."""

    place: int
    by: str
    matched: Mapping[str, Unit]
    """Text to unit."""
    ambiguous: tuple[Cell, ...] = ()
    unknown: tuple[Cell, ...] = ()
    totals: tuple[Cell, ...] = ()
    """Unknown texts that are words for a total."""
    level: str = ""
    """The one level of all that matched; empty where there are several."""
    levels: tuple[tuple[str, int], ...] = ()
    digits: int = 0
    """How many digits the codes have, where zeros at the front were lost."""
    systems: tuple[str, ...] = ()
    """The systems of codes that know the codes, in the order in which they are asked; `name` alone for names."""

    @property
    def texts(self) -> int:
        """How many different texts the column has."""
        return len(self.matched) + len(self.ambiguous) + len(self.unknown) + len(self.totals)

    @property
    def share(self) -> float:
        """The share of the texts that mean one unit."""
        return len(self.matched) / max(1, self.texts - len(self.totals))

    @property
    def clear(self) -> bool:
        """Whether the column can be taken for one of units at all: enough of it matches."""
        if self.by == NAME:
            return (len(self.matched) + len(self.ambiguous)) / max(1, self.texts - len(self.totals)) >= _MOST
        return self.share >= _CLEAR

    @property
    def telling(self) -> bool:
        """Whether its codes can hardly be numbers of something else: letters, or many digits."""
        return self.by == NAME or not all(is_figure(text) and len(text) < _LONG_CODE for text in self.matched)

    def joined(self, other: UnitMatch) -> UnitMatch:
        """With another system for the codes that are unknown in this one; as it is where that knows none of them."""
        more = {cell.text: other.matched[cell.text] for cell in self.unknown if cell.text in other.matched}
        if not more or self.digits or other.digits:
            return self
        matched = {**self.matched, **more}
        levels = Counter(unit.level for unit in matched.values()).most_common()
        unknown = tuple(cell for cell in self.unknown if cell.text not in more)
        level = levels[0][0] if len(levels) == 1 else ""
        return replace(self, matched=matched, unknown=unknown, level=level, levels=tuple(levels), systems=(*self.systems, other.by))


def matches_of(known: Known, place: int, cells: Sequence[Cell], day: date) -> list[UnitMatch]:
    """A column held against every system of codes and against the names, the best first; only what matches at all."""
    texts = distinct(cells)
    if not texts:
        return []
    found = [match for system in known.codes if (match := _by_codes(known, place, texts, system, day))]
    if not all(is_figure(text) for _, text in texts) and (named := by_name(known, place, texts, day)):
        found.append(named)
    return sorted(found, key=lambda match: (-round(match.share, 2), match.by == NAME, match.by == "id", match.by))


def _by_codes(known: Known, place: int, texts: Sequence[Cell], system: str, day: date) -> UnitMatch | None:
    codes = known.codes[system]
    lengths = {len(code) for code in codes if code.isdecimal()}
    digits = max(lengths, default=0)
    plain = sum(text in codes for _, text in texts)
    padded = sum(text.isdecimal() and text.zfill(digits) in codes for _, text in texts) if digits else 0
    lost = padded > plain and not any(text.startswith("0") for _, text in texts)
    if not max(plain, padded):
        return None
    matched, ambiguous, unknown = dict[str, Unit](), list[Cell](), list[Cell]()
    for cell in texts:
        code = cell.text.zfill(digits) if lost and cell.text.isdecimal() else cell.text
        units = _standing(codes.get(code, ()), day)
        if len(units) == 1:
            matched[cell.text] = units[0]
        else:
            (ambiguous if units else unknown).append(cell)
    return _match(place, system, matched, ambiguous, unknown, digits if lost else 0)


def _standing(units: Iterable[Unit], day: date) -> list[Unit]:
    listed = list(units)
    return [unit for unit in listed if unit.stood(day, day)] or listed


def by_name(known: Known, place: int, texts: Sequence[Cell], day: date, within: Mapping[str, Iterable[str]] | None = None) -> UnitMatch | None:
    """A column held against the names, at the one level that most of it is of, if there is one; None where hardly any text is a name.

    `within` has, for a text, the names of parents that stand beside it.
    """
    resolve = _resolver(known, day, within or {})
    head = texts[:_TRIED]
    if sum(resolve(cell.text, "")[0] for cell in head) < _FEW * len(head):
        return None
    plain = _named(place, texts, resolve, "")
    levels = Counter(unit.level for cell in texts for unit in known.places.named(cell.text))
    best = plain
    for level in [level for level, count in levels.items() if count > _FEW * len(texts)]:
        at_level = _named(place, texts, resolve, level)
        if len(at_level.matched) > len(best.matched) or (len(at_level.matched) == len(best.matched) and not best.level):
            best = at_level
    return best if best.matched or best.ambiguous else None


def _resolver(known: Known, day: date, within: Mapping[str, Iterable[str]]) -> _Resolve:
    @cache
    def resolve(text: str, level: str) -> tuple[bool, Unit | None]:
        if not known.places.named(text):  # most texts of most columns, and told without looking for what is near
            return False, None
        found: list[Unit] = []
        for parent in within.get(text, ("",)):
            unit = known.places.resolve(Sought(text, level=level, within=parent), day, day)
            if isinstance(unit, Unresolved):
                return unit.code == "unit.ambiguous", None
            found.append(unit)
        return True, found[0]

    return resolve


def _named(place: int, texts: Sequence[Cell], resolve: _Resolve, level: str) -> UnitMatch:
    matched, ambiguous, unknown = dict[str, Unit](), list[Cell](), list[Cell]()
    for cell in texts:
        known_at_all, unit = resolve(cell.text, level)
        if unit:
            matched[cell.text] = unit
        else:
            (ambiguous if known_at_all else unknown).append(cell)
    return _match(place, NAME, matched, ambiguous, unknown, 0)


def _match(place: int, by: str, matched: Mapping[str, Unit], ambiguous: Sequence[Cell], unknown: Sequence[Cell], digits: int) -> UnitMatch:
    levels = Counter(unit.level for unit in matched.values()).most_common()
    totals = [cell for cell in unknown if is_total(cell.text)]
    rest = [cell for cell in unknown if cell not in totals]
    level = levels[0][0] if len(levels) == 1 else ""
    return UnitMatch(place, by, matched, tuple(ambiguous), tuple(rest), tuple(totals), level, tuple(levels), digits, (by,))


def is_total(text: str) -> bool:
    """Whether a text is a word for the total."""
    return plain(text) in words().total
