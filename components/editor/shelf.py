"""自编方案 of the office: which there are, how far each has come, and opening one."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from components import session
from components.access import permit
from components.editor.draft import unsaved
from components.tables import bold
from components.text import escape
from data.store import SCHEME_STATES, OwnScheme, StoreProblem
from data.store.restoring import DAYS, days_left

MEANINGS = {
    "draft": "可以修改，还不能据以新建年度考核",
    "agreed": "领导小组或主管领导已同意，可据以新建年度考核，内容不再改动",
    "filed": "已报上级备案并有文号，可据以新建年度考核，内容不再改动",
    "in_force": "正在执行，内容不再改动，也不能退回",
}
_ICONS = {"draft": "edit_note", "agreed": "thumb_up", "filed": "approval", "in_force": "verified"}
_COLOURS = {"draft": "gray", "agreed": "blue", "filed": "violet", "in_force": "green"}
ADDRESS = "scheme"


def badge(kept: OwnScheme) -> None:
    """草案, 已同意, 已备案 or 执行, with what it means."""
    st.badge(
        SCHEME_STATES[kept.state], icon=f":material/{_ICONS[kept.state]}:", color=_COLOURS[kept.state],  # type: ignore[arg-type]
        help=MEANINGS[kept.state],
    )  # fmt: skip


def asked() -> OwnScheme | None:
    """The scheme that the address names (?scheme=3), None for none or one that is gone."""
    wanted = st.query_params.get(ADDRESS, "")
    return next((one for one in session.store().own_schemes() if str(one.id) == wanted), None)


def open_scheme(scheme: int) -> None:
    """Look at one scheme from the next run on."""
    st.query_params[ADDRESS] = str(scheme)


def leave() -> None:
    """Back to the list."""
    st.query_params.pop(ADDRESS, None)


def listing(known: Sequence[OwnScheme]) -> None:
    """Every own scheme, the one last worked on first."""
    open_drafts = unsaved()
    for one in sorted(known, key=lambda kept: kept.at, reverse=True):
        with st.container(border=True, horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
            with st.container(width="content", gap="xsmall"):
                with st.container(horizontal=True, vertical_alignment="center"):
                    st.markdown(bold(one.title), width="content")
                    badge(one)
                    if one.id in open_drafts:
                        st.badge("有未保存的改动", icon=":material/edit:", color="orange")
                st.caption(escape(_told(one)))
            st.button("打开", key=f"editor-open-{one.id}", icon=":material/folder_open:", on_click=open_scheme, args=(one.id,))


def removed(known: Sequence[OwnScheme], actor: str) -> None:
    """已移除的草案: who hid each, when and why, and taking one up again with a reason."""
    if not known:
        return
    with st.expander(f"已移除的草案（{len(known)}）", icon=":material/delete_history:", key="editor-removed"):
        for one in known:
            said = f"{one.title}：第{one.revision}版，{one.actor}于{session.local(one.at)}移除，理由：{one.note}"
            with st.container(border=True, key=f"editor-gone-{one.id}"):
                st.markdown(escape(said))
                left = days_left(one.at)
                if not left:
                    st.caption(f"已满{DAYS}天，不再恢复；内容仍留存，可作模板另编。")
                    continue
                with st.container(horizontal=True, vertical_alignment="bottom"):
                    reason = st.text_input("恢复理由", key=f"editor-why-{one.id}-{one.revision}", max_chars=200, live=True)
                    told = f"恢复（还剩{left}天）"
                    if permit.button("恢复方案", told, key=f"editor-restore-{one.id}", icon=":material/restore_from_trash:"):
                        _restore(one, actor, reason or "")


def _restore(one: OwnScheme, actor: str, reason: str) -> None:
    try:
        made = session.store().restore_scheme(one.id, actor, reason)
    except StoreProblem as problem:
        session.complain(problem)
        return
    renamed = f"其编号已另作他用，改为“{made.scheme_id}”。" if made.scheme_id != one.scheme_id else ""
    st.session_state["editor-told"] = f"已恢复草案《{made.title}》。{renamed}"
    st.rerun()


def _told(one: OwnScheme) -> str:
    based = f"由{session.store().template_words(one)}新建；" if one.based_on else ""
    former = "原" if one.state == "draft" else ""
    paper = f"{former}{'同意' if one.state == 'agreed' else '备案'}文号{one.paper}；" if one.paper else ""
    fault = "尚有错误，须改正；" if not one.hash else ""
    return f"{based}{paper}{fault}第{one.revision}版，{one.actor}于{session.local(one.at)}保存"
