"""锁定版: one state under one number, the same whenever it is opened, and whatever comes after leaves it alone."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from data.locked import lock, open_locked
from data.state import load_state
from data.store import Assessment, Given, Moved, Store, StoreProblem
from scoring.marks import Fact
from tests.data import locks
from tests.pages import builders

TODAY = date(2020, 12, 8)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(f"sqlite:///{tmp_path}/hengxiao.db") as opened:
        yield opened


@pytest.fixture
def county(store: Store) -> Assessment:
    return builders.county(store)


def test_a_locked_version_stays_as_it_was_while_the_assessment_moves_on(store: Store, county: Assessment) -> None:
    record = lock(store, county.id, "张三")
    before = open_locked(store, county.id, record.number, TODAY)
    row = store.add_fact(county.id, Fact("鹤山市", "sanction", "记过"), "", "张三")
    store.confirm_fact(row.id, "李四")
    after = open_locked(store, county.id, record.number, TODAY)
    assert after.state.results == before.state.results
    assert load_state(store, county.id).results != before.state.results
    assert after.record == record


def test_the_same_version_is_locked_once_and_a_moved_one_is_not_locked_unseen(store: Store, county: Assessment) -> None:
    record = lock(store, county.id, "张三")
    assert record.number == 1
    with pytest.raises(StoreProblem, match="已锁定为锁定版第1号"):
        lock(store, county.id, "李四")
    store.add_fact(county.id, Fact("鹤山市", "sanction", "记过"), "", "张三")
    with pytest.raises(Moved):
        lock(store, county.id, "李四", seen=record.version)
    assert lock(store, county.id, "李四").number == 2


def test_what_is_chosen_beside_the_figures_leaves_a_locked_version_openable(store: Store, county: Assessment) -> None:
    record = lock(store, county.id, "张三")
    store.set_setting(county.id, "briefing-pages", "ranking", "李四", action="选定汇报页", subject="位次")
    assert open_locked(store, county.id, record.number, TODAY).record.hash == record.hash


def test_figures_touched_behind_a_locked_version_keep_it_shut(store: Store, county: Assessment, tmp_path: Path) -> None:
    record = lock(store, county.id, "张三")
    with closing(sqlite3.connect(tmp_path / "hengxiao.db")) as database, database:
        database.execute("UPDATE fact SET value = '警告'")
    with pytest.raises(StoreProblem, match="与锁定时不一致"):
        open_locked(store, county.id, record.number, TODAY)


def test_nothing_is_locked_of_an_empty_assessment(store: Store) -> None:
    empty = builders.empty(store, "jiangmen-2020-county", "空")
    with pytest.raises(StoreProblem, match="没有可锁定的结果"):
        lock(store, empty.id, "张三")


def test_what_was_settled_stands_and_the_assessment_is_closed_until_it_is_taken_back(store: Store, county: Assessment) -> None:
    builders.last_sheet(store, county)
    found = locks.approved(store, county, {"台山市": Given("较好", "会议研究")})
    assert (found.standing.word, found.standing.marking) == ("审定等次", "")
    assert found.grade("台山市") == "较好"
    with pytest.raises(StoreProblem, match="已经审定，不能退回草稿"):
        store.ask_reopen(county.id, "张三", "补正")
    with pytest.raises(StoreProblem, match="请先写明理由撤销批复"):
        store.withdraw_settling(county.id, "settled", "张三", "误登")
    for kind in ("approved", "settled"):
        store.withdraw_settling(county.id, kind, "张三", "误登")
    store.grant(store.ask_reopen(county.id, "张三", "补正").id, "李四")
    assert store.assessment(county.id).state == "draft"
