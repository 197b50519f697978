"""One question to the database for all who look, never an answer that is older than it may be."""

from __future__ import annotations

from threading import Barrier, Thread

import pytest

from components.pulse import FRESH, Pulse, Standing
from data.store import StoreProblem


class Clock:
    now = 100.0

    def __call__(self) -> float:
        return self.now


def test_forty_who_ask_at_the_same_moment_cost_one_question() -> None:
    pulse, asked, start, told = Pulse(), [], Barrier(40), []

    def ask() -> Standing:
        asked.append(1)
        return Standing(7, 9)

    def look() -> None:
        start.wait()
        told.append(pulse.feel(1, ask))

    viewers = [Thread(target=look) for _ in range(40)]
    for each in viewers:
        each.start()
    for each in viewers:
        each.join()
    assert told == [Standing(7, 9)] * 40
    assert len(asked) == 1


def test_an_answer_is_asked_anew_once_it_is_old() -> None:
    clock = Clock()
    pulse = Pulse(clock)
    answers = iter((Standing(1, 1), Standing(2, 2)))
    assert pulse.feel(1, lambda: next(answers)) == (1, 1)
    clock.now += FRESH
    assert pulse.feel(1, lambda: next(answers)) == (1, 1)
    clock.now += 0.01
    assert pulse.feel(1, lambda: next(answers)) == (2, 2)


def test_each_assessment_has_an_answer_of_its_own() -> None:
    pulse = Pulse(Clock())
    assert pulse.feel(1, lambda: Standing(1, 5)) == (1, 5)
    assert pulse.feel(2, lambda: Standing(8, 8)) == (8, 8)
    assert pulse.feel(1, lambda: Standing(0, 0)) == (1, 5)


def test_a_database_that_does_not_answer_is_asked_once_and_all_are_told_and_it_is_asked_again() -> None:
    clock = Clock()
    pulse, asked = Pulse(clock), []

    def fail() -> Standing:
        asked.append(1)
        raise StoreProblem("数据库没有响应。")

    for _ in range(3):
        with pytest.raises(StoreProblem, match="数据库没有响应"):
            pulse.feel(1, fail)
    assert len(asked) == 1
    clock.now += FRESH + 0.01
    assert pulse.feel(1, lambda: Standing(3, 3)) == (3, 3)


def test_what_is_remembered_is_bounded() -> None:
    pulse = Pulse(Clock())
    for key in range(1000):
        pulse.feel(key, lambda: Standing(1, 1))
    assert len(pulse._last) == len(pulse._locks) == 256
