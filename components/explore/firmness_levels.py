"""The levels of weights that 等次稳定性 can look at: 考核方式, 类别, 指标."""

from __future__ import annotations

from collections.abc import Collection

import streamlit as st

from data.state import State
from scoring.trial import Level, levels


def weighed(state: State, group: str, sizes: Collection[int] | None = None) -> dict[str, Level]:
    """The levels with two weights or more (or as many as ``sizes`` has), by id."""
    known = levels(state.scheme, group)
    return {
        name: level
        for name, level in known.items()
        if level.mode == "weights" and (sizes is None or len(level.originals) in sizes)
    }


def choose(state: State, group: str, key: str, sizes: Collection[int] | None = None) -> Level | None:
    """The viewer's choice among them, the first unasked; None where there is none. Nothing is asked where there is one."""
    known = weighed(state, group, sizes)
    if len(known) < 2:
        return next(iter(known.values()), None)
    if st.session_state.get(key) not in known:
        st.session_state[key] = next(iter(known))
    st.segmented_control(
        "看哪一层权重", list(known), format_func=lambda name: known[name].name, key=key, required=True,
        label_visibility="collapsed",
    )  # fmt: skip
    return known[str(st.session_state[key])]
