"""What stands in the column Value, as an exact figure of the hub."""

from __future__ import annotations

import re
from decimal import Decimal

_POWER = re.compile(r"[-+]?(?:\d+(?:\.\d*)?|\.\d+)[eE][-+]?\d{1,3}", re.ASCII)
NUMBER = re.compile(r"[-+]?(?:\d+(?:\.\d*)?|\.\d+)", re.ASCII)
NONE = frozenset(("", "na", "n/a", "nan", "-nan", "null", "none", "#n/a", "#na", "#n/a n/a", "<na>", "1.#ind", "-1.#ind", "1.#qnan", "-1.#qnan"))
"""What Open SDG reads as no value; such a row is not there."""


def figure_of(text: str) -> str:
    """The figure with a decimal point, to its last digit; empty where there is none. A text that is no number stays as it is."""
    text = text.strip()
    if text.casefold() in NONE:
        return ""
    return f"{Decimal(text):f}" if _POWER.fullmatch(text) else text
