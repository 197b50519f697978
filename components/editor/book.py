"""方案工作簿: a scheme as an Excel workbook to take along, and one that comes back as a new draft."""

from __future__ import annotations

import streamlit as st

from components.access import permit
from components.collect.uploads import problems_table
from components.editor.draft import Draft, checked
from components.one_file import one_file, read_once
from components.text import escape
from data.documents.file_names import safe
from data.documents.scheme_book import scheme_book
from data.scheme_book_file import SchemeBookReading, read_scheme_book
from data.store import OwnScheme
from scoring.scheme import Scheme

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_ZONE = "editor-book"


def downloads(kept: OwnScheme, draft: Draft) -> None:
    """The scheme as it stands here, as a workbook and as YAML."""
    scheme = checked(draft.text).scheme
    with st.popover("下载", icon=":material/download:"):
        st.download_button(
            "方案工作簿（xlsx）", data=lambda: _book(scheme), file_name=safe(f"{kept.title}.xlsx"), mime=_XLSX, on_click="ignore",
            disabled=scheme is None, key="editor-book-out", help="改正各处错误后可下载" if scheme is None else None,
        )  # fmt: skip
        st.download_button(
            "方案文件（yaml）", draft.text.encode(), safe(f"{kept.title}.yaml"), "application/yaml", key="editor-yaml-out",
            on_click="ignore",
        )


def _book(scheme: Scheme | None) -> bytes:
    return scheme_book(scheme) if scheme is not None else b""


def uploaded() -> tuple[str, str] | None:
    """The zone for a workbook; the title and the text that it holds once the viewer has agreed to begin with it."""
    st.caption("放入从本页或别处下载、改好的方案工作簿；整份核对，有一处错误即全部退回，不取用其中任何内容。")
    if dropped := one_file("选取或拖入方案工作簿", _ZONE, only=_ZONE):
        st.session_state[f"{_ZONE}-file"] = dropped
        st.rerun()
    held = st.session_state.get(f"{_ZONE}-file")
    if held is None:
        return None
    name, content = held
    return _offered(read_once(f"{_ZONE}-read", content, "正在读取方案工作簿…", lambda: read_scheme_book(name, content)))


def _offered(reading: SchemeBookReading) -> tuple[str, str] | None:
    file = f"《{escape(reading.file)}》"
    if reading.problems:
        problems_table(reading.problems, _ZONE, "方案工作簿的问题")
    if reading.rejected or reading.scheme is None:
        st.markdown(f":material/cancel: {file}须改正后重新放入，没有取用其中任何内容。")
        return None
    st.markdown(f":material/check_circle: {file}已读取：{escape(reading.scheme.title)}，没有须改正之处。")
    if permit.button("新建方案", "据此新建草案", type="primary", icon=":material/add:", key="editor-book-create"):
        st.session_state.pop(f"{_ZONE}-file", None)
        return reading.scheme.title, reading.text
    return None
