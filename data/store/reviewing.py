"""填报 → 提交 → 复核: a sheet is handed in, reviewed by a second person and then locked, or sent back with a reason.

None of it changes a result, so no version rises. What unlocks a reviewed one is in ``requests``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import islice
from typing import Any

from sqlalchemy import Connection, Row, bindparam, select, update

from data.store import settings
from data.store.change import Change, changing, retried
from data.store.database import Database
from data.store.problem import StoreProblem
from data.store.problem import required as stated
from data.store.records import Setting
from data.store.sheet_stage import (
    FILLED,
    HANDED,
    REVIEW,
    REVIEWED,
    blank,
    called,
    component_names,
    required,
    staged,
    stages,
    told,
)
from data.store.stage_records import Back, SheetStage
from data.store.tables import submission

TAKEN = "taken"
_AT_ONCE = 500
"""Ids in one statement: databases bound how many values one may carry."""
_NONE = "没有找到这份评分表。请返回上报记录重新选择。"
_LOOK = "请刷新后查看最新情况。"
_COLUMNS = [column for column in submission.c if column.name != "marks"]


@retried
def hand_in(database: Database, submission_ids: Sequence[int], actor: str) -> list[SheetStage]:
    """填报 → 提交, all or none: from here on whoever filled them in changes nothing, unless they are sent back.

    Raises StoreProblem where no 复核 is asked for, the assessment is final, or one no longer counts or is handed in
    already; NotAllowed for a sheet that is not of the person's 填报 duties.
    """
    with changing(database, actor, "提交评分表") as change:
        rows = _begun(change, submission_ids, "提交")
        change.touches(*((row.unit, row.component) for row in rows))
        _insist(change, rows, FILLED, "提交")
        values = {"stage": HANDED, "handed_by": change.actor, "handed_at": change.at, "returned": ""}
        return _turn(change, rows, "提交", **values, handed_account=change.person.account)


@retried
def review(database: Database, submission_ids: Sequence[int], actor: str) -> list[SheetStage]:
    """提交 → 复核, all or none: by somebody who neither uploaded nor handed in any of them. From here on they are locked.

    Raises StoreProblem as ``hand_in`` does, and where the person is not a second one.
    """
    with changing(database, actor, "复核评分表") as change:
        rows = _begun(change, submission_ids, "复核")
        _insist(change, rows, HANDED, "复核")
        _insist_second(change, rows)
        return _turn(change, rows, "复核", stage=REVIEWED, reviewed_by=change.actor, reviewed_at=change.at)


@retried
def send_back(database: Database, submission_id: int, actor: str, reason: str) -> SheetStage:
    """提交 → 填报 with the reason: what was handed in is to be mended. A reviewed one is unlocked by ``requests`` instead."""
    why = stated(reason, "退回理由")
    with changing(database, actor, "退回评分表") as change:
        (row,) = rows = _begun(change, [submission_id], "退回")
        _insist(change, rows, HANDED, "退回")
        (made,) = _turn(change, rows, "退回", **blank(why))
        change.details |= {"reason": why, "handed_by": row.handed_by}
        return replace(made, back=Back(change.actor, change.at))  # its line of the log is not written yet


@retried
def set_required(database: Database, assessment_id: int, asked: bool, actor: str) -> Setting:
    """Ask for 提交 and 复核, or no longer. Raises StoreProblem where reviewed sheets would be unlocked by it unseen."""
    with changing(database, actor, "评分表复核要求") as change:
        version = change.unsettled(assessment_id)
        locked = sum(each.stage == REVIEWED for each in stages(change.connection, assessment_id))
        if not asked and locked:
            raise StoreProblem(f"已有{locked}份评分表复核锁定，不能取消复核要求。请先逐份申请解锁，由另一人同意后再取消。")
        value = "1" if asked else ""
        change.details = settings.write(change, version, REVIEW, value)
        change.subject = "评分表须经提交、复核" if asked else "评分表不要求提交、复核"
        return Setting(REVIEW, value, change.actor, change.at)


def _begun(change: Change, ids: Sequence[int], verb: str) -> list[Row[Any]]:
    """The sheets, all of one assessment that is named to the change, and in which this is asked for."""
    wanted = sorted(set(ids))
    if not wanted:
        raise StoreProblem(f"没有选择评分表，未{verb}任何一份。请至少选择一份。")
    rows = _found(change.connection, wanted)
    if len({row.assessment for row in rows}) > 1:
        raise StoreProblem(f"所选评分表不属于同一年度考核，未{verb}任何一份。请重新选择。")
    change.unsettled(rows[0].assessment)
    if not required(change.connection, rows[0].assessment):
        raise StoreProblem(f"本年度考核未要求评分表提交、复核，无须{verb}。如需启用，请在“年度考核”打开。")
    return rows


def _insist(change: Change, rows: Sequence[Row[Any]], stage: str, verb: str) -> None:
    """Each still counts and stands at ``stage``."""
    for row in rows:
        if row.state == TAKEN and row.stage == stage:
            continue
        assert change.assessment is not None
        name = called(row, component_names(change.connection, change.assessment))
        if row.state != TAKEN:
            raise StoreProblem(f"{name}已不是现用的一份，未{verb}任何一份。{_LOOK}")
        raise StoreProblem(f"{name}现为“{_stands(change, row)}”，不能{verb}，未{verb}任何一份。{_LOOK}")


def _stands(change: Change, row: Row[Any]) -> str:
    (one,) = told(change.connection, row.assessment, [row])
    who = {HANDED: one.handed_by, REVIEWED: one.reviewed_by}.get(one.stage) or (one.back.actor if one.back else None)
    return f"{one.word}（{who}）" if who else one.word


def _insist_second(change: Change, rows: Sequence[Row[Any]]) -> None:
    assert change.assessment is not None
    for row in rows:
        for name, account, did in ((row.actor, row.account, "上报"), (row.handed_by, row.handed_account, "提交")):
            if change.by(name, account):
                sheet = called(row, component_names(change.connection, change.assessment))
                raise StoreProblem(f"{sheet}由{name}{did}，须由另一人复核，未复核任何一份。请换一人署名后复核。")


def _turn(change: Change, rows: Sequence[Row[Any]], verb: str, **values: Any) -> list[SheetStage]:
    statement = update(submission).where(submission.c.id == bindparam("row"))
    change.connection.execute(statement, [{"row": row.id} | values for row in rows])
    assert change.assessment is not None
    units, first = {row.unit for row in rows}, rows[0]
    names = component_names(change.connection, change.assessment)
    change.subject = called(first, names) if len(rows) == 1 else f"{verb}{len(rows)}份评分表，涉及{len(units)}个考核对象"
    change.details = {
        "sheets": [{name: getattr(row, name) for name in ("unit", "component", "revision")} for row in rows],
        "submissions": [row.id for row in rows],
    }
    return [staged(row) for row in _found(change.connection, [row.id for row in rows])]


def _found(connection: Connection, ids: Sequence[int]) -> list[Row[Any]]:
    """The sheets' rows in the order of ``ids``, or a StoreProblem where one is not there."""
    left, found = iter(ids), dict[int, Row[Any]]()
    while some := list(islice(left, _AT_ONCE)):
        found |= {row.id: row for row in connection.execute(select(*_COLUMNS).where(submission.c.id.in_(some)))}
    if len(found) < len(ids):
        raise StoreProblem(_NONE)
    return [found[id_] for id_ in ids]


def find(connection: Connection, submission_id: int) -> Row[Any]:
    """A sheet's row without its marks, or a StoreProblem."""
    row = connection.execute(select(*_COLUMNS).where(submission.c.id == submission_id)).one_or_none()
    if row is None:
        raise StoreProblem(_NONE)
    return row
