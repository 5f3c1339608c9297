"""The audit log: a chain in which each record's hash covers the one before it.

One record a batch, decision or submission. Names and contacts of people are never part of a payload.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal

from sqlalchemy import Connection, RowMapping, insert, select, text

from sdgcities.findings import Finding, Message, Severity, mark, msg
from sdgcities.store.tables import ERASABLE, audit, metadata

GENESIS = "0" * 64
_GUARDS = {
    "sqlite": ("SELECT name FROM sqlite_master", ("update", "delete", "replace_0"), ()),
    "postgresql": (
        """
        SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = current_schema()
        UNION SELECT t.tgname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE n.nspname = current_schema() AND t.tgenabled = 'A'
        """,
        ("update", "delete", "truncate"),
        ("observation_refers",),
    ),
}
"""For each kind of database: what names its tables and the triggers in force, what triggers refuse, and which further ones there are."""
BY_HAND = msg("Someone changed the database by hand: restore it from a copy.")


@dataclass(frozen=True, slots=True)
class Broken:
    """The first record at which the chain does not hold."""

    seq: int
    reason: str

    def finding(self) -> Finding:
        """The same for a reader of findings."""
        problem = msg("The audit chain breaks at record %(n)s: %(reason)s.", n=self.seq, reason=Message(self.reason))
        return Finding("audit.broken", Severity.BLOCK, problem, BY_HAND)


def now() -> str:
    """This second, UTC."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def canonical(payload: object) -> str:
    """The payload as JSON in the one form that is stored and digested: what is read back has the digest that was chained."""
    return json.dumps(payload, sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=_plain)


def digest_of(payload: object) -> str:
    """SHA-256 of the canonical JSON of a payload."""
    return hashlib.sha256(canonical(payload).encode()).hexdigest()


def record(connection: Connection, at: str, actor: str, action: str, subject: str, payload: Mapping[str, object]) -> None:
    """Append one record to the chain, in the transaction of what it records."""
    last = connection.execute(select(audit.c.seq, audit.c.hash).order_by(audit.c.seq.desc()).limit(1)).first()
    seq, prev = (last.seq + 1, last.hash) if last else (1, GENESIS)
    row = {"seq": seq, "at": at, "actor": actor, "action": action, "subject": subject, "payload_sha256": digest_of(payload), "prev": prev}
    connection.execute(insert(audit).values(**row, hash=digest_of(row)))


def newest(connection: Connection, count: int) -> list[RowMapping]:
    """The newest records, in the order in which they were made."""
    return list(reversed(connection.execute(select(audit).order_by(audit.c.seq.desc()).limit(count)).mappings().all()))


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


def taken_out(connection: Connection) -> Finding | None:
    """Tables, and triggers that keep facts as they were written, which the database no longer has."""
    facts = [name for name in metadata.tables if name not in ERASABLE]
    query, verbs, further = _GUARDS[connection.dialect.name]
    guards = [f"{name}_no_{verb}" for name in facts for verb in verbs]
    found = set(connection.execute(text(query)).scalars())
    lost = sorted({*metadata.tables, *guards, *further} - found)
    return Finding("audit.unguarded", Severity.BLOCK, msg("The database lacks: %(names)s.", names=", ".join(lost)), BY_HAND) if lost else None


def _plain(value: object) -> object:
    """A decimal number as JSON holds it where it loses nothing; anything else as text."""
    if isinstance(value, Decimal) and Decimal(repr(number := float(value))) == value:
        return number
    return str(value)
