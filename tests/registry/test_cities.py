"""Cities join, are found, and move from stage to stage."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from tests.hub_fixtures import HO, Desk
from tests.isle import isle

from sdgcities.errors import Refused
from sdgcities.model.hub import CityStage
from sdgcities.registry.cities import cities, find_city, joining_unit, steps
from sdgcities.registry.stages import join


def code_of(refused: pytest.ExceptionInfo[Refused]) -> str:
    return refused.value.findings[0].code


def test_a_city_has_a_stage_and_keeps_its_past(desk: Desk) -> None:
    for stage in (CityStage.ACTIVE, CityStage.COMPLETED):
        join(desk.catalogue, desk.catalogue.unit(HO), stage, desk.person("ama"))
    assert [(one.unit.id, one.stage) for one in cities(desk.catalogue)] == [(HO, "completed")]
    assert [step.stage for step in steps(desk.catalogue, HO)] == ["completed", "active", "joining"]
    assert (desk.counts()["city"], desk.counts()["city_stage"]) == (1, 3)
    with pytest.raises(Refused) as refused:
        join(desk.catalogue, desk.catalogue.unit(HO), CityStage.COMPLETED, desk.person("ama"))
    assert code_of(refused) == "city.stage"
    with pytest.raises(Refused, match="not operator"):
        join(desk.catalogue, desk.catalogue.unit(HO), CityStage.ACTIVE, desk.person("kofi"))
    assert desk.chain()[1] is None


@pytest.mark.parametrize("text", ["GH1408", "ho municipal", "Ho", "HO MUNICIPAL"])
def test_it_is_found_by_code_and_by_name(desk: Desk, text: str) -> None:
    assert find_city(desk.catalogue, text).unit.id == HO


def test_its_own_name_is_enough_where_another_city_has_a_longer_one(desk: Desk) -> None:
    for unit in desk.catalogue.places["GH"].units.values():
        if unit.name in ("Ho West", "Hohoe Municipal"):
            join(desk.catalogue, unit, CityStage.JOINING, desk.person("ama"))
    assert len(cities(desk.catalogue)) == 3
    assert find_city(desk.catalogue, "Ho").unit.id == HO
    with pytest.raises(Refused) as refused:
        find_city(desk.catalogue, "municipal")
    assert code_of(refused) == "city.ambiguous"


@pytest.mark.parametrize("text", ["Accra", "", "GH0704", "%", "x" * 10_000])
def test_a_city_that_does_not_take_part_is_refused_with_those_that_do(desk: Desk, text: str) -> None:
    with pytest.raises(Refused) as refused:
        find_city(desk.catalogue, text)
    assert code_of(refused) == "city.unknown"
    assert HO in str(refused.value.findings[0].hint)


@pytest.mark.parametrize(("text", "unit"), [("Hohoe Municipal", "GH1410"), ("GH0804", "GH0804"), ("Accra Metropolis", "GH0704")])
def test_a_district_can_join(desk: Desk, text: str, unit: str) -> None:
    assert joining_unit(desk.catalogue, text).id == unit


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Ashanti", "city.level"),
        ("Brong Ahafo", "city.ended"),
        ("Hoho", "city.unclear"),
        ("Nowhere at all", "city.unclear"),
        ("", "city.unclear"),
        ("GH", "city.level"),
    ],
)
def test_what_is_no_standing_district_cannot(desk: Desk, text: str, code: str) -> None:
    with pytest.raises(Refused) as refused:
        joining_unit(desk.catalogue, text)
    assert code_of(refused) == code


@pytest.mark.parametrize(
    ("text", "near"),
    [
        ("Metropolis of Tamale", "Tamale Metropolitan (GH0812)"),
        ("Hoho", "Hohoe Municipal (GH1410)"),
        ("Adaklu District of Volta", "Adaklu"),
    ],
)
def test_units_that_can_join_are_named_by_the_words_they_share(desk: Desk, text: str, near: str) -> None:
    with pytest.raises(Refused) as refused:
        joining_unit(desk.catalogue, text)
    hint = str(refused.value.findings[0].hint)
    assert hint.startswith("Units of these levels can join: ")
    assert near in hint, hint
    able = {level.id for level in desk.catalogue.levels("GH") if level.city}
    named = re.findall(r"\((GH[^)]*)\)", hint.partition("by their codes:")[2])
    assert named
    assert {desk.catalogue.unit(code).level for code in named} <= able


def test_a_name_that_only_a_unit_above_has_is_not_offered(tmp_path: Path) -> None:
    isle_desk = isle(tmp_path)
    with pytest.raises(Refused) as refused:
        joining_unit(isle_desk.catalogue, "shire north")
    assert str(refused.value.findings[0].hint) == "Units of these levels can join: Town. Look one up: sdgcities unit find TEXT."
    with pytest.raises(Refused) as refused:
        joining_unit(isle_desk.catalogue, "Spring, the town")
    assert str(refused.value.findings[0].hint) == "Units of these levels can join: Town. Near it, by their codes: Spring (S3)."
    with pytest.raises(Refused) as refused:
        joining_unit(isle_desk.catalogue, "4")
    assert "Near it, by their codes: Spring (S3)." in str(refused.value.findings[0].hint)
