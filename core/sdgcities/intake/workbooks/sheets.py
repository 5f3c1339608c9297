"""The XML of a sheet of an .xlsx, read in pieces and before any program makes room for its cells."""

from __future__ import annotations

import re
from array import array
from html import unescape

from sdgcities.intake.files import MEGABYTE
from sdgcities.intake.workbooks.survey import Survey, cell_name, column_number

MAX_ROW = 32 * MEGABYTE

_PLAIN = bytes.maketrans(b"\t\r\n'", b'   "')
"""Attributes as nearly every program writes them: one blank between, double quotation marks."""
_LETTERS, _DIGITS = re.compile(rb' r="([A-Za-z]+)'), re.compile(rb' r="[A-Za-z]*([0-9]+)')
_SPACED = re.compile(rb' r\s*=\s*"([A-Za-z]*)([0-9]*)')
_START = re.compile(rb"<(?:\w{1,30}:)?c[ />]")
_FORMULA = re.compile(
    rb"<(?:\w{1,30}:)?c( [^<>]{0,300})>\s*<(?:\w{1,30}:)?f(?: [^<>]{0,300}?)?(?:/>|>([^<]*)</(?:\w{1,30}:)?f>)\s*(?:<(?:\w{1,30}:)?v>([^<]*)<)?"
)
_ERROR = re.compile(rb"<(?:\w{1,30}:)?c( [^<>]{0,300})>\s*(?:<(?:\w{1,30}:)?f(?: [^<>]{0,300}?)?(?:/>|>[^<]*</(?:\w{1,30}:)?f>))?\s*<(?:\w{1,30}:)?v>([^<]*)<")
_OTHER_BOOK = re.compile(r"\[\d+\][^'!\[\]]{0,255}'?!")
_SHARED, _TEXT = re.compile(rb"<(?:\w{1,30}:)?sst[ >]"), re.compile(rb"<(?:\w{1,30}:)?si[ />]")
_NUMBERED = re.compile(rb't="s"[^<>]{0,300}>\s*<(?:\w{1,30}:)?v>(\d{1,9})<')
_UNNUMBERED = re.compile(rb't="s"[^<>]{0,300}>\s*<(?:\w{1,30}:)?v>(?!\d{0,9}<)')
_EMPTY = ("", "0")


class Sheet:
    """One part of the package, of which only its reading tells whether it is a sheet."""

    def __init__(self, percents: frozenset[bytes], computed_on_load: bool) -> None:  # noqa: FBT001 - two facts of the book
        self.survey, self.is_one, self.texts = Survey(), False, 0
        self.nowhere = False
        """Whether a cell with a formula or an error does not say its place."""
        self.unnumbered = False
        """Whether a cell refers to a text without its number: the reader would put the first of the texts there."""
        self._computed_on_load, self._rest, self._nameless_rows = computed_on_load, b"", 0
        self._percent = re.compile(rb'<(?:\w{1,30}:)?c(?= [^<>]{0,300} s="(?:' + b"|".join(sorted(percents)) + rb')")( [^<>]{0,300})>') if percents else None

    def read(self, piece: bytes) -> None:
        """Take in the next piece. Rows are looked at whole."""
        piece = self._rest + piece
        self.is_one = self.is_one or b"sheetData" in piece
        if not self.is_one:
            self._rest = piece[-16:]
            return
        cut = max(piece.rfind(b"</row>"), piece.rfind(b":row>"))
        if cut < 0 and len(piece) < MAX_ROW:
            self._rest = piece
            return
        cut = cut if cut >= 0 else len(piece)
        self._rows(piece[:cut].translate(_PLAIN))
        self._rest = piece[cut:]

    def finish(self) -> Survey:
        """What was found when all of it was read."""
        self._rows(self._rest.translate(_PLAIN))
        self._rest = b""
        return self.survey

    def _rows(self, rows: bytes) -> None:
        self._reach(rows)
        self.texts += rows.count(b't="s"')
        self.unnumbered = self.unnumbered or bool(_UNNUMBERED.search(rows))
        if b't="e"' in rows:
            self._errors(rows)
        if b"<f" in rows or b":f" in rows:
            self._formulas(rows)
        if self._percent:
            self.survey.percent.update(place for found in self._percent.findall(rows) if (place := _place(found)))

    def _reach(self, rows: bytes) -> None:
        """How far the rows reach; where cells don't say their place, they are counted."""
        spaced = b" r =" in rows or b" r= " in rows or b"r  " in rows
        places = _SPACED.findall(rows) if spaced else []
        letters = [one for one, _ in places if one] if spaced else _LETTERS.findall(rows)
        digits = {two for _, two in places if two} if spaced else set(_DIGITS.findall(rows))
        columns = max(map(column_number, set(letters)), default=0)
        named = rows.count(b"<c ") + rows.count(b"<c>") + rows.count(b"<c/")
        if named != len(letters) or b":c" in rows:
            columns = max(columns, *(len(_START.findall(row)) for row in rows.split(b"row")))
        self._nameless_rows += rows.count(b"<row") + rows.count(b":row ") + rows.count(b":row>")
        self.survey.reach(max((int(one[:12]) for one in digits), default=0), columns)
        if self._nameless_rows > self.survey.rows:
            self.survey.reach(self._nameless_rows, columns)

    def _formulas(self, rows: bytes) -> None:
        for attributes, formula, result in _FORMULA.findall(rows):
            place = _place(attributes)
            self.nowhere = self.nowhere or place is None
            if place:
                row, column = place
                self.survey.formulas.setdefault(row, cell_name(row, column))
                text = unescape(formula.decode("utf-8", "replace"))
                if _OTHER_BOOK.search(text):
                    self.survey.linked.append(cell_name(row, column))
                if self._unsaved(attributes, result.strip().decode("ascii", "replace")):
                    self.survey.fault(row, column, f"={text}")

    def _unsaved(self, attributes: bytes, result: str) -> bool:
        """Whether nothing was ever worked out for a formula: libraries leave its result empty or 0, and the next program to open the book works it out."""
        return b' t="str"' not in attributes and (not result or (self._computed_on_load and result in _EMPTY))

    def _errors(self, rows: bytes) -> None:
        for attributes, word in _ERROR.findall(rows):
            if b' t="e"' in attributes:
                place = _place(attributes)
                self.nowhere = self.nowhere or place is None
                if place:
                    self.survey.fault(*place, unescape(word.decode("utf-8", "replace")).strip() or "#N/A")


class SharedTexts:
    """The texts that cells refer to by number: a small file can repeat a long one in a million cells."""

    def __init__(self) -> None:
        self.lengths, self._is_one, self._rest = array("L"), False, b""

    def read(self, piece: bytes, first: bool) -> None:  # noqa: FBT001 - a part begins
        """Take in the next piece of a part of the package."""
        self._is_one = bool(_SHARED.search(piece[:2000])) if first else self._is_one
        if self._is_one:
            *done, self._rest = _TEXT.split(self._rest + piece)
            self.lengths.extend(map(len, done))

    def size(self, sheets: bytes) -> int:
        """How many bytes the texts of all cells have, each as often as it stands there."""
        lengths = [*self.lengths[1:], len(self._rest)]
        most = max(lengths)
        return sum(lengths[number] if (number := int(text)) < len(lengths) else most for text in _NUMBERED.findall(sheets))

    @property
    def longest(self) -> int:
        """The size of the longest of them."""
        return max(max(self.lengths, default=0), len(self._rest))


def _place(attributes: bytes) -> tuple[int, int] | None:
    found = re.search(rb' r ?= ?"([A-Za-z]{1,3})([0-9]{1,7})"', attributes)
    return (int(found[2]), column_number(found[1]) - 1) if found else None


def percent_styles(styles: bytes) -> frozenset[bytes]:
    """The numbers of the cell formats that show a number times a hundred with a % behind it."""
    document = styles.translate(_PLAIN)
    codes = {b"9", b"10"}
    for tag in re.findall(rb"<(?:\w{1,30}:)?numFmt( [^<>]*)>", document):
        number, code = re.search(rb' numFmtId="(\d{1,9})"', tag), re.search(rb' formatCode="([^"]*)"', tag)
        if number and code and "%" in re.sub(r'"[^"]*"|\\.|\[[^\]]*\]', "", unescape(code[1].decode("utf-8", "replace"))):
            codes.add(number[1])
    formats = re.search(rb"<(?:\w{1,30}:)?cellXfs\b.*?</(?:\w{1,30}:)?cellXfs>", document, re.DOTALL)
    ids = re.findall(rb'<(?:\w{1,30}:)?xf(?= [^<>]*? ?numFmtId="(\d{1,9})")', formats[0]) if formats else []
    return frozenset(str(number).encode() for number, code in enumerate(ids) if code in codes)
