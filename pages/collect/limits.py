"""等次限制: which 情形 limit a grade, who registered and who checked each, and what that does to the results now."""

from __future__ import annotations

import streamlit as st

from components import facts, page, session
from components.signature import sign
from data.state import State

state = page.head("等次限制")
st.markdown("情形由一人登记、另一人核对，核对后才计入结果；等次受限，得分不变。")
actor = sign()
facts.told()


def _register(current: State) -> None:
    st.subheader("情形登记簿", anchor=False)
    facts.register(current, current.facts, actor)
    everything = session.store().facts(current.assessment.id, include_withdrawn=True)
    gone = [row for row in everything if row.withdrawn]
    if gone:
        with st.expander(f"已撤销的情形（{len(gone)}条）", icon=":material/block:"):
            facts.withdrawn(current, gone)
    st.subheader("对结果的影响", anchor=False)
    facts.effects_now(current)


page.live(_register, state, "facts")

if state.scheme.facts:
    st.subheader("登记情形", anchor=False)
    with st.container(border=True):
        facts.registration(state, actor)
else:
    st.info("本方案没有需要登记的情形。", icon=":material/info:")

if state.scheme.limits:
    st.subheader("限制条款", anchor=False)
    facts.clauses(state)
page.foot()
