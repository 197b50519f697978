"""What 等次限制 draws: the clauses, the register of 情形 with its second person, and what a limit does to a grade."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import streamlit as st

from components import grades, session
from components.tables import NO_BREAK, bold, cell, table
from components.text import escape
from data.dry_run import if_confirmed
from data.state import State
from data.store import FactRow, StoreProblem
from scoring.elements import FactKind, Limit
from scoring.explain import score_text
from scoring.marks import Fact
from scoring.results import UnitResult


def clauses(state: State) -> None:
    """Every limit of the scheme: its words, where they stand, and what it does."""
    for limit in state.scheme.limits:
        with st.container(border=True, gap="xsmall"):
            with st.container(horizontal=True, vertical_alignment="center"):
                st.markdown(bold(f"最高为“{limit.best}”"), width="content")
                st.badge(escape(limit.basis), icon=":material/menu_book:", color="blue" if limit.cite else "orange")
            st.markdown(escape(limit.text))
            if limit.assumed:
                st.caption(f"原文未规定，本系统口径：{escape(limit.assumed)}")


def effects_now(state: State) -> None:
    """Whose grade a limit holds down now, and whose it would if what is pending were confirmed."""
    limited = [result for result in state.results.units if result.limits or result.pending]
    if not limited:
        st.markdown("目前没有考核对象的等次受到限制。")
        return
    rows = [
        {
            state.scheme.words.unit: cell(result.unit),
            "得分": score_text(state.scheme, result.score) if result.score is not None else "暂缺",
            "按分数": _graded(state, result.score_grade),
            "测算等次": _graded(state, result.grade),
            "说明": cell(_why(result)),
        }
        for result in limited
    ]
    table(rows, "等次限制对结果的影响")


def _graded(state: State, grade: str | None) -> str:
    return cell(grades.sign(state.scheme.grades, grade)).replace(" ", NO_BREAK) if grade else "—"


def _why(result: UnitResult) -> str:
    told = [
        f"按{limit.cite}最高为“{limit.best}”" + ("" if limit.binds else "，按分数本不高于此，不受影响")
        for limit in result.limits
    ]
    if result.pending:
        told.append(f"有待核对的情形，属实则变为“{result.pending}”")
    return "；".join(told)


def registration(state: State, actor: str) -> None:
    """The form for one 情形; only what the scheme knows can be chosen."""
    turn = st.session_state.setdefault("fact-turn", 0)
    kinds = {kind.id: kind for kind in state.scheme.facts}
    with st.grid("auto", min_column_width=240):
        unit = st.selectbox(state.scheme.words.unit, [result.unit for result in state.results.units], index=None,
                            placeholder="请选择", key=f"fact-unit-{turn}")  # fmt: skip
        kind = st.selectbox("情形", list(kinds), format_func=lambda chosen: kinds[chosen].name, key=f"fact-kind-{turn}")
        value = st.selectbox("取值", _values(kinds[kind]), index=None, placeholder="请选择",
                             key=f"fact-value-{turn}-{kind}")  # fmt: skip
        day = st.date_input("日期", value=None, format="YYYY-MM-DD", max_value=session.now().date(),
                            key=f"fact-date-{turn}")  # fmt: skip
        basis = st.text_input("依据文号", placeholder="处分决定等文件的文号", max_chars=100, key=f"fact-basis-{turn}",
                              live=True)  # fmt: skip
        note = st.text_input("佐证说明", placeholder="材料名称、存放何处", max_chars=300, key=f"fact-note-{turn}",
                             live=True)  # fmt: skip
    _clause(state, kinds[kind])
    if not st.button("登记，待第二人核对", type="primary", icon=":material/add:", key=f"fact-add-{turn}"):
        return
    missing = _missing(unit, value, day, basis)
    if missing:
        st.error(f"请填写{'、'.join(missing)}后再登记。", icon=":material/error:")
        return
    fact = Fact(unit or "", kind, value or "", day.isoformat() if day else "", (basis or "").strip(), confirmed=False)
    try:
        session.store().add_fact(state.assessment.id, fact, (note or "").strip(), actor)
    except StoreProblem as problem:
        session.complain(problem)
        return
    st.session_state["fact-turn"] = turn + 1
    st.session_state["fact-told"] = f"已登记{fact.unit}“{fact.value}”，待第二人核对后生效。"
    session.refresh()


def _values(kind: FactKind) -> tuple[str, ...]:
    """What can be registered: the first value means that nothing happened, whatever it is called."""
    return kind.values[1:]


def _clause(state: State, kind: FactKind) -> None:
    about = [limit for limit in state.scheme.limits if kind.id in _facts_of(limit)]
    told = "；".join(f"{limit.basis}：{limit.text}" for limit in about)
    if told:
        st.caption(escape(told))
    else:
        st.caption(f"此情形不限制等次，依据{escape(kind.basis)}用于结果运用。")


def _facts_of(limit: Limit) -> set[str]:
    inner = (limit.when, *limit.when.all, *limit.when.any)
    return {condition.fact for condition in inner if condition.fact}


def _missing(unit: str | None, value: str | None, day: date | None, basis: str | None) -> list[str]:
    given = {"考核对象": unit, "取值": value, "日期": day, "依据文号": (basis or "").strip()}
    return [name for name, what in given.items() if not what]


def register(state: State, rows: Sequence[FactRow], actor: str) -> None:
    """Every 情形, the pending first, each with who registered and who checked it."""
    if not rows:
        st.markdown("还没有登记情形。")
    for row in sorted(rows, key=lambda row: (row.fact.confirmed, -row.id)):
        with st.container(border=True, gap="xsmall"):
            with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
                with st.container(horizontal=True, vertical_alignment="center", width="content"):
                    st.markdown(bold(_title(state, row)), width="content")
                    _state_badge(row)
                with st.container(horizontal=True, width="content"):
                    _actions(row, actor)
            _particulars(row)
            if not row.fact.confirmed:
                st.markdown(_would_be(state, row))


def withdrawn(state: State, rows: Sequence[FactRow]) -> None:
    """What was withdrawn stays on record."""
    for row in rows:
        st.markdown(f":material/block: 已撤销　{escape(_title(state, row))}")
        _particulars(row)


def _title(state: State, row: FactRow) -> str:
    return f"{row.fact.unit}　{state.scheme.fact(row.fact.fact).name}：{row.fact.value}"


def _state_badge(row: FactRow) -> None:
    if row.fact.confirmed:
        st.badge("已核对，计入结果", icon=":material/verified:", color="green")
    else:
        st.badge("待核对，尚不计入", icon=":material/pending:", color="orange")


def _particulars(row: FactRow) -> None:
    checked = f"，{row.confirmed_by}核对（{session.local(row.confirmed_at)}）" if row.confirmed_at else ""
    told = [f"日期{row.fact.date}" if row.fact.date else "", row.fact.basis, row.note]
    told += [f"{row.actor}登记（{session.local(row.at)}）{checked}"]
    st.caption(escape("；".join(part for part in told if part)))


def _would_be(state: State, row: FactRow) -> str:
    now, then = state.results.of(row.fact.unit), if_confirmed(state, row.id)
    if now.grade is None:
        return "核对属实后：该考核对象得分暂缺，等次待数据齐后确定。"
    added = [outcome for outcome in then.outcomes if outcome not in now.outcomes]
    if now.grade == then.grade and added:
        told = "、".join(f"“{outcome.action}”（{outcome.basis}）" for outcome in added)
        return f"核对属实后：等次仍为“{escape(now.grade)}”，结果运用增加{escape(told)}。"
    if now.grade == then.grade:
        return f"核对属实后：等次仍为“{escape(now.grade)}”，不受影响。"
    return f"核对属实后：等次由“{escape(now.grade)}”变为{bold(f'“{then.grade}”')}，得分不变。"


def _actions(row: FactRow, actor: str) -> None:
    if not row.fact.confirmed and st.button("核对属实", icon=":material/how_to_reg:", key=f"confirm-{row.id}",
                                            help=f"由{escape(row.actor)}以外的人核对"):  # fmt: skip
        _do(lambda: session.store().confirm_fact(row.id, actor))
    with st.popover("撤销", icon=":material/block:", key=f"withdraw-{row.id}"):
        reason = st.text_input("撤销理由", key=f"withdraw-reason-{row.id}", max_chars=200, live=True)
        if st.button("确认撤销", key=f"withdraw-do-{row.id}", type="primary"):
            _do(lambda: session.store().withdraw_fact(row.id, actor, reason or ""))


def _do(change) -> None:
    try:
        change()
    except StoreProblem as problem:
        st.session_state["fact-problem"] = str(problem)
    session.refresh()


def told() -> None:
    """What the last action on this page came to."""
    if said := st.session_state.pop("fact-told", ""):
        st.success(escape(said), icon=":material/task_alt:")
    if problem := st.session_state.pop("fact-problem", ""):
        st.error(escape(problem), icon=":material/error:")
