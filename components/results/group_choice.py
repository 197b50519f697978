"""The group that is looked at (组别). Groups are ranked apart, so a page shows one of them; the address names it: ?group=镇"""

from __future__ import annotations

import streamlit as st

from data.state import State
from scoring.elements import Group

KEY = "group"  # also the parameter's name in the address
_LAST = "group-last"
_TABS = 6  # more are a list to choose from


def groups(state: State) -> list[Group]:
    """The groups that have units here, in the document's order."""
    return [group for group in state.scheme.groups if state.results.group(group.id)] or list(state.scheme.groups[:1])


def chosen(state: State) -> Group:
    """The group in the address bar, with a way to the others where there are any. Judgement ranks nobody: one list."""
    if state.scheme.judged:
        return groups(state)[0]
    known = {group.name: group for group in groups(state)}
    if len(known) == 1:
        return next(iter(known.values()))
    # The address decides, then what was last looked at: the menu leads to a page without an address.
    wanted = [st.query_params.get(KEY), st.session_state.get(_LAST), *known]
    st.session_state[KEY] = st.session_state[_LAST] = next(name for name in wanted if name in known)
    label = f"组别（{len(known)}组分别排位）" if state.scheme.rank.shown != "none" else "组别"
    if len(known) > _TABS:
        name: str | None = st.selectbox(label, list(known), key=KEY, on_change=_told, width=280)
    else:
        name = st.pills(label, list(known), required=True, key=KEY, on_change=_told)
    return known[name or next(iter(known))]


def _told() -> None:
    """The viewer chose: the address follows."""
    st.query_params[KEY] = st.session_state[KEY]


def address(group: Group, state: State) -> dict[str, str]:
    """What a link to another page adds, so that it opens on the same group."""
    return {KEY: group.name} if len(groups(state)) > 1 and not state.scheme.judged else {}
