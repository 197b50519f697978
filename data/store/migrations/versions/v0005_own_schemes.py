"""Offices' own schemes (自编方案), one row for each state a scheme has been in."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    texts = ("scheme_id", "title", "text", "hash", "based_on", "note", "paper", "actor")
    op.create_table(
        "own_scheme",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("status", sa.String(16), nullable=False),
        *(sa.Column(name, sa.Text, nullable=False) for name in texts),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.UniqueConstraint("number", "revision", name="own_scheme_revision_once"),
    )
    condition = sa.text("state = 'current'")
    op.create_index(
        "own_scheme_one_current", "own_scheme", ["number"], unique=True,
        sqlite_where=condition, postgresql_where=condition,
    )  # fmt: skip
