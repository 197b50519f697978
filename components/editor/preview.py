"""预览: what the draft makes of invented marks, and the blank forms that the clerks would get."""

from __future__ import annotations

from functools import lru_cache

import streamlit as st

from components import grades
from components.editor.draft import checked
from components.tables import NO_BREAK, bold, cell, table
from components.text import escape
from data.documents.file_names import safe
from data.documents.forms import blank_forms_zip, form_units
from scoring.assess import assess
from scoring.burden import burden
from scoring.explain import score_text
from scoring.gather import MarksError
from scoring.invented import SEED, invented_sheets, with_invented
from scoring.results import Results, UnitResult
from scoring.scheme import Scheme

_MOST = 30


def preview(text: str) -> None:
    """Draw both; a draft with faults has nothing to show yet."""
    scheme = checked(text).scheme
    if scheme is None:
        st.info("方案尚有须改正之处；改正后即可预览排名和空白评分表。", icon=":material/visibility_off:")
        return
    _forms(scheme)
    st.subheader("示例评分下的排名", anchor=False)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.badge("示例数据", icon=":material/science:", color="orange")
        st.caption("评分由程序随机编排，与任何地方的实际工作无关；只供看方案怎样算分、排位和定等次，不保存。", width="content")
    seed = st.session_state.setdefault("editor-seed", SEED)
    st.button("换一组示例评分", key="editor-again", icon=":material/casino:", on_click=_another)
    results = _results(text, seed)
    if isinstance(results, str):
        st.warning(escape(results), icon=":material/info:")
        return
    for group in results.scheme.groups:
        units = results.ranked(group.id)
        if units:
            _ranking(results.scheme, group.name, units)


def _another() -> None:
    st.session_state["editor-seed"] += 1


def _forms(scheme: Scheme) -> None:
    st.subheader("空白评分表", anchor=False)
    units = form_units(scheme)
    shown = with_invented(scheme)
    count = len(form_units(shown)) * len(scheme.components)
    told = f"{len(units)}个考核对象、{len(scheme.components)}种{scheme.words.component}" if units else "尚无名单，以示例单位代替"
    _burden(scheme)
    st.caption(escape(f"{told}，共{count}份。经办将收到这样的表，填好后在“数据上报”放入。"))
    st.download_button(
        "下载空白评分表（zip）", data=lambda: blank_forms_zip(shown), file_name=safe(f"{scheme.short}_空白评分表.zip"),
        mime="application/zip", icon=":material/download:", on_click="ignore", key="editor-forms",
    )  # fmt: skip


def _burden(scheme: Scheme) -> None:
    """本方案要求基层填报 N 格, and each reminder of the rules of 2024 on burdens."""
    asked = burden(scheme)
    if asked.line:
        st.markdown(bold(asked.line) + "。")
    for warning in asked.warnings:
        st.markdown(f"- {'提示' if warning.hint else '减负提醒'}：{escape(str(warning))}")
    if asked.warnings:
        st.caption("提醒不影响使用，由编制单位酌定。")


@lru_cache(maxsize=8)
def _results(text: str, seed: int) -> Results | str:
    """The draft scored with invented marks, or why it cannot be."""
    scheme = checked(text).scheme
    if scheme is None or scheme.judged:
        return "本方案由评议作出综合评价，没有得分和排名可以预览。"
    try:
        filled = with_invented(scheme)
        return assess(filled, invented_sheets(filled, seed))
    except MarksError as problem:
        return f"示例评分无法计算：{problem}"


def _ranking(scheme: Scheme, name: str, units: tuple[UnitResult, ...]) -> None:
    if len(scheme.groups) > 1:
        st.markdown(f"**\u2060{cell(name)}\u2060**")
    table([_row(scheme, result) for result in units[:_MOST]], alt="示例评分下的排名")
    if len(units) > _MOST:
        st.caption(f"只列前{_MOST}名，共{len(units)}个。")


def _row(scheme: Scheme, result: UnitResult) -> dict[str, str]:
    score = "—" if result.score is None else score_text(scheme, result.score)
    row = {"位次": str(result.rank or "—"), scheme.words.unit: cell(result.unit), "得分": score}
    if scheme.bands and scheme.bands.items:
        row["等次"] = grades.sign(scheme.grades, result.grade) if result.grade else "—"
    counted = [part for part in result.components.values() if part.counted]
    return row | {
        cell(part.name): NO_BREAK if part.score is None else score_text(scheme, part.score) for part in counted
    }
