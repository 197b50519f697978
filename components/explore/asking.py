"""A popover that asks before the store is changed: it closes when the change was taken, else it says why not."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from components.text import escape
from data.store import StoreProblem

_COMPLAINT = "explore-complaint"


def kept(change: Callable[[], object]) -> bool:
    """Whether the store took a change; if not, the popover says why."""
    try:
        change()
    except StoreProblem as problem:
        complain(str(problem))
        return False
    return True


def complain(told: str) -> None:
    """Let the popover say this when it is next drawn."""
    st.session_state[_COMPLAINT] = told


def complaint() -> None:
    """What is wrong with the last answer, once."""
    if told := st.session_state.pop(_COMPLAINT, ""):
        st.error(escape(told), icon=":material/error:")
