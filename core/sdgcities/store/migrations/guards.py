"""The triggers that keep facts as they were written, for the migrations that make tables of facts."""

from __future__ import annotations

from collections.abc import Mapping

from alembic import op

Keys = Mapping[str, tuple[tuple[str, ...], ...]]
"""Tables of facts, each with every key that a row is known by."""


def keep(tables: Keys) -> None:
    """Guard the tables, on the database that is being migrated."""
    for table, keys in tables.items():
        if op.get_context().dialect.name == "postgresql":
            _keep_on_postgresql(table)
        else:
            _keep_on_sqlite(table, keys)


def define_refusal() -> None:
    """The function that the triggers of PostgreSQL call; made once, by the first migration."""
    refusal = "RAISE EXCEPTION '% is append-only: a correction is a new row', TG_TABLE_NAME USING ERRCODE = 'restrict_violation'"
    op.execute(f"CREATE FUNCTION append_only() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {refusal}; END $$")


def _keep_on_sqlite(table: str, keys: tuple[tuple[str, ...], ...]) -> None:
    """Refuse UPDATE and DELETE, and an INSERT with a key that is there: INSERT OR REPLACE would delete that row unseen."""
    refusal = f"SELECT RAISE(ABORT, '{table} is append-only: a correction is a new row')"
    for verb in ("UPDATE", "DELETE"):
        op.execute(f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} BEGIN {refusal}; END")
    for number, key in enumerate(keys):
        same = " AND ".join(f"{column} = NEW.{column}" for column in key)
        known = f"EXISTS (SELECT 1 FROM {table} WHERE {same})"  # noqa: S608 - names of tables and columns from the migrations
        op.execute(f"CREATE TRIGGER {table}_no_replace_{number} BEFORE INSERT ON {table} WHEN {known} BEGIN {refusal}; END")


def _keep_on_postgresql(table: str) -> None:
    """Refuse UPDATE, DELETE and TRUNCATE; INSERT ... ON CONFLICT DO UPDATE is an UPDATE. ALWAYS: also where a session plays the replica."""
    for verb in ("UPDATE", "DELETE", "TRUNCATE"):
        name = f"{table}_no_{verb.lower()}"
        op.execute(f"CREATE TRIGGER {name} BEFORE {verb} ON {table} FOR EACH STATEMENT EXECUTE FUNCTION append_only()")
        op.execute(f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {name}")
