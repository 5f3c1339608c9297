"""A page of charts and tables for whichever report: whole, by itself, in the reader's direction."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path

import pytest
from tests.reports.charts.mapped import ABOUT, area
from tests.reports.charts.seeing import ENGLISH, speaking
from tests.reports.reading import Element, read

from sdgcities.errors import Refused
from sdgcities.model.statistics import parse_period
from sdgcities.reports.charts.chart import Table
from sdgcities.reports.charts.choropleth import choropleth
from sdgcities.reports.charts.matrix import Known, umf_matrix
from sdgcities.reports.charts.trend import Observed, Trend, trend_chart
from sdgcities.reports.page import Block, Heading, Listing, Words, write_page
from sdgcities.reports.wording import Wording

HOSTILE = '<script>alert("x")</script>'


def blocks(wording: Wording) -> list[Block]:
    trend = Trend(HOSTILE, "percent", [Observed(parse_period("2021"), Decimal("45.5"))], target=Decimal(60), target_year=2030, status=HOSTILE)
    return [
        Words(HOSTILE, strong=True),
        Heading("A section"),
        Heading("A part of it", 3),
        trend_chart(trend, wording),
        choropleth([area("Évora", 0, "10"), area(HOSTILE, 1, None)], [HOSTILE], ABOUT, wording),
        umf_matrix("UMF", {"1.1": Known(2, 1)}, wording),
        Listing(("one", HOSTILE)),
        Table("A table", ("Place", "Value"), (("Ho", "1.5"), ("Hohoe", "2"))),
    ]


def written(folder: Path, wording: Wording) -> str:
    file = folder / "page.html"
    write_page(file, "Progress of Ho", blocks(wording), wording)
    return file.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Element:
    return read(written(tmp_path_factory.mktemp("page"), ENGLISH))


def test_it_loads_nothing_and_texts_stay_texts(tmp_path: Path) -> None:
    page = written(tmp_path, ENGLISH)
    found = read(page)
    assert not {element.tag for element in found.all()} & {"script", "link", "img", "iframe", "object", "use", "image"}
    assert not re.search(r"url\(|@import|@font-face|https?:", page)
    assert found.text.count(HOSTILE) >= 8
    assert page == written(tmp_path, ENGLISH)


def test_it_can_be_read_aloud(root: Element) -> None:
    assert [(one.tag, one.text) for one in root.all() if re.fullmatch("h[1-6]", one.tag)] == [
        ("h1", "Progress of Ho"),
        ("h2", "A section"),
        ("h3", "A part of it"),
    ]
    figures = root.all("figure")
    assert len(figures) == 3
    for figure in figures:
        (drawing,) = figure.all("div", "drawing")
        assert drawing.attributes["role"] == "img"
        assert drawing.attributes["aria-label"] == figure.all("figcaption")[0].text
    assert all(table.all("caption") and table.all("th") for table in root.all("table"))


def test_every_chart_has_its_table_below_it(root: Element) -> None:
    tables = [details.all("table")[0] for details in root.all("details", "data")]
    assert len(tables) == 3
    assert ["2021", "45.5%", "observed"] in [[cell.text for cell in (*row.all("th"), *row.all("td"))] for row in tables[0].all("tr")]
    assert "matrix" in tables[2].classes
    assert "open" in root.all("details", "data")[2].attributes


def test_a_map_never_stands_without_source_and_disclaimer(root: Element) -> None:
    notes = [one.text for one in root.all("p", "note")]
    assert sum("designations employed" in note for note in notes) == 1
    assert sum("Boundaries: Geodetic office. Districts. As of Jun 30, 2024." in note for note in notes) == 1
    assert sum(HOSTILE in note for note in notes) == 1


def test_a_page_from_the_right_isolates_what_runs_from_the_left(tmp_path: Path) -> None:
    found = read(written(tmp_path, speaking("ar")))
    (html,) = found.all("html")
    assert (html.attributes["lang"], html.attributes["dir"]) == ("ar", "rtl")
    assert len(found.all("bdi")) > 10
    assert "\ufdd0" not in found.text


def test_a_file_that_cannot_be_written_is_refused_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file where a folder should be", encoding="utf-8")
    with pytest.raises(Refused, match="can't be written"):
        write_page(tmp_path / "taken" / "page.html", "t", [], ENGLISH)
