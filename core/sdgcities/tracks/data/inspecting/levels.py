"""A column that tells the level of each row's unit."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sdgcities.registry.places import Sought, Unresolved
from sdgcities.tracks.data.inspecting.cells import Row, is_figure
from sdgcities.tracks.data.inspecting.known import Known
from sdgcities.tracks.data.inspecting.words import plain

_MOST_VALUES = 12
_CLEAR = 0.8


@dataclass(frozen=True, slots=True)
class LevelsColumn:
    """Each spelling of the column with the level at which the names beside it are found, and how many of them; an empty level where none fits."""

    place: int
    values: Mapping[str, str]
    found: frozenset[str]
    """The names that mean one unit at the level beside them, in every row."""
    shares: Mapping[str, tuple[int, int]]


def levels_column(known: Known, rows: Sequence[Row], unit_place: int, places: Sequence[int], day: date) -> LevelsColumn | None:
    """The column among `places` of which each text goes with names of one level; None where there is none, or where it says nothing."""
    for place in places:
        beside: dict[str, set[str]] = defaultdict(set)
        for _, cells in rows:
            if cells[place] and cells[unit_place]:
                beside[cells[place]].add(cells[unit_place])
        if not beside or len(beside) > _MOST_VALUES or any(is_figure(text) for text in beside):
            continue
        found = {text: _level(known, text, names, day) for text, names in beside.items()}
        levels = {text: level for text, (level, _, _) in found.items()}
        different = len(set(levels.values())) == len(levels) and all(levels.values())
        if different and (len(levels) > 1 or _is_named(known, *next(iter(levels.items())))):
            lost = {name for text, names in beside.items() for name in names if not _found(known, name, levels[text], day)}
            shares = {text: (count, of) for text, (_, count, of) in found.items()}
            return LevelsColumn(place, levels, frozenset().union(*beside.values()) - lost, shares)
    return None


def _level(known: Known, text: str, names: set[str], day: date) -> tuple[str, int, int]:
    """The level at which most of the names are found; of several the one that stands and whose name is nearest to the text."""
    counts = {level: sum(_found(known, name, level, day) for name in names) for level in known.level_order}
    best = max(counts.values(), default=0)
    if best < _CLEAR * len(names):
        return "", best, len(names)
    equal = [level for level, count in counts.items() if count == best]
    return min(equal, key=lambda level: (not _is_named(known, text, level), known.level_order[level])), best, len(names)


def _found(known: Known, name: str, level: str, day: date) -> bool:
    return not isinstance(known.places.resolve(Sought(name, level=level), day, day), Unresolved)


def _is_named(known: Known, text: str, level: str) -> bool:
    """Whether a text is the name of a level, in whatever language."""
    names = [item.name for item in known.places.levels if item.id == level]
    return plain(text) in {plain(word) for name in (*names, level) for word in known.spoken(name)}
