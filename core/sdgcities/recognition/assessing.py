"""The hub's cities held against the milestones of their countries' contracts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import cast

from sdgcities.contract.assess import assess
from sdgcities.contract.names import canonical, suggestion
from sdgcities.contract.requests import EVIDENCE, MeasureRequest, requests
from sdgcities.contract.values import plain
from sdgcities.errors import refuse
from sdgcities.findings import msg
from sdgcities.model.hub import HubView
from sdgcities.model.milestones import Assessment, Contract, CriterionResult, Measure, Milestone, Reading, Value
from sdgcities.registry.catalogue import Catalogue
from sdgcities.registry.cities import City
from sdgcities.registry.view import RecordsView


@dataclass(frozen=True, slots=True)
class Assessed:
    """The assessments of some cities of one country, under its contract."""

    contract: Contract
    assessments: tuple[Assessment, ...]


def assess_cities(catalogue: Catalogue, cities: Sequence[City], today: date | None = None) -> list[Assessed]:
    """Hold the cities against every milestone, country by country."""
    view = RecordsView(catalogue, today)
    found: list[Assessed] = []
    for country, contract in catalogue.hub.contracts.items():
        places = {city.unit.id: city.unit.properties() for city in cities if city.unit.country == country}
        measures = catalogue.hub.plugins.measures()
        readings = _read(view, contract, list(places), measures)
        found.append(Assessed(contract, assess(contract, readings, {EVIDENCE, *measures}, places, view.today)))
    return found


def assess_one(catalogue: Catalogue, city: City, milestone: str, today: date | None = None) -> tuple[Contract, Assessment]:
    """One city against one milestone. Refused where the country's contract has no such milestone."""
    contract = catalogue.hub.contracts[city.unit.country]
    wanted = find_milestone(contract, milestone).id
    for assessed in assess_cities(catalogue, [city], today):
        for assessment in assessed.assessments:
            if assessment.milestone == wanted:
                return contract, assessment
    raise AssertionError(wanted)


def find_milestone(contract: Contract, text: str) -> Milestone:
    """The milestone with this id (`data/baseline`), this short code (D3), or this id under another name of its track."""
    found = contract.milestones.get(canonical(contract, text.upper() if "/" not in text else text))
    if found is None:
        raise refuse("milestone.unknown", msg("There is no milestone %(text)s.", text=text), suggestion(contract, text))
    return found


def as_data(assessment: Assessment, state: str) -> dict[str, object]:
    """The assessment as `milestone status --json` and the stored claim show it; texts in English, values as `plain` has them."""
    return {
        "city": assessment.city,
        "track": assessment.track,
        "milestone": assessment.milestone,
        "state": state,
        "met": assessment.met,
        "contract_version": assessment.contract_version,
        "assessed_on": assessment.on.isoformat(),
        "criteria": [_criterion(result) for result in assessment.result.criteria()],
    }


def _criterion(result: CriterionResult) -> dict[str, object]:
    return {
        "criterion": result.criterion,
        "measure": result.measure,
        "value": plain(result.value),
        "comparison": result.comparison.value,
        "required": plain(result.required),
        "met": result.met.value == "met",
        "state": result.met.value,
        "missing": [str(message) for message in result.missing],
    }


def _read(view: HubView, contract: Contract, cities: Sequence[str], measures: Mapping[str, Measure]) -> dict[MeasureRequest, Mapping[str, Reading]]:
    """Each measure once for all cities."""
    readings: dict[MeasureRequest, Mapping[str, Reading]] = {}
    for request in requests(contract):
        if request.measure == EVIDENCE:
            attached = view.evidence(cities)
            readings[request] = {city: Reading(cast("Value", frozenset(attached.get(city, {})))) for city in cities}
        elif request.measure in measures:
            readings[request] = measures[request.measure].read(view, cities, dict(request.arguments))
    return readings
