"""The migrations make exactly the tables the code knows."""

from __future__ import annotations

from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, inspect

from sdgcities.errors import HubUnusable
from sdgcities.store.database import MIGRATIONS, REVISION, Database
from sdgcities.store.tables import ERASABLE, metadata


@pytest.fixture
def database(tmp_path: Path) -> Database:
    made = Database(tmp_path / "hub.db")
    made.migrate()
    return made


def test_they_make_what_the_tables_say(database: Database) -> None:
    with database.reading() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []


def test_constraints_and_keys_are_the_same_too(database: Database) -> None:
    """What Alembic's comparison leaves out: checks, foreign keys that wait, tables without row numbers."""
    plain = create_engine("sqlite://")
    metadata.create_all(plain)
    with database.reading() as migrated, plain.connect() as made:
        for name in metadata.tables:
            for kind in ("get_columns", "get_pk_constraint", "get_unique_constraints", "get_check_constraints", "get_foreign_keys"):
                told = [getattr(inspect(connection), kind)(name) for connection in (migrated, made)]
                first, second = (sorted(map(str, one)) if isinstance(one, list) else str(one) for one in told)
                assert first == second, (name, kind)
            (one,), (other,) = (
                [str(row[0]) for row in connection.exec_driver_sql(f"SELECT sql FROM sqlite_master WHERE name = '{name}'")] for connection in (migrated, made)
            )
            assert ("WITHOUT ROWID" in one) == ("WITHOUT ROWID" in other), name
    plain.dispose()


def test_the_newest_one_is_the_one_the_code_asks_for() -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    assert ScriptDirectory.from_config(config).get_heads() == [REVISION]


def test_every_fact_is_guarded_and_only_private_entries_are_not(database: Database) -> None:
    with database.reading() as connection:
        found = connection.exec_driver_sql("SELECT tbl_name, name FROM sqlite_master WHERE type = 'trigger'").all()
    guarded = {table: {name for other, name in found if other == table} for table, _ in found}
    assert set(guarded) == set(metadata.tables) - set(ERASABLE)
    for table, names in guarded.items():
        assert {f"{table}_no_update", f"{table}_no_delete", f"{table}_no_replace_0"} <= names


def test_migrating_again_changes_nothing(database: Database) -> None:
    database.migrate()
    database.check_revision()


def test_another_revision_is_told(database: Database) -> None:
    with database.writing() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(HubUnusable) as unusable:
        database.check_revision()
    assert unusable.value.findings[0].code == "store.revision"


@pytest.mark.parametrize("content", [b"", b"not a database at all, but long enough to be read as one" * 50])
def test_a_file_that_is_no_database_is_told_in_a_line(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "hub.db").write_bytes(content)
    with pytest.raises(HubUnusable) as unusable:
        Database(tmp_path / "hub.db").check_revision()
    assert unusable.value.findings[0].code in ("store.failed", "store.damaged")
    with pytest.raises(HubUnusable):
        Database(tmp_path / "missing.db").check_revision()


def test_any_folder_name_will_do(tmp_path: Path) -> None:
    folder = tmp_path / "hub? #1%20 'ñ' & co"
    folder.mkdir()
    database = Database(folder / "hub.db")
    database.migrate()
    database.check_revision()
    database.close()
    assert [path.name for path in folder.iterdir()] == ["hub.db"]
