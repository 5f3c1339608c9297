"""Progress by compound annual growth: published results come out again, and the rules of the method hold for any series."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal, localcontext
from typing import Any, cast

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from sdgcities.intake.yaml import load_yaml
from sdgcities.methods.listed import methods
from sdgcities.methods.progress import CATEGORIES, mean_progress, needed, progress
from sdgcities.methods.series import Point, Progress, Rule, reduction
from sdgcities.methods.thresholds import FILE, thresholds
from sdgcities.model.statistics import Direction

UP, DOWN = Direction.HIGHER, Direction.LOWER


def of(*values: tuple[int, float | str]) -> list[Point]:
    return [(year, Decimal(str(value))) for year, value in values]


def exact_growth(start: str, end: str, years: int) -> float:
    """With fifty digits, on another way: by logarithms."""
    with localcontext() as context:
        context.prec = 50
        return float(((Decimal(end) / Decimal(start)).ln() / years).exp() - 1)


PUBLISHED = [
    # series as Statistics Canada publishes it (sdg-data-donnees-odd), its options, and the category it prints
    ("11.6.2", of((2014, 7.5), (2015, 7.5), (2016, 6.4), (2020, 8.8)), Rule(DOWN), "deterioration"),
    ("7.2.1", of((2015, "81.4444166667"), (2020, "82.3359166667"), (2023, "81.0485555556")), Rule(UP), "deterioration"),
    # with a target, in the words of an earlier edition: substantial and negligible progress are from 0.95 and from 0 on, as here
    ("3.4.2", of((2015, "12.3"), (2016, 11), (2017, "11.3"), (2018, "10.3"), (2019, "10.7")), Rule(DOWN, Decimal("8.2")), "on_track"),
    ("3.6.1", of((2015, "6.4"), (2017, "5.4"), (2019, "4.8")), Rule(DOWN, Decimal("3.2"), 2020), "limited"),
    ("3.3.1", of((2015, "0.05233"), (2019, "0.04935"), (2022, "0.04804")), Rule(DOWN, Decimal(0)), "limited"),
    ("3.2.1", of((2015, "5.29"), (2019, "5.12"), (2020, "5.15")), Rule(DOWN, Decimal(25)), "target_achieved"),
    # the case that sdg-build keeps among its own tests: a target of zero, and values that rise
    ("3.3.3", of((2010, 1.51), (2015, 1.55), (2019, 1.82)), Rule(DOWN, Decimal(0)), "deterioration"),
]


@pytest.mark.parametrize(("code", "points", "rule", "category"), PUBLISHED, ids=[row[0] for row in PUBLISHED])
def test_published_categories_come_out_again(code: str, points: list[Point], rule: Rule, category: str) -> None:
    assert progress(points, rule).category == category, code


@pytest.mark.parametrize(("start", "end", "target", "until"), [("20", "14", "10", 2022), ("3.7", "3.71", "9", 2016), ("812.5", "0.9", "0.1", 2029)])
def test_growth_and_ratio_are_exact_to_nine_digits(start: str, end: str, target: str, until: int) -> None:
    up = Decimal(target) > Decimal(start)
    found = progress(of((2015, start), (until, end)), Rule(UP if up else DOWN, Decimal(target)))
    observed, required = exact_growth(start, end, until - 2015), exact_growth(start, target, 15)
    assert found.observed == pytest.approx(observed, rel=1e-9)
    assert found.required == pytest.approx(required, rel=1e-9)
    assert found.ratio == pytest.approx((observed if up else -observed) / abs(required), rel=1e-9)


WITH_TARGET = [(-3, -5, "deterioration"), (-0.6, -5, "deterioration"), (-0.3, -3.75001, "deterioration"), (0, -2.5, "limited"), (0.3, -1.24999, "limited")]
WITH_TARGET += [(0.6, 0.00004, "acceleration_needed"), (0.95, 2.500055, "on_track"), (1.3, 5, "on_track"), (3, 5, "on_track")]


@pytest.mark.parametrize(("ratio", "score", "category"), WITH_TARGET)
def test_scores_and_categories_with_a_target(ratio: float, score: float, category: str) -> None:
    scale = thresholds().with_target
    assert scale.score(ratio) == pytest.approx(score)
    assert scale.category(ratio) == category


WITHOUT = [(-0.03, -5, "deterioration"), (-0.01, -3.75, "deterioration"), (0, -2.5, "limited"), (0.0025, -1.25, "limited")]
WITHOUT += [(0.005, 0, "acceleration_needed"), (0.01, 1.25, "acceleration_needed"), (0.015, 2.5, "on_track"), (0.02, 5, "on_track")]


@pytest.mark.parametrize("by", [1, 0.25])
@pytest.mark.parametrize(("value", "score", "category"), WITHOUT)
def test_scores_and_categories_without_a_target_near_a_limit_too(value: float, score: float, category: str, by: float) -> None:
    scale = thresholds().without_target.reduced(by)
    near = value * by if value > 0 else value
    assert scale.score(near) == pytest.approx(score)
    assert scale.category(near) == category


def test_a_natural_limit_lowers_the_thresholds() -> None:
    assert reduction(90, 100) == pytest.approx(1 - 0.9**4.44)
    assert reduction(100, 100) == 0
    assert reduction(110, 100) == pytest.approx(reduction(90, 100))
    assert reduction(200, 100) == reduction(5, 0) == reduction(0, 0) == 1
    points = of((2015, 98), (2023, 98.4))
    assert (progress(points, Rule(UP)).category, progress(points, Rule(UP, limit=Decimal(100))).category) == ("limited", "acceleration_needed")


def test_at_its_limit_a_series_that_stays_is_on_track() -> None:
    rule = Rule(UP, limit=Decimal(100))
    kept = progress(of((2015, 100), (2020, 100)), rule)
    assert (kept.category, kept.score) == ("on_track", 5)
    assert progress(of((2015, 100), (2020, 99)), rule).category == "deterioration"


def test_a_minimum_says_that_it_is_unconfirmed_and_a_limit_on_the_worse_side_does_not_count() -> None:
    points = of((2015, 12), (2020, 11.9))
    low = progress(points, Rule(DOWN, limit=Decimal(10)))
    assert any("no published result" in str(note) for note in low.notes)
    other = progress(points, Rule(DOWN, limit=Decimal(100), limit_is="maximum"))
    assert other.score == progress(points, Rule(DOWN)).score
    assert [str(note) for note in other.notes] == ["The natural limit lies on the worse side, so it does not count."]


def test_a_target_that_is_reached_is_achieved_whatever_the_trend() -> None:
    rule = Rule(UP, Decimal(80))
    worse = progress(of((2015, 95), (2020, 85)), rule)
    assert (worse.category, worse.score) == ("target_achieved", 5)
    assert worse.ratio is not None
    assert worse.ratio < 0
    alone = progress(of((2018, 85)), rule)
    assert (alone.category, alone.ratio) == ("target_achieved", None)
    assert any("one value only" in str(note) for note in alone.notes)


def test_the_base_is_2015_or_the_first_year_after_it() -> None:
    found = progress(of((2010, 1), (2017, 4), (2021, 5)), Rule(UP))
    assert (found.base, found.current) == ((2017, Decimal(4)), (2021, Decimal(5)))
    assert [str(note) for note in found.notes] == ["There is no value of 2015; 2017 is the base."]
    assert progress(of((2010, 1), (2017, 4)), Rule(UP, base_year=2010)).base == (2010, Decimal(1))


def test_values_below_zero_flip_the_direction() -> None:
    assert progress(of((2015, -10), (2020, -5)), Rule(UP)).category == "on_track"
    assert progress(of((2015, -10), (2020, -5)), Rule(DOWN)).category == "deterioration"


def test_zero_is_replaced_and_that_is_said() -> None:
    found = progress(of((2015, 0), (2020, 5)), Rule(UP))
    assert found.observed == pytest.approx(exact_growth("0.001", "5", 5), rel=1e-9)
    assert [str(note) for note in found.notes] == ["A base or target of zero counts as 0.001; the result depends strongly on that."]
    assert progress(of((2015, 5), (2020, 4)), Rule(DOWN, Decimal(0))).required == pytest.approx(exact_growth("5", "0.001", 15), rel=1e-9)


def test_a_two_sided_series_counts_by_its_distance_from_one() -> None:
    below, above = (progress(of((2015, a), (2020, b)), Rule(UP, two_sided=True)) for a, b in ((0.5, 0.8), (2, 1.25)))
    assert below.measured == pytest.approx(above.measured)
    assert below.category == "on_track"
    assert below.base == (2015, Decimal("0.5"))
    assert progress(of((2015, 0.9), (2020, 1)), Rule(UP, Decimal(1), two_sided=True)).category == "target_achieved"
    assert str(progress(of((2015, 0), (2020, 1)), Rule(UP, two_sided=True)).reason) == "A two-sided series needs values above zero."


@pytest.mark.parametrize(
    ("points", "rule", "reason"),
    [
        ([], Rule(UP), "There is no value of 2015 or later."),
        (of((2010, 3), (2014, 4)), Rule(UP), "There is no value of 2015 or later."),
        (of((2016, 3)), Rule(UP), "There is one value only from the base year on; progress needs two, at least a year apart."),
        (of((2015, 3), (2015, 4)), Rule(UP), "2015 has more than one value."),
        (of((2015, -3), (2020, 4)), Rule(UP), "The values have different signs: there is no growth rate between a number below and a number above zero."),
        (
            of((2015, 3), (2020, 4)),
            Rule(DOWN, Decimal(-1)),
            "The values have different signs: there is no growth rate between a number below and a number above zero.",
        ),
        (of((2015, 3), (2020, 4)), Rule(Direction.NEUTRAL), "Neither way is better for this indicator, so there is no progress to measure."),
        (
            of((2015, 100), (2020, 90)),
            Rule(UP, Decimal(100)),
            "The base stood at the target, which was left since: no growth is required that the observed could be compared with.",
        ),
        (of((2030, 50), (2031, 60)), Rule(UP, Decimal(100)), "The base is of 2030: the year of the target is not after it."),
        (of((2015, "1e-300"), (2016, "1e300")), Rule(UP), "The values are too far apart for a growth rate."),
        (of((2015, "1e300"), (2016, "1e-300")), Rule(UP), "The values are too far apart for a growth rate."),
        (of((2015, "NaN"), (2016, 1)), Rule(UP), "A value is no number, or too large."),
    ],
)
def test_what_cannot_be_measured_has_its_reason(points: list[Point], rule: Rule, reason: str) -> None:
    found = progress(points, rule)
    assert (str(found.reason), found.category, found.score) == (reason, None, None)


def scored(score: float, category: str = "on_track") -> Progress:
    return Progress(score=score, category=category)


def test_several_series_are_averaged_group_by_group() -> None:
    mean = mean_progress([[scored(5, "target_achieved"), scored(1)], [scored(-5), Progress()]])
    assert (mean.score, mean.category, mean.of) == (-1, "limited", 3)
    assert mean_progress([[scored(5, "target_achieved")], [scored(5, "target_achieved")]]).category == "target_achieved"
    assert mean_progress([[scored(5, "target_achieved")], [scored(5)]]).category == "on_track"
    assert str(mean_progress([[Progress()]]).reason) == "None of the series has a score."


def test_what_would_have_to_happen() -> None:
    points = of((2015, 20), (2022, 14))
    wanted = needed(points, Rule(DOWN, Decimal(10)))
    assert wanted.growth == pytest.approx(exact_growth("14", "10", 8), rel=1e-9)
    assert (wanted.value, wanted.year) == (10, 2030)
    assert progress([*points, (2030, Decimal(10))], Rule(DOWN, Decimal(10))).category == "target_achieved"
    open_ended = needed(points, Rule(DOWN))
    assert open_ended.value is not None
    assert progress([*points, (2030, Decimal(open_ended.value) * Decimal("0.9999999"))], Rule(DOWN)).category == "on_track"
    assert progress([*points, (2030, Decimal(open_ended.value) * Decimal("1.001"))], Rule(DOWN)).category == "acceleration_needed"
    assert str(needed(points, Rule(DOWN, Decimal(15))).reason) == "The target is reached already."
    assert str(needed(of((2015, 20), (2030, 14)), Rule(DOWN)).reason) == "The last value is of 2030: the year of the target is not after it."
    missed = needed(of((2015, 20), (2030, 14)), Rule(DOWN, Decimal(10)))
    assert str(missed.reason) == "The year of the target has come, and the newest value, of 2030, does not reach it."


def test_what_would_have_to_happen_is_written_as_the_series_is() -> None:
    """A two-sided series below 1 has to rise to a target below 1; below zero or at it there may be no growth, and still a value to reach."""
    parity = needed(of((2015, 0.8), (2020, 0.9)), Rule(UP, Decimal("0.97"), two_sided=True))
    assert parity.value == pytest.approx(0.97)
    assert needed(of((2015, 1.5), (2020, 1.2)), Rule(UP, Decimal("0.97"), two_sided=True)).value == pytest.approx(1 / 0.97)
    above = needed(of((2015, -100), (2020, -60)), Rule(UP, Decimal(10)))
    assert (above.growth, above.value, above.year) == (None, 10, 2030)
    assert "different signs" in str(above.reason)
    assert needed(of((2015, 20), (2020, 8)), Rule(DOWN, Decimal(0))).value == 0
    assert "The base is zero" in str(needed(of((2015, 0), (2020, 0)), Rule(UP)).reason)
    assert "not even 1" in str(needed(of((2015, 0.95), (2020, 0.951)), Rule(UP, two_sided=True)).reason)


def test_a_base_at_its_target_that_was_kept_is_not_said_to_be_left() -> None:
    kept = progress(of((2015, 50), (2020, 50)), Rule(UP, Decimal(50)))
    assert (kept.category, kept.reason, kept.notes) == ("target_achieved", None, ())


VALUES = st.decimals(min_value="0.01", max_value=1000000, places=2)
YEARS = st.integers(2016, 2029)


@given(VALUES, VALUES, VALUES, YEARS, st.sampled_from([UP, DOWN]))
def test_a_better_last_value_never_scores_less(start: Decimal, one: Decimal, other: Decimal, year: int, direction: Direction) -> None:
    worse, better = sorted((one, other), reverse=direction is DOWN)
    for rule in (Rule(direction), Rule(direction, start * (2 if direction is UP else Decimal("0.5"))), Rule(direction, limit=start * 2)):
        low, high = (progress([(2015, start), (year, value)], rule).score for value in (worse, better))
        assert low is not None
        assert high is not None
        assert -5 <= low <= high + 1e-9 <= 5 + 1e-9


@given(VALUES, VALUES, YEARS, st.sampled_from([Decimal("0.001"), Decimal(1000), Decimal("7.3")]))
def test_the_unit_of_the_values_does_not_matter(start: Decimal, end: Decimal, year: int, scale: Decimal) -> None:
    assume(start != end)
    for target, limit in ((None, None), (start * 3, None), (None, start * 2)):
        rules = [Rule(UP, target and target * by, limit=limit and limit * by) for by in (Decimal(1), scale)]
        found = [progress([(2015, start * by), (year, end * by)], rule) for by, rule in zip((Decimal(1), scale), rules, strict=True)]
        assert found[0].score == pytest.approx(found[1].score, abs=1e-6)


def test_the_thresholds_say_their_source_and_name_no_other_category() -> None:
    data = cast("Mapping[str, Any]", load_yaml(FILE).data)
    assert data["source"]
    assert (data["id"], thresholds().version) == ("cagr", methods()["cagr"].version)
    assert data["status"] == "official"
    every = thresholds()
    named = {name for scale in (every.with_target, every.without_target, every.mean) for _, name in scale.categories} | {every.achieved, every.mean.below}
    assert named == set(CATEGORIES)
