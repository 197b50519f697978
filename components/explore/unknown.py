"""What a link asks for and is not there: told until the viewer chooses anew, never opened as something else in silence."""

from __future__ import annotations

import streamlit as st

from components.text import escape

_MOST = 20
"""Letters of a link's own words that are said again."""


def remember(what: str, asked: str) -> None:
    """A link asks in vain for ``asked``; an empty one asks for nothing."""
    if asked:
        st.session_state[_key(what)] = asked if len(asked) <= _MOST else f"{asked[:_MOST]}…"
    else:
        forget(what)


def forget(what: str) -> None:
    """The viewer has chosen anew: what the link asked for in vain is told no more."""
    st.session_state.pop(_key(what), None)


def asked_in_vain(what: str) -> str:
    """What a link asked for, as it is said again; empty where nothing is missing."""
    return str(st.session_state.get(_key(what), ""))


def tell(what: str, told: str, instead: str) -> None:
    """「链接中的组别“火星”不在本方案，已改为蓬江区。」 ``told``: with {} for what the link says."""
    if asked := asked_in_vain(what):
        st.warning(escape(f"链接中的{told.format(f'“{asked}”')}，已改为{instead}。"), icon=":material/link_off:")


def _key(what: str) -> str:
    return f"asked-in-vain-{what}"
