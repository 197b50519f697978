"""The group that is looked at (组别). Groups are ranked apart, so a page shows one of them; the address names it: ?group=镇"""

from __future__ import annotations

import streamlit as st

from data.state import State
from scoring.elements import Group

KEY = "group"  # also the parameter's name in the address
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
    if st.session_state.get(KEY) not in known:
        st.session_state.pop(KEY, None)
    label = f"组别（{len(known)}组分别排位）" if state.scheme.rank.shown != "none" else "组别"
    if len(known) > _TABS:
        return known[st.selectbox(label, list(known), key=KEY, bind="query-params", width=280)]
    picked = st.pills(label, list(known), default=next(iter(known)), required=True, key=KEY, bind="query-params")
    return known[picked or next(iter(known))]


def address(group: Group, state: State) -> dict[str, str]:
    """What a link to another page adds, so that it opens on the same group."""
    return {KEY: group.name} if len(groups(state)) > 1 and not state.scheme.judged else {}
