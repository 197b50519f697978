"""Dialogs that stay open while the page behind them is drawn anew: which one is open is remembered, not the click.

A live page is drawn again when somebody else saves something; a dialog opened by a click alone would then vanish with
all that was typed into it. What a dialog is about is kept as it was seen, so that a save over somebody else's is refused.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import streamlit as st

from components import session
from components.text import escape
from data.store import StoreProblem

_OPEN, _TOLD, _TURN = "follow-open", "follow-told", "follow-turn"


def open_dialog(kind: str, *about: Any) -> None:
    """A button's callback: open the dialog of that kind on something."""
    st.session_state[_OPEN] = (kind, about)
    st.session_state[_TURN] = turn() + 1


def close_dialog() -> None:
    """Forget which dialog is open."""
    st.session_state.pop(_OPEN, None)


def opened() -> tuple[str, tuple[Any, ...]] | None:
    """The kind of the open dialog and what it is about, or None."""
    return st.session_state.get(_OPEN)


def turn() -> int:
    """A number that rises with each opening: fields with it in their keys begin empty."""
    return st.session_state.get(_TURN, 0)


def key(name: str) -> str:
    """The key of a field in the open dialog."""
    return f"follow-{name}-{turn()}"


def show(title: str, icon: str, body: Callable[..., None], *about: Any) -> None:
    """Draw the open dialog."""
    st.dialog(title, icon=icon, width="medium", on_dismiss=close_dialog)(body)(*about)


def save(change: Callable[[], object], done: str) -> None:
    """Do a change from within a dialog: it closes and the page tells what was done, or it stays and tells why not."""
    try:
        change()
    except StoreProblem as problem:
        session.complain(problem)
        return
    tell(done)
    close_dialog()
    session.refresh()


def tell(done: str) -> None:
    """Let the page say, when it is drawn next, what was done."""
    st.session_state[_TOLD] = done


def told() -> None:
    """What the last saved change came to."""
    if said := st.session_state.pop(_TOLD, ""):
        st.success(escape(said), icon=":material/task_alt:")
