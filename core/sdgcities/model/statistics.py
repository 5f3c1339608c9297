"""Indicators, observations and how a file of an office becomes observations (terms of SDMX)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

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
class Indicator:
    """One indicator of a country's set.

    `umf_cells` are cells of the Global Urban Monitoring Framework as `domain.objective` (1.1 to 5.4);
    `umf_code` only where the code itself is confirmed. Without an SDG indicator, `sdg` is empty and
    `no_sdg_reason` says why. `minimum` and `maximum` bound a possible value, in `unit`. `track` is the one
    of the four that the indicator is evidence for, `method` how its figure is made.
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


@dataclass(frozen=True, slots=True)
class Period:
    """A reference period: its first and last day, and the frequency A, Q or M."""

    start: date
    end: date
    freq: str

    def __str__(self) -> str:
        if self.freq == "A":
            return f"{self.start:%Y}"
        return f"{self.start:%Y-%m}" if self.freq == "M" else f"{self.start:%Y}-Q{(self.start.month + 2) // 3}"


_MONTHS = 12
_PERIOD = re.compile(r"(1[89]\d\d|2[01]\d\d)(?:-(?:Q([1-4])|(0[1-9]|1[0-2])))?", re.ASCII)


def parse_period(text: str) -> Period:
    """Read `2021`, `2021-Q3` or `2021-07`. Raises ValueError for anything else."""
    match = _PERIOD.fullmatch(text.strip())
    if match is None:
        message = f"not a period: {text!r}"
        raise ValueError(message)
    year, quarter, month = int(match[1]), match[2], match[3]
    first = 3 * int(quarter) - 2 if quarter else int(month or 1)
    last = first + 2 if quarter else first if month else _MONTHS
    after = date(year + last // _MONTHS, last % _MONTHS + 1, 1)
    return Period(date(year, first, 1), after - timedelta(days=1), "Q" if quarter else "M" if month else "A")


SHEET = 1 << 24
"""A figure's locator is the number of its row; in a workbook, on top of this times the number of its sheet."""


@dataclass(frozen=True, slots=True)
class LevelColumn:
    """A column that tells the level of a row's unit: source spelling to level."""

    column: str
    values: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class UnitColumn:
    """How a row names its unit, tried in order: the first column that is not empty decides.

    `by` is `name` or code systems, of which the first that knows the code decides. `within` names a column
    with the parent's name. `level`, or what `level_column` says, narrows the names and codes to one level.
    `beside` is a column with the name of a unit that is meant by its code: where it is another one, a note says so.
    `digits` is how many digits a code has that a spreadsheet took the zeros away from; 0: codes are taken as they stand.
    """

    column: str
    by: tuple[str, ...] = ("name",)
    level: str = ""
    level_column: LevelColumn | None = None
    within: str = ""
    beside: str = ""
    digits: int = 0


@dataclass(frozen=True, slots=True)
class DimensionColumn:
    """A column of disaggregation: source spelling to code; an empty cell is `_T`."""

    column: str
    dimension: str
    codes: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class ValueColumn:
    """Columns of figures: which indicator they hold, with fixed dimension codes.

    Either one `column`; or every column whose whole name fits `columns`, whose named groups tell the period (`period`)
    and codes of dimensions, which `codes` translates; or, where `counted`, no column: each row counts one.
    """

    column: str = ""
    indicator: str = ""
    dimensions: Mapping[str, str] = field(default_factory=dict)
    columns: str = ""
    codes: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    counted: bool = False


@dataclass(frozen=True, slots=True)
class Layout:
    """Where in a file the table stands.

    `format` is csv, xlsx (any workbook) or json. Rows are counted from 1; of several header rows the lowest filled cell
    names a column. `sheets` (shell patterns) are read one after the other (empty: the first). `records` points to the list of objects of a JSON file.
    `until` is the text that begins the row at which the table is over, such as a legend; empty where the sheet ends with it.
    """

    format: str = "csv"
    encoding: str = "utf-8"
    delimiter: str = ","
    sheets: tuple[str, ...] = ()
    header_rows: tuple[int, ...] = (1,)
    first_row: int = 2
    records: str = ""
    until: str = ""


@dataclass(frozen=True, slots=True)
class NumberStyle:
    """How figures are written as text: decimal mark, mark between thousands (a blank stands for every blank), percent signs."""

    decimal: str = "."
    thousands: str = ""
    percent: bool = False


@dataclass(frozen=True, slots=True)
class AddsUp:
    """A total that the file prints: for each period and disaggregation, the figures of the level `parts` add up to that of `whole`."""

    whole: str
    parts: str
    indicators: tuple[str, ...]
    tolerance: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True)
class ImportProfile:
    """How one kind of file of one office becomes observations.

    A file matches where its name fits `file` (shell pattern) and its header holds every column of `header`.
    The indicator comes from the value column; from the file's name, in which `indicator_pattern` finds a key; or from the
    key in `indicator_column`. `indicator_keys` maps keys to codes. `blank_unit` is the id of the unit meant where every unit column is empty.
    `period_title` finds the period in a title of the table.
    Each pattern of `says` is found in some title: so it is the right table. `covers` are levels of which a whole file has every unit.
    `aggregate` names how rows of one unit and period are combined (`sum`, or empty for none).
    `missing` maps a source's marks (`NA`, or an empty cell) to reasons.
    `crossfoot` lists sums that every row must satisfy, within `crossfoot_tolerance`: total column to its parts.
    Whatever the profile, the file's own total of each value column must equal what becomes observations.
    """

    id: str
    country: str
    title: str
    source: Source
    status: Status
    file: str
    header: tuple[str, ...]
    layout: Layout
    units: tuple[UnitColumn, ...]
    blank_unit: str
    period_column: str
    period: str
    values: tuple[ValueColumn, ...]
    numbers: NumberStyle = NumberStyle()
    period_title: str = ""
    says: tuple[str, ...] = ()
    covers: tuple[str, ...] = ()
    dimensions: tuple[DimensionColumn, ...] = ()
    ignore: tuple[str, ...] = ()
    indicator_pattern: str = ""
    indicator_column: str = ""
    indicator_keys: Mapping[str, str] = field(default_factory=dict)
    aggregate: str = ""
    missing: Mapping[str, MissingReason] = field(default_factory=dict)
    adds_up: tuple[AddsUp, ...] = ()
    crossfoot: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    crossfoot_tolerance: Decimal = Decimal(0)
