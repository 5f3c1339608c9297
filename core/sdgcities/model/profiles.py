"""Import profiles: how one kind of file of an office becomes observations."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from sdgcities.model.sources import Source, Status
from sdgcities.model.statistics import MissingReason, ObservationStatus

SHEET = 1 << 24
"""A figure's locator is the number of its row; in a workbook, on top of this times the number of its sheet."""

TOTAL = "_T"
"""The code of the total, in every code list and never written down."""


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

    Either one `column`; or every column whose whole name fits `columns`, whose named groups tell the period (`period`), a part of
    the row's year (`part`) and codes of dimensions, which `codes` translates; or, where `counted`, no column: each row counts one.
    `unit` is the unit of measure that the column is in, held against the indicator's; its figures are multiplied by `scale`, None where none is said.
    """

    column: str = ""
    indicator: str = ""
    dimensions: Mapping[str, str] = field(default_factory=dict)
    columns: str = ""
    codes: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    counted: bool = False
    unit: str = ""
    scale: Decimal | None = None


@dataclass(frozen=True, slots=True)
class UnitMeasure:
    """A unit of measure as a file writes it: which it is, and by what its figures are multiplied."""

    unit: str
    scale: Decimal = Decimal(1)


@dataclass(frozen=True, slots=True)
class MeasureColumn:
    """A column with the unit of measure of its row: source spelling to unit."""

    column: str
    codes: Mapping[str, UnitMeasure]


@dataclass(frozen=True, slots=True)
class StatusColumn:
    """A column with the status of the row's figures: source spelling to status. An empty cell that is not listed is a normal figure."""

    column: str
    codes: Mapping[str, ObservationStatus]


@dataclass(frozen=True, slots=True)
class RowFilter:
    """Which rows are read: where `only` is not empty, those with one of its texts in the column; never those with one of `excepted`."""

    column: str
    only: tuple[str, ...] = ()
    excepted: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PeriodStyle:
    """How a file writes its periods, where not as 2021, 2021-S1, 2021-Q3 or 2021-07.

    `values` gives the period of a whole text. In any other text `pattern` finds the groups `year` and `part`, of which
    `parts` tells what it is: `01` to `12`, `Q1` to `Q4`, `S1`, `S2`, or empty for the whole year.
    """

    values: Mapping[str, str] = field(default_factory=dict)
    pattern: str = ""
    parts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Layout:
    """Where in a file the table stands.

    `format` is csv, xlsx (any workbook), json or xml. Rows are counted from 1; of several header rows the lowest filled cell names a column,
    or, with `header_join`, all filled cells together with that text between them. `sheets` (shell patterns) are read one after the other
    (empty: the first). `records` points to the list of objects of a JSON or XML file, or with `/*` at its end to lists under keys. `until` is the
    text that begins the row at which the table is over, such as a legend; empty where the sheet ends with it. `same` are other spellings of the names
    of columns: name to spellings.
    """

    format: str = "csv"
    encoding: str = "utf-8"
    delimiter: str = ","
    sheets: tuple[str, ...] = ()
    header_rows: tuple[int, ...] = (1,)
    first_row: int = 2
    records: str = ""
    until: str = ""
    header_join: str = ""
    same: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


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

    A file matches where its name fits `file` (shell pattern) and its header holds every column of `header`. `version` is the profile's own.
    The indicator comes from the value column; from the file's name, the sheet's name or a title above the figures, in which
    `indicator_pattern`, `indicator_sheet` or `indicator_title` finds a key; or from the key in `indicator_column`. `indicator_keys` maps keys to codes.
    `blank_unit` is the id of the unit meant where every unit column is empty. The period comes from `period_column`, with what stands
    in the columns `period_beside` behind it; from a title, the sheet's name or the file's name, in which `period_title`, `period_sheet` or
    `period_file` finds it; or it is `period`; `periods` tells how it is written. An empty cell of a column of `carried` has the text above it.
    `rows` says which rows are read. Each pattern of `says` is found in some title: so it is the right table. `covers` are levels of which a
    whole file has every unit. `aggregate` names how rows of one unit and period are combined (`sum`, or empty for none).
    `missing` maps a source's marks (`NA`, or an empty cell) to reasons, `marks` those that stand at a figure to its status; a figure without
    one has the status that `status_column` tells, or else `observation_status`. `constants` are dimension codes of the whole file.
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
    version: str = ""
    indicator_sheet: str = ""
    indicator_title: str = ""
    period_beside: tuple[str, ...] = ()
    period_sheet: str = ""
    period_file: str = ""
    periods: PeriodStyle = PeriodStyle()
    carried: tuple[str, ...] = ()
    rows: tuple[RowFilter, ...] = ()
    unit_measure: MeasureColumn | None = None
    constants: Mapping[str, str] = field(default_factory=dict)
    marks: Mapping[str, ObservationStatus] = field(default_factory=dict)
    status_column: StatusColumn | None = None
    observation_status: ObservationStatus = ObservationStatus.NORMAL
