"""The evidence base: several files in one batch, corrections, justifications, reports on record, boundaries and official lists."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from sdgcities.findings import mark
from sdgcities.store.migrations.guards import keep

revision = "0002"
down_revision = "0001"
SAYS = mark("Batches of several files, corrections with their reasons, justifications, reports on record, boundaries and official lists.")

TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
"""As in the first migration."""

KEYS = {
    "unit_alias_step": (("id",),),
    "justification": (("id",),),
    "report_made": (("id",),),
    "boundary": (("id",),),
    "official_list": (("id",),),
}


def upgrade() -> None:
    """Make the tables, then the triggers."""
    for room in (_batches, _aliases, _justifications, _reports, _boundaries, _lists):
        room()
    keep(KEYS)


def _batches() -> None:
    """A batch may be part of another, that of the whole folder, which is written last; and say why, where it corrects published figures."""
    op.execute("ALTER TABLE batch ADD COLUMN part_of INTEGER")
    collation = ' COLLATE "C"' if op.get_context().dialect.name == "postgresql" else ""
    op.execute(f"ALTER TABLE batch ADD COLUMN reason TEXT{collation} DEFAULT '' NOT NULL")


def _aliases() -> None:
    """A name of a unit may hold within one parent only, and be taken back."""
    collation = ' COLLATE "C"' if op.get_context().dialect.name == "postgresql" else ""
    op.execute(f"ALTER TABLE unit_alias ADD COLUMN within TEXT{collation} DEFAULT '' NOT NULL")
    op.create_table(
        "unit_alias_step",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("alias", sa.Integer(), nullable=False),
        sa.Column("step", TEXT, nullable=False),
        sa.Column("reason", TEXT, nullable=False),
        sa.Column("at", TEXT, nullable=False),
        sa.Column("actor", TEXT, nullable=False),
        sa.ForeignKeyConstraint(["actor"], ["actor.id"]),
        sa.ForeignKeyConstraint(["alias"], ["unit_alias.id"]),
        sa.PrimaryKeyConstraint("id"),
    )


def _justifications() -> None:
    """Written reasons that let a doubt of quality pass."""
    op.create_table(
        "justification",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", TEXT, nullable=False),
        sa.Column("subject", TEXT, nullable=False),
        sa.Column("reason", TEXT, nullable=False),
        sa.Column("batch", sa.Integer(), nullable=True),
        sa.Column("at", TEXT, nullable=False),
        sa.Column("actor", TEXT, nullable=False),
        sa.ForeignKeyConstraint(["actor"], ["actor.id"]),
        sa.ForeignKeyConstraint(["batch"], ["batch.id"], initially="DEFERRED", deferrable=True),
        sa.PrimaryKeyConstraint("id"),
    )


def _reports() -> None:
    """Reports that were written, and the newest batch that they show."""
    op.create_table(
        "report_made",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("city", TEXT, nullable=False),
        sa.Column("language", TEXT, nullable=False),
        sa.Column("file", TEXT, nullable=False),
        sa.Column("sha256", TEXT, nullable=False),
        sa.Column("batch", sa.Integer(), nullable=True),
        sa.Column("at", TEXT, nullable=False),
        sa.Column("actor", TEXT, nullable=False),
        sa.ForeignKeyConstraint(["actor"], ["actor.id"]),
        sa.ForeignKeyConstraint(["batch"], ["batch.id"]),
        sa.ForeignKeyConstraint(["city"], ["city.unit"]),
        sa.PrimaryKeyConstraint("id"),
    )


def _boundaries() -> None:
    """Boundaries of units that the hub was given; of several the last counts."""
    op.create_table(
        "boundary",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit", TEXT, nullable=False),
        sa.Column("geometry", TEXT, nullable=False),
        sa.Column("source", sa.Integer(), nullable=False),
        sa.Column("status", TEXT, nullable=False),
        sa.Column("dated", TEXT, nullable=False),
        sa.Column("file", TEXT, nullable=False),
        sa.Column("file_sha256", TEXT, nullable=False),
        sa.Column("at", TEXT, nullable=False),
        sa.Column("actor", TEXT, nullable=False),
        sa.Column("batch", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["actor"], ["actor.id"]),
        sa.ForeignKeyConstraint(["batch"], ["batch.id"], initially="DEFERRED", deferrable=True),
        sa.ForeignKeyConstraint(["source"], ["source.id"]),
        sa.PrimaryKeyConstraint("id"),
    )


def _lists() -> None:
    """Official lists that were loaded: which file of the hub's folder `lists` holds the newest of each kind."""
    op.create_table(
        "official_list",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", TEXT, nullable=False),
        sa.Column("version", TEXT, nullable=False),
        sa.Column("file", TEXT, nullable=False),
        sa.Column("sha256", TEXT, nullable=False),
        sa.Column("at", TEXT, nullable=False),
        sa.Column("actor", TEXT, nullable=False),
        sa.ForeignKeyConstraint(["actor"], ["actor.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
