"""A zone for one file: it hands the file over and is empty again, and what lies there is read once."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import TypeVar

import streamlit as st

from components.drop_zone import drop_zone

Reading = TypeVar("Reading")


def one_file(label: str, key: str, *, only: str) -> tuple[str, bytes] | None:
    """The name and content of the file just dropped, once: the zone is empty from the next run on.

    The caller keeps what it needs and reruns, so that the next file can take its place. ``only`` as in ``drop_zone``.
    """
    turn = st.session_state.setdefault(f"{key}-turn", 0)
    dropped = drop_zone(label, f"{key}-{turn}", only=only)
    if not dropped:
        return None
    st.session_state[f"{key}-turn"] = turn + 1
    return dropped[0].name, dropped[0].getvalue()


def read_once(slot: str, content: bytes, doing: str, read: Callable[[], Reading], *also: object) -> Reading:
    """The reading of ``content``, made once and kept in ``slot`` of the session: a page runs again at every touch.

    ``also``: what else the reading depends on. ``doing`` is said while it is made.
    """
    asked = (hashlib.sha256(content).hexdigest(), *also)
    known = st.session_state.get(slot)
    if known is None or known[0] != asked:
        with st.spinner(doing):
            known = (asked, read())
        st.session_state[slot] = known
    reading: Reading = known[1]
    return reading
