"""Cells of our own CSV files that a spreadsheet would take for formulas: an apostrophe keeps them text, and goes when the file comes back."""

from __future__ import annotations

import re

_FORMULA = re.compile(r"'*[=+\-@\t\r]")
_QUOTED = re.compile(r"'+[=+\-@\t\r]")


def quoted(cell: str) -> str:
    """The cell as it is exported: an apostrophe before what would begin a formula, or before apostrophes that would be taken for ours."""
    return f"'{cell}" if _FORMULA.match(cell) else cell


def unquoted(cell: str) -> str:
    """The cell as it was before `quoted`. For files in a form that we write: elsewhere an apostrophe is the office's own."""
    return cell[1:] if _QUOTED.match(cell) else cell
