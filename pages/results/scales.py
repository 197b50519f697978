"""打分尺度: whether assessing groups mark generously or severely beside 市级考核 and beside each other, as far as it can be told"""

import streamlit as st

from components import page, session
from components.drawing import draw_parts
from components.results import group_choice, scales_view
from data.state import State


def draw(state: State) -> None:
    """The verdicts, the groups, marks to look at again, items that divide nobody, the method, the workbook."""
    st.caption(
        "供规划和考核办内部复核。本页含各组评分的比较，仍在考核、评分的人员不得查阅；差异只提示核实，不作为结论。"
    )
    group = group_choice.chosen(state)
    own = scales_view.cross(state)
    compares = scales_view.compares(state, own)
    second = scales_view.yardstick(state, own) if compares else None
    first_words = st.container()
    who = scales_view.assessors(state, group, drawn) if compares else {}
    scales = scales_view.loaded(state, group, second, who, own)
    with first_words:
        scales_view.verdicts(scales)
    scales_view.groups(scales)
    scales_view.far_apart(state, scales)
    scales_view.undividing(scales)
    scales_view.method(scales)
    scales_view.download(state, scales)


state = page.head("打分尺度")
drawn = session.store().drawings(state.assessment.id)
page.live(draw, state, key="scales")
draw_parts.watch(state.assessment.id, draw_parts.standing_of(drawn))  # a draw moves no version
page.foot(state)
