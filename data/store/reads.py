"""The table of every reading method of ``Store`` and the rule that it goes by, and how the store is held to it."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from functools import wraps
from typing import Any, TypeVar

from data.store.problem import NotAllowed, StoreProblem
from data.store.records import Assessment, FactRow, Loaded, LogEntry, Request, Setting, Submission
from data.store.sight import Given, Rule, Sight, anybody, known, manages, narrowed, results
from data.store.stage_records import SheetStage

T = TypeVar("T", bound=type)


def _listed(sight: Sight, _given: Given, answer: Callable[[], Any]) -> list[Assessment]:
    return [one for one in answer() if sight.knows(one.id)]


def _own_sheets(sight: Sight, key: int, found: Collection[Submission]) -> list[Submission]:
    return [one for one in found if sight.own(key, one.unit, one.component)]


def _own_facts(sight: Sight, key: int, found: Collection[FactRow]) -> list[FactRow]:
    return [one for one in found if sight.own(key, one.fact.unit, None)]


def _plain_settings(sight: Sight, _key: int, found: Mapping[str, Setting]) -> dict[str, Setting]:
    return {key: one for key, one in found.items() if sight.plain(key)}


def _own_load(sight: Sight, key: int, found: Loaded) -> Loaded:
    return replace(
        found,
        submissions=_own_sheets(sight, key, found.submissions),
        facts=_own_facts(sight, key, found.facts),
        settings=_plain_settings(sight, key, found.settings),
        blind=sight.person,
    )


def _own_words(sight: Sight, key: int, found: Mapping[int, LogEntry]) -> dict[int, LogEntry]:
    def own(told: Mapping[str, Any]) -> bool:
        return sight.own(key, str(told.get("unit", "")), str(told.get("component", "")))

    return {sheet: entry for sheet, entry in found.items() if own(entry.details)}


def _plain_history(sight: Sight, given: Given, answer: Callable[[], Any]) -> Any:
    sight.insist_known(given["assessment_id"])
    if not sight.plain(given["key"]):
        sight.insist_results(given["assessment_id"])
    return answer()


def _own_stages(sight: Sight, key: int, found: Collection[SheetStage]) -> list[SheetStage]:
    return [one for one in found if sight.own(key, one.unit, one.component)]


def _own_requests(sight: Sight, _key: int, found: Collection[Request]) -> list[Request]:
    return [one for one in found if one.account == sight.person.account]


def _file(sight: Sight, given: Given, answer: Callable[[], Any]) -> Any:
    if not sight.sees_file(given["sha256"]):
        raise StoreProblem("没有找到这份原始文件。请返回上报记录重新选择。")
    return answer()


def _log(sight: Sight, given: Given, answer: Callable[[], Any]) -> Any:
    if given.get("assessment_id") is not None:
        sight.insist_known(given["assessment_id"])
    return answer()  # which lines, the query itself asks of ``Sight.log_lines``


def _break(sight: Sight, _given: Given, answer: Callable[[], Any]) -> LogEntry | None:
    """Whether the chain holds, for everybody; what the broken line says, for 管理."""
    found: LogEntry | None = answer()
    return found if found is None or sight.person.has("manage") else replace(found, actor="", subject="", details={})


READS: dict[str, Rule] = {
    # 年度考核
    "assessments": _listed,
    "assessment": known,
    "version": known,
    "version_made": known,
    "standing_mark": known,
    "blind": known,
    "locked_sheets": known,
    "load": narrowed(_own_load),
    "kept": results,
    "load_at": results,
    "load_between": results,
    "versions": results,
    # 评分表与情形
    "submissions": narrowed(_own_sheets),
    "history": narrowed(_own_sheets),
    "last_words": narrowed(_own_words),
    "original": _file,
    "review_required": known,
    "stages": narrowed(_own_stages),
    "requests": narrowed(_own_requests),
    "facts": narrowed(_own_facts),
    # 情景, choices, draws
    "scenarios": results,
    "withdrawn_scenarios": results,
    "settings": narrowed(_plain_settings),
    "setting_history": _plain_history,
    "drawings": results,
    # 会议与结果运用
    "locked_versions": results,
    "locked_version": results,
    "objections": results,
    "objection_history": results,
    "settlings": results,
    "settling_history": results,
    "notice": results,
    "notice_history": results,
    "decisions": results,
    "decision_history": results,
    "rectifications": results,
    "rectification_history": results,
    # 操作日志
    "log": _log,
    "verify_log": _break,
    # 方案与底图: of no assessment
    "own_schemes": anybody,
    "own_scheme": anybody,
    "scheme_revisions": anybody,
    "removed_schemes": anybody,
    "template_of": anybody,
    "template_words": anybody,
    "geographies": anybody,
    "geographies_in_use": anybody,
    "geographies_version": anybody,
    "geographies_left": anybody,
    # 人员
    "people": manages,
    "people_history": manages,
    "person_of": manages,
    "sign_ins": manages,
    # 备份与核验: of everything
    "health": manages,
    "wrong_originals": manages,
    "marks_hashes": results,
    "brought_as": manages,
}

WRITES = frozenset(
    (
        "create_assessment", "correct_roster", "finalise", "remove_demo",
        "take", "withdraw", "restore", "add_fact", "confirm_fact", "withdraw_fact",
        "save_scenario", "withdraw_scenario", "set_setting", "confirm", "record_drawing", "withdraw_drawing",
        "put_notice", "withdraw_notice", "decide", "withdraw_decision",
        "add_rectifications", "edit_rectification", "report_rectification", "close_rectification",
        "send_back_rectification", "strike_rectification",
        "lock_version", "withdraw_lock", "add_objection", "answer_objection", "withdraw_objection",
        "suggest", "settle", "approve", "withdraw_settling", "record_export",
        "create_scheme", "save_scheme", "advance_scheme", "return_scheme", "remove_scheme", "restore_scheme",
        "put_geography", "withdraw_geography", "restore_geography",
        "restore_fact", "restore_scenario", "set_review_required", "hand_in", "review", "send_back",
        "ask_reopen", "ask_unlock", "grant", "refuse", "withdraw_request",
        "enrol_person", "change_person", "retire_person",
        "back_up", "bring",
    )
)  # fmt: skip
"""What changes something: ``data.store.change`` asks the role."""

HANDLING = frozenset(("open", "by", "close", "person", "sign_in", "begin_sign_in", "seen_sign_in", "end_sign_in"))
"""What neither reads nor writes anything of an office, and what signing in itself does, before anybody is somebody."""


def guarded(store: T) -> T:
    """The class with each public method held to its rule; one that is named nowhere is refused to all who signed in."""
    for name, method in inspect.getmembers(store, inspect.isfunction):
        if not name.startswith("_") and name not in WRITES | HANDLING:
            setattr(store, name, _asking(method, READS.get(name, _unnamed)))
    return store


def _unnamed(_sight: Sight, _given: Given, _answer: Callable[[], Any]) -> Any:
    raise NotAllowed("这一内容没有规定谁可以查看，未作读取。请联系管理员。")


def _asking(method: Callable[..., Any], rule: Rule) -> Callable[..., Any]:
    signature = inspect.signature(method)

    @wraps(method)
    def ask(store: Any, *args: Any, **kwargs: Any) -> Any:
        if store.person.local:
            return method(store, *args, **kwargs)
        given = signature.bind(store, *args, **kwargs).arguments
        return rule(Sight(store._database), given, lambda: method(store, *args, **kwargs))

    return ask
