"""How far each 评分表 has come (填报, 提交, 复核), and what that forbids where 复核 is asked for."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import islice
from typing import Any

from sqlalchemy import Connection, Row, select, update

from data.beijing import local
from data.store import log
from data.store.change import Change
from data.store.problem import Clash, Moved, StoreProblem
from data.store.records import LogEntry
from data.store.stage_records import Back, SheetStage
from data.store.tables import assessment, setting, submission
from scoring.load import load_scheme
from scoring.scheme_text import SchemeError

FILLED, HANDED, REVIEWED = "filled", "handed", "reviewed"
REVIEW = "workflow:review"
"""Setting key: "1" where an assessment's sheets must be handed in (提交) and reviewed (复核)."""
_TAKEN = "taken"
_SHOWN = 6
_AT_ONCE = 500
"""Ids in one statement: databases bound how many values one may carry."""
_TOLD = [submission.c[name] for name in SheetStage.__dataclass_fields__ if name != "back"]
_RETURNING, _UNLOCKING = "退回评分表", "同意解锁评分表"
"""What the log calls that by which a sheet is at 填报 again with a reason."""
Key = tuple[str, str]  # unit, component


def required(connection: Connection, assessment_id: int) -> bool:
    """Whether this assessment's sheets must be handed in and reviewed."""
    same = (setting.c.assessment == assessment_id, setting.c.key == REVIEW, setting.c.state == "current")
    return connection.execute(select(setting.c.value).where(*same)).scalar() == "1"


def stages(connection: Connection, assessment_id: int) -> list[SheetStage]:
    """How far each sheet that counts has come, in the order they came in; no marks are read."""
    query = select(*_TOLD).where(submission.c.assessment == assessment_id, submission.c.state == _TAKEN)
    return told(connection, assessment_id, connection.execute(query.order_by(submission.c.id)).all())


def told(connection: Connection, assessment_id: int, rows: Sequence[Row[Any]]) -> list[SheetStage]:
    """Rows of submission as how far each has come; the log is asked only where one was sent back or unlocked."""
    backs = _backs(connection, assessment_id) if any(row.returned for row in rows) else {}
    return [staged(row, backs.get(row.id) if row.returned else None) for row in rows]


def staged(row: Row[Any], back: Back | None = None) -> SheetStage:
    """A row of submission as how far it has come."""
    return SheetStage(**{column.name: row._mapping[column.name] for column in _TOLD}, back=back)


def _backs(connection: Connection, assessment_id: int) -> dict[int, Back]:
    """Submission id → by whom the log says it was last sent back (退回) or unlocked (解锁)."""
    lines = [
        entry for verb in (_RETURNING, _UNLOCKING) for entry in log.entries(connection, assessment_id, action=verb, limit=None)
    ]
    return {sheet: _back(entry) for entry in sorted(lines, key=lambda entry: entry.seq) for sheet in _sheets_of(entry)}


def _back(entry: LogEntry) -> Back:
    return Back(entry.actor, entry.at, entry.action == _UNLOCKING, str(entry.details.get("asked_by", "")))


def _sheets_of(entry: LogEntry) -> list[int]:
    """The ids in its details; none in those of an entry that somebody spoiled."""
    found = entry.details.get("submissions", [entry.details.get("submission")])
    return [each for each in found if isinstance(each, int)] if isinstance(found, list) else []


def insist_reviewed(change: Change, assessment_id: int, components: Collection[str] | None) -> None:
    """A StoreProblem where 复核 is asked for and a sheet of these components (None: of any) has not been reviewed."""
    if not required(change.connection, assessment_id):
        return
    waiting = [
        each for each in stages(change.connection, assessment_id)
        if each.stage != REVIEWED and (components is None or each.component in components)
    ]  # fmt: skip
    if waiting:
        raise StoreProblem(f"{len(waiting)}份评分表尚未复核，暂不能定稿。请先到“催报进度”提交、复核。")


def insist_free(change: Change, ids: Sequence[int], verb: str) -> None:
    """A StoreProblem where 复核 is asked for and one of these sheets is handed in or reviewed: none may be changed."""
    assert change.assessment is not None
    if not ids or not required(change.connection, change.assessment):
        return
    held = [row for row in _rows(change.connection, ids) if row.stage != FILLED]
    if held:
        first, names = held[0], component_names(change.connection, change.assessment)
        more = f"等{len(held)}份" if len(held) > 1 else ""
        raise StoreProblem(f"{called(first, names)}{more}{_held(first, verb)}")


def _held(row: Row[Any], verb: str) -> str:
    if row.stage == REVIEWED:
        return (
            f"已由{row.reviewed_by}于{local(row.reviewed_at)}复核锁定，不能{verb}，本次操作未生效。"
            "确需改动的，请在“催报进度”写明理由申请解锁，由另一人同意后再办理。"
        )
    return (
        f"已由{row.handed_by}于{local(row.handed_at)}提交、正待复核，不能{verb}，本次操作未生效。"
        "确需改动的，请复核人先在“催报进度”退回。"
    )


def insist_seen(change: Change, file_name: str, places: Mapping[Key, tuple[int, int | None]]) -> None:
    """Moved where what counts is not what somebody saw: (unit, component) → (the revision seen, the id that counts now)."""
    now = {row.id: row for row in _rows(change.connection, [id_ for _, id_ in places.values() if id_ is not None])}
    other = [
        (key, seen, now.get(id_) if id_ is not None else None)
        for key, (seen, id_) in places.items()
        if seen != (now[id_].revision if id_ is not None else 0)
    ]
    if not other:
        return
    assert change.assessment is not None
    names = component_names(change.connection, change.assessment)
    clashes = [_clash(key, seen, row, file_name, names) for key, seen, row in other]
    told = "、".join(clash.what for clash in clashes[:_SHOWN]) + (f"等{len(clashes)}份" if clashes[_SHOWN:] else "")
    raise Moved(f"在您查看之后，{told}已被他人更新，本次上报未生效。请对照双方内容后再确认。", *clashes)


def _clash(key: Key, seen: int, row: Row[Any] | None, file_name: str, names: Mapping[str, str]) -> Clash:
    unit, component = key
    what, mine = f"{unit}的{names.get(component, component)}", f"《{file_name}》"
    if row is None:
        return Clash(what, mine, f"您所见的第{seen}次已不再计入")
    return Clash(what, mine, f"第{row.revision}次《{row.file_name}》", row.actor, row.at)


def begin_again(change: Change, submission_id: int) -> None:
    """Back to 填报: nobody has handed in or reviewed it as it stands now."""
    change.connection.execute(update(submission).where(submission.c.id == submission_id).values(**blank()))


def blank(returned: str = "") -> dict[str, Any]:
    """The columns of a sheet at 填报; ``returned`` says why it is there again."""
    nobody: dict[str, str | datetime | None] = dict.fromkeys(("handed_by", "handed_at", "reviewed_by", "reviewed_at"))
    return nobody | {"stage": FILLED, "handed_account": "", "returned": returned}


def called(row: Any, names: Mapping[str, str]) -> str:
    """A sheet's name for people: 蓬江区的交叉考核评分表（第1次）."""
    return f"{row.unit}的{names.get(row.component, row.component)}评分表（第{row.revision}次）"


def component_names(connection: Connection, assessment_id: int) -> dict[str, str]:
    """考核方式 id → its name; empty where the assessment's scheme cannot be read."""
    text = connection.execute(select(assessment.c.scheme_text).where(assessment.c.id == assessment_id)).scalar_one()
    try:
        return {part.id: part.name for part in load_scheme(text).components}
    except SchemeError:
        return {}


def _rows(connection: Connection, ids: Sequence[int]) -> Iterator[Row[Any]]:
    """The sheets of these ids, without their marks."""
    left = iter(ids)
    while some := list(islice(left, _AT_ONCE)):
        yield from connection.execute(select(*_TOLD).where(submission.c.id.in_(some)).order_by(submission.c.id))
