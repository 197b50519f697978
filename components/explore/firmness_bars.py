"""What is looked at closely, a unit and a level of weights, and its stability bars: how far each weight may go."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from components import grades
from components.explore import firmness_address, firmness_chart
from components.explore.firmness_loading import Bars, Firm, bars
from components.explore.firmness_verdicts import MOST_CARDS
from components.results.charts import CONFIG
from components.text import escape
from scoring.firmness.form import CURVED
from scoring.standing import draws_lines, word
from scoring.trial import Level


def choose(firm: Firm, names: Mapping[str, str]) -> tuple[str, Level]:
    """The unit and the level of weights that is looked at closely."""
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        if len(names) > 1 and (len(names) <= MOST_CARDS or not firm.judged):
            firmness_address.choose_unit(names, firm.state.scheme.words.unit)
        level = firmness_address.choose_level(firm.known)
    return str(st.session_state[firmness_address.UNIT]), level


def section(firm: Firm, names: Mapping[str, str], unit: str, level: Level) -> None:
    """The bars of one unit at one level of weights."""
    what = "等次" if draws_lines(firm.state.scheme) else "位次"
    st.subheader(f"每项权重可以变动多少，{what}不变", anchor=False)
    _draw(firm, bars(firm.state, firm.group, unit, level), names[unit], unit)


def _draw(firm: Firm, found: Bars, name: str, unit: str) -> None:
    scheme, result = firm.state.scheme, firm.state.results.of(unit)
    if found.line is None:
        why = "评分尚未齐全，暂无稳定区间" if result.score is None else f"{name}{CURVED}"
        st.info(f"{escape(why)}。", icon=":material/info:")
        return
    chip = grades.chip(scheme.grades, result.grade, grades.palette()) if result.grade else escape(word(result))
    place = f"，第{result.rank}位" if result.rank is not None else ""
    st.markdown(f"**\u2060{escape(name)}\u2060**　{chip}{place}　:gray[移动一项权重，其余按比例变动]")
    for neighbour in (firm.of(unit).told.ahead, firm.of(unit).told.behind):
        if neighbour:
            st.markdown(f":material/swap_vert: {escape(neighbour.sentence)}。")
    st.plotly_chart(
        firmness_chart.figure(found, scheme.grades, grades.palette()), config=CONFIG, key="firmness-bars", theme=None,
        alt=f"{name}的稳定区间：{firmness_chart.described(found)}",
    )  # fmt: skip
    st.caption(escape(_legend(found)))


def _legend(found: Bars) -> str:
    told = ["▼和竖线是文件（现行）权重"]
    if found.firm:
        told.append("实色一段是等次不变的区间，两侧淡色是越过等次线后的等次")
    if found.places:
        told.append("下方细条是位次不变的区间" if found.firm else "实色一段是位次不变的区间")
    return "；".join(told) + "。"
