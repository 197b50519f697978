"""权重测算: move a weight, a tick's points or a line and see at once who changes grade. Never changes a result."""

from __future__ import annotations

import streamlit as st

from components import page, session
from components.explore import naming, whatif, whatif_results
from components.explore.whatif_board import whatif_board
from components.explore.whatif_units import board_of
from components.navigation import UPLOAD
from components.text import escape
from scoring.gather import MarksError
from scoring.linear import terms
from scoring.trial import RIVALS, levels, scheme_of

try:
    state = page.head("权重测算")
except MarksError as problem:
    st.title("权重测算", anchor=False)
    st.info(f"{escape(str(problem))}。没有综合得分的方案没有权重可以测算。", icon=":material/tune:")
    st.stop()

group = whatif.choose_group(state)
known = levels(state.scheme, group)
scored = [result for result in state.results.group(group) if result.score is not None]

if not known:
    why = "由评议作出综合评价，" if state.scheme.judged else ""
    st.info(f"本方案{why}没有权重、赋分或等次线可以测算。", icon=":material/tune:")
    page.foot(state)
    st.stop()
if not scored:
    noun = state.scheme.words.units
    st.info(
        f"还没有一个{noun}的评分齐全，暂无可测算的得分。请先上报评分表；收齐一个即可开始测算。",
        icon=":material/upload_file:",
    )
    st.page_link(
        UPLOAD, label="去数据上报", icon=":material/arrow_forward:", query_params={"a": str(state.assessment.id)}
    )
    st.stop()

bench = whatif.bench_of(state, group, known)
asked = st.query_params.get(whatif.LEVEL_IN_ADDRESS, "")
if st.session_state.get(whatif.LEVEL) not in known:
    fits = asked in known and RIVALS.get(asked) not in bench.trial
    st.session_state[whatif.LEVEL] = asked if fits else next(iter(bench.trial), next(iter(known)))

st.segmented_control(
    "测算什么", list(known), format_func=lambda name: known[name].name, key=whatif.LEVEL, required=True,
    label_visibility="collapsed", on_change=lambda: bench.enter(known[st.session_state[whatif.LEVEL]]),
)  # fmt: skip
level = known[st.session_state[whatif.LEVEL]]
whatif.single(state, known)
for note in bench.notes:
    st.warning(escape(note), icon=":material/info:")
bench.notes.clear()


@st.fragment
def bench_and_results() -> None:
    """The board, and what Python makes of it after each release."""
    current = session.state_of(state.assessment.id)
    names = naming.names_of(current, group)
    rest = scheme_of(current.scheme, {k: v for k, v in bench.trial.items() if k != level.id})
    now = current.results if rest == current.scheme else current.assess_with(rest)
    opened = bench.opened.get(level.id, level.originals)
    token = f"{current.scheme.hash}:{group}:{bench.serial}"
    toolbar = st.container(horizontal=True, vertical_alignment="center", key="whatif-toolbar")
    if level.element.assumed:
        what = level.name if level.word == level.name else f"{level.name}{level.word}"
        st.caption(f"原文未规定{what}，原值为现行口径：{escape(level.element.assumed)}")
    board = board_of(rest, level, opened, now, current.results, names, token)
    bench.take(level, whatif_board(board, key=f"whatif-{level.id}"))
    with toolbar:
        whatif.toolbar(current, group, known, level, bench)
    near = [names[unit] for unit in names if not terms(rest, level, now.of(unit)).exact]
    if near:
        whose = f"各{current.scheme.words.unit}均" if len(near) == len(names) else "、".join(near)
        st.caption(f"{escape(whose)}有不适用的指标、加分扣分或随等次而定的限制，拖动时所绘为近似值；松手后以下表为准。")
    whatif.write_address(current, group, level, bench.trial)
    trial = scheme_of(current.scheme, bench.trial)
    then = current.results if trial == current.scheme else current.assess_with(trial)
    titles = ["测算结果", "实际权重", "等次稳定性"] if whatif_results.can_be_firm(then) else ["测算结果", "实际权重"]
    tabs = st.tabs(titles)
    with tabs[0]:
        whatif_results.show(current.results, then, names)
    with tabs[1]:
        whatif_results.weights(current.scheme, trial, group, bench.trial)
    for tab in tabs[2:]:
        with tab:
            if bench.trial:
                st.caption("以下按测算的数值判断。")
            whatif_results.firm(then, names)


bench_and_results()

st.subheader("已存情景", anchor=False)
whatif.scenario_list(state, group, known, bench)
whatif.watch(state)
page.foot(state)
