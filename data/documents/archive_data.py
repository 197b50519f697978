"""The part of a 归档包 that a program reads: exact rows as JSON, from which another installation imports the assessment.

Everything in it stands in the other files, too, as people read it. Nothing here goes beyond the 锁定版: what may change
beside it, such as the pages of a 汇报, is left out.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from data.documents.zipping import Entry
from data.locked import Locked
from data.store import FELT, LogEntry
from data.store.marks_json import encode

FORMAT = 1
FOLDER = "数据"
ASSESSMENT, SHEETS, FACTS, SETTINGS, LOG, STANDING = (
    f"{FOLDER}/{name}" for name in ("考核.json", "评分表.jsonl", "情形.jsonl", "设置.jsonl", "操作日志.jsonl", "审定.json")
)


def data_entries(locked: Locked, log: Iterable[LogEntry]) -> list[Entry]:
    """The files for the program, in the order in which they are listed."""
    return [
        (ASSESSMENT, _json(_assessment(locked))),
        (SHEETS, _lines(_sheets(locked))),
        (FACTS, _lines(_facts(locked))),
        (SETTINGS, _lines(_settings(locked))),
        (LOG, _lines(_log(log))),
        (STANDING, _json(_standing(locked))),
    ]


def _assessment(locked: Locked) -> dict[str, Any]:
    own = locked.state.assessment
    units = [
        {"name": unit.name, "group": unit.group, "region": unit.region,
         "helps": [[name, None if n is None else str(n)] for name, n in unit.helps]}
        for unit in own.units
    ]  # fmt: skip
    return {
        "id": own.id, "name": own.name, "scheme_id": own.scheme_id, "scheme_hash": own.scheme_hash, "state": own.state,
        "version": own.version, "demo": own.demo, "created_at": _moment(own.created_at), "units": units,
    }  # fmt: skip


def _sheets(locked: Locked) -> list[dict[str, Any]]:
    return [
        {"id": one.id, "unit": one.unit, "component": one.component, "revision": one.revision, "file": one.file_sha256,
         "file_name": one.file_name, "marks": encode(one.sheet), "actor": one.actor, "at": _moment(one.at)}
        for one in locked.state.submissions
    ]  # fmt: skip


def _facts(locked: Locked) -> list[dict[str, Any]]:
    return [
        {"id": row.id, "unit": row.fact.unit, "fact": row.fact.fact, "value": row.fact.value, "date": row.fact.date,
         "basis": row.fact.basis, "amount": None if row.fact.amount is None else str(row.fact.amount), "note": row.note,
         "confirmed": row.fact.confirmed, "actor": row.actor, "at": _moment(row.at), "confirmed_by": row.confirmed_by,
         "confirmed_at": row.confirmed_at and _moment(row.confirmed_at)}
        for row in locked.state.facts
    ]  # fmt: skip


def _settings(locked: Locked) -> list[dict[str, Any]]:
    kept = sorted(locked.state.settings.items())
    return [
        {"key": key, "value": one.value, "actor": one.actor, "at": _moment(one.at), "paper": one.paper}
        for key, one in kept
        if key.startswith(FELT)
    ]


def _log(log: Iterable[LogEntry]) -> list[dict[str, Any]]:
    return [
        {"seq": one.seq, "at": one.at.isoformat(), "actor": one.actor, "assessment": one.assessment, "version": one.version,
         "action": one.action, "subject": one.subject, "details": one.details, "prev_hash": one.prev_hash, "hash": one.hash}
        for one in log
    ]  # fmt: skip


def _standing(locked: Locked) -> dict[str, Any]:
    follow = locked.follow_up
    notice = follow.notice
    return {
        "steps": [
            {"kind": kind, "number": one.number, "day": _day(one.day), "body": one.body, "note": one.note,
             "grades": {unit: [given.grade, given.reason] for unit, given in one.grades.items()}, "actor": one.actor,
             "at": _moment(one.at)}
            for kind, one in sorted(locked.standing.steps.items())
        ],
        "objections": [
            {"item": one.item, "revision": one.revision, "locked": one.locked, "unit": one.unit, "text": one.text,
             "raised_by": one.raised_by, "raised_on": _day(one.raised_on), "status": one.status, "reply": one.reply,
             "basis": one.basis, "actor": one.actor, "at": _moment(one.at)}
            for one in locked.standing.objections
        ],
        "decisions": [
            {"unit": one.ruling.unit, "outcome": one.ruling.outcome, "action": one.ruling.action, "choice": one.ruling.choice,
             "reason": one.ruling.reason, "held": _day(one.ruling.held), "attended": list(one.ruling.attended),
             "evidence": one.ruling.evidence, "actor": one.actor, "at": _moment(one.at)}
            for one in follow.decisions
        ],
        "notice": notice and {"date": _day(notice.date), "number": notice.number, "note": notice.note, "actor": notice.actor,
                              "at": _moment(notice.at)},
    }  # fmt: skip


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def _moment(at: datetime) -> str:
    return at.isoformat()


def _json(value: Any) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()


def _lines(rows: Iterable[dict[str, Any]]) -> bytes:
    return "".join(json.dumps(row, ensure_ascii=False, separators=(",", ":")) + "\n" for row in rows).encode()
