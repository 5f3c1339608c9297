"""The rows of a file on their way into the store: counted, added up, watched, and reconciled with the file's own totals."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from functools import reduce

from sdgcities.findings import Finding, Message, Severity, Where, msg
from sdgcities.model.places import Unit
from sdgcities.registry.catalogue import Catalogue
from sdgcities.store.bulk import Figure, SeriesKey
from sdgcities.tracks.data.importing.aggregating import Sums
from sdgcities.tracks.data.importing.checking import Checker
from sdgcities.tracks.data.importing.footing import Footing
from sdgcities.tracks.data.reading.raw import EXACT, NUMBER, Reader

Rows = Iterable[tuple[SeriesKey, Figure]]

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

    def rows(self) -> Rows:
        """The good rows, counted and added up by indicator where the file has totals to hold them against."""
        rows: Rows = self._checker.check(self._reader.raws())
        if self._progress is not None:
            rows = self._told(rows, self._progress)
        if self._expected is not None:
            rows = self._counted(rows)
        if self._reader.aggregate:
            rows = self._sums.add_up(rows)
        if self._reader.adds_up:
            rows = self._footing.watch(rows)
        if self._reader.covers:
            rows = self._noted(rows)
        return rows if self._expected is None else self._added_up(rows)

    def findings(self, file: str) -> Iterator[Finding]:
        """What does not add up, and which sums lack some of their parts."""
        yield from self._reconciled(file)
        yield from self._footing.findings(file)
        yield from self._sums.notes(file, lambda unit: self._catalogue.unit(unit).name)

    def _told(self, rows: Rows, progress: Callable[[int], None]) -> Iterator[tuple[SeriesKey, Figure]]:
        told = 0
        for row in rows:
            if self._checker.read - told >= STEP:
                progress(self._checker.read - told)
                told = self._checker.read
            yield row
        progress(self._checker.read - told)

    def _counted(self, rows: Rows) -> Iterator[tuple[SeriesKey, Figure]]:
        for key, figure in rows:
            if figure[3] is not None:
                self._counts[key[1]] = self._counts.get(key[1], 0) + 1
            yield key, figure

    def _noted(self, rows: Rows) -> Iterator[tuple[SeriesKey, Figure]]:
        for key, figure in rows:
            self.seen.add(key[0])
            yield key, figure

    def _added_up(self, rows: Rows) -> Iterator[tuple[SeriesKey, Figure]]:
        for key, figure in rows:
            if figure[3] is not None:
                self._found[key[1]] = EXACT.add(self._found.get(key[1], Decimal(0)), Decimal(figure[3]))
            yield key, figure

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
