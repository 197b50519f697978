"""A server that is frozen, kills a connection, or has none left: words in time, nothing half done, and back by itself."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack

import psycopg
import pytest
from sqlalchemy import event, text

from data.store import Assessment, Store, StoreProblem, UnitRow
from data.store import log as store_log
from data.store.postgres.connection import WatchedConnection
from data.store.postgres.engine import OVERFLOW, POOL
from data.store.problem import Unconfirmed
from scoring.marks import Mark, Sheet
from tests.pg_server import FAST, OWNER, PostgresServer, serving_postgres

pytestmark = pytest.mark.slow
CAP = 60.0  # seconds until the test gives up; the product's promise is 10


@pytest.fixture(scope="module")
def server() -> Iterator[PostgresServer]:
    with serving_postgres(*FAST) as running:
        yield running


@pytest.fixture
def store(server: PostgresServer) -> Iterator[Store]:
    with Store.open(server.ready()) as opened:
        yield opened


@pytest.fixture
def assessment(store: Store) -> Assessment:
    return store.create_assessment("考核", "s", "t", "h", [UnitRow("蓬江区", "county")], "张三")


def upload(store: Store, assessment: Assessment, content: bytes = b"a") -> None:
    store.take(assessment.id, "a.xlsx", content, [Sheet("蓬江区", "cross", (Mark(1, "好"),))], "张三")


def test_a_frozen_server_is_told_in_words_and_used_again_once_it_thaws(
    server: PostgresServer, store: Store, assessment: Assessment, record_property: pytest.RecordProperty
) -> None:
    url = store._database.engine.url.render_as_string(hide_password=False)
    asked: list[Callable[[], object]] = [
        lambda: store.load(assessment.id),
        lambda: upload(store, assessment),
        lambda: Store.open(url),
    ]
    store.version(assessment.id)  # a connection waits in the pool, as good as new
    with server.frozen(), ThreadPoolExecutor(len(asked)) as pool:
        took = list(pool.map(lambda ask: _seconds_until_told(ask, "无法连接数据库"), asked))
    record_property("measured", took)
    print("reading, uploading, opening:", [round(seconds, 2) for seconds in took])
    upload(store, assessment)
    assert len(store.history(assessment.id)) == 1
    assert store.verify_log() is None


def test_a_server_that_freezes_in_the_middle_of_a_change_leaves_nothing_of_it(
    server: PostgresServer, store: Store, assessment: Assessment, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(WatchedConnection, "silence", 1.0)
    with ExitStack() as frozen:
        once(monkeypatch, store_log, "append", lambda: frozen.enter_context(server.frozen()))
        _seconds_until_told(lambda: upload(store, assessment), "无法连接数据库")
    assert store.history(assessment.id) == []
    upload(store, assessment)
    assert [one.revision for one in store.history(assessment.id)] == [1]


def test_a_server_that_freezes_upon_commit_leaves_the_outcome_open_and_says_so(
    server: PostgresServer, store: Store, assessment: Assessment, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(WatchedConnection, "silence", 1.0)
    with ExitStack() as frozen:
        _before_commit(store, lambda: frozen.enter_context(server.frozen()))
        with pytest.raises(Unconfirmed, match=r"无法确认.*查看上报记录"):
            upload(store, assessment)
    assert len(store.history(assessment.id)) <= 1
    assert store.verify_log() is None


def test_a_connection_killed_in_the_middle_of_a_change_makes_it_begin_anew(
    server: PostgresServer, store: Store, assessment: Assessment, monkeypatch: pytest.MonkeyPatch
) -> None:
    once(monkeypatch, store_log, "append", lambda: kill_connections(server))
    upload(store, assessment)
    _insist_once(store, assessment)


def test_a_connection_killed_before_commit_arrives_makes_the_change_begin_anew(
    server: PostgresServer, store: Store, assessment: Assessment
) -> None:
    _before_commit(store, lambda: kill_connections(server))
    upload(store, assessment)
    _insist_once(store, assessment)


def test_a_commit_whose_answer_is_lost_is_found_and_not_done_twice(
    store: Store, assessment: Assessment, monkeypatch: pytest.MonkeyPatch
) -> None:
    commit, lost = WatchedConnection.commit, []

    def deaf(self: WatchedConnection) -> None:
        commit(self)
        if not lost:
            lost.append(self)
            self.pgconn.finish()
            raise psycopg.OperationalError("the connection is lost")

    monkeypatch.setattr(WatchedConnection, "commit", deaf)
    upload(store, assessment)
    assert lost
    _insist_once(store, assessment)


def test_connections_that_died_in_the_pool_are_replaced_unseen(
    server: PostgresServer, store: Store, assessment: Assessment
) -> None:
    kill_connections(server)
    assert store.version(assessment.id) == 1


def test_a_server_without_a_free_connection_is_told_in_words(
    server: PostgresServer, store: Store, assessment: Assessment
) -> None:
    store._database.engine.dispose()
    server.order(f"ALTER ROLE {OWNER} CONNECTION LIMIT 0")
    try:
        with pytest.raises(StoreProblem, match=r"连接已用满.*稍候再试"):
            store.version(assessment.id)
    finally:
        server.order(f"ALTER ROLE {OWNER} CONNECTION LIMIT -1")
    assert store.version(assessment.id) == 1


def test_the_pool_is_bounded_and_so_is_the_wait_for_it(store: Store, assessment: Assessment) -> None:
    with ExitStack() as held:
        for _ in range(POOL + OVERFLOW):
            held.enter_context(store._database.reading())
        _seconds_until_told(lambda: store.version(assessment.id), "同时使用的人较多")
    assert store.version(assessment.id) == 1


def test_who_waits_behind_another_writer_is_told_in_words_while_reading_goes_on(
    store: Store, assessment: Assessment
) -> None:
    with store._database.writing() as connection:
        connection.execute(text("SELECT seq FROM log_head FOR UPDATE"))
        _seconds_until_told(lambda: upload(store, assessment), "正忙")
        assert store.version(assessment.id) == 1
    upload(store, assessment)
    _insist_once(store, assessment)


def test_reading_cannot_write(store: Store, assessment: Assessment) -> None:
    with pytest.raises(StoreProblem, match="只读"), store._database.reading() as connection:
        connection.execute(text("UPDATE assessment SET version = 9"))


def test_deadlocked_changes_are_begun_anew(store: Store, assessment: Assessment) -> None:
    """Two that take the queue's row and another's in turn: PostgreSQL ends one of them, and it comes through all the same."""
    met = threading.Barrier(2, timeout=CAP)

    def cross(first: str, second: str) -> None:
        with store._database.writing() as connection:
            connection.execute(text(f"UPDATE {first} SET id = id"))
            met.wait()
            connection.execute(text(f"UPDATE {second} SET id = id"))

    ended: list[Exception] = []

    def run(first: str, second: str) -> None:
        try:
            cross(first, second)
        except StoreProblem as problem:
            ended.append(problem)

    threads = [threading.Thread(target=run, args=pair) for pair in (("log_head", "assessment"), ("assessment", "log_head"))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(CAP)
    assert [type(problem).__name__ for problem in ended] == ["Unserialized"]


def once(monkeypatch: pytest.MonkeyPatch, module: object, name: str, act: Callable[[], object]) -> None:
    """Let ``act`` come right before the first call of a function."""
    real, left = getattr(module, name), [act]

    def first(*args: object, **kwargs: object) -> object:
        if left:
            left.pop()()
        return real(*args, **kwargs)

    monkeypatch.setattr(module, name, first)


def kill_connections(server: PostgresServer) -> None:
    server.asked("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = %s", OWNER)


def _before_commit(store: Store, act: Callable[[], object]) -> None:
    """Once, after all was written and before COMMIT is sent."""
    event.listen(store._database.engine, "commit", lambda _: act(), once=True)


def _seconds_until_told(ask: Callable[[], object], words: str) -> float:
    begun = time.monotonic()
    with pytest.raises(StoreProblem, match=words):
        ask()
    took = time.monotonic() - begun
    assert took < CAP
    return took


def _insist_once(store: Store, assessment: Assessment) -> None:
    assert [one.revision for one in store.history(assessment.id)] == [1]
    assert [entry.action for entry in store.log(assessment.id)] == ["上报", "新建考核"]
    assert store.verify_log() is None
