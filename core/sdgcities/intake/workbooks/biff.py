"""The records of an .xls: how far its sheets reach and what their cells are, before any program makes room for them."""

from __future__ import annotations

import struct
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import accumulate
from pathlib import Path

from sdgcities.errors import refuse
from sdgcities.findings import Message, Where, msg
from sdgcities.intake.files import read_bytes
from sdgcities.intake.workbooks.ole import BrokenContainer, Container
from sdgcities.intake.workbooks.survey import MAX_TEXTS, Survey, cell_name, texts_too_large

_ERRORS = {0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A"}
_BOF, _SHEET, _LOCKED, _FORMAT, _XF, _DIMENSIONS = 0x0809, 0x0085, 0x002F, 0x041E, 0x00E0, 0x0200
_FORMULA, _MANY, _BOOL_OR_ERROR = 0x0006, 0x00BD, 0x0205
_LABEL, _TEXTS, _MORE = 0x00FD, 0x00FC, 0x003C
_CELLS = {0x0203, 0x027E, _LABEL, 0x0204, _BOOL_OR_ERROR, _FORMULA, _MANY}
_SINCE_97 = 0x0600
_MOST_ROWS, _MOST_COLUMNS = 65_536, 256
_OTHERS = {
    "encryptedpackage": None,
    "worddocument": msg("a Word document"),
    "powerpoint document": msg("a presentation"),
    "visiodocument": msg("a drawing"),
    "__properties_version1.0": msg("an e-mail"),
}


@dataclass
class Records:
    """What an .xls holds beside its cells."""

    sheets: dict[str, Survey] = field(default_factory=dict)
    locked: bool = False
    macros: bool = False
    kind: Message | None = None
    """What the file is, where it is no workbook."""


def check_records(path: Path, limit: int) -> Records:
    """The sheets of an .xls. Raises Refused where its sheets reach too far or it is damaged."""
    try:
        container = Container(read_bytes(path, limit))
        names = container.names
        if other := next((name for name in _OTHERS if name in names), None):
            return Records(locked=_OTHERS[other] is None, kind=_OTHERS[other])
        name = next((one for one in ("workbook", "book") if one in names), None)
        if name is None:
            return Records(kind=msg("a file of another program"))
        book = _Book(container.stream(name), str(path))
    except (BrokenContainer, struct.error, KeyError, IndexError) as error:
        problem = msg("The workbook can't be read: %(problem)s.", problem=error.args[0] if isinstance(error, BrokenContainer) else msg("its parts are damaged"))
        raise refuse("workbook.damaged", problem, msg("Open it and save it again."), Where(file=str(path))) from error
    return Records(book.sheets, book.locked, "_vba_project_cur" in names)


class _Book:
    def __init__(self, data: bytes, file: str) -> None:
        self.sheets, self.locked = dict[str, Survey](), False
        self._file, self._data = file, data
        self._starts, self._old = dict[int, str](), False
        self._formats, self._percents = {9, 10}, list[bool]()
        self._texts, self._last, self._labels = list[bytes](), 0, Counter[str]()
        self._walk()

    def _walk(self) -> None:
        sheet: Survey | None = None
        name, depth = "", 0
        for at, kind, body in _records(self._data):
            if kind == _BOF:
                depth += 1
                self._old = struct.unpack_from("<H", body)[0] < _SINCE_97
                name = self._starts.get(at, name)
                sheet = self.sheets.setdefault(name, Survey()) if at in self._starts else sheet
            elif kind == 0x000A:  # noqa: PLR2004 - end of a part
                depth -= 1
                sheet = sheet if depth > 0 else None
            elif kind == _LOCKED:
                self.locked = True
                return  # what follows is not readable
            elif sheet is None:
                self._of_book(kind, body)
            elif kind == _DIMENSIONS:
                self._dimensions(body)
            elif kind in _CELLS:
                self._labels[name] += kind == _LABEL
                self._cell(sheet, kind, body)
        longest = longest_text(self._texts) if self._texts else 0
        for name, survey in self.sheets.items():
            survey.check(self._file, name)
            if self._labels[name] * longest * 2 > MAX_TEXTS:
                raise texts_too_large(self._file, name)

    def _of_book(self, kind: int, body: bytes) -> None:
        if kind == _SHEET:
            start, _, length, wide = struct.unpack_from("<IHBB", body)
            text = body[7:] if self._old else body[8:]
            wide = wide & 1 and not self._old
            self._starts[start] = (text[: length * 2].decode("utf-16-le", "replace") if wide else text[:length].decode("latin-1")).replace("\0", "")
        elif kind == _TEXTS or (kind == _MORE and self._last == _TEXTS):
            self._texts.append(body)
            kind = _TEXTS
        elif kind == _FORMAT and b"%" in body:
            self._formats.add(struct.unpack_from("<H", body)[0])
        elif kind == _XF:
            self._percents.append(struct.unpack_from("<H", body, 2)[0] in self._formats)
        self._last = kind

    def _dimensions(self, body: bytes) -> None:
        """A program makes room for what is said here, before there is a cell."""
        first_row, last_row, first, last = struct.unpack_from("<IIHH", body) if len(body) >= 14 else struct.unpack_from("<HHHH", body)  # noqa: PLR2004 - sizes of the record
        if last_row > _MOST_ROWS or last > _MOST_COLUMNS or first_row > last_row or first > last:
            raise BrokenContainer(msg("a sheet says that it is larger than any can be"))

    def _cell(self, sheet: Survey, kind: int, body: bytes) -> None:
        row, column, style = struct.unpack_from("<HHH", body)
        styles = [style]
        if kind == _MANY:
            styles = [struct.unpack_from("<H", body, at)[0] for at in range(4, len(body) - 6, 6)]
        sheet.reach(row + 1, column + len(styles))
        sheet.percent.update((row + 1, column + at) for at, one in enumerate(styles) if one < len(self._percents) and self._percents[one])
        if kind == _FORMULA:
            sheet.formulas.setdefault(row + 1, cell_name(row + 1, column))
            if body[12:14] == b"\xff\xff" and body[6] == 2:  # noqa: PLR2004 - an error
                sheet.fault(row + 1, column, _ERRORS.get(body[8], "#N/A"))
        elif kind == _BOOL_OR_ERROR and body[7]:
            sheet.fault(row + 1, column, _ERRORS.get(body[6], "#N/A"))


def longest_text(parts: list[bytes]) -> int:
    """How many characters the longest of the texts has that cells refer to by number; a text may go on in the next part."""
    data, ends, longest, at = b"".join(parts), list(accumulate(map(len, parts))), 0, 8
    while at + 3 <= len(data):
        left, flags = struct.unpack_from("<HB", data, at)
        longest, at = max(longest, left), at + 3
        beside = 0
        if flags & 8:
            beside += 4 * int(struct.unpack_from("<H", data, at)[0])
            at += 2
        if flags & 4:
            beside += int(struct.unpack_from("<I", data, at)[0])
            at += 4
        while left and at < len(data):
            width, end = 1 + (flags & 1), ends[bisect_right(ends, at)]
            here = min(left, (end - at) // width)
            left, at = left - here, at + here * width
            if left:
                at = end
                flags = data[at] if at < len(data) else 0
                at += 1
        at += beside
    return longest


def _records(data: bytes) -> Iterator[tuple[int, int, bytes]]:
    at = 0
    while at + 4 <= len(data):
        kind, size = struct.unpack_from("<HH", data, at)
        yield at, kind, data[at + 4 : at + 4 + size]
        at += 4 + size
