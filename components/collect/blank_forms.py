"""Blank forms to take along: all in one zip, or those of one unit or one component."""

from __future__ import annotations

import re

import streamlit as st

from data.demo import held_back as held_back_form
from data.documents.file_names import safe
from data.documents.forms import blank_form, blank_forms_zip, form_name, form_units, how_to_fill
from data.state import State

ALL = "全部"
_ZIP, _XLSX = "application/zip", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def downloads(state: State) -> None:
    """A button that opens the choice of blank forms; a file is made only when it is asked for."""
    with st.popover("下载空白评分表", icon=":material/download:", key="blank-forms"):
        scheme = state.scheme
        units = form_units(scheme)
        if not units:
            st.caption("本考核没有考核对象名单，无法预填空白表。")
            return
        names = {ALL: ALL} | {part.id: part.name for part in scheme.components}
        unit = st.selectbox(scheme.words.unit, [ALL, *units], key="blank-unit")
        component = st.selectbox(
            scheme.words.component, list(names), format_func=names.__getitem__, key="blank-component"
        )
        st.caption(f"表内已写明{scheme.words.unit}和{scheme.words.component}，请勿改动；{how_to_fill(scheme)}。")
        if ALL not in (unit, component):
            st.download_button(
                "下载这一份（xlsx）", data=lambda: blank_form(scheme, unit, component), mime=_XLSX,
                file_name=safe(form_name(unit, scheme.component(component))), icon=":material/download:", on_click="ignore",
                type="primary", key="blank-one",
            )  # fmt: skip
            return
        chosen = None if unit == ALL else [unit]
        components = None if component == ALL else [component]
        st.download_button(
            "打包下载（zip）", data=lambda: blank_forms_zip(scheme, chosen, components), mime=_ZIP,
            file_name=safe(zip_name(state.assessment.name, names[component] if chosen is None else unit)),
            icon=":material/folder_zip:", on_click="ignore", type="primary", key="blank-zip",
        )  # fmt: skip


def zip_name(assessment: str, part: str) -> str:
    """A zip's name tells which assessment's forms it holds; what no file name may have is left out."""
    return re.sub(r'[\\/:*?"<>|\s]+', "_", f"空白评分表_{assessment}_{part}") + ".zip"


def held_back(state: State) -> None:
    """In the demonstration: the one form that was held back, to be uploaded live while others watch."""
    form = held_back_form(state.assessment.scheme_id) if state.assessment.demo and state.absent else None
    if form is None:
        return
    st.download_button(
        f"下载待上报的示例表（{form.name.removesuffix('.xlsx')}）", form.content, safe(form.name), _XLSX, key="held-back",
        icon=":material/science:", on_click="ignore", help="示例数据留有一份未报：下载后拖入下方，可看到总览随之补齐",
    )  # fmt: skip
