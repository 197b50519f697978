"""抽签 and 抽样: every draw with its seed, what it was drawn from and what came of it; a redraw replaces, nothing goes."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "drawing",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("assessment", sa.Integer, sa.ForeignKey("assessment.id"), nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        *[sa.Column(name, sa.Text, nullable=False) for name in ("rule", "scope", "seed", "inputs", "result")],
        *[sa.Column(name, sa.Text, nullable=False) for name in ("reason", "actor")],
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_index("drawing_assessment", "drawing", ["assessment"])
    current = sa.text("state = 'current'")
    op.create_index(
        "drawing_one_current", "drawing", ["assessment", "kind", "rule", "scope"],
        unique=True, sqlite_where=current, postgresql_where=current,
    )  # fmt: skip
