"""异议 against a result: the list, and the dialogs to register one, to answer it, and to take it back."""

from __future__ import annotations

import streamlit as st

from components import days, session
from components.access import permit
from components.follow import follow_dialogs as dialogs
from components.tables import bold
from components.text import escape
from data.locked import Locked
from data.store import OBJECTION_STATUSES, Objection, ObjectionStatus

_LOOKS: dict[ObjectionStatus, tuple[str, str]] = {
    "open": (":material/radio_button_unchecked:", "orange"),
    "upheld": (":material/check_circle:", "green"),
    "rejected": (":material/cancel:", "gray"),
}
_ANSWERS: tuple[ObjectionStatus, ...] = ("upheld", "rejected")


def register(locked: Locked) -> None:
    """Every 异议 with how it was dealt with, and the way to do so until 审定. Nothing where there is none."""
    if not locked.standing.objections:
        return
    st.subheader("异议", anchor=False)
    for each in locked.standing.objections:
        _card(each, free=locked.standing.settled is None)


def _card(each: Objection, *, free: bool) -> None:
    icon, color = _LOOKS[each.status]
    with st.container(border=True, gap="xsmall", key=f"objection-{each.item}"):
        with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
            with st.container(horizontal=True, vertical_alignment="center", width="content"):
                st.markdown(f"第{each.item}号　{bold(each.unit)}", width="content")
                st.badge(OBJECTION_STATUSES[each.status], icon=icon, color=color)  # type: ignore[arg-type]
            if free:
                _buttons(each)
        st.markdown(escape(each.text))
        raised = f"{each.raised_by}于{each.raised_on.isoformat()}对锁定版第{each.locked}号提出"
        if each.status == "open":
            st.caption(escape(f"{raised}；{each.actor}登记（{session.local(each.at)}）"))
            return
        basis = f"（{each.basis}）" if each.basis else ""
        st.markdown(escape(f"办理意见：{each.reply}{basis}"))
        st.caption(escape(f"{raised}；{each.actor}办理（{session.local(each.at)}）"))


def _buttons(each: Objection) -> None:
    with st.container(horizontal=True, width="content"):
        permit.button("办理异议", "办理" if each.status == "open" else "更改", key=f"answer-{each.item}", icon=":material/rule:",
                  type="tertiary", on_click=dialogs.open_dialog, args=["lock-answer", each])  # fmt: skip
        permit.button("撤销异议", "撤销", key=f"unobject-{each.item}", icon=":material/undo:", type="tertiary",
                  on_click=dialogs.open_dialog, args=["lock-unobject", each])  # fmt: skip


def add_form(locked: Locked) -> None:
    """Register an 异议 against this 锁定版."""
    st.caption("异议不直接改动结果；采纳后需改动评分或情形的，退回草稿改正、重新定稿锁定。")
    names = [result.unit for result in locked.state.results.units]
    unit = st.selectbox(locked.state.scheme.words.unit, names, index=None, placeholder="请选择", key=dialogs.key("unit"))
    text = st.text_input("异议内容", max_chars=500, key=dialogs.key("text"), live=True)
    who = st.text_input("提出人（单位）", max_chars=60, key=dialogs.key("who"), live=True)
    day = days.field("提出日期", session.now().date(), dialogs.key("day"))
    if permit.button("登记异议", "保存", type="primary", key="objection-save"):
        if unit is None or day is None:
            st.error(f"请选择{locked.state.scheme.words.unit}并填写提出日期。", icon=":material/error:")
        elif early := days.future("提出日期", day, session.now().date()):
            st.error(escape(early), icon=":material/error:")
        else:
            record, add = locked.record, session.store().add_objection
            dialogs.save(
                lambda: add(record.assessment, record.number, unit, text or "", who or "", day, session.actor()),
                f"已登记{unit}的异议。",
            )  # fmt: skip


def answer_form(locked: Locked, each: Objection) -> None:
    """Say how an 异议 was dealt with."""
    st.markdown(escape(f"第{each.item}号　{each.unit}：{each.text}"))
    status = st.segmented_control(
        "办理结果", _ANSWERS, format_func=OBJECTION_STATUSES.__getitem__,
        default=each.status if each.status in _ANSWERS else None, key=dialogs.key("status"),
    )  # fmt: skip
    reply = st.text_input("办理意见", each.reply, max_chars=500, key=dialogs.key("reply"), live=True)
    basis = st.text_input("依据（文号、会议纪要）", each.basis, max_chars=100, key=dialogs.key("basis"), live=True)
    if permit.button("办理异议", "保存", type="primary", key="answer-save"):
        if status is None:
            st.error("请选择采纳或不采纳。", icon=":material/error:")
        else:
            answer = session.store().answer_objection
            dialogs.save(
                lambda: answer(each.id, status, reply or "", basis or "", session.actor()),
                f"已办理第{each.item}号异议：{OBJECTION_STATUSES[status]}。",
            )  # fmt: skip


def withdraw_form(locked: Locked, each: Objection) -> None:
    """Take an 异议 back, registered by mistake or withdrawn by who raised it."""
    st.markdown(escape(f"第{each.item}号　{each.unit}：{each.text}"))
    reason = st.text_input("撤销理由", max_chars=200, key=dialogs.key("unobject-reason"), live=True)
    if permit.button("撤销异议", "确认撤销", type="primary", key="unobject-save"):
        take_back = session.store().withdraw_objection
        dialogs.save(lambda: take_back(each.id, session.actor(), reason or ""), f"已撤销第{each.item}号异议。")
