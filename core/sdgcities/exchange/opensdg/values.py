"""What stands in the column Value, as an exact figure of the hub."""

from __future__ import annotations

import re
from decimal import Decimal

_POWER = re.compile(r"[-+]?(?:\d+(?:\.\d*)?|\.\d+)[eE][-+]?\d{1,3}", re.ASCII)
NUMBER = re.compile(r"[-+]?(?:\d+(?:\.\d*)?|\.\d+)", re.ASCII)
NOTHING = frozenset(
    (
        "",
        *[
            "#N/A",
            "#N/A N/A",
            "#NA",
            "-1.#IND",
            "-1.#QNAN",
            "-NaN",
            "-nan",
            "1.#IND",
            "1.#QNAN",
            "<NA>",
            "N/A",
            "NA",
            "NULL",
            "NaN",
            "None",
            "n/a",
            "nan",
            "null",
        ],
    )
)
"""What the builder's reader of CSV takes for an empty cell."""
_NONE = frozenset(map(str.casefold, NOTHING))


def figure_of(text: str) -> str:
    """The figure with a decimal point, to its last digit; empty where there is none, and so no row of it. A text that is no number stays as it is."""
    text = text.strip()
    if text.casefold() in _NONE:
        return ""
    return f"{Decimal(text):f}" if _POWER.fullmatch(text) else text
