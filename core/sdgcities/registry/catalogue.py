"""What a hub's plugins know of each of its countries: places with the hub's own aliases, indicators, dimensions."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cached_property

from sdgcities.errors import refuse
from sdgcities.findings import msg, nmsg
from sdgcities.hub.hub import Hub
from sdgcities.i18n.folding import fold, suggest
from sdgcities.model.hub import Role
from sdgcities.model.places import Unit, UnitName
from sdgcities.model.plugins import Level
from sdgcities.model.statistics import Dimension, Indicator, Tag
from sdgcities.registry.aliases import record_alias
from sdgcities.registry.name_scopes import need_known
from sdgcities.registry.people import Acting
from sdgcities.registry.places import Places
from sdgcities.registry.recorded import Recorded, read_recorded


class Catalogue:
    """The reference data of a hub, by country; read once."""

    def __init__(self, hub: Hub) -> None:
        self.hub = hub

    @cached_property
    def places(self) -> Mapping[str, Places]:
        """The places of each country, as the plugins give them and with what the hub itself recorded."""
        with self.hub.database.reading() as connection:
            recorded = read_recorded(connection)
        return {country: self._country(country, recorded) for country in self.hub.config.countries}

    def reread(self) -> None:
        """Forget the places: the hub recorded something of them."""
        self.__dict__.pop("places", None)

    @cached_property
    def indicators(self) -> Mapping[str, Mapping[str, Indicator]]:
        """The indicators of each country, by code."""
        return {country: self.hub.plugins.indicators(country) for country in self.hub.config.countries}

    @cached_property
    def dimensions(self) -> Mapping[str, Dimension]:
        """The dimensions of disaggregation, by id."""
        return self.hub.plugins.dimensions()

    @cached_property
    def tags(self) -> Mapping[str, Tag]:
        """The tags that indicators carry, by id."""
        return self.hub.plugins.tags()

    def tag(self, wanted: str) -> Tag:
        """The tag with this id. Refused with those there are."""
        if wanted not in self.tags:
            names = ", ".join(sorted(self.tags)) or "-"
            raise refuse("tag.unknown", msg("There is no tag %(tag)s.", tag=wanted), msg("Tags of this hub: %(names)s.", names=names))
        return self.tags[wanted]

    def tagged(self, indicator: Indicator) -> list[Tag]:
        """The tags of an indicator, by id."""
        return [tag for _, tag in sorted(self.tags.items()) if tag.on(indicator)]

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
        """The unit with this code, or the one that goes by this name: one that stands, else one that ended.

        Of several the one that can join: a city often shares its name with its district or with the parish at its seat.
        """
        named_so = [unit for places in self.places.values() for unit in places.named(text)]
        standing = [unit for unit in named_so if unit.valid_to is None] or named_so
        joining = [unit for unit in standing if any(level.city and level.id == unit.level for level in self.levels(unit.country))]
        standing = joining if len(joining) == 1 else standing
        if len(standing) > 1:
            units = self.places[standing[0].country].explaining.listed(standing)
            told = nmsg(
                "“%(text)s” is the name of one unit: %(units)s.", "“%(text)s” is the name of %(n)s units: %(units)s.", len(standing), text=text, units=units
            )
            raise refuse("unit.ambiguous", told, msg("Use the code."))
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
        """Let a unit be found by another name, within the name's scope. Appended; it can be taken back."""
        acting.need(Role.OPERATOR)
        if not name.name.strip() or not reason.strip():
            raise refuse("alias.empty", msg("The name and the reason must not be empty."))
        need_known(self, unit.country, name)
        if others := self.places[unit.country].also_named(unit, name):
            named = ", ".join(f"{other.name} ({other.id})" for other in others)
            raise refuse(
                "alias.taken",
                msg("%(name)s is the name of %(units)s: it can't mean another unit too.", name=name.name, units=named),
                msg("Let it hold in some files only: --profile P, --source OFFICE, or --within PARENT in rows that write the parent."),
            )
        with self.hub.database.writing() as connection:
            record_alias(connection, unit, name, reason, acting)
        self.reread()

    def _country(self, country: str, recorded: Recorded) -> Places:
        units = dict(self.hub.plugins.units(country))
        units |= {code: recorded.applied(units[code]) for code in recorded.units if code in units}
        languages = [language for manifest in self.hub.plugins.manifests if country in manifest.countries for language in manifest.languages]
        return Places(units, self.levels(country), *self._folding(country), languages)

    def levels(self, country: str) -> tuple[Level, ...]:
        """The country's administrative levels, top first."""
        return tuple(level for manifest in self.hub.plugins.manifests if country in manifest.countries for level in manifest.levels)

    def level_name(self, unit: Unit) -> str:
        """What the country calls the unit's level."""
        return next((level.name for level in self.levels(unit.country) if level.id == unit.level), unit.level)

    def summing(self, country: str) -> frozenset[str]:
        """Ids of the import profiles that add rows up: the row on record is the first of those."""
        return frozenset(profile.id for profile in self.hub.profiles.of(country).values() if profile.aggregate)

    def _folding(self, country: str) -> tuple[Callable[[str], str], Callable[[Iterable[str]], None]]:
        """The country's way to fold a name, and to fold many ahead: that of its first language."""
        plugins = self.hub.plugins
        language = next((language for manifest in plugins.manifests if country in manifest.countries for language in manifest.languages), "")
        return lambda text: plugins.fold_name(text, language) or fold(text), lambda texts: plugins.fold_ahead(texts, language)
