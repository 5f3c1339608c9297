"""Scores between goalposts: a published table of 45 cities comes out again, and what is missing is always seen."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sdgcities.intake.yaml import load_yaml
from sdgcities.methods.goalposts import Bounds
from sdgcities.methods.listed import calculate
from sdgcities.model.methods import Quantity

GOALPOSTS = cast("Mapping[str, Any]", load_yaml(Path(__file__).with_name("european_cities.yaml")).data)
WITHIN = 0.1
"""Scores are printed with one decimal, and were computed from figures with more digits than some of the printed ones."""


@pytest.fixture(scope="module")
def cities(real_data: Path) -> list[dict[str, str]]:
    path = real_data / "multi" / "sdsn_european_cities_sdg_index_2019.csv"
    with path.open(encoding="utf-8-sig", newline="") as file:
        return [{name.split(" ")[0]: cell for name, cell in row.items()} for row in csv.DictReader(file)]


def bounds_of(goal: str) -> tuple[dict[str, Quantity], dict[str, Quantity]]:
    rows = cast("Mapping[str, tuple[int | Decimal, int | Decimal]]", GOALPOSTS["goals"][goal])
    return {name: Decimal(worst) for name, (worst, _) in rows.items()}, {name: Decimal(best) for name, (_, best) in rows.items()}


def mean(values: list[float]) -> float:
    return sum(values) / len(values)


@pytest.mark.parametrize("goal", GOALPOSTS["goals"])
def test_the_printed_scores_of_45_cities_come_out_again(goal: str, cities: list[dict[str, str]]) -> None:
    worst, best = bounds_of(goal)
    bounds = {"worst": worst, "best": best, "groups": GOALPOSTS["groups"].get(goal)}
    values = {row["city"]: {name: Decimal(row[name]) if row[name] else None for name in worst} for row in cities}
    plain = {city: calculate("goalposts", {"values": found, **bounds}) for city, found in values.items()}
    by_region: dict[str, dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    printed: dict[str, list[float]] = defaultdict(list)
    for row in cities:
        for name, score in cast("Mapping[str, float]", plain[row["city"]].outputs.get("scores", {})).items():
            by_region[row["region"]][name].append(score)
        if plain[row["city"]].reason is None:
            printed[row["region"]].append(float(row[goal]))
    for row in cities:
        result, expected = plain[row["city"]], float(row[goal])
        region = {name: Decimal(mean(found)) for name, found in by_region[row["region"]].items()}
        if result.reason is not None:
            assert str(result.reason) == "No indicator has a value."
            assert mean(printed[row["region"]]) == pytest.approx(expected, abs=WITHIN), row["city"]
        elif goal in GOALPOSTS["imputed"] and result.outputs["missing"]:
            filled = calculate("goalposts", {"values": values[row["city"]], **bounds, "impute": "region", "region": region})
            assert filled.outputs["score_imputed"] == pytest.approx(expected, abs=WITHIN), row["city"]
            assert filled.outputs["score"] == result.outputs["score"]
        else:
            assert result.outputs["score"] == pytest.approx(expected, abs=WITHIN), row["city"]


def test_what_is_missing_stays_missing_unless_a_rule_is_asked_for() -> None:
    table: dict[str, Quantity] = {
        "values": {"a": Decimal(5), "b": None, "c": Decimal(1)},
        "worst": {"a": Decimal(0), "b": Decimal(0), "c": Decimal(4)},
        "best": {"a": Decimal(10), "b": Decimal(10), "c": Decimal(0)},
    }
    bare = calculate("goalposts", table)
    assert bare.outputs["missing"] == ["b"]
    assert bare.outputs["score"] == pytest.approx(62.5)
    assert bare.outputs["score_imputed"] is None
    assert "Without a value, and left out: b." in [str(note) for note in bare.notes]
    filled = calculate("goalposts", {**table, "impute": "region", "region": {"b": Decimal(20)}})
    assert filled.outputs["score"] == pytest.approx(62.5)
    assert filled.outputs["score_imputed"] == pytest.approx((50 + 20 + 75) / 3)
    assert filled.outputs["imputed"] == {"b": 20}
    assert "Imputed, not measured: b. The score is given with and without them." in [str(note) for note in filled.notes]
    grouped = calculate("goalposts", {**table, "impute": "group", "groups": {"a": "x", "b": "x", "c": "y"}})
    assert grouped.outputs["imputed"] == {"b": 50}
    assert grouped.outputs["groups"] == {"x": 50, "y": 75}


@pytest.mark.parametrize(
    ("table", "reason"),
    [
        ({"values": {"a": Decimal(1)}, "worst": {"a": Decimal(2)}, "best": {"a": Decimal(2)}}, "The worst and the best value of a are the same."),
        ({"values": {"a": Decimal(1)}, "worst": {"a": Decimal(2)}, "best": {"b": Decimal(2)}}, "a has only one of its two bounds."),
        ({"values": {"x": Decimal(1)}, "worst": {"a": Decimal(2)}, "best": {"a": Decimal(3)}}, "No bounds are given for: x."),
        ({"values": {"a": None}, "worst": {"a": Decimal(2)}, "best": {"a": Decimal(3)}}, "No indicator has a value."),
        ({"values": {"a": Decimal(1)}, "worst": {"a": Decimal(2)}}, "Not given: best."),
    ],
)
def test_not_computable_is_an_answer_with_its_reason(table: dict[str, Quantity], reason: str) -> None:
    result = calculate("goalposts", table)
    assert str(result.reason) == reason
    assert not result.outputs


def test_a_score_that_no_number_can_hold_is_not_computable() -> None:
    free: dict[str, Quantity] = {"values": {"a": Decimal("1e300")}, "worst": {"a": Decimal(0)}, "best": {"a": Decimal("1e-20")}, "clamped": "no"}
    result = calculate("goalposts", free)
    assert str(result.reason) == "The numbers are too large, too small, or zero where none may be zero."
    assert not result.outputs


def test_every_result_says_that_scores_are_of_one_city() -> None:
    result = calculate("goalposts", {"values": {"value": Decimal(3)}, "worst": {"value": Decimal(0)}, "best": {"value": Decimal(4)}})
    assert (result.name, result.version, result.outputs["score"]) == ("goalposts", "1.0", 75)
    assert any("never put beside the score of another" in str(note) for note in result.notes)


NUMBERS = st.floats(-1e6, 1e6)


@given(NUMBERS, NUMBERS, NUMBERS, NUMBERS)
def test_a_score_rises_from_worst_to_best_and_stays_in_bounds(worst: float, best: float, value: float, other: float) -> None:
    if abs(worst - best) < 1e-3:
        return
    bounds = Bounds(worst, best)
    assert 0 <= bounds.score(value) <= 100
    assert bounds.score(worst) == 0
    assert bounds.score(best) == pytest.approx(100)
    nearer, farther = sorted((value, other), reverse=best > worst)
    assert bounds.score(nearer) >= bounds.score(farther)


@given(NUMBERS, st.floats(1, 1e6), st.floats(0, 1))
def test_without_clamps_a_score_may_leave_its_bounds(worst: float, width: float, beyond: float) -> None:
    free = Bounds(worst, worst + width, clamped=False)
    assert free.score(worst + width * (1 + beyond)) == pytest.approx(100 * (1 + beyond), abs=1e-6)
