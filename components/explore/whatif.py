"""权重测算 for one viewer: the address, what is told and can be done above the board. Nothing here is official."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from components.explore import naming, unknown
from components.explore.address import LEVEL_IN_ADDRESS, keep, tell_group
from components.explore.whatif_bench import LEVEL, Bench, moved_elsewhere, step
from components.explore.whatif_data import DATA_IN_ADDRESS, Material
from components.explore.whatif_saved import save_button, standing
from components.text import escape
from data.state import State
from scoring.scenario import READINGS, Scenario
from scoring.trial import EVERY_LEVEL, RIVALS, Level


def write_address(state: State, level: str, scenario: Scenario, data: Material) -> None:
    """Keep the address bar a link to what is on the screen."""
    shown = {LEVEL_IN_ADDRESS: level, **scenario.to_text()} | ({DATA_IN_ADDRESS: data.id} if data.earlier else {})
    keep(state, scenario.group, shown, {LEVEL_IN_ADDRESS, DATA_IN_ADDRESS, READINGS, *EVERY_LEVEL})


def first_level(bench: Bench, options: Mapping[str, str]) -> str:
    """Where a fresh visit opens: the level of the address, else the one that is moved, else the first."""
    asked, values = st.query_params.get(LEVEL_IN_ADDRESS, ""), bench.scenario.values
    if LEVEL not in st.session_state:  # else it is the address of the scheme that the viewer comes from
        unknown.remember(LEVEL_IN_ADDRESS, "" if asked in options else asked)
    if asked in options and RIVALS.get(asked) not in values:
        return asked
    return next(iter(values), READINGS if bench.scenario.readings else next(iter(options)))


def tell_unknown(state: State, group: str, level: str) -> None:
    """What a link asks for and is not there: a group, or something to try (``level``: what is tried instead)."""
    tell_group(state, group)
    unknown.tell(LEVEL_IN_ADDRESS, "测算内容{}不在本方案", level)


def entered(bench: Bench) -> None:
    """The viewer has chosen what to try, for the control's callback."""
    unknown.forget(LEVEL_IN_ADDRESS)
    bench.enter(st.session_state[LEVEL])


def single(state: State, known: Mapping[str, Level]) -> None:
    """Where there is but one 考核方式, say that between one there is nothing to weigh, and what there is instead."""
    counted, word = state.scheme.counted, state.scheme.words.component
    if len(counted) == 1:
        instead = "、".join(level.name for level in known.values())
        st.caption(f"本方案只有一种{word}（{escape(counted[0].name)}），{word}之间没有权重可测算；可测算{instead}。")


def toolbar(state: State, known: Mapping[str, Level], level: str, bench: Bench, data: Material) -> None:
    """What this page's figures are, and what can be done with them."""
    others = moved_elsewhere(bench, known, level)
    if data.hidden:
        naming.badge()
    st.badge(standing(state, bench.scenario), icon=":material/experiment:", color="orange")
    if others:
        st.badge(f"同时测算：{'、'.join(others)}", icon=":material/layers:", color="blue")
    _steps(state, bench)
    if not data.earlier:
        naming.names_button(state)
    save_button(state, bench)
    if (others or level == READINGS) and bench.scenario:
        st.button("全部恢复原值", icon=":material/restart_alt:", on_click=_restore, args=(bench,))


def _steps(state: State, bench: Bench) -> None:
    """Back and forth over everything that was tried in this visit."""
    with st.container(horizontal=True, width="content"):  # the two stay beside each other on a phone
        for label, icon, steps, forth in (
            ("上一步", "undo", bench.past, False),
            ("下一步", "redo", bench.future, True),
        ):
            st.button(
                label, icon=f":material/{icon}:", key=f"whatif-{icon}", disabled=not steps,
                on_click=step, args=(state, bench, forth),
            )  # fmt: skip


def _restore(bench: Bench) -> None:
    bench.open(Scenario(bench.scenario.group))
    bench.stale = True
