"""What is worked out only when it is asked for, because there are many units."""

from __future__ import annotations

import streamlit as st

from data.state import State

MANY = 200
"""More units than this: what takes minutes waits until it is asked for."""


def worked_out(state: State, key: str) -> bool:
    """Whether something is worked out with the page: always for few units, for many once this viewer asked for it."""
    return len(state.results.units) <= MANY or bool(st.session_state.get(_asked(state, key)))


def wanted(state: State, key: str, what: str) -> bool:
    """Whether to work something out now: at once for few units; for many when this viewer asks, said here.

    ``key`` tells it from all else on the page, ``what`` is its name in Chinese.
    """
    if worked_out(state, key):
        return True
    st.caption(f"考核对象较多（{len(state.results.units)}个），{what}计算较慢，不随页面一并计算。")
    st.button("开始计算", key=f"{key}-ask", icon=":material/play_arrow:", on_click=_ask, args=(state, key))
    return False


def _asked(state: State, key: str) -> str:
    return f"{key}-asked-{state.assessment.id}-{state.version}"


def _ask(state: State, key: str) -> None:
    st.session_state[_asked(state, key)] = True
