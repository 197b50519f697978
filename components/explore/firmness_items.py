"""Items of 等次稳定性 that divide nobody, with the weight they hold, and pairs of items that may count one thing twice."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import streamlit as st

from components.explore.many import wanted
from components.once import once
from components.tables import bold
from components.text import escape
from data.state import State
from scoring.firmness.redundancy import Doubles, Undivided, Without, all_gone, constant, doubles, nearly, same, without
from scoring.firmness.redundancy_words import (
    constant_sentence,
    double_sentence,
    doubles_verdict,
    nearly_lines,
    same_lines,
    without_sentences,
)

_SHOWN = 8
"""Pairs, and items that nearly divide nobody, that are told; more are counted."""
METHOD = (
    "各单位评分全部相同，不等于这一项不重要：底线要求人人达到也属正常。这里只说它占了权重而没有拉开差距。",
    "去除后的等次和位次是把这些项按“不适用”重新计分得出的，权重按方案归其余指标。",
    "排序一致程度用Kendall的τ-b（1为完全一致，0为无关），相同的评分按并列处理。",
    "偶然的可能：把后一项的评分在各单位之间作一切可能的对换，逐一点数其中同样一致的占多少；对象过多时取其上限。",
    "同时比较很多对，偶然的可能已按Holm（1979）折算；无论怎样都不可能超出偶然的对不计入（Tarone 1990）。",
)


@dataclass(frozen=True)
class Found:
    """What was found of one group. ``without`` None: nothing to leave out, or nothing would be left."""

    items: tuple[Undivided, ...]
    without: Without | None
    doubles: Doubles


def show(state: State, group: str, names: Mapping[str, str]) -> None:
    """The two lists, each with its sentences. ``names``: what a unit that changes grade is called."""
    st.subheader("未拉开差距的指标", anchor=False)
    if not wanted(state, f"items-{group}", "指标之间的比较"):
        return
    found = _found(state, group)
    if not found.items:
        st.caption("还没有三个以上对象逐项打分的考核方式；以总分报送的，看不出各项是否拉开差距。")
        return
    _undivided(state, found, names)
    st.subheader("可能重复计量的指标", anchor=False)
    _doubles(state, found.doubles)
    with st.expander("怎样判断", icon=":material/functions:"):
        st.markdown("\n".join(f"- {escape(text)}" for text in METHOD))


@once("正在比较各项指标…")
def _found(state: State, group: str) -> Found:
    """Everything of one group, worked out anew."""
    scheme, units = state.scheme, state.results.group(group)
    items = same(scheme, units, group)
    gone = [each.cell for each in constant(items)]
    able = gone and not all_gone(scheme, group, gone)
    return Found(items, without(state.results, group, gone) if able else None, doubles(scheme, units, group))


def _undivided(state: State, found: Found, names: Mapping[str, str]) -> None:
    scheme, fixed = state.scheme, constant(found.items)
    if not fixed:
        st.markdown("逐项打分的指标中，没有哪一项是全部相同的。")
    else:
        st.markdown(bold(constant_sentence(fixed)))
        st.markdown(_list(same_lines(scheme, fixed)))
        if found.without is None:
            st.markdown("去除这些项后没有剩余的指标，无从计分。")
        else:
            first, *changed = without_sentences(scheme, found.without, names)
            st.markdown(bold(first))
            if changed:
                st.markdown(_list(changed))
    if close := nearly_lines(scheme, nearly(found.items)):
        with st.expander(f"接近全部相同的指标（{len(close)}项）", icon=":material/unfold_more:"):
            st.markdown(_list(close))


def _doubles(state: State, told: Doubles) -> None:
    st.markdown(escape(f"{doubles_verdict(state.scheme, told)}。"))
    if told.pairs:
        st.markdown(_list([double_sentence(state.scheme, pair) for pair in told.pairs[:_SHOWN]]))
    if len(told.pairs) > _SHOWN:
        st.caption(f"只列最不可能出于偶然的{_SHOWN}对，共{len(told.pairs)}对。")


def _list(lines: Sequence[str]) -> str:
    return "\n".join(f"- {escape(line)}" for line in lines)
