"""SDG 11.1.1: everyone is counted once."""

from __future__ import annotations

import pytest
from tests.methods.asked import asked


def test_counts_of_people_add_up_to_a_share() -> None:
    found = asked("sdg-11.1.1", urban_population=2000, slums=500, informal=200, inadequate=100)
    assert found.outputs["share"] == 40
    assert [found.outputs[f"{part}_share"] for part in ("slums", "informal", "inadequate")] == [25, 10, 5]
    assert any("in one only" in str(note) for note in found.notes)


def test_what_is_not_counted_is_told() -> None:
    found = asked("sdg-11.1.1", urban_population=2000, slums=500)
    assert found.outputs["share"] == 25
    assert found.outputs["informal_share"] is None
    assert "informal, inadequate" in str(found.notes[0])


def test_a_census_s_people_in_slums_give_its_published_share() -> None:
    """Census of India 2011: 65,494,604 of 377,106,125 townspeople, 17.4 %; Slums in India: A Statistical Compendium 2015, appendix 27."""
    found = asked("sdg-11.1.1", urban_population=377_106_125, slums=65_494_604)
    assert found.outputs["slums_share"] == pytest.approx(17.4, abs=0.05)


def test_a_household_with_one_deprivation_counts_as_one_with_five() -> None:
    found = asked("sdg-11.1.1", households=[[4, 1, 0, 0, 0, 0], [6, 1, 1, 1, 1, 1], [10, 0, 0, 0, 0, 0]])
    assert found.outputs["share"] == 50
    assert found.outputs["deprivations"] == {"water": 50, "sanitation": 30, "space": 30, "durability": 30, "tenure": 30}


def test_who_lives_in_a_slum_does_not_count_again_as_informal_or_inadequate() -> None:
    rows = [[4, 1, 0, 0, 0, 0, 1, 1], [3, 0, 0, 0, 0, 0, 1, 1], [2, 0, 0, 0, 0, 0, 0, 1], [1, 0, 0, 0, 0, 0, 0, 0]]
    found = asked("sdg-11.1.1", households=rows)
    assert [found.outputs[f"{part}_share"] for part in ("slums", "informal", "inadequate")] == [40, 30, 20]
    assert found.outputs["share"] == 90


def test_without_tenure_that_is_told() -> None:
    found = asked("sdg-11.1.1", households=[[4, 1, 0, 0, 0], [4, 0, 0, 0, 0]])
    assert found.outputs["share"] == 50
    assert "Security of tenure" in str(found.notes[0])


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        ({"slums": 1}, "Not given: urban_population"),
        ({"urban_population": 0, "slums": 0}, "urban_population is zero"),
        ({"urban_population": 10, "slums": 8, "informal": 3}, "slums + informal (11) is larger than urban_population (10)"),
        ({"urban_population": 10, "slums": -1}, "slums is -1"),
        ({"urban_population": 10}, "Neither counts"),
        ({"slums": 1, "households": [[1, 0, 0, 0, 0]]}, "give one of the two"),
        ({"households": [[0, 1, 0, 0, 0]]}, "Nobody lives"),
        ({"households": [[4, 2, 0, 0, 0]]}, "Household 1: after the persons"),
        ({"households": [[4, 1, 0]]}, "Household 1 has 3 numbers"),
        ({"households": [[4, 1, 0, 0, 0], [4, 1, 0, 0, 0, 0]]}, "Household 2 has 6 numbers"),
    ],
)
def test_what_can_not_be_computed_says_why(given: dict[str, object], reason: str) -> None:
    found = asked("sdg-11.1.1", **given)
    assert found.outputs == {}
    assert reason in str(found.reason)
