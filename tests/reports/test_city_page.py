"""The page of a city: complete, by itself, honest about what is missing and where everything comes from."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from tests.reports.conftest import DEMONSTRATED, PRIVATE
from tests.reports.reading import Element, read

from sdgcities.hub.hub import Hub
from sdgcities.i18n.catalogues import Catalogues
from sdgcities.i18n.formats import Formats
from sdgcities.i18n.translator import Translator
from sdgcities.registry.catalogue import Catalogue
from sdgcities.registry.cities import find_city
from sdgcities.registry.figures import current
from sdgcities.reports.city import CityReport, city_report
from sdgcities.reports.figures import Cell, Place
from sdgcities.reports.wording import Wording

Render = Callable[..., str]


@pytest.fixture(scope="module")
def root(page: str) -> Element:
    return read(page)


def cells(report: CityReport) -> list[Cell]:
    series = [one for domain in report.domains for entry in domain.entries for one in (*entry.main, *(s for split in entry.breakdowns for s in split.series))]
    return [cell for one in series for cell in one.cells]


def test_it_loads_nothing(page: str, root: Element) -> None:
    for element in root.all():
        assert element.tag not in {"script", "link", "img", "iframe", "object", "embed", "use", "image"}
        assert not {"src", "srcset", "data", "action", "xlink:href", "background"} & element.attributes.keys()
        assert not any(name.startswith("on") for name in element.attributes)
        assert element.attributes.get("href", "#").startswith("#")
    assert not re.search(r"url\(|@import|@font-face", page)


def test_it_is_small_enough_to_send(page: str) -> None:
    assert len(page.encode()) < 500_000


def test_every_id_is_unique_and_every_link_leads_somewhere(root: Element) -> None:
    ids = [element.attributes["id"] for element in root.all() if "id" in element.attributes]
    assert len(ids) == len(set(ids))
    wanted = {element.attributes["href"][1:] for element in root.all("a")}
    wanted |= {element.attributes["aria-labelledby"] for element in root.all() if "aria-labelledby" in element.attributes}
    assert wanted <= set(ids)


def test_it_can_be_read_aloud(root: Element) -> None:
    (html,) = root.all("html")
    assert (html.attributes["lang"], html.attributes["dir"]) == ("en", "ltr")
    assert root.all("a")[0].attributes["href"] == "#main"
    levels = [int(element.tag[1]) for element in root.all() if re.fullmatch("h[1-6]", element.tag)]
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    for figure in root.all("figure"):
        if "locator" in figure.classes:
            continue  # the map: its svg is the image, see test_map.py
        (drawing,) = figure.all("div", "drawing")
        assert drawing.attributes["role"] == "img"
        assert drawing.attributes["aria-label"] == figure.all("figcaption")[0].text
    assert root.all("figure")


def test_the_head_says_what_and_as_of_when(root: Element, report: CityReport) -> None:
    facts = {element.all("dt")[0].text: element.all("dd")[0].text for element in root.all("dl", "facts")[0].all("div")}
    assert facts["Country or area"] == "Ghana"
    assert facts["Region"] == "Volta"
    assert facts["Code"] == DEMONSTRATED
    assert facts["Population 2021"].startswith("180,420 Ghana Statistical Service: Population and Housing Census 2021")
    assert facts["Stage in the programme"].startswith("active since")
    assert facts["Latest record"] == f"{report.as_of:%d/%m/%Y}"
    assert facts["Milestone contract"] == "version 1.0.0 proposed"


def test_it_is_no_verdict(root: Element, page: str) -> None:
    (terms,) = root.all("div", "terms")
    assert "The milestones are a proposal, not a decided standard (status: proposed)." in terms.text
    assert "no opinion on the city's sustainability" in terms.text
    assert "not ranked" in terms.text
    assert "certification" not in page
    assert "UN-Habitat recognises" not in page


def test_only_a_demonstration_is_called_one(report: CityReport, page: str, render: Render) -> None:
    assert len(read(page).all("p", "demonstration")) == 1
    earnest = read(render(replace(report, demonstration=False)))
    assert earnest.all("p", "demonstration") == []
    assert "specimen" not in earnest.text


def test_every_milestone_says_its_state_and_what_is_missing(root: Element, report: CityReport) -> None:
    shown = root.with_id("milestones").all("details", "milestone")
    assert len(shown) == 22
    assert sum(bool(one.all("span", "key")) for one in shown) == 9
    by_code = {one.all("span", "code")[0].text: one for one in shown}
    assert by_code["D2"].all("span", "state")[0].text == "approved by the hub"
    assert "open" in by_code["D2"].attributes
    assert by_code["D1"].all("span", "state")[0].text == "open"
    assert "not measurable yet" in by_code["F1"].text
    assert "Either this one or S4 Strategic plan with targets adopted is enough as a key milestone." in by_code["S3"].text
    assert "Required: at least 2030." in by_code["S4"].text
    assert "Poverty headcount (GH-1.2.1) has no value." in by_code["D3"].text
    asked = sum(len(standing.assessment.result.criteria()) for track in report.tracks for standing in track.standings)
    assert len(root.all("li", "criterion")) == asked


def test_what_the_country_adapted_is_marked(root: Element) -> None:
    (agreement,) = (one for one in root.all("details", "milestone") if one.all("span", "code")[0].text == "D1")
    assert "National adaptation: Ghana. draft In Ghana's programme the assembly inaugurates" in agreement.text
    assert "Required: at least 7." in agreement.text


def test_claims_name_roles_and_no_persons(root: Element, page: str) -> None:
    claims = root.with_id("claims")
    assert "The country's own word for recognition: Citation. draft" in claims.text
    assert "Answered for by planner (author), entered by typist (operator)." in claims.text
    steps = [[cell.text for cell in row.all("td")][1:] for row in claims.all("tr")[1:]]
    assert steps == [["claimed", "typist (operator)", "\u2013"], ["approved by the hub", "judge (reviewer)", "Read & <accepted>."]]
    assert PRIVATE not in page
    assert "example.org" not in page


def test_every_figure_says_where_it_comes_from(root: Element, report: CityReport) -> None:
    notes = {f"note-{note.number}" for note in report.notes}
    known = {(cell.note, cell.row) for cell in cells(report)}
    rows = [row for row in root.with_id("figures").all("tr") if row.all("span", "value")]
    assert rows
    for row in rows:
        origins = row.all("a", "origin")
        assert len(origins) == len(row.all("span", "value"))
        assert all(origin.attributes["href"][1:] in notes for origin in origins)
        assert all(tuple(map(int, origin.text.split(":"))) in known for origin in origins)
    for number, note in enumerate(report.notes, start=1):
        told = root.with_id(f"note-{number}").text
        for part in (note.office, note.table, note.licence or "not stated", note.file, note.sha256[:12], f"Batch {note.batch}", "typist", "planner"):
            assert part in told


def test_a_place_that_kept_its_boundary_did_not_end(catalogue: Catalogue) -> None:
    wording = Wording(Translator("en", Catalogues()), Formats("en"), {}, {})
    told = [wording.whose(Place(catalogue.unit(unit), "Region", own=False)) for unit in ("GH-R10-AA", "GH-R10-TV", "GH09")]
    assert told == ["Greater Accra (Region, boundary kept after Feb 11, 2019)", "Volta (Region, until Feb 14, 2019)", "North East (Region)"]


def test_shares_are_read_in_per_cent(root: Element) -> None:
    baseline = next(one for one in root.all("details", "milestone") if one.all("span", "code")[0].text == "D3")
    assert "Required: at least 50%. Found: 14.3%." in baseline.text


def test_figures_are_those_of_the_files(root: Element) -> None:
    """Typed in by reading ghanapop.csv, indicator_1-2-1.csv, indicator_9-2-2.csv and basisghana_odf_communities.csv."""
    shown = {one.all("h4")[0].text.removesuffix(" draft"): one for one in root.all("article", "indicator")}

    def rows(name: str) -> list[list[str]]:
        return [[cell.text for cell in row.all() if cell.tag in {"th", "td"}][:3] for row in shown[name].all("table", "latest")[0].all("tr")[1:]]

    assert rows("Population") == [["Ho Municipal", "2021", "180,420"]]
    assert rows("Employment in manufacturing") == [["Ho Municipal", "2014", "14.63%"]]
    assert rows("Poverty headcount") == [["Volta (Region, until 14/02/2019)", "2017", "37.3%"], ["Ghana (Country or area)", "2017", "23.4%"]]
    assert rows("Households in open-defecation-free communities") == [["Ho Municipal", "2017", "45"]]
    split = shown["Population"].all("table", "grid")[0]
    assert [cell.text for cell in split.all("td")] == ["95,577 " + origin.text for origin in split.all("a")[:1]] + [
        "84,843 " + origin.text for origin in split.all("a")[1:]
    ]
    assert "The file's rows were added up" in root.with_id("provenance").text


def test_context_is_never_the_citys(root: Element) -> None:
    for one in root.all("article", "indicator"):
        around = one.all("table", "latest")[0].all("tr", "around")
        assert bool(around) == ("No value of the city." in one.text)
        assert all("(" in row.all("th")[0].text for row in around)


def test_gaps_are_all_listed(catalogue: Catalogue, root: Element) -> None:
    with catalogue.hub.database.reading() as connection:
        valued = {figure.indicator for figure in current(connection, [DEMONSTRATED], total_only=True) if figure.value is not None}
    core = {code: indicator for code, indicator in catalogue.indicators["GH"].items() if indicator.core}
    gaps = root.with_id("gaps")
    listed = [row.all("small")[0].text.split(" ")[0] for row in gaps.all("table")[0].all("tr")[1:]]
    assert sorted(listed) == sorted(core.keys() - valued)
    assert gaps.text.count("no reason recorded yet") == len(listed)
    assert f"{len(core) - len(listed)} of {len(core)} indicators of the national core have a value of the city." in gaps.text


def test_every_indicator_of_the_national_set_is_named(catalogue: Catalogue, root: Element) -> None:
    figures = root.with_id("figures").text
    assert all(indicator.name in figures for indicator in catalogue.indicators["GH"].values())


def test_reasons_and_plans_stand_with_their_gaps(planning_page: str) -> None:
    gaps = read(planning_page).with_id("gaps")
    rows = {row.all("small")[0].text.split(" ")[0]: [cell.text for cell in row.all("td")] for row in gaps.all("table")[0].all("tr")[1:]}
    assert rows["GH-11.2.1"] == ["not collected", "Map the <b>stops</b> with the transport department. By 30/06/2027."]
    assert rows["GH-6.1.1"][0] == "not published"
    assert "GH-11.4.1" not in rows
    assert "Expenditure on heritage per head (GH-11.4.1)" in gaps.all("ul")[0].text


def test_what_is_not_a_normal_value_says_so(planning_page: str) -> None:
    shown = {one.all("h4")[0].text.removesuffix(" draft"): one for one in read(planning_page).all("article", "indicator")}
    assert "71.25% provisional" in shown["Access to electricity"].all("table", "grid")[0].text
    assert "no value: not published" in shown["Safely managed drinking water"].text
    assert "Licence: not stated. File tidy.csv" in read(planning_page).text


def test_the_same_records_give_the_same_bytes(hub_folder: Path, checkout: Path, page: str, render: Render) -> None:
    hub = Hub.open(hub_folder, checkout / "plugins")
    again = Catalogue(hub)
    assert render(city_report(again, find_city(again, DEMONSTRATED))) == page
    hub.close()


@pytest.mark.parametrize(
    "leftover", ["%(", "{{", "{%", "Message(", "frozenset", "Decimal(", "None", "not_collected", "not_measurable_yet", "data/agreement#", "_T"]
)
def test_nothing_of_the_machinery_shows(root: Element, planning_page: str, leftover: str) -> None:
    (body,) = root.all("body")
    assert leftover not in body.text
    assert leftover not in read(planning_page).all("body")[0].text


def test_it_speaks_the_readers_language(report: CityReport, render: Render) -> None:
    akan = read(render(report, "ak"))
    assert akan.all("html")[0].attributes["lang"] == "ak"
    assert "Gaana" in akan.all("title")[0].text
    portuguese = read(render(report, "pt_PT"))
    assert portuguese.all("html")[0].attributes["lang"] == "pt-PT"
    assert "37,3%" in portuguese.with_id("figures").text
    arabic = read(render(report, "ar"))
    assert arabic.all("html")[0].attributes["dir"] == "rtl"
