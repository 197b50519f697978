"""办理: a scheme's way from 草案 to 执行, each step with what it means and a second look before it."""

from __future__ import annotations

import streamlit as st

from components import session
from components.access import permit
from components.editor import diff
from components.editor.beginnings import TEMPLATE
from components.editor.draft import Draft, checked, forget
from components.editor.shelf import MEANINGS, leave
from components.navigation import ASSESSMENTS
from components.text import escape
from data import library
from data.scheme_keys import own_key
from data.store import SCHEME_STATES, OwnScheme, StoreProblem

_STEPS = {
    "draft": ("agreed", "办理同意", "主管领导或领导小组同意后办理。办理后内容不再改动；需要改动的，写明理由退回草案。"),
    "agreed": ("filed", "办理备案", "报上级备案、取得文号后办理。办理后仍可写明理由退回草案。"),
    "filed": ("in_force", "转为执行", "转为执行后，内容不能再退回修改；需要改动的另以此为模板新建。"),
}
_SAID = {"agreed": "办理同意后为“已同意”。", "filed": "办理备案后为“已备案”。", "in_force": "已转为“执行”。"}


def panel(kept: OwnScheme, draft: Draft, actor: str) -> None:
    """The next step, the way back, and what can be done with a scheme in force."""
    order = " → ".join(f"**\u2060{word}\u2060**" if state == kept.state else word for state, word in SCHEME_STATES.items())
    st.markdown(order)
    st.caption("　".join(f"{word}：{MEANINGS[state]}；" for state, word in SCHEME_STATES.items())[:-1] + "。")
    if kept.state in _STEPS:
        _step(kept, draft, actor)
    if kept.state in ("agreed", "filed"):
        _back(kept, actor)
    if kept.state == "draft":
        _remove(kept, actor)
    else:
        _onward(kept)


def _step(kept: OwnScheme, draft: Draft, actor: str) -> None:
    _, name, meaning = _STEPS[kept.state]
    st.markdown(escape(meaning))
    hindered = _hindrance(kept, draft)
    if hindered:
        st.info(escape(hindered), icon=":material/info:")
    if st.button(f"{name}…", key="editor-step", icon=":material/arrow_forward:", type="primary", disabled=bool(hindered)):
        st.session_state["editor-looking"] = (kept.id, kept.revision)
    if st.session_state.get("editor-looking") == (kept.id, kept.revision) and not hindered:
        _second_look(kept, actor, name)


def _hindrance(kept: OwnScheme, draft: Draft) -> str:
    if draft.dirty:
        return "有未保存的改动，请先保存或放弃。"
    if checked(kept.text).scheme is None:
        return "方案尚有须改正之处，改正并保存后方可办理。"
    return ""


def _second_look(kept: OwnScheme, actor: str, name: str) -> None:
    """Everything that the scheme says otherwise than its template, read once more before the step."""
    with st.container(border=True, key="editor-second-look"):
        before = _earlier(kept)
        if before:
            title, text = before
            st.markdown(f"**\u2060请再核对一遍\u2060**：与{escape(f'《{title}》')}相比，本方案的不同之处——")
            diff.told(text, kept.text, ("原来", "本方案"))
        else:
            st.markdown("**\u2060请再核对一遍\u2060**各表内容；没有可供对照的模板或执行中的方案。")
        paper = ""
        if kept.state != "filed":
            paper = _paper(kept)
        with st.container(horizontal=True):
            if permit.button("方案同意", f"确认{name}", type="primary", icon=":material/task_alt:", key="editor-confirm"):
                _advance(kept, actor, paper)
            if st.button("再改改", key="editor-not-yet"):
                st.session_state.pop("editor-looking", None)
                st.rerun()


def _paper(kept: OwnScheme) -> str:
    """The step's 文号, beginning with the one it had before the scheme was sent back."""
    label = "备案文号" if kept.state == "agreed" else "同意的文号或会议纪要（可不填）"
    former = library.paper_before(session.store().scheme_revisions(kept.id), _STEPS[kept.state][0])
    typed = st.text_input(label, former, key=f"editor-paper-{kept.id}-{kept.state}", max_chars=80, width=360, live=True,
                          help="已填的是退回前的文号，有变的请改" if former else None)  # fmt: skip
    return typed or ""


def _earlier(kept: OwnScheme) -> tuple[str, str] | None:
    """What the scheme is compared with: its template if that can be found, else the newest other one in force."""
    others = sorted(session.store().own_schemes(), key=lambda one: one.at)
    in_force = [(one.title, one.text) for one in others if one.id != kept.id and one.state == "in_force"]
    return session.store().template_of(kept) or (in_force[-1] if in_force else None)


def _advance(kept: OwnScheme, actor: str, paper: str) -> None:
    try:
        made = session.store().advance_scheme(kept.id, actor, kept.revision, paper)
    except StoreProblem as problem:
        session.complain(problem)
        return
    _done(made, _SAID[made.state])


def _done(made: OwnScheme, words: str) -> None:
    forget(made.id)
    st.session_state.pop("editor-looking", None)
    st.session_state["editor-told"] = words
    st.rerun()


def _back(kept: OwnScheme, actor: str) -> None:
    with st.expander("退回草案", icon=":material/undo:"):
        reason = st.text_input("退回理由", key=f"editor-return-{kept.id}-{kept.revision}", max_chars=200, live=True)
        if permit.button("退回方案", "退回草案", key="editor-return", icon=":material/undo:"):
            try:
                made = session.store().return_scheme(kept.id, actor, reason or "", kept.revision)
            except StoreProblem as problem:
                session.complain(problem)
                return
            _done(made, "已退回草案，可以修改。")


def _remove(kept: OwnScheme, actor: str) -> None:
    with st.expander("移除草案", icon=":material/delete:"):
        st.caption("移除后不再列出；各版内容和理由都留存，可在“已移除的草案”中恢复。")
        reason = st.text_input("移除理由", key=f"editor-remove-{kept.id}-{kept.revision}", max_chars=200, live=True)
        if permit.button("移除方案", "移除草案", key="editor-remove", icon=":material/delete:"):
            try:
                session.store().remove_scheme(kept.id, actor, reason or "", kept.revision)
            except StoreProblem as problem:
                session.complain(problem)
                return
            forget(kept.id)
            leave()
            st.session_state["editor-told"] = f"已移除草案《{kept.title}》。"
            st.rerun()


def _onward(kept: OwnScheme) -> None:
    """What one does with a scheme that is settled: assess by it, and begin the next year from it."""
    with st.container(horizontal=True):
        if st.button("用此方案新建年度考核", key="editor-assess", icon=":material/folder_open:", type="primary"):
            st.session_state["new-scheme"] = own_key(kept.id)  # the form over there begins with it
            st.switch_page(ASSESSMENTS)
        permit.button("新建方案", "以此为模板新建下一年度", key="editor-next-year", icon=":material/content_copy:",
                      on_click=_next_year, args=(kept,))  # fmt: skip


def _next_year(kept: OwnScheme) -> None:
    leave()
    st.session_state[TEMPLATE] = own_key(kept.id)
    st.session_state["editor-way"] = "以此为模板新建"


