"""What 年度考核 draws: the welcome over an empty store, the list, the form for a new one, and the 示例数据."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from components import session
from components.access import permit
from components.navigation import ASSESSMENTS, ASSUMPTIONS, EDITOR, OVERVIEW, UPLOAD
from components.rules import brought, finalising, review_switch, roster_upload, towns_shown
from components.rules.demo_view import demo_button, demo_note, look_at
from components.signature import sign
from components.tables import bold
from components.text import escape, escaped_lines
from data import library
from data.archive_import import brought_in
from data.reminders import asked
from data.state import State
from data.store import Assessment, LogEntry, StoreProblem

_NAMED = 3


def welcome() -> None:
    """Three lines for whoever opens the program for the first time."""
    st.markdown(
        "1. 先有一个**\u2060年度考核\u2060**：选定方案和考核对象名单。可在下面新建，也可先载入示例数据试用。\n"
        "2. 到**\u2060数据上报\u2060**放入填好的评分表，系统按方案逐项核对并测算得分、等次。\n"
        "3. 到**\u2060总览\u2060**看结果：每个等次都写明依据的条款、离等次线多远。"
    )


def begin() -> None:
    """The first page over an empty store, whatever page was asked for: what to do, and both ways to begin at once."""
    st.markdown("**\u2060欢迎使用衡效。\u2060**这里还没有年度考核，三步即可开始：")
    welcome()
    with st.container(horizontal=True, vertical_alignment="bottom"):
        actor = sign()
        demo_button((), primary=True)
    demo_note()
    st.subheader("新建空白考核", anchor=False)
    with st.container(border=True):
        creation(actor)
    skeletons()


def listing(known: Sequence[Assessment], actor: str) -> None:
    """Every assessment with how far it has come, and a button that opens it; or why it cannot be opened."""
    chosen = session.chosen_id()
    for one in known:
        found = session.opened(one.id)
        with st.container(border=True):
            _card(one, found, one.id == chosen)
            if isinstance(found, State) and not found.blind:
                finalising.panel(found, actor)
                review_switch.switch(found, actor)
                towns_shown.switches(found, actor)


def _card(one: Assessment, found: State | session.Unopened, chosen: bool) -> None:
    entry = brought_in(session.store(), one.id)
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        with st.container(width="content", gap="xsmall"):
            _named(one, chosen, entry)
            st.caption(_how_far(found, entry) if isinstance(found, State) else escaped_lines(str(found)))
        if not isinstance(found, State):
            st.badge("无法打开", icon=":material/folder_off:", color="red")
        elif st.button("打开", key=f"open-{one.id}", icon=":material/folder_open:"):
            session.choose(one.id)
            st.switch_page(OVERVIEW)


def _named(one: Assessment, chosen: bool, entry: LogEntry | None) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(bold(one.name), width="content")
        if one.demo:
            st.badge("示例数据", icon=":material/science:", color="orange")
        finalising.badge(one)
        brought.badge(entry)
        if chosen:
            st.badge("当前", icon=":material/check:", color="blue")


def _how_far(state: State, entry: LogEntry | None) -> str:
    one, words, parts = state.assessment, state.scheme.words, asked(state)
    made = brought.told(entry) if entry else f"{session.local(one.created_at)}建立"
    return escape(
        f"方案：{state.scheme.short}；{words.units}{len(state.units) if state.blind else len(state.results.units)}{words.measure}；"
        f"已收{sum(part.received for part in parts)}份，应收{sum(part.expected for part in parts)}份；"
        f"第{one.version}版；{made}"
    )


def creation(actor: str) -> None:
    """The form for a new assessment: a scheme that can be scored, a name, and which groups are on the roster."""
    usable = {one.key: one for one in library.usable(session.store())}
    first = [key for key, one in usable.items() if one.own] + [key for key in usable if key.endswith("-county")]
    offered = list(dict.fromkeys([*first, *usable]))  # most begin with these
    key = st.selectbox("方案", offered, format_func=lambda each: _called(usable[each]), key="new-scheme")
    _not_offered()
    taken, scheme = usable[key], usable[key].scheme
    name = st.text_input("名称", value=scheme.title, max_chars=80, key=f"new-name-{key}", live=True)
    chosen = roster_upload.choice(scheme)
    if not permit.button("新建考核", "新建年度考核", type="primary", icon=":material/add:", key="new-create"):
        return
    if chosen.problem:
        st.error(chosen.problem, icon=":material/error:")
        return
    try:
        made = session.store().create_assessment(
            name or "", scheme.id, taken.text, scheme.hash, chosen.units, actor
        )
    except StoreProblem as problem:
        session.complain(problem)
        return
    roster_upload.forget(roster_upload.new_zone(scheme))
    look_at(made)
    st.switch_page(ASSESSMENTS)  # which tells what was made and where to go next


def _called(one: library.Shelved) -> str:
    return one.scheme.title + (f"（自编，{library.state_word(one.own)}）" if one.own else "")


def _not_offered() -> None:
    """Why an own scheme that somebody looks for is not among the schemes, and where to go."""
    if not (drafts := library.drafts(session.store())):
        return
    names = "、".join(f"“{escape(one.title)}”" for one in drafts[:_NAMED])
    more = f"等{len(drafts)}个" if len(drafts) > _NAMED else ""
    st.caption(f"自编方案{names}{more}还是草案，内容仍可改动，不能据以新建考核；办理“已同意”后可选。")
    st.page_link(EDITOR, label="去方案编制办理", icon=":material/edit_document:")


def skeletons() -> None:
    """Schemes that can be read but not scored yet."""
    only_read = [one.scheme for one in library.built_in() if one.scheme.status == "skeleton"]
    if only_read:
        with st.expander(f"仅可查阅的方案（{len(only_read)}个）", icon=":material/menu_book:"):
            st.caption("这些方案的指标和条款已录入，可在“方案与口径”查阅；计分方法尚未启用，不能新建考核。")
            st.markdown("\n".join(f"- {escape(scheme.title)}" for scheme in only_read))


def told() -> None:
    """What was just made, and where to go next."""
    if name := st.session_state.pop("assessment-told", ""):
        st.success(f"已建立“{escape(name)}”，并设为当前考核。", icon=":material/task_alt:")
        with st.container(horizontal=True):
            st.page_link(UPLOAD, label="去上报评分表", icon=":material/upload_file:")
            st.page_link(ASSUMPTIONS, label="去核对口径", icon=":material/rule:")
