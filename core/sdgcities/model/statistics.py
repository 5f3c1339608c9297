"""Indicators, observations and how a file of an office becomes observations (terms of SDMX)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

from sdgcities.findings import msg
from sdgcities.model.sources import Source, Status


class Direction(StrEnum):
    """Which way is better; `neutral` where neither is."""

    HIGHER = "higher"
    LOWER = "lower"
    NEUTRAL = "neutral"


class MissingReason(StrEnum):
    """Why there is no value. Never an empty cell, never zero."""

    NOT_COLLECTED = "not_collected"
    NOT_APPLICABLE = "not_applicable"
    NOT_PUBLISHED = "not_published"
    CONFIDENTIAL = "confidential"
    UNRELIABLE = "unreliable"


class ObservationStatus(StrEnum):
    """Standing of a value: SDMX CL_OBS_STATUS A, P, E, U."""

    NORMAL = "A"
    PROVISIONAL = "P"
    ESTIMATED = "E"
    UNRELIABLE = "U"


@dataclass(frozen=True, slots=True)
class GlobalSeries:
    """What an indicator is in the global SDMX structure of the SDG indicators. Only what is `official` goes out under the global series.

    `series` is empty for a series of the country's own; `unit_measure` and `unit_mult` where the indicator's unit does not say them.
    `fixed` is the code of a dimension that every observation carries (`SEX`: `F`); `codes` say of a code of ours (`household_head_sex=F`) which
    it is there (`CUST_BREAKDOWN=C01`). `nature` is a code of CL_NATURE.
    """

    source: Source
    status: Status
    series: str = ""
    unit_measure: str = ""
    unit_mult: str = ""
    fixed: Mapping[str, str] = field(default_factory=dict, hash=False)
    codes: Mapping[str, str] = field(default_factory=dict, hash=False)
    nature: str = ""


@dataclass(frozen=True, slots=True)
class Aim:
    """By what the progress of an indicator is measured: the value it is to reach and when, and how its values are limited.

    Without a target, its growth is held against fixed thresholds. `limit` is the natural limit of its values, such as 100 of a share.
    A two-sided indicator, such as a parity index, is best at 1. Years None: those of the method.
    """

    source: Source
    status: Status
    target: Decimal | None = None
    target_year: int | None = None
    base_year: int | None = None
    limit: Decimal | None = None
    two_sided: bool = False


@dataclass(frozen=True, slots=True)
class Indicator:
    """One indicator of a country's set.

    `umf_cells` are cells of the Global Urban Monitoring Framework as `domain.objective` (1.1 to 5.4);
    `umf_code` only where the code itself is confirmed. Without an SDG indicator, `sdg` is empty and
    `no_sdg_reason` says why. `minimum` and `maximum` bound a possible value, in `unit`. `track` is the one
    of the four that the indicator is evidence for, `method` how its figure is made. `aggregation` is `sum` where the figures
    of parts add up to that of the whole: counts do, shares, rates and means never. `sdmx` is what it is in the global SDMX structure,
    `aim` by what its progress is measured.
    """

    code: str
    country: str
    name: str
    definition: str
    unit: str
    direction: Direction
    frequency: str
    disaggregation: tuple[str, ...]
    source: Source
    status: Status
    sdg: tuple[str, ...] = ()
    no_sdg_reason: str = ""
    umf_cells: tuple[str, ...] = ()
    umf_code: str = ""
    programmes: tuple[str, ...] = ()
    core: bool = True
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    track: str = "data"
    method: str = ""
    aggregation: str = ""
    sdmx: GlobalSeries | None = None
    aim: Aim | None = None


@dataclass(frozen=True, slots=True)
class Tag:
    """A subject that runs across the four tracks, such as gender, and the indicators it is put on, of whatever country.

    `sdg` are goals (`5`), targets (`5.5`) or indicators (`5.5.1`) of the SDGs, `umf_cells` cells of the Global Urban Monitoring
    Framework, `indicators` codes: an indicator that fits one of them carries the tag.
    """

    id: str
    name: str
    definition: str
    source: Source
    status: Status
    sdg: tuple[str, ...] = ()
    umf_cells: tuple[str, ...] = ()
    indicators: tuple[str, ...] = ()

    def on(self, indicator: Indicator) -> bool:
        """Whether the indicator carries the tag."""
        by_goal = any(code == given or code.startswith(f"{given}.") for code in indicator.sdg for given in self.sdg)
        return by_goal or indicator.code in self.indicators or not set(self.umf_cells).isdisjoint(indicator.umf_cells)


@dataclass(frozen=True, slots=True)
class Dimension:
    """A dimension of disaggregation with its code list: code to label. `_T` (total) belongs to every list."""

    id: str
    name: str
    codes: Mapping[str, str]
    source: Source
    status: Status


def spell_dimensions(codes: Mapping[str, str]) -> str:
    """Dimensions with their codes in the one spelling a series is known by: `age=Y15T24;sex=F`, empty for the total."""
    return ";".join(f"{name}={codes[name]}" for name in sorted(codes))


def read_dimensions(spelled: str) -> dict[str, str]:
    """Dimension to code, out of that spelling."""
    return dict(part.split("=", 1) for part in spelled.split(";")) if spelled else {}


ANNUAL, HALF_YEARLY, QUARTERLY, MONTHLY, DAILY, RANGE = "A", "S", "Q", "M", "D", "_O"
"""Frequencies: codes of SDMX CL_FREQ 2.0; `_O` (other, by SDMX's guidelines for code lists) for a span that is none of them."""

PERIODS = msg("Write 2021, 2021-S1 (half-year), 2021-Q3, 2021-07, 2021-07-15, or first and last of them: 2018/2020, 2019-03-01/2019-05-31.")
"""How a period is written, for whoever wrote it otherwise."""


@dataclass(frozen=True, slots=True)
class Period:
    """A reference period: its first and last day, and its frequency."""

    start: date
    end: date
    freq: str

    @classmethod
    def recorded(cls, start: str, end: str, freq: str) -> Period:
        """A period as records hold it: its days as YYYY-MM-DD."""
        return cls(date.fromisoformat(start), date.fromisoformat(end), freq)

    @property
    def recency(self) -> tuple[date, int]:
        """What sorts periods from old to new: the last day; of two that end together the longer one says more."""
        return self.end, (self.end - self.start).days

    @property
    def part(self) -> int:
        """Which half, quarter or month of its year it is, from 1."""
        return (self.start.month - 1) // _MONTHS_OF.get(self.freq, 1) + 1

    @property
    def of_years(self) -> bool:
        """Whether it holds whole calendar years."""
        return (self.start.month, self.start.day, self.end.month, self.end.day) == (1, 1, 12, 31)

    def __str__(self) -> str:
        """As SDMX writes it, and ISO 8601 a span."""
        if self.freq in _WRITTEN:
            return _WRITTEN[self.freq] % {"year": self.start.year, "part": self.part}
        if self.freq == DAILY:
            return self.start.isoformat()
        return f"{self.start.year}/{self.end.year}" if self.of_years else f"{self.start}/{self.end}"


_WRITTEN = {ANNUAL: "%(year)d", HALF_YEARLY: "%(year)d-S%(part)d", QUARTERLY: "%(year)d-Q%(part)d", MONTHLY: "%(year)d-%(part)02d"}
_MONTHS_OF = {ANNUAL: 12, HALF_YEARLY: 6, QUARTERLY: 3, MONTHLY: 1}
_PERIOD = re.compile(r"(1[89]\d\d|2[01]\d\d)(?:-(?:S([12])|Q([1-4])|(0[1-9]|1[0-2])(?:-(0[1-9]|[12]\d|3[01]))?))?", re.ASCII)


def parse_period(text: str) -> Period:
    """Read a period of the years 1800 to 2199. Raises ValueError for anything else, and where a span ends before it begins.

    A span that is a year, half-year, quarter, month or day is that: 2021-01-01/2021-12-31 is 2021.
    """
    first, slash, last = text.strip().partition("/")
    start = _simple(first)
    if not slash:
        return start
    end = _simple(last)
    if end.freq != start.freq or end.start < start.start:
        message = f"not a period: {text!r}"
        raise ValueError(message)
    return _spanned(start.start, end.end)


def _simple(text: str) -> Period:
    """A period that is no span."""
    match = _PERIOD.fullmatch(text)
    year, half, quarter, month, day = match.groups() if match else ("", "", "", "", "")
    if not year or (day and int(day) > _last_day(int(year), int(month)).day):
        message = f"not a period: {text!r}"
        raise ValueError(message)
    if day:
        this = date(int(year), int(month), int(day))
        return Period(this, this, DAILY)
    freq = HALF_YEARLY if half else QUARTERLY if quarter else MONTHLY if month else ANNUAL
    last = int(half or quarter or month or 1) * _MONTHS_OF[freq]
    return Period(date(int(year), last - _MONTHS_OF[freq] + 1, 1), _last_day(int(year), last), freq)


def _spanned(start: date, end: date) -> Period:
    """The period of these days, by the shortest name it has."""
    if start == end:
        return Period(start, end, DAILY)
    if start.year == end.year and start.day == 1 and end == _last_day(end.year, end.month):
        for freq, months in _MONTHS_OF.items():
            if end.month - start.month + 1 == months and end.month % months == 0:
                return Period(start, end, freq)
    return Period(start, end, RANGE)


def _last_day(year: int, month: int) -> date:
    return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
