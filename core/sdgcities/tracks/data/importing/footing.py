"""The totals that a file prints, held against the figures they are totals of."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from sdgcities.findings import Finding, Severity, Where, msg, nmsg
from sdgcities.model.places import Unit
from sdgcities.model.profiles import AddsUp
from sdgcities.store.bulk import Figure, Run, SeriesKey, figures
from sdgcities.tracks.data.reading.raw import EXACT

SHOWN = 20

Key = tuple[int, str, str, str, str, str]
"""Number of the rule, unit of the whole, indicator, dimensions, first and last day."""


@dataclass(slots=True)
class Footing:
    """Watches figures pass by and adds up the parts of every total."""

    rules: Sequence[AddsUp]
    line: Callable[[str], Sequence[Unit]]
    """A unit and what it lies in, from the unit upwards."""
    _wholes: dict[Key, Decimal] = field(default_factory=dict)
    _sums: dict[Key, Decimal] = field(default_factory=lambda: defaultdict(Decimal))
    _gaps: set[Key] = field(default_factory=set)

    def watch(self, runs: Iterable[Run]) -> Iterator[Run]:
        """The same runs."""
        for run in runs:
            for number, rule in enumerate(self.rules):
                if run.indicator in rule.indicators:
                    for key, figure in figures([run]):
                        self._take(number, rule, key, figure)
            yield run

    def findings(self, file: str) -> Iterator[Finding]:
        """The totals that do not hold. Where a part has no figure, there is nothing to compare."""
        wrong = [key for key, whole in self._wholes.items() if key not in self._gaps and abs(whole - self._sums[key]) > self.rules[key[0]].tolerance]
        for key in wrong[:SHOWN]:
            number, unit, indicator, dims, start, end = key
            message = msg(
                "%(indicator)s%(dims)s, %(start)s to %(end)s: the file gives %(whole)s for %(unit)s, but its units of the level %(level)s add up to %(sum)s.",
                indicator=indicator,
                dims=f" ({dims})" if dims else "",
                start=start,
                end=end,
                whole=f"{self._wholes[key].normalize():f}",
                unit=unit,
                level=self.rules[number].parts,
                sum=f"{self._sums[key].normalize():f}",
            )
            yield Finding("reconcile.adds-up", Severity.BLOCK, message, msg("Is the file complete? Otherwise ask the office."), Where(file=file))
        if len(wrong) > SHOWN:
            text = nmsg("%(n)s further total does not hold.", "%(n)s further totals do not hold.", len(wrong) - SHOWN)
            yield Finding("import.more", Severity.NOTE, text, None, Where(file=file))

    def _take(self, number: int, rule: AddsUp, key: SeriesKey, figure: Figure) -> None:
        unit, indicator, _, dims = key
        line = self.line(unit)
        if line[0].level not in (rule.whole, rule.parts):
            return
        whole = next((above.id for above in line if above.level == rule.whole), "")
        place = (number, whole, indicator, dims, figure[0], figure[1])
        if figure[2] is None:
            self._gaps.add(place)
        elif line[0].level == rule.whole:
            self._wholes[place] = Decimal(figure[2])
        else:
            self._sums[place] = EXACT.add(self._sums[place], Decimal(figure[2]))
