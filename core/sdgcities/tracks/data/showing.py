"""What the hub holds, for people: one figure with where it came from; coverage of the national core."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, select

from sdgcities.errors import Refused, refuse
from sdgcities.findings import Message, msg
from sdgcities.model.places import Unit, UnitName
from sdgcities.model.sources import Source, Status
from sdgcities.model.statistics import PERIODS, Dimension, Period, parse_period, read_dimensions
from sdgcities.registry.adding import AddingUp, Lacking
from sdgcities.registry.catalogue import Catalogue
from sdgcities.registry.cities import City
from sdgcities.registry.computed import computed_by
from sdgcities.registry.figures import Figure, Revision, current, revisions
from sdgcities.registry.view import RecordsView
from sdgcities.store.tables import indicator_version, series
from sdgcities.tracks.data.baseline import Baseline, baselines


@dataclass(frozen=True, slots=True)
class Shown:
    """A figure with its unit, the name of its indicator, the words of its disaggregation, and its earlier revisions.

    `summed`: rows of the file were added up, and the row on record is the first of them.
    """

    figure: Figure
    unit: Unit
    name: str
    labels: str
    summed: bool
    earlier: tuple[Revision, ...]

    @property
    def method(self) -> tuple[str, str] | None:
        """The named method that computed it, with its version; None where it was read as it stands."""
        return computed_by(self.figure.profile)

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
            "added_up_from": [self._part(one) for one in figure.parts],
            "file": {
                "name": figure.file,
                "sha256": figure.file_sha256,
                "sheet": figure.sheet or None,
                "row": figure.row,
                "summed": self.summed,
                "profile": figure.profile,
            },
            "method": {"name": self.method[0], "version": self.method[1]} if self.method else None,
            "batch": figure.batch,
            "reason": figure.reason or None,
            "at": figure.at,
            "entered_by": figure.entered_by,
            "answers_for": figure.answers_for,
            "earlier": [one._asdict() for one in self.earlier],
        }

    def _part(self, part: Figure) -> dict[str, object]:
        """What a sum was made of: whose figure, out of which file."""
        return {
            "unit": part.unit,
            "value": f"{part.value:f}",
            "status": part.status,
            "source": {"office": part.office, "table": part.table},
            "file": {"name": part.file, "sha256": part.file_sha256, "sheet": part.sheet or None, "row": part.row},
            "batch": part.batch,
            **({"added_up_from": [self._part(one) for one in part.parts]} if part.parts else {}),
        }


@dataclass(frozen=True, slots=True)
class Held:
    """What the hub has of one indicator for a place: how many figures, from when to when, and the newest total or else the newest figure.

    `added_up`: how many of the figures are sums of those of its parts.
    """

    code: str
    name: str
    figures: int
    added_up: int
    first: Period
    last: Period
    latest: Figure

    def as_data(self) -> dict[str, object]:
        """The same as JSON shows it; the value is exact, as text."""
        newest = self.latest
        value = None if newest.value is None else f"{newest.value:f}"
        latest = {"period": str(newest.period), "dimensions": read_dimensions(newest.dims), "value": value, "missing_reason": newest.missing}
        figures = {"figures": self.figures, "added_up": self.added_up}
        return {"indicator": self.code, **figures, "first": str(self.first), "last": str(self.last), "latest": latest}


def shown(catalogue: Catalogue, place: str, indicator: str, period: str | None = None) -> list[Shown]:
    """The figures of one indicator for one place: also of a unit or indicator that no plugin gives any more. Refused where there is none."""
    wanted = _wanted(period)
    with catalogue.hub.database.reading() as connection:
        unit, (code, name) = _unit(connection, catalogue, place), _named(connection, catalogue, indicator)
        own, adding = current(connection, [unit.id], code), AddingUp(catalogue)
        every = sorted([*own, *adding.sums(connection, own, [unit.id], code)], key=lambda one: (one.dims, one.period.start, one.period.end))
        found = [one for one in every if wanted in (None, one.period)]
        if not found:
            short = next((one for one in adding.lacking(connection, own, unit.id, code) if wanted in (None, one.period)), None)
            if short:
                raise _short(code, unit, short, catalogue)
            known = catalogue.places.get(unit.country)
            before = next((one for one in known.formerly(unit) if current(connection, [one.id], code)), None) if known else None
            raise _none(code, unit, before, _namesake(connection, catalogue, place, unit, code))
        summing = catalogue.summing(unit.country) if unit.country else frozenset()
        return [
            Shown(
                one,
                unit,
                name,
                labels(catalogue.dimensions, one.dims),
                one.profile in summing,
                tuple(past for past in revisions(connection, one) if past.revision != one.revision),
            )
            for one in found
        ]


def held(catalogue: Catalogue, place: str) -> tuple[Unit, list[Held]]:
    """Every indicator of which the hub holds figures for a place, or can add them up from those of its parts. Refused where there is none."""
    with catalogue.hub.database.reading() as connection:
        unit = _unit(connection, catalogue, place)
        by_code: dict[str, list[Figure]] = {}
        own = current(connection, [unit.id])
        for one in (*own, *AddingUp(catalogue).sums(connection, own, [unit.id])):
            by_code.setdefault(one.indicator, []).append(one)
        if not by_code:
            told = msg("The hub holds no figure for %(unit)s.", unit=unit.name)
            raise refuse("figure.none", told, _namesake(connection, catalogue, place, unit) or msg("What was imported: sdgcities data batches."))
        return unit, [_held(_named(connection, catalogue, code)[1], by_code[code]) for code in sorted(by_code)]


def _held(name: str, figures: Sequence[Figure]) -> Held:
    periods = sorted((one.period for one in figures), key=lambda period: period.recency)
    newest = max(figures, key=lambda one: (one.dims == "", one.value is not None, one.period.recency))
    summed = sum(1 for one in figures if one.parts)
    return Held(newest.indicator, name, len(figures), summed, min(periods, key=lambda period: period.start), periods[-1], newest)


def _wanted(period: str | None) -> Period | None:
    try:
        return None if period is None else parse_period(period)
    except ValueError as error:
        raise refuse("period.unreadable", msg("“%(text)s” is no period.", text=period), PERIODS) from error


def _unit(connection: Connection, catalogue: Catalogue, place: str) -> Unit:
    """The unit that is meant; of a code that no plugin gives any more, but figures have, a unit that has but this code."""
    try:
        return catalogue.place(place)
    except Refused:
        if connection.execute(select(series.c.id).where(series.c.unit == place).limit(1)).first() is None:
            raise
        return Unit(place, "", "", (UnitName(place),), Source("", ""), Status.DRAFT)


def _named(connection: Connection, catalogue: Catalogue, code: str) -> tuple[str, str]:
    """An indicator's code and name; of one that no plugin gives any more, the name it had when its figures came in."""
    try:
        known = catalogue.indicator(code)
    except Refused:
        versions = select(indicator_version.c.definition).where(indicator_version.c.indicator == code).order_by(indicator_version.c.id.desc())
        definition = connection.execute(versions.limit(1)).scalar()
        if definition is None:
            raise
        return code, str(json.loads(definition)["name"])
    return known.code, known.name


def coverage(catalogue: Catalogue, cities: Sequence[City]) -> Mapping[str, Baseline]:
    """Each city's baseline against the national core of its country."""
    return baselines(RecordsView(catalogue), [city.unit.id for city in cities])


def labels(dimensions: Mapping[str, Dimension], dims: str) -> str:
    """The words of a disaggregation; a code stands for itself where no list knows it any more."""
    codes = read_dimensions(dims)
    return ", ".join(dimensions[name].codes.get(code, code) if name in dimensions else code for name, code in codes.items())


def _short(indicator: str, unit: Unit, lacking: Lacking, catalogue: Catalogue) -> Refused:
    """There is no figure, and some of the parts that could be added up have none."""
    level = Message(next((level.name for level in catalogue.levels(unit.country) if level.id == lacking.level), lacking.level))
    named = ", ".join(f"{one.name} ({one.id})" for one in lacking.missing[:8])
    hint = msg(
        "It could be added up from its %(parts)s units of the level %(level)s, but %(n)s of them have no figure for %(period)s: %(names)s.",
        parts=lacking.parts,
        level=level,
        n=len(lacking.missing),
        period=str(lacking.period),
        names=named,
    )
    return refuse("figure.parts", msg("The hub holds no figure of %(indicator)s for %(unit)s.", indicator=indicator, unit=unit.name), hint)


def _namesake(connection: Connection, catalogue: Catalogue, place: str, unit: Unit, indicator: str | None = None) -> Message | None:
    """Which other unit that goes by the name that was typed has figures: a city often shares its name with the larger place around it."""
    adding = AddingUp(catalogue)
    others = [other for places in catalogue.places.values() for other in places.named(place) if other.id != unit.id]
    for other in sorted(others, key=lambda one: (one.valid_to is not None, one.id)):
        own = current(connection, [other.id], indicator)
        if own or adding.sums(connection, own, [other.id], indicator):
            names = {"unit": other.id, "name": other.name, "level": Message(catalogue.level_name(other)), "words": f"{other.id} {indicator or ''}".rstrip()}
            return msg("%(unit)s %(name)s (%(level)s) has some: sdgcities data show %(words)s.", **names)
    return None


def _none(indicator: str, unit: Unit, before: Unit | None, namesake: Message | None) -> Refused:
    """There is no figure; `before` is what the unit was when there was one, `namesake` tells of another unit of its name that has one."""
    hint = namesake or msg("What was imported: sdgcities data batches.")
    if before is not None:
        hint = msg("It has figures of what the place was before: sdgcities data show %(unit)s %(indicator)s.", unit=before.id, indicator=indicator)
    return refuse("figure.none", msg("The hub holds no figure of %(indicator)s for %(unit)s.", indicator=indicator, unit=unit.name), hint)
