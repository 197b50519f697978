"""The menu of this viewer: the pages that are open to the viewer, and nothing but the way to sign in for whoever has not."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from components import session
from components.access import configuration, door, signed_in
from components.access.gate import Gate
from components.navigation import LEAVE, MINE, PAGES, PageEntry
from data.access import Person


def of(gate: Gate) -> tuple[StreamlitPage, PageEntry]:
    """Draw the menu; returns the page that was asked for, and which one it is. One that is refused says why (``gate.run``)."""
    viewer = gate.person
    if not viewer.local and not viewer.duties:
        ask = partial(door.without_duties, viewer) if viewer.account else door.sign_in
        return st.navigation([_closed(entry, ask) for entry in PAGES], position="hidden"), MINE
    sections: dict[str, list[StreamlitPage]] = {}
    for entry in PAGES:
        sections.setdefault(entry.section, []).append(_page(entry, hidden=bool(gate.refusal(entry))))
    entries: tuple[PageEntry, ...] = PAGES
    if not viewer.local:
        sections[viewer.name] = [_page(MINE), _page(LEAVE)]
        entries += (MINE, LEAVE)
    chosen = st.navigation(sections, position="top")
    return chosen, next(entry for entry in entries if entry.url == (chosen.url_path or PAGES[0].url))


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


def _closed(entry: PageEntry, ask: Callable[[], None]) -> StreamlitPage:
    """A page's address, and why it shows nothing. Streamlit's own answer to an address it does not know is in English."""

    def draw() -> None:
        ask()

    draw.__name__ = f"closed_{entry.url}"
    return st.Page(draw, title=entry.title, url_path=entry.url, default=entry is PAGES[0], visibility="hidden")
