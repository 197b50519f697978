"""An assessment brought in from another installation, in one change: new numbers here, names and times as they were there.

It begins here at version 1, for the lines of the log that led to it belong to another chain. They stay what they were: the
whole archive is kept as an original, and what it says of how it came to be is read from there.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, insert, select

from data.store import assessments, facts, marks_json, settings, submissions
from data.store.change import Change, changing, retried
from data.store.database import Database
from data.store.history import TAKING
from data.store.problem import StoreProblem
from data.store.records import FactRow, Loaded, Submission
from data.store.tables import assessment, decision, fact, locked, log, notice, objection, setting, settling, submission

VERB, ARCHIVE = "导入存档", "archive"
"""The verb, and the key of the setting that names the archive among the originals by its SHA-256."""
BROUGHT_BY = (*TAKING, VERB)
"""What the log calls the lines that brought sheets and keep the hash of their marks. Others only name sheets: 提交, 复核."""


@dataclass(frozen=True)
class Brought:
    """What is to be brought in, proved already. ``lock``: number, hash, engine and note of the 锁定版 that it is.

    ``beside``: table → rows (建议等次, 审定, 批复, 异议, 决定, 通报) with their actors and times, without numbers.
    """

    loaded: Loaded
    originals: Mapping[str, bytes]
    archive: tuple[str, bytes]
    lock: Mapping[str, Any]
    beside: Mapping[str, Sequence[Mapping[str, Any]]]


_BESIDE = {table.name: table for table in (settling, objection, decision, notice)}
Fingerprint = Callable[[Loaded], str]


@retried
def bring(database: Database, brought: Brought, again: Fingerprint, actor: str) -> int:
    """Bring it in, all or nothing; returns its number here. ``again`` computes the fingerprint of what was stored.

    Raises StoreProblem where this 锁定版 is here already.
    """
    own, stored = brought.loaded.assessment, {"version": 1}
    with changing(database, actor, "导入存档") as change:
        _insist_new(change.connection, brought.lock["hash"])
        values = {"scheme_id": own.scheme_id, "scheme_text": own.scheme_text, "scheme_hash": own.scheme_hash, "demo": own.demo}
        name = _name(change.connection, own.name)
        change.assessment = change.insert(assessment, **values, **stored, name=name, state=own.state)
        change.version = 1
        assessments.enrol(change, own.units)
        archive = submissions.keep(change, *brought.archive)
        _sheets(change, brought)
        numbers = [_fact(change, row) for row in brought.loaded.facts]
        _settings(change, brought.loaded)
        change.insert(setting, assessment=change.assessment, **stored, state=settings.CURRENT, key=ARCHIVE, value=archive)
        fingerprint = again(_stored(change))
        told = {key: brought.lock[key] for key in ("number", "engine", "note")}
        change.insert(locked, assessment=change.assessment, **stored, state="current", hash=fingerprint, **told)
        for table, rows in brought.beside.items():
            for row in rows:
                change.connection.execute(insert(_BESIDE[table]).values(assessment=change.assessment, **stored, state="current", **row))
        counts = f"评分表{len(brought.loaded.submissions)}份、情形{len(numbers)}条"
        change.subject = f"{name}（锁定版第{brought.lock['number']}号，校验码{brought.lock['code']}）：{counts}"
        change.details = _details(brought, numbers, archive, fingerprint)
        return change.assessment


def brought_as(connection: Connection, fingerprint: str) -> str | None:
    """What the 锁定版 with this fingerprint is called here, whether it was brought in or made here; None for a new one."""
    query = select(assessment.c.name).join(locked, locked.c.assessment == assessment.c.id)
    here = query.where(locked.c.hash == fingerprint, assessment.c.state != "removed")
    if (name := connection.execute(here).scalars().first()) is not None:
        return name
    told = connection.execute(select(log.c.assessment, log.c.details).where(log.c.action == VERB))
    numbers = [row.assessment for row in told if f'"source_fingerprint":"{fingerprint}"' in row.details]
    shown = select(assessment.c.name).where(assessment.c.id.in_(numbers), assessment.c.state != "removed")
    return connection.execute(shown).scalars().first()


def _insist_new(connection: Connection, fingerprint: str) -> None:
    if (name := brought_as(connection, fingerprint)) is not None:
        raise StoreProblem(f"这一锁定版在本系统中已有（“{name}”），没有重复导入。请在“年度考核”打开查看。")


def _name(connection: Connection, name: str) -> str:
    """Its name there, with 存档 where that is taken here: people tell assessments apart by their names."""
    taken = set(connection.execute(select(assessment.c.name).where(assessment.c.state != "removed")).scalars())
    names = (name, f"{name}（存档）", *(f"{name}（存档{number}）" for number in range(2, len(taken) + 2)))
    return next(each for each in names if each not in taken)


def _sheets(change: Change, brought: Brought) -> None:
    for each in brought.loaded.submissions:
        submissions.keep(change, each.file_name, brought.originals[each.file_sha256])
    rows = [_sheet(change, each) for each in brought.loaded.submissions]
    if rows:
        change.connection.execute(insert(submission), rows)


def _sheet(change: Change, each: Submission) -> dict[str, Any]:
    return {
        "assessment": change.assessment, "version": 1, "unit": each.unit, "component": each.component, "revision": each.revision,
        "state": submissions.TAKEN, "original": each.file_sha256, "file_name": each.file_name,
        "marks": marks_json.encode(each.sheet), "actor": each.actor, "at": each.at, "stage": "filled", "returned": "",
    }  # fmt: skip


def _fact(change: Change, row: FactRow) -> int:
    told = row.fact
    values = {
        "unit": told.unit, "fact": told.fact, "value": told.value, "date": told.date, "basis": told.basis, "note": row.note,
        "amount": None if told.amount is None else str(told.amount), "actor": row.actor, "at": row.at,
        "confirmed_by": row.confirmed_by, "confirmed_at": row.confirmed_at,
        "state": facts.CONFIRMED if told.confirmed else facts.PENDING,
    }  # fmt: skip
    made = change.connection.execute(insert(fact).values(assessment=change.assessment, version=1, **values))
    assert made.inserted_primary_key is not None
    return made.inserted_primary_key[0]


def _settings(change: Change, loaded: Loaded) -> None:
    for one in loaded.settings.values():
        rows = {settings.CURRENT: one.value} | ({settings.PAPER: one.paper} if one.paper else {})
        for state, value in rows.items():
            values = {"key": one.key, "value": value, "actor": one.actor, "at": one.at, "state": state}
            change.connection.execute(insert(setting).values(assessment=change.assessment, version=1, **values))


def _stored(change: Change) -> Loaded:
    """What the store now reads, in this very transaction."""
    assert change.assessment is not None
    connection, number = change.connection, change.assessment
    return Loaded(
        assessments.one(connection, number), submissions.current(connection, number), facts.listed(connection, number),
        settings.current(connection, number),
    )  # fmt: skip


def _details(brought: Brought, numbers: Sequence[int], archive: str, fingerprint: str) -> dict[str, Any]:
    """As the lines of each upload and each 情形 would have said it, so that a later touch of either shows."""
    own = brought.loaded.assessment
    sheets = [
        {"unit": each.unit, "component": each.component, "revision": each.revision,
         "marks": submissions.sha256_of(marks_json.encode(each.sheet))}
        for each in brought.loaded.submissions
    ]  # fmt: skip
    told = [
        {"id": number, "unit": row.fact.unit, "fact": row.fact.fact, "value": row.fact.value, "date": row.fact.date,
         "basis": row.fact.basis, "amount": None if row.fact.amount is None else str(row.fact.amount)}
        for number, row in zip(numbers, brought.loaded.facts, strict=True)
    ]  # fmt: skip
    return {
        "document": brought.archive[0], "sha256": archive, "source_fingerprint": brought.lock["hash"],
        "fingerprint": fingerprint, "number": brought.lock["number"],  # it is the line that locks it here, too
        "scheme": own.scheme_id, "scheme_hash": own.scheme_hash, "roster": assessments.roster_hash(own.units),
        "units": len(own.units), "demo": own.demo, "sheets": sheets, "facts": told,
    }  # fmt: skip
