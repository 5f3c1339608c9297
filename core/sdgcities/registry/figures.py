"""The figures a hub holds: the latest revision of each observation."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import chain
from typing import NamedTuple

from sqlalchemy import ColumnElement, Connection, Row, Select, and_, func, select, true

from sdgcities.model.hub import LatestFigure
from sdgcities.model.profiles import SHEET
from sdgcities.model.sources import Source
from sdgcities.model.statistics import MissingReason, Period
from sdgcities.store.tables import batch, observation, series, source

SQL_VARIABLES = 900
_AT_ONCE = 20
"""Units whose observations are in memory together when all of them are read."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One observation as it stands now, with where it came from: `batch` is the one whose file holds it.

    `parts`: it is no observation, but was added up from these; it stands in no file, and `batch` is the newest of theirs.
    """

    unit: str
    indicator: str
    dims: str
    unit_measure: str
    period: Period
    value: Decimal | None
    missing: MissingReason | None
    status: str
    revision: int
    office: str
    table: str
    licence: str
    url: str
    file: str
    file_sha256: str
    sheet: int
    row: int
    batch: int
    profile: str
    at: str
    entered_by: str
    answers_for: str
    reason: str = ""
    """Why the figure was corrected; empty for what a file brought."""
    parts: tuple[Figure, ...] = ()


class Revision(NamedTuple):
    """One revision of an observation: a value or why there is none (`set`), or that it was taken back (`retract`)."""

    revision: int
    op: str
    value: str | None
    missing_reason: str | None
    batch: int


class Total(NamedTuple):
    """One total without its provenance; the value is exact, as text, and None where there is a reason for having none."""

    unit: str
    indicator: str
    unit_measure: str
    start: str
    end: str
    freq: str
    value: str | None


class Observed(NamedTuple):
    """One observation as it stands now, with its source: as other systems take it in. The value is exact, as text."""

    unit: str
    indicator: str
    dims: str
    unit_measure: str
    start: str
    end: str
    freq: str
    value: str | None
    missing: str | None
    status: str
    office: str
    table: str
    licence: str
    url: str

    @property
    def period(self) -> Period:
        """The reference period."""
        return Period(date.fromisoformat(self.start), date.fromisoformat(self.end), self.freq)


def current(
    connection: Connection, units: Sequence[str], indicator: str | None = None, *, total_only: bool = False, indicators: Sequence[str] | None = None
) -> list[Figure]:
    """The latest revision of every observation of these units, in the order unit, indicator, dimensions, period."""
    found: list[Figure] = []
    for start in range(0, len(units), SQL_VARIABLES):
        query = _current().where(series.c.unit.in_(units[start : start + SQL_VARIABLES]))
        if indicator is not None:
            query = query.where(series.c.indicator == indicator)
        if indicators is not None:
            query = query.where(series.c.indicator.in_(indicators))
        if total_only:
            query = query.where(series.c.dims == "")
        found.extend(_figure(row) for row in connection.execute(query))
    return found


def revisions(connection: Connection, figure: Figure) -> list[Revision]:
    """Every revision of one observation, oldest first."""
    query = (
        select(observation.c.revision, observation.c.op, observation.c.value, observation.c.missing, observation.c.batch)
        .join(series)
        .where(
            series.c.unit == figure.unit,
            series.c.indicator == figure.indicator,
            series.c.unit_measure == figure.unit_measure,
            series.c.dims == figure.dims,
            observation.c.period_start == figure.period.start.isoformat(),
            observation.c.period_end == figure.period.end.isoformat(),
        )
        .order_by(observation.c.revision)
    )
    return [Revision(*row) for row in connection.execute(query)]


def totals(connection: Connection, units: Sequence[str], indicators: Sequence[str]) -> Iterator[Total]:
    """Every total of these units as it stands now; without where it came from."""
    columns = [series.c[name] for name in ("unit", "indicator", "unit_measure")] + [
        observation.c[name] for name in ("period_start", "period_end", "freq", "value")
    ]
    for start in range(0, len(units), SQL_VARIABLES):
        query = select(*columns).join_from(observation, series, observation.c.series == series.c.id).where(stands())
        query = query.where(series.c.dims == "", series.c.unit.in_(units[start : start + SQL_VARIABLES]), series.c.indicator.in_(indicators))
        yield from map(Total._make, connection.execute(query))


def observed(connection: Connection, units: Sequence[str], indicators: Sequence[str] | None = None, upto: int | None = None) -> Iterator[Observed]:
    """Every observation of these units as it stands now, in the order unit, indicator, dimensions, period; a few units at a time are in memory.

    With `upto` as it stood when that was the newest batch.
    """
    columns = [series.c[name] for name in ("unit", "indicator", "dims", "unit_measure")]
    columns += [observation.c[name] for name in ("period_start", "period_end", "freq", "value", "missing", "status")]
    columns += [source.c[name] for name in ("office", "reference", "licence", "url")]
    query = select(*columns).join_from(observation, series, observation.c.series == series.c.id).join(source, observation.c.source == source.c.id)
    query = query.where(stands(upto)).order_by(series.c.unit, series.c.indicator, series.c.dims, observation.c.period_start, observation.c.period_end)
    if indicators is not None:
        query = query.where(series.c.indicator.in_(indicators))
    ordered = sorted(units)
    for start in range(0, len(ordered), _AT_ONCE):
        yield from map(Observed._make, connection.execute(query.where(series.c.unit.in_(ordered[start : start + _AT_ONCE]))))


def count_observed(connection: Connection, units: Sequence[str], indicators: Sequence[str]) -> int:
    """How many observations of these units and indicators there are as they stand now."""
    query = select(func.count()).select_from(observation).join(series, observation.c.series == series.c.id).where(stands())
    query = query.where(series.c.indicator.in_(indicators))
    parts = (units[start : start + SQL_VARIABLES] for start in range(0, len(units), SQL_VARIABLES))
    return sum(connection.execute(query.where(series.c.unit.in_(part))).scalar_one() for part in parts)


def sources(connection: Connection, units: Sequence[str], indicators: Sequence[str]) -> set[Source]:
    """Where the observations of these units and indicators come from, as they stand now."""
    found: set[Source] = set()
    for start in range(0, len(units), SQL_VARIABLES):
        given = select(observation.c.source).join_from(observation, series, observation.c.series == series.c.id).where(stands())
        given = given.where(series.c.indicator.in_(indicators), series.c.unit.in_(units[start : start + SQL_VARIABLES])).distinct()
        rows = connection.execute(select(source.c.office, source.c.reference, source.c.licence, source.c.url).where(source.c.id.in_(given)))
        found.update(Source(*row) for row in rows)
    return found


def latest(connection: Connection, units: Sequence[str]) -> dict[str, dict[str, LatestFigure]]:
    """The latest total of each unit by indicator, of its own figures."""
    return newest(current(connection, units, total_only=True), units)


def newest(figures: Sequence[Figure], units: Sequence[str], sums: Iterable[tuple[str, str, LatestFigure]] = ()) -> dict[str, dict[str, LatestFigure]]:
    """The latest of these totals of each unit by indicator: the newest value, or the newest word that it does not apply; else why there is none.

    `sums` are figures that were added up, with their unit and indicator.
    """
    found: dict[str, dict[str, LatestFigure]] = {unit: {} for unit in units}
    own = ((one.unit, one.indicator, LatestFigure(one.period, one.value, one.missing)) for one in figures)
    for unit, indicator, new in chain(own, sums):
        held = found[unit].get(indicator)
        if held is None or _rank(new) >= _rank(held):
            found[unit][indicator] = new
    return found


def _rank(figure: LatestFigure) -> tuple[bool, date, bool, int]:
    """A year without a figure does not take away the figure of the year before; that of a year is not hidden by its December's."""
    says = figure.value is not None or figure.missing is MissingReason.NOT_APPLICABLE
    end, days = figure.period.recency
    return says, end, figure.value is not None, days


def stands(upto: int | None = None) -> ColumnElement[bool]:
    """Whether a revision is the newest of its observation, and was not taken back; of those up to a batch."""
    newer = observation.alias("newer")
    newest = (
        select(func.max(newer.c.revision))
        .where(and_(newer.c.series == observation.c.series, newer.c.period_start == observation.c.period_start, newer.c.period_end == observation.c.period_end))
        .where(true() if upto is None else newer.c.batch <= upto)
        .scalar_subquery()
    )
    return and_(observation.c.revision == newest, observation.c.op == "set")


def _current() -> Select[tuple[object, ...]]:
    columns = [*observation.c, series.c.unit, series.c.indicator, series.c.dims, series.c.unit_measure]
    origin = [source.c[name] for name in ("office", "reference", "licence", "url")]
    origin += [batch.c[name] for name in ("file", "file_sha256", "profile", "at", "reason")]
    return (
        select(*columns, *origin, batch.c.actor, batch.c.answers_for)
        .select_from(observation)
        .join(series, observation.c.series == series.c.id)
        .join(source, observation.c.source == source.c.id)
        .join(batch, observation.c.origin == batch.c.id)
        .where(stands())
        .order_by(series.c.unit, series.c.indicator, series.c.dims, observation.c.period_start)
    )


def _figure(row: Row[tuple[object, ...]]) -> Figure:
    return Figure(
        unit=row.unit,
        indicator=row.indicator,
        dims=row.dims,
        unit_measure=row.unit_measure,
        period=Period(date.fromisoformat(row.period_start), date.fromisoformat(row.period_end), row.freq),
        value=None if row.value is None else Decimal(row.value),
        missing=None if row.missing is None else MissingReason(row.missing),
        status=row.status,
        revision=row.revision,
        office=row.office,
        table=row.reference,
        licence=row.licence,
        url=row.url,
        file=row.file,
        file_sha256=row.file_sha256,
        sheet=row.locator // SHEET,
        row=row.locator % SHEET,
        batch=row.origin,
        profile=row.profile,
        at=row.at,
        entered_by=row.actor,
        answers_for=row.answers_for,
        reason=row.reason,
    )
