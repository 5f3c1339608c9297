"""A cell of a workbook as text."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal

Scalar = str | bool | int | float | Decimal | date | datetime | time | timedelta | None


def as_texts(cells: Sequence[Scalar], decimal: str = ".") -> list[str]:
    """A row of cells as a person would type them."""
    return [cell if type(cell) is str else as_text(cell, decimal) for cell in cells]


def as_text(value: Scalar, decimal: str = ".") -> str:
    """A cell as a person would type it: 2010.0 is 2010, a day is 2021-03-31."""
    if isinstance(value, float):
        text = "%.15g" % value  # noqa: UP031 - as many digits as a spreadsheet shows; and the fastest way there is
        if "e" not in text and "n" not in text:
            return text if decimal == "." else text.replace(".", decimal)
        value = Decimal(text)
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, (datetime, date, time)):
        text = value.isoformat()
        return text.removesuffix("T00:00:00")
    if isinstance(value, Decimal):
        whole = value == value.to_integral_value() if value.is_finite() else False
        return f"{value:.0f}" if whole else f"{value:f}".replace(".", decimal)
    return str(value)
