"""SDG 11.6.2: means of enough days, weighted by people."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from tests.methods.asked import asked

YEAR = {"year_days": 365, "least_days": 75}


def test_a_mean_weighted_by_people() -> None:
    found = asked("sdg-11.6.2", **YEAR, means={"north": 10, "south": 20}, populations={"north": 100_000, "south": 300_000})
    assert found.outputs["mean"] == 17.5
    assert found.outputs["population_covered"] == 100
    assert "counts as complete" in str(found.notes[0])


def test_too_few_days_leave_a_monitor_out() -> None:
    found = asked("sdg-11.6.2", **YEAR, means={"a": 10, "b": 90}, populations={"a": 100, "b": 300}, days={"a": 274, "b": 273})
    assert (found.outputs["mean"], found.outputs["used"], found.outputs["left_out"]) == (10, 1, 1)
    assert found.outputs["population_covered"] == 25
    assert "b" in str(found.notes[0])


def test_without_people_it_is_not_the_indicator() -> None:
    found = asked("sdg-11.6.2", **YEAR, means={"a": 10, "b": 20}, days={"a": 365, "b": 365})
    assert found.outputs["mean"] == 15
    assert "not indicator 11.6.2" in str(found.notes[0])


def test_areas_weighted_by_people_give_the_published_mean() -> None:
    """Air Quality Life Index, annual update of 2025: 41 for the whole country in 2023. The areas: annual.updates @09619343, india_fs_appendix_table.csv."""
    with Path(__file__).with_name("published_particulates.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    means = {row["area"]: float(row["pm25"]) for row in rows}
    found = asked("sdg-11.6.2", **YEAR, means=means, populations={row["area"]: float(row["people"]) * 100_000 for row in rows})
    assert found.outputs["used"] == 37
    assert found.outputs["mean"] == pytest.approx(41, abs=0.5)
    assert asked("sdg-11.6.2", **YEAR, means=means).outputs["mean"] == pytest.approx(33.8, abs=0.05)  # the plain mean isn't that figure


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        ({"means": {}}, "No annual mean"),
        ({"means": {"a": -3}}, "means (a) is -3"),
        ({"means": {"a": 3}, "days": {"a": 400}}, "days (a) (400) is larger than year_days (365)"),
        ({"means": {"a": 3}, "days": {"a": 100}}, "None of them measured on 75 %"),
        ({"means": {"a": 3}, "populations": {"a": 0}}, "Nobody lives"),
        ({"means": {"a": 3}, "populations": {"b": 5}}, "a, b: given in only one of"),
    ],
)
def test_what_can_not_be_computed_says_why(given: dict[str, object], reason: str) -> None:
    found = asked("sdg-11.6.2", **YEAR, **given)
    assert found.outputs == {}
    assert reason in str(found.reason)
