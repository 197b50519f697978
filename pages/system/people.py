"""人员与权限: which account may do what, who changed that and when, and who signed in."""

from __future__ import annotations

import streamlit as st

from components import page, session
from components.access import people_history, people_view, unconfigured
from components.follow import follow_dialogs as dialogs
from components.signature import sign
from data.store import StoreProblem

viewer = session.store().person
st.html(page.ROOM_FOR_WORDS)

with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
    st.title("人员与权限", anchor=False, width="content")
    unconfigured.badge()
try:
    people, history, sign_ins = session.store().people(), session.store().people_history(), session.store().sign_ins()
except StoreProblem as problem:
    session.complain(problem)
    st.stop()

dialogs.told()
people_view.standing(viewer, people)
with st.container(horizontal=True, vertical_alignment="bottom", horizontal_alignment="distribute"):
    sign()
    st.button("登记人员", type="primary", icon=":material/person_add:", key="person-new",
              on_click=dialogs.open_dialog, args=("person-new",))  # fmt: skip
people_view.listing(people, {each.account: each.seen for each in reversed(sign_ins)})
people_view.roles()
people_history.changes(history)
people_history.signings(sign_ins)
st.caption("内部资料。人员的登记、更改、停用均记入操作日志。")
people_view.open_dialog()
