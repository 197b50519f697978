"""Finished documents, kept for all viewers of the process: each is made once, and only so many are kept.

A document is found by all that it depends on: the 锁定版, what was decided on it, its kind and format, for whom it is marked.
"""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Callable
from threading import Lock
from typing import Any

import streamlit as st

from data.documents.made_file import File
from data.locked import Locked
from data.papers.paper import Unready

Key = tuple[Any, ...]
Kept = File | tuple[bytes, ...] | str
"""A document, its pages as pictures, or why it cannot be made as things stand."""
MOST, LARGEST = 48, 160_000_000
"""Things kept, and bytes of them together: the longest untouched goes first."""


class Shelf:
    """What was made, by key. Safe between threads: two who ask for the same wait for one making."""

    def __init__(self) -> None:
        self._kept: OrderedDict[Key, Kept] = OrderedDict()
        self._making: dict[Key, Lock] = {}
        self._lock = Lock()

    def get(self, key: Key) -> Kept | None:
        """What is there already; None where nothing is."""
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
            return self._kept.get(key)

    def make(self, key: Key, maker: Callable[[], Kept]) -> Kept:
        """What is there, else what ``maker`` makes; that it cannot be made yet (Unready) is kept as words, too."""
        with self._lock:
            turn = self._making.setdefault(key, Lock())
        try:
            with turn:
                found = self.get(key)
                return found if found is not None else self._put(key, _made(maker))
        finally:
            with self._lock:
                self._making.pop(key, None)

    def _put(self, key: Key, made: Kept) -> Kept:
        with self._lock:
            self._kept[key] = made
            while len(self._kept) > 1 and (len(self._kept) > MOST or sum(map(_size, self._kept.values())) > LARGEST):
                self._kept.popitem(last=False)
        return made


def _made(maker: Callable[[], Kept]) -> Kept:
    try:
        return maker()
    except Unready as reason:
        return str(reason)


def _size(kept: Kept) -> int:
    if isinstance(kept, File):
        return len(kept.content)
    return sum(map(len, kept))


@st.cache_resource(show_spinner=False)
def shelf() -> Shelf:
    """The process's shelf."""
    return Shelf()


def standing_key(locked: Locked) -> str:
    """All of a 锁定版 that a document may tell, as one short text: another decision, another key."""
    follow, standing = locked.follow_up, locked.standing
    told = (locked.record, sorted(standing.steps.items()), standing.objections, follow.notice, follow.decisions, follow.items,
            follow.today)  # fmt: skip
    return hashlib.sha256(repr(told).encode()).hexdigest()
