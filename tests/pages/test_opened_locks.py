"""Which 锁定版 a viewer looks at: the address's, the chosen, the newest; never another's, never one made meanwhile."""

from __future__ import annotations

from components.meeting import newer, opened
from data.locked import lock
from data.state import load_state
from data.store import Store
from scoring.marks import Fact


def two_locks(store: Store) -> int:
    made = store.assessments()[0].id
    lock(store, made, "张三")
    store.add_fact(made, Fact("鹤山市", "sanction", "记过"), "", "张三")
    lock(store, made, "张三")
    return made


def test_a_locked_version_is_read_once_and_its_standing_anew_only_when_the_log_moved(county_store: Store) -> None:
    made = two_locks(county_store)
    state = load_state(county_store, made)
    first = opened.opened(state, 1)
    assert opened.opened(state, 1) is first
    county_store.record_export(made, "考核情况报告", {}, "张三")
    assert opened.opened(state, 1) is first, "taking a document out changes nothing that is shown"
    county_store.suggest(made, 1, {}, "", "张三")
    again = opened.opened(state, 1)
    assert again.state is first.state
    assert again.standing.suggested is not None


def test_the_newer_state_is_told_with_both_versions_and_not_at_all_while_nothing_moved(county_store: Store) -> None:
    made = two_locks(county_store)
    first, last = (opened.opened(load_state(county_store, made), number) for number in (1, 2))
    told = newer.note(first, county_store.version(made))
    assert told.startswith("数据已于")
    assert told.endswith("更新（第25版），本页为锁定版第1号（第24版）。")
    assert newer.note(last, county_store.version(made)) == ""
