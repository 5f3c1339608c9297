"""The container of older Office files (.xls, and workbooks locked by a password): streams that are chains of sectors."""

from __future__ import annotations

import struct
from itertools import islice

from sdgcities.findings import msg

_HEAD, _ENTRY = 512, 128
_LAST = 0xFFFFFFFA
"""Sector numbers from here on mean the end of a chain, or none."""
_SHORT = 4096
_CIRCLE = msg("its parts refer to places that do not exist")
_IN_HEAD = 109
_SIZES, _SMALL_SIZES = range(7, 16), range(4, 10)
"""Of sectors, as powers of two: 512 bytes and 64 in nearly every file."""


class BrokenContainer(ValueError):
    """The chains of sectors lead nowhere."""


class Container:
    """The streams of a container by name. Raises BrokenContainer."""

    def __init__(self, data: bytes) -> None:
        if len(data) < _HEAD:
            raise BrokenContainer(msg("the file is cut off"))
        self._data = data
        if self._number("<H", 30) not in _SIZES or self._number("<H", 32) not in _SMALL_SIZES:
            raise BrokenContainer(_CIRCLE)
        self._sector, self._short = 1 << self._number("<H", 30), 1 << self._number("<H", 32)
        self._table = self._sector_table()
        directory = self._chain(self._number("<I", 48))
        self._chain(self._number("<I", 60))
        self._entries = dict(filter(None, map(_entry, (directory[at : at + _ENTRY] for at in range(0, len(directory) - _ENTRY + 1, _ENTRY)))))

        for start, size in self._entries.values():
            if size >= _SHORT:
                _follow(start, self._table)  # whoever reads it goes along it, and must come to its end

    @property
    def names(self) -> frozenset[str]:
        """Of all streams and storages."""
        return frozenset(self._entries)

    def stream(self, name: str) -> bytes:
        """The content of a stream of this name, in small letters."""
        start, size = self._entries[name]
        return self._chain(start)[:size] if size >= _SHORT else self._small(start, size)

    def _small(self, start: int, size: int) -> bytes:
        """Short streams stand in sectors of their own, within the stream of the root."""
        root = self._chain(self._entries["root entry"][0])
        links = self._chain(self._number("<I", 60))
        table = struct.unpack(f"<{len(links) // 4}I", links[: len(links) // 4 * 4])
        found = [root[at * self._short : (at + 1) * self._short] for at in _follow(start, table)]
        return b"".join(found)[:size]

    def _number(self, form: str, at: int) -> int:
        return int(struct.unpack_from(form, self._data, at)[0])

    def _read(self, number: int) -> bytes:
        start = (number + 1) * self._sector
        if start >= len(self._data):
            raise BrokenContainer(msg("the file is cut off"))
        return self._data[start : start + self._sector]

    def _chain(self, start: int) -> bytes:
        return b"".join(map(self._read, _follow(start, self._table)))

    def _sector_table(self) -> tuple[int, ...]:
        """Which sector follows upon which."""
        blocks = list(struct.unpack_from(f"<{_IN_HEAD}I", self._data, 76))
        following, per = self._number("<I", 68), self._sector // 4
        most = len(self._data) // self._sector + 1
        while following < _LAST:
            if len(blocks) > most + _IN_HEAD + per:
                raise BrokenContainer(_CIRCLE)
            words = _words(self._read(following), per)
            blocks += words[:-1]
            following = words[-1]
        table: list[int] = []
        for block in islice((one for one in blocks if one < _LAST), most // per + 2):
            table += _words(self._read(block), per)
        return tuple(table)


def _words(sector: bytes, count: int) -> list[int]:
    return list(struct.unpack(f"<{count}I", sector.ljust(count * 4, b"\xff")))


def _follow(start: int, table: tuple[int, ...]) -> list[int]:
    """The sectors of a chain. A chain longer than there are sectors goes round in a circle."""
    found = list[int]()
    while start < _LAST:
        if start >= len(table) or len(found) > len(table):
            raise BrokenContainer(_CIRCLE)
        found.append(start)
        start = table[start]
    return found


def _entry(data: bytes) -> tuple[str, tuple[int, int]] | None:
    length = struct.unpack_from("<H", data, 64)[0]
    if not data[66] or not 2 <= length <= 64:  # noqa: PLR2004 - of a name, with its end
        return None
    name = data[: length - 2].decode("utf-16-le", "replace").lower()
    return name, struct.unpack_from("<II", data, 116)
