"""Reports on record: which were written, when, and the newest batch whose figures they can show."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from sdgcities.registry.people import Acting
from sdgcities.store import audit
from sdgcities.store.database import Database
from sdgcities.store.rows import append
from sdgcities.store.tables import batch, report_made


@dataclass(frozen=True, slots=True)
class ReportMade:
    """A report that was written. `batch` None: the hub held no figure then."""

    city: str
    language: str
    file: str
    sha256: str
    batch: int | None
    at: str
    actor: str


def record_report(database: Database, city: str, language: str, file: str, sha256: str, acting: Acting) -> None:
    """Keep that a report was written, once for the same page. It is no record of the chain: a report says as of which record it speaks."""
    with database.writing() as connection:
        same = select(report_made.c.id).where(report_made.c.city == city, report_made.c.file == file, report_made.c.sha256 == sha256)
        if connection.execute(same).first():
            return
        newest = connection.execute(select(func.max(batch.c.id))).scalar()
        append(
            connection,
            report_made,
            {"city": city, "language": language, "file": file, "sha256": sha256, "batch": newest, "at": audit.now(), "actor": acting.id},
        )


def reports_made(connection: Connection, cities: Collection[str]) -> list[ReportMade]:
    """The reports of these cities, oldest first."""
    columns = [report_made.c[name] for name in ("city", "language", "file", "sha256", "batch", "at", "actor")]
    query = select(*columns).where(report_made.c.city.in_(cities)).order_by(report_made.c.id)
    return [ReportMade(*row) for row in connection.execute(query)]
