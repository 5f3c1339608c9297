"""A city's new name, recorded by the hub: officially or in one language, from a day on. The old name stays known."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Connection, insert, select

from sdgcities.errors import refuse
from sdgcities.findings import msg
from sdgcities.i18n.languages import language_chain
from sdgcities.model.hub import Role
from sdgcities.model.places import NameScope, Unit, UnitName
from sdgcities.registry.catalogue import Catalogue
from sdgcities.registry.people import Acting
from sdgcities.registry.recorded import NewName
from sdgcities.registry.stages import needed
from sdgcities.store import audit
from sdgcities.store.tables import unit_alias

LONGEST_NAME = 200


def rename(catalogue: Catalogue, unit: Unit, new: NewName, reason: str, acting: Acting) -> Unit:
    """Record a new name; the unit as it is called now. Refused where another unit goes by it at the same time."""
    acting.need(Role.OPERATOR)
    reason = needed(reason)
    _check(catalogue, unit, new)
    at = audit.now()
    row = {"scope": NameScope.PLUGIN.value, "scope_id": "", "name": new.name, "unit": unit.id, "language": new.language, "since": new.since.isoformat()}
    row |= {"former": new.former, "reason": reason}
    with catalogue.hub.database.writing() as connection:
        _need_new(connection, row)
        connection.execute(insert(unit_alias).values(**row, at=at, actor=acting.id))
        audit.record(connection, at, acting.id, "city.rename", unit.id, row)
    catalogue.reread()
    return catalogue.unit(unit.id)


def new_name(catalogue: Catalogue, unit: Unit, name: str, language: str, since: date) -> NewName:
    """A new name with the one it takes the place of. The language is one of the hub's or of the country's plugins; none: the official name."""
    code = language_chain(language)[0] if language else ""
    offered = {
        *catalogue.hub.config.languages,
        *(one for manifest in catalogue.hub.plugins.manifests if unit.country in manifest.countries for one in manifest.languages),
    }
    if code not in ("", *offered) or code.lower() != language.replace("-", "_").lower():
        listed = ", ".join(sorted(offered))
        raise refuse("city.language", msg("%(language)s is no language of this hub.", language=language), msg("Languages: %(languages)s.", languages=listed))
    former = unit.name if not code else next((one.name for one in unit.names if one.language == code and one.until is None), "")
    return NewName(" ".join(name.split()), code, since, former)


def _check(catalogue: Catalogue, unit: Unit, new: NewName) -> None:
    if not new.name or not new.name.isprintable() or len(new.name) > LONGEST_NAME:
        problem = msg("A name has 1 to %(n)s letters and no control characters.", n=LONGEST_NAME)
        raise refuse("city.name", problem, msg("Write it as it is printed."))
    if new.name == new.former:
        raise refuse(
            "city.name-known",
            msg("%(name)s (%(code)s) is called so already.", name=unit.name, code=unit.id),
            msg("Its names: sdgcities unit show %(code)s.", code=unit.id),
        )
    if new.since.isoformat() > audit.now()[:10]:
        raise refuse("city.name-day", msg("%(date)s is still to come.", date=new.since), msg("Record the name when it holds."))
    own = {name.name for name in catalogue.hub.plugins.units(unit.country)[unit.id].names}  # a slip is taken back by the name the plugin has
    if new.name not in own and (others := catalogue.places[unit.country].also_named(unit, UnitName(new.name))):
        named = ", ".join(f"{other.name} ({other.id})" for other in others)
        raise refuse(
            "city.name-taken",
            msg("%(name)s is the name of %(units)s: in a file it could mean either.", name=new.name, units=named),
            msg('Record it with what tells them apart, such as "%(name)s (%(code)s)".', name=new.name, code=unit.id),
        )


def _need_new(connection: Connection, row: dict[str, str]) -> None:
    same = [unit_alias.c[key] == row[key] for key in ("unit", "name", "language", "since")]
    if connection.execute(select(unit_alias.c.id).where(*same)).first():
        raise refuse(
            "city.name-known",
            msg("%(name)s is recorded from that day already.", name=row["name"]),
            msg("Its names: sdgcities unit show %(code)s.", code=row["unit"]),
        )
