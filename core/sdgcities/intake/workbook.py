"""Workbooks of spreadsheets (.xlsx, .xls, .ods), cell by cell as text: limited in size, sheets, rows and columns before they are opened."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from sdgcities.errors import Refused, refuse
from sdgcities.findings import Finding, Message, Severity, Where, msg
from sdgcities.intake.files import MEGABYTE, check_file, opened
from sdgcities.intake.kinds import BINARY, PACKED, kind_of
from sdgcities.intake.workbooks.biff import check_records
from sdgcities.intake.workbooks.cells import Scalar, as_text, as_texts
from sdgcities.intake.workbooks.package import LOCKED, broken, check_package
from sdgcities.intake.workbooks.survey import Place, Survey, Surveys, cell_name

if TYPE_CHECKING:
    from python_calamine import CalamineSheet, CalamineWorkbook

__all__ = ["MAX_BYTES", "Scalar", "Workbook", "as_text", "is_workbook", "no_workbook"]

MAX_BYTES = 64 * MEGABYTE
_NAMED = 5
_ERRORS = frozenset({"#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!", "#GETTING_DATA"})


class Workbook:
    """The sheets of a workbook. Formulas give the results they had when the file was saved; nothing in it is ever run."""

    def __init__(self, path: Path) -> None:
        check_file(path, MAX_BYTES)
        self._path, self._where = path, str(path)
        self.macros = False
        """Whether programs stand in the workbook. They are left alone."""
        self.links: tuple[str, ...] = ()
        """The other workbooks that formulas take figures from."""
        self._surveys = self._surveyed()
        self._book = _book(path)
        self._page: tuple[str, CalamineSheet] | None = None
        if any(survey.faults for name, survey in self._surveys.items() if name not in self.sheets):
            raise broken(path, msg("it does not say which of its parts is which sheet"))

    def _surveyed(self) -> Surveys:
        start = _start(self._path)
        if start == PACKED:
            package = check_package(self._path)
            self.macros, self.links = package.macros, package.links
            return package.sheets
        if start != BINARY:
            raise no_workbook(self._path, kind_of(self._path))
        records = check_records(self._path, MAX_BYTES)
        if records.kind:
            raise no_workbook(self._path, records.kind)
        if records.locked:
            raise refuse("workbook.password", *LOCKED, Where(file=self._where))
        self.macros = records.macros
        return records.sheets

    @property
    def sheets(self) -> tuple[str, ...]:
        """The names of the sheets, in their order."""
        return tuple(self._book.sheet_names)

    @property
    def hidden(self) -> tuple[str, ...]:
        """The names of the sheets that a person who opens the workbook does not see."""
        return tuple(one.name for one in self._book.sheets_metadata if not str(one.visible).endswith(".Visible"))

    @property
    def formulas(self) -> Mapping[str, Mapping[int, str]]:
        """Of each sheet that has formulas, the first cell with one in each of its rows."""
        return {name: survey.formulas for name, survey in self._surveys.items() if survey.formulas}

    def rows(self, sheet: str, decimal: str = ".") -> Iterator[tuple[int, list[str]]]:
        """The rows of a sheet with their numbers, from the first on; `decimal` is the mark that numbers are written with.

        A cell with an error reads as its word ("#DIV/0!"), a formula that nothing was worked out for as itself ("=B2+C2"): never as empty or 0.
        """
        page, faults = self._opened(sheet), self.faults(sheet)
        before = [""] * (page.start[1] if page.start else 0)  # the reader leaves out empty columns before the first filled one
        number = 0
        for number, cells in enumerate(page.iter_rows(), start=1):
            row = before + as_texts(cells, decimal) if before else as_texts(cells, decimal)
            yield number, _marked(row, faults[number]) if number in faults else row
        for beyond in sorted(row for row in faults if row > number):
            yield beyond, _marked(list(before), faults[beyond])

    def numeric(self, sheet: str) -> frozenset[int]:
        """The columns of a sheet, from 0, in which a cell holds a number and not a text: leading zeros are lost there."""
        page = self._opened(sheet)
        first = page.start[1] if page.start else 0
        return frozenset(first + place for cells in page.iter_rows() for place, cell in enumerate(cells) if isinstance(cell, (int, float)))

    def faults(self, sheet: str) -> Mapping[int, Mapping[int, str]]:
        """By row, from 1, and column, from 0: the cells that have no figure, and the word that is read for each of them."""
        return self._survey(sheet).faults

    def percent(self, sheet: str) -> frozenset[Place]:
        """The cells, by row from 1 and column from 0, that hold 0.253 and show 25.3 %."""
        return frozenset(self._survey(sheet).percent)

    def merged(self, sheet: str) -> tuple[tuple[int, int, int, int], ...]:
        """The cells joined into one: first row, first column, last row, last column; rows from 1, columns from 0."""
        found = self._opened(sheet).merged_cell_ranges
        ranges = ((top + 1, left, bottom + 1, right) for (top, left), (bottom, right) in found) if found else self._survey(sheet).merged
        return tuple(sorted(ranges))

    def notes(self) -> list[Finding]:
        """What a person should know of the workbook before trusting its figures; nothing of it stops the reading."""
        notes = [self._note("workbook.macros", msg("The workbook holds macros. They were not run."))] if self.macros else []
        unseen = msg("The sheet is hidden: who opens the workbook does not see it.")
        notes += [self._note("workbook.hidden", unseen, name) for name in self.hidden]
        for name, survey in self._surveys.items():
            if survey.linked:
                cells = ", ".join(survey.linked[:_NAMED]) + (" …" if len(survey.linked) > _NAMED else "")
                problem = msg("Formulas take figures from other workbooks (%(cells)s): the figures are those of the last time it was saved.", cells=cells)
                notes.append(self._note("workbook.linked", problem, name))
        return notes

    def _note(self, code: str, problem: Message, sheet: str | None = None) -> Finding:
        return Finding(code, Severity.NOTE, problem, None, Where(file=self._where, sheet=sheet))

    def _survey(self, sheet: str) -> Survey:
        return self._surveys.get(sheet) or Survey()

    def _opened(self, sheet: str) -> CalamineSheet:
        """A sheet, held for the next who asks: a profile looks at it several times."""
        if self._page is None or self._page[0] != sheet:
            self._refuse_unreadable(sheet)
            with _told(self._path):
                self._page = sheet, self._book.get_sheet_by_name(sheet)
        return self._page[1]

    def _refuse_unreadable(self, sheet: str) -> None:
        """An error that the reader has no word for would make it give up the whole sheet without naming the cell."""
        for row, cells in self.faults(sheet).items():
            for column, text in cells.items():
                if text.startswith("#") and text not in _ERRORS:
                    problem = msg("The cell %(cell)s holds the error %(text)s.", cell=cell_name(row, column), text=text)
                    hint = msg("Correct its formula in the spreadsheet program and save the workbook again.")
                    raise refuse("workbook.error", problem, hint, Where(file=self._where, sheet=sheet, row=row))


def is_workbook(path: Path) -> bool:
    """Whether a file begins as workbooks do."""
    return path.is_file() and _start(path) in (PACKED, BINARY)


def _start(path: Path) -> bytes:
    with opened(path) as stream:
        return stream.read(4)


def _marked(row: list[str], faults: Mapping[int, str]) -> list[str]:
    row += [""] * (max(faults) + 1 - len(row))
    for column, text in faults.items():
        row[column] = text
    return row


def no_workbook(path: Path, kind: Message | None) -> Refused:
    """The refusal of another kind of file that should be a workbook."""
    if kind is None:
        return refuse("workbook.kind", msg("This is no workbook."), msg("Save the file as .xlsx."), Where(file=str(path)))
    hint = msg("Save the table as .xlsx or as CSV UTF-8 from the program that opens it; a new name does not make it a workbook.")
    return refuse("workbook.kind", msg("This is %(kind)s, not a workbook.", kind=kind), hint, Where(file=str(path)))


def _book(path: Path) -> CalamineWorkbook:
    from python_calamine import CalamineWorkbook  # noqa: PLC0415 - only where a workbook is read

    with _told(path), path.open("rb") as stream:
        return CalamineWorkbook.from_object(stream)


@contextmanager
def _told(path: Path) -> Iterator[None]:
    """What the reader of workbooks raises, told as one refusal; it was made for files that programs write, and stumbles over others."""
    from python_calamine import CalamineError, PasswordError  # noqa: PLC0415 - only where a workbook is read

    try:
        with _silent():
            yield
    except PasswordError as error:
        raise refuse("workbook.password", *LOCKED, Where(file=str(path))) from error
    except CalamineError as error:
        raise broken(path, msg("%(problem)s", problem=error)) from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":
            raise
        raise broken(path, msg("its parts are damaged")) from error


@contextmanager
def _silent() -> Iterator[None]:
    """The reader writes an account of its own to the terminal where it stumbles; a person is told in one line instead."""
    try:
        kept, nowhere = os.dup(2), os.open(os.devnull, os.O_WRONLY)
    except OSError:  # there is no terminal
        yield
        return
    try:
        os.dup2(nowhere, 2)
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)
        os.close(nowhere)
