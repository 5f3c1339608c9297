"""Observations in: choose the profile, check every row, reconcile with the file's own totals, store all or nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from sqlalchemy import Connection

from sdgcities.errors import Refused
from sdgcities.model.hub import Role
from sdgcities.registry.catalogue import Catalogue
from sdgcities.tracks.data.importing.doubting import Weighed, keep, weigh
from sdgcities.tracks.data.importing.placing import places_of
from sdgcities.tracks.data.importing.provenance import next_batch, write_batch
from sdgcities.tracks.data.importing.request import Report, Request
from sdgcities.tracks.data.importing.room import too_little
from sdgcities.tracks.data.importing.seen import Seen
from sdgcities.tracks.data.importing.single import Chosen, FileImport, Undo, choose, unread


def import_file(catalogue: Catalogue, request: Request, along: Callable[[Connection, Report], None] | None = None) -> Report:
    """Import one file. A blocking finding, or a doubt without a reason, stores nothing; the report says what and where.

    `along` is what the same transaction has to keep beside the batch, and only with it.
    """
    request.entered_by.need(Role.OPERATOR)
    if lacking := too_little(catalogue.hub, request.path, [request.path], request.room):
        return unread(request, lacking)
    try:
        chosen = choose(catalogue, request)
    except Refused as error:
        return unread(request, error)
    try:
        with catalogue.hub.database.loading() as connection:
            report = store(connection, catalogue, chosen)
            if along:
                along(connection, report)
            return report
    except Undo as undo:
        return undo.report
    except Refused as error:
        return chosen.unreadable(error)


def store(connection: Connection, catalogue: Catalogue, chosen: Chosen) -> Report:
    """Store, reconcile, weigh, within a transaction that others may share. Raises Undo where nothing is to be kept of it."""
    request, number = chosen.request, next_batch(connection)
    one, seen = FileImport(connection, catalogue, chosen, number), Seen()
    report, loaded = one.load(seen)
    if report.blocked:
        raise Undo(replace(report, batch=None, stored=0, unchanged=0))
    if not one.brings(report):
        raise Undo(replace(report, batch=None))
    weighed = weigh(connection, catalogue, [number], one.file, request.justified, seen.brought) if report.stored else Weighed()
    report = replace(report, findings=(*report.findings, *weighed.findings))
    if report.blocked:
        raise Undo(replace(report, batch=None, stored=0, unchanged=0))
    if report.stored:
        report = replace(report, shows=places_of(connection, catalogue, [number], one.units, seen.tally))
    if request.dry_run:
        raise Undo(replace(report, batch=None))
    at = write_batch(connection, catalogue, one.written(report, loaded), request)
    one.keep_refused()
    keep(connection, weighed, number, at, request.entered_by.id)
    return report
