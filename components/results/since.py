"""上次查看以来: which version this viewer last looked at, and what changed since then in a line.

The mark is kept in this browser session and in the address (?since=17), which a bookmark keeps; nothing of the viewer is
stored. It stays where it is until the viewer says 已阅, so that a page that refreshes itself never swallows a change.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

import streamlit as st

from components import links, session
from components.navigation import CHANGES
from components.text import escape, markdown
from data.state import State, UnfitError
from data.store import StoreProblem, VersionEntry
from scoring.change_words import unit_sentence
from scoring.gather import MarksError
from scoring.scheme_text import SchemeError

T = TypeVar("T")
PARAMETER = "since"
UNREADABLE = (StoreProblem, SchemeError, MarksError, UnfitError)
"""What an earlier version can be refused with: it was not kept, or today's program cannot score it."""


def last_seen(state: State) -> int:
    """The version that this viewer last looked at: the address's, else the one this session began with."""
    kept: dict[int, int] = st.session_state.setdefault("seen", {})
    asked = st.query_params.get(PARAMETER, "")
    whose = st.session_state.setdefault("since-of", state.assessment.id)  # the address may outlive its assessment
    if asked.isascii() and asked.isdigit() and 1 <= int(asked) <= state.version and whose == state.assessment.id:
        kept[state.assessment.id] = int(asked)
    return min(kept.setdefault(state.assessment.id, state.version), state.version)


def _keep(state: State) -> None:
    """The mark of this assessment stands in the address, so that a reload or a bookmark does not forget it."""
    seen, whose = last_seen(state), st.session_state.get("since-of")
    if PARAMETER not in st.query_params or whose != state.assessment.id:
        st.session_state["since-of"] = state.assessment.id
        st.query_params[PARAMETER] = str(seen)


def _seen(assessment_id: int, version: int) -> None:
    """The viewer says 已阅: from here on only what is newer is told."""
    st.session_state.setdefault("seen", {})[assessment_id] = version
    st.session_state["since-of"] = assessment_id
    st.query_params[PARAMETER] = str(version)


def _difference(state: State, compare: Callable[[State, int], T]) -> T | None:
    """What changed since the last look; None where nothing did, or the earlier version cannot be shown any more."""
    seen = last_seen(state)
    if seen == state.version:
        return None
    try:
        return compare(state, seen)
    except UNREADABLE:
        return None


def line(state: State) -> None:
    """On 总览: what changed since the last look, the way to the particulars, and 已阅. Nothing where nothing did."""
    _keep(state)
    ends = _difference(state, session.ends)
    if ends is None:
        return
    seen = last_seen(state)
    entry = next((each for each in session.versions(state) if each.version == seen), None)
    at = f"（{session.local(entry.at)}）" if entry else ""
    with st.container(border=True, gap="xsmall", key="since"):
        told = f"较上次查看的第{seen}版{at}：{ends.summary}。"
        st.markdown(f":material/difference: {escape(told)}")
        with st.container(horizontal=True, vertical_alignment="center"):
            links.link(state, CHANGES, "查看变动说明", ":material/arrow_forward:", width="content",
                       **{"from": str(seen)})  # fmt: skip
            st.button("已阅", icon=":material/done:", key="since-read", type="tertiary", on_click=_seen,
                      args=(state.assessment.id, state.version), help="以现在这一版为起点，此后只说明新的变动")  # fmt: skip


def of_unit(state: State, unit: str) -> None:
    """On 分项情况: what changed of this unit since the last look. Nothing where nothing did."""
    change = _difference(state, lambda now, seen: session.change(now.assessment.id, seen, now.version))
    found = next((each for each in change.comparison.units if each.unit == unit), None) if change else None
    if change is None or found is None:
        return
    with st.container(border=True, gap="xsmall", key="since"):
        told = markdown(unit_sentence(change.comparison, found, brief=True))
        st.markdown(f":material/difference: 较上次查看的第{change.before.version}版：{told}")
        links.link(state, CHANGES, "查看变动说明", ":material/arrow_forward:", width="content",
                   **{"from": str(change.before.version), "of": unit})  # fmt: skip


def default_start(state: State, entries: Sequence[VersionEntry]) -> int:
    """From where a comparison begins unasked: the last look, else the last 定稿 before now, else the version before."""
    seen = last_seen(state)
    if seen < state.version:
        return seen
    final = [entry.version for entry in entries if entry.action == "定稿" and entry.version < state.version]
    return final[-1] if final else max(1, state.version - 1)
