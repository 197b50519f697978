"""排名: everyone's place, score and grade with the reasons, to filter, to open and to take along."""

import streamlit as st

from components import page, ranking_view
from data.state import State


def draw(state: State) -> None:
    """Filters, the table, downloads."""
    units = ranking_view.chosen(state)
    if state.results.provisional(units):
        st.caption("数据未齐：位次为暂列，暂缺的考核对象排在最后。点击名称查看其分项情况。")
    else:
        st.caption("点击名称查看其分项情况。")
    ranking_view.table(state, units)
    ranking_view.downloads(state, units)


state = page.head("排名")
page.live(draw, state, key="ranking")
page.foot()
