"""What is known of a sheet before it is opened: how far it reaches, and the cells that are not what they seem."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from sdgcities.errors import Refused, refuse
from sdgcities.findings import Where, msg
from sdgcities.intake.files import MEGABYTE

MAX_CELLS = 3_000_000
"""Of one sheet, empty ones between filled ones included: all of them are held in memory at once, and each takes about 80 bytes."""
MAX_TEXTS = 128 * MEGABYTE
"""Of one sheet, each text counted as often as it stands there."""
SHOWN = 120

Place = tuple[int, int]
"""Row from 1, column from 0."""


@dataclass
class Survey:
    """One sheet. A formula without a saved result and a cell with an error are known by their place, with the text a person sees instead of a figure."""

    rows: int = 0
    columns: int = 0
    formulas: dict[int, str] = field(default_factory=dict)
    """The first cell with a formula in each row that has one."""
    faults: dict[int, dict[int, str]] = field(default_factory=dict)
    """By row and column: "#DIV/0!" of a cell with an error, "=B2+C2" of a formula that nothing was ever worked out for."""
    linked: list[str] = field(default_factory=list)
    """Cells whose formula takes its figure from another workbook."""
    percent: set[Place] = field(default_factory=set)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)

    def reach(self, row: int, column: int) -> None:
        """Note that the sheet has a cell at this row and column, both from 1."""
        self.rows, self.columns = max(self.rows, row), max(self.columns, column)

    def fault(self, row: int, column: int, text: str) -> None:
        """Note a cell that has no figure, and what is shown for it."""
        self.faults.setdefault(row, {})[column] = text if len(text) <= SHOWN else text[:SHOWN] + "…"

    def check(self, file: str, sheet: str | None = None) -> None:
        """Refuse a sheet that reaches too far: a reader would make room for all of it."""
        if self.rows * max(self.columns, 1) > MAX_CELLS:
            raise refuse(
                "workbook.cells",
                msg(
                    "A sheet reaches to row %(row)s and column %(column)s; at most %(limit)s cells are read.",
                    row=self.rows,
                    column=self.columns,
                    limit=MAX_CELLS,
                ),
                msg("Delete the empty rows and columns behind the table, or a stray cell far from it. A table that is so large: save it as CSV UTF-8."),
                Where(file=file, sheet=sheet),
            )


Surveys = Mapping[str, Survey]
"""By the name of the sheet."""


def texts_too_large(file: str, sheet: str) -> Refused:
    """The refusal of a small file that fills the memory by repeating a long text."""
    problem = msg("The texts of the sheet have more than %(limit)s MB: long ones are repeated in many cells.", limit=MAX_TEXTS // MEGABYTE)
    return refuse("workbook.too-large", problem, msg("Shorten the texts, or save the sheet as CSV UTF-8."), Where(file=file, sheet=sheet))


def cell_name(row: int, column: int) -> str:
    """A cell as spreadsheets name it: row 7, column 1 is B7."""
    letters = ""
    number = column + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{row}"


def column_number(letters: bytes) -> int:
    """A is 1, Z is 26, AA is 27."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number
