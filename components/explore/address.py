"""What the pages of 权重测算 have in common: whose group it is, and an address bar that is a link to what is on the screen."""

from __future__ import annotations

from collections.abc import Collection, Mapping

import streamlit as st

from components.explore import unknown
from data.state import State

GROUP_IN_ADDRESS, LEVEL_IN_ADDRESS = "of", "level"
"""Not ``?group=``: that is bound to the choice of group on the pages of results, and nobody else may write it."""
_BOUND = "group"
_BOX = "whatif-group"


def choose_group(state: State) -> str:
    """The group whose units are tried: the address's (?of=) at first, then the viewer's choice."""
    names = {group.id: group.name for group in state.scheme.marked_groups}
    asked, fresh = st.query_params.get(GROUP_IN_ADDRESS, ""), _BOX not in st.session_state
    if fresh and (len(names) > 1 or asked):
        unknown.remember(GROUP_IN_ADDRESS, "" if asked in names else asked)
    if len(names) == 1:
        return next(iter(names))
    if st.session_state.get(_BOX) not in names:
        st.session_state[_BOX] = asked if asked in names else next(iter(names))
    st.selectbox(
        "组别", list(names), format_func=names.__getitem__, width=240, key=_BOX,
        on_change=unknown.forget, args=(GROUP_IN_ADDRESS,),
    )  # fmt: skip
    return str(st.session_state[_BOX])


def tell_group(state: State, group: str) -> None:
    """That a link asks for a group that is not there, where one does."""
    name = next(known.name for known in state.scheme.marked_groups if known.id == group)
    unknown.tell(GROUP_IN_ADDRESS, "组别{}不在本方案", name)


def go_to_group(group: str) -> None:
    """Choose a group, for a button's callback."""
    st.session_state[_BOX] = group
    unknown.forget(GROUP_IN_ADDRESS)


def of_group(state: State, group: str) -> dict[str, str]:
    """What leads to a group on another of these pages, beside the assessment; nothing where there is but one."""
    return {GROUP_IN_ADDRESS: group} if len(state.scheme.marked_groups) > 1 else {}


def keep(state: State, group: str, shown: Mapping[str, str], ours: Collection[str]) -> None:
    """Let the address bar hold what is shown. ``ours``: keys that this page writes, gone where they are not shown."""
    wanted = {"a": str(state.assessment.id), **of_group(state, group), **shown}
    now = st.query_params.to_dict()
    rest = {key: value for key, value in now.items() if key not in {"a", GROUP_IN_ADDRESS, _BOUND, *ours}}
    if rest | wanted != now:
        st.query_params.from_dict(rest | wanted)
