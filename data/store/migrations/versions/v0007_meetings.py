"""Meetings: 锁定版, 异议 against a result, and the steps from 测算等次 to 建议, 审定 and 批复."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

Columns = list[sa.Column[Any]]


def upgrade() -> None:
    op.create_table(
        "locked",
        *_beginning(),
        sa.Column("number", sa.Integer, nullable=False),
        *_texts("hash", "engine", "note"),
        *_who_and_when(),
        sa.UniqueConstraint("assessment", "number", name="locked_number_once"),
    )
    op.create_table(
        "objection",
        *_beginning(),
        *(sa.Column(name, sa.Integer, nullable=False) for name in ("item", "revision", "locked")),
        *_texts("unit", "text", "raised_by", "raised_on"),
        sa.Column("status", sa.String(16), nullable=False),
        *_texts("reply", "basis"),
        *_who_and_when(),
        sa.UniqueConstraint("assessment", "item", "revision", name="objection_revision_once"),
    )
    _one_current("objection_one_current", "objection", "item")
    op.create_table(
        "settling",
        *_beginning(),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("locked", sa.Integer, nullable=False),
        *_texts("number", "day", "body", "grades", "note"),
        *_who_and_when(),
    )
    _one_current("settling_one_current", "settling", "kind")


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


def _one_current(name: str, table: str, *columns: str) -> None:
    condition = sa.text("state = 'current'")
    op.create_index(
        name, table, ["assessment", *columns], unique=True, sqlite_where=condition, postgresql_where=condition
    )
