"""The dialogs of the steps: 建议等次, 审定, 批复, and taking each back. Each keeps the steps that stood when it was opened."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import streamlit as st

from components import days, session
from components.access import permit
from components.follow import follow_dialogs as dialogs
from components.meeting import lock_grade_form, lock_list, lock_objections
from components.text import escape
from data.locked import Locked, settle, suggest
from data.state import State
from data.store import SETTLINGS, Seen, Settling, SettlingKind

Stated = tuple[str, date, str]
"""文号 (会议编号), day, 机关 (会议)."""


def _suggest_form(locked: Locked, seen: Seen) -> None:
    before = locked.standing.suggested
    st.caption("建议等次供领导小组审定；测算等次不变，与其不同的须写明理由。")
    given = lock_grade_form.fields(locked, before.grades if before else {})
    note = st.text_input("备注", before.note if before else "", max_chars=200, key=dialogs.key("note"), live=True)
    if permit.button("登记建议等次", "保存", type="primary", key="lock-suggested-save"):
        dialogs.save(
            lambda: suggest(session.store(), locked, given, note or "", session.actor(), seen),
            f"已登记{locked.record.name}的建议等次。",
        )  # fmt: skip


def _settle_form(locked: Locked, seen: Seen) -> None:
    before, suggested = locked.standing.settled, locked.standing.suggested
    if not locked.state.scheme.grades:
        st.caption("本方案不评等次：审定的是名单和拟处理意见。")
    elif suggested and not before:
        st.caption("已按建议等次填好，请按会议决定修改。")
    stated = _stated(before, "审定文号（会议编号）", "审定日期", "审定的会议或机关")
    start = before or suggested
    given = lock_grade_form.fields(locked, start.grades if start else {})
    note = st.text_input("备注", before.note if before else "", max_chars=200, key=dialogs.key("note"), live=True)
    if permit.button("登记审定", "保存", type="primary", key="lock-settled-save") and (when := _whole(stated, "审定日期")):
        number, day, body = when
        dialogs.save(
            lambda: settle(session.store(), locked, number, day, body, given, note or "", session.actor(), seen),
            f"已登记{locked.record.name}的审定。",
        )  # fmt: skip


def _approve_form(locked: Locked, seen: Seen) -> None:
    before = locked.standing.approved
    st.caption("批复的是已审定的结果；登记批复后，各页不再标注“未经审定”。")
    stated = _stated(before, "批复文号", "批复日期", "批复机关")
    note = st.text_input("备注", before.note if before else "", max_chars=200, key=dialogs.key("note"), live=True)
    if permit.button("登记批复", "保存", type="primary", key="lock-approved-save") and (when := _whole(stated, "批复日期")):
        number, day, body = when
        approve = session.store().approve
        dialogs.save(
            lambda: approve(locked.record.assessment, number, day, body, note or "", session.actor(), seen),
            f"已登记批复：{number.strip()}。",
        )  # fmt: skip


def _stated(before: Settling | None, number: str, day: str, body: str) -> tuple[str, date | None, str]:
    """The paper, its day and who decided."""
    told = st.text_input(number, before.number if before else "", max_chars=100, key=dialogs.key("number"), live=True)
    when = days.field(day, before.day if before else None, dialogs.key("day"))
    who = st.text_input(body, before.body if before else "", max_chars=100, key=dialogs.key("body"), live=True)
    return told or "", when, who or ""


def _whole(stated: tuple[str, date | None, str], name: str) -> Stated | None:
    """What was filled in, once the day is one that has come; else the page says what is missing."""
    number, day, body = stated
    if day is None:
        st.error(f"请填写{name}。", icon=":material/error:")
        return None
    if early := days.future(name, day, session.now().date()):
        st.error(escape(early), icon=":material/error:")
        return None
    return number, day, body


def _undo_form(locked: Locked, kind: SettlingKind, seen: Seen) -> None:
    word, step = SETTLINGS[kind], locked.standing.steps.get(kind)
    if step is None:
        st.warning(f"{word}已被他人撤销，请关闭后查看最新情况。", icon=":material/warning:")
        return
    named = f"（{step.number}）" if step.number else ""
    st.markdown(escape(f"撤销{locked.record.name}的{word}{named}：原登记留存备查，理由记入操作日志。"))
    reason = st.text_input("撤销理由", max_chars=200, key=dialogs.key("undo-reason"), live=True)
    if permit.button(f"撤销{word}", "确认撤销", type="primary", key="lock-undo-save"):
        take_back = session.store().withdraw_settling
        dialogs.save(
            lambda: take_back(locked.record.assessment, kind, session.actor(), reason or "", seen), f"已撤销{word}。"
        )


def show(now: State, locked: Locked | None, kind: str, about: tuple[Any, ...]) -> None:
    """Draw the open dialog if it is one of this page's. Without a 锁定版 there is only the one that locks."""
    if kind == "lock-now":
        dialogs.show("锁定数据", ":material/lock:", lock_list.lock_form, now, *about)
    elif locked is not None and kind in _FORMS:
        title, icon, body = _FORMS[kind]
        dialogs.show(title, icon, body, locked, *about)
    elif locked is not None and kind == "lock-withdraw":
        dialogs.show("作废锁定版", ":material/block:", lock_list.withdraw_form, now, *about)


_FORMS: dict[str, tuple[str, str, Callable[..., None]]] = {
    "lock-suggested": ("登记建议等次", ":material/edit_note:", _suggest_form),
    "lock-settled": ("登记审定", ":material/gavel:", _settle_form),
    "lock-approved": ("登记批复", ":material/approval:", _approve_form),
    "lock-undo": ("撤销登记", ":material/undo:", _undo_form),
    "lock-objection": ("登记异议", ":material/forum:", lock_objections.add_form),
    "lock-answer": ("办理异议", ":material/rule:", lock_objections.answer_form),
    "lock-unobject": ("撤销异议", ":material/undo:", lock_objections.withdraw_form),
}
