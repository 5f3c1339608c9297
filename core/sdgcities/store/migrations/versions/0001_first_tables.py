"""The first tables of a hub, and the triggers that keep facts as they were written."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from sdgcities.findings import mark
from sdgcities.store.migrations.guards import define_refusal, keep

revision = "0001"
down_revision = None
SAYS = mark("The first tables of a hub, and the triggers that keep facts as they were written.")

TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
"""Texts are codes: they compare and sort by their characters on every database, whatever language the server speaks."""

KEYS = {
    "actor": (("id",),),
    "actor_role": (("actor", "role"),),
    "city": (("unit",),),
    "city_stage": (("seq",),),
    "unit_alias": (("id",), ("scope", "scope_id", "name", "unit", "language", "since")),
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


REFERENCES = {"series": "series", "indicator_version": "indicator_version", "source": "source"}
"""Columns of an observation, and the tables their numbers are of."""


def upgrade() -> None:
    """Make the tables, then the triggers."""
    for room in (_people, _places, _origins, _figures, _forms, _evidence, _recognition, _audit):
        room()
    if op.get_context().dialect.name == "postgresql":
        define_refusal()
        _refer_on_postgresql()
    keep(KEYS)


def _refer_on_postgresql() -> None:
    """Hold the references of an observation once for all rows of a statement: row by row, foreign keys take six times as long as the rows themselves.

    A batch is written after its figures, so it is one that is there or the next one.
    """
    numbers = ("batch", "origin")
    known = [f"EXISTS (SELECT FROM {table} t WHERE t.id = f.{column})" for column, table in REFERENCES.items()]
    known += [f"f.{column} BETWEEN 1 AND 1 + (SELECT coalesce(max(id), 0) FROM batch)" for column in numbers]  # noqa: S608 - names from above
    named = f"SELECT DISTINCT {', '.join((*REFERENCES, *numbers))} FROM fresh"  # noqa: S608 - as above
    refusal = "RAISE EXCEPTION 'an observation refers to what is not there' USING ERRCODE = 'foreign_key_violation'"
    body = f"BEGIN IF EXISTS (SELECT FROM ({named}) f WHERE NOT ({' AND '.join(known)})) THEN {refusal}; END IF; RETURN NULL; END"
    op.execute(f"CREATE FUNCTION observation_refers() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$ {body} $$")
    op.execute(
        "CREATE TRIGGER observation_refers AFTER INSERT ON observation REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION observation_refers()"
    )
    op.execute("ALTER TABLE observation ENABLE ALWAYS TRIGGER observation_refers")


def _people() -> None:
    """Who acts, in which role; names and contacts apart."""
    op.create_table(
        "actor",
        sa.Column("id", TEXT, nullable=False),
        sa.Column("salted_ref", TEXT, nullable=False),
        sa.Column("at", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "actor_role",
        sa.Column("actor", TEXT, nullable=False),
        sa.Column("role", TEXT, nullable=False),
        sa.Column("at", TEXT, nullable=False),
        sa.Column("granted_by", TEXT, nullable=False),
        sa.ForeignKeyConstraint(["actor"], ["actor.id"]),
        sa.PrimaryKeyConstraint("actor", "role"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "actor_private",
        sa.Column("actor", TEXT, nullable=False),
        sa.Column("name", TEXT, nullable=False),
        sa.Column("contact", TEXT, nullable=False),
        sa.Column("salt", TEXT, nullable=False),
        sa.ForeignKeyConstraint(["actor"], ["actor.id"]),
        sa.PrimaryKeyConstraint("actor"),
    )


def _places() -> None:
    """Participating cities with their stages, and further names of units."""
    op.create_table(
        "city",
        sa.Column("unit", TEXT, nullable=False),
        sa.Column("at", TEXT, nullable=False),
        sa.Column("actor", TEXT, nullable=False),
        sa.ForeignKeyConstraint(["actor"], ["actor.id"]),
        sa.PrimaryKeyConstraint("unit"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "city_stage",
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("unit", TEXT, nullable=False),
        sa.Column("stage", TEXT, nullable=False),
        sa.Column("reason", TEXT, nullable=False),
        sa.Column("successor", TEXT, nullable=True),
        sa.Column("until", TEXT, nullable=True),
        sa.Column("at", TEXT, nullable=False),
        sa.Column("actor", TEXT, nullable=False),
        sa.ForeignKeyConstraint(["actor"], ["actor.id"]),
        sa.ForeignKeyConstraint(["successor"], ["city.unit"]),
        sa.ForeignKeyConstraint(["unit"], ["city.unit"]),
        sa.PrimaryKeyConstraint("seq"),
    )
    op.create_table(
        "unit_alias",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("scope", TEXT, nullable=False),
        sa.Column("scope_id", TEXT, nullable=False),
        sa.Column("name", TEXT, nullable=False),
        sa.Column("unit", TEXT, nullable=False),
        sa.Column("language", TEXT, nullable=False),
        sa.Column("since", TEXT, nullable=False),
        sa.Column("former", TEXT, nullable=False),
        sa.Column("reason", TEXT, nullable=False),
        sa.Column("at", TEXT, nullable=False),
        sa.Column("actor", TEXT, nullable=False),
        sa.ForeignKeyConstraint(["actor"], ["actor.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("scope", "scope_id", "name", "unit", "language", "since"),
    )


def _origins() -> None:
    """Where figures come from."""
    op.create_table(
        "source",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("office", TEXT, nullable=False),
        sa.Column("reference", TEXT, nullable=False),
        sa.Column("licence", TEXT, nullable=False),
        sa.Column("url", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("office", "reference", "licence", "url"),
    )
    op.create_table(
        "indicator_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("indicator", TEXT, nullable=False),
        sa.Column("plugin", TEXT, nullable=False),
        sa.Column("plugin_version", TEXT, nullable=False),
        sa.Column("digest", TEXT, nullable=False),
        sa.Column("definition", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("indicator", "plugin", "plugin_version", "digest"),
    )
    op.create_table(
        "batch",
        sa.Column("id", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("file", TEXT, nullable=False),
        sa.Column("file_sha256", TEXT, nullable=False),
        sa.Column("profile", TEXT, nullable=False),
        sa.Column("profile_sha256", TEXT, nullable=False),
        sa.Column("alias_sha256", TEXT, nullable=False),
        sa.Column("plugin", TEXT, nullable=False),
        sa.Column("plugin_version", TEXT, nullable=False),
        sa.Column("reverts", sa.Integer(), nullable=True),
        sa.Column("rows_read", sa.Integer(), nullable=False),
        sa.Column("stored", sa.Integer(), nullable=False),
        sa.Column("unchanged", sa.Integer(), nullable=False),
        sa.Column("refused", sa.Integer(), nullable=False),
        sa.Column("rows_sha256", TEXT, nullable=False),
        sa.Column("at", TEXT, nullable=False),
        sa.Column("actor", TEXT, nullable=False),
        sa.Column("answers_for", TEXT, nullable=False),
        sa.ForeignKeyConstraint(["actor"], ["actor.id"]),
        sa.ForeignKeyConstraint(["answers_for"], ["actor.id"]),
        sa.ForeignKeyConstraint(["reverts"], ["batch.id"]),
        sa.PrimaryKeyConstraint("id"),
    )


def _figures() -> None:
    """The figures, and the rows that were refused."""
    op.create_table(
        "series",
        sa.Column("id", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("unit", TEXT, nullable=False),
        sa.Column("indicator", TEXT, nullable=False),
        sa.Column("unit_measure", TEXT, nullable=False),
        sa.Column("dims", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("unit", "indicator", "unit_measure", "dims"),
    )
    op.create_table(
        "observation",
        sa.Column("series", sa.Integer(), nullable=False),
        sa.Column("period_start", TEXT, nullable=False),
        sa.Column("period_end", TEXT, nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("freq", TEXT, nullable=False),
        sa.Column("op", TEXT, nullable=False),
        sa.Column("value", TEXT, nullable=True),
        sa.Column("value_num", sa.Float(), nullable=True),
        sa.Column("missing", TEXT, nullable=True),
        sa.Column("status", TEXT, nullable=False),
        sa.Column("indicator_version", sa.Integer(), nullable=False),
        sa.Column("source", sa.Integer(), nullable=False),
        sa.Column("batch", sa.Integer(), nullable=False),
        sa.Column("origin", sa.Integer(), nullable=False),
        sa.Column("locator", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("(value IS NULL) <> (missing IS NULL) OR op = 'retract'", name="observation_value"),
        sa.CheckConstraint("op IN ('set', 'retract')", name="observation_op"),
        sa.ForeignKeyConstraint(["batch"], ["batch.id"], initially="DEFERRED", deferrable=True).ddl_if(dialect="sqlite"),
        sa.ForeignKeyConstraint(["origin"], ["batch.id"], initially="DEFERRED", deferrable=True).ddl_if(dialect="sqlite"),
        sa.ForeignKeyConstraint(["indicator_version"], ["indicator_version.id"]).ddl_if(dialect="sqlite"),
        sa.ForeignKeyConstraint(["series"], ["series.id"]).ddl_if(dialect="sqlite"),
        sa.ForeignKeyConstraint(["source"], ["source.id"]).ddl_if(dialect="sqlite"),
        sa.PrimaryKeyConstraint("series", "period_start", "period_end", "revision"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "refused_row",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("batch", sa.Integer(), nullable=False),
        sa.Column("locator", sa.BigInteger(), nullable=False),
        sa.Column("raw", TEXT, nullable=False),
        sa.Column("code", TEXT, nullable=False),
        sa.Column("message", TEXT, nullable=False),
        sa.ForeignKeyConstraint(["batch"], ["batch.id"], initially="DEFERRED", deferrable=True),
        sa.PrimaryKeyConstraint("id"),
    )


def _forms() -> None:
    """Forms and what cities submit; personal entries apart."""
    op.create_table(
        "form_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("form", TEXT, nullable=False),
        sa.Column("version", TEXT, nullable=False),
        sa.Column("digest", TEXT, nullable=False),
        sa.Column("schema", TEXT, nullable=False),
        sa.Column("plugin", TEXT, nullable=False),
        sa.Column("plugin_version", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("form", "plugin", "plugin_version", "digest"),
    )
    op.create_table(
        "submission",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("city", TEXT, nullable=False),
        sa.Column("form", TEXT, nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("form_version", sa.Integer(), nullable=False),
        sa.Column("data", TEXT, nullable=False),
        sa.Column("answers", TEXT, nullable=False),
        sa.Column("digest", TEXT, nullable=False),
        sa.Column("author", TEXT, nullable=False),
        sa.Column("entered_by", TEXT, nullable=False),
        sa.Column("at", TEXT, nullable=False),
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
        sa.Column("pointer", TEXT, nullable=False),
        sa.Column("value", TEXT, nullable=False),
        sa.Column("salt", TEXT, nullable=False),
        sa.ForeignKeyConstraint(["submission"], ["submission.id"]),
        sa.PrimaryKeyConstraint("submission", "pointer"),
    )


def _evidence() -> None:
    """Documents by digest, and what they are attached to."""
    op.create_table(
        "evidence",
        sa.Column("sha256", TEXT, nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("media_type", TEXT, nullable=False),
        sa.Column("name", TEXT, nullable=False),
        sa.Column("at", TEXT, nullable=False),
        sa.Column("added_by", TEXT, nullable=False),
        sa.ForeignKeyConstraint(["added_by"], ["actor.id"]),
        sa.PrimaryKeyConstraint("sha256"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "evidence_link",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("sha256", TEXT, nullable=False),
        sa.Column("city", TEXT, nullable=False),
        sa.Column("milestone", TEXT, nullable=False),
        sa.Column("evidence", TEXT, nullable=False),
        sa.Column("details", TEXT, nullable=False),
        sa.Column("at", TEXT, nullable=False),
        sa.Column("actor", TEXT, nullable=False),
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
        sa.Column("city", TEXT, nullable=False),
        sa.Column("milestone", TEXT, nullable=False),
        sa.Column("contract_version", TEXT, nullable=False),
        sa.Column("adaptation_digest", TEXT, nullable=False),
        sa.Column("assessment", TEXT, nullable=False),
        sa.Column("snapshot_digest", TEXT, nullable=False),
        sa.Column("author", TEXT, nullable=False),
        sa.Column("entered_by", TEXT, nullable=False),
        sa.Column("at", TEXT, nullable=False),
        sa.ForeignKeyConstraint(["author"], ["actor.id"]),
        sa.ForeignKeyConstraint(["city"], ["city.unit"]),
        sa.ForeignKeyConstraint(["entered_by"], ["actor.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "claim_event",
        sa.Column("claim", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("action", TEXT, nullable=False),
        sa.Column("actor", TEXT, nullable=False),
        sa.Column("reason", TEXT, nullable=False),
        sa.Column("at", TEXT, nullable=False),
        sa.ForeignKeyConstraint(["actor"], ["actor.id"]),
        sa.ForeignKeyConstraint(["claim"], ["claim.id"]),
        sa.PrimaryKeyConstraint("claim", "seq"),
        sqlite_with_rowid=False,
    )


def _audit() -> None:
    """The chain of records."""
    op.create_table(
        "audit",
        sa.Column("seq", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("at", TEXT, nullable=False),
        sa.Column("actor", TEXT, nullable=False),
        sa.Column("action", TEXT, nullable=False),
        sa.Column("subject", TEXT, nullable=False),
        sa.Column("payload_sha256", TEXT, nullable=False),
        sa.Column("prev", TEXT, nullable=False),
        sa.Column("hash", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("seq"),
    )
