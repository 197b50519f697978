"""申请: what one person asks with a reason and another grants or refuses: 定稿 back to 草稿, a reviewed sheet unlocked.

A grant of either is one line of the log that says who asked, why, and who agreed.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Row, select, update

from data.store import assessments, reviewing, sheet_stage
from data.store.change import FINAL, Change, changing, retried
from data.store.database import Database
from data.store.problem import StoreProblem, required
from data.store.records import REQUEST_STATES, REQUESTS, Request
from data.store.tables import request, submission

ASKED, GRANTED, REFUSED, WITHDRAWN = "asked", "granted", "refused", "withdrawn"
_GRANTING = {"reopen": "退回草稿", "unlock": "同意解锁评分表"}


def listed(connection: Connection, assessment_id: int) -> list[Request]:
    """Every request there ever was, newest first; ``state`` says which wait for a second person."""
    query = select(request).where(request.c.assessment == assessment_id).order_by(request.c.id.desc())
    return [_request(row) for row in connection.execute(query)]


@retried
def ask_reopen(database: Database, assessment_id: int, actor: str, reason: str) -> Request:
    """Ask that 定稿 become 草稿 again. Raises StoreProblem for a draft, after 审定, and while one waits already."""
    why = required(reason, "退回草稿的理由")
    with changing(database, actor, "申请退回草稿") as change:
        before = assessments.one(change.connection, assessment_id)
        if before.state != FINAL:
            raise StoreProblem("本年度考核尚未定稿，无须退回。请刷新后查看最新情况。")
        assessments.insist_unapproved(change, assessment_id)
        version = change.beside(assessment_id)
        return _asked(change, version, "reopen", 0, why, before.name)


@retried
def ask_unlock(database: Database, submission_id: int, actor: str, reason: str) -> Request:
    """Ask that a reviewed sheet be unlocked. Raises StoreProblem for one that is not locked, and while one waits already."""
    why = required(reason, "解锁理由")
    with changing(database, actor, "申请解锁评分表") as change:
        row = reviewing.find(change.connection, submission_id)
        version = change.unsettled(row.assessment)
        change.touches((row.unit, row.component))
        name = _locked(change, row)
        made = _asked(change, version, "unlock", row.id, why, name)
        change.details |= _sheet(row)
        return made


@retried
def grant(database: Database, request_id: int, actor: str, answer: str = "") -> Request:
    """Agree as a second person: the assessment is a draft again, or the sheet is back at 填报 with the reason.

    Raises StoreProblem for whoever asked, for what is decided already, and where what was asked is no longer so.
    """
    kind = _kind(database, request_id)
    with changing(database, actor, _GRANTING[kind]) as change:
        row = _waiting(change, request_id)
        _insist_second(change, row)
        if kind == "reopen":
            _reopen(change, row)
        else:
            _unlock(change, row)
        return _decided(change, row, GRANTED, answer.strip())


@retried
def refuse(database: Database, request_id: int, actor: str, reason: str) -> Request:
    """Refuse as a second person, with the reason; everything stays as it is."""
    why = required(reason, "不同意的理由")
    with changing(database, actor, "不同意申请") as change:
        row = _waiting(change, request_id)
        _insist_second(change, row)
        change.subject = _named(change, row)
        return _decided(change, row, REFUSED, why)


@retried
def withdraw(database: Database, request_id: int, actor: str) -> Request:
    """Take back one's own request. Raises StoreProblem for anybody else's."""
    with changing(database, actor, "撤回申请") as change:
        row = _waiting(change, request_id)
        if not change.by(row.actor, row.account):
            raise StoreProblem(f"该申请由{row.actor}提出，只能由本人撤回；不同意的，请填写理由后办理“不同意”。")
        change.subject = _named(change, row)
        return _decided(change, row, WITHDRAWN, "")


def _reopen(change: Change, row: Row[Any]) -> None:
    before = assessments.one(change.connection, row.assessment)
    if before.state != FINAL:
        raise StoreProblem("本年度考核尚未定稿，无须退回。请刷新后查看最新情况。")
    assessments.insist_unapproved(change, row.assessment)
    change.of(row.assessment, settled=True)
    assessments.turn(change, before, assessments.DRAFT)


def _unlock(change: Change, row: Row[Any]) -> None:
    change.unsettled(row.assessment)
    sheet = reviewing.find(change.connection, row.subject)
    change.subject = _locked(change, sheet)
    values = sheet_stage.blank(row.reason)
    change.connection.execute(update(submission).where(submission.c.id == sheet.id).values(**values))
    change.details = _sheet(sheet) | {"reviewed_by": sheet.reviewed_by}


def _locked(change: Change, sheet: Row[Any]) -> str:
    """The sheet's name; a StoreProblem where it is not locked."""
    name = sheet_stage.called(sheet, sheet_stage.component_names(change.connection, sheet.assessment))
    if sheet.state != reviewing.TAKEN or sheet.stage != sheet_stage.REVIEWED:
        raise StoreProblem(f"{name}没有复核锁定，无须解锁。请刷新后查看最新情况。")
    return name


def _sheet(row: Row[Any]) -> dict[str, Any]:
    return {"submission": row.id, "unit": row.unit, "component": row.component, "revision": row.revision}


def _asked(change: Change, version: int, kind: str, subject: int, reason: str, name: str) -> Request:
    waits = (request.c.assessment == change.assessment, request.c.kind == kind, request.c.subject == subject)
    other = change.connection.execute(select(request).where(*waits, request.c.state == ASKED)).first()
    if other is not None:
        raise StoreProblem(f"{other.actor}已提出同样的申请，正待另一人同意，无须重复申请。")
    told = {"kind": kind, "subject": subject, "reason": reason, "account": change.person.account, "answer": ""}
    made = change.insert(request, assessment=change.assessment, version=version, state=ASKED, **told)
    change.subject, change.details = name, {"request": made, "reason": reason}
    return _request(_find(change.connection, made))


def _decided(change: Change, row: Row[Any], state: str, answer: str) -> Request:
    values = {"state": state, "decided_by": change.actor, "decided_at": change.at, "answer": answer}
    change.connection.execute(
        update(request).where(request.c.id == row.id).values(**values, version=change.version)
    )
    change.details |= {"request": row.id, "asked": REQUESTS[row.kind], "asked_by": row.actor, "reason": row.reason}
    change.details |= {"answer": answer} if answer else {}
    return _request(_find(change.connection, row.id))


def _insist_second(change: Change, row: Row[Any]) -> None:
    if change.by(row.actor, row.account):
        raise StoreProblem(f"该申请由{row.actor}提出，须由另一人署名办理。")


def _waiting(change: Change, request_id: int) -> Row[Any]:
    """The request, while nobody has decided on it. The role is asked first: whoever may not, learns nothing of it."""
    row = _find(change.connection, request_id)
    change.beside(row.assessment)
    if row.state != ASKED:
        by = f"（{row.decided_by}）" if row.decided_by else ""
        raise StoreProblem(f"该申请{REQUEST_STATES[row.state]}{by}，无须再办理。请刷新后查看最新情况。")
    return row


def _named(change: Change, row: Row[Any]) -> str:
    if row.kind == "reopen":
        return assessments.one(change.connection, row.assessment).name
    sheet = reviewing.find(change.connection, row.subject)
    return sheet_stage.called(sheet, sheet_stage.component_names(change.connection, row.assessment))


def _kind(database: Database, request_id: int) -> str:
    with database.reading() as connection:
        return _find(connection, request_id).kind


def _find(connection: Connection, request_id: int) -> Row[Any]:
    row = connection.execute(select(request).where(request.c.id == request_id)).one_or_none()
    if row is None:
        raise StoreProblem("没有找到这项申请。请刷新后重新选择。")
    return row


def _request(row: Row[Any]) -> Request:
    return Request(**{name: row._mapping[name] for name in Request.__dataclass_fields__})
