"""归档包: everything that a 锁定版 rests on, in one archive that needs no program to be read and can be computed again.

Original files as they were handed in, the scheme, readings, 情形, results with every step, what was decided, the log up to
the lock, and a list of all files with their SHA-256. The same 锁定版 in the same standing gives the same bytes.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from data.documents.archive_data import FOLDER, FORMAT, data_entries
from data.documents.as_json import results_json
from data.documents.facts_csv import facts_csv
from data.documents.file_names import apart
from data.documents.zipping import Entry, zipped
from data.locked import Locked
from data.log_text import csv_file, details_text, subject_text
from data.papers.words import moment, subject
from data.store import FELT, LogEntry, Settling, Store, StoreProblem, Submission
from scoring import exact

ORIGINALS, MANIFEST, ABOUT = "原始评分表", "目录.json", "说明.txt"
_EVERY = 1_000_000
_LOG = ("序号", "时间（世界时）", "操作人", "事项", "对象", "详情", "数据版本", "校验值")


@dataclass(frozen=True)
class Kept:
    """What a store keeps beside a 锁定版: uploaded files by SHA-256, and the assessment's log up to the lock, oldest first."""

    original: Callable[[str], bytes]
    log: Callable[[], tuple[LogEntry, ...]]


def kept_of(store: Store, locked: Locked) -> Kept:
    """What the store keeps beside a 锁定版 of its own. Raises StoreProblem; so does reading a file that was damaged."""
    return Kept(lambda sha256: store.original(sha256)[1], lambda: _log_of(store, locked))


def _log_of(store: Store, locked: Locked) -> tuple[LogEntry, ...]:
    """The log of the assessment up to the line that locked it, the first first."""
    record, told = locked.record, []
    for entry in reversed(store.log(record.assessment, limit=_EVERY)):
        told.append(entry)
        if entry.details.get("fingerprint") == record.hash and entry.details.get("number") == record.number:
            return tuple(told)
    raise StoreProblem(f"操作日志中没有{record.name}的锁定记录，可能被其他程序改动过，不能归档。请先核验操作日志。")


def archive(locked: Locked, kept: Kept) -> bytes:
    """The archive as a zip. Raises StoreProblem where an original is gone or damaged."""
    originals, listed = _originals(locked, kept)
    state, log = locked.state, kept.log()
    files: list[Entry] = [
        ("方案.yaml", state.scheme_text.encode()),
        ("方案（采用时原文）.yaml", state.assessment.scheme_text.encode()),
        ("考核对象名单.csv", _roster(locked)),
        ("口径和设置.json", _json(_settings(locked))),
        ("情形.csv", facts_csv(state)),
        ("情形.json", _json(_facts(locked))),
        ("结果.json", _json(results_json(state.results))),
        ("审定情况.json", _json(_standing(locked))),
        ("操作日志.csv", _log(locked, log)),
        *data_entries(locked, log),
        *originals,
    ]
    told = [{"path": path, "bytes": len(content), "sha256": sha256(content)} for path, content in files]
    manifest = _json({"format": FORMAT, "locked": _record(locked), "files": told, "originals": listed})
    return zipped([(ABOUT, _about(locked).encode()), (MANIFEST, manifest), *files], moment(locked))


def sha256(content: bytes) -> str:
    """64 hex digits."""
    return hashlib.sha256(content).hexdigest()


def _originals(locked: Locked, kept: Kept) -> tuple[list[Entry], list[dict[str, Any]]]:
    """Every uploaded file that counts, each once, and which sheets came from it."""
    by_file: dict[str, list[Submission]] = {}
    for submission in locked.state.submissions:
        by_file.setdefault(submission.file_sha256, []).append(submission)
    paths = [f"{ORIGINALS}/{name}" for name in apart(each[0].file_name for each in by_file.values())]
    files = [(path, kept.original(key)) for path, key in zip(paths, by_file, strict=True)]
    listed = [
        {"path": path, "name": each[0].file_name, "sha256": key, "sheets": [_sheet(one) for one in each]}
        for path, (key, each) in zip(paths, by_file.items(), strict=True)
    ]
    return files, listed


def _sheet(one: Submission) -> dict[str, Any]:
    return {
        "unit": one.unit, "component": one.component, "revision": one.revision, "actor": one.actor, "at": _moment(one.at)
    }  # fmt: skip


def _record(locked: Locked) -> dict[str, Any]:
    record, state = locked.record, locked.state
    return {
        "number": record.number, "code": record.code, "sha256": record.hash, "version": record.version,
        "locked_at": _moment(record.at), "locked_by": record.actor, "note": record.note, "engine": record.engine,
        "assessment": state.assessment.name, "scheme": state.scheme.id, "scheme_sha256": state.scheme.hash,
        "marking": locked.marking, "demo": locked.demo,
    }  # fmt: skip


def _roster(locked: Locked) -> bytes:
    scheme = locked.state.scheme
    rows = [
        [
            unit.name,
            group.name,
            unit.region,
            "、".join(f"{name}（{exact.plain(n)}户）" if n is not None else name for name, n in helps),
        ]
        for group in scheme.groups
        for unit in group.units
        for helps in [[(each.unit, each.households) for each in unit.helps]]
    ]
    return csv_file([[scheme.words.unit, "组别", "行政区划代码", "帮扶对象"], *rows])


def _settings(locked: Locked) -> dict[str, Any]:
    state = locked.state
    readings = [
        {"key": each.key, "name": each.name, "silent": each.silent, "in_force": state.reading(each), "text": each.text,
         "confirmed": bool(state.confirmed(each))}
        for each in state.assumptions
    ]  # fmt: skip
    kept = [
        {"key": key, "value": one.value, "actor": one.actor, "at": _moment(one.at), "paper": one.paper}
        for key, one in sorted(state.settings.items())
        if key.startswith(FELT)
    ]
    return {"readings": readings, "settings": kept}


def _facts(locked: Locked) -> list[dict[str, Any]]:
    return [
        {"unit": row.fact.unit, "fact": row.fact.fact, "value": row.fact.value, "date": row.fact.date,
         "basis": row.fact.basis, "amount": None if row.fact.amount is None else exact.plain(row.fact.amount),
         "confirmed": row.fact.confirmed, "note": row.note, "actor": row.actor, "confirmed_by": row.confirmed_by}
        for row in locked.state.facts
    ]  # fmt: skip


def _standing(locked: Locked) -> dict[str, Any]:
    standing, follow = locked.standing, locked.follow_up
    return {
        "steps": {kind: _step(step) for kind, step in sorted(standing.steps.items())},
        "objections": [
            {"unit": o.unit, "text": o.text, "raised_by": o.raised_by, "raised_on": o.raised_on.isoformat(),
             "status": o.status, "reply": o.reply, "basis": o.basis}
            for o in standing.objections
        ],
        "decisions": [
            {"unit": d.ruling.unit, "action": d.ruling.action, "choice": d.ruling.choice, "reason": d.ruling.reason}
            for d in follow.decisions
        ],
        "notice": follow.notice and {"date": follow.notice.date.isoformat(), "number": follow.notice.number},
    }  # fmt: skip


def _step(step: Settling) -> dict[str, Any]:
    return {
        "number": step.number, "day": step.day.isoformat() if step.day else None, "body": step.body, "note": step.note,
        "actor": step.actor, "at": _moment(step.at),
        "grades": {unit: {"grade": given.grade, "reason": given.reason} for unit, given in step.grades.items()},
    }  # fmt: skip


def _log(locked: Locked, log: tuple[LogEntry, ...]) -> bytes:
    scheme = locked.state.scheme
    names = {part.id: part.name for part in scheme.components} | {kind.id: kind.name for kind in scheme.facts}
    return csv_file([list(_LOG), *(_entry(entry, names) for entry in log)])


def _entry(entry: LogEntry, names: Mapping[str, str]) -> list[object]:
    told = (subject_text(entry, names), details_text(entry, names))
    return [entry.seq, _moment(entry.at), entry.actor, entry.action, *told, entry.version or "", entry.hash]


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).replace(microsecond=0).isoformat()


def _json(value: Any) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()


def _about(locked: Locked) -> str:
    marking = f"{locked.marking}\n" if locked.marking else ""
    return (
        f"{subject(locked)}归档包\n{marking}{locked.stamp}\n数据指纹（SHA-256）：{locked.record.hash}\n"
        f"计分引擎{locked.state.results.engine}版\n\n"
        f"{MANIFEST}　全部文件的大小和 SHA-256，原始评分表各是谁何时上报的\n"
        f"{ORIGINALS}/　计入结果的评分表原件，未作任何改动\n"
        "方案.yaml　计分所用的方案，含名单和已选定的口径；方案（采用时原文）.yaml 为建立年度考核时的方案\n"
        "考核对象名单.csv、情形.csv、情形.json、口径和设置.json　计分所依据的名单、情形、口径\n"
        "结果.json　各考核对象的得分、等次、位次及每一步计算和条款；数均为精确值\n"
        "审定情况.json　建议等次、审定、批复、异议及结果运用的决定\n"
        "操作日志.csv　至锁定时为止的操作日志，逐条有校验值\n"
        f"{FOLDER}/　供程序读取的同样内容：另一处的衡效可在“备份与存档”导入本包，导入时逐项核对\n\n"
        "重新计算：将本包解压后，在解压的文件夹内执行\n"
        f"python cli.py score --scheme 方案.yaml --facts 情形.csv --json {ORIGINALS}/*\n"
        "所得与 结果.json 逐字一致。\n"
    )
