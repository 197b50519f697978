"""What is worked out of a version once for all viewers, and let go with the version.

A page of seven groups asks for seven answers and another for one: so versions are counted and not answers, and no page ever
pushes out what it has itself asked for. Each version of 140 units holds some 3 MB with all that the pages ask of it.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from contextlib import nullcontext
from contextvars import ContextVar
from functools import wraps
from threading import Lock
from typing import Any, Concatenate, ParamSpec, TypeVar, cast

import streamlit as st

from data.blind import refuse
from data.state import State
from scoring.trial import Level

P = ParamSpec("P")
R = TypeVar("R")
VERSIONS = 16
"""Versions, of all assessments together, whose answers are kept; those not asked for longest are let go first."""

_working: ContextVar[bool] = ContextVar("_working", default=False)


class Answers:
    """What was worked out of one version. Whoever asks for what is just being worked out waits for it."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._asked: dict[Hashable, Lock] = {}
        self._found: dict[Hashable, object] = {}

    def of(self, question: Hashable, work: Callable[[], object]) -> object:
        """What ``work()`` gives, or gave before. What it raises is raised, and not kept: whoever waits tries anew."""
        if question in self._found:
            return self._found[question]
        with self._lock:
            asked = self._asked.setdefault(question, Lock())
        with asked:
            if question not in self._found:
                self._found[question] = work()
            return self._found[question]


@st.cache_resource(show_spinner=False, max_entries=VERSIONS)
def _answers(assessment: int, version: int, scheme: str) -> Answers:
    return Answers()


def once(spinner: str = "") -> Callable[[Callable[Concatenate[State, P], R]], Callable[Concatenate[State, P], R]]:
    """Work a function out once for each version of an assessment, and for each level, group or unit that it is given.

    For states as the session has them, whose version tells all of them: marks carried from elsewhere have none. Hidden
    names must be no part of what is worked out: it is kept for every viewer. ``spinner`` is what is told meanwhile; within
    something else that is being worked out nothing is.
    """

    def kept(work: Callable[Concatenate[State, P], R]) -> Callable[Concatenate[State, P], R]:
        name = f"{work.__module__}.{work.__qualname__}"

        @wraps(work)
        def asked(state: State, *given: P.args, **named: P.kwargs) -> R:
            question = (name, *map(_told, given), *((key, _told(value)) for key, value in sorted(named.items())))
            return cast(R, _answers(*_version(state)).of(question, lambda: _worked(spinner, work, state, *given, **named)))

        return asked

    return kept


def _worked(spinner: str, work: Callable[..., R], *given: Any, **named: Any) -> R:
    waited = spinner and not _working.get()
    with st.spinner(spinner) if waited else nullcontext():
        outer = _working.set(True)
        try:
            return work(*given, **named)
        finally:
            _working.reset(outer)


def _version(state: State) -> tuple[int, int, str]:
    if state.blind:
        refuse()  # what is kept for all viewers is never given to whoever may not see it
    return state.assessment.id, state.version, state.scheme.hash


def _told(value: object) -> object:
    return value.id if isinstance(value, Level) else value
