"""核对Excel: the office's own summary workbook held against the results; each differing cell with its cause and our steps."""

from __future__ import annotations

import streamlit as st

from components import page, session
from components.collect import crosscheck_roles as chosen
from components.collect import crosscheck_view as outcome

state = page.head("核对Excel")
if state.scheme.judged:
    st.info("本方案由评议作出综合评价，没有得分、等次和位次可核对。", icon=":material/info:")
    page.foot(state)
    st.stop()
st.markdown("放入本单位自己的汇总表，逐格与系统的测算结果核对：哪一格不同，为什么不同，系统是怎样算的。")
outcome.incomplete(state, state.absent)

held = chosen.file()
book = held.reading.book if held else None
layout = chosen.confirmed(state, held, book) if held and book else None
if held and book and layout:
    report = outcome.report_of(session.store(), state, book, layout, held.id)
    outcome.verdict(report)
    outcome.groups(report)
    outcome.remarks(report)
    outcome.cells(report)
    outcome.not_compared(report)
    outcome.takeaway(report, state, held.name)
page.foot(state)
