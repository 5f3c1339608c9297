"""The content of an .ods, read in pieces and before any program repeats a cell or a row as often as the file says."""

from __future__ import annotations

import re
from html import unescape

from sdgcities.errors import refuse
from sdgcities.findings import Where, msg
from sdgcities.intake.files import MEGABYTE
from sdgcities.intake.workbooks.survey import Survey, cell_name

MAX_ROW = 32 * MEGABYTE

_TOKEN = re.compile(
    rb"""<(/?)table:(table-row|table-cell|covered-table-cell|table)(?=[\s/>])((?:[^<>"']++|"[^"<]*+"|'[^'<]*+')*+)>""",
)
_ATTRIBUTE = re.compile(rb"""([\w:-]{1,60})\s*=\s*(?:"([^"<]*)"|'([^'<]*)')""")
_TEXT = re.compile(rb"<text:p[^<>]{0,200}>([^<]{0,200})")
_ERROR = re.compile(r"#(DIV/0!|N/A|NAME\?|NULL!|NUM!|REF!|VALUE!)|Err:\d{3}")
_ROW_END = b"</table:table-row>"
_ASIDES = ((b"<!--", b"-->"), (b"<![CDATA[", b"]]>"))


class Content:
    """The sheets of the document, in their order."""

    def __init__(self) -> None:
        self._sheets = dict[str, Survey]()
        self._sheet, self._name, self._rest = Survey(), "", b""
        self._row = self._column = self._filled = 0
        self._repeated = 1
        self._faults = dict[int, str]()

    def read(self, piece: bytes, file: str) -> None:
        """Take in the next piece. Rows are looked at whole. Raises Refused where a sheet reaches too far."""
        piece, closed = _without_asides(self._rest + piece)
        cut = piece.rfind(_ROW_END) if closed else -1
        if cut < 0:
            if len(piece) > MAX_ROW:
                raise refuse("workbook.cells", msg("A row of a sheet has more than %(n)s MB.", n=MAX_ROW // MEGABYTE), None, Where(file=file))
            self._rest = piece
            return
        cut += len(_ROW_END)
        self._rest = piece[cut:]
        self._tokens(piece[:cut], file)

    def finish(self, file: str) -> dict[str, Survey]:
        """The sheets by name, when all was read."""
        self._tokens(self._rest, file)
        self._rest = b""
        return self._sheets

    def _tokens(self, piece: bytes, file: str) -> None:
        for token in _TOKEN.finditer(piece):
            end, name, attributes = token.groups()
            alone = attributes.endswith(b"/")
            if name == b"table":
                self._table(attributes, bool(end))
            elif name == b"table-row":
                if not end:
                    self._column = self._filled = 0
                    self._repeated = _count(attributes, b"table:number-rows-repeated")
                if end or alone:
                    self._row_ends(file)
            elif not end:
                self._cell(attributes, alone, piece[token.end() : token.end() + 600])

    def _table(self, attributes: bytes, end: bool) -> None:  # noqa: FBT001 - a tag begins or ends
        if not end:
            self._name = _attributes(attributes).get("table:name", "")
            self._sheet = self._sheets.setdefault(self._name, Survey())
            self._row = 0

    def _row_ends(self, file: str) -> None:
        first, self._row = self._row + 1, self._row + self._repeated
        if self._filled:
            self._sheet.reach(self._row, self._filled)
            self._sheet.check(file, self._name)
        if self._faults:
            self._sheet.faults.update(dict.fromkeys(range(first, self._row + 1), self._faults))  # a million rows share one
            self._faults = {}

    def _cell(self, attributes: bytes, alone: bool, after: bytes) -> None:  # noqa: FBT001 - a cell has content or not
        column = self._column
        repeated = _count(attributes, b"table:number-columns-repeated")
        self._column += repeated
        empty = alone or after.startswith((b"</table:table-cell", b"</table:covered-table-cell"))
        if empty and b"value" not in attributes and b"formula" not in attributes and b"spanned" not in attributes:
            return
        self._filled = self._column
        row = self._row + 1
        if b"formula" in attributes or b"spanned" in attributes or b"percentage" in attributes or b"error" in attributes:
            self._remarkable(row, column, min(repeated, 20_000), _attributes(attributes), after)

    def _remarkable(self, row: int, column: int, repeated: int, found: dict[str, str], after: bytes) -> None:
        columns = range(column, column + repeated)
        down, across = (_whole(found.get(f"table:number-{side}-spanned", "")) for side in ("rows", "columns"))
        if down > 1 or across > 1:
            self._sheet.merged.append((row, column, row + down - 1, column + across - 1))
        if found.get("office:value-type") == "percentage":
            self._sheet.percent.update((row, at) for at in columns)
        formula = found.get("table:formula", "")
        if formula:
            self._sheet.formulas.setdefault(row, cell_name(row, column))
        if "'file:" in formula:
            self._sheet.linked.append(cell_name(row, column))
        if text := _fault(found, formula, after):
            self._faults.update(dict.fromkeys(columns, text))


def _fault(found: dict[str, str], formula: str, after: bytes) -> str:
    """What a person sees in a cell that has no figure: the word of an error, or a formula that nothing was worked out for."""
    shown = _TEXT.match(after)
    word = unescape(shown[1].decode("utf-8", "replace")).strip() if shown else ""
    if found.get("calcext:value-type") == "error" or (formula and _ERROR.fullmatch(word)):
        return word or "#N/A"
    valued = any(name.endswith("-value") or name == "office:value" for name in found)
    if formula and not valued and not (found.get("office:value-type") == "string" and shown):
        return "=" + formula.partition("=")[2]
    return ""


def _without_asides(piece: bytes) -> tuple[bytes, bool]:
    """The piece without comments and the like, in which nothing is a cell; and whether each of them ends in it."""
    for begin, end in _ASIDES:
        kept, at = list[bytes](), 0
        while (start := piece.find(begin, at)) >= 0:
            stop = piece.find(end, start)
            if stop < 0:
                return b"".join([*kept, piece[at:]]), False
            kept.append(piece[at:start])
            at = stop + len(end)
        piece = b"".join([*kept, piece[at:]]) if kept else piece
    return piece, True


def _count(attributes: bytes, name: bytes) -> int:
    return _whole(_attributes(attributes).get(name.decode(), "")) if name in attributes else 1


def _whole(text: str) -> int:
    return int(text[:12]) if text.isascii() and text.strip().isdigit() else 1


def _attributes(tag: bytes) -> dict[str, str]:
    return {name.decode("ascii", "replace"): unescape((double or single).decode("utf-8", "replace")) for name, double, single in _ATTRIBUTE.findall(tag)}
