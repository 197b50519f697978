"""The fields for grades in 建议等次 and 审定: everyone as computed or as suggested, a line for each who is given another.

Of seventy units few are given another grade than was computed; those alone are chosen and get a grade and a reason. Where
the document draws no lines everyone gets a line, for then there is nothing to take over.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from components import grades
from components.follow import follow_dialogs as dialogs
from components.tables import bold
from components.text import escape
from data.locked import Locked
from data.locked.grading import cautions, differs, grades_of, wants_grade
from data.state import State
from data.store import Given
from scoring.explain import score_text
from scoring.results import UnitResult
from scoring.standing import word


def fields(locked: Locked, before: Mapping[str, Given]) -> dict[str, Given]:
    """Draw the fields, filled in from ``before`` (建议等次, or what is being corrected), and return every unit's grade."""
    state = locked.state
    if not state.scheme.grades:
        return {}
    by_hand = [result.unit for result in state.results.units if wants_grade(state, result) and result.grade is None]
    given = grades_of(state)
    wanted = [*by_hand, *_exceptions(state, before, given, by_hand)]
    for unit in wanted:
        result = state.results.of(unit)
        made = _line(state, result, before.get(unit))
        given.pop(unit, None)
        if made:
            given[unit] = made
    return given


def _exceptions(state: State, before: Mapping[str, Given], computed: Mapping[str, Given], by_hand: Sequence[str]) -> list[str]:
    """Which units are given another grade than was computed."""
    others = [result.unit for result in state.results.units if result.unit not in by_hand]
    if not others:
        return []
    moved = [
        unit for unit in others
        if unit in before and (differs(state.results.of(unit), before[unit]) or unit not in computed)
    ]  # fmt: skip
    label = f"与测算等次不同的{state.scheme.words.unit}（其余按测算等次）"
    return st.multiselect(label, others, moved, placeholder="没有不同的，不用选", key=dialogs.key("moved"),
                          format_func=lambda unit: f"{unit}（{word(state.results.of(unit))}）", select_all=False)  # fmt: skip


def _line(state: State, result: UnitResult, before: Given | None) -> Given | None:
    """One unit: what was computed, the grade it is given, and why; under it the limit that the grade would pass over."""
    scheme = state.scheme
    with st.container(border=True, gap="xsmall"):
        score = f"　{score_text(scheme, result.score)}分" if result.score is not None else ""
        computed = grades.chip(scheme.grades, result.grade, grades.palette()) if result.grade else escape(word(result))
        st.markdown(f"{bold(result.unit)}{score}　测算：{computed}")
        left, right = st.columns([1, 3])
        with left:
            at = before.grade if before and before.grade in scheme.grades else result.grade
            grade = st.selectbox(
                "给予等次", scheme.grades, index=scheme.grades.index(at) if at else None, placeholder="请选择",
                key=dialogs.key(f"grade-{result.unit}"),
            )  # fmt: skip
        with right:
            label = "理由" if result.grade is None and wants_grade(state, result) else "理由（与测算不同必填）"
            reason = st.text_input(
                label, before.reason if before else "", max_chars=200, key=dialogs.key(f"reason-{result.unit}"),
                live=True, placeholder="如：会议研究，江扶会〔2020〕5号",
            )  # fmt: skip
        if grade is None:
            return None
        given = Given(grade, reason or "")
        for each in cautions(state, {result.unit: given}):
            told = f"{each.told}。" + ("" if each.named else "确需如此的，请在理由中写明所依据的文件（文号或会议纪要）。")
            st.warning(escape(told), icon=":material/gavel:")
        return given
