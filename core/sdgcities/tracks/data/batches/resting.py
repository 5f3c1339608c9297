"""What rested on figures that were replaced or taken back: reports that showed them, claims whose assessment may have read them, sums they are part of."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import Connection, func, select

from sdgcities.model.hub import GONE
from sdgcities.model.places import Unit
from sdgcities.registry.adding import AddingUp, all_parts
from sdgcities.registry.catalogue import Catalogue
from sdgcities.registry.cities import City, cities
from sdgcities.registry.figures import current
from sdgcities.registry.reports_made import reports_made
from sdgcities.store.tables import batch, claim, claim_event, observation, series

_BASELINE = "data/baseline-"
"""Measures that read the latest totals of the national core."""
_READ = ("data/disaggregated-", "data/spatial-", "data/reviewed-", "data/published-", "data/repeated-", "data/progress-")
"""Measures that read figures of any indicator; those of agreement, committee and framework read answers of forms."""


class Replaced(NamedTuple):
    """Figures of one series that no longer stand: since which batch they did, and by which they were replaced."""

    unit: str
    indicator: str
    dims: str
    since: int
    until: int


@dataclass(frozen=True, slots=True)
class Resting:
    """Something that rested, or may rest, on figures of a city. `kind` is report, claim or sum.

    Of a report `what` is its file, of a claim its milestone, of a sum the indicator; `state` is a report's language and a claim's state.
    """

    kind: str
    city: str
    what: str
    indicators: tuple[str, ...]
    state: str = ""
    at: str = ""
    number: int | None = None

    def as_data(self) -> dict[str, object]:
        """The same as JSON shows it."""
        names = {"report": ("file", "language"), "claim": ("milestone", "state"), "sum": ("indicator", "state")}[self.kind]
        told: dict[str, object] = {"kind": self.kind, "unit": self.city, names[0]: self.what, names[1]: self.state, "at": self.at, "claim": self.number}
        return {key: value for key, value in told.items() if value not in ("", None)} | {"indicators": list(self.indicators)}


def replaced_by(catalogue: Catalogue, number: int) -> list[Replaced]:
    """The figures in whose place those of a batch came."""
    before = observation.alias("before")
    query = (
        select(series.c.unit, series.c.indicator, series.c.dims, func.min(before.c.batch), observation.c.batch)
        .select_from(observation)
        .join(
            before,
            (before.c.series == observation.c.series)
            & (before.c.period_start == observation.c.period_start)
            & (before.c.period_end == observation.c.period_end)
            & (before.c.revision == observation.c.revision - 1),
        )
        .join(series, series.c.id == observation.c.series)
        .where(observation.c.batch == number, before.c.op == "set")
        .group_by(series.c.unit, series.c.indicator, series.c.dims, observation.c.batch)
    )
    with catalogue.hub.database.reading() as connection:
        return [Replaced(*row) for row in connection.execute(query)]


def rests_on(catalogue: Catalogue, figures: Sequence[Replaced]) -> list[Resting]:
    """What rested on these figures, city by city: reports first, then claims, then sums."""
    if not figures:
        return []
    concerned = [(city, shown) for city, shown in _concerned(catalogue, figures) if shown]
    with catalogue.hub.database.reading() as connection:
        return [
            *_reports(connection, concerned),
            *(one for city, shown in concerned for one in _claims(connection, catalogue, city, shown)),
            *_sums(connection, catalogue, figures),
        ]


def _concerned(catalogue: Catalogue, figures: Sequence[Replaced]) -> Iterator[tuple[City, list[Replaced]]]:
    """Each city with the figures that its report shows: its own, and those of places it lies in."""
    for city in cities(catalogue):
        if city.stage in GONE:
            continue
        places = catalogue.places[city.unit.country]
        line = [city.unit, *places.ancestors(city.unit)]
        shown = {one.id for unit in line for one in (unit, *places.formerly(unit))}
        yield city, [figure for figure in figures if figure.unit in shown]


def _reports(connection: Connection, concerned: Collection[tuple[City, list[Replaced]]]) -> Iterator[Resting]:
    """Reports that were written while the figures stood."""
    shown = {city.unit.id: figures for city, figures in concerned}
    for made in reports_made(connection, list(shown)):
        codes = {figure.indicator for figure in shown[made.city] if made.batch is not None and figure.since <= made.batch < figure.until}
        if codes:
            yield Resting("report", made.city, made.file, tuple(sorted(codes)), made.language, made.at)


def _claims(connection: Connection, catalogue: Catalogue, city: City, figures: Sequence[Replaced]) -> Iterator[Resting]:
    """Claims made while the figures stood, whose assessment may have read them."""
    known = catalogue.indicators[city.unit.country]
    own = [figure for figure in figures if figure.unit == city.unit.id]
    written = {row.id: row.at for row in connection.execute(select(batch.c.id, batch.c.at).where(batch.c.id.in_({n for f in own for n in (f.since, f.until)})))}
    for row in connection.execute(select(claim).where(claim.c.city == city.unit.id).order_by(claim.c.id)):
        measures = [str(one["measure"]) for one in json.loads(row.assessment)["criteria"]]
        anything = any(measure.startswith(_READ) for measure in measures)
        baseline = any(measure.startswith(_BASELINE) for measure in measures)
        codes = {
            one.indicator
            for one in own
            if written[one.since] <= row.at <= written[one.until]
            and (anything or (baseline and not one.dims and one.indicator in known and known[one.indicator].core))
        }
        if codes:
            steps = select(claim_event.c.action).where(claim_event.c.claim == row.id).order_by(claim_event.c.seq.desc()).limit(1)
            yield Resting("claim", city.unit.id, row.milestone, tuple(sorted(codes)), str(connection.execute(steps).scalar()), row.at, row.id)


def _sums(connection: Connection, catalogue: Catalogue, figures: Sequence[Replaced]) -> Iterator[Resting]:
    """Places whose figure is added up from those of their parts, these among them."""
    adding = AddingUp(catalogue)
    for code in dict.fromkeys(figure.indicator for figure in figures):
        parts = {(figure.unit, figure.dims) for figure in figures if figure.indicator == code}
        above = {unit.id for part, _ in parts for unit in _above(catalogue, part)}
        sums = adding.sums(connection, current(connection, sorted(above), code), sorted(above), code)
        for unit in sorted({one.unit for one in sums if any((part.unit, part.dims) in parts for part in all_parts(one))}):
            yield Resting("sum", unit, code, (code,))


def _above(catalogue: Catalogue, unit: str) -> Iterator[Unit]:
    for places in catalogue.places.values():
        if unit in places.units:
            yield from places.ancestors(places.units[unit])
