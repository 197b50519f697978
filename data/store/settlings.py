"""From 测算等次 to 建议等次, 审定 and 批复, each a step taken on one 锁定版. None touches a result; the log has each."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, select, update

from data.store import locks
from data.store.change import FINAL, Change, changing, retried
from data.store.database import Database
from data.store.log import canonical
from data.store.meeting_records import SETTLINGS, Given, LockedVersion, Seen, Settling, SettlingKind
from data.store.problem import Moved, StoreProblem, required
from data.store.tables import assessment, notice, objection, settling

CURRENT, REPLACED, WITHDRAWN = "current", "replaced", "withdrawn"
_AFTER: dict[SettlingKind, SettlingKind | None] = {"suggested": "settled", "settled": "approved", "approved": None}
"""The step that rests on each: while it stands, what it rests on is neither changed nor taken back."""


def current(connection: Connection, assessment_id: int) -> dict[SettlingKind, Settling]:
    """The steps that hold now."""
    query = select(settling).where(settling.c.assessment == assessment_id, settling.c.state == CURRENT)
    return {row.kind: _settling(row) for row in connection.execute(query)}


def history(connection: Connection, assessment_id: int) -> list[Settling]:
    """Every step ever recorded, newest first."""
    query = select(settling).where(settling.c.assessment == assessment_id).order_by(settling.c.id.desc())
    return [_settling(row) for row in connection.execute(query)]


@retried
def suggest(
    database: Database, assessment_id: int, locked: int, grades: Mapping[str, Given], note: str, actor: str,
    seen: Seen | None = None,
) -> Settling:  # fmt: skip
    """Record the 建议等次 of a 锁定版, or correct them; refused once 审定. Moved where other steps stand than were ``seen``."""
    with changing(database, actor, "登记建议等次") as change:
        _insist_seen(change, assessment_id, seen)
        return _put(change, assessment_id, "suggested", locked, grades=grades, note=note)


@retried
def settle(
    database: Database, assessment_id: int, locked: int, number: str, day: date, body: str,
    grades: Mapping[str, Given], note: str, actor: str, seen: Seen | None = None,
) -> Settling:  # fmt: skip
    """Record 审定 of a 锁定版. ``number`` and ``body`` may not be empty.

    Raises StoreProblem while the assessment is a draft, where it has moved on since it was locked, and while an 异议 waits;
    Moved where other steps stand than were ``seen``.
    """
    paper, who = required(number, "审定文号（会议编号）"), required(body, "审定的会议或机关")
    with changing(database, actor, "登记审定") as change:
        _insist_seen(change, assessment_id, seen)
        lock = _insist_on_lock(change, assessment_id, locked)
        _insist_final(change, assessment_id, lock)
        query = select(objection.c.item).where(
            objection.c.assessment == assessment_id, objection.c.state == CURRENT, objection.c.status == "open"
        )
        if waiting := [str(row.item) for row in change.connection.execute(query.order_by(objection.c.item))]:
            raise StoreProblem(f"异议第{'、'.join(waiting)}号尚未办理，不能审定。请先办理异议。")
        return _put(change, assessment_id, "settled", locked, grades=grades, note=note, number=paper, day=day, body=who)


@retried
def approve(
    database: Database, assessment_id: int, number: str, day: date, body: str, note: str, actor: str,
    seen: Seen | None = None,
) -> Settling:  # fmt: skip
    """Record 批复 of what was settled. Raises StoreProblem before 审定, and for a day before it; Moved as ``settle``."""
    paper, who = required(number, "批复文号"), required(body, "批复机关")
    with changing(database, actor, "登记批复") as change:
        _insist_seen(change, assessment_id, seen)
        change.beside(assessment_id)
        settled = current(change.connection, assessment_id).get("settled")
        if settled is None:
            raise StoreProblem("尚未审定，不能登记批复。请先登记审定。")
        if settled.day and day < settled.day:
            raise StoreProblem(f"批复日期{day.isoformat()}早于审定日期{settled.day.isoformat()}。请核对后重填。")
        return _put(change, assessment_id, "approved", settled.locked, note=note, number=paper, day=day, body=who)


@retried
def withdraw(
    database: Database, assessment_id: int, kind: SettlingKind, actor: str, reason: str, seen: Seen | None = None
) -> None:
    """Take back a step; what rests on it must be taken back before. It stays on record with the reason in the log."""
    why = required(reason, "撤销理由")
    with changing(database, actor, f"撤销{SETTLINGS[kind]}") as change:
        _insist_seen(change, assessment_id, seen)
        if kind == "approved":
            _insist_unannounced(change, assessment_id)
        held = current(change.connection, assessment_id)
        _insist_free(held, kind, "撤销")
        if kind not in held:
            raise StoreProblem(f"还没有登记{SETTLINGS[kind]}，无须撤销。请刷新后查看最新情况。")
        _set_aside(change, held[kind], WITHDRAWN)
        change.subject = _subject(held[kind].locked, held[kind].number)
        change.details = {"reason": why}


def _put(
    change: Change, assessment_id: int, kind: SettlingKind, locked: int, *, grades: Mapping[str, Given] | None = None,
    note: str = "", number: str = "", day: date | None = None, body: str = "",
) -> Settling:  # fmt: skip
    version = change.beside(assessment_id)
    locks.one(change.connection, assessment_id, locked)
    held = current(change.connection, assessment_id)
    _insist_free(held, kind, "更改")
    if kind in held:
        _set_aside(change, held[kind], REPLACED)
        change.action = change.action.replace("登记", "更正")
    given = {unit: [one.grade, one.reason.strip()] for unit, one in (grades or {}).items()}
    told = {"number": number, "day": day.isoformat() if day else "", "body": body, "note": note.strip()}
    values: dict[str, Any] = {"assessment": assessment_id, "version": version, "kind": kind, "locked": locked}
    made = change.insert(settling, **values, **told, grades=canonical(given), state=CURRENT)
    change.subject = _subject(locked, number)
    change.details = {"locked": locked, "grades": given, "remark": told["note"]} | {
        key: told[key] for key in ("number", "day", "body") if told[key]
    }
    return _settling(change.connection.execute(select(settling).where(settling.c.id == made)).one())


def _subject(locked: int, number: str) -> str:
    return f"锁定版第{locked}号" + (f"（{number}）" if number else "")


def _insist_seen(change: Change, assessment_id: int, seen: Seen | None) -> None:
    """Nobody took, changed or took back a step since the form was opened; without ``seen`` nothing is asked."""
    change.beside(assessment_id)
    if seen is None:
        return
    held = {kind: step.id for kind, step in current(change.connection, assessment_id).items()}
    if moved := [word for kind, word in SETTLINGS.items() if held.get(kind) != seen.get(kind)]:
        raise Moved(f"在您查看之后，他人已登记、更正或撤销{'、'.join(moved)}，本次操作未生效。请按最新情况重新办理。")


def _insist_unannounced(change: Change, assessment_id: int) -> None:
    query = select(notice.c.number).where(notice.c.assessment == assessment_id, notice.c.state == CURRENT)
    if (number := change.connection.execute(query).scalar()) is not None:
        raise StoreProblem(f"已登记通报（{number}），不能撤销批复。请先在“结果运用”写明理由撤销通报。")


def _insist_free(held: Mapping[SettlingKind, Settling], kind: SettlingKind, what: str) -> None:
    after = _AFTER[kind]
    if after is not None and after in held:
        later = SETTLINGS[after]
        raise StoreProblem(f"已登记{later}，不能{what}{SETTLINGS[kind]}。请先写明理由撤销{later}。")


def _insist_on_lock(change: Change, assessment_id: int, locked: int) -> LockedVersion:
    change.beside(assessment_id)
    return locks.one(change.connection, assessment_id, locked)


def _insist_final(change: Change, assessment_id: int, lock: LockedVersion) -> None:
    query = select(assessment.c.state, assessment.c.version).where(assessment.c.id == assessment_id)
    row = change.connection.execute(query).one()
    if row.state != FINAL:
        raise StoreProblem("本年度考核尚未定稿，不能审定。请先在“年度考核”办结各项并定稿，再锁定、审定。")
    if row.version != lock.version:
        raise StoreProblem(
            f"{lock.name}锁定的是第{lock.version}版，现为第{row.version}版，不能按旧版审定。请重新锁定后审定新的锁定版。"
        )


def _set_aside(change: Change, held: Settling, state: str) -> None:
    values = {"state": state, "version": change.version}
    change.connection.execute(update(settling).where(settling.c.id == held.id).values(**values))


def _settling(row: Row[Any]) -> Settling:
    grades = {unit: Given(*given) for unit, given in json.loads(row.grades).items()}
    day = date.fromisoformat(row.day) if row.day else None
    return Settling(
        row.id, row.kind, row.locked, row.number, day, row.body, grades, row.note, row.actor, row.at, row.state
    )
