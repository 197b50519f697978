"""分项情况 of units without a table of marks: those that inherit their score, and those that are judged."""

from __future__ import annotations

from collections.abc import Iterator

import streamlit as st

from components import grades
from components.grades import chip
from components.results import unit_view
from components.results.judged_view import fact_line, measure_line
from components.tables import cell, table
from components.text import escape
from data.state import State
from scoring import exact
from scoring.explain import score_text
from scoring.inherit import weights
from scoring.judged import judged
from scoring.results import UnitResult


def inherited(state: State, result: UnitResult) -> None:
    """Whose scores a unit takes, with what each counts for, and a way to them."""
    rule = state.scheme.inheritance(result.group)
    if rule is None:
        return
    source = state.scheme.group(rule.source).name
    st.subheader(f"随所帮扶的{source}计分", anchor=False)
    st.caption(f"{state.scheme.group(result.group).name}随所帮扶的{source}计分，不另填评分表。（{rule.basis}）")
    if not result.inherited:
        st.warning(
            f"未登记{result.unit}所帮扶的{source}，不能计分。请在名单中补登帮扶对象。", icon=":material/person_search:"
        )
        return
    shares = weights(rule, result.inherited)
    whole = sum(shares)
    rows = []
    for one, share in zip(result.inherited, shares, strict=True):
        other = state.results.of(one.unit)
        row = {source: cell(one.unit), "得分": "暂缺" if one.score is None else score_text(state.scheme, one.score)}
        row["等次"] = chip(state.scheme.grades, other.grade, grades.palette()) if other.grade else "暂缺"
        row["帮扶户数"] = "未报" if one.households is None else exact.plain(one.households)
        row["计分占比"] = f"{exact.shown(100 * share / whole, 2)}%" if whole else ""
        rows.append(row)
    table(rows, f"{result.unit}所帮扶的{source}的得分与占比")
    for one in result.inherited:
        st.button(f"查看{escape(one.unit)}的分项情况", key=f"helped-{one.unit}", icon=":material/arrow_forward:",
                  type="tertiary", on_click=unit_view.go, args=(one.unit,))  # fmt: skip


def heirs(state: State, result: UnitResult) -> None:
    """The units that take this one's score, where there are any."""
    found = [other for other in state.results.units if any(one.unit == result.unit for one in other.inherited)]
    if not found:
        return
    with st.expander(f"随{escape(result.unit)}计分的{len(found)}个单位", icon=":material/group:"):
        st.markdown(escape("、".join(other.unit for other in found)))


def findings(state: State, result: UnitResult) -> None:
    """Judgement: the 情形 that were declared, and what follows from the gravest to the lightest."""
    one, scheme = judged(state.scheme, result), state.scheme
    st.subheader("情形与拟处理", anchor=False)
    with st.container(border=True, gap="xsmall"):
        for fact in (*one.problems, *one.aggravating, *one.honoured):
            st.markdown(f":material/report: {fact_line(scheme, fact)}")
        for fact in one.waiting:
            st.markdown(f":material/pending: {fact_line(scheme, fact)} :orange-badge[待核对]")
        for each in (*one.follows, *one.praised):
            st.markdown(f":material/gavel: {measure_line(each)}")
        if not (one.problems or one.waiting or one.praised):
            st.markdown("没有登记的情形，没有拟处理意见。")


def heads(state: State, result: UnitResult) -> None:
    """The content that is judged (考核内容), in the document's words; there are no marks for it."""
    rows = state.scheme.indicators_of(result.group)
    st.subheader("考核内容", anchor=False)
    st.caption("原文只列考核内容，没有指标、分值和等次，由评议作出综合评价。")
    with st.container(border=True, gap="small"):
        for row in rows:
            cite = "、".join(row.cite)
            st.markdown(
                f"**{row.no}　\u2060{escape(row.name)}\u2060** :gray-badge[{escape(cite)}]  \n{escape(row.detail)}"
                + "".join(f"  \n{line}" for line in _said(state, result, row.no))
            )


def _said(state: State, result: UnitResult, no: int) -> Iterator[str]:
    """What each way of assessing wrote about one content: "抽查与核查：政策落实到户，满意度较高"."""
    for part in result.components.values():
        submission = state.submission(result.unit, part.id)
        for mark in submission.sheet.marks if submission else ():
            if mark.indicator == no and mark.remark:
                yield f"**\u2060{escape(part.name)}：\u2060**{escape(mark.remark)}"
