"""自有底图 that was brought: what is in use, earlier versions, 停用, 恢复, and each original to take along."""

from __future__ import annotations

import streamlit as st

from components import session
from components.access import permit
from components.rules.geography_scope import called
from components.text import escape
from data.documents.file_names import safe
from data.geographies import SHORT
from data.regions import UnknownPlaceError, place
from data.store import GEOGRAPHY_KINDS, GEOGRAPHY_STATES, Geography, StoreProblem
from data.store.restoring import DAYS, days_left

_SIGNS = {"current": ":material/check_circle:", "replaced": ":material/history:", "withdrawn": ":material/block:"}


def section(kept: list[Geography], actor: str) -> None:
    """What is in use first; everything earlier folded."""
    if not kept:
        st.caption("尚未放入自有底图，地图用内置底图。")
        return
    used = [one for one in kept if one.state == "current"]
    if not used:
        st.caption("没有启用的自有底图，地图用内置底图。")
    for one in used:
        _entry(one, actor)
    earlier = [one for one in kept if one.state != "current"]
    left = session.store().geographies_left() if earlier else {}
    if earlier:
        with st.expander(f"已被取代和已停用的（{len(earlier)}）", icon=":material/history:"):
            for one in earlier:
                _entry(one, actor, days_left(left.get((one.scope, one.kind, one.revision))))


def _entry(one: Geography, actor: str, left: int = DAYS) -> None:
    with st.container(border=True):
        st.markdown(f"{_SIGNS[one.state]} **{escape(_name(one))}第{one.revision}版**　{GEOGRAPHY_STATES[one.state]}")
        st.markdown(f"《{escape(one.file_name)}》，{session.local(one.at)}由{escape(one.actor)}启用。{_told(one)}")
        with st.container(horizontal=True, vertical_alignment="bottom"):
            st.download_button(
                "下载原件", data=session.original(one.file_sha256), file_name=safe(one.file_name),
                mime="application/octet-stream", icon=":material/download:", on_click="ignore", key=f"geography-get-{one.id}",
            )  # fmt: skip
            verb = "停用" if one.state == "current" else "恢复"
            if not left:
                st.caption(f"已满{DAYS}天，不再恢复")
                return
            if verb == "恢复":
                st.caption(f"还可恢复{left}天", width="content")
            with st.popover(verb, icon=":material/block:" if verb == "停用" else ":material/undo:"):
                _change(one, verb, actor)


def _change(one: Geography, verb: str, actor: str) -> None:
    reason = st.text_input(f"{verb}理由", key=f"geography-why-{one.id}-{one.state}", max_chars=200, live=True)
    if not permit.button(f"{verb}底图", f"确认{verb}", key=f"geography-do-{one.id}-{one.state}", disabled=not (reason or "").strip()):
        return
    store = session.store()
    act = store.withdraw_geography if verb == "停用" else store.restore_geography
    try:
        act(one.id, actor, reason or "", _place(one))
    except StoreProblem as problem:
        session.complain(problem)
        return
    st.session_state["geography-told"] = f"已{verb}：{escape(_name(one))}第{one.revision}版。考核结果不受影响。"
    st.rerun()


def _told(one: Geography) -> str:
    """How it was read and how much it draws: 坐标系 GCJ-02，共7个；校验值 0123456789ab…"""
    crs = SHORT.get(one.reading.get("crs", "wgs84"), "")
    return f"坐标系 {crs}，共{one.reading.get('taken', 0)}个；校验值 {one.file_sha256[:12]}…"


def _name(one: Geography) -> str:
    return f"{_place(one)}{GEOGRAPHY_KINDS[one.kind]}"


def _place(one: Geography) -> str:
    try:
        return called(place(one.scope))
    except UnknownPlaceError:
        return one.scope
