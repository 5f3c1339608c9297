"""The locator map: the right unit marked, the same in words, with source and disclaimer; refused where a boundary file is unsound."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from tests.isle import MANIFEST, isle, profile
from tests.reports.reading import Element, read

from sdgcities.errors import HubUnusable
from sdgcities.hub.hub import Hub
from sdgcities.i18n.catalogues import Catalogues
from sdgcities.i18n.formats import Formats
from sdgcities.i18n.translator import Translator
from sdgcities.model.hub import CityStage
from sdgcities.model.places import Unit
from sdgcities.registry.catalogue import Catalogue
from sdgcities.registry.cities import find_city
from sdgcities.registry.founding import Founding, found_hub
from sdgcities.registry.people import acting
from sdgcities.registry.stages import join
from sdgcities.reports.charts.mapping import HEIGHT, MARGIN, WIDTH, Shape, draw
from sdgcities.reports.city import CityReport, city_report
from sdgcities.reports.locating import Location, locate
from sdgcities.reports.render import render_city

DISCLAIMER = (
    "The designations employed and the presentation of material on this map do not imply the expression of any opinion whatsoever on the part of the "
    "Secretariat of the United Nations concerning the legal status of any country, territory, city or area or of its authorities, or concerning the "
    "delimitation of its frontiers or boundaries."
)
CITIES = {"ghana": "GH1408", "portugal": "PT1109", "turkiye": "TR-10-BB"}
SQUARE = [[0, 0], [1, 0], [1, 1], [0, 1], [0, 0]]

Page = Callable[[str, str], Element]


def located(catalogue: Catalogue, unit: Unit) -> Location | None:
    return locate(unit, catalogue.places[unit.country], catalogue.hub.plugins.boundaries(unit.country))


@pytest.fixture(scope="module")
def countries(tmp_path_factory: pytest.TempPathFactory, checkout: Path) -> Iterator[dict[str, Catalogue]]:
    """A hub of each country, with one city."""
    opened = {}
    for country, city in CITIES.items():
        folder = tmp_path_factory.mktemp("maps") / country
        found_hub(folder, Founding((country,), "national", (), None, "ama"), checkout / "plugins")
        catalogue = opened[country] = Catalogue(Hub.open(folder, checkout / "plugins"))
        join(catalogue, catalogue.unit(city), CityStage.ACTIVE, acting(catalogue.hub.database, "ama"))
    yield opened
    for catalogue in opened.values():
        catalogue.hub.close()


@pytest.fixture(scope="module")
def shown(countries: Mapping[str, Catalogue]) -> Page:
    """The page of a country's city in a language."""
    reports = {country: city_report(catalogue, find_city(catalogue, CITIES[country])) for country, catalogue in countries.items()}

    def rendered(country: str, language: str) -> Element:
        return read(html(reports[country], countries[country], language))

    return rendered


def html(report: CityReport, catalogue: Catalogue, language: str = "en") -> str:
    manifests = catalogue.hub.plugins.manifests
    return render_city(report, Translator(language, Catalogues(manifests)), Formats(language, manifests))


@pytest.mark.parametrize(
    ("country", "unit", "marked", "of", "former"),
    [
        ("ghana", "GH1408", "GH-R10-TV", "GH14", True),
        ("ghana", "GH1001", "GH-R10-TV", "GH10", True),
        ("ghana", "GH0704", "GH07", "GH07", False),
        ("ghana", "GH-D216-TEMA", "GH-R10-AA", "GH-R10-AA", False),
        ("portugal", "PT1109", "PT-11", "PT-11", False),
        ("portugal", "PT4201", "PT-20", "PT-20", False),
        ("portugal", "PT3103", "PT-30", "PT-30", False),
        ("turkiye", "TR-10-BB", "TR-10", "TR-10", False),
        ("turkiye", "TR-10-B-ERDEK", "TR-10", "TR-10", False),
        ("turkiye", "TR-34-BB", "TR-34", "TR-34", False),
    ],
)
def test_the_nearest_unit_with_a_boundary_is_marked(countries: Mapping[str, Catalogue], country: str, unit: str, marked: str, of: str, former: bool) -> None:
    location = located(countries[country], countries[country].unit(unit))
    assert location is not None
    assert ([one.unit.id for one in location.marked], location.of.id, location.former) == ([marked], of, former)
    assert len(location.outlines) + 1 == {"ghana": 10, "portugal": 20, "turkiye": 81}[country]
    assert marked not in {one.unit.id for one in location.outlines}


@pytest.mark.parametrize("country", CITIES)
def test_the_shipped_boundaries_are_the_units_of_the_plugin(checkout: Path, countries: Mapping[str, Catalogue], country: str) -> None:
    units = countries[country].places[countries[country].hub.config.countries[0]].units
    (file,) = checkout.glob(f"plugins/{country}/sdgcities_{country}/boundaries.geojson")
    boundaries = countries[country].hub.plugins.boundaries(countries[country].hub.config.countries[0])
    expected = {
        "ghana": {unit for unit in units if unit.startswith("GH-R10-")},
        "portugal": {unit.id for unit in units.values() if unit.level == "distrito"},
        "turkiye": {unit.id for unit in units.values() if unit.level == "province"},
    }[country]
    assert set(boundaries) == expected
    assert file.stat().st_size < 150_000
    assert json.loads(file.read_text(encoding="utf-8"))["attribution"]


@pytest.mark.parametrize(
    ("country", "unit", "longitude", "latitude"),
    [
        ("ghana", "GH-R10-AA", -0.19, 5.6),  # Accra
        ("ghana", "GH-R10-AH", -1.62, 6.69),  # Kumasi
        ("ghana", "GH-R10-NP", -0.84, 9.4),  # Tamale
        ("ghana", "GH-R10-TV", 0.47, 6.6),  # Ho
        ("ghana", "GH-R10-BA", -2.33, 7.34),  # Sunyani
        ("portugal", "PT-11", -9.33, 38.94),  # Mafra
        ("portugal", "PT-13", -8.5, 41.2),  # inland of Porto
        ("portugal", "PT-08", -8.0, 37.15),  # north of Faro
        ("portugal", "PT-07", -7.91, 38.57),  # Évora
        ("portugal", "PT-04", -6.76, 41.8),  # Bragança
        ("turkiye", "TR-10", 27.89, 39.65),  # Balıkesir
        ("turkiye", "TR-06", 32.85, 39.93),  # Ankara
        ("turkiye", "TR-03", 30.54, 38.76),  # Afyonkarahisar
    ],
)
def test_a_known_town_lies_in_its_unit_alone(countries: Mapping[str, Catalogue], country: str, unit: str, longitude: float, latitude: float) -> None:
    catalogue = countries[country]
    boundaries = catalogue.hub.plugins.boundaries(catalogue.hub.config.countries[0])
    assert [code for code, one in boundaries.items() if any(inside(polygon[0], longitude, latitude) for polygon in one.polygons)] == [unit]


def inside(ring: tuple[tuple[float, ...], ...], x: float, y: float) -> bool:
    crossed = [(a, b) for a, b in pairwise(ring) if (a[1] > y) != (b[1] > y) and x < (b[0] - a[0]) * (y - a[1]) / (b[1] - a[1]) + a[0]]
    return len(crossed) % 2 == 1


@pytest.mark.parametrize(
    ("country", "language", "title", "words"),
    [
        (
            "ghana",
            "en",
            "Map: Ghana. Marked: Volta (Region, until 14/02/2019)",
            "Ho Municipal. Lies in: Volta (Region), Ghana. Marked: Volta (Region, until",
        ),
        ("portugal", "pt_PT", "Mapa: Portugal. Assinalado: Lisboa (", "Lisboa ("),
        ("turkiye", "tr", "Harita: Türkiye. İşaretli: Balıkesir (İl)", "Balıkesir (İl), "),
    ],
)
def test_the_map_says_in_words_what_it_shows(shown: Page, country: str, language: str, title: str, words: str) -> None:
    section = shown(country, language).with_id("place")
    (svg,) = section.all("svg")
    assert svg.attributes["role"] == "img"
    named, told = section.with_id(svg.attributes["aria-labelledby"]), section.with_id(svg.attributes["aria-describedby"])
    assert (named.tag, told.tag) == ("title", "desc")
    assert title in named.text
    assert words in told.text
    (caption,) = section.all("figcaption")
    assert caption.text == f"{named.text}. {told.text}"


def test_a_former_unit_is_called_so(shown: Page) -> None:
    told = shown("ghana", "en").with_id("map-desc").text
    assert "a former unit. Came out of it: Volta (Region). Ho Municipal: its own boundary is not on the map." in told
    assert "9 other units are shown as outlines." in told
    assert "former" not in shown("portugal", "en").with_id("map-desc").text


@pytest.mark.parametrize("country", CITIES)
def test_source_date_and_disclaimer_stand_with_every_map(shown: Page, country: str) -> None:
    section = shown(country, "en").with_id("place")
    assert section.all("p", "disclaimer")[0].text == DISCLAIMER
    assert {"ghana": "Natural Earth", "portugal": "Natural Earth", "turkiye": "Turkey-Maps-GeoJSON"}[country] in section.text
    assert "The source states no date of the boundaries. Licence: " in section.text
    assert "Status: draft." in section.text


@pytest.mark.parametrize(("country", "language"), [("portugal", "pt_PT"), ("turkiye", "tr")])
def test_the_disclaimer_is_in_the_readers_language(shown: Page, country: str, language: str) -> None:
    told = shown(country, language).with_id("place").all("p", "disclaimer")[0].text
    assert len(told) > 200
    assert "designations" not in told


def test_without_boundaries_there_is_no_map_and_no_disclaimer(report: CityReport, catalogue: Catalogue, page: str) -> None:
    assert page.count(DISCLAIMER) == 1
    without = html(replace(report, location=None), catalogue)
    assert "designations employed" not in without
    assert 'id="place"' not in without
    assert "#place" not in without


@pytest.mark.parametrize("country", CITIES)
def test_the_drawing_is_well_formed_and_needs_no_colour(countries: Mapping[str, Catalogue], country: str) -> None:
    report = city_report(countries[country], find_city(countries[country], CITIES[country]))
    page = html(report, countries[country])
    text = page[page.index("<svg role") : page.index("</svg>") + len("</svg>")]
    svg = ET.fromstring(text)  # noqa: S314 - our own page
    (marked,) = [one for one in svg.iter("g") if one.get("class") == "marked"]
    plain = [one for one in svg.iter("g") if one.get("fill") == "#f4f2ec"]
    assert float(marked.get("stroke-width", "0")) >= 2 * max(float(one.get("stroke-width", "0")) for one in plain)
    assert any(one.text in {"Volta", "Lisbon", "Balıkesir"} for one in svg.iter("text"))
    assert len(text) < 60_000
    assert not re.search(r"url\(|href|http|<script|style=|nan|inf", text)


def test_islands_stand_in_frames_at_the_same_scale(countries: Mapping[str, Catalogue]) -> None:
    boundaries = countries["portugal"].hub.plugins.boundaries("PT")
    drawing = draw([Shape(code, one.polygons, marked=code == "PT-30") for code, one in boundaries.items()])
    assert drawing.inset
    assert re.findall(r"<text [^>]*>([^<]+)<", drawing.body) == ["PT-20", "PT-30"]
    assert 'font-weight="700" fill="#1d2b38">PT-30<' in drawing.body
    assert drawing.body.count("<rect") == 2
    assert drawing.width < WIDTH + 200
    alone = draw([Shape(code, one.polygons) for code, one in countries["turkiye"].hub.plugins.boundaries("TR").items()])
    assert not alone.inset
    assert "<rect" not in alone.body
    assert alone.width == WIDTH + 2 * MARGIN


def test_shapes_keep_their_proportions_and_neighbours_share_their_border() -> None:
    def box(west: float, east: float) -> tuple[tuple[tuple[float, float], ...]]:
        return (((west, 59.0), (east, 59.0), (east, 61.0), (west, 61.0), (west, 59.0)),)

    drawing = draw([Shape("west", (box(0, 2),)), Shape("east & <b>", (box(2, 4),), marked=True)])
    assert (drawing.width, drawing.height) == (HEIGHT + 2 * MARGIN, HEIGHT + 2 * MARGIN)  # at 60 degrees a degree of longitude is half as long
    paths = re.findall(r'd="M(\d+) (\d+)l([^"]+)z"', drawing.body)
    assert len(paths) == 2
    assert "east &amp; &lt;b&gt;</text>" in drawing.body


def test_a_country_across_the_date_line_stays_together() -> None:
    def box(west: float) -> tuple[tuple[tuple[float, float], ...]]:
        return (((west, -17.0), (west + 1, -17.0), (west + 1, -16.0), (west, -16.0), (west, -17.0)),)

    assert not draw([Shape("a", (box(179.0),)), Shape("b", (box(-180.0),), marked=True)]).inset


def test_an_island_too_small_for_the_scale_is_still_drawn() -> None:
    speck = (((5.0, 5.0), (5.0001, 5.0), (5.0001, 5.0001), (5.0, 5.0)),)
    big = (((0.0, 0.0), (9.0, 0.0), (9.0, 9.0), (0.0, 9.0), (0.0, 0.0)),)
    drawing = draw([Shape("big", (big,)), Shape("speck", (speck,), marked=True)])
    assert "h1v1h-1z" in drawing.body
    assert "<circle" in drawing.body


def collection(*features: Mapping[str, Any], **header: object) -> str:
    return json.dumps({"type": "FeatureCollection", "source": "office", "status": "draft", "date": "2024", "features": features, **header})


def feature(unit: str, ring: object = None) -> dict[str, Any]:
    return {"type": "Feature", "properties": {"unit": unit}, "geometry": {"type": "Polygon", "coordinates": [ring or SQUARE]}}


def isle_report(folder: Path, boundaries: str) -> str:
    keyed = {"plugin.yaml": f"{MANIFEST}boundaries: boundaries.geojson\n", "boundaries.geojson": boundaries}
    desk = isle(folder, {**profile("yearbook"), **keyed})
    try:
        join(desk.catalogue, desk.catalogue.unit("S1"), CityStage.ACTIVE, desk.person("ama"))
        return html(city_report(desk.catalogue, find_city(desk.catalogue, "S1")), desk.catalogue)
    finally:
        desk.hub.close()


def test_the_citys_own_boundary_comes_first(tmp_path: Path) -> None:
    around = [[1, 0], [3, 0], [3, 2], [1, 2], [1, 0]]
    page = read(isle_report(tmp_path, collection(feature("N", around), feature("S"), feature("S1"), date="2024-06-30")))
    told = page.with_id("map-desc").text
    assert told == "Port. Lies in: Southshire (Shire), Isle. Marked: Port. 2 other units are shown as outlines."
    assert "Boundaries: Statistics Isle. Yearbook. As of Jun 30, 2024." in page.with_id("place").text


def test_boundaries_of_other_places_alone_draw_no_map(tmp_path: Path) -> None:
    assert "designations" not in isle_report(tmp_path, collection(feature("N"), feature("XA")))


@pytest.mark.parametrize(
    ("boundaries", "told"),
    [
        (collection(feature("S"), feature("S99")), "A boundary is given for S99, which is no unit."),
        (collection(feature("S"), feature("S")), "S stands twice."),
        (collection(feature("S", [[0, 0], [1, 0], [1, 95], [0, 0]])), "Feature 1 (S): 1, 95 is outside the Earth"),
        (collection(feature("N"), feature("S", SQUARE[:-1])), "Feature 2 (S): A ring needs at least four positions"),
        (collection(feature("S", [[0, 0], [1, "0"], [1, 1], [0, 0]])), "Feature 1 (S): A position is longitude and latitude"),
        (collection(feature("S", [[0, 0], [1, float("nan")], [1, 1], [0, 0]])), "NaN is not a number"),
        (collection(feature("S", [[0, 0], *[[1, 0]] * 1_000_000, [1, 1], [0, 0]])), "at most 4 MB are read."),
        (collection(feature("S", [[0, 0], *[[step / 120_000, 0] for step in range(1, 120_001)], [1, 1], [0, 0]])), "More than 100000 positions"),
        (collection({**feature("S"), "geometry": {"type": "Point", "coordinates": [0, 0]}}), "A boundary is a Polygon or MultiPolygon."),
        (collection({**feature("S"), "properties": {"unit": "S", "name": "South"}}), "name is not known here."),
        (collection({**feature("S"), "properties": {}}), "unit is missing."),
        (collection(feature("S"), source="elsewhere"), "There is no source elsewhere in plugin.yaml."),
        (collection(feature("S"), status="final"), "Must be one of"),
        (collection(feature("S"), date="2024-13"), "2024-13 is not a date."),
        (collection(feature("S"), date="lately"), "Not accepted"),
        (collection(), "Something must stand here"),
        ("[" * 200 + "]" * 200, "Nested deeper than"),
        ("[1, 2", "This is not valid JSON"),
        ("", "The file is empty."),
    ],
)
def test_an_unsound_file_is_refused_in_one_line_with_its_place(tmp_path: Path, boundaries: str, told: str) -> None:
    with pytest.raises(HubUnusable) as unusable:
        isle_report(tmp_path, boundaries)
    finding = unusable.value.findings[0]
    assert told in str(finding.message)
    assert "\n" not in str(finding.message)
    assert finding.where.file
    assert finding.where.file.endswith("boundaries.geojson")
    assert finding.hint


def test_only_a_report_reads_the_boundaries(tmp_path: Path) -> None:
    desk = isle(tmp_path, {**profile("yearbook"), "plugin.yaml": f"{MANIFEST}boundaries: boundaries.geojson\n", "boundaries.geojson": "no boundaries"})
    join(desk.catalogue, desk.catalogue.unit("S1"), CityStage.ACTIVE, desk.person("ama"))
    assert desk.bring(desk.table("boats.csv", ["town", "boats"], [["Hill", 7]])).stored == 1
    with pytest.raises(HubUnusable, match="not valid JSON"):
        city_report(desk.catalogue, find_city(desk.catalogue, "S1"))
    desk.hub.close()
