"""SDG 11.6.1 against a published assessment by the Waste Wise Cities Tool, and the ladder of control."""

from __future__ import annotations

import pytest
from tests.methods.asked import asked


def test_holbox_2022_as_published() -> None:
    # Study of the island of Holbox, Mexico, 2022: 28.15 % collected (28.16 from its rounded tonnes), 0.57 % controlled, 0.74 kg per person and day
    found = asked("sdg-11.6.1", generated=34.8, collected=9.8, recovered=0.22, reject_rate=10)
    assert found.outputs["share"] == pytest.approx(0.57, abs=0.005)
    assert found.outputs["collected_share"] == pytest.approx(28.15, abs=0.015)
    homes = asked("sdg-11.6.1", generated=1.98, population=2673, controlled=0)
    assert homes.outputs["per_capita"] == pytest.approx(0.74, abs=0.005)


def test_waste_of_households_is_what_each_throws_away_times_the_population() -> None:
    found = asked("sdg-11.6.1", household_per_capita=0.5, population=100_000, others=30, controlled=20)
    assert found.outputs["generated"] == pytest.approx(80)
    assert found.outputs["share"] == pytest.approx(25)
    assert found.outputs["per_capita"] == pytest.approx(0.8)


def test_facilities_count_from_basic_control_on() -> None:
    found = asked(
        "sdg-11.6.1",
        generated=100,
        facilities={"dump": 50, "tip": 20, "landfill": 10, "compost": 5},
        levels={"dump": "none", "tip": "Limited", "landfill": "basic", "compost": "full"},
    )
    assert found.outputs["share"] == pytest.approx(15)
    assert found.outputs["by_level"] == {"none": 50, "limited": 20, "basic": 10, "improved": 0, "full": 5}


def test_rejects_of_recovery_do_not_count() -> None:
    found = asked("sdg-11.6.1", generated=100, controlled=10, recovered=20, reject_rate=25)
    assert found.outputs["controlled"] == pytest.approx(25)
    assert "5 t a day" in str(found.notes[0])


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        ({"generated": 0, "controlled": 0}, "No waste is generated"),
        ({"generated": 10, "controlled": 12}, "controlled (12) is larger than generated (10)"),
        ({"generated": 10, "collected": 11, "controlled": 1}, "collected (11) is larger"),
        ({"generated": 10, "collected": 3, "controlled": 4}, "controlled (4) is larger than collected (3)"),
        ({"generated": 10, "controlled": -1}, "controlled is -1"),
        ({"generated": 10}, "Give what is managed"),
        ({"controlled": 1}, "Give generated, or household_per_capita"),
        ({"generated": 10, "household_per_capita": 1, "controlled": 1}, "Give either generated"),
        ({"household_per_capita": 1, "controlled": 1}, "Not given: population"),
        ({"generated": 10, "controlled": 1, "facilities": {"a": 1}, "levels": {"a": "full"}}, "Give either controlled"),
        ({"generated": 10, "facilities": {"a": 1}}, "a: given in only one of"),
        ({"generated": 10, "facilities": {"a": 1}, "levels": {"a": "good"}}, "good is no level of control"),
        ({"generated": 10, "recovered": 1, "reject_rate": 120}, "reject_rate (120)"),
    ],
)
def test_what_can_not_be_computed_says_why(given: dict[str, object], reason: str) -> None:
    found = asked("sdg-11.6.1", **given)
    assert found.outputs == {}
    assert reason in str(found.reason)
