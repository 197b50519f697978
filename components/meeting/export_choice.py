"""What is to be taken out: which kind of document, in which format, of which unit. The address keeps the kind (?doc=report)."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from components.text import escape
from data.documents.kinds import KINDS, Kind, kind
from data.documents.paper_pdf import available
from data.locked import Locked

FORMATS = {
    "docx": "Word（.docx）", "pdf": "PDF", "html": "网页（.html）", "pptx": "演示文稿（.pptx）", "xlsx": "Excel（.xlsx）",
    "png": "图片（.png）", "zip": "压缩包（.zip）",
}  # fmt: skip
"""What each format is called."""
ALL = ""
"""Stands for all units."""
ADDRESS, FIRST, _BOX = "doc", "report", "doc-box"


@dataclass(frozen=True)
class Choice:
    """What was chosen. ``unit`` None: all of them, or the whole assessment."""

    kind: Kind
    suffix: str
    unit: str | None


def choose(locked: Locked) -> Choice:
    """Draw the choices."""
    names = {each.id: each.name for each in KINDS}
    asked = st.query_params.get(ADDRESS, FIRST)
    st.session_state[_BOX] = asked if asked in names else FIRST
    st.pills("文件", list(names), required=True, format_func=names.__getitem__, key=_BOX, on_change=_take, wrap=True)
    wanted = kind(st.session_state[_BOX])
    needs = f"须{wanted.needs}后形成。" if wanted.needs and not locked.standing.approved else ""
    st.caption(escape(f"{wanted.whom}：{wanted.about}。{needs}"))
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        suffix = _format(wanted)
        unit = _unit(locked, wanted)
    return Choice(wanted, suffix, unit)


def _take() -> None:
    st.query_params[ADDRESS] = st.session_state[_BOX]


def _format(wanted: Kind) -> str:
    offered = [each for each in wanted.suffixes if each != "pdf" or available()]
    if len(offered) == 1 and len(wanted.suffixes) == 1:
        return offered[0]
    told = None if available() else "本机未安装 LibreOffice，不能生成 PDF；可下载 Word 文件后另存为 PDF"
    picked = st.segmented_control(
        "格式", offered, default=offered[0], required=True, format_func=FORMATS.__getitem__, key=f"doc-format-{wanted.id}",
        help=told,
    )  # fmt: skip
    return picked or offered[0]


def _unit(locked: Locked, wanted: Kind) -> str | None:
    """One unit or all; nothing to choose where the paper is of the whole assessment."""
    if not wanted.units:
        return None
    units = [result.unit for result in locked.state.results.units]
    whole = f"全部{len(units)}份（一个压缩包）" if wanted.units == "each" else "全部（一份）"
    options = [*units, ALL] if wanted.units == "each" else [ALL, *units]
    picked = st.selectbox(
        locked.state.scheme.words.unit, options, format_func=lambda each: each or whole, key=f"doc-unit-{wanted.id}", width=300,
    )  # fmt: skip
    return picked or None
