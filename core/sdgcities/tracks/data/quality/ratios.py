"""Percentages that were written as ratios: doubted where they spread as ratios would, asked about where they come in for the first time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from statistics import median

from sdgcities.findings import msg
from sdgcities.model.places import Unit
from sdgcities.tracks.data.quality.across_units import of_many
from sdgcities.tracks.data.quality.checks import Check
from sdgcities.tracks.data.quality.doubt import Suspicion
from sdgcities.tracks.data.quality.held import Table
from sdgcities.tracks.data.quality.written import FULL, PERCENT


def percent_ratio(table: Table, check: Check, units: Mapping[str, Unit]) -> Iterator[Suspicion]:
    """An indicator in percent whose figures of a period lie between nothing and one, and spread as shares of one would: all, or some far below the others."""
    if not _is_share(table):
        return
    for place in sorted(table.fresh_places):
        known = [(number, figure) for number, figure in table.columns[place] if figure]
        if len(known) < check.numbers["units"]:
            continue
        if max(figure for _, figure in known) > 1:
            yield from _some(table, check, units, place)
            continue
        fractions = [figure for number, figure in known if "." in table.lines[number].texts[place]]
        if len(set(fractions)) * 2 > len(known) and median(figure for _, figure in known) >= check.numbers["median"]:
            least, most = min(figure for _, figure in known), max(figure for _, figure in known)
            problem = msg("all figures lie between %(least)s and %(most)s, but the indicator is in percent", least=f"{least:g}", most=f"{most:g}")
            yield of_many(table, check, place, [number for number, _ in known], units, problem)


def _is_share(table: Table) -> bool:
    """Whether the indicator is in percent and never below nothing, as changes can be."""
    return table.indicator.unit == PERCENT and not (table.indicator.minimum is not None and table.indicator.minimum < 0)


def _some(table: Table, check: Check, units: Mapping[str, Unit], place: int) -> Iterator[Suspicion]:
    """Figures of a period of which some are fractions of one and all others far above, among which a hundred times the fractions would lie."""
    low = [(number, figure) for number, figure in table.columns[place] if 0 < figure <= 1 and "." in table.lines[number].texts[place]]
    high = [figure for _, figure in table.columns[place] if figure > 1]
    if min(len(low), len(high)) < check.numbers["units"]:
        return
    most, typical = max(figure for _, figure in low), FULL * median(figure for _, figure in low)
    if len({figure for _, figure in low}) * 2 > len(low) and min(high) >= check.numbers["gap"] * most and min(high) <= typical <= max(high):
        parts: dict[str, object] = {"n": len(low), "all": len(low) + len(high), "most": f"{most:g}", "least": f"{min(high):g}"}
        problem = msg("%(n)s of %(all)s figures lie below %(most)s and the others above %(least)s, in an indicator in percent", **parts)
        yield of_many(table, check, place, [number for number, _ in low], units, problem)


def perhaps_ratios(table: Table, check: Check) -> Iterator[Suspicion]:
    """First figures of an indicator in percent, none of which is above one: nothing in the hub says whether they are so small."""
    if not _is_share(table):
        return
    known = [(number, place, figure) for place, column in enumerate(table.columns) for number, figure in column]
    figures = {figure for _, _, figure in known}
    if len(figures) < check.numbers["figures"] or min(figures) < 0 or max(figures) > 1:
        return
    if all(table.is_fresh(table.lines[number], place) for number, place, _ in known):
        names = tuple(dict.fromkeys(table.lines[number].unit for number, _, _ in known))
        periods = tuple(table.names[place] for place in sorted({place for _, place, _ in known}))
        parts = {"n": len(known), "least": f"{min(figures):g}", "most": f"{max(figures):g}"}
        problem = msg("all %(n)s figures lie between %(least)s and %(most)s, and the indicator is in percent: look whether they are ratios", **parts)
        yield Suspicion(check.id, names, "", table.indicator.code, table.dims, periods, problem, weak=True)
