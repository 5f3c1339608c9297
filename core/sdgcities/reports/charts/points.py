"""Points over boundaries, by category; many of them are counted in squares."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from sdgcities.findings import msg, nmsg
from sdgcities.model.places import Polygon
from sdgcities.reports.charts.chart import About, Area, Chart, Table
from sdgcities.reports.charts.choropleth import shades, swatch
from sdgcities.reports.charts.classes import quantiles
from sdgcities.reports.charts.legend import Key, legend
from sdgcities.reports.charts.lines import shape_of
from sdgcities.reports.charts.mapping import MARGIN, Drawing, Point, Shape, draw
from sdgcities.reports.charts.palette import AROUND, OWN, svg
from sdgcities.reports.charts.surroundings import carried, map_notes, off_the_map
from sdgcities.reports.wording import Wording

MOST_POINTS = 2_000
"""Of more points than this the squares of a grid are drawn, by how many points lie in each."""
COLOURS = (OWN, *AROUND)
SQUARE = 10
"""Pixels of a square's side."""
SIZE = 3.6
KILOMETRES = 111.2
"""Of a degree of latitude."""
AROUND_POINTS = 0.02
"""Degrees about a map of points alone that lie at one place."""


@dataclass(frozen=True, slots=True)
class Category:
    """Points of one kind: its name in the reader's language and their positions, longitude first, in degrees (WGS 84)."""

    name: str
    positions: Sequence[tuple[float, float]]


@dataclass(frozen=True, slots=True)
class _Placed:
    """A category with the places of its points in the drawing; `outside` are those that no part of the drawing shows."""

    name: str
    spots: tuple[Point, ...]
    outside: int


def point_map(categories: Sequence[Category], areas: Sequence[Area], about: About, wording: Wording) -> Chart:
    """The map with a legend and counts by category; the unit of `about` is not used. Points beyond the drawing are counted in words, not drawn.

    Without areas the points stand in a frame of their own extent. At least one area with a polygon, or one point, is needed.
    """
    ground = [Shape(area.name, area.polygons, told=area.name) for area in areas if area.polygons] or [_extent(categories)]
    drawing = draw(ground)
    placed = [_place(one, drawing) for one in categories]
    many = sum(len(one.spots) for one in placed) > MOST_POINTS
    body, keys = _squares(placed, wording) if many else _marks(placed, wording)
    signs, across, down = legend(keys, MARGIN, drawing.height)
    notes = (*off_the_map([area.name for area in areas if not area.polygons], wording), *map_notes(about.origins, wording))
    drawn = svg(max(drawing.width, across), down, carried(notes) + drawing.body + body + signs)
    return Chart(about.title, " ".join(_finding(placed, drawing, wording, many=many)), drawn, _table(placed, about, wording), notes)


def _extent(categories: Sequence[Category]) -> Shape:
    """A box about all points, for a map without boundaries."""
    xs, ys = zip(*(place for one in categories for place in one.positions), strict=True)
    pad = max(max(xs) - min(xs), max(ys) - min(ys)) / 20 or AROUND_POINTS
    west, east, south, north = min(xs) - pad, max(xs) + pad, max(min(ys) - pad, -90), min(max(ys) + pad, 90)
    box: Polygon = (((west, south), (east, south), (east, north), (west, north), (west, south)),)
    return Shape("", (box,))


def _place(category: Category, drawing: Drawing) -> _Placed:
    spots = [drawing.spot(*place) for place in category.positions]
    inside = tuple(spot for spot in spots if spot is not None)
    return _Placed(category.name, inside, len(spots) - len(inside))


def _merged(placed: Sequence[_Placed], wording: Wording) -> Sequence[_Placed]:
    """As many categories as shapes and colours can tell apart; the last of them holds all others."""
    most = len(COLOURS)
    if len(placed) <= most:
        return placed
    rest = placed[most - 1 :]
    other = wording.message(msg("other categories, counted in the table"))
    return [*placed[: most - 1], _Placed(other, tuple(spot for one in rest for spot in one.spots), sum(one.outside for one in rest))]


def _marks(placed: Sequence[_Placed], wording: Wording) -> tuple[str, list[Key]]:
    drawn, keys = "", []
    for number, one in enumerate(_merged(placed, wording)):
        look = f'fill="{COLOURS[number]}" stroke="#fff" stroke-width="0.6"'
        marks = "".join(f"M{x:.1f} {y:.1f}{shape_of(number, SIZE)}" for x, y in one.spots)
        drawn += f'<path d="{marks}" {look}/>' if marks else ""
        keys.append(Key(f'<path d="M0 0{shape_of(number, SIZE)}" {look}/>', _counted(one.name, len(one.spots), wording)))
    return drawn, keys


def _squares(placed: Sequence[_Placed], wording: Wording) -> tuple[str, list[Key]]:
    """A square by how many points of all categories lie in it, in classes."""
    counts = Counter((int(x // SQUARE), int(y // SQUARE)) for one in placed for x, y in one.spots)
    classes = quantiles([Decimal(count) for count in counts.values()])
    drawn, keys = "", []
    for one, colour in zip(classes, shades(len(classes)), strict=True):
        within = sorted(square for square, count in counts.items() if Decimal(count) in one)
        path = "".join(f"M{x * SQUARE} {y * SQUARE}h{SQUARE}v{SQUARE}h-{SQUARE}z" for x, y in within)
        drawn += f'<path d="{path}" fill="{colour}" stroke="#fff" stroke-width="0.6"/>'
        least, most = (wording.formats.number(value) for value in (one.least, one.most))
        text = msg("%(least)s to %(most)s points in a square", least=least, most=most) if least != most else msg("Points in a square: %(count)s", count=most)
        keys.append(Key(swatch(colour), wording.message(text)))
    return drawn, keys


def _counted(name: str, number: int, wording: Wording) -> str:
    return wording.message(nmsg("%(category)s: %(count)s point", "%(category)s: %(count)s points", number, category=wording.isolated(name), count=number))


def _finding(placed: Sequence[_Placed], drawing: Drawing, wording: Wording, *, many: bool) -> Iterator[str]:
    yield f"{'; '.join(_counted(one.name, len(one.spots), wording) for one in placed)}."
    outside = sum(one.outside for one in placed)
    if outside:
        yield wording.message(
            nmsg("%(count)s point lies beyond the map and is not drawn.", "%(count)s points lie beyond the map and are not drawn.", outside, count=outside)
        )
    if many:
        across = Decimal(f"{SQUARE / drawing.panels[0][1].scale * KILOMETRES:.2g}")
        text = msg(
            "There are too many points to draw each: a square about %(km)s km wide is the darker, the more points of all categories lie in it.",
            km=wording.formats.number(Decimal(f"{across:f}")),
        )
        yield wording.message(text)


def _table(placed: Sequence[_Placed], about: About, wording: Wording) -> Table:
    number = wording.formats.number
    rows = tuple((one.name, number(len(one.spots)), number(one.outside)) for one in placed)
    headings = (wording.message(msg("Category")), wording.message(msg("Points on the map")), wording.message(msg("Points beyond it")))
    return Table(about.title, headings, rows)
