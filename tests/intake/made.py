"""Documents made for tests: sound ones, and the same with one thing wrong."""

from __future__ import annotations

import io
import json
import struct
import zipfile
import zlib
from collections.abc import Callable, Mapping
from typing import Any

Pairs = list[list[float]]
SQUARE: Pairs = [[0.0, 6.0], [1.0, 6.0], [1.0, 7.0], [0.0, 7.0], [0.0, 6.0]]
ROW = b"a,b\n1,2\n"


def chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def png(
    size: tuple[int, int] = (2, 2), *, pixels: bytes | None = None, beside: bytes = b"", after: bytes = b"", kind: tuple[int, int, int] = (8, 2, 0)
) -> bytes:
    """A picture; `kind` is bits a sample, colour type, and whether it is interlaced."""
    width, height = size
    depth, colour, interlaced = kind
    raw = (b"\0" + b"\1" * (width * 3)) * height if pixels is None else pixels
    head = struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, interlaced)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + beside + chunk(b"IDAT", zlib.compress(raw)) + chunk(b"IEND", b"") + after


def svg(inside: str = "", attributes: str = "") -> str:
    return f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" {attributes}>{inside}</svg>'


def archive(entries: Mapping[str, bytes], method: int = zipfile.ZIP_DEFLATED, change: Callable[[zipfile.ZipFile], None] = lambda _: None) -> bytes:
    """A ZIP archive; `change` does something to it before its list of entries is written."""
    body = io.BytesIO()
    with zipfile.ZipFile(body, "w", method) as file:
        for name, content in entries.items():
            file.writestr(name, content)
        change(file)
    return body.getvalue()


def geojson(*rings: Pairs, **top: object) -> str:
    return json.dumps({"type": "FeatureCollection", "features": [shape(*rings)], **top})


def shape(*rings: Pairs, **properties: object) -> dict[str, Any]:
    return {"type": "Feature", "properties": properties, "geometry": {"type": "Polygon", "coordinates": list(rings or (SQUARE,))}}


def topology(**changes: object) -> dict[str, Any]:
    """Two squares side by side that share the line between them, on a grid of tenths."""
    west = {"type": "Polygon", "properties": {"name": "West"}, "id": "W", "arcs": [[0, 1]]}
    east = {"type": "MultiPolygon", "properties": {"name": "East"}, "id": "E", "arcs": [[[-1, 2]]]}
    arcs = [[[10, 0], [0, 10]], [[10, 10], [-10, 0], [0, -10], [10, 0]], [[10, 0], [10, 0], [0, 10], [-10, 0]]]
    objects = {"units": {"type": "GeometryCollection", "geometries": [west, east]}}
    return {"type": "Topology", "objects": objects, "arcs": arcs, "transform": {"scale": [0.1, 0.1], "translate": [20, 5]}, **changes}
