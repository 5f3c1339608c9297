"""GeoTIFF grids, however they are packed; and what is damaged or of another kind."""

from __future__ import annotations

import math
import struct
import zlib
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest

from sdgcities.errors import Refused
from sdgcities.intake.grid import read_grid

ROWS, COLUMNS = 3, 5
VALUES = [float(value) for value in (1, 2, 300, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 0)]
FLOAT, SIGNED, UNSIGNED = 3, 2, 1
DOUBLE, SHORT, LONG, TEXT = 12, 3, 4, 2
LETTERS = {DOUBLE: "d", SHORT: "H", LONG: "I"}


def tiff(pieces: list[bytes], tags: dict[int, tuple[int, tuple[float, ...] | str]], order: str = "<") -> bytes:
    """A file of one image: its pieces, then its tags (kind and values)."""
    body, places = b"", list[int]()
    for piece in pieces:
        places.append(8 + len(body))
        body += piece
    offsets, counts = (324, 325) if 322 in tags else (273, 279)
    tags = tags | {offsets: (LONG, tuple(places)), counts: (LONG, tuple(map(len, pieces)))}
    start = 8 + len(body) + len(body) % 2
    further, entries = start + 2 + 12 * len(tags) + 4, b""
    beyond = b""
    for tag, (kind, values) in sorted(tags.items()):
        plain = f"{values}\0".encode() if isinstance(values, str) else struct.pack(f"{order}{len(values)}{LETTERS[kind]}", *values)
        if len(plain) > 4:
            place = struct.pack(order + "I", further + len(beyond))
            beyond += plain + b"\0" * (len(plain) % 2)
        else:
            place = plain.ljust(4, b"\0")
        entries += struct.pack(order + "HHI", tag, kind, len(values) + isinstance(values, str)) + place
    head = (b"II*\0" if order == "<" else b"MM\0*") + struct.pack(order + "I", start)
    return head + body.ljust(start - 8, b"\0") + struct.pack(order + "H", len(tags)) + entries + b"\0" * 4 + beyond


def described(kind: int = FLOAT, bits: int = 32, packing: int = 1, **others: float) -> dict[int, tuple[int, tuple[float, ...] | str]]:
    tags: dict[int, tuple[int, tuple[float, ...] | str]] = {
        256: (SHORT, (COLUMNS,)),
        257: (SHORT, (ROWS,)),
        258: (SHORT, (bits,)),
        259: (SHORT, (packing,)),
        277: (SHORT, (1,)),
        339: (SHORT, (kind,)),
        33550: (DOUBLE, (1000.0, 1000.0, 0.0)),
        33922: (DOUBLE, (0.0, 0.0, 0.0, 4_000_000.0, 3_003_000.0, 0.0)),
        42113: (TEXT, "0"),
    }
    return tags | {int(name[1:]): (SHORT, (value,)) for name, value in others.items()}


def packed(code: str = "f", order: str = "<", values: list[float] = VALUES) -> bytes:
    whole = [value if code in "fd" else int(value) for value in values]
    return struct.pack(f"{order}{len(values)}{code}", *whole)


def test_a_place_given_for_the_middle_of_a_cell_is_not_taken_for_its_corner(tmp_path: Path) -> None:
    plain, middle = tmp_path / "corner.tif", tmp_path / "middle.tif"
    plain.write_bytes(tiff([packed()], described() | {34735: (SHORT, (1, 1, 0, 1, 1025, 0, 1, 1))}))
    middle.write_bytes(tiff([packed()], described() | {34735: (SHORT, (1, 1, 0, 1, 1025, 0, 1, 2))}))
    corner, shifted = read_grid(plain), read_grid(middle)
    assert (corner.left, corner.bottom) == (4_000_000, 3_000_000)
    assert (shifted.left, shifted.bottom) == (corner.left - 500, corner.bottom + 500)


def test_a_file_made_for_more_than_four_gigabytes_is_told_as_such(tmp_path: Path) -> None:
    (tmp_path / "big.tif").write_bytes(b"II+\0" + bytes(60))
    with pytest.raises(Refused, match="BigTIFF"):
        read_grid(tmp_path / "big.tif")


def differences() -> bytes:
    rows = (VALUES[start : start + COLUMNS] for start in range(0, len(VALUES), COLUMNS))
    return b"".join(struct.pack("<5H", int(row[0]), *(int(after - before) % 65536 for before, after in pairwise(row))) for row in rows)


def by_bytes() -> bytes:
    found = b""
    for start in range(0, len(VALUES), COLUMNS):
        row = packed(order=">", values=VALUES[start : start + COLUMNS])
        parts = b"".join(row[part::4] for part in range(4))
        found += bytes([parts[0], *((after - before) % 256 for before, after in pairwise(parts))])
    return found


def tiles() -> list[bytes]:
    """Two tiles of 4 x 4, the second with one column and the last row of both empty."""
    rows = [VALUES[start : start + COLUMNS] for start in range(0, len(VALUES), COLUMNS)]
    wide = [[*row, 0, 0, 0] for row in rows] + [[0.0] * 8]
    return [packed(values=[value for row in wide for value in row[start : start + 4]]) for start in (0, 4)]


FILES: dict[str, Callable[[], bytes]] = {
    "plain": lambda: tiff([packed()], described()),
    "in two strips": lambda: tiff([packed()[:40], packed()[40:]], described(t278=2)),
    "the high byte first": lambda: tiff([packed(order=">")], described(), ">"),
    "double": lambda: tiff([packed("d")], described(bits=64)),
    "whole numbers": lambda: tiff([packed("i")], described(SIGNED)),
    "deflated": lambda: tiff([zlib.compress(packed())], described(packing=8)),
    "deflated differences": lambda: tiff([zlib.compress(differences())], described(UNSIGNED, 16, 8, t317=2)),
    "deflated byte by byte": lambda: tiff([zlib.compress(by_bytes())], described(packing=32946, t317=3)),
    "tiles": lambda: tiff(tiles(), described(t322=4, t323=4)),
}


@pytest.mark.parametrize("how", FILES)
def test_a_geotiff_is_read_however_it_is_written(tmp_path: Path, how: str) -> None:
    path = tmp_path / "people.tif"
    path.write_bytes(FILES[how]())
    found = read_grid(path)
    assert (found.columns, found.rows, found.left, found.bottom, found.cell) == (COLUMNS, ROWS, 4_000_000, 3_000_000, 1000)
    assert list(found.values[:-1]) == VALUES[:-1]
    assert math.isnan(found.values[-1])


def test_a_file_that_another_program_packed_by_lzw() -> None:
    # written by libtiff: 64 x 64, every cell the product of its row and column, modulo 251; codes grow from 9 to 12 bits, then begin again
    found = read_grid(Path(__file__).with_name("packed_by_lzw.tif"))
    assert (found.left, found.bottom, found.cell) == (4_000_000, 3_000_000, 1000)
    expected = [row * column % 251 for row in range(64) for column in range(64)]
    assert [0 if math.isnan(value) else value for value in found.values] == expected


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (lambda: tiff([packed()], described(t277=3)), "3 values for each cell"),
        (lambda: tiff([packed()], described(packing=7)), "not read (7)"),
        (lambda: tiff([packed()], described(bits=12)), "of a kind that is not read"),
        (lambda: tiff([packed()], described() | {33550: (DOUBLE, (1000.0, 900.0, 0.0))}), "not square"),
        (lambda: tiff([packed()], {tag: value for tag, value in described().items() if tag != 33922}), "where its cells lie"),
        (lambda: tiff([packed()], described() | {33550: (DOUBLE, (math.nan, math.nan, 0.0))}), "where its cells lie"),
        (lambda: tiff([packed()], described() | {33922: (DOUBLE, (0.0, 0.0, 0.0, math.inf, 3_003_000.0, 0.0))}), "where its cells lie"),
        (lambda: tiff([packed()], {tag: value for tag, value in described().items() if tag != 256}), "tag 256"),
        (lambda: tiff([packed()], described() | {256: (LONG, (100_000,))}), "at most"),
        (lambda: tiff([packed()[:20]], described()), "damaged"),
        (lambda: tiff([b"nonsense"], described(packing=8)), "damaged"),
        (lambda: tiff([b"\xff" * 40], described(packing=5)), "damaged"),
        (lambda: tiff([packed()], described(t322=0, t323=4)), "damaged"),
        (lambda: tiff([packed()], described())[:60], "damaged"),
        (lambda: b"II*\0\xff\xff\xff\xff", "damaged"),
    ],
)
def test_what_is_damaged_or_of_another_kind_is_refused(tmp_path: Path, content: Callable[[], bytes], told: str) -> None:
    path = tmp_path / "people.tif"
    path.write_bytes(content())
    with pytest.raises(Refused) as refused:
        read_grid(path)
    assert refused.value.findings[0].code == "grid.tiff"
    assert told in str(refused.value)


@pytest.mark.parametrize("how", FILES)
def test_a_file_that_is_cut_off_anywhere_is_read_or_refused(tmp_path: Path, how: str) -> None:
    whole, path = FILES[how](), tmp_path / "people.tif"
    for length in range(4, len(whole), 29):
        path.write_bytes(whole[:length])
        with pytest.raises(Refused):
            read_grid(path)
