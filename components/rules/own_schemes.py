"""Own schemes (自编方案) on 方案与口径: which can be looked at, how far one has come, and which assessments were made from it."""

from __future__ import annotations

import streamlit as st

from components import session
from components.tables import cell, table
from components.text import escape
from data import library
from data.scheme_keys import own_key
from data.store import SCHEME_STATES, OwnScheme


def shelf(asked: str) -> dict[str, library.Shelved]:
    """Every scheme by its key, the office's own first. ``asked``, the address's, brings an earlier 版 of one beside it."""
    store = session.store()
    found: dict[str, library.Shelved] = {}
    for one in (*library.own(store), *library.built_in()):
        found[one.key] = one
        if one.own and asked.startswith(f"{one.key}-"):
            found |= {before.key: before for before in library.earlier(store, one.own)}
    return found


def name_of(one: library.Shelved) -> str:
    """What a scheme is called in the list: 2026年某县考核（自编，草案，第3版）."""
    if one.own:
        return f"{one.own.title}（自编，{library.state_word(one.own)}）"
    return one.scheme.short + ("（仅可查阅）" if one.scheme.status == "skeleton" else "")


def history(kept: OwnScheme) -> None:
    """Every 版 of one own scheme, newest first, and the assessments made from any; each keeps what it was made from."""
    revisions = session.store().scheme_revisions(kept.id)
    uses = library.uses(session.assessments(), revisions)
    st.markdown(f"自编方案，现查看第{kept.revision}版（{SCHEME_STATES.get(kept.state, '已移除')}），共{len(revisions)}版。{_used(uses)}")
    with st.expander(f"历次版本（{len(revisions)}）", icon=":material/history:"):
        table([_row(one, uses) for one in revisions], "方案的历次版本")
        _earlier(kept)


def _used(uses: list[library.Use]) -> str:
    if not uses:
        return "尚无年度考核采用。"
    names = "、".join(f"“{escape(use.assessment.name)}”（第{use.revision}版）" for use in uses)
    return f"已有{len(uses)}个年度考核采用：{names}。方案以后的改动不影响已建的考核。"


def _row(one: OwnScheme, uses: list[library.Use]) -> dict[str, str]:
    names = "、".join(use.assessment.name for use in uses if use.revision == one.revision)
    return {
        "版次": f"第{one.revision}版，{SCHEME_STATES.get(one.state, '已移除')}" + ("" if one.hash else "，有误待改"),
        "办理": cell(f"{one.actor}，{session.local(one.at)}"),
        "文号与说明": cell("；".join(filter(None, (one.paper, one.note)))) or "—",
        "采用的年度考核": cell(names) or "—",
        "校验码": one.hash[:8] or "—",
    }


def _earlier(kept: OwnScheme) -> None:
    newest = session.store().own_scheme(kept.id)
    others = [one.own for one in library.earlier(session.store(), newest) if one.own and one.own.revision != kept.revision]
    with st.container(horizontal=True):
        for one in ([newest] if newest.revision != kept.revision else []) + others:
            key = own_key(one.id, None if one is newest else one.revision)
            st.button(
                f"查看第{one.revision}版", key=f"see-{key}", icon=":material/menu_book:", on_click=_look_at, args=(key,)
            )


def _look_at(key: str) -> None:
    st.query_params["scheme"] = st.session_state["scheme-box"] = key
