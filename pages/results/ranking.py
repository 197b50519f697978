"""排名: everyone's place, score and grade with the reasons, group by group, to filter, to open and to take along."""

import streamlit as st

from components import page
from components.meeting import verdict
from components.results import badges, group_choice, judged_view, ranking_view
from data.state import State


def draw(state: State) -> None:
    """The group, filters, the table, downloads."""
    badges.lines(state.scheme)
    verdict.differences(state)
    group = group_choice.chosen(state)
    units = ranking_view.chosen(state, group)
    if state.scheme.judged:
        judged_view.triggers(state, units)
    else:
        waits = f"数据未齐：位次为暂列，暂缺的{state.scheme.words.units}排在最后。"
        rule = ranking_view.order_told(state.scheme)
        st.caption(f"{waits if state.results.provisional(units) else ''}{rule}点击名称查看其分项情况。")
        ranking_view.table(state, units)
    ranking_view.downloads(state, units)


state = page.head("排名", judged="问题情形一览")
page.live(draw, state, key="ranking")
page.foot(state)
