"""The menu of this viewer: whose work is done where, and nothing but the way to sign in for whoever has not."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from components import session
from components.access import configuration, gate, signed_in
from components.access.admission import Admission
from components.navigation import LEAVE, MINE, PAGES, PageEntry
from data.access import Person

Draw = Callable[[], None]


def of(admitted: Admission) -> Draw:
    """Draw the menu; returns what draws the page that was asked for, or why it is not this viewer's.

    Every page is known to Streamlit for everybody, so that a link to it leads to words; which are run is decided by
    ``Admission.run``.
    """
    viewer = admitted.person
    if not viewer.local and not viewer.duties:
        st.navigation([_page(entry, hidden=True) for entry in (*PAGES, MINE, LEAVE)], position="hidden")
        return partial(gate.without_duties, viewer) if viewer.account else gate.sign_in
    sections: dict[str, list[StreamlitPage]] = {}
    for entry in PAGES:
        sections.setdefault(entry.section, []).append(_page(entry, hidden=bool(admitted.refusal(entry))))
    if not viewer.local:
        sections[viewer.name] = [_page(MINE), _page(LEAVE)]
    return partial(admitted.run, st.navigation(sections, position="top"))


def watch(viewer: Person) -> None:
    """Signed in: ask now and then whether that still holds, so that a page left open does not stay on the screen."""
    if not viewer.local and viewer.duties:
        idle = configuration.read().idle
        seconds = 60.0 if idle is None else min(60.0, max(1.0, idle.total_seconds() / 4))
        st.fragment(_still_here, run_every=seconds)()


def _still_here() -> None:
    signed_in.person(session.whole_store())


def _page(entry: PageEntry, *, hidden: bool = False) -> StreamlitPage:
    return st.Page(
        entry.script, title=entry.title, icon=entry.icon, url_path=entry.url, default=entry is PAGES[0],
        visibility="hidden" if hidden else "visible",
    )  # fmt: skip
