"""年度考核: which there are, opening one, making one from a scheme. Also the first page over an empty store."""

from __future__ import annotations

import streamlit as st

from components import page, session
from components.access import unconfigured
from components.rules import assessment_list, demo_view, requests_view, roster_view
from components.signature import sign
from data.state import State

known = session.assessments()
with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
    st.title("年度考核", anchor=False, width="content")
    unconfigured.badge()
if not known:
    page.begin()
assessment_list.told()
requests_view.told()
with st.container(horizontal=True, vertical_alignment="bottom"):
    actor = sign()
    demo_view.demo_button(known)
    demo_view.clear_demo(known, actor)
demo_view.demo_note()
st.subheader("已有的考核", anchor=False)
assessment_list.listing(known, actor)

chosen = session.opened(session.chosen_id() or 0)
if isinstance(chosen, State):
    st.subheader("考核对象名单", anchor=False)
    roster_view.section(chosen, actor)

st.subheader("新建", anchor=False)
with st.container(border=True):
    assessment_list.creation(actor)
assessment_list.skeletons()
page.foot()
