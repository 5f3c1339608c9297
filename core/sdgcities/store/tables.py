"""The tables of a hub.

Facts are appended: triggers made by the migrations refuse UPDATE, DELETE, REPLACE and TRUNCATE on every table but the two
that hold names and contacts of people (`ERASABLE`). On SQLite only a whole number may be a table's hidden row number:
where the key is something else, the table has none that REPLACE could be aimed at. Times are UTC text (2026-11-22T10:30:00Z), codes and
exact values are text.
"""

from __future__ import annotations

from collections.abc import Iterator
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


def _texts(*names: str) -> Iterator[Column[str]]:
    return map(_text, names)


def _id() -> Column[int]:
    return Column("id", Integer, primary_key=True)


def _by() -> tuple[Column[str], Column[Any]]:
    """When it was done, and by whom."""
    return _text("at"), _to("actor", "actor.id")


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
    *_texts("role", "at", "granted_by"),
    PrimaryKeyConstraint("actor", "role"),
    sqlite_with_rowid=False,
)

actor_private = Table(
    "actor_private",
    metadata,
    Column("actor", ForeignKey("actor.id"), primary_key=True),
    *_texts("name", "contact", "salt"),
)

city = Table("city", metadata, Column("unit", TEXT, primary_key=True), *_by(), sqlite_with_rowid=False)

city_stage = Table(
    "city_stage",
    metadata,
    Column("seq", Integer, primary_key=True),
    _to("unit", "city.unit"),
    *_texts("stage", "reason"),
    Column("successor", ForeignKey("city.unit"), nullable=True),  # what a merged city became part of
    _text("until", null=True),  # and the last day on which it stood by itself
    *_by(),
)

unit_alias = Table(
    "unit_alias",
    metadata,
    _id(),
    *_texts("scope", "scope_id", "name", "unit", "language"),
    _text("since"),  # the unit is called so from this day on, and was called `former`; both empty for a further name
    *_texts("former", "reason"),
    *_by(),
    Column("within", TEXT, nullable=False, server_default=""),  # the name holds in rows that write this parent
    UniqueConstraint("scope", "scope_id", "name", "unit", "language", "since"),
)

unit_alias_step = Table(
    "unit_alias_step",
    metadata,
    _id(),
    _to("alias", "unit_alias.id"),
    _text("step"),  # taken back, or added again: the last one counts
    _text("reason"),
    *_by(),
)

source = Table(
    "source",
    metadata,
    _id(),
    *_texts("office", "reference", "licence", "url"),
    UniqueConstraint("office", "reference", "licence", "url"),
)

indicator_version = Table(
    "indicator_version",
    metadata,
    _id(),
    *_texts("indicator", "plugin", "plugin_version", "digest", "definition"),
    UniqueConstraint("indicator", "plugin", "plugin_version", "digest"),
)

batch = Table(
    "batch",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    *_texts("file", "file_sha256", "profile", "profile_sha256", "alias_sha256", "plugin", "plugin_version"),
    Column("reverts", ForeignKey("batch.id"), nullable=True),
    *map(_number, ("rows_read", "stored", "unchanged", "refused")),
    _text("rows_sha256"),
    *_by(),
    _to("answers_for", "actor.id"),
    Column("part_of", Integer, nullable=True),  # the batch of the folder that the file came in, which is written after those of its files
    Column("reason", TEXT, nullable=False, server_default=""),  # why published figures were corrected; empty for what a file brought
)

series = Table(
    "series",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    *_texts("unit", "indicator", "unit_measure", "dims"),
    UniqueConstraint("unit", "indicator", "unit_measure", "dims"),
)

observation = Table(
    "observation",
    metadata,
    _number("series"),
    *_texts("period_start", "period_end"),
    _number("revision"),
    *_texts("freq", "op"),
    _text("value", null=True),
    Column("value_num", Float, nullable=True),
    _text("missing", null=True),
    _text("status"),
    *map(_number, ("indicator_version", "source", "batch")),
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
    _id(),
    _batch(),
    Column("locator", BigInteger, nullable=False),
    *_texts("raw", "code", "message"),
)

justification = Table(
    "justification",
    metadata,
    _id(),
    _text("code"),  # of the finding that it lets pass
    _text("subject"),  # what the finding is about, in the finding's own spelling
    _text("reason"),
    Column("batch", ForeignKey("batch.id", deferrable=True, initially="DEFERRED"), nullable=True),  # with which it was given
    *_by(),
)

report_made = Table(
    "report_made",
    metadata,
    _id(),
    _to("city", "city.unit"),
    *_texts("language", "file", "sha256"),
    Column("batch", ForeignKey("batch.id"), nullable=True),  # the newest one whose figures it can show
    *_by(),
)

figure_review = Table(
    "figure_review",
    metadata,
    _id(),
    _to("city", "city.unit"),
    _text("indicator"),
    _text("decision"),  # accept or return
    _text("sha256"),  # of the file that would be published for the indicator
    _text("office"),  # for whom the reviewer speaks: statistics-office or hub
    _text("reason"),
    *_by(),
)

edition = Table(
    "edition",
    metadata,
    _id(),
    _to("city", "city.unit"),
    _number("number"),
    _text("licence"),
    _text("files"),  # JSON: each file of the edition with its digest
    _text("hidden"),  # JSON: the counts that were left out, by indicator
    *_by(),
    UniqueConstraint("city", "number"),
)

boundary = Table(
    "boundary",
    metadata,
    _id(),
    _text("unit"),
    _text("geometry"),  # of GeoJSON
    _to("source", "source.id"),
    *_texts("status", "dated", "file", "file_sha256"),
    *_by(),
    _batch(),
)

official_list = Table(
    "official_list",
    metadata,
    _id(),
    *_texts("kind", "version", "file"),
    _text("sha256"),  # by which the hub's folder `lists` holds the file
    *_by(),
)

form_version = Table(
    "form_version",
    metadata,
    _id(),
    *_texts("form", "version", "digest", "schema", "plugin", "plugin_version"),
    UniqueConstraint("form", "plugin", "plugin_version", "digest"),
)

submission = Table(
    "submission",
    metadata,
    _id(),
    _to("city", "city.unit"),
    _text("form"),
    _number("n"),
    _to("form_version", "form_version.id"),
    *_texts("data", "answers", "digest"),
    _to("author", "actor.id"),
    _to("entered_by", "actor.id"),
    _text("at"),
    UniqueConstraint("city", "form", "n"),
)

submission_private = Table(
    "submission_private",
    metadata,
    _to("submission", "submission.id"),
    *_texts("pointer", "value", "salt"),
    PrimaryKeyConstraint("submission", "pointer"),
)

evidence = Table(
    "evidence",
    metadata,
    Column("sha256", TEXT, primary_key=True),
    _number("size"),
    *_texts("media_type", "name", "at"),
    _to("added_by", "actor.id"),
    sqlite_with_rowid=False,
)

evidence_link = Table(
    "evidence_link",
    metadata,
    _id(),
    _to("sha256", "evidence.sha256"),
    _to("city", "city.unit"),
    *_texts("milestone", "evidence", "details"),
    *_by(),
)

claim = Table(
    "claim",
    metadata,
    _id(),
    _to("city", "city.unit"),
    *_texts("milestone", "contract_version", "adaptation_digest", "assessment", "snapshot_digest"),
    _to("author", "actor.id"),
    _to("entered_by", "actor.id"),
    _text("at"),
)

claim_event = Table(
    "claim_event",
    metadata,
    _to("claim", "claim.id"),
    _number("seq"),
    _text("action"),
    _to("actor", "actor.id"),
    *_texts("reason", "at"),
    PrimaryKeyConstraint("claim", "seq"),
    sqlite_with_rowid=False,
)

audit = Table(
    "audit",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=False),
    *_texts("at", "actor", "action", "subject", "payload_sha256", "prev", "hash"),
)
