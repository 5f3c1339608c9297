"""What a city report says of the framework: which cells are known, and how figures stand against a target."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import Decimal

import pytest
from tests.reports.conftest import PLANNING
from tests.reports.reading import Element, read

from sdgcities.model.sources import Status
from sdgcities.registry.catalogue import Catalogue
from sdgcities.registry.cities import find_city
from sdgcities.reports.city import CityReport, city_report
from sdgcities.tracks.data.progress.aims import Goal

Render = Callable[[CityReport, str], str]
ENERGY = "GH-7.1.1"


def of(own: str, status: Status = Status.PROPOSED) -> Mapping[str, Goal]:
    return {ENERGY: Goal(Decimal(90), 2030, "Development plan", status, own=own == "city")}


@pytest.fixture(scope="module")
def planning(catalogue: Catalogue) -> CityReport:
    return replace(city_report(catalogue, find_city(catalogue, PLANNING)), goals={})


def chart(page: str, code: str) -> Element:
    (article,) = (one for one in read(page).with_id("figures").all("article") if code in one.all("p", "tags")[0].text)
    return article


def test_a_target_turns_the_line_into_a_course_against_it(planning: CityReport, render: Render) -> None:
    without, with_target = (chart(render(replace(planning, goals=goals), "en"), ENERGY) for goals in ({}, of("city")))
    assert "Target" not in without.all("figcaption")[0].text
    caption = with_target.all("figcaption")[0].text
    assert "Newest observation: 73.5% in 2020; Base: 71.25% in 2019; Target: 90% in 2030; Path needed" in caption
    assert [note.text for note in with_target.all("p", "note")] == ["Target that the city set itself: Development plan."]
    assert "73.5%" in with_target.all("details", "data")[0].text


def test_a_target_of_the_national_set_says_how_settled_it_is(planning: CityReport, render: Render) -> None:
    article = chart(render(replace(planning, goals=of("country", Status.DRAFT)), "en"), ENERGY)
    assert [note.text for note in article.all("p", "note")] == ["Target of the national set: Development plan (draft)."]


def test_no_status_is_given_in_a_report_that_measures_no_target(planning: CityReport, render: Render) -> None:
    assert "Status:" not in chart(render(replace(planning, goals=of("city")), "en"), ENERGY).text


def test_the_matrix_counts_an_indicator_in_every_cell_it_is_assigned_to(planning: CityReport, render: Render) -> None:
    figures = read(render(replace(planning, goals=of("city")), "en")).with_id("figures")
    (matrix,) = figures.all("table", "matrix")
    told = {(row.all("th")[0].text[0], place): cell.text for row in matrix.all("tr")[1:] for place, cell in enumerate(row.all("td"), start=1)}
    assert len(told) == 20
    for (domain, objective), text in told.items():
        among = [one for one in planning.indicators.values() if f"{domain}.{objective}" in one.umf_cells]
        valued = sum(one.code in planning.baseline.valued for one in among if one.core)
        assert text.startswith(f"with a value: {valued} of {len(among)}") if among and all(one.core for one in among) else True
        assert ("no indicator" in text) == (not among)
        assert ("with a target: 1" in text) == any(one.code == ENERGY for one in among)
    assert any("with a reason" in text for text in told.values())
