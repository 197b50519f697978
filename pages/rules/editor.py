"""方案编制: next year's scheme from last year's, edited as tables, checked as one types, and brought to 执行."""

from __future__ import annotations

import streamlit as st

from components import page, session
from components.editor import editor_head, editor_list, editor_new, editor_sections
from components.editor.editor_draft import draft_of
from components.signature import sign

st.html(page.ROOM_FOR_WORDS)
kept = editor_list.asked()

if kept is None:
    st.title("方案编制", anchor=False)
    editor_new.told()
    actor = sign()
    own = session.store().own_schemes()
    if own:
        st.subheader("自编方案", anchor=False)
        editor_list.listing(own)
    st.subheader("新建方案", anchor=False)
    with st.container(border=True):
        editor_new.ways(actor)
    page.foot()
    st.stop()

draft = draft_of(kept)
editor_head.title_row(kept, draft)
editor_new.told()
editor_head.saving(kept, draft)
editor_head.judgement(editor_head.faults_of(draft))

names = editor_sections.TABS
tabs = dict(zip(names, st.tabs(names, key="editor-tab", on_change="rerun"), strict=True))
for name, tab in tabs.items():
    if tab.open:
        with tab:
            editor_sections.draw(name, kept, draft, session.actor())
page.foot()
