"""The section of places: which place each unit gets over all weightings, and its mean place exactly."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from components import grades
from components.explore import firmness_strip
from components.explore.firmness_loading import Firm, expected
from components.explore.firmness_strip import Row
from components.results.charts import CONFIG
from components.text import escape
from scoring.trial import Level

FEWEST = 2
"""Places need somebody to be before."""


def section(firm: Firm, names: Mapping[str, str], level: Level) -> None:
    """The heat strip under the weights of a level, with what was sampled and how sure it is."""
    if firm.state.scheme.rank.shown == "none" or len(names) < FEWEST:
        return
    st.subheader("全部权重组合下的位次", anchor=False)
    means = expected(firm.state, firm.group, level)
    placed = [result.unit for result in firm.state.results.ranked(firm.group) if result.unit in means]
    if not placed:
        st.info("有对象的得分不随这一层的权重按比例变动，位次的分布不作计算。", icon=":material/info:")
        return
    rows = [Row(names[unit], firm.state.results.of(unit).rank, float(means[unit])) for unit in placed]
    st.plotly_chart(
        firmness_strip.figure(rows, grades.palette()), config=CONFIG, key="firmness-strip", theme=None,
        alt=firmness_strip.described(rows),
    )  # fmt: skip
    if len(placed) < len(names):
        st.caption(escape(f"只在已有得分的{len(placed)}个对象之间比较，位次为暂列。"))
    st.caption(escape("方框是现在的位次，◆是按得分在全部权重组合下的平均位次（精确）。"))
