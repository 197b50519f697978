"""What is looked at closely, a unit and a level of weights, and its stability bars: how far each weight may go."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

import streamlit as st

from components import grades
from components.explore import firmness_address, firmness_chart
from components.explore.firmness_loading import CLOSELY, Bars, Firm, bars, closely
from components.results.charts import CONFIG
from components.tables import bold
from components.text import escape
from scoring import exact
from scoring.firmness.form import CURVED
from scoring.firmness.influence import item_share
from scoring.nodes import NODE
from scoring.results import UnitResult
from scoring.scheme import Scheme
from scoring.standing import draws_lines, word
from scoring.trial import WEIGHTS, Level


def choose(firm: Firm, names: Mapping[str, str]) -> tuple[str, Level]:
    """The unit and the level of weights that is looked at closely."""
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        if len(names) > 1 and (len(names) <= CLOSELY or not firm.judged):
            firmness_address.choose_unit(names, firm.state.scheme.words.unit)
        level = firmness_address.choose_level(firm.known)
    firmness_address.tell_level(level)
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
    how = f"移动一项权重，其余按比例变动；{escape(percent_of(scheme, result, found.level))}"
    st.markdown(f"**\u2060{escape(name)}\u2060**　{chip}{place}　:gray[{how}]")
    if otherwise := other_level(firm, found, unit):
        st.markdown(f":orange[:material/warning:] {bold(otherwise)}")
    told = closely(firm, unit).told
    for neighbour in (told.ahead, told.behind):
        if neighbour:
            st.markdown(f":material/swap_vert: {escape(neighbour.sentence)}。")
    st.plotly_chart(
        firmness_chart.figure(found, scheme.grades, grades.palette()), config=CONFIG, key="firmness-bars", theme=None,
        alt=f"{name}的稳定区间：{firmness_chart.described(found)}",
    )  # fmt: skip
    st.caption(escape(_legend(found)))


def percent_of(scheme: Scheme, result: UnitResult, level: Level) -> str:
    """What the weights in the bars are parts of: the whole score, what was marked item by item, or one category."""
    share = Fraction(1) if level.id == WEIGHTS else item_share(scheme, result)
    if level.id.startswith(NODE):
        return f"权重占“{level.id.rsplit('/', 1)[-1].removeprefix(NODE)}”部分"
    return "权重占总分" if share == 1 else f"权重占逐项打分部分（占总分的{exact.shown(100 * share, 2)}%）"


def other_level(firm: Firm, found: Bars, unit: str) -> str:
    """Where no weight the card speaks of can change a grade, but one of the level that is looked at can."""
    fixed = firm.of(unit).fixed and found.firm is not None and not found.firm.fixed
    if not fixed or firm.level is None:
        return ""
    return f"按{found.level.name}权重调整，等次可能改变（“完全稳固”只就{firm.level.name}的权重而言）"


def _legend(found: Bars) -> str:
    told = [f"▼和竖线是{found.level.origin}权重"]
    if found.firm:
        told.append("实色一段是等次不变的区间，两侧淡色是越过等次线后的等次")
    if found.places:
        told.append("下方细条是位次不变的区间" if found.firm else "实色一段是位次不变的区间")
    return "；".join(told) + "。"
