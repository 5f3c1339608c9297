"""What is said of the units of a table: in which column, by which names or codes, and which of them the hub does not know."""

from __future__ import annotations

from collections.abc import Iterator

from sdgcities.findings import Finding, Message, msg
from sdgcities.tracks.data.inspecting.asking import asks, named, says, some
from sdgcities.tracks.data.inspecting.inspection import Inspection
from sdgcities.tracks.data.inspecting.reading import Reading
from sdgcities.tracks.data.inspecting.unit_columns import NAME, UnitMatch


def about_units(inspection: Inspection, reading: Reading) -> Iterator[Finding]:
    """The columns of units, what matched and what did not."""
    if reading.transposed:
        yield from _transposed(inspection, reading)
    elif not reading.units.columns:
        yield from _none(inspection, reading)
    for match in reading.units.columns:
        yield from _one(inspection, reading, match)
    if reading.units.rivals:
        both = named(reading.names[match.place] for match in (reading.units.columns[0], *reading.units.rivals))
        problem = msg("Several columns name units of the same level, and different ones in the same row: %(columns)s.", columns=both)
        yield asks(
            "unit-column", problem, msg("Which one is the unit that the figures are of? Say it under units; the others go under ignore."), inspection.where()
        )
    if reading.units.levels:
        levels = reading.units.levels
        spelled = "; ".join(f"{text} = {level} ({levels.shares[text][0]}/{levels.shares[text][1]})" for text, level in levels.values.items())
        yield says("levels", msg("The level of each unit stands beside it: %(levels)s.", levels=spelled), inspection.where(column=reading.names[levels.place]))
    if reading.units.blank:
        problem = msg("%(n)s rows name no unit.", n=reading.units.blanks)
        hint = msg(
            "Which unit are their figures of, the country? Say it under blank_unit; if they are none of any unit, leave the key out and such rows are refused."
        )
        yield asks("blank-unit", problem, hint, inspection.where(reading.units.blank.row))


def _one(inspection: Inspection, reading: Reading, match: UnitMatch) -> Iterator[Finding]:
    where = inspection.where(column=reading.names[match.place] or None)
    parts: dict[str, object] = {"matched": len(match.matched), "of": match.texts, "systems": ", ".join(match.systems), "levels": _levels(match)}
    if match.by == NAME:
        yield says("units", msg("Units by their names: %(matched)s of %(of)s different names mean one unit (%(levels)s).", **parts), where)
    else:
        yield says("units", msg("Units by their codes (%(systems)s): %(matched)s of %(of)s different codes mean one unit (%(levels)s).", **parts), where)
    if match.digits:
        told = msg(
            "Zeros at the front of its codes are lost: they have %(digits)s digits, and “%(text)s” stands there.",
            digits=match.digits,
            text=min(match.matched, key=len),
        )
        yield says("zeros", told, where)
    yield from _open(match, reading, inspection)


def _open(match: UnitMatch, reading: Reading, inspection: Inspection) -> Iterator[Finding]:
    """What did not match: an import refuses those rows."""
    column = reading.names[match.place] or None
    ambiguous = [cell for cell in match.ambiguous if not _by_level(reading, cell.text)]
    unknown = [cell for cell in match.unknown if not _by_level(reading, cell.text)]
    if ambiguous:
        problem = msg("These mean several units: %(cells)s.", cells=some(ambiguous))
        yield asks(
            "units-ambiguous",
            problem,
            msg("Use a column with codes, or one with the unit above (within), or say which is meant: sdgcities unit alias add."),
            inspection.where(ambiguous[0].row, column),
        )
    if unknown:
        hint = msg("An import refuses their rows: say which units are meant, sdgcities unit alias add, or leave them out under rows.")
        yield asks("units-unknown", msg("These are no units known here: %(cells)s.", cells=some(unknown)), hint, inspection.where(unknown[0].row, column))
    if match.totals:
        hint = msg("If it is the total of all, name the unit: sdgcities unit alias add; or leave the row out under rows.")
        yield asks("total-row", msg("A row looks like a total: %(cells)s.", cells=some(match.totals)), hint, inspection.where(match.totals[0].row, column))


def _by_level(reading: Reading, text: str) -> bool:
    """Whether a name that is in doubt by itself is found at the level that stands beside it in every row."""
    levels = reading.units.levels
    return levels is not None and text in levels.found


def _levels(match: UnitMatch) -> str:
    return ", ".join(f"{level}: {count}" for level, count in match.levels)


def _transposed(inspection: Inspection, reading: Reading) -> Iterator[Finding]:
    units = named(reading.names[place] for place in reading.transposed)
    problem = msg("The table lies on its side: the columns are named after units (%(units)s).", units=units)
    yield asks(
        "transposed",
        problem,
        msg("No profile can read that: turn the table in the spreadsheet program (copy, paste special, transpose), so that each unit has a row."),
        inspection.where(),
    )


def _none(inspection: Inspection, reading: Reading) -> Iterator[Finding]:
    tried = sorted(reading.known.codes if reading.known else ())
    problem = msg("No column holds units most of which the hub knows. Tried: names, and codes of %(systems)s.", systems=", ".join(tried) or "-")
    hint = msg("Are all figures of one place? Then write its id under blank_unit. Otherwise name the column under units.")
    yield asks("no-units", problem, hint, inspection.where())
    for match in reading.units.few:
        told = msg("%(matched)s of its %(of)s different texts mean a unit: %(names)s.", matched=len(match.matched), of=match.texts, names=named(match.matched))
        hint = msg("If only their rows are wanted, name the column under units, and leave out the others under rows.")
        yield says("few-units", told, inspection.where(column=reading.names[match.place]), hint)
    for match in reading.units.doubtful:
        column = reading.names[match.place]
        yield says("maybe-units", _maybe(match), inspection.where(column=column or None))


def _maybe(match: UnitMatch) -> Message:
    return msg("Its short numbers would all be codes of units (%(system)s), but may be numbers of anything.", system=match.by)
