"""Cities of the hub that count the same people: one lies in another, which publishes as well."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from sdgcities.methods.suppression import Whole
from sdgcities.model.places import Unit
from sdgcities.registry.catalogue import Catalogue
from sdgcities.registry.cities import cities


def related(catalogue: Catalogue, city: Unit) -> list[Whole[str]]:
    """Cities with those that may make them up, level by level: all that a city is in, and all that these are in. Whether they do, the figures say."""
    known = [one.unit for one in cities(catalogue) if one.unit.country == city.country]
    places = catalogue.places[city.country]
    above = {unit.id: [one.id for one in places.ancestors(unit)] for unit in known}
    found = [one for unit in known for one in _made_up(unit, known, above)]
    reached: set[str] = {city.id}
    while more := {key for one in found if not reached.isdisjoint(one.members) for key in one.members} - reached:
        reached |= more
    return [one for one in found if one.whole in reached]


def _made_up(unit: Unit, known: Sequence[Unit], above: dict[str, list[str]]) -> list[Whole[str]]:
    """A city recorded beside the districts in which others lie, such as that of a whole province, is taken to hold them."""
    levels: dict[str, list[str]] = defaultdict(list)
    for one in known:
        if unit.id in above[one.id] or unit.parent in above[one.id][1:]:
            levels[one.level].append(one.id)
    return [Whole(unit.id, tuple(sorted(parts))) for _, parts in sorted(levels.items())]
