"""What follows a result (结果运用): the notice, decisions on what is proposed, and the register of what must be mended."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

Columns = list[sa.Column[Any]]


def upgrade() -> None:
    _notices()
    _decisions()
    _rectifications()


def _notices() -> None:
    op.create_table("notice", *_beginning(), *_texts("date", "number", "note"), *_who_and_when())
    _one_current("notice_one_current", "notice", "current")


def _decisions() -> None:
    told = _texts("unit", "outcome", "action", "choice", "reason", "held", "attended", "evidence")
    op.create_table("decision", *_beginning(), *told, *_who_and_when())
    _one_current("decision_one_current", "decision", "current", "unit", "outcome")


def _rectifications() -> None:
    op.create_table(
        "rectification",
        *_beginning(),
        sa.Column("item", sa.Integer, nullable=False),
        sa.Column("revision", sa.Integer, nullable=False),
        *_texts("unit", "problem", "cause", "measure", "owner", "due", "source"),
        sa.Column("status", sa.String(16), nullable=False),
        *_texts("evidence", "file_name", "note"),
        sa.Column("original", sa.String(64), sa.ForeignKey("original.sha256")),
        *_who_and_when(),
        sa.Column("reported_by", sa.Text),
        sa.Column("reported_at", sa.DateTime(timezone=True)),
        sa.Column("closed_by", sa.Text),
        sa.Column("closed_at", sa.DateTime(timezone=True)),
        sa.UniqueConstraint("assessment", "item", "revision", name="rectification_revision_once"),
    )
    _one_current("rectification_one_current", "rectification", "current", "item")


def _beginning() -> Columns:
    return [
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("assessment", sa.Integer, sa.ForeignKey("assessment.id"), nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
    ]


def _texts(*names: str) -> Columns:
    return [sa.Column(name, sa.Text, nullable=False) for name in names]


def _who_and_when() -> Columns:
    return [sa.Column("actor", sa.Text, nullable=False), sa.Column("at", sa.DateTime(timezone=True), nullable=False)]


def _one_current(name: str, table: str, state: str, *columns: str) -> None:
    condition = sa.text(f"state = '{state}'")
    op.create_index(
        name, table, ["assessment", *columns], unique=True, sqlite_where=condition, postgresql_where=condition
    )
