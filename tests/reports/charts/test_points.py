"""Points on a map: by shape and colour, counted in words; many of them as squares."""

from __future__ import annotations

import random
import time

from hypothesis import given
from hypothesis import strategies as st
from tests.reports.charts.mapped import ABOUT, area, square
from tests.reports.charts.seeing import ENGLISH, drawing, rows, said, speaking, texts_apart

from sdgcities.reports.charts.chart import Area, Chart
from sdgcities.reports.charts.points import COLOURS, MOST_POINTS, Category, point_map
from sdgcities.reports.signs import MARKS, finished, visible

AREAS = [area("West", 0, None), area("East", 1, None)]
WATER = Category("Water point", [(0.5, 0.5), (1.5, 0.5), (1.9, 0.1)])
WASTE = Category("Waste", [(0.1, 0.9), (7.0, 7.0)])


def marks(chart: Chart, colour: str) -> int:
    """How many marks of a colour are drawn, the legend's among them."""
    return sum(path.attributes["d"].count("M") for path in drawing(chart).all("path") if path.attributes.get("fill") == colour)


def test_categories_are_counted_in_words_and_drawn_by_shape_and_colour() -> None:
    chart = point_map([WATER, WASTE], AREAS, ABOUT, ENGLISH)
    assert said(chart) == "Access to transport, 2021. Water point: 3 points; Waste: 1 point. 1 point lies beyond the map and is not drawn."
    assert rows(chart) == [("Water point", "3", "0"), ("Waste", "1", "1")]
    assert [box.text for box in texts_apart(chart)] == ["Water point: 3 points", "Waste: 1 point"]
    assert (marks(chart, COLOURS[0]), marks(chart, COLOURS[1])) == (4, 2)
    shapes = {path.attributes["d"].partition("m")[2][:9] for path in drawing(chart).all("path") if path.attributes.get("fill") in COLOURS}
    assert len(shapes) == 2


def test_a_name_from_right_to_left_does_not_turn_its_count_round() -> None:
    name = "نقاط"
    chart = point_map([Category(name, [(0.5, 0.5)])], AREAS, ABOUT, ENGLISH)
    assert f"\u2068{name}\u2069: 1 point</text>" in finished(chart.svg, MARKS["ltr"])


def test_a_map_of_points_that_is_saved_alone_carries_them() -> None:
    assert "The designations employed" in point_map([WATER], AREAS, ABOUT, ENGLISH).svg


def test_a_map_of_points_has_source_and_disclaimer_too() -> None:
    notes = [visible(note) for note in point_map([WATER], [*AREAS, Area("Nowhere", ())], ABOUT, ENGLISH).notes]
    assert notes[0] == "Not on the map, since no boundary was found for it: Nowhere."
    assert notes[1].startswith("Boundaries: Geodetic office.")
    assert notes[2].startswith("The designations employed")


def test_points_lie_where_they_are() -> None:
    chart = point_map([Category("a", [(0.0, 0.0), (2.0, 1.0)])], AREAS, ABOUT, ENGLISH)
    (path,) = (one for one in drawing(chart).all("path") if one.attributes.get("fill") == COLOURS[0] and one.attributes["d"].count("M") == 2)
    first, last = (tuple(map(float, part.partition("m")[0].split())) for part in path.attributes["d"].split("M")[1:])
    assert first[0] < last[0]
    assert first[1] > last[1]


def test_a_single_point_without_boundaries_has_a_frame() -> None:
    chart = point_map([Category("a", [(170.0, -89.99)])], [], ABOUT, ENGLISH)
    texts_apart(chart)
    assert rows(chart) == [("a", "1", "0")]


def test_more_kinds_than_can_be_told_apart_share_the_last_sign() -> None:
    kinds = [Category(f"kind {number}", [(0.5, 0.5)]) for number in range(9)]
    chart = point_map(kinds, AREAS, ABOUT, ENGLISH)
    assert [box.text for box in texts_apart(chart)][-1] == "other categories, counted in the table: 5 points"
    assert len(rows(chart)) == 9
    assert "kind 8: 1 point." in said(chart)


def test_a_hundred_thousand_points_become_squares_in_no_time() -> None:
    chance = random.Random(1)  # noqa: S311 - points on a map are no secret
    many = [Category(name, [(chance.random() * 2, chance.random()) for _ in range(50_000)]) for name in ("Water point", "Waste")]
    start = time.process_time()
    chart = point_map(many, AREAS, ABOUT, ENGLISH)
    assert time.process_time() - start < 5
    assert len(chart.svg) < 100_000
    assert "Water point: 50,000 points; Waste: 50,000 points." in said(chart)
    assert "too many points to draw each: a square about" in said(chart)
    texts_apart(chart)
    assert "50.000" in visible(point_map(many, AREAS, ABOUT, speaking("tr")).finding)


spots = st.lists(st.tuples(st.floats(-3, 5), st.floats(-3, 4)), max_size=40)


@given(st.lists(spots, min_size=1, max_size=5))
def test_every_point_is_drawn_or_counted_as_beyond_the_map(positions: list[list[tuple[float, float]]]) -> None:
    chart = point_map([Category(f"kind {number}", one) for number, one in enumerate(positions)], AREAS, ABOUT, ENGLISH)
    texts_apart(chart)
    for number, (held, row) in enumerate(zip(positions, rows(chart), strict=True)):
        assert int(row[1]) + int(row[2]) == len(held)
        assert int(row[1]) == sum(0 <= x <= 2 and 0 <= y <= 1 for x, y in held)
        assert marks(chart, COLOURS[number]) == int(row[1]) + 1


def test_the_limit_is_where_it_is_said_to_be() -> None:
    ground = [Area("Land", (square(0, 0),))]
    drawn = point_map([Category("a", [(0.5, 0.5)] * MOST_POINTS)], ground, ABOUT, ENGLISH)
    squares = point_map([Category("a", [(0.5, 0.5)] * (MOST_POINTS + 1))], ground, ABOUT, ENGLISH)
    assert "square" not in said(drawn)
    assert "Points in a square: 2,001" in squares.svg
