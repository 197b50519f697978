"""等次稳定性 where there is little or nothing to tell, and what surrounds the rest: the toolbar and the method."""

from __future__ import annotations

import streamlit as st

from components import links
from components.explore import naming
from components.explore.firmness_loading import Firm, groups, weighed
from components.navigation import ASSUMPTIONS, UPLOAD
from components.text import escape
from data.state import State
from scoring.standing import borrowed, draws_lines

METHOD = (
    "等次线按舍入后的实际起点计：得分保留2位小数时，90分的线自89.995分起。",
    "安全半径（各权重同时变动）：每项权重各自增减不超过其自身的某一百分比、合计不变；所列百分比以内，无论怎样搭配，等次都不变。",
    "±5个百分点内：每项权重与现行权重相差不超过5个百分点、合计不变且不为负的全部组合；所占比例为其体积之比，精确计算。",
    "稳固：上述组合中没有一个会改变等次，端点包括在内。",
    "各位次所占的比例和平均位次：全部权重组合一视同仁，计入等次限制，由同一次固定种子的抽样得出，注明误差。",
    "只按得分的平均位次：不计等次限制，按得分两两相比算出。",
    "“按分数”只看得分；“按规则”计入等次限制和保底。",
)


def opens(state: State) -> bool:
    """Whether there is anything to analyse; if not, why not and where to go."""
    if state.scheme.judged:
        st.info("本方案由评议作出综合评价，没有得分和权重，不作等次稳定性分析。", icon=":material/query_stats:")
        return False
    if not any(result.score is not None for group in groups(state) for result in state.results.group(group.id)):
        noun = state.scheme.words.units
        st.info(
            f"还没有一个{noun}的评分齐全，暂无可分析的得分。请先上报评分表；收齐一个即可开始分析。",
            icon=":material/upload_file:",
        )
        links.link(state, UPLOAD, "去数据上报", ":material/arrow_forward:", width="content")
        return False
    return True


def weighs(state: State, group: str) -> bool:
    """Whether several things are weighed in a group; if not, say so."""
    if weighed(state, group):
        return True
    st.info(
        f"本方案只有一项{state.scheme.words.component}，也不按权重合计指标，没有权重可以变动，等次只随评分变化。",
        icon=":material/query_stats:",
    )
    return False


def toolbar(state: State) -> None:
    """Whether names are seen, and the way to change that."""
    with st.container(horizontal=True, vertical_alignment="center", key="firmness-toolbar"):
        naming.switch(state)


def single(firm: Firm) -> None:
    """Where there is but one 考核方式, whose weights are spoken of instead."""
    scheme = firm.state.scheme
    if len(scheme.counted) == 1 and firm.level is not None:
        told = f"本方案只有一种{scheme.words.component}（{scheme.counted[0].name}），以下所说的权重是{firm.level.name}的权重。"
        st.caption(escape(told))
    elif firm.level is not None and borrowed(scheme):
        st.caption(escape(f"等次线借用{borrowed(scheme)}，为口径，原文未规定。"))


def no_grades(firm: Firm) -> None:
    """Scores without grades: nothing can be lost but a place."""
    scheme = firm.state.scheme
    if draws_lines(scheme):
        why = "、".join(dict.fromkeys(verdict.told.why_not for verdict in firm.found if verdict.told.why_not))
        st.info(f"{escape(why)}，不作等次稳定性分析。", icon=":material/info:")
        return
    st.info(
        "文件没有等次线，等次由评议确定，谈不上等次是否稳固；以下只分析位次。在“口径”中选用其他等次线后，可分析等次。",
        icon=":material/info:",
    )
    if any(
        alternative
        for reading in firm.state.assumptions
        if reading.key == "bands"
        for alternative in reading.alternatives
    ):
        links.link(firm.state, ASSUMPTIONS, "去口径", ":material/rule:", width="content")


def method() -> None:
    """How it is worked out, and what the words mean."""
    with st.expander("怎样计算，各词的含义", icon=":material/functions:"):
        st.markdown("\n".join(f"- {escape(text)}" for text in METHOD))
