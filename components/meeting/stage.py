"""The stage (汇报演示): the whole window is one page at a time, turned by keys or by itself, on figures that do not move.

The address says that the stage is on, the 锁定版 and the page (?show=stage&lock=3&page=ranking): a reload leads back to the
same page. Names, hidden or shown, are of the session alone, so after a reload they are hidden again. Drawn in the browser:
``stage_board``. A wall (?show=wall) shows the assessment as it is now, turns by itself and is drawn anew when it moves.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import streamlit as st

from components import pulse, session
from components.meeting import newer, opened, stage_board, stage_data, stage_map, stage_pages, verdict
from components.meeting.stage_names import Curtain, curtain, next_hidden
from data.briefing import TOPICS
from data.briefing.choice import chosen
from data.briefing.model import Page
from data.follow_up import load_follow_up
from data.locked import Locked, Standing, unkept
from data.state import State
from data.store import Settling, SettlingKind, StoreProblem

SHOW, PAGE, EVERY = "show", "page", "every"
STAGE, WALL = "stage", "wall"
TURNS = (10, 15, 20, 30, 60)
"""Seconds after which a wall may turn."""
_USUAL = 20
_HELD = ("names", "every-name", "why", "trial", "last")
"""What the session holds while the stage is on: whose names are shown, and what was asked."""


def on() -> str:
    """What the address asks for: STAGE, WALL or nothing ("")."""
    asked = st.query_params.get(SHOW, "")
    return asked if asked in (STAGE, WALL) else ""


def begin(state: State, way: str, *, hidden: bool, every: int = _USUAL) -> None:
    """Raise the curtain: on the stage, or on a wall that turns ``every`` so many seconds."""
    st.query_params["a"] = str(state.assessment.id)
    st.query_params[SHOW] = way
    st.query_params.pop(PAGE, None)
    if way == WALL:
        st.query_params[EVERY] = str(every)
    for name in _HELD:
        st.session_state.pop(_key(state, name), None)
    st.session_state[_key(state, "every-name")] = not hidden


def draw(state: State) -> None:
    """The stage over all of the window; what the presenter asks for comes back through it."""
    wall, mark = on() == WALL, session.store().standing_mark(state.assessment.id)
    locked = live(state) if wall else opened.here(state)
    shown = curtain(
        locked, st.session_state.get(_key(state, "names"), ()), every=st.session_state.get(_key(state, "every-name"), False)
    )  # fmt: skip
    told = chosen_pages(locked, shown)
    stage_board.show(_data(state, locked, told, shown, wall), lambda asked: _heard(state, locked, told, shown, asked))
    _watch(state.assessment.id, mark)


@st.cache_resource(show_spinner="正在测算…", max_entries=4)
def _live(assessment_id: int, version: int, mark: int, today: date, _state: State) -> Locked:
    found, decided = unkept(_state, today), verdict.of(_state)
    steps: dict[SettlingKind, Settling] = {"settled": decided.settled} if decided else {}
    if decided and decided.approved:
        steps["approved"] = decided.approved
    return Locked(found.record, _state, Standing(steps), load_follow_up(session.store(), _state, today))


def live(state: State) -> Locked:
    """The assessment as it is now, for a wall: computed, and settled or approved where these very figures were."""
    here = state.assessment.id
    return _live(here, state.version, session.store().standing_mark(here), session.now().date(), state)


def chosen_pages(locked: Locked, shown: Curtain) -> list[Page]:
    """The pages of the chosen topics in their order, under the names that are shown now.

    Without a 锁定版 there is no first and no last page: they tell which one it is.
    """
    topics = chosen(session.store().settings(locked.state.assessment.id), list(TOPICS))
    framing = () if locked.record.number else ("cover", "end")
    return stage_pages.pages_of(locked, [topic for topic in topics if topic not in framing], shown)


def _data(state: State, locked: Locked, told: Sequence[Page], shown: Curtain, wall: bool) -> dict[str, Any]:
    later = "" if wall else newer.note(locked, state.version)
    stamp = f"{state.assessment.name}　实时　第{state.version}版" if wall else locked.stamp
    asked = st.session_state.get(_key(state, "why"))
    tried = bool(st.session_state.get(_key(state, "trial")))
    maps = stage_map.maps(locked, shown) if any(page.map for page in told) else {}
    return stage_pages.sent(locked, told, shown, maps, stamp=stamp, newer=later, why=asked, trial=tried) | {
        "token": f"{state.assessment.id}-{0 if wall else locked.record.number}", "version": state.version,
        "wall": _every() if wall else 0, "dark": wall, "last": st.session_state.get(_key(state, "last")),
    }  # fmt: skip


def _every() -> int:
    asked = st.query_params.get(EVERY, "")
    return int(asked) if asked.isascii() and asked.isdigit() and int(asked) in TURNS else _USUAL


def _heard(state: State, locked: Locked, told: Sequence[Page], shown: Curtain, asked: Any) -> None:
    """What the presenter asked for; anything that is no question of the stage's is not heard."""
    what = asked.get("what") if isinstance(asked, dict) else None
    page = next((page for page in told if what and page.key == asked.get("at")), None)
    if page:
        st.query_params[PAGE] = page.key  # or the address would be put back to where the last run found it
    if what == "names":
        st.session_state[_key(state, "every-name")] = not shown.whole
        st.session_state[_key(state, "names")] = []
    elif what == "reveal":
        unit = next_hidden(locked, shown, stage_data.units_on(page, shown)) if page else None
        if unit is not None:
            st.session_state[_key(state, "names")] = [*sorted(shown.open), unit]
            st.session_state[_key(state, "last")] = shown.ids[unit]
    elif what == "why":
        st.session_state[_key(state, "why")] = asked.get("unit")
    elif what == "trial":
        st.session_state[_key(state, "trial")] = True
    elif what == "leave":
        _leave(state)


def _leave(state: State) -> None:
    """Back to the preparation; what was tried and asked is forgotten, and the names are hidden again."""
    for key in [_key(state, name) for name in _HELD]:  # while the address still says where they were
        st.session_state.pop(key, None)
    for name in (SHOW, PAGE, EVERY):
        st.query_params.pop(name, None)


def _key(state: State, name: str) -> str:
    """Names shown of one 锁定版 are not shown of another, nor on the wall."""
    return f"stage-{name}-{state.assessment.id}-{on()}-{st.query_params.get(opened.PARAMETER, '')}"


@st.fragment(run_every=session.LIVE, key="stage-watch")
def _watch(assessment_id: int, mark: int) -> None:
    """Draw anew once anyone has done anything to the assessment: one query for all who look.

    A database that cannot be read is asked again."""
    try:
        moved = pulse.of(assessment_id).mark != mark and session.store().standing_mark(assessment_id) != mark
    except StoreProblem:
        return
    if moved:
        st.rerun()
