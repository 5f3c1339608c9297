"""The figures of a city as they would be published: one file for each indicator, small counts of people hidden; the same figures give the same bytes."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from sdgcities.exchange.publishing.hiding import Hidden, Surroundings, hidden_of
from sdgcities.exchange.tidy import AFTER, BEFORE, origin, written
from sdgcities.intake.formulas import quoted
from sdgcities.methods.sums import Place
from sdgcities.model.statistics import Indicator, MissingReason, read_dimensions
from sdgcities.registry.figures import Observed

HIDDEN = MissingReason.CONFIDENTIAL.value


@dataclass(frozen=True, slots=True)
class Table:
    """The file of one indicator: its bytes, how many figures it has, and which of them are hidden, as `period dimensions`.

    `in_vain`: how many of these follow all the same from what was told before.
    """

    indicator: Indicator
    content: bytes
    rows: int
    dimensions: tuple[str, ...]
    hidden: tuple[str, ...]
    in_vain: int = 0

    @property
    def sha256(self) -> str:
        """The digest that is reviewed and published."""
        return hashlib.sha256(self.content).hexdigest()


def tables(figures: Iterable[Observed], indicators: Mapping[str, Indicator], wanted: Collection[str], around: Surroundings, threshold: int) -> list[Table]:
    """The files of the wanted indicators of a city, by their codes. `figures` are all it and related cities have: one may give away what another hides."""
    grouped = {code: list(ones) for code, ones in groupby(sorted(figures, key=lambda one: one.indicator), key=lambda one: one.indicator) if code in indicators}
    hidden = hidden_of(grouped, {code: indicators[code].unit for code in grouped}, around, threshold)
    own = {code: [one for one in ones if one.unit == around.city] for code, ones in grouped.items() if code in wanted}
    return [table_of(indicators[code], ones, hidden.get(code, Hidden())) for code, ones in own.items() if ones]


def table_of(indicator: Indicator, ones: Sequence[Observed], hidden: Hidden) -> Table:
    """The file of one indicator without what is hidden of it."""
    names = tuple(sorted({name for one in ones for name in read_dimensions(one.dims)}))
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow([*BEFORE, *names, *AFTER])
    writer.writerows(_rows(ones, names, hidden.places))
    spelled = tuple(sorted(f"{period} {dims}".strip() for period, dims in hidden.places))
    return Table(indicator, stream.getvalue().encode(), len(ones), names, spelled, len(hidden.in_vain))


def _rows(ones: Sequence[Observed], names: Sequence[str], hidden: Collection[Place]) -> Iterator[list[str]]:
    for one in ones:
        period, codes = written(one.start, one.end, one.freq), read_dimensions(one.dims)
        value, missing = ("", HIDDEN) if (period, one.dims) in hidden else (one.value or "", one.missing or "")
        source = quoted(origin(one.office, one.table))
        yield [one.unit, one.indicator, period, *(codes.get(name, "_T") for name in names), value, one.unit_measure, one.status, missing, source]
