"""情形: registered by one person, checked by another, withdrawn but never erased. Only a checked one limits a grade."""

from __future__ import annotations

import unicodedata
from fractions import Fraction
from typing import Any

from sqlalchemy import Connection, Row, select, update

from data.store.assessments import insist_on_roster
from data.store.change import Change, changing, retried
from data.store.database import Database
from data.store.problem import StoreProblem, required
from data.store.records import FactRow
from data.store.tables import fact as facts
from scoring.marks import Fact

PENDING, CONFIRMED, WITHDRAWN = "pending", "confirmed", "withdrawn"


def listed(connection: Connection, assessment_id: int, include_withdrawn: bool = False) -> list[FactRow]:
    """The facts of an assessment in the order they were registered."""
    query = select(facts).where(facts.c.assessment == assessment_id).order_by(facts.c.id)
    if not include_withdrawn:
        query = query.where(facts.c.state != WITHDRAWN)
    return [_fact_row(row) for row in connection.execute(query)]


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
        made = change.insert(facts, **told, assessment=assessment_id, version=version, state=PENDING)
        return _said(change, _find(change.connection, made))


@retried
def confirm(database: Database, fact_id: int, actor: str) -> FactRow:
    """Check a fact. Refused for whoever registered it: a limit may not rest on one person's word."""
    with changing(database, actor, "核对情形") as change:
        row = _find(change.connection, fact_id)
        if row.state != PENDING:
            raise StoreProblem("该情形已核对或已撤销，无须再核对。请刷新后查看最新情况。")
        if same_person(row.actor, change.actor):
            raise StoreProblem(f"该情形由{row.actor}登记，须由另一人署名后核对。")
        version = change.of(row.assessment)
        values = {"state": CONFIRMED, "confirmed_by": change.actor, "confirmed_at": change.at, "version": version}
        change.connection.execute(update(facts).where(facts.c.id == fact_id).values(**values))
        return _said(change, _find(change.connection, fact_id))


@retried
def withdraw(database: Database, fact_id: int, actor: str, reason: str) -> FactRow:
    """Withdraw a fact, checked or not; it stays on record with the reason in the log."""
    why = required(reason, "撤销理由")
    with changing(database, actor, "撤销情形") as change:
        row = _find(change.connection, fact_id)
        if row.state == WITHDRAWN:
            raise StoreProblem("该情形已撤销，无须重复撤销。请刷新后查看最新情况。")
        version = change.of(row.assessment)
        change.touches((row.unit, None))
        change.connection.execute(update(facts).where(facts.c.id == fact_id).values(state=WITHDRAWN, version=version))
        return _said(change, _find(change.connection, fact_id), reason=why)


def same_person(one: str, other: str) -> bool:
    """Whether two names are one person's: blanks, letter case and full-width letters make nobody a second person."""
    return _plain(one) == _plain(other)


def _plain(name: str) -> str:
    return "".join(unicodedata.normalize("NFKC", name).casefold().split())


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


def _fact_row(row: Row[Any]) -> FactRow:
    return FactRow(
        id=row.id,
        fact=Fact(row.unit, row.fact, row.value, row.date, row.basis, row.state == CONFIRMED, _amount(row.amount)),
        note=row.note,
        actor=row.actor,
        at=row.at,
        confirmed_by=row.confirmed_by,
        confirmed_at=row.confirmed_at,
        withdrawn=row.state == WITHDRAWN,
    )
