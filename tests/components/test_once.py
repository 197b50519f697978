"""What is worked out of a version is worked out once for all who look, and goes when the version goes."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from threading import Barrier
from weakref import ref

import pytest
import streamlit as st

from components.once import VERSIONS, Answers, once
from data.access import Duty, Person
from data.state import State, load_state
from data.store import NotAllowed, Store
from data.store.location import sqlite_url
from scoring.trial import Level, levels
from tests.pages import builders


class Told:
    """Something worked out; a plain object cannot be watched."""


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> State:
    with Store.open(sqlite_url(Path(tmp_path_factory.mktemp("once"), "once.db"))) as store:
        return load_state(store, builders.county(store).id)


@pytest.fixture(autouse=True)
def nothing_known() -> Iterator[None]:
    st.cache_resource.clear()
    yield
    st.cache_resource.clear()


def version(state: State, number: int) -> State:
    return replace(state, assessment=replace(state.assessment, version=number))


def test_each_question_is_worked_out_once_for_a_version(county: State) -> None:
    asked = []

    @once()
    def answer(state: State, group: str, exactly: bool = True) -> Told:
        asked.append((state.version, group, exactly))
        return Told()

    first, other = version(county, 1), version(county, 2)
    assert answer(first, "甲") is answer(replace(first), "甲")
    assert answer(first, "甲", exactly=False) is answer(first, "甲", exactly=False)
    assert len({id(each) for each in (answer(first, "甲"), answer(first, "乙"), answer(other, "甲"))}) == 3
    assert asked == [(1, "甲", True), (1, "甲", False), (1, "乙", True), (2, "甲", True)]


def test_each_level_has_an_answer_of_its_own(county: State) -> None:
    one, other, *_ = levels(county.scheme, "county").values()

    @once()
    def answer(state: State, level: Level) -> Told:
        return Told()

    assert answer(county, one) is answer(county, one)
    assert answer(county, one) is not answer(county, other)


def test_a_page_may_ask_more_questions_than_there_are_versions_kept(county: State) -> None:
    asked = []

    @once()
    def answer(state: State, group: int) -> int:
        asked.append(group)
        return group

    for _ in range(2):
        assert [answer(county, group) for group in range(VERSIONS * 3)] == list(range(VERSIONS * 3))
    assert len(asked) == VERSIONS * 3


def test_a_version_that_nobody_asks_for_takes_all_its_answers_with_it(county: State) -> None:
    @once()
    def answer(state: State, group: str) -> Told:
        return Told()

    watched = {
        number: [ref(answer(version(county, number), group)) for group in "甲乙"] for number in range(VERSIONS + 5)
    }
    gc.collect()
    kept = [number for number, told in watched.items() if all(each() for each in told)]
    gone = [number for number, told in watched.items() if not any(each() for each in told)]
    assert gone == [0, 1, 2, 3, 4]
    assert kept == list(range(5, VERSIONS + 5))


def test_whoever_asks_for_what_is_being_worked_out_waits_for_it() -> None:
    answers, all_here, worked = Answers(), Barrier(8), []

    def work() -> Told:
        worked.append(1)
        return Told()

    def asks() -> object:
        all_here.wait()
        return answers.of("问", work)

    with ThreadPoolExecutor(8) as pool:
        told = [each.result() for each in [pool.submit(asks) for _ in range(8)]]
    assert len(worked) == 1
    assert all(each is told[0] for each in told)


def test_what_could_not_be_worked_out_is_asked_again() -> None:
    answers = Answers()
    with pytest.raises(ZeroDivisionError):
        answers.of("问", lambda: 1 // 0)
    assert answers.of("问", lambda: None) is None
    assert answers.of("问", lambda: 1 // 0) is None  # known: not worked out again, though it is nothing


def test_an_answer_may_ask_for_another(county: State) -> None:
    @once("正在准备…")
    def forms(state: State) -> int:
        return 2

    @once("正在分析…")
    def ranks(state: State) -> int:
        return forms(state) + 1

    assert (ranks(county), forms(county)) == (3, 2)


def test_nothing_is_worked_out_for_whoever_may_not_see_it(county: State) -> None:
    @once()
    def answer(state: State) -> Told:
        return Told()

    answer(county)
    with pytest.raises(NotAllowed):
        answer(replace(county, viewer=Person("李经办", "li@x.cn", (Duty("fill"),))))
