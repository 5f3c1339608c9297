"""An import of very many series: only those are looked at that one pass over all of them suspects, beside a sample of the others."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from sdgcities.tracks.data.quality import over_time
from sdgcities.tracks.data.quality.checks import Check, checks
from sdgcities.tracks.data.quality.doubt import Suspicion
from sdgcities.tracks.data.quality.held import SAMPLE, Series, Table, series_of, tables
from sdgcities.tracks.data.quality.judging import Judging
from sdgcities.tracks.data.quality.touched import Touched


def suspected(judging: Judging, brought: Touched) -> Iterator[Suspicion]:
    """Values that are repeated for every period, and jumps by a factor of ten."""
    listed = checks()
    if not brought.series:
        return
    for code, every in series_of(judging.connection):
        by_dims: dict[str, list[Series]] = {}
        for one in every:
            if one.unit in judging.units:
                by_dims.setdefault(one.dims, []).append(one)
        for own in by_dims.values():
            yield from _looked_at(judging, brought, code, own, listed)


def _looked_at(judging: Judging, brought: Touched, code: str, every: Sequence[Series], listed: Mapping[str, Check]) -> Iterator[Suspicion]:
    suspects = [one for one in every if one.id in brought.series]
    indicator = judging.catalogue.indicators[judging.units[every[0].unit].country].get(code)
    if not suspects or indicator is None:
        return
    sample = every[:: max(1, len(every) // SAMPLE)]
    alone = tables(judging.connection, indicator, sample, judging.fresh)
    restless = any(over_time.is_restless(table, listed["quality.factor-ten"]) for table in alone)
    wanted = [one for one in suspects if one.id in brought.constant or not restless]
    chosen = list({one.id: one for one in (*sample, *wanted)}.values())
    units = {one.unit for one in sample}
    for table in tables(judging.connection, indicator, chosen, judging.fresh) if wanted else ():
        told = Table(table.indicator, table.dims, table.periods, table.lines, sample=[number for number, line in enumerate(table.lines) if line.unit in units])
        yield from over_time.same_years(told, listed["quality.same-years"])
        if not restless:
            yield from over_time.jumps(told, listed["quality.factor-ten"], listed["quality.jump"])
