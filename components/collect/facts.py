"""What the register of 情形 draws: each with its second person, what waits for a decision, and what comes of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from components import both, session
from components.access import permit
from components.access.allowed import allowed
from components.collect import fact_form
from components.collect.fact_effects import would_be
from components.tables import bold
from components.text import escape
from data.fact_entry import called, outside_period
from data.finalise import is_final
from data.state import State
from data.store import FactRow, Moved, StoreProblem
from data.store.restoring import DAYS, days_left
from scoring import exact
from scoring.results import AppliedFloor
from scoring.scheme import Scheme

_SHORT = 12
"""So many checked facts are shown unfolded."""


def intro(scheme: Scheme) -> str:
    """Two persons, and what a fact can change here."""
    begins = "情形由一人登记、另一人核对，核对后才计入结果"
    if scheme.combine == "judgement":
        return f"本办法不计分、不评等次，依据经核对的问题情形由轻到重提出处理意见。{begins}。"
    scored = [name for name, there in (("加分", scheme.bonuses), ("扣分", scheme.deductions), ("逾期扣减", scheme.late)) if there]
    graded = [name for name, there in (("等次限制", scheme.limits), ("保底", scheme.floors)) if there]
    if scored:
        return f"{begins}；{'、'.join(scored)}改变得分，{'、'.join(graded) or '其余'}只改变等次。"
    if scheme.limits:
        return f"{begins}；等次受限，得分不变。"
    return f"{begins}；情形不改变得分和等次，用于结果运用。" if scheme.facts else ""


def recommendations(state: State, rows: Sequence[FactRow]) -> None:
    """Floors that the text leaves to a person (原则上): those that wait, with the way to decide, then what was decided."""
    asked = {floor.id: floor.confirmed_by for floor in state.scheme.floors if floor.confirmed_by}
    found = [(r.unit, floor, asked[floor.id]) for r in state.results.units for floor in r.floors
             if floor.binds and floor.id in asked]  # fmt: skip
    waiting = [one for one in found if not (one[1].confirmed or one[1].declined)]
    if waiting:
        st.subheader("待人工认定", anchor=False)
    for unit, floor, kind in waiting:
        _recommendation(state, unit, floor, kind, rows)
    if decided := [one for one in found if one not in waiting]:
        st.subheader("已作认定", anchor=False)
        st.markdown(
            "\n".join(f"- {_decided(unit, floor, _decision(rows, unit, kind))}" for unit, floor, kind in decided)
        )


def _decision(rows: Sequence[FactRow], unit: str, kind: str) -> FactRow | None:
    """The decision on a floor for a unit: the one that was checked, else one that waits for its second person."""
    found = [row for row in rows if (row.fact.unit, row.fact.fact) == (unit, kind)]
    return next((row for row in found if row.fact.confirmed), found[0] if found else None)


def _decided(unit: str, floor: AppliedFloor, row: FactRow | None) -> str:
    value = f"“{row.fact.value}”（{row.fact.basis}）" if row else ""
    comes = f"等次不低于“{floor.worst}”" if floor.confirmed else f"不采用“原则上不低于‘{floor.worst}’”"
    return f"{bold(unit)}　{escape(f'按{floor.cite}已认定{value}：{comes}。')}"


def _recommendation(state: State, unit: str, floor: AppliedFloor, kind: str, rows: Sequence[FactRow]) -> None:
    now, row = state.results.of(unit), _decision(rows, unit, kind)
    with st.container(border=True, gap="xsmall"):
        said = f"按{floor.cite}原则上不低于“{floor.worst}”，现测算为“{now.grade or '暂缺'}”。"
        st.markdown(f"{bold(unit)}　{escape(said)}")
        st.caption(escape(f"{floor.text}。原文写“原则上”，由人认定是否采用。"))
        if row is not None:
            st.badge(escape(f"已登记认定“{row.fact.value}”，待第二人核对"), icon=":material/pending:", color="orange")
        else:
            permit.button("登记情形", "登记认定", icon=":material/how_to_reg:", key=f"decide-{unit}-{floor.id}",
                      on_click=fact_form.prefill, args=[unit, kind], help="填入下方的登记表，写明认定“是”或“否”、日期和依据")  # fmt: skip


def register(state: State, rows: Sequence[FactRow], actor: str) -> None:
    """Every 情形, the pending first, each with who registered and who checked it."""
    if not rows:
        st.markdown("还没有登记情形。")
    newest = sorted(rows, key=lambda row: -row.id)
    checked = [row for row in newest if row.fact.confirmed]
    for row in [row for row in newest if not row.fact.confirmed]:
        _one(state, row, actor)
    if len(checked) <= _SHORT:
        for row in checked:
            _one(state, row, actor)
        return
    with st.expander(f"已核对的情形（{len(checked)}条）", icon=":material/verified:"):
        for row in checked:
            _one(state, row, actor)


def _one(state: State, row: FactRow, actor: str) -> None:
    with st.container(border=True, gap="xsmall"):
        with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
            with st.container(horizontal=True, vertical_alignment="center", width="content"):
                st.markdown(bold(_title(state, row)), width="content")
                _state_badge(row)
            with st.container(horizontal=True, width="content"):
                _actions(state, row, actor)
        _particulars(state, row)
        if not row.fact.confirmed and not state.blind:
            st.markdown(would_be(state, row))


def withdrawn(state: State, rows: Sequence[FactRow], actor: str) -> None:
    """What was withdrawn stays on record, and comes back within 30 days to where it was."""
    for row in sorted(rows, key=lambda row: (row.gone is None, row.gone), reverse=True):
        with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
            with st.container(width="content", gap="xsmall"):
                st.markdown(f":material/block: 已撤销　{escape(_title(state, row))}")
                _particulars(state, row)
            _restore(state, row, actor)


def _restore(state: State, row: FactRow, actor: str) -> None:
    left = days_left(row.gone)
    if not left or is_final(state.assessment) or not allowed("恢复情形", state.assessment.id):
        if not left:
            st.caption(f"已满{DAYS}天，不再恢复", width="content")
        return
    with st.popover(f"恢复（还剩{left}天）", icon=":material/restore:", key=f"restore-{row.id}"):
        back = "恢复后仍为已核对，计入结果。" if row.confirmed_by else "恢复后仍待第二人核对。"
        reason = st.text_input("恢复理由", key=f"restore-reason-{row.id}", max_chars=200, live=True)
        st.caption(back)
        if permit.button("恢复情形", "确认恢复", key=f"restore-do-{row.id}", type="primary"):
            name = called(state.scheme, row.fact)
            _do(lambda: session.store().restore_fact(row.id, actor, reason or ""), f"已恢复{name}。{back}")


def _title(state: State, row: FactRow) -> str:
    kind = state.scheme.fact(row.fact.fact)
    money = f"，{exact.plain(row.fact.amount)}{kind.amount}" if row.fact.amount is not None else ""
    return f"{row.fact.unit}　{kind.name}：{row.fact.value}{money}"


def _state_badge(row: FactRow) -> None:
    if row.fact.confirmed:
        st.badge("已核对，计入结果", icon=":material/verified:", color="green")
    else:
        st.badge("待核对，尚不计入", icon=":material/pending:", color="orange")


def _particulars(state: State, row: FactRow) -> None:
    checked = f"，{row.confirmed_by}核对（{session.local(row.confirmed_at)}）" if row.confirmed_at else ""
    money = state.scheme.fact(row.fact.fact).amount
    told = [f"{'到账' if money else '日期'}{row.fact.date}" if row.fact.date else "", row.fact.basis, row.note]
    told += [f"{row.actor}登记（{session.local(row.at)}）{checked}"]
    st.caption(escape("；".join(part for part in told if part)))
    if note := outside_period(state.scheme, row.fact):
        st.caption(f":material/warning: {escape(note)}。")


def _actions(state: State, row: FactRow, actor: str) -> None:
    name, seen_key = called(state.scheme, row.fact), f"withdraw-seen-{row.id}"  # what the button was drawn for
    if not row.fact.confirmed and permit.button("核对情形", "核对属实", icon=":material/how_to_reg:", key=f"confirm-{row.id}",
                                            help=f"由{escape(row.actor)}以外的人核对"):  # fmt: skip
        _do(lambda: session.store().confirm_fact(row.id, actor), f"已核对{name}属实，计入结果。")
    with st.popover("撤销", icon=":material/block:", key=f"withdraw-{row.id}"):
        reason = st.text_input("撤销理由", key=f"withdraw-reason-{row.id}", max_chars=200, live=True)
        if permit.button("撤销情形", "确认撤销", key=f"withdraw-do-{row.id}", type="primary"):
            seen, change = st.session_state.get(seen_key, row.fact.confirmed), session.store().withdraw_fact
            _do(
                lambda: change(row.id, actor, reason or "", seen), f"已撤销{name}，不再计入，记录留存。",
                lambda _: change(row.id, actor, reason or ""),
            )  # fmt: skip
    st.session_state[seen_key] = row.fact.confirmed


def _do(change: Callable[[], object], done: str, insist: both.Insist | None = None) -> None:
    try:
        change()
        st.session_state["fact-told"] = done
    except Moved as moved:
        both.hold("facts", str(moved), moved.clashes, insist)
    except StoreProblem as problem:
        st.session_state["fact-problem"] = str(problem)
    session.refresh()


def told() -> None:
    """What the last action on this page came to."""
    both.standoff("facts")
    if said := st.session_state.pop("fact-told", ""):
        st.success(escape(said), icon=":material/task_alt:")
    if problem := st.session_state.pop("fact-problem", ""):
        st.error(escape(problem), icon=":material/error:")
