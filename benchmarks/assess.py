"""How long it takes to hold 1,000 cities against every milestone, with each measure of the contract answered."""

from __future__ import annotations

import sys
import time
from datetime import date
from decimal import Decimal

from sdgcities.contract.assess import assess
from sdgcities.contract.load import load_contract
from sdgcities.contract.requests import EVIDENCE, MeasureRequest, requests
from sdgcities.model.milestones import Reading, Value

FIGURES: tuple[Value, ...] = (Decimal(0), Decimal("0.45"), Decimal(3), Decimal(2030), True)


def answers(request: MeasureRequest, cities: list[str], documents: list[str]) -> dict[str, Reading]:
    """A reading for every city; each city differs, so that met and unmet both occur."""
    if request.measure == EVIDENCE:
        return {city: Reading(frozenset(documents[: index % len(documents)])) for index, city in enumerate(cities)}
    return {city: Reading(FIGURES[index % len(FIGURES)]) for index, city in enumerate(cities)}


def main(count: int) -> None:
    """Assess and print the figures."""
    contract = load_contract()
    cities = [f"GH{number:04}" for number in range(count)]
    documents = [f"{milestone.id}#{evidence.id}" for milestone in contract.milestones.values() for evidence in milestone.evidence]
    readings = {request: answers(request, cities, documents) for request in requests(contract)}
    places = {city: {"population": Decimal(50_000)} for city in cities}
    provided = {request.measure for request in readings}
    start = time.process_time()
    assessments = assess(contract, readings, provided, places, date(2026, 1, 1))
    seconds = time.process_time() - start
    criteria = sum(len(assessment.result.criteria()) for assessment in assessments)
    print(f"cities {count}  milestones {len(contract.milestones)}  criteria {criteria}  CPU seconds {seconds:.2f}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1000)
