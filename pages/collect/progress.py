"""催报进度: what has come, how far each sheet is, 提交 and 复核, whom to call with which words, every revision's history."""

from __future__ import annotations

import streamlit as st

from components import page, session
from components.access import admission
from components.collect import hand_in, matrix, review_view
from components.rules import requests_view
from components.signature import sign
from data.reminders import marked
from data.state import State
from data.store import Request

state = page.head("催报进度", blind=True)
key = state.assessment.id
mark = session.store().standing_mark(key)  # before anything is read: what comes after begins the page anew
found = session.store().stages(key) if session.store().review_required(key) else []
stages = {(one.unit, one.component): one for one in found}
actor = sign()
requests_view.told()


def _called(one: Request) -> str:
    sheet = next((each for each in found if each.id == one.subject), None)
    return hand_in.name(state, sheet) if sheet else state.assessment.name


def _standing(current: State) -> None:
    today = session.now().date()
    if current.blind:
        admission.progress()
        st.caption("您在本年度考核中承担填报，以下只列您分工内的评分表。")
    matrix.summary(current, today)
    matrix.matrix(current, today, stages)


_standing(state)
requests = session.store().requests(key)
unlocks = [one for one in requests if one.state == "asked" and one.kind == "unlock"]
requests_view.listed(unlocks, actor, _called)
hand_in.section(state, actor, found)
review_view.section(state, actor, found)

st.subheader("催报", anchor=False)
matrix.call_list(state, session.now().date(), session.local(session.now()))

st.subheader("上报记录", anchor=False)
with st.container(horizontal=True, vertical_alignment="bottom"):
    names = {part.id: part.name for part in matrix.looked_at(state)}
    unit = st.selectbox(state.scheme.words.unit, marked(state), key="history-unit")
    component = st.selectbox(
        state.scheme.words.component, list(names), format_func=names.__getitem__, key="history-component"
    )
if unit and component:
    matrix.history(state, session.store().history(key, unit, component), actor, stages, {one.subject for one in unlocks})
requests_view.decided(requests, _called)
page.live(lambda _: None, state, "progress", mark)
page.foot(state)
