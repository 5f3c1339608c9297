"""Outlines on a map: what is sound is read, what is not is told with the feature and the position."""

from __future__ import annotations

import json
import time
from math import cos, pi, sin
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.intake.made import SQUARE, Pairs, geojson, shape

from sdgcities.errors import Refused
from sdgcities.findings import NOWHERE
from sdgcities.intake.crossings import TooIntricateError, crossing_of
from sdgcities.intake.geojson import Feature, check_rings, features_of

HOLE: Pairs = [[0.2, 6.2], [0.4, 6.2], [0.4, 6.4], [0.2, 6.4], [0.2, 6.2]]
MANY = 500_000


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "units.geojson"


def read(path: Path, *features: dict[str, Any], **top: object) -> list[Feature]:
    path.write_text(json.dumps({"type": "FeatureCollection", "features": list(features), **top}), encoding="utf-8")
    return features_of(path)


def closed(ring: Pairs) -> list[tuple[float, float]]:
    return [(x, y) for x, y in [*ring, ring[0]]]


@pytest.mark.parametrize(
    "rings",
    [
        (SQUARE,),
        (SQUARE[::-1],),
        (SQUARE, HOLE),
        (SQUARE, HOLE[::-1]),
        ([[*position, 12.5] for position in SQUARE],),
        ([[0, 0], [1, 1], [2, 0], [2, 2], [1, 1], [0, 2], [0, 0]],),
        ([[0, 0], [2, 0], [2, 2], [1, 0], [0, 2], [0, 0]],),
        ([[0, 0], [1, 0], [1, 1], [1, 3], [1, 1], [0, 1], [0, 0]],),
        ([[179, 0], [180, 0], [180, 1], [179, 1], [179, 0]],),
    ],
    ids=["plain", "clockwise", "hole", "hole clockwise", "with heights", "touches itself", "touches its side", "spike", "at the edge"],
)
def test_sound_outlines_are_read_whichever_way_they_run(path: Path, rings: tuple[Pairs, ...]) -> None:
    (feature,) = read(path, shape(*rings, code="A1"))
    assert feature.properties == {"code": "A1"}
    assert [len(ring) for ring in feature.polygons[0]] == [len(ring) for ring in rings]


def test_positions_that_repeat_the_one_before_are_left_out(path: Path) -> None:
    (feature,) = read(path, shape([SQUARE[0], *SQUARE, SQUARE[-1]]))
    assert feature.polygons[0][0] == tuple(map(tuple, SQUARE))


def test_all_faults_are_told_with_the_number_of_the_feature(path: Path) -> None:
    bow: Pairs = [[0, 0], [1, 1], [1, 0], [0, 1], [0, 0]]
    with pytest.raises(Refused) as refused:
        read(path, shape(), shape(bow), shape(), shape([[6, 120], [7, 120], [7, 121], [6, 120]]))
    assert [str(fault.message) for fault in refused.value.findings] == [
        "Feature 2: The outline crosses itself near 0.5, 0.5.",
        "Feature 4: 6, 120 is outside the Earth: longitude comes first; they seem to be swapped.",
    ]
    with pytest.raises(Refused) as refused:
        read(path, *[shape(bow)] * 250)
    assert len(refused.value.findings) == 101
    assert "150 more" in str(refused.value.findings[-1].message)


def test_a_feature_without_geometry_is_listed_with_no_polygons(path: Path) -> None:
    first, second = read(path, {**shape(name="Sea"), "geometry": None, "id": 7}, shape())
    assert (first.polygons, first.properties, first.id, first.number) == ((), {"name": "Sea"}, "7", 1)
    assert second.polygons


@pytest.mark.parametrize("name", ["urn:ogc:def:crs:OGC:1.3:CRS84", "urn:ogc:def:crs:EPSG::4326", "EPSG:4326"])
def test_an_old_file_may_say_that_it_is_wgs_84(path: Path, name: str) -> None:
    assert read(path, shape(), crs={"type": "name", "properties": {"name": name}})
    assert read(path, shape(), crs=None)


def test_holes_in_each_other_and_beside_the_outline_are_told() -> None:
    for hole in ([[5.0, 5.0], [5.1, 5.0], [5.1, 5.1], [5.0, 5.0]], SQUARE, [[-1.0, 5.0], [2.0, 5.0], [2.0, 8.0], [-1.0, 8.0], [-1.0, 5.0]]):
        with pytest.raises(Refused, match="is not inside the outline"):
            check_rings([(tuple(map(tuple, SQUARE)), tuple(map(tuple, hole)))], NOWHERE)


def test_what_a_plugin_answers_is_held_against_the_same_rules() -> None:
    nowhere: Any = [()], [((),)], [((("a", 1),) * 4,)], [(((float("nan"), 1.0),) * 4,)]
    for polygons in nowhere:
        with pytest.raises(Refused):
            check_rings(polygons, NOWHERE)


def around(steps: int) -> list[tuple[float, float]]:
    """A circle of so many steps."""
    return closed([[80 * cos(2 * pi * step / steps), 80 * sin(2 * pi * step / steps)] for step in range(steps)])


def test_half_a_million_positions_take_seconds_and_a_crossing_among_them_is_found() -> None:
    begun = time.monotonic()
    assert crossing_of([around(MANY)]) is None
    comb = closed([[number / MANY, float(number % 2)] for number in range(MANY)] + [[1.0, 2.0], [0.0, 2.0]])
    assert crossing_of([comb]) is None
    ring = around(MANY)
    ring[1000], ring[1003] = ring[1003], ring[1000]
    found = crossing_of([ring])
    assert found == pytest.approx(ring[1001], abs=0.01)
    assert time.monotonic() - begun < 60


def test_an_outline_that_lies_over_itself_everywhere_is_given_up() -> None:
    diagonal = [[number / 20_000 + number % 2, number / -40_000 + number % 2 * 0.7] for number in range(20_000)]
    with pytest.raises(TooIntricateError):
        crossing_of([closed([*diagonal, [0.0, -10.0]])])


@given(st.lists(st.tuples(st.integers(0, 6), st.integers(0, 6)), min_size=3, max_size=9, unique=True))
def test_a_crossing_is_found_as_by_comparing_every_pair(ring: list[tuple[int, int]]) -> None:
    def turn(a: tuple[int, int], b: tuple[int, int], c: tuple[int, int]) -> int:
        return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])

    lines = list(zip(ring, [*ring[1:], ring[0]], strict=True))
    proper = any(turn(a, b, c) * turn(a, b, d) < 0 and turn(c, d, a) * turn(c, d, b) < 0 for a, b in lines for c, d in lines)
    found = crossing_of([[(float(x), float(y)) for x, y in [*ring, ring[0]]]])
    if proper:
        assert found is not None
    elif found is not None:  # then it crosses at a corner
        assert any(found == pytest.approx(corner) for corner in ring)


def test_a_simple_file_says_nothing(path: Path) -> None:
    path.write_text(geojson(), encoding="utf-8")
    assert len(features_of(path)) == 1
