"""What is lacking: units of a level where most have a figure, and figures younger than the last."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from sdgcities.findings import msg
from sdgcities.model.places import Unit
from sdgcities.tracks.data.quality.across_units import by_level
from sdgcities.tracks.data.quality.checks import Check
from sdgcities.tracks.data.quality.doubt import Suspicion
from sdgcities.tracks.data.quality.held import ABSENT, Table
from sdgcities.tracks.data.quality.over_time import DAYS_A_YEAR


def lacking_units(table: Table, check: Check, units: Mapping[str, Unit]) -> Iterator[Suspicion]:
    """In the latest period, units of a level without a figure and without a reason, where most have one."""
    place = len(table.periods) - 1
    known = {line.unit for line in table.lines if line.texts[place]}
    period, country = table.periods[place], table.indicator.country
    for level in by_level(table, table.columns[place], units):
        every = [unit.id for unit in units.values() if unit.country == country and unit.level == level and unit.stood(period.start, period.end)]
        missing = tuple(unit for unit in every if unit not in known)
        if missing and len(every) >= check.numbers["units"] and len(every) - len(missing) >= check.numbers["share"] * len(every):
            problem = msg("%(n)s of %(all)s units have no figure and no reason for having none", n=len(missing), all=len(every))
            yield Suspicion(check.id, missing, level, table.indicator.code, table.dims, (table.names[place],), problem)


def out_of_date(tables: Sequence[Table], check: Check, today: date, units: Mapping[str, Unit]) -> Iterator[Suspicion]:
    """The latest figure of a unit is older than it should be by the indicator's frequency. Of a unit that ended none will come."""
    latest: dict[str, tuple[date, str]] = {}
    for table in tables:
        for line in table.lines:
            place = next((place for place in reversed(range(len(table.periods))) if line.texts[place] not in ("", ABSENT)), None)
            if line.fresh and place is not None and units[line.unit].stood(today, today):
                latest[line.unit] = max(latest.get(line.unit, (date.min, "")), (table.periods[place].end, table.names[place]))
    for unit, (end, name) in latest.items():
        indicator = tables[0].indicator
        limit = check.numbers.get(f"years_{indicator.frequency.lower()}", check.numbers["years_irregular"])
        age = (today - end).days / DAYS_A_YEAR
        if age > limit:
            problem = msg("the latest figure is %(age)s years old", age=int(age))
            yield Suspicion(check.id, (unit,), "", indicator.code, "", (name,), problem)
