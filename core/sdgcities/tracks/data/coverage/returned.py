"""A sheet for gaps as it came back: what it is, what was typed into it, and what was changed that should not have been."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from pathlib import Path

from sdgcities.errors import Refused, refuse
from sdgcities.findings import Finding, Message, Severity, Where, msg
from sdgcities.intake.workbook import Workbook, is_workbook
from sdgcities.tracks.data.coverage.sheet import ABOUT, COLUMNS, LAYOUT, LOCKED, OPEN, About, Line

POINT = "\N{DECIMAL SEPARATOR KEY SYMBOL}"
"""What stands for the decimal point of a cell that holds a number: so it can be told from a text in which a person typed one."""
ANEW = msg("Write a new one: sdgcities data gaps CITY --xlsx FILE.")


@dataclass(frozen=True, slots=True)
class Entered:
    """A row as it came back. `cells` are the open ones; of `value` a number has POINT before its decimals. `percent`: it shows a number times a hundred."""

    row: int
    line: Line
    cells: Mapping[str, str]
    percent: bool


@dataclass(frozen=True, slots=True)
class Returned:
    """The whole workbook. `headers` are those of the sheet, for findings; `number` is which sheet it is."""

    path: Path
    about: About
    number: int
    headers: Mapping[str, str]
    rows: tuple[Entered, ...]
    findings: tuple[Finding, ...]

    def where(self, row: int, column: str = "") -> Where:
        """The place of a row and one of the columns."""
        return Where(file=str(self.path), sheet=self.about.sheet, row=row, column=self.headers.get(column, column) or None)


def is_gap_sheet(path: Path) -> bool:
    """Whether a file is a workbook that was written to be filled in with a city's gaps."""
    try:
        return is_workbook(path) and ABOUT in (book := Workbook(path)).sheets and dict(_pairs(_cells(book, ABOUT))).get("form_version") is not None
    except Refused:
        return False


def read_back(path: Path) -> Returned:
    """Read a workbook. Refused where it is none of ours, or what it says of itself was changed."""
    book = Workbook(path)
    about = _about(book, path)
    if about.sheet not in book.sheets:
        raise refuse("gaps.sheet", msg("The sheet %(sheet)s is missing.", sheet=about.sheet), ANEW, Where(file=str(path)))
    reading = _Reading(book, path, about)
    rows = tuple(reading.rows())
    return Returned(path, about, reading.number, reading.headers, rows, tuple(reading.findings))


def _cells(book: Workbook, sheet: str) -> list[list[str]]:
    return [row for _, row in book.rows(sheet)]


def _pairs(rows: Sequence[Sequence[str]]) -> Iterator[tuple[str, str]]:
    for row in rows:
        if not any(row[:1]):
            return
        yield row[0], row[1] if len(row) > 1 else ""


def _about(book: Workbook, path: Path) -> About:
    where = Where(file=str(path))
    rows = _cells(book, ABOUT) if ABOUT in book.sheets else []
    said = dict(_pairs(rows))
    if not {"layout", "city", "digest"} <= said.keys():
        raise refuse(
            "gaps.kind",
            msg("This workbook was not written by: sdgcities data gaps CITY --xlsx FILE."),
            msg("For a file of an office: sdgcities data import FILE."),
            where,
        )
    if said["layout"] != LAYOUT:
        raise refuse("gaps.layout", msg("The workbook was written by another release and can't be read any more."), ANEW, where)
    names = [field.name for field in fields(Line)]
    first = next((number for number, row in enumerate(rows) if row[: len(names)] == names), len(rows))
    lines = [Line(*(cells + [""] * len(names))[: len(names)]) for cells in rows[first + 1 :]]
    reasons = {row[3]: row[4] for row in rows[:first] if len(row) > 4 and row[3]}  # noqa: PLR2004 - words and codes stand in the fourth and fifth column
    about = About(said.get("hub", ""), said["city"], said.get("form_version", ""), said.get("sheet", ""), reasons, lines)
    if about.digest != said["digest"]:
        raise refuse("gaps.digest", msg("The hidden sheet of the workbook was changed: it can't be told what it was."), ANEW, where)
    return about


class _Reading:
    """The sheet with the gaps, row by row."""

    def __init__(self, book: Workbook, path: Path, about: About) -> None:
        self._book, self._path, self._about = book, path, about
        self.number = book.sheets.index(about.sheet) + 1
        self.headers: dict[str, str] = {}
        self.findings: list[Finding] = []

    def rows(self) -> Iterator[Entered]:
        """The rows of the gaps; what else stands there is told."""
        lines, seen = {line.code: line for line in self._about.lines}, set[str]()
        percent = self._book.percent(self._about.sheet)
        for number, texts in self._book.rows(self._about.sheet, POINT):
            cells = dict(zip(COLUMNS, (text.strip() for text in (*texts, *[""] * len(COLUMNS))), strict=False))
            if number == 1:
                self.headers = cells
            elif any(cells.values()):
                line = lines.get(cells["code"])
                if line is None or line.code in seen:
                    self._strange(number, cells["code"], twice=line is not None)
                    continue
                seen.add(line.code)
                self._compare(number, line, cells)
                entered = {name: cells[name] if name == "value" else cells[name].replace(POINT, ".") for name in OPEN}
                yield Entered(number, line, entered, (number, COLUMNS.index("value")) in percent)
        for code in [code for code in lines if code not in seen]:
            where = Where(file=str(self._path), sheet=self._about.sheet)
            self.findings.append(
                Finding("gaps.row-gone", Severity.NOTE, msg("The row of %(code)s is gone: it stays as it is on record.", code=code), None, where)
            )

    def _strange(self, number: int, code: str, *, twice: bool) -> None:
        problem = msg("%(code)s has two rows.", code=code) if twice else msg("“%(code)s” is no indicator of this sheet.", code=code)
        self._add(number, "code", "gaps.row", problem, msg("Take the row out; a further indicator needs a sheet or an import of its own."))

    def _compare(self, number: int, line: Line, cells: Mapping[str, str]) -> None:
        for name in LOCKED:
            if _folded(cells[name].replace(POINT, ".")) != _folded(getattr(line, name)):
                hint = msg("It was: %(text)s. Locked cells say what is asked; put it back.", text=getattr(line, name) or "-")
                self._add(number, name, "gaps.locked", msg("A locked cell was changed."), hint)

    def _add(self, row: int, column: str, code: str, message: Message, hint: Message) -> None:
        place = Where(file=str(self._path), sheet=self._about.sheet, row=row, column=self.headers.get(column, column))
        self.findings.append(Finding(code, Severity.BLOCK, message, hint, place))


def _folded(text: str) -> str:
    """What spreadsheets change by themselves does not count: blanks and line breaks."""
    return " ".join(text.replace("_x000D_", " ").split())
