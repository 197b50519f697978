"""The stage in the browser: one page over the whole window, in a dialog that lies above everything else.

Python sends all pages at once (``stage_data``); turning them asks nothing of the server. What only the server knows is
asked for as a trigger ``{"what": "names" | "reveal" | "why" | "trial" | "leave", …}`` and comes back as new data.

Files, in the order they are joined: exact and linking (the what-if board's arithmetic), keys and paging (pure), dom, rows,
pages, drill, trial, drawing, stage (wiring).
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import streamlit as st

from components.explore import whatif_board

HERE = Path(__file__).parent / "stage"
KEY = "stage"
SHARED = ("exact", "linking")
SCRIPTS = ("keys", "paging", "dom", "rows", "pages", "drill", "trial", "drawing", "stage")


def show(data: dict[str, Any], heard: Callable[[Any], None]) -> None:
    """Put the stage over the page. ``heard`` is called with what the presenter asks for, before the script runs again."""
    _COMPONENT(key=KEY, data=data, on_asked_change=lambda: heard((st.session_state.get(KEY) or {}).get("asked")))


def script(*names: str) -> str:
    """The named scripts joined, as the browser gets them; all of them where none is named."""
    own = names or SCRIPTS
    return "\n".join((whatif_board.script(*SHARED), *((HERE / f"{name}.js").read_text(encoding="utf-8") for name in own)))


_COMPONENT = st.components.v2.component(
    "hengxiao.stage",
    html='<dialog aria-label="汇报演示">\n</dialog>',
    css=(HERE / "stage.css").read_text(encoding="utf-8"),
    js=script(),
)
