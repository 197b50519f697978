"""What is worked out once for all viewers, and what of it only when it is asked for, because there are many units."""

from __future__ import annotations

from collections.abc import Callable
from typing import ParamSpec, TypeVar

import streamlit as st

from data.blind import refuse
from data.state import State
from scoring.trial import Level

P = ParamSpec("P")
R = TypeVar("R")
MANY = 200
"""More units than this: what takes minutes waits until it is asked for."""
VERSIONS = 8
"""So many versions of so many assessments as are looked at at the same time, those not asked for longest forgotten first.

A version is looked at until the next one comes, and one of 140 units, with all that is worked out of it, holds some 3 MB.
"""


def once(spinner: str = "", entries: int = VERSIONS) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Work a function out once for each version of an assessment, and for each level, group or unit that it is given.

    For states as the session has them, whose version tells all of them: marks carried from elsewhere have none. Hidden
    names must be no part of what is worked out: it is kept for every viewer.
    """
    return st.cache_resource(
        show_spinner=spinner or False, max_entries=entries, hash_funcs={State: _version, Level: lambda level: level.id}
    )


def _version(state: State) -> tuple[int, int, str]:
    if state.blind:
        refuse()  # what is kept for all viewers is never given to whoever may not see it
    return state.assessment.id, state.version, state.scheme.hash


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
