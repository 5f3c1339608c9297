"""GeoTIFF grids (TIFF 6.0, one value a cell): in strips or tiles, plain, packed by LZW or deflate, whole or fractional numbers. Limited like all grids."""

from __future__ import annotations

import math
import struct
import sys
import zlib
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from sdgcities.errors import Refused, refuse
from sdgcities.findings import Message, Where, msg
from sdgcities.intake.files import MEGABYTE, read_bytes
from sdgcities.intake.lzw import unpacked
from sdgcities.model.grids import Grid

MAX_FILE = 256 * MEGABYTE
MAX_SIDE = 20_000
MAX_CELLS = 25_000_000

_ORDERS = {b"II*\0": "<", b"MM\0*": ">"}
_LARGE = (b"II+\0", b"MM\0+")
"""BigTIFF, for files of more than 4 GB."""
_SIZES = {1: "B", 2: "c", 3: "H", 4: "I", 6: "b", 8: "h", 9: "i", 11: "f", 12: "d", 16: "Q"}
_WIDTH, _HEIGHT, _BITS, _PACKING, _OFFSETS, _SAMPLES, _ROWS, _COUNTS = 256, 257, 258, 259, 273, 277, 278, 279
_PREDICTOR, _TILE_WIDTH, _TILE_HEIGHT, _TILE_OFFSETS, _TILE_COUNTS, _FORMAT = 317, 322, 323, 324, 325, 339
_SCALE, _TIE, _KEYS, _NOTHING = 33550, 33922, 34735, 42113
_RASTER_TYPE, _POINT = 1025, 2
"""The key that says whether a place in the grid is the corner of a cell or, as a point, its middle (GeoTIFF 1.1, 7.1.2)."""
_PLAIN, _LZW, _DEFLATE = 1, 5, (8, 32946)
_TYPES = {(1, 8): "B", (1, 16): "H", (1, 32): "I", (2, 8): "b", (2, 16): "h", (2, 32): "i", (3, 32): "f", (3, 64): "d"}
_FRACTIONS = "fd"
_HERE = "<" if sys.byteorder == "little" else ">"
_BYTE = 256
_MAX_ENTRIES = 200
_DIFFERENCES, _FLOATING = 2, 3
_SQUARE = 1e-6


@dataclass(frozen=True, slots=True)
class _Image:
    """The first image of a file: its tags as numbers."""

    data: bytes
    order: str
    tags: dict[int, tuple[float, ...]]
    texts: dict[int, str]
    path: Path

    def number(self, tag: int, default: int | None = None) -> int:
        value = self.tags.get(tag, () if default is None else (default,))
        if not value:
            raise _wrong(self.path, msg("It lacks what a grid must say (tag %(tag)s).", tag=tag))
        return int(value[0])

    def wrong(self, message: Message) -> Refused:
        return _wrong(self.path, message)


def is_tiff(start: bytes) -> bool:
    """Whether a file with this beginning is a TIFF."""
    return start[:4] in (*_ORDERS, *_LARGE)


def read_geotiff(path: Path) -> Grid:
    """The grid of a GeoTIFF. Raises Refused where it is damaged, packed in another way, or has several values a cell."""
    data = read_bytes(path, MAX_FILE)
    order = _ORDERS.get(data[:4])
    if order is None:
        raise _wrong(path, msg("This is no TIFF file, or one made for more than 4 GB (BigTIFF)."))
    try:
        image = _image(path, data, order)
        columns, rows = image.number(_WIDTH), image.number(_HEIGHT)
        if not (0 < columns <= MAX_SIDE and 0 < rows <= MAX_SIDE and columns * rows <= MAX_CELLS):
            raise image.wrong(msg("It has %(columns)s columns and %(rows)s rows; at most %(n)s cells are read.", columns=columns, rows=rows, n=MAX_CELLS))
        left, bottom, cell = _place(image, rows)
        return Grid(columns, rows, left, bottom, cell, _without(_values(image, columns, rows), image))
    except (struct.error, zlib.error, IndexError, KeyError, OverflowError, ValueError) as error:
        raise _wrong(path, msg("It is damaged or cut off.")) from error


def _wrong(path: Path, message: Message) -> Refused:
    return refuse("grid.tiff", message, msg("Export the grid as an ESRI ASCII grid (.asc)."), Where(file=str(path)))


def _image(path: Path, data: bytes, order: str) -> _Image:
    (start,) = struct.unpack_from(order + "I", data, 4)
    (count,) = struct.unpack_from(order + "H", data, start)
    if count > _MAX_ENTRIES:
        raise struct.error
    image = _Image(data, order, {}, {}, path)
    for number in range(count):
        tag, kind, many = struct.unpack_from(order + "HHI", data, start + 2 + 12 * number)
        size = struct.calcsize(_SIZES.get(kind, "x"))
        if kind not in _SIZES or many * size > len(data):
            continue
        place = start + 10 + 12 * number
        if many * size > 4:  # noqa: PLR2004 - what is longer stands elsewhere
            (place,) = struct.unpack_from(order + "I", data, place)
        if kind == 2:  # noqa: PLR2004 - text
            image.texts[tag] = data[place : place + many].split(b"\0")[0].decode("ascii", "replace")
        else:
            image.tags[tag] = struct.unpack_from(f"{order}{many}{_SIZES[kind]}", data, place)
    return image


def _place(image: _Image, rows: int) -> tuple[float, float, float]:
    """The corner in the south-west and the side of a cell."""
    scale, tie = image.tags.get(_SCALE, ()), image.tags.get(_TIE, ())
    if len(scale) < 2 or len(tie) < 6 or not all(map(math.isfinite, (*scale, *tie))) or scale[0] <= 0:  # noqa: PLR2004 - two sides; a place in the grid and on earth
        raise image.wrong(msg("It does not say where its cells lie."))
    if abs(scale[0] - scale[1]) > _SQUARE * scale[0]:
        raise image.wrong(msg("Its cells are not square."))
    cell = scale[0]
    half = cell / 2 if _by_middles(image) else 0.0
    return tie[3] - tie[0] * cell - half, tie[4] + tie[1] * cell - rows * cell + half, cell


def _by_middles(image: _Image) -> bool:
    """Whether the place that is given is the middle of a cell. Keys stand four numbers each, the first four about them all."""
    keys = image.tags.get(_KEYS, ())
    return any(keys[start] == _RASTER_TYPE and keys[start + 1] == 0 and keys[start + 3] == _POINT for start in range(4, len(keys) - 3, 4))


def _values(image: _Image, columns: int, rows: int) -> array[float]:
    if image.number(_SAMPLES, 1) != 1:
        raise image.wrong(msg("It has %(n)s values for each cell; a grid of people has one.", n=image.number(_SAMPLES, 1)))
    code = _TYPES.get((image.number(_FORMAT, 1), image.number(_BITS, 1)))
    if code is None:
        raise image.wrong(msg("Its numbers are of a kind that is not read."))
    tiled = _TILE_OFFSETS in image.tags
    width, height = (image.number(_TILE_WIDTH), image.number(_TILE_HEIGHT)) if tiled else (columns, min(image.number(_ROWS, rows), rows))
    if not (0 < width <= MAX_SIDE and 0 < height <= MAX_SIDE and width * height <= MAX_CELLS):
        raise struct.error
    across = -(-columns // width)
    found = array("d", bytes(8 * columns * rows))
    for number, piece in enumerate(_pieces(image, tiled, code, width, height)):
        down, right = (number // across) * height, (number % across) * width
        wide = min(width, columns - right)
        for row in range(min(height, rows - down)):
            start = (down + row) * columns + right
            found[start : start + wide] = array("d", piece[row * width : row * width + wide])
    return found


def _pieces(image: _Image, tiled: bool, code: str, width: int, height: int) -> Iterator[Sequence[float]]:  # noqa: FBT001 - strips or tiles
    """The numbers of each strip or tile, row by row."""
    columns, rows = image.number(_WIDTH), image.number(_HEIGHT)
    offsets, counts = image.tags[_TILE_OFFSETS if tiled else _OFFSETS], image.tags[_TILE_COUNTS if tiled else _COUNTS]
    across, down = -(-columns // width), -(-rows // height)
    if len(offsets) < across * down or len(counts) < across * down:
        raise struct.error
    for number in range(across * down):
        tall = height if tiled else min(height, rows - number * height)
        size = width * tall * struct.calcsize(code)
        packed = image.data[int(offsets[number]) : int(offsets[number]) + int(counts[number])]
        plain = _unpacked(image, packed, size)
        if len(plain) < size:
            raise struct.error
        yield _numbers(image, plain[:size], code, width)


def _unpacked(image: _Image, packed: bytes, size: int) -> bytes:
    packing = image.number(_PACKING, _PLAIN)
    if packing == _PLAIN:
        return packed
    if packing in _DEFLATE:
        return zlib.decompressobj().decompress(packed, size)
    if packing == _LZW:
        return unpacked(packed, size)
    raise image.wrong(msg("It is packed in a way that is not read (%(n)s); LZW and deflate are.", n=packing))


def _numbers(image: _Image, plain: bytes, code: str, width: int) -> Sequence[float]:
    predictor, size = image.number(_PREDICTOR, 1), struct.calcsize(code)
    if predictor == _FLOATING and code in _FRACTIONS:
        rows = (plain[start : start + width * size] for start in range(0, len(plain), width * size))
        plain, order = b"".join(_together(row, width, size) for row in rows), ">"
    else:
        order = image.order
    numbers: array[float] = array(code)
    numbers.frombytes(plain)
    if order != _HERE:
        numbers.byteswap()
    if predictor != _DIFFERENCES or code in _FRACTIONS:
        return numbers
    return [value for start in range(0, len(numbers), width) for value in _summed(numbers[start : start + width], code)]


def _summed(row: Sequence[float], code: str) -> Iterator[float]:
    """A row that was written as differences."""
    span = 1 << (8 * struct.calcsize(code))
    low = -span // 2 if code.islower() else 0
    value = 0
    for step in row:
        value = (value + int(step) - low) % span + low
        yield value


def _together(row: bytes, width: int, size: int) -> bytes:
    """A row of fractions that was written as differences of bytes, the first byte of every number first."""
    plain, value = bytearray(len(row)), 0
    for place, step in enumerate(row):
        value = (value + step) % _BYTE
        plain[place] = value
    found = bytearray(len(row))
    for part in range(size):
        found[part::size] = plain[part * width : (part + 1) * width]
    return bytes(found)


def _without(values: array[float], image: _Image) -> array[float]:
    """The values, those that stand for none as NaN."""
    try:
        nothing = float(image.texts.get(_NOTHING, "nan"))
    except ValueError:
        return values
    if image.number(_BITS) == 32 and image.number(_FORMAT, 1) == 3 and math.isfinite(nothing):  # noqa: PLR2004 - single precision, as the values have
        nothing = struct.unpack("f", struct.pack("f", nothing))[0]
    return array("d", (math.nan if value == nothing else value for value in values)) if nothing in values else values
