"""Trust: how far a sheet has come (填报, 提交, 复核), who may do what, and what one person asks and another grants."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

Columns = list[sa.Column[Any]]


def upgrade() -> None:
    op.add_column("submission", sa.Column("stage", sa.String(16), nullable=False, server_default="filled"))
    for column in (*_turned("handed"), *_turned("reviewed")):
        op.add_column("submission", column)
    for name in ("returned", "account", "handed_account"):
        op.add_column("submission", sa.Column(name, sa.Text, nullable=False, server_default=""))
    op.add_column("fact", sa.Column("account", sa.Text, nullable=False, server_default=""))
    op.add_column("rectification", sa.Column("reported_account", sa.Text, nullable=False, server_default=""))
    op.create_index("submission_changed", "submission", ["assessment", "version"])
    op.create_table(
        "person",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        *_texts("account", "name", "duties", "note"),
        *_who_and_when(),
        sa.UniqueConstraint("number", "revision", name="person_revision_once"),
    )
    _one("person_one_current", "person", "current", "account")
    op.create_table(
        "sign_in",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("key", sa.String(64), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        *_texts("account", "name"),
        *(sa.Column(name, sa.DateTime(timezone=True), nullable=False) for name in ("began", "seen")),
        sa.Column("ended", sa.DateTime(timezone=True)),
        sa.Column("why", sa.String(16), nullable=False),
        sa.UniqueConstraint("key", name="sign_in_key"),
    )
    op.create_table(
        "request",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("assessment", sa.Integer, sa.ForeignKey("assessment.id"), nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("subject", sa.Integer, nullable=False),
        *_texts("reason", "account"),
        *_who_and_when(),
        *_turned("decided"),
        *_texts("answer"),
    )
    _one("request_one_asked", "request", "asked", "assessment", "kind", "subject")
    if op.get_context().dialect.name != "sqlite":  # databases that version 0.6.0 or an earlier one made lack it
        op.execute("REVOKE UPDATE, DELETE ON log FROM CURRENT_USER")


def _turned(name: str) -> Columns:
    return [sa.Column(f"{name}_by", sa.Text), sa.Column(f"{name}_at", sa.DateTime(timezone=True))]


def _texts(*names: str) -> Columns:
    return [sa.Column(name, sa.Text, nullable=False) for name in names]


def _who_and_when() -> Columns:
    return [sa.Column("actor", sa.Text, nullable=False), sa.Column("at", sa.DateTime(timezone=True), nullable=False)]


def _one(name: str, table: str, state: str, *columns: str) -> None:
    condition = sa.text(f"state = '{state}'")
    op.create_index(name, table, list(columns), unique=True, sqlite_where=condition, postgresql_where=condition)
