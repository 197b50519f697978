"""Which 锁定版 a viewer looks at, opened once for all viewers of the process.

A page reads:  ``locked = opened.here(state)`` and draws nothing but ``locked``. What was locked never changes, so it is
read and scored once; what was decided on it is read anew only when the assessment's log has moved.
"""

from __future__ import annotations

from datetime import date

import streamlit as st

from components import links, session
from components.navigation import LOCK
from components.text import escape
from data.locked import Locked, open_locked, restanding
from data.state import State, UnfitError
from data.store import LockedVersion, StoreProblem
from data.store.locks import CURRENT
from scoring.gather import MarksError
from scoring.scheme_text import SchemeError

PARAMETER = "lock"
_OF, _CHOSEN = "lock-of", "lock-chosen"


class NoneLocked(Exception):  # noqa: N818 - where every assessment begins, not an error
    """The assessment has no 锁定版 yet, or none that was not withdrawn."""


class NoSuchLock(Exception):  # noqa: N818 - an old link is a condition with a remedy
    """The address names a 锁定版 that is not there or was withdrawn; ``str`` says so in Chinese."""


def opened(state: State, number: int | None = None) -> Locked:
    """The 锁定版 ``number``, else the address's (?lock=3), else the one last chosen, else the newest not withdrawn.

    Raises NoneLocked, NoSuchLock, and StoreProblem for one that cannot be opened any more, which says why.
    """
    if number is None:
        number = _asked(state)
    if number is None:
        number = _last_chosen(state)
    return _as_it_stands(state.assessment.id, number)


def now(locked: Locked) -> Locked:
    """The same 锁定版 with what was decided on it up to this moment. Raises StoreProblem where it was withdrawn."""
    return _as_it_stands(locked.record.assessment, locked.record.number)


def pinned(state: State) -> Locked:
    """``opened``, and the address keeps its number: a page never goes over to a 锁定版 that is made meanwhile."""
    locked = opened(state)
    _pin(state, locked.record.number)
    return locked


def here(state: State) -> Locked:
    """``pinned``, or the page ends with why there is none and the way to lock, or with the others to choose from."""
    try:
        return pinned(state)
    except NoneLocked:
        st.info("本年度考核还没有锁定版。汇报和成文一律用锁定的数据：请先锁定，再来查看。", icon=":material/lock_open:")
    except NoSuchLock as problem:
        st.warning(escape(str(problem)), icon=":material/link_off:")
        chooser(state, None)
    except StoreProblem as problem:
        session.complain(problem)
    links.link(state, LOCK, "去锁定与审定", ":material/arrow_forward:")
    st.stop()


def usable(state: State) -> list[LockedVersion]:
    """The 锁定版 that were not withdrawn, newest first."""
    return [each for each in session.store().locked_versions(state.assessment.id) if each.state == CURRENT]


def chooser(state: State, locked: Locked | None) -> None:
    """Look at another 锁定版; nothing where there is no other."""
    known = {each.number: each for each in usable(state)}
    number = locked.record.number if locked else None
    if len(known) < (1 if locked is None else 2):
        return
    key = f"lock-box-{state.assessment.id}-{number}"
    st.selectbox(
        "锁定版", list(known), index=list(known).index(number) if number in known else None, placeholder="请选择锁定版",
        format_func=lambda each: f"{known[each].name}（第{known[each].version}版，{session.local(known[each].at)}）",
        key=key, on_change=lambda: choose(state, st.session_state[key]), width=380, label_visibility="collapsed",
    )  # fmt: skip


def choose(state: State, number: int) -> None:
    """Look at that 锁定版 from now on, on every page; the address keeps it."""
    st.session_state.setdefault(_CHOSEN, {})[state.assessment.id] = number
    _pin(state, number)


def forget(state: State) -> None:
    """Look at the newest again, as when the one that was looked at was withdrawn."""
    st.session_state.get(_CHOSEN, {}).pop(state.assessment.id, None)
    st.query_params.pop(PARAMETER, None)


def _pin(state: State, number: int) -> None:
    st.session_state[_OF] = state.assessment.id
    st.query_params[PARAMETER] = str(number)


def _last_chosen(state: State) -> int:
    known = [each.number for each in usable(state)]
    if not known:
        raise NoneLocked
    chosen = st.session_state.get(_CHOSEN, {}).get(state.assessment.id)
    return chosen if chosen in known else known[0]


def _asked(state: State) -> int | None:
    """The address's number, as long as it speaks of this assessment: the viewer may have chosen another meanwhile."""
    wanted = st.query_params.get(PARAMETER, "")
    if st.session_state.setdefault(_OF, state.assessment.id) != state.assessment.id:
        st.session_state[_OF] = state.assessment.id
        st.query_params.pop(PARAMETER, None)
        return None
    if not wanted:
        return None
    every = {each.number: each for each in session.store().locked_versions(state.assessment.id)}
    found = every.get(int(wanted)) if wanted.isascii() and wanted.isdigit() and len(wanted) < 9 else None
    if found is None:
        raise NoSuchLock(f"没有“{wanted[:20]}”号锁定版：链接有误，或不是本年度考核的锁定版。请另选锁定版。")
    if found.state != CURRENT:
        raise NoSuchLock(f"{found.name}已作废，不再用于汇报和成文。请另选锁定版。")
    return found.number


@st.cache_resource(show_spinner="正在打开锁定版…", max_entries=8)
def _first(assessment_id: int, number: int) -> Locked:
    """The 锁定版 read, scored and checked against its fingerprint: once."""
    try:
        return open_locked(session.whole_store(), assessment_id, number, session.now().date())
    except (SchemeError, MarksError, UnfitError) as error:
        raise StoreProblem(f"该锁定版无法打开。{error}请用锁定时的程序版本打开，或重新锁定。") from error


def _as_it_stands(assessment_id: int, number: int) -> Locked:
    session.insist_seeing(assessment_id)
    return _kept(assessment_id, number, session.store().standing_mark(assessment_id), session.now().date())


@st.cache_resource(show_spinner=False, max_entries=16)
def _kept(assessment_id: int, number: int, mark: int, today: date) -> Locked:
    """As it stands; ``mark`` is in the key so that whatever is decided makes a new one, ``today`` for the days left."""
    return restanding(session.whole_store(), _first(assessment_id, number), today)
