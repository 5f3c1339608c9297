"""A City Scan as text, as JSON, and as a page of maps."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from pathlib import Path

from sdgcities.cli.output import out, shown_path
from sdgcities.cli.session import Session
from sdgcities.findings import Message, msg, nmsg
from sdgcities.reports.charts.chart import About, Area, Chart, Origin
from sdgcities.reports.charts.choropleth import choropleth
from sdgcities.reports.charts.points import Category, point_map
from sdgcities.reports.page import Block, Words, write_page
from sdgcities.reports.wording import Wording
from sdgcities.tracks.data.importing.request import Report
from sdgcities.tracks.data.scan.counting import Cell
from sdgcities.tracks.data.scan.looking import Looked
from sdgcities.tracks.data.scan.proposing import proposal
from sdgcities.tracks.data.scan.results import UNITS_OF, hiding_told, name_of
from sdgcities.tracks.data.scan.scanning import Scanned

_FEW = 30
"""Results that a terminal shows; all stand in the files."""
_MAPS = 12


def print_looked(session: Session, looked: Looked, *, printed: bool) -> None:
    """A line a statement, then the proposed description."""
    from dataclasses import replace

    out(shown_path(looked.file.path))
    if looked.found.chosen:
        counts = {"points": len(looked.records.rows), "columns": len(looked.file.columns)}
        told = nmsg("%(n)s row; columns: %(columns)s; rows with a position: %(points)s.", "%(n)s rows; columns: %(columns)s; rows with a position: %(points)s.",
                    looked.records.read, **counts)  # fmt: skip
        out(f"· {session.words(told)}")
    for finding in looked.findings:
        out(f"· {session.finding_line(replace(finding, where=replace(finding.where, file=None, column=None)))}")
    if printed:
        out()
        out(session.words(msg("A description for it; -o SCAN.yaml writes it:")))
        out()
        out(proposal(looked, session.words).rstrip())


def looked_data(session: Session, looked: Looked) -> dict[str, object]:
    """The same as JSON shows it."""
    chosen = looked.found.chosen
    return {
        "file": shown_path(looked.file.path),
        "format": looked.file.format,
        "columns": len(looked.file.columns),
        "rows": looked.records.read,
        "points": len(looked.records.rows),
        "coordinates": list(chosen.columns) if chosen else None,
        "written": chosen.written.value if chosen else None,
        "accuracy": (chosen.accuracy or None) if chosen else None,
        "places": [{"areas": one.areas.called, "counts": dict(sorted(one.counts.items())), "outside": one.outside} for one in looked.lying],
        "faults": dict(looked.records.faults),
        "personal": [{"column": one.column, "kind": one.kind, "because": session.words(one.because())} for one in looked.personal],
        "findings": [session.finding_data(finding) for finding in looked.findings],
        "scan": proposal(looked, session.words),
    }


def print_scanned(session: Session, scanned: Scanned, written: Sequence[Path], report: Report | None, *, dry_run: bool) -> None:
    """The results, what was left out, and what was stored."""
    from sdgcities.cli.import_view import print_import

    session.show_report(scanned.findings)
    rows = [_row(session, cell, scanned) for cell in scanned.cells]
    session.table(("Code", "Name", "Measure", "Value", "Rests on", "Missing"), rows[:_FEW])
    if len(rows) > _FEW:
        session.say(nmsg("%(n)s more result; -o DIR writes all.", "%(n)s more results; -o DIR writes all.", len(rows) - _FEW))
    session.say(_summary(scanned))
    for path in written:
        session.say(msg("%(file)s: written.", file=path))
    if report:
        print_import(session, report, dry_run=dry_run)
    elif any(one.indicator for one in scanned.scan.measures):
        session.say(msg("Nothing was stored: --store imports the figures of indicators."))


def stored_data(session: Session, report: Report | None, dry_run: bool) -> dict[str, object]:  # noqa: FBT001 - passed on
    """What was stored, as JSON shows it."""
    from sdgcities.cli.import_view import import_data

    return {"import": import_data(session, report, dry_run=dry_run) if report else None}


def write_maps(session: Session, scanned: Scanned, folder: Path) -> list[Path]:
    """A page with a map for each result that goes out, and one of the points where they may; nothing where no area has a boundary."""
    scanned = scanned.going_out()
    if not any(area.polygons for area in scanned.areas.areas):
        return []
    wording = session.wording
    named = list(dict.fromkeys(name_of(cell) for cell in scanned.cells))
    maps: list[Block] = [_map(name, scanned, wording) for name in named[:_MAPS]]
    if scanned.points:
        areas = [Area(area.name, area.polygons) for area in scanned.areas.areas]
        points = Category(scanned.scan.title, [(longitude, latitude) for latitude, longitude in scanned.points])
        maps.append(point_map([points], areas, _about(scanned.scan.title, "number", scanned), wording))
    path = folder / "map.html"
    summary = f"{wording.message(_summary(scanned))} " if scanned.counts else ""
    said = [Words(f"{summary}{scanned.scan.office}, {session.period(scanned.scan.period)}"), *(Words(wording.message(told)) for told in _hidden(scanned))]
    write_page(path, scanned.scan.title, [*said, *maps], wording)
    return [path]


def _hidden(scanned: Scanned) -> Iterator[Message]:
    if told := hiding_told(scanned):
        yield nmsg(
            "%(n)s result is hidden: it rests on fewer than %(least)s people, or would give away one that does.",
            "%(n)s results are hidden: they rest on fewer than %(least)s people, or would give away one that does.",
            told["results"],
            least=told["fewer_than"],
        )


def _map(name: str, scanned: Scanned, wording: Wording) -> Chart:
    cells = {cell.area: cell for cell in scanned.cells if name_of(cell) == name}
    counting = next(iter(cells.values())).counting
    areas = [Area(area.name, area.polygons, *_value(cells.get(number), wording)) for number, area in enumerate(scanned.areas.areas)]
    category = name.removeprefix(counting.id) if counting.title else ""
    return choropleth(areas, [], _about(f"{counting.title}{category}" or name, UNITS_OF.get(counting.does, "number"), scanned), wording)


def _value(cell: Cell | None, wording: Wording) -> tuple[Decimal | None, str, bool]:
    """The figure, how it is written or why there is none, and whether there is one that is hidden."""
    if cell is None:
        return None, wording.text("not covered"), False
    if cell.hidden:
        return None, wording.text("hidden, since few people"), True
    return cell.value, wording.text("nothing to count by") if cell.value is None else wording.formats.number(cell.value), False


def _about(title: str, unit: str, scanned: Scanned) -> About:
    return About(title, unit, tuple(Origin(*origin) for origin in scanned.areas.origins))


def _row(session: Session, cell: Cell, scanned: Scanned) -> tuple[str, ...]:
    area = scanned.areas.areas[cell.area]
    value = "-" if cell.value is None else session.formats.number(cell.value)
    rests, missing = (session.formats.number(Decimal(count or 0)) for count in (cell.rests_on, cell.missing))
    return area.id, area.name, name_of(cell), value, rests, missing


def _summary(scanned: Scanned) -> Message:
    counts = scanned.counts
    left = {"without": counts["without_position"], "poor": counts.get("inaccurate", 0), "twice": counts["twice"], "outside": counts["outside"]}
    return msg(
        "Rows read: %(read)s; counted: %(counted)s. Left out: without a position %(without)s, inaccurate %(poor)s, repeated %(twice)s, outside %(outside)s.",
        read=counts["read"],
        counted=counts["counted"],
        **left,
    )
