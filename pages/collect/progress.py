"""催报进度: what has come, what is missing and late, whom to call with which words, and every revision's history."""

from __future__ import annotations

import streamlit as st

from components import page, session
from components.access import admission
from components.collect import matrix
from components.signature import sign
from data.reminders import marked
from data.state import State

state = page.head("催报进度", blind=True)


def _standing(current: State) -> None:
    today = session.now().date()
    if current.blind:
        admission.progress()
        st.caption("您在本年度考核中承担填报，以下只列您分工内的评分表。")
    matrix.summary(current, today)
    matrix.matrix(current, today)
    st.subheader("催报", anchor=False)
    matrix.call_list(current, today, session.local(session.now()))


page.live(_standing, state, "progress")

st.subheader("上报记录", anchor=False)
with st.container(horizontal=True, vertical_alignment="bottom"):
    names = {part.id: part.name for part in state.scheme.components}
    unit = st.selectbox(state.scheme.words.unit, marked(state), key="history-unit")
    component = st.selectbox(
        state.scheme.words.component, list(names), format_func=names.__getitem__, key="history-component"
    )
    actor = sign()
if unit and component:
    matrix.history(state, session.store().history(state.assessment.id, unit, component), actor)
page.foot(state)
