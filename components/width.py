"""How wide the page's column is in this browser, which a server cannot know and a map must: it is fitted in pixels."""

from __future__ import annotations

import streamlit as st

STEP = 40  # pixels: a slightly resized window asks for nothing

_JS = """
export default function ({ parentElement, data, setStateValue }) {
  const box = parentElement.host ?? parentElement
  let told = data.told
  const tell = () => {
    const width = Math.floor(box.getBoundingClientRect().width / data.step) * data.step
    if (width > 0 && width !== told) { told = width; setStateValue("width", width) }
  }
  const observer = new ResizeObserver(tell)
  observer.observe(box)
  tell()
  return () => observer.disconnect()
}
"""


def column_width(key: str, *, default: int = 640) -> int:
    """The width in CSS pixels, rounded down, of the column this is called in; ``default`` until the browser has told.

    Draws nothing. The page reruns once when the width becomes known, and again when it changes by a step.
    """
    known = st.session_state.get(key) or {}
    told = known.get("width")
    ruler = st.components.v2.component("hengxiao_ruler", html="<div></div>", js=_JS)
    answer = ruler(key=key, data={"told": told, "step": STEP}, on_width_change=lambda: None, height=1)
    width = getattr(answer, "width", None)
    return int(width or default)
