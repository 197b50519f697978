"""What live parts ask every two seconds, asked of the database once for all viewers of this process.

Four hundred viewers ask two hundred times a second; the database is asked four times a second, and not at all while
nobody looks. Who finds by it that something moved asks the store itself before acting: an answer may be ``FRESH`` seconds old.
"""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable
from threading import Lock
from typing import NamedTuple

import streamlit as st

from components import session
from data.store import StoreProblem

FRESH = 0.25
"""Seconds for which an answer is everybody's."""
_KEPT = 256


class Standing(NamedTuple):
    """How far an assessment is: its version, and the number of the last thing done to it (``Store.standing_mark``)."""

    version: int
    mark: int


class Pulse:
    """The last answer to each question. While one viewer asks, the others wait for that answer instead of asking too."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._locks: OrderedDict[int, Lock] = OrderedDict()
        self._last: dict[int, tuple[float, Standing | str]] = {}
        self._lock = Lock()

    def feel(self, key: int, ask: Callable[[], Standing]) -> Standing:
        """The answer to ``key``, at most ``FRESH`` seconds old. Raises the StoreProblem that the asking met, to all alike:
        a database that does not answer is waited for once, not once for each viewer."""
        with self._of(key):
            at, found = self._last.get(key, (float("-inf"), ""))
            if self._clock() - at > FRESH:
                try:
                    found = ask()
                except StoreProblem as problem:
                    found = str(problem)
                self._last[key] = (self._clock(), found)
        if isinstance(found, str):
            raise StoreProblem(found)
        return found

    def _of(self, key: int) -> Lock:
        with self._lock:
            lock = self._locks.setdefault(key, Lock())
            self._locks.move_to_end(key)
            while len(self._locks) > _KEPT:
                gone, _ = self._locks.popitem(last=False)
                self._last.pop(gone, None)
            return lock


@st.cache_resource(show_spinner=False)
def _pulse() -> Pulse:
    return Pulse()


def of(assessment_id: int) -> Standing:
    """How far an assessment is, at most ``FRESH`` seconds ago. Raises StoreProblem.

    It tells no figure, so no role is asked; but whose sign-in has ended is noticed here, as by every live part.
    """
    session.store()
    store = session.whole_store()
    return _pulse().feel(assessment_id, lambda: Standing(store.version(assessment_id), store.standing_mark(assessment_id)))
