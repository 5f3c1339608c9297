"""Tables of figures: a row for each series, a column for each period."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sdgcities.findings import msg
from sdgcities.model.statistics import Period
from sdgcities.reports.figures import Breakdown, Cell, Entry, Series
from sdgcities.reports.wording import Wording


@dataclass(frozen=True, slots=True)
class Row:
    """A series by its label, with one cell for each period of the table, None where it has none."""

    label: str
    unit_measure: str
    cells: tuple[Cell | None, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table with its caption, the heading of its first column, and its periods."""

    caption: str
    heading: str
    periods: tuple[str, ...]
    rows: tuple[Row, ...]


def main_grid(entry: Entry, wording: Wording) -> Grid:
    """The main series of an indicator, of every place it is shown for."""
    caption = msg("%(indicator)s (%(unit)s)", indicator=wording.text(entry.indicator.name), unit=wording.unit(entry.main[0].unit_measure))
    return _grid(wording.message(caption), wording.message(msg("Place")), [(wording.series(one), one) for one in entry.main], wording)


def breakdown_grid(entry: Entry, breakdown: Breakdown, wording: Wording) -> Grid:
    """The series of one place that are split by the same dimensions."""
    caption = msg(
        "%(indicator)s (%(unit)s): %(place)s, split by: %(dimension)s",
        indicator=wording.text(entry.indicator.name),
        dimension=wording.split(breakdown.dimensions),
        unit=wording.unit(breakdown.series[0].unit_measure),
        place=wording.whose(breakdown.place),
    )
    rows = [(wording.dims(one.dims), one) for one in breakdown.series]
    return _grid(wording.message(caption), wording.split(breakdown.dimensions), rows, wording)


def _grid(caption: str, heading: str, labelled: Sequence[tuple[str, Series]], wording: Wording) -> Grid:
    periods = sorted({cell.period for _, series in labelled for cell in series.cells}, key=lambda period: (period.start, period.end))
    rows = (Row(label, series.unit_measure, _cells(series.cells, periods)) for label, series in labelled)
    return Grid(caption, heading, tuple(map(wording.period, periods)), tuple(rows))


def _cells(cells: Sequence[Cell], periods: Sequence[Period]) -> tuple[Cell | None, ...]:
    by_period = {cell.period: cell for cell in cells}
    return tuple(by_period.get(period) for period in periods)
