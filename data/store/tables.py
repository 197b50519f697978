"""The tables as the code uses them; ``migrations/`` builds them, and a test holds the two equal.

Only what SQLite and PostgreSQL (and engines that speak it) share. No row is ever deleted: a ``state`` says what counts.
``version`` in a row is the assessment's version after the row's last change.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    DateTime,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator

from data.store.numbers import numbered


class UtcTime(TypeDecorator[datetime]):
    """A moment. SQLite forgets the zone, so everything goes in as UTC and comes out marked as UTC."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return None if value is None else value.astimezone(UTC)

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


metadata = MetaData()


def _assessment() -> Column[int]:
    return Column("assessment", Integer, ForeignKey("assessment.id"), nullable=False)


def _who_and_when() -> tuple[Column[str], Column[datetime]]:
    return Column("actor", Text, nullable=False), Column("at", UtcTime, nullable=False)


def _turned(name: str) -> tuple[Column[str], Column[datetime]]:
    """Who did it and when; empty while nobody has."""
    return Column(f"{name}_by", Text), Column(f"{name}_at", UtcTime)


def _one_current(name: str, state: str, *columns: str) -> Index:
    """At most one row of an assessment in ``state`` for these columns: the database itself holds it."""
    return _one(name, state, "assessment", *columns)


def _one(name: str, state: str, *columns: str) -> Index:
    condition = text(f"state = '{state}'")
    return Index(name, *columns, unique=True, sqlite_where=condition, postgresql_where=condition)


assessment = Table(
    "assessment",
    metadata,
    numbered(),
    Column("name", Text, nullable=False),
    Column("scheme_id", Text, nullable=False),
    Column("scheme_text", Text, nullable=False),
    Column("scheme_hash", Text, nullable=False),
    Column("state", String(16), nullable=False),  # draft, final; removed hides a cleared demo
    Column("version", Integer, nullable=False),
    Column("demo", Boolean, nullable=False),
    *_who_and_when(),
)

unit = Table(  # the roster; a corrected one replaces all rows of the earlier
    "unit",
    metadata,
    numbered(),
    _assessment(),
    Column("version", Integer, nullable=False),
    Column("state", String(16), nullable=False),  # current, replaced
    Column("position", Integer, nullable=False),
    Column("name", Text, nullable=False),
    Column("unit_group", Text, nullable=False),
    Column("region", Text, nullable=False),
    Column("helps", Text, nullable=False),  # JSON: [["桂头镇", "30"], ["一六镇", null]]
    *_who_and_when(),
    _one_current("unit_one_current", "current", "name"),
)

original = Table(  # uploaded files, each content once whoever sent it
    "original",
    metadata,
    Column("sha256", String(64), primary_key=True),
    Column("name", Text, nullable=False),
    Column("size", Integer, nullable=False),
    Column("content", LargeBinary, nullable=False),
    *_who_and_when(),
)

submission = Table(
    "submission",
    metadata,
    numbered(),
    _assessment(),
    Column("version", Integer, nullable=False),
    Column("unit", Text, nullable=False),
    Column("component", Text, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("state", String(16), nullable=False),  # taken, replaced, withdrawn
    Column("original", String(64), ForeignKey("original.sha256"), nullable=False),
    Column("file_name", Text, nullable=False),
    Column("marks", Text, nullable=False),  # marks_json
    *_who_and_when(),
    Column("stage", String(16), nullable=False),  # filled, handed, reviewed: 填报, 提交, 复核
    *_turned("handed"),
    *_turned("reviewed"),
    Column("returned", Text, nullable=False),  # why it was sent back (退回), until it is handed in again
    *(Column(name, Text, nullable=False) for name in ("account", "handed_account")),  # "" where nobody had signed in
    UniqueConstraint("assessment", "unit", "component", "revision", name="submission_revision_once"),
    Index("submission_changed", "assessment", "version"),  # what has changed since a version, without reading the rest
    _one_current("submission_one_taken", "taken", "unit", "component"),
)

fact = Table(
    "fact",
    metadata,
    numbered(),
    _assessment(),
    Column("version", Integer, nullable=False),
    Column("state", String(16), nullable=False),  # pending, confirmed, withdrawn
    Column("unit", Text, nullable=False),
    Column("fact", Text, nullable=False),
    Column("value", Text, nullable=False),
    Column("date", Text, nullable=False),
    Column("basis", Text, nullable=False),
    Column("note", Text, nullable=False),
    *_who_and_when(),
    Column("confirmed_by", Text),
    Column("confirmed_at", UtcTime),
    Column("amount", Text),  # exact, "1705/19" too
    Column("account", Text, nullable=False),  # of whoever registered it; "" where nobody had signed in
    Index("fact_assessment", "assessment"),
)

scenario = Table(
    "scenario",
    metadata,
    numbered(),
    _assessment(),
    Column("version", Integer, nullable=False),
    Column("state", String(16), nullable=False),  # saved, replaced, withdrawn
    Column("name", Text, nullable=False),
    Column("settings", Text, nullable=False),
    Column("reason", Text, nullable=False),
    *_who_and_when(),
    _one_current("scenario_one_saved", "saved", "name"),
)

setting = Table(
    "setting",
    metadata,
    numbered(),
    _assessment(),
    Column("version", Integer, nullable=False),
    Column("state", String(16), nullable=False),  # current, replaced; paper: what a value rests on
    Column("key", Text, nullable=False),
    Column("value", Text, nullable=False),
    *_who_and_when(),
    _one_current("setting_one_current", "current", "key"),
)

drawing = Table(  # 抽签 and 抽样, each with the seed it can be repeated from
    "drawing",
    metadata,
    numbered(),
    _assessment(),
    Column("version", Integer, nullable=False),
    Column("state", String(16), nullable=False),  # current, replaced, withdrawn
    Column("kind", String(16), nullable=False),  # draw, sample
    *(Column(name, Text, nullable=False) for name in ("rule", "scope", "seed", "inputs", "result", "reason")),
    *_who_and_when(),
    Index("drawing_assessment", "assessment"),
    _one_current("drawing_one_current", "current", "kind", "rule", "scope"),
)

log = Table(
    "log",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("assessment", Integer, ForeignKey("assessment.id")),
    Column("version", Integer),
    *_who_and_when(),
    Column("action", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("details", Text, nullable=False),
    Column("prev_hash", String(64), nullable=False),
    Column("hash", String(64), nullable=False),
    Index("log_assessment", "assessment", "seq"),
)

log_head = Table(  # one row: the last link. Writers queue on it, and a log cut short at its end no longer meets it.
    "log_head",
    metadata,
    numbered(),
    Column("seq", Integer, nullable=False),
    Column("hash", String(64), nullable=False),
)

notice = Table(  # 通报: the day from which the periods of 结果运用 run
    "notice",
    metadata,
    numbered(),
    _assessment(),
    Column("version", Integer, nullable=False),
    Column("state", String(16), nullable=False),  # current, replaced, withdrawn
    *(Column(name, Text, nullable=False) for name in ("date", "number", "note")),
    *_who_and_when(),
    _one_current("notice_one_current", "current"),
)

decision = Table(  # what was decided on a proposed outcome of a unit
    "decision",
    metadata,
    numbered(),
    _assessment(),
    Column("version", Integer, nullable=False),
    Column("state", String(16), nullable=False),  # current, replaced, withdrawn
    *(Column(name, Text, nullable=False) for name in ("unit", "outcome", "action", "choice", "reason")),
    *(Column(name, Text, nullable=False) for name in ("held", "attended", "evidence")),
    *_who_and_when(),
    _one_current("decision_one_current", "current", "unit", "outcome"),
)

rectification = Table(  # 整改台账: one row for each state an item has been in
    "rectification",
    metadata,
    numbered(),
    _assessment(),
    Column("version", Integer, nullable=False),
    Column("state", String(16), nullable=False),  # current, replaced, withdrawn
    Column("item", Integer, nullable=False),
    Column("revision", Integer, nullable=False),
    *(Column(name, Text, nullable=False) for name in ("unit", "problem", "cause", "measure", "owner", "due", "source")),
    Column("status", String(16), nullable=False),  # open, doing, reported, closed
    *(Column(name, Text, nullable=False) for name in ("evidence", "file_name", "note")),
    Column("original", String(64), ForeignKey("original.sha256")),
    *_who_and_when(),
    Column("reported_by", Text),
    Column("reported_at", UtcTime),
    Column("reported_account", Text, nullable=False),  # "" where nobody had signed in
    Column("closed_by", Text),
    Column("closed_at", UtcTime),
    UniqueConstraint("assessment", "item", "revision", name="rectification_revision_once"),
    _one_current("rectification_one_current", "current", "item"),
)

own_scheme = Table(  # 自编方案: one row for each state a scheme has been in
    "own_scheme",
    metadata,
    numbered(),
    Column("number", Integer, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("state", String(16), nullable=False),  # current, replaced
    Column("status", String(16), nullable=False),  # draft, agreed, filed, in_force; removed hides it
    *(Column(name, Text, nullable=False) for name in ("scheme_id", "title", "text", "hash", "based_on", "note", "paper")),
    *_who_and_when(),
    UniqueConstraint("number", "revision", name="own_scheme_revision_once"),
    _one("own_scheme_one_current", "current", "number"),
)

geography = Table(  # 自有底图: one row for each version brought for a place
    "geography",
    metadata,
    numbered(),
    Column("scope", String(16), nullable=False),  # 区划代码 of the place whose parts it draws
    Column("kind", String(16), nullable=False),  # areas, points
    Column("revision", Integer, nullable=False),
    Column("state", String(16), nullable=False),  # current, replaced, withdrawn
    Column("original", String(64), ForeignKey("original.sha256"), nullable=False),
    *(Column(name, Text, nullable=False) for name in ("file_name", "shapes", "reading")),  # shapes, reading: JSON
    *_who_and_when(),
    UniqueConstraint("scope", "kind", "revision", name="geography_revision_once"),
    _one("geography_one_current", "current", "scope", "kind"),
)

locked = Table(  # 锁定版: a version under a number and the fingerprint of all it held
    "locked",
    metadata,
    numbered(),
    _assessment(),
    Column("version", Integer, nullable=False),  # the version that was locked
    Column("state", String(16), nullable=False),  # current, withdrawn
    Column("number", Integer, nullable=False),
    *(Column(name, Text, nullable=False) for name in ("hash", "engine", "note")),
    *_who_and_when(),
    UniqueConstraint("assessment", "number", name="locked_number_once"),
)

objection = Table(  # 异议: one row for each state one has been in
    "objection",
    metadata,
    numbered(),
    _assessment(),
    Column("version", Integer, nullable=False),
    Column("state", String(16), nullable=False),  # current, replaced, withdrawn
    Column("item", Integer, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("locked", Integer, nullable=False),  # the number of the 锁定版 it was raised against
    *(Column(name, Text, nullable=False) for name in ("unit", "text", "raised_by", "raised_on")),
    Column("status", String(16), nullable=False),  # open, upheld, rejected
    *(Column(name, Text, nullable=False) for name in ("reply", "basis")),
    *_who_and_when(),
    UniqueConstraint("assessment", "item", "revision", name="objection_revision_once"),
    _one_current("objection_one_current", "current", "item"),
)

settling = Table(  # 建议等次, 审定, 批复 of a 锁定版
    "settling",
    metadata,
    numbered(),
    _assessment(),
    Column("version", Integer, nullable=False),
    Column("state", String(16), nullable=False),  # current, replaced, withdrawn
    Column("kind", String(16), nullable=False),  # suggested, settled, approved
    Column("locked", Integer, nullable=False),  # the number of the 锁定版
    *(Column(name, Text, nullable=False) for name in ("number", "day", "body", "grades", "note")),  # grades: JSON
    *_who_and_when(),
    _one_current("settling_one_current", "current", "kind"),
)

person = Table(  # 人员: one row for each state an account's duties have been in
    "person",
    metadata,
    numbered(),
    Column("number", Integer, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("state", String(16), nullable=False),  # current, replaced, withdrawn
    *(Column(name, Text, nullable=False) for name in ("account", "name", "duties", "note")),  # duties: JSON
    *_who_and_when(),
    UniqueConstraint("number", "revision", name="person_revision_once"),
    _one("person_one_current", "current", "account"),
)

sign_in = Table(  # 登录: one row for each time somebody signed in, until it ended
    "sign_in",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("key", String(64), nullable=False),  # says which sign-in a cookie comes from, and nothing else
    Column("state", String(16), nullable=False),  # current, ended
    *(Column(name, Text, nullable=False) for name in ("account", "name")),
    Column("began", UtcTime, nullable=False),
    Column("seen", UtcTime, nullable=False),  # the last that the person did, to within a minute
    Column("ended", UtcTime),
    Column("why", String(16), nullable=False),  # "", out, idle, limit
    UniqueConstraint("key", name="sign_in_key"),
)

request = Table(  # 申请 of one person that another must grant: 退回草稿, 解锁评分表
    "request",
    metadata,
    numbered(),
    _assessment(),
    Column("version", Integer, nullable=False),
    Column("state", String(16), nullable=False),  # asked, granted, refused, withdrawn
    Column("kind", String(16), nullable=False),  # reopen, unlock
    Column("subject", Integer, nullable=False),  # the submission's id; 0 where it is the assessment itself
    *(Column(name, Text, nullable=False) for name in ("reason", "account")),  # account: "" where nobody had signed in
    *_who_and_when(),
    *_turned("decided"),
    Column("answer", Text, nullable=False),
    _one_current("request_one_asked", "asked", "kind", "subject"),
)
