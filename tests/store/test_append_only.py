"""Facts stay as they were written, whatever tool opens the file."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from sqlalchemy import Table
from tests.databases import Databases
from tests.hub_fixtures import AGREEMENT, Desk

from sdgcities.store.tables import ERASABLE, metadata

FACTS = [table for name, table in metadata.tables.items() if name not in ERASABLE]
REFUSAL = "append-only"


@pytest.fixture
def foreign(desk: Desk) -> Iterator[Any]:
    """The hub's database with a row or more in every table, open in a tool that knows nothing of our settings."""
    desk.bring(desk.tidy({}, {"unit": "GH9999"}), accept_partial=True)
    desk.bring(desk.tidy({"value": "101"}))
    desk.submit("participation-agreement", AGREEMENT)
    document = desk.scratch / "agreement.pdf"
    document.write_bytes(b"%PDF-1.4")
    desk.attach("data/agreement", "agreement", document)
    with desk.foreign() as connection:
        for statement in (
            "INSERT INTO unit_alias VALUES (1, 'plugin', '', 'Ho Town', 'GH1408', '', '', '', 'as people say', '2026-11-22T10:00:00Z', 'ama', '')",
            "INSERT INTO unit_alias_step VALUES (1, 1, 'taken back', 'a slip', '2026-11-22T10:00:00Z', 'ama')",
            "INSERT INTO claim VALUES (1, 'GH1408', 'data/agreement', '1', '', '{}', '', 'kofi', 'ama', '2026-11-22T10:00:00Z')",
            "INSERT INTO justification VALUES (1, 'quality.constant', 'GH1408 GH-POP', 'a census year', 1, '2026-11-22T10:00:00Z', 'ama')",
            "INSERT INTO report_made VALUES (1, 'GH1408', 'en', 'GH1408.html', '', 1, '2026-11-22T10:00:00Z', 'ama')",
            "INSERT INTO boundary VALUES (1, 'GH1408', '{}', 1, 'draft', '', 'ho.geojson', '', '2026-11-22T10:00:00Z', 'ama', 1)",
            "INSERT INTO official_list VALUES (1, 'umf', '1', 'umf.csv', '', '2026-11-22T10:00:00Z', 'ama')",
            "INSERT INTO figure_review VALUES (1, 'GH1408', 'GH-POP', 'accept', '', 'hub', 'seen', '2026-11-22T10:00:00Z', 'ama')",
            "INSERT INTO edition VALUES (1, 'GH1408', 1, 'CC-BY-4.0', '{}', '{}', '2026-11-22T10:00:00Z', 'ama')",
            "INSERT INTO claim_event VALUES (1, 1, 'claimed', 'ama', '', '2026-11-22T10:00:00Z')",
        ):
            connection.execute(statement)
        yield connection


def rows(connection: Any, table: Table) -> list[tuple[object, ...]]:  # noqa: ANN401 - either driver's
    return list(connection.execute(f'SELECT * FROM "{table.name}"').fetchall())


ON_SQLITE = pytest.mark.parametrize("databases", ["sqlite"], indirect=True)
ON_POSTGRESQL = pytest.mark.parametrize("databases", ["postgresql"], indirect=True)


@pytest.mark.parametrize("table", FACTS, ids=lambda table: table.name)
def test_update_and_delete_are_refused(foreign: Any, databases: Databases, table: Table) -> None:  # noqa: ANN401 - either driver's
    before = rows(foreign, table)
    assert before
    for column in table.columns:
        with pytest.raises(databases.refusals, match=REFUSAL):
            foreign.execute(f'UPDATE "{table.name}" SET "{column.name}" = "{column.name}"')
    with pytest.raises(databases.refusals, match=REFUSAL):
        foreign.execute(f'DELETE FROM "{table.name}"')
    assert rows(foreign, table) == before


@ON_POSTGRESQL
@pytest.mark.parametrize("table", FACTS, ids=lambda table: table.name)
def test_nothing_else_that_changes_rows_gets_through(foreign: psycopg.Connection, table: Table) -> None:
    before = rows(foreign, table)
    (key, *_) = table.primary_key.columns
    for statement in (
        f'TRUNCATE "{table.name}" CASCADE',
        f'MERGE INTO "{table.name}" t USING "{table.name}" s ON t."{key.name}" = s."{key.name}" WHEN MATCHED THEN DELETE',
        f'WITH gone AS (DELETE FROM "{table.name}" RETURNING *) SELECT * FROM gone',
    ):
        with pytest.raises(psycopg.IntegrityError, match=REFUSAL):
            foreign.execute(statement.encode())
    assert rows(foreign, table) == before


@ON_POSTGRESQL
def test_a_session_that_plays_the_replica_is_refused_too(foreign: psycopg.Connection, desk: Desk) -> None:
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        foreign.execute("SET session_replication_role = replica")
    server = getattr(desk.databases, "server")  # noqa: B009 - only this kind has one
    name = foreign.info.dbname
    with psycopg.connect(server.url(name, "postgres"), autocommit=True) as administrator:
        administrator.execute("SET session_replication_role = replica")
        with pytest.raises(psycopg.IntegrityError, match=REFUSAL):
            administrator.execute("DELETE FROM audit")
    administrator.close()


@ON_POSTGRESQL
@pytest.mark.parametrize("column", ["series", "indicator_version", "source", "batch", "origin"])
def test_an_observation_of_nothing_known_is_refused(foreign: psycopg.Connection, column: str) -> None:
    """What foreign keys do row by row, a trigger does once for a whole statement."""
    names = [each.name for each in metadata.tables["observation"].columns]
    forged = ", ".join("99" if name in (column, "revision") else f'"{name}"' for name in names)
    with pytest.raises(psycopg.errors.ForeignKeyViolation, match="refers to what is not there"):
        foreign.execute(f"INSERT INTO observation SELECT {forged} FROM observation LIMIT 1".encode())


def keys(table: Table) -> list[list[str]]:
    """Every set of columns that tells one row from the others."""
    unique = [constraint for constraint in table.constraints if type(constraint).__name__ in ("PrimaryKeyConstraint", "UniqueConstraint")]
    return [[column.name for column in constraint.columns] for constraint in unique]  # type: ignore[attr-defined]


@ON_SQLITE
@pytest.mark.parametrize("table", FACTS, ids=lambda table: table.name)
@pytest.mark.parametrize("recursive", ["ON", "OFF"])
def test_replace_deletes_nothing_unseen(foreign: sqlite3.Connection, table: Table, recursive: str) -> None:
    foreign.execute(f"PRAGMA recursive_triggers={recursive}")
    before = rows(foreign, table)
    names = [column.name for column in table.columns]
    for key in keys(table):
        for verb in ("INSERT OR REPLACE", "REPLACE", "INSERT"):
            copied = [f"'{name} forged'" if name not in key and not column_is_number(table, name) else f'"{name}"' for name in names]
            if key != ["id"] and "id" in names:
                copied[names.index("id")] = "id + 1000"
            with pytest.raises(sqlite3.IntegrityError):
                foreign.execute(f'{verb} INTO "{table.name}" SELECT {", ".join(copied)} FROM "{table.name}" LIMIT 1')
    assert rows(foreign, table) == before


def column_is_number(table: Table, name: str) -> bool:
    return table.columns[name].type.python_type is not str


@pytest.mark.parametrize("table", FACTS, ids=lambda table: table.name)
def test_an_upsert_is_refused(foreign: Any, databases: Databases, table: Table) -> None:  # noqa: ANN401 - either driver's
    before = rows(foreign, table)
    for key in keys(table):
        change = next(column.name for column in table.columns)
        onto = f'ON CONFLICT ({", ".join(key)}) DO UPDATE SET "{change}" = excluded."{change}"'
        with pytest.raises(databases.refusals, match=REFUSAL):
            foreign.execute(f'INSERT INTO "{table.name}" SELECT * FROM "{table.name}" WHERE true {onto}')
    assert rows(foreign, table) == before


@ON_SQLITE
@pytest.mark.parametrize("table", FACTS, ids=lambda table: table.name)
def test_the_hidden_row_number_opens_no_back_door(foreign: sqlite3.Connection, table: Table) -> None:
    """INSERT OR REPLACE may name a row number of its own choice."""
    before = rows(foreign, table)
    names = [column.name for column in table.columns if column.name not in ("id", "seq") or len(table.primary_key) > 1]
    copied = [f'"{name}" + 1000' if column_is_number(table, name) else f"'{name} forged'" for name in names]
    listed = ", ".join(f'"{name}"' for name in names)
    forged = f'INSERT OR REPLACE INTO "{table.name}" (rowid, {listed}) SELECT 1, {", ".join(copied)} FROM "{table.name}" LIMIT 1'
    with pytest.raises(sqlite3.Error, match=f"{REFUSAL}|no column named rowid"):
        foreign.execute(forged)
    assert rows(foreign, table) == before


def test_the_guard_stands_again_after_an_import_and_after_one_that_was_refused(desk: Desk) -> None:
    queries = {
        "sqlite": "SELECT sql FROM sqlite_master WHERE type = 'trigger' ORDER BY name",
        "postgresql": "SELECT tgname || tgenabled::text FROM pg_trigger WHERE NOT tgisinternal ORDER BY tgname",
    }

    def guards() -> list[str]:
        with desk.foreign() as connection:
            return [str(row[0]) for row in connection.execute(queries[desk.databases.name])]

    before = guards()
    assert len(before) >= 3 * len(FACTS)
    assert not desk.bring(desk.tidy({})).blocked
    assert desk.bring(desk.tidy({}, {})).blocked
    assert desk.bring(desk.tidy({"period": "2019"}, {"period": "2019"})).blocked
    assert guards() == before
