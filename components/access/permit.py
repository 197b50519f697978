"""Buttons that change something: where the viewer may not make the change they are shown out of reach, with the reason.

The store refuses all the same; this only saves the viewer a vain press.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import streamlit as st

from components import session
from components.text import escape
from data.access import ACTIONS, ROLES, may
from data.access.actions import GENERAL, allowed_in_general, only_own


@dataclass(frozen=True)
class Doing:
    """A change to be made: its verb in ``data.access.ACTIONS``, in which assessment (None: the chosen one), and to which
    (unit, 考核方式 or None), where 填报 may do it for the own alone."""

    verb: str
    of: int | None = None
    place: tuple[str, str | None] | None = None


def barred(doing: Doing | str) -> str:
    """Why the viewer may not make this change; "" where there is nothing against it."""
    what = Doing(doing) if isinstance(doing, str) else doing
    person = session.store().person
    if person.local:
        return ""
    here = what.of or st.session_state.get("assessment")
    fits = allowed_in_general(person, what.verb) if what.verb in GENERAL else may(person, what.verb, here)
    if not fits:
        where = "（不限年度考核）" if what.verb in GENERAL else ""
        return f"“{what.verb}”须由{'、'.join(ROLES[role] for role in ACTIONS.get(what.verb, ()))}角色{where}办理"
    if what.place and here is not None and only_own(person, what.verb, here) and not person.fills(here, *what.place):
        return f"您的填报分工不含{what.place[0]}的这项内容"
    return ""


def button(doing: Doing | str, label: str, **drawn: Any) -> bool:
    """``st.button`` for a change."""
    return st.button(label, **_within_reach(doing, drawn))


def submit(doing: Doing | str, label: str, **drawn: Any) -> bool:
    """``st.form_submit_button`` for a change."""
    return st.form_submit_button(label, **_within_reach(doing, drawn))


def _within_reach(doing: Doing | str, drawn: dict[str, Any]) -> dict[str, Any]:
    why = barred(doing)
    return drawn | {"disabled": True, "help": escape(why)} if why else drawn
