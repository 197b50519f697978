"""提交: a clerk hands in what was uploaded, one sheet or all at once; from then on it waits for its reviewer."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from components import session
from components.access.allowed import allowed
from components.collect.stage_words import back_told, stage_mark
from components.text import escape
from data.dry_run import DryRun
from data.finalise import is_final
from data.state import State
from data.store import SheetStage, StoreProblem

_TOLD = "hand-in-told"


def section(state: State, actor: str, stages: Sequence[SheetStage]) -> None:
    """What stands at 填报, and the button that hands it in; nothing where 复核 is not asked for or nothing waits.

    Whoever does not fill in is told whose work it is.
    """
    if told := st.session_state.pop(_TOLD, ""):
        st.success(escape(told), icon=":material/send:")
    waiting = own(state, stages)
    if is_final(state.assessment):
        return
    if not allowed("提交评分表", state.assessment.id):
        if left := sum(one.stage == "filled" for one in stages):
            st.caption(f"{left}份评分表待提交，由承担“填报”的人员办理；还没有这样的人员的，请管理员在“人员与权限”登记。")
        return
    if not waiting:
        return
    back = [one for one in waiting if one.returned]
    with st.container(border=True, key="hand-in"):
        st.markdown(f"**\u2060待提交的评分表{len(waiting)}份\u2060**　上报的评分表核对无误后提交，由另一人复核；提交后不能自行改动。")
        for one in back:
            st.markdown(f"{stage_mark(one)}　{escape(f'{name(state, one)}：{back_told(one)}')}")
        names = {one.id: name(state, one) for one in waiting}
        with st.container(horizontal=True, vertical_alignment="bottom"):
            chosen = st.multiselect(
                "只提交其中几份（不选则全部提交）", list(names), format_func=names.__getitem__, placeholder="全部",
                key=f"hand-in-some-{state.assessment.id}", select_all=False,
            )  # fmt: skip
            ids = chosen or list(names)
            if st.button(f"提交{len(ids)}份", type="primary", icon=":material/send:", key="hand-in-do"):
                _hand_in(ids, actor)


def _hand_in(ids: Sequence[int], actor: str) -> None:
    try:
        session.store().hand_in(ids, actor)
    except StoreProblem as problem:
        session.complain(problem)
        return
    st.session_state[_TOLD] = f"已提交{len(ids)}份评分表，待另一人复核。"
    session.refresh()


def own(state: State, stages: Sequence[SheetStage]) -> list[SheetStage]:
    """The sheets at 填报 that this viewer fills in."""
    person = session.store().person
    return [one for one in stages if one.stage == "filled" and person.fills(state.assessment.id, one.unit, one.component)]


def name(state: State, one: SheetStage) -> str:
    """蓬江区 交叉考核（第2次）; the revision only where it is not the first."""
    again = f"（第{one.revision}次）" if one.revision > 1 else ""
    return f"{one.unit} {state.scheme.component(one.component).name}{again}"


def held(state: State, plan: DryRun, stages: Sequence[SheetStage]) -> None:
    """Say of the files in hand which would replace a sheet that is handed in or reviewed: they would be refused."""
    locked = {(one.unit, one.component): one for one in stages if one.stage != "filled"}
    found = [locked[key] for each in plan.taken if (key := (each.sheet.unit, each.sheet.component)) in locked]
    if found:
        names = "、".join(f"{name(state, one)}（{'已复核' if one.stage == 'reviewed' else '已提交'}）" for one in found)
        st.warning(
            escape(f"{names}已锁定，含有它们的文件不能上报。已提交的请复核人退回，已复核的请到“催报进度”申请解锁。"),
            icon=":material/lock:",
        )  # fmt: skip
