"""署名: who the viewer says to be, asked on every page that changes something and written into the 操作日志."""

from __future__ import annotations

import streamlit as st

from components import session


def sign() -> str:
    """Draw the field and return the name that changes will carry. The name stays while the viewer goes from page to page.

    Of whoever has signed in it is the account's name, and fixed. Else it is what the viewer says, no proof of identity;
    a second person signs with another name before confirming.
    """
    viewer = session.store().person
    if not viewer.local:
        st.text_input("署名（登录人姓名）", value=viewer.name, width=220, disabled=True, live=True, key="actor-fixed")
        return viewer.name
    st.session_state.setdefault("actor-box", st.session_state.get("actor", ""))
    name = st.text_input(
        "署名（记入操作日志）", key="actor-box", placeholder="本机用户", width=220, max_chars=30, autocomplete="name",
        live=True,  # without it the browser offers its own, English, advice
    )
    st.session_state["actor"] = (name or "").strip()
    return session.actor()
