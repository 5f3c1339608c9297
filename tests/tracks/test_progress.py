"""The progress of a city: what happened, what is aimed at, what would have to happen."""

from __future__ import annotations

from decimal import Decimal

from tests.hub_fixtures import HO, Desk

from sdgcities.model.milestones import Reading
from sdgcities.registry.view import RecordsView
from sdgcities.tracks.data.measures import data_measures
from sdgcities.tracks.data.progress.judged import Judged, city_progress
from sdgcities.tracks.data.progress.told import sentences, status

FRAMEWORK = {"adopted_on": "2026-03-01", "indicators": ["GH-3.2.1"]}
TARGET = {"indicator": "GH-3.2.1", "target": 30, "year": 2029, "source": "Medium-term development plan 2026-2029"}


def brought(desk: Desk, *values: tuple[str, str], indicator: str = "GH-3.2.1", **more: str) -> None:
    rows = [{"indicator": indicator, "period": period, "value": value, **more} for period, value in values]
    report = desk.bring(desk.tidy(*rows, name=f"{indicator}{len(more)}.csv"))
    assert report.stored == len(values), report.findings


def judged(desk: Desk, since: int | None = None) -> Judged:
    (one,) = city_progress(desk.catalogue, desk.city, since=since)
    return one


def told(one: Judged) -> str:
    return " ".join(str(message) for message in sentences(one, lambda value: f"{value:f}", lambda value: f"{value:f} %"))


def test_a_target_of_the_plugin_with_what_would_have_to_happen(desk: Desk) -> None:
    brought(desk, ("2012", "99"), ("2015", "60"), ("2020", "50"))
    one = judged(desk)
    assert one.goal
    assert (one.goal.value, one.goal.year, one.goal.own) == (Decimal(25), 2030, False)
    assert (one.progress.base, one.progress.current) == ((2015, Decimal(60)), (2020, Decimal(50)))
    assert one.progress.observed is not None
    assert one.progress.required is not None
    assert abs(one.progress.observed - ((50 / 60) ** 0.2 - 1)) < 1e-12
    assert abs(one.progress.required - ((25 / 60) ** (1 / 15) - 1)) < 1e-12
    assert one.progress.category == "acceleration_needed"
    text = told(one)
    assert "60 in 2015, 50 in 2020: it fell by 3.58 % a year." in text
    assert "Target: 25 by 2030 (United Nations; " in text
    assert "To reach 25 by 2030 it would have to fall by 6.7 % a year from now on, on average by 2.5." in text


def test_a_target_of_the_city_goes_before_it(desk: Desk) -> None:
    brought(desk, ("2015", "60"), ("2020", "50"))
    desk.submit("indicator-framework", {**FRAMEWORK, "targets": [TARGET]})
    one = judged(desk)
    assert one.goal
    assert (one.goal.value, one.goal.year, one.goal.own) == (Decimal(30), 2029, True)
    assert "Target that the city set itself: 30 by 2029 (Medium-term development plan 2026-2029)." in told(one)


def test_the_base_year_may_be_another(desk: Desk) -> None:
    brought(desk, ("2012", "99"), ("2015", "60"), ("2020", "50"))
    assert judged(desk, since=2012).progress.base == (2012, Decimal(99))


def test_one_value_is_no_progress_and_the_reason_is_said(desk: Desk) -> None:
    brought(desk, ("2020", "50"))
    one = judged(desk)
    assert (one.progress.category, status(one)) == (None, "not available")
    assert "one value only" in told(one)


def test_what_is_not_settled_is_told(desk: Desk) -> None:
    brought(desk, ("2015", "60"))
    brought(desk, ("2020", "50"), status="P")
    assert judged(desk).shaky == (2020,)
    assert "provisional, estimated or unreliable: 2020" in told(judged(desk))


def test_a_reason_for_a_missing_value_is_no_value(desk: Desk) -> None:
    brought(desk, ("2015", "60"), ("2020", "50"))
    report = desk.bring(desk.tidy({"indicator": "GH-3.2.1", "period": "2022", "value": "", "missing_reason": "not_collected"}, name="none.csv"))
    assert report.stored == 1
    assert judged(desk).progress.current == (2020, Decimal(50))


def test_without_a_total_the_mean_of_the_series_counts(desk: Desk) -> None:
    rows = [{"indicator": "GH-3.2.1", "period": year, "value": value, "sex": sex} for sex, year, value in SPLIT]
    assert desk.bring(desk.tidy(*rows)).stored == len(rows)
    one = judged(desk)
    assert one.parts == ("sex=F", "sex=M")
    assert one.progress.score is not None
    assert one.progress.category == "acceleration_needed"
    assert "mean of the scores of 2 series" in told(one)


SPLIT = (("F", "2015", "58"), ("F", "2020", "48"), ("M", "2015", "62"), ("M", "2020", "52"))


def test_population_has_no_better_way(desk: Desk) -> None:
    brought(desk, ("2015", "90000"), ("2020", "95000"), indicator="GH-POP")
    assert "Neither way is better" in told(judged(desk))


def reading(desk: Desk, measure: str, **arguments: int) -> Reading:
    given = {name: Decimal(value) for name, value in arguments.items()}
    return data_measures()[measure].read(RecordsView(desk.catalogue), [HO], given)[HO]


def test_the_measures_of_the_second_cycle(desk: Desk) -> None:
    assert reading(desk, "data/repeated-share", years_between=1).value is None
    brought(desk, ("2015", "60"), ("2020", "50"))
    brought(desk, ("2015", "90000"), indicator="GH-POP")
    assert reading(desk, "data/repeated-share", years_between=1).value == Decimal("0.5")
    assert reading(desk, "data/repeated-share", years_between=6).value == 0
    assert reading(desk, "data/progress-category-share").value == 1
