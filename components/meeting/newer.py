"""The word on every page that shows a 锁定版 when the assessment has moved on since: newer figures are told of, never mixed in."""

from __future__ import annotations

import streamlit as st

from components import links, session
from components.meeting import opened
from components.navigation import LOCK
from components.text import escape
from data.locked import Locked
from data.store import StoreProblem


def note(locked: Locked, version: int) -> str:
    """ "数据已于2020年12月4日 09:30更新（第58版），本页为锁定版第3号（第57版）。" Empty while nothing moved."""
    if version == locked.record.version:
        return ""
    made = session.store().version_made(locked.record.assessment, version)
    at = f"已于{session.local(made)}" if made else "已"
    return f"数据{at}更新（第{version}版），本页为{locked.record.name}（第{locked.record.version}版）。"


@st.fragment(run_every=session.LIVE, key="newer-watch")
def announce(locked: Locked) -> None:
    """Say so, live, once anyone has changed the assessment, with the way to lock anew: two cheap queries.

    What was decided on the 锁定版 meanwhile (建议等次, 审定, 批复, 通报, 作废) draws the page anew, for its marking may not lie.
    """
    try:
        moved = _decided(opened.now(locked)) != _decided(locked)
        told = note(locked, session.store().version(locked.record.assessment))
    except StoreProblem as problem:
        st.warning(escape(str(problem)), icon=":material/error:")
        return
    if moved:
        st.rerun()
    if told:
        with st.container(gap="xsmall", key="newer"):
            st.warning(escape(told), icon=":material/update:")
            links.link(locked.state, LOCK, "去重新锁定", ":material/arrow_forward:", width="content")


def _decided(locked: Locked) -> tuple[object, ...]:
    """All that may change of a 锁定版 as shown."""
    follow = locked.follow_up
    return locked.record, locked.standing, follow.notice, follow.decisions, follow.items
