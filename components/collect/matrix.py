"""What 催报进度 draws: the matrix of units and components, how complete each is, the words to send, the history."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date

import streamlit as st

from components import session
from components.access import permit
from components.access.allowed import allowed
from components.collect.stage_words import LEGEND, stage_cell, stage_mark, stage_told
from components.rules import requests_view
from components.tables import bold, cell, table
from components.text import escape
from data.documents.file_names import safe
from data.reminders import (
    Completeness,
    absent_by_unit,
    asked,
    by_component,
    by_unit,
    completeness,
    marked,
    standing,
)
from data.state import State
from data.store import LogEntry, SheetStage, StoreProblem, Submission
from data.store.restoring import DAYS, days_left
from scoring.elements import Component, Group
from scoring.sentences import deadline

_WORDS = {
    "received": ":material/check_circle: 已收",
    "missing": ":material/hourglass_empty: 缺",
    "late": ":red[:material/warning: 逾期]",
}
_UNCOUNTED = ":material/schedule: 不计分，逾期"
"""What the result does not wait for and nobody is called about."""
_ON_A_PHONE = """
<style>
@media (max-width: 640px) {
  .st-key-progress-grid [data-testid="stTable"] table { table-layout: fixed; width: 100% }
  .st-key-progress-grid [data-testid="stTable"] :is(th, td),
  .st-key-progress-grid [data-testid="stTable"] :is(th, td):last-child { min-width: 0; overflow-wrap: anywhere }
}
</style>
"""
"""Every column is a 考核方式 and none of remarks: on a phone they share the width, so that the last one is not cut off."""
_STATES = {
    "taken": ":material/check_circle: 现用",
    "replaced": ":material/history: 已被替换",
    "withdrawn": ":material/undo: 已撤回",
}


def summary(state: State, today: date) -> None:
    """One sentence and a card for each component."""
    parts = asked(state)
    expected, received = sum(p.expected for p in parts), sum(p.received for p in parts)
    late = sum(len(part.absent) for part in parts if part.late(today))
    rest = f"，尚缺{bold(f'{expected - received}份')}" if received < expected else f"，{bold('已全部到齐')}"
    overdue = f"，其中逾期{bold(f'{late}份')}" if late else ""
    needed = "综合评定不计分，下列材料供评议参考。" if state.scheme.judged else ""
    st.markdown(f"{needed}应收{bold(f'{expected}份')}，已收{bold(f'{received}份')}{rest}{overdue}。")
    if heirs := [group.name for group in state.scheme.groups if state.scheme.inheritance(group.id)]:
        st.caption(escape(f"{'、'.join(heirs)}随所帮扶的单位计分，不另填评分表，不在应收之列。"))
    with st.grid(4, min_column_width=200):
        for part in completeness(state):
            _card(part, today)


def _card(part: Completeness, today: date) -> None:
    counted = "" if part.component.counted else "（不计分）"
    with st.container(border=True, gap="xsmall"):
        st.markdown(f"{bold(part.component.name)}{counted}")
        share = part.received / part.expected if part.expected else 0.0
        st.progress(share, f"已收{part.received}/{part.expected}")
        who = f"由{part.component.who}报送" if part.component.who else "原文未写明由谁报送"
        due = deadline(part.task, today, done=not part.absent) or "原文未定期限"
        st.caption(escape(f"{due}；{who}"))


Stages = Mapping[tuple[str, str], SheetStage]
"""(unit, component) → how far its sheet has come; empty where 复核 is not asked for."""


def matrix(state: State, today: date, stages: Stages) -> None:
    """Unit × component: how far each sheet has come, missing, or late; always in words. A table a group."""
    units = set(marked(state))
    members = [(group, [each for each in _members(state, group) if each in units]) for group in state.scheme.marked_groups]
    groups = [(group, there) for group, there in members if there]
    st.html(_ON_A_PHONE)
    with st.container(key="progress-grid"):
        for group, there in groups:
            if len(groups) > 1:
                st.markdown(bold(group.name))
            table(
                [_row(state, unit, today, stages) for unit in there],
                f"{group.name}各{state.scheme.words.component}的报送情况",
            )
    if stages:
        st.caption(LEGEND)


def looked_at(state: State) -> list[Component]:
    """The components whose sheets this viewer may see of at least one unit: to the blind, those of the own duties."""
    units = marked(state)
    return [part for part in state.scheme.components if any(state.shown(unit, part.id) for unit in units)]


def _members(state: State, group: Group) -> list[str]:
    """The group's units that stand in the table: its roster, and whoever handed something in where there is none."""
    if state.blind:
        return [unit.name for unit in group.units]
    return [result.unit for result in state.results.group(group.id)]


def _row(state: State, unit: str, today: date, stages: Stages) -> dict[str, str]:
    row = {state.scheme.words.unit: cell(unit)}
    return row | {cell(part.name): _state_of(state, unit, part.id, today, stages) for part in looked_at(state)}


def _state_of(state: State, unit: str, component: str, today: date, stages: Stages) -> str:
    if not state.shown(unit, component):
        return "—"
    if (unit, component) in stages:
        return stage_cell(stages[unit, component])
    found = state.submission(unit, component)
    stands = standing(state, unit, component, today)
    needed = state.scheme.component(component).counted or state.scheme.judged
    words = _WORDS[stands] if needed or stands != "late" else _UNCOUNTED
    return f"{words}　第{found.revision}次，{cell(session.local(found.at))}" if found else words


def call_list(state: State, today: date, moment: str) -> None:
    """Who must be called about what, and the words to paste into a message."""
    parts = [part for part in asked(state) if part.absent]
    if not parts:
        st.success("应收的评分表已全部到齐，无须催报。", icon=":material/task_alt:")
        return
    words = state.scheme.words
    by_part, by_whom = f"按{words.component}", f"按{words.unit}"
    way = st.segmented_control("催报文字", [by_part, by_whom], default=by_part, required=True, key="remind-by")
    if way == by_part:
        for part in parts:
            st.markdown(f"{bold(part.component.name)}：缺{len(part.absent)}份，请联系{_who(part)}")
            _message(by_component(state, part, today, moment))
        return
    for unit, names in absent_by_unit(state).items():
        st.markdown(f"{bold(unit)}：缺{'、'.join(map(escape, names))}")
        _message(by_unit(state, unit, today, moment))


def _who(part: Completeness) -> str:
    return escape(part.component.who) or "报送单位（原文未写明）"


def _message(text: str) -> None:
    """Text with a button that copies it."""
    st.code(text, language=None, wrap_lines=True)


def history(
    state: State, revisions: Sequence[Submission], actor: str, stages: Stages, asked: Collection[int] = ()
) -> None:
    """Every revision of one unit and component, newest first: who, when, the original file, and back or forth."""
    if not revisions:
        st.info("还没有收到过这份评分表。", icon=":material/hourglass_empty:")
    said = session.store().last_words(state.assessment.id) if revisions else {}
    for one in revisions:
        with (
            st.container(border=True),
            st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"),
        ):
            with st.container(width="content", gap="xsmall"):
                st.markdown(f"{bold(f'第{one.revision}次')}　{_STATES[one.state]}")
                st.caption(escape(f"{session.local(one.at)}，{one.actor}上报，{one.file_name}"))
                stage = stages.get((one.unit, one.component))
                if stage is not None and stage.id == one.id:
                    st.markdown(f"{stage_mark(stage)}　:small[{escape(stage_told(stage))}]")
                if one.id in said and one.state != "replaced":
                    st.caption(escape(_why(said[one.id])))
            with st.container(horizontal=True, width="content"):
                _original(one)
                if stage is None or stage.id != one.id or stage.stage == "filled":
                    _back_or_forth(state, one, actor)
                elif one.id in asked:
                    st.caption("已申请解锁，待另一人同意", width="content")
                elif stage.stage == "reviewed" and allowed("申请解锁评分表", state.assessment.id):
                    requests_view.unlocking(one.id, actor)


def _why(entry: LogEntry) -> str:
    reason = entry.details.get("reason", "")
    return f"{session.local(entry.at)}，{entry.actor}{entry.action}，理由：{reason}"


def _original(one: Submission) -> None:
    st.download_button(
        "下载原件", data=session.original(one.file_sha256), file_name=safe(one.file_name),
        icon=":material/download:", key=f"original-{one.id}", on_click="ignore",
    )  # fmt: skip


def _back_or_forth(state: State, one: Submission, actor: str) -> None:
    """Withdraw the one that counts, or let an earlier one count again; either asks for a reason."""
    verb, change = ("撤回", session.store().withdraw) if one.state == "taken" else ("恢复", session.store().restore)
    icon = ":material/undo:" if one.state == "taken" else ":material/restore:"
    left = DAYS if one.state == "taken" else days_left(one.gone)
    if not left:
        st.caption(f"已满{DAYS}天，不再恢复")
        return
    if one.state != "taken":
        st.caption(f"还可恢复{left}天", width="content")
    with st.popover(verb, icon=icon, key=f"change-{one.id}-{one.state}"):
        st.markdown(_warning(state, one))
        reason = st.text_input(f"{verb}理由", key=f"reason-{one.id}-{one.state}", max_chars=200, live=True)
        doing = permit.Doing(verb, place=(one.unit, one.component))
        if permit.button(doing, f"确认{verb}", key=f"do-{one.id}-{one.state}", type="primary"):
            try:
                change(one.id, actor, reason or "")
            except StoreProblem as problem:
                session.complain(problem)
            else:
                session.refresh()


def _warning(state: State, one: Submission) -> str:
    if one.state == "taken":
        return f"撤回后，{escape(one.unit)}的这一项为暂缺；原件和记录保留，{DAYS}天内可以恢复。"
    current = state.submission(one.unit, one.component)
    return f"恢复后，以第{one.revision}次为准" + (f"，取代现用的第{current.revision}次。" if current else "。")
