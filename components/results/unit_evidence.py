"""What stands behind each mark of 分项情况: the mark, what it came to and by which clause, its file and its cell."""

from __future__ import annotations

from fractions import Fraction

import streamlit as st

from components import grades, session
from components.grades import chip
from components.results import unit_grid
from components.steps import step_text
from components.text import escape
from data.documents.file_names import safe
from data.state import State
from data.store import Submission
from scoring import exact
from scoring.elements import Indicator
from scoring.explain import score_text
from scoring.marks import Mark
from scoring.profile import category_full, full_of, unit_rows
from scoring.results import ComponentResult, ItemResult, UnitResult
from scoring.scheme import Scheme

CLICK = "unit-cell"


def answer_click(state: State, unit: str) -> None:
    """Open the drawer with the evidence of the cell that was just clicked."""
    cell: unit_grid.Cell | None = st.session_state.pop(CLICK, None)
    submission = state.submission(unit, cell[0]) if cell else None
    if cell and submission:
        st.dialog("评分依据", position="right", icon=":material/fact_check:")(_evidence)(state, submission, cell[1])
    elif cell:
        st.toast(f"{unit}的{state.scheme.component(cell[0]).name}尚未收到评分表。", icon=":material/hourglass_empty:")


def _evidence(state: State, submission: Submission, what: int | str | None) -> None:
    """What stands behind a cell: an item's mark and place, a category's subtotal, or the total that was handed in."""
    name = state.scheme.component(submission.component).name
    st.markdown(f"**{escape(submission.unit)}**　{escape(name)}")
    result = state.results.of(submission.unit)
    part = result.components[submission.component]
    if isinstance(what, str):
        _subtotal(state.scheme, result, part, submission, what)
    else:
        _mark(state.scheme, result, part, submission, what)
    _opinion(submission)
    _original(submission, "drawer")


def _subtotal(scheme: Scheme, result: UnitResult, part: ComponentResult, submission: Submission, category: str) -> None:
    """A category's score and the items it is made of."""
    score, full = part.categories.get(category), category_full(scheme, result, category, [part.id])
    told = _points(scheme, score, full) if score is not None else "各项均不适用"
    st.markdown(f"**{escape(category)}**　小计**\u2060{told}\u2060**")
    rows = [row for row in unit_rows(scheme, result) if row.path[0] == category and row.no in part.rows]
    how = "相加" if full is not None else "按权重汇总"
    st.caption(f"由以下{len(rows)}项{how}，满分{exact.plain(full) if full is not None else 100}分。")
    st.markdown("\n".join(f"- 第{row.no}项 {escape(row.name)}：{_came_to(scheme, part, row)}" for row in rows))
    st.markdown(_cell_text(submission, "", ""))


def _points(scheme: Scheme, percent: Fraction, full: Fraction | None) -> str:
    return f"{score_text(scheme, percent)}分" if full is None else f"{exact.shown(percent * full / 100)}分"


def _mark(scheme: Scheme, result: UnitResult, part: ComponentResult, submission: Submission, no: int | None) -> None:
    row = next((row for row in unit_rows(scheme, result) if row.no == no), None)
    if row is not None:
        st.markdown(f"**第{no}项 {escape(row.name)}**")
        st.caption(escape(f"{'—'.join(row.path)}　数据来源：{row.source or row.method or '原文未列'}"))
        if row.detail:
            st.caption(escape(row.detail))
    for mark in submission.sheet.marks:
        if mark.indicator == no:
            told = _came_to(scheme, part, row) if row else mark_text(scheme, mark)
            st.markdown(f"{told} ← {_cell_text(submission, mark.sheet, mark.cell)}")
            if written := raw_text(mark, row):
                st.markdown(f"表上所填：{escape(written)}")
            if mark.remark:
                st.markdown(f"备注：{escape(mark.remark)}")
    for note in part.rows[no].notes if no in part.rows else ():
        st.markdown(step_text(note))
    if no is None and not any(mark.indicator is None for mark in submission.sheet.marks):
        st.markdown(_cell_text(submission, "", ""))


def _came_to(scheme: Scheme, part: ComponentResult, row: Indicator) -> str:
    """What an item came to: its grade, or its points out of its full marks, or why it has none."""
    found = part.rows.get(row.no)
    return item_text(scheme, part, row, found) if found else "未填"


def item_text(scheme: Scheme, part: ComponentResult, row: Indicator, found: ItemResult) -> str:
    """A row's result as Markdown."""
    if found.open:
        return f"**暂不能计分**：{escape(found.open)}"
    if found.grade is not None:
        return chip(scheme.grades, found.grade, grades.palette())
    if found.points is None:
        return "**不适用**"
    full = full_of(scheme, row, part.id)
    if full is None:
        return f"**{score_text(scheme, found.points)}分**"
    points = f"**{unit_grid.SIGNS[row.role]}{exact.shown(found.points * full / 100)}分**"
    return f"{points}（{'满分' if row.role == 'base' else '至多'}{exact.plain(full)}分）"


def mark_text(scheme: Scheme, mark: Mark) -> str:
    """A mark as it was handed in, as Markdown."""
    if mark.grade is not None:
        return chip(scheme.grades, mark.grade, grades.palette())
    if mark.score is not None:
        return f"**{score_text(scheme, mark.score)}分**"
    return f"**{escape(raw_text(mark))}**" if raw_text(mark) else "**不适用**"


def raw_text(mark: Mark, row: Indicator | None = None) -> str:
    """A measured value, with its item's measure, or an answer as it stands on the sheet; nothing for ticks and points."""
    if mark.value is None:
        return mark.answer or ""
    return exact.shown(mark.value) + (row.measure if row else "")


def _cell_text(submission: Submission, sheet: str, cell: str) -> str:
    where = (f" 工作表“{sheet}”" if sheet else "") + (f" 单元格 {cell}" if cell else "")
    return escape(f"{submission.file_name}{where}，{session.local(submission.at)}上传，第{submission.revision}次")


def _opinion(submission: Submission) -> None:
    if submission.sheet.opinion:
        st.markdown(f"评价意见：{escape(submission.sheet.opinion)}")


def _original(submission: Submission, place: str) -> None:
    st.download_button(
        "下载原件", session.original(submission.file_sha256), safe(submission.file_name),
        icon=":material/download:", on_click="ignore", key=f"original-{place}-{submission.id}", wrap=True,
    )  # fmt: skip


def sources(state: State, result: UnitResult) -> None:
    """The sheets that count: file, version, opinion, and the file itself to take along."""
    st.subheader("依据", anchor=False)
    with st.container(border=True, gap="medium"):
        for part in result.components.values():
            submission = state.submission(result.unit, part.id)
            if submission is not None or part.counted or state.scheme.judged:
                _source(state.scheme, part, submission)


def _source(scheme: Scheme, part: ComponentResult, submission: Submission | None) -> None:
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        with st.container(gap=None, width="content"):
            st.markdown(f"**{escape(part.name)}**　{_standing(scheme, part, submission)}")
            if submission is not None:
                st.markdown(f":small[{_cell_text(submission, '', '')}，{escape(submission.actor)}]")
                _opinion(submission)
        if submission is not None:
            _original(submission, "list")


def _standing(scheme: Scheme, part: ComponentResult, submission: Submission | None) -> str:
    if scheme.judged:
        if part.score is not None:
            return f"报送{score_text(scheme, part.score)}分，供评议参考"
        return "尚未收到" if submission is None else "已收到，供评议参考"
    if part.score is None:
        return "暂不能计分" if part.sheet is not None else "尚未收到评分表"
    full = f"（满分{exact.plain(part.full)}分）" if scheme.combine == "add" else ""
    return f"{score_text(scheme, part.score)}分{full}{'' if part.counted else '（不计分）'}"


def as_table(state: State, result: UnitResult) -> None:
    """The picture once more as a table of words, for screen readers, printing and whoever wants every cell."""
    opened = st.expander("以表格查看逐项评分与单元格", icon=":material/table:", on_change="rerun", key="unit-table")
    if opened.open:
        with opened:
            st.table(_table(state, result), border="horizontal", hide_index=True, alt=f"{result.unit}逐项评分与单元格")


def _table(state: State, result: UnitResult) -> dict[str, list[str]]:
    rows = unit_rows(state.scheme, result)
    columns = {"指标": [escape(f"{row.no} {row.name}") for row in rows]}
    for part in unit_grid.shown_parts(result):
        columns[part.name] = [_table_cell(state.scheme, part, row) for row in rows]
    return columns


def _table_cell(scheme: Scheme, part: ComponentResult, row: Indicator) -> str:
    if not row.marked_in(part.id):
        return unit_grid.NOT_HERE
    mark = next((mark for mark in part.sheet.marks if mark.indicator == row.no), None) if part.sheet else None
    if mark is None:
        return "直接给分" if part.exact is not None else "未到"
    written = f"{escape(raw_text(mark, row))} " if raw_text(mark) else ""
    return f"{_came_to(scheme, part, row)} {written}{escape(mark.cell)}"
