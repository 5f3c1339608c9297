"""SDG 11.2.1: who can walk to a stop, counted once."""

from __future__ import annotations

import pytest
from tests.methods.asked import asked


def test_people_served_of_all() -> None:
    found = asked("sdg-11.2.1", population=80_000, served=60_000)
    assert (found.outputs["share"], found.outputs["unserved"]) == (75, 20_000)


def test_who_is_near_both_kinds_of_stop_counts_once() -> None:
    found = asked("sdg-11.2.1", population=100, near_low=60, near_high=30, near_both=20)
    assert (found.outputs["share"], found.outputs["served"]) == (70, 70)


def test_groups_have_their_own_shares() -> None:
    found = asked("sdg-11.2.1", population=100, served=70, served_by={"women": 30, "disabled": 0}, population_by={"women": 50, "disabled": 0})
    assert found.outputs["by_group"] == {"women": 60, "disabled": None}


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        ({"population": 0, "served": 0}, "population is zero"),
        ({"population": 10, "served": 11}, "served (11) is larger than population (10)"),
        ({"population": 10}, "Give served, or all three"),
        ({"population": 10, "near_low": 5, "near_high": 3}, "near_both is missing"),
        ({"population": 10, "near_low": 5, "near_high": 3, "near_both": 4}, "near_both (4) is larger"),
        ({"population": 10, "served": 5, "near_low": 3}, "Give either served"),
        ({"population": 10, "served": -5}, "served is -5"),
        ({"population": 10, "served": 5, "served_by": {"women": 1}}, "women: given in only one of"),
        ({"population": 10, "served": 5, "served_by": {"women": 3}, "population_by": {"women": 2}}, "served_by (women) (3) is larger"),
    ],
)
def test_what_can_not_be_computed_says_why(given: dict[str, object], reason: str) -> None:
    found = asked("sdg-11.2.1", **given)
    assert found.outputs == {}
    assert reason in str(found.reason)
