"""What a city has figures for: by cell of the UMF, target of the SDGs, and disaggregation."""

from __future__ import annotations

from decimal import Decimal

import pytest
from tests.hub_fixtures import HO, Desk

from sdgcities.frameworks.lists import cells, target_of
from sdgcities.tracks.data.coverage.held import Coverage, Part, coverages


def held(desk: Desk) -> Coverage:
    return coverages(desk.catalogue, [desk.city])[HO]


def part(parts: tuple[Part, ...], code: str) -> Part:
    return next(one for one in parts if one.code == code)


@pytest.fixture
def water(desk: Desk) -> str:
    """An indicator of Ghana with a cell of the UMF, a target of the SDGs and a stated split by sex or otherwise."""
    return next(code for code, one in desk.catalogue.indicators["GH"].items() if one.umf_cells and one.sdg and one.disaggregation)


def test_a_city_without_figures_covers_nothing(desk: Desk) -> None:
    found, indicators = held(desk), desk.catalogue.indicators["GH"]
    assert [one.code for one in found.cells] == list(cells())
    assert len(found.targets) == 169
    assert not any(one.valued for one in (*found.cells, *found.targets))
    assert {one.code for one in found.cells if one.empty} == set(cells()) - {cell for one in indicators.values() for cell in one.umf_cells}
    assert all(one.share == 0 for one in found.splits)
    assert {one.dimension for one in found.splits} == {name for one in indicators.values() for name in one.disaggregation}


def test_a_value_is_seen_in_its_cell_and_target(desk: Desk, water: str) -> None:
    indicator = desk.catalogue.indicators["GH"][water]
    desk.bring(desk.tidy({"indicator": water, "value": "1"}))
    found = held(desk)
    assert water in part(found.cells, indicator.umf_cells[0]).valued
    assert water in part(found.targets, target_of(indicator.sdg[0])).valued
    assert {code for one in found.cells for code in one.valued} == {water}
    assert sum(bool(one.valued) for one in found.targets) == len({target_of(code) for code in indicator.sdg})
    assert (water in found.core.valued) == indicator.core


def test_what_does_not_apply_is_neither_there_nor_missing(desk: Desk, water: str) -> None:
    desk.bring(desk.tidy({"indicator": water, "value": "", "missing_reason": "not_applicable"}))
    cell = part(held(desk).cells, desk.catalogue.indicators["GH"][water].umf_cells[0])
    assert (water in cell.not_applicable, water in cell.valued) == (True, False)


def test_a_split_counts_only_with_values_of_today(desk: Desk) -> None:
    code, name = next((code, "sex") for code, one in desk.catalogue.indicators["GH"].items() if "sex" in one.disaggregation)
    desk.bring(desk.tidy({"indicator": code, "sex": "F", "value": "", "missing_reason": "not_published"}))
    assert code not in next(one for one in held(desk).splits if one.dimension == name).held
    desk.bring(desk.tidy({"indicator": code, "sex": "F", "value": "1"}))
    split = next(one for one in held(desk).splits if one.dimension == name)
    assert split.held == (code,)
    assert split.share == Decimal(1) / len(split.stated)
    assert code not in held(desk).whole.valued  # a part of the people is no value for the city
