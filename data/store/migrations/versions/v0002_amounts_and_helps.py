"""Amounts of 情形, whom a unit helps, and rosters that can be corrected: an earlier roster stays, replaced.

The table of units is built anew and filled from the old one, since its key was the place on the one roster there was.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_COPY = """
INSERT INTO unit (assessment, version, state, position, name, unit_group, region, helps, actor, at)
SELECT old.assessment, 1, 'current', old.position, old.name, old.unit_group, old.region, '[]', a.actor, a.at
FROM unit_before old JOIN assessment a ON a.id = old.assessment
ORDER BY old.assessment, old.position
"""


def upgrade() -> None:
    op.add_column("fact", sa.Column("amount", sa.Text))
    op.rename_table("unit", "unit_before")
    _units()
    op.execute(_COPY)
    op.drop_table("unit_before")


def _units() -> None:
    op.create_table(
        "unit",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("assessment", sa.Integer, sa.ForeignKey("assessment.id"), nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        *[sa.Column(name, sa.Text, nullable=False) for name in ("name", "unit_group", "region", "helps", "actor")],
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
    )
    current = sa.text("state = 'current'")
    op.create_index(
        "unit_one_current", "unit", ["assessment", "name"], unique=True, sqlite_where=current, postgresql_where=current
    )
