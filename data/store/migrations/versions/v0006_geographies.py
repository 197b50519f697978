"""One's own geography (自有底图): each version of the areas or points that an office has brought for a place."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "geography",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("scope", sa.String(16), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("original", sa.String(64), sa.ForeignKey("original.sha256"), nullable=False),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("file_name", "shapes", "reading", "actor")),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.UniqueConstraint("scope", "kind", "revision", name="geography_revision_once"),
    )
    condition = sa.text("state = 'current'")
    op.create_index(
        "geography_one_current", "geography", ["scope", "kind"], unique=True,
        sqlite_where=condition, postgresql_where=condition,
    )  # fmt: skip
