"""情景比对: saved scenarios side by side on any marks, what each changes, and who stands where under each. Never official."""

from __future__ import annotations

import streamlit as st

from components import page
from components.explore import compare, compare_files, compare_marks, compare_scenarios, compare_table
from components.explore.address import choose_group, tell_group
from components.links import link
from components.navigation import UPLOAD
from components.text import escape
from components.width import column_width

state = page.head("情景比对")

if state.scheme.judged or state.scheme.status != "whole":
    st.info("本方案由评议作出综合评价，没有得分，无情景可比。", icon=":material/compare:")
    page.foot(state)
    st.stop()

group = choose_group(state)
tell_group(state, group)
chosen = compare.choose(state, group)
if chosen is None:
    page.foot(state)
    st.stop()
where, found = chosen

if all(result.score is None for column in found.columns for result in column.results.group(group)):
    noun = state.scheme.words.units
    st.info(f"这一基准下还没有一个{noun}的评分齐全，暂无可比的得分。", icon=":material/upload_file:")
    link(state, UPLOAD, "去数据上报", ":material/arrow_forward:")
    page.foot(state)
    st.stop()
if all(column.key in ("document", "force") for column in found.columns) and not found.refused:
    compare.nothing_picked(state, group)
    if len(found.columns) == 1:
        page.foot(state)
        st.stop()

st.caption(escape(f"测算基准：{found.baseline}。{''.join(found.notes)}"))
compare.names_bar(state, where)
for refused in found.refused:
    st.warning(escape(f"“{refused.name}”不能用于这一基准，未列入：{'；'.join(refused.problems)}。"), icon=":material/block:")

st.markdown(f"**\u2060{escape(compare_table.headline(found))}\u2060**")
narrow = column_width("compare-width", default=1000) < compare_table.NARROW
compare_table.summary(found, compare_marks.firmness_of(found, where), narrow=narrow)
compare_table.units(found, narrow=narrow)
if len(found.columns) > 1:
    st.subheader("各方案的改动", anchor=False)
    compare_scenarios.show(found, where, narrow=narrow)
st.subheader("会议材料", anchor=False)
compare_files.files(found)
compare_files.lines(found, where)
compare_files.link()

page.watch(state)
page.foot(state)
