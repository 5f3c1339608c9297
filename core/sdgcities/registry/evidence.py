"""Evidence: documents kept by their digest, linked to what a milestone asks for."""

from __future__ import annotations

import hashlib
import json
import mimetypes
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, insert, select

from sdgcities.errors import refuse
from sdgcities.findings import msg
from sdgcities.hub.hub import Hub
from sdgcities.intake.files import MEGABYTE, name_of, read_bytes, sha256_of
from sdgcities.intake.geojson import read_boundary
from sdgcities.intake.images import check_image
from sdgcities.model.hub import Role
from sdgcities.model.milestones import Milestone
from sdgcities.registry.cities import City
from sdgcities.registry.people import Acting
from sdgcities.registry.stages import need_at_work
from sdgcities.store import audit
from sdgcities.store.tables import evidence, evidence_link
from sdgcities.writing import put

FOLDER = "evidence"
MAX_BYTES = 64 * MEGABYTE
BOUNDARY = "boundary"


@dataclass(frozen=True, slots=True)
class Attached:
    """A document attached to a milestone's piece of evidence."""

    sha256: str
    name: str
    size: int
    media_type: str
    city: str
    milestone: str
    evidence: str
    details: Mapping[str, str]
    at: str
    by: str


def add_evidence(hub: Hub, city: City, milestone: Milestone, evidence_id: str, path: Path, acting: Acting) -> Attached:
    """Keep a document by its digest and attach it. A boundary must be GeoJSON that says its definition, a picture sound and harmless."""
    acting.need(Role.OPERATOR)
    with hub.database.reading() as connection:
        need_at_work(connection, city)
    asked = {item.id for item in milestone.evidence} | {same.id for item in milestone.evidence for same in item.equivalents}
    if evidence_id not in asked:
        raise refuse(
            "evidence.unasked",
            msg("%(milestone)s asks for no evidence %(evidence)s.", milestone=milestone.id, evidence=evidence_id),
            msg("It asks for: %(asked)s.", asked=", ".join(sorted(asked))),
        )
    details = {"definition": read_boundary(path).definition} if evidence_id == BOUNDARY else {}
    data = read_bytes(path, MAX_BYTES)
    check_image(path)
    digest = hashlib.sha256(data).hexdigest()
    if _digest_of(kept := hub.folder / FOLDER / digest) != digest:  # one that was touched is replaced
        put(kept, data)
    media_type = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    new = Attached(digest, name_of(path), len(data), media_type, city.unit.id, milestone.id, evidence_id, details, audit.now(), acting.id)
    with hub.database.writing() as connection:
        need_at_work(connection, city)
        _link(connection, new)
    return new


def attached(connection: Connection, cities: Sequence[str]) -> list[Attached]:
    """Everything attached for these cities, oldest first."""
    rows = select(evidence_link, evidence.c.name, evidence.c.size, evidence.c.media_type).join(evidence).order_by(evidence_link.c.id)
    wanted = set(cities)
    return [
        Attached(row.sha256, row.name, row.size, row.media_type, row.city, row.milestone, row.evidence, json.loads(row.details), row.at, row.actor)
        for row in connection.execute(rows)
        if row.city in wanted
    ]


def unchanged(hub: Hub, item: Attached) -> bool:
    """Whether the document kept is still the one that was attached."""
    return _digest_of(hub.folder / FOLDER / item.sha256) == item.sha256


def lost(hub: Hub) -> list[str]:
    """The names of documents that are no longer in the hub's folder as they were attached."""
    with hub.database.reading() as connection:
        kept = connection.execute(select(evidence.c.sha256, evidence.c.name).order_by(evidence.c.name)).all()
    return [row.name for row in kept if _digest_of(hub.folder / FOLDER / row.sha256) != row.sha256]


def _digest_of(path: Path) -> str | None:
    return sha256_of(path) if path.is_file() else None


def _link(connection: Connection, new: Attached) -> None:
    if not connection.execute(select(evidence.c.sha256).where(evidence.c.sha256 == new.sha256)).first():
        row = {"sha256": new.sha256, "size": new.size, "media_type": new.media_type, "name": new.name, "at": new.at, "added_by": new.by}
        connection.execute(insert(evidence).values(**row))
    link = {"sha256": new.sha256, "city": new.city, "milestone": new.milestone, "evidence": new.evidence}
    connection.execute(insert(evidence_link).values(**link, details=audit.canonical(new.details), at=new.at, actor=new.by))
    audit.record(connection, new.at, new.by, "evidence.add", f"{new.city} {new.milestone}", {**link, "details": new.details})
