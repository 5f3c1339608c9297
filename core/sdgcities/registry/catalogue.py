"""What a hub's plugins know of each of its countries: places with the hub's own aliases, indicators, dimensions."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cached_property

from sqlalchemy import Connection, insert, select

from sdgcities.errors import refuse
from sdgcities.findings import msg, nmsg
from sdgcities.hub.hub import Hub
from sdgcities.i18n.folding import fold, suggest
from sdgcities.model.hub import Role
from sdgcities.model.places import Level, NameScope, Unit, UnitName
from sdgcities.model.statistics import Dimension, Indicator
from sdgcities.registry.people import Acting
from sdgcities.registry.places import Places
from sdgcities.store import audit
from sdgcities.store.tables import unit_alias


class Catalogue:
    """The reference data of a hub, by country; read once."""

    def __init__(self, hub: Hub) -> None:
        self.hub = hub

    @cached_property
    def places(self) -> Mapping[str, Places]:
        """The places of each country, the hub's own aliases among their names."""
        with self.hub.database.reading() as connection:
            aliases = _aliases(connection)
        return {country: self._country(country, aliases) for country in self.hub.config.countries}

    @cached_property
    def indicators(self) -> Mapping[str, Mapping[str, Indicator]]:
        """The indicators of each country, by code."""
        return {country: self.hub.plugins.indicators(country) for country in self.hub.config.countries}

    @cached_property
    def dimensions(self) -> Mapping[str, Dimension]:
        """The dimensions of disaggregation, by id."""
        return self.hub.plugins.dimensions()

    def unit(self, code: str) -> Unit:
        """The unit with this id, or else with this code in any system. Refused where there is none or several."""
        for places in self.places.values():
            if code in places.units:
                return places.units[code]
        found = [unit for places in self.places.values() for unit in places.units.values() if code in unit.codes.values()]
        standing = [unit for unit in found if unit.valid_to is None] or found
        if len(standing) == 1:
            return standing[0]
        if standing:
            raise refuse(
                "unit.ambiguous", msg("%(code)s is the code of several units.", code=code), msg("Use the id: sdgcities unit find %(code)s.", code=code)
            )
        raise refuse("unit.unknown", msg("There is no unit %(code)s.", code=code), msg("Look it up by name: sdgcities unit find TEXT."))

    def place(self, text: str) -> Unit:
        """The unit with this code, or the one standing unit that goes by this name."""
        standing = [unit for places in self.places.values() for unit in places.named(text) if unit.valid_to is None]
        if len(standing) > 1:
            named = ", ".join(f"{unit.name} ({unit.id})" for unit in standing[:8])
            raise refuse(
                "unit.ambiguous",
                nmsg("%(text)s is the name of one unit.", "%(text)s is the name of %(n)s units: %(units)s.", len(standing), text=text, units=named),
                msg("Use the code."),
            )
        return standing[0] if standing else self.unit(text)

    def indicator(self, code: str) -> Indicator:
        """The indicator with this code. Refused with close codes where there is none."""
        known = {item.code: item for items in self.indicators.values() for item in items.values()}
        if code in known:
            return known[code]
        close = ", ".join(suggest(code, list(known))) or "sdgcities indicator list"
        raise refuse("indicator.unknown", msg("There is no indicator %(code)s.", code=code), msg("Look at: %(close)s.", close=close))

    def search(self, text: str) -> list[Unit]:
        """Units by name or code in all of the hub's countries."""
        return [unit for places in self.places.values() for unit in places.search(text)]

    def add_alias(self, unit: Unit, name: UnitName, reason: str, acting: Acting) -> None:
        """Let a unit be found by another name, within the name's scope. Appended; a name stays once it was used."""
        acting.need(Role.OPERATOR)
        if not name.name.strip() or not reason.strip():
            raise refuse("alias.empty", msg("The name and the reason must not be empty."))
        if name.scope is NameScope.PROFILE and name.scope_id not in (known := self.hub.plugins.profiles(unit.country)):
            names = ", ".join(sorted(known)) or "-"
            raise refuse("alias.profile", msg("There is no profile %(profile)s.", profile=name.scope_id), msg("Profiles: %(names)s.", names=names))
        if others := self.places[unit.country].also_named(unit, name):
            named = ", ".join(f"{other.name} ({other.id})" for other in others)
            raise refuse(
                "alias.taken",
                msg("%(name)s is the name of %(units)s: it can't mean another unit too.", name=name.name, units=named),
                msg("Let it hold in some files only: --profile P or --source OFFICE."),
            )
        at = audit.now()
        row = {"scope": name.scope.value, "scope_id": name.scope_id, "name": name.name, "unit": unit.id, "reason": reason}
        with self.hub.database.writing() as connection:
            if (unit.id, name) in _aliases(connection):
                raise refuse("alias.known", msg("%(name)s is a name of %(unit)s already.", name=name.name, unit=unit.id))
            connection.execute(insert(unit_alias).values(**row, at=at, actor=acting.id))
            audit.record(connection, at, acting.id, "unit.alias", unit.id, row)

    def _country(self, country: str, aliases: list[tuple[str, UnitName]]) -> Places:
        units = dict(self.hub.plugins.units(country))
        for unit_id, name in aliases:
            if unit_id in units:
                units[unit_id] = replace(units[unit_id], names=(*units[unit_id].names, name))
        return Places(units, self.levels(country), self._folding(country))

    def levels(self, country: str) -> tuple[Level, ...]:
        """The country's administrative levels, top first."""
        return tuple(level for manifest in self.hub.plugins.manifests if country in manifest.countries for level in manifest.levels)

    def summing(self, country: str) -> frozenset[str]:
        """Ids of the import profiles that add rows up: the row on record is the first of those."""
        return frozenset(profile.id for profile in self.hub.plugins.profiles(country).values() if profile.aggregate)

    def _folding(self, country: str) -> Callable[[str], str]:
        languages = [language for manifest in self.hub.plugins.manifests if country in manifest.countries for language in manifest.languages]

        def folded(text: str) -> str:
            return (self.hub.plugins.fold_name(text, languages[0]) if languages else None) or fold(text)

        return folded


def _aliases(connection: Connection) -> list[tuple[str, UnitName]]:
    rows = connection.execute(select(unit_alias).order_by(unit_alias.c.id)).all()
    return [(row.unit, UnitName(row.name, "", NameScope(row.scope), row.scope_id)) for row in rows]
