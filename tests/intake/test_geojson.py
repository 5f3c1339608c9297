"""Boundaries of cities."""

from __future__ import annotations

import json
from contextlib import suppress
from math import cos, pi, sin
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sdgcities.errors import Refused
from sdgcities.intake.geojson import Boundary, read_boundary

RING = [[0.4, 6.5], [0.5, 6.5], [0.5, 6.6], [0.4, 6.6], [0.4, 6.5]]
FAR = [[1.4, 6.5], [1.5, 6.5], [1.5, 6.6], [1.4, 6.6], [1.4, 6.5]]
HOLE = [[1.42, 6.52], [1.44, 6.52], [1.44, 6.54], [1.42, 6.54], [1.42, 6.52]]


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("geojson") / "boundary.geojson"


def feature(coordinates: object = (RING,), kind: str = "Polygon", **properties: object) -> dict[str, Any]:
    return {"type": "Feature", "properties": {"definition": "administrative", **properties}, "geometry": {"type": kind, "coordinates": coordinates}}


def read(path: Path, data: object) -> Boundary:
    path.write_text(json.dumps(data), encoding="utf-8")
    return read_boundary(path)


def code(path: Path, data: object) -> str:
    with pytest.raises(Refused) as refused:
        read(path, data)
    return refused.value.findings[0].code


def test_polygons_and_collections_of_them_are_read(path: Path) -> None:
    assert read(path, feature()) == Boundary("administrative", 5)
    assert read(path, feature([[RING], [FAR, HOLE]], "MultiPolygon")).positions == 15
    both = {"type": "FeatureCollection", "features": [feature(definition="degree-of-urbanisation")] * 2}
    assert read(path, both) == Boundary("degree-of-urbanisation", 10)
    assert read(path, feature([[[*position, 120] for position in RING]])).positions == 5


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ({}, "type"),
        ([], "type"),
        (None, "type"),
        ({"type": "Polygon", "coordinates": [RING]}, "type"),
        ({"type": "FeatureCollection", "features": {}}, "type"),
        ({"type": "FeatureCollection", "features": []}, "no-feature"),
        ({"type": "FeatureCollection", "features": [1]}, "feature"),
        ({"type": "Feature", "properties": "administrative", "geometry": None}, "feature"),
        ({"type": "Feature", "properties": None, "geometry": None}, "definition"),
        (feature(definition="both"), "definition"),
        (feature(definition=["administrative"]), "definition"),
        ({"type": "FeatureCollection", "features": [feature(), feature(definition="degree-of-urbanisation")]}, "definition"),
        ({**feature(), "geometry": None}, "geometry"),
        (feature([0.4, 6.5], "Point"), "geometry"),
        (feature([]), "rings"),
        (feature([], "MultiPolygon"), "geometry"),
        (feature([[]], "MultiPolygon"), "rings"),
        (feature([RING[:-1]]), "ring"),
        (feature([RING[:2]]), "ring"),
        (feature(["ring"]), "ring"),
        (feature([[["a", 1]] * 4]), "position"),
        (feature([[[1]] * 4]), "position"),
        (feature([[[True, False]] * 4]), "position"),
        (feature([[[6.5, 95.0]] * 4]), "swapped"),
        (feature([[[200.0, 6.5]] * 4]), "range"),
    ],
)
def test_what_is_wrong_is_told_by_name(path: Path, data: object, expected: str) -> None:
    assert code(path, data) == f"geojson.{expected}"


@pytest.mark.parametrize("number", ["815000", "-815000.25", "1e9"])
def test_coordinates_in_metres_are_told_as_such(path: Path, number: str) -> None:
    path.write_text(json.dumps(feature()).replace("0.4,", f"{number},"), encoding="utf-8")
    with pytest.raises(Refused, match="look like metres of a projected system") as refused:
        read_boundary(path)
    assert refused.value.findings[0].code == "geojson.range"
    assert "EPSG:4326" in str(refused.value.findings[0].hint)


@given(
    data=st.recursive(
        st.none() | st.floats(allow_nan=False, allow_infinity=False) | st.text("aP", max_size=3), lambda inner: st.lists(inner, max_size=5), max_leaves=20
    )
)
def test_any_geometry_is_read_or_refused(path: Path, data: object) -> None:
    for kind in ("Polygon", "MultiPolygon"):
        with suppress(Refused):
            read(path, feature(data, kind))


@given(
    distances=st.lists(st.floats(0.5, 80), min_size=3, max_size=12),
    longitude=st.floats(-90, 90),
)
def test_every_star_shaped_ring_on_the_earth_is_read(path: Path, distances: list[float], longitude: float) -> None:
    steps = len(distances)
    ring = [[longitude + r * cos(2 * pi * n / steps), r * sin(2 * pi * n / steps)] for n, r in enumerate(distances)]
    assert read(path, feature([[*ring, ring[0]]])).positions == steps + 1
