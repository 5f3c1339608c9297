"""The figures of a city as they would be published: one file for each indicator, small counts of people hidden; the same figures give the same bytes."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

from sdgcities.exchange.outgoing import Outgoing
from sdgcities.exchange.tidy import AFTER, BEFORE, origin, written
from sdgcities.intake.formulas import quoted
from sdgcities.methods.suppression import Hiding, Whole, wholes_of
from sdgcities.model.statistics import Indicator, MissingReason, read_dimensions
from sdgcities.registry.figures import Observed

PEOPLE = frozenset(("persons", "households"))
"""Units of measure in which people are counted."""
HIDDEN = MissingReason.CONFIDENTIAL.value

Place = tuple[str, str]
"""Period and disaggregation of one figure of a unit."""


@dataclass(frozen=True, slots=True)
class Table:
    """The file of one indicator: its bytes, how many figures it has, and which of them are hidden, as `period dimensions`."""

    indicator: Indicator
    content: bytes
    rows: int
    dimensions: tuple[str, ...]
    hidden: tuple[str, ...]

    @property
    def sha256(self) -> str:
        """The digest that is reviewed and published."""
        return hashlib.sha256(self.content).hexdigest()


def tables(going: Outgoing, before: Mapping[str, Collection[str]], threshold: int) -> list[Table]:
    """Every indicator that has figures, by its code. `before` is what earlier editions hid of each."""
    grouped = groupby(sorted(going.observations(), key=lambda one: one.indicator), key=lambda one: one.indicator)
    return [_table(going.indicators[code], list(ones), before.get(code, ()), threshold) for code, ones in grouped]


def _table(indicator: Indicator, ones: Sequence[Observed], before: Collection[str], threshold: int) -> Table:
    names = tuple(sorted({name for one in ones for name in read_dimensions(one.dims)}))
    hidden = _hidden(ones, before, threshold) if indicator.unit in PEOPLE else frozenset()
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow([*BEFORE, *names, *AFTER])
    writer.writerows(_rows(ones, names, hidden))
    spelled = tuple(sorted(f"{period} {dims}".strip() for period, dims in hidden))
    return Table(indicator, stream.getvalue().encode(), len(ones), names, spelled)


def _rows(ones: Sequence[Observed], names: Sequence[str], hidden: Collection[Place]) -> Iterator[list[str]]:
    for one in ones:
        period, codes = written(one.start, one.end, one.freq), read_dimensions(one.dims)
        value, missing = ("", HIDDEN) if (period, one.dims) in hidden else (one.value or "", one.missing or "")
        source = quoted(origin(one.office, one.table))
        yield [one.unit, one.indicator, period, *(codes.get(name, "_T") for name in names), value, one.unit_measure, one.status, missing, source]


def _hidden(ones: Sequence[Observed], before: Collection[str], threshold: int) -> frozenset[Place]:
    """The counts that may not be told; those of one period are looked at together."""
    counts: dict[Place, Decimal] = {
        (written(one.start, one.end, one.freq), one.dims): Decimal(one.value) for one in ones if one.value is not None and one.value != ""
    }
    wholes = [
        Whole((period, one.whole), tuple((period, part) for part in one.parts))
        for period in sorted({period for period, _ in counts})
        for one in wholes_of(dims for other, dims in counts if other == period)
    ]
    told = frozenset(place for place in counts if f"{place[0]} {place[1]}".strip() in before)
    return Hiding(counts, wholes, threshold, told).run()
