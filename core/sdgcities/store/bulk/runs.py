"""What is loaded: figures of one series that say the same, in runs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple, cast

SeriesKey = tuple[str, str, str, str]
"""Unit, indicator, unit of measure, dimensions in canonical spelling (`age=Y15T24;sex=F`, empty for the total)."""

Says = tuple[str, str | None, str, int, int]
"""What many figures say alike: frequency, missing reason, status, indicator version, source."""

Figure = tuple[str, str, str | None, int, Says]
"""First and last day, value, row in the file, and what it says beside that."""


class Run(NamedTuple):
    """Figures of one series that say the same, in the order of the file; nearly every file has them year by year. All sequences are of one length."""

    key: SeriesKey
    says: Says
    starts: Sequence[str]
    ends: Sequence[str]
    values: Sequence[str | None]
    """Digits with at most a sign and a point; None where the figure is missing for a reason."""
    rows: Sequence[int]
    numbers: Sequence[float] = ()
    """The values as numbers, where somebody made numbers of them already; a figure is stored as its value says."""

    @property
    def unit(self) -> str:
        """Whose figures they are."""
        return self.key[0]

    @property
    def indicator(self) -> str:
        """Of which indicator."""
        return self.key[1]

    @property
    def figures(self) -> Sequence[str]:
        """The values; none where they are missing for a reason."""
        return cast("Sequence[str]", self.values) if self.says[1] is None else ()


def figures(runs: Iterable[Run]) -> Iterator[tuple[SeriesKey, Figure]]:
    """The figures of runs one by one, each with its series."""
    for run in runs:
        for start, end, value, row in zip(run.starts, run.ends, run.values, run.rows, strict=True):
            yield run.key, (start, end, value, row, run.says)


def one_by_one(rows: Iterable[tuple[SeriesKey, Figure]]) -> Iterator[Run]:
    """Figures that do not come in runs."""
    for key, (start, end, value, row, says) in rows:
        yield Run(key, says, (start,), (end,), (value,), (row,))
