"""A box to write YAML in: line numbers, the faulty lines marked, nothing lost while the page runs.

The protocol. ``token`` names the text that Python put there; while it stays the same the browser keeps what is typed
through any rerun. A new token replaces the text. What was typed comes back as the state ``typed``: {"token", "text"},
half a second after the last key and whenever the box is left.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import streamlit as st

HERE = Path(__file__).parent


def yaml_box(text: str, token: str, faulty: Mapping[int, str], key: str, take: Callable[[str], None]) -> None:
    """Draw the box. ``faulty`` maps lines to what is wrong there; ``take`` is given what was typed, before the page runs."""
    _COMPONENT(
        key=key,
        data={"text": text, "token": token, "faulty": {str(line): said for line, said in faulty.items()}},
        default={"typed": None},
        on_typed_change=lambda: _take(st.session_state.get(key), token, take),
    )


def _take(state: Any, token: str, take: Callable[[str], None]) -> None:
    """Hand on what this box sent; a text typed into an earlier one is not this one's."""
    typed = state.get("typed") if isinstance(state, Mapping) else None
    if isinstance(typed, Mapping) and typed.get("token") == token and isinstance(typed.get("text"), str):
        take(typed["text"])


_COMPONENT = st.components.v2.component(
    "hengxiao.yaml_box",
    html=(
        '<div class="yaml-box"><div class="gutter" aria-hidden="true"></div>'
        '<textarea spellcheck="false" wrap="off" aria-label="方案的YAML文本"></textarea></div>'
    ),
    css=(HERE / "box.css").read_text(encoding="utf-8"),
    js=(HERE / "box.js").read_text(encoding="utf-8"),
)
