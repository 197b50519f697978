"""Which means draw the map in this browser: WebGL, or SVG where there is no graphics card to speak of.

What the address says wins (``?draw=svg``, ``?draw=webgl``). Else a probe that draws nothing tells once a browser session
whether WebGL2 is there and is not drawn by the processor; and again should a map lose its WebGL while it is shown.

Until it has told, SVG is drawn: it is light, needs no library and is right on every machine. The answer costs no run of its
own: it comes with the width of the column, for which the map is drawn a second time anyway (``components.width``).
"""

from __future__ import annotations

from typing import Literal

import streamlit as st

Means = Literal["webgl", "svg"]

ADDRESS = "draw"
NAMES = {"": "自动", "webgl": "WebGL", "svg": "SVG"}
_PROBE, _KNOWN, _BOX = "map-means", "map-means-known", "map-means-box"

_JS = r"""
const MEMORY = "hengxiao-map-means"  // for as long as the browser's tab is open
const SLOW = /swiftshader|llvmpipe|softpipe|software|basic render|virtualbox|svga3d/i
const PATIENCE = 600  // milliseconds: a map that is just being taken away loses its WebGL too, and is no longer there then

const remembered = () => { try { return sessionStorage.getItem(MEMORY) } catch { return null } }
const remember = means => { try { sessionStorage.setItem(MEMORY, means) } catch { /* a browser that keeps nothing is asked again */ } }

function probed() {
  try {
    const gl = document.createElement("canvas").getContext("webgl2", { failIfMajorPerformanceCaveat: true })
    if (!gl) return "svg"
    const about = gl.getExtension("WEBGL_debug_renderer_info")
    const drawer = String(gl.getParameter(about ? about.UNMASKED_RENDERER_WEBGL : gl.RENDERER))
    gl.getExtension("WEBGL_lose_context")?.loseContext()
    return SLOW.test(drawer) ? "svg" : "webgl"
  } catch { return "svg" }
}

const lost = event => setTimeout(() => {
  if (!event.target.isConnected) return
  remember("svg")
  window.hengxiaoMeans("svg")
}, PATIENCE)

export default function ({ data, setStateValue }) {
  if (!window.hengxiaoMeans) window.addEventListener("webglcontextlost", lost, true)
  window.hengxiaoMeans = means => { if (means !== data.told) setStateValue("found", means) }
  const means = remembered() ?? probed()
  remember(means)
  window.hengxiaoMeans(means)
}
"""


def chosen() -> Means:
    """What draws the map now. Call it once a run: it also places the probe, which draws nothing."""
    known: Means = "webgl" if _found() == "webgl" else "svg"
    asked = st.query_params.get(ADDRESS)
    if asked == "webgl" or asked == "svg":
        return "webgl" if asked == "webgl" else "svg"
    return known


def switch() -> None:
    """A small control, 图形方式：自动／WebGL／SVG, bound to the address; it belongs into a popover."""
    asked = st.query_params.get(ADDRESS, "")
    st.session_state[_BOX] = asked if asked in NAMES else ""
    st.segmented_control(
        "图形方式", list(NAMES), format_func=NAMES.__getitem__, key=_BOX, required=True, on_change=_take,
        help="自动：有显卡加速时用 WebGL，没有时用 SVG。两种方式的颜色、文字和点击效果相同；地图不显示或很慢时，请选 SVG。",
    )  # fmt: skip


def _take() -> None:
    if wanted := st.session_state.get(_BOX):
        st.query_params[ADDRESS] = wanted
    else:
        st.query_params.pop(ADDRESS, None)


def _found() -> str | None:
    """What the probe has told, in this run or before; None until then."""
    told = (st.session_state.get(_PROBE) or {}).get("found") or st.session_state.get(_KNOWN)
    answer = _COMPONENT(key=_PROBE, data={"told": told}, on_found_change=lambda: None, height=1)
    found = getattr(answer, "found", None) or told
    if found in ("webgl", "svg"):
        st.session_state[_KNOWN] = found  # the probe's own state goes when the page is left
    return found


_COMPONENT = st.components.v2.component("hengxiao_map_means", html="<div></div>", js=_JS)
