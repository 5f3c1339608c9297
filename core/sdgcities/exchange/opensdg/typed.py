"""Columns of a data file as Open SDG's builder reads and prints them: whole numbers, numbers with a point, texts, and empty cells."""

from __future__ import annotations

import csv
import io
import math
import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from sdgcities.exchange.opensdg.repository import VALUE, YEAR
from sdgcities.exchange.opensdg.values import NOTHING

if TYPE_CHECKING:
    from sdgcities.exchange.opensdg.renaming import Renaming

Cell = str | int | float | bool | None
_TRUE, _FALSE = frozenset(("True", "TRUE", "true")), frozenset(("False", "FALSE", "false"))
_WHOLE = re.compile(r"\s*[-+]?\d{1,18}\s*", re.ASCII)
_NUMBER = re.compile(r"\s*([-+]?)(\d*)(?:\.(\d*))?(?:[eE]([-+]?\d+))?\s*", re.ASCII)
_INFINITE = re.compile(r"\s*[-+]?inf(inity)?\s*", re.ASCII | re.IGNORECASE)
_DIGITS, _EXACT = 17, 15
_LARGEST = 308


def read_columns(content: bytes, renaming: Renaming | None = None) -> dict[str, list[Cell]]:
    """The columns of a file by name: Year first, Value last, as the builder puts them; none where one of these is missing.

    `renaming` gives columns and labels their other names.
    """
    reader = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""))
    header = next(reader, [])
    names = _named(header)
    rows = [row for row in reader if row]
    width = len(names)
    if any(len(row) != width for row in rows):
        rows = [row[:width] + [""] * (width - len(row)) for row in rows]
    cells = list(zip(*rows, strict=True)) if rows else [()] * width
    found = {name: typed(column) for name, column in zip(names, cells, strict=True)}
    if renaming is not None:
        found = renaming.typed(found)
    found = {name.strip() if name.strip() in (YEAR, VALUE) else name: column for name, column in found.items()}
    if YEAR not in found or VALUE not in found:
        return {}
    middle = {name: column for name, column in found.items() if name not in (YEAR, VALUE)}
    return {YEAR: found[YEAR], **middle, VALUE: found[VALUE]}


def _named(header: Sequence[str]) -> list[str]:
    """The names, those of columns without one and those that stand twice as the builder calls them."""
    names: list[str] = []
    for number, name in enumerate(header):
        wanted = name or f"Unnamed: {number}"
        twins = sum(other == wanted for other in names)
        names.append(f"{wanted}.{twins}" if twins else wanted)
    return names


def typed(cells: Iterable[str]) -> list[Cell]:
    """The cells of a column with the one type that fits all that are filled."""
    column = list(cells)
    different = set(column)
    filled = different - NOTHING
    if not filled:
        return [None] * len(column)
    values: Mapping[str, Cell]
    if all(map(_WHOLE.fullmatch, filled)):
        whole = filled == different
        values = {text: int(text) if whole else float(int(text)) for text in filled}
    elif None not in (numbers := {text: _as_number(text) for text in filled}).values():
        values = numbers
    elif filled <= _TRUE | _FALSE:
        values = {text: text in _TRUE for text in filled}
    else:
        values = {text: text for text in filled}
    return [values.get(text) for text in column]


@lru_cache(maxsize=65_536)
def _as_number(text: str) -> float | None:
    """The number that the builder takes a text for; None where it takes it for none, such as one that is too large."""
    match = _NUMBER.fullmatch(text)
    if match and (match[2] or match[3]):
        return found if math.isfinite(found := number(text)) else None
    return number(text) if _INFINITE.fullmatch(text) else None


def number(text: str) -> float:
    """The number nearest to a text, found as the builder's reader finds it: of more than 17 digits the rest is passed over.

    With up to 15 digits it is the nearest there is; with more it may be the neighbour of that, and the builder prints the neighbour.
    """
    match = _NUMBER.fullmatch(text)
    if match is None:
        return float(text)
    sign, before, after, power = match[1], match[2] or "", match[3] or "", int(match[4] or 0)
    if len(before) + len(after) <= _EXACT and abs(power) + len(after) <= 22:  # noqa: PLR2004 - powers of ten up to it are exact
        return float(text)
    return _stepwise(sign, before, after, power)


def _stepwise(sign: str, before: str, after: str, power: int) -> float:
    digits, found = 0, 0.0
    for digit in before:
        if digits < _DIGITS:
            found = found * 10.0 + int(digit)
            digits += 1
        else:
            power += 1
    for digit in after[: max(_DIGITS - digits, 0)]:
        found = found * 10.0 + int(digit)
        power -= 1
    if power > _LARGEST:
        found = math.inf
    elif power > 0:
        found *= float(f"1e{power}")
    elif power < -_LARGEST:
        found = found / float(f"1e{-_LARGEST - power}") / float(f"1e{_LARGEST}") if power > -2 * _LARGEST else 0.0
    else:
        found /= float(f"1e{-power}")
    return -found if sign == "-" else found


def csv_of(columns: Mapping[str, Sequence[Cell]]) -> bytes:
    """The columns as a file: numbers in their shortest form, nothing for an empty cell."""
    return table_of(columns, zip(*columns.values(), strict=True))


def table_of(header: Iterable[str], rows: Iterable[Iterable[Cell]]) -> bytes:
    """Rows of cells as a file."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return stream.getvalue().encode()
