"""The columns of a table told apart: units, periods, disaggregation, figures."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime

from sdgcities.tracks.data.inspecting.carried import carried_columns, carried_down
from sdgcities.tracks.data.inspecting.cells import Cell, Row, column_of, distinct
from sdgcities.tracks.data.inspecting.choosing_units import choose_units
from sdgcities.tracks.data.inspecting.dimensions import DimensionColumn, Heading, dimension_column, heading
from sdgcities.tracks.data.inspecting.known import Known, measure_of, spelled
from sdgcities.tracks.data.inspecting.layout import Found
from sdgcities.tracks.data.inspecting.number_formats import number_format
from sdgcities.tracks.data.inspecting.periods import PeriodColumn, period_column, year_columns, years_in
from sdgcities.tracks.data.inspecting.reading import Reading, Repeated, Role, Units
from sdgcities.tracks.data.inspecting.unit_columns import NAME, UnitMatch, by_name, matches_of
from sdgcities.tracks.data.inspecting.words import plain, words

_CODE = re.compile("0[0-9]")
"""A nought before digits: no figure begins so."""
_NUMBERED = re.compile("[0-9]+ ")
"""A number before the name of a column, folded: "08. Escala"."""
_HALF, _MOSTLY = 0.5, 0.6
_MOST_MEASURES, _MARK = 12, 3
"""Different units of measure that a column can hold, and characters of a mark beside a figure."""
_LONG = 15
"""Characters that the names of indicators have on average, and labels of a code list have not."""


def read_columns(layout: Found, countries: Sequence[Known]) -> Reading:
    """The columns as the country reads them whose places the table names most of."""
    carried = carried_columns(layout)
    filled = replace(layout, body=carried_down(layout.body, carried))
    readings = [_read(filled, known, carried) for known in countries]
    return max(readings, key=lambda one: sum(len(match.matched) for match in one.units.columns), default=Reading(layout, None, {}))


def _read(layout: Found, known: Known, carried: tuple[int, ...]) -> Reading:
    cells = {place: column_of(layout.body, place) for place in range(len(layout.names)) if place not in layout.empty}
    periods = {place: seen for place in cells if (seen := period_column(layout.names[place], cells[place]))}
    wide = year_columns(layout.names, (place for place in sorted(layout.numeric) if place not in periods))
    in_years = {place for one in wide for place in one.places}
    day = _day(layout, periods, (year for one in wide for year in one.years))
    found = _places(known, cells, {*in_years, *(place for place, seen in periods.items() if seen.named or seen.kind == "year")}, day)
    texts = [place for place in cells if place not in layout.numeric]
    units = choose_units(known, layout.body, found, [place for place in texts if place not in periods], day)
    taken = _roles_of(units)
    period = _period(periods, taken, bool(wide))
    roles = taken | ({period: Role.PERIOD} if period >= 0 else {})
    dimensions = _dimensions(known, layout, cells, set(roles) | set(periods))
    roles |= dict.fromkeys(dimensions, Role.DIMENSION)
    roles |= _by_words(known, layout, cells, set(roles))
    roles |= {place: _rest(layout, place, cells[place], periods) for place in cells if place not in roles}
    values = [place for place, role in roles.items() if role is Role.VALUE]
    repeated = _repeated(layout, roles, values)
    apart = [place for place in repeated.apart if place not in {match.place for match in units.few}] if repeated else []
    indicator, guessed = next((place for place, role in roles.items() if role is Role.INDICATOR), -1), False
    if indicator < 0 and (naming := _naming([plain(name) for name in layout.names], cells, roles, apart)) >= 0:
        indicator, roles, guessed = naming, roles | {naming: Role.INDICATOR}, True
        repeated = _repeated(layout, roles, values)
    return Reading(
        layout=layout,
        known=known,
        roles=roles,
        units=units,
        period=period,
        periods=periods,
        years=tuple(wide),
        dimensions=dimensions,
        indicator=indicator,
        guessed=guessed,
        measure=next((place for place, role in roles.items() if role is Role.MEASURE), -1),
        status=next((place for place, role in roles.items() if role is Role.STATUS), -1),
        headings=_headings(known, layout.names, [place for place in values if place not in in_years]),
        numbers={place: number_format(Cell(number, row[place]) for number, row in layout.body) for place in values},
        transposed=_transposed(known, layout.names, values, day) if not units.columns else (),
        carried=carried,
        repeated=repeated,
    )


def _day(layout: Found, periods: Mapping[int, PeriodColumn], years: Iterable[str]) -> date:
    """The day as of which places are looked up: the last of the latest year that columns or titles name, never later than today."""
    today = datetime.now(UTC).date()
    named = [seen.highest for seen in periods.values() if seen.named and seen.highest] + list(years) or [*years_in(layout.titles)]
    return min(today, date(int(max(named)), 12, 31)) if named else today


def _places(known: Known, cells: Mapping[int, Sequence[Cell]], other: set[int], day: date) -> dict[int, UnitMatch]:
    """What each column matches best, where it matches."""
    found = {place: matches_of(known, place, listed, day) for place, listed in cells.items() if place not in other}
    return {place: _best(matches) for place, matches in found.items() if matches}


def _best(matches: Sequence[UnitMatch]) -> UnitMatch:
    """The best match that can hardly be something else, with the other systems that know codes which it doesn't."""
    best = next((match for match in matches if match.telling and match.clear), matches[0])
    for other in matches:
        if best.by != NAME and other.by not in (NAME, "id", *best.systems):
            best = best.joined(other)
    return best


def _roles_of(units: Units) -> dict[int, Role]:
    roles = dict.fromkeys((match.place for match in units.doubtful), Role.KEY) | dict.fromkeys(units.above, Role.WITHIN)
    roles |= {place: role for place, role in ((units.beside, Role.BESIDE), (units.within, Role.WITHIN)) if place >= 0}
    roles |= {match.place: Role.UNIT for match in (*units.columns, *units.rivals)}
    return roles | ({units.levels.place: Role.LEVEL} if units.levels else {})


def _period(periods: Mapping[int, PeriodColumn], taken: Mapping[int, Role], wide: bool) -> int:  # noqa: FBT001 - one caller
    """The column of the period: the only one that is called so; -1 where there is none or several."""
    free = {place: seen for place, seen in periods.items() if place not in taken}
    for fitting in ([place for place, seen in free.items() if seen.exactly], [place for place, seen in free.items() if seen.named]):
        if fitting:
            return fitting[0] if len(fitting) == 1 and not wide else -1
    return -1


def _dimensions(known: Known, layout: Found, cells: Mapping[int, Sequence[Cell]], taken: set[int]) -> dict[int, DimensionColumn]:
    open_to = [place for place in cells if place not in taken and (place not in layout.numeric or plain(layout.names[place]) in known.dimension_names)]
    return {place: seen for place in open_to if (seen := dimension_column(known, layout.names[place], cells[place]))}


def _by_words(known: Known, layout: Found, cells: Mapping[int, Sequence[Cell]], taken: set[int]) -> dict[int, Role]:
    """The columns of the indicator and of the unit of measure: called so, and holding such words; or holding nothing but names of indicators."""
    roles = dict[int, Role]()
    for place, listed in cells.items():
        if place in taken or place in layout.numeric:
            continue
        texts = [text for _, text in distinct(listed)]
        name = _NUMBERED.sub("", plain(layout.names[place].replace("_", " ")))
        indicators = sum(spelled(text) in known.indicator_names for text in texts)
        measures = sum(bool(measure_of(known, text)) for text in texts)
        if Role.INDICATOR not in roles.values() and (name in words().indicator or indicators >= _HALF * len(texts)):
            roles[place] = Role.INDICATOR
        elif Role.MEASURE not in roles.values() and (
            measures == len(texts)
            or (name in words().measure and measures >= _HALF * len(texts))
            or (name in words().measure_alone and len(texts) <= _MOST_MEASURES)
        ):
            roles[place] = Role.MEASURE
        elif Role.STATUS not in roles.values() and name in words().settled and max(map(len, texts)) <= _MARK:
            roles[place] = Role.STATUS
    return roles


def _rest(layout: Found, place: int, cells: Sequence[Cell], periods: Mapping[int, PeriodColumn]) -> Role:
    """What is left: figures, or else what numbers rows, places them on the map, or nobody knows."""
    folded = plain(layout.names[place].replace("_", " "))
    if place not in layout.numeric or place in periods:
        return Role.OTHER
    if folded in words().coordinates:
        return Role.PLACE
    if folded in words().powers | words().decimals:
        return Role.KEY
    if not words().keys.isdisjoint(folded.split()) or _counts_rows(cells) or any(_CODE.match(text) for _, text in cells):
        return Role.KEY
    return Role.VALUE


def _counts_rows(cells: Sequence[Cell]) -> bool:
    """Whether a column numbers its rows: 1, 2, 3, ..."""
    return len(cells) > 2 and [text for _, text in cells] == [str(number) for number in range(1, len(cells) + 1)]  # noqa: PLR2004 - two figures can be 1 and 2


def _repeated(layout: Found, roles: Mapping[int, Role], values: Sequence[int]) -> Repeated | None:
    """Rows that nothing but their figures tells apart."""
    if not values:
        return None
    telling = (Role.UNIT, Role.WITHIN, Role.LEVEL, Role.PERIOD, Role.DIMENSION, Role.INDICATOR, Role.MEASURE)
    places = [place for place, role in roles.items() if role in telling]
    rows = [(number, cells) for number, cells in layout.body if any(cells[place] for place in values)]
    keys = Counter(tuple(cells[place] for place in places) for _, cells in rows)
    if not places or len(keys) == len(rows):
        return None
    others = [place for place, role in roles.items() if role in (Role.OTHER, Role.KEY) and place not in places]
    apart = [place for place in others if _different(rows, [*places, place])] or (others if _different(rows, [*places, *others]) else [])
    key = next(key for key, count in keys.items() if count > 1)
    twice = [number for number, cells in rows if tuple(cells[place] for place in places) == key]
    return Repeated(len(rows) - len(keys), (twice[0], twice[1]), tuple(apart))


def _different(rows: Sequence[Row], places: Sequence[int]) -> bool:
    """Whether no two rows are alike in these columns."""
    return len({tuple(cells[at] for at in places) for _, cells in rows}) == len(rows)


def _naming(names: Sequence[str], cells: Mapping[int, Sequence[Cell]], roles: Mapping[int, Role], apart: Sequence[int]) -> int:
    """The one column of long texts that tells repeated rows apart, each of which stands in many rows: it names indicators."""
    found = []
    for place in apart:
        texts = [text for _, text in distinct(cells[place])]
        if (
            roles[place] is Role.OTHER
            and names[place] not in words().measure | words().measure_alone
            and 1 < len(texts) <= len(cells[place]) / 2
            and sum(map(len, texts)) >= _LONG * len(texts)
        ):
            found.append(place)
    return found[0] if len(found) == 1 else -1


def _headings(known: Known, names: Sequence[str], values: Sequence[int]) -> dict[int, Heading]:
    """What names of columns say of dimensions; of sex only where columns of the same stem are there for women and for men."""
    seen = {place: heading(known, names[place]) for place in values}
    groups: dict[str, set[str]] = {}
    for place in values:
        groups.setdefault(seen[place].stem, set()).update(seen[place].codes.values())
    return {place: one for place, one in seen.items() if one.codes and len(groups[one.stem]) > 1}


def _transposed(known: Known, names: Sequence[str], values: Sequence[int], day: date) -> tuple[int, ...]:
    """The columns of figures that are called after units, where most of them are."""
    held = by_name(known, -1, [Cell(0, names[place]) for place in values if names[place]], day) if len(values) > 1 else None
    named = tuple(place for place in values if held and names[place] in held.matched)
    return named if len(named) >= _MOSTLY * len(values) and len(named) > 1 else ()
