"""Where the outline of a polygon crosses itself: rings, as segments in a tree of boxes, so that half a million positions take seconds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

Position = tuple[float, ...]
Box = tuple[float, float, float, float]

NEAR = 1e-9
"""Degrees, a tenth of a millimetre: what lies nearer touches, and touching is no crossing."""
_FAN = 4
_EFFORT, _LEAST_EFFORT = 20, 500_000
"""How many boxes are looked at, for each segment and at least: an outline that needs more is drawn to keep a computer busy."""


class TooIntricateError(Exception):
    """So many parts of the outline lie over each other that it can't be checked in reasonable time."""


def crossing_of(rings: Sequence[Sequence[Position]]) -> Position | None:
    """A position near which two segments of the rings cross; None where they do no more than touch. The rings are closed."""
    starts, ends, following = _segments(rings)
    for one, other in _near_pairs(list(map(_box, starts, ends))):
        if _cross(starts[one], ends[one], starts[other], ends[other]):
            return _meeting(starts[one], ends[one], starts[other], ends[other])
        for through, met in ((one, other), (other, one)):
            if _crosses_at_end(starts[through], ends[through], ends[following[through]], starts[met], ends[met], ends[following[met]]):
                return ends[through]
    return None


def _segments(rings: Sequence[Sequence[Position]]) -> tuple[list[Position], list[Position], list[int]]:
    starts: list[Position] = []
    ends: list[Position] = []
    following: list[int] = []
    for ring in rings:
        first = len(starts)
        starts += ring[:-1]
        ends += ring[1:]
        following += [*range(first + 1, len(starts)), first]
    return starts, ends, following


def _box(start: Position, end: Position) -> Box:
    return min(start[0], end[0]), min(start[1], end[1]), max(start[0], end[0]), max(start[1], end[1])


def _near_pairs(boxes: list[Box]) -> Iterator[tuple[int, int]]:
    """The pairs of boxes that meet. Neighbours along an outline lie near each other, so runs of them make tight boxes."""
    levels = [boxes]
    while len(levels[-1]) > 1:
        below = levels[-1]
        levels.append([_around(below[place : place + _FAN]) for place in range(0, len(below), _FAN)])
    effort = max(_LEAST_EFFORT, _EFFORT * len(boxes))
    todo = [(len(levels) - 1, 0, 0)]
    while todo:
        level, one, other = todo.pop()
        if not level:
            if one != other:
                yield one, other
            continue
        below = levels[level - 1]
        left, right = range(one * _FAN, min((one + 1) * _FAN, len(below))), range(other * _FAN, min((other + 1) * _FAN, len(below)))
        effort -= len(left) * len(right)
        if effort < 0:
            raise TooIntricateError
        for a in left:
            west, south, east, north = below[a]
            for b in right:
                if a <= b:
                    box = below[b]
                    if box[0] <= east and west <= box[2] and box[1] <= north and south <= box[3]:
                        todo.append((level - 1, a, b))


def _around(boxes: Sequence[Box]) -> Box:
    wests, souths, easts, norths = zip(*boxes, strict=True)
    return min(wests), min(souths), max(easts), max(norths)


def side(start: Position, end: Position, place: Position) -> int:
    """On which side of a line a position lies: 1 left, -1 right, 0 where it is on it or as near as makes no difference."""
    along, up = end[0] - start[0], end[1] - start[1]
    turn = along * (place[1] - start[1]) - up * (place[0] - start[0])
    near = NEAR * (abs(along) + abs(up))
    return 1 if turn > near else -1 if turn < -near else 0


def _cross(a: Position, b: Position, c: Position, d: Position) -> bool:
    """Whether two segments cross each other within both."""
    return side(a, b, c) * side(a, b, d) < 0 and side(c, d, a) * side(c, d, b) < 0


def _meeting(a: Position, b: Position, c: Position, d: Position) -> Position:
    """Where two segments that cross meet."""
    along, up, across, over = b[0] - a[0], b[1] - a[1], d[0] - c[0], d[1] - c[1]
    share = ((c[0] - a[0]) * over - (c[1] - a[1]) * across) / (along * over - up * across)
    return a[0] + share * along, a[1] + share * up


def _crosses_at_end(a: Position, b: Position, c: Position, start: Position, end: Position, after: Position) -> bool:
    """Whether the way a-b-c crosses, at b, the segment from `start` to `end`, or the way that goes on to `after` where b is its end."""
    if _same(b, start) or side(start, end, b) or not _between(start, b, end):
        return False
    out = after if _same(b, end) else end
    inner, outer = _in_sector(start, b, out, a), _in_sector(start, b, out, c)
    return inner is not None and outer is not None and inner != outer


def _in_sector(start: Position, corner: Position, end: Position, place: Position) -> bool | None:
    """Whether a position lies left of the way start-corner-end; None where it lies on it."""
    to_start, to_end = side(start, corner, place), side(corner, end, place)
    on_start = not to_start and _ahead(corner, start, place)
    on_end = not to_end and _ahead(corner, end, place)
    if on_start or on_end:
        return None
    turn = side(start, corner, end)
    return to_start > 0 and to_end > 0 if turn > 0 else to_start > 0 or to_end > 0 if turn < 0 else to_start > 0


def _ahead(corner: Position, towards: Position, place: Position) -> bool:
    return (towards[0] - corner[0]) * (place[0] - corner[0]) + (towards[1] - corner[1]) * (place[1] - corner[1]) > 0


def _between(start: Position, place: Position, end: Position) -> bool:
    x, y, u, v = start[0], start[1], end[0], end[1]
    return min(x, u) - NEAR <= place[0] <= max(x, u) + NEAR and min(y, v) - NEAR <= place[1] <= max(y, v) + NEAR


def _same(one: Position, other: Position) -> bool:
    return abs(one[0] - other[0]) <= NEAR and abs(one[1] - other[1]) <= NEAR
