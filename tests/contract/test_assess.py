"""Cities held against milestones, with the reasons."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest

from sdgcities.contract.adapt import adapt
from sdgcities.contract.assess import assess
from sdgcities.contract.requests import EVIDENCE, MeasureRequest, requests
from sdgcities.findings import msg
from sdgcities.model.milestones import Adaptation, Assessment, Contract, CriterionResult, GroupResult, Met, Reading, Value

AssessOne = Callable[..., Assessment]
AGREED: dict[str, Reading] = {
    "data/agreement-signatures": Reading(Decimal(2)),
    "data/agreement-date": Reading(value=True),
    "data/committee-members": Reading(Decimal(19)),
    "data/committee-bodies": Reading(Decimal(4)),
    "data/focal-point": Reading(value=True),
    "data/boundary-definition": Reading("administrative"),
    EVIDENCE: Reading(frozenset({"data/agreement#agreement", "data/agreement#committee-order", "data/agreement#boundary", "data/layers#x"})),
}


def by_id(assessment: Assessment) -> dict[str, CriterionResult]:
    return {result.criterion: result for result in assessment.result.criteria()}


def missing(assessment: Assessment) -> dict[str, list[str]]:
    """What is missing for each criterion that is not met."""
    return {name: [str(message) for message in result.missing] for name, result in by_id(assessment).items() if result.met is not Met.YES}


def test_a_city_that_has_everything(core: Contract, assess_one: AssessOne) -> None:
    found = assess_one(core, "data/agreement", AGREED)
    assert found.met
    assert missing(found) == {}
    assert (found.city, found.track, found.contract_version, found.on) == ("GH0804", "data", "1.0.0", date(2026, 1, 31))
    assert by_id(found)["committee-members"].required == Decimal(5)
    assert by_id(found)["#boundary"].value == {"data/agreement#boundary"}


@pytest.mark.parametrize(
    ("measure", "reading", "name", "expected"),
    [
        ("data/committee-members", Reading(Decimal(3)), "committee-members", ["3 of at least 5: 2 more needed."]),
        ("data/committee-members", Reading(None), "committee-members", ["Nothing is recorded yet."]),
        ("data/agreement-date", Reading(value=False), "date", ["This is not so yet."]),
        ("data/agreement-date", Reading(False, (msg("No date in the form."),)), "date", ["No date in the form."]),
        ("data/boundary-definition", Reading("historical"), "boundary-definition", ["historical is not one of: administrative, degree-of-urbanisation."]),
        ("data/committee-members", Reading("many"), "committee-members", ["The measure data/committee-members gave many, which can't be compared."]),
        ("data/committee-members", Reading(Decimal("NaN")), "committee-members", ["The measure data/committee-members gave NaN, which can't be compared."]),
        (EVIDENCE, Reading(frozenset({"data/agreement#agreement", "data/agreement#boundary"})), "#committee-order", None),
    ],
)
def test_exactly_what_is_missing_is_said(core: Contract, assess_one: AssessOne, measure: str, reading: Reading, name: str, expected: list[str] | None) -> None:
    found = assess_one(core, "data/agreement", AGREED | {measure: reading})
    assert not found.met
    assert missing(found) == {name: expected or ["Not attached yet: Order naming the city SDG committee and the data focal point."]}


def test_a_number_that_lacks_is_followed_by_what_the_measure_knows(core: Contract, assess_one: AssessOne) -> None:
    age = MeasureRequest("data/baseline-share-within-age", (("max_age_years", Decimal(6)),))
    readings = {
        "data/baseline-coverage": Reading(Decimal("0.45"), (msg("GH-1.2.1 has no value."),)),
        age: Reading(Decimal("0.8")),
        "data/baseline-values-valid": Reading(Decimal(1)),
        "data/baseline-gaps-explained": Reading(Decimal(1)),
    }
    assert missing(assess_one(core, "data/baseline", readings)) == {"coverage": ["45%, but 50% is required.", "GH-1.2.1 has no value."]}


def test_what_no_track_provides_is_not_measurable_and_counts_as_unmet(core: Contract) -> None:
    found = assess(core, {}, frozenset(), {"GH0804": {}}, date(2026, 1, 31))
    assert len(found) == 22
    assert not any(assessment.met for assessment in found)
    assert all(result.met is Met.NOT_MEASURABLE for assessment in found for result in assessment.result.criteria())
    assert str(found[0].result.criteria()[0].missing[0]) == "Not measurable yet: no track provides the measure data/agreement-signatures."


def test_a_city_without_a_reading_has_nothing_recorded(core: Contract) -> None:
    request = MeasureRequest("data/committee-members")
    found = assess(core, {request: {"A": Reading(Decimal(9))}}, {request.measure}, {"A": {}, "B": {}}, date(2026, 1, 31))
    members = {entry.city: by_id(entry)["committee-members"].met for entry in found if entry.milestone == "data/agreement"}
    assert members == {"A": Met.YES, "B": Met.NO}


def test_each_measure_is_asked_once_with_its_arguments(core: Contract) -> None:
    asked = requests(core)
    assert len(asked) == len(set(asked))
    assert MeasureRequest("data/baseline-share-within-age", (("max_age_years", Decimal(6)),)) in asked
    assert MeasureRequest("data/reviewed-share", (("reviewer", "statistics-office-or-hub"),)) in asked
    assert sum(request.measure == EVIDENCE for request in asked) == 1
    assert sum(request.measure == "finance/preparation-paid-by-fund" for request in asked) == 1


def test_a_national_parameter_reaches_the_measure(core: Contract, declare: Callable[..., Adaptation]) -> None:
    text = "changes:\n- {milestone: D3, status: draft, source: gss, reason: yearly survey, parameters: {max_age_years: 4}}\n"
    assert MeasureRequest("data/baseline-share-within-age", (("max_age_years", Decimal(4)),)) in requests(adapt(core, [declare(text)]))


@pytest.mark.parametrize(
    ("risen", "growth", "deflator", "met"),
    [
        (Decimal(1), Decimal(0), False, True),
        (Decimal(0), Decimal("0.03"), True, True),
        (Decimal(0), Decimal("0.03"), False, False),
        (Decimal(0), Decimal("0.02"), True, False),
    ],
)
def test_any_one_alternative_is_enough(
    core: Contract,
    assess_one: AssessOne,
    risen: Value,
    growth: Value,
    deflator: Value,
    met: bool,
) -> None:
    readings = {
        "institutions/domains-risen": Reading(risen),
        "institutions/real-revenue-growth": Reading(growth),
        "institutions/revenue-deflator-named": Reading(deflator),
        "institutions/fallen-domains-explained-share": Reading(Decimal(1)),
    }
    assert assess_one(core, "institutions/improvement", readings).met is met


def test_at_most_says_by_how_much_it_is_passed(core: Contract, assess_one: AssessOne) -> None:
    found = assess_one(core, "planning/review-loop", {"planning/years-to-next-review": Reading(Decimal(5))})
    assert missing(found)["next-review"] == ["5 of at most 2: 3 too many."]


def test_a_set_names_its_missing_members(core: Contract, assess_one: AssessOne) -> None:
    found = assess_one(core, "planning/engagement", {"planning/groups-assessed": Reading(frozenset({"women", "migrants"}))})
    assert missing(found)["groups-assessed"] == ["Missing: persons-with-disabilities, residents-of-informal-settlements, youth."]


PRECONDITION = "  preconditions: [{id: first, text: The committee came first, measure: data/committee-lead-days, at_least: 0}]\n"


@pytest.mark.parametrize(("days", "met"), [(0, True), (12, True), (-3, False)])
def test_a_precondition_stands_in_front(
    core: Contract,
    change: Callable[..., Adaptation],
    assess_one: AssessOne,
    days: int,
    met: bool,
) -> None:
    found = assess_one(adapt(core, [change(PRECONDITION)]), "data/agreement", AGREED | {"data/committee-lead-days": Reading(Decimal(days))})
    assert found.met is met
    assert found.result.criteria()[0].criterion == "first"


CONDITIONAL = (
    "  criteria: [{id: extra, text: Extra, measure: data/gh-extra, at_least: 1, when: {attribute: population, at_least: 50000}}]\n"
    "  evidence: [{id: record, name: Record, file: true, when: {attribute: population, at_least: 50000}}]\n"
)


@pytest.mark.parametrize(
    ("place", "met", "reason"),
    [
        ({"population": Decimal(50_000)}, Met.NO, "0 of at least 1: 1 more needed."),
        ({"population": Decimal(49_999)}, Met.DOES_NOT_APPLY, "Does not apply: the attribute population of this place is 49999."),
        ({}, Met.DOES_NOT_APPLY, "Does not apply: the attribute population of this place is not known."),
    ],
)
def test_a_condition_limits_what_was_added(
    core: Contract, change: Callable[..., Adaptation], assess_one: AssessOne, place: dict[str, Decimal], met: Met, reason: str
) -> None:
    found = assess_one(adapt(core, [change(CONDITIONAL)]), "data/agreement", AGREED | {"data/gh-extra": Reading(Decimal(0))}, place)
    extra = by_id(found)["extra"]
    assert (extra.met, str(extra.missing[0])) == (met, reason)
    assert by_id(found)["#record"].met is met
    assert found.met is (met is Met.DOES_NOT_APPLY)


def test_what_does_not_apply_never_satisfies_an_any_group(core: Contract, change: Callable[..., Adaptation], assess_one: AssessOne) -> None:
    text = (
        "  criteria:\n  - any:\n    - {id: a, text: A, measure: data/gh-extra, at_least: 1}\n"
        "    - all: [{id: b, text: B, measure: data/gh-other, at_least: 1, when: {attribute: metropolitan, equals: true}}]\n"
    )
    readings = AGREED | {"data/gh-extra": Reading(Decimal(0)), "data/gh-other": Reading(Decimal(1))}
    adapted = adapt(core, [change(text)])
    assert not assess_one(adapted, "data/agreement", readings).met
    assert assess_one(adapted, "data/agreement", readings, {"metropolitan": True}).met


EQUIVALENT = "  accept: {boundary: [{id: gazette, name: Gazetted map, rationale: surveyed, when: {attribute: population, at_least: 50000}}]}\n"


@pytest.mark.parametrize(("population", "met"), [(80_000, True), (20_000, False)])
def test_an_equivalent_stands_in_for_the_document_where_its_condition_holds(
    core: Contract,
    change: Callable[..., Adaptation],
    assess_one: AssessOne,
    population: int,
    met: bool,
) -> None:
    attached = Reading(frozenset({"data/agreement#agreement", "data/agreement#committee-order", "data/agreement#gazette"}))
    found = assess_one(adapt(core, [change(EQUIVALENT)]), "data/agreement", AGREED | {EVIDENCE: attached}, {"population": Decimal(population)})
    assert found.met is met
    either = [member for member in found.result.members if isinstance(member, GroupResult)]
    assert [(group.any, group.met) for group in either] == [(True, met)]


def test_the_documents_of_the_core_still_do_where_there_is_an_equivalent(core: Contract, change: Callable[..., Adaptation], assess_one: AssessOne) -> None:
    assert assess_one(adapt(core, [change(EQUIVALENT)]), "data/agreement", AGREED, {"population": Decimal(80_000)}).met


OWN = """milestones:
- id: data/gh-ring
  name: Ring road counted
  status: draft
  source: gss
  when: {attribute: metropolitan, equals: true}
  criteria: {all: [{id: counted, text: Counted, measure: data/gh-ring-on, at_most: 2027-06-30}]}
"""


@pytest.mark.parametrize(
    ("on", "place", "applies", "met"),
    [
        (date(2027, 6, 30), {"metropolitan": True}, True, True),
        (date(2027, 7, 2), {"metropolitan": True}, True, False),
        (date(2027, 6, 30), {"metropolitan": False}, False, False),
        (date(2027, 6, 30), {}, False, False),
    ],
)
def test_a_milestone_of_a_countrys_own_applies_where_it_says(
    core: Contract,
    declare: Callable[..., Adaptation],
    assess_one: AssessOne,
    on: date,
    place: dict[str, bool],
    applies: bool,
    met: bool,
) -> None:
    found = assess_one(adapt(core, [declare(OWN)]), "data/gh-ring", {"data/gh-ring-on": Reading(on)}, place)
    assert (found.applies, found.met) == (applies, met)
    if applies and not met:
        assert missing(found)["counted"] == ["2027-07-02 is 2 days after 2027-06-30."]


def test_a_milestone_whose_every_criterion_lies_outside_does_not_apply(core: Contract, declare: Callable[..., Adaptation], assess_one: AssessOne) -> None:
    conditional = OWN.replace("  when: {attribute: metropolitan, equals: true}\n", "").replace("06-30}", "06-30, when: {attribute: coastal, equals: true}}")
    found = assess_one(adapt(core, [declare(conditional)]), "data/gh-ring", {"data/gh-ring-on": Reading(date(2027, 1, 1))}, {"coastal": False})
    assert (found.applies, found.met, found.result.met) == (False, False, False)


def test_a_yes_is_no_number(core: Contract) -> None:
    request = MeasureRequest("data/framework-complete")
    readings = {request: {"A": Reading(Decimal(1)), "B": Reading(value=True), "C": Reading([1])}}  # type: ignore[arg-type] # as a plugin might
    found = assess(core, readings, {request.measure}, {"A": {}, "B": {}, "C": {}}, date(2026, 1, 31))
    complete = {entry.city: by_id(entry)["complete"] for entry in found if entry.milestone == "data/framework"}
    assert {city: result.met for city, result in complete.items()} == {"A": Met.YES, "B": Met.NO, "C": Met.NO}
    assert str(complete["B"].missing[0]) == "The measure data/framework-complete gave true, which can't be compared."
