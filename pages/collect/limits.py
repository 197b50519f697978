"""情形: which were registered, who checked each, which rules they set off, and what that does to the results now."""

from __future__ import annotations

import streamlit as st

from components import page, session
from components.collect import fact_effects, fact_form, facts
from components.rules import finalising
from components.signature import sign
from data.state import State

state = page.head("情形登记", blind=True)
finalising.note(state)
st.markdown(facts.intro(state.scheme))
actor = sign()
facts.told()


def _register(current: State) -> None:
    if not current.blind:
        facts.recommendations(current, current.facts)
    st.subheader("情形登记簿", anchor=False)
    facts.register(current, current.facts, actor)
    everything = session.store().facts(current.assessment.id, include_withdrawn=True)
    gone = [row for row in everything if row.withdrawn]
    if gone:
        with st.expander(f"已撤销的情形（{len(gone)}条）", icon=":material/block:"):
            facts.withdrawn(current, gone, actor)
    if current.blind:
        return
    st.subheader("对结果的影响", anchor=False)
    fact_effects.effects_now(current)
    fact_effects.arrivals(current)


page.live(_register, state, "facts")

if state.scheme.facts:
    st.subheader("登记情形", anchor=False)
    with st.container(border=True):
        fact_form.registration(state, actor)
else:
    st.info("本方案没有需要登记的情形。", icon=":material/info:")

if heading := fact_effects.clauses_heading(state.scheme):
    st.subheader(heading, anchor=False)
    fact_effects.clauses(state)
page.foot(state)
