"""年度考核, their rosters, and clearing the 示例数据."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, timedelta

import pytest

from data.store import Assessment, Store, StoreProblem, UnitRow
from scoring.marks import Sheet

NAUGHTY = "甲'); DROP TABLE assessment; --"


def test_a_new_assessment_starts_at_version_one_with_its_scheme_and_roster(
    store: Store, assessment: Assessment
) -> None:
    again = store.assessment(assessment.id)
    assert again == assessment
    assert (again.version, again.scheme_text, again.scheme_hash, again.state) == (1, "id: x", "abc", "draft")
    assert again.units[0] == UnitRow("蓬江区", "county", "440700")
    assert [unit.name for unit in again.units][-1] == "恩平市"


def test_times_are_aware_and_in_utc(assessment: Assessment) -> None:
    assert assessment.created_at.tzinfo is UTC
    assert assessment.created_at.utcoffset() == timedelta(0)


@pytest.mark.parametrize(
    ("units", "words"),
    [
        ([UnitRow("甲", "g"), UnitRow("甲", "h")], "“甲”在名单中重复出现"),
        ([UnitRow("甲", "g"), UnitRow(" 甲 ", "g")], "“甲”在名单中重复出现"),
        ([UnitRow("  ", "g")], "考核对象名称不能为空"),
    ],
)
def test_a_roster_with_doubled_or_empty_names_is_refused(store: Store, units: list[UnitRow], words: str) -> None:
    with pytest.raises(StoreProblem, match=words):
        store.create_assessment("考核", "s", "t", "h", units, "张三")
    assert store.assessments() == []
    assert store.log() == []


def test_an_assessment_without_a_name_is_refused(store: Store) -> None:
    with pytest.raises(StoreProblem, match="年度考核名称不能为空"):
        store.create_assessment(" ", "s", "t", "h", [], "张三")


def test_an_unknown_assessment_is_said_in_words(store: Store) -> None:
    for ask in (store.assessment, store.version, store.load):
        with pytest.raises(StoreProblem, match="没有这个年度考核"):
            ask(99)
    with pytest.raises(StoreProblem, match="编号超出范围"):
        store.assessment(10**30)


def test_names_that_look_like_sql_are_kept_as_text(store: Store, sheet: Callable[..., Sheet]) -> None:
    made = store.create_assessment(NAUGHTY, NAUGHTY, NAUGHTY, NAUGHTY, [UnitRow(NAUGHTY, NAUGHTY, NAUGHTY)], NAUGHTY)
    store.take(made.id, NAUGHTY, b"", [sheet(NAUGHTY, NAUGHTY)], NAUGHTY)
    store.set_setting(made.id, NAUGHTY, NAUGHTY, NAUGHTY)
    assert store.assessment(made.id).units == (UnitRow(NAUGHTY, NAUGHTY, NAUGHTY),)
    assert store.submissions(made.id)[0].sheet == sheet(NAUGHTY, NAUGHTY)
    assert store.history(made.id, unit="' OR '1'='1") == []
    assert store.settings(made.id)[NAUGHTY].value == NAUGHTY
    assert store.verify_log() is None


def test_an_assessment_without_a_roster_takes_any_unit(store: Store, sheet: Callable[..., Sheet]) -> None:
    made = store.create_assessment("考核", "s", "t", "h", [], "张三")
    store.take(made.id, "f.xlsx", b"x", [sheet("某镇")], "张三")
    assert [one.unit for one in store.submissions(made.id)] == ["某镇"]


def test_clearing_the_demo_hides_it_keeps_it_and_leaves_real_data_alone(
    store: Store, assessment: Assessment, sheet: Callable[..., Sheet]
) -> None:
    demo = store.create_assessment("示例考核", "s", "t", "h", [UnitRow("甲", "g")], "张三", demo=True)
    store.take(demo.id, "f.xlsx", b"x", [sheet("甲")], "张三")
    assert store.remove_demo("李四") == 1
    assert [one.id for one in store.assessments()] == [assessment.id]
    assert store.assessments(demo=True) == []
    with pytest.raises(StoreProblem, match="示例数据已清除"):
        store.assessment(demo.id)
    assert len(store.history(demo.id)) == 1
    assert store.version(assessment.id) == 1


def test_clearing_the_demo_is_seen_by_open_pages_and_logged_once(store: Store) -> None:
    demo = store.create_assessment("示例考核", "s", "t", "h", [], "张三", demo=True)
    store.remove_demo("李四")
    assert store.version(demo.id) == demo.version + 1
    assert store.remove_demo("李四") == 0
    assert [(entry.action, entry.subject, entry.actor) for entry in store.log(action="清除示例")] == [
        ("清除示例", "示例考核", "李四")
    ]


def test_a_cleared_demo_takes_no_more_changes(store: Store, sheet: Callable[..., Sheet]) -> None:
    demo = store.create_assessment("示例考核", "s", "t", "h", [], "张三", demo=True)
    store.remove_demo("李四")
    with pytest.raises(StoreProblem, match="已清除，无法改动"):
        store.take(demo.id, "f.xlsx", b"x", [sheet("甲")], "张三")


def test_assessments_are_listed_by_demo_or_not(store: Store, assessment: Assessment) -> None:
    demo = store.create_assessment("示例考核", "s", "t", "h", [], "张三", demo=True)
    assert [one.id for one in store.assessments()] == [assessment.id, demo.id]
    assert [one.id for one in store.assessments(demo=True)] == [demo.id]
    assert [one.id for one in store.assessments(demo=False)] == [assessment.id]
