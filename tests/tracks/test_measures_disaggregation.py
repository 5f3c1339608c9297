"""data/disaggregation: figures split by who people are, with the dimensions and indicators of the plugins as they are; values computed from maps."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from tests.hub_fixtures import HO, Desk

from sdgcities.hub.hub import Hub
from sdgcities.model.milestones import Reading
from sdgcities.model.statistics import Indicator
from sdgcities.registry.catalogue import Catalogue
from sdgcities.registry.founding import Founding, found_hub
from sdgcities.registry.view import RecordsView
from sdgcities.tracks.data.disaggregated import OTHERWISE, PEOPLE, counted
from sdgcities.tracks.data.measures import data_measures

SEX_AND_AGE, OTHER, SPATIAL = (f"data/{name}" for name in ("disaggregated-by-sex-and-age-share", "disaggregated-otherwise-share", "spatial-indicators"))
NOT_OF_THESE = {
    "urbanisation",
    "education",
    "household_head_sex",
    "data_source",
    "assembly",
    "mothers_education",
    "mothers_age",
    "birth_order",
    "place_of_delivery",
    "highest_education",
    "transport_mode",
    "land_cover",
    "ses_class",
}
"""Dimensions of the core and the three plugins that mean neither sex, age, disability, income nor neighbourhood of the people counted."""


def read(desk: Desk, measure: str) -> Reading:
    return data_measures()[measure].read(RecordsView(desk.catalogue, date(2026, 11, 22)), [HO, "GH0704"], {})[HO]


def of_people(desk: Desk) -> list[Indicator]:
    return [item for item in desk.catalogue.indicators["GH"].values() if item.core and {"sex", "age"} & set(item.disaggregation)]


@pytest.mark.parametrize(("plugin", "country"), [("ghana", "GH"), ("portugal", "PT"), ("turkiye", "TR")])
def test_every_dimension_of_the_plugins_is_decided_on(plugin: str, country: str, tmp_path: Path) -> None:
    found_hub(tmp_path / plugin, Founding((country,), "national", (), None, "ama"), None)
    hub = Hub.open(tmp_path / plugin)
    catalogue = Catalogue(hub)
    named = {name for items in catalogue.indicators.values() for item in items.values() for name in item.disaggregation}
    assert {*catalogue.dimensions, *named} - counted().keys() <= NOT_OF_THESE
    assert NOT_OF_THESE.isdisjoint(counted())
    hub.close()


def test_the_list_has_a_dimension_for_each_meaning() -> None:
    assert set(counted().values()) == PEOPLE | OTHERWISE


def test_without_figures_of_people_there_is_no_share(desk: Desk) -> None:
    for measure in (SEX_AND_AGE, OTHER):
        assert read(desk, measure).value is None
    assert not desk.bring(desk.tidy({"indicator": "GH-ODF-TOILETS", "value": "4"})).blocked
    assert "No person-based indicator" in str(read(desk, SEX_AND_AGE).missing[0])


def test_sex_and_age_count_only_together(desk: Desk) -> None:
    first, second = [item for item in of_people(desk) if {"sex", "age"} <= set(item.disaggregation)][:2]
    rows = [{"indicator": one.code, "value": "10", "unit_measure": one.unit} for one in (first, second)]
    assert not desk.bring(desk.tidy(*rows)).blocked
    assert read(desk, SEX_AND_AGE).value == 0
    assert not desk.bring(desk.tidy({**rows[0], "sex": "F"}, {**rows[1], "sex": "F"}, name="sex.csv")).blocked
    assert read(desk, SEX_AND_AGE).value == 0, "by sex alone"
    assert not desk.bring(desk.tidy({**rows[0], "age": "Y15T24"}, name="age.csv")).blocked
    reading = read(desk, SEX_AND_AGE)
    assert reading.value == Decimal(1) / 2
    assert second.code in str(reading.missing[0])
    assert first.code not in str(reading.missing[0])


@pytest.mark.parametrize(("dimension", "code"), [("disability", "PD"), ("disability_type", "SIGHT"), ("wealth_quintile", "Q1")])
def test_disability_and_wealth_count_as_the_other_split(desk: Desk, dimension: str, code: str) -> None:
    item = next(one for one in of_people(desk) if dimension in one.disaggregation)
    assert not desk.bring(desk.tidy({"indicator": item.code, "value": "10"}, {"indicator": item.code, "value": "10", "sex": "F"})).blocked
    assert read(desk, OTHER).value == 0
    assert not desk.bring(desk.tidy({"indicator": item.code, "value": "10", dimension: code}, name="split.csv")).blocked
    assert read(desk, OTHER) == Reading(Decimal(1))


def test_a_split_without_a_value_is_none(desk: Desk) -> None:
    item = next(one for one in of_people(desk) if "disability" in one.disaggregation)
    split = {"indicator": item.code, "value": "", "missing_reason": "confidential", "disability": "PD"}
    assert not desk.bring(desk.tidy({"indicator": item.code, "value": "10"}, split)).blocked
    assert read(desk, OTHER).value == 0


def test_town_and_country_are_no_neighbourhoods(desk: Desk) -> None:
    item = next(one for one in of_people(desk) if "urbanisation" in one.disaggregation)
    assert not desk.bring(desk.tidy({"indicator": item.code, "value": "10"}, {"indicator": item.code, "value": "10", "urbanisation": "U"})).blocked
    assert read(desk, OTHER).value == 0


def test_a_spatial_figure_of_an_office_was_computed_by_no_named_method(desk: Desk) -> None:
    reading = read(desk, SPATIAL)
    assert (reading.value, "11.2.1, 11.3.1, 11.6.2, 11.7.1" in str(reading.missing[0])) == (0, True)
    assert not desk.bring(desk.tidy({"indicator": "GH-11.3.1", "value": "1.2"})).blocked
    assert read(desk, SPATIAL).value == 0
