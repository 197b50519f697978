"""回测与同比: last year's marks under other rules, and a year-on-year change taken apart. Never changes a result."""

from __future__ import annotations

import streamlit as st

from components import page
from components.explore import backtest, backtest_match, backtest_results
from components.signature import sign
from components.text import escape
from scoring.gather import MarksError

state = page.head("回测与同比")

if state.scheme.judged or state.scheme.status != "whole":
    st.info("本方案由评议作出综合评价，没有得分可以回测或同比。", icon=":material/history:")
    page.foot(state)
    st.stop()

setup = backtest.choose(state)
if setup is None:
    page.foot(state)
    st.stop()

with st.container():  # one place, however much there is to tell: what stands below must not move and close
    backtest.names_bar(setup)
    for told in backtest_match.waiting(setup):
        st.warning(escape(told), icon=":material/rule:")

found = None
try:
    found = backtest.found(setup)
except MarksError as problem:
    st.info(f"{escape(str(problem))}。", icon=":material/history:")

with st.container():
    if found is not None:
        backtest_results.show(setup, found, setup.names(found))

st.markdown("**对应与变动**　:gray[确认后留存，下次仍在；不影响正式结果]")
sign()
with st.expander("指标对应", icon=":material/link:", expanded=found is None, key="backtest-match-open"):
    backtest_match.matching(setup, found)
with st.expander("单位变动", icon=":material/call_split:", key="backtest-units-open"):
    backtest_match.unit_changes(setup)

page.foot(state)
