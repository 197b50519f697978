"""锁定版: a version of an assessment under a number of its own. Locking touches no result, so the version stays."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Row, func, select, update

from data.store.change import changing, retried
from data.store.database import Database
from data.store.meeting_records import LockedVersion
from data.store.problem import Moved, StoreProblem, required
from data.store.tables import locked, settling

CURRENT, WITHDRAWN = "current", "withdrawn"


def listed(connection: Connection, assessment_id: int) -> list[LockedVersion]:
    """Every 锁定版 there has been, newest first, withdrawn ones too."""
    query = select(locked).where(locked.c.assessment == assessment_id).order_by(locked.c.number.desc())
    return [_locked(row) for row in connection.execute(query)]


def one(connection: Connection, assessment_id: int, number: int) -> LockedVersion:
    """One by its number. Raises StoreProblem for one that is not there or was withdrawn."""
    query = select(locked).where(locked.c.assessment == assessment_id, locked.c.number == number)
    row = connection.execute(query).one_or_none()
    if row is None:
        raise StoreProblem(f"没有锁定版第{number}号。请在“锁定与审定”查看已有的锁定版。")
    if row.state != CURRENT:
        raise StoreProblem(f"锁定版第{number}号已作废。请在“锁定与审定”改选其他锁定版。")
    return _locked(row)


@retried
def lock(
    database: Database, assessment_id: int, version: int, fingerprint: str, engine: str, note: str, actor: str
) -> LockedVersion:
    """Lock the present version, which must still be ``version`` (Moved).

    Raises StoreProblem where that version is locked already: one state, one number.
    """
    with changing(database, actor, "锁定") as change:
        if change.beside(assessment_id) != version:
            raise Moved("在您查看之后，本考核的数据已被他人更新，尚未锁定。请重新查看最新情况后再锁定。")
        of_this = locked.c.assessment == assessment_id
        same = select(locked.c.number).where(of_this, locked.c.version == version, locked.c.state == CURRENT)
        if (number := change.connection.execute(same).scalar()) is not None:
            raise StoreProblem(f"第{version}版已锁定为锁定版第{number}号，无须重复锁定。")
        last = change.connection.execute(select(func.max(locked.c.number)).where(of_this)).scalar() or 0
        values: dict[str, Any] = {"assessment": assessment_id, "version": version, "number": last + 1, "state": CURRENT}
        made = change.insert(locked, **values, hash=fingerprint, engine=engine, note=note.strip())
        change.subject = f"锁定版第{last + 1}号（第{version}版）"
        change.details = {"number": last + 1, "fingerprint": fingerprint, "remark": note.strip()}
        return _locked(change.connection.execute(select(locked).where(locked.c.id == made)).one())


@retried
def withdraw(database: Database, assessment_id: int, number: int, actor: str, reason: str) -> None:
    """Take a 锁定版 out of use; it stays on record. Refused once grades were settled (审定) on it."""
    why = required(reason, "作废理由")
    with changing(database, actor, "作废锁定版") as change:
        change.beside(assessment_id)
        found = one(change.connection, assessment_id, number)
        query = select(settling.c.kind).where(
            settling.c.assessment == assessment_id, settling.c.locked == number, settling.c.state == CURRENT,
            settling.c.kind != "suggested",
        )  # fmt: skip
        if change.connection.execute(query).first():
            raise StoreProblem(f"{found.name}已经审定，不能作废。确需作废的，请先撤销批复和审定。")
        change.connection.execute(update(locked).where(locked.c.id == found.id).values(state=WITHDRAWN))
        change.subject, change.details = f"{found.name}（第{found.version}版）", {"number": number, "reason": why}


def _locked(row: Row[Any]) -> LockedVersion:
    return LockedVersion(
        row.id, row.assessment, row.number, row.version, row.hash, row.engine, row.note, row.actor, row.at, row.state
    )
