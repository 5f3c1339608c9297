"""An inspection as data, for programs."""

from __future__ import annotations

from sdgcities.tracks.data.inspecting.cells import Cell, shown
from sdgcities.tracks.data.inspecting.inspection import Inspection
from sdgcities.tracks.data.inspecting.number_formats import NumberFormat
from sdgcities.tracks.data.inspecting.reading import Reading
from sdgcities.tracks.data.inspecting.unit_columns import UnitMatch

_EXAMPLES = 20


def as_data(inspection: Inspection) -> dict[str, object]:
    """What was seen: the file, its sheets, the layout of the table, every column."""
    seen, reading = inspection.sample, inspection.reading
    data: dict[str, object] = {
        "format": seen.format,
        "encoding": seen.encodings[0] if len(seen.encodings) == 1 else None,
        "encodings": list(seen.encodings),
        "delimiter": seen.delimiter.mark or None,
        "sheets": [{"name": one.name, "hidden": one.hidden, "rows": len(one.rows)} for one in seen.sheets],
        "profile_that_fits": inspection.profile or None,
    }
    if reading is None or inspection.sheet is None:
        return data | {"table": None, "columns": []}
    layout = reading.layout
    table = {
        "sheet": inspection.sheet.name or None,
        "whole": inspection.sheet.whole,
        "titles": [cell.text for cell in layout.titles],
        "header_rows": list(layout.header_rows),
        "first_row": layout.first_row,
        "notes": [cell.text for cell in layout.notes],
        "until": layout.until or None,
        "shape": "transposed" if reading.transposed else "wide" if reading.wide else "long" if reading.values else None,
        "year_columns": [year for one in reading.years for year in one.years],
        "country": reading.known.country if reading.known else None,
    }
    return data | {"table": table, "columns": [_column(reading, place) for place in sorted(reading.roles)]}


def _column(reading: Reading, place: int) -> dict[str, object]:
    data: dict[str, object] = {"number": place + 1, "name": reading.names[place], "role": reading.roles[place].value}
    for match in (*reading.units.columns, *reading.units.rivals):
        if match.place == place:
            data["units"] = _units(match)
    if place in reading.numbers:
        data["numbers"] = _numbers(reading.numbers[place])
    if place in reading.dimensions:
        data |= {"dimension": reading.dimensions[place].dimension, "codes": dict(reading.dimensions[place].codes)}
    elif place in reading.headings:
        data["codes"] = dict(reading.headings[place].codes)
    return data


def _units(match: UnitMatch) -> dict[str, object]:
    return {
        "by": list(match.systems),
        "level": match.level or None,
        "levels": dict(match.levels),
        "matched": len(match.matched),
        "ambiguous": _cells(match.ambiguous),
        "unknown": _cells((*match.unknown, *match.totals)),
    }


def _cells(cells: tuple[Cell, ...]) -> dict[str, object]:
    return {"count": len(cells), "examples": [{"row": cell.row, "text": shown(cell.text)} for cell in cells[:_EXAMPLES]]}


def _numbers(seen: NumberFormat) -> dict[str, object]:
    kinds = {
        "decimal": seen.decimal,
        "thousands": seen.thousands,
        "undecided": seen.undecided,
        "missing": seen.missing,
        "unread": seen.unread,
        "marked": seen.marked,
    }
    data: dict[str, object] = {
        kind: [{"mark": mark, "cells": one.count, "row": one.first.row, "text": shown(one.first.text)} for mark, one in marks.items()]
        for kind, marks in kinds.items()
    }
    return data | {"figures": seen.figures, "percent": seen.percent is not None}
