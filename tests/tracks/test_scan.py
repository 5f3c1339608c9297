"""What citizens mapped is looked at, counted by area, and stored by the ordinary way; what is personal never is."""

from __future__ import annotations

import json
import zipfile
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
import xlsxwriter
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from tests.hub_fixtures import Desk
from tests.tracks.mapped import MADE_UP, collection, description, kobo, odk, point, polygon, put, square

from sdgcities.errors import Refused
from sdgcities.findings import Finding
from sdgcities.model.places import UnitName
from sdgcities.store import audit
from sdgcities.store.tables import justification
from sdgcities.tracks.data.batches.reverting import revert
from sdgcities.tracks.data.scan.description_file import load_scan
from sdgcities.tracks.data.scan.looking import Looked, look
from sdgcities.tracks.data.scan.proposing import proposal
from sdgcities.tracks.data.scan.results import as_data, geojson_of, put_results
from sdgcities.tracks.data.scan.scanning import Scanned, run_scan
from sdgcities.tracks.data.scan.storing import record_scan, store_scan

ACCRA = "GH-R10-AA"
TWO = "lat,lon,kind\n5.60,-0.19,tap\n5.61,-0.20,well\n"


@pytest.fixture
def folder(desk: Desk) -> Path:
    return desk.scratch


def scanned(desk: Desk, file: Path, scan: Path, areas: str = "", keep: dict[str, str] | None = None) -> Scanned:
    return run_scan(desk.catalogue, file, load_scan(scan, keep), areas)


def values(found: Scanned) -> dict[tuple[str, str], Decimal | None]:
    """Results by area and measure."""
    return {(found.areas.areas[cell.area].id, f"{cell.counting.id}{cell.category and '='}{cell.category}"): cell.value for cell in found.cells}


def told(findings: list[Finding] | tuple[Finding, ...], code: str) -> list[str]:
    return [str(finding.message) for finding in findings if finding.code == code]


def halves(folder: Path) -> Path:
    """Two areas that share the meridian of -0.2."""
    return collection(folder / "halves.geojson", polygon(square(-0.3, 5.5, -0.2, 5.7), name="West"), polygon(square(-0.2, 5.5, -0.1, 5.7), name="East"))


def columns_of(looked: Looked) -> set[str]:
    return {one.column for one in looked.personal}


# What a file is, before anything is counted


def test_an_export_of_kobotoolbox_with_hundreds_of_columns_is_understood(desk: Desk, folder: Path) -> None:
    file = put(folder / "kobo.csv", kobo([{} for _ in range(20)], further=300))
    looked = look(desk.catalogue, file)
    assert looked.found.chosen
    assert looked.found.chosen.columns == ("site/_GPS point_latitude", "site/_GPS point_longitude")
    assert looked.found.chosen.accuracy == "site/_GPS point_precision"
    assert len(looked.file.columns) > 300
    assert len(looked.records.rows) == 20
    assert looked.lying[0].counts == {ACCRA: 20}
    assert looked.identity == "_uuid"


def test_personal_columns_are_named_with_the_reason_and_never_shown(desk: Desk, folder: Path) -> None:
    file = put(folder / "kobo.csv", kobo([{} for _ in range(20)]))
    looked = look(desk.catalogue, file)
    assert columns_of(looked) >= {"respondent/full_name", "respondent/phone", "deviceid", "_submitted_by"}
    everything = proposal(looked) + "".join(f"{one.message} {one.hint}" for one in looked.findings)
    assert MADE_UP not in everything.lower().replace("specimen_user", MADE_UP)
    assert "+2335" not in everything
    assert told(looked.findings, "scan.homes"), "people are asked: points may be where they live"


@pytest.mark.parametrize(
    ("column", "cells", "kind"),
    [
        ("q17", ["a.b@example.org", "c@example.org"], "mail"),
        ("q17", ["+233500000001", "0500 000 002"], "phone"),
        ("q17", ["1700000000001.jpg", "1700000000002.jpg"], "picture"),
        ("q17", ["10000000146", "10000000147", "10000000148", "10000000149", "10000000150"], "identity"),
        ("Adı Soyadı", ["x"], "person"),
        ("Nome completo", ["x"], "person"),
        ("Numéro de téléphone (portable)", ["x"], "phone"),
        ("Fecha de nacimiento", ["x"], "birth"),
        ("SubmitterName", ["x"], "user"),
        ("grp-deviceID", ["x"], "device"),
        ("TC Kimlik No", ["x"], "identity"),
        ("remarks", ["no water", "broken since May", "ask specimen.person@example.org first", "ok", "ok"], "mail"),
    ],
)
def test_a_personal_column_is_told_by_its_name_or_by_its_cells(desk: Desk, folder: Path, column: str, cells: list[str], kind: str) -> None:
    file = put(folder / "file.csv", f"lat,lon,{column}\n" + "".join(f"5.6,-0.2,{cell}\n" for cell in cells))
    found = look(desk.catalogue, file).personal
    assert [(one.column, one.kind) for one in found] == [(column, kind)]


@pytest.mark.parametrize("column", ["community_name", "Name of the school", "capacity_l", "status", "photosynthesis", "user_fee", "installer", "road_number"])
def test_what_is_not_personal_is_left_alone(desk: Desk, folder: Path, column: str) -> None:
    file = put(folder / "file.csv", f"lat,lon,{column}\n5.6,-0.2,seven\n5.7,-0.2,eight\n")
    assert not look(desk.catalogue, file).personal


@pytest.mark.parametrize(
    ("text", "columns"),
    [
        ("gps\n5.6 -0.2 30 4.5\n5.61 -0.2 30 4.5\n", ("gps",)),
        ('_geolocation\n"[5.6, -0.2]"\n"[5.61, -0.2]"\n', ("_geolocation",)),
        ('where\n"(5.6, -0.2)"\n', ("where",)),
        ("wkt\nPOINT (-0.2 5.6)\n", ("wkt",)),
        ("Enlem,Boylam\n5.6,-0.2\n", ("Enlem", "Boylam")),
        ("site-place-Latitude,site-place-Longitude\n5.6,-0.2\n", ("site-place-Latitude", "site-place-Longitude")),
        ("y_coord,x_coord\n5.6,-0.2\n", ("y_coord", "x_coord")),
    ],
)
def test_coordinates_are_found_however_they_are_written(desk: Desk, folder: Path, text: str, columns: tuple[str, ...]) -> None:
    looked = look(desk.catalogue, put(folder / "file.csv", text))
    assert looked.found.chosen
    assert looked.found.chosen.columns == columns
    assert looked.lying[0].counts.keys() == {ACCRA}


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ("0,0", "0, 0"),
        ("95.5,5.6", "swapped"),
        ("634512.5,812345.1", "projected"),
        ('"5,6037","-0,187"', "decimal comma"),
        ("5°36.2'N,0°11.2'W", "minutes"),
        (",-0.2", "Only one"),
        ("nan,-0.2", "no number"),
        ("inf,-0.2", "no number"),
        ("here,there", "no number"),
        ("5_6,1", "no number"),
        ("5.6,1_0", "no number"),
    ],
)
def test_a_position_that_is_none_is_told_plainly_with_its_row(desk: Desk, folder: Path, row: str, says: str) -> None:
    good = "".join(f"5.6{number},-0.2\n" for number in range(30))
    looked = look(desk.catalogue, put(folder / "file.csv", f"lat,lon\n{good}{row}\n"))
    (finding,) = [one for one in looked.findings if one.code == "scan.position"]
    assert says in str(finding.message)
    assert finding.where.row == 32
    assert len(looked.records.rows) == 30


@pytest.mark.parametrize(
    ("rows", "written"),
    [('"5,6037";"-0,187"\n"5,61";"-0,2"\n', "decimal-comma"), ("5°36'13\"N;0°11'13\"W\n5 36.2 N;0 11.2 W\n", "degrees-minutes")],
)
def test_a_file_that_writes_degrees_otherwise_is_read_so_when_it_says_so(desk: Desk, folder: Path, rows: str, written: str) -> None:
    file = put(folder / "file.csv", f"lat;lon\n{rows.replace(chr(34), chr(34) * 2) if '°' in rows else rows}".replace('""', "''"))
    looked = look(desk.catalogue, file)
    assert looked.found.chosen
    assert looked.found.chosen.written.value == written
    scan = description(folder, coordinates=f"{{latitude: lat, longitude: lon, written: {written}}}")
    assert values(scanned(desk, file, scan)) == {(ACCRA, "points"): 2}


@pytest.mark.parametrize(
    ("rows", "place"),
    [
        ("39.92 K;32.85 D", (39.92, 32.85)),
        ("39,92° K;32,85° D", (39.92, 32.85)),
        ("41° 1\u2032 12\u2033 K;28° 58\u2032 48\u2033 D", (41.02, 28.98)),
        ("G 5.5;B 0.2", (-5.5, -0.2)),
        ("25,9 S;32,6 L", (-25.9, 32.6)),
        ("5°33'20 S;0°12'10 E", (-5 - 33 / 60 - 20 / 3600, 12 / 60 + 10 / 3600)),
    ],
)
def test_letters_of_directions_are_read_in_turkish_and_portuguese_too(desk: Desk, folder: Path, rows: str, place: tuple[float, float]) -> None:
    looked = look(desk.catalogue, put(folder / "file.csv", f"lat;lon\n{rows}\n{rows}\n"))
    assert looked.found.chosen
    assert looked.found.chosen.written.value == "degrees-minutes"
    assert (looked.records.latitude[0], looked.records.longitude[0]) == pytest.approx(place)
    one = put(folder / "one.csv", f'position\n"{rows.replace(";", ", ")}"\n"{rows.replace(";", " ")}"\n')
    together = look(desk.catalogue, one).records
    assert [*together.latitude, *together.longitude] == pytest.approx([place[0], place[0], place[1], place[1]])


@pytest.mark.parametrize(
    ("longitudes", "written", "of_o"),
    [
        (("9.1 O", "9°08'O"), "degrees-minutes", None),
        (("9.1 O", "32.6 L"), "degrees-minutes-o-west", -9.1),
        (("9.1 O", "2.2 E"), "degrees-minutes-o-west", -9.1),
        (("9.1 O", "2.2 W"), "degrees-minutes-o-east", 9.1),
        (("9.1 O", "2.2 W", "2.3 E"), "degrees-minutes", None),
    ],
)
def test_the_letter_o_is_west_or_east_by_the_letters_beside_it_and_else_a_person_is_asked(
    desk: Desk, folder: Path, longitudes: tuple[str, ...], written: str, of_o: float | None
) -> None:
    """Oeste, ouest, ovest; Ost: a letter alone does not say in which language it was written."""
    apart = put(folder / "file.csv", "lat;lon\n" + "".join(f"38.7 N;{one}\n" for one in longitudes))
    together = put(folder / "one.csv", "position\n" + "".join(f'"38.7 N, {one}"\n' for one in longitudes))
    for file in (apart, together):
        looked = look(desk.catalogue, file)
        assert looked.found.chosen
        assert looked.found.chosen.written.value == written
        assert (of_o in looked.records.longitude.tolist()) == (of_o is not None)
        assert bool([text for text in told(looked.findings, "scan.position") if "The letter O" in text]) == (of_o is None)
        assert ('written: "???"' in proposal(looked)) == (of_o is None)
    areas = str(collection(folder / "areas.geojson", polygon(square(-180, 38, 0, 39), name="W"), polygon(square(0, 38, 180, 39), name="E")))
    for side, letters in (("west", {"O", "W"}), ("east", {"O", "L", "E"})):
        said = f"{{latitude: lat, longitude: lon, written: degrees-minutes-o-{side}}}"
        count = sum(one[-1] in letters for one in longitudes)
        assert values(scanned(desk, apart, description(folder, coordinates=said), areas))[side[0].upper(), "points"] == count
    if of_o is None and len(longitudes) == 2:
        with pytest.raises(Refused, match="The letter O stands for west in some languages") as refused:
            scanned(desk, apart, description(folder, coordinates="{latitude: lat, longitude: lon, written: degrees-minutes}"), areas)
        assert len(refused.value.findings) == 1


def test_letters_that_say_the_columns_are_exchanged_are_believed(desk: Desk, folder: Path) -> None:
    """32° east, 39° north in columns the other way round would be a place on the Earth as well: in another country."""
    file = put(folder / "file.csv", "lat,lon\n32.85 D,39.92 K\n32.86 D,39.93 K\n")
    looked = look(desk.catalogue, file)
    assert told(looked.findings, "scan.position") == ["The letters of directions say that latitude and longitude are exchanged. So in 2 rows: 2, 3."]
    scan = description(folder, coordinates="{latitude: lat, longitude: lon, written: degrees-minutes}")
    with pytest.raises(Refused, match="are exchanged"):
        scanned(desk, file, scan)
    right = description(folder, coordinates="{latitude: lon, longitude: lat, written: degrees-minutes}")
    assert scanned(desk, file, right, str(collection(folder / "a.geojson", polygon(square(32, 39, 33, 40), name="A")))).counts["counted"] == 2


@pytest.mark.parametrize(
    "rows", ["432123,1512345\n432124,1512346\n", "432123.5,4512345.25\n", '"432.123,5","4.512.345,2"\n', "432 123,1 512 345\n", "-432123,1512345\n"]
)
def test_metres_of_a_projected_system_are_refused_in_one_line_with_the_way_out(desk: Desk, folder: Path, rows: str) -> None:
    file = put(folder / "file.csv", f"lat,lon\n{rows}")
    looked = look(desk.catalogue, file)
    assert looked.found.chosen is None
    (finding,) = [one for one in looked.findings if one.code == "scan.coordinates"]
    assert str(finding.message) == "The file has no degrees: lat, lon look like metres of a projected system."
    assert "Save Features As" in str(finding.hint)
    with pytest.raises(Refused, match="metres of a projected system") as refused:
        scanned(desk, file, description(folder))
    assert len(refused.value.findings) == 1
    assert "Save Features As" in str(refused.value.findings[0].hint)


CRS = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::32630"}}


@pytest.mark.parametrize(
    ("said", "place", "says"),
    [
        ({"crs": CRS}, [432123.0, 1512345.0], "EPSG::32630"),
        ({"crs": CRS}, [-0.2, 5.6], "EPSG::32630"),
        ({"crs": {"type": "EPSG", "properties": {"code": 3857}}}, [-0.2, 5.6], "3857"),
        ({"crs": {"type": "link", "properties": {"href": "somewhere"}}}, [-0.2, 5.6], "of the system -"),
        ({}, [432123.0, 1512345.0], "metres of a projected system"),
    ],
)
def test_geojson_of_another_system_is_refused_in_one_line_with_the_way_out(
    desk: Desk, folder: Path, said: dict[str, object], place: list[float], says: str
) -> None:
    points = [point(place[0], place[1], kind="tap")] * 3
    file = put(folder / "points.geojson", json.dumps({"type": "FeatureCollection", **said, "features": points}))
    scan = description(folder, coordinates="")
    with pytest.raises(Refused, match=says) as refused:
        scanned(desk, file, scan)
    assert len(refused.value.findings) == 1
    assert "Save Features As" in str(refused.value.findings[0].hint)
    ring = [[place[0] + x, place[1] + y] for x, y in ((0, 0), (1, 0), (1, 1), (0, 0))]
    drawn = {"type": "FeatureCollection", **said, "features": [polygon(ring, name="A"), polygon(ring, name="B")]}
    areas = put(folder / "areas.geojson", json.dumps(drawn))
    with pytest.raises(Refused, match=says) as refused:
        scanned(desk, put(folder / "file.csv", TWO), description(folder), str(areas))
    assert len(refused.value.findings) == 1, "one cause, one line"
    assert "Save Features As" in str(refused.value.findings[0].hint)


def test_lines_and_outlines_of_odk_are_no_points(desk: Desk, folder: Path) -> None:
    """A geotrace or geoshape is several positions with semicolons; its first is not where the row lies."""
    rows = '"5.6 -0.2 0 0; 5.7 -0.2 0 0; 5.6 -0.1 0 0; 5.6 -0.2 0 0;","5.60 -0.21 30 4.5"\n' * 3
    looked = look(desk.catalogue, put(folder / "odk.csv", f"plot,place\n{rows}"))
    assert looked.found.chosen
    assert looked.found.chosen.columns == ("place",)
    with pytest.raises(Refused, match="a line or an outline, not a point"):
        scanned(desk, put(folder / "odk.csv", f"plot,place\n{rows}"), description(folder, coordinates="{column: plot}"))


def test_a_file_with_the_names_of_columns_only_is_refused_for_that(desk: Desk, folder: Path) -> None:
    file = put(folder / "file.csv", "lat,lon,kind\n")
    with pytest.raises(Refused, match="no row below them"):
        look(desk.catalogue, file)
    with pytest.raises(Refused, match="no row below them"):
        scanned(desk, file, description(folder))


def test_columns_called_like_coordinates_that_hold_none_are_named(desk: Desk, folder: Path) -> None:
    seen = look(desk.catalogue, put(folder / "file.csv", "lat,lon\n5.6037 up,0.187 left\n5.61 up,0.19 left\n"))
    assert told(seen.findings, "scan.coordinates") == ["lat / lon are called like coordinates, and hold no degrees that can be read."]
    titled = look(desk.catalogue, put(folder / "titled.csv", "Survey of the example,,\nlat,lon,n\n5.6,-0.2,3\n"))
    assert "Its columns are: Survey of the example, (2), (3)." in str(next(one.hint for one in titled.findings if one.code == "scan.coordinates"))


def test_coordinates_of_homes_are_of_homes(desk: Desk, folder: Path) -> None:
    seen = look(desk.catalogue, put(folder / "file.csv", "_home_latitude,_home_longitude,kind\n5.6037,-0.2001,tap\n"))
    assert told(seen.findings, "scan.homes")


def test_a_sheet_of_a_file_without_sheets_is_refused(desk: Desk, folder: Path) -> None:
    with pytest.raises(Refused, match="There is no sheet Points"):
        look(desk.catalogue, put(folder / "file.csv", TWO), sheet="Points")


def test_few_points_of_a_large_area_are_no_density_of_zero(desk: Desk, folder: Path) -> None:
    file = put(folder / "file.csv", TWO)
    found = scanned(desk, file, description(folder, "  - {id: density, does: density}"), str(halves(folder)))
    assert values(found)["East", "density"] == Decimal("0.0082")


def test_exchanged_columns_are_found_out_by_where_the_points_would_lie(desk: Desk, folder: Path) -> None:
    rows = "".join(f"-0.2{number},5.6{number}\n" for number in range(20))
    looked = look(desk.catalogue, put(folder / "file.csv", f"lat,lon\n{rows}"))
    assert "20 of 20 positions lie in an area when latitude and longitude are exchanged" in told(looked.findings, "scan.swapped")[0]


def test_what_came_twice_is_told_by_its_rows(desk: Desk, folder: Path) -> None:
    text = "_uuid,lat,lon,kind\na,5.6,-0.2,tap\na,5.7,-0.2,well\nb,5.65,-0.2,tap\nc,5.65003,-0.2,tap\nd,5.6503,-0.2,tap\n"
    looked = look(desk.catalogue, put(folder / "file.csv", text))
    first, second = told(looked.findings, "scan.twice")
    assert "1 row has a _uuid" in first
    assert "2 = 3" in first
    assert "within 10 metres" in second
    assert "4 = 5" in second


def test_odd_positions_are_told(desk: Desk, folder: Path) -> None:
    same = "".join("5.6,-0.2,80\n" for _ in range(12))
    looked = look(desk.catalogue, put(folder / "file.csv", f"lat,lon,accuracy\n{same}5.62,-0.21,3\n"))
    codes = {finding.code for finding in looked.findings}
    assert codes >= {"scan.accuracy", "scan.rounded", "scan.one-place", "scan.line"}


@pytest.mark.parametrize("row", ['"5,60371";"-0,20012"', "5 36.2 N;0 11.2 W"])
def test_decimals_are_counted_as_the_file_writes_them(desk: Desk, folder: Path, row: str) -> None:
    looked = look(desk.catalogue, put(folder / "file.csv", "lat;lon\n" + f"{row}\n" * 3))
    assert len(looked.records.rows) == 3
    assert not told(looked.findings, "scan.rounded")


def test_points_outside_every_area_are_told(desk: Desk, folder: Path) -> None:
    looked = look(desk.catalogue, put(folder / "file.csv", "lat,lon\n-15.77,35.05\n"))
    assert told(looked.findings, "scan.outside") == ["1 point lies outside of all areas (region)."]


def test_a_file_without_coordinates_says_so_and_offers_the_column_of_places(desk: Desk, folder: Path) -> None:
    looked = look(desk.catalogue, put(folder / "file.csv", "district,kind\nHo Municipal,tap\nKeta Municipal,well\n"))
    assert told(looked.findings, "scan.coordinates") == ["The file has no coordinates."]
    assert looked.naming
    assert (looked.naming.column, looked.naming.units, looked.naming.level) == ("district", 2, "district")
    projected = look(desk.catalogue, put(folder / "utm.csv", "utm_x,utm_y\n812345,634512\n"))
    assert "metres of a projected system" in told(projected.findings, "scan.coordinates")[0]


# Figures by area


def test_points_become_figures_of_areas(desk: Desk, folder: Path) -> None:
    rows = ["5.60,-0.25,tap,yes,10", "5.61,-0.26,tap,no,20", "5.62,-0.27,well,,x", "5.63,-0.15,tap,yes,"]
    file = put(folder / "file.csv", "lat,lon,kind,works,litres\n" + "\n".join(rows) + "\n")
    measures = """\
  - {id: points, does: count}
  - {id: kinds, does: count, by: kind}
  - {id: working, does: share, where: [{column: works, is: ["yes"]}]}
  - {id: taps, does: share, where: [{column: works, is: ["yes"]}], among: [{column: kind, is: [tap]}]}
  - {id: litres, does: sum, column: litres}
  - {id: mean, does: mean, column: litres}
  - {id: many, does: count, where: [{column: litres, at_least: 15}]}
  - {id: density, does: density, decimals: 4}"""
    found = scanned(desk, file, description(folder, measures), str(halves(folder)))
    result = values(found)
    assert {name: result["West", name] for name in ("points", "kinds=tap", "kinds=well", "working", "taps", "litres", "mean", "many")} == {
        "points": 3, "kinds=tap": 2, "kinds=well": 1, "working": 50, "taps": 50, "litres": 30, "mean": 15, "many": 1,
    }  # fmt: skip
    assert result["East", "points"] == 1
    assert result["East", "mean"] is None, "nothing was said, so there is nothing to average: no zero"
    missing = {(found.areas.areas[cell.area].id, cell.counting.id): cell.missing for cell in found.cells}
    assert missing["West", "working"] == 1
    assert missing["West", "mean"] == 1
    assert "1 cell is no number: row 4." in told(found.findings, "scan.number")
    square_kilometres = found.km2[[area.id for area in found.areas.areas].index("West")]
    assert square_kilometres
    assert result["West", "density"] == round(Decimal(3 / square_kilometres), 4)


@pytest.mark.parametrize(
    ("condition", "count"),
    [
        ('column: litres, at_least: 10, is_not: ["999"]', 2),
        ('column: litres, is: ["10", "20"], at_most: 15', 1),
        ('column: services, has: washing, is_not: ["washing"]', 1),
        ('column: services, has: washing, is: ["washing", "drinking"]', 1),
    ],
)
def test_all_that_a_condition_says_must_hold(desk: Desk, folder: Path, condition: str, count: int) -> None:
    rows = "5.60,-0.25,10,washing\n5.61,-0.26,20,washing drinking\n5.62,-0.27,999,drinking\n5.63,-0.28,5,\n"
    file = put(folder / "file.csv", f"lat,lon,litres,services\n{rows}")
    scan = description(folder, f"  - {{id: some, does: count, where: [{{{condition}}}]}}")
    assert values(scanned(desk, file, scan, str(halves(folder)))) == {("West", "some"): count}


def test_only_where_people_looked_is_nothing_a_zero(desk: Desk, folder: Path) -> None:
    file, areas = put(folder / "file.csv", "lat,lon\n5.6,-0.25\n"), str(halves(folder))
    assert values(scanned(desk, file, description(folder), areas)) == {("West", "points"): 1}
    assert values(scanned(desk, file, description(folder, covered="all"), areas)) == {("West", "points"): 1, ("East", "points"): 0}
    assert values(scanned(desk, file, description(folder, covered="[East]"), areas)) == {("East", "points"): 0}
    with pytest.raises(Refused, match="No area is called Nowhere"):
        scanned(desk, file, description(folder, covered="[Nowhere]"), areas)


def test_a_point_on_a_shared_border_counts_once_for_the_first_area(desk: Desk, folder: Path) -> None:
    file = put(folder / "file.csv", "lat,lon\n5.6,-0.2\n5.65,-0.2\n")
    found = scanned(desk, file, description(folder, covered="all"), str(halves(folder)))
    assert values(found) == {("East", "points"): 2, ("West", "points"): 0}


def test_what_came_twice_and_what_is_inaccurate_is_left_out_and_counted(desk: Desk, folder: Path) -> None:
    rows = "a,5.6,-0.25,3,tap\na,5.6,-0.25,3,tap\nb,5.60001,-0.25,3,tap\nc,5.61,-0.25,900,tap\nd,5.62,-0.25,,well\n"
    file = put(folder / "file.csv", f"id,lat,lon,acc,kind\n{rows}")
    said = {"duplicates": "{identity: id, within: 10, same: [kind]}", "accuracy": "{column: acc, at_most: 50}"}
    found = scanned(desk, file, description(folder, **said), str(halves(folder)))
    assert values(found) == {("West", "points"): 2}
    assert found.counts == {"read": 5, "without_position": 0, "inaccurate": 1, "twice": 2, "outside": 0, "counted": 2}
    kept = scanned(desk, file, description(folder, **{**said, "duplicates": "{identity: id, drop: false}"}), str(halves(folder)))
    assert values(kept) == {("West", "points"): 4}


def test_where_all_positions_are_too_inaccurate_that_is_said(desk: Desk, folder: Path) -> None:
    file = put(folder / "file.csv", "lat,lon,acc\n5.6,-0.25,80\n5.61,-0.25,90\n")
    scan = description(folder, accuracy="{column: acc, at_most: 50}", duplicates="{within: 10}")
    with pytest.raises(Refused, match="No row is left: all positions are less accurate than 50 metres"):
        scanned(desk, file, scan, str(halves(folder)))


def test_an_answer_among_several_is_counted_by_its_own_column_or_by_the_one_with_all(desk: Desk, folder: Path) -> None:
    file = put(folder / "kobo.csv", kobo([{} for _ in range(6)]))
    placed = '{latitude: "site/_GPS point_latitude", longitude: "site/_GPS point_longitude"}'
    measures = """\
  - {id: own, does: share, where: [{column: site/services/drinking, is: ["1"]}]}
  - {id: among, does: share, where: [{column: site/services, has: drinking}]}"""
    found = scanned(desk, file, description(folder, measures, coordinates=placed))
    assert values(found) == {(ACCRA, "own"): 50, (ACCRA, "among"): 50}


def test_a_workbook_is_read_like_any_table(desk: Desk, folder: Path) -> None:
    file = folder / "points.xlsx"
    with xlsxwriter.Workbook(file) as book:
        book.add_worksheet("Notes").write_row(0, 0, ["Made up for a test"])
        sheet = book.add_worksheet("Points")
        for number, row in enumerate((["lat", "lon", "kind"], [5.6037, -0.25, "tap"], [5.61, -0.15, "well"])):
            sheet.write_row(number, 0, row)
    assert len(look(desk.catalogue, file, sheet="Points").records.rows) == 2
    found = scanned(desk, file, description(folder, sheet="Points"), str(halves(folder)))
    assert values(found) == {("West", "points"): 1, ("East", "points"): 1}
    with pytest.raises(Refused, match="There is no sheet Other"):
        look(desk.catalogue, file, sheet="Other")


def test_rows_of_a_repeat_are_placed_by_their_record(desk: Desk, folder: Path) -> None:
    main, repeat = odk(4)
    put(folder / "wells.csv", main)
    file = put(folder / "wells-pump.csv", repeat)
    assert "belong to records in another file (PARENT_KEY)" in told(look(desk.catalogue, file).findings, "scan.parent")[0]
    said = {
        "coordinates": "{latitude: site-place-Latitude, longitude: site-place-Longitude}",
        "parent": "{file: wells.csv, key: KEY, column: PARENT_KEY}",
    }
    measures = '  - {id: working, does: share, where: [{column: pump-works, is: ["yes"]}]}\n  - {id: litres, does: sum, column: pump-litres}'
    assert values(scanned(desk, file, description(folder, measures, **said))) == {(ACCRA, "working"): 50, (ACCRA, "litres"): 120}


def test_a_row_that_names_no_record_has_no_position_and_of_two_records_of_one_key_the_first_counts(desk: Desk, folder: Path) -> None:
    put(folder / "main.csv", "KEY,lat,lon\na,5.6,-0.25\n,5.6,-0.15\na,5.6,-0.15\n")
    file = put(folder / "repeat.csv", "PARENT_KEY,litres\na,10\n,20\n")
    said = {"parent": "{file: main.csv, key: KEY, column: PARENT_KEY}"}
    found = scanned(desk, file, description(folder, **said), str(halves(folder)))
    assert values(found) == {("West", "points"): 1}
    assert told(found.findings, "scan.position") == ["The row has no position. So in 1 row: 3."]


def test_of_an_archive_the_table_of_the_records_is_read(desk: Desk, folder: Path) -> None:
    main, repeat = odk(4)
    file = folder / "wells.zip"
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("wells.csv", main)
        archive.writestr("wells-pump.csv", repeat)
    looked = look(desk.catalogue, file)
    assert (looked.file.name, looked.file.others) == ("wells.csv", ("wells-pump.csv",))
    assert len(looked.records.rows) == 4


def test_polygons_that_people_drew_are_counted_where_they_lie(desk: Desk, folder: Path) -> None:
    file = collection(
        folder / "drawn.geojson",
        polygon(square(-0.26, 5.60, -0.25, 5.61), kind="tap"),
        point(-0.27, 5.6, kind="tap"),
        polygon([[-0.25, 5.6], [-0.24, 5.61], [-0.24, 5.6], [-0.25, 5.61], [-0.25, 5.6]], kind="well"),
        {"type": "Feature", "properties": {}, "geometry": {"type": "LineString", "coordinates": [[0, 5], [1, 6]]}},
    )
    found = scanned(desk, file, description(folder, coordinates=""), str(halves(folder)))
    assert values(found) == {("West", "points"): 2}
    assert "The outline crosses itself near -0.245, 5.605. So in 1 row: 3." in told(found.findings, "scan.outline")
    assert "It is a line or an outline, not a point. So in 1 row: 4." in told(found.findings, "scan.position")


def test_rows_without_coordinates_are_counted_by_the_unit_they_name(desk: Desk, folder: Path) -> None:
    file = put(folder / "file.csv", "community,kind\nHo Municipal,tap\nabuja,tap\nabuja,well\n,tap\n")
    scan = description(folder, coordinates="", units="{column: community, level: district}", period='"2022"')
    found = scanned(desk, file, scan)
    assert values(found) == {("GH1408", "points"): 1}
    assert any("“abuja” (2)" in text for text in told(found.findings, "scan.unit"))
    desk.catalogue.add_alias(desk.catalogue.unit("GH0704"), UnitName("Abuja"), "a community of Accra, for this test", desk.person("ama"))
    assert values(scanned(desk, file, scan)) == {("GH1408", "points"): 1, ("GH0704", "points"): 2}


def test_personal_columns_are_not_used_unless_kept_with_a_reason(desk: Desk, folder: Path) -> None:
    file = put(folder / "file.csv", "lat,lon,full_name\n5.6,-0.25,Specimen A\n5.61,-0.25,Specimen B\n")
    scan = description(folder, "  - {id: people, does: count, by: full_name}")
    with pytest.raises(Refused) as refused:
        scanned(desk, file, scan, str(halves(folder)))
    assert [finding.code for finding in refused.value.findings] == ["scan.personal"]
    assert "Specimen" not in str(refused.value)
    assert len(scanned(desk, file, scan, str(halves(folder)), {"full_name": "they are the names of wells"}).cells) == 2


def test_points_go_on_a_map_only_where_nobody_lives_there(desk: Desk, folder: Path) -> None:
    file = put(folder / "file.csv", "lat,lon,household_size\n5.6,-0.25,4\n")
    with pytest.raises(Refused, match="may be where people live"):
        scanned(desk, file, description(folder, publish_points="true"), str(halves(folder)))
    wells = put(folder / "wells.csv", "lat,lon,kind\n5.6,-0.25,tap\n")
    found = scanned(desk, wells, description(folder, publish_points="true"), str(halves(folder)))
    assert found.points == ((5.6, -0.25),)
    assert {path.name for path in put_results(found, folder / "out")} == {"results.csv", "results.json", "areas.geojson", "points.geojson"}
    hidden = scanned(desk, file, description(folder), str(halves(folder)))
    put_results(hidden, folder / "hidden")
    assert "5.6," not in "".join(path.read_text(encoding="utf-8").replace("5.600", "") for path in (folder / "hidden").glob("results.*"))


def test_small_counts_of_people_are_told(desk: Desk, folder: Path) -> None:
    file = put(folder / "file.csv", "lat,lon\n5.6,-0.25\n")
    found = scanned(desk, file, description(folder, "  - {id: people, does: count, people: true}"), str(halves(folder)))
    assert told(found.findings, "scan.small") == ["1 result rests on fewer than 5 people."]


# Into the hub


STORED = """\
  - {id: open, does: share, where: [{column: toilet, is: ["yes"]}], indicator: GH-6.2.1}
  - {id: points, does: count}"""


def sanitation(folder: Path) -> tuple[Path, Path]:
    rows = "".join(f"5.6{number},-0.2{number},{'yes' if number % 4 else 'no'}\n" for number in range(8))
    return put(folder / "toilets.csv", f"lat,lon,toilet\n{rows}"), description(folder, STORED)


def test_results_are_stored_by_the_ordinary_way_and_can_be_taken_back(desk: Desk, folder: Path) -> None:
    file, scan = sanitation(folder)
    found = scanned(desk, file, scan)
    report = store_scan(desk.catalogue, found, desk.person("ama"), desk.person("kofi"), {})
    assert (report.blocked, report.stored, report.batch) == (False, 1, 1)
    (figure,) = desk.figures(ACCRA, "GH-6.2.1")
    assert str(figure.value) == "75.00"
    assert (figure.office, figure.file) == ("Test office", "toilets.csv")
    assert figure.table == f"Made-up points; city-scan 1.0; file sha256 {found.sha256}; scan sha256 {found.scan.sha256}"
    with desk.hub.database.reading() as connection:
        assert [one["subject"] for one in audit.newest(connection, 9) if one["action"] == "data.scan"] == ["batch 1"]
    assert desk.chain()[1] is None
    assert store_scan(desk.catalogue, found, desk.person("ama"), desk.person("kofi"), {}).stored == 0, "the same scan again brings nothing new"
    revert(desk.hub, 1, desk.person("ama"))
    assert desk.figures(ACCRA, "GH-6.2.1") == []


def test_a_title_of_several_lines_makes_one_row(desk: Desk, folder: Path) -> None:
    file, _ = sanitation(folder)
    scan = description(folder, STORED, title='"Toilets\\u2028of the example"', source='{office: "Test\\noffice"}')
    assert store_scan(desk.catalogue, scanned(desk, file, scan), desk.person("ama"), desk.person("kofi"), {}).stored == 1
    (figure,) = desk.figures(ACCRA, "GH-6.2.1")
    assert figure.office == "Test office"
    assert str(figure.table).startswith("Toilets of the example; city-scan 1.0;")


def test_figures_and_the_record_of_their_scan_are_stored_both_or_neither(desk: Desk, folder: Path) -> None:
    """What can't be put on record takes the figures back: here a column is kept, and the database refuses that there is no reason."""
    file, scan = sanitation(folder)
    found, before = scanned(desk, file, scan), desk.counts()
    odd = replace(found, scan=replace(found.scan, keep={"toilet": None}))  # type: ignore[dict-item]
    with pytest.raises(IntegrityError):
        store_scan(desk.catalogue, odd, desk.person("ama"), desk.person("kofi"), {})
    assert desk.counts() == before
    assert desk.figures(ACCRA, "GH-6.2.1") == []
    assert desk.chain()[1] is None


def test_a_column_that_is_kept_is_on_record_with_its_reason(desk: Desk, folder: Path) -> None:
    file = put(folder / "file.csv", "lat,lon,name\n5.6,-0.25,Specimen well\n")
    found = scanned(desk, file, description(folder, "  - {id: wells, does: count, by: name}"), "", {"name": "the names are of wells"})
    record_scan(desk.catalogue, found, desk.person("ama"))
    with desk.hub.database.reading() as connection:
        kept = connection.execute(select(justification.c.code, justification.c.subject, justification.c.reason)).one()
        assert audit.newest(connection, 1)[0]["action"] == "data.scan"
    assert tuple(kept) == ("scan.personal", "file.csv: name", "the names are of wells")
    assert desk.chain()[1] is None


def test_nothing_personal_reaches_the_hub(desk: Desk, folder: Path) -> None:
    file = put(folder / "kobo.csv", kobo([{} for _ in range(12)]))
    placed = '{latitude: "site/_GPS point_latitude", longitude: "site/_GPS point_longitude"}'
    measures = '  - {id: drinking, does: share, where: [{column: site/services/drinking, is: ["1"]}], indicator: GH-6.1.1}'
    found = scanned(desk, file, description(folder, measures, coordinates=placed))
    assert store_scan(desk.catalogue, found, desk.person("ama"), desk.person("kofi"), {}).stored == 1
    kept = desk.bytes_kept()
    assert b"Specimen Person" not in kept
    assert b"+23350000" not in kept
    assert b"5.551" not in kept


@pytest.mark.parametrize(
    ("measures", "says"),
    [
        ("  - {id: points, does: count}", "None of the results is a figure of an indicator"),
        ("  - {id: points, does: count, indicator: GH-6.2.1}", "points gives number, and GH-6.2.1 is in percent"),
        ("  - {id: points, does: count, indicator: GH-NONE}", "There is no indicator GH-NONE"),
    ],
)
def test_what_can_not_be_stored_is_refused_before_anything_is(desk: Desk, folder: Path, measures: str, says: str) -> None:
    file = put(folder / "file.csv", "lat,lon\n5.6,-0.25\n")
    with pytest.raises(Refused, match=says):
        store_scan(desk.catalogue, scanned(desk, file, description(folder, measures)), desk.person("ama"), desk.person("ama"), {})
    assert desk.counts()["batch"] == 0


def test_a_unit_that_did_not_stand_then_is_refused_as_in_any_file(desk: Desk, folder: Path) -> None:
    file, _ = sanitation(folder)
    report = store_scan(desk.catalogue, scanned(desk, file, description(folder, STORED, period='"2024"')), desk.person("ama"), desk.person("ama"), {})
    assert report.blocked
    assert report.findings[0].code == "unit.ended"
    assert report.findings[0].where.file == str(file)


def test_areas_go_out_as_geojson_with_their_values(desk: Desk, folder: Path) -> None:
    file = put(folder / "file.csv", TWO)
    found = scanned(desk, file, description(folder), str(halves(folder)))
    data = geojson_of(found)
    assert {one["id"]: one["properties"].get("points") for one in data["features"]} == {"East": 2, "West": None}
    assert data["boundaries"][0]["office"] == "halves.geojson"
    assert as_data(found)["method"] == "city-scan 1.0"
    assert json.loads(json.dumps(as_data(found)))["results"][0]["value"] == 2
