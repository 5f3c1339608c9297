"""The degree of urbanisation of cells: small grids worked out by hand, published examples of its steps, and a slow second opinion."""

from __future__ import annotations

import math
from array import array
from collections.abc import Mapping, Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import ArrayLike, NDArray
from tests.methods.asked import asked
from tests.methods.slow_degurba import Slow

from sdgcities.methods.calculating import NotComputable
from sdgcities.methods.urbanisation.cells import classified
from sdgcities.methods.urbanisation.centres import Land, _holes, _smooth
from sdgcities.methods.urbanisation.classifying import Cells, classify
from sdgcities.methods.urbanisation.labelling import label
from sdgcities.methods.urbanisation.rules import Rules, editions
from sdgcities.model.grids import Grid

NEW, OLD, GHSL = editions()["2024"], editions()["2021"], editions()["ghsl-2023"]
NAN = math.nan
Numbers = NDArray[np.float64]


def classes(people: ArrayLike, level: int = 2, rules: Rules = NEW, land: ArrayLike | None = None, built: ArrayLike | None = None) -> list[list[int]]:
    ground, covered = (None if value is None else np.array(value, dtype=float) for value in (land, built))
    found: list[list[int]] = classified(np.array(people, dtype=float), rules, level, ground, covered).tolist()
    return found


def grid(rows: list[list[float]], cell: float = 1000) -> Grid:
    return Grid(len(rows[0]), len(rows), 0, 0, cell, array("d", (value for row in rows for value in row)))


def test_cells_that_touch_by_their_sides_or_corners_are_one_group() -> None:
    cells = np.array([[1, 0, 1], [0, 1, 0], [1, 1, 0]], dtype=bool)
    assert label(cells, 4)[0].tolist() == [[1, 0, 2], [0, 3, 0], [3, 3, 0]]
    assert label(cells, 8)[0].tolist() == cells.astype(int).tolist()
    assert label(np.zeros((2, 3), dtype=bool), 4)[1] == 0


def test_rows_do_not_touch_round_the_edge() -> None:
    cells = np.array([[0, 0, 1], [1, 0, 0]], dtype=bool)
    assert label(cells, 8)[1] == 2


@settings(max_examples=200, deadline=None)
@given(st.integers(1, 12), st.integers(1, 12), st.integers(0, 2**32), st.sampled_from([4, 8]))
def test_groups_are_those_of_a_search_cell_by_cell(rows: int, columns: int, seed: int, neighbours: int) -> None:
    cells = np.random.default_rng(seed).random((rows, columns)) < 0.5
    slow = Slow([[0.0] * columns for _ in range(rows)], [[1.0] * columns for _ in range(rows)], None, NEW)
    members = {(row, column) for row in range(rows) for column in range(columns) if cells[row, column]}
    steps = ((-1, 0), (1, 0), (0, -1), (0, 1), *(((-1, -1), (-1, 1), (1, -1), (1, 1)) if neighbours == 8 else ()))
    expected = np.zeros((rows, columns), dtype=int)
    for number, group in enumerate(slow.groups(members, steps), start=1):
        for cell in group:
            expected[cell] = number
    labels, count = label(cells, neighbours)
    assert labels.tolist() == expected.tolist()
    assert count == expected.max(initial=0)


def test_a_city_a_town_and_the_country_by_hand() -> None:
    people = [[0.0] * 12 for _ in range(7)]
    for row in range(4):
        for column in range(4):
            people[row][column] = 4000  # 64,000 in all: an urban centre
    people[5][9] = people[5][10] = 3000  # 6,000, far away: a dense urban cluster
    people[6][0], people[6][1], people[6][3] = 400, 60, 10  # a hamlet, scattered people, hardly anybody
    found = classes(people)
    assert [row[:4] for row in found[:4]] == [[30] * 4] * 4
    assert found[5][9:11] == [23, 23]
    assert (found[6][0], found[6][1], found[6][3], found[0][11]) == (12, 12, 11, 11)
    assert classes(people, level=1)[5][9] == 2
    assert classes(people, level=1)[6][0] == 1


def test_a_village_needs_five_hundred_people() -> None:
    assert classes([[400, 99, 0, 0, 301]]) == [[12, 12, 11, 11, 12]]
    assert classes([[400, 300, 0, 0, 301]]) == [[13, 13, 11, 11, 12]]


@pytest.mark.parametrize(("people", "expected"), [(49_999, 23), (50_000, 30)])
def test_an_urban_centre_begins_at_fifty_thousand_people(people: int, expected: int) -> None:
    assert classes([[people]]) == [[expected]]


@pytest.mark.parametrize(("density", "expected"), [(1499, 21), (1500, 23)])
def test_dense_begins_at_1500_people(density: int, expected: int) -> None:
    assert classes([[density] * 5], rules=OLD)[0][0] == (22 if expected == 21 else expected)
    assert classes([[density] * 5])[0][0] == (22 if expected == 21 else expected)


def test_a_centre_does_not_reach_across_a_corner_and_a_cluster_does() -> None:
    people = [[30_000, 0], [0, 30_000]]
    assert classes(people) == [[23, 11], [11, 23]]
    assert classes([[3000, 0], [0, 2500]], level=1) == [[2, 1], [1, 2]]


def test_semi_dense_clusters_keep_their_distance_by_each_edition() -> None:
    row = [50_000.0, 0, 0, 1000, 1000, 1000, 0, 0]
    assert classes([row])[0][3:6] == [22, 22, 22]  # since 2024 two cells away is near, three is not
    assert classes([row[:1] + row[2:]])[0][2:5] == [13, 13, 13]
    assert classes([[50_000.0, 0, 0, 0, *[1000] * 5]], rules=OLD)[0][4] == 22
    assert classes([[50_000.0, 0, 0, *[1000] * 5]], rules=OLD)[0][3] == 21


def test_land_makes_density_and_tells_water() -> None:
    assert classes([[400, 0, 0]], land=[[0.25, 0.4, 0.6]]) == [[12, 10, 11]]
    assert classes([[6000 * 0.25, 0]], level=1, land=[[0.25, 0.4]]) == [[1, 0]]
    assert classes([[0, 0]], land=[[0.0, 0.4]], built=[[0.0, 0.1]]) == [[10, 11]]


def test_what_is_built_makes_a_cell_dense() -> None:
    people = [[49_000.0, 1500, 100]]
    assert classes(people, built=[[0.1, 0.1, 0.5]])[0] == [30, 30, 30]
    assert classes(people, built=[[0.1, 0.1, 0.49]])[0] == [30, 30, 12]


def test_cells_without_a_value_have_no_class() -> None:
    assert classes([[NAN, 60_000, NAN]]) == [[-1, 30, -1]]


MAJORITY = [
    # flexurba 0.2.3, tests/testthat/test-apply-majority-rule.R (MIT): centres before, and after the majority rule of 2022
    ([[1, 1, 1], [1, 0, 0], [1, 1, 1]], [[1, 1, 1], [1, 1, 1], [1, 1, 1]]),
    ([[1, 1, 1], [1, 0, 2], [1, 1, 1]], [[1, 1, 1], [1, 1, 2], [1, 1, 1]]),
    ([[1, 1, 2], [1, 0, 0], [2, 1, 0]], [[1, 1, 2], [1, 0, 0], [2, 1, 0]]),
]
POPULATED = [
    # The same file, the majority rule of 2023: centres, shares of land, people, water, and centres afterwards
    ([[1, 1, 1], [1, 0, 0], [1, 1, 1]], [[1.0] * 3] * 3, [[1.0] * 3] * 3, (), [[1, 1, 1], [1, 1, 1], [1, 1, 1]]),
    ([[1, 1, 1], [1, 0, 0], [1, 1, 1]], [[1.0] * 3] * 3, [[1.0] * 3] * 3, ((1, 2),), [[1, 1, 1], [1, 1, 0], [1, 1, 1]]),
    ([[0] * 3, [0] * 3, [1] * 3], [[1, 0.3, 0.3], [1, 1, 0.3], [1, 1, 1]], [[1, 0, 0], [1, 1, 1], [1, 0, 1]], (), [[0] * 3, [0] * 3, [1] * 3]),
    ([[0] * 3, [0] * 3, [1] * 3], [[1, 0.3, 0.3], [1, 1, 0.3], [1, 1, 1]], [[1, 0, 0], [1, 1, 0], [1, 1, 1]], (), [[0] * 3, [0, 1, 0], [1] * 3]),
]


def about(people: ArrayLike, land: ArrayLike, water: Sequence[tuple[int, int]] = ()) -> Land:
    count, ground = np.array(people, dtype=float), np.array(land, dtype=float)
    wet = np.zeros(count.shape, dtype=bool)
    for cell in water:
        wet[cell] = True
    return Land(count, count, np.ones(count.shape, dtype=bool), wet, ((count == 0) & (ground < 0.5)) | wet)


@pytest.mark.parametrize(("before", "after"), MAJORITY)
def test_the_majority_rule_as_published(before: list[list[int]], after: list[list[int]]) -> None:
    centres = np.array(before)
    _smooth(centres, about(np.ones((3, 3)), np.ones((3, 3))), NEW)
    assert centres.tolist() == after


@pytest.mark.parametrize(("before", "land", "people", "water", "after"), POPULATED)
def test_the_majority_rule_among_populated_cells_as_published(
    before: list[list[int]], land: ArrayLike, people: ArrayLike, water: Sequence[tuple[int, int]], after: list[list[int]]
) -> None:
    centres = np.array(before)
    _smooth(centres, about(people, land, water), GHSL)
    assert centres.tolist() == after


def test_holes_as_published() -> None:
    # flexurba 0.2.3, tests/testthat/test-fill-gaps.R (MIT)
    assert _holes(np.array([[1, 1, 1], [1, 0, 1], [1, 1, 1]]), 15).tolist()[1] == [False, True, False]
    assert not _holes(np.array([[1, 1, 2], [1, 0, 2], [1, 1, 2]]), 15).any()


@pytest.mark.parametrize(("size", "filled"), [((2, 7), True), ((3, 5), False)])
def test_holes_of_fifteen_cells_and_more_stay(size: tuple[int, int], filled: bool) -> None:
    centres = np.ones((size[0] + 2, size[1] + 2), dtype=int)
    centres[1:-1, 1:-1] = 0
    assert _holes(centres, 15).any() == filled


def test_the_majority_closes_a_square_hole_from_its_corners() -> None:
    people = np.full((8, 8), 9000.0)
    people[2:-2, 2:-2] = 0
    assert {code for row in classes(people) for code in row} == {30}


@st.composite
def grids(draw: st.DrawFn) -> tuple[Numbers, Numbers, Numbers | None]:
    rows, columns = draw(st.integers(1, 9)), draw(st.integers(1, 9))
    rng = np.random.default_rng(draw(st.integers(0, 2**32)))
    people = rng.choice([0.0, 40, 60, 250, 400, 950, 1600, 4000, 12_000, 26_000], size=(rows, columns), p=[0.2, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.06, 0.04])
    people[rng.random((rows, columns)) < draw(st.sampled_from([0.0, 0.1]))] = NAN
    land = rng.choice([0.0, 0.3, 0.5, 0.75, 1.0], size=(rows, columns), p=[0.05, 0.1, 0.1, 0.15, 0.6])
    built = rng.choice([0.0, 0.1, 0.25, 0.5], size=(rows, columns)) * land
    return people, land, built if draw(st.booleans()) else None


@settings(max_examples=400, deadline=None)
@given(grids(), st.sampled_from([NEW, OLD, GHSL]), st.sampled_from([1, 2]))
def test_the_classes_are_those_of_a_slow_reading_of_the_rules(drawn: tuple[Numbers, Numbers, Numbers | None], rules: Rules, level: int) -> None:
    people, land, built = drawn
    slow = Slow(people.tolist(), land.tolist(), None if built is None else built.tolist(), rules)
    found = classified(people, rules, level, land, built)
    assert found.tolist() == slow.classified(level)


def test_a_typed_grid_gives_its_classes_and_what_there_is_of_each() -> None:
    result = asked("degurba", population=[[60_000, 0]], level="1")
    assert result.reason is None
    assert result.outputs["classes"] == [[3, 1]]
    assert result.outputs["cells"] == {"3": 1.0, "1": 1.0}
    assert result.outputs["people_share"] == {"3": 100.0, "1": 0.0}


def test_units_are_classified_by_their_people_and_those_without_by_their_cells() -> None:
    population = [[60_000, 400, 10, 0], [40_000, 700, 20, 0]]
    units = [[7, 7, 8, 9], [7, 8, 8, 9]]
    assert asked("degurba", population=population, units=units, level="1").outputs["units"] == {"7": 3, "8": 2, "9": 1}
    assert asked("degurba", population=population, units=units).outputs["units"] == {"7": 30, "8": 21, "9": 11}


@pytest.mark.parametrize(
    ("cells", "given", "reason"),
    [
        (Cells(grid([[1, 2]], 250)), {}, "1 km2"),
        (Cells(grid([[1, 2]], 0.0083)), {}, "1 km2"),
        (Cells(grid([[1, -200]])), {}, "fewer than no people"),
        (Cells(grid([[1, math.inf]])), {}, "more than can be"),
        (Cells(grid([[1, 2]]), land=grid([[1]])), {}, "land"),
        (Cells(grid([[1, 2]]), land=grid([[50, 100]])), {}, "shares from 0 to 1"),
        (Cells(grid([[1, 2]]), units=grid([[1.5, 2]])), {}, "whole number of a unit"),
        (Cells(grid([[1, 2]])), {"rules": "1999"}, "2024, 2021, ghsl-2023"),
    ],
)
def test_what_does_not_serve_is_told(cells: Cells, given: Mapping[str, str], reason: str) -> None:
    with pytest.raises(NotComputable, match=reason):
        classify(cells, given)


def test_land_in_square_metres_and_cells_of_another_size_when_asked_for() -> None:
    people, shares = grid([[400, 0]]), grid([[0.25, 0.4]])
    metres = grid([[250_000, 400_000]])
    assert classify(Cells(people, metres), {}).grid.values == classify(Cells(people, shares), {}).grid.values
    assert classify(Cells(grid([[60_000]], 250)), {"cell_size": "any"}).grid.values.tolist() == [30]
