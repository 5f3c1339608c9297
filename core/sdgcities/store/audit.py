"""The audit log: a chain in which each record's hash covers the one before it.

One record a batch, decision or submission. Names and contacts of people are never part of a payload.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Connection, insert, select

from sdgcities.findings import mark
from sdgcities.store.tables import audit

GENESIS = "0" * 64


@dataclass(frozen=True, slots=True)
class Broken:
    """The first record at which the chain does not hold."""

    seq: int
    reason: str


def now() -> str:
    """This second, UTC."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def digest_of(payload: object) -> str:
    """SHA-256 of the canonical JSON of a payload."""
    text = json.dumps(payload, sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=str)
    return hashlib.sha256(text.encode()).hexdigest()


def record(connection: Connection, at: str, actor: str, action: str, subject: str, payload: Mapping[str, object]) -> None:
    """Append one record to the chain, in the transaction of what it records."""
    last = connection.execute(select(audit.c.seq, audit.c.hash).order_by(audit.c.seq.desc()).limit(1)).first()
    seq, prev = (last.seq + 1, last.hash) if last else (1, GENESIS)
    row = {"seq": seq, "at": at, "actor": actor, "action": action, "subject": subject, "payload_sha256": digest_of(payload), "prev": prev}
    connection.execute(insert(audit).values(**row, hash=digest_of(row)))


def verify(connection: Connection) -> tuple[int, Broken | None]:
    """Walk the chain: how many records, and the first that does not hold."""
    prev, count = GENESIS, 0
    for row in connection.execute(select(audit).order_by(audit.c.seq)).mappings():
        count += 1
        content = {key: value for key, value in row.items() if key != "hash"}
        if row["seq"] != count:
            return count, Broken(count, mark("a record is missing"))
        if row["prev"] != prev:
            return count, Broken(count, mark("it does not follow the record before it"))
        if digest_of(content) != row["hash"]:
            return count, Broken(count, mark("its content was changed"))
        prev = row["hash"]
    return count, None
