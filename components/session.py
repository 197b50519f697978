"""Which assessment a viewer looks at, at which version, and who the viewer says to be.

The store is opened once a process. A state is loaded and scored once for all viewers of a version; only a few versions
are kept. Live parts ask ``moved`` every two seconds, which is one cheap query and no computing.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

import streamlit as st

from components.access import signed_in
from components.once import VERSIONS
from components.text import escape
from data import beijing
from data.access import dump_duties
from data.changes import Change, compare, ends_of
from data.state import State, UnfitError, load_state, load_state_at
from data.store import BLIND, Assessment, NotAllowed, Store, StoreProblem, VersionEntry
from data.store.health import Health
from data.store.opening import open_sound
from scoring.change_heads import headlines, summary
from scoring.gather import MarksError
from scoring.scheme_text import SchemeError
from scoring.speech import Sentence

LIVE = "2s"
"""How often a live fragment asks for the version. The timer lives in the browser: no viewers, no work."""

_UNOPENED = "数据仍完整保存。请用建立它时的程序版本打开，或按现行方案另建年度考核后重新上报。"

BEIJING = beijing.BEIJING


@st.cache_resource(show_spinner=False)
def _opened() -> tuple[Store, Health]:
    return open_sound()


def whole_store() -> Store:
    """The process's store, which asks nobody who they are: for start-up and for what is computed once for all viewers.

    Raises StoreProblem in words when it cannot be opened.
    """
    return _opened()[0]


def trouble() -> tuple[str, ...]:
    """What a look at the database found at the start, in words; nothing while it is well."""
    return tuple(each.words for each in _opened()[1].troubles)


def store() -> Store:
    """The store on behalf of this viewer: what the viewer's roles forbid raises NotAllowed."""
    return whole_store().by(signed_in.person(whole_store()))


class NoneYet(Exception):  # noqa: N818 - where every store begins, not an error
    """There is no assessment to look at."""


class NoSuch(Exception):  # noqa: N818 - an old link is a condition with a remedy
    """The address names an assessment that is not there: mistyped, or cleared since; ``str`` says so in Chinese."""


class Unopened(Exception):  # noqa: N818 - what a user meets is a condition with a remedy
    """An assessment that this program cannot open; ``str`` says why and what to do, in Chinese."""


@st.cache_resource(show_spinner=False, max_entries=VERSIONS)
def _state(assessment_id: int, version: int) -> State | Unopened:
    """The scored state, shared by every viewer; ``version`` is in the key so that a change makes a new one."""
    try:
        return load_state(whole_store(), assessment_id)
    except (SchemeError, MarksError, UnfitError) as error:
        return Unopened(f"{error}\n{_UNOPENED}")


@st.cache_resource(show_spinner=False, max_entries=64)
def _blind_state(assessment_id: int, version: int, account: str, duties: str, _viewer: Store) -> State | Unopened:
    """What somebody who still assesses may see: of this person alone, for the key says whose sight it is."""
    try:
        found = load_state(_viewer, assessment_id)
    except (SchemeError, MarksError, UnfitError) as error:
        return Unopened(f"{error}\n{_UNOPENED}")
    if not found.blind:
        raise _Locked  # not kept: it would be given out as this person's own after an unlocking
    return found


class _Locked(Exception):  # noqa: N818 - a condition
    """Every sheet was locked between two questions."""


def assessments() -> list[Assessment]:
    """Every assessment that can be chosen, newest first."""
    return sorted(store().assessments(), key=lambda assessment: -assessment.id)


def chosen_id() -> int | None:
    """The viewer's assessment: the address bar's (?a=3), else the one last chosen, else the newest county one.

    One that cannot be opened is never chosen unasked, while there is another.
    """
    return _chosen_of(assessments())


def _chosen_of(listed: Sequence[Assessment]) -> int | None:
    known = {assessment.id: assessment for assessment in listed}
    for wanted in (st.query_params.get("a", ""), str(st.session_state.get("assessment", ""))):
        if wanted.isascii() and wanted.isdigit() and int(wanted) in known:
            st.session_state["assessment"] = int(wanted)
            return int(wanted)
    wanted_first = sorted(known.values(), key=lambda one: not one.scheme_id.endswith("-county"))
    first = next((one.id for one in wanted_first if isinstance(opened(one.id), State)), next(iter(known), None))
    if first is not None:
        st.session_state["assessment"] = first
    return first


def insist_on_address() -> None:
    """Raise NoSuch where the address names an assessment that is not there: another's figures would be taken for its."""
    _insist_on_address(assessments())


def _insist_on_address(listed: Sequence[Assessment]) -> None:
    wanted, known = st.query_params.get("a", ""), {str(assessment.id) for assessment in listed}
    if wanted and known and wanted not in known:
        raise NoSuch(f"没有编号为“{wanted[:20]}”的年度考核：链接有误，或该考核已随示例数据清除。请另选年度考核。")


def choose(assessment_id: int) -> None:
    """Look at another assessment from now on."""
    st.session_state["assessment"] = assessment_id
    st.query_params["a"] = str(assessment_id)


def state() -> State:
    """The chosen assessment as it is now. Raises NoneYet while there is none, NoSuch where the address's is gone, Unopened."""
    listed = assessments()
    _insist_on_address(listed)
    assessment_id = _chosen_of(listed)
    if assessment_id is None:
        raise NoneYet
    return state_of(assessment_id)


def state_of(assessment_id: int) -> State:
    """An assessment as it is now, from the cache when nobody has changed it. Raises Unopened."""
    found = opened(assessment_id)
    if isinstance(found, Unopened):
        raise Unopened(str(found))  # the shared one would gather tracebacks
    return found


def opened(assessment_id: int) -> State | Unopened:
    """An assessment as it is now, or why it cannot be opened. Whoever assesses gets the own sheets and no results."""
    viewer = store()
    version = viewer.version(assessment_id)
    if not viewer.blind(assessment_id):
        return _state(assessment_id, version)
    try:
        return _blind_state(assessment_id, version, viewer.person.account, dump_duties(viewer.person.duties), viewer)
    except _Locked:
        return _state(assessment_id, version)


def readable(assessment_id: int) -> State | None:
    """An assessment with its results; None where it cannot be opened or this viewer sees no results there yet."""
    found = opened(assessment_id)
    return found if isinstance(found, State) and not found.blind else None


def seen() -> list[Assessment]:
    """The assessments whose results this viewer may see: what is kept for several viewers has these in its key."""
    viewer = store()
    return [one for one in assessments() if not viewer.blind(one.id)]


def sight(assessment_id: int | None) -> tuple[str, ...]:
    """Whose sight of the log it is: in the key of what is kept of it, for two persons see different lines."""
    viewer = store()
    if viewer.person.local:
        return ()
    known = assessments() if assessment_id is None else [viewer.assessment(assessment_id)]
    return viewer.person.account, dump_duties(viewer.person.duties), str([one.id for one in known if viewer.blind(one.id)])


def original(sha256: str) -> Callable[[], bytes]:
    """What gives an uploaded file when it is asked for, to whoever looks at the page now, by the duties that hold then.

    A download is made outside every run, where nobody can be asked who is there: so the viewer is asked here.
    """
    viewer = signed_in.later(whole_store(), store().person)
    return lambda: whole_store().by(viewer()).original(sha256)[1]


def insist_seeing(assessment_id: int) -> None:
    """Before anything that is kept for all viewers: NotAllowed for whoever sees no results here yet."""
    if store().blind(assessment_id):
        raise NotAllowed(BLIND)


@st.cache_resource(show_spinner=False, max_entries=8)
def _versions(assessment_id: int, version: int) -> tuple[VersionEntry, ...]:
    """Every version there has been; ``version`` is in the key so that a change makes a new list."""
    return tuple(whole_store().versions(assessment_id))


def versions(state: State) -> tuple[VersionEntry, ...]:
    """Every version of an assessment up to the one that is shown, the first first."""
    insist_seeing(state.assessment.id)
    return tuple(entry for entry in _versions(state.assessment.id, state.version) if entry.version <= state.version)


def change(assessment_id: int, first: int, last: int) -> Change:
    """Two versions compared, once for all viewers: what a version was never changes. Raises StoreProblem, as ``compare``."""
    insist_seeing(assessment_id)
    return _change(assessment_id, first, last)


@st.cache_resource(show_spinner="正在比较两个版本…", max_entries=8)
def _change(assessment_id: int, first: int, last: int) -> Change:
    return compare(whole_store(), assessment_id, first, last)


@dataclass(frozen=True)
class Ends:
    """What differs between two versions, in words: half a line, and a few sentences."""

    summary: str
    headlines: tuple[Sentence, ...]


def ends(state: State, first: int) -> Ends:
    """What differs between a version and this state, for whoever does not ask by what. Raises as ``change``.

    The words are kept alone: every part of every score since this morning, for each version anew, would be a lot.
    """
    insist_seeing(state.assessment.id)
    return _ends(state.assessment.id, first, state.version, state)


@st.cache_resource(show_spinner=False, max_entries=64)
def _ends(assessment_id: int, first: int, last: int, _state: State) -> Ends:
    found = ends_of(_state_at(assessment_id, first), _state, _versions(assessment_id, last)).comparison
    return Ends(summary(found), tuple(headlines(found)))


@st.cache_resource(show_spinner=False, max_entries=8)
def _state_at(assessment_id: int, version: int) -> State:
    """What a version was never changes: whoever looked last at the same one is told from the same."""
    return load_state_at(whole_store(), assessment_id, version)


def refresh() -> None:
    """Forget nothing, but rerun the whole page: after a change that this viewer made."""
    st.rerun()


def actor() -> str:
    """The name recorded with every change: the signed-in person's, else the one typed on this machine, which proves nothing."""
    viewer = store().person
    if not viewer.local:
        return viewer.name
    return str(st.session_state.get("actor") or "本机用户")


def now() -> datetime:
    """The present moment in Beijing time."""
    return datetime.now(BEIJING)


def local(moment: datetime) -> str:
    """A stored UTC moment as read here, "2026年12月4日 09:30": always with its year, for papers are kept for years."""
    return beijing.local(moment)


def complain(problem: StoreProblem) -> None:
    """Show a refused change in its own words."""
    st.error(escape(str(problem)), icon=":material/error:")
