"""By which dimensions the figures of a city are split."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, exists, select

from sdgcities.model.statistics import read_dimensions
from sdgcities.registry.figures import SQL_VARIABLES, stands
from sdgcities.store.tables import observation, series


def splits_of(connection: Connection, units: Sequence[str]) -> dict[str, dict[str, set[str]]]:
    """Of each unit the dimensions by which an indicator has values today; one query for many units."""
    found: dict[str, dict[str, set[str]]] = {unit: {} for unit in units}
    valued = exists().where(observation.c.series == series.c.id, observation.c.value.is_not(None), stands())
    for start in range(0, len(units), SQL_VARIABLES):
        here = series.c.unit.in_(units[start : start + SQL_VARIABLES])
        for unit, indicator, dims in connection.execute(select(series.c.unit, series.c.indicator, series.c.dims).where(here, series.c.dims != "", valued)):
            found[unit].setdefault(indicator, set()).update(read_dimensions(dims))
    return found
