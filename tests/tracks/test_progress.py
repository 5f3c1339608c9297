"""The progress of a city: what happened, what is aimed at, what would have to happen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, replace
from decimal import Decimal
from typing import Any

import pytest
from tests.hub_fixtures import HO, Desk

from sdgcities.i18n.formats import Formats
from sdgcities.model.milestones import Reading
from sdgcities.model.sources import Source, Status
from sdgcities.model.statistics import Aim, Direction, Indicator, parse_period
from sdgcities.registry.figures import Figure
from sdgcities.registry.view import RecordsView
from sdgcities.tracks.data.measures import data_measures
from sdgcities.tracks.data.progress.judged import Judged, city_progress, judged_figures
from sdgcities.tracks.data.progress.told import of_parts, sentences, status

Figures = tuple[tuple[str, str], ...]
SOURCE = Source("Statistics Isle", "Yearbook")
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
    return " ".join(str(message) for message in sentences(one, lambda value: f"{value:f}", Formats("en")))


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
    assert "60 in 2015, 50 in 2020: it fell by 3.58% a year." in text
    assert "Target: 25 by 2030 (United Nations; " in text
    assert "To reach 25 by 2030 it would have to fall by 6.7% a year from now on, on average by 2.5." in text


def test_a_target_of_the_city_goes_before_it(desk: Desk) -> None:
    brought(desk, ("2015", "60"), ("2020", "50"))
    desk.submit("indicator-framework", {**FRAMEWORK, "targets": [TARGET]})
    one = judged(desk)
    assert one.goal
    assert (one.goal.value, one.goal.year, one.goal.own) == (Decimal(30), 2029, True)
    assert "Target that the city set itself: 30 by 2029 (Medium-term development plan 2026-2029)." in told(one)


def test_a_year_that_a_spreadsheet_wrote_with_decimals_is_a_year(desk: Desk) -> None:
    brought(desk, ("2015", "60"), ("2020", "50"))
    desk.submit("indicator-framework", {**FRAMEWORK, "targets": [{**TARGET, "year": 2029.0}]})
    goal = judged(desk).goal
    assert goal
    assert (goal.year, goal.own) == (2029, True)


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
    assert [part.dims for part in one.parts] == ["sex=F", "sex=M"]
    assert one.progress.score is not None
    assert one.progress.category == "acceleration_needed"
    assert "mean of the scores of 2 series" in told(one)
    parts = [str(message) for message in of_parts(one, str, lambda value: f"{value:f}", Formats("en"))]
    assert parts == [
        "sex=F: acceleration needed. 58 in 2015, 48 in 2020: it fell by 3.71% a year.",
        "sex=M: limited progress. 62 in 2015, 52 in 2020: it fell by 3.46% a year.",
    ]


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


def test_a_population_never_stands_in_the_way_of_the_second_cycle(desk: Desk) -> None:
    brought(desk, ("2015", "90000"), ("2020", "95000"), indicator="GH-POP")
    alone = reading(desk, "data/progress-category-share")
    assert (alone.value, str(alone.missing[0])[:54]) == (None, "No indicator of the national core of which more, or le")
    brought(desk, ("2015", "60"), ("2020", "50"))
    assert reading(desk, "data/progress-category-share").value == 1
    late = reading(desk, "data/repeated-share", years_between=6)
    assert [str(line) for line in late.missing] == ["Without a second value at least 6 years later: GH-3.2.1, GH-POP."]


CASES: list[tuple[Figures, dict[str, Any], str, str]] = [
    ((("2015", "-50"), ("2024", "-100")), {}, "it fell by 8.01% a year.", "it would have to rise by 14.2% a year from now on, to -39.9."),
    ((("2015", "-100"), ("2024", "-60")), {"target": 10}, "it rose by 5.52% a year.", "have to rise from now on, on average by 11.7 a year."),
    ((("2015", "20"), ("2024", "0")), {}, "20 in 2015, 0 in 2024: it fell.", "To be on track by 2030 it would have to rise to 25."),
    (
        (("2015", "0.8"), ("2024", "0.9")),
        {"target": 0.97, "two_sided": True},
        "it rose by 1.32% a year",
        "have to rise by 1.26% a year from now on, on average by 0.0117",
    ),
    ((("2015", "0.8"), ("2024", "1.3")), {"target": 1, "two_sided": True}, "it rose by 5.54% a year", "have to fall by 4.28% a year"),
    (
        (("2015", "40"), ("2024", "45")),
        {"target": 50, "target_year": 2020},
        "it rose by 1.32%",
        "The year of the target has come, and the newest",
    ),
    ((("2015", "0"), ("2024", "5")), {"target": 10}, "0 in 2015, 5 in 2024: it rose.", "have to rise by 12.2% a year"),
]


@pytest.mark.parametrize(("values", "aim", "course", "needed"), CASES)
def test_every_sentence_is_true_of_the_values_as_they_stand(values: Figures, aim: Mapping[str, Any], course: str, needed: str) -> None:
    text = told(judged_alone(indicator(aim=Aim(SOURCE, Status.DRAFT, **{**aim, "target": aim.get("target") and Decimal(str(aim["target"]))})), values))
    assert course in text
    assert needed in text


def test_a_share_in_per_cent_is_told_in_points_and_its_growth_as_growth() -> None:
    text = told(judged_alone(indicator(unit="percent", aim=Aim(SOURCE, Status.DRAFT, Decimal(60))), (("2015", "10"), ("2024", "30"))))
    assert "10 in 2015, 30 in 2024: it rose by 13% of its value a year." in text
    assert "rise by 12.2% of its value a year from now on, on average by 5 percentage points." in text


def test_the_most_that_a_share_can_be_is_no_limit_of_one_that_is_to_fall() -> None:
    falling = indicator(unit="percent", direction=Direction.LOWER, maximum=Decimal(100))
    one = judged_alone(falling, (("2015", "95"), ("2024", "94")))
    assert (one.progress.category, one.notes) == ("limited", ())
    rising = judged_alone(replace(falling, direction=Direction.HIGHER), (("2015", "95"), ("2024", "96")))
    assert rising.progress.category == "acceleration_needed"


def indicator(unit: str = "number", direction: Direction = Direction.HIGHER, maximum: Decimal | None = None, aim: Aim | None = None) -> Indicator:
    return Indicator("XA-1", "XA", "One", "One.", unit, direction, "A", (), SOURCE, Status.DRAFT, maximum=maximum, aim=aim)


def judged_alone(indicator: Indicator, values: Figures) -> Judged:
    """The judgement on these values, without a hub."""
    figures = [figure(indicator, period, value) for period, value in values]
    (one,) = judged_figures({indicator.code: indicator}, figures, {})
    return one


def figure(indicator: Indicator, period: str, value: str) -> Figure:
    given = {field.name: "" for field in fields(Figure) if field.name not in {"parts", "reason"}}
    given |= {"unit": "XA1", "indicator": indicator.code, "unit_measure": indicator.unit, "status": "A"}
    return Figure(**{**given, "period": parse_period(period), "value": Decimal(value)})  # type: ignore[arg-type]
