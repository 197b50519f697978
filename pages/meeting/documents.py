"""报告与导出: choose a document of a 锁定版, look at it, take it along. All of them are made from the same locked figures."""

import streamlit as st

from components import page
from components.meeting import export_choice, export_make, export_preview, newer, opened
from components.signature import sign
from components.text import escape

state = page.head("报告与导出")
locked = opened.here(state)
newer.announce(locked)
with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
    with st.container(width="stretch", gap=None):
        st.markdown(escape(locked.stamp))
        st.caption(escape("　".join(part for part in (locked.marking, f"等次为{locked.standing.word}") if part)))
    opened.chooser(state, locked)

sign()
left, right = st.columns([2, 3], gap="medium")
with left:
    choice = export_choice.choose(locked)
    made = export_make.document(locked, choice)
    if made:
        export_make.offer(locked, choice, made)
if made:
    with right:
        export_preview.preview(locked, choice, made, export_make.key_of(locked, choice))
page.foot(state)
