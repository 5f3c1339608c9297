"""The tables of a hub.

Facts are appended: triggers made by the migrations refuse UPDATE, DELETE, REPLACE and TRUNCATE on every table but the two
that hold names and contacts of people (`ERASABLE`). On SQLite only a whole number may be a table's hidden row number:
where the key is something else, the table has none that REPLACE could be aimed at. Times are UTC text (2026-11-22T10:30:00Z), codes and
exact values are text.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    Float,
    ForeignKey,
    ForeignKeyConstraint,
    Integer,
    MetaData,
    PrimaryKeyConstraint,
    Table,
    UniqueConstraint,
)

from sdgcities.store.written import Written

metadata = MetaData()

TEXT = Written()

ERASABLE = ("actor_private", "submission_private")


def _text(name: str, *, null: bool = False) -> Column[str]:
    return Column(name, TEXT, nullable=null)


def _to(name: str, target: str) -> Column[Any]:
    return Column(name, ForeignKey(target), nullable=False)


def _number(name: str) -> Column[int]:
    return Column(name, Integer, nullable=False)


def _batch() -> Column[int]:
    """A batch is written last, when its counts are known: its rows refer to it before the end of the transaction."""
    return Column("batch", ForeignKey("batch.id", deferrable=True, initially="DEFERRED"), nullable=False)


def _refers(column: str, target: str, **how: Any) -> ForeignKeyConstraint:  # noqa: ANN401 - SQLAlchemy's own
    """What an observation refers to. On PostgreSQL a trigger of the migrations checks it, once for all rows of a statement."""
    return ForeignKeyConstraint([column], [target], **how).ddl_if(dialect="sqlite")


actor = Table("actor", metadata, Column("id", TEXT, primary_key=True), _text("salted_ref"), _text("at"), sqlite_with_rowid=False)

actor_role = Table(
    "actor_role",
    metadata,
    _to("actor", "actor.id"),
    _text("role"),
    _text("at"),
    _text("granted_by"),
    PrimaryKeyConstraint("actor", "role"),
    sqlite_with_rowid=False,
)

actor_private = Table(
    "actor_private",
    metadata,
    Column("actor", ForeignKey("actor.id"), primary_key=True),
    _text("name"),
    _text("contact"),
    _text("salt"),
)

city = Table("city", metadata, Column("unit", TEXT, primary_key=True), _text("at"), _to("actor", "actor.id"), sqlite_with_rowid=False)

city_stage = Table(
    "city_stage",
    metadata,
    Column("seq", Integer, primary_key=True),
    _to("unit", "city.unit"),
    _text("stage"),
    _text("reason"),
    Column("successor", ForeignKey("city.unit"), nullable=True),  # what a merged city became part of
    _text("until", null=True),  # and the last day on which it stood by itself
    _text("at"),
    _to("actor", "actor.id"),
)

unit_alias = Table(
    "unit_alias",
    metadata,
    Column("id", Integer, primary_key=True),
    _text("scope"),
    _text("scope_id"),
    _text("name"),
    _text("unit"),
    _text("language"),
    _text("since"),  # the unit is called so from this day on, and was called `former`; both empty for a further name
    _text("former"),
    _text("reason"),
    _text("at"),
    _to("actor", "actor.id"),
    Column("within", TEXT, nullable=False, server_default=""),  # the name holds in rows that write this parent
    UniqueConstraint("scope", "scope_id", "name", "unit", "language", "since"),
)

unit_alias_step = Table(
    "unit_alias_step",
    metadata,
    Column("id", Integer, primary_key=True),
    _to("alias", "unit_alias.id"),
    _text("step"),  # taken back, or added again: the last one counts
    _text("reason"),
    _text("at"),
    _to("actor", "actor.id"),
)

source = Table(
    "source",
    metadata,
    Column("id", Integer, primary_key=True),
    _text("office"),
    _text("reference"),
    _text("licence"),
    _text("url"),
    UniqueConstraint("office", "reference", "licence", "url"),
)

indicator_version = Table(
    "indicator_version",
    metadata,
    Column("id", Integer, primary_key=True),
    _text("indicator"),
    _text("plugin"),
    _text("plugin_version"),
    _text("digest"),
    _text("definition"),
    UniqueConstraint("indicator", "plugin", "plugin_version", "digest"),
)

batch = Table(
    "batch",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    _text("file"),
    _text("file_sha256"),
    _text("profile"),
    _text("profile_sha256"),
    _text("alias_sha256"),
    _text("plugin"),
    _text("plugin_version"),
    Column("reverts", ForeignKey("batch.id"), nullable=True),
    Column("rows_read", Integer, nullable=False),
    Column("stored", Integer, nullable=False),
    Column("unchanged", Integer, nullable=False),
    Column("refused", Integer, nullable=False),
    _text("rows_sha256"),
    _text("at"),
    _to("actor", "actor.id"),
    _to("answers_for", "actor.id"),
    Column("part_of", Integer, nullable=True),  # the batch of the folder that the file came in, which is written after those of its files
    Column("reason", TEXT, nullable=False, server_default=""),  # why published figures were corrected; empty for what a file brought
)

series = Table(
    "series",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    _text("unit"),
    _text("indicator"),
    _text("unit_measure"),
    _text("dims"),
    UniqueConstraint("unit", "indicator", "unit_measure", "dims"),
)

observation = Table(
    "observation",
    metadata,
    _number("series"),
    _text("period_start"),
    _text("period_end"),
    Column("revision", Integer, nullable=False),
    _text("freq"),
    _text("op"),
    _text("value", null=True),
    Column("value_num", Float, nullable=True),
    _text("missing", null=True),
    _text("status"),
    _number("indicator_version"),
    _number("source"),
    _number("batch"),
    _number("origin"),  # the batch whose file the figure stands in: another one where a batch was taken back
    Column("locator", BigInteger, nullable=False),
    PrimaryKeyConstraint("series", "period_start", "period_end", "revision"),
    *(_refers(name, f"{name}.id") for name in ("series", "indicator_version", "source")),
    *(_refers(name, "batch.id", deferrable=True, initially="DEFERRED") for name in ("batch", "origin")),
    CheckConstraint("op IN ('set', 'retract')", name="observation_op"),
    CheckConstraint("(value IS NULL) <> (missing IS NULL) OR op = 'retract'", name="observation_value"),
    sqlite_with_rowid=False,
)

refused_row = Table(
    "refused_row",
    metadata,
    Column("id", Integer, primary_key=True),
    _batch(),
    Column("locator", BigInteger, nullable=False),
    _text("raw"),
    _text("code"),
    _text("message"),
)

justification = Table(
    "justification",
    metadata,
    Column("id", Integer, primary_key=True),
    _text("code"),  # of the finding that it lets pass
    _text("subject"),  # what the finding is about, in the finding's own spelling
    _text("reason"),
    Column("batch", ForeignKey("batch.id", deferrable=True, initially="DEFERRED"), nullable=True),  # with which it was given
    _text("at"),
    _to("actor", "actor.id"),
)

report_made = Table(
    "report_made",
    metadata,
    Column("id", Integer, primary_key=True),
    _to("city", "city.unit"),
    _text("language"),
    _text("file"),
    _text("sha256"),
    Column("batch", ForeignKey("batch.id"), nullable=True),  # the newest one whose figures it can show
    _text("at"),
    _to("actor", "actor.id"),
)

figure_review = Table(
    "figure_review",
    metadata,
    Column("id", Integer, primary_key=True),
    _to("city", "city.unit"),
    _text("indicator"),
    _text("decision"),  # accept or return
    _text("sha256"),  # of the file that would be published for the indicator
    _text("office"),  # for whom the reviewer speaks: statistics-office or hub
    _text("reason"),
    _text("at"),
    _to("actor", "actor.id"),
)

edition = Table(
    "edition",
    metadata,
    Column("id", Integer, primary_key=True),
    _to("city", "city.unit"),
    _number("number"),
    _text("licence"),
    _text("files"),  # JSON: each file of the edition with its digest
    _text("hidden"),  # JSON: the counts that were left out, by indicator
    _text("at"),
    _to("actor", "actor.id"),
    UniqueConstraint("city", "number"),
)

boundary = Table(
    "boundary",
    metadata,
    Column("id", Integer, primary_key=True),
    _text("unit"),
    _text("geometry"),  # of GeoJSON
    _to("source", "source.id"),
    _text("status"),
    _text("dated"),
    _text("file"),
    _text("file_sha256"),
    _text("at"),
    _to("actor", "actor.id"),
    _batch(),
)

official_list = Table(
    "official_list",
    metadata,
    Column("id", Integer, primary_key=True),
    _text("kind"),
    _text("version"),
    _text("file"),
    _text("sha256"),  # by which the hub's folder `lists` holds the file
    _text("at"),
    _to("actor", "actor.id"),
)

form_version = Table(
    "form_version",
    metadata,
    Column("id", Integer, primary_key=True),
    _text("form"),
    _text("version"),
    _text("digest"),
    _text("schema"),
    _text("plugin"),
    _text("plugin_version"),
    UniqueConstraint("form", "plugin", "plugin_version", "digest"),
)

submission = Table(
    "submission",
    metadata,
    Column("id", Integer, primary_key=True),
    _to("city", "city.unit"),
    _text("form"),
    Column("n", Integer, nullable=False),
    _to("form_version", "form_version.id"),
    _text("data"),
    _text("answers"),
    _text("digest"),
    _to("author", "actor.id"),
    _to("entered_by", "actor.id"),
    _text("at"),
    UniqueConstraint("city", "form", "n"),
)

submission_private = Table(
    "submission_private",
    metadata,
    _to("submission", "submission.id"),
    _text("pointer"),
    _text("value"),
    _text("salt"),
    PrimaryKeyConstraint("submission", "pointer"),
)

evidence = Table(
    "evidence",
    metadata,
    Column("sha256", TEXT, primary_key=True),
    Column("size", Integer, nullable=False),
    _text("media_type"),
    _text("name"),
    _text("at"),
    _to("added_by", "actor.id"),
    sqlite_with_rowid=False,
)

evidence_link = Table(
    "evidence_link",
    metadata,
    Column("id", Integer, primary_key=True),
    _to("sha256", "evidence.sha256"),
    _to("city", "city.unit"),
    _text("milestone"),
    _text("evidence"),
    _text("details"),
    _text("at"),
    _to("actor", "actor.id"),
)

claim = Table(
    "claim",
    metadata,
    Column("id", Integer, primary_key=True),
    _to("city", "city.unit"),
    _text("milestone"),
    _text("contract_version"),
    _text("adaptation_digest"),
    _text("assessment"),
    _text("snapshot_digest"),
    _to("author", "actor.id"),
    _to("entered_by", "actor.id"),
    _text("at"),
)

claim_event = Table(
    "claim_event",
    metadata,
    _to("claim", "claim.id"),
    Column("seq", Integer, nullable=False),
    _text("action"),
    _to("actor", "actor.id"),
    _text("reason"),
    _text("at"),
    PrimaryKeyConstraint("claim", "seq"),
    sqlite_with_rowid=False,
)

audit = Table(
    "audit",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=False),
    _text("at"),
    _text("actor"),
    _text("action"),
    _text("subject"),
    _text("payload_sha256"),
    _text("prev"),
    _text("hash"),
)
