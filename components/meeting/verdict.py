"""What every page says of how final its figures are: 未经审定, 已审定未批复 or 已批复, and whose grade was settled otherwise."""

from __future__ import annotations

import streamlit as st

from components import session
from components.text import escape
from data.locked.grading import moved
from data.locked.verdict import Verdict, verdict
from data.state import State
from scoring.standing import draws_lines

_NAMED = 6
_CALLED = "verdict-called"


@st.cache_resource(show_spinner=False, max_entries=32)
def _of(assessment_id: int, version: int, mark: int) -> Verdict | None:
    """``mark`` is in the key so that whatever is decided makes a new one."""
    return verdict(session.whole_store(), assessment_id, version)


def of(state: State) -> Verdict | None:
    """What was decided on these figures: one cheap query while nobody does anything."""
    return at(state, session.store().standing_mark(state.assessment.id))


def at(state: State, mark: int) -> Verdict | None:
    """The same for whoever knows the mark already: no query while nobody does anything. Nothing is, before all sheets are locked."""
    return None if state.blind else _of(state.assessment.id, state.version, mark)


def badge(state: State) -> None:
    """未经审定 until 审定; then how far it is, with the paper. What was drawn is remembered for ``called``."""
    found = st.session_state[_CALLED] = of(state)
    if found is None:
        st.badge("内部资料·未经审定", icon=":material/lock:", color="gray")
    elif found.approved is None:
        st.badge("内部资料·已审定未批复", icon=":material/gavel:", color="blue", help=escape(_settled(found)))
    else:
        told = f"{_settled(found)}；{found.approved.body}{_day(found.approved.day)}批复"
        st.badge(escape(f"已批复（{found.number}）"), icon=":material/approval:", color="green", help=escape(told))


def called() -> Verdict | None:
    """What this run's badge called the figures: a page notices by it that 审定 or 批复 came or went."""
    found = st.session_state.get(_CALLED)
    return found if isinstance(found, Verdict) else None


def _settled(found: Verdict) -> str:
    return f"{found.record.name}：{found.settled.body}{_day(found.settled.day)}审定（{found.settled.number}）"


def _day(day: object) -> str:
    return f"{day}" if day else ""


def foot(state: State | None) -> str:
    """The line at the end of a page."""
    found = of(state) if state is not None else None
    judged = state is not None and state.scheme.judged
    if found is None:
        told = "情形和拟处理意见以审定为准。" if judged else "等次、位次均为测算结果，以审定和批复为准。"
        return f"内部资料·未经审定。{told}"
    until = "" if found.approved else "，以批复为准"
    what = "情形和拟处理意见" if judged else "等次、位次"
    internal = "" if found.approved else "内部资料·"
    given = "" if judged else f"；正式等次为{found.record.name}的审定等次"
    return f"{internal}{found.word}（{found.number}）。本页{what}为测算结果{given}{until}。"


def differences(state: State, meant: str = "本页等次、拟处理均按测算列出，正式以审定等次为准。") -> None:
    """On pages with grades: whose grade was settled otherwise than computed, and which of them the page goes by (``meant``)."""
    found = of(state)
    if found is None or not state.scheme.grades:
        return
    if told := sentence(state, found):
        with st.container(border=True, gap="xsmall", key="verdict"):
            st.markdown(f":material/gavel: {escape(told + meant)}")


def sentence(state: State, found: Verdict) -> str:
    """ "审定等次与测算等次不同的1个（…5号）：台山市审定为“一般”（测算“较好”）。"; empty where none differs."""
    measure = state.scheme.words.measure
    paper = f"（{found.settled.number}）"
    if not draws_lines(state.scheme):
        given = [f"{grade}{n}{measure}" for grade in state.scheme.grades if (n := _count(found, grade))]
        return f"等次已由评议审定{paper}：{'、'.join(given)}。各自的审定等次见“锁定与审定”。" if given else ""
    differing = moved(state, found.settled.grades)
    if not differing:
        return ""
    told = [f"{result.unit}审定为“{given.grade}”（测算“{result.grade}”）" for result, given in differing]
    more = f"等{len(told)}{measure}" if told[_NAMED:] else ""
    return f"审定等次与测算等次不同的{len(told)}{measure}{paper}：{'、'.join(told[:_NAMED])}{more}。"


def _count(found: Verdict, grade: str) -> int:
    return sum(given.grade == grade for given in found.settled.grades.values())
