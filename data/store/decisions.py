"""Decisions on proposed outcomes (结果运用): 采纳, 不采纳 or 暂缓, and how the thing was done. A new one keeps the earlier.

A decision touches no score and no grade, so the assessment stays at its version; the log has it all the same.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, select, update

from data.store.assessments import insist_on_roster
from data.store.change import Change, changing, retried
from data.store.database import Database
from data.store.problem import StoreProblem, required
from data.store.records import CHOICES, Decision, Ruling
from data.store.tables import decision

CURRENT, REPLACED, WITHDRAWN = "current", "replaced", "withdrawn"


def listed(connection: Connection, assessment_id: int) -> list[Decision]:
    """The decisions that hold now, in the order they were recorded."""
    query = select(decision).where(decision.c.assessment == assessment_id, decision.c.state == CURRENT)
    return [_decision(row) for row in connection.execute(query.order_by(decision.c.id))]


def history(connection: Connection, assessment_id: int, unit: str, outcome: str) -> list[Decision]:
    """Every decision there ever was on one outcome of one unit, newest first."""
    query = select(decision).where(*_same(assessment_id, unit, outcome)).order_by(decision.c.id.desc())
    return [_decision(row) for row in connection.execute(query)]


@retried
def put(database: Database, assessment_id: int, rulings: Sequence[Ruling], actor: str) -> list[Decision]:
    """Record what was decided, all or none: one log line for what one meeting decides of several units.

    Raises StoreProblem for a unit that is not on the roster, the same outcome of a unit twice, no ruling at all, and
    for 不采纳 or 暂缓 without a reason: what the document provides for is not set aside silently.
    """
    _insist(rulings)
    with changing(database, actor, "登记决定") as change:
        version = change.beside(assessment_id)
        insist_on_roster(change.connection, assessment_id, [ruling.unit for ruling in rulings])
        before = [_set_aside(change, ruling) for ruling in rulings]
        told = {"assessment": assessment_id, "version": version, "state": CURRENT}
        made = [change.insert(decision, **_values(ruling), **told) for ruling in rulings]
        _say(change, rulings, before)
        return [_find(change.connection, each) for each in made]


@retried
def withdraw(database: Database, decision_id: int, actor: str, reason: str) -> None:
    """Take back a decision recorded by mistake: the outcome is again only proposed. It stays on record."""
    why = required(reason, "撤销理由")
    with changing(database, actor, "撤销决定") as change:
        row = change.connection.execute(select(decision).where(decision.c.id == decision_id)).one_or_none()
        if row is None or row.state != CURRENT:
            raise StoreProblem("该决定已撤销或已被新的决定取代。请刷新后查看最新情况。")
        values = {"state": WITHDRAWN, "version": change.beside(row.assessment)}
        change.connection.execute(update(decision).where(decision.c.id == decision_id).values(**values))
        change.subject = f"{row.unit}：{row.action}，{CHOICES[row.choice]}"
        change.details = {"decision": decision_id, "reason": why}


def _insist(rulings: Sequence[Ruling]) -> None:
    if not rulings:
        raise StoreProblem("没有选择要登记决定的事项。请至少选择一项后重试。")
    for ruling in rulings:
        required(ruling.unit, "考核对象名称")
        required(ruling.outcome, "结果运用事项")
        if ruling.choice not in CHOICES:
            raise StoreProblem(f"没有“{ruling.choice}”这种决定；可用：{'、'.join(CHOICES.values())}。")
        if ruling.choice != "adopted" and not ruling.reason.strip():
            raise StoreProblem(f"决定“{CHOICES[ruling.choice]}”须写明理由，请填写后重试。")
    keys = [(ruling.unit, ruling.outcome) for ruling in rulings]
    if len(set(keys)) < len(keys):
        raise StoreProblem("同一考核对象的同一事项出现了两次，未作任何保存。请只保留一处。")


def _set_aside(change: Change, ruling: Ruling) -> Row[Any] | None:
    """Let the decision that holds now be replaced; returns it."""
    same = (*_same(change.assessment or 0, ruling.unit, ruling.outcome), decision.c.state == CURRENT)
    row = change.connection.execute(select(decision).where(*same)).one_or_none()
    if row is not None:
        values = {"state": REPLACED, "version": change.version}
        change.connection.execute(update(decision).where(decision.c.id == row.id).values(**values))
    return row


def _say(change: Change, rulings: Sequence[Ruling], before: Sequence[Row[Any] | None]) -> None:
    first = rulings[0]
    units = "、".join(dict.fromkeys(ruling.unit for ruling in rulings))
    change.subject = f"{units}：{first.action}，{CHOICES[first.choice]}"
    change.details = {"decisions": [_values(ruling) for ruling in rulings]}
    change.details |= {key: getattr(first, key) for key in ("reason", "evidence") if getattr(first, key)}
    if earlier := [f"{row.unit}{CHOICES[row.choice]}" for row in before if row is not None]:
        change.action = "更改决定"
        change.details["before"] = "、".join(earlier)


def _values(ruling: Ruling) -> dict[str, str]:
    return {
        "unit": ruling.unit.strip(),
        "outcome": ruling.outcome,
        "action": ruling.action,
        "choice": ruling.choice,
        "reason": ruling.reason.strip(),
        "held": ruling.held.isoformat() if ruling.held else "",
        "attended": json.dumps([name.strip() for name in ruling.attended if name.strip()], ensure_ascii=False),
        "evidence": ruling.evidence.strip(),
    }


def _same(assessment_id: int, unit: str, outcome: str) -> tuple[ColumnElement[bool], ...]:
    of_this = decision.c.assessment == assessment_id
    return of_this, decision.c.unit == unit.strip(), decision.c.outcome == outcome


def _find(connection: Connection, decision_id: int) -> Decision:
    return _decision(connection.execute(select(decision).where(decision.c.id == decision_id)).one())


def _decision(row: Row[Any]) -> Decision:
    held = date.fromisoformat(row.held) if row.held else None
    attended = tuple(json.loads(row.attended))
    told = Ruling(row.unit, row.outcome, row.action, row.choice, row.reason, held, attended, row.evidence)
    return Decision(row.id, told, row.actor, row.at, row.state)
