"""What a load brought, series by series, while it passes: whoever looks at it afterwards need not ask the database."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from sdgcities.store.bulk.runs import Run, SeriesKey


class Brought(NamedTuple):
    """All that the hub holds of a series that it did not have before."""

    series: int
    key: SeriesKey
    start: str
    """First day of the first period."""
    end: str
    """Last day of the period that ends last."""
    rows: int
    figures: int
    """Rows that have a figure."""
    low: float
    high: float
    """The least and the greatest figure; 0 and 0 where there is none."""
    sources: tuple[int, int]
    """The lowest and the highest number of a source."""

    def and_then(self, more: Brought) -> Brought:
        """Together with what came after it of the same series."""
        some = [one for one in (self, more) if one.figures]
        return self._replace(
            end=max(self.end, more.end),
            rows=self.rows + more.rows,
            figures=self.figures + more.figures,
            low=min((one.low for one in some), default=0.0),
            high=max((one.high for one in some), default=0.0),
            sources=(min(self.sources[0], more.sources[0]), max(self.sources[1], more.sources[1])),
        )


Tell = Callable[[Brought], None]


class Watch:
    """Tells of each series once its last row has come, which is when a row of the next one comes."""

    def __init__(self, tell: Tell) -> None:
        self._tell = tell
        self._open: Brought | None = None

    def see(self, series: int, run: Run) -> None:
        """Rows of new series, in the order of the table."""
        one, before = _brought(series, run), self._open
        if before is not None and before.series == series:
            one = before.and_then(one)
        elif before is not None:
            self._tell(before)
        self._open = one

    def end(self) -> None:
        """No row comes any more."""
        if self._open is not None:
            self._tell(self._open)


def _brought(series: int, run: Run) -> Brought:
    numbers = run.numbers or tuple(map(float, run.figures))
    low, high = (min(numbers), max(numbers)) if numbers else (0.0, 0.0)
    source = run.says[4]
    return Brought(series, run.key, run.starts[0], max(run.ends), len(run.rows), len(numbers), low, high, (source, source))
