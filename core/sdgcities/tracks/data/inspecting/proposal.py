"""The import profile that a file seems to need, as YAML that a person can edit: the evidence beside each line, and `???` where only a person knows."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from sdgcities.findings import Message, msg
from sdgcities.tracks.data.inspecting.deciding import PeriodFrom, office_of, period_of
from sdgcities.tracks.data.inspecting.headings import JOIN
from sdgcities.tracks.data.inspecting.inspection import RECORDS, Inspection
from sdgcities.tracks.data.inspecting.number_formats import common_style
from sdgcities.tracks.data.inspecting.periods import PeriodColumn
from sdgcities.tracks.data.inspecting.proposed_values import indicator_lines, status_lines, unit_measure_line, value_lines
from sdgcities.tracks.data.inspecting.reading import UNNAMED, Reading, Role
from sdgcities.tracks.data.inspecting.told_figures import marks_behind, missing_marks
from sdgcities.tracks.data.inspecting.unit_columns import NAME, UnitMatch
from sdgcities.tracks.data.inspecting.yaml_lines import UNDECIDED, Line, flow, line, note, scalar

_YEAR = re.compile(r"(?:19|20)[0-9]{2}(?:[-_](?:19|20)[0-9]{2})?")


def proposal(inspection: Inspection, name: str) -> list[Line]:
    """The lines of a profile of this id. Nothing for a file in which no table was found."""
    reading = inspection.reading
    if reading is None or not reading.values:
        return []
    lines = [
        *_origin(inspection, reading, name),
        *_layout(inspection, reading),
        *_numbers(reading),
        *_units(reading),
        *_period(reading),
        *indicator_lines(reading),
        *value_lines(inspection, reading),
        *unit_measure_line(reading),
        *status_lines(reading),
        *_dimensions(reading),
        *_missing(reading),
        *_marks(reading),
        *_ignored(reading),
        *_repeated(reading),
    ]
    open_places = any(scalar(UNDECIDED) in text for text, _ in lines)
    return [
        note(msg("Import profile proposed by sdgcities data inspect for %(file)s.", file=inspection.path.name)),
        *([note(msg("Where %(mark)s stands, only a person can say: an import waits until each is replaced.", mark=UNDECIDED))] if open_places else []),
        *lines,
    ]


def profile_id(stem: str) -> str:
    """An id made of a file's name."""
    plain = re.sub(r"[^a-z0-9]+", "-", stem.casefold().encode("ascii", "ignore").decode()).strip("-")
    return (plain if plain[:1].isalpha() else f"file-{plain}".rstrip("-"))[:80]


def _origin(inspection: Inspection, reading: Reading, name: str) -> Iterator[Line]:
    office = office_of(reading)
    titles = [cell.text for cell in reading.layout.titles if not office or not cell.text.endswith(office)]
    title = max(titles, key=len, default=inspection.path.stem)
    yield line(f"id: {name}")
    yield line(f"title: {json.dumps(title[:120], ensure_ascii=False)}", msg("what the table is, in your words"))
    yield line(f"country: {scalar(reading.known.country if reading.known else UNDECIDED)}")
    yield line(f"source: {flow({'office': office or UNDECIDED})}", msg("who published it; table, licence and url can be added"))
    yield line("status: draft")
    yield line(
        f"file: {json.dumps(_pattern(inspection.path.name), ensure_ascii=False)}", msg("files of this name are read by this profile; * stands for anything")
    )


def _pattern(name: str) -> str:
    """The name of a file as a shell pattern: years may be others next time."""
    return _YEAR.sub("*", re.sub(r"([\[\]?*])", "?", name))


def _layout(inspection: Inspection, reading: Reading) -> Iterator[Line]:
    seen, layout = inspection.sample, reading.layout
    if seen.format != "csv":
        yield line(f"format: {seen.format}")
    if seen.format == "csv":
        encoding = seen.encodings[0] if len(seen.encodings) == 1 else UNDECIDED
        yield line(
            f"encoding: {scalar(encoding.removesuffix('-sig'))}",
            msg("one of: %(encodings)s; the names below are read as the first", encodings=", ".join(seen.encodings)) if len(seen.encodings) > 1 else None,
        )
        yield line(f"delimiter: {json.dumps(seen.delimiter.mark or UNDECIDED)}")
    if seen.format == "xlsx" and inspection.sheet:
        yield line(f"sheets: {flow([_glob(one) for one in (inspection.sheet.name, *inspection.alike)])}")
    if seen.format in RECORDS and inspection.sheet:
        yield line(f"records: {json.dumps(inspection.sheet.pointer, ensure_ascii=False)}")
    elif layout.header_rows:
        yield line(f"header_rows: {list(layout.header_rows)}")
        if layout.joined:
            yield line(f"header_join: {json.dumps(JOIN)}", msg("the rows of names are joined with this between them"))
        if layout.first_row != layout.header_rows[-1] + 1:
            yield line(f"first_row: {layout.first_row}")
    if layout.until:
        yield line(f"until: {scalar(layout.until)}", msg("what begins the row below the table"))
    yield line(f"header: {flow(_needed(reading))}", msg("columns by which a file of this kind is known"))
    if reading.carried:
        yield line(f"carried: {flow([reading.names[place] for place in reading.carried])}", msg("written once, holds for the empty cells below"))


def _glob(name: str) -> str:
    """A sheet's name as a shell pattern that fits no other."""
    return re.sub(r"([\[?*])", r"[\1]", name)


def _needed(reading: Reading) -> list[str]:
    """The columns that tell units, period and indicator, and the first of figures; years change from file to file."""
    in_years = {place for one in reading.years for place in one.places}
    places = [*reading.of(Role.UNIT, Role.LEVEL, Role.PERIOD, Role.INDICATOR, Role.WITHIN), *[place for place in reading.values if place not in in_years][:3]]
    needed = [place for place in sorted(set(places)) if reading.names[place] and place not in reading.units.above]
    return [reading.names[place] for place in needed if reading.names[place] != UNNAMED] or [reading.names[reading.values[0]]]


def _numbers(reading: Reading) -> Iterator[Line]:
    style = common_style(reading.numbers.values())
    if style is None:
        yield line(
            f"numbers: {flow({'decimal': UNDECIDED, 'thousands': UNDECIDED})}",
            msg("how figures are written: the mark before the decimals, and the one between thousands (or nothing)"),
        )
        return
    keys = {"decimal": style.decimal} if style.decimal != "." else {}
    keys |= {"thousands": style.thousands} if style.thousands else {}
    if keys or style.percent:
        yield line(f"numbers: {flow(dict(keys) | ({'percent': True} if style.percent else {}))}", _proof(reading))


def _proof(reading: Reading) -> Message | None:
    for place, seen in reading.numbers.items():
        for evidence in (*seen.thousands.values(), *seen.decimal.values(), *filter(None, [seen.percent])):
            return msg("such as “%(text)s” in row %(row)s, column %(column)s", text=evidence.first.text, row=evidence.first.row, column=reading.names[place])
    return None


def _units(reading: Reading) -> Iterator[Line]:
    units = reading.units
    if units.columns:
        yield line("units:")
    for match in units.columns:
        column = UNDECIDED if units.rivals and match is units.columns[0] else reading.names[match.place]
        yield line(f"  - {flow({'column': column} | _unit(reading, match))}", _matched(reading, match))
    if units.rivals:
        names = ", ".join(reading.names[match.place] for match in (units.columns[0], *units.rivals))
        yield note(msg("one of: %(names)s", names=names))
    if units.blank or not units.columns:
        country = reading.known.country if reading.known else ""
        yield line(f"blank_unit: {scalar(UNDECIDED)}", msg("the unit of rows that name none; of the country: %(country)s", country=country))
    for match in units.few:
        column = reading.names[match.place]
        rows = f"units: [{flow({'column': column})}], rows: [{flow({'column': column, 'only': list(match.matched)})}]"
        yield note(msg("or, if only these rows are wanted: %(lines)s", lines=rows))


def _unit(reading: Reading, match: UnitMatch) -> dict[str, object]:
    units = reading.units
    keys: dict[str, object] = {}
    first = match is units.columns[0]
    if match.by != NAME:
        keys["by"] = match.systems[0] if len(match.systems) == 1 else list(match.systems)
        keys |= {"digits": match.digits} if match.digits else {}
        return keys | ({"beside": reading.names[units.beside]} if first and units.beside >= 0 else {})
    if first and units.levels:
        keys["level"] = {"column": reading.names[units.levels.place], "values": dict(units.levels.values)}
    elif match.level:
        keys["level"] = match.level
    return keys | ({"within": reading.names[units.within]} if first and units.within >= 0 else {})


def _matched(reading: Reading, match: UnitMatch) -> Message:
    levels = reading.units.levels
    found = levels.found if levels and match is reading.units.columns[0] else match.matched
    return msg("%(matched)s of %(of)s mean one unit", matched=len(found), of=match.texts)


def _period(reading: Reading) -> Iterator[Line]:
    found = period_of(reading)
    if found.found is PeriodFrom.COLUMN:
        seen = reading.periods[reading.period]
        yield line(f"period: {flow({'column': reading.names[reading.period]})}")
        yield from _periods(seen)
    elif found.found is PeriodFrom.TITLE:
        yield line(f"period: {flow({'title': found.pattern})}", msg("finds %(year)s above the figures", year=found.year))
    elif found.found is PeriodFrom.ASKED:
        several = [reading.names[place] for place in reading.periods if reading.roles.get(place) is not Role.UNIT]
        remark = (
            msg("or period: {column: ...}, one of: %(names)s", names=", ".join(several))
            if several
            else msg("years in titles: %(years)s", years=", ".join(found.candidates) or "-")
        )
        yield line(f"period: {flow({'constant': UNDECIDED})}", remark)


def _periods(seen: PeriodColumn) -> Iterator[Line]:
    """How texts that are no plain periods are read."""
    if seen.kind == "part":
        pattern = "(?P<part>.+?)[ /.-]+(?P<year>[0-9]{4})" if seen.part_first else "(?P<year>[0-9]{4})[ /.-]*(?P<part>.+)"
        yield line(f"periods: {flow({'pattern': pattern, 'parts': dict.fromkeys(seen.parts, UNDECIDED)})}", msg("01 to 12, Q1 to Q4, S1 or S2"))
    elif seen.kind in ("day", "slashed", "range"):
        yield line(
            f"periods: {flow({'values': {seen.first.text: UNDECIDED}})}",
            msg("the period that each text stands for, or a pattern with the groups year and part"),
        )


def _dimensions(reading: Reading) -> Iterator[Line]:
    if reading.dimensions or reading.asked:
        yield line("dimensions:")
    for place, seen in reading.dimensions.items():
        codes = {text: code or UNDECIDED for text, code in seen.codes.items()}
        yield line(f"  - {flow({'column': reading.names[place], 'dimension': seen.dimension, 'codes': codes})}")
    for place in reading.asked:
        codes = {cell.text: UNDECIDED for cell in reading.texts(place)}
        entry = {"column": reading.names[place], "dimension": UNDECIDED, "codes": codes}
        yield line(f"  - {flow(entry)}", msg("a disaggregation? Otherwise move the column to ignore"))


def _missing(reading: Reading) -> Iterator[Line]:
    marks = missing_marks(reading)
    if marks:
        yield line("missing:", msg("why there is no figure: not_collected, not_applicable, not_published, confidential or unreliable"))
    for text, evidence in marks.items():
        yield line(
            f"  {json.dumps(text, ensure_ascii=False)}: {scalar(UNDECIDED)}",
            msg("%(n)s cells, the first in row %(row)s", n=evidence.count, row=evidence.first.row),
        )


def _marks(reading: Reading) -> Iterator[Line]:
    if marks := marks_behind(reading):
        yield line(
            f"marks: {flow(dict.fromkeys(marks, UNDECIDED))}", msg("what a mark behind a figure says: A normal, P provisional, E estimated, U unreliable")
        )


def _ignored(reading: Reading) -> Iterator[Line]:
    units = reading.units
    used = {units.beside, units.within, units.levels.place if units.levels else -1, *(match.place for match in units.columns)}
    places = [
        place for place in reading.of(Role.KEY, Role.PLACE, Role.OTHER, Role.WITHIN, Role.BESIDE, Role.UNIT) if place not in used and place not in reading.asked
    ]
    named_empty = [place for place in reading.layout.empty if reading.names[place]]
    if names := [reading.names[place] for place in sorted({*places, *named_empty}) if reading.names[place] not in ("", UNNAMED)]:
        yield line(f"ignore: {flow(names)}")


def _repeated(reading: Reading) -> Iterator[Line]:
    if reading.repeated:
        yield line(
            f"aggregate: {scalar(UNDECIDED)}",
            msg("sum, where rows of one unit are parts to be added up; otherwise take the line out and say what tells them apart"),
        )
