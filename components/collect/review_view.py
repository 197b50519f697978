"""复核: one sheet after another with its marks, what changed since the last time and the original; or several at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from components import session
from components.access.allowed import allowed
from components.collect.hand_in import name
from components.collect.stage_words import stage_told
from components.results.unit_evidence import mark_text, raw_text
from components.tables import bold, cell, table
from components.text import escape
from data.documents.file_names import safe
from data.dry_run import differences
from data.finalise import is_final
from data.state import State
from data.store import SheetStage, StoreProblem, Submission
from scoring.marks import Mark

_TOLD, _AT, _PART = "review-told", "review-at", "review-part"
_ALL = "全部"
_CHANGES = 12
"""Differences from the revision before that are shown before the rest are counted."""


def section(state: State, actor: str, stages: Sequence[SheetStage]) -> None:
    """What waits for 复核; nothing for whoever may not review, or where nothing was handed in."""
    if told := st.session_state.pop(_TOLD, ""):
        st.success(escape(told), icon=":material/verified:")
    waiting = [one for one in stages if one.stage == "handed"]
    if not waiting or is_final(state.assessment) or not allowed("复核评分表", state.assessment.id):
        return
    st.subheader("复核", anchor=False)
    shown = _of_part(state, waiting)
    at = _position(shown)
    _steps(shown, at)
    with st.container(border=True, key="review-sheet"):
        _sheet(state, shown, at, actor)
    if len(shown) > 1:
        _together(state, shown, actor)


def _of_part(state: State, waiting: Sequence[SheetStage]) -> list[SheetStage]:
    """One 考核方式 or all, in the roster's order: a reviewer has a pile of papers in that order."""
    order = {unit.name: at for at, unit in enumerate(state.units)}
    ranked = sorted(waiting, key=lambda one: (one.component, order.get(one.unit, len(order)), one.unit))
    parts = [part for part in state.scheme.components if any(one.component == part.id for one in ranked)]
    if len(parts) < 2:
        return ranked
    names = {_ALL: f"{_ALL}（{len(ranked)}）"}
    names |= {part.id: f"{part.name}（{sum(one.component == part.id for one in ranked)}）" for part in parts}
    if st.session_state.get(_PART) not in names:
        st.session_state[_PART] = _ALL
    chosen = st.segmented_control(
        "待复核", list(names), format_func=names.__getitem__, key=_PART, required=True, label_visibility="collapsed"
    )
    return [one for one in ranked if chosen in (_ALL, one.component)]


def _position(shown: Sequence[SheetStage]) -> int:
    """Where the reviewer stands: by the sheet's id, so that others' reviews move nobody to another sheet unseen."""
    ids = [one.id for one in shown]
    kept = st.session_state.get(_AT)
    return ids.index(kept) if kept in ids else 0


def _steps(shown: Sequence[SheetStage], at: int) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button("上一份", icon=":material/chevron_left:", key="review-back", disabled=at == 0,
                  on_click=_go, args=(shown[max(at - 1, 0)].id,))  # fmt: skip
        st.markdown(f"待复核{len(shown)}份，第{at + 1}份", width="content")
        st.button("下一份", icon=":material/chevron_right:", key="review-next", disabled=at == len(shown) - 1,
                  on_click=_go, args=(shown[min(at + 1, len(shown) - 1)].id,))  # fmt: skip


def _go(id_: int) -> None:
    st.session_state[_AT] = id_


def _sheet(state: State, shown: Sequence[SheetStage], at: int, actor: str) -> None:
    one = shown[at]
    revisions = session.store().history(state.assessment.id, one.unit, one.component)
    whole = next((each for each in revisions if each.id == one.id), None)
    if whole is None:
        st.info("这份评分表刚刚有变动，请稍候。", icon=":material/sync:")
        return
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        with st.container(width="content", gap="xsmall"):
            st.markdown(bold(name(state, one)))
            st.caption(escape(f"{one.actor}上报；{stage_told(one)}；《{one.file_name}》"))
        with st.container(horizontal=True, width="content"):
            _decisions(shown, at, actor)
    earlier = next((each for each in revisions if each.revision < one.revision), None)
    if earlier is not None:
        _changed(earlier, whole)
    _marks(state, whole)
    st.download_button(
        "下载原件核对", data=session.original(whole.file_sha256), file_name=safe(whole.file_name),
        icon=":material/download:", key=f"review-original-{one.id}", on_click="ignore",
    )  # fmt: skip


def _decisions(shown: Sequence[SheetStage], at: int, actor: str) -> None:
    """复核通过, which goes on to the next sheet, and 退回 with its reason."""
    one = shown[at]
    after = shown[at + 1] if at + 1 < len(shown) else shown[at - 1]
    label = "复核通过，看下一份" if at + 1 < len(shown) else "复核通过"
    if st.button(label, type="primary", icon=":material/verified:", key=f"review-do-{one.id}"):
        _done(lambda: session.store().review([one.id], actor), f"已复核{one.unit}的评分表。", after.id)
    with st.popover("退回", icon=":material/undo:", key=f"review-send-{one.id}"):
        reason = st.text_input("退回理由", key=f"review-why-{one.id}", max_chars=200, live=True)
        if st.button("确认退回", key=f"review-back-{one.id}", type="primary"):
            told = f"已退回{one.unit}的评分表。"
            _done(lambda: session.store().send_back(one.id, actor, reason or ""), told, after.id)


def _changed(before: Submission, after: Submission) -> None:
    found = differences(before.sheet, after.sheet)
    shown = "、".join(found[:_CHANGES]) + (f"等{len(found)}处" if found[_CHANGES:] else "")
    st.markdown(f":material/difference: 与第{before.revision}次相比：{escape(shown or '没有改动')}")


def _marks(state: State, whole: Submission) -> None:
    """Every mark with its cell, as it stands on the sheet."""
    rows = {row.no: row for group in state.scheme.groups for row in state.scheme.indicators_of(group.id)}
    told = [
        {
            "指标": cell(f"{mark.indicator} {rows[mark.indicator].name}" if mark.indicator in rows else "总分"),
            "单元格": cell(mark.cell or "—"),
            "评分": _mark(state, mark, rows.get(mark.indicator) if mark.indicator is not None else None),
            "备注": cell(mark.remark),
        }
        for mark in whole.sheet.marks
    ]
    if not any(mark.remark for mark in whole.sheet.marks):
        told = [{key: value for key, value in row.items() if key != "备注"} for row in told]
    table(told, f"{whole.unit}的评分")
    if whole.sheet.opinion:
        st.markdown(f"评价意见：{escape(whole.sheet.opinion)}")


def _mark(state: State, mark: Mark, row) -> str:
    written = raw_text(mark, row)
    return escape(written) if written and mark.grade is None and mark.score is None else mark_text(state.scheme, mark)


def _together(state: State, shown: Sequence[SheetStage], actor: str) -> None:
    """Several at once, for what has been looked through on paper."""
    names = {one.id: name(state, one) for one in shown}
    with st.expander("一次复核几份：已对照原件逐份看过的", icon=":material/checklist:", key="review-together"):
        key = f"review-some-{state.assessment.id}"
        with st.container(horizontal=True, vertical_alignment="bottom"):
            chosen = st.multiselect("评分表", list(names), format_func=names.__getitem__, placeholder="请选择", key=key, select_all=False)
            st.button("全选", icon=":material/select_all:", key="review-every", on_click=_choose, args=(key, list(names)))
        if st.button(f"复核所选{len(chosen)}份", icon=":material/done_all:", key="review-all", disabled=not chosen):
            told = f"已复核{len(chosen)}份评分表。"
            _done(lambda: session.store().review(chosen, actor), told, st.session_state.get(_AT))


def _choose(key: str, ids: list[int]) -> None:
    st.session_state[key] = ids


def _done(change: Callable[[], object], told: str, after: int | None) -> None:
    try:
        change()
    except StoreProblem as problem:
        session.complain(problem)
        return
    st.session_state[_TOLD] = told
    st.session_state[_AT] = after
    session.refresh()
