"""Choices made for an assessment, such as a confirmed 口径. A new value never overwrites an earlier one.

Only what changes results or what viewers see of them raises the assessment's version; the log has every choice.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, Select, and_, func, select, update

from data.store.change import Change, changing, insist_allowed, retried
from data.store.database import Database
from data.store.problem import Clash, Moved, StoreProblem, required
from data.store.records import Setting
from data.store.tables import setting

READING, TARGET, SHOWN = "assumption:", "target:", "towns_shown:"
"""Beginnings of keys: the confirmed reading of an assumption; the figure filled in for a target that the document leaves
open; whether a group's results show on the city's map ("1")."""
_SCORED = (READING, TARGET)
FELT = (READING, TARGET, SHOWN)
"""Keys that begin so raise the assessment's version; all others are choices beside it, such as the pages of a 汇报."""

WORKFLOW = "workflow:"
VERBS = {READING: "确认口径", TARGET: "填报目标数值", SHOWN: "公开镇级成绩"}
"""Beginning of a key → the verb whose roles may set it."""

CURRENT, REPLACED = "current", "replaced"
PAPER = "paper"
"""State of a row that keeps the paper (文号) on which the value set in the same moment rests."""
_paper = setting.alias()


def _chosen() -> Select[Any]:
    """Key, value, actor, moment and paper of every value ever set."""
    same = and_(
        _paper.c.assessment == setting.c.assessment, _paper.c.key == setting.c.key,
        _paper.c.at == setting.c.at, _paper.c.state == PAPER,
    )  # fmt: skip
    shown = (setting.c.key, setting.c.value, setting.c.actor, setting.c.at, func.coalesce(_paper.c.value, ""))
    return select(*shown).select_from(setting.outerjoin(_paper, same)).where(setting.c.state != PAPER)


def current(connection: Connection, assessment_id: int) -> dict[str, Setting]:
    """The value that holds now for each key ever set."""
    query = _chosen().where(setting.c.assessment == assessment_id, setting.c.state == CURRENT)
    return {row.key: Setting(*row) for row in connection.execute(query.order_by(setting.c.key))}


def earlier(connection: Connection, assessment_id: int, key: str) -> list[Setting]:
    """Every value a key has had, newest first."""
    query = _chosen().where(setting.c.assessment == assessment_id, setting.c.key == key)
    return [Setting(*row) for row in connection.execute(query.order_by(setting.c.id.desc()))]


def every(connection: Connection, assessment_id: int) -> dict[str, list[Setting]]:
    """Every value that every key has had, newest first."""
    query = _chosen().where(setting.c.assessment == assessment_id)
    found: dict[str, list[Setting]] = {}
    for row in connection.execute(query.order_by(setting.c.id.desc())):
        found.setdefault(row.key, []).append(Setting(*row))
    return found


@retried
def put(
    database: Database,
    assessment_id: int,
    values: Mapping[str, str],
    actor: str,
    action: str = "确认口径",
    subject: str = "",
    paper: str = "",
    seen: Mapping[str, str | None] | None = None,
) -> dict[str, Setting]:
    """Set keys, all or none: one log line for what one meeting confirms. ``paper`` is the 文号 it rests on.

    ``action`` and ``subject`` are what the log says; without a subject it names the keys and the values. ``seen``: key →
    the value that somebody saw, None for none; Moved, with both values, where another holds now than either.
    """
    named = {required(key, "设置项"): value for key, value in values.items()}
    if not named:
        raise StoreProblem("没有选择任何一项，未作任何保存。请至少选择一项后重试。")
    if any(key.startswith(WORKFLOW) for key in named):
        raise StoreProblem("评分表复核要求须在“年度考核”单独办理，未作保存。")  # it looks at the sheets first
    with changing(database, actor, action) as change:
        version = _raised(change, assessment_id, tuple(named))
        _insist_verbs(change, assessment_id, tuple(named))
        if seen is not None:
            _insist_seen(change, named, seen)
        told = [write(change, version, key, value, paper.strip()) for key, value in named.items()]
        change.subject = subject or "、".join(f"{key}：{value}" for key, value in named.items())
        change.details = told[0] if len(told) == 1 else {"settings": told}
        change.details |= {"basis": paper.strip()} if paper.strip() else {}
        return {key: Setting(key, value, change.actor, change.at, paper.strip()) for key, value in named.items()}


def _insist_verbs(change: Change, assessment_id: int, keys: tuple[str, ...]) -> None:
    """Whatever the change is called, a choice needs the role of its own kind: nobody opens 镇级成绩 under another name."""
    for beginning, verb in VERBS.items():
        if any(key.startswith(beginning) for key in keys):
            insist_allowed(change.person, verb, assessment_id)
    if not all(key.startswith(tuple(VERBS)) for key in keys):  # what is chosen beside the results
        insist_allowed(change.person, "选定汇报页", assessment_id)


def _raised(change: Change, assessment_id: int, keys: tuple[str, ...]) -> int:
    """The version at which the rows are written: a new one where results change, or what viewers see of them."""
    if not any(key.startswith(FELT) for key in keys):
        return change.beside(assessment_id)
    return change.of(assessment_id, settled=not any(key.startswith(_SCORED) for key in keys))


def _insist_seen(change: Change, wanted: Mapping[str, str], seen: Mapping[str, str | None]) -> None:
    assert change.assessment is not None
    held = current(change.connection, change.assessment)
    now = {key: held.get(key) for key in wanted if key in seen}
    clashes = [
        Clash(key, wanted[key], one.value if one else "", one.actor if one else "", one.at if one else None)
        for key, one in now.items()
        if (one.value if one else None) not in (seen[key], wanted[key])
    ]
    if clashes:
        raise Moved(f"在您查看之后，已有{len(clashes)}项被他人改定，本次操作未生效。请对照双方的取值后再决定。", *clashes)


def write(change: Change, version: int, key: str, value: str, paper: str = "") -> dict[str, Any]:
    """Put one value in place of the one before, within a change; returns what the log tells of it."""
    same = (setting.c.assessment == change.assessment, setting.c.key == key, setting.c.state == CURRENT)
    before = change.connection.execute(select(setting.c.value).where(*same)).scalar()
    change.connection.execute(update(setting).where(*same).values(state=REPLACED, version=version))
    rows = {CURRENT: value} | ({PAPER: paper} if paper else {})
    for state, text in rows.items():
        change.insert(setting, assessment=change.assessment, version=version, state=state, key=key, value=text)
    return {"key": key, "value": value, "before": before}
