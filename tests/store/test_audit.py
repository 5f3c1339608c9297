"""The chain of records tells when one was changed, taken out, moved or put in."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing

import pytest
from tests.hub_fixtures import Desk

from sdgcities.hub.hub import DATABASE
from sdgcities.store import audit

Tamper = Callable[[sqlite3.Connection], object]
COLUMNS = ("seq", "at", "actor", "action", "subject", "payload_sha256", "prev", "hash")


def tampered(desk: Desk, tamper: Tamper) -> audit.Broken | None:
    """What verification says after someone took the guards away and changed the file."""
    with closing(sqlite3.connect(desk.folder / DATABASE)) as connection:
        for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'audit'").fetchall():
            connection.execute(f"DROP TRIGGER {name}")
        tamper(connection)
        connection.commit()
    return desk.chain()[1]


@pytest.fixture
def worked(desk: Desk) -> Desk:
    for value in range(3):
        desk.bring(desk.tidy({"value": value}))
    count, broken = desk.chain()
    assert count >= 6
    assert broken is None
    return desk


@pytest.mark.parametrize("column", [column for column in COLUMNS if column != "seq"])
def test_a_changed_record_is_found(worked: Desk, column: str) -> None:
    broken = tampered(worked, lambda connection: connection.execute(f"UPDATE audit SET {column} = 'x' || substr({column}, 2) WHERE seq = 3"))
    assert broken is not None
    assert broken.seq == 3


@pytest.mark.parametrize("seq", [1, 3])
def test_a_removed_record_is_found(worked: Desk, seq: int) -> None:
    broken = tampered(worked, lambda connection: connection.execute("DELETE FROM audit WHERE seq = ?", (seq,)))
    assert broken == audit.Broken(seq, "a record is missing")


def test_records_closed_up_over_a_gap_are_found(worked: Desk) -> None:
    def close_up(connection: sqlite3.Connection) -> None:
        connection.execute("DELETE FROM audit WHERE seq = 3")
        connection.execute("UPDATE audit SET seq = seq - 1 WHERE seq > 3")

    assert tampered(worked, close_up) == audit.Broken(3, "it does not follow the record before it")


def test_records_in_another_order_are_found(worked: Desk) -> None:
    def swap(connection: sqlite3.Connection) -> None:
        for seq, other in ((2, 99), (3, 2), (99, 3)):
            connection.execute("UPDATE audit SET seq = ? WHERE seq = ?", (other, seq))

    broken = tampered(worked, swap)
    assert broken is not None
    assert broken.seq == 2


def test_a_record_put_in_with_a_hash_of_its_own_is_found(worked: Desk) -> None:
    def forge(connection: sqlite3.Connection) -> None:
        row: dict[str, object] = dict(zip(COLUMNS, connection.execute("SELECT * FROM audit WHERE seq = 3").fetchone(), strict=True))
        row.pop("hash")
        row["actor"] = "nobody"
        connection.execute("UPDATE audit SET actor = 'nobody', hash = ? WHERE seq = 3", (audit.digest_of(row),))

    broken = tampered(worked, forge)
    assert broken == audit.Broken(4, "it does not follow the record before it")


def test_every_batch_has_one_record_with_its_digest(worked: Desk) -> None:
    with worked.hub.database.reading() as connection:
        batches = connection.exec_driver_sql("SELECT * FROM batch ORDER BY id").mappings().all()
        records = connection.exec_driver_sql("SELECT subject, payload_sha256 FROM audit WHERE action = 'data.import' ORDER BY seq").all()
    assert [(f"batch {row['id']}", audit.digest_of(dict(row))) for row in batches] == [tuple(record) for record in records]
