"""TopoJSON gives the features that GeoJSON would."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from tests.intake.made import SQUARE, geojson, topology

from sdgcities.errors import Refused
from sdgcities.intake.geojson import features_of
from sdgcities.intake.topojson import boundaries_of


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "units.json"


def write(path: Path, data: object) -> Path:
    path.write_text(json.dumps(data), encoding="utf-8")
    return path


def test_shared_and_reversed_lines_make_closed_rings(path: Path) -> None:
    west, east = boundaries_of(write(path, topology()))
    assert (west.id, west.properties, west.number) == ("W", {"name": "West"}, 1)
    assert west.polygons == ((((21.0, 5.0), (21.0, 6.0), (20.0, 6.0), (20.0, 5.0), (21.0, 5.0)),),)
    assert east.polygons == ((((21.0, 6.0), (21.0, 5.0), (22.0, 5.0), (22.0, 6.0), (21.0, 6.0)),),)


def test_lines_that_are_not_quantised_are_degrees(path: Path) -> None:
    data: dict[str, Any] = {"type": "Topology", "objects": {"a": {"type": "Polygon", "arcs": [[0]]}}, "arcs": [SQUARE]}
    (feature,) = boundaries_of(write(path, data))
    assert feature.polygons == ((tuple(map(tuple, SQUARE)),),)


def test_of_several_objects_one_is_named(path: Path) -> None:
    data = topology()
    data["objects"]["land"] = {"type": "Polygon", "arcs": [[0, 1]]}
    with pytest.raises(Refused) as refused:
        boundaries_of(write(path, data))
    assert "units, land" in str(refused.value.findings[0].hint)
    assert len(boundaries_of(path, "land")) == 1
    assert len(boundaries_of(path, "units")) == 2
    with pytest.raises(Refused, match="no object sea"):
        boundaries_of(path, "sea")


def test_a_feature_without_geometry_is_listed(path: Path) -> None:
    data = topology()
    data["objects"]["units"]["geometries"].append({"type": None, "properties": {"name": "Sea"}})
    *_, sea = boundaries_of(write(path, data))
    assert (sea.polygons, sea.properties, sea.number) == ((), {"name": "Sea"}, 3)


def test_every_wrong_feature_is_told_by_its_number(path: Path) -> None:
    data = topology()
    data["objects"]["units"]["geometries"][0]["arcs"] = [[7]]
    data["objects"]["units"]["geometries"][1]["type"] = "LineString"
    with pytest.raises(Refused) as refused:
        boundaries_of(write(path, data))
    assert [(fault.code, str(fault.message)[:10]) for fault in refused.value.findings] == [
        ("geojson.arcs", "Feature 1:"),
        ("geojson.geometry", "Feature 2:"),
    ]


def test_which_of_the_two_formats_it_is_stands_in_the_file(path: Path) -> None:
    assert len(boundaries_of(write(path, topology()))) == 2
    path.write_text(geojson(), encoding="utf-8")
    assert boundaries_of(path) == features_of(path)
    with pytest.raises(Refused, match="not a GeoJSON Feature"):
        boundaries_of(write(path, [1]))


@pytest.mark.parametrize(
    ("file", "features", "box"),
    [
        ("costa_rica/cri.topo.json", 7, (-87.118, 5.515, -82.563, 11.210)),
        ("malaysia/mys.topo.json", 17, (99.645, 0.851, 119.278, 7.356)),
        ("ghana/admin/gha.topo.json", 10, (-3.263, 4.737, 1.188, 11.163)),
        ("portugal/admin/prt.topo.json", 20, (-31.285, 30.029, -6.206, 42.154)),
    ],
)
def test_real_files_are_read_whole(real_data: Path, file: str, features: int, box: tuple[float, ...]) -> None:
    found = boundaries_of(real_data / file)
    drawn = [position for feature in found for polygon in feature.polygons for ring in polygon for position in ring]
    longitudes, latitudes = zip(*drawn, strict=True)
    raw = json.loads((real_data / file).read_bytes())
    (objects,) = raw["objects"].values()
    assert len(found) == features == len(objects["geometries"])
    assert (min(longitudes), min(latitudes), max(longitudes), max(latitudes)) == pytest.approx(box, abs=0.001)
    assert all(feature.polygons for feature in found)


def test_a_plugins_boundaries_agree_with_the_topology_they_come_from(real_data: Path, checkout: Path) -> None:
    for country, file in (("ghana", "ghana/admin/gha.topo.json"), ("portugal", "portugal/admin/prt.topo.json")):
        shipped = features_of(checkout / "plugins" / country / f"sdgcities_{country}" / "boundaries.geojson")
        assert len(shipped) == len(boundaries_of(real_data / file))
