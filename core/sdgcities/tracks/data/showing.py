"""What the hub holds, for people: one figure with where it came from; coverage of the national core."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sdgcities.errors import Refused, refuse
from sdgcities.findings import msg
from sdgcities.model.places import Unit
from sdgcities.model.statistics import Dimension, Indicator, parse_period, read_dimensions
from sdgcities.registry.catalogue import Catalogue
from sdgcities.registry.cities import City
from sdgcities.registry.figures import Figure, Revision, current, revisions
from sdgcities.registry.view import RecordsView
from sdgcities.tracks.data.baseline import Baseline, baselines


@dataclass(frozen=True, slots=True)
class Shown:
    """A figure with its unit and indicator, the words of its disaggregation, and its earlier revisions.

    `summed`: rows of the file were added up, and the row on record is the first of them.
    """

    figure: Figure
    unit: Unit
    indicator: Indicator
    labels: str
    summed: bool
    earlier: tuple[Revision, ...]

    def as_data(self) -> dict[str, object]:
        """The figure as JSON shows it; the value is exact, as text."""
        figure = self.figure
        return {
            "unit": figure.unit,
            "indicator": figure.indicator,
            "period": str(figure.period),
            "dimensions": read_dimensions(figure.dims),
            "value": None if figure.value is None else f"{figure.value:f}",
            "missing_reason": figure.missing,
            "unit_measure": figure.unit_measure,
            "status": figure.status,
            "revision": figure.revision,
            "source": {"office": figure.office, "table": figure.table, "licence": figure.licence, "url": figure.url},
            "file": {
                "name": figure.file,
                "sha256": figure.file_sha256,
                "sheet": figure.sheet or None,
                "row": figure.row,
                "summed": self.summed,
                "profile": figure.profile,
            },
            "batch": figure.batch,
            "at": figure.at,
            "entered_by": figure.entered_by,
            "answers_for": figure.answers_for,
            "earlier": [one._asdict() for one in self.earlier],
        }


def shown(catalogue: Catalogue, place: str, indicator: str, period: str | None = None) -> list[Shown]:
    """The figures of one indicator for one place. Refused where there is none."""
    unit, known = catalogue.place(place), catalogue.indicator(indicator)
    wanted = None
    if period is not None:
        try:
            wanted = parse_period(period)
        except ValueError as error:
            raise refuse("period.unreadable", msg("“%(text)s” is no period.", text=period), msg("Write 2021, 2021-Q3 or 2021-07.")) from error
    with catalogue.hub.database.reading() as connection:
        found = [one for one in current(connection, [unit.id], known.code) if wanted in (None, one.period)]
        if not found:
            before = next((one for one in catalogue.places[unit.country].formerly(unit) if current(connection, [one.id], known.code)), None)
            raise _none(known, unit, before)
        summing = catalogue.summing(unit.country)
        return [
            Shown(
                one,
                unit,
                known,
                labels(catalogue.dimensions, one.dims),
                one.profile in summing,
                tuple(past for past in revisions(connection, one) if past.revision != one.revision),
            )
            for one in found
        ]


def coverage(catalogue: Catalogue, cities: Sequence[City]) -> Mapping[str, Baseline]:
    """Each city's baseline against the national core of its country."""
    return baselines(RecordsView(catalogue), [city.unit.id for city in cities])


def labels(dimensions: Mapping[str, Dimension], dims: str) -> str:
    """The words of a disaggregation; a code stands for itself where no list knows it any more."""
    codes = read_dimensions(dims)
    return ", ".join(dimensions[name].codes.get(code, code) if name in dimensions else code for name, code in codes.items())


def _none(indicator: Indicator, unit: Unit, before: Unit | None) -> Refused:
    """There is no figure; `before` is what the unit was when there was one."""
    hint = msg("What was imported: sdgcities data batches.")
    if before is not None:
        hint = msg("It has figures of what the place was before: sdgcities data show %(unit)s %(indicator)s.", unit=before.id, indicator=indicator.code)
    return refuse("figure.none", msg("The hub holds no figure of %(indicator)s for %(unit)s.", indicator=indicator.code, unit=unit.name), hint)
