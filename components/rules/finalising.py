"""定稿 on screen: what still stands in its way, the step itself, and the way back with its reason."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from components import session
from components.access import permit
from components.links import link
from components.navigation import ASSUMPTIONS, LIMITS, PROGRESS, UPLOAD
from components.rules import requests_view
from components.text import escape
from data.finalise import finalise, is_final, last_turn, obstacles, state_name, unreviewed
from data.state import State
from data.store import Assessment, SheetStage, StoreProblem


def badge(assessment: Assessment) -> None:
    """草稿 or 定稿, with its meaning."""
    if is_final(assessment):
        st.badge(state_name(assessment), icon=":material/task:", color="blue", help="评分表、情形、口径等不再改动")
    else:
        st.badge(
            state_name(assessment),
            icon=":material/edit_note:",
            color="gray",
            help="评分表、情形、口径等仍可改动，各项办结后可定稿",
        )


def note(state: State) -> None:
    """On pages that take something: once final they say at once that nothing is taken, and the way to change that."""
    if is_final(state.assessment):
        st.info("本年度考核已定稿，不再受理上报和改动。确需改动的，请先在“年度考核”申请退回草稿。", icon=":material/lock:")


def panel(state: State, actor: str) -> None:
    """An assessment's 定稿: closed, it says how far it is; opened, what is left to do and the button. Open while one asks to go back."""
    if is_final(state.assessment):
        asked = requests_view.asked_to_reopen(state.assessment.id)
        title = "已定稿：申请退回草稿，待另一人同意" if asked else "已定稿"
        with st.expander(title, asked, icon=":material/task:", key=f"final-{state.assessment.id}"):
            _back(state, actor)
        return
    waiting = unreviewed(session.store(), state)
    found = obstacles(state, waiting)
    title = f"定稿：还有{len(found)}项未办结" if found else "定稿：各项均已办结"
    with st.expander(title, icon=":material/task:", key=f"final-{state.assessment.id}"):
        _step(state, actor, found, waiting)


def _step(state: State, actor: str, found: tuple[str, ...], waiting: Sequence[SheetStage]) -> None:
    if found:
        st.markdown("\n".join(f"- {escape(told)}" for told in found))
        _ways(state, waiting)
    st.caption(
        "定稿后，评分表、情形、口径、名单不再改动；确需改动的，写明理由申请退回草稿，由另一人同意。定稿不是审定，等次仍为测算等次。"
    )
    pressed = permit.button(permit.Doing("定稿", of=state.assessment.id),
        "定稿", key=f"finalise-{state.assessment.id}", icon=":material/task:", type="primary", disabled=bool(found),
        help="上列各项办结后方可定稿" if found else None,
    )  # fmt: skip
    seen = st.session_state.get(f"final-seen-{state.assessment.id}", state.version)  # what the button was drawn for
    st.session_state[f"final-seen-{state.assessment.id}"] = state.version
    if pressed:
        _do(lambda: finalise(session.store(), state.assessment.id, actor, seen))


def _ways(state: State, waiting: Sequence[SheetStage]) -> None:
    """A link for each kind of thing that is left to do; the sentences above say what."""
    readings = [told for told, there in (("确认口径", state.unconfirmed), ("填报数值", state.unfilled)) if there]
    sheets = state.absent or not (state.units or state.submissions)
    floors = any(result.recommended for result in state.results.units)
    pending = any(not row.fact.confirmed for row in state.facts)
    facts = [told for told, there in (("核对情形", pending), ("认定保底", floors)) if there]
    found = {ASSUMPTIONS: "、".join(readings), UPLOAD: "上报评分表" if sheets else "", LIMITS: "、".join(facts)}
    found |= {PROGRESS: "提交、复核评分表" if waiting else ""}
    with st.container(horizontal=True):
        for script, told in found.items():
            if told:
                link(state, script, f"去{told}", ":material/arrow_forward:", width="content")


def _back(state: State, actor: str) -> None:
    """Who made it final, and how it becomes a draft again."""
    turn = last_turn(session.store(), state.assessment)
    if turn is not None:
        st.markdown(
            escape(
                f"{turn.actor}于{session.local(turn.at)}定稿（第{turn.version}版）。评分表、情形、口径、名单不再改动。"
            )
        )
    requests_view.reopening(state, actor)


def _do(step) -> None:
    try:
        step()
    except StoreProblem as problem:
        session.complain(problem)
        return
    session.refresh()
