"""排名 as a table on screen: what to show, in which order, and a way to take it along."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

import pandas as pd
import streamlit as st

from components import grades, links, session
from components.results import group_choice
from data.documents import ranking_table
from data.documents.file_names import safe
from data.documents.ranking_rows import (
    BONUS,
    BY_SCORE,
    DEDUCTION,
    FROM,
    GRADE,
    NEXT,
    NOTE,
    OUTCOME,
    PLACE,
    SCORE,
    Amount,
    Value,
    award_name,
    rows,
)
from data.lettering import width
from data.state import State
from scoring import exact
from scoring.elements import Group
from scoring.explain import score_text
from scoring.judged import in_order
from scoring.results import UnitResult
from scoring.scheme import Scheme
from scoring.standing import MISSING, word, words

BY_PLACE, BY_ROSTER = "按位次", "按行政区划"
_WIDE = 6  # "100.00": shorter figures are padded with blanks, so that text sorts as numbers do
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_LETTER = 14  # pixels of a Chinese character in the table
_LIMITED, _WAITING = "（受限制）", "（待认定）"
_MOST_ROWS = 24  # shown without scrolling within the table


def chosen(state: State, group: Group) -> list[UnitResult]:
    """The units of a group that the viewer wants to see, in the order wanted: order and grades stand in one row."""
    if state.scheme.judged:
        return [one.result for one in in_order(state.scheme, state.results.units)]
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        order = _order(state.scheme)
        wanted = _grades(state.scheme)
    units = state.results.ranked(group.id) if order == BY_PLACE else state.results.group(group.id)
    return [r for r in units if not wanted or word(r) in wanted]


def order_told(scheme: Scheme) -> str:
    """What places are read from, in a sentence: without it a higher score below a lower one looks like a mistake."""
    if scheme.rank.shown == "none" or not scheme.grades:
        return ""
    graded = bool(scheme.bands and scheme.bands.items)
    by = ["等次" if each == "grade" else "得分" for each in scheme.rank.by if graded or each == "score"]
    whence = "、".join(scheme.rank.cite) or "口径"
    return f"位次{'先' if len(by) > 1 else ''}按{'、再按'.join(by)}排（{whence}），得分相同的并列。"


def _order(scheme: Scheme) -> str:
    if scheme.rank.shown == "none":
        return BY_ROSTER
    picked = st.segmented_control("顺序", [BY_PLACE, BY_ROSTER], default=BY_PLACE, required=True, key="ranking-order")
    return picked or BY_PLACE


def _grades(scheme: Scheme) -> list[str]:
    signs = {each: grades.sign(scheme.grades, each) if each in scheme.grades else each for each in words(scheme)}
    return st.pills(
        "只看等次（不选为全部）", list(signs), selection_mode="multi", format_func=signs.__getitem__, key="ranking-grades",
    )  # fmt: skip


def table(state: State, units: Sequence[UnitResult]) -> None:
    """The table; a click on a name opens the unit's 分项情况."""
    if not units:
        st.info(f"没有符合条件的{state.scheme.words.units}。请放宽等次或另选组别。", icon=":material/filter_alt_off:")
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
    cells = [
        {name: _shown(scheme, name, value) for name, value in row.items()} | _limited(scheme, result)
        for result, row in zip(units, rows(state.results, units), strict=True)
    ]
    frame = pd.DataFrame(cells)
    first = [name for name in _first(scheme) if name in frame]
    return frame[first + [name for name in frame if name not in first]]


def _first(scheme: Scheme) -> list[str]:
    """What is seen before one scrolls: the first four on a phone, the reason too on a projector."""
    awards = dict.fromkeys(award_name(award.name) for award in scheme.awards)
    return [PLACE, scheme.words.unit, SCORE, GRADE, *awards, FROM, NOTE]


def _limited(scheme: Scheme, result: UnitResult) -> dict[str, str]:
    """A grade that a limit holds down says so in its own cell, for it stands below units with fewer points; so does one
    that a person has yet to lift."""
    if result.grade is None:
        return {}
    sign = grades.sign(scheme.grades, result.grade)
    if any(limit.binds for limit in result.limits):
        return {GRADE: sign + _LIMITED}
    return {GRADE: sign + _WAITING} if result.recommended else {}


def _shown(scheme: Scheme, name: str, value: Value) -> str:
    """A cell's text. Scores are text, exactly as printed: a column of floats would round for itself."""
    if isinstance(value, Amount):
        return f"{exact.fixed(value.value, value.places):>{_WIDE}}"
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
        for remark in ("", _LIMITED, _WAITING)
        for shown in [grades.look(scheme.grades, grade, colors)]
    }
    return frame.style.map(lambda sign: styles.get(sign, ""), subset=[GRADE]) if GRADE in frame else frame


def _columns(frame: pd.DataFrame, scheme: Scheme) -> dict[str, Any]:
    """Every column as wide as its words: the first four fit a phone, the reason a projector, all of them a desk."""
    text = st.column_config.TextColumn
    columns: dict[str, Any] = {
        name: text(name, width=88, alignment="right")
        for name in (*(c.name for c in scheme.counted), *(award_name(award.name) for award in scheme.awards), BONUS, DEDUCTION)
    }
    widths = {BY_SCORE: 92, NEXT: 124, GRADE: 86}
    columns |= {name: text(name, width=max(least, _fitting(frame, name))) for name, least in widths.items()}
    columns |= {name: text(name, width=_fitting(frame, name)) for name in (OUTCOME, NOTE, FROM)}
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
    }


def _fitting(frame: pd.DataFrame, name: str) -> int:
    """Pixels for the longest words of a column, within reason."""
    longest = max((width(cell) for cell in frame[name]), default=0.0) if name in frame else 0.0
    return round(max(64, min(346, 20 + _LETTER * longest)))


def _name_width(frame: pd.DataFrame, scheme: Scheme) -> int:
    return max(86, min(180, 44 + _LETTER * int(frame[scheme.words.unit].str.len().max() - len(" ›"))))


def _noted() -> None:
    """The click is read in the run that follows; the column needs a callback to send it."""


def _described(state: State, units: Sequence[UnitResult]) -> str:
    return f"{state.assessment.name}：{len(units)}个{state.scheme.words.units}的{ranking_table.title(state.scheme)}"


def downloads(state: State, units: Sequence[UnitResult]) -> None:
    """The same table to take along, made only when asked for; and every group's, each in its own sheet."""
    name = f"{state.assessment.name}_{ranking_table.title(state.scheme)}_第{state.version}版"
    at = session.local(session.now())
    every = [result for group in state.scheme.groups for result in state.results.ranked(group.id)]
    with st.container(horizontal=True):
        st.download_button(
            "下载表格（xlsx）", lambda: ranking_table.to_xlsx(state, units, at), safe(f"{name}.xlsx"), _XLSX,
            icon=":material/download:", on_click="ignore", key="ranking-xlsx", disabled=not units,
        )  # fmt: skip
        st.download_button(
            "下载CSV", lambda: ranking_table.to_csv(state, units, at), safe(f"{name}.csv"), "text/csv",
            icon=":material/download:", on_click="ignore", key="ranking-csv", disabled=not units,
        )  # fmt: skip
        if len(group_choice.groups(state)) > 1 and not state.scheme.judged:
            st.download_button(
                "下载全部组别（xlsx，每组一张表）", lambda: ranking_table.to_xlsx(state, every, at),
                safe(f"{name}_全部组别.xlsx"), _XLSX, icon=":material/download:", on_click="ignore", key="ranking-all",
            )  # fmt: skip
