"""A proved archive brought into a store, and what it says of how it came to be read again from the store."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC
from typing import Any

from data.archive_import import model
from data.archive_import.proving import Proved, log_of, prove
from data.archive_import.unpacking import AGAIN, Unfit, members
from data.beijing import local
from data.documents.as_json import results_json
from data.locked import fingerprint
from data.state import State, scored
from data.store import Loaded, LogEntry, Store, StoreProblem
from data.store.imports import ARCHIVE, VERB, Brought
from data.store.log import canonical


@dataclass(frozen=True)
class Imported:
    """An assessment that was brought in: its number here, and what it was there."""

    assessment: int
    proved: Proved


def told_of(proved: Proved) -> tuple[str, ...]:
    """What a proved archive is, in lines for whoever decides whether to bring it in."""
    told, loaded = proved.locked, proved.loaded
    number = told.number
    return (
        f"{told.assessment}：锁定版第{number}号，第{told.version}版，{told.locked_by}于{local(told.locked_at)}锁定。",
        f"校验码{told.code}，请与纸质件或提供单位核对。",
        f"评分表{len(loaded.submissions)}份、原始文件{len(proved.originals)}份、情形{len(loaded.facts)}条、操作日志{len(proved.log)}条，"
        "校验值全部相符；重新计算，结果逐项一致。",
    )


def import_archive(store: Store, name: str, content: bytes, actor: str) -> Imported:
    """Prove an archive and bring it in, all or nothing. Raises Unfit for the archive, StoreProblem for the store."""
    proved = prove(name, content)
    return bring(store, proved, actor)


def bring(store: Store, proved: Proved, actor: str) -> Imported:
    """Bring in what was proved; what was stored is computed once more before it is kept."""
    told = proved.locked
    note = f"由存档导入。原锁定版第{told.number}号，{told.locked_by}于{local(told.locked_at)}锁定，校验码{told.code}"
    lock = {"number": told.number, "hash": told.sha256, "engine": proved.state.results.engine, "note": note, "code": told.code}
    brought = Brought(proved.loaded, proved.originals, (proved.name, proved.content), lock, _beside(proved))
    return Imported(store.bring(brought, lambda loaded: _again(loaded, proved), actor), proved)


def _again(loaded: Loaded, proved: Proved) -> str:
    """The fingerprint here: the marks and results are those of the archive, only the numbers of the 情形 are others."""
    state = scored(loaded)
    if _results(state) != _results(proved.state):
        raise StoreProblem("导入后重新计算的结果与归档包不一致，已全部撤回，没有导入任何内容。请将本提示交管理员。")
    return fingerprint(state)


def _results(state: State) -> str:
    return json.dumps(results_json(state.results), ensure_ascii=False)


def _beside(proved: Proved) -> dict[str, list[dict[str, Any]]]:
    told, number = proved.standing, proved.locked.number
    steps = [
        {**_own(step), "locked": number, "grades": canonical({unit: list(given) for unit, given in step.grades.items()})}
        for step in told.steps
    ]
    decisions = [{**_own(one), "attended": json.dumps(one.attended, ensure_ascii=False)} for one in told.decisions]
    notices = [_own(told.notice)] if told.notice else []
    return {"settling": steps, "objection": [_own(one) for one in told.objections], "decision": decisions, "notice": notices}


def _own(one: model.Strict) -> dict[str, Any]:
    values = one.model_dump()
    return values | {"at": values["at"].astimezone(UTC)}


def brought_in(store: Store, assessment_id: int) -> LogEntry | None:
    """The log's line that brought it in: who, when, from which file; None for one made here."""
    return next(iter(store.log(assessment_id, limit=1, action=VERB)), None)


def attached_log(store: Store, assessment_id: int) -> Sequence[LogEntry]:
    """The log that came with an imported assessment, the first first, as it was there; nothing for one made here.

    Raises StoreProblem where the archive that is kept was damaged.
    """
    setting: Mapping[str, Any] = store.load(assessment_id).settings
    if ARCHIVE not in setting:
        return ()
    try:
        return log_of(members(store.original(setting[ARCHIVE].value)[1]))
    except Unfit as problem:
        raise StoreProblem(f"随存档导入的操作日志无法读取。{str(problem).removesuffix(AGAIN)}") from problem
