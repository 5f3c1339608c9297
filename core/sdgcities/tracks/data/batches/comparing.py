"""Two batches held against each other: what both brought, equal or not, and what only one of them did."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy import Connection, and_, case, func, select

from sdgcities.errors import refuse
from sdgcities.findings import msg
from sdgcities.model.statistics import Period
from sdgcities.registry.catalogue import Catalogue
from sdgcities.store.tables import observation, series
from sdgcities.tracks.data.batches.reverting import History, batches

_EXACT = 15
"""Digits to which equal floating-point numbers are equal figures."""


class Pair(NamedTuple):
    """One observation as two batches brought it; None: the batch did not bring it."""

    unit: str
    indicator: str
    dims: str
    period: str
    first: str | None
    second: str | None


@dataclass(frozen=True, slots=True)
class Compared:
    """What two batches brought: how many observations are equal, and all the others."""

    equal: int
    different: tuple[Pair, ...]
    only_first: tuple[Pair, ...]
    only_second: tuple[Pair, ...]

    def as_data(self) -> dict[str, object]:
        """The same as JSON shows it."""
        lists = {"different": self.different, "only_first": self.only_first, "only_second": self.only_second}
        return {"equal": self.equal} | {name: [pair._asdict() for pair in pairs] for name, pairs in lists.items()}


def compare(catalogue: Catalogue, first: int, second: int) -> Compared:
    """Compare the figures that two batches stored; of a folder, those of all its files. Refused where there is no such batch."""
    history, known = History(found := batches(catalogue.hub)), {row["id"] for row in found}
    for number in (first, second):
        if number not in known:
            raise refuse("batch.unknown", msg("There is no batch %(n)s.", n=number), msg("See: sdgcities data batches."))
    with catalogue.hub.database.reading() as connection:
        pairs = _pairs(connection, history.figures_of(first), history.figures_of(second))
    both = [pair for pair in pairs if pair.first is not None and pair.second is not None]
    different = tuple(pair for pair in both if not _equal(str(pair.first), str(pair.second)))
    return Compared(
        len(both) - len(different),
        different,
        tuple(pair for pair in pairs if pair.second is None),
        tuple(pair for pair in pairs if pair.first is None),
    )


def _pairs(connection: Connection, first: Sequence[int], second: Sequence[int]) -> list[Pair]:
    place = (observation.c.series, observation.c.period_start, observation.c.period_end)
    said = case((observation.c.op == "retract", "-"), else_=func.coalesce(observation.c.value, observation.c.missing))

    def of(numbers: Sequence[int]) -> Any:  # noqa: ANN401 - SQLAlchemy's own
        return func.max(case((observation.c.batch.in_(numbers), said)))

    each = select(*place, func.max(observation.c.freq).label("freq"), of(first).label("first"), of(second).label("second"))
    grouped = each.where(observation.c.batch.in_([*first, *second])).group_by(*place).subquery()
    columns = (series.c.unit, series.c.indicator, series.c.dims, grouped.c.period_start, grouped.c.period_end, grouped.c.freq)
    query = (
        select(*columns, grouped.c.first, grouped.c.second)
        .select_from(grouped.join(series, and_(grouped.c.series == series.c.id)))
        .order_by(series.c.unit, series.c.indicator, series.c.dims, grouped.c.period_start)
    )
    return [Pair(row[0], row[1], row[2], str(Period.recorded(*row[3:6])), row[6], row[7]) for row in connection.execute(query)]


def _equal(one: str, other: str) -> bool:
    """Whether two figures are the same, however they are written: as an import compares them."""
    if one == other:
        return True
    try:
        return float(one) == float(other) and max(len(one), len(other)) <= _EXACT
    except ValueError:
        return False
