"""What Ghana, Portugal and Türkiye adapt of the milestones makes a difference: what is enough in one country is not in another, and the city is told why."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal

import pytest

from sdgcities.contract.assess import assess
from sdgcities.contract.requests import EVIDENCE, MeasureRequest, asked, request_of
from sdgcities.model.milestones import Assessment, Comparison, Contract, Criterion, Group, Met, Reading, Value
from sdgcities.model.places import Attribute
from sdgcities.plugin.discovery import discover
from sdgcities.plugin.plugins import Plugins

GH, PT, TR = "GH", "PT", "TR"
TOWN: Mapping[str, Attribute] = {"population": Decimal(60_000), "metropolitan": False}
VILLAGE: Mapping[str, Attribute] = {"population": Decimal(20_000), "metropolitan": False}
METROPOLIS: Mapping[str, Attribute] = {"population": Decimal(900_000), "metropolitan": True}
ON = date(2026, 1, 31)


@pytest.fixture(scope="module")
def contracts(core: Contract) -> Mapping[str, Contract]:
    plugins = Plugins.open(discover(None), ["ghana", "portugal", "turkiye"], [GH, PT, TR])
    return {country: plugins.contract(country, core) for country in (GH, PT, TR)}


def leaves(group: Group) -> Iterator[Criterion]:
    for member in group.members:
        if isinstance(member, Group):
            yield from leaves(member)
        else:
            yield member


def enough(contract: Contract, milestone: str, without: set[str]) -> dict[str, Value]:
    """For each measure exactly what the country asks; of documents all that it names but these."""
    held: dict[str, Value] = {}
    documents: set[str] = set()
    for criterion in leaves(asked(contract.milestones[milestone])):
        value = contract.milestones[milestone].parameters[criterion.parameter].in_force if criterion.parameter else criterion.value
        assert value is not None
        if criterion.measure == EVIDENCE:
            assert isinstance(value, frozenset)
            documents |= {document for document in value if document.partition("#")[2] not in without}
        else:
            held[criterion.measure] = next(iter(sorted(value))) if criterion.comparison is Comparison.ONE_OF and isinstance(value, frozenset) else value
    return {**held, EVIDENCE: frozenset(documents)}


def assessed(contract: Contract, milestone: str, held: Mapping[str, Value], place: Mapping[str, Attribute]) -> Assessment:
    only = Contract(contract.version, contract.status, contract.source, contract.tracks, {milestone: contract.milestones[milestone]}, ())
    wanted: set[MeasureRequest] = {request_of(criterion, contract.milestones[milestone]) for criterion in leaves(asked(contract.milestones[milestone]))}
    readings = {request: {"city": Reading(held.get(request.measure))} for request in wanted}
    (found,) = assess(only, readings, {request.measure for request in wanted}, {"city": place}, ON)
    return found


def told(assessment: Assessment) -> set[str]:
    """What is missing, in words."""
    unmet = [result for result in assessment.result.criteria() if result.met is not Met.YES and result.applies]
    return {str(message) for result in unmet for message in result.missing}


CASES = [
    ("the committee has seven members in Ghana", "data/agreement", PT, GH, TOWN, set(), "5 of at least 7: 2 more needed."),
    ("the committee is inaugurated first in Ghana", "data/agreement", TR, GH, TOWN, set(), "Nothing is recorded yet."),
    ("the inauguration has a record in Ghana", "data/agreement", PT, GH, TOWN, set(), "Record of the committee's inauguration"),
    ("a welcome certificate is the entry in Portugal", "data/agreement", GH, PT, TOWN, set(), "Welcome certificate (certificado de boas-vindas)"),
    ("each goal has a champion in Portugal", "data/agreement", GH, PT, TOWN, set(), "Order naming a champion for each of the 17 SDGs"),
    ("the council decides in Türkiye", "data/agreement", GH, TR, TOWN, set(), "Decision of the municipal council to take part"),
    ("the Ministry permits in Türkiye", "data/agreement", PT, TR, TOWN, set(), "Permission of the Ministry"),
    ("children are assessed in Türkiye", "planning/engagement", GH, TR, TOWN, set(), "children"),
    ("a plan to 2029 is enough in Türkiye only", "planning/adoption", TR, GH, TOWN, {"investment-programme", "strategic-plan"}, "2029 of at least 2030"),
    ("Portugal's PDM is a plan", "planning/adoption", PT, GH, TOWN, {"plan"}, "Plan with spatial map"),
    ("Ghana's MTDP is a plan", "planning/adoption", GH, PT, TOWN, {"plan"}, "Plan with spatial map"),
    ("a metropolis plans its province in Türkiye", "planning/adoption", GH, TR, METROPOLIS, set(), "Spatial development plan of the province"),
    ("a review every four years is enough in Portugal", "planning/review-loop", PT, TR, TOWN, set(), "4 of at most 2"),
    ("the REOT is shown in Portugal", "planning/review-loop", GH, PT, TOWN, set(), "Report on the state of spatial planning"),
    ("the activity report is a progress note in Türkiye", "planning/review-loop", TR, GH, TOWN, {"progress-note"}, "Annual progress note"),
]


@pytest.mark.parametrize(("milestone", "here", "there", "place", "without", "reason"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_enough_in_one_country_is_not_in_the_other(
    contracts: Mapping[str, Contract], milestone: str, here: str, there: str, place: Mapping[str, Attribute], without: set[str], reason: str
) -> None:
    held = enough(contracts[here], milestone, without)
    assert assessed(contracts[here], milestone, held, place).met
    elsewhere = assessed(contracts[there], milestone, held, place)
    assert not elsewhere.met
    assert any(reason in text for text in told(elsewhere)), told(elsewhere)


PATHS = [(TOWN, "strategic-plan", True), (VILLAGE, "strategic-plan", False), (VILLAGE, "investment-programme", True)]


@pytest.mark.parametrize(("place", "plan", "met"), PATHS)
def test_from_50_000_inhabitants_a_strategic_plan_below_another_path(
    contracts: Mapping[str, Contract], place: Mapping[str, Attribute], plan: str, met: bool
) -> None:
    others = {"plan", "strategic-plan", "investment-programme"} - {plan}
    held = enough(contracts[TR], "planning/adoption", others)
    assert assessed(contracts[TR], "planning/adoption", held, place).met is met


def test_every_milestone_that_a_country_changes_stands_here(core: Contract, contracts: Mapping[str, Contract]) -> None:
    changed = {(country, id_) for country, contract in contracts.items() for id_ in contract.milestones if contract.milestones[id_] != core.milestones.get(id_)}
    assert changed <= {(country, case[1]) for case in CASES for country in case[2:4]}
