"""Files that were dropped and not yet taken. They stay for the visit, whatever page is opened in between.

The uploader hands its files over at once and is emptied, so that more can be dropped, a mended file takes the place of
the returned one of its name, and nothing is lost when the page is left.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

import streamlit as st

from components.text import escape
from data.dry_run import Offered
from data.sheets import FileReading, shared_reader
from data.state import State

Answer = tuple[str | None, str | None]
"""Unit and component id that a form does not say itself; None where it does."""
Standing = Literal["ready", "asks", "returned"]
ASKED = {"unit-missing", "component-missing"}
"""Codes of problems that an answer mends."""


@dataclass
class Staged:
    """One dropped file, what reading it gave, and what was answered about it.

    ``answers``: assessment id → the unit and component it was said to be of there. ``read_for``: what was read for.
    """

    id: str
    name: str
    content: bytes
    answers: dict[int, Answer] = field(default_factory=dict)
    reading: FileReading | None = None
    read_for: tuple[object, ...] = field(default=())

    @property
    def standing(self) -> Standing:
        """Whether it can be taken, needs an answer, or goes back to be mended."""
        if self.reading is None or self.reading.verdict != "reject":
            return "ready"
        errors = {problem.code for problem in self.reading.problems if problem.level == "error"}
        return "asks" if self.reading.questions and errors <= ASKED else "returned"

    @property
    def offered(self) -> Offered:
        """As the dry run wants it."""
        return Offered(self.id, self.name, self.reading.sheets if self.reading else ())


def staged() -> dict[str, Staged]:
    """The files of this visit by id, in the order they were dropped."""
    return st.session_state.setdefault("staged", {})


def add(files: Sequence[tuple[str, bytes]]) -> None:
    """Stage (name, bytes). The same file twice is one; a new file replaces returned ones of its name."""
    known = staged()
    for one in [one for one in known.values() if one.standing == "returned"]:
        if one.name in {name for name, _ in files}:
            del known[one.id]
    for name, content in files:
        key = hashlib.sha256(name.encode() + b"\0" + content).hexdigest()[:16]
        known.setdefault(key, Staged(key, name, content))


def remove(*ids: str) -> None:
    """Take files off the list; what was taken before stays taken."""
    for key in ids:
        staged().pop(key, None)


def answer(key: str, assessment_id: int, unit: str | None, component: str | None) -> None:
    """Say whose form a file is in one assessment; it is read again. What is not said now stays as it was."""
    answers = staged()[key].answers
    before = answers.get(assessment_id, (None, None))
    answers[assessment_id] = (unit or before[0], component or before[1])


def read_all(state: State) -> list[Staged]:
    """Read what has not been read for this scheme and these answers, with a progress bar; returns all files."""
    waiting = [file for file in staged().values() if file.read_for != _wanted(state, file)]
    bar = st.progress(0.0, "正在读取…") if waiting else None
    for at, file in enumerate(waiting):
        assert bar is not None
        bar.progress(at / len(waiting), f"正在读取第{at + 1}份，共{len(waiting)}份：{escape(file.name)}")
        unit, component = _answer(state, file)
        file.reading = shared_reader().read(file.name, file.content, state.scheme, component=component, unit=unit)
        file.read_for = _wanted(state, file)
    if bar is not None:
        bar.empty()
    return list(staged().values())


def _wanted(state: State, file: Staged) -> tuple[object, ...]:
    return (state.assessment.id, state.scheme.hash, *_answer(state, file))


def _answer(state: State, file: Staged) -> Answer:
    return file.answers.get(state.assessment.id, (None, None))
