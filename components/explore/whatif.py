"""权重测算 for one viewer: the group, the address, what is told and can be done above the board. Nothing here is official."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from components import session
from components.explore.naming import names_button
from components.explore.whatif_bench import Bench, moved_elsewhere, step
from components.explore.whatif_data import DATA_IN_ADDRESS, Material
from components.explore.whatif_saved import save_button, scenarios_of, standing
from components.text import escape
from data.state import State
from data.store import StoreProblem
from scoring.scenario import READINGS, Scenario
from scoring.trial import EVERY_LEVEL, RIVALS, Level

__all__ = [
    "GROUP_IN_ADDRESS", "LEVEL_IN_ADDRESS", "choose_group", "first_level", "link_to_group", "scenarios_of", "single", "toolbar",
    "watch", "write_address",
]  # fmt: skip

LEVEL_IN_ADDRESS = "level"
GROUP, GROUP_BOX, GROUP_IN_ADDRESS = "group", "whatif-group", "of"
"""Not ``?group=``: that is bound to the choice of group on the pages of results, and nobody else may write it."""


def write_address(state: State, level: str, scenario: Scenario, data: Material) -> None:
    """Keep the address bar a link to what is on the screen."""
    wanted = {"a": str(state.assessment.id), LEVEL_IN_ADDRESS: level, **scenario.to_text()}
    if len(state.scheme.groups) > 1:
        wanted[GROUP_IN_ADDRESS] = scenario.group
    if data.earlier:
        wanted[DATA_IN_ADDRESS] = data.id
    now = st.query_params.to_dict()
    ours = {"a", LEVEL_IN_ADDRESS, GROUP, GROUP_IN_ADDRESS, DATA_IN_ADDRESS, READINGS, *EVERY_LEVEL}
    rest = {key: value for key, value in now.items() if key not in ours}
    if rest | wanted != now:
        st.query_params.from_dict(rest | wanted)


def first_level(bench: Bench, options: Mapping[str, str]) -> str:
    """Where a fresh visit opens: the level of the address, else the one that is moved, else the first."""
    asked, values = st.query_params.get(LEVEL_IN_ADDRESS, ""), bench.scenario.values
    if asked in options and RIVALS.get(asked) not in values:
        return asked
    return next(iter(values), READINGS if bench.scenario.readings else next(iter(options)))


def link_to_group(state: State, group: str) -> dict[str, str]:
    """The address of this group on another page of 权重测算."""
    more = {GROUP_IN_ADDRESS: group} if len(state.scheme.groups) > 1 else {}
    return {"a": str(state.assessment.id), **more}


def choose_group(state: State) -> str:
    """The group whose units are tried: the address's (?of=) at first, then the viewer's choice."""
    names = {group.id: group.name for group in state.scheme.marked_groups}
    if len(names) == 1:
        return next(iter(names))
    if st.session_state.get(GROUP_BOX) not in names:
        asked = st.query_params.get(GROUP_IN_ADDRESS, "")
        st.session_state[GROUP_BOX] = asked if asked in names else next(iter(names))
    st.selectbox("组别", list(names), format_func=names.__getitem__, width=240, key=GROUP_BOX)
    return str(st.session_state[GROUP_BOX])


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
        st.badge("名称已隐去", icon=":material/visibility_off:", color="gray")
    st.badge(standing(state, bench.scenario), icon=":material/experiment:", color="orange")
    if others:
        st.badge(f"同时测算：{'、'.join(others)}", icon=":material/layers:", color="blue")
    _steps(state, bench)
    if not data.earlier:
        names_button(state)
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


def watch(state: State) -> None:
    """Begin again by itself when anyone has changed the assessment: the board keeps its sliders.

    A database that cannot be read is told, and asked again: the board goes on without it.
    """

    @st.fragment(run_every=session.LIVE, key="whatif-watch")
    def _watch() -> None:
        try:
            moved = session.store().version(state.assessment.id) != state.version
        except StoreProblem as problem:
            st.caption(escape(str(problem)))
            return
        if moved:
            st.rerun()

    _watch()
