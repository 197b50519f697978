"""异议 against a result, registered and dealt with before 审定. One touches no result by itself; the log has it."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, func, select, update

from data.store import locks
from data.store.assessments import insist_on_roster
from data.store.change import Change, changing, retried
from data.store.database import Database
from data.store.meeting_records import OBJECTION_STATUSES, Objection, ObjectionStatus
from data.store.problem import Moved, StoreProblem, required
from data.store.tables import objection, settling

CURRENT, REPLACED, WITHDRAWN = "current", "replaced", "withdrawn"


def listed(connection: Connection, assessment_id: int) -> list[Objection]:
    """Every 异议 as it is now, in the order they were registered; withdrawn ones not."""
    query = select(objection).where(objection.c.assessment == assessment_id, objection.c.state == CURRENT)
    return [_objection(row) for row in connection.execute(query.order_by(objection.c.item))]


def history(connection: Connection, assessment_id: int) -> list[Objection]:
    """Every state that any has been in, newest first."""
    query = select(objection).where(objection.c.assessment == assessment_id).order_by(objection.c.id.desc())
    return [_objection(row) for row in connection.execute(query)]


@retried
def add(
    database: Database, assessment_id: int, locked: int, unit: str, text: str, raised_by: str, raised_on: date, actor: str
) -> Objection:
    """Register an 异议 against a 锁定版. Refused once 审定: then it is a matter of 复核 after the decision."""
    told = {"unit": required(unit, "考核对象名称"), "text": required(text, "异议内容")}
    told |= {"raised_by": required(raised_by, "提出人（单位）"), "raised_on": raised_on.isoformat()}
    with changing(database, actor, "登记异议") as change:
        version = change.beside(assessment_id)
        _insist_unsettled(change, assessment_id, "登记异议")
        insist_on_roster(change.connection, assessment_id, [told["unit"]])
        locks.one(change.connection, assessment_id, locked)
        query = select(func.max(objection.c.item)).where(objection.c.assessment == assessment_id)
        item = (change.connection.execute(query).scalar() or 0) + 1
        values: dict[str, Any] = {"assessment": assessment_id, "version": version, "item": item, "revision": 1, "locked": locked}
        made = change.insert(objection, **values, **told, status="open", reply="", basis="", state=CURRENT)
        change.subject = f"异议第{item}号（{told['unit']}）"
        change.details = {"objection": item, "text": told["text"], "raised_by": told["raised_by"]}
        return _find(change.connection, made)


@retried
def answer(
    database: Database, objection_id: int, status: ObjectionStatus, reply: str, basis: str, actor: str
) -> Objection:
    """Say how an 异议 was dealt with, or correct it. Raises Moved where somebody dealt with it meanwhile."""
    told = required(reply, "办理意见")
    if status not in OBJECTION_STATUSES or status == "open":
        raise StoreProblem("办理结果只能是“采纳”或“不采纳”。请选择后重试。")
    with changing(database, actor, "办理异议") as change:
        row = _current(change, objection_id)
        change.beside(row.assessment)
        _insist_unsettled(change, row.assessment, "办理异议")
        made = _next(change, row, status=status, reply=told, basis=basis.strip())
        change.subject = f"异议第{row.item}号（{row.unit}）：{OBJECTION_STATUSES[status]}"
        change.details = {"objection": row.item, "reply": told, "basis": basis.strip()}
        return _find(change.connection, made)


@retried
def withdraw(database: Database, objection_id: int, actor: str, reason: str) -> None:
    """Take back an 异议 registered by mistake or withdrawn by who raised it; it stays on record."""
    why = required(reason, "撤销理由")
    with changing(database, actor, "撤销异议") as change:
        row = _current(change, objection_id)
        change.beside(row.assessment)
        _insist_unsettled(change, row.assessment, "撤销异议")
        values = {"state": WITHDRAWN, "version": change.version}
        change.connection.execute(update(objection).where(objection.c.id == row.id).values(**values))
        change.subject, change.details = f"异议第{row.item}号（{row.unit}）", {"objection": row.item, "reason": why}


def _insist_unsettled(change: Change, assessment_id: int, what: str) -> None:
    query = select(settling.c.id).where(
        settling.c.assessment == assessment_id, settling.c.kind == "settled", settling.c.state == CURRENT
    )
    if change.connection.execute(query).first():
        raise StoreProblem(f"本年度考核已经审定，不能再{what}。确有必要的，请先写明理由撤销审定。")


def _current(change: Change, objection_id: int) -> Row[Any]:
    row = change.connection.execute(select(objection).where(objection.c.id == objection_id)).one_or_none()
    if row is None or row.state != CURRENT:
        raise Moved("该异议已被他人办理或撤销，本次操作未生效。请刷新后查看最新情况。")
    return row


def _next(change: Change, row: Row[Any], **values: str) -> int:
    """The next state of an 异议 in place of ``row``; returns its id."""
    change.connection.execute(update(objection).where(objection.c.id == row.id).values(state=REPLACED))
    kept = {name: getattr(row, name) for name in ("assessment", "item", "locked", "unit", "text", "raised_by", "raised_on")}
    return change.insert(objection, **kept, **values, version=change.version, revision=row.revision + 1, state=CURRENT)


def _find(connection: Connection, objection_id: int) -> Objection:
    return _objection(connection.execute(select(objection).where(objection.c.id == objection_id)).one())


def _objection(row: Row[Any]) -> Objection:
    return Objection(
        row.id, row.item, row.revision, row.locked, row.unit, row.text, row.raised_by, date.fromisoformat(row.raised_on),
        row.status, row.reply, row.basis, row.actor, row.at, row.state,
    )  # fmt: skip
