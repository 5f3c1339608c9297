"""Which figures of a city are left out of its editions: small counts of people, and all that would tell them, here or beside an edition."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from sqlalchemy import Connection

from sdgcities.exchange.tidy import written
from sdgcities.methods.shares import PER, Share, tell
from sdgcities.methods.sums import Place, sums_of
from sdgcities.methods.suppression import Hiding, Unclear, Whole
from sdgcities.model.statistics import read_dimensions
from sdgcities.registry.figures import Observed, observed
from sdgcities.registry.publications import batches_of, editions, hidden_in

PEOPLE = frozenset(("persons", "households"))
"""Units of measure in which people are counted."""
Places = frozenset[Place]
_Counts = Mapping[str, Mapping[Place, Decimal]]
"""By indicator the figures that have a value, by period and disaggregation."""
_Cell = tuple[str, Place]
"""A figure of one of several cities."""


@dataclass(frozen=True, slots=True)
class Before:
    """What earlier editions of a city left out, by indicator, and what they told as it stands today."""

    hidden: Mapping[str, Collection[Place]] = field(default_factory=dict)
    told: Mapping[str, Collection[Place]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Hidden:
    """What is left out of an indicator, and what of it follows all the same from what was told before."""

    places: Places = frozenset()
    in_vain: Places = frozenset()


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What else is known of a city's people: the editions of it and of related cities, by city, and which cities may make up which."""

    city: str
    before: Mapping[str, Before]
    made_up: Sequence[Whole[str]] = ()


def surroundings(connection: Connection, city: str, made_up: Sequence[Whole[str]]) -> Surroundings:
    """Of a city, with the related ones."""
    return Surroundings(city, {one: before(connection, one) for one in {city, *(key for whole in made_up for key in whole.members)}}, made_up)


def before(connection: Connection, city: str) -> Before:
    """What the editions on record left out and told: what was left out stays out, for the difference would tell it."""
    hidden: dict[str, set[Place]] = defaultdict(set)
    told: dict[str, set[Place]] = defaultdict(set)
    now, left, newest = _values(connection, city, None), hidden_in(connection, city), batches_of(connection, city)
    for edition in editions(connection, [city])[city]:
        then = _values(connection, city, newest[edition.number])
        for code in edition.indicators:
            out = places(left[edition.number].get(code, ()))
            hidden[code] |= out
            told[code] |= {place for place, value in then.get(code, {}).items() if place not in out and now.get(code, {}).get(place) == value}
    return Before(hidden, told)


def places(spelled: Collection[str]) -> Places:
    """Out of `period dimensions`, as they are kept."""
    return frozenset((period, dims) for period, _, dims in (one.partition(" ") for one in spelled))


def _values(connection: Connection, city: str, upto: int | None) -> dict[str, dict[Place, str | None]]:
    found: dict[str, dict[Place, str | None]] = defaultdict(dict)
    for one in observed(connection, [city], upto=upto):
        found[one.indicator][_place(one)] = one.value
    return found


def hidden_of(figures: Mapping[str, Sequence[Observed]], units: Mapping[str, str], around: Surroundings, threshold: int) -> dict[str, Hidden]:
    """What is left out of each indicator of a city. `figures` are those of related cities as well."""
    own = {code: [one for one in ones if one.unit == around.city] for code, ones in figures.items()}
    values: _Counts = {code: {_place(one): Decimal(one.value) for one in ones if one.value} for code, ones in own.items()}
    counts = {code: found for code, found in values.items() if units[code] in PEOPLE}
    hidden = {code: _small({(one.unit, _place(one)): Decimal(one.value) for one in figures[code] if one.value}, around, code, threshold) for code in counts}
    for code in values.keys() - counts.keys():
        if per := PER.get(units[code]):
            again = frozenset(around.before[around.city].hidden.get(code, ())) & values[code].keys()
            telling = {place for place, share in values[code].items() if tell(_readings(place, share, per, counts, hidden), threshold)}
            hidden[code] = Hidden(again | telling)
    return hidden


def _small(counts: Mapping[_Cell, Decimal], around: Surroundings, code: str, threshold: int) -> Hidden:
    """The counts of one indicator that may not be told of the city."""
    told = frozenset((city, place) for city, one in around.before.items() for place in one.hidden.get(code, ()))
    known = frozenset((city, place) for city, one in around.before.items() for place in one.told.get(code, ()))
    hiding = Hiding(counts, _sums(counts, around.made_up), threshold, told, known=known)
    of_city = frozenset(place for city, place in hiding.run() if city == around.city)
    return Hidden(of_city, frozenset(place for city, place in hiding.in_vain if city == around.city))


def _sums(counts: Mapping[_Cell, Decimal], made_up: Sequence[Whole[str]]) -> Iterator[Whole[_Cell] | Unclear[_Cell]]:
    """The sums within each city, and of cities that lie in one."""
    by_city: dict[str, dict[Place, Decimal]] = defaultdict(dict)
    for (city, place), count in counts.items():
        by_city[city][place] = count
    for city, found in sorted(by_city.items()):
        for one in sums_of(found):
            if isinstance(one, Whole):
                yield Whole((city, one.whole), tuple((city, part) for part in one.parts))
            else:
                yield Unclear(frozenset((city, member) for member in one.members))
    for of in made_up:
        for place in sorted(by_city.get(of.whole, ())):
            if parts := tuple((part, place) for part in of.parts if (part, place) in counts):
                yield Whole((of.whole, place), parts)


def _readings(place: Place, value: Decimal, per: int, counts: _Counts, hidden: Mapping[str, Hidden]) -> Iterator[tuple[Share, bool]]:
    """The pairs of a hidden count and a published one that a share may be made of, and whether the part is what is hidden."""
    for (of_part, part), (of_whole, whole) in _pairs(place, counts):
        unknown = part in hidden[of_part].places
        if unknown != (whole in hidden[of_whole].places):
            yield Share(value, per, counts[of_part][part], counts[of_whole][whole]), unknown


def _pairs(place: Place, counts: _Counts) -> Iterator[tuple[tuple[str, Place], tuple[str, Place]]]:
    """Counts of the same people by two indicators; and of one indicator those of a group and of what it is a group of, where the share is of either."""
    here = [code for code in counts if place in counts[code]]
    yield from (((one, place), (other, place)) for one in here for other in here if one != other)
    period, codes = place[0], read_dimensions(place[1]).items()
    for code in here:
        for other in counts[code]:
            if other[0] == period and other != place:
                theirs = read_dimensions(other[1]).items()
                if theirs < codes:
                    yield (code, place), (code, other)
                elif codes < theirs:
                    yield (code, other), (code, place)


def _place(one: Observed) -> Place:
    return written(one.start, one.end, one.freq), one.dims
