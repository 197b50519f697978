"""What 结果运用 draws of the 整改台账: the suggestions, the filter, and every problem with its way to being closed."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import streamlit as st

from components import session
from components.access import permit
from components.follow import follow_dialogs as dialogs
from components.tables import bold
from components.text import escape
from data.documents.file_names import safe
from data.documents.follow_up_tables import rectifications_xlsx
from data.findings import suggested
from data.follow_up import FollowUp
from data.store import STATUSES, Finding, Rectification, Status, StoreProblem
from scoring.due import standing

LENGTH = 20
"""Lines of the 台账 on one page."""

ALL, LATE, OPEN = "全部", "逾期", "未销号"
_LOOKS: dict[Status, tuple[str, str]] = {
    "open": (":material/radio_button_unchecked:", "orange"),
    "doing": (":material/pending:", "blue"),
    "reported": (":material/rule:", "violet"),
    "closed": (":material/check_circle:", "green"),
}


# 列入


def entry(follow: FollowUp) -> None:
    """Problems taken over from a unit's result, one click each, or written by hand."""
    units = _troubled_first(follow)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        permit.button("列入整改", "填写问题", icon=":material/add:", key="finding-open", type="primary",
                  on_click=dialogs.open_dialog, args=["finding"])  # fmt: skip
    with st.expander("从测算结果中选取问题", icon=":material/lightbulb:"):
        st.caption("按等次限制、情形和得分最低的指标列出，供选取；点“列入”才进入台账，原因和措施由责任单位补填。")
        unit = st.selectbox(follow.state.scheme.words.unit, units, key="finding-unit", width=280)
        if unit:
            _offers(follow, unit)


def _troubled_first(follow: FollowUp) -> list[str]:
    """Every unit, those for whom something other than praise is proposed before the others."""
    troubled = [one.unit for m in follow.matters if not m.outcome.praises for one in m.proposals]
    return list(dict.fromkeys([*troubled, *(result.unit for result in follow.state.results.units)]))


def _offers(follow: FollowUp, unit: str) -> None:
    offered = suggested(follow.state, unit, follow.items)
    if not offered:
        st.markdown("没有可选取的问题：评分表未收齐，或已全部列入。")
        return
    for at, finding in enumerate(offered):
        with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
            st.markdown(escape(finding.problem), width="stretch")
            if permit.button("列入整改", "列入", key=f"offer-{unit}-{finding.source}", type="tertiary", icon=":material/playlist_add:",
                         help=f"列入整改台账（第{at + 1}项）"):  # fmt: skip
                _take_over(follow, [finding])
    if len(offered) > 1 and permit.button("列入整改", f"全部列入（{len(offered)}条）", key=f"offer-all-{unit}"):
        _take_over(follow, offered)


def _take_over(follow: FollowUp, findings: Sequence[Finding]) -> None:
    try:
        session.store().add_rectifications(follow.state.assessment.id, findings, session.actor())
    except StoreProblem as problem:
        session.complain(problem)
        return
    dialogs.tell(f"已将{findings[0].unit}的{len(findings)}条问题列入整改台账。")
    session.refresh()


# 台账


def register(follow: FollowUp) -> None:
    """The 台账, filtered by unit and state, a page at a time."""
    if not follow.items:
        st.markdown("还没有列入整改台账的问题。")
        return
    items = _filtered(follow)
    pages = max(-(-len(items) // LENGTH), 1)
    at = min(st.session_state.get("rectification-page", 1), pages) if pages > 1 else 1
    for item in items[(at - 1) * LENGTH : at * LENGTH]:
        _card(follow, item)
    if not items:
        st.markdown("没有符合条件的问题。")
    if pages > 1:
        st.pagination(pages, key="rectification-page")
    _download(follow, items)


def _filtered(follow: FollowUp) -> list[Rectification]:
    words = {ALL: ALL, OPEN: OPEN, LATE: f"{LATE}（{len(follow.late)}）"} | STATUSES
    known = list(dict.fromkeys(item.finding.unit for item in follow.items))
    with st.container(horizontal=True, vertical_alignment="bottom"):
        unit = st.selectbox(follow.state.scheme.words.unit, [ALL, *known], key="rectification-unit", width=220)
        state = st.selectbox("状态", list(words), format_func=words.__getitem__, key="rectification-state", width=220)
    return [i for i in follow.items if unit in (ALL, i.finding.unit) and _in_state(follow, i, state)]


def _in_state(follow: FollowUp, item: Rectification, state: str) -> bool:
    if state == LATE:
        return follow.overdue(item) > 0
    return state == ALL or state == item.status or (state == OPEN and item.status != "closed")


def _card(follow: FollowUp, item: Rectification) -> None:
    with st.container(border=True, gap="xsmall", key=f"rectification-{item.item}"):
        with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
            with st.container(horizontal=True, vertical_alignment="center", width="content"):
                st.markdown(bold(f"第{item.item}号　{item.finding.unit}"), width="content")
                _standing(follow, item)
            with st.container(horizontal=True, vertical_alignment="center", width="content"):
                _actions(item)
        st.markdown(escape(item.finding.problem))
        st.markdown(escape("；".join(_plan(follow, item))))
        if handled := _handled(item):
            st.caption(escape("；".join(handled)))


def _standing(follow: FollowUp, item: Rectification) -> None:
    """The state, and 逾期 in words and with a shape of its own, never by colour alone."""
    icon, color = _LOOKS[item.status]
    st.badge(STATUSES[item.status], icon=icon, color=color)  # type: ignore[arg-type]
    if late := follow.overdue(item):
        st.badge(f"■ 已逾期{late}天", icon=":material/alarm:", color="red")


def _plan(follow: FollowUp, item: Rectification) -> list[str]:
    """Cause, measure, owner and period."""
    found, day = item.finding, follow.due_of(item)
    left = standing(day, follow.today) if day and item.status in ("open", "doing") else ""
    told = [f"{name}：{text or '待填'}" for name, text in (("原因", found.cause), ("措施", found.measure))]
    told.append(f"责任人（单位）：{found.owner or '待填'}")
    return [*told, f"期限：{follow.due_text(item)}" + (f"（{left}）" if left else "")]


def _handled(item: Rectification) -> list[str]:
    """The evidence, who reported, who sent back, who closed."""
    told = [f"佐证：{item.evidence}" if item.evidence else "", f"退回理由：{item.note}" if item.note else ""]
    if item.reported_by and item.reported_at:
        told.append(f"{item.reported_by}报核（{session.local(item.reported_at)}）")
    if item.closed_by and item.closed_at:
        told.append(f"{item.closed_by}核对销号（{session.local(item.closed_at)}）")
    return [part for part in told if part]


def _actions(item: Rectification) -> None:
    """What can be done next with an item; each opens its dialog."""
    steps = {
        "open": (("edit", "修改", ":material/edit:"), ("report", "报核", ":material/outgoing_mail:")),
        "doing": (("edit", "修改", ":material/edit:"), ("report", "报核", ":material/outgoing_mail:")),
        "reported": (("review", "核对", ":material/how_to_reg:"),),
        "closed": (("review", "查看", ":material/visibility:"),),
    }
    for kind, label, icon in (*steps[item.status], ("past", "经过", ":material/history:")):
        change = {"edit": "修改整改", "report": "报核整改"}.get(kind)
        draw = partial(permit.button, permit.Doing(change, place=(item.finding.unit, None))) if change else st.button
        draw(label, key=f"{kind}-{item.item}", icon=icon, type="tertiary",
             on_click=dialogs.open_dialog, args=[kind, item])  # fmt: skip


def _download(follow: FollowUp, items: Sequence[Rectification]) -> None:
    st.download_button(
        "下载整改台账（xlsx）", lambda: rectifications_xlsx(follow, items, session.local(session.now())),
        safe(f"{follow.state.assessment.name}_整改台账.xlsx"), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        icon=":material/download:", on_click="ignore", key="get-rectifications", disabled=not items,
    )  # fmt: skip
