"""From boundaries to an SVG drawing: a plate carrée with true widths at the middle latitude, all parts at one scale.

What lies far from the largest part (islands, exclaves) stands in a frame beside it, west of it on the left. Nothing is fetched.
Vertices are snapped to half a pixel, shared borders alike, so that neighbours stay without gaps. Points are placed as the boundaries are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import cos, hypot, radians

from markupsafe import escape

from sdgcities.model.places import Polygon
from sdgcities.reports.charts.hatching import Lines, hatched
from sdgcities.reports.charts.palette import INK, OWN
from sdgcities.reports.signs import shortened

Point = tuple[float, float]
Box = tuple[float, float, float, float]

WIDTH, HEIGHT = 480, 400
"""The most that all parts take, in pixels."""
LEAST = 1e-6
MARGIN, GAP, PAD = 22, 22, 10
FAR = 0.5
"""Parts are far from the largest when the gap between them is longer than this share of its diagonal."""
GRID = 2
"""Steps of the drawing in a pixel."""
SMALL = 14
"""A marked unit smaller than this, in pixels, gets a ring around it."""
PAPER, BORDER, FRAME = "#f4f2ec", "#7c8790", "#b3bbc2"
HALF_TURN = 90
SMALL_LETTER = 6
"""Pixels of a letter of the names above frames."""


@dataclass(frozen=True, slots=True)
class Shape:
    """One unit to draw: its name as the reader knows it, and whether it is marked.

    `fill` is its colour, empty for paper; `hatched` are the lines across it, if any; `told` is what a pointer on it shows.
    """

    name: str
    polygons: tuple[Polygon, ...]
    marked: bool = False
    fill: str = ""
    hatched: Lines | None = None
    told: str = ""


@dataclass(frozen=True, slots=True)
class _Part:
    """One polygon of a shape in kilometre-like units: x to the east, y to the south."""

    shape: Shape
    rings: tuple[tuple[Point, ...], ...]
    box: Box


@dataclass(frozen=True, slots=True)
class _Panel:
    parts: tuple[_Part, ...]
    box: Box

    @property
    def width(self) -> float:
        return self.box[2] - self.box[0]

    @property
    def height(self) -> float:
        return self.box[3] - self.box[1]


@dataclass(frozen=True, slots=True)
class Projection:
    """From degrees to the drawing's units; `wraps` where the shapes lie on both sides of the date line."""

    shrink: float
    wraps: bool

    def __call__(self, place: Sequence[float]) -> Point:
        """Where a position lies, its longitude first."""
        return ((place[0] + 360 if self.wraps and place[0] < 0 else place[0]) * self.shrink, -place[1])


@dataclass(frozen=True, slots=True)
class Drawing:
    """What stands inside the SVG of a page, and its size; `inset` says whether parts stand beside the largest."""

    body: str
    width: int
    height: int
    inset: bool
    projection: Projection
    panels: tuple[tuple[Box, _Move], ...]

    def spot(self, longitude: float, latitude: float) -> Point | None:
        """Where a position lies, in pixels; None where no part of the drawing shows it."""
        x, y = self.projection((longitude, latitude))
        for (left, top, right, bottom), move in self.panels:
            if left <= x <= right and top <= y <= bottom:
                return move.point((x, y))
        return None


def draw(shapes: Sequence[Shape]) -> Drawing:
    """The shapes, the marked ones dark, with a strong outline and by their name."""
    projection = _projection(shapes)
    main, *beside = _panels([_part(shape, polygon, projection) for shape in shapes for polygon in shape.polygons])
    west = [panel for panel in beside if _middle(panel.box)[0] < _middle(main.box)[0]]
    east = [panel for panel in beside if panel not in west]
    across = main.width + sum(max((panel.width for panel in column), default=0) for column in (west, east))
    down = max(sum(panel.height for panel in column) for column in ([main], west, east))
    scale = min(WIDTH / max(across, LEAST), HEIGHT / max(down, LEAST))
    left, right = _column_width(west, scale), _column_width(east, scale)
    width = left + main.width * scale + right + 2 * MARGIN
    height = max(main.height * scale, _column_height(west, scale), _column_height(east, scale)) + 2 * MARGIN
    move = _Move(main.box[0], main.box[1], scale, MARGIN + left, (height - main.height * scale) / 2)
    drawn, moves = [_placed(main, move, width)], [(main.box, move)]
    for column, x in ((west, float(MARGIN)), (east, width - MARGIN - right + GAP)):
        y = float(MARGIN)
        for panel in sorted(column, key=lambda panel: panel.box[1]):
            move = _Move(panel.box[0], panel.box[1], scale, x + PAD, y + PAD)
            drawn.append(_framed(panel, move, width))
            moves.append((panel.box, move))
            y += panel.height * scale + 2 * PAD + GAP
    return Drawing("".join(drawn), round(width), round(height), bool(beside), projection, tuple(moves))


def _projection(shapes: Sequence[Shape]) -> Projection:
    """True widths at the middle latitude of the shapes."""
    positions = [place for shape in shapes for polygon in shape.polygons for ring in polygon for place in ring]
    east_of = any(place[0] < -HALF_TURN for place in positions) and any(place[0] > HALF_TURN for place in positions)
    latitudes = [place[1] for place in positions]
    return Projection(cos(radians((min(latitudes) + max(latitudes)) / 2)), east_of)


def _part(shape: Shape, polygon: Polygon, project: Projection) -> _Part:
    rings = tuple(tuple(project(place) for place in ring) for ring in polygon)
    return _Part(shape, rings, _around(rings[0]))


def _around(points: Iterable[Point]) -> Box:
    xs, ys = zip(*points, strict=True)
    return min(xs), min(ys), max(xs), max(ys)


def _union(boxes: Iterable[Box]) -> Box:
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return min(lefts), min(tops), max(rights), max(bottoms)


def _between(one: Box, other: Box) -> float:
    """How far two boxes are apart; 0 where they touch."""
    return hypot(max(one[0] - other[2], other[0] - one[2], 0), max(one[1] - other[3], other[1] - one[3], 0))


def _middle(box: Box) -> Point:
    return (box[0] + box[2]) / 2, (box[1] + box[3]) / 2


def _diagonal(box: Box) -> float:
    return hypot(box[2] - box[0], box[3] - box[1])


def _panels(parts: Sequence[_Part]) -> list[_Panel]:
    """The largest group of parts that lie close together, then the groups far from it; what of one unit is far stays together."""
    ordered = sorted(parts, key=lambda part: _diagonal(part.box), reverse=True)
    main, rest = _grown(ordered, lambda box: FAR * _diagonal(box))
    reach = FAR * _diagonal(_union(part.box for part in main))
    groups = [main]
    while rest:
        group, rest = _grown(rest, lambda _: reach)
        shapes = {id(part.shape) for part in group}
        kin = [other for other in groups[1:] if any(id(part.shape) in shapes for part in other)]
        groups = [other for other in groups if other not in kin] + [[*group, *(part for other in kin for part in other)]]
    return [_Panel(tuple(group), _union(part.box for part in group)) for group in groups]


def _grown(parts: Sequence[_Part], reach: Callable[[Box], float]) -> tuple[list[_Part], list[_Part]]:
    """The first part with all that can be reached from it, step by step; and the others."""
    group, rest = [parts[0]], list(parts[1:])
    box, grows = parts[0].box, True
    while grows:
        near = [part for part in rest if _between(part.box, box) <= reach(box)]
        grows = bool(near)
        group += near
        box = _union([box, *(part.box for part in near)])
        taken = {id(part) for part in near}
        rest = [part for part in rest if id(part) not in taken]
    return group, rest


def _column_width(panels: Sequence[_Panel], scale: float) -> float:
    return max((panel.width * scale + 2 * PAD + GAP for panel in panels), default=0)


def _column_height(panels: Sequence[_Panel], scale: float) -> float:
    return sum(panel.height * scale + 2 * PAD + GAP for panel in panels)


def _framed(panel: _Panel, move: _Move, width: float) -> str:
    """A panel in a frame, with the names of its units above it, in bold where all of them are marked; of many, the first letters."""
    names = ", ".join(dict.fromkeys(part.shape.name for part in panel.parts))
    whole = all(part.shape.marked for part in panel.parts)
    x, y, across = move.x - PAD, move.y - PAD, panel.width * move.scale + 2 * PAD
    box = f'x="{x:.0f}" y="{y:.0f}" width="{across:.0f}" height="{panel.height * move.scale + 2 * PAD:.0f}"'
    frame = f'<rect {box} fill="none" stroke="{FRAME}" stroke-dasharray="3 3"/>'
    look = 'font-size="14" font-weight="700"' if whole else 'font-size="11"'
    title = f'<text x="{x:.0f}" y="{y - 5:.0f}" {look} fill="{INK}">{escape(names if whole else shortened(names, _room(across)))}</text>'
    return frame + title + _placed(panel, move, 0 if whole else width)


def _room(across: float) -> int:
    """Letters of a name above a frame: as many as reach to the next column, and eight at least."""
    return max(round((across + GAP) / SMALL_LETTER), 8)


def _placed(panel: _Panel, move: _Move, width: float) -> str:
    """A panel's units; the marked ones with their names, unless there is no width for them."""
    plain = "".join(_path(part, move) for part in panel.parts if not part.shape.marked)
    marked = [part for part in panel.parts if part.shape.marked]
    strong = "".join(_path(part, move) for part in marked)
    drawn = f'<g transform="scale({1 / GRID:g})" stroke-linejoin="round">'
    drawn += f'<g fill="{PAPER}" stroke="{BORDER}" stroke-width="{GRID * 0.8:g}">{plain}</g>'
    drawn += f'<g class="marked" fill="{OWN}" stroke="{INK}" stroke-width="{GRID * 2}">{strong}</g></g>' if marked else "</g>"
    by_name = {part.shape.name: [other.box for other in marked if other.shape.name == part.shape.name] for part in marked if width}
    return drawn + "".join(_label(name, move.box(_union(boxes)), width) for name, boxes in by_name.items())


@dataclass(frozen=True, slots=True)
class _Move:
    """From projected units to pixels of the drawing."""

    left: float
    top: float
    scale: float
    x: float
    y: float

    def point(self, point: Point) -> Point:
        return (point[0] - self.left) * self.scale + self.x, (point[1] - self.top) * self.scale + self.y

    def box(self, box: Box) -> Box:
        return (*self.point((box[0], box[1])), *self.point((box[2], box[3])))


def _path(part: _Part, move: _Move) -> str:
    """The rings of a part on the grid; one too small for it becomes a dot, so that no island is lost."""
    rings = [_snapped(ring, move) for ring in part.rings]
    drawn = "".join(_ring(ring) for ring in rings if len(set(ring)) > 2)  # noqa: PLR2004 - two points make no area
    if not drawn:
        x, y = rings[0][0]
        drawn = f"M{x} {y}h1v1h-1z"
    shape = part.shape
    fill = f' fill="{shape.fill}"' if shape.fill else ""
    told = f"><title>{escape(shape.told)}</title></path>" if shape.told else "/>"
    lines = hatched(rings, GRID, shape.hatched) if shape.hatched else ""
    return f'<path d="{drawn}" fill-rule="evenodd"{fill}{told}{lines}'


def _snapped(ring: Sequence[Point], move: _Move) -> list[tuple[int, int]]:
    spots = [(round(x * GRID), round(y * GRID)) for x, y in map(move.point, ring)]
    return spots[:1] + [spot for before, spot in pairwise(spots) if spot != before]


def _ring(spots: Sequence[tuple[int, int]]) -> str:
    steps = " ".join(f"{x - a} {y - b}" for (a, b), (x, y) in pairwise(spots[:-1]))
    return f"M{spots[0][0]} {spots[0][1]}l{steps}z"


def _label(name: str, box: Box, width: float) -> str:
    """The name below the marked unit, on a white edge; a small unit gets a ring as well."""
    left, top, right, bottom = box
    x, y = (left + right) / 2, bottom + 16
    ring = ""
    if max(right - left, bottom - top) < SMALL:
        ring = f'<circle cx="{x:.0f}" cy="{(top + bottom) / 2:.0f}" r="{SMALL}" fill="none" stroke="{INK}" stroke-width="2"/>'
        y = (top + bottom) / 2 + SMALL + 16
    anchor = "start" if x < width / 3 else "end" if x > width * 2 / 3 else "middle"
    x = {"start": left, "end": right}.get(anchor, x)
    look = f'font-size="14" font-weight="700" text-anchor="{anchor}" fill="{INK}" stroke="#fff" stroke-width="4" stroke-linejoin="round" paint-order="stroke"'
    return f'{ring}<text x="{x:.0f}" y="{y:.0f}" {look}>{escape(name)}</text>'
