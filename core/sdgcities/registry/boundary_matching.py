"""Whose boundaries a file holds: which of its properties is a code of units, in which system and of which level, found out by how many fit."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import islice

from sdgcities.errors import Refused, refuse
from sdgcities.findings import Message, Where, msg
from sdgcities.intake.geojson import Feature
from sdgcities.model.places import Unit
from sdgcities.registry.places import Places

NAME, ID = "name", "id"
"""How units are named beside their systems of codes: by name, and by the id that the plugin gives them."""
OWN_ID = "(id)"
"""The id that stands beside the properties of a feature."""
LEAST = 0.5
"""The share of a file's features that has to fit before a property is taken for a code."""
_MOST_PROPERTIES = 200


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the person says of the file: property, system of codes or `name`, level, and the day as of which the boundaries are."""

    prop: str = ""
    system: str = ""
    level: str = ""
    day: date | None = None


@dataclass(frozen=True, slots=True)
class Matched:
    """One way to read a file, with the units that each feature's number means by it; most have one."""

    prop: str
    system: str
    level: str
    units: Mapping[int, tuple[Unit, ...]]


def matched(features: Sequence[Feature], places: Places, wanted: Wanted, where: Where) -> Matched:
    """The way in which most features mean a unit. Refused where none fits, or two fit as well and mean other units."""
    ways = sorted(_ways(features, places, wanted), key=lambda way: -len(way.units))
    if not ways or len(ways[0].units) < LEAST * len(features):
        raise _none(features, places, wanted, where)
    best = [way for way in ways if len(way.units) == len(ways[0].units)]
    rivals = [way for way in best if way.units != best[0].units]
    if rivals:
        listed = "; ".join(f"--{_option(way)} {way.prop} --system {way.system} --level {way.level}" for way in (best[0], *rivals))
        told = msg("Which units the features mean depends on the property that is read.")
        raise refuse("boundary.several", told, msg("Say which is meant: %(ways)s.", ways=listed), where)
    return best[0]


def _ways(features: Sequence[Feature], places: Places, wanted: Wanted) -> Iterator[Matched]:
    names = dict.fromkeys(name for feature in features for name in feature.properties)
    props = [OWN_ID, *islice(names, _MOST_PROPERTIES)] if not wanted.prop else [wanted.prop]
    for system in _systems(places, wanted.system):
        known = _known(places, system) if system != NAME else {}
        for prop in props:
            by_level: dict[str, dict[int, tuple[Unit, ...]]] = defaultdict(dict)
            for feature in features:
                meant = places.named(_text(feature, prop)) if system == NAME else _coded(feature, prop, known)
                for level in {unit.level for unit in meant} if wanted.level == "" else {wanted.level}:
                    if standing := _standing([unit for unit in meant if unit.level == level], wanted.day):
                        by_level[level][feature.number] = standing
            yield from (Matched(prop, system, level, units) for level, units in by_level.items())


def _systems(places: Places, wanted: str) -> list[str]:
    return [wanted] if wanted else [ID, *dict.fromkeys(system for unit in places.units.values() for system in unit.codes)]


def _known(places: Places, system: str) -> Mapping[str, list[Unit]]:
    found: dict[str, list[Unit]] = defaultdict(list)
    for unit in places.units.values():
        if code := unit.id if system == ID else unit.codes.get(system, ""):
            found[code].append(unit)
    return found


def _coded(feature: Feature, prop: str, known: Mapping[str, list[Unit]]) -> Sequence[Unit]:
    """The units with this code. A number has lost the zeros in front of it: it is given as many digits as all codes of the system have."""
    text = _text(feature, prop)
    widths = {len(code) for code in known}
    if text not in known and not isinstance(feature.properties.get(prop, ""), str) and len(widths) == 1:
        text = text.zfill(widths.pop())
    return known.get(text, ())


def _text(feature: Feature, prop: str) -> str:
    value = feature.id if prop == OWN_ID else feature.properties.get(prop)
    if isinstance(value, float | Decimal) and value == int(value):
        value = int(value)
    return str(value).strip() if isinstance(value, str | int) and not isinstance(value, bool) else ""


def _standing(units: Sequence[Unit], day: date | None) -> tuple[Unit, ...]:
    """Those that stood on the day. Without one: those that stand; and where another had the name or code before and other borders, that too."""
    if day is not None:
        return tuple(unit for unit in units if unit.stood(day, day))
    return tuple(unit for unit in units if unit.valid_to is None or not unit.kept or len(units) == 1)


def _option(way: Matched) -> str:
    return NAME if way.system == NAME else "code"


def _none(features: Sequence[Feature], places: Places, wanted: Wanted, where: Where) -> Refused:
    """No property is a code of most features: what they have, and whether their names would do."""
    if wanted.system != NAME:
        by_name = max(_ways(features, places, Wanted(wanted.prop, NAME, wanted.level, wanted.day)), key=lambda way: len(way.units), default=None)
        if by_name and by_name.prop != OWN_ID and len(by_name.units) >= LEAST * len(features):
            counts: dict[str, object] = {"n": len(by_name.units), "all": len(features), "prop": by_name.prop}
            hint: Message = msg("%(n)s of %(all)s are names of units: add --name %(prop)s.", **counts)
            return refuse("boundary.code", msg("No property is a code of most of the features."), hint, where)
    names = ", ".join(dict.fromkeys(name for feature in features for name in feature.properties)) or "-"
    hint = msg("Name the property with the code or the name: --code or --name. The features have: %(names)s.", names=names)
    return refuse("boundary.code", msg("No property is a code or a name of most of the features."), hint, where)
