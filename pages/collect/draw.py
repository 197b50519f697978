"""抽签与抽样: who assesses whom and which towns, villages and households are looked at, drawn from a seed before everyone."""

from __future__ import annotations

import streamlit as st

from components import page, session
from components.drawing import draw_parts, draw_view, sample_view
from components.signature import sign
from components.text import escape

state = page.head("抽签与抽样")
drawn = session.store().drawings(state.assessment.id)
rules = state.scheme

if rules.draw is None and not rules.samples:
    st.info(
        f"《{escape(rules.title)}》没有抽签或抽样的规定。原文另有规定的，请在方案文件中补写；需要交叉考核抽签的，请在页首改选相应的年度考核。",
        icon=":material/info:",
    )
else:
    st.markdown(
        "由种子推得结果，当众抽取，随时可以重做核对；每次抽取都记入操作日志，重抽须写明理由，以前各次仍可查看。"
    )
    actor = sign()
    tabs = {"交叉考核抽签": draw_view.tab, "抽样": sample_view.tab}
    if rules.draw is None or not rules.samples:
        tabs.pop("交叉考核抽签" if rules.draw is None else "抽样")
    places = st.tabs(list(tabs)) if len(tabs) > 1 else [st.container()]
    for draw_tab, place in zip(tabs.values(), places, strict=True):
        with place:
            draw_tab(state, drawn, actor)

draw_parts.watch(state.assessment.id, draw_parts.standing_of(drawn))
page.foot(state)
