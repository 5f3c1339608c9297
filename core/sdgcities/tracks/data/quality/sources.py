"""Doubts about where figures come from: two offices that differ, corrections undone, names of offices whose letters are broken."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from sqlalchemy import Connection, bindparam, select, text

from sdgcities.findings import msg
from sdgcities.intake.encodings import garbled
from sdgcities.model.statistics import Period
from sdgcities.store.tables import source
from sdgcities.tracks.data.quality.checks import Check
from sdgcities.tracks.data.quality.doubt import ALL, Suspicion

_OTHER = """
SELECT s.unit, s.indicator, s.dims, n.freq, n.period_start, n.period_end, p.value, n.value, a.office, b.office
FROM observation n
JOIN observation p ON p.series = n.series AND p.period_start = n.period_start AND p.period_end = n.period_end AND p.revision = n.revision - 1
JOIN source a ON a.id = p.source JOIN source b ON b.id = n.source JOIN series s ON s.id = n.series
WHERE n.revision > 0 AND n.op = 'set' AND p.op = 'set' AND n.source <> p.source AND a.office <> b.office AND n.value_num <> p.value_num
AND n.batch = n.origin AND {0} ORDER BY s.indicator, s.dims, s.unit, n.period_start
"""
_UNDONE = """
SELECT s.unit, s.indicator, s.dims, n.freq, n.period_start, n.period_end, coalesce(p.value, p.missing), p.status, coalesce(n.value, n.missing), n.status,
       c.answers_for, c.at, c.reason
FROM observation n
JOIN observation p ON p.series = n.series AND p.period_start = n.period_start AND p.period_end = n.period_end AND p.revision = n.revision - 1
JOIN batch c ON c.id = p.origin JOIN series s ON s.id = n.series
LEFT JOIN observation o ON o.series = n.series AND o.period_start = n.period_start AND o.period_end = n.period_end AND o.revision = n.revision - 2
WHERE n.batch IN :batches AND n.revision > 0 AND n.op = 'set' AND p.op = 'set' AND c.reason <> '' AND (
    (n.value IS NULL) <> (p.value IS NULL) OR n.missing <> p.missing OR (n.status <> p.status AND o.status <> p.status)
    OR (n.value <> p.value AND (n.value_num <> p.value_num OR length(n.value) > 15 OR length(p.value) > 15)))
ORDER BY s.indicator, s.dims, s.unit, n.period_start
"""
_NEWEST = """NOT EXISTS (
    SELECT 1 FROM observation l WHERE l.series = n.series AND l.period_start = n.period_start AND l.period_end = n.period_end AND l.revision > n.revision)"""


def other_office(connection: Connection, check: Check, batches: Collection[int] | None) -> Iterator[Suspicion]:
    """Figures by which one office contradicts what another one gave; those of `batches`, or those that stand."""
    if batches is None:
        rows = connection.execute(text(_OTHER.format(_NEWEST)))
    else:
        query = text(_OTHER.format("n.batch IN :batches")).bindparams(bindparam("batches", expanding=True))
        rows = connection.execute(query, {"batches": list(batches)})
    for unit, indicator, dims, freq, start, end, before, now, first, second in rows:
        period = str(Period.recorded(start, end, freq))
        problem = msg("%(before)s by %(first)s, %(now)s by %(second)s", before=before, first=first, now=now, second=second)
        yield Suspicion(check.id, (unit,), "", indicator, dims, (period,), problem)


def undone(connection: Connection, check: Check, batches: Collection[int]) -> Iterator[Suspicion]:
    """Figures of these batches that replace what somebody corrected by hand. One that brings the corrected value agrees with it."""
    query = text(_UNDONE).bindparams(bindparam("batches", expanding=True))
    rows = connection.execute(query, {"batches": list(batches)})
    for unit, indicator, dims, freq, start, end, before, stood, now, status, who, at, why in rows:
        period = str(Period.recorded(start, end, freq))
        flags = ("", "") if stood == status else (f" {stood}", f" {status}")
        told = {"corrected": f"{before}{flags[0]}", "file": f"{now}{flags[1]}", "who": who, "date": at[:10], "reason": why}
        problem = msg("corrected to %(corrected)s by %(who)s on %(date)s (%(reason)s), but %(file)s in the file", **told)
        yield Suspicion(check.id, (unit,), "", indicator, dims, (period,), problem)


def garbled_text(connection: Connection, check: Check, sources: Collection[int] | None) -> Iterator[Suspicion]:
    """Offices and tables whose names were read in the wrong encoding."""
    for row in connection.execute(select(source.c.id, source.c.office, source.c.reference).order_by(source.c.id)):
        if sources is None or row.id in sources:
            for written in (row.office, row.reference):
                if meant := garbled(written):
                    problem = msg("“%(text)s” was meant as “%(meant)s”", text=written, meant=meant)
                    yield Suspicion(check.id, (f"source:{row.id}",), "", ALL, "", (), problem)
