"""整改台账: problem, cause, measure, owner, period; reported as mended by one person and closed (销号) by another.

Every change of an item is a row of its own, so that its history can be read; nothing here touches a score or a grade,
so the assessment stays at its version. A change names the row it was looked at in, and is refused when that row is no
longer the item's last: two people never write over one another.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, func, select, update

from data.store.assessments import insist_on_roster
from data.store.change import Change, changing, retried
from data.store.database import Database
from data.store.problem import Moved, StoreProblem, required
from data.store.records import STATUSES, Finding, Rectification, Status
from data.store.submissions import keep
from data.store.tables import rectification

CURRENT, REPLACED, WITHDRAWN = "current", "replaced", "withdrawn"
_NOBODY: dict[str, Any] = dict.fromkeys(("reported_by", "reported_at", "closed_by", "closed_at")) | {"reported_account": ""}
_NOTHING: dict[str, Any] = {"evidence": "", "file_name": "", "original": None, "note": ""}


def listed(connection: Connection, assessment_id: int) -> list[Rectification]:
    """Every item as it is now, by its number; without those struck off."""
    query = select(rectification).where(rectification.c.assessment == assessment_id, rectification.c.state == CURRENT)
    return [_item(row) for row in connection.execute(query.order_by(rectification.c.item))]


def history(connection: Connection, assessment_id: int, item: int | None = None) -> list[Rectification]:
    """Every state that one item, or all, have been in, newest first."""
    query = select(rectification).where(rectification.c.assessment == assessment_id)
    if item is not None:
        query = query.where(rectification.c.item == item)
    return [_item(row) for row in connection.execute(query.order_by(rectification.c.id.desc()))]


@retried
def add(database: Database, assessment_id: int, findings: Sequence[Finding], actor: str) -> list[Rectification]:
    """Enter problems, all or none; each gets the next number. Each needs a unit of the roster and the problem itself."""
    rows = [_texts(finding) for finding in findings]
    if not rows:
        raise StoreProblem("没有选择要列入整改台账的问题。请至少选择或填写一条后重试。")
    with changing(database, actor, "列入整改") as change:
        version = change.beside(assessment_id)
        change.touches(*((row["unit"], None) for row in rows))
        insist_on_roster(change.connection, assessment_id, [row["unit"] for row in rows])
        last = _last_number(change.connection, assessment_id)
        told = {"assessment": assessment_id, "version": version, "state": CURRENT, "revision": 1, "status": "open"}
        made = [
            change.insert(rectification, **told, **row, **_NOTHING, **_NOBODY, item=number)
            for number, row in enumerate(rows, start=last + 1)
        ]
        units = "、".join(dict.fromkeys(row["unit"] for row in rows))
        change.subject = f"{units}：{rows[0]['problem']}" if len(rows) == 1 else f"{units}：{len(rows)}个问题"
        change.details = {"items": [{"item": last + at} | row for at, row in enumerate(rows, start=1)]}
        return [_item(_row(change.connection, each)) for each in made]


@retried
def edit(database: Database, row_id: int, finding: Finding, status: Status, actor: str) -> Rectification:
    """Mend what an item says while it is 未整改 or 整改中. The unit and where it came from stay."""
    if status not in ("open", "doing"):
        raise StoreProblem("修改时状态只能为“未整改”或“整改中”；已整改的请报核，核后销号。")
    with changing(database, actor, "修改整改") as change:
        row = _seen(change, row_id, "open", "doing")
        told = _texts(finding) | {"unit": row.unit, "source": row.source}
        return _next(change, row, **told, status=status)


@retried
def report(
    database: Database, row_id: int, evidence: str, actor: str, file: tuple[str, bytes] | None = None
) -> Rectification:
    """Report an item as mended, with evidence in words and, where there is one, the paper itself (name, bytes).

    Refused while its 原因, 措施 or 责任人 is not written: there is nothing to check the evidence against.
    """
    words = required(evidence, "佐证说明")
    with changing(database, actor, "报核整改") as change:
        row = _seen(change, row_id, "open", "doing")
        _insist_whole(row, "不能报核。请先点“修改”补填，再报核。")
        told: dict[str, Any] = {"evidence": words, "status": "reported", "note": ""}
        if file is not None:
            name, content = required(file[0], "文件名"), file[1]
            if not content:
                raise StoreProblem(f"佐证文件《{name}》是空文件，未作任何保存。请核对后重新选择。")
            told |= {"file_name": name, "original": keep(change, name, content)}
        told |= {"reported_by": change.actor, "reported_at": change.at, "reported_account": change.person.account}
        return _next(change, row, **told)


@retried
def close(database: Database, row_id: int, actor: str) -> Rectification:
    """Close an item (销号) after looking at its evidence. Refused for whoever reported it, and for what is not whole."""
    with changing(database, actor, "核对销号") as change:
        row = _seen(change, row_id, "reported")
        _insist_whole(row, "不能销号。请退回整改，补填后再报核。")
        if change.by(row.reported_by, row.reported_account):
            raise StoreProblem(f"该问题由{row.reported_by}报整改完成，须由另一人署名核对后销号。")
        return _next(change, row, status="closed", closed_by=change.actor, closed_at=change.at)


@retried
def send_back(database: Database, row_id: int, actor: str, reason: str) -> Rectification:
    """Send a reported or even a closed item back to be mended further, with the reason."""
    why = required(reason, "退回理由")
    with changing(database, actor, "退回整改") as change:
        row = _seen(change, row_id, "reported", "closed")
        return _next(change, row, **_NOBODY, status="doing", note=why)


@retried
def strike(database: Database, row_id: int, actor: str, reason: str) -> None:
    """Strike off an item entered by mistake; it stays on record with the reason."""
    why = required(reason, "撤销理由")
    with changing(database, actor, "撤销整改") as change:
        row = _seen(change, row_id, *STATUSES)
        _next(change, row, state=WITHDRAWN, note=why)


def _texts(finding: Finding) -> dict[str, Any]:
    return {
        "unit": required(finding.unit, "考核对象名称"),
        "problem": required(finding.problem, "问题"),
        "cause": finding.cause.strip(),
        "measure": finding.measure.strip(),
        "owner": finding.owner.strip(),
        "due": finding.due.isoformat() if finding.due else "",
        "source": finding.source,
    }


def _seen(change: Change, row_id: int, *statuses: str) -> Row[Any]:
    """The row that somebody looked at, still the item's last and in one of these states; else Moved or StoreProblem."""
    row = _row(change.connection, row_id)
    change.upon_own(row.assessment, (row.unit, None))
    if row.state != CURRENT:
        raise Moved("在您查看之后，该问题已被他人更新，本次操作未生效。请查看最新情况后再办理。")
    if row.status not in statuses:
        raise StoreProblem(f"该问题的状态为“{STATUSES[row.status]}”，不能这样办理。请刷新后查看最新情况。")
    return row


def _insist_whole(row: Row[Any], mend: str) -> None:
    asked = {"原因": row.cause, "整改措施": row.measure, "责任人（单位）": row.owner}
    if missing := [name for name, told in asked.items() if not told.strip()]:
        raise StoreProblem(f"第{row.item}号尚未填写{'、'.join(missing)}，{mend}")


def _next(change: Change, row: Row[Any], **told: Any) -> Rectification:
    """Put the item's next state in place of ``row``, saying in the log what it is now."""
    table = rectification
    change.connection.execute(update(table).where(table.c.id == row.id).values(state=REPLACED, version=change.version))
    kept = {name: value for name, value in row._mapping.items() if name not in ("id", "actor", "at")}
    values = kept | {"revision": row.revision + 1, "version": change.version} | told
    made = _row(change.connection, change.insert(table, **values))
    change.subject = f"{made.unit}：第{made.item}号，{made.problem}"
    change.details = {"item": made.item, "revision": made.revision, "status": STATUSES[made.status]}
    change.details |= {_LOGGED[name]: str(value) for name, value in told.items() if name in _LOGGED and value}
    return _item(made)


_LOGGED = {name: name for name in ("problem", "cause", "measure", "owner", "due", "evidence")}
_LOGGED |= {"file_name": "file", "original": "sha256", "note": "reason"}


def _last_number(connection: Connection, assessment_id: int) -> int:
    query = select(func.max(rectification.c.item)).where(rectification.c.assessment == assessment_id)
    return connection.execute(query).scalar() or 0


def _row(connection: Connection, row_id: int) -> Row[Any]:
    row = connection.execute(select(rectification).where(rectification.c.id == row_id)).one_or_none()
    if row is None:
        raise StoreProblem("没有找到这条整改问题。请返回台账重新选择。")
    return row


def _item(row: Row[Any]) -> Rectification:
    due = date.fromisoformat(row.due) if row.due else None
    return Rectification(
        id=row.id,
        item=row.item,
        revision=row.revision,
        finding=Finding(row.unit, row.problem, row.cause, row.measure, row.owner, due, row.source),
        status=row.status,
        state=row.state,
        evidence=row.evidence,
        file_sha256=row.original,
        file_name=row.file_name,
        note=row.note,
        actor=row.actor,
        at=row.at,
        reported_by=row.reported_by,
        reported_at=row.reported_at,
        closed_by=row.closed_by,
        closed_at=row.closed_at,
    )
