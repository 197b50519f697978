"""方案编制: next year's scheme from last year's, edited as tables, checked as one types, and brought to 执行."""

from __future__ import annotations

import streamlit as st

from components import page, session
from components.editor import beginnings, head, sections, shelf
from components.editor.draft import draft_of
from components.signature import sign

st.html(page.ROOM_FOR_WORDS)
kept = shelf.asked()

if kept is None:
    st.title("方案编制", anchor=False)
    beginnings.told()
    actor = sign()
    own = session.store().own_schemes()
    if own:
        st.subheader("自编方案", anchor=False)
        shelf.listing(own)
    st.subheader("新建方案", anchor=False)
    with st.container(border=True):
        beginnings.ways(actor)
    shelf.removed(session.store().removed_schemes(), actor)
    page.foot()
    st.stop()

draft = draft_of(kept)
head.title_row(kept, draft)
beginnings.told()
head.saving(kept, draft)
head.judgement(head.faults_of(draft))

names = sections.TABS
tabs = dict(zip(names, st.tabs(names, key="editor-tab", on_change="rerun"), strict=True))
for name, tab in tabs.items():
    if tab.open:
        with tab:
            sections.draw(name, kept, draft, session.actor())
page.foot()
