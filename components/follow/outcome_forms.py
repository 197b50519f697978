"""The dialogs of 结果运用: recording the notice, what was decided of a proposed outcome, and taking either back."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import Any

import streamlit as st

from components import days, session
from components.access import permit
from components.follow import follow_dialogs as dialogs
from components.follow.outcomes_view import terms
from components.tables import cell
from components.text import escape
from data.follow_up import FollowUp, Matter
from data.store import CHOICES, Choice, Decision, Ruling
from scoring.rules import Outcome


def _notice_form(follow: FollowUp) -> None:
    found = follow.notice
    st.caption("期限自通报之日起按自然月计算，遇月末取末日；更正后期限随之改变，原登记留存。")
    day = days.field("通报日期", found.date if found else None, dialogs.key("notice-date"))
    number = st.text_input("通报文号", value=found.number if found else "", max_chars=100, live=True,
                           placeholder=_number_like(follow.state.scheme.document.number), key=dialogs.key("notice-number"))  # fmt: skip
    note = st.text_input("备注", value=found.note if found else "", max_chars=200, live=True,
                         key=dialogs.key("notice-note"))  # fmt: skip
    if permit.button("登记通报", "保存", type="primary", key="notice-save"):
        if day is None:
            st.error("请填写通报日期。", icon=":material/error:")
        elif early := days.future("通报日期", day, follow.today):
            st.error(escape(early), icon=":material/error:")
        else:
            put = lambda: session.store().put_notice(  # noqa: E731
                follow.state.assessment.id, day, number or "", note or "", session.actor()
            )
            dialogs.save(put, f"已登记通报：{day.isoformat()}。")
    if found:
        _notice_withdrawal(follow)


def _number_like(number: str) -> str:
    """How a 文号 of the same office looks: 江扶字〔2020〕×号."""
    return re.sub(r"\d+号", "×号", number) or "如：机关代字〔年份〕×号"


def _notice_withdrawal(follow: FollowUp) -> None:
    with st.expander("撤销登记", icon=":material/block:"):
        reason = st.text_input("撤销理由", max_chars=200, key=dialogs.key("notice-reason"), live=True)
        if permit.button("撤销通报", "确认撤销", key="notice-withdraw"):
            take_back = lambda: session.store().withdraw_notice(  # noqa: E731
                follow.state.assessment.id, session.actor(), reason or ""
            )
            dialogs.save(take_back, "已撤销通报的登记，期限随之待定。")


def _decision_form(follow: FollowUp, key: str, units: Sequence[str]) -> None:
    """What a meeting decided of one outcome, for one unit or several at once."""
    matter = next((matter for matter in follow.matters if matter.key == key), None)
    if matter is None:
        st.warning("按现在的结果已不再拟办此事，请关闭后查看最新名单。", icon=":material/warning:")
        return
    known = {one.unit: one for one in matter.proposals}
    before = known[units[0]].decision if len(units) == 1 and units[0] in known else None
    ruling = before.ruling if before else None
    terms(follow, matter)
    chosen = st.multiselect(follow.state.scheme.words.unit, list(known), [unit for unit in units if unit in known],
                            placeholder="请选择", key=dialogs.key("units"), select_all=False)  # fmt: skip
    choice = st.segmented_control(
        "决定", list(CHOICES), format_func=CHOICES.__getitem__, default=ruling.choice if ruling else None,
        key=dialogs.key("choice"),
    )  # fmt: skip
    reason = st.text_input("理由（不采纳、暂缓必填）", ruling.reason if ruling else "", max_chars=300, live=True,
                          key=dialogs.key("reason"))  # fmt: skip
    held = days.field("办理日期（已办理的填写）", ruling.held if ruling else None, dialogs.key("held"))
    came = _attendance(matter.outcome, ruling)
    evidence = st.text_input("佐证说明", ruling.evidence if ruling else "", max_chars=300, live=True,
                             placeholder="会议纪要、谈话记录的文号和存放处", key=dialogs.key("evidence"))  # fmt: skip
    if permit.button("登记决定", "保存", type="primary", key="decide-save"):
        _put_decisions(follow, matter, chosen, choice, reason or "", held, came, evidence or "")
    if before:
        _earlier(follow, before)


def _attendance(outcome: Outcome, ruling: Ruling | None) -> list[str]:
    came = list(ruling.attended) if ruling else []
    return st.multiselect(
        "到场人员", list(dict.fromkeys([*outcome.attends, *came])), came, accept_new_options=True,
        placeholder="选择或键入后回车", key=dialogs.key("attended"), select_all=False,
    )  # fmt: skip


def _put_decisions(follow: FollowUp, matter: Matter, units: Sequence[str], choice: Choice | None, reason: str, held: date | None,
                   came: Sequence[str], evidence: str) -> None:  # fmt: skip
    if choice is None:
        st.error("请选择采纳、不采纳或暂缓。", icon=":material/error:")
        return
    if early := days.future("办理日期", held, follow.today):
        st.error(escape(early), icon=":material/error:")
        return
    action = matter.outcome.action
    rulings = [Ruling(unit, matter.key, action, choice, reason, held, tuple(came), evidence) for unit in units]
    put = lambda: session.store().decide(follow.state.assessment.id, rulings, session.actor())  # noqa: E731
    dialogs.save(put, f"已登记{'、'.join(units)}“{action}”的决定：{CHOICES[choice]}。")


def _earlier(follow: FollowUp, current: Decision) -> None:
    """What was decided before, and the way to take a mistaken entry back."""
    past = session.store().decision_history(follow.state.assessment.id, current.ruling.unit, current.ruling.outcome)
    with st.expander(f"登记经过（{len(past)}次）与撤销", icon=":material/history:"):
        for one in past:
            ended = {"replaced": "，后已更改", "withdrawn": "，后已撤销"}.get(one.state, "")
            reason = f"：{one.ruling.reason}" if one.ruling.reason else ""
            told = f"{session.local(one.at)}　{one.actor}　{CHOICES[one.ruling.choice]}{ended}{reason}"
            st.markdown(f"- {escape(told)}")
        reason = st.text_input("撤销理由（登记有误时）", max_chars=200, key=dialogs.key("withdraw-reason"), live=True)
        if permit.button("撤销决定", "撤销该决定", key="decide-withdraw"):
            take_back = lambda: session.store().withdraw_decision(current.id, session.actor(), reason or "")  # noqa: E731
            dialogs.save(take_back, f"已撤销{current.ruling.unit}“{current.ruling.action}”的决定，恢复为待决定。")


def _stale_form(follow: FollowUp, one: Decision) -> None:
    st.markdown(escape(f"{one.ruling.unit}：{one.ruling.action}，{CHOICES[one.ruling.choice]}"))
    reason = st.text_input("撤销理由", max_chars=200, key=dialogs.key("stale-reason"), live=True)
    if permit.button("撤销决定", "确认撤销", type="primary", key="stale-save"):
        take_back = lambda: session.store().withdraw_decision(one.id, session.actor(), reason or "")  # noqa: E731
        dialogs.save(take_back, f"已撤销{one.ruling.unit}“{one.ruling.action}”的决定。")


def open_dialog(follow: FollowUp, kind: str, about: tuple[Any, ...]) -> bool:
    """Draw the open dialog if it is one of these; whether it was."""
    if kind == "notice":
        dialogs.show("登记通报", ":material/campaign:", _notice_form, follow)
    elif kind == "decide":
        action = about[0].split(":", 1)[1]
        dialogs.show(f"登记决定：{cell(action)}", ":material/gavel:", _decision_form, follow, *about)
    elif kind == "stale":
        dialogs.show("撤销决定", ":material/block:", _stale_form, follow, *about)
    else:
        return False
    return True
