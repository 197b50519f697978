"""The way of a 锁定版 as one line and step by step: what is done, what is next, what blocks it, and the way to each form."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from components import links, session
from components.access import permit
from components.follow import follow_dialogs as dialogs
from components.navigation import ASSESSMENTS, OUTCOMES
from components.tables import bold
from components.text import escape
from data.finalise import is_final
from data.locked import Locked
from data.locked.progress import STANDS, Stage, Stand, stages
from data.state import State
from data.store import SETTLINGS, Seen, SettlingKind

_LOOKS: dict[Stand, tuple[str, str]] = {
    "done": (":material/check_circle:", "green"),
    "next": (":material/arrow_circle_right:", "blue"),
    "free": (":material/radio_button_unchecked:", "gray"),
    "skipped": (":material/remove_circle_outline:", "gray"),
    "waiting": (":material/lock_clock:", "gray"),
}


def seen(state: State) -> Seen:
    """The steps that stand now, on whichever 锁定版: what a form is opened on."""
    return {kind: step.id for kind, step in session.store().settlings(state.assessment.id).items()}


def way(locked: Locked, now: State, seen: Seen) -> None:
    """The line, then a row for each step."""
    found = stages(locked, now)
    _line(found)
    with st.container(border=True, gap="small", key="lock-way"):
        for stage in found:
            _row(locked, now, stage, seen)


def _line(found: Sequence[Stage]) -> None:
    badges = [f":{_LOOKS[one.stand][1]}-badge[{_LOOKS[one.stand][0]} {escape(one.name)}]" for one in found]
    st.markdown(" → ".join(badges))


def _row(locked: Locked, now: State, stage: Stage, seen: Seen) -> None:
    icon, color = _LOOKS[stage.stand]
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute", key=f"stage-{stage.key}"):
        with st.container(gap=None, width="content"):
            st.markdown(f":{color}[{icon} {STANDS[stage.stand]}]　{bold(stage.name)}　{escape(stage.told)}")
            for block in stage.blocks:
                st.markdown(f":orange[:material/block:] {escape(block)}")
        with st.container(horizontal=True, width="content"):
            _ways(locked, now, stage, seen)


def _ways(locked: Locked, now: State, stage: Stage, seen: Seen) -> None:
    settled, approved = locked.standing.settled, locked.standing.approved
    if stage.key == "objections" and not settled:
        _open("登记异议", "objection", primary=False)
    elif stage.key == "suggested" and not settled:
        _step(stage, "suggested", seen)
    elif stage.key == "settled":
        if not approved and (settled or not stage.blocks):
            _step(stage, "settled", seen)
        elif not settled and not is_final(now.assessment):
            links.link(now, ASSESSMENTS, "去年度考核定稿", ":material/arrow_forward:", width="content")
    elif stage.key == "approved" and settled:
        _step(stage, "approved", seen, free=locked.follow_up.notice is None)
    elif stage.key == "notice" and approved:
        label = "去结果运用查看" if stage.stand == "done" else "去结果运用登记通报"
        links.link(now, OUTCOMES, label, ":material/arrow_forward:", width="content")


def _step(stage: Stage, kind: SettlingKind, seen: Seen, *, free: bool = True) -> None:
    """The way to record a step or correct it, and to take it back as long as nothing rests on it (``free``)."""
    word = SETTLINGS[kind]
    done = stage.stand == "done"
    _open(f"更正{word}" if done else f"登记{word}", kind, seen, primary=stage.stand == "next")
    if done and free:
        _open(f"撤销{word}", "undo", kind, seen, primary=False)


def _open(label: str, kind: str, *about: object, primary: bool) -> None:
    """A button that opens a dialog on what was drawn: the steps that stood are kept, so that a later one is noticed."""
    name = "-".join(["lock", kind, *(part for part in about if isinstance(part, str))])
    verb = label.replace("更正", "登记")
    permit.button(verb, label, key=f"{name}-open", type="primary" if primary else "secondary",
                  on_click=dialogs.open_dialog, args=[f"lock-{kind}", *about])  # fmt: skip
