"""What is said of how figures are written: format, marks for none, and what can be read in two ways."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

from sdgcities.findings import Finding, Message, msg
from sdgcities.tracks.data.inspecting.asking import asks, cut, named, says
from sdgcities.tracks.data.inspecting.inspection import Inspection
from sdgcities.tracks.data.inspecting.number_formats import Evidence, NumberFormat, common_style
from sdgcities.tracks.data.inspecting.reading import Reading


def about_figures(inspection: Inspection, reading: Reading) -> Iterator[Finding]:
    """The number format of every column, with its evidence; columns that show the same are told together."""
    groups: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for place, seen in reading.numbers.items():
        groups[(*sorted(seen.decimal), "|", *sorted(seen.thousands), "%" if seen.percent else "")].append(place)
    for places in groups.values():
        yield from _format(inspection, reading, places)
    for place, seen in reading.numbers.items():
        yield from _open(inspection, reading.names[place], seen)
    if any(seen.at_odds for seen in reading.numbers.values()) or _apart(reading):
        problem = msg("Columns, or cells of one column, write figures in ways that contradict each other.")
        yield asks(
            "number-formats",
            problem,
            msg("A profile has one way for the whole file: ask the office for one, or for the workbook the file was saved from."),
            inspection.where(),
        )
    yield from _missing(inspection, reading)
    yield from _percent(inspection, reading)


def _apart(reading: Reading) -> bool:
    decided = [seen for seen in reading.numbers.values() if not seen.undecided]
    return common_style(decided) is None and not any(seen.at_odds for seen in decided)


def _format(inspection: Inspection, reading: Reading, places: list[int]) -> Iterator[Finding]:
    seen = [reading.numbers[place] for place in places]
    names, figures = named(reading.names[place] for place in places), sum(one.figures for one in seen)
    evidence = [*_evidence(seen, "decimal"), *_evidence(seen, "thousands")]
    where = inspection.where(column=names or None)
    if not evidence:
        yield says("numbers", msg("%(n)s figures, none with a mark in it that could be read in two ways.", n=figures), where)
    for told in evidence:
        yield says("numbers", told, where)
    if percent := next((one.percent for one in seen if one.percent), None):
        yield says(
            "percent-sign", msg("Figures carry a sign of per cent, such as “%(text)s” in row %(row)s.", text=percent.first.text, row=percent.first.row), where
        )


def _evidence(seen: list[NumberFormat], kind: str) -> Iterator[Message]:
    found: dict[str, list[Evidence]] = defaultdict(list)
    for one in seen:
        marks: Mapping[str, Evidence] = one.decimal if kind == "decimal" else one.thousands
        for mark, evidence in marks.items():
            found[mark].append(evidence)
    for mark, cells in found.items():
        parts: dict[str, object] = {"mark": _mark(mark), "n": sum(one.count for one in cells), "text": cells[0].first.text, "row": cells[0].first.row}
        if kind == "decimal":
            yield msg("%(mark)s stands before the decimals: %(n)s cells can be read in no other way, such as “%(text)s” in row %(row)s.", **parts)
        else:
            yield msg("%(mark)s stands between the thousands: %(n)s cells can be read in no other way, such as “%(text)s” in row %(row)s.", **parts)


def _mark(mark: str) -> Message:
    return {".": msg("A point"), ",": msg("A comma"), " ": msg("A blank")}[mark]


def _open(inspection: Inspection, name: str, seen: NumberFormat) -> Iterator[Finding]:
    for mark, evidence in seen.undecided.items():
        text = evidence.first.text
        parts: dict[str, object] = {"text": text, "whole": text.replace(mark, ""), "part": text.replace(mark, "."), "n": evidence.count}
        problem = msg("“%(text)s” is %(whole)s or %(part)s: %(n)s cells are written so, and no other cell of the column decides.", **parts)
        yield asks(
            "number-format",
            problem,
            msg("Ask the office, or compare with a figure you know; then write the mark into numbers."),
            inspection.where(evidence.first.row, name),
        )
    if seen.marked:
        evidence = next(iter(seen.marked.values()))
        marks = "; ".join(f"“{mark}” ({one.count})" for mark, one in list(seen.marked.items())[:6])
        problem = msg("Marks stand behind figures, such as “%(text)s”: %(marks)s.", text=cut(evidence.first.text), marks=marks)
        hint = msg("Say under marks what each means: A normal, P provisional, E estimated, U unreliable.")
        yield asks("marks", problem, hint, inspection.where(evidence.first.row, name))
    if seen.unread:
        cells = "; ".join(f"“{cut(text)}” ({evidence.first.row})" for text, evidence in list(seen.unread.items())[:6])
        problem = msg("Neither figures nor known marks: %(cells)s.", cells=cells)
        yield asks(
            "unread",
            problem,
            msg("Say under missing or marks what they stand for; otherwise their rows are refused."),
            inspection.where(next(iter(seen.unread.values())).first.row, name),
        )


def missing_marks(reading: Reading) -> dict[str, Evidence]:
    """Every mark that stands for no figure in some column, with how many cells have it and the first."""
    found: dict[str, Evidence] = {}
    for seen in reading.numbers.values():
        for text, evidence in seen.missing.items():
            before = found.get(text)
            found[text] = Evidence(evidence.count + (before.count if before else 0), before.first if before else evidence.first)
    return found


def marks_behind(reading: Reading) -> list[str]:
    """Every mark that stands behind figures."""
    return list(dict.fromkeys(mark for seen in reading.numbers.values() for mark in seen.marked))


def _missing(inspection: Inspection, reading: Reading) -> Iterator[Finding]:
    for text, evidence in missing_marks(reading).items():
        parts: dict[str, object] = {"text": text, "n": evidence.count, "row": evidence.first.row}
        problem = (
            msg("%(n)s cells of figures are empty, the first in row %(row)s.", **parts)
            if not text
            else msg("“%(text)s” stands for no figure in %(n)s cells, the first in row %(row)s.", **parts)
        )
        yield asks("missing", problem, msg("Why is there no figure? Say the reason under missing."), inspection.where(evidence.first.row))


def _percent(inspection: Inspection, reading: Reading) -> Iterator[Finding]:
    for place in sorted(ratio_columns(inspection, reading)):
        shown_so = inspection.sheet.percent if inspection.sheet else frozenset()
        row, text = next((number, cells[place]) for number, cells in reading.body if (number, place) in shown_so)
        problem = msg("The workbook shows these cells as per cent: “%(text)s” in row %(row)s is stored as a ratio.", text=cut(text), row=row)
        yield asks(
            "ratio",
            problem,
            msg('Is the indicator in per cent? Then scale: "100"; if it is a ratio, scale: "1".'),
            inspection.where(row, reading.names[place]),
        )


def ratio_columns(inspection: Inspection, reading: Reading) -> set[int]:
    """Columns of figures whose cells a workbook shows as per cent."""
    shown = inspection.sheet.percent if inspection.sheet else frozenset()
    return {place for place in reading.values if any((number, place) in shown for number, _ in reading.body)}
