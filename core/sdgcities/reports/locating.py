"""Where a city lies: which outlines a locator map shows, and which of them is marked. Pure data; nothing of it compares cities."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sdgcities.model.places import Unit, UnitBoundary
from sdgcities.model.sources import Source, Status
from sdgcities.registry.places import Places


@dataclass(frozen=True, slots=True)
class Outline:
    """One unit of the map with its boundary."""

    unit: Unit
    boundary: UnitBoundary


@dataclass(frozen=True, slots=True)
class Location:
    """`marked` is the city, the nearest place it lies in that has a boundary, or what one of these was before.

    `of` is that place as it is today: the city itself or one of its ancestors; `former` says that `marked` is what it was before,
    with another boundary. `outlines` are the units around.
    """

    marked: tuple[Outline, ...]
    of: Unit
    former: bool
    outlines: tuple[Outline, ...]

    @property
    def origins(self) -> tuple[tuple[Source, Status, str], ...]:
        """Source, status and date of the boundaries on the map, each once."""
        every = (one.boundary for one in (*self.outlines, *self.marked))
        return tuple(dict.fromkeys((boundary.source, boundary.status, boundary.date) for boundary in every))


def locate(city: Unit, places: Places, boundaries: Mapping[str, UnitBoundary]) -> Location | None:
    """The city on a map of its country; None where neither it nor a place it lies in has a boundary."""
    for place in (city, *places.ancestors(city)):
        if place.id == city.country:
            return None
        for generation in _back_in_time(place, places):
            marked = [unit for unit in generation if unit.id in boundaries]
            if marked:
                # a unit that was followed by one with the same boundary gives that one its boundary
                shown = tuple(Outline(place if unit.kept else unit, boundaries[unit.id]) for unit in marked)
                beside = _outlines(marked, places, boundaries)
                return Location(shown, place, shown[0].unit.id != place.id, tuple(beside))
    return None


def _back_in_time(unit: Unit, places: Places) -> Iterator[tuple[Unit, ...]]:
    """The unit, then what it came out of, then what those came out of."""
    generation: tuple[Unit, ...] = (unit,)
    seen = {unit.id}
    while generation:
        yield generation
        before = dict.fromkeys(code for one in generation for code in places.predecessors.get(one.id, ()) if code not in seen)
        seen |= before.keys()
        generation = tuple(places.units[code] for code in before)


def _outlines(marked: Sequence[Unit], places: Places, boundaries: Mapping[str, UnitBoundary]) -> Iterator[Outline]:
    """The other units of the uppermost level that has boundaries, as of the last day of the marked ones.

    A unit of another time is shown only where there is no boundary of what it was or became on that day.
    """
    day = marked[0].valid_to or date.max
    drawn = {code: places.units[code] for code in boundaries if code != places.units[code].country}
    today = {code for code, unit in drawn.items() if unit.stood(day, day)}
    for code, unit in drawn.items():
        inside = any(above.id in drawn for above in places.ancestors(unit))
        if unit not in marked and not inside and (code in today or not today & _kin(unit, places)):
            yield Outline(unit, boundaries[code])


def _kin(unit: Unit, places: Places) -> set[str]:
    """What the unit was before, and what it passed into."""
    found = {before.id for before in places.formerly(unit)}
    todo = list(unit.successors)
    while todo:
        after = todo.pop()
        if after not in found and after in places.units:
            found.add(after)
            todo += places.units[after].successors
    return found
