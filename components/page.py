"""What every page begins and ends with: the title, the chosen assessment, and the state of the figures.

A page reads:  ``state = page.head("排名")`` and then draws ``state``. A page that must stay live draws in a function
given to ``page.live``.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NoReturn

import streamlit as st

from components import pulse, redraws, session
from components.meeting import verdict
from components.navigation import ASSESSMENTS
from components.results import badges as lines_of
from components.rules import assessment_list, brought, finalising, requests_view
from components.text import escape, escaped_lines
from data.blind import refuse
from data.locked.verdict import Verdict
from data.state import State
from data.store import StoreProblem

ROOM_FOR_WORDS = """
<style>
[data-testid="stTable"] :is(th, td):first-child { min-width: 4.2em }
@media (max-width: 640px) {
  [data-testid="stTable"] { overflow-x: auto }
  [data-testid="stTable"] :is(th, td) { min-width: 5em; padding-inline: 0.25rem }
  [data-testid="stTable"] :is(th, td):last-child { min-width: 8em }
}
.st-key-categories p { line-height: 2 }
</style>
"""
"""A table squeezed by a phone would write its columns one character a line: it keeps room for words and scrolls instead.

The plates of 大项等次 are higher than a line of text."""


def head(title: str, *, choose: bool = True, judged: str = "", blind: bool = False) -> State:
    """Draw the page's first row and return the chosen assessment's state.

    ``judged`` is the title under judgement (曲江), where nobody is ranked. ``blind``: the page can do with a state that has
    no results, for whoever still assesses; without it such a viewer is refused (NotAllowed).
    Ends the script when there is none, with the ways to begin, or when the one asked for is gone or cannot be opened:
    then with why, and with the others to choose from.
    """
    st.html(ROOM_FOR_WORDS)
    try:
        state = session.state()
    except session.NoneYet:
        st.title(escape(title), anchor=False)
        begin()
    except session.NoSuch as problem:
        _no_such(title, problem)
    except session.Unopened as problem:
        _unopened(title, problem)
    if state.blind and not blind:
        refuse()
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        with st.container(horizontal=True, vertical_alignment="center", width="content"):
            st.title(escape(judged if judged and state.scheme.judged else title), width="content", anchor=False)
            if choose:
                _chooser(state.assessment.id)
        with st.container(horizontal=True, vertical_alignment="center", width="content", key="badges"):
            badges(state)
    if state.assessment.demo:
        places = "地名虚构" if state.scheme.template else "地名真实"
        st.caption(f"本页为示例数据：{places}，数据与各地角色由程序随机编排，与任何地方的实际工作无关。")
    return state


def begin() -> NoReturn:
    """The rest of any page over an empty store: the welcome, and both ways to begin."""
    assessment_list.begin()
    foot()
    st.stop()


def _no_such(title: str, problem: session.NoSuch) -> NoReturn:
    """What the address asks for is not there: never another's figures in its place, but the others to choose from."""
    st.title(escape(title), anchor=False)
    st.warning(escape(str(problem)), icon=":material/link_off:")
    known = {assessment.id: assessment.name for assessment in session.assessments()}
    st.selectbox(
        "年度考核", list(known), index=None, format_func=known.__getitem__, key="assessment-instead", placeholder="请选择",
        on_change=lambda: session.choose(st.session_state["assessment-instead"]), width=330,
    )  # fmt: skip
    st.page_link(ASSESSMENTS, label="查看全部年度考核", icon=":material/arrow_forward:")
    st.stop()


def _unopened(title: str, problem: session.Unopened) -> NoReturn:
    """Why the chosen assessment cannot be opened, beside the way to the others."""
    st.title(escape(title), anchor=False)
    _chooser(session.chosen_id() or 0)
    st.error(escaped_lines(f"本年度考核无法打开。\n{problem}"), icon=":material/folder_off:")
    st.page_link(ASSESSMENTS, label="查看全部年度考核", icon=":material/arrow_forward:")
    st.stop()


def _chooser(chosen: int) -> None:
    known = {assessment.id: assessment.name for assessment in session.assessments()}
    if len(known) < 2:
        st.markdown(f"**{escape(known.get(chosen, ''))}**", width="content")
        return
    st.session_state["assessment-box"] = chosen
    st.selectbox(
        "年度考核", list(known), format_func=known.__getitem__, key="assessment-box", label_visibility="collapsed",
        on_change=lambda: session.choose(st.session_state["assessment-box"]), width=330,
    )  # fmt: skip


def badges(state: State) -> None:
    """How final and how fresh the figures are."""
    verdict.badge(state)
    finalising.badge(state.assessment)
    requests_view.badge(state)
    if state.assessment.demo:
        st.badge("示例数据", icon=":material/science:", color="orange")
    brought.head(state)
    lines_of.template(state.scheme)
    st.badge(f"第{state.version}版", icon=":material/sync:", color="green",
             help="数据的版次：每次数据变动（上报、撤回、登记或核对情形、改口径等）加一，供核对各人所见是否为同一份结果")  # fmt: skip


def live(draw: Callable[[State], None], state: State, key: str, mark: int | None = None) -> None:
    """Draw now, and again by itself whenever anyone changes the assessment: no reload, and no work in between.

    Only the watcher runs every two seconds; when the version has moved it reruns the page once. A hidden marker
    carries the drawn version, so that a test can wait for it. ``mark`` as in ``watch``.
    """
    draw(state)
    st.container(key=f"{key}-version-{state.version}")
    watch(state, mark)


def watch(state: State, mark: int | None = None) -> None:
    """Begin again by itself when anyone has changed the assessment: no query of one's own meanwhile. What is held stays.

    A page that shows what moves no version, such as how far each sheet has come, says at which ``mark``
    (``Store.standing_mark``, asked before it was drawn). A database that cannot be read is told, and asked again: the
    page goes on without it.
    """
    _watch(state, verdict.called(), mark)


@st.fragment(run_every=session.LIVE, key="watch")
def _watch(state: State, called: Verdict | None, mark: int | None) -> None:
    try:
        felt = pulse.of(state.assessment.id)
        felt_moved = felt.version != state.version or mark not in (None, felt.mark) or verdict.at(state, felt.mark) != called
        if not (felt_moved or _sight_moved(state)) or not redraws.take():
            return
        if _moved(state, called, mark) or _sight_moved(state):
            st.rerun()
    except StoreProblem as problem:
        st.caption(escape(str(problem)))
    redraws.give_back()


def _moved(state: State, called: Verdict | None, mark: int | None) -> bool:
    """As the store itself says: the shared pulse may be a moment behind what this page has drawn."""
    store, key = session.store(), state.assessment.id
    return store.version(key) != state.version or verdict.of(state) != called or mark not in (None, store.standing_mark(key))


def _sight_moved(state: State) -> bool:
    """Of whoever assesses: the last sheet was locked, or one unlocked."""
    store = session.store()
    return store.person.assesses(state.assessment.id) and store.blind(state.assessment.id) != state.blind


def foot(state: State | None = None) -> None:
    """The line at the end of every page. Under judgement there are no grades and no places to speak of."""
    st.caption(escape(verdict.foot(state)))
