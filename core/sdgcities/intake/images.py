"""Pictures that come in as evidence, PNG and SVG: whole, of a size that can be shown, and with nothing in them that acts. Nothing is decoded."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path

from sdgcities.errors import Refused, refuse
from sdgcities.findings import Message, Where, msg
from sdgcities.intake.files import MEGABYTE, opened, read_bytes
from sdgcities.intake.svg import check_svg

MAX_PNG = 64 * MEGABYTE
MAX_SIDE = 20_000
MAX_PIXELS = 100_000_000
MAX_BESIDE = 8 * MEGABYTE
"""What the compressed texts and the colour profile of a picture may unpack to."""
_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_SAMPLES = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
"""Samples a pixel, by colour type."""
_DEPTHS = {0: (1, 2, 4, 8, 16), 2: (8, 16), 3: (1, 2, 4, 8), 4: (8, 16), 6: (8, 16)}
_PASSES = ((0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2))
"""Where the seven passes of an interlaced picture begin, and their steps, across and down."""
_CRITICAL = (b"IHDR", b"PLTE", b"IDAT", b"IEND")
_COMPRESSED = (b"zTXt", b"iTXt", b"iCCP")
_HEAD = 4096
_PIECE = 64 * 1024
Chunk = tuple[bytes, bytes]


def check_image(path: Path) -> None:
    """Check a document that is named as a PNG or SVG picture, or begins like one; any other is left alone. Raises Refused."""
    with opened(path) as stream:
        head = stream.read(_HEAD)
    kind = path.suffix.lower()
    if kind == ".png" or head.startswith(_SIGNATURE):
        check_png(path)
    elif kind in {".svg", ".svgz"} or _begins_as_svg(head):
        check_svg(path)


def check_png(path: Path) -> None:
    """Raises Refused where the PNG picture is broken, would unpack to more than it says, or holds more than a picture."""
    data = read_bytes(path, MAX_PNG)
    if not data.startswith(_SIGNATURE):
        raise _broken(path, msg("it does not begin as one"))
    chunks = list(_chunks(path, data))
    names = [name for name, _ in chunks]
    if names[0] != b"IHDR" or names.count(b"IHDR") > 1 or b"IDAT" not in names:
        raise _broken(path, msg("its parts are not in order"))
    if odd := next((name for name in names if name[:1].isupper() and name not in _CRITICAL), None):
        raise _broken(path, msg("its part %(name)s is unknown", name=odd.decode()))
    expected = _raw_size(path, chunks[0][1])
    if _unpacked([body for name, body in chunks if name == b"IDAT"], expected, path) != expected:
        raise _broken(path, msg("its pixels are not as many as it says"))
    for name, body in chunks:
        if name in _COMPRESSED and (packed := _compressed(name, body)):
            _unpacked([packed], MAX_BESIDE, path)


def _begins_as_svg(head: bytes) -> bool:
    text = head.replace(b"\0", b"").removeprefix(b"\xef\xbb\xbf").removeprefix(b"\xff\xfe").removeprefix(b"\xfe\xff").lstrip().lower()
    return text.startswith(b"<svg") or (text.startswith((b"<?xml", b"<!doctype svg", b"<!--")) and b"<svg" in text)


def _chunks(path: Path, data: bytes) -> Iterator[Chunk]:
    place = len(_SIGNATURE)
    while place + 12 <= len(data):
        length, name = struct.unpack_from(">I4s", data, place)
        end = place + 8 + length
        if not name.isalpha() or not name.isascii() or end + 4 > len(data):
            break
        body = data[place + 8 : end]
        if zlib.crc32(name + body) != struct.unpack_from(">I", data, end)[0]:
            raise _broken(path, msg("its part %(name)s was changed on the way", name=name.decode()))
        yield name, body
        place = end + 4
        if name == b"IEND":
            if place != len(data):
                raise _broken(path, msg("something stands after its end"))
            return
    raise _broken(path, msg("it breaks off"))


def _raw_size(path: Path, header: bytes) -> int:
    """How many bytes the pixels take, each line with the byte of its filter. Raises Refused where the header is none, or asks for too much."""
    if len(header) != struct.calcsize(">IIBBBBB"):
        raise _broken(path, msg("its parts are not in order"))
    width, height, depth, colour, method, filtering, interlaced = struct.unpack(">IIBBBBB", header)
    if depth not in _DEPTHS.get(colour, ()) or method or filtering or interlaced > 1 or not width or not height:
        raise _broken(path, msg("its header says what no picture has"))
    if max(width, height) > MAX_SIDE or width * height > MAX_PIXELS:
        words = {"width": width, "height": height, "limit": MAX_PIXELS // 10**6}
        problem = msg("The picture has %(width)s by %(height)s pixels; at most %(limit)s million are taken.", **words)
        raise refuse("image.size", problem, msg("Save it smaller."), Where(file=str(path)))
    passes = _PASSES if interlaced else ((0, 0, 1, 1),)
    bits = depth * _SAMPLES[colour]
    sizes = [(-((left - width) // across), -((top - height) // down)) for left, top, across, down in passes]
    return sum(rows * (1 + (columns * bits + 7) // 8) for columns, rows in sizes if columns > 0 and rows > 0)


def _unpacked(pieces: Sequence[bytes], limit: int, path: Path) -> int:
    """How many bytes the pieces unpack to, together; they are counted, not kept. Raises Refused beyond the limit."""
    unpacking, size = zlib.decompressobj(), 0
    for piece in pieces:
        rest = piece
        while rest and not unpacking.eof:
            try:
                size += len(unpacking.decompress(rest, _PIECE))
            except zlib.error as error:
                raise _broken(path, msg("its pixels can't be unpacked")) from error
            rest = unpacking.unconsumed_tail
            if size > limit:
                raise _broken(path, msg("it unpacks to more than it says"))
    if not unpacking.eof:
        raise _broken(path, msg("it breaks off"))
    return size


def _compressed(name: bytes, body: bytes) -> bytes:
    """The compressed part of a text or a colour profile; empty where there is none."""
    keyword, _, rest = body.partition(b"\0")
    if not keyword or not rest:
        return b""
    if name != b"iTXt":
        return rest[1:]
    return rest[2:].split(b"\0", 2)[-1] if rest[:1] == b"\1" else b""


def _broken(path: Path, problem: Message) -> Refused:
    hint = msg("Open the picture and save it again as PNG.")
    return refuse("image.damaged", msg("This PNG picture is not accepted: %(problem)s.", problem=problem), hint, Where(file=str(path)))
