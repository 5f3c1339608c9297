"""SDG 11.3.1 against what the United Kingdom published of its countries, and where there is no ratio."""

from __future__ import annotations

import pytest
from tests.methods.asked import asked

from sdgcities.methods.land import land_consumption_rate, population_growth_rate

# Office for National Statistics, sdg-data, data/indicator_11-3-1.csv (Open Government Licence 3.0): 2013-2016, ratio, LCR and PGR.
# The populations are its mid-year estimates of 2013 and 2016; Great Britain, of which no code is given, is the three together.
PUBLISHED = {
    "England": (53_865_817, 55_268_067, 1.48617262670331, 0.012731152998348464, 0.008566402562930573),
    "Wales": (3_082_412, 3_113_150, 8.284126630632166, 0.027400212566724005, 0.003307555978853148),
    "Scotland": (5_327_700, 5_404_700, 4.966633530983618, 0.023755938021517473, 0.004783106680474716),
    "Great Britain": (62_275_929, 63_785_917, 1.90629759459, 0.015223343462808804, 0.007985816855664176),
}


@pytest.mark.parametrize("country", PUBLISHED)
def test_the_population_growth_rate_is_the_published_one_to_the_last_digit(country: str) -> None:
    start, end, _, _, pgr = PUBLISHED[country]
    assert population_growth_rate(start, end, 3) == pytest.approx(pgr, rel=1e-15)


@pytest.mark.parametrize("country", PUBLISHED)
def test_a_built_up_area_that_grew_as_published_gives_the_published_ratio(country: str) -> None:
    start, end, ratio, lcr, _ = PUBLISHED[country]
    found = asked("sdg-11.3.1", area_start=1000, area_end=1000 * (1 + 3 * lcr), population_start=start, population_end=end, years=3)
    assert found.outputs["lcr"] == pytest.approx(lcr, rel=1e-12)
    assert found.outputs["ratio"] == pytest.approx(ratio, rel=1e-11)


def test_land_is_counted_from_the_start_and_people_by_logarithm() -> None:
    assert land_consumption_rate(100, 150, 10) == pytest.approx(0.05)
    found = asked("sdg-11.3.1", area_start=100, area_end=150, population_start=1_000_000, population_end=1_200_000, years=10)
    assert found.outputs["pgr"] == pytest.approx(0.018232155679395456)
    assert (found.outputs["per_capita_start"], found.outputs["per_capita_end"]) == (100, 125)
    assert found.outputs["built_up_change"] == pytest.approx(50)


@pytest.mark.parametrize(("end", "words"), [(1000, "not defined"), (900, "not meaningful")])
def test_without_growth_the_rates_stand_without_a_ratio(end: int, words: str) -> None:
    found = asked("sdg-11.3.1", area_start=10, area_end=12, population_start=1000, population_end=end, years=5)
    assert found.reason is None
    assert found.outputs["ratio"] is None
    assert found.outputs["lcr"] == pytest.approx(0.04)
    assert isinstance(found.outputs["pgr"], float)
    assert found.outputs["pgr"] <= 0
    assert words in str(found.notes[0])


def test_without_areas_there_is_the_growth_of_the_population() -> None:
    found = asked("sdg-11.3.1", population_start=1000, population_end=1100, years=5)
    assert set(found.outputs) == {"pgr"}
    assert "only the growth" in str(found.notes[0])


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"area_start": 0}, "area_start is zero"),
        ({"population_start": 0}, "population_start is zero"),
        ({"population_end": 0}, "population_end is zero"),
        ({"years": 0}, "years is zero"),
        ({"years": 0.001}, "below a day"),
        ({"area_end": None}, "Not given: area_end"),
        ({"area_end": -1}, "area_end is -1"),
        ({"years": None}, "Not given: years"),
    ],
)
def test_what_can_not_be_computed_says_why(change: dict[str, object], reason: str) -> None:
    found = asked("sdg-11.3.1", **({"area_start": 10, "area_end": 12, "population_start": 1000, "population_end": 1100, "years": 5} | change))
    assert found.outputs == {}
    assert reason in str(found.reason)
