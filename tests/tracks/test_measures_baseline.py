"""data/baseline: what has a value, how old it is, what is missing and why."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

import pytest
from tests.hub_fixtures import HO, Desk

from sdgcities.model.hub import LatestFigure
from sdgcities.model.milestones import Reading, Value
from sdgcities.model.statistics import MissingReason, parse_period
from sdgcities.registry.figures import latest
from sdgcities.registry.view import RecordsView
from sdgcities.tracks.data.baseline import baseline
from sdgcities.tracks.data.measures import data_measures
from sdgcities.tracks.data.showing import coverage

PLAN = "Ask the district statistician."


def read(desk: Desk, measure: str, **arguments: Value) -> Reading:
    view = RecordsView(desk.catalogue, date(2026, 11, 22))
    return data_measures()[f"data/{measure}"].read(view, [HO, "GH0704"], arguments)[HO]


@pytest.fixture
def core(desk: Desk) -> list[str]:
    return [code for code, item in desk.catalogue.indicators["GH"].items() if item.core]


def bring(desk: Desk, *rows: Mapping[str, object]) -> None:
    report = desk.bring(desk.tidy(*rows))
    assert not report.blocked, report.findings


def plan(desk: Desk, reasons: Mapping[str, str]) -> None:
    desk.submit("baseline-gaps", {"gaps": [{"indicator": code, "reason": reason, "plan": PLAN} for code, reason in reasons.items()]})


def test_an_empty_hub_has_no_coverage_and_says_what_is_missing(desk: Desk, core: list[str]) -> None:
    reading = read(desk, "baseline-coverage")
    assert reading.value == 0
    assert [message.params["code"] for message in reading.missing] == core
    assert read(desk, "baseline-share-within-age", max_age_years=Decimal(6)).value is None
    assert read(desk, "baseline-values-valid").value is None
    assert read(desk, "baseline-gaps-explained").value == 0


def test_coverage_is_the_share_of_the_national_core_with_a_value(desk: Desk, core: list[str]) -> None:
    outside = next(code for code, item in desk.catalogue.indicators["GH"].items() if not item.core)
    bring(desk, {"indicator": core[0], "value": 1}, {"indicator": core[1], "value": 1}, {"indicator": outside, "value": 1})
    assert read(desk, "baseline-coverage").value == Decimal(2) / len(core)
    assert len(coverage(desk.catalogue, [desk.city])[HO].valued) == 2


def test_a_part_of_the_people_is_no_value_for_the_city(desk: Desk) -> None:
    bring(desk, {"sex": "F"})
    assert read(desk, "baseline-coverage").value == 0


def test_what_does_not_apply_is_left_out_of_the_count(desk: Desk, core: list[str]) -> None:
    bring(desk, {"indicator": core[0]}, {"indicator": core[1], "value": "", "missing_reason": "not_applicable"})
    plan(desk, {core[2]: "not_applicable"})
    assert read(desk, "baseline-coverage").value == Decimal(1) / (len(core) - 2)
    held = coverage(desk.catalogue, [desk.city])[HO]
    assert (held.applicable, set(held.not_applicable)) == (len(core) - 2, {core[1], core[2]})


def test_a_gap_is_explained_by_a_reason_with_a_plan(desk: Desk, core: list[str]) -> None:
    bring(desk, {"indicator": core[0]}, {"indicator": core[1], "value": "", "missing_reason": "not_published"})
    reading = read(desk, "baseline-gaps-explained")
    assert reading.value == 0
    assert core[1] in [message.params["code"] for message in reading.missing]  # it has a reason, but no plan
    plan(desk, dict.fromkeys(core[1:], "not_collected"))
    assert read(desk, "baseline-gaps-explained") == Reading(Decimal(1))
    gaps = coverage(desk.catalogue, [desk.city])[HO].gaps
    assert gaps[core[1]].reason is MissingReason.NOT_PUBLISHED  # the figure's own reason counts first
    assert gaps[core[2]].reason is MissingReason.NOT_COLLECTED
    assert gaps[core[2]].plan == PLAN


@pytest.mark.parametrize(("limit", "share"), [(3, Decimal(1) / 3), (6, Decimal(2) / 3), (10, Decimal(1))])
def test_values_grow_old(desk: Desk, core: list[str], limit: int, share: Decimal) -> None:
    bring(desk, *({"indicator": code, "period": period} for code, period in zip(core, (2023, 2020, 2016), strict=False)))
    reading = read(desk, "baseline-share-within-age", max_age_years=Decimal(limit))
    assert reading.value == share
    assert [message.params["period"] for message in reading.missing] == [str(year) for year in (2020, 2016) if 2026 - year > limit]


def test_a_value_outside_the_bounds_of_today_is_told(desk: Desk, core: list[str]) -> None:
    indicator = desk.catalogue.indicators["GH"]["GH-POP"]
    period = parse_period("2021")

    class View(RecordsView):
        def latest(self, cities: object) -> Mapping[str, Mapping[str, LatestFigure]]:
            assert cities
            return {HO: {"GH-POP": LatestFigure(period, (indicator.maximum or Decimal(0)) + 1, None), core[1]: LatestFigure(period, Decimal(1), None)}}

    reading = data_measures()["data/baseline-values-valid"].read(View(desk.catalogue), [HO], {})[HO]
    assert reading.value == Decimal("0.5")
    assert [message.params["code"] for message in reading.missing] == ["GH-POP"]


def test_the_latest_figure_is_the_newest_value_or_that_it_does_not_apply(desk: Desk) -> None:
    def newest() -> LatestFigure:
        with desk.hub.database.reading() as connection:
            return latest(connection, [HO])[HO]["GH-POP"]

    bring(desk, {"period": "2019", "value": 1}, {"period": "2021", "value": 2}, {"period": "2020", "value": 3})
    assert newest() == LatestFigure(parse_period("2021"), Decimal(2), None)
    bring(desk, {"period": "2021-Q4", "value": "", "missing_reason": "not_collected"})
    assert newest().value == 2  # a value before a missing one that ends on the same day
    bring(desk, {"period": "2022", "value": "", "missing_reason": "not_collected"})
    assert newest().value == 2  # a year without a figure does not take away the figure of the year before
    bring(desk, {"period": "2023", "value": "", "missing_reason": "not_applicable"})
    assert newest().missing is MissingReason.NOT_APPLICABLE


@pytest.mark.parametrize(
    "odd", [None, "text", [], ["GH-POP"], [{"plan": PLAN}], [{"indicator": "GH-POP", "reason": "because"}], [{"indicator": 7}], {"indicator": "GH-POP"}]
)
def test_a_plan_in_another_shape_counts_for_nothing(desk: Desk, odd: object) -> None:
    held = baseline(desk.catalogue.indicators["GH"], {}, odd)
    assert not held.valued
    assert not held.not_applicable
    assert {gap.reason for gap in held.gaps.values()} == {None}


def test_real_figures_of_ho(filled: Desk) -> None:
    held = coverage(filled.catalogue, [filled.city])[HO]
    assert {code: str(figure.value) for code, figure in held.valued.items() if code in ("GH-POP", "GH-9.2.2", "GH-ODF-HH")} == {
        "GH-POP": "180420",
        "GH-9.2.2": "14.63",
        "GH-ODF-HH": "45",
    }
    assert "GH-1.2.1" in held.gaps  # poverty is published for regions only
