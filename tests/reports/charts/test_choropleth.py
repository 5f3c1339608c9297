"""Units shaded by value: nothing dropped, nothing ranked, and never without the disclaimer."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import escape
from tests.reports.charts.mapped import ABOUT, OFFICE, area, square
from tests.reports.charts.seeing import ENGLISH, drawing, rows, said, speaking, texts_apart

from sdgcities.model.sources import Source, Status
from sdgcities.reports.charts.chart import About, Area, Origin
from sdgcities.reports.charts.choropleth import Steps, choropleth
from sdgcities.reports.charts.hatching import COLOUR
from sdgcities.reports.charts.mapping import HEIGHT, MARGIN
from sdgcities.reports.charts.palette import SHADES
from sdgcities.reports.signs import visible

AREAS = [area("Zambujal", 0, "10"), area("Évora", 1, "20.5"), area("Ílhavo", 2, None, "not published"), area("Braga", 3, "90")]


def test_the_words_state_the_classes_and_who_has_no_figure() -> None:
    assert said(choropleth(AREAS, ["Elsewhere", "Another"], ABOUT, ENGLISH)) == (
        "Access to transport, 2021 (per cent). 3 units have a figure. Classes, about equally many units in each: 10%: 1 unit; 20.5%: 1 unit; "
        "90%: 1 unit. Without a figure (not published): Ílhavo. Units stand in alphabetical order in the table."
    )
    equal = said(choropleth(AREAS, [], ABOUT, ENGLISH, Steps.EQUAL))
    assert "equally wide: 0% to less than 20%: 1 unit; 20% to less than 40%: 1 unit; 40% to less than 60%: 0 units;" in equal
    assert "80% to 100%: 1 unit." in equal


def test_the_table_is_in_alphabetical_order_and_has_every_unit() -> None:
    beyond = Area("Albergaria", (), Decimal(50))
    chart = choropleth([*AREAS, beyond], ["Elsewhere"], ABOUT, ENGLISH)
    assert rows(chart) == [("Albergaria", "50%"), ("Braga", "90%"), ("Évora", "20.5%"), ("Ílhavo", "not published"), ("Zambujal", "10%")]
    assert visible(chart.notes[0]) == "2 units are not on the map, since no boundaries were found for them: Albergaria, Elsewhere."


@pytest.mark.parametrize(("language", "begins"), [("en", "The designations employed"), ("tr", "Bu haritada"), ("pt_PT", "As designações")])
def test_source_date_and_disclaimer_stand_with_every_map(language: str, begins: str) -> None:
    notes = [visible(note) for note in choropleth(AREAS, [], ABOUT, speaking(language)).notes]
    assert len(notes) == 2
    assert "Geodetic office. Districts." in notes[0]
    assert "2024" in notes[0]
    assert notes[1].startswith(begins)


def test_a_map_that_is_saved_alone_carries_its_notes() -> None:
    chart = choropleth(AREAS, ["Elsewhere"], ABOUT, ENGLISH)
    (carried,) = re.findall("<desc>(.*?)</desc>", chart.svg, re.DOTALL)
    assert carried == escape(" ".join(chart.notes))
    assert "The designations employed" in carried


def test_a_source_without_a_date_says_so_and_each_source_stands_once() -> None:
    bare = Origin(Source("Office"), Status.DRAFT)
    notes = choropleth(AREAS, [], About("t", "number", (OFFICE, bare, OFFICE)), ENGLISH).notes
    assert len(notes) == 3
    assert visible(notes[1]) == "Boundaries: Office. The source states no date of the boundaries. Licence: not stated. Status: draft."


def fills(areas: Sequence[Area]) -> dict[str, str]:
    """The colour of each unit's first part, by what a pointer on it shows."""
    paths = (one for one in drawing(choropleth(areas, [], ABOUT, ENGLISH)).all("path") if one.all("title"))
    return {path.all("title")[0].text: path.attributes.get("fill", "") for path in paths}


def test_a_unit_without_a_figure_is_hatched() -> None:
    svg = choropleth(AREAS, [], ABOUT, ENGLISH).svg
    assert svg.count(COLOUR) == 2  # the unit, and its sign in the legend
    assert COLOUR not in choropleth([one for one in AREAS if one.value is not None], [], ABOUT, ENGLISH).svg


def test_why_a_unit_has_no_figure_is_told_apart_in_the_drawing_its_legend_its_words_and_the_table() -> None:
    """What is hidden is known to those who made the map; of what nobody covered nobody knows anything."""
    gaps = [Area("Porto", (square(4, 0),), None, "hidden", hidden=True), area("Faro", 5, None, "not covered"), area("Beja", 6, None, "no answers")]
    gaps += [Area("Lagos", (square(7, 0),), None, "hidden", hidden=True)]
    chart = choropleth([*AREAS[:2], *gaps], [], ABOUT, ENGLISH)
    words = [one.text for one in drawing(chart).all("text")]
    assert {"not covered: 1 unit", "no answers: 1 unit", "hidden: 2 units"} <= set(words)
    assert "Without a figure (no answers): Beja. Without a figure (not covered): Faro. Without a figure (hidden): Lagos, Porto." in said(chart)
    assert [row for row in rows(chart) if row[0] in ("Faro", "Porto")] == [("Faro", "not covered"), ("Porto", "hidden")]
    ways = [slants(path) for path in re.findall(rf'<path d="([^"]*)" fill="none" stroke="{COLOUR}"', chart.svg)]
    assert ways[-3:] == [{1}, {-1}, {1, -1}], "in the legend no two reasons look alike"
    assert sorted(map(len, ways[:-3])) == [1, 1, 2, 2], "and no two units of different reasons"


def slants(path: str) -> set[int]:
    """Which ways its lines run: 1 rising to the right, -1 falling."""
    ends = [tuple(map(int, one)) for one in re.findall(r"M(-?\d+) (-?\d+)L(-?\d+) (-?\d+)", path)]
    return {-1 if (to_x - x) * (to_y - y) > 0 else 1 for x, y, to_x, to_y in ends if to_x != x}


def test_the_lines_of_the_hatching_stay_inside_the_unit() -> None:
    hole = (((0.0, 0.0), (9.0, 0.0), (9.0, 9.0), (0.0, 9.0), (0.0, 0.0)), ((3.0, 3.0), (3.0, 6.0), (6.0, 6.0), (6.0, 3.0), (3.0, 3.0)))
    (ring,) = (one for one in drawing(choropleth([Area("ring", (hole,))], [], ABOUT, ENGLISH)).all("g") if one.attributes.get("fill") == "#f4f2ec")
    outline, lines = ring.all("path")
    low, high = 2 * MARGIN, 2 * (MARGIN + HEIGHT)
    assert outline.attributes["d"].startswith(f"M{low} {high}l")
    middles = [((int(x) + int(to_x)) / 2, (int(y) + int(to_y)) / 2) for x, y, to_x, to_y in re.findall(r"M(\d+) (\d+)L(\d+) (\d+)", lines.attributes["d"])]
    assert len(middles) > 100
    third = (high - low) / 3
    for x, y in middles:
        assert low - 1 <= x <= high + 1
        assert low - 1 <= y <= high + 1
        assert not (third + 2 < x - low < 2 * third - 2 and third + 2 < y - low < 2 * third - 2), "in the hole"


numbers = st.none() | st.decimals(-(10**15), 10**15, places=3) | st.decimals(-1, 1, places=9) | st.integers(-3, 3).map(Decimal)


@given(st.lists(numbers, min_size=1, max_size=260), st.sampled_from(Steps), st.lists(st.sampled_from(["Here", "There <b>&"]), max_size=2))
def test_whatever_the_values_the_table_holds_what_is_drawn(values: list[Decimal | None], steps: Steps, unmatched: list[str]) -> None:
    areas = [Area(f"District {number:03d}", (square(number % 20, number // 20),), value) for number, value in enumerate(values)]
    chart = choropleth(areas, unmatched, ABOUT, ENGLISH, steps)
    texts_apart(chart)
    told = {f"{name}: {value}" for name, value in rows(chart)}
    paths = [one for one in drawing(chart).all("path") if one.all("title")]
    assert {one.all("title")[0].text for one in paths} == told
    assert len(told) == len(values)
    assert all(name in visible(chart.notes[0]) for name in unmatched)
    shade = {one.all("title")[0].text.partition(":")[0]: one.attributes.get("fill", "") for one in paths}
    lights = {one.value: SHADES.index(shade[one.name]) for one in areas if one.value is not None}
    assert [lights[value] for value in sorted(lights)] == sorted(lights.values()), "what is more is darker"


def test_nothing_is_ranked() -> None:
    chart = choropleth(AREAS, [], ABOUT, ENGLISH)
    assert not re.search("highest|lowest|best|worst|rank", said(chart) + "".join(chart.notes))


def test_two_hundred_and_sixty_districts_stay_small() -> None:
    areas = [Area(f"District {number}", (square(number % 20, number // 20),), Decimal(number)) for number in range(260)]
    assert len(choropleth(areas, [], ABOUT, ENGLISH).svg) < 60_000


def test_islands_stand_in_frames_whose_names_fit() -> None:
    islands = [Area(f"The island of a long name {number}", (square(40 + number * 0.5, 0, 0.3),), Decimal(number)) for number in range(4)]
    texts = [box.text for box in texts_apart(choropleth([*AREAS, *islands], [], ABOUT, ENGLISH))]
    assert any(text.startswith("The island") and text.endswith("…") for text in texts)


def test_units_are_told_by_a_pointer_with_their_figures() -> None:
    assert fills(AREAS).keys() == {"Zambujal: 10%", "Évora: 20.5%", "Ílhavo: not published", "Braga: 90%"}
    assert len(set(fills(AREAS).values())) == 4
