"""The figures on a sheet for gaps, as a file of observations: they take the way of every import."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from sdgcities.findings import Finding, Message, Severity, Where, msg
from sdgcities.model.profiles import SHEET, AddsUp
from sdgcities.model.sources import Source
from sdgcities.model.statistics import Period
from sdgcities.registry.catalogue import Catalogue
from sdgcities.registry.places import Sought
from sdgcities.tracks.data.coverage.returned import POINT, Entered, Returned
from sdgcities.tracks.data.importing.single import Chosen
from sdgcities.tracks.data.reading.numbers import reader_of, styles_of
from sdgcities.tracks.data.reading.raw import NUMBER, Block, Problem, Raw, Reader, blocks_of, read_period
from sdgcities.tracks.data.reading.scales import scaled

PERCENT = "percent"


@dataclass(frozen=True, slots=True)
class Given:
    """A figure that was typed in, with a decimal point and nothing else."""

    row: int
    code: str
    period: str
    value: str
    office: str
    table: str


def figure(entered: Entered, unit: str) -> str:
    """The value of a row with a decimal point. Raises Problem where it is none, or could be two."""
    text = entered.cells["value"]
    if POINT in text or (entered.percent and NUMBER.fullmatch(text)):
        plain = text.replace(POINT, ".")
        if entered.percent and unit != PERCENT:
            raise Problem("gaps.percent", "value", msg("The cell shows a percentage; the unit of %(code)s is another.", code=entered.line.code), _AS_NUMBER)
        return scaled(plain, Decimal(100)) if entered.percent else plain
    readings = {reader_of(style)(text) for style in styles_of(text)}
    if len(readings) > 1:
        one, other = sorted(readings)[:2]
        raise Problem("gaps.ambiguous", "value", msg("“%(text)s” can be read as %(one)s or as %(other)s.", text=text, one=one, other=other), _AS_NUMBER)
    if not readings or ("%" in text and unit != PERCENT):
        raise Problem("value.number", "value", msg("“%(text)s” is not a number.", text=text[:40]), _AS_NUMBER)
    return readings.pop()


_AS_NUMBER = msg("Type it into the cell as a number, in the unit of the row: the spreadsheet then knows which mark stands before the decimals.")


class SheetReader:
    """The typed figures as a reader of observations, each a total of the city."""

    country = ""
    aggregate = ""
    adds_up: tuple[AddsUp, ...] = ()
    covers: tuple[str, ...] = ()
    indicator_column = "code"
    measure_column = "unit"
    status_column = ""

    def __init__(self, sheet: Returned, figures: Sequence[Given]) -> None:
        self._sheet, self._figures = sheet, figures

    def blocks(self) -> Iterator[Block]:
        """One cell a figure."""
        return blocks_of(self._raws())

    def _raws(self) -> Iterator[Raw]:
        base = self._sheet.number * SHEET
        for one in self._figures:
            yield base + one.row, self._sheet.about.city, one.code, one.period, (), one.value, "", "", "", (one.office, one.table)

    def notes(self) -> tuple[Finding, ...]:
        """What was left empty stays a gap."""
        return ()

    def where(self, row: int, column: str) -> Where:
        """The cell."""
        return self._sheet.where(row % SHEET, column)

    def is_note(self, _key: Hashable) -> bool:
        """Only rows with a figure are read."""
        return False

    def unit(self, key: Hashable) -> Sought:
        """The sheet is for one city, named by its id."""
        return Sought(str(key), by=("id",))

    def unit_column(self, _key: Hashable) -> str:
        """The city stands on the hidden sheet."""
        return "code"

    def value_column(self, _key: Hashable) -> str:
        """The column of figures."""
        return "value"

    def no_figure(self, _text: str) -> Message:
        """One way out."""
        return _AS_NUMBER

    def period(self, key: str) -> Period:
        """The period as text."""
        return read_period(key, "period")

    def dimensions(self, _key: Hashable) -> Mapping[str, str]:
        """Gaps are of totals."""
        return {}

    def source(self, key: Hashable) -> Source:
        """Office and table. One without an office was told, and is read only to tell what else is wrong with it."""
        assert isinstance(key, tuple)
        office, table = key
        return Source(office, table)

    def totals(self) -> None:
        """A figure is stored as it stands."""


@dataclass(frozen=True, slots=True)
class SheetChosen(Chosen):
    """A sheet for gaps on its way into the hub."""

    sheet: Returned
    figures: Sequence[Given]

    def reader(self, catalogue: Catalogue) -> Reader:  # noqa: ARG002 - as every chosen file
        """The figures."""
        return SheetReader(self.sheet, self.figures)


def problem_at(problem: Problem, sheet: Returned, row: int) -> Finding:
    """The finding of one cell."""
    return Finding(problem.code, Severity.BLOCK, problem.message, problem.hint, sheet.where(row, problem.column))
