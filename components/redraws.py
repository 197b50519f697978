"""Who follows a change draws the page anew in turn, a few at a time, so that whoever works is not kept waiting by all who watch.

Four hundred pages drawn at once all come after the last one is done, and every upload meanwhile after them. In turn the first
come at once. Few viewers never meet: each asks every two seconds, and a page takes a small part of one.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Lock

import streamlit as st

AT_ONCE = 3
LOST = 10.0
"""Seconds after which a turn that was never given back (the window was closed) is somebody else's."""

_KEY = "redraw"


class Redraws:
    """At most so many turns at once; a turn is known by its number."""

    def __init__(self, at_once: int = AT_ONCE, clock: Callable[[], float] = time.monotonic) -> None:
        self._at_once, self._clock = at_once, clock
        self._lock = Lock()
        self._taken: dict[int, float] = {}
        self._last = 0

    def take(self) -> int | None:
        """A turn, or None while all are taken: ask again later."""
        with self._lock:
            now = self._clock()
            self._taken = {turn: at for turn, at in self._taken.items() if now - at < LOST}
            if len(self._taken) >= self._at_once:
                return None
            self._last += 1
            self._taken[self._last] = now
            return self._last

    def give_back(self, turn: int | None) -> None:
        """It is over; nothing where it was lost before."""
        with self._lock:
            self._taken.pop(turn or 0, None)

    def has(self, turn: int | None) -> bool:
        """Whether this turn is neither over nor lost."""
        with self._lock:
            return self._clock() - self._taken.get(turn or 0, float("-inf")) < LOST


@st.cache_resource(show_spinner=False)
def _redraws() -> Redraws:
    return Redraws()


def take() -> bool:
    """Whether this viewer's page may be drawn anew now. One that is just being drawn in its turn may not: others come first."""
    if _redraws().has(st.session_state.get(_KEY)):
        return False
    turn = st.session_state[_KEY] = _redraws().take()
    return turn is not None


def give_back() -> None:
    """The turn was not needed: the next may."""
    _redraws().give_back(st.session_state.get(_KEY))


@contextmanager
def drawing() -> Iterator[None]:
    """While a page is drawn: the turn in which it is ends with it, however it ends, and not one that its watcher takes meanwhile."""
    turn, all_turns = st.session_state.get(_KEY), _redraws()
    try:
        yield
    finally:
        all_turns.give_back(turn)
