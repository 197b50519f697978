"""排名 as a table on screen: what to show, in which order, and a way to take it along."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

import pandas as pd
import streamlit as st

from components import grades, links, session
from data.documents import ranking_table
from data.documents.ranking_table import BY_SCORE, GRADE, MISSING, NEXT, NOTE, OUTCOME, PLACE, SCORE
from data.state import State
from scoring.explain import score_text
from scoring.results import UnitResult
from scoring.scheme import Scheme

ALL = "全部组别"
BY_PLACE, BY_ROSTER = "按位次", "按行政区划"
_WIDE = 6  # "100.00": shorter figures are padded with blanks, so that text sorts as numbers do
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_LETTER = 14  # pixels of a Chinese character in the table
_LIMITED = "（受限制）"
_MOST_ROWS = 24  # shown without scrolling within the table


def chosen(state: State) -> list[UnitResult]:
    """The units the viewer wants to see, in the order wanted: order, group and grades stand in one row."""
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        order = _order(state.scheme)
        group = _group(state.scheme)
        wanted = _grades(state.scheme)
    units = [r for r in state.results.units if group in (ALL, r.group)]
    if order == BY_PLACE:
        units = [r for g in state.scheme.groups for r in state.results.ranked(g.id) if group in (ALL, g.id)]
    return [r for r in units if not wanted or (r.grade or MISSING) in wanted]


def _order(scheme: Scheme) -> str:
    if scheme.rank.shown == "none":
        return BY_ROSTER
    picked = st.segmented_control("顺序", [BY_PLACE, BY_ROSTER], default=BY_PLACE, required=True, key="ranking-order")
    return picked or BY_PLACE


def _group(scheme: Scheme) -> str:
    names = {ALL: ALL} | {group.id: group.name for group in scheme.groups}
    if len(names) == 2:
        return ALL
    return st.selectbox(
        "组别（各组分别排位）", list(names), format_func=names.__getitem__, key="ranking-group", width=200
    )


def _grades(scheme: Scheme) -> list[str]:
    signs = {grade: grades.sign(scheme.grades, grade) for grade in scheme.grades} | {MISSING: MISSING}
    return st.pills(
        "只看等次（不选为全部）", list(signs), selection_mode="multi", format_func=signs.__getitem__, key="ranking-grades",
    )  # fmt: skip


def table(state: State, units: Sequence[UnitResult]) -> None:
    """The table; a click on a name opens the unit's 分项情况."""
    if not units:
        st.info("没有符合条件的考核对象。请放宽等次或组别。", icon=":material/filter_alt_off:")
        return
    frame = _frame(state, units)
    st.dataframe(
        _colored(frame, state.scheme), hide_index=True, column_config=_columns(frame, state.scheme), row_height=36,
        height="content" if len(units) <= _MOST_ROWS else 36 * (_MOST_ROWS + 1), key="ranking-table",
        alt=_described(state, units),
    )  # fmt: skip
    if click := st.session_state.get("ranking-open"):
        links.open_unit(state, units[click.row].unit)


def _frame(state: State, units: Sequence[UnitResult]) -> pd.DataFrame:
    scheme = state.scheme
    rows = [
        {name: _shown(scheme, name, value) for name, value in row.items()} | _limited(scheme, result)
        for result, row in zip(units, ranking_table.rows(state.results, units), strict=True)
    ]
    frame = pd.DataFrame(rows)
    return frame[[name for name in _first(scheme) if name in frame] + [c for c in frame if c not in _first(scheme)]]


def _first(scheme: Scheme) -> list[str]:
    """What is seen before one scrolls: the first four on a phone, the reason too on a projector."""
    return [PLACE, scheme.words.unit, SCORE, GRADE, NOTE]


def _limited(scheme: Scheme, result: UnitResult) -> dict[str, str]:
    """A grade that a limit holds down says so in its own cell: it stands below units with fewer points."""
    if result.grade is None or not any(limit.binds for limit in result.limits):
        return {}
    return {GRADE: grades.sign(scheme.grades, result.grade) + _LIMITED}


def _shown(scheme: Scheme, name: str, value: ranking_table.Value) -> str:
    """A cell's text. Scores are text, exactly as printed: a column of floats would round for itself."""
    if value is None or isinstance(value, Fraction):
        return f"{MISSING if value is None else score_text(scheme, value):>{_WIDE}}"
    if name == scheme.words.unit:
        return f"{value} ›"
    if name == PLACE:
        return f"{value:>2}"
    return grades.sign(scheme.grades, value) if name == GRADE and value in scheme.grades else value


def _colored(frame: pd.DataFrame, scheme: Scheme) -> object:
    colors = grades.palette()
    styles = {
        grades.sign(scheme.grades, grade) + remark: f"background-color: {shown.color}; color: {shown.ink}"
        for grade in scheme.grades
        for remark in ("", _LIMITED)
        for shown in [grades.look(scheme.grades, grade, colors)]
    }
    return frame.style.map(lambda sign: styles.get(sign, ""), subset=[GRADE])


def _columns(frame: pd.DataFrame, scheme: Scheme) -> dict[str, Any]:
    """Every column as wide as its words: the first four fit a phone, the reason a projector, all of them a desk."""
    limited, noted = frame[GRADE].str.endswith(_LIMITED).any(), frame[NOTE].any()
    text = st.column_config.TextColumn
    columns: dict[str, Any] = {c.name: text(c.name, width=80, alignment="right") for c in scheme.counted}
    return columns | {
        PLACE: text(PLACE, width=56, alignment="right"),
        scheme.words.unit: st.column_config.ButtonColumn(
            scheme.words.unit,
            type="tertiary",
            alignment="left",
            width=_name_width(frame, scheme),
            key="ranking-open",
            on_click=_noted,
        ),
        SCORE: text(SCORE, width=76, alignment="right"),
        GRADE: text(GRADE, width=130 if limited else 86),
        BY_SCORE: text(BY_SCORE, width=92),
        NEXT: text(NEXT, width=124),
        OUTCOME: text(OUTCOME, width=122),
        NOTE: text(NOTE, width=346 if noted else 64),
    }


def _name_width(frame: pd.DataFrame, scheme: Scheme) -> int:
    return max(86, min(180, 44 + _LETTER * int(frame[scheme.words.unit].str.len().max() - len(" ›"))))


def _noted() -> None:
    """The click is read in the run that follows; the column needs a callback to send it."""


def _described(state: State, units: Sequence[UnitResult]) -> str:
    return f"{state.assessment.name}：{len(units)}个{state.scheme.words.units}的位次、得分与等次"


def downloads(state: State, units: Sequence[UnitResult]) -> None:
    """The same table to take along, made only when asked for."""
    name = f"{state.assessment.name}_得分与等次_第{state.version}版"
    at = session.local(session.now())
    with st.container(horizontal=True):
        st.download_button(
            "下载表格（xlsx）", lambda: ranking_table.to_xlsx(state, units, at), f"{name}.xlsx", _XLSX,
            icon=":material/download:", on_click="ignore", key="ranking-xlsx", disabled=not units,
        )  # fmt: skip
        st.download_button(
            "下载CSV", lambda: ranking_table.to_csv(state, units, at), f"{name}.csv", "text/csv",
            icon=":material/download:", on_click="ignore", key="ranking-csv", disabled=not units,
        )  # fmt: skip
