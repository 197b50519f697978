"""The viewer's name across every page, faintly: whoever photographs the screen or prints it is on the picture."""

from __future__ import annotations

from html import escape
from urllib.parse import quote

import streamlit as st

from components import session
from data.access import Person

_WIDTH, _HEIGHT = 340, 220
_STYLE = """
<style>
[data-testid="stApp"]::after {{
  content: ""; position: fixed; inset: 0; z-index: 999990; pointer-events: none;
  background-image: url("data:image/svg+xml,{picture}"); print-color-adjust: exact;
}}
</style>
"""
"""No theme option draws anything behind or across a page."""


def draw(viewer: Person) -> None:
    """Draw it for whoever has signed in; LOCAL has no name that anybody vouches for."""
    if not viewer.local and viewer.account:
        st.html(_STYLE.format(picture=quote(picture(viewer, f"{session.now():%Y-%m-%d}"), safe="")))


def picture(viewer: Person, day: str) -> str:
    """One tile as SVG, in a grey that is faint on white and on black. ``day`` stands below name and account."""
    lines = (f"{viewer.name} {viewer.account}"[:40], day)
    texts = "".join(
        f'<text x="0" y="{at * 20}" text-anchor="middle">{escape(line)}</text>' for at, line in enumerate(lines)
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{_WIDTH}" height="{_HEIGHT}">'
        f'<g transform="translate({_WIDTH / 2} {_HEIGHT / 2}) rotate(-24)" fill="#808890" fill-opacity="0.13" '
        f'font-family="sans-serif" font-size="15">{texts}</g></svg>'
    )
