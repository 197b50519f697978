"""What 情形 do to the results, in words and as a table; and the clauses that say so."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import streamlit as st

from components import grades
from components.tables import NO_BREAK, bold, cell, table
from components.text import escape
from data.dry_run import if_confirmed
from data.state import State
from data.store import FactRow
from scoring import exact
from scoring.explain import reason_text, score_text, told_consequences
from scoring.fact_uses import facts_in, uses
from scoring.kinds import Ruled
from scoring.late import late_percent, told_deductions
from scoring.results import UnitResult
from scoring.rules import Late
from scoring.scheme import Scheme


def would_be(state: State, row: FactRow) -> str:
    """What confirming one pending fact would change, as Markdown."""
    now = next((result for result in state.results.units if result.unit == row.fact.unit), None)
    if now is None:
        return "核对属实后：计入该考核对象的结果。"
    then = if_confirmed(state, row.id)
    told = list(_differences(state.scheme, now, then))
    if now.grade is None and now.missing and state.scheme.grades:
        told.append("得分暂缺，等次待数据齐后确定")
    return f"核对属实后：{'；'.join(told) if told else _unchanged(state.scheme, now)}。"


def _differences(scheme: Scheme, now: UnitResult, then: UnitResult) -> Iterator[str]:
    was, becomes = now.score, then.score
    if now.grade != then.grade and now.grade and then.grade:
        same = "，得分不变" if was == becomes else ""
        yield f"等次由“{escape(now.grade)}”变为{bold(f'“{then.grade}”')}{same}"
    if was is not None and becomes is not None and was != becomes:
        yield f"得分由{score_text(scheme, was)}变为{bold(score_text(scheme, becomes))}"
    if then.recommended != now.recommended and then.recommended:
        yield f"建议等次为“{escape(then.recommended)}”，须由人认定后采用"
    if now.recommended and not then.recommended and now.grade == then.grade:
        yield f"不采用“{escape(now.recommended)}”的建议，等次仍为“{escape(now.grade or '')}”"
    yield from _added(now, then)


def _added(now: UnitResult, then: UnitResult) -> Iterator[str]:
    """What would follow beyond what does now; with another grade it is the grade that is told."""
    added = [outcome for outcome in then.outcomes if outcome not in now.outcomes]
    if added and (now.grade == then.grade or not then.grade):
        told = escape("、".join(f"“{outcome.action}”（{outcome.basis}）" for outcome in added))
        kept = f"等次仍为“{escape(now.grade)}”，" if now.grade else ""
        yield f"{kept}结果运用增加{told}"


def _unchanged(scheme: Scheme, now: UnitResult) -> str:
    if now.grade:
        return f"等次仍为“{escape(now.grade)}”，不受影响"
    return "单独不引起处理，与其他情形一并判定" if scheme.combine == "judgement" else "得分不受影响"


def effects_now(state: State) -> None:
    """Whom the facts touch now, and whom they would if what is pending were confirmed."""
    touched = [result for result in state.results.units if list(_why(state.scheme, result))]
    if not touched:
        st.markdown(_nobody(state.scheme))
        return
    graded = bool(state.scheme.grades) and state.scheme.combine != "judgement"
    rows = [_row(state, result, graded) for result in touched]
    table(rows, "情形对结果的影响")


def _nobody(scheme: Scheme) -> str:
    unit = escape(scheme.words.unit)
    return f"目前没有{unit}的等次受到限制。" if scheme.limits else f"目前没有{unit}因情形受到影响。"


def _row(state: State, result: UnitResult, graded: bool) -> dict[str, str]:
    scheme = state.scheme
    row = {scheme.words.unit: cell(result.unit)}
    if scheme.combine != "judgement":
        row["得分"] = score_text(scheme, result.score) if result.score is not None else "暂缺"
    if graded:
        row |= {"按分数": _graded(scheme, result.score_grade), "测算等次": _graded(scheme, result.grade)}
    return row | {"说明": cell("；".join(_why(scheme, result)))}


def _graded(scheme: Scheme, grade: str | None) -> str:
    return cell(grades.sign(scheme.grades, grade)).replace(" ", NO_BREAK) if grade else "—"


def _why(scheme: Scheme, result: UnitResult) -> Iterator[str]:
    """What facts do to one unit, a part each: limits, floors, bonuses, what follows, and what is still pending."""
    for limit in result.limits:
        if limit.fact is None and not limit.binds:
            continue  # many categories are 一般 and change nothing
        yield f"按{limit.cite}最高为“{limit.best}”" + ("" if limit.binds else "，按分数本不高于此，不受影响")
    for floor in result.floors:
        if floor.fact is not None and (floor.binds or floor.confirmed):
            way = "不低于" if floor.confirmed else "原则上不低于"
            waits = "" if floor.confirmed else "，已认定不采用" if floor.declined else "，待人工认定"
            yield f"按{floor.cite}{way}“{floor.worst}”{waits}"
    for bonus in (bonus for bonus in result.bonuses if bonus.no is None):
        yield f"按{bonus.cite}加{exact.shown(bonus.points)}分（{bonus.told.replace('次', '件')}）"
    for each in (each for each in result.deductions if each.no is None):
        spent = f"，应扣{exact.shown(each.asked)}分，扣完为止" if each.spent else ""
        yield f"按{each.cite}扣{exact.shown(each.points)}分（{each.told.replace('次', '件')}{spent}）"
    if lost := told_deductions(scheme, result):
        yield f"逾期到账，{'、'.join(lost)}"
    yield from _follows(scheme, result)
    yield from _pending(scheme, result)


def _follows(scheme: Scheme, result: UnitResult) -> Iterator[str]:
    """What facts bring, each fact told once with all that it brings."""
    brought: dict[str, list[str]] = {}
    for consequence in told_consequences(scheme, result):
        if consequence.fact is not None:
            told = f"{consequence.outcome.action}（{consequence.outcome.basis}）"
            brought.setdefault(reason_text(scheme, result, consequence), []).append(told)
    for reason, actions in brought.items():
        yield f"{reason}，拟{'、'.join(actions)}"


def _pending(scheme: Scheme, result: UnitResult) -> Iterator[str]:
    then = [f"等次变为“{result.pending}”"] if result.pending else []
    then += [f"得分变为{score_text(scheme, result.pending_score)}"] if result.pending_score is not None else []
    actions = "、".join(dict.fromkeys(outcome.action for outcome in result.pending_outcomes))
    then += [f"拟{actions}"] if actions else []
    if then:
        yield f"有待核对的情形，属实则{'，'.join(then)}"


def arrivals(state: State) -> None:
    """Money that has come, batch by batch, with what each is deducted before batches are weighed by their amounts."""
    rows = [row for row in state.facts if row.fact.fact in {late.fact for late in state.scheme.late}]
    if rows:
        st.markdown(bold("资金到账"))
        order = {unit.name: at for at, unit in enumerate(state.units)}
        rows.sort(key=lambda row: (order.get(row.fact.unit, len(order)), row.fact.date))
        table([_arrival(state.scheme, row) for row in rows], "资金到账和逾期扣减")
        st.caption("各批扣减按金额加权合并，扣在所列指标的得分上；待核对的不计入。")


def _arrival(scheme: Scheme, row: FactRow) -> dict[str, str]:
    fact, kind = row.fact, scheme.fact(row.fact.fact)
    rule = next(late for late in scheme.late if late.fact == fact.fact)
    amount = "—" if fact.amount is None else f"{exact.plain(fact.amount)}{kind.amount}"
    return {
        scheme.words.unit: cell(fact.unit),
        "金额": cell(amount),
        "到账日期": cell(fact.date),
        "性质": cell(fact.value),
        "该批扣减": "不扣" if fact.value == kind.values[0] else _deducted(rule, date.fromisoformat(fact.date)),
        "核对": "已核对" if fact.confirmed else "待核对",
    }


def _deducted(rule: Late, day: date) -> str:
    percent = late_percent(rule, day)
    late = f"不扣（晚于{rule.due.month}月{rule.due.day}日）" if day > rule.due else "不扣"
    return f"{exact.plain(percent)}％" if percent else late


def clauses_heading(scheme: Scheme) -> str:
    """What the rules below are called; empty where there are none."""
    followed = any(facts_in(outcome.when) for outcome in scheme.outcomes)
    others = scheme.floors or scheme.bonuses or scheme.deductions or scheme.late
    if scheme.limits and not others and not followed:
        return "限制条款"
    return "有关条款" if scheme.limits or others or followed else ""


def clauses(state: State) -> None:
    """Every rule of the scheme that a fact or a grade of a category sets off: what it does, its words, where they stand."""
    scheme = state.scheme
    for limit in scheme.limits:
        _clause(f"最高为“{limit.best}”", limit.text, limit)
    for floor in scheme.floors:
        way = "原则上不低于" if floor.confirmed_by else "不低于"
        _clause(f"{'指标等次' if floor.of == 'items' else ''}{way}“{floor.worst}”", floor.text, floor)
    for bonus in scheme.bonuses:
        _clause("加分", bonus.text, bonus)
    for each in scheme.deductions:
        _clause("扣分", each.text, each)
    for late in scheme.late:
        _clause("逾期扣减", late.text or _said(scheme, late.fact, "late"), late)
    for outcome in scheme.outcomes:
        if facts_in(outcome.when):
            _clause(outcome.action, outcome.text or outcome.action, outcome)


def _said(scheme: Scheme, fact: str, kind: str) -> str:
    return next(use.text for use in uses(scheme, fact) if use.kind == kind)


def _clause(head: str, text: str, element: Ruled) -> None:
    with st.container(border=True, gap="xsmall"):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(bold(head), width="content")
            st.badge(escape(element.basis), icon=":material/menu_book:", color="blue" if element.cite else "orange")
        st.markdown(escape(text))
        if element.assumed:
            st.caption(f"原文未规定，本系统口径：{escape(element.assumed)}")
