"""What is said of a file: the file itself, its sheets, and where the table stands."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from sdgcities.findings import Finding, Severity, msg, nmsg
from sdgcities.intake.encodings import garbled
from sdgcities.tracks.data.inspecting.asking import asks, cut, named, says, some
from sdgcities.tracks.data.inspecting.cells import Cell, distinct
from sdgcities.tracks.data.inspecting.inspection import RECORDS, Inspection
from sdgcities.tracks.data.inspecting.layout import Found
from sdgcities.tracks.data.inspecting.told_columns import about_columns
from sdgcities.tracks.data.inspecting.told_figures import about_figures
from sdgcities.tracks.data.inspecting.told_units import about_units
from sdgcities.tracks.data.reading.choosing import NO_PROFILE
from sdgcities.tracks.data.reading.misread import shown
from sdgcities.tracks.data.reading.tidy import TIDY

_FORMATS = {
    "csv": msg("text with a mark between the columns (CSV)"),
    "xlsx": msg("a workbook"),
    "json": msg("JSON"),
    "xml": msg("XML"),
}


def findings(inspection: Inspection) -> list[Finding]:
    """Everything that is said of a file, in the order in which a person would look at it.

    Where a profile reads the file, it answers the questions: they are left out.
    """
    told = _all(inspection)
    return [finding for finding in told if finding.severity is Severity.NOTE] if inspection.profile else told


def _all(inspection: Inspection) -> list[Finding]:
    told = [*_about_file(inspection), *_about_sheets(inspection), *_about_fit(inspection)]
    if inspection.profile == TIDY:
        return told
    if inspection.reading is None:
        hint = msg("Is there another sheet, or another file? A table has names of columns above rows of figures.")
        return [*told, asks("no-table", msg("No table was found: no row has two filled cells."), hint, inspection.where())]
    return [
        *told,
        *_about_letters(inspection, inspection.reading.layout),
        *_about_layout(inspection, inspection.reading.layout),
        *about_units(inspection, inspection.reading),
        *about_columns(inspection, inspection.reading),
        *about_figures(inspection, inspection.reading),
    ]


def _about_file(inspection: Inspection) -> Iterator[Finding]:
    seen, where = inspection.sample, inspection.file
    yield says("format", msg("The file is %(format)s.", format=_FORMATS[seen.format]), where)
    if len(seen.encodings) == 1 and seen.evidence:
        yield says("encoding", msg("Its letters are %(encoding)s: %(evidence)s.", encoding=seen.encodings[0], evidence=seen.evidence), where)
    elif seen.encodings:
        problem = msg(
            "Its letters can be read in several ways: %(encodings)s. %(evidence)s.", encodings=", ".join(sorted(seen.encodings)), evidence=seen.evidence
        )
        hint = msg(
            "What follows is read as %(encoding)s: no other way makes more of it known here. "
            "Ask the office, or see whether the names come out right; then say it under encoding.",
            encoding=seen.encodings[0],
        )
        yield asks("encoding", problem, hint, where)
    if seen.format == "csv":
        yield from _about_delimiter(inspection)
    if inspection.sheet and not inspection.sheet.whole:
        yield says("sample", msg("The file is large: what follows is said of its first %(n)s rows.", n=len(inspection.sheet.rows)), where)


def _about_delimiter(inspection: Inspection) -> Iterator[Finding]:
    found, where = inspection.sample.delimiter, inspection.file
    if not found.mark:
        yield asks("delimiter", msg("No mark parts the rows into columns."), msg("Is this a table? Then say what stands between its columns."), where)
        return
    said = msg(
        "Columns are separated by %(mark)s: %(even)s of the first %(of)s rows have %(width)s cells so.",
        mark=shown(found.mark),
        even=found.even,
        of=found.of,
        width=found.width,
    )
    yield says("delimiter", said, where)
    if found.rivals:
        problem = msg("The rows could also be separated by %(marks)s.", marks=named(found.rivals))
        yield asks("delimiter", problem, msg("Look at the names of the columns, and correct the delimiter where they are wrong."), where)


def _about_sheets(inspection: Inspection) -> Iterator[Finding]:
    seen, where = inspection.sample, inspection.file
    if seen.format in RECORDS and inspection.sheet:
        pointers = named(one.name or "/" for one in seen.sheets)
        yield says(
            "records", msg("Lists of objects stand at: %(pointers)s. This is about %(name)s.", pointers=pointers, name=inspection.sheet.name or "/"), where
        )
        if inspection.sheet.nested:
            problem = msg("Under these keys stand lists or objects, not figures: %(keys)s.", keys=named(inspection.sheet.nested))
            yield asks("nested", problem, msg("An import refuses the file for them: ask the office for a flat table, or take these keys out."), where)
    if seen.format == "xlsx":
        sheets = named(one.name for one in seen.sheets)
        yield says("sheets", nmsg("It has one sheet: %(names)s.", "It has %(n)s sheets: %(names)s.", len(seen.sheets), names=sheets), where)
        if hidden := [one.name for one in seen.sheets if one.hidden]:
            yield says("hidden", msg("These sheets are hidden: %(names)s.", names=named(hidden)), where)
        if inspection.alike:
            yield says("sheets-alike", msg("These sheets have the same columns and are read along: %(names)s.", names=named(inspection.alike)), where)
        if inspection.others:
            hint = msg("Look at one of them with --sheet.")
            yield says("other-tables", msg("Other sheets hold tables of figures with other columns: %(names)s.", names=named(inspection.others)), where, hint)


def _about_fit(inspection: Inspection) -> Iterator[Finding]:
    where = inspection.file
    if inspection.profile == TIDY:
        hint = msg("Import it: sdgcities data import %(file)s", file=inspection.path)
        yield says("fits", msg("The file is in the tidy format: no profile is needed."), where, hint)
    elif inspection.profile:
        hint = msg("Import it: sdgcities data import %(file)s", file=inspection.path)
        yield says("fits", msg("The profile %(id)s reads this file.", id=inspection.profile), where, hint)
    else:
        for finding in inspection.why_not[:1]:
            if finding.code.startswith("profile."):
                yield says("fits-none", finding.message, where, finding.hint if finding.code != "profile.none" or "--profile" in str(finding.hint) else None)
            else:  # why it is not in the tidy format, which nobody said it was
                yield says("fits-none", NO_PROFILE, where)


def _about_letters(inspection: Inspection, layout: Found) -> Iterator[Finding]:
    """Broken letters: UTF-8 that was read as something else and saved so."""
    named_cells = [Cell(layout.header_rows[-1] if layout.header_rows else layout.first_row, name) for name in layout.names]
    cells = chain(layout.titles, named_cells, (Cell(number, cell) for number, cells in layout.body for cell in cells if not cell.isascii()))
    broken = [(cell, meant) for cell in distinct(cells) if (meant := garbled(cell.text))]
    if broken:
        cell, meant = broken[0]
        problem = msg("Its letters are broken: “%(text)s” was “%(meant)s” once, and %(n)s texts are so.", text=cut(cell.text), meant=cut(meant), n=len(broken))
        hint = msg("The file was opened in a wrong encoding and saved so: ask the office for it as it left it. Don't make such names aliases.")
        yield asks("garbled", problem, hint, inspection.where(cell.row or None))


def _about_layout(inspection: Inspection, layout: Found) -> Iterator[Finding]:
    where = inspection.where()
    if layout.titles:
        yield says("titles", msg("Above the figures stand: %(titles)s.", titles=some(layout.titles)), where)
    if inspection.sample.format not in RECORDS:
        yield from _about_header(inspection, layout)
    if layout.empty:
        numbers = ", ".join(str(place + 1) for place in layout.empty[:20])
        yield says("empty-columns", nmsg("Column %(numbers)s is empty.", "Columns %(numbers)s are empty.", len(layout.empty), numbers=numbers), where)
    if layout.unnamed and layout.header_rows:
        problem = nmsg(
            "A column has no name; it begins with %(cells)s.",
            "%(n)s columns have no name; they begin with %(cells)s.",
            len(layout.unnamed),
            cells=some(layout.unnamed),
        )
        yield asks("unnamed", problem, msg("An import refuses columns without a name: write one into the row of the names, or empty the column."), where)
    if layout.sections:
        problem = msg("Amid the figures some cells stand alone in their row: %(cells)s.", cells=some(layout.sections))
        yield asks(
            "sections",
            problem,
            msg("If they are headings of groups, they need a column of their own; if they are units without figures, their cells need a mark."),
            where,
        )
    if layout.notes:
        yield says("notes", msg("Below the figures stand: %(cells)s.", cells=some(layout.notes)), where)
    if layout.until:
        yield says("until", msg("The table is over at the row that begins with “%(text)s”.", text=cut(layout.until)), where)


def _about_header(inspection: Inspection, layout: Found) -> Iterator[Finding]:
    if not layout.header_rows:
        problem = msg("No row names the columns: the first row of the table holds figures already, %(cells)s.", cells=some(layout.unnamed))
        yield asks("no-header", problem, msg("A profile needs names: put a row with names above the figures."), inspection.where(layout.first_row))
        return
    rows = ", ".join(map(str, layout.header_rows))
    parts: dict[str, object] = {"rows": rows, "first": layout.first_row, "names": named(filter(None, layout.names))}
    if len(layout.header_rows) == 1:
        told = msg("Row %(rows)s names the columns (%(names)s); figures begin in row %(first)s.", **parts)
    elif layout.joined:
        told = msg("Rows %(rows)s together name the columns (%(names)s); figures begin in row %(first)s.", **parts)
    else:
        told = msg("Rows %(rows)s name the columns, each by its lowest filled cell (%(names)s); figures begin in row %(first)s.", **parts)
    yield says("header", told, inspection.where())
