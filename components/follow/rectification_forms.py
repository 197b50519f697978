"""The dialogs of the 整改台账: writing a problem, mending it, reporting it, checking it as the second person, its history."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import streamlit as st

from components import days, session
from components.access import permit
from components.follow import follow_dialogs as dialogs
from components.tables import bold
from components.text import escape
from data.documents.file_names import safe
from data.follow_up import FollowUp
from data.store import STATUSES, Finding, Rectification, Status, StoreProblem
from scoring.due import period_text

_EDITABLE: tuple[Status, ...] = ("open", "doing")


def _finding_form(follow: FollowUp) -> None:
    """A problem written by hand."""
    unit = st.selectbox(
        follow.state.scheme.words.unit, [result.unit for result in follow.state.results.units], index=None,
        placeholder="请选择", key=dialogs.key("unit"),
    )  # fmt: skip
    finding = _fields(follow, Finding(unit or "", ""))
    if permit.button("列入整改", "列入台账", type="primary", key="finding-save"):
        add = lambda: session.store().add_rectifications(  # noqa: E731
            follow.state.assessment.id, [finding], session.actor()
        )
        dialogs.save(add, f"已将{finding.unit}的问题列入整改台账。")


def _fields(follow: FollowUp, start: Finding) -> Finding:
    """问题, 原因, 措施, 责任人（单位） and 期限, beginning with what is there."""
    problem = st.text_input("问题", start.problem, max_chars=1000, live=True, key=dialogs.key("problem"))
    cause = st.text_input("原因", start.cause, max_chars=300, live=True, key=dialogs.key("cause"))
    measure = st.text_input("整改措施", start.measure, max_chars=300, live=True, key=dialogs.key("measure"))
    owner = st.text_input("责任人（单位）", start.owner, max_chars=100, live=True, key=dialogs.key("owner"))
    due = days.field("期限", start.due, dialogs.key("due"), _default_due(follow, start.unit))
    st.caption(_default_due(follow, start.unit))
    return Finding(start.unit, problem or "", cause or "", measure or "", owner or "", due, start.source)


def _default_due(follow: FollowUp, unit: str) -> str:
    period = follow.period_of(unit)
    if period is None:
        return "本方案未定期限，请填写。"
    day = follow.scheme_due(unit)
    return f"期限留空的，按方案为{period_text(period)}" + (f"，即{day.isoformat()}。" if day else "。")


def _edit_form(follow: FollowUp, item: Rectification) -> None:
    st.markdown(bold(f"第{item.item}号　{item.finding.unit}"))
    finding = _fields(follow, item.finding)
    status = st.segmented_control(
        "状态", list(_EDITABLE), format_func=STATUSES.__getitem__, default=item.status, required=True,
        key=dialogs.key("status"),
    )  # fmt: skip
    if permit.button("修改整改", "保存", type="primary", key="edit-save"):
        change = lambda: session.store().edit_rectification(  # noqa: E731
            item.id, finding, status or item.status, session.actor()
        )
        dialogs.save(change, f"已修改第{item.item}号。")


def _report_form(follow: FollowUp, item: Rectification) -> None:
    _told(item)
    st.caption("报核须写明佐证；由另一人署名核对后销号。")
    evidence = st.text_input("佐证说明", item.evidence, max_chars=300, live=True, key=dialogs.key("evidence"),
                            placeholder="材料名称、份数、存放何处")  # fmt: skip
    file = st.file_uploader("佐证材料（可不附，一份，不超过20 MB）", key=dialogs.key("file"))
    if permit.button("报核整改", "报核", type="primary", key="report-save"):
        paper = (file.name, file.getvalue()) if file else None
        report = lambda: session.store().report_rectification(  # noqa: E731
            item.id, evidence or "", session.actor(), paper
        )
        dialogs.save(report, f"第{item.item}号已报核，待另一人核对后销号。")


def _review_form(follow: FollowUp, item: Rectification) -> None:
    """The second person's look at the evidence: close it, or send it back."""
    _told(item)
    st.markdown(escape(f"佐证：{item.evidence}"))
    _paper(item)
    if item.status == "reported":
        st.caption(
            escape(
                f"由{item.reported_by}报核，须由另一人核对。现在的署名：{session.actor()}；如非本人，请关闭后更改署名。"
            )
        )
        if permit.button("核对销号", "核对属实，销号", type="primary", icon=":material/how_to_reg:", key="close-save"):
            close = lambda: session.store().close_rectification(item.id, session.actor())  # noqa: E731
            dialogs.save(close, f"第{item.item}号已销号。")
    st.divider()
    label = "退回整改" if item.status == "reported" else "重新整改"
    reason = st.text_input(f"{label}的理由", max_chars=200, live=True, key=dialogs.key("back-reason"))
    if permit.button("退回整改", label, icon=":material/undo:", key="back-save"):
        back = lambda: session.store().send_back_rectification(item.id, session.actor(), reason or "")  # noqa: E731
        dialogs.save(back, f"第{item.item}号已退回整改。")


def _told(item: Rectification) -> None:
    st.markdown(bold(f"第{item.item}号　{item.finding.unit}"))
    st.markdown(escape(item.finding.problem))


def _paper(item: Rectification) -> None:
    """The evidence itself, as it was handed in."""
    if not item.file_sha256:
        return
    st.download_button(
        f"下载佐证《{escape(item.file_name)}》", session.original(item.file_sha256 or ""),
        safe(item.file_name), icon=":material/download:", on_click="ignore", key="paper",
        help=f"SHA-256 {item.file_sha256}",
    )  # fmt: skip


def _past(follow: FollowUp, item: Rectification) -> None:
    """Every state the item has been in, and the way to strike off what was entered by mistake."""
    _told(item)
    try:
        past = session.store().rectification_history(follow.state.assessment.id, item.item)
    except StoreProblem as problem:
        session.complain(problem)
        return
    st.markdown("\n".join(f"- {escape(_step(one))}" for one in past))
    with st.expander("撤销这条记录（录入有误时）", icon=":material/block:"):
        reason = st.text_input("撤销理由", max_chars=200, live=True, key=dialogs.key("strike-reason"))
        if permit.button("撤销整改", "确认撤销", key="strike-save"):
            strike = lambda: session.store().strike_rectification(item.id, session.actor(), reason or "")  # noqa: E731
            dialogs.save(strike, f"第{item.item}号已撤销，记录留存。")


def _step(one: Rectification) -> str:
    told = [f"{session.local(one.at)}　{one.actor}　{STATUSES[one.status]}"]
    told += [f"问题：{one.finding.problem}", f"措施：{one.finding.measure}" if one.finding.measure else ""]
    told += [f"佐证：{one.evidence}" if one.evidence else "", f"理由：{one.note}" if one.note else ""]
    return "；".join(part for part in told if part)


_FORMS: dict[str, tuple[str, str, Callable[..., None]]] = {
    "finding": ("填写问题", ":material/add:", _finding_form),
    "edit": ("修改整改", ":material/edit:", _edit_form),
    "report": ("报核", ":material/outgoing_mail:", _report_form),
    "review": ("核对", ":material/how_to_reg:", _review_form),
    "past": ("办理经过", ":material/history:", _past),
}


def open_dialog(follow: FollowUp, kind: str, about: tuple[Any, ...]) -> bool:
    """Draw the open dialog if it is one of these; whether it was."""
    if kind not in _FORMS:
        return False
    title, icon, body = _FORMS[kind]
    dialogs.show(title, icon, body, follow, *about)
    return True
