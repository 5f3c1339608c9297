"""Areas and distances are right at any latitude, a million points are placed once each, and nothing hostile is taken silently."""

from __future__ import annotations

import json
import math
import time
from array import array
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.hub_fixtures import Desk
from tests.tracks.mapped import collection, description, point, polygon, put, square

from sdgcities.errors import Refused
from sdgcities.findings import NOWHERE as HERE
from sdgcities.intake.positions import Fault, Written, parts_of, position
from sdgcities.intake.workbook import Workbook
from sdgcities.model.places import Polygon
from sdgcities.tracks.data.scan import repeated
from sdgcities.tracks.data.scan.access import access_cells
from sdgcities.tracks.data.scan.areas import Area
from sdgcities.tracks.data.scan.assigning import NOWHERE, assign, overlaps, shapes_of
from sdgcities.tracks.data.scan.description import Counting, People
from sdgcities.tracks.data.scan.description_file import load_scan
from sdgcities.tracks.data.scan.geodesy import area_km2, around, positions
from sdgcities.tracks.data.scan.looking import look
from sdgcities.tracks.data.scan.mapped_file import mapped_file
from sdgcities.tracks.data.scan.nearness import near
from sdgcities.tracks.data.scan.records import Records
from sdgcities.tracks.data.scan.scanning import run_scan

EARTH = 510_065_621.724
"""Square kilometres of the ellipsoid WGS 84 (GeographicLib's documentation: 510065621724088.44 m2)."""
PLUGINS = Path(__file__).parents[2] / "plugins"


def outline(west: float, south: float, east: float, north: float) -> tuple[Polygon, ...]:
    return ((tuple((x, y) for x, y in square(west, south, east, north)),),)


def shipped(plugin: str) -> dict[str, float]:
    """Square kilometres of each unit by the boundaries that a plugin ships."""
    data = json.loads((PLUGINS / plugin / f"sdgcities_{plugin}" / "boundaries.geojson").read_text(encoding="utf-8"))
    return {one["properties"]["unit"]: area_km2(list(_polygons(one["geometry"]))) for one in data["features"]}


def _polygons(geometry: dict[str, object]) -> Iterator[Polygon]:
    coordinates = geometry["coordinates"]
    assert isinstance(coordinates, list)
    yield from [coordinates] if geometry["type"] == "Polygon" else coordinates  # type: ignore[misc]


def test_the_whole_earth_has_its_area() -> None:
    assert math.isclose(area_km2(outline(-180, -90, 180, 90)), EARTH, rel_tol=1e-11)


def test_a_country_has_the_area_that_its_published_density_implies(real_data: Path) -> None:
    """Persons of 2019 by persons for each square kilometre, both as PORDATA publishes them; the shipped boundaries are coarse, and miss small islands."""
    folder = real_data / "portugal" / "indicators"
    estimates = (folder / "PORDATA_2019_Estimativas-a-31-12.csv").read_text(encoding="utf-8-sig")
    persons = int("".join(next(line for line in estimates.splitlines() if line.startswith("NUTS 2013")).split(",")[3].split()))
    rows = Workbook(folder / "PORDATA_2019_Densidade-populacional.xlsx").rows("Quadro")
    density = next(float(cells[3]) for _, cells in rows if cells[:2] == ["NUTS 2013", "Portugal"])
    assert math.isclose(sum(shipped("portugal").values()), persons / density, rel_tol=0.015)


def test_provinces_have_their_published_area(real_data: Path) -> None:
    listed = json.loads((real_data / "turkiye" / "admin" / "provinces_2025.json").read_text(encoding="utf-8"))
    published = {f"TR-{one['id']:02d}": one["area"]["value"] for one in listed}
    measured = shipped("turkiye")
    assert math.isclose(sum(measured.values()), sum(published.values()), rel_tol=0.005)
    ratios = sorted(area / published[unit] for unit, area in measured.items())
    assert abs(ratios[len(ratios) // 2] - 1) < 0.002, "half of the provinces are larger than published, half smaller"
    assert sum(abs(ratio - 1) < 0.06 for ratio in ratios) > 55, "boundaries are coarse: no province is measured in planar degrees all the same"


@given(st.floats(-179, 178), st.floats(-89, 88), st.floats(0.01, 1), st.floats(0.01, 1))
def test_parts_have_the_area_of_the_whole(west: float, south: float, wide: float, high: float) -> None:
    whole = area_km2(outline(west, south, west + wide, south + high))
    parts = area_km2(outline(west, south, west + wide / 3, south + high)) + area_km2(outline(west + wide / 3, south, west + wide, south + high))
    assert math.isclose(whole, parts, rel_tol=1e-6)


def test_a_hole_is_no_part_of_an_area() -> None:
    ring, hole = outline(0, 0, 1, 1)[0][0], outline(0.25, 0.25, 0.75, 0.75)[0][0]
    assert math.isclose(area_km2([(ring, hole)]), area_km2([(ring,)]) - area_km2([(hole,)]), rel_tol=1e-12)


def haversine(one: tuple[float, float], other: tuple[float, float]) -> float:
    (a, b), (c, d) = ((math.radians(x), math.radians(y)) for x, y in (one, other))
    return 2 * 6_371_008.8 * math.asin(math.sqrt(math.sin((c - a) / 2) ** 2 + math.cos(a) * math.cos(c) * math.sin((d - b) / 2) ** 2))


@given(st.floats(-89.9, 89.9), st.floats(-180, 180), st.floats(-0.02, 0.02), st.floats(-0.5, 0.5), st.sampled_from([100.0, 500.0, 5000.0]))
def test_what_is_near_is_near_at_any_latitude_and_across_the_date_line(lat: float, lon: float, up: float, across: float, metres: float) -> None:
    other = lat + up, lon + across
    away = haversine((lat, lon), other)
    found = bool(near(positions(np.array([lat]), np.array([lon])), positions(np.array([other[0]]), np.array([other[1]])), metres)[0])
    if abs(away / metres - 1) > 0.007:  # the sphere of the test and the ellipsoid differ by as much
        assert found == (away < metres)


def test_a_degree_of_longitude_is_as_long_as_its_latitude_says() -> None:
    for latitude, metres in ((0.0, 111_319.5), (38.7, 86_996.0), (60.0, 55_800.2), (80.0, 19_393.5)):
        places = positions(np.array([latitude]), np.array([1.0]))
        assert math.isclose(float(np.linalg.norm(around(latitude, 0.0, places)[0])), metres, rel_tol=2e-4)


# What came twice


@given(
    st.lists(st.tuples(st.integers(-30, 30), st.integers(-30, 30), st.integers(0, 1)), max_size=60),
    st.sampled_from([0.0, 5.0, 10.0]),
    st.sampled_from([1, 20, 10**6]),
)
def test_the_first_counts_and_whatever_lies_near_it_does_not(places: list[tuple[int, int, int]], metres: float, at_once: int) -> None:
    """Against the definition, row by row; however few pairs are compared at once."""
    latitude, longitude = (np.array([place[axis] * 2e-5 for place in places], dtype=float) for axis in (0, 1))
    records = Records(rows=array("q", range(len(places))), latitude=latitude, longitude=longitude, alike=array("q", (place[2] for place in places)))
    here, kept = positions(latitude, longitude), list[int]()
    for row in range(len(places)):
        if not any(places[row][2] == places[one][2] and np.sum((here[row] - here[one]) ** 2) <= metres**2 for one in kept):
            kept.append(row)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(repeated, "_COMPARED_AT_ONCE", at_once)
        found = repeated.same_place(records, metres)
    assert np.flatnonzero(~found.rows).tolist() == kept
    assert all(places[first][2] == places[second][2] and first in kept and second not in kept for first, second in found.pairs)


@pytest.mark.parametrize("spread", [0.0, 1e-3, 1.0])
def test_a_million_rows_are_compared_in_time_however_close_together(spread: float) -> None:
    dice, total = np.random.default_rng(5), 1_000_000
    places = dice.random((2, total)) * spread
    records = Records(rows=array("q", range(total)), latitude=5.5 + places[0], longitude=places[1] - 0.2)
    start = time.process_time()
    found = repeated.same_place(records, 10.0)
    assert time.process_time() - start < 20
    assert (found.count == total - 1) == (spread == 0)


# Placing


def test_a_million_points_are_placed_in_a_thousand_areas_in_time() -> None:
    areas = [Area(f"{number:04}", "", outline(number % 32, number // 32, number % 32 + 1, number // 32 + 1)) for number in range(1000)]
    dice = np.random.default_rng(5)
    longitude, latitude = dice.random(1_000_000) * 32, dice.random(1_000_000) * 31
    start = time.process_time()
    found = assign(latitude, longitude, shapes_of(areas))
    assert time.process_time() - start < 10
    right = np.floor(latitude).astype(int) * 32 + np.floor(longitude).astype(int)
    assert (found == right).all()


@given(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), max_size=30))
def test_every_point_counts_once_also_on_borders_and_corners(places: list[tuple[int, int]]) -> None:
    areas = [Area(f"{number:02}", "", outline(number % 4, number // 4, number % 4 + 1, number // 4 + 1)) for number in range(16)]
    longitude, latitude = (np.array([place[axis] for place in places], dtype=float) for axis in (0, 1))
    found = assign(latitude, longitude, shapes_of(areas))
    assert (found != NOWHERE).all()
    for number, (x, y) in zip(found, places, strict=True):
        assert number == min(n for n in range(16) if n % 4 <= x <= n % 4 + 1 and n // 4 <= y <= n // 4 + 1)


def test_the_date_line_is_one_line() -> None:
    areas = [Area("east", "", outline(179, 0, 180, 1)), Area("west", "", outline(-180, 2, -179, 3))]
    found = assign(np.array([0.5, 0.5, 2.5]), np.array([180.0, -180.0, 180.0]), shapes_of(areas))
    assert found.tolist() == [0, 0, 1]


def test_areas_that_overlap_are_told_and_those_that_touch_are_not() -> None:
    one, beside, over = Area("a", "One", outline(0, 0, 1, 1)), Area("b", "Beside", outline(1, 0, 2, 1)), Area("c", "Over", outline(0.5, 0.5, 0.9, 0.9))
    areas = [one, beside, over]
    (finding,) = overlaps(areas, shapes_of(areas), HERE)
    assert "One - Over" in str(finding.message)


# Access


@pytest.mark.parametrize("latitude", [0.0, 38.7, -60.0, 80.0])
def test_a_walking_distance_covers_as_much_ground_at_any_latitude(latitude: float) -> None:
    wide = 0.1 / math.cos(math.radians(latitude))
    polygons = outline(10 - wide, latitude - 0.1, 10 + wide, latitude + 0.1)
    shapes = shapes_of([Area("a", "", polygons)])
    one = Counting("reach", "access", within=1000, decimals=8)
    (cell,) = access_cells(one, np.array([latitude]), np.array([10.0]), shapes, [0], [])
    assert cell.value is not None
    assert math.isclose(float(cell.value) / 100 * area_km2(polygons), math.pi, rel_tol=0.002), "a circle of a kilometre"


def test_people_within_a_distance_are_counted_by_their_number(tmp_path: Path) -> None:
    people = put(tmp_path / "people.csv", "x,y,n\n10.001,0.5,30\n10.004,0.5,10\n10.5,0.5,60\n11.5,0.5,5\n")
    shapes = shapes_of([Area("a", "", outline(10, 0, 11, 1)), Area("b", "", outline(11, 0, 12, 1)), Area("c", "", outline(12, 0, 13, 1))])
    one = Counting("reach", "access", within=500, of=People(people, "y", "x", "n"))
    cells = list(access_cells(one, np.array([0.5]), np.array([10.0]), shapes, [0, 1, 2], []))
    assert [None if cell.value is None else float(cell.value) for cell in cells] == [40.0, 0.0, None]
    put(people, "x,y,n\n10.001,0.5,some\n")
    with pytest.raises(Refused, match="is no number"):
        list(access_cells(one, np.array([0.5]), np.array([10.0]), shapes, [0], []))


def test_people_without_a_position_are_told_and_never_left_out_in_silence(desk: Desk) -> None:
    people = put(desk.scratch / "people.csv", "lat,lon,n\n5.6,-0.25,30\n,,70\n")
    areas = str(collection(desk.scratch / "areas.geojson", polygon(square(-0.3, 5.5, -0.2, 5.7), name="West")))
    scan = load_scan(description(desk.scratch, "  - {id: reach, does: access, within: 500, of: {file: people.csv, latitude: lat, longitude: lon, weight: n}}"))
    taps = put(desk.scratch / "taps.csv", "lat,lon\n5.6,-0.25\n")
    (finding,) = run_scan(desk.catalogue, taps, scan, areas).findings[:1]
    assert (str(finding.message), finding.where.file) == ("The row has no position. So in 1 row: 3.", str(people))
    put(people, 'lat;lon;n\n"5,6";"-0,25";30\n')
    with pytest.raises(Refused, match="decimal comma") as refused:
        run_scan(desk.catalogue, taps, scan, areas)
    assert refused.value.findings[0].where.file == str(people)


GRID = "ncols 4\nnrows 2\nxllcorner 10\nyllcorner 0\ncellsize 0.5\nnodata_value -9\n"


def of_grid(tmp_path: Path, text: str) -> list[float | None]:
    shapes = shapes_of([Area("a", "", outline(10, 0, 11, 1)), Area("b", "", outline(11, 0, 12, 1)), Area("c", "", outline(12, 0, 13, 1))])
    one = Counting("reach", "access", within=500, of=People(put(tmp_path / "people.asc", text)))
    cells = access_cells(one, np.array([0.25, 0.7501]), np.array([10.25, 11.25]), shapes, [0, 1, 2], [])
    return [None if cell.value is None else float(cell.value) for cell in cells]


def test_people_of_a_grid_are_counted_by_the_middle_of_their_cell(tmp_path: Path) -> None:
    assert of_grid(tmp_path, GRID + "20 0 5 -9\n60 20 10 5\n") == [60.0, 25.0, None]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (GRID.replace("cellsize 0.5", "cellsize 1000") + "1 1 1 1\n1 1 1 1\n", "metres of a projected system"),
        (GRID.replace("-9", "-1") + "1 1 1 -9\n1 1 1 1\n", "fewer than no people"),
        (GRID + "1 1 1\n", "holds 3 values"),
    ],
)
def test_a_grid_that_does_not_serve_is_refused(tmp_path: Path, text: str, says: str) -> None:
    with pytest.raises(Refused, match=says):
        of_grid(tmp_path, text)


@pytest.mark.parametrize(
    ("of", "says"),
    [
        ("{file: people.tif, latitude: lat}", "A grid has no columns: take latitude out"),
        ("{file: people.csv, latitude: lat}", "needs the column of its longitude"),
    ],
)
def test_columns_belong_to_a_table_and_not_to_a_grid(tmp_path: Path, of: str, says: str) -> None:
    with pytest.raises(Refused, match=says):
        load_scan(description(tmp_path, f"  - {{id: a, does: access, within: 500, of: {of}}}"))
    assert load_scan(description(tmp_path, "  - {id: a, does: access, within: 500, of: {file: people.tif}}")).measures[0].of


def test_a_walking_distance_goes_on_behind_the_date_line() -> None:
    polygons = (*outline(179, -16, 180, -14), *outline(-180, -16, -179, -14))
    one = Counting("reach", "access", within=20_000, decimals=8)
    (cell,) = access_cells(one, np.array([-15.0]), np.array([179.95]), shapes_of([Area("a", "", polygons)]), [0], [])
    assert cell.value is not None
    assert math.isclose(float(cell.value) / 100 * area_km2(polygons), 400 * math.pi, rel_tol=0.002)


# Hostile files


def test_a_million_columns_are_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused) as refused:
        mapped_file(put(tmp_path / "wide.csv", ",".join(["x"] * 1_000_000) + "\n1,2\n"))
    assert refused.value.findings[0].code == "csv.limits"
    many = collection(tmp_path / "wide.geojson", point(0.1, 0.1, **{f"q{number}": 1 for number in range(6_000)}))
    with pytest.raises(Refused, match="More than 5000 columns"):
        mapped_file(many)


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("empty.csv", b"", "file.empty"),
        ("blank.csv", b"\n\n", "scan.empty"),
        ("mixed.csv", "lat,lon,kind\n5.6,-0.2,é\n".encode() + b"5.6,-0.2,caf\xe9\n", "file.encoding"),
        ("file.pdf", b"%PDF-1.7", "scan.kind"),
        ("file.geojson", b"{}", "geojson.type"),
        ("none.geojson", b'{"type": "FeatureCollection", "features": []}', "geojson.no-feature"),
        ("metres.geojson", b'{"type": "FeatureCollection", "crs": {"properties": {"name": "EPSG:32630"}}, "features": []}', "geojson.crs"),
        ("uneven.csv", b"lat,lon\n5.6,-0.2,7,8\n5.6,-0.2\n5.6,-0.2\n5.6,-0.2\n", "csv.width"),
    ],
)
def test_a_file_that_is_none_is_refused_in_words(tmp_path: Path, name: str, content: bytes, code: str) -> None:
    file = tmp_path / name
    file.write_bytes(content)
    with pytest.raises(Refused) as refused:
        list(mapped_file(file).rows())
    assert refused.value.findings[0].code in (code, "encoding.mixed")


@pytest.mark.parametrize(
    ("ring", "code"),
    [
        ([[0, 0], [1, 1], [1, 0], [0, 1], [0, 0]], "geojson.crossing"),
        ([[179, 0], [-179, 0], [-179, 1], [179, 1], [179, 0]], "geojson.antimeridian"),
        ([[0, 0], [0, 0], [0, 0], [0, 0]], "geojson.area"),
        ([[700000, 600000], [700001, 600000], [700001, 600001], [700000, 600000]], "geojson.range"),
    ],
)
def test_an_area_that_is_none_is_told_with_its_feature_and_never_mended(desk: Desk, ring: list[list[float]], code: str) -> None:
    areas = collection(desk.scratch / "areas.geojson", polygon(square(0, 0, 1, 1), name="Good"), polygon(ring, name="Bad"))
    file = put(desk.scratch / "file.csv", "lat,lon\n0.5,0.5\n")
    with pytest.raises(Refused) as refused:
        run_scan(desk.catalogue, file, load_scan(description(desk.scratch)), str(areas))
    assert refused.value.findings[0].code == code
    assert "Feature 2" in str(refused.value)


def test_two_areas_of_one_name_are_refused(desk: Desk) -> None:
    areas = collection(desk.scratch / "areas.geojson", polygon(square(0, 0, 1, 1), name="Same"), polygon(square(2, 0, 3, 1), name="Same"))
    file = put(desk.scratch / "file.csv", "lat,lon\n0.5,0.5\n")
    with pytest.raises(Refused, match="have the same name: Same"):
        run_scan(desk.catalogue, file, load_scan(description(desk.scratch)), str(areas))


def test_points_in_no_area_at_all_are_refused(desk: Desk) -> None:
    areas = collection(desk.scratch / "areas.geojson", polygon(square(0, 10, 1, 11), name="Far"))
    file = put(desk.scratch / "file.csv", "lat,lon\n0.5,10.5\n0.6,10.5\n")
    with pytest.raises(Refused, match="None of the 2 points lies in an area") as refused:
        run_scan(desk.catalogue, file, load_scan(description(desk.scratch)), str(areas))
    assert "Exchange the two columns" in str(refused.value.findings[-1].hint)


@given(st.text(max_size=40), st.text(max_size=40), st.sampled_from(list(Written)))
def test_no_text_is_a_position_outside_the_earth(latitude: str, longitude: str, written: Written) -> None:
    found = position(latitude, longitude, written)
    assert isinstance(found, Fault) or (abs(found[0]) <= 90 and abs(found[1]) <= 180)
    parts = parts_of(latitude)
    assert isinstance(parts, Fault) or 2 <= len(parts) <= 4


@given(st.floats(-89.99, 89.99), st.floats(-179.99, 179.99))
def test_degrees_and_minutes_are_the_degrees_they_were(latitude: float, longitude: float) -> None:
    def minutes(degrees: float, sides: str) -> str:
        size = abs(degrees)
        whole = int(size)
        return f"{whole}°{min((size - whole) * 60, 59.999999):.6f}'{sides[degrees < 0]}"

    found = position(minutes(latitude, "NS"), minutes(longitude, "EW"), Written.MINUTES)
    assert isinstance(found, tuple) or found.kind == "zero"
    if isinstance(found, tuple):
        assert math.isclose(found[0], latitude, abs_tol=1e-6)
        assert math.isclose(found[1], longitude, abs_tol=1e-6)


@pytest.mark.parametrize(
    ("yaml", "says"),
    [
        ("  - {id: a, does: share}", "share needs where"),
        ("  - {id: a, does: count, within: 5}", "count takes no within"),
        ("  - {id: a, does: count}\n  - {id: a, does: density}", "stands twice"),
        ("  - {id: a, does: counting}", "counting"),
        ("  - {id: name, does: count}", "The id name is taken"),
        ("  - {id: a, does: count, by: kind, indicator: GH-POP}", "dimension and codes are missing"),
        ("  - {id: a, does: access, within: 60000}", "50000"),
    ],
)
def test_a_description_that_makes_no_sense_is_told_with_its_line(tmp_path: Path, yaml: str, says: str) -> None:
    with pytest.raises(Refused, match=says) as refused:
        load_scan(description(tmp_path, yaml))
    assert refused.value.findings[0].where.line


@pytest.mark.parametrize(
    ("said", "says"),
    [
        ({"coordinates": "{column: gps, latitude: lat}"}, "or one column with both"),
        ({"coordinates": "{}"}, "or one column with both"),
        ({"coordinates": "{latitude: lat}"}, "or one column with both"),
        ({"coordinates": "", "parent": "{file: main.csv, key: KEY, column: PARENT_KEY}"}, "parent needs coordinates"),
    ],
)
def test_rows_are_placed_by_a_pair_of_columns_or_by_one(tmp_path: Path, said: dict[str, str], says: str) -> None:
    with pytest.raises(Refused, match=says):
        load_scan(description(tmp_path, **said))


@pytest.mark.parametrize(
    ("key", "value", "code"),
    [("period", '"last year"', "scan.period"), ("source", '{office: "???"}', "profile.undecided"), ("colour", "red", "schema.additionalProperties")],
)
def test_a_description_is_read_strictly(tmp_path: Path, key: str, value: str, code: str) -> None:
    with pytest.raises(Refused) as refused:
        load_scan(description(tmp_path, **{key: value}))
    assert refused.value.findings[0].code == code


# Real samples


def test_the_real_samples_are_understood(desk: Desk, real_data: Path) -> None:
    skips = look(desk.catalogue, real_data / "multi/city_scan/wasteskips_blantyre.csv")
    assert (len(skips.records.rows), skips.lying[0].outside) == (53, 53), "another country than the hub's"
    wells = look(desk.catalogue, real_data / "multi/city_scan/wpdx_sample_tanzania.csv")
    assert wells.found.chosen
    assert (wells.found.chosen.columns, len(wells.records.rows), wells.file.encodings) == (("lat_deg", "lon_deg"), 390, ("cp1252",))
    for name in ("ghana/city_scan/accra_waterpoints.csv", "multi/city_scan/kwale_kenya_water_samples.csv"):
        seen = look(desk.catalogue, real_data / name)
        assert seen.found.chosen is None
        assert "scan.coordinates" in {finding.code for finding in seen.findings}
    accra = look(desk.catalogue, real_data / "ghana/city_scan/accra_waterpoints.csv")
    assert accra.naming
    assert (accra.naming.column, accra.naming.units) == ("community", 0)


def test_waste_skips_of_another_country_are_counted_by_areas_that_were_brought(desk: Desk, real_data: Path) -> None:
    areas = collection(desk.scratch / "box.geojson", polygon(square(34.9, -15.95, 35.2, -15.65), name="Made-up box round the city"))
    scan = description(
        desk.scratch, "  - {id: skips, does: count}\n  - {id: litres, does: sum, column: capacity_l}", coordinates="{latitude: lat, longitude: long}"
    )
    found = run_scan(desk.catalogue, real_data / "multi/city_scan/wasteskips_blantyre.csv", load_scan(scan), str(areas))
    assert [str(cell.value) for cell in found.cells] == ["53", "371000.00"]
