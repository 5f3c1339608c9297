"""A city leaves or becomes part of another: its records stay its own, and are shown with the city that followed it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from tests.hub_fixtures import AGREEMENT, HO, Desk

from sdgcities.errors import Refused
from sdgcities.intake.yaml import load_yaml
from sdgcities.model.hub import CityStage
from sdgcities.recognition.claims import Claim, Decision, claims, make_claim, review
from sdgcities.recognition.departing import leave, merge
from sdgcities.recognition.standing import newest_claims
from sdgcities.registry.catalogue import Catalogue
from sdgcities.registry.cities import City, cities, find_city, predecessors
from sdgcities.registry.stages import join, pause, resume
from sdgcities.reports.city import city_report
from sdgcities.tracks.data.showing import shown

SPECIMEN = Path(__file__).resolve().parents[2] / "plugins" / "ghana" / "sdgcities_ghana" / "sample" / "indicator-framework.yaml"
REASON = "Notice, seen on paper."
HO_WEST, HOHOE, LAST = "GH1409", "GH1410", date(2025, 12, 31)
ENDED = ("GH-D216-KUMASI", "GH-D216-TEMA", "GH-D254-KETA", "GH-D216-SEKONDI-TAKORADI", "GH-D254-ACCRA")


def refusal(act: Callable[[], object]) -> tuple[str, str]:
    """The one finding of a refusal: its code, and what a person reads."""
    with pytest.raises(Refused) as refused:
        act()
    (finding,) = refused.value.findings
    return finding.code, f"{finding.message} {finding.hint or ''}"


def merged(desk: Desk, code: str = HO, into: str = HO_WEST, until: date | None = LAST) -> City:
    """The city that followed."""
    merge(desk.catalogue, find_city(desk.catalogue, code), desk.catalogue.unit(into), until, REASON, desk.person("ama"))
    return find_city(desk.catalogue, into)


def claimed(desk: Desk) -> Claim:
    desk.submit("indicator-framework", load_yaml(SPECIMEN).data)
    return make_claim(desk.catalogue, desk.city, "data/framework", desk.person("kofi"), desk.person("ama"))


def approved(desk: Desk) -> Claim:
    return review(desk.catalogue, claimed(desk).id, Decision.APPROVED, "Read.", desk.person("esi"))


def test_nothing_moves_and_everything_is_found_with_the_successor(desk: Desk) -> None:
    desk.bring(desk.tidy({}))
    claim = approved(desk)
    before = desk.counts()
    after = merged(desk)
    assert {name: count - before[name] for name, count in desk.counts().items() if count != before[name]} == {"city": 1, "city_stage": 2, "audit": 2}
    assert (after.stage, desk.city.stage, desk.city.successor) == (CityStage.JOINING, CityStage.MERGED, after.unit)
    assert [one.unit.id for one in predecessors(desk.catalogue, HO_WEST)] == [HO]
    assert claims(desk.catalogue, HO)[0] == claim
    assert claims(desk.catalogue, HO_WEST) == []
    assert desk.value() == "100"
    assert desk.figures(HO_WEST) == []
    assert desk.chain()[1] is None


def test_an_achievement_stays_with_the_place_that_made_it(desk: Desk) -> None:
    approved(desk)
    after = merged(desk)
    assert newest_claims(desk.catalogue, HO_WEST) == {}
    report = city_report(desk.catalogue, after)
    assert report.claims == ()
    assert [(before.city.unit.id, [one.state for one in before.claims]) for before in report.predecessors] == [(HO, ["approved"])]
    assert {standing.state for track in report.tracks for standing in track.standings} == {"open"}


def test_population_is_the_plugins_and_never_a_sum(desk: Desk) -> None:
    known = {code: desk.catalogue.unit(code).population for code in (HO, HO_WEST)}
    merged(desk)
    assert {code: desk.catalogue.unit(code).population for code in (HO, HO_WEST)} == known == {HO: 180420, HO_WEST: 82886}


def test_a_merged_city_takes_nothing_more(desk: Desk) -> None:
    merged(desk)
    before = desk.counts()
    document = desk.scratch / "agreement.pdf"
    document.write_bytes(b"%PDF-1.4")
    ama = desk.person("ama")
    acts: tuple[Callable[[], object], ...] = (
        lambda: desk.submit("participation-agreement", AGREEMENT),
        lambda: desk.attach("data/agreement", "agreement", document),
        lambda: make_claim(desk.catalogue, desk.city, "data/framework", desk.person("kofi"), ama),
        lambda: pause(desk.catalogue, desk.city, REASON, ama),
        lambda: leave(desk.catalogue, desk.city, REASON, ama),
        lambda: merge(desk.catalogue, desk.city, desk.catalogue.unit(HOHOE), LAST, REASON, ama),
    )
    for act in acts:
        code, told = refusal(act)
        assert (code, "Ho West (GH1409)" in told) == ("city.merged", True), told
    assert refusal(lambda: join(desk.catalogue, desk.catalogue.unit(HO), CityStage.ACTIVE, ama))[0] == "city.merged"
    assert desk.counts() == before


def test_who_found_the_city_before_it_merged_is_refused_all_the_same(desk: Desk) -> None:
    """Two people at once: one merges while the other's claim is on its way."""
    desk.submit("indicator-framework", load_yaml(SPECIMEN).data)
    stale, other = desk.city, Catalogue(desk.hub)
    merged(desk)
    assert refusal(lambda: make_claim(other, stale, "data/framework", desk.person("kofi"), desk.person("ama")))[0] == "city.merged"


def test_figures_after_the_end_belong_to_the_successor(desk: Desk) -> None:
    merged(desk)
    assert not desk.bring(desk.tidy({"period": "2025"})).blocked
    report = desk.bring(desk.tidy({"period": "2026", "value": "101"}))
    assert [finding.code for finding in report.findings] == ["unit.ended"]
    assert "Ho West (GH1409)" in str(report.findings[0].hint)
    assert "sdgcities data show GH1408 GH-POP" in refusal(lambda: shown(desk.catalogue, "Ho West", "GH-POP"))[1]


@pytest.mark.parametrize("code", ENDED)
def test_where_the_plugin_knows_the_day_and_the_successors(desk: Desk, code: str) -> None:
    """Districts that were divided in 2018 and 2019, each with the districts its plugin says it passed into."""
    ama, unit = desk.person("ama"), desk.catalogue.unit(code)
    join(desk.catalogue, unit, CityStage.ACTIVE, ama)
    city = find_city(desk.catalogue, code)
    for wrong, until, problem in ((HO, None, "city.merge-successor"), (unit.successors[0], LAST, "city.merge-day")):
        assert refusal(lambda wrong=wrong, until=until: merge(desk.catalogue, city, desk.catalogue.unit(wrong), until, REASON, ama))[0] == problem  # type: ignore[misc]
    for successor in unit.successors:
        if desk.catalogue.unit(successor).valid_to is None:
            assert merge(desk.catalogue, city, desk.catalogue.unit(successor), None, REASON, ama) == unit.valid_to
            assert [one.unit.id for one in predecessors(desk.catalogue, successor)] == [code]
            assert refusal(lambda: resume(desk.catalogue, find_city(desk.catalogue, code), REASON, ama))[0] == "city.ended"
            break
    else:
        pytest.fail("no successor stands")
    assert find_city(desk.catalogue, successor).unit.id == successor
    assert desk.catalogue.unit(code) == unit, "what the plugin says of the unit is not touched"


def test_a_successor_of_a_successor_will_do(desk: Desk) -> None:
    """Accra Metropolis of the 216 districts passed into that of the 254, which passed into those of today."""
    ama = desk.person("ama")
    join(desk.catalogue, desk.catalogue.unit("GH-D216-ACCRA"), CityStage.ACTIVE, ama)
    merge(desk.catalogue, find_city(desk.catalogue, "GH-D216-ACCRA"), desk.catalogue.unit("GH0704"), None, REASON, ama)
    assert find_city(desk.catalogue, "Accra Metropolis").unit.id == "GH0704", "of two cities of one name the one that takes part is meant"
    assert [one.unit.id for one in predecessors(desk.catalogue, "GH0704")] == ["GH-D216-ACCRA"]


def test_a_chain_of_mergers_leads_to_the_last(desk: Desk) -> None:
    merged(desk, until=date(2024, 6, 30))
    merged(desk, HO_WEST, HOHOE)
    assert [one.unit.id for one in predecessors(desk.catalogue, HOHOE)] == [HO_WEST, HO]
    join(desk.catalogue, desk.catalogue.unit("GH1401"), CityStage.ACTIVE, desk.person("ama"))
    city = find_city(desk.catalogue, "GH1401")
    code, told = refusal(lambda: merge(desk.catalogue, city, desk.catalogue.unit(HO_WEST), LAST, REASON, desk.person("ama")))
    assert code in ("city.merge-merged", "city.ended"), told


@pytest.mark.parametrize(
    ("into", "until", "code"),
    [
        (HO, LAST, "city.merge-into"),
        (HO_WEST, None, "city.merge-day"),
        (HO_WEST, date(2999, 1, 1), "city.merge-day"),
        ("GH-D216-KUMASI", LAST, "city.ended"),
    ],
)
def test_a_merger_that_can_not_be_is_refused(desk: Desk, into: str, until: date | None, code: str) -> None:
    before = desk.counts()
    assert refusal(lambda: merged(desk, into=into, until=until))[0] == code
    assert desk.counts() == before


def test_a_city_with_figures_of_later_days_did_not_end_before_them(desk: Desk) -> None:
    desk.bring(desk.tidy({"period": "2021"}, {"period": "2019"}))
    code, text = refusal(lambda: merged(desk, until=date(2019, 12, 31)))
    assert code == "city.merge-day"
    assert "has figures of days after 2019-12-31, up to 2021" in text
    assert merged(desk, until=date(2021, 12, 31)).unit.id == HO_WEST


def test_only_operators_merge_and_always_with_a_reason(desk: Desk) -> None:
    for person, reason, code in (("kofi", REASON, "actor.role"), ("esi", REASON, "actor.role"), ("ama", " ", "city.reason")):
        act = lambda person=person, reason=reason: merge(desk.catalogue, desk.city, desk.catalogue.unit(HO_WEST), LAST, reason, desk.person(person))  # noqa: E731
        assert refusal(act)[0] == code


def test_a_merger_recorded_by_mistake_can_be_taken_back(desk: Desk) -> None:
    ama = desk.person("ama")
    merged(desk)
    assert refusal(lambda: resume(desk.catalogue, desk.city, "", ama))[0] == "city.reason"
    assert resume(desk.catalogue, desk.city, "Recorded for the wrong city.", ama) is CityStage.JOINING
    assert desk.catalogue.unit(HO).valid_to is None
    assert predecessors(desk.catalogue, HO_WEST) == []
    desk.submit("participation-agreement", AGREEMENT)
    assert desk.chain()[1] is None


def test_a_claim_that_waits_is_decided_first(desk: Desk) -> None:
    claim = claimed(desk)
    before = desk.counts()
    for act in (lambda: leave(desk.catalogue, desk.city, REASON, desk.person("ama")), lambda: merged(desk)):
        code, told = refusal(act)
        assert code == "city.claims-wait"
        assert f"milestone review {claim.id}" in told
    assert desk.counts() == before
    review(desk.catalogue, claim.id, Decision.RETURNED, "The city leaves.", desk.person("esi"))
    leave(desk.catalogue, desk.city, REASON, desk.person("ama"))
    assert desk.city.stage is CityStage.LEFT


def test_a_claim_that_waits_can_be_decided_while_the_city_is_paused(desk: Desk) -> None:
    claim = claimed(desk)
    pause(desk.catalogue, desk.city, REASON, desk.person("ama"))
    assert review(desk.catalogue, claim.id, Decision.APPROVED, "Read.", desk.person("esi")).state == "approved"
    assert refusal(lambda: make_claim(desk.catalogue, desk.city, "data/agreement", desk.person("kofi"), desk.person("ama")))[0] == "city.paused"


def test_a_city_that_left_may_still_merge_and_be_read(desk: Desk) -> None:
    leave(desk.catalogue, desk.city, REASON, desk.person("ama"))
    merged(desk)
    assert {one.unit.id: one.stage for one in cities(desk.catalogue)} == {HO: "merged", HO_WEST: "joining"}
    assert resume(desk.catalogue, desk.city, "No merger after all.", desk.person("ama")) is CityStage.LEFT
