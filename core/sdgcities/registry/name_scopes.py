"""The profiles and offices in whose files alone a name may hold: one that nobody knows is a slip, and the name would never hold."""

from __future__ import annotations

from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from sqlalchemy import select

from sdgcities.errors import refuse
from sdgcities.findings import msg
from sdgcities.i18n.folding import MAX_NAME, fold
from sdgcities.model.places import NameScope, UnitName
from sdgcities.store.tables import source

if TYPE_CHECKING:
    from sdgcities.registry.catalogue import Catalogue


def need_known(catalogue: Catalogue, country: str, name: UnitName) -> None:
    """Refuse a name that is to hold in the files of a profile or an office that neither the plugins nor the records know."""
    if name.scope is NameScope.PROFILE and name.scope_id not in (known := catalogue.hub.profiles.of(country)):
        names = ", ".join(sorted(known)) or "-"
        raise refuse("alias.profile", msg("There is no profile %(profile)s.", profile=name.scope_id), msg("Profiles: %(names)s.", names=names))
    if name.scope is NameScope.SOURCE and name.scope_id not in (offices := _offices(catalogue, country)):
        listed = "; ".join(sorted(offices, key=lambda office: (-_nearness(name.scope_id, office), office))) or "-"
        problem = msg("No plugin and no figure here names the office “%(office)s” as its source.", office=name.scope_id)
        raise refuse("alias.office", problem, msg("Offices, the nearest first: %(names)s.", names=listed))


def _offices(catalogue: Catalogue, country: str) -> set[str]:
    """Every office that the country's plugins and profiles name, and those from which the hub has figures."""
    given = {one.office for manifest in catalogue.hub.plugins.manifests if country in manifest.countries for one in manifest.sources.values()}
    with catalogue.hub.database.reading() as connection:
        recorded = connection.execute(select(source.c.office).distinct()).scalars()
        return {*given, *(profile.source.office for profile in catalogue.hub.profiles.of(country).values()), *recorded}


def _nearness(text: str, office: str) -> float:
    """How much an office is like what was typed, from 0 to 2: one whose initials or words were typed is the nearest."""
    wanted, words = fold(text[:MAX_NAME]), fold(office[:MAX_NAME]).split()
    short = {"".join(word[0] for word in words), *words}
    return SequenceMatcher(None, wanted, " ".join(words), autojunk=False).ratio() + (wanted in short)
