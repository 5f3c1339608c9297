"""By which dimensions the figures of a city are split."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, and_, exists, func, select

from sdgcities.model.statistics import read_dimensions
from sdgcities.registry.figures import SQL_VARIABLES
from sdgcities.store.tables import observation, series


def splits_of(connection: Connection, units: Sequence[str]) -> dict[str, dict[str, set[str]]]:
    """Of each unit the dimensions by which an indicator has values today; one query for many units."""
    found: dict[str, dict[str, set[str]]] = {unit: {} for unit in units}
    newer = observation.alias("newer")
    same = and_(newer.c.series == observation.c.series, newer.c.period_start == observation.c.period_start, newer.c.period_end == observation.c.period_end)
    newest = select(func.max(newer.c.revision)).where(same).scalar_subquery()
    valued = exists().where(observation.c.series == series.c.id, observation.c.op == "set", observation.c.value.is_not(None), observation.c.revision == newest)
    for start in range(0, len(units), SQL_VARIABLES):
        here = series.c.unit.in_(units[start : start + SQL_VARIABLES])
        for unit, indicator, dims in connection.execute(select(series.c.unit, series.c.indicator, series.c.dims).where(here, series.c.dims != "", valued)):
            found[unit].setdefault(indicator, set()).update(read_dimensions(dims))
    return found
