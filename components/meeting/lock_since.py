"""What moved between a 锁定版 and now, told from the two versions: which grades, scores and places, in sentences."""

from __future__ import annotations

import streamlit as st

from components import links, session
from components.meeting import newer
from components.navigation import CHANGES
from components.results.since import UNREADABLE
from components.text import escape, markdown
from data.locked import Locked
from data.state import State


def now(locked: Locked, state: State) -> None:
    """Nothing while the locked version is the present one."""
    told = newer.note(locked, state.version)
    if not told:
        return
    with st.container(border=True, gap="xsmall", key="newer"):
        st.markdown(f":material/update: **\u2060{escape(told)}\u2060**")
        try:
            found = session.ends(state, locked.record.version)
        except UNREADABLE as problem:
            st.markdown(escape(str(problem)))
            return
        st.markdown("\n".join(f"- {markdown(sentence)}" for sentence in found.headlines))
        links.link(state, CHANGES, "查看变动说明", ":material/arrow_forward:", width="content",
                   **{"from": str(locked.record.version), "to": str(state.version)})  # fmt: skip
