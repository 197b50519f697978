"""情形: registered by one person, checked by another, withdrawn but never erased. Only a checked one limits a grade."""

from __future__ import annotations

from datetime import datetime
from fractions import Fraction
from typing import Any

from sqlalchemy import Connection, Row, select, update

from data.store import log
from data.store.assessments import insist_on_roster, insist_same_group
from data.store.change import Change, changing, retried
from data.store.database import Database
from data.store.problem import Clash, Moved, StoreProblem, required
from data.store.records import FactRow
from data.store.restoring import insist_in_time
from data.store.tables import fact as facts
from scoring.marks import Fact

PENDING, CONFIRMED, WITHDRAWN = "pending", "confirmed", "withdrawn"


def listed(connection: Connection, assessment_id: int, include_withdrawn: bool = False) -> list[FactRow]:
    """The facts of an assessment in the order they were registered."""
    query = select(facts).where(facts.c.assessment == assessment_id).order_by(facts.c.id)
    if not include_withdrawn:
        query = query.where(facts.c.state != WITHDRAWN)
    rows = connection.execute(query).all()
    left = log.version_times(connection, assessment_id, [row.version for row in rows if row.state == WITHDRAWN])
    return [_fact_row(row, left.get(row.version) if row.state == WITHDRAWN else None) for row in rows]


@retried
def add(database: Database, assessment_id: int, fact: Fact, note: str, actor: str) -> FactRow:
    """Register a fact, waiting for its second person whatever ``fact.confirmed`` says."""
    told: dict[str, str | None] = {
        "unit": fact.unit,
        "fact": required(fact.fact, "情形"),
        "value": required(fact.value, "情形取值"),
    }
    with changing(database, actor, "登记情形") as change:
        version = change.of(assessment_id)
        change.touches((fact.unit, None))
        insist_on_roster(change.connection, assessment_id, [required(fact.unit, "考核对象名称")])
        amount = None if fact.amount is None else str(fact.amount)
        told |= {"date": fact.date, "basis": fact.basis, "note": note, "amount": amount}
        told |= {"account": change.person.account}
        made = change.insert(facts, **told, assessment=assessment_id, version=version, state=PENDING)
        return _said(change, _find(change.connection, made))


@retried
def confirm(database: Database, fact_id: int, actor: str) -> FactRow:
    """Check a fact. Refused for whoever registered it: a limit may not rest on one person's word.

    Raises Moved, with who did what, where it was checked or withdrawn meanwhile.
    """
    with changing(database, actor, "核对情形") as change:
        row = _find(change.connection, fact_id)
        change.upon_own(row.assessment, (row.unit, None))
        if row.state != PENDING:
            raise Moved("该情形已核对或已撤销，无须再核对。请查看最新情况。", _turned(change, row, "核对属实"))
        if change.by(row.actor, row.account):
            raise StoreProblem(f"该情形由{row.actor}登记，须由另一人署名后核对。")
        version = change.of(row.assessment)
        values = {"state": CONFIRMED, "confirmed_by": change.actor, "confirmed_at": change.at, "version": version}
        change.connection.execute(update(facts).where(facts.c.id == fact_id).values(**values))
        return _said(change, _find(change.connection, fact_id))


@retried
def withdraw(
    database: Database, fact_id: int, actor: str, reason: str, seen_confirmed: bool | None = None
) -> FactRow:
    """Withdraw a fact, checked or not; it stays on record with the reason in the log.

    ``seen_confirmed``: whether it was checked when somebody looked; Moved where it is otherwise now.
    """
    why = required(reason, "撤销理由")
    with changing(database, actor, "撤销情形") as change:
        row = _find(change.connection, fact_id)
        change.upon_own(row.assessment, (row.unit, None))
        if row.state == WITHDRAWN:
            raise Moved("该情形已撤销，无须重复撤销。请查看最新情况。", _turned(change, row, f"撤销（{why}）"))
        if seen_confirmed is not None and seen_confirmed != (row.state == CONFIRMED):
            raise Moved("在您查看之后，该情形已由他人核对，本次操作未生效。请查看最新情况后再决定。",
                        _turned(change, row, f"撤销（{why}）"))  # fmt: skip
        version = change.of(row.assessment)
        change.connection.execute(update(facts).where(facts.c.id == fact_id).values(state=WITHDRAWN, version=version))
        return _said(change, _find(change.connection, fact_id), reason=why)


@retried
def restore(database: Database, fact_id: int, actor: str, reason: str) -> FactRow:
    """Bring a withdrawn fact back to where it was, waiting or checked, within 30 days; the reason goes into the log.

    Raises StoreProblem for one that is not withdrawn or too long ago, and where its unit has left the roster or its group.
    """
    why = required(reason, "恢复理由")
    with changing(database, actor, "恢复情形") as change:
        row = _find(change.connection, fact_id)
        change.upon_own(row.assessment, (row.unit, None))
        if row.state != WITHDRAWN:
            raise StoreProblem("该情形未撤销，无须恢复。请刷新后查看最新情况。")
        version = change.of(row.assessment)
        change.touches((row.unit, None))
        insist_same_group(change, row.unit, row.at, what="这条情形", done="登记", again="登记")
        insist_in_time(change, log.made_at(change.connection, row.assessment, row.version), f"{row.unit}的该情形")
        state = PENDING if row.confirmed_by is None else CONFIRMED
        change.connection.execute(update(facts).where(facts.c.id == fact_id).values(state=state, version=version))
        return _said(change, _find(change.connection, fact_id), reason=why)


def _turned(change: Change, row: Row[Any], mine: str) -> Clash:
    """What somebody else made of a fact, against what was about to be done with it."""
    if row.state == CONFIRMED:
        return Clash(f"{row.unit}：{row.value}", mine, "已核对属实", row.confirmed_by, row.confirmed_at)
    entry = log.making(change.connection, row.assessment, row.version)
    reason = entry.details.get("reason", "") if entry else ""
    by, at = (entry.actor, entry.at) if entry else ("", None)
    return Clash(f"{row.unit}：{row.value}", mine, f"已撤销（{reason}）" if reason else "已撤销", by, at)


def _said(change: Change, row: Row[Any], **more: str) -> FactRow:
    """Fill in the log line of a change to this fact, and hand the fact out."""
    basis = f"（{row.basis}）" if row.basis else ""
    change.subject = f"{row.unit}：{row.value}{basis}"
    told = {name: getattr(row, name) for name in ("unit", "fact", "value", "date", "basis", "note")}
    told |= {"amount": row.amount} if row.amount else {}
    change.details = {"id": row.id} | told | more
    return _fact_row(row)


def _find(connection: Connection, fact_id: int) -> Row[Any]:
    row = connection.execute(select(facts).where(facts.c.id == fact_id)).one_or_none()
    if row is None:
        raise StoreProblem("没有找到这条情形。请返回列表重新选择。")
    return row


def _amount(text: str | None) -> Fraction | None:
    return None if text is None else Fraction(text)


def _fact_row(row: Row[Any], gone: datetime | None = None) -> FactRow:
    return FactRow(
        id=row.id,
        fact=Fact(row.unit, row.fact, row.value, row.date, row.basis, row.state == CONFIRMED, _amount(row.amount)),
        note=row.note,
        actor=row.actor,
        at=row.at,
        confirmed_by=row.confirmed_by,
        confirmed_at=row.confirmed_at,
        withdrawn=row.state == WITHDRAWN,
        gone=gone,
        account=row.account,
    )
