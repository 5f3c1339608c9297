"""What a city report says, gathered from the hub's records: pure data, in no language and no format.

Nothing in it depends on the day it is made: it speaks as of the hub's latest record.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, func, select

from sdgcities.frameworks.lists import Entry as Listing
from sdgcities.model.milestones import Adaptation, Contract
from sdgcities.model.places import Unit
from sdgcities.model.plugins import Manifest
from sdgcities.model.sources import Source, Status
from sdgcities.model.statistics import Dimension, Indicator
from sdgcities.recognition.assessing import assess_cities
from sdgcities.recognition.claims import Claim, claims
from sdgcities.recognition.standing import newest_claims
from sdgcities.registry.adding import AddingUp
from sdgcities.registry.boundaries import boundaries
from sdgcities.registry.catalogue import Catalogue
from sdgcities.registry.cities import City, predecessors
from sdgcities.registry.figures import Figure, current
from sdgcities.registry.view import RecordsView
from sdgcities.reports.figures import Domain, Grouping, places_of
from sdgcities.reports.locating import Location, locate
from sdgcities.reports.milestones import TrackStanding, by_track
from sdgcities.reports.provenance import Note, Notes
from sdgcities.store.tables import audit
from sdgcities.tracks.data.baseline import Baseline, baselines
from sdgcities.tracks.data.progress.aims import Goal, goal_of, own_goals
from sdgcities.tracks.data.progress.judged import Judged, judged_figures


@dataclass(frozen=True, slots=True)
class Recognition:
    """The country's own word for recognition, with how settled it is."""

    word: str
    status: Status
    reason: str
    source: Source | None


@dataclass(frozen=True, slots=True)
class Predecessor:
    """A city that became part of this one, with the claims it made."""

    city: City
    claims: tuple[Claim, ...]


@dataclass(frozen=True, slots=True)
class CityReport:
    """One city as the hub's records show it. `above` are the places the city lies in, the nearest first, without the country."""

    hub: str
    demonstration: bool
    city: City
    country: Unit
    above: tuple[Unit, ...]
    location: Location | None
    levels: Mapping[str, str]
    as_of: datetime
    contract: Contract
    recognition: Recognition | None
    tracks: tuple[TrackStanding, ...]
    claims: tuple[Claim, ...]
    predecessors: tuple[Predecessor, ...]
    domains: tuple[Domain, ...]
    baseline: Baseline
    goals: Mapping[str, Goal]
    """What indicators are to reach, by code: where the city or its country set a target."""
    progress: Mapping[str, Judged]
    """How the city's own indicators have moved, by code: those of which that can be told."""
    notes: tuple[Note, ...]
    indicators: Mapping[str, Indicator]
    sdg: Mapping[str, Listing]
    """The codes of the SDGs in the list in force."""
    dimensions: Mapping[str, Dimension]
    plugins: tuple[Manifest, ...]
    """Those of the hub, in order of layer and name: some add sections of their own."""


def city_report(catalogue: Catalogue, city: City) -> CityReport:
    """Gather a city's report."""
    hub, unit = catalogue.hub, city.unit
    indicators, places = catalogue.indicators[unit.country], places_of(catalogue, unit)
    with hub.database.reading() as connection:
        as_of = _as_of(connection)
        shown = [place.unit.id for place in places]
        figures = current(connection, shown)
        figures += AddingUp(catalogue).sums(connection, figures, shown)
    assessed = next(found for found in assess_cities(catalogue, [city], as_of.date()) if found.assessments)
    notes = Notes(catalogue.summing(unit.country))
    grouped = Grouping(places, notes, catalogue.dimensions).domains(indicators.values(), figures)
    adaptations = hub.plugins.adaptations(unit.country, hub.core_contract)
    view = RecordsView(catalogue, as_of.date())
    own = own_goals(view, [unit.id])[unit.id]
    ancestors = tuple(catalogue.places[unit.country].ancestors(unit))
    return CityReport(
        hub=hub.config.name,
        demonstration=hub.config.demonstration,
        city=city,
        country=catalogue.unit(unit.country),
        above=tuple(above for above in ancestors if above.id != unit.country),
        location=locate(unit, catalogue.places[unit.country], boundaries(catalogue, unit.country)),
        levels={level.id: level.name for level in catalogue.levels(unit.country)},
        as_of=as_of,
        contract=assessed.contract,
        recognition=_recognition(adaptations),
        tracks=by_track(assessed.contract, assessed.assessments, newest_claims(catalogue, unit.id), adaptations),
        claims=tuple(claims(catalogue, unit.id)),
        predecessors=tuple(Predecessor(one, tuple(claims(catalogue, one.unit.id))) for one in predecessors(catalogue, unit.id)),
        domains=grouped,
        baseline=baselines(view, [unit.id])[unit.id],
        goals={code: goal for code, indicator in indicators.items() if (goal := goal_of(indicator, own))},
        progress=_progress(indicators, [one for one in figures if one.unit == unit.id], own),
        notes=notes.all(),
        indicators=indicators,
        sdg=hub.frameworks.sdg.entries,
        dimensions=catalogue.dimensions,
        plugins=hub.plugins.manifests,
    )


def _progress(indicators: Mapping[str, Indicator], figures: Sequence[Figure], own: Mapping[str, Goal]) -> dict[str, Judged]:
    """As `data progress` tells it: of sums the totals only."""
    judged = judged_figures(indicators, (one for one in figures if not one.dims or not one.parts), own)
    return {one.indicator.code: one for one in judged if one.progress.category and one.unit_measure == one.indicator.unit}


def _as_of(connection: Connection) -> datetime:
    """The time of the newest record; a hub with a city has one at least."""
    return datetime.fromisoformat(connection.execute(select(func.max(audit.c.at))).scalar_one())


def _recognition(given: Sequence[Adaptation]) -> Recognition | None:
    found = next((one for one in given if one.recognition), None)
    return Recognition(found.recognition, found.recognition_status, found.recognition_reason, found.recognition_source) if found else None
