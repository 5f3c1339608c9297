"""GeoJSON and TopoJSON: any change of a sound file, and any numbers, give features or refusals; sound features come back as written."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from tests.fuzz.changing import changed, refused_at_most
from tests.intake.made import SQUARE, Pairs, geojson, shape, topology

from sdgcities.intake.geojson import features_of
from sdgcities.intake.topojson import boundaries_of

HOLE: Pairs = [[0.2, 6.2], [0.4, 6.2], [0.4, 6.4], [0.2, 6.2]]
SOUND = geojson(SQUARE, HOLE, crs=None).encode()
SOUND_TOPOLOGY = json.dumps(topology()).encode()
NUMBERS = st.floats(-200, 200) | st.sampled_from([0, 180, -180, 90, 1e300, 815_000]) | st.booleans() | st.none()
PLACES = st.lists(NUMBERS, max_size=3) | st.tuples(st.floats(-180, 180), st.floats(-90, 90)).map(list)
LOOSE: Any = st.recursive(NUMBERS | st.text(max_size=3), lambda inner: st.lists(inner, max_size=5), max_leaves=20)


@given(content=changed(SOUND) | changed(SOUND_TOPOLOGY))
def test_any_change_of_a_file_is_read_or_refused(fuzzed: Path, content: bytes) -> None:
    fuzzed.write_bytes(content)
    with refused_at_most(str(fuzzed)):
        boundaries_of(fuzzed)


@given(rings=st.lists(st.lists(PLACES, max_size=8), max_size=3) | LOOSE, kind=st.sampled_from(["Polygon", "MultiPolygon"]), close=st.booleans())
def test_any_geometry_is_read_or_refused(fuzzed: Path, rings: Any, kind: str, close: bool) -> None:  # noqa: ANN401 - anything
    if close and isinstance(rings, list):
        rings = [[*ring, ring[0]] if isinstance(ring, list) and ring else ring for ring in rings]
    coordinates = rings if kind == "Polygon" else [rings]
    feature = {"type": "Feature", "properties": None, "geometry": {"type": kind, "coordinates": coordinates}}
    fuzzed.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}), encoding="utf-8")
    with refused_at_most(str(fuzzed)):
        features_of(fuzzed)


@given(arcs=LOOSE, use=LOOSE, transform=LOOSE | st.none())
def test_any_topology_is_read_or_refused(fuzzed: Path, arcs: object, use: object, transform: object) -> None:
    data = topology(arcs=arcs, objects={"a": {"type": "Polygon", "arcs": use}}, transform=transform)
    fuzzed.write_text(json.dumps(data), encoding="utf-8")
    with refused_at_most(str(fuzzed)):
        boundaries_of(fuzzed)


@given(west=st.floats(-170, 160), south=st.floats(-80, 70), wide=st.floats(0.01, 9), high=st.floats(0.01, 9), name=st.text(st.characters(codec="ascii")))
def test_a_sound_feature_comes_back_as_it_was_written(fuzzed: Path, west: float, south: float, wide: float, high: float, name: str) -> None:
    name, west, south = name.replace("\0", ""), round(west, 9), round(south, 9)
    ring = [[west, south], [west + wide, south], [west + wide, south + high], [west, south + high], [west, south]]
    fuzzed.write_text(json.dumps({"type": "FeatureCollection", "features": [shape(ring, name=name)]}), encoding="utf-8")
    (feature,) = features_of(fuzzed)
    assert feature.properties == {"name": name}
    assert feature.polygons == ((tuple(map(tuple, ring)),),)
