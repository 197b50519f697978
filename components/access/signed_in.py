"""Who is at the screen: the person of the sign-in, or LOCAL while none is configured."""

from __future__ import annotations

from collections.abc import Callable
from ipaddress import ip_address

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from components.access import activity, configuration, identity, standing
from data.access import LOCAL, NOBODY, Person
from data.store import Store

_DRAWN = "duties-drawn"
"""In the session: the duties at its last whole run."""


def person(store: Store) -> Person:
    """The viewer, with the duties that the store keeps for the viewer's account: asked anew at every run.

    NOBODY while nobody has signed in, and once the sign-in has ended. A live part of a page that was left open then
    gives way to the page that says so; so it does when any of the duties changed under which the page was drawn.
    """
    settings = configuration.read()
    if not settings.configured:
        return LOCAL if activity.listening() or _from_here() else NOBODY
    who = identity.of(st.user.to_dict(), settings.account_claim)
    if who is None or settings.fault or not activity.listening():
        return NOBODY
    found = standing.person_now(store, who, settings)
    if not _in_a_fragment():
        st.session_state[_DRAWN] = found.duties
    elif not found.duties or found.duties != st.session_state.get(_DRAWN, found.duties):
        st.rerun()
    return found


def later(store: Store, viewer: Person) -> Callable[[], Person]:
    """What tells, also outside every run, the duties that this viewer has by then."""
    settings = configuration.read()
    who = identity.of(st.user.to_dict(), settings.account_claim) if settings.configured else None
    if who is None:
        return lambda: viewer
    return lambda: standing.person_now(store, who, configuration.read())


def _from_here() -> bool:
    """Whether the browser is on this very machine, as far as Streamlit tells: asked where no server of ours has asked already."""
    told = st.context.ip_address
    if not isinstance(told, str):
        return True  # Streamlit tells no address for this machine's own
    try:
        address = ip_address(told)
    except ValueError:
        return False
    return (getattr(address, "ipv4_mapped", None) or address).is_loopback


def _in_a_fragment() -> bool:
    context = get_script_run_ctx()
    return context is not None and bool(context.fragment_ids_this_run)
