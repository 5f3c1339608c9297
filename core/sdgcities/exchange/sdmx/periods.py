"""Times as SDMX writes them."""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import lru_cache

from sdgcities.findings import msg
from sdgcities.model.statistics import PERIODS, RANGE, Period, parse_period
from sdgcities.tracks.data.reading.raw import Problem

_WORDY = re.compile(r"(\d{4})-?(?:A1|M(0[1-9]|1[0-2])|([QS][1-4]))", re.ASCII)
_MOMENT = re.compile(r"(\d{4}-\d\d-\d\d)T00:00:00(?:\.0+)?(?:Z|[-+]\d\d:\d\d)?", re.ASCII)
_LASTING = re.compile(r"(\d{4}(?:-\d\d(?:-\d\d)?)?)(?:T00:00:00)?/P(?:(\d{1,3})Y)?(?:(\d{1,4})M)?(?:(\d{1,5})D)?", re.ASCII)
_YEARS = re.compile(r"(\d{4})\s*[-\u2013/]\s*(\d{4})", re.ASCII)


def read_time(time: str, detail: str = "") -> Period:
    """The reference period; of a span that TIME_PERIOD only gives a year of, the days that TIME_DETAIL says. Raises Problem."""
    try:
        period = _parsed(time)
    except ValueError as error:
        raise Problem("period.unreadable", "TIME_PERIOD", msg("“%(text)s” is no period.", text=time[:80]), PERIODS) from error
    try:
        exact = _parsed(detail)
    except ValueError:
        return period  # a remark in words
    return exact if exact.freq == RANGE and exact.start <= period.end and period.start <= exact.end else period


@lru_cache(maxsize=4096)
def is_remark(time: str, detail: str) -> bool:
    """Whether TIME_DETAIL says more than the reference period that is read."""
    try:
        return bool(detail) and _parsed(detail) != read_time(time, detail)
    except (ValueError, Problem):
        return True


def _parsed(text: str) -> Period:
    text = text.strip()
    if match := _YEARS.fullmatch(text):
        return parse_period(f"{match[1]}/{match[2]}")
    if match := _LASTING.fullmatch(text):
        return _lasting(*match.groups())
    if match := _MOMENT.fullmatch(text):
        text = match[1]
    if match := _WORDY.fullmatch(text):
        part = match[2] or match[3]
        text = f"{match[1]}-{part}" if part else match[1]
    return parse_period(text)


def _lasting(first: str, years: str | None, months: str | None, days: str | None) -> Period:
    """A span by its first day and how long it lasts."""
    start = parse_period(first).start
    month = start.year * 12 + start.month - 1 + int(years or 0) * 12 + int(months or 0)
    try:
        end = date(month // 12, month % 12 + 1, start.day) + timedelta(days=int(days or 0) - 1)
    except (ValueError, OverflowError) as error:
        raise ValueError(first) from error
    return parse_period(f"{start}/{end}")
