"""A city claims a milestone; somebody else decides."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.hub_fixtures import HO, Desk

from sdgcities.errors import Refused
from sdgcities.intake.yaml import load_yaml
from sdgcities.model.hub import Role
from sdgcities.recognition.assessing import assess_cities, find_milestone
from sdgcities.recognition.claims import Claim, Decision, claims, find_claim, make_claim, review
from sdgcities.recognition.standing import newest_claims
from sdgcities.registry.people import add_actor
from sdgcities.store import audit

SPECIMEN = Path(__file__).resolve().parents[2] / "plugins" / "ghana" / "sdgcities_ghana" / "sample" / "indicator-framework.yaml"
REASON = "Read and compared with the list of the statistics office."


@pytest.fixture
def ready(desk: Desk) -> Desk:
    """A city that has what data/framework asks for."""
    desk.submit("indicator-framework", load_yaml(SPECIMEN).data)
    return desk


def claimed(desk: Desk, milestone: str = "data/framework") -> Claim:
    return make_claim(desk.catalogue, desk.city, milestone, desk.person("kofi"), desk.person("ama"))


def refusal(refused: pytest.ExceptionInfo[Refused]) -> str:
    return refused.value.findings[0].code


def test_a_claim_that_is_met_goes_through(ready: Desk) -> None:
    claim = claimed(ready)
    assert (claim.state, claim.author, claim.entered_by, claim.milestone) == ("claimed", "kofi", "ama", "data/framework")
    assert claim.assessment["met"] is True
    assert claim.snapshot_digest == audit.digest_of(claim.assessment)
    decided = review(ready.catalogue, claim.id, Decision.APPROVED, REASON, ready.person("esi"))
    assert [(event.action, event.actor, event.reason) for event in decided.events] == [("claimed", "ama", ""), ("approved", "esi", REASON)]
    assert newest_claims(ready.catalogue, HO) == {(HO, "data/framework"): "approved"}
    assert ready.chain()[1] is None


def test_a_claim_that_is_not_met_is_refused_with_everything_that_is_missing(desk: Desk) -> None:
    before = desk.counts()
    with pytest.raises(Refused) as refused:
        claimed(desk)
    assert [finding.code for finding in refused.value.findings] == ["criterion.unmet"] * 4
    assert "indicator-framework" in str(refused.value.findings[0].hint)
    assert desk.counts() == before


def test_a_criterion_that_nobody_measures_yet_keeps_a_milestone_out_of_reach(ready: Desk) -> None:
    with pytest.raises(Refused) as refused:
        claimed(ready, "finance/pipeline")
    assert {"criterion.not_measurable_yet"} <= {finding.code for finding in refused.value.findings}


@pytest.mark.parametrize("own", ["kofi", "ama"], ids=["its author", "who typed it"])
def test_nobody_reviews_a_claim_of_their_own(ready: Desk, own: str) -> None:
    add_actor(ready.hub.database, ready.person("ama"), own, [Role.REVIEWER], "", "")
    claim = claimed(ready)
    with pytest.raises(Refused) as refused:
        review(ready.catalogue, claim.id, Decision.APPROVED, REASON, ready.person(own))
    assert refusal(refused) == "claim.own"
    assert find_claim(ready.catalogue, claim.id).state == "claimed"


@pytest.mark.parametrize(("author", "typist"), [("esi", "ama"), ("kofi", "kofi"), ("kofi", "esi"), ("ama", "ama")])
def test_roles_are_asked_for(ready: Desk, author: str, typist: str) -> None:
    with pytest.raises(Refused) as refused:
        make_claim(ready.catalogue, ready.city, "data/framework", ready.person(author), ready.person(typist))
    assert refusal(refused) == "actor.role"
    claim = claimed(ready)
    for person in ("ama", "kofi"):
        with pytest.raises(Refused) as refused:
            review(ready.catalogue, claim.id, Decision.APPROVED, REASON, ready.person(person))
        assert refusal(refused) == "actor.role"


@pytest.mark.parametrize("reason", ["", "   ", "\n\t"])
def test_a_decision_needs_a_reason(ready: Desk, reason: str) -> None:
    claim = claimed(ready)
    before = ready.counts()
    with pytest.raises(Refused) as refused:
        review(ready.catalogue, claim.id, Decision.REJECTED, reason, ready.person("esi"))
    assert refusal(refused) == "claim.reason"
    assert ready.counts() == before


def test_a_claim_is_decided_once(ready: Desk) -> None:
    claim = claimed(ready)
    review(ready.catalogue, claim.id, Decision.REJECTED, REASON, ready.person("esi"))
    with pytest.raises(Refused, match="decided already: rejected"):
        review(ready.catalogue, claim.id, Decision.APPROVED, REASON, ready.person("esi"))
    with pytest.raises(Refused) as refused:
        find_claim(ready.catalogue, 99)
    assert refusal(refused) == "claim.unknown"


@pytest.mark.parametrize(("decision", "again"), [(Decision.APPROVED, False), (None, False), (Decision.RETURNED, True), (Decision.REJECTED, True)])
def test_a_milestone_is_claimed_again_only_after_a_no(ready: Desk, decision: Decision | None, again: bool) -> None:
    first = claimed(ready)
    if decision:
        review(ready.catalogue, first.id, decision, REASON, ready.person("esi"))
    if again:
        assert claimed(ready).id == 2
        assert [claim.id for claim in claims(ready.catalogue, HO)] == [2, 1]
    else:
        with pytest.raises(Refused) as refused:
            claimed(ready)
        assert refusal(refused) == "claim.stands"


def test_what_was_found_on_the_day_stays_whatever_comes_after(ready: Desk) -> None:
    claim = claimed(ready)
    ready.submit("indicator-framework", {"adopted_on": "2026-03-02", "indicators": ["GH-POP"]})
    (assessed,) = assess_cities(ready.catalogue, [ready.city])
    assert not next(one for one in assessed.assessments if one.milestone == "data/framework").met
    assert find_claim(ready.catalogue, claim.id).assessment == claim.assessment


def test_milestones_go_by_id_short_code_and_the_other_names_of_their_track(desk: Desk) -> None:
    contract = desk.hub.contracts["GH"]
    for text in ("planning/alignment", "strategic_planning/alignment"):
        assert find_milestone(contract, text).id == "planning/alignment"
    assert find_milestone(contract, "d3").id == "data/baseline"
    with pytest.raises(Refused) as refused:
        find_milestone(contract, "data/none")
    assert refusal(refused) == "milestone.unknown"
