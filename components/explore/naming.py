"""Whether a viewer of the bench sees names: hidden (匿名) once there are scores, shown for a reason that is logged.

The aliases (``data.naming``) are the same for every viewer and on every page, and never in order of rank.
"""

from __future__ import annotations

import streamlit as st

from components import session
from components.access import permit
from components.explore import asking
from components.signature import sign
from data.naming import aliases, masked
from data.state import State

_NAMED, WHY = "whatif-named", "whatif-why"
ELSEWHERE = "某对象"
"""A hidden unit of a group that the page does not show."""


def named(state: State) -> bool:
    """Whether this viewer has asked, with a reason, to see the names."""
    return bool(st.session_state.get(f"{_NAMED}-{state.assessment.id}"))


def names_of(state: State, group: str) -> dict[str, str]:
    """Unit → what it is called, in the order in which the page lists them: hidden names tell no roster order."""
    units = [result.unit for result in state.results.group(group)]
    if named(state):
        return {unit: unit for unit in units}
    return aliases(units, f"{state.assessment.id}-{group}")


def as_typed(state: State, group: str, text: str) -> str:
    """A text that somebody typed (a scenario's name, its reason) for this viewer: hidden names in it stay hidden.

    A unit of another group has no alias on a page of this group.
    """
    if named(state):
        return text
    return masked(text, {result.unit: ELSEWHERE for result in state.results.units} | names_of(state, group))


def switch(state: State) -> None:
    """Whether names are hidden, said, and the way to change that."""
    if not named(state):
        badge()
    names_button(state)


def badge() -> None:
    """名称已隐去."""
    st.badge("名称已隐去", icon=":material/visibility_off:", color="gray")


def names_button(state: State) -> None:
    """Hide the names, or ask why they must be shown."""
    if named(state):
        st.button("隐去名称", icon=":material/visibility_off:", on_click=_name, args=(state, False))
        return
    with st.popover("显示名称", icon=":material/visibility:", key=WHY, on_change="rerun") as popover:
        if not popover.open:
            return
        st.markdown("已有评分时，显示名称的测算须说明理由，理由和署名记入操作日志。权重不得按名称拟定。")
        st.text_input(
            "理由（必填）", key="whatif-reason", max_chars=200, placeholder="例如：向领导小组汇报权重调整", live=True
        )
        sign()
        asking.complaint()
        permit.button("显示名称测算", "确认显示", type="primary", key="whatif-show-names", on_click=_show_names, args=(state,))


def _name(state: State, shown: bool) -> None:
    st.session_state[f"{_NAMED}-{state.assessment.id}"] = shown


def _show_names(state: State) -> None:
    reason = str(st.session_state.get("whatif-reason") or "").strip()
    if not reason:
        asking.complain("请先填写理由。")
        return
    told = f"权重测算显示名称：{reason}"
    if asking.kept(lambda: session.store().set_setting(
        state.assessment.id, "whatif-names", reason, session.actor(), action="显示名称测算", subject=told
    )):  # fmt: skip
        st.session_state[WHY] = False
        _name(state, True)
