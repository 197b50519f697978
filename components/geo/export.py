"""The map to take along, as PNG or SVG: made on the server when asked for, always by day, with legend, sources and the
words that say how final it is. Like other downloads it changes nothing, and so the 操作日志 has no entry of it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

import streamlit as st

from components.text import escape
from data.documents.file_names import safe
from data.maps import picture
from data.maps.paint import Fill
from data.maps.svg import svg
from data.maps.svg_light import by_day, legend_by_day
from data.maps.things import Scene
from data.regions import EXPORT_REMINDER, SOURCE_LINE

INTERNAL = "内部资料·未经审定。"
SKETCH = "示意图。"
SHARP, SHARPER = 2, 3  # pixels of a PNG to each of the picture; more where the picture is narrow


def offer(scene: Scene, *, title: str, legend: Sequence[Fill], notes: Sequence[str], name: str) -> None:
    """Draw 下载 PNG and 下载 SVG with the reminder beside them; nothing is rendered before one is pressed.

    ``legend`` in the scene's own palette. ``notes``: whose figures, 示例数据, when; 内部资料·未经审定, the source of the borders
    and 示意图 are added where they do not say so. ``name``: the file's, without ending; see ``file_name``.
    """
    told = complete(notes)

    def drawn() -> str:
        return svg(by_day(scene), title=title, legend=legend_by_day(legend, scene.colors), notes=told)

    missing = _missing()
    with st.container(horizontal=True, vertical_alignment="center"):
        st.download_button(
            "下载 PNG", lambda: picture.png(drawn(), SHARPER if scene.frame.narrow else SHARP), safe(f"{name}.png"), "image/png",
            icon=":material/image:", on_click="ignore", key="map-png", disabled=bool(missing),
            help="图片，可插入文档和演示文稿",
        )  # fmt: skip
        st.download_button(
            "下载 SVG", lambda: drawn().encode(), safe(f"{name}.svg"), "image/svg+xml",
            icon=":material/shapes:", on_click="ignore", key="map-svg", help="矢量图，放大后仍清晰，可用绘图软件编辑",
        )  # fmt: skip
    if missing:
        st.caption(escape(missing))
    st.caption(escape(EXPORT_REMINDER))


def complete(notes: Sequence[str]) -> tuple[str, ...]:
    """The notes with those that no exported map may lack, each once."""
    told = [note for note in notes if note]
    said = "\n".join(told)
    must = (INTERNAL if "未经审定" not in said else "", SOURCE_LINE if SOURCE_LINE not in said else "")
    return (*told, *(each for each in must if each), *(() if "示意图" in said else (SKETCH,)))


def file_name(*parts: str) -> str:
    """A name that every system can keep: ``地图_江门市_等次_2026-11-29`` of its parts, without the ending."""
    clean = (
        re.sub(r'[\x00-\x1f\x7f\\/:*?"<>|\s]+', "_", unicodedata.normalize("NFC", part)).strip("_. ") for part in parts
    )
    return "_".join(part[:60] for part in clean if part) or "地图"


def _missing() -> str:
    """Why no PNG can be made on this machine, or nothing."""
    try:
        picture.ready()
    except picture.PictureError as problem:
        return str(problem)
    return ""
