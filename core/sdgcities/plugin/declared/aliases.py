"""aliases.csv: names that hold in one source or one profile only."""

from __future__ import annotations

from collections.abc import Mapping

from sdgcities.findings import msg
from sdgcities.model.places import NameScope, Unit, UnitName
from sdgcities.model.plugins import Manifest
from sdgcities.plugin.declared.problems import Problems, nearest, not_among, read_table

COLUMNS = ("scope", "scope_id", "name", "within", "unit", "reason")


def read_aliases(manifest: Manifest, units: Mapping[str, Unit]) -> dict[str, tuple[UnitName, ...]]:
    """Further names by unit id. Raises Refused with row numbers."""
    file = manifest.path("aliases")
    names: dict[str, tuple[UnitName, ...]] = {}
    if file is None:
        return names
    problems = Problems(file)
    for number, cells in read_table(file, COLUMNS, COLUMNS):
        unit, scope = cells["unit"], cells["scope"]
        if unit not in units:
            near = "" if problems.full else nearest(unit, units, 0.8)
            problems.row(number, "unit", msg("There is no unit %(id)s.", id=unit or "''"), msg("Did you mean %(name)s?", name=near) if near else None)
        if scope not in set(NameScope):
            problems.row(number, "scope", not_among(scope, NameScope))
        elif bool(cells["scope_id"]) != (scope != NameScope.PLUGIN):
            problems.row(number, "scope_id", msg("Scopes source and profile name the office or the profile; scope plugin names nothing."))
        else:
            alias = UnitName(cells["name"], "", NameScope(scope), cells["scope_id"], cells["within"])
            names[unit] = (*names.get(unit, ()), alias)
        for column in ("name", "reason"):
            if not cells[column]:
                problems.row(number, column, msg("The %(column)s is missing.", column=column))
    problems.settle()
    return names
