"""Choosing duties in a dialog: those chosen so far, each with a way to take it off, and the fields for one more."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from components import session
from components.access import duties_view
from components.follow import follow_dialogs as dialogs
from components.text import escape
from data.access import MEANINGS, ROLES, Duty, Role, duty_words
from data.store import Assessment

_EVERYWHERE = "全部年度考核"


def fields(begin: Sequence[Duty]) -> list[Duty]:
    """Draw the choice, beginning with ``begin``; returns what is chosen now."""
    chosen: list[Duty] = st.session_state.setdefault(dialogs.key("duties"), list(begin))
    st.markdown("**\u2060分工\u2060**")
    assessments, components = duties_view.names()
    for at, duty in enumerate(chosen):
        with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
            st.markdown(escape(duty_words(duty, assessments, components)), width="content")
            st.button("去掉", icon=":material/close:", type="tertiary", key=dialogs.key(f"duty-off-{at}"),
                      on_click=chosen.remove, args=(duty,))  # fmt: skip
    if not chosen:
        st.caption("还没有分工。在下面选好角色和范围，点“加入这项分工”。")
    with st.container(border=True):
        more = _one_more()
        st.button("加入这项分工", icon=":material/add:", key=dialogs.key("duty-add"), disabled=more in chosen,
                  on_click=chosen.append, args=(more,))  # fmt: skip
    return chosen


def _one_more() -> Duty:
    role: Role = st.segmented_control(
        "角色", list(ROLES), format_func=ROLES.__getitem__, default="view", required=True, key=dialogs.key("duty-role")
    )
    st.caption(MEANINGS[role])
    known = {one.id: one for one in session.assessments()}
    place = st.selectbox(
        "年度考核", [None, *known], format_func=lambda each: _EVERYWHERE if each is None else known[each].name,
        key=dialogs.key("duty-assessment"),
    )  # fmt: skip
    if role != "fill":
        return Duty(role, place)
    return _narrowed([known[place]] if place is not None else list(known.values()), place)


def _narrowed(of: Sequence[Assessment], place: int | None) -> Duty:
    """填报 for chosen 考核对象 and 考核方式; nothing chosen is all of them."""
    units = list(dict.fromkeys(unit.name for one in of for unit in one.units))
    components: dict[str, str] = {}
    for one in of:
        components |= duties_view.components_of(one)
    mine = st.multiselect(
        "考核对象（不选即全部）", units, key=dialogs.key(f"duty-units-{place}"), placeholder="全部考核对象", select_all=False,
    )  # fmt: skip
    parts = st.multiselect(
        "考核方式（不选即全部）", list(components), format_func=components.__getitem__,
        key=dialogs.key(f"duty-components-{place}"), placeholder="全部考核方式", select_all=False,
    )  # fmt: skip
    return Duty("fill", place, frozenset(mine) or None, frozenset(parts) or None)
