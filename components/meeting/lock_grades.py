"""The grades of a 锁定版 side by side: 测算等次, 建议等次, 审定等次, and why where people gave another than was computed."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from components import grades
from components.tables import NO_BREAK, cell, table
from components.text import escape
from data.locked import Locked
from data.locked.grading import cautions, differs
from data.store import Given
from scoring.explain import score_text
from scoring.results import UnitResult
from scoring.standing import MISSING, word

_JOINED = "\u2060"
MANY = 20
"""With more units than these the whole table is folded away, and those whose grade was changed stand before it."""


def side_by_side(locked: Locked) -> None:
    """One table for each group that has units. Nothing where the document gives no grades."""
    if not locked.state.scheme.grades:
        return
    st.subheader("等次对照", anchor=False)
    _cautioned(locked)
    units = locked.state.results.units
    if len(units) <= MANY:
        _tables(locked, units)
        return
    steps = [step for step in (locked.standing.suggested, locked.standing.settled) if step]
    changed = [result for result in units if any(differs(result, step.grades.get(result.unit)) for step in steps)]
    if changed:
        _tables(locked, changed)
    elif steps:
        st.markdown(f"{len(units)}{locked.state.scheme.words.measure}{locked.state.scheme.words.units}均与测算等次一致。")
    with st.expander(f"查看全部{len(units)}{locked.state.scheme.words.measure}", icon=":material/table_rows:"):
        _tables(locked, units)


def _tables(locked: Locked, units: Sequence[UnitResult]) -> None:
    for group in locked.state.scheme.groups:
        members = [result for result in units if result.group == group.id]
        if members:
            if len(locked.state.scheme.groups) > 1:
                st.markdown(f"**\u2060{escape(group.name)}\u2060**")
            table([_row(locked, result) for result in members], f"{group.name}等次对照")


def _cautioned(locked: Locked) -> None:
    """Grades better than a limit permits stay marked as long as they stand."""
    step = locked.standing.settled or locked.standing.suggested
    for each in cautions(locked.state, step.grades) if step else ():
        given = step.grades[each.unit] if step else Given("")
        st.warning(escape(f"{each.told}；现{locked.standing.word}为“{given.grade}”。依据：{given.reason}"), icon=":material/gavel:")


def _row(locked: Locked, result: UnitResult) -> dict[str, str]:
    scheme = locked.state.scheme
    row = {scheme.words.unit: cell(result.unit)}
    row["得分"] = MISSING if result.score is None else score_text(scheme, result.score)
    row["测算等次"] = _chip(locked, result.grade) if result.grade else cell(word(result))
    steps = {"建议等次": locked.standing.suggested, "审定等次": locked.standing.settled}
    return row | {name: _given(locked, step.grades.get(result.unit)) for name, step in steps.items() if step}


def _given(locked: Locked, given: Given | None) -> str:
    """The grade people gave, with its reason in the same cell: on a phone a column of reasons would lie out of sight."""
    if given is None:
        return "—"
    return _chip(locked, given.grade) + (f"　理由：{cell(given.reason)}" if given.reason else "")


def _chip(locked: Locked, grade: str) -> str:
    """A grade that no line's end parts: cells are narrow on a phone."""
    shown = grades.chip(locked.state.scheme.grades, grade, grades.palette())
    return shown.replace(f" {grade}", NO_BREAK + _JOINED.join(grade), 1)
