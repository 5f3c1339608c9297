"""What a country may do, and what becomes of the contract."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

from sdgcities.contract.adapt import adapt
from sdgcities.contract.diff import Kind, diff
from sdgcities.contract.requests import asked
from sdgcities.model.milestones import Adaptation, Comparison, Condition, Contract
from sdgcities.model.sources import Source, Status

FULL = """recognition: {word: Citation, status: draft, source: gss, reason: the usual word}
changes:
- milestone: D1
  status: draft
  source: gss
  reason: the committee comes first in Ghana
  rename: Participation agreement signed
  parameters: {committee_members: 7, boundary_definitions: [administrative]}
  evidence:
  - {id: inauguration-record, name: Record of the inauguration, file: true, when: {attribute: population, at_least: 50000}}
  preconditions:
  - {id: committee-first, text: The committee came first, measure: data/committee-lead-days, at_least: 0}
  criteria:
  - {id: assembly, text: The assembly is told, measure: data/gh-assembly, equals: true, when: {attribute: level, one_of: [district]}}
- milestone: strategic_planning/adoption
  status: proposed
  source: {office: NDPC, table: Act 480}
  reason: plans are made under an act
  accept:
    plan:
    - {id: mtdp, name: Medium-Term Development Plan, rationale: adopted by the assembly with targets and a map}
milestones:
- id: data/gh-sanitation
  name: Sanitation data collected
  status: draft
  source: gss
  grounding: [national practice]
  when: {attribute: metropolitan, equals: true}
  parameters:
    latest: {type: date, default: 2029-12-31, floor: 2030-12-31, ceiling: 2027-12-31, stricter: down, reason: national calendar}
  criteria:
    all:
    - {id: counted, text: Counted in time, measure: data/gh-counted-on, at_most: {parameter: latest}}
"""


def test_the_full_grammar(core: Contract, declare: Callable[..., Adaptation]) -> None:
    adapted = adapt(core, [declare(FULL)])
    agreement = adapted.milestones["data/agreement"]
    assert (adapted.country, adapted.recognition) == ("GH", "Citation")
    assert agreement.name == "Participation agreement signed"
    assert agreement.parameters["committee_members"].in_force == Decimal(7)
    assert agreement.parameters["bodies_represented"].in_force == Decimal(3)
    assert agreement.parameters["boundary_definitions"].in_force == {"administrative"}
    assert [evidence.id for evidence in agreement.evidence] == ["agreement", "committee-order", "boundary", "inauguration-record"]
    assert agreement.evidence[-1].when == Condition("population", Comparison.AT_LEAST, Decimal(50_000))
    assert [criterion.id for criterion in agreement.preconditions] == ["committee-first"]
    assert agreement.criteria.members[:-1] == core.milestones["data/agreement"].criteria.members
    (plan,) = (evidence for evidence in adapted.milestones["planning/adoption"].evidence if evidence.id == "plan")
    assert [entry.id for entry in plan.equivalents] == ["mtdp"]
    assert list(adapted.milestones) == [*core.milestones, "data/gh-sanitation"]
    assert adapted.milestones["data/gh-sanitation"].national == "ghana"
    assert core.milestones["data/agreement"].parameters["committee_members"].value is None


def test_what_comes_first_is_asked_first_and_documents_last(core: Contract, declare: Callable[..., Adaptation]) -> None:
    names = [getattr(member, "id", "group") for member in asked(adapt(core, [declare(FULL)]).milestones["data/agreement"]).members]
    assert names[0] == "committee-first"
    assert names[-4:] == ["#agreement", "#committee-order", "#boundary", "#inauguration-record"]


def test_criteria_are_added_beside_an_any_group_of_the_core_never_inside(core: Contract, change: Callable[..., Adaptation]) -> None:
    agreement = core.milestones["data/agreement"]
    either = replace(agreement, criteria=replace(agreement.criteria, any=True))
    declared = change("  criteria: [{any: [{id: a, text: A, measure: data/a, equals: true}, {id: b, text: B, measure: data/b, equals: true}]}]\n")
    after = adapt(replace(core, milestones={either.id: either}), [declared]).milestones[either.id].criteria
    assert not after.any
    assert after.members[0] == either.criteria
    assert len(after.members) == 2


def test_the_order_of_plugins_changes_nothing(core: Contract, change: Callable[..., Adaptation]) -> None:
    one = change("  parameters: {committee_members: 7}\n  evidence: [{id: a, name: A, file: true}]\n")
    two = change("  parameters: {bodies_represented: 4}\n  evidence: [{id: b, name: B, file: true}]\n", "hub")
    assert adapt(core, [one, two]) == adapt(core, [two, one])


def test_no_adaptation_leaves_the_core_contract(core: Contract) -> None:
    assert adapt(core, []) is core


def test_the_digest_tells_contracts_apart(core: Contract, change: Callable[..., Adaptation]) -> None:
    digests = {core.digest, *(adapt(core, [change(f"  parameters: {{committee_members: {count}}}\n")]).digest for count in (6, 7))}
    assert len(digests) == 3


def test_diff_lists_every_adaptation_beside_the_core(core: Contract, declare: Callable[..., Adaptation]) -> None:
    declared = declare(FULL)
    found = diff(core, adapt(core, [declared]), [declared])
    assert [(entry.kind, entry.milestone, entry.what) for entry in found] == [
        (Kind.RECOGNITION, "", ""),
        (Kind.NAME, "data/agreement", "data/agreement"),
        (Kind.PARAMETER, "data/agreement", "committee_members"),
        (Kind.PARAMETER, "data/agreement", "boundary_definitions"),
        (Kind.PRECONDITION, "data/agreement", "committee-first"),
        (Kind.CRITERION, "data/agreement", "assembly"),
        (Kind.EVIDENCE, "data/agreement", "inauguration-record"),
        (Kind.EQUIVALENT, "planning/adoption", "mtdp"),
        (Kind.MILESTONE, "data/gh-sanitation", "data/gh-sanitation"),
    ]
    by_kind = {entry.kind: entry for entry in found}
    members = found[2]
    assert (members.core, members.national, members.reason) == (Decimal(5), Decimal(7), "the committee comes first in Ghana")
    assert members.source == Source("Ghana Statistical Service")
    assert by_kind[Kind.EQUIVALENT].core == "Plan with spatial map"
    assert by_kind[Kind.EQUIVALENT].reason == "adopted by the assembly with targets and a map"
    assert by_kind[Kind.EQUIVALENT].source == Source("NDPC", "Act 480")
    assert by_kind[Kind.EQUIVALENT].status is Status.PROPOSED
    assert by_kind[Kind.CRITERION].when == Condition("level", Comparison.ONE_OF, frozenset({"district"}))


def test_diff_puts_the_word_for_recognition_first(core: Contract, declare: Callable[..., Adaptation], change: Callable[..., Adaptation]) -> None:
    both = [change("  parameters: {committee_members: 7}\n"), declare("recognition: {word: Citation, status: draft, source: gss, reason: usual}\n", "hub")]
    assert [entry.kind for entry in diff(core, adapt(core, both), both)] == [Kind.RECOGNITION, Kind.PARAMETER]
