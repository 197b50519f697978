"""The 操作日志: one entry a change, chained, and any touch found."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import text

from data.store import Assessment, Store, StoreProblem
from scoring.marks import Fact, Sheet
from tests.data.store.tampering import unprotect_log


@pytest.fixture
def busy(store: Store, assessment: Assessment, sheet: Callable[..., Sheet]) -> Store:
    """A store in which every kind of change has happened once."""
    (made,) = store.take(assessment.id, "a.xlsx", b"a", [sheet()], "张三")
    store.withdraw(made.id, "李四", "误传")
    store.restore(made.id, "李四", "核实")
    row = store.add_fact(assessment.id, Fact("台山市", "sanction", "记过"), "", "张三")
    store.confirm_fact(row.id, "李四")
    store.withdraw_fact(row.id, "李四", "有误")
    saved = store.save_scenario(assessment.id, "甲案", {"w": "1/3"}, "张三")
    store.withdraw_scenario(saved.id, "张三")
    store.set_setting(assessment.id, "k", "v", "张三")
    return store


def test_every_change_is_one_entry_and_one_version_where_results_may_differ(
    busy: Store, assessment: Assessment
) -> None:
    entries = list(reversed(busy.log(assessment.id)))
    actions = [
        "新建考核",
        "上报",
        "撤回",
        "恢复",
        "登记情形",
        "核对情形",
        "撤销情形",
        "保存情景",
        "撤销情景",
        "确认口径",
    ]
    assert [entry.action for entry in entries] == actions
    assert [entry.version for entry in entries] == [1, 2, 3, 4, 5, 6, 7, 7, 7, 7]  # not for a 情景, nor for key "k"
    assert [entry.seq for entry in entries] == list(range(1, 11))
    assert busy.version(assessment.id) == 7


def test_each_entry_names_the_hash_before_it_and_the_chain_verifies(busy: Store) -> None:
    entries = list(reversed(busy.log()))
    assert entries[0].prev_hash == "0" * 64
    assert [entry.prev_hash for entry in entries[1:]] == [entry.hash for entry in entries[:-1]]
    assert busy.verify_log() is None


def test_an_empty_log_verifies(store: Store) -> None:
    assert store.verify_log() is None


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE log SET actor = '王五' WHERE seq = 4",
        "UPDATE log SET details = '{}' WHERE seq = 4",
        "UPDATE log SET details = 'x' WHERE seq = 4",
        "UPDATE log SET at = '2001-01-01 00:00:00.000000' WHERE seq = 4",
        "UPDATE log SET assessment = NULL WHERE seq = 4",
        "UPDATE log SET version = 40 WHERE seq = 4",
        "UPDATE log SET hash = prev_hash WHERE seq = 4",
        "DELETE FROM log WHERE seq = 3",
    ],
)
def test_a_tampered_entry_is_found(busy: Store, change: str) -> None:
    _tamper(busy, change)
    broken = busy.verify_log()
    assert broken is not None
    assert broken.seq == 4


def test_an_entry_rewritten_with_a_fitting_hash_breaks_the_next(busy: Store) -> None:
    _tamper(busy, "UPDATE log SET hash = (SELECT hash FROM log WHERE seq = 9), seq = 90 WHERE seq = 10")
    broken = busy.verify_log()
    assert broken is not None
    assert broken.seq == 90


@pytest.mark.parametrize(("cut", "first_missing"), [("seq > 8", 9), ("seq > 0", 1)])
def test_a_log_cut_short_is_found(busy: Store, cut: str, first_missing: int) -> None:
    _tamper(busy, f"DELETE FROM log WHERE {cut}")
    broken = busy.verify_log()
    assert broken is not None
    assert (broken.seq, broken.action) == (first_missing, "缺失")


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)  # PostgreSQL takes nothing for a time that is none
def test_a_time_that_no_longer_reads_is_said_in_words(busy: Store) -> None:
    _tamper(busy, "UPDATE log SET at = '昨天' WHERE seq = 4")
    with pytest.raises(StoreProblem, match="无法识别的内容"):
        busy.verify_log()


@pytest.mark.parametrize("change", ["UPDATE log SET actor = '王五'", "DELETE FROM log"])
def test_the_database_itself_refuses_to_change_the_log(busy: Store, change: str) -> None:
    with pytest.raises(StoreProblem), busy._database.writing() as connection:
        connection.execute(text(change))
    assert busy.verify_log() is None


def test_the_log_is_filtered_and_newest_first(busy: Store, assessment: Assessment) -> None:
    other = busy.create_assessment("2021年考核", "s", "t", "h", [], "赵六")
    assert [entry.subject for entry in busy.log(other.id)] == ["2021年考核"]
    assert [entry.action for entry in busy.log(actor="李四")] == ["撤销情形", "核对情形", "恢复", "撤回"]
    assert [entry.actor for entry in busy.log(assessment.id, action="上报")] == ["张三"]
    assert [entry.seq for entry in busy.log(limit=2)] == [11, 10]


def _tamper(store: Store, change: str) -> None:
    """What someone can do who has the database and a tool for it."""
    with store._database.writing() as connection:
        unprotect_log(connection)
        connection.execute(text(change))
