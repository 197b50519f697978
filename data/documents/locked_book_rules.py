"""The sheets 等次限制 and 缺项 of a 锁定版's workbook: what limits, lifts or adds, on which evidence, and what is missing."""

from __future__ import annotations

from collections.abc import Iterator

from openpyxl.worksheet.worksheet import Worksheet

from data.documents.locked_book_frame import group_cells, group_columns, plain_table
from data.locked import Locked
from data.papers.words import day_text, possible_told
from data.reminders import is_past, task_of
from data.store import FactRow
from scoring import exact
from scoring.explain import fact_name
from scoring.marks import Fact
from scoring.results import AppliedFloor, AppliedLimit, UnitResult
from scoring.sentences import limit_reason, pending_text
from scoring.waits import waits

LIMITS, MISSING = "等次限制", "缺项"
NO_LIMITS, NOTHING_MISSING = "没有触发等次限制、保底、加分、扣分的情形，也没有待核对的情形。", "没有缺项。"
_LIMIT_COLUMNS = {"类型": 11.0, "规定": 42.0, "条款": 14.0, "限定等次或分值": 15.0, "情形": 26.0, "依据文号": 20.0, "日期": 12.0,
                  "登记与核对": 18.0, "对本次结果": 26.0}  # fmt: skip
_MISSING_COLUMNS = {"缺项": 18.0, "说明": 50.0, "截止日期": 16.0, "是否逾期": 18.0, "可能结果": 56.0}


def limits_table(sheet: Worksheet, locked: Locked) -> int:
    """Write 等次限制. Returns the row of the heads."""
    columns = group_columns(locked) | {locked.state.scheme.words.unit: 14.0} | _LIMIT_COLUMNS
    rows = [
        [*group_cells(locked, result), result.unit, *told]
        for result in locked.state.results.units
        for told in _applied(locked, result)
    ]
    notes = [] if rows else [NO_LIMITS]
    return plain_table(
        sheet, locked, "等次限制、保底、加扣分及待核对情形", columns, rows, notes, ("限定等次或分值", "日期")
    )


def _applied(locked: Locked, result: UnitResult) -> Iterator[list[object]]:
    """Limits and floors, then what adds and takes off, then the facts that wait for their second person."""
    scheme = locked.state.scheme
    for limit in result.limits:
        kind, bound = "一票否决" if limit.best == scheme.grades[-1] else "等次限制", f"最高“{limit.best}”"
        yield [kind, limit.text, limit.cite, bound, *_ground(locked, result, limit), _limited(result, limit)]
    for floor in result.floors:
        bound = f"不低于“{floor.worst}”"
        yield ["保底", floor.text, floor.cite, bound, *_ground(locked, result, floor), _lifted(result, floor)]
    for bonus in result.bonuses:
        points = f"加{exact.shown(bonus.points)}分"
        yield ["加分", bonus.text, bonus.cite, points, bonus.told, "", "", "", "计入综合得分"]
    for each in result.deductions:
        points = f"扣{exact.shown(each.points)}分"
        effect = "计入综合得分" + (f"；应扣{exact.shown(each.asked)}分，扣完为止" if each.spent else "")
        yield ["扣分", each.text, each.cite, points, each.told, "", "", "", effect]
    for fact in result.facts:
        if not fact.confirmed:
            kind_of = scheme.fact(fact.fact)
            effect = pending_text(result) if result.to_check else "核对后不影响结果"
            rule = kind_of.text or kind_of.name
            yield ["待核对情形", rule, kind_of.basis, "核对后生效", *_registered(locked, fact), effect]


def _limited(result: UnitResult, limit: AppliedLimit) -> str:
    if result.grade is None:
        return "供评议时把握" if result.score is not None else "暂缺，得分形成后适用"
    if not limit.binds:
        return "未影响等次"
    if limit.best != result.grade:
        return f"另有更严的限制，等次为“{result.grade}”"
    return f"按分数为“{result.score_grade}”，限为“{result.grade}”" if result.score_grade else f"等次为“{result.grade}”"


def _lifted(result: UnitResult, floor: AppliedFloor) -> str:
    if floor.declined:
        return "经认定不采用"
    if not floor.confirmed:
        return "原则上适用，待认定"
    return f"按分数为“{result.score_grade}”，保底为“{floor.worst}”" if floor.binds else "未影响等次"


def _ground(locked: Locked, result: UnitResult, rule: AppliedLimit | AppliedFloor) -> list[object]:
    """What a limit or floor rests on: the fact that was registered, else how it was found."""
    if rule.fact is not None:
        return _registered(locked, rule.fact)
    return [limit_reason(locked.state.scheme, result, rule).removeprefix("因"), "", "", ""]


def _registered(locked: Locked, fact: Fact) -> list[object]:
    """A fact's words, its paper, its day, and who registered and who checked it."""
    row = next((row for row in locked.state.facts if row.fact == fact), None)
    return [fact_name(locked.state.scheme, fact), fact.basis, fact.date, _checked(row)]


def _checked(row: FactRow | None) -> str:
    if row is None:
        return ""
    return f"{row.actor}登记，" + (f"{row.confirmed_by}核对" if row.confirmed_by else "待第二人核对")


def missing_table(sheet: Worksheet, locked: Locked) -> int:
    """Write 缺项. Returns the row of the heads."""
    columns = group_columns(locked) | {locked.state.scheme.words.unit: 16.0} | _MISSING_COLUMNS
    rows = list(_missing(locked))
    notes = [] if rows else [NOTHING_MISSING]
    return plain_table(sheet, locked, "缺项", columns, rows, notes, ("截止日期", "是否逾期"))


def _missing(locked: Locked) -> Iterator[list[object]]:
    state, empty = locked.state, [""] if group_columns(locked) else []
    for unit, component in state.absent:
        result = state.results.of(unit)
        task = task_of(state, component)
        due = day_text(task.due) if task and task.due else "原文未定期限"
        past = (
            f"已过期限（截至{day_text(locked.follow_up.today)}）" if is_past(task, locked.follow_up.today) else "未到期"
        )
        name = state.scheme.component(component).name
        told = [name, f"{name}评分表未报", due, past if task and task.due else "", possible_told(state.scheme, result)]
        yield [*group_cells(locked, result), unit, *told]
    for result in state.results.units:
        for why in waits(result):
            told = ["待补充", why, "", "", possible_told(state.scheme, result)]
            yield [*group_cells(locked, result), result.unit, *told]
        if result.missing and state.scheme.inheritance(result.group):
            waiting = [one.unit for one in result.inherited if one.score is None]
            why = f"所帮扶的{'、'.join(waiting)}尚无得分" if waiting else "未登记帮扶对象"
            yield [*group_cells(locked, result), result.unit, "帮扶对象得分", why, "", "", ""]
    for target in state.unfilled:
        yield [*empty, "全部", "目标数值", f"{target.name}尚未填报", "", "", ""]
