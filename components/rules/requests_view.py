"""申请 on screen: what waits for a second person's consent, asking for it, and what was decided."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

import streamlit as st

from components import session
from components.access import permit
from components.access.allowed import allowed
from components.links import link
from components.navigation import ASSESSMENTS, PROGRESS
from components.tables import bold
from components.text import escape
from data.state import State
from data.store import REQUEST_STATES, REQUESTS, Request, StoreProblem
from data.store.second_person import same_person

_GRANTING = {"reopen": "退回草稿", "unlock": "同意解锁评分表"}
_DECIDED_AT = {"reopen": ASSESSMENTS, "unlock": PROGRESS}
"""The page on which one agrees or refuses."""
_TOLD = "request-told"
_WAYS = {"同意": "答复（可不填）", "不同意": "不同意的理由"}
"""Both answers, and what is asked for with each."""


def waiting(assessment_id: int) -> list[Request]:
    """The requests that wait for a second person."""
    return [one for one in session.store().requests(assessment_id) if one.state == "asked"]


def badge(state: State) -> None:
    """待您同意：N项申请, leading to where one agrees, for whoever may decide; nothing where nothing waits for this viewer."""
    kinds = Counter(one.kind for one in waiting(state.assessment.id) if decides(one))
    for kind, count in kinds.items():
        asked = f"{count}项申请" if len(kinds) == 1 else f"{REQUESTS[kind]}{count}项"
        label = f":orange-badge[:material/approval_delegation: 待您同意：{asked} ›]"
        link(state, _DECIDED_AT[kind], label, width="content", help=f"{REQUESTS[kind]}的申请，点此去办理")


def decides(one: Request) -> bool:
    """Whether this viewer may decide on it: a second person with the role."""
    return allowed(_GRANTING[one.kind], one.assessment) and not is_own(one)


def is_own(one: Request) -> bool:
    """Whether this viewer asked it: by the sign-in where there is one, else by the name that was typed."""
    person = session.store().person
    if person.account and one.account:
        return person.account.casefold() == one.account.casefold()
    return same_person(one.actor, session.actor() if person.local else person.name)


def told() -> None:
    """What the last decision on this page came to."""
    if said := st.session_state.pop(_TOLD, ""):
        st.success(escape(said), icon=":material/task_alt:")


def listed(found: Sequence[Request], actor: str, called: Callable[[Request], str]) -> None:
    """The requests that wait, each with what can be done: 同意, 不同意, or 撤回 by whoever asked."""
    for one in found:
        with st.container(border=True, key=f"request-{one.id}"):
            st.markdown(f":material/approval_delegation: {bold(f'申请{REQUESTS[one.kind]}')}　{escape(called(one))}")
            st.markdown(escape(f"{one.actor}于{session.local(one.at)}申请，理由：{one.reason}"))
            _ways(one, actor)


def _ways(one: Request, actor: str) -> None:
    if is_own(one):
        st.caption("须由另一人署名同意。")
        if st.button("撤回申请", icon=":material/undo:", key=f"request-withdraw-{one.id}"):
            _do(lambda: session.store().withdraw_request(one.id, actor), "申请已撤回。")
        return
    if not allowed(_GRANTING[one.kind], one.assessment):
        st.caption(escape(f"{permit.barred(permit.Doing(_GRANTING[one.kind], one.assessment))}。"))
        return
    # What opens stands in the page itself: a box of its own could open where a phone does not reach.
    way = st.segmented_control("是否同意", _WAYS, key=f"request-way-{one.id}", label_visibility="collapsed")
    if not way:
        return
    said = st.text_input(_WAYS[way], key=f"request-said-{one.id}", max_chars=200, live=True) or ""
    if way == "同意":
        if st.button(f"同意，{_does(one)}", type="primary", key=f"request-grant-{one.id}"):
            _do(lambda: session.store().grant(one.id, actor, said), f"已同意{one.actor}的申请，{_does(one)}。")
    elif st.button("确认不同意", key=f"request-refuse-{one.id}"):
        _do(lambda: session.store().refuse(one.id, actor, said), f"已答复{one.actor}：不同意。")


def _does(one: Request) -> str:
    return "退回草稿" if one.kind == "reopen" else "解锁这份评分表"


def decided(found: Sequence[Request], called: Callable[[Request], str]) -> None:
    """What was decided, newest first, folded."""
    over = [one for one in found if one.state != "asked"]
    if not over:
        return
    with st.expander(f"已办结的申请（{len(over)}项）", icon=":material/history:"):
        for one in over:
            by = f"{one.decided_by}于{session.local(one.decided_at)}" if one.decided_at else ""
            more = f"，答复：{one.answer}" if one.answer else ""
            st.markdown(escape(
                f"申请{REQUESTS[one.kind]}　{called(one)}：{one.actor}于{session.local(one.at)}申请，理由：{one.reason}；"
                f"{by}{REQUEST_STATES[one.state]}{more}"
            ))  # fmt: skip


def asked_to_reopen(assessment_id: int) -> bool:
    """Whether a request to take it back to 草稿 waits."""
    return any(one.kind == "reopen" for one in waiting(assessment_id))


def reopening(state: State, actor: str) -> None:
    """The way back from 定稿: a request with its reason, then a second person's consent."""
    found = [one for one in waiting(state.assessment.id) if one.kind == "reopen"]
    listed(found, actor, lambda _: state.assessment.name)
    if found or not allowed("申请退回草稿", state.assessment.id):
        return
    st.caption("退回草稿须写明理由，并由另一人署名同意。")
    reason = st.text_input("退回草稿的理由", key=f"reopen-reason-{state.assessment.id}", max_chars=200, live=True)
    if st.button("申请退回草稿", key=f"reopen-{state.assessment.id}", icon=":material/undo:"):
        _do(lambda: session.store().ask_reopen(state.assessment.id, actor, reason or ""), "已申请，待另一人同意。")


def unlocking(submission_id: int, actor: str) -> None:
    """Ask that a reviewed sheet be unlocked."""
    with st.popover("申请解锁", icon=":material/lock_open:", key=f"unlock-{submission_id}"):
        st.markdown("解锁须由另一人同意；同意后回到“填报”，改正后重新提交、复核。")
        reason = st.text_input("解锁理由", key=f"unlock-why-{submission_id}", max_chars=200, live=True)
        if permit.button("申请解锁评分表", "提出申请", type="primary", key=f"unlock-do-{submission_id}"):
            _do(lambda: session.store().ask_unlock(submission_id, actor, reason or ""), "已申请解锁，待另一人同意。")


def _do(change: Callable[[], object], said: str) -> None:
    try:
        change()
    except StoreProblem as problem:
        session.complain(problem)
        return
    st.session_state[_TOLD] = said
    session.refresh()
