"""权重测算: move a weight, a tick's points or a line, or read a silent text otherwise, and see at once who changes grade.

Never changes a result.
"""

from __future__ import annotations

import streamlit as st

from components import page, session
from components.explore import whatif, whatif_data, whatif_readings, whatif_results, whatif_saved
from components.explore.address import choose_group
from components.explore.compare_table import NARROW
from components.explore.whatif_bench import LEVEL, bench_of
from components.explore.whatif_board import CROWD, whatif_board
from components.explore.whatif_trial import reasons, tried
from components.explore.whatif_units import board_of
from components.navigation import UPLOAD
from components.text import escape
from components.width import column_width
from data.state import State
from scoring.gather import MarksError
from scoring.linear import terms
from scoring.scenario import READINGS, choices

try:
    state = page.head("权重测算")
except MarksError as problem:
    st.title("权重测算", anchor=False)
    st.info(f"{escape(str(problem))}。没有综合得分的方案没有权重可以测算。", icon=":material/tune:")
    st.stop()

with st.container(horizontal=True, vertical_alignment="bottom"):
    group = choose_group(state)
    bench = bench_of(state, group)
    known = tried(state, bench.scenario).levels
    scored = [result for result in state.results.group(group) if result.score is not None]
    earlier = whatif_data.choose(state, group) if known and scored else None

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

options = {name: level.name for name, level in known.items()}
if choices(state.own):
    options[READINGS] = "口径"
if st.session_state.get(LEVEL) not in options:
    st.session_state[LEVEL] = whatif.first_level(bench, options)

st.segmented_control(
    "测算什么", list(options), format_func=options.__getitem__, key=LEVEL, required=True,
    label_visibility="collapsed", on_change=whatif.entered, args=(bench,),
)  # fmt: skip
chosen_level = str(st.session_state[LEVEL])
whatif.tell_unknown(state, group, options[chosen_level])
whatif.single(state, known)
for note in bench.notes:
    st.warning(escape(note), icon=":material/info:")
bench.notes.clear()


@st.fragment
def bench_and_results() -> None:
    """The board, and what Python makes of it after each release."""
    if bench.stale:
        bench.stale = False
        st.rerun()
    current = session.state_of(state.assessment.id)
    data = whatif_data.material(current, group, earlier)
    narrow = column_width("whatif-width", default=1000) < NARROW
    toolbar = st.container(horizontal=True, vertical_alignment="center", key="whatif-toolbar")
    if data.told:
        st.caption(escape(data.told))
    place = None
    if chosen_level == READINGS:
        place = whatif_readings.show(current, group, data, bench)
    else:
        board_at(chosen_level, current, data)
    with toolbar:
        whatif.toolbar(current, known, chosen_level, bench, data)
    whatif.write_address(current, chosen_level, bench.scenario, data)
    then = tried(current, bench.scenario).scored(data)
    if place:
        place.markdown(f"**{whatif_results.headline(data.results, then, data.names)}**")
    titles = ["测算结果", "实际权重", "等次稳定性"] if whatif_results.can_be_firm(then) else ["测算结果", "实际权重"]
    tabs = st.tabs(titles)
    with tabs[0]:
        why, few = reasons(current, bench.scenario, data, then), len(data.names) <= CROWD
        whatif_results.show(data.results, then, data.names, why, drawn=few and chosen_level != READINGS, narrow=narrow)
    with tabs[1]:
        whatif_results.weights(data.results.scheme, then.scheme, group, bench.scenario.values)
    for tab in tabs[2:]:
        with tab:
            if bench.scenario:
                st.caption("以下按测算的数值判断。")
            whatif_results.firm(current, then, data.names, group)
    whatif_saved.to_compare(current, bench.scenario)


def board_at(name: str, current: State, data: whatif_data.Material) -> None:
    """The board of one level, and what its release says into the bench."""
    level = known[name]
    rest = tried(current, bench.scenario, without=name)
    now = rest.scored(data)
    opened = bench.opened.get(name, level.originals)
    if level.element.assumed:
        what = level.name if level.word == level.name else f"{level.name}{level.word}"
        st.caption(f"原文未规定{what}，原值为现行口径：{escape(level.element.assumed)}")
    token = f"{rest.read_as.hash}:{group}:{bench.serial}"
    board = board_of(now.scheme, level, opened, now, data.results, data.names, token)
    bench.take(level, whatif_board(board, key=f"whatif-{name}"))
    near = [data.names[unit] for unit in data.names if not terms(now.scheme, level, now.of(unit)).exact]
    if near:
        whose = f"各{current.scheme.words.unit}均" if len(near) == len(data.names) else "、".join(near)
        st.caption(f"{escape(whose)}有不适用的指标、加分扣分或随等次而定的限制，拖动时所绘为近似值；松手后以下表为准。")


bench_and_results()

st.subheader("已存情景", anchor=False)
whatif_saved.scenario_list(state, bench)
page.watch(state)
page.foot(state)
