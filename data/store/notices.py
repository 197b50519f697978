"""通报: the day on which the result was announced. Periods of 结果运用 run from it; a correction keeps what it corrects.

It touches no result, so the assessment stays at its version; the log has it all the same.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, select, update

from data.store import settlings
from data.store.change import Change, changing, retried
from data.store.database import Database
from data.store.problem import StoreProblem, required
from data.store.records import Notice
from data.store.tables import notice

CURRENT, REPLACED, WITHDRAWN = "current", "replaced", "withdrawn"


def current(connection: Connection, assessment_id: int) -> Notice | None:
    """The notice that holds now, or None."""
    query = select(notice).where(notice.c.assessment == assessment_id, notice.c.state == CURRENT)
    row = connection.execute(query).one_or_none()
    return None if row is None else _notice(row)


def history(connection: Connection, assessment_id: int) -> list[Notice]:
    """Every notice ever recorded, newest first."""
    query = select(notice).where(notice.c.assessment == assessment_id).order_by(notice.c.id.desc())
    return [_notice(row) for row in connection.execute(query)]


@retried
def put(database: Database, assessment_id: int, day: date, number: str, note: str, actor: str) -> Notice:
    """Record the notice, or correct it. ``number`` (文号) may not be empty.

    Raises StoreProblem for a draft and before 批复: what is announced, and what periods run from, is an approved result.
    """
    told = {"date": day.isoformat(), "number": required(number, "通报文号"), "note": note.strip()}
    with changing(database, actor, "登记通报") as change:
        version = change.upon(assessment_id, "登记或更正通报")
        _insist_approved(change, assessment_id, day)
        before = _set_aside(change, assessment_id, REPLACED)
        made = change.insert(notice, **told, assessment=assessment_id, version=version, state=CURRENT)
        change.subject = f"{day.isoformat()}通报（{told['number']}）"
        change.details = {"date": told["date"], "number": told["number"], "remark": told["note"]}
        if before:
            change.details["before"] = f"{before.date.isoformat()}（{before.number}）"
            change.action = "更正通报"
        return _notice(change.connection.execute(select(notice).where(notice.c.id == made)).one())


def _insist_approved(change: Change, assessment_id: int, day: date) -> None:
    approved = settlings.current(change.connection, assessment_id).get("approved")
    if approved is None:
        raise StoreProblem("考核结果尚未批复，不能登记或更正通报。请先在“锁定与审定”登记审定和批复。")
    if approved.day and day < approved.day:
        raise StoreProblem(f"通报日期{day.isoformat()}早于批复日期{approved.day.isoformat()}。请核对后重填。")


@retried
def withdraw(database: Database, assessment_id: int, actor: str, reason: str) -> None:
    """Take back a notice recorded by mistake; it stays on record with the reason in the log."""
    why = required(reason, "撤销理由")
    with changing(database, actor, "撤销通报") as change:
        change.beside(assessment_id)
        before = _set_aside(change, assessment_id, WITHDRAWN)
        if before is None:
            raise StoreProblem("还没有登记通报，无须撤销。请刷新后查看最新情况。")
        change.subject, change.details = f"{before.date.isoformat()}通报（{before.number}）", {"reason": why}


def _set_aside(change: Change, assessment_id: int, state: str) -> Notice | None:
    """Let the notice that holds now hold no longer; returns it."""
    found = current(change.connection, assessment_id)
    if found is not None:
        values = {"state": state, "version": change.version}
        change.connection.execute(update(notice).where(notice.c.id == found.id).values(**values))
    return found


def _notice(row: Row[Any]) -> Notice:
    return Notice(row.id, date.fromisoformat(row.date), row.number, row.note, row.actor, row.at, row.state)
