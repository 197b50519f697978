"""操作日志: who did what and when, to be filtered, verified and taken along."""

from __future__ import annotations

import streamlit as st

from components import page, session
from components.rules import attached, journal
from data.state import State

state = page.head("操作日志", choose=False, blind=True) if session.assessments() else None
if state is None:
    st.title("操作日志", anchor=False)

with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
    scope = st.segmented_control(
        "范围", ["本年度考核", "全部年度考核"], default="本年度考核", required=True, key="log-scope",
        label_visibility="collapsed", disabled=state is None,
    )  # fmt: skip
    verify = st.button("校验日志完整性", icon=":material/verified_user:", key="verify")
if verify:
    journal.check()


def _entries(current: State | None) -> None:
    assessments = session.assessments()
    known = journal.names(assessments)
    only = current.assessment.id if current and scope == "本年度考核" else None
    everything = journal.entries_of(only)
    found = journal.filters(everything, known, journal.units_of(current) if only else ())
    st.download_button(
        f"下载所列{len(found)}条（CSV）", data=lambda: journal.as_csv(found, assessments, known), key="log-csv",
        file_name="操作日志.csv", mime="text/csv", icon=":material/download:", on_click="ignore", disabled=not found,
    )  # fmt: skip
    journal.entries_table(found, known, journal.felt(everything))


drawn = journal.newest()
_entries(state)
if state is not None:
    attached.section(state, journal.names([state.assessment])[state.assessment.id])
page.foot()
journal.watch(drawn)
