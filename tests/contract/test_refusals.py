"""What a country may not do: each refusal names the rule, the file and the line."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest

from sdgcities.contract.adapt import adapt
from sdgcities.errors import Refused
from sdgcities.model.milestones import Adaptation, Contract

OWN = """milestones:
- id: {id}
  code: {code}
  name: Sanitation data collected
  status: draft
  source: Ministry of Sanitation
  criteria:
    all:
    - {{id: communities, text: Communities are counted, measure: data/gh-communities, at_least: 1}}
"""
CRITERION = "{id: %s, text: National test, measure: data/gh-test, %s}"


def refusals(core: Contract, declared: Callable[[], list[Adaptation]]) -> list[tuple[str, int | None]]:
    """The code and line of each refusal."""
    with pytest.raises(Refused) as caught:
        adapt(core, declared())
    assert all(finding.where.file in {"ghana/milestones.yaml", "hub/milestones.yaml"} for finding in caught.value.findings)
    assert all(str(finding.message) for finding in caught.value.findings)
    return [(finding.code, finding.where.line) for finding in caught.value.findings]


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("  parameters:\n    committee_members: 2\n", "adapt.below-floor", 7),
        ("  parameters:\n    committee_members: 31\n", "adapt.above-ceiling", 7),
        ("  parameters:\n    committee_members: seven\n", "adapt.wrong-type", 7),
        ("  parameters:\n    committee_members: true\n", "adapt.wrong-type", 7),
        ("  parameters:\n    boundary_definitions: administrative\n", "adapt.wrong-type", 7),
        ("  parameters:\n    boundary_definitions: []\n", "adapt.empty-set", 7),
        ("  parameters:\n    boundary_definitions: [administrative, historical]\n", "adapt.unknown-option", 7),
        ("  parameters:\n    members: 7\n", "adapt.unknown-parameter", 7),
        ("  evidence:\n  - {id: boundary, name: Map, file: true}\n", "adapt.duplicate-evidence", 7),
        ("  evidence:\n  - {id: record, name: A, file: true}\n  - {id: record, name: B, file: true}\n", "adapt.duplicate-evidence", 8),
        (f"  criteria:\n  - {CRITERION % ('signatures', 'at_least: 1')}\n", "adapt.duplicate-criterion", 7),
        (f"  preconditions:\n  - {CRITERION % ('date', 'at_least: 1')}\n", "adapt.duplicate-criterion", 7),
        (f"  criteria:\n  - any:\n    - {CRITERION % ('a', 'at_least: 1')}\n    - {CRITERION % ('a', 'equals: true')}\n", "adapt.duplicate-criterion", 9),
        (f"  criteria:\n  - {CRITERION % ('a', 'at_least: {parameter: seats}')}\n", "criterion.unknown-parameter", 7),
        (f"  criteria:\n  - {CRITERION % ('a', 'at_most: {parameter: committee_members}')}\n", "criterion.unfit-parameter", 7),
        (f"  criteria:\n  - {CRITERION % ('a', 'at_least: many')}\n", "criterion.unfit-value", 7),
        ("  accept:\n    plan:\n    - {id: mtdp, name: MTDP, rationale: as good}\n", "adapt.unknown-evidence", 7),
        ("  accept:\n    boundary:\n    - {id: agreement, name: Decree, rationale: as good}\n", "adapt.duplicate-evidence", 8),
        ("  accept:\n    boundary:\n    - {id: gazette, name: Decree}\n", "schema.required", 8),
        ("  accept:\n    boundary:\n    - {id: gazette, name: Decree, rationale: ' '}\n", "schema.pattern", 8),
        ("  when: {attribute: population, at_least: 50000}\n", "adapt.condition-on-core", 6),
        ("  drop: [signatures]\n", "schema.additionalProperties", 6),
        ("  criteria:\n    all: []\n", "schema.type", 6),
    ],
)
def test_a_change_against_the_rules(core: Contract, change: Callable[..., Adaptation], text: str, code: str, line: int) -> None:
    assert (code, line) in refusals(core, lambda: [change(text)])


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("milestone: data/agreement", "milestone: data/agrement", "adapt.unknown-milestone"),
        ("  reason: national practice\n", "", "schema.required"),
        ("reason: national practice", "reason: ' '", "schema.pattern"),
        ("source: Ministry of Local Government", "source: mlg", "source.unknown"),
        ("status: draft", "status: settled", "schema.enum"),
    ],
)
def test_a_change_with_a_wrong_head(core: Contract, declare: Callable[..., Adaptation], old: str, new: str, code: str) -> None:
    text = "changes:\n- milestone: data/agreement\n  status: draft\n  source: Ministry of Local Government\n  reason: national practice\n"
    assert old in text
    assert code in [found for found, _ in refusals(core, lambda: [declare(text.replace(old, new))])]


@pytest.mark.parametrize(
    ("identifier", "code", "refusal", "line"),
    [
        ("data/sanitation", "GH-1", "adapt.milestone-id", 2),
        ("data/pt-sanitation", "GH-1", "adapt.milestone-id", 2),
        ("water/gh-sanitation", "GH-1", "adapt.unknown-track", 2),
        ("data/agreement", "GH-1", "adapt.duplicate-milestone", 2),
        ("data/gh-sanitation", "D1", "adapt.duplicate-milestone", 3),
    ],
)
def test_a_milestone_of_its_own_against_the_rules(
    core: Contract, declare: Callable[..., Adaptation], identifier: str, code: str, refusal: str, line: int
) -> None:
    assert (refusal, line) in refusals(core, lambda: [declare(OWN.format(id=identifier, code=code))])


def test_a_document_cannot_stand_in_for_the_hubs_own_records(core: Contract, declare: Callable[..., Adaptation]) -> None:
    text = (
        "changes:\n- milestone: D3\n  status: draft\n  source: gss\n  reason: practice\n"
        "  accept: {dataset: [{id: yearbook, name: Yearbook, rationale: as good}]}\n"
    )
    assert refusals(core, lambda: [declare(text)]) == [("adapt.evidence-in-records", 6)]


def test_every_refusal_of_a_file_comes_at_once(core: Contract, change: Callable[..., Adaptation]) -> None:
    text = "  parameters: {committee_members: 1, bodies_represented: 99}\n  accept: {plan: [{id: a, name: A, rationale: b}]}\n"
    codes = [code for code, _ in refusals(core, lambda: [change(text)])]
    assert codes == ["adapt.below-floor", "adapt.above-ceiling", "adapt.unknown-evidence"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("  parameters: {committee_members: 7}\n", "adapt.conflict"),
        ("  rename: Agreement signed\n", "adapt.conflict"),
        ("  evidence: [{id: record, name: Record, file: true}]\n", "adapt.duplicate-evidence"),
        (f"  criteria: [{CRITERION % ('a', 'at_least: 1')}]\n", "adapt.duplicate-criterion"),
    ],
)
def test_two_plugins_that_set_the_same_are_both_named(core: Contract, change: Callable[..., Adaptation], text: str, code: str) -> None:
    with pytest.raises(Refused) as caught:
        adapt(core, [change(text, "hub"), change(text, "ghana")])
    (finding,) = caught.value.findings
    assert finding.code == code
    assert "ghana" in str(finding.message)
    assert "hub" in str(finding.message)


def test_two_words_for_recognition_are_refused(core: Contract, declare: Callable[..., Adaptation]) -> None:
    text = "recognition: {word: Citation, status: draft, source: gss, reason: usual}\n"
    assert refusals(core, lambda: [declare(text), declare(text, "hub")]) == [("adapt.conflict", 1)]


def test_two_countries_are_refused(core: Contract, change: Callable[..., Adaptation]) -> None:
    assert ("adapt.other-country", 1) in refusals(core, lambda: [change(""), change("", "hub", "PT")])


def test_an_adaptation_made_in_python_is_held_to_the_same_rules(core: Contract, change: Callable[..., Adaptation]) -> None:
    declared = change("  accept: {boundary: [{id: gazette, name: Decree, rationale: as good}]}\n")
    (first,) = declared.changes
    equivalent = replace(first.accept["boundary"][0], rationale=" ")
    made = replace(
        declared, file="", lines={}, changes=(replace(first, reason="", parameters={"committee_members": Decimal("NaN")}, accept={"boundary": (equivalent,)}),)
    )
    with pytest.raises(Refused) as caught:
        adapt(core, [made])
    assert [finding.code for finding in caught.value.findings] == ["adapt.no-reason", "adapt.wrong-type", "adapt.no-rationale"]
    assert {finding.where.file for finding in caught.value.findings} == {"ghana"}
