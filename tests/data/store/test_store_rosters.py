"""A roster corrected: whole, logged, one version further, and never past somebody who has handed something in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction

import pytest

from data.log_text import details_text
from data.store import Assessment, Finding, Moved, Ruling, Store, StoreProblem, UnitRow
from scoring.marks import Fact, Sheet

HELPED = UnitRow("县农业局", "economy", "", (("桂头镇", Fraction(61, 2)), ("一六镇", None)))


def test_whom_a_unit_helps_is_kept_exactly(store: Store) -> None:
    made = store.create_assessment("乳源", "s", "t", "h", [HELPED, UnitRow("桂头镇", "town", "440232104")], "张三")
    assert store.assessment(made.id).units == (HELPED, UnitRow("桂头镇", "town", "440232104"))


def test_a_corrected_roster_is_in_force_as_a_whole_and_the_log_says_what_changed(
    store: Store, assessment: Assessment
) -> None:
    rows = [*assessment.units[1:], HELPED]
    rows[0] = replace(rows[0], region="440799")
    made = store.correct_roster(assessment.id, rows, "李四", "机构改革")
    assert (made.units, made.version) == (tuple(rows), 2)
    assert store.assessment(assessment.id) == made
    entry = store.log()[0]
    assert (entry.action, entry.actor, entry.subject) == ("更正名单", "李四", assessment.name)
    assert details_text(entry, {}) == "理由：机构改革；考核对象数：7；新增：县农业局；删去：蓬江区；改动：江海区"
    assert store.verify_log() is None


def test_a_unit_taken_off_may_come_back(store: Store, assessment: Assessment) -> None:
    store.correct_roster(assessment.id, assessment.units[1:], "李四", "误删")
    assert store.correct_roster(assessment.id, assessment.units, "李四", "恢复").units == assessment.units


def test_another_order_is_another_roster(store: Store, assessment: Assessment) -> None:
    turned = tuple(reversed(assessment.units))
    assert store.correct_roster(assessment.id, turned, "李四", "按行政区划").units == turned


def test_a_unit_with_sheets_or_facts_stays_and_is_named(
    store: Store, assessment: Assessment, sheet: Callable[..., Sheet]
) -> None:
    store.take(assessment.id, "a.xlsx", b"a", [sheet()], "张三")
    store.add_fact(assessment.id, Fact("江海区", "sanction", "记过"), "", "张三")
    with pytest.raises(StoreProblem, match=r"“江海区”（情形1条）、“蓬江区”（评分表1份）.*名单未作改动.*撤回"):
        store.correct_roster(assessment.id, assessment.units[2:], "李四", "合并")
    assert (store.assessment(assessment.id).units, store.version(assessment.id)) == (assessment.units, 3)


def test_a_unit_with_sheets_keeps_its_group(store: Store, assessment: Assessment, sheet: Callable[..., Sheet]) -> None:
    (taken,) = store.take(assessment.id, "a.xlsx", b"a", [sheet()], "张三")
    rows = [replace(assessment.units[0], group="town"), *assessment.units[1:]]
    with pytest.raises(StoreProblem, match="改了组别"):
        store.correct_roster(assessment.id, rows, "李四", "改组")
    store.withdraw(taken.id, "张三", "误传")
    assert store.correct_roster(assessment.id, rows, "李四", "改组").units == tuple(rows)


def test_a_first_roster_names_everyone_who_has_handed_in(store: Store, sheet: Callable[..., Sheet]) -> None:
    open_one = store.create_assessment("曲江", "s", "t", "h", [], "张三")
    store.take(open_one.id, "a.xlsx", b"a", [sheet()], "张三")
    with pytest.raises(StoreProblem, match="“蓬江区”（评分表1份）"):
        store.correct_roster(open_one.id, [UnitRow("江海区", "g")], "李四", "补名单")
    assert len(store.correct_roster(open_one.id, [UnitRow("蓬江区", "g")], "李四", "补名单").units) == 1


@pytest.mark.parametrize(
    ("units", "reason", "words"),
    [
        ([], "改", "名单中没有考核对象"),
        ([UnitRow("甲", "g"), UnitRow("甲", "g")], "改", "“甲”在名单中重复出现"),
        ([UnitRow("甲", "g")], " ", "更正理由不能为空"),
    ],
)
def test_a_roster_that_cannot_be_is_refused_in_words(
    store: Store, assessment: Assessment, units: list[UnitRow], reason: str, words: str
) -> None:
    with pytest.raises(StoreProblem, match=words):
        store.correct_roster(assessment.id, units, "李四", reason)
    assert store.assessment(assessment.id) == assessment


def test_the_same_roster_again_changes_nothing(store: Store, assessment: Assessment) -> None:
    with pytest.raises(StoreProblem, match="完全相同"):
        store.correct_roster(assessment.id, assessment.units, "李四", "核对")
    assert store.version(assessment.id) == 1


def test_a_roster_made_on_an_older_look_is_refused(store: Store, assessment: Assessment) -> None:
    store.add_fact(assessment.id, Fact("江海区", "sanction", "记过"), "", "张三")
    with pytest.raises(Moved, match="已被他人更新"):
        store.correct_roster(assessment.id, assessment.units[2:], "李四", "改", expected_version=1)


def test_a_unit_with_decisions_or_rectifications_stays_and_is_named(store: Store, assessment: Assessment) -> None:
    first, second, third = (row.name for row in assessment.units[:3])
    store.decide(assessment.id, [Ruling(first, "k", "约谈", "adopted"), Ruling(third, "k", "约谈", "adopted")], "张三")
    store.add_rectifications(assessment.id, [Finding(second, "台账不全"), Finding(second, "进度偏慢")], "张三")
    with pytest.raises(StoreProblem, match=r"“江海区”（整改问题2条）、“蓬江区”（决定1项）。名单未作改动.*结果运用"):
        store.correct_roster(assessment.id, assessment.units[2:], "李四", "合并")
    assert store.assessment(assessment.id).units == assessment.units


def test_a_unit_whose_decisions_and_rectifications_were_taken_back_may_go(store: Store, assessment: Assessment) -> None:
    first, second = (row.name for row in assessment.units[:2])
    (made,) = store.decide(assessment.id, [Ruling(first, "k", "约谈", "adopted")], "张三")
    (item,) = store.add_rectifications(assessment.id, [Finding(second, "台账不全")], "张三")
    store.withdraw_decision(made.id, "李四", "登记有误")
    store.strike_rectification(item.id, "李四", "登记有误")
    assert len(store.correct_roster(assessment.id, assessment.units[2:], "李四", "合并").units) == 5


def test_a_decision_goes_with_its_unit_into_another_group(store: Store, assessment: Assessment) -> None:
    store.decide(assessment.id, [Ruling("蓬江区", "k", "约谈", "adopted")], "张三")
    rows = [replace(assessment.units[0], group="town"), *assessment.units[1:]]
    assert store.correct_roster(assessment.id, rows, "李四", "改组").units == tuple(rows)


def test_a_withdrawn_sheet_of_a_unit_that_left_the_roster_is_not_restored(
    store: Store, assessment: Assessment, sheet: Callable[..., Sheet]
) -> None:
    (taken,) = store.take(assessment.id, "a.xlsx", b"a", [sheet()], "张三")
    store.withdraw(taken.id, "张三", "误传")
    store.correct_roster(assessment.id, assessment.units[1:], "李四", "撤并")
    with pytest.raises(StoreProblem, match="考核对象名单中没有“蓬江区”，未作任何保存"):
        store.restore(taken.id, "张三", "恢复")
    assert store.submissions(assessment.id) == []
    store.correct_roster(assessment.id, assessment.units, "李四", "改回")
    assert store.restore(taken.id, "张三", "恢复").state == "taken"


def test_a_sheet_marked_in_another_group_is_not_restored(
    store: Store, assessment: Assessment, sheet: Callable[..., Sheet]
) -> None:
    (taken,) = store.take(assessment.id, "a.xlsx", b"a", [sheet()], "张三")
    store.withdraw(taken.id, "张三", "误传")
    rows = [replace(assessment.units[0], group="town"), *assessment.units[1:]]
    store.correct_roster(assessment.id, rows, "李四", "改组")
    with pytest.raises(StoreProblem, match=r"“蓬江区”的组别在这份评分表上报之后已经更改.*重新填报、上报"):
        store.restore(taken.id, "张三", "恢复")
    (new,) = store.take(assessment.id, "b.xlsx", b"b", [sheet(score="90")], "张三")
    assert store.withdraw(new.id, "张三", "误传").state == "withdrawn"
    assert store.restore(new.id, "张三", "恢复").state == "taken"


def test_a_fact_registered_in_another_group_is_not_restored(store: Store, assessment: Assessment) -> None:
    """As a sheet: while it stands the unit keeps its group, so it may not come back into another one."""
    row = store.add_fact(assessment.id, Fact("蓬江区", "sanction", "记过"), "", "张三")
    store.withdraw_fact(row.id, "张三", "误记")
    rows = [replace(assessment.units[0], group="town"), *assessment.units[1:]]
    store.correct_roster(assessment.id, rows, "李四", "改组")
    with pytest.raises(StoreProblem, match=r"“蓬江区”的组别在这条情形登记之后已经更改.*重新登记"):
        store.restore_fact(row.id, "张三", "恢复")
    assert store.facts(assessment.id) == []
    store.correct_roster(assessment.id, assessment.units, "李四", "改回")
    assert not store.restore_fact(row.id, "张三", "恢复").withdrawn
