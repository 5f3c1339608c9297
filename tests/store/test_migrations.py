"""The migrations make exactly the tables the code knows, on every database, and lose nothing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Float, MetaData, Table, insert, inspect, select
from tests.databases import Databases

from sdgcities.errors import HubUnusable
from sdgcities.store.audit import taken_out
from sdgcities.store.database import MIGRATIONS, REVISION, Database, alembic_config
from sdgcities.store.opening import database_of
from sdgcities.store.tables import ERASABLE, metadata

VERBS = {"sqlite": ("update", "delete", "replace_0"), "postgresql": ("update", "delete", "truncate")}
VERSION = "alembic_version"


def revisions() -> list[str]:
    """Every revision, oldest first: each may be the one a hub was made with."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    return [script.revision for script in reversed(list(ScriptDirectory.from_config(config).walk_revisions()))]


@pytest.fixture
def empty(databases: Databases, tmp_path: Path) -> Iterator[Database]:
    made = database_of(tmp_path, databases.address())
    yield made
    made.close()


@pytest.fixture
def database(empty: Database) -> Database:
    empty.create()
    return empty


def test_they_make_what_the_tables_say(database: Database) -> None:
    """All but what an observation refers to on PostgreSQL: a trigger sees to that."""
    with database.reading() as connection:
        found = compare_metadata(MigrationContext.configure(connection), metadata)
        expected = 0 if connection.dialect.name == "sqlite" else 5
    differences: list[Any] = [(kind, key.parent.name) for kind, key in found]
    assert differences == [("add_fk", "observation")] * expected


def told(connection: Connection, name: str) -> dict[str, object]:
    """What Alembic's comparison leaves out: checks, foreign keys that wait, orders of texts, tables without row numbers."""
    kinds = ("get_columns", "get_pk_constraint", "get_unique_constraints", "get_check_constraints", "get_foreign_keys", "get_table_options")
    found = {kind: getattr(inspect(connection), kind)(name) for kind in kinds}
    return {kind: sorted(map(str, one)) if isinstance(one, list) else str(one) for kind, one in found.items()}


def test_constraints_and_keys_are_the_same_too(database: Database, databases: Databases, tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    plain = database_of(tmp_path / "other", databases.address())
    with plain.writing() as made:
        metadata.create_all(made)
    with database.reading() as migrated, plain.reading() as made:
        for name in metadata.tables:
            assert told(migrated, name) == told(made, name)
    plain.close()


def test_the_newest_one_is_the_one_the_code_asks_for() -> None:
    assert revisions()[-1] == REVISION


def test_every_fact_is_guarded_and_only_private_entries_are_not(database: Database) -> None:
    queries = {
        "sqlite": "SELECT tbl_name, name FROM sqlite_master WHERE type = 'trigger'",
        "postgresql": "SELECT relname, tgname FROM pg_trigger JOIN pg_class c ON c.oid = tgrelid WHERE NOT tgisinternal AND tgenabled = 'A'",
    }
    with database.reading() as connection:
        kind = connection.dialect.name
        found = connection.exec_driver_sql(queries[kind]).all()
        assert taken_out(connection) is None
    guarded = {table: {name for other, name in found if other == table} for table, _ in found}
    assert set(guarded) == set(metadata.tables) - set(ERASABLE)
    for table, names in guarded.items():
        assert {f"{table}_no_{verb}" for verb in VERBS[kind]} <= names


def test_migrating_again_changes_nothing(database: Database) -> None:
    database.migrate()
    database.check_revision()


def populate(connection: Connection) -> dict[str, list[dict[str, object]]]:
    """A row in every table as it is at this revision; what each table then holds."""
    tables = MetaData()
    tables.reflect(connection)
    facts = [table for table in tables.sorted_tables if table.name != VERSION]
    for table in sorted(facts, key=lambda table: table.name == "observation"):  # what it refers to, no reflection tells on PostgreSQL
        connection.execute(insert(table).values({column.name: cell(table, column.name) for column in table.columns}))
    return {table.name: held(connection, table) for table in facts}


def cell(table: Table, name: str) -> object:
    """Something to stand in a column; it fits every reference, as all numbers are 1 and all texts alike."""
    if (table.name, name) in {("observation", "missing"), ("batch", "reverts")}:
        return None
    kind = table.columns[name].type
    return 1.5 if isinstance(kind, Float) else 1 if kind.python_type is int else "set" if name == "op" else "İ"


def held(connection: Connection, table: Table) -> list[dict[str, object]]:
    return [dict(row) for row in connection.execute(select(table)).mappings()]


@pytest.mark.parametrize("revision", revisions())
def test_a_hub_of_every_revision_is_upgraded_with_all_it_holds(empty: Database, revision: str) -> None:
    with empty.writing() as connection:
        command.upgrade(alembic_config(connection), revision)
        before = populate(connection)
        observed = connection.exec_driver_sql("SELECT count(*) FROM observation").scalar_one()
    assert (observed, len(before) >= len(ERASABLE) + 10) == (1, True)
    empty.migrate()
    empty.check_revision()
    now = MetaData()
    with empty.reading() as connection:
        now.reflect(connection)
        assert taken_out(connection) is None
        for name, rows in before.items():
            kept = held(connection, now.tables[name])
            assert [{column: row[column] for column in rows[0]} for row in kept] == rows, name


def test_another_revision_is_told(database: Database) -> None:
    with database.writing() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(HubUnusable) as unusable:
        database.check_revision()
    assert unusable.value.findings[0].code == "store.revision"


@pytest.mark.parametrize("content", [b"", b"not a database at all, but long enough to be read as one" * 50])
def test_a_file_that_is_no_database_is_told_in_a_line(tmp_path: Path, content: bytes) -> None:
    database = database_of(tmp_path, "")
    with pytest.raises(HubUnusable) as missing:
        database.check_revision()
    assert missing.value.findings[0].code == "store.missing"
    (tmp_path / "hub.db").write_bytes(content)
    with pytest.raises(HubUnusable) as unusable:
        database.check_revision()
    assert unusable.value.findings[0].code in ("store.failed", "store.damaged")


def test_any_folder_name_will_do(tmp_path: Path) -> None:
    folder = tmp_path / "hub? #1%20 'ñ' & co"
    folder.mkdir()
    database = database_of(folder, "")
    database.create()
    database.check_revision()
    database.close()
    assert [path.name for path in folder.iterdir()] == ["hub.db"]
