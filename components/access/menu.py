"""The menu of this viewer: whose work is done where, and nothing but the way to sign in for whoever has not."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from components import session
from components.access import configuration, gate, signed_in
from components.navigation import LEAVE, MINE, PAGES, PageEntry
from data.access import Person

Draw = Callable[[], None]


def of(viewer: Person) -> StreamlitPage:
    """Draw the menu and return the page that was asked for."""
    if viewer.local:
        return st.navigation(_sections(viewer), position="top")
    if not viewer.duties:
        ask = partial(gate.without_duties, viewer) if viewer.account else gate.sign_in
        return st.navigation([_closed(entry, ask) for entry in PAGES], position="hidden")
    own = {_heading(viewer): [_page(MINE), _page(LEAVE)]}
    closed = [_closed(entry, partial(gate.not_here, entry)) for entry in PAGES if not entry.open_to(viewer)]
    return st.navigation(_sections(viewer, closed) | own, position="top")


def watch(viewer: Person) -> None:
    """Signed in: ask now and then whether that still holds, so that a page left open does not stay on the screen."""
    if not viewer.local and viewer.duties:
        idle = configuration.read().idle
        seconds = 60.0 if idle is None else min(60.0, max(1.0, idle.total_seconds() / 4))
        st.fragment(_still_here, run_every=seconds)()


def _still_here() -> None:
    signed_in.person(session.whole_store())


def _sections(viewer: Person, closed: list[StreamlitPage] | None = None) -> dict[str, list[StreamlitPage]]:
    sections: dict[str, list[StreamlitPage]] = {}
    for entry in PAGES:
        if entry.open_to(viewer):
            sections.setdefault(entry.section, []).append(_page(entry))
    first = next(iter(sections.values()))
    first += closed or []
    return sections


def _page(entry: PageEntry) -> StreamlitPage:
    return st.Page(
        entry.script, title=entry.title, icon=entry.icon, url_path=entry.url, default=entry is PAGES[0]
    )


def _closed(entry: PageEntry, ask: Draw) -> StreamlitPage:
    """A page's address, and why it shows nothing. Streamlit's own answer to an address it does not know is in English."""

    def draw() -> None:
        ask()

    draw.__name__ = f"closed_{entry.url}"
    return st.Page(
        draw, title=entry.title, url_path=entry.url, default=entry is PAGES[0], visibility="hidden"
    )


def _heading(viewer: Person) -> str:
    return viewer.name
