"""The City Prosperity Index: each score is that of its bounds, computed here by hand; nothing is told as confirmed."""

from __future__ import annotations

import math
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, cast

import pytest

from sdgcities.intake.yaml import load_yaml
from sdgcities.methods.listed import calculate, method
from sdgcities.methods.prosperity import FILE, benchmarks
from sdgcities.model.methods import Quantity


def score(**given: str) -> float:
    """The score of the first indicator given."""
    result = calculate("cpi", {name: Decimal(value) for name, value in given.items()})
    assert result.reason is None, result.reason
    return cast("Mapping[str, float]", result.outputs["scores"])[next(iter(given))]


BY_HAND = [
    ("city_product_per_capita", "12000", 100 * (math.log(12000) - math.log(714.64)) / (math.log(108818.96) - math.log(714.64))),
    ("old_age_dependency_ratio", "10", 100 * (1 - (math.log(10) - math.log(2.92)) / (math.log(40.53) - math.log(2.92)))),
    ("unemployment_rate", "8", 100 * (1 - (8**0.25 - 1) / (28.2**0.25 - 1))),
    ("employment_to_population_ratio", "60", 100 * (60 - 30.5) / 44.5),
    ("physicians_density", "2", 100 * (math.sqrt(2) - 0.1) / (math.sqrt(7.74) - 0.1)),
    ("average_broadband_speed", "5000", 100 * (5000 ** (1 / 3) - 470 ** (1 / 3)) / (87088 ** (1 / 3) - 470 ** (1 / 3))),
    ("co2_emissions", "4", 100 * (1 - (4**0.2 - 0.39) / (2.09 - 0.39))),
    ("poverty_rate", "20", 100 * (1 - (20**0.25 - 0.38) / (3 - 0.38))),
    ("economic_density", "428.685", 50),
    ("economic_density", "1714.74", 0),
    ("population_density", "18000", 80),
    ("average_daily_travel_time", "20", 100),
    ("average_daily_travel_time", "45", 50),
    ("pm25", "10", 100),
    ("pm25", "14", 60),
    ("pm25", "20", 0),
    ("green_area_per_capita", "6", 40),
    ("green_area_per_capita", "60", 100),
    ("internet_access", "63.5", 63.5),
    ("gini_coefficient", "0.24", 100),
    ("gini_coefficient", "0.7", 0),
    ("homicide_rate", "0", 100),
]


@pytest.mark.parametrize(("name", "value", "expected"), BY_HAND)
def test_scores_are_those_of_the_bounds(name: str, value: str, expected: float) -> None:
    assert score(**{name: value}) == pytest.approx(expected, abs=5e-3)


def test_every_indicator_scores_0_and_100_at_its_bounds() -> None:
    for one in benchmarks().values():
        if one.kind == "minmax":
            worst, best = (one.minimum, one.maximum) if one.higher else (one.maximum, one.minimum)
            assert one.score(worst) == pytest.approx(0), one.id
            assert one.score(best) == pytest.approx(100), one.id
        elif one.target:
            assert one.score(one.target) == 100


@pytest.mark.parametrize(("pm10", "expected"), [("50", 50), ("48", 50), ("40", 100), ("20", 100)])
def test_how_many_stations_depends_on_people_and_air(pm10: str, expected: float) -> None:
    assert score(monitoring_stations="4", population="1000000", pm10=pm10) == pytest.approx(expected)


def test_specialisation_is_best_at_a_quarter() -> None:
    def specialised(*shares: str) -> Quantity:
        result = calculate("cpi", {"economic_specialization": {str(n): Decimal(share) for n, share in enumerate(shares)}})
        return str(result.reason) if result.reason else cast("Mapping[str, float]", result.outputs["scores"])["economic_specialization"]

    # five sectors: H = 0.4^2 + 4 * 0.15^2 = 0.25, which is the best
    assert specialised("0.4", "0.15", "0.15", "0.15", "0.15") == pytest.approx(100)
    assert specialised("40", "15", "15", "15", "15") == pytest.approx(100)
    # H = 0.36 + 4 * 0.01 = 0.4, H* = (0.4 - 0.2) / 0.8 = 0.25, X* = 0.0625: clamped to nothing
    assert specialised("0.6", "0.1", "0.1", "0.1", "0.1") == 0
    assert specialised("0.25", "0.25", "0.25", "0.25") == "With 4 sectors the score of specialisation is not defined."
    assert specialised("1") == "With 1 sectors the score of specialisation is not defined."
    assert specialised("0", "0", "0", "0", "0") == "The shares of the sectors must be zero or more, and not all zero."


def test_an_overall_score_needs_every_sub_dimension() -> None:
    some = calculate("cpi", {"pm25": Decimal(12), "co2_emissions": Decimal(5)})
    assert some.outputs["cpi"] is None
    assert len(cast("list[str]", some.outputs["missing"])) == 21
    given: dict[str, Quantity] = {one.id: Decimal(str(one.target or (one.minimum + one.maximum) / 2 or 50)) for one in benchmarks().values()}
    given |= {"economic_specialization": {str(n): Decimal(n) for n in range(1, 6)}, "population": Decimal(10**6), "pm10": Decimal(30)}
    whole = calculate("cpi", given)
    subs = cast("Mapping[str, float]", whole.outputs["sub_dimensions"])
    assert len(subs) == 22
    assert whole.outputs["cpi"] == pytest.approx(sum(subs.values()) / 22)
    assert any("unconfirmed, and no judgement" in str(note) for note in whole.notes)


def test_nothing_is_told_as_confirmed() -> None:
    data = cast("Mapping[str, Any]", load_yaml(FILE).data)
    assert (data["status"], data["confirmed"]) == ("draft", False)
    assert len(data["indicators"]) == 62
    result = calculate("cpi", {"sufficient_living_area": Decimal(20)})
    said = " ".join(str(note) for note in result.notes)
    assert "not confirmed" in said
    assert "sufficient_living_area is doubtful: direction doubtful" in said
    assert method("cpi").status.value == "draft"
    assert str(calculate("cpi", {}).reason) == "No indicator is given."
