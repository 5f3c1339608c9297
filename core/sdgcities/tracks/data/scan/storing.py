"""Figures of a scan into the hub, by the way that every file takes; and the scan itself on record: what it was made of, and what was kept, and why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import Connection, insert

from sdgcities.errors import refuse
from sdgcities.findings import Finding, Where, msg
from sdgcities.model.hub import Role
from sdgcities.registry.catalogue import Catalogue
from sdgcities.registry.people import Acting
from sdgcities.store import audit
from sdgcities.store.tables import justification
from sdgcities.tracks.data.importing.request import Report, Request
from sdgcities.tracks.data.importing.run import import_file
from sdgcities.tracks.data.reading.tidy import TIDY
from sdgcities.tracks.data.scan.results import UNITS_OF, tidy_of
from sdgcities.tracks.data.scan.scanning import METHOD, VERSION, Scanned

_FIXED = ("percent", "per_km2")
"""Units that a result has by its making: an indicator of another unit can't take it."""


def store_scan(
    catalogue: Catalogue, scanned: Scanned, entered_by: Acting, answers_for: Acting, justified: Mapping[str, str], *, dry_run: bool = False
) -> Report:
    """Import the results that are figures of indicators, and put the scan on record with them: both or neither.

    Refused where there is no such result, or an indicator is of another unit.
    """
    entered_by.need(Role.OPERATOR)
    where = Where(file=str(scanned.scan.path))
    _check_indicators(catalogue, scanned, where)
    text = tidy_of(scanned)
    if not text:
        told = msg("None of the results is a figure of an indicator for a unit of the hub.")
        hint = msg("Give a measure its indicator (sdgcities indicator list has them), and count by units. Without one, results go out with -o DIR only.")
        raise refuse("scan.no-figure", told, hint, where)
    with TemporaryDirectory(ignore_cleanup_errors=True) as scratch:
        figures = Path(scratch) / "figures.csv"
        figures.write_text(text, encoding="utf-8", newline="")
        request = Request(figures, entered_by, answers_for, TIDY, dry_run, justified=justified, name=scanned.path.name, method=f"{METHOD} {VERSION}")
        report = import_file(catalogue, request, lambda connection, stored: _record(connection, scanned, entered_by, stored.batch))
    return replace(report, file=str(scanned.path), findings=tuple(_of_scan(finding, text, scanned) for finding in report.findings))


def record_scan(catalogue: Catalogue, scanned: Scanned, acting: Acting) -> None:
    """Put a scan on record of which nothing was stored: since it looks at columns that seem personal, with the reason for each."""
    acting.need(Role.OPERATOR)
    with catalogue.hub.database.writing() as connection:
        _record(connection, scanned, acting, None)


def _record(connection: Connection, scanned: Scanned, acting: Acting, batch: int | None) -> None:
    """What was scanned: digests, method, counts, and the columns that were kept on purpose, each with its reason."""
    payload = {
        "method": METHOD,
        "version": VERSION,
        "file": scanned.path.name,
        "file_sha256": scanned.sha256,
        "scan": scanned.scan.path.name,
        "scan_sha256": scanned.scan.sha256,
        "areas": scanned.areas.called,
        "areas_sha256": scanned.areas.sha256,
        "kept": dict(scanned.scan.kept),
        "rows": scanned.counts,
        "batch": batch,
    }
    at = audit.now()
    reasons = [
        {"code": "scan.personal", "subject": f"{scanned.path.name}: {column}", "reason": reason, "batch": batch, "at": at, "actor": acting.id}
        for column, reason in scanned.scan.kept.items()
    ]
    if reasons:
        connection.execute(insert(justification), reasons)
    audit.record(connection, at, acting.id, "data.scan", f"batch {batch}" if batch else scanned.path.name, payload)


def _check_indicators(catalogue: Catalogue, scanned: Scanned, where: Where) -> None:
    for one in scanned.scan.measures:
        if not one.indicator:
            continue
        indicator = catalogue.indicator(one.indicator)
        gives = UNITS_OF.get(one.does, "")
        if gives != indicator.unit and (gives in _FIXED or indicator.unit in _FIXED) and one.does not in ("sum", "mean"):
            units = {"id": one.id, "gives": gives, "code": one.indicator, "unit": indicator.unit}
            told = msg("%(id)s gives %(gives)s, and %(code)s is in %(unit)s.", **units)
            raise refuse("scan.indicator", told, msg("Name another indicator, or take it out: then the result goes out as a table."), where)


def _of_scan(finding: Finding, text: str, scanned: Scanned) -> Finding:
    """A finding of the rows that were made, told of the area and measure that the row is of."""
    where = Where(file=str(scanned.path))
    if finding.where.row is not None:
        cells = text.splitlines()[finding.where.row - 1].split(",")
        where = Where(file=str(scanned.path), column=f"{cells[0]} {cells[1]}")
    return replace(finding, where=where)
