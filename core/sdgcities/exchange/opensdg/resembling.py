"""Whether a repository is a later edition of the one that a hub has, or another that numbers its indicators alike."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from functools import cached_property
from pathlib import Path

from sdgcities.exchange.opensdg.carried import FILES, Carried
from sdgcities.exchange.opensdg.reading import read_figures
from sdgcities.exchange.opensdg.repository import VALUE, YEAR, OpenIndicator, Repository
from sdgcities.exchange.opensdg.values import figure_of
from sdgcities.intake.files import sha256_of

MOST, FEW = 0.5, 0.25


class Resemblance:
    """What the repository that a hub has and one that comes have in common."""

    def __init__(self, before: Carried, repository: Repository) -> None:
        self._folder, self._repository = before.folder / FILES, repository
        self.ids = {series.id for series in before.indicators.values()}

    @property
    def indicators(self) -> float:
        """The share of the indicators of both that both have, from 0 to 1."""
        return len(self.ids & self._repository.indicators.keys()) / len(self.ids | self._repository.indicators.keys())

    def another(self) -> bool:
        """Whether few of the indicators are in both; or, where all repositories number them alike, few of the earlier figures and few of the metadata."""
        return self.indicators < FEW or (self._data_kept() < FEW and self._metadata_kept() < FEW and self._few_figures())

    def _data_kept(self) -> float:
        """The share of the files of figures in both that are the same byte for byte; none where there is none in both."""
        return self._kept(one.data_file for one in self._repository.indicators.values() if one.has_data)

    def _metadata_kept(self) -> float:
        """The same of the metadata of indicators that have figures: those of the others are the template's in many repositories."""
        return self._kept(name for one in self._repository.indicators.values() if one.has_data for name in one.metadata_files)

    def _kept(self, files: Iterable[str]) -> float:
        names = (Path(file).relative_to(self._repository.folder).as_posix() for file in files)
        both = [name for name in names if (self._folder / name).is_file()]
        same = sum(sha256_of(self._folder / name) == self._repository.files[name] for name in both)
        return same / len(both) if both else 0.0

    def _few_figures(self) -> bool:
        kept, total = self.figures
        return total > 0 and kept / total < FEW

    @cached_property
    def figures(self) -> tuple[int, int]:
        """How many of the earlier figures stand at the same year of the same indicator now, and how many there are of the indicators in both."""
        kept = total = 0
        for one, earlier in read_figures(self._folder).indicators.items():
            now = self._repository.indicators.get(one)
            if now is not None and now.has_data and earlier.has_data:
                figures, later = _figures(earlier), _figures(now)
                total += figures.total()
                kept += (figures & later).total()
        return kept, total


def _figures(indicator: OpenIndicator) -> Counter[tuple[str, str]]:
    """How often each value stands at each year."""
    year, value = indicator.column(YEAR), indicator.column(VALUE)
    return Counter((row[year].strip(), figure) for row in indicator.rows if (figure := figure_of(row[value])))
