"""评分表 handed in: taken, replaced, withdrawn, restored. A row's state changes; its marks and its file never do."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, and_, bindparam, func, insert, select, update

from data.store import log, marks_json, sheet_stage
from data.store.assessments import insist_on_roster, insist_same_group
from data.store.change import Change, changing, retried
from data.store.database import Database
from data.store.problem import StoreProblem, required
from data.store.records import LogEntry, Submission
from data.store.restoring import insist_in_time
from data.store.retaken import changed
from data.store.tables import original, submission
from scoring.marks import Sheet

TAKEN, REPLACED, WITHDRAWN = "taken", "replaced", "withdrawn"
Key = tuple[str, str]  # unit, component
_FEW = 200


def current(connection: Connection, assessment_id: int) -> list[Submission]:
    """The one that counts for each (unit, component), in the order they came in."""
    query = select(submission).where(submission.c.assessment == assessment_id, submission.c.state == TAKEN)
    return [_submission(row) for row in connection.execute(query.order_by(submission.c.id))]


def history(
    connection: Connection, assessment_id: int, unit: str | None = None, component: str | None = None
) -> list[Submission]:
    """Every revision there ever was, newest first, of all or of one unit and component."""
    query = select(submission).where(submission.c.assessment == assessment_id)
    if unit is not None:
        query = query.where(submission.c.unit == unit)
    if component is not None:
        query = query.where(submission.c.component == component)
    rows = connection.execute(query.order_by(submission.c.id.desc())).all()
    left = log.version_times(connection, assessment_id, [row.version for row in rows if row.state != TAKEN])
    return [_submission(row, None if row.state == TAKEN else left.get(row.version)) for row in rows]


def last_words(connection: Connection, assessment_id: int) -> dict[int, LogEntry]:
    """Submission id → the log's entry, with who, when and why, that last withdrew or restored it."""
    told = [
        each for verb in ("撤回", "恢复") for each in log.entries(connection, assessment_id, action=verb, limit=None)
    ]
    told = [each for each in told if "submission" in each.details]  # an entry that somebody spoiled names none
    return {each.details["submission"]: each for each in sorted(told, key=lambda each: each.seq)}


def original_of(connection: Connection, sha256: str) -> tuple[str, bytes]:
    """The name and the bytes of an uploaded file, proved against its SHA-256."""
    query = select(original.c.name, original.c.content).where(original.c.sha256 == sha256)
    row = connection.execute(query).one_or_none()
    if row is None:
        raise StoreProblem("没有找到这份原始文件。请返回上报记录重新选择。")
    if hashlib.sha256(row.content).hexdigest() != sha256:
        raise StoreProblem(f"原始文件《{row.name}》与上报时的校验值不一致，可能已损坏或被改动。请用备份恢复。")
    return row.name, row.content


def wrong_originals(connection: Connection) -> tuple[int, list[str]]:
    """How many uploaded files there are, and the names of those whose bytes are not those of their SHA-256, one read at a time."""
    keys = connection.execute(select(original.c.sha256, original.c.name)).all()
    content = select(original.c.content).where(original.c.sha256 == bindparam("key"))
    found = ((key, name, connection.execute(content, {"key": key}).scalar()) for key, name in keys)
    return len(keys), [name for key, name, body in found if hashlib.sha256(body or b"").hexdigest() != key]


def marks_hashes(connection: Connection, assessment_id: int) -> dict[tuple[str, str, int], tuple[str, str]]:
    """(unit, component, revision) → SHA-256 of the marks as stored, and the file's name."""
    columns = (submission.c.unit, submission.c.component, submission.c.revision, submission.c.marks, submission.c.file_name)
    query = select(*columns).where(submission.c.assessment == assessment_id)
    return {(unit, part, n): (sha256_of(marks), name) for unit, part, n, marks, name in connection.execute(query)}


def sha256_of(text: str) -> str:
    """64 hex digits, of marks as they are stored."""
    return hashlib.sha256(text.encode()).hexdigest()


@retried
def take(
    database: Database,
    assessment_id: int,
    file_name: str,
    content: bytes,
    sheets: Sequence[Sheet],
    actor: str,
    expected_version: int | None = None,
    seen: Mapping[Key, int] | None = None,
) -> list[Submission]:
    """Take one file's sheets, all or none: each is the next revision of its (unit, component), and now the one counted.

    A sheet that says the same as the one that counts is left as it is, with its file, its revision and its stage: of a
    workbook of seven with one mark corrected, one is replaced. Where all say the same (a double click, a file sent again
    for want of an answer, also at an older ``expected_version``) nothing happened, so nothing is logged. Either way the
    answer is what now counts for each sheet, in the file's order.

    ``seen``: (unit, component) → the revision that counted when somebody looked, 0 or nothing for none; of other sheets
    others may meanwhile have changed what they like. Raises StoreProblem for an unknown unit, the same (unit, component)
    twice, no sheet at all or one in place of a sheet that is handed in or reviewed where 复核 is asked for, and Moved where
    another revision than the one ``seen`` counts or somebody changed the assessment since ``expected_version``.
    """
    name = required(file_name, "文件名")
    _insist_once(sheets)
    texts = [marks_json.encode(sheet) for sheet in sheets]  # before anybody has to wait for this change
    with changing(database, actor, "上报") as change:
        change.beside(assessment_id)
        change.touches(*map(_key, sheets))
        insist_on_roster(change.connection, assessment_id, (sheet.unit for sheet in sheets))
        before, last = _standing(change.connection, assessment_id, {sheet.unit for sheet in sheets})
        fresh = changed(change.connection, before, sheets)
        brought = set(map(_key, fresh))
        kept = _by_id(change.connection, [before[key] for key in map(_key, sheets) if key not in brought])
        if not fresh:
            change.nothing()
            return _in_order(kept, sheets)
        change.of(assessment_id, expected_version)
        sha256 = keep(change, name, content)
        replaced = {key: before[key] for key in map(_key, fresh) if key in before}
        if seen is not None:
            sheet_stage.insist_seen(change, name, {key: (seen.get(key, 0), replaced.get(key)) for key in map(_key, fresh)})
        sheet_stage.insist_free(change, list(replaced.values()), "替换")
        _set_state(change, list(replaced.values()), REPLACED)
        told = {_key(sheet): text for sheet, text in zip(sheets, texts, strict=True)}
        rows = [_values(change, sheet, told[_key(sheet)], last[_key(sheet)] + 1, sha256, name) for sheet in fresh]
        change.connection.execute(insert(submission), rows)
        _say_taken(change, rows, replaced, len(kept))
        return _in_order([*kept, *_made_by(change)], sheets)


@retried
def withdraw(database: Database, submission_id: int, actor: str, reason: str) -> Submission:
    """Take a counting sheet out of the count; it stays in the history. The reason goes into the log."""
    why = required(reason, "撤回理由")
    with changing(database, actor, "撤回") as change:
        row = find(change.connection, submission_id)
        change.upon_own(row.assessment, (row.unit, row.component))
        if row.state != TAKEN:
            raise StoreProblem("这份评分表已不是现用的一份，无须撤回。请刷新后查看最新情况。")
        change.of(row.assessment)
        sheet_stage.insist_free(change, [row.id], "撤回")
        _set_state(change, [row.id], WITHDRAWN)
        change.subject, change.details = titled(row), named(row) | {"reason": why}
        return _submission(find(change.connection, submission_id))


@retried
def restore(database: Database, submission_id: int, actor: str, reason: str) -> Submission:
    """Let an earlier sheet count again. One that counts now is replaced by it, and the log says so.

    Raises StoreProblem where the roster was corrected meanwhile and its unit is gone or in another group: what was
    marked by the rules of one group cannot be scored by those of another; 30 days after it ceased to count; and over one
    that is handed in or reviewed. It begins again at 填报.
    """
    why = required(reason, "恢复理由")
    with changing(database, actor, "恢复") as change:
        row = find(change.connection, submission_id)
        change.upon_own(row.assessment, (row.unit, row.component))
        if row.state == TAKEN:
            raise StoreProblem("这份评分表就是现用的一份，无须恢复。请刷新后查看最新情况。")
        change.of(row.assessment)
        insist_same_group(change, row.unit, row.at, what="这份评分表", done="上报", again="填报、上报")
        insist_in_time(change, log.made_at(change.connection, row.assessment, row.version), titled(row))
        other = _current_of(change.connection, row)
        if other is not None:
            sheet_stage.insist_free(change, [other.id], "取代")
            _set_state(change, [other.id], REPLACED)
        _set_state(change, [row.id], TAKEN)
        sheet_stage.begin_again(change, row.id)
        _say_restored(change, row, other, why)
        return _submission(find(change.connection, submission_id))


def _insist_once(sheets: Sequence[Sheet]) -> None:
    if not sheets:
        raise StoreProblem("文件中没有可上报的评分表。请核对文件内容后重新选择。")
    for sheet in sheets:
        required(sheet.unit, "考核对象名称")
        required(sheet.component, "考核方式")
    twice = [unit for (unit, _), count in Counter(map(_key, sheets)).items() if count > 1]
    if twice:
        named = "、".join(f"“{unit}”" for unit in dict.fromkeys(twice))
        raise StoreProblem(f"同一文件中{named}的同一种考核方式出现了不止一份评分表，未作任何保存。请只保留正确的一份。")


def keep(change: Change, name: str, content: bytes) -> str:
    """Keep the file's bytes, once for each content; returns the SHA-256."""
    sha256 = hashlib.sha256(content).hexdigest()
    known = change.connection.execute(select(original.c.sha256).where(original.c.sha256 == sha256)).first()
    if not known:
        change.insert(original, sha256=sha256, name=name, size=len(content), content=content)
    return sha256


def _standing(connection: Connection, assessment_id: int, units: set[str]) -> tuple[dict[Key, int], Counter[Key]]:
    """What counts now of these units (key → id) and the last revision of every key (0 where there is none)."""
    of_this = submission.c.assessment == assessment_id
    if len(units) <= _FEW:  # else all are looked at: a question takes only so many names
        of_this = and_(of_this, submission.c.unit.in_(units))
    key = (submission.c.unit, submission.c.component)
    counting = connection.execute(select(*key, submission.c.id).where(of_this, submission.c.state == TAKEN))
    last = connection.execute(select(*key, func.max(submission.c.revision)).where(of_this).group_by(*key))
    return {(unit, part): id_ for unit, part, id_ in counting}, Counter({(unit, part): n for unit, part, n in last})


def _values(change: Change, sheet: Sheet, marks: str, revision: int, sha256: str, file_name: str) -> dict[str, Any]:
    return {
        "assessment": change.assessment,
        "version": change.version,
        "unit": sheet.unit,
        "component": sheet.component,
        "revision": revision,
        "state": TAKEN,
        "original": sha256,
        "file_name": file_name,
        "marks": marks,
        "actor": change.actor,
        "account": change.person.account,
        "at": change.at,
    }


def _set_state(change: Change, ids: Sequence[int], state: str) -> None:
    if ids:
        statement = update(submission).where(submission.c.id == bindparam("row"))
        values = [{"row": id_, "state": state, "version": change.version} for id_ in ids]
        change.connection.execute(statement, values)


def _made_by(change: Change) -> list[Submission]:
    of_this = (submission.c.assessment == change.assessment, submission.c.version == change.version)
    made = (*of_this, submission.c.state == TAKEN)
    return [
        _submission(row) for row in change.connection.execute(select(submission).where(*made).order_by(submission.c.id))
    ]


def _by_id(connection: Connection, ids: Sequence[int]) -> list[Submission]:
    parts = (ids[at : at + 500] for at in range(0, len(ids), 500))
    return [_submission(row) for part in parts
            for row in connection.execute(select(submission).where(submission.c.id.in_(part)))]  # fmt: skip


def _in_order(found: Sequence[Submission], sheets: Sequence[Sheet]) -> list[Submission]:
    by_key = {(one.unit, one.component): one for one in found}
    return [by_key[_key(sheet)] for sheet in sheets]


def _say_taken(change: Change, rows: Sequence[dict[str, Any]], replaced: dict[Key, int], kept: int) -> None:
    change.action = "替换" if replaced else "上报"
    first = rows[0]
    named = (
        f"{first['unit']}第{first['revision']}次"
        if len(rows) == 1
        else f"{len({row['unit'] for row in rows})}个考核对象"
    )
    change.subject = f"{named}，{len(rows)}份评分表（《{first['file_name']}》）"
    change.details = {
        "file": first["file_name"],
        "sha256": first["original"],
        "sheets": [
            {name: row[name] for name in ("unit", "component", "revision")} | {"marks": sha256_of(row["marks"])} for row in rows
        ],  # so that a later touch of the marks shows, as that of a file does
        "replaced": sorted(replaced.values()),
    }
    change.details |= {"unchanged": kept} if kept else {}


def _say_restored(change: Change, row: Row[Any], other: Row[Any] | None, reason: str) -> None:
    change.subject, change.details = titled(row), named(row) | {"reason": reason}
    if other is not None:
        change.subject += f"，取代现用的第{other.revision}次"
        change.details["replaced"] = [other.id]


def titled(row: Row[Any]) -> str:
    return f"{row.unit}第{row.revision}次评分表（《{row.file_name}》）"


def named(row: Row[Any]) -> dict[str, Any]:
    return {"submission": row.id, "unit": row.unit, "component": row.component, "revision": row.revision}


def find(connection: Connection, submission_id: int) -> Row[Any]:
    row = connection.execute(select(submission).where(submission.c.id == submission_id)).one_or_none()
    if row is None:
        raise StoreProblem("没有找到这份评分表。请返回上报记录重新选择。")
    return row


def _current_of(connection: Connection, row: Row[Any]) -> Row[Any] | None:
    same = (submission.c.assessment == row.assessment, submission.c.unit == row.unit)
    counts = (submission.c.component == row.component, submission.c.state == TAKEN)
    return connection.execute(select(submission).where(*same, *counts)).one_or_none()


def _key(sheet: Sheet) -> Key:
    return sheet.unit, sheet.component


def _submission(row: Row[Any], gone: datetime | None = None) -> Submission:
    return Submission(
        id=row.id,
        assessment=row.assessment,
        unit=row.unit,
        component=row.component,
        revision=row.revision,
        state=row.state,
        file_sha256=row.original,
        file_name=row.file_name,
        sheet=marks_json.decode(row.unit, row.component, row.marks),
        actor=row.actor,
        at=row.at,
        stage=row.stage,
        handed_by=row.handed_by,
        handed_at=row.handed_at,
        reviewed_by=row.reviewed_by,
        reviewed_at=row.reviewed_at,
        returned=row.returned,
        gone=gone,
    )
