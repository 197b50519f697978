"""Many at once on one SQLite file, in threads and in processes: nobody is refused, nobody's change is lost."""

from __future__ import annotations

import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest

from data.store import Assessment, Store, StoreProblem
from data.store.turns import Turns
from tests.data.store import editing_processes
from tests.data.store.editing_processes import KEYS, Done

WRITERS = tuple(f"第{n}人" for n in range(16))


@pytest.fixture
def url(file: str) -> str:
    """Only a file: PostgreSQL has trials of its own."""
    return file


def test_sixteen_writers_of_forty_uploads_each_in_four_processes_meet_no_error(
    url: str, store: Store, assessment: Assessment
) -> None:
    shares = [(url, assessment.id, "蓬江区", WRITERS[at : at + 4], 40) for at in range(0, 16, 4)]
    assert [said for told in editing_processes.at_once(editing_processes.upload, shares) for said in told] == []
    _holds_all_uploads(store, assessment)


@pytest.mark.chaos
def test_sixteen_processes_of_forty_uploads_each_meet_no_error(
    url: str, store: Store, assessment: Assessment
) -> None:
    shares = [(url, assessment.id, "蓬江区", [who], 40) for who in WRITERS]
    assert [said for told in editing_processes.at_once(editing_processes.upload, shares) for said in told] == []
    _holds_all_uploads(store, assessment)


@pytest.mark.chaos
def test_sixteen_threads_of_forty_uploads_each_meet_no_error(url: str, store: Store, assessment: Assessment) -> None:
    assert editing_processes.upload(url, assessment.id, "蓬江区", WRITERS, 40) == []
    _holds_all_uploads(store, assessment)


def _holds_all_uploads(store: Store, assessment: Assessment) -> None:
    assert store.version(assessment.id) == 641  # 1 + 16 × 40
    for who in WRITERS:
        ever = store.history(assessment.id, component=who)
        assert [one.revision for one in ever] == list(range(40, 0, -1))
        assert [one.file_name for one in ever] == [f"{who}-{turn}.xlsx" for turn in range(39, -1, -1)]
    assert [entry.version for entry in store.log(assessment.id, limit=1000)] == list(range(641, 0, -1))
    assert store.verify_log() is None


def test_two_editors_a_hundred_times_lose_no_update(url: str, store: Store, assessment: Assessment) -> None:
    _two_editors(url, store, assessment, 100)


@pytest.mark.chaos
def test_two_editors_two_thousand_times_lose_no_update(url: str, store: Store, assessment: Assessment) -> None:
    _two_editors(url, store, assessment, 2000)


def _two_editors(url: str, store: Store, assessment: Assessment, times: int) -> None:
    both = [(url, assessment.id, who, times, seed) for seed, who in enumerate(("甲", "乙"))]
    told: list[Done] = editing_processes.at_once(editing_processes.edit, both)
    assert [done.problems for done in told] == [[], []]
    assert [len(done.accepted) + done.moved for done in told] == [times, times]
    assert sum(done.moved for done in told) > 0, "they never met"
    log = store.log(assessment.id, limit=5 * times)[::-1][1:]  # but for 新建考核
    assert [entry.version for entry in log] == list(range(2, len(log) + 2))
    for who, done in zip(("甲", "乙"), told, strict=True):
        assert [_words(entry.details) for entry in log if entry.actor == who] == [words for _, words, *_ in done.accepted]
    accepted = Counter(words for done in told for _, words, *_ in done.accepted)
    assert set(accepted.values()) == {1}
    _every_value_followed_the_one_that_was_seen(store, assessment, [one for done in told for one in done.accepted])
    _every_accepted_sheet_and_fact_is_there(store, assessment, [one for done in told for one in done.accepted])
    assert store.verify_log() is None


def _words(details: dict[str, object]) -> object:
    """What an editor wrote, as the log tells it: the file's name without its ending, or the value."""
    return str(details["file"]).removesuffix(".xlsx") if "file" in details else details["value"]


def _every_value_followed_the_one_that_was_seen(
    store: Store, assessment: Assessment, accepted: list[tuple[str, ...]]
) -> None:
    for key in KEYS:
        saw = {words: rest[1] for kind, words, *rest in accepted if kind == "setting" and rest[0] == key}
        values = [one.value for one in store.setting_history(assessment.id, key)][::-1]
        assert values == [value for value in values if value in saw]
        assert [saw[value] for value in values] == ["", *values[:-1]][: len(values)]


def _every_accepted_sheet_and_fact_is_there(
    store: Store, assessment: Assessment, accepted: list[tuple[str, ...]]
) -> None:
    ever = store.history(assessment.id)
    assert [one.revision for one in ever] == list(range(len(ever), 0, -1))
    assert {one.file_name for one in ever} == {f"{words}.xlsx" for kind, words, *_ in accepted if kind == "sheet"}
    assert {row.fact.value for row in store.facts(assessment.id)} == {
        words for kind, words, *_ in accepted if kind == "fact"
    }


def test_two_hundred_who_read_at_once_only_wait(store: Store, assessment: Assessment) -> None:
    start = threading.Barrier(200)

    def look(_: int) -> set[int]:
        start.wait(60)
        return {store.load(assessment.id).assessment.version for _ in range(3)}

    with ThreadPoolExecutor(200) as pool:
        assert set().union(*pool.map(look, range(200))) == {1}


def test_readers_do_not_wait_for_writers_who_wait_for_their_turn(store: Store, assessment: Assessment) -> None:
    """60 who want to save, of whom none can: more than the pool has connections, and reading goes on."""
    said: list[str] = []

    def write(turn: int) -> None:
        try:
            store.set_setting(assessment.id, "k", str(turn), "张三")
        except StoreProblem as problem:
            said.append(str(problem))

    with ThreadPoolExecutor(60) as pool:
        with store._database.writing():
            waiting = [pool.submit(write, turn) for turn in range(60)]
            while len(store._database._turns._waiting) < 60:  # type: ignore[union-attr]
                time.sleep(0.01)
            assert store.version(assessment.id) == 1
        for one in waiting:
            one.result()
    assert said == []
    assert len(store.setting_history(assessment.id, "k")) == 60


def test_who_came_first_has_the_first_turn() -> None:
    turns, order = Turns(), []

    def come(who: int) -> None:
        with turns.turn(60):
            order.append(who)

    with turns.turn(60):
        threads = []
        for who in range(30):
            threads.append(threading.Thread(target=come, args=[who]))
            threads[-1].start()
            while len(turns._waiting) <= who:
                time.sleep(0.001)
    for thread in threads:
        thread.join()
    assert order == list(range(30))


def test_who_waited_in_vain_takes_nobody_s_turn() -> None:
    turns, had = Turns(), []

    def come() -> None:
        with turns.turn(60):
            had.append(True)

    with turns.turn(60):
        with pytest.raises(Exception, match="locked"), turns.turn(0.01):
            pass
        thread = threading.Thread(target=come)
        thread.start()
    thread.join()
    assert had == [True]


def test_a_turn_is_passed_on_after_a_failure() -> None:
    turns = Turns()
    with pytest.raises(ZeroDivisionError), turns.turn(60):
        raise ZeroDivisionError
    with turns.turn(0.01):
        pass
