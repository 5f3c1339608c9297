"""Publication: decisions of reviewers on figures, and the editions that went out."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from sdgcities.findings import mark
from sdgcities.store.migrations.guards import keep

revision = "0003"
down_revision = "0002"
SAYS = mark("Decisions of reviewers on figures, and the editions that were published.")

TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
"""As in the first migration."""

KEYS = {"figure_review": (("id",),), "edition": (("id",), ("city", "number"))}


def upgrade() -> None:
    """Make the tables, then the triggers."""
    op.create_table(
        "figure_review",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("city", TEXT, nullable=False),
        sa.Column("indicator", TEXT, nullable=False),
        sa.Column("decision", TEXT, nullable=False),
        sa.Column("sha256", TEXT, nullable=False),
        sa.Column("office", TEXT, nullable=False),
        sa.Column("reason", TEXT, nullable=False),
        sa.Column("at", TEXT, nullable=False),
        sa.Column("actor", TEXT, nullable=False),
        sa.ForeignKeyConstraint(["actor"], ["actor.id"]),
        sa.ForeignKeyConstraint(["city"], ["city.unit"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "edition",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("city", TEXT, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("licence", TEXT, nullable=False),
        sa.Column("files", TEXT, nullable=False),
        sa.Column("hidden", TEXT, nullable=False),
        sa.Column("at", TEXT, nullable=False),
        sa.Column("actor", TEXT, nullable=False),
        sa.ForeignKeyConstraint(["actor"], ["actor.id"]),
        sa.ForeignKeyConstraint(["city"], ["city.unit"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("city", "number"),
    )
    keep(KEYS)
