"""Grids of equal cells: an ESRI ASCII grid, a GeoTIFF, or a CSV file with the columns x, y and one of values. Limited in bytes, columns and rows."""

from __future__ import annotations

import math
from array import array
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

from sdgcities.errors import Refused, refuse
from sdgcities.findings import Where, msg
from sdgcities.intake.csv import read_header, read_rows
from sdgcities.intake.files import MEGABYTE, check_file, opened, read_text
from sdgcities.intake.geotiff import MAX_CELLS, MAX_SIDE, is_tiff, read_geotiff
from sdgcities.model.grids import Grid

MAX_FILE = 512 * MEGABYTE
MAX_POINTS = 5_000_000
NO_VALUE = -9999.0
"""What an ASCII grid without a line nodata_value writes where there is no value."""

_CORNERS = ("xllcorner", "yllcorner")
_CENTRES = ("xllcenter", "yllcenter")
_HEAD = frozenset(("ncols", "nrows", "cellsize", "nodata_value", *_CORNERS, *_CENTRES))
_SIZES = frozenset(("dx", "dy"))
_CSV = frozenset((".csv", ".txt"))
_OFF_RASTER = 0.01
_COLUMNS = 3


def read_grid(path: Path) -> Grid:
    """The grid of a file: CSV by its ending, GeoTIFF by its first bytes, else an ESRI ASCII grid. Raises Refused with the line or row that is wrong."""
    if path.suffix.lower() in _CSV:
        return _points(path)
    check_file(path, MAX_FILE)
    with opened(path) as stream:
        start = stream.read(4)
    grid = read_geotiff(path) if is_tiff(start) else _ascii(path)
    if math.inf in grid.values or -math.inf in grid.values:
        raise _a_value_is_none(path)
    return grid


def _ascii(path: Path) -> Grid:
    text = read_text(path, MAX_FILE)
    head, start, line = _head(path, text)
    columns, rows = _count(path, head, "ncols"), _count(path, head, "nrows")
    _check_size(path, columns, rows)
    cell = head["cellsize"]
    half = 0.0 if "xllcorner" in head else cell / 2
    left, bottom = head.get("xllcorner", head.get("xllcenter", 0.0)) - half, head.get("yllcorner", head.get("yllcenter", 0.0)) - half
    values = _numbers(path, text[start:], line)
    if len(values) != columns * rows:
        problem = msg(
            "The file holds %(found)s values; %(columns)s columns and %(rows)s rows make %(n)s.",
            found=len(values),
            columns=columns,
            rows=rows,
            n=columns * rows,
        )
        raise refuse("grid.values", problem, msg("Is the file complete? Ask its sender for it again."), Where(file=str(path)))
    return Grid(columns, rows, left, bottom, cell, _without(values, head.get("nodata_value", NO_VALUE)))


def _head(path: Path, text: str) -> tuple[dict[str, float], int, int]:
    """What the lines before the values say, where the values begin, and in which line."""
    head, start, number = dict[str, float](), 0, 1
    while start < len(text):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end + 1
        words = text[start:end].split()
        if words and not words[0][0].isalpha():
            break
        if words:
            head[words[0].lower()] = _value(path, number, words)
        start, number = end, number + 1
    _check_head(path, head)
    return head, start, number


def _value(path: Path, line: int, words: Sequence[str]) -> float:
    name = words[0].lower()
    where = Where(file=str(path), line=line)
    if name in _SIZES:
        raise refuse("grid.square", msg("The cells are not square: the file gives dx and dy."), msg("Export the grid again with square cells."), where)
    if name not in _HEAD or len(words) != 2:  # noqa: PLR2004 - a name and its number
        hint = msg("It begins with lines such as ncols 120, nrows 80, xllcorner 0, yllcorner 0, cellsize 1000, nodata_value -9999.")
        raise refuse("grid.head", msg("This is not the head of an ESRI ASCII grid."), hint, where)
    try:
        return float(words[1])
    except ValueError:
        raise refuse("grid.number", msg("%(text)s is no number.", text=words[1][:40]), None, where) from None


def _check_head(path: Path, head: dict[str, float]) -> None:
    missing = [name for name in ("ncols", "nrows", "cellsize") if name not in head]
    if not any(set(pair) <= set(head) for pair in (_CORNERS, _CENTRES)):
        missing += [name for name in _CORNERS if name not in head]
    if missing:
        hint = msg("An ESRI ASCII grid says its size, its lower left corner and the side of its cells in its first lines.")
        raise refuse("grid.head", msg("The file does not give %(names)s.", names=", ".join(missing)), hint, Where(file=str(path), line=1))
    if not (math.isfinite(head["cellsize"]) and head["cellsize"] > 0):
        raise refuse("grid.cell", msg("The side of a cell must be more than zero."), None, Where(file=str(path)))
    if not all(math.isfinite(value) for name, value in head.items() if name != "nodata_value"):
        raise refuse("grid.head", msg("A number in the head of the grid is not finite."), None, Where(file=str(path)))


def _count(path: Path, head: dict[str, float], name: str) -> int:
    if head[name] != int(head[name]) or head[name] < 1:
        raise refuse("grid.size", msg("%(name)s must be a whole number above zero.", name=name), None, Where(file=str(path)))
    return int(head[name])


def _check_size(path: Path, columns: int, rows: int) -> None:
    if max(columns, rows) > MAX_SIDE or columns * rows > MAX_CELLS:
        message = msg("The grid has %(columns)s columns and %(rows)s rows; at most %(n)s cells are read.", columns=columns, rows=rows, n=MAX_CELLS)
        raise refuse("grid.size", message, msg("Cut it into pieces."), Where(file=str(path)))


def _numbers(path: Path, text: str, line: int) -> array[float]:
    try:
        return array("d", map(float, text.split()))
    except ValueError:
        raise _no_number(path, text, line) from None


def _no_number(path: Path, text: str, line: int) -> Refused:
    """The refusal of the first value that is no number, with its line."""
    for number, row in enumerate(text.splitlines(), start=line):
        for word in row.split():
            try:
                float(word)
            except ValueError:
                hint = msg("Values are written with a decimal point and separated by spaces.")
                return refuse("grid.number", msg("%(text)s is no number.", text=word[:40]), hint, Where(file=str(path), line=number))
    return _a_value_is_none(path)


def _a_value_is_none(path: Path) -> Refused:
    return refuse("grid.number", msg("A value is no number."), None, Where(file=str(path)))


def _without(values: array[float], nothing: float) -> array[float]:
    """The values, those that stand for none as NaN."""
    if nothing in values:
        return array("d", (math.nan if value == nothing else value for value in values))
    return values


def _points(path: Path) -> Grid:
    """A grid of points in the middle of its cells; a cell that no row names has no value."""
    delimiter = _delimiter(path)
    header = read_header(path, delimiter=delimiter)
    names = [name.lower() for name in header]
    if len(names) != _COLUMNS or names[:2] != ["x", "y"]:
        message = msg("The columns must be x, y and one with the values; the file has %(names)s.", names=", ".join(header))
        raise refuse("grid.columns", message, msg("Leave out further columns, and name the coordinates x and y."), Where(file=str(path), row=1))
    points = dict[tuple[float, float], float]()
    for number, row in read_rows(path, _COLUMNS, delimiter=delimiter):
        x, y, value = (_cell(path, number, header[index], text) for index, text in enumerate(row))
        if (x, y) in points:
            raise refuse("grid.twice", msg("The cell at %(x)s, %(y)s stands twice.", x=x, y=y), None, Where(file=str(path), row=number))
        points[x, y] = value
        if len(points) > MAX_POINTS:
            raise refuse("grid.size", msg("More than %(n)s cells.", n=MAX_POINTS), msg("Save it as an ESRI ASCII grid (.asc)."), Where(file=str(path)))
    return _placed(path, points)


def _delimiter(path: Path) -> str:
    first = read_header(path)
    return ";" if len(first) == 1 and ";" in first[0] else ","


def _cell(path: Path, row: int, column: str, text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not math.isfinite(value):
        hint = msg("Write numbers with a decimal point; leave out the row of a cell without a value.")
        raise refuse("grid.number", msg("%(text)s is no number.", text=text[:40] or "-"), hint, Where(str(path), row=row, column=column))
    return value


def _placed(path: Path, points: dict[tuple[float, float], float]) -> Grid:
    """The points as a grid. Its cells are as wide as the smallest step between two columns or rows."""
    if not points:
        raise refuse("grid.empty", msg("The file holds no cell."), None, Where(file=str(path)))
    across, up = sorted({x for x, _ in points}), sorted({y for _, y in points})
    steps = [after - before for places in (across, up) for before, after in pairwise(places)]
    if not steps:
        raise refuse("grid.empty", msg("A single cell does not tell how wide it is."), msg("Save it as an ESRI ASCII grid (.asc)."), Where(file=str(path)))
    cell, left, bottom = min(steps), across[0], up[0]
    if not all(math.isfinite(step / cell) and abs(step / cell - round(step / cell)) <= _OFF_RASTER for step in steps):
        hint = msg("x and y are those of the middle of each cell, in metres of one projection, every cell as wide as the next.")
        raise refuse("grid.raster", msg("The coordinates do not lie on a raster of equal cells."), hint, Where(file=str(path)))
    columns, rows = round((across[-1] - left) / cell) + 1, round((up[-1] - bottom) / cell) + 1
    _check_size(path, columns, rows)
    values = array("d", [math.nan]) * (columns * rows)
    for (x, y), value in points.items():
        values[(rows - 1 - round((y - bottom) / cell)) * columns + round((x - left) / cell)] = value
    return Grid(columns, rows, left - cell / 2, bottom - cell / 2, cell, values)
