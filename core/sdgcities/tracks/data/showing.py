"""What the hub holds, for people: one figure with where it came from; coverage of the national core."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sdgcities.errors import refuse
from sdgcities.findings import msg
from sdgcities.model.places import Unit
from sdgcities.model.statistics import Dimension, Indicator, parse_period
from sdgcities.registry.catalogue import Catalogue
from sdgcities.registry.cities import City
from sdgcities.registry.figures import Figure, current, revisions
from sdgcities.registry.view import RecordsView
from sdgcities.tracks.data.baseline import Baseline, baseline


@dataclass(frozen=True, slots=True)
class Shown:
    """A figure with its unit and indicator, the words of its disaggregation, and its earlier revisions."""

    figure: Figure
    unit: Unit
    indicator: Indicator
    labels: str
    earlier: tuple[tuple[int, str, str | None, str | None, int], ...]

    def as_data(self) -> dict[str, object]:
        """The figure as JSON shows it; the value is exact, as text."""
        figure = self.figure
        return {
            "unit": figure.unit,
            "indicator": figure.indicator,
            "period": str(figure.period),
            "dimensions": dimensions_of(figure.dims),
            "value": None if figure.value is None else f"{figure.value:f}",
            "missing_reason": figure.missing,
            "unit_measure": figure.unit_measure,
            "status": figure.status,
            "revision": figure.revision,
            "source": {"office": figure.office, "table": figure.table, "licence": figure.licence, "url": figure.url},
            "file": {"name": figure.file, "sha256": figure.file_sha256, "row": figure.row, "profile": figure.profile},
            "batch": figure.batch,
            "at": figure.at,
            "entered_by": figure.entered_by,
            "answers_for": figure.answers_for,
            "earlier": [dict(zip(("revision", "op", "value", "missing_reason", "batch"), one, strict=True)) for one in self.earlier],
        }


def shown(catalogue: Catalogue, place: str, indicator: str, period: str | None = None) -> list[Shown]:
    """The figures of one indicator for one place. Refused where there is none."""
    unit, known = _unit(catalogue, place), catalogue.indicator(indicator)
    wanted = None
    if period is not None:
        try:
            wanted = parse_period(period)
        except ValueError as error:
            raise refuse("period.unreadable", msg("%(text)s is no period.", text=period), msg("Write 2021, 2021-Q3 or 2021-07.")) from error
    with catalogue.hub.database.reading() as connection:
        found = [one for one in current(connection, [unit.id], known.code) if wanted in (None, one.period)]
        if not found:
            raise refuse(
                "figure.none",
                msg("The hub holds no figure of %(indicator)s for %(unit)s.", indicator=known.code, unit=unit.name),
                msg("What it holds: sdgcities data coverage."),
            )
        return [
            Shown(one, unit, known, labels(catalogue.dimensions, one.dims), tuple(past for past in revisions(connection, one) if past[0] != one.revision))
            for one in found
        ]


def coverage(catalogue: Catalogue, cities: Sequence[City]) -> Mapping[str, Baseline]:
    """Each city's baseline against the national core of its country."""
    view, ids = RecordsView(catalogue), [city.unit.id for city in cities]
    latest, plans = view.latest(ids), view.answers("baseline/gap-plans", ids)
    return {city: baseline(view.indicators(city), latest[city], plans[city].value if city in plans else None) for city in ids}


def dimensions_of(dims: str) -> dict[str, str]:
    """Dimension to code, from the canonical spelling."""
    return dict(part.split("=", 1) for part in dims.split(";")) if dims else {}


def labels(dimensions: Mapping[str, Dimension], dims: str) -> str:
    """The words of a disaggregation; a code stands for itself where no list knows it any more."""
    codes = dimensions_of(dims)
    return ", ".join(dimensions[name].codes.get(code, code) if name in dimensions else code for name, code in codes.items())


def _unit(catalogue: Catalogue, text: str) -> Unit:
    """A unit by code, or by a name that only one standing unit has."""
    named = [unit for places in catalogue.places.values() for unit in places.named(text)]
    standing = [unit for unit in named if unit.valid_to is None]
    return standing[0] if len(standing) == 1 else catalogue.unit(text)
