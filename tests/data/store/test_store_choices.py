"""情景 and settings: saved under a name, replaced, never overwritten."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from data.store import Assessment, Store, StoreProblem
from scoring.marks import Sheet

TRIAL = {"weights": {"cross": "50", "municipal": "25", "daily": "25"}, "hidden": True, "lines": [90, None]}


def test_a_scenario_comes_back_as_saved(store: Store, assessment: Assessment) -> None:
    saved = store.save_scenario(assessment.id, "加重交叉考核", TRIAL, "张三", "征求意见")
    assert store.scenarios(assessment.id) == [saved]
    assert (saved.name, saved.settings, saved.reason, saved.actor) == ("加重交叉考核", TRIAL, "征求意见", "张三")
    assert store.log()[0].details == {"settings": TRIAL, "reason": "征求意见"}


def test_saving_a_name_again_replaces_it_and_other_assessments_keep_theirs(
    store: Store, assessment: Assessment
) -> None:
    other = store.create_assessment("2021年考核", "s", "t", "h", [], "张三")
    theirs = store.save_scenario(other.id, "甲案", TRIAL, "张三")
    store.save_scenario(assessment.id, "甲案", {}, "张三")
    again = store.save_scenario(assessment.id, "甲案", TRIAL, "李四")
    assert store.scenarios(assessment.id) == [again]
    assert store.scenarios(other.id) == [theirs]


def test_a_withdrawn_scenario_leaves_the_list(store: Store, assessment: Assessment) -> None:
    saved = store.save_scenario(assessment.id, "甲案", TRIAL, "张三")
    store.withdraw_scenario(saved.id, "张三", "不再使用")
    assert store.scenarios(assessment.id) == []
    with pytest.raises(StoreProblem, match="已撤销或已被新的同名情景取代"):
        store.withdraw_scenario(saved.id, "张三")
    with pytest.raises(StoreProblem, match="没有找到这个情景"):
        store.withdraw_scenario(99, "张三")
    with pytest.raises(StoreProblem, match="情景名称不能为空"):
        store.save_scenario(assessment.id, "", TRIAL, "张三")


def test_a_setting_holds_until_it_is_set_again_and_earlier_values_stay(store: Store, assessment: Assessment) -> None:
    store.set_setting(assessment.id, "assumption:ticks", "95/85/75/60", "张三", subject="勾选折算分值")
    store.set_setting(assessment.id, "assumption:ticks", "95/85/70/50", "李四")
    assert store.settings(assessment.id)["assumption:ticks"].value == "95/85/70/50"
    values = [(one.value, one.actor) for one in store.setting_history(assessment.id, "assumption:ticks")]
    assert values == [("95/85/70/50", "李四"), ("95/85/75/60", "张三")]
    assert store.version(assessment.id) == 3


def test_what_changes_no_result_is_logged_but_fails_nobodys_upload(
    store: Store, assessment: Assessment, sheet: Callable[..., Sheet]
) -> None:
    saved = store.save_scenario(assessment.id, "甲案", TRIAL, "规划")
    store.withdraw_scenario(saved.id, "规划")
    store.set_setting(assessment.id, "whatif-names", "汇报", "规划", action="显示名称测算")
    assert store.version(assessment.id) == 1
    store.take(assessment.id, "a.xlsx", b"a", [sheet()], "经办", expected_version=1)
    told = [(entry.action, entry.version) for entry in store.log(assessment.id)]
    assert told[:4] == [("上报", 2), ("显示名称测算", 1), ("撤销情景", 1), ("保存情景", 1)]
    assert store.verify_log() is None


def test_what_viewers_see_of_the_results_raises_the_version(store: Store, assessment: Assessment) -> None:
    store.set_setting(assessment.id, "towns_shown:440703", "1", "张三", action="公开镇级成绩")
    store.set_setting(assessment.id, "assumption:rounding", "不舍入", "张三")
    assert store.version(assessment.id) == 3


def test_the_log_says_what_a_setting_was_before(store: Store, assessment: Assessment) -> None:
    store.set_setting(assessment.id, "towns_shown:440703", "1", "张三", action="公开镇街结果", subject="蓬江区")
    store.set_setting(assessment.id, "towns_shown:440703", "", "张三", action="公开镇街结果")
    newest, older = store.log(action="公开镇街结果")
    assert (older.subject, older.details["before"]) == ("蓬江区", None)
    assert newest.details == {"key": "towns_shown:440703", "value": "", "before": "1"}


def test_settings_belong_to_one_assessment(store: Store, assessment: Assessment) -> None:
    other = store.create_assessment("2021年考核", "s", "t", "h", [], "张三")
    store.set_setting(assessment.id, "k", "v", "张三")
    assert store.settings(other.id) == {}
    with pytest.raises(StoreProblem, match="设置项不能为空"):
        store.set_setting(assessment.id, " ", "v", "张三")
