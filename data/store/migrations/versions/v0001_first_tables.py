"""The first tables: assessments, rosters, submissions and their files, facts, scenarios, settings, the chained log."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

Columns = list[sa.Column[Any]]


def upgrade() -> None:
    _assessments()
    _submissions()
    _facts()
    _choices()
    _log()


def _assessments() -> None:
    op.create_table(
        "assessment",
        _id(),
        *_texts("name", "scheme_id", "scheme_text", "scheme_hash"),
        *_state_and_version(),
        sa.Column("demo", sa.Boolean, nullable=False),
        *_who_and_when(),
    )
    op.create_table(
        "unit",
        sa.Column("assessment", sa.Integer, sa.ForeignKey("assessment.id"), primary_key=True),
        sa.Column("position", sa.Integer, primary_key=True),
        *_texts("name", "unit_group", "region"),
        sa.UniqueConstraint("assessment", "name", name="unit_name_once"),
    )


def _submissions() -> None:
    op.create_table(
        "original",
        sa.Column("sha256", sa.String(64), primary_key=True),
        *_texts("name"),
        sa.Column("size", sa.Integer, nullable=False),
        sa.Column("content", sa.LargeBinary, nullable=False),
        *_who_and_when(),
    )
    op.create_table(
        "submission",
        _id(),
        _assessment(),
        *_state_and_version(),
        *_texts("unit", "component"),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("original", sa.String(64), sa.ForeignKey("original.sha256"), nullable=False),
        *_texts("file_name", "marks"),
        *_who_and_when(),
        sa.UniqueConstraint("assessment", "unit", "component", "revision", name="submission_revision_once"),
    )
    _one_current("submission_one_taken", "submission", "taken", "unit", "component")


def _facts() -> None:
    op.create_table(
        "fact",
        _id(),
        _assessment(),
        *_state_and_version(),
        *_texts("unit", "fact", "value", "date", "basis", "note"),
        *_who_and_when(),
        sa.Column("confirmed_by", sa.Text),
        sa.Column("confirmed_at", sa.DateTime(timezone=True)),
    )
    op.create_index("fact_assessment", "fact", ["assessment"])


def _choices() -> None:
    scenario = _texts("name", "settings", "reason")
    op.create_table("scenario", _id(), _assessment(), *_state_and_version(), *scenario, *_who_and_when())
    _one_current("scenario_one_saved", "scenario", "saved", "name")
    setting = _texts("key", "value")
    op.create_table("setting", _id(), _assessment(), *_state_and_version(), *setting, *_who_and_when())
    _one_current("setting_one_current", "setting", "current", "key")


def _log() -> None:
    op.create_table(
        "log",
        sa.Column("seq", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("assessment", sa.Integer, sa.ForeignKey("assessment.id")),
        sa.Column("version", sa.Integer),
        *_who_and_when(),
        *_texts("action", "subject", "details"),
        sa.Column("prev_hash", sa.String(64), nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
    )
    op.create_index("log_assessment", "log", ["assessment", "seq"])
    head = op.create_table(
        "log_head",
        _id(),
        sa.Column("seq", sa.Integer, nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
    )
    op.bulk_insert(head, [{"id": 1, "seq": 0, "hash": "0" * 64}])
    _append_only()


def _append_only() -> None:
    """SQLite itself refuses to change the log. Elsewhere the right is withheld from the program's account, its owner."""
    if op.get_context().dialect.name != "sqlite":
        op.execute("REVOKE UPDATE, DELETE ON log FROM CURRENT_USER")
        return
    for verb in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER log_no_{verb.lower()} BEFORE {verb} ON log "
            "BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END"
        )


def _id() -> sa.Column[int]:
    return sa.Column("id", sa.Integer, primary_key=True)


def _assessment() -> sa.Column[int]:
    return sa.Column("assessment", sa.Integer, sa.ForeignKey("assessment.id"), nullable=False)


def _texts(*names: str) -> Columns:
    return [sa.Column(name, sa.Text, nullable=False) for name in names]


def _state_and_version() -> Columns:
    return [sa.Column("state", sa.String(16), nullable=False), sa.Column("version", sa.Integer, nullable=False)]


def _who_and_when() -> Columns:
    return [sa.Column("actor", sa.Text, nullable=False), sa.Column("at", sa.DateTime(timezone=True), nullable=False)]


def _one_current(name: str, table: str, state: str, *columns: str) -> None:
    condition = sa.text(f"state = '{state}'")
    op.create_index(
        name, table, ["assessment", *columns], unique=True, sqlite_where=condition, postgresql_where=condition
    )
