"""The rows of a workbook that came back, each tied to its text again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from sdgcities.errors import Refused, refuse
from sdgcities.findings import Finding, Message, Severity, Where, msg
from sdgcities.intake.po import MAX_ENTRIES
from sdgcities.intake.workbook import Workbook
from sdgcities.kit.desk import sheet
from sdgcities.kit.desk.sheet import COLUMNS, Form

if TYPE_CHECKING:
    from babel.messages.catalog import Catalog
    from babel.messages.catalog import Message as Block

_AGAIN = msg("Export the workbook again, and copy your translations into it.")


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its number and its cells by column."""

    number: int
    cells: Mapping[str, str]
    formula: str = ""
    """A cell of it that holds a formula."""

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "")


@dataclass(slots=True)
class Taken:
    """A text and its rows, by plural form."""

    block: Block
    forms: int
    rows: dict[int, Row] = field(default_factory=dict)


def opened(path: Path, plugin: str) -> tuple[Workbook, str]:
    """The workbook and its language. Raises Refused where it is not one that was exported for the plugin."""
    book = Workbook(path)
    where = Where(file=str(path))
    if missing := {sheet.ABOUT, sheet.TEXTS} - set(book.sheets):
        problem = msg("The workbook has no sheet %(name)s: it was not made by sdgcities locale export.", name=max(missing))
        raise refuse("locale.workbook", problem, _AGAIN, where)
    about = {cells[0]: cells[1] for _, cells in book.rows(sheet.ABOUT) if len(cells) > 1}
    if about.get("layout") != sheet.LAYOUT:
        raise refuse("locale.layout", msg("The workbook was made by another version of sdgcities."), _AGAIN, where)
    if about.get("plugin") != plugin:
        problem = msg("The workbook is of the plugin %(theirs)s, not of %(ours)s.", theirs=about.get("plugin", "?"), ours=plugin)
        raise refuse("locale.plugin", problem, msg("Name the plugin it was exported for."), where)
    for name, formulas in book.formulas.items():
        if name != sheet.TEXTS:
            problem = msg("The sheet %(sheet)s holds a formula in the cell %(cell)s.", sheet=name, cell=next(iter(formulas.values())))
            raise refuse("locale.formula", problem, msg("Delete the formula, or the sheet if it is not one of those that were sent."), where)
    return book, about.get("language", "")


def rows_of(book: Workbook, path: Path) -> Iterator[Row]:
    """The filled rows below the names of the columns. Raises Refused where a column is missing or there are far too many rows."""
    names: list[str] = []
    formulas = book.formulas.get(sheet.TEXTS, {})
    for number, cells in book.rows(sheet.TEXTS):
        if not names:
            names = [cell.strip() for cell in cells]
            if missing := [name for name in COLUMNS if name not in names]:
                problem = msg("Columns are missing: %(names)s.", names=", ".join(missing))
                raise refuse("locale.columns", problem, _AGAIN, Where(file=str(path), sheet=sheet.TEXTS, row=number))
        elif number > MAX_ENTRIES:
            problem = msg("The sheet has more than %(limit)s rows.", limit=MAX_ENTRIES)
            raise refuse("locale.rows", problem, msg("Delete the rows that are no texts of the plugin."), Where(file=str(path), sheet=sheet.TEXTS))
        elif number in formulas or any(cell.strip() for cell in cells):
            texts = {name: sheet.cleaned(cell) for name, cell in zip(names, cells, strict=False) if name in COLUMNS}
            yield Row(number, texts, formulas.get(number, ""))
    if not names:
        raise refuse("locale.columns", msg("The sheet is empty."), _AGAIN, Where(file=str(path), sheet=sheet.TEXTS))


class Texts:
    """The texts of a catalogue as rows name them: by key, or by their English wording where a row lost its key."""

    def __init__(self, catalogue: Catalog, language: str) -> None:
        self._by_key: dict[str, tuple[Block, Form, int]] = {}
        for block in catalogue:
            forms = sheet.forms_of(block, language) if block.id else []
            self._by_key |= {sheet.key_of(block, form.index): (block, form, len(forms)) for form in forms}

    def taken(self, rows: Iterator[Row], path: Path) -> tuple[dict[str, Taken], list[Finding]]:
        """The rows of each text, and those that are no text's."""
        found: dict[str, Taken] = {}
        refused: list[Finding] = []
        for row in rows:
            try:
                self._take(row, found, path)
            except Refused as error:
                refused += error.findings
        return found, refused

    def _take(self, row: Row, found: dict[str, Taken], path: Path) -> None:
        if row.formula:
            problem = msg("The cell %(cell)s holds a formula.", cell=row.formula)
            raise _refused(path, row, None, problem, msg("Write the translation itself: copy the column, and paste it as text."))
        known = self._by_key.get(row[sheet.KEY].strip()) or self._worded(row)
        if known is None:
            problem = msg("This is not, or no longer, a text of the plugin: “%(text)s”.", text=row[sheet.TEXT])
            raise _refused(path, row, sheet.TEXT, problem, msg("Take the row out, or export the workbook again."))
        block, form, count = known
        if not sheet.same_wording(row[sheet.TEXT], form.english):
            problem = msg("The English text was changed; it is: “%(text)s”.", text=form.english)
            raise _refused(path, row, sheet.TEXT, problem, msg("Write the English text back; a better wording belongs into the plugin's files."))
        taken = found.setdefault(sheet.key_of(block, 0), Taken(block, count))
        if (before := taken.rows.setdefault(form.index, row)) is not row and before[sheet.TRANSLATION] != row[sheet.TRANSLATION]:
            problem = msg("The text stands in row %(row)s too, with another translation.", row=before.number)
            raise _refused(path, row, sheet.TRANSLATION, problem, msg("Keep one of the two."))

    def _worded(self, row: Row) -> tuple[Block, Form, int] | None:
        number = row[sheet.FORM].strip() or "1"
        alike = (one for one in self._by_key.values() if str(one[1].index + 1) == number and sheet.same_wording(one[1].english, row[sheet.TEXT]))
        return next(alike, None) if row[sheet.TEXT].strip() and not row[sheet.KEY].strip() else None


def _refused(path: Path, row: Row, column: str | None, problem: Message, hint: Message) -> Refused:
    return Refused([finding_at(path, row, column, problem, hint)])


def finding_at(path: Path, row: Row, column: str | None, problem: Message, hint: Message) -> Finding:
    """What is wrong in a cell, or in a whole row."""
    where = Where(file=str(path), sheet=sheet.TEXTS, row=row.number, column=column)
    return Finding("locale.row", Severity.BLOCK, problem, hint, where)
