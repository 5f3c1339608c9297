"""LZW as TIFF packs with it: codes of 9 to 12 bits, the highest bit first."""

from __future__ import annotations

_CLEAR, _END, _FIRST = 256, 257, 258
_SHORTEST, _LONGEST = 9, 12


def unpacked(packed: bytes, limit: int) -> bytes:
    """The bytes that were packed, at most `limit` and the end of the last run. Raises IndexError where the codes make no sense."""
    found = bytearray()
    table: list[bytes] = []
    before = b""
    held, bits, width = 0, 0, _SHORTEST
    for byte in packed:
        held, bits = held << 8 | byte, bits + 8
        if bits < width:
            continue
        bits -= width
        code = held >> bits
        held &= (1 << bits) - 1
        if code == _END or len(found) >= limit:
            break
        if code == _CLEAR:
            table, before, width = [bytes((value,)) for value in range(_CLEAR)] + [b"", b""], b"", _SHORTEST
            continue
        run = table[code] if code < len(table) else before + before[:1]
        if code > len(table) or not run:
            raise IndexError(code)
        found += run
        if before:
            table.append(before + run[:1])
            if len(table) + 1 >= 1 << width and width < _LONGEST:
                width += 1
        before = run
    return bytes(found)
