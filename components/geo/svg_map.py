"""A scene drawn as SVG in the browser: the same clicks and colours as the deck, on any machine.

Files, in the order they are joined: dom (nodes), draw (what is drawn), words (labels), hands (pointer, fingers, keys), map
(wiring). The browser keeps what it has built while only colours, words or the selection change (``svg_data.encode``).
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import streamlit as st

from components.geo.svg_data import encode
from data.maps.scene import Scene

HERE = Path(__file__).parent / "svg_board"
SCRIPTS = ("dom", "draw", "words", "hands", "map")
BAR, WIDE_BAR = 42, 54  # pixels beneath the frame for ＋ － 复位: upon the map they would cover a label


def show(scene: Scene, *, key: str, alt: str, on_select: Callable[[str], None]) -> None:
    """Draw the scene in a frame of its height, and beneath it the buttons that enlarge it. ``alt`` is for those who cannot see it.

    ``on_select`` is called with the code of what was clicked, or chosen by the keyboard, before the script runs again; with
    a code of this scene only, whatever a browser may send.
    """
    known = frozenset(thing.code for thing in scene.things)

    def heard() -> None:
        code = (st.session_state.get(key) or {}).get("picked")
        if isinstance(code, str) and code in known:
            on_select(code)

    height = scene.frame.height + (WIDE_BAR if scene.frame.narrow else BAR)
    _COMPONENT(key=key, data=encode(scene, alt), on_picked_change=heard, height=height)


def script() -> str:
    """The whole component's script, as the browser gets it."""
    return "\n".join((HERE / f"{name}.js").read_text(encoding="utf-8") for name in SCRIPTS)


_COMPONENT = st.components.v2.component(
    "hengxiao.svg_map",
    html='<div class="svg-map">\n</div>',
    css=(HERE / "map.css").read_text(encoding="utf-8"),
    js=script(),
)
