"""The rows of a file on their way into the store: counted, added up, watched, and reconciled with the file's own totals."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from functools import reduce

from sdgcities.findings import Finding, Message, Severity, Where, msg
from sdgcities.model.places import Unit
from sdgcities.registry.catalogue import Catalogue
from sdgcities.store.bulk import Run
from sdgcities.tracks.data.importing.aggregating import Sums
from sdgcities.tracks.data.importing.checking import Checker
from sdgcities.tracks.data.importing.footing import Footing
from sdgcities.tracks.data.reading.raw import EXACT, NUMBER, Reader

STEP = 2_000
"""Rows after which progress is told."""


class Pipeline:
    """What a file's good rows pass through."""

    def __init__(self, catalogue: Catalogue, reader: Reader, checker: Checker, progress: Callable[[int], None] | None) -> None:
        self._catalogue, self._reader, self._checker, self._progress = catalogue, reader, checker, progress
        self._expected = reader.totals()
        self._counts: dict[str, int] = {}
        self._found: dict[str, Decimal] = {}
        self._sums = Sums()
        self._footing = Footing(reader.adds_up, self._line)
        self.seen: set[str] = set()
        """Units that have a figure, where a whole file should have every unit of a level."""

    def runs(self) -> Iterable[Run]:
        """The good rows, counted and added up by indicator where the file has totals to hold them against."""
        runs: Iterable[Run] = self._checker.check(self._reader.blocks())
        if self._progress is not None:
            runs = self._told(runs, self._progress)
        if self._expected is not None:
            runs = self._counted(runs)
        if self._reader.aggregate:
            runs = self._sums.add_up(runs)
        if self._reader.adds_up:
            runs = self._footing.watch(runs)
        if self._reader.covers:
            runs = self._noted(runs)
        return runs if self._expected is None else self._added_up(runs)

    def findings(self, file: str) -> Iterator[Finding]:
        """What does not add up, and which sums lack some of their parts."""
        yield from self._reconciled(file)
        yield from self._footing.findings(file)
        yield from self._sums.notes(file, lambda unit: self._catalogue.unit(unit).name)

    def _told(self, runs: Iterable[Run], progress: Callable[[int], None]) -> Iterator[Run]:
        told = 0
        for run in runs:
            if self._checker.read - told >= STEP:
                progress(self._checker.read - told)
                told = self._checker.read
            yield run
        progress(self._checker.read - told)

    def _counted(self, runs: Iterable[Run]) -> Iterator[Run]:
        for run in runs:
            self._counts[run.indicator] = self._counts.get(run.indicator, 0) + len(run.figures)
            yield run

    def _noted(self, runs: Iterable[Run]) -> Iterator[Run]:
        for run in runs:
            self.seen.add(run.unit)
            yield run

    def _added_up(self, runs: Iterable[Run]) -> Iterator[Run]:
        for run in runs:
            self._found[run.indicator] = reduce(EXACT.add, map(Decimal, run.figures), self._found.get(run.indicator, Decimal(0)))
            yield run

    def _reconciled(self, file: str) -> Iterator[Finding]:
        """The file's own count and total of each indicator must be those of what is stored and what was refused."""
        for indicator, (count, total) in (self._expected or {}).items():
            left_out = [Decimal(raw[5]) for raw, _ in self._checker.refused if raw[2] == indicator and NUMBER.fullmatch(raw[5])]
            found = reduce(EXACT.add, left_out, self._found.get(indicator, Decimal(0)))
            if found != total:
                told = msg(
                    "%(indicator)s adds up to %(total)s in the file, but to %(found)s in what would be stored.", indicator=indicator, total=total, found=found
                )
                yield _unreconciled("reconcile.total", told, file)
            if (figures := self._counts.get(indicator, 0) + len(left_out)) != count:
                told = msg(
                    "%(indicator)s has %(count)s figures in the file, but %(found)s in what would be stored.", indicator=indicator, count=count, found=figures
                )
                yield _unreconciled("reconcile.count", told, file)

    def _line(self, unit: str) -> list[Unit]:
        found = self._catalogue.unit(unit)
        return [found, *self._catalogue.places[found.country].ancestors(found)]


def _unreconciled(code: str, message: Message, file: str) -> Finding:
    hint = msg("The profile reads the file wrongly: please report it to its maintainer.")
    return Finding(code, Severity.BLOCK, message, hint, Where(file=file))
