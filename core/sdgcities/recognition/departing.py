"""A city leaves, or becomes part of another. Its records stay its own; what waits for a decision is decided first."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from sqlalchemy import Connection

from sdgcities.errors import Refused, refuse
from sdgcities.findings import msg
from sdgcities.model.hub import GONE, CityStage, Role
from sdgcities.model.places import Unit
from sdgcities.recognition.claims import waiting
from sdgcities.registry.catalogue import Catalogue
from sdgcities.registry.cities import City
from sdgcities.registry.figures import current
from sdgcities.registry.people import Acting
from sdgcities.registry.stages import Move, closed, enter, move, needed, stage_of
from sdgcities.store import audit


def leave(catalogue: Catalogue, city: City, reason: str, acting: Acting) -> None:
    """The city takes part no more. It can come back by joining."""
    acting.need(Role.OPERATOR)
    reason = needed(reason)
    with catalogue.hub.database.writing() as connection:
        if stage_of(connection, city.unit.id) in GONE:
            raise closed(connection, city)
        _need_decided(connection, city)
        move(connection, "city.leave", Move(city.unit.id, CityStage.LEFT, reason), acting)


def merge(catalogue: Catalogue, city: City, into: Unit, until: date | None, reason: str, acting: Acting) -> date:
    """The city becomes part of another, which joins by it where it is new to the hub; the last day on which it stood by itself.

    Nothing is copied: claims, forms, documents and figures stay under the city they were made for.
    """
    acting.need(Role.OPERATOR)
    reason = needed(reason)
    if city.stage is not CityStage.MERGED:  # one that is has the end that was recorded
        until = _last_day(catalogue, city.unit, into, until)
    with catalogue.hub.database.writing() as connection:
        if until is None or stage_of(connection, city.unit.id) is CityStage.MERGED:
            raise closed(connection, city)
        if (there := stage_of(connection, into.id)) is CityStage.MERGED:
            ended = msg("%(name)s (%(code)s) became part of another city itself.", name=into.name, code=into.id)
            raise refuse("city.merge-merged", ended, msg("Name that one: sdgcities city show %(code)s.", code=into.id))
        _need_decided(connection, city)
        _need_no_figure_after(connection, city, until)
        if there is None:
            enter(connection, Move(into.id, CityStage.JOINING, reason), acting)
        move(connection, "city.merge", Move(city.unit.id, CityStage.MERGED, reason, into.id, until), acting)
    catalogue.reread()
    return until


def _need_decided(connection: Connection, city: City) -> None:
    """A claim that waits is decided while the city can still answer."""
    if numbers := waiting(connection, city.unit.id):
        name, code = city.unit.name, city.unit.id
        listed = ", ".join(map(str, numbers))
        problem = msg("%(name)s (%(code)s) has claims that wait for a decision: %(claims)s.", name=name, code=code, claims=listed)
        hint = msg('A reviewer decides first: sdgcities --actor ID milestone review %(n)s --approve, --return or --reject, --reason "...".', n=numbers[0])
        raise refuse("city.claims-wait", problem, hint)


def _need_no_figure_after(connection: Connection, city: City, until: date) -> None:
    """A place that has figures of later years stood longer, unless its plugin knows better."""
    if city.unit.valid_to:
        return
    later = [figure.period for figure in current(connection, [city.unit.id]) if figure.period.start > until]
    if later:
        params = {"name": city.unit.name, "code": city.unit.id, "date": until, "period": str(max(later, key=lambda period: period.end))}
        problem = msg("%(name)s (%(code)s) has figures of days after %(date)s, up to %(period)s.", **params)
        raise refuse("city.merge-day", problem, msg("See the day; figures that are wrong are taken back: sdgcities data revert BATCH."))


def _last_day(catalogue: Catalogue, unit: Unit, into: Unit, until: date | None) -> date:
    """The day the plugin gives, or else the one that was named. Refused where the merger contradicts what is known of the two units."""
    name = {"name": unit.name, "code": unit.id}
    if unit.id == into.id or unit.country != into.country:
        problem = msg("%(name)s (%(code)s) can only become part of another city of its country.", **name)
        raise refuse("city.merge-into", problem, msg("Name it: --into CITY."))
    after = {one.id for one in _successors(catalogue, unit)}
    if after and into.id not in after:
        listed = ", ".join(f"{catalogue.unit(code).name} ({code})" for code in unit.successors)
        problem = msg("%(name)s (%(code)s) did not pass into %(into)s.", into=f"{into.name} ({into.id})", **name)
        raise refuse("city.merge-successor", problem, msg("It passed into: %(units)s.", units=listed))
    if unit.valid_to and until not in (None, unit.valid_to):
        raise refuse(
            "city.merge-day", msg("%(name)s (%(code)s) ended on %(date)s.", date=unit.valid_to, **name), msg("Leave out --until: the plugin knows the day.")
        )
    day = unit.valid_to or until
    if day is None:
        problem = msg("When %(name)s (%(code)s) ended is not known here.", **name)
        raise refuse("city.merge-day", problem, msg("Add the last day on which it stood by itself: --until 2024-12-31."))
    if fault := _impossible(unit, into, day):
        raise fault
    return day


def _impossible(unit: Unit, into: Unit, day: date) -> Refused | None:
    """A last day that is still to come, lies before the unit began, or on which there was nothing that followed."""
    if day.isoformat() > audit.now()[:10]:
        return refuse("city.merge-day", msg("%(date)s is still to come.", date=day), msg("Record the merger when it has come about."))
    if unit.valid_from and day < unit.valid_from:
        return refuse("city.merge-day", msg("%(name)s (%(id)s) began on %(date)s only.", name=unit.name, id=unit.id, date=unit.valid_from))
    if into.valid_to:
        return refuse("city.ended", msg("%(name)s (%(id)s) ended on %(date)s.", name=into.name, id=into.id, date=into.valid_to))
    if into.valid_from and into.valid_from > day + timedelta(1) and not unit.successors:
        return refuse("city.merge-day", msg("%(name)s (%(id)s) began on %(date)s only.", name=into.name, id=into.id, date=into.valid_from))
    return None


def _successors(catalogue: Catalogue, unit: Unit) -> Iterator[Unit]:
    """What the unit passed into, and what that passed into."""
    for code in unit.successors:
        if code in (units := catalogue.places[unit.country].units):
            yield units[code]
            yield from _successors(catalogue, units[code])
