"""What stands in the column Year, as a period of the hub."""

from __future__ import annotations

import re
from collections.abc import Iterable

from sdgcities.exchange.opensdg.repository import YEAR, OpenIndicator
from sdgcities.model.statistics import Period, parse_period

_SPAN = re.compile(r"([12]\d{3})\s*[-\u2013\u2014/]\s*([12]\d{3})", re.ASCII)
_FINANCIAL = re.compile(r"([12]\d{3})\s*([-\u2013/])\s*(\d\d)", re.ASCII)
_WHOLE = re.compile(r"([12]\d{3})\.0+", re.ASCII)


def financial(texts: Iterable[str]) -> bool:
    """Whether every 2011-12 of a column is a year and the next, and none a month: all of them end in the year after."""
    found = [match for text in texts if (match := _FINANCIAL.fullmatch(text.strip()))]
    return bool(found) and all(_follows(match[1], match[3]) for match in found)


def of_two_years(indicator: OpenIndicator) -> bool:
    """Whether 2011-12 is a year and the next in a data file: by all its rows, also those without a value."""
    place = indicator.column(YEAR) if indicator.rows else 0
    return financial({row[place] for row in indicator.rows})


def period_of(text: str, *, of_two_years: bool = False) -> Period:
    """The period: 2015, 2015.0, 1990-1999, 2013/14, or as the hub writes it. Raises ValueError."""
    text = text.strip()
    if match := _WHOLE.fullmatch(text):
        return parse_period(match[1])
    if match := _SPAN.fullmatch(text):
        return parse_period(match[1] if match[1] == match[2] else f"{match[1]}/{match[2]}")
    match = _FINANCIAL.fullmatch(text)
    if match and _follows(match[1], match[3]) and (of_two_years or match[2] == "/"):
        return parse_period(f"{match[1]}/{int(match[1]) + 1}")
    return parse_period(text)


def _follows(year: str, digits: str) -> bool:
    return (int(year) + 1) % 100 == int(digits)
