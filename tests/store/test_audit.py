"""The chain of records tells when one was changed, taken out, moved or put in."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from tests.hub_fixtures import Desk

from sdgcities.store import audit

Tamper = Callable[[Any], object]
"""Given a connection of either driver."""
COLUMNS = ("seq", "at", "actor", "action", "subject", "payload_sha256", "prev", "hash")


def tampered(desk: Desk, tamper: Tamper) -> audit.Broken | None:
    """What verification says after someone took the guards away and changed the database."""
    with desk.foreign() as connection:
        desk.databases.lift(connection, "audit")
        tamper(connection)
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
    broken = tampered(worked, lambda connection: connection.execute(f"DELETE FROM audit WHERE seq = {seq}"))
    assert broken == audit.Broken(seq, "a record is missing")


def test_records_closed_up_over_a_gap_are_found(worked: Desk) -> None:
    last, _ = worked.chain()

    def close_up(connection: Any) -> None:  # noqa: ANN401 - either driver's
        connection.execute("DELETE FROM audit WHERE seq = 3")
        for seq in range(4, last + 1):
            connection.execute(f"UPDATE audit SET seq = seq - 1 WHERE seq = {seq}")

    assert tampered(worked, close_up) == audit.Broken(3, "it does not follow the record before it")


def test_records_in_another_order_are_found(worked: Desk) -> None:
    def swap(connection: Any) -> None:  # noqa: ANN401 - either driver's
        for seq, other in ((2, 99), (3, 2), (99, 3)):
            connection.execute(f"UPDATE audit SET seq = {other} WHERE seq = {seq}")

    broken = tampered(worked, swap)
    assert broken is not None
    assert broken.seq == 2


def test_a_record_put_in_with_a_hash_of_its_own_is_found(worked: Desk) -> None:
    def forge(connection: Any) -> None:  # noqa: ANN401 - either driver's
        row: dict[str, object] = dict(zip(COLUMNS, connection.execute("SELECT * FROM audit WHERE seq = 3").fetchone(), strict=True))
        row.pop("hash")
        row["actor"] = "nobody"
        connection.execute(f"UPDATE audit SET actor = 'nobody', hash = '{audit.digest_of(row)}' WHERE seq = 3")

    broken = tampered(worked, forge)
    assert broken == audit.Broken(4, "it does not follow the record before it")


def test_every_batch_has_one_record_with_its_digest(worked: Desk) -> None:
    with worked.hub.database.reading() as connection:
        batches = connection.exec_driver_sql("SELECT * FROM batch ORDER BY id").mappings().all()
        records = connection.exec_driver_sql("SELECT subject, payload_sha256 FROM audit WHERE action = 'data.import' ORDER BY seq").all()
    assert [(f"batch {row['id']}", audit.digest_of(dict(row))) for row in batches] == [tuple(record) for record in records]
