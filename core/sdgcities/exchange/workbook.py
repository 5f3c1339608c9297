"""A workbook of observations: the figures as numbers with the decimals they were published with, and what explains them."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from sdgcities.errors import refuse
from sdgcities.exchange import describing, tidy
from sdgcities.exchange.outgoing import Outgoing
from sdgcities.findings import Finding, Severity, Where, mark, msg
from sdgcities.writing import whole_file

MOST_ROWS = 1_048_575
"""A sheet has one more, for the header."""
MANY = 200_000
"""Observations from which on a workbook takes so long that a person wants to know it before."""
MOST_DIGITS = 15
"""A spreadsheet keeps no more digits of a number."""
ABOUT = (
    mark("Each row of the sheet %(sheet)s is one observation: a unit, an indicator, a period and a disaggregation; _T is the total."),
    mark("Where there is no value, the column missing_reason says why. Status A is a final value, P provisional, E estimated, U unreliable."),
)


def write(going: Outgoing, path: Path) -> Sequence[Finding]:
    """Write the workbook. Refused where a sheet can't hold the rows."""
    import xlsxwriter  # noqa: PLC0415 - only where one is written

    if going.count > MOST_ROWS:
        problem = msg("A sheet holds %(n)s rows, and there are %(count)s observations.", n=MOST_ROWS, count=going.count)
        raise refuse("export.rows", problem, msg("Ask for fewer cities or indicators, or write --to csv."), Where(file=str(path)))
    notes: list[Finding] = []
    body = io.BytesIO()  # on a full disk the library would complain in its own words
    with xlsxwriter.Workbook(body, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        sheets = _Sheets(book, going)
        sheets.about(path)
        long = sheets.data()
        for name, header, rows in (
            (mark("Indicators"), describing.INDICATORS, describing.indicators(going)),
            (mark("Units"), describing.UNITS, describing.units(going)),
            (mark("Codes"), describing.CODES, describing.codes(going)),
            (mark("Sources"), describing.SOURCES, describing.sources(going)),
        ):
            sheets.table(name, header, rows)
        if long:
            told = msg("%(n)s figures have more digits than a spreadsheet keeps of a number; they stand as text.", n=long)
            notes.append(Finding("export.digits", Severity.NOTE, told, None, Where(file=str(path))))
    with whole_file(path) as draft:
        draft.write_bytes(body.getbuffer())
    return notes


class _Sheets:
    """The sheets of one workbook."""

    def __init__(self, book: Any, going: Outgoing) -> None:  # noqa: ANN401 - the library has no types
        self._book, self._going = book, going
        self._head = book.add_format({"bold": True, "bottom": 1})
        self._wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        self._decimals: dict[int, Any] = {}

    def about(self, path: Path) -> None:
        """What the workbook is, in words."""
        going, text = self._going, self._going.label.text
        sheet = self._book.add_worksheet(text("About"))
        sheet.set_column(0, 0, 100, self._wrapped)
        told = [path.stem, text("Written: %(at)s (UTC)") % {"at": going.at}, *(text(line) % {"sheet": text("Data")} for line in ABOUT)]
        for number, line in enumerate(told):
            sheet.write_string(number, 0, line, self._head if not number else self._wrapped)

    def data(self) -> int:
        """The observations; how many figures had to be written as text."""
        header = tidy.columns(self._going)
        at, long = header.index("value"), 0
        sheet = self._begun("Data", header)
        for number, row in enumerate(tidy.rows(self._going), start=1):
            for column, cell in enumerate(row):
                if not cell:
                    continue
                if column == at:
                    long += self._figure(sheet, number, column, cell)
                else:
                    sheet.write_string(number, column, cell)
        return long

    def table(self, name: str, header: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
        """A sheet of texts."""
        sheet = self._begun(name, header)
        for number, row in enumerate(rows, start=1):
            for column, cell in enumerate(row):
                sheet.write_string(number, column, cell)

    def _begun(self, name: str, header: Sequence[str]) -> Any:  # noqa: ANN401 - as above
        sheet = self._book.add_worksheet(self._going.label.text(name))
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, 0, len(header) - 1)
        sheet.set_column(0, len(header) - 1, 16)
        for column, title in enumerate(header):
            sheet.write_string(0, column, title, self._head)
        return sheet

    def _figure(self, sheet: Any, row: int, column: int, cell: str) -> bool:  # noqa: ANN401 - as above
        """A figure as a number that shows its decimals; whether it has too many digits for that."""
        if len(cell.replace(".", "").lstrip("-0")) > MOST_DIGITS:
            sheet.write_string(row, column, cell)
            return True
        places = len(cell.partition(".")[2])
        if places not in self._decimals:
            self._decimals[places] = self._book.add_format({"num_format": f"0.{'0' * places}" if places else "0"})
        sheet.write_number(row, column, float(cell), self._decimals[places])
        return False
