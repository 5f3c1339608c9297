"""What a plugin may answer beyond the right types: for its own countries only, and in values that hold together."""

from __future__ import annotations

from sdgcities.errors import Refused, refuse
from sdgcities.findings import NOWHERE, msg
from sdgcities.intake.geojson import check_rings
from sdgcities.model.instruments import Form
from sdgcities.model.milestones import Adaptation
from sdgcities.model.places import Unit, UnitBoundary
from sdgcities.model.plugins import Manifest
from sdgcities.plugin.form_schema import check_schema


def check_country(manifest: Manifest, hook: str, item: object, country: str) -> None:
    """Raises Refused where a plugin speaks of a country it doesn't declare, or of another than it was asked about."""
    claimed = getattr(item, "country", country)
    if claimed is None and not manifest.countries:
        return
    if claimed != country or not manifest.serves(country):
        declared = ", ".join(manifest.countries)
        problem = msg("%(hook)s: asked about %(asked)s, it answers for %(claimed)s.", hook=hook, asked=country, claimed=claimed or msg("every country"))
        hint = msg("Answer for the country that is asked about; plugin.yaml declares %(declared)s.", declared=declared)
        raise refuse("plugin.country", problem, hint)


def check_values(manifest: Manifest, item: object) -> None:
    """Holds an answer of foreign Python against what the readers of files check. Raises Refused."""
    match item:
        case Unit():
            _check_unit(manifest, item)
        case UnitBoundary():
            check_rings(item.polygons, NOWHERE)
        case Form() if findings := list(check_schema(item.schema, item.answers, lambda _: NOWHERE)):
            raise Refused(findings)
        case Adaptation() if item.plugin != manifest.name:
            problem = msg("An adaptation is signed %(plugin)s.", plugin=item.plugin)
            raise refuse("plugin.values", problem, msg("Sign it with the plugin's name, %(name)s.", name=manifest.name))


def _check_unit(manifest: Manifest, unit: Unit) -> None:
    if not unit.id or not unit.names:
        raise refuse("plugin.values", msg("The unit %(id)s has no name, or no id.", id=unit.id or "''"), msg("Give every unit an id and its official name."))
    if unit.level not in {"country", *(level.id for level in manifest.levels)}:
        problem = msg("The unit %(id)s is of the level %(level)s, which plugin.yaml does not have.", id=unit.id, level=unit.level)
        raise refuse("plugin.values", problem, msg("Add it to levels, the top one first."))
