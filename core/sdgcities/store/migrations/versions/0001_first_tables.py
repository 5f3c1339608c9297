"""The first tables of a hub, and the triggers that keep facts as they were written."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

KEYS = {
    "actor": (("id",),),
    "actor_role": (("actor", "role"),),
    "city": (("unit",),),
    "city_stage": (("seq",),),
    "unit_alias": (("id",), ("scope", "scope_id", "name", "unit")),
    "source": (("id",), ("office", "reference", "licence", "url")),
    "indicator_version": (("id",), ("indicator", "plugin", "plugin_version", "digest")),
    "batch": (("id",),),
    "series": (("id",), ("unit", "indicator", "unit_measure", "dims")),
    "observation": (("series", "period_start", "period_end", "revision"),),
    "refused_row": (("id",),),
    "form_version": (("id",), ("form", "plugin", "plugin_version", "digest")),
    "submission": (("id",), ("city", "form", "n")),
    "evidence": (("sha256",),),
    "evidence_link": (("id",),),
    "claim": (("id",),),
    "claim_event": (("claim", "seq"),),
    "audit": (("seq",),),
}
"""The tables of facts, each with every key that a row is known by."""


def upgrade() -> None:
    """Make the tables, then the triggers."""
    for room in (_people, _places, _origins, _figures, _forms, _evidence, _recognition, _audit):
        room()
    for table, keys in KEYS.items():
        _keep(table, keys)


def _keep(table: str, keys: tuple[tuple[str, ...], ...]) -> None:
    """Refuse UPDATE and DELETE, and an INSERT with a key that is there: INSERT OR REPLACE would delete that row unseen."""
    refusal = f"SELECT RAISE(ABORT, '{table} is append-only: a correction is a new row')"
    for verb in ("UPDATE", "DELETE"):
        op.execute(f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} BEGIN {refusal}; END")
    for number, key in enumerate(keys):
        same = " AND ".join(f"{column} = NEW.{column}" for column in key)
        known = f"EXISTS (SELECT 1 FROM {table} WHERE {same})"  # noqa: S608 - names of tables and columns from above
        op.execute(f"CREATE TRIGGER {table}_no_replace_{number} BEFORE INSERT ON {table} WHEN {known} BEGIN {refusal}; END")


def _people() -> None:
    """Who acts, in which role; names and contacts apart."""
    op.create_table(
        "actor",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("salted_ref", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "actor_role",
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("granted_by", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["actor"], ["actor.id"]),
        sa.PrimaryKeyConstraint("actor", "role"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "actor_private",
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("contact", sa.Text(), nullable=False),
        sa.Column("salt", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["actor"], ["actor.id"]),
        sa.PrimaryKeyConstraint("actor"),
    )


def _places() -> None:
    """Participating cities with their stages, and further names of units."""
    op.create_table(
        "city",
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["actor"], ["actor.id"]),
        sa.PrimaryKeyConstraint("unit"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "city_stage",
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("stage", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["actor"], ["actor.id"]),
        sa.ForeignKeyConstraint(["unit"], ["city.unit"]),
        sa.PrimaryKeyConstraint("seq"),
    )
    op.create_table(
        "unit_alias",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("scope", sa.Text(), nullable=False),
        sa.Column("scope_id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["actor"], ["actor.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("scope", "scope_id", "name", "unit"),
    )


def _origins() -> None:
    """Where figures come from."""
    op.create_table(
        "source",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("office", sa.Text(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("licence", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("office", "reference", "licence", "url"),
    )
    op.create_table(
        "indicator_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("indicator", sa.Text(), nullable=False),
        sa.Column("plugin", sa.Text(), nullable=False),
        sa.Column("plugin_version", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("definition", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("indicator", "plugin", "plugin_version", "digest"),
    )
    op.create_table(
        "batch",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("file", sa.Text(), nullable=False),
        sa.Column("file_sha256", sa.Text(), nullable=False),
        sa.Column("profile", sa.Text(), nullable=False),
        sa.Column("profile_sha256", sa.Text(), nullable=False),
        sa.Column("alias_sha256", sa.Text(), nullable=False),
        sa.Column("plugin", sa.Text(), nullable=False),
        sa.Column("plugin_version", sa.Text(), nullable=False),
        sa.Column("reverts", sa.Integer(), nullable=True),
        sa.Column("rows_read", sa.Integer(), nullable=False),
        sa.Column("stored", sa.Integer(), nullable=False),
        sa.Column("unchanged", sa.Integer(), nullable=False),
        sa.Column("refused", sa.Integer(), nullable=False),
        sa.Column("rows_sha256", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("answers_for", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["actor"], ["actor.id"]),
        sa.ForeignKeyConstraint(["answers_for"], ["actor.id"]),
        sa.ForeignKeyConstraint(["reverts"], ["batch.id"]),
        sa.PrimaryKeyConstraint("id"),
    )


def _figures() -> None:
    """The figures, and the rows that were refused."""
    op.create_table(
        "series",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("indicator", sa.Text(), nullable=False),
        sa.Column("unit_measure", sa.Text(), nullable=False),
        sa.Column("dims", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("unit", "indicator", "unit_measure", "dims"),
    )
    op.create_table(
        "observation",
        sa.Column("series", sa.Integer(), nullable=False),
        sa.Column("period_start", sa.Text(), nullable=False),
        sa.Column("period_end", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("freq", sa.Text(), nullable=False),
        sa.Column("op", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=True),
        sa.Column("value_num", sa.Float(), nullable=True),
        sa.Column("missing", sa.Text(), nullable=True),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("indicator_version", sa.Integer(), nullable=False),
        sa.Column("source", sa.Integer(), nullable=False),
        sa.Column("batch", sa.Integer(), nullable=False),
        sa.Column("origin", sa.Integer(), nullable=False),
        sa.Column("locator", sa.Integer(), nullable=False),
        sa.CheckConstraint("(value IS NULL) <> (missing IS NULL) OR op = 'retract'", name="observation_value"),
        sa.CheckConstraint("op IN ('set', 'retract')", name="observation_op"),
        sa.ForeignKeyConstraint(["batch"], ["batch.id"], initially="DEFERRED", deferrable=True),
        sa.ForeignKeyConstraint(["origin"], ["batch.id"], initially="DEFERRED", deferrable=True),
        sa.ForeignKeyConstraint(["indicator_version"], ["indicator_version.id"]),
        sa.ForeignKeyConstraint(["series"], ["series.id"]),
        sa.ForeignKeyConstraint(["source"], ["source.id"]),
        sa.PrimaryKeyConstraint("series", "period_start", "period_end", "revision"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "refused_row",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("batch", sa.Integer(), nullable=False),
        sa.Column("locator", sa.Integer(), nullable=False),
        sa.Column("raw", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["batch"], ["batch.id"], initially="DEFERRED", deferrable=True),
        sa.PrimaryKeyConstraint("id"),
    )


def _forms() -> None:
    """Forms and what cities submit; personal entries apart."""
    op.create_table(
        "form_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("form", sa.Text(), nullable=False),
        sa.Column("version", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("schema", sa.Text(), nullable=False),
        sa.Column("plugin", sa.Text(), nullable=False),
        sa.Column("plugin_version", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("form", "plugin", "plugin_version", "digest"),
    )
    op.create_table(
        "submission",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("city", sa.Text(), nullable=False),
        sa.Column("form", sa.Text(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("form_version", sa.Integer(), nullable=False),
        sa.Column("data", sa.Text(), nullable=False),
        sa.Column("answers", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("entered_by", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["author"], ["actor.id"]),
        sa.ForeignKeyConstraint(["city"], ["city.unit"]),
        sa.ForeignKeyConstraint(["entered_by"], ["actor.id"]),
        sa.ForeignKeyConstraint(["form_version"], ["form_version.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("city", "form", "n"),
    )
    op.create_table(
        "submission_private",
        sa.Column("submission", sa.Integer(), nullable=False),
        sa.Column("pointer", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("salt", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["submission"], ["submission.id"]),
        sa.PrimaryKeyConstraint("submission", "pointer"),
    )


def _evidence() -> None:
    """Documents by digest, and what they are attached to."""
    op.create_table(
        "evidence",
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("media_type", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("added_by", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["added_by"], ["actor.id"]),
        sa.PrimaryKeyConstraint("sha256"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "evidence_link",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("city", sa.Text(), nullable=False),
        sa.Column("milestone", sa.Text(), nullable=False),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.Column("details", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["actor"], ["actor.id"]),
        sa.ForeignKeyConstraint(["city"], ["city.unit"]),
        sa.ForeignKeyConstraint(["sha256"], ["evidence.sha256"]),
        sa.PrimaryKeyConstraint("id"),
    )


def _recognition() -> None:
    """Claims and the decisions on them."""
    op.create_table(
        "claim",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("city", sa.Text(), nullable=False),
        sa.Column("milestone", sa.Text(), nullable=False),
        sa.Column("contract_version", sa.Text(), nullable=False),
        sa.Column("adaptation_digest", sa.Text(), nullable=False),
        sa.Column("assessment", sa.Text(), nullable=False),
        sa.Column("snapshot_digest", sa.Text(), nullable=False),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("entered_by", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["author"], ["actor.id"]),
        sa.ForeignKeyConstraint(["city"], ["city.unit"]),
        sa.ForeignKeyConstraint(["entered_by"], ["actor.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "claim_event",
        sa.Column("claim", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["actor"], ["actor.id"]),
        sa.ForeignKeyConstraint(["claim"], ["claim.id"]),
        sa.PrimaryKeyConstraint("claim", "seq"),
        sqlite_with_rowid=False,
    )


def _audit() -> None:
    """The chain of records."""
    op.create_table(
        "audit",
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("payload_sha256", sa.Text(), nullable=False),
        sa.Column("prev", sa.Text(), nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("seq"),
    )
