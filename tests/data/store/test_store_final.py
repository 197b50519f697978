"""定稿 and 退回草稿: once final nothing that may change a result is taken; 口径 confirmed together, on a paper."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from data.store import READING, SHOWN, TARGET, Assessment, Moved, Store, StoreProblem, UnitRow
from scoring.marks import Fact, Sheet

REFUSED = "已定稿.*退回草稿"
Make = Callable[..., Sheet]


@pytest.fixture
def final(store: Store, assessment: Assessment, sheet: Make) -> Assessment:
    """With one sheet and one pending 情形, finalised by 王五."""
    store.take(assessment.id, "a.xlsx", b"a", [sheet()], "张三")
    store.add_fact(assessment.id, Fact("台山市", "sanction", "记过"), "", "张三")
    return store.finalise(assessment.id, "王五")


def test_a_final_assessment_says_so_and_is_one_version_further(store: Store, final: Assessment) -> None:
    assert (final.state, final.version) == ("final", 4)
    assert store.assessment(final.id).state == "final"
    assert [one.state for one in store.assessments()] == ["final"]
    newest = store.log(final.id)[0]
    assert (newest.action, newest.subject, newest.actor, newest.version) == (
        "定稿",
        "2020年考核：定稿，第4版",
        "王五",
        4,
    )


def test_once_final_nothing_that_moves_a_result_is_taken(store: Store, final: Assessment, sheet: Make) -> None:
    (taken,) = store.submissions(final.id)
    (pending,) = store.facts(final.id)
    roster = [UnitRow("蓬江区", "county")]
    attempts = (
        lambda: store.take(final.id, "b.xlsx", b"b", [sheet("台山市")], "张三"),
        lambda: store.withdraw(taken.id, "张三", "有误"),
        lambda: store.add_fact(final.id, Fact("台山市", "sanction", "记过"), "", "张三"),
        lambda: store.confirm_fact(pending.id, "李四"),
        lambda: store.withdraw_fact(pending.id, "李四", "有误"),
        lambda: store.set_setting(final.id, READING + "ticks", "默认", "张三"),
        lambda: store.set_setting(final.id, TARGET + "income", "9.6", "张三"),
        lambda: store.confirm(final.id, {READING + "ticks": "默认"}, "张三", ""),
        lambda: store.correct_roster(final.id, roster, "张三", "更正"),
    )
    for attempt in attempts:
        with pytest.raises(StoreProblem, match=REFUSED):
            attempt()
    assert store.version(final.id) == final.version
    assert len(store.log()) == 4


def test_a_sheet_withdrawn_before_cannot_come_back_once_final(
    store: Store, assessment: Assessment, sheet: Make
) -> None:
    (taken,) = store.take(assessment.id, "a.xlsx", b"a", [sheet()], "张三")
    store.withdraw(taken.id, "张三", "有误")
    store.finalise(assessment.id, "王五")
    with pytest.raises(StoreProblem, match=REFUSED):
        store.restore(taken.id, "张三", "无误")


def test_what_moves_no_result_is_still_possible(store: Store, final: Assessment) -> None:
    store.save_scenario(final.id, "甲案", {}, "规划")
    store.set_setting(final.id, SHOWN + "440703", "1", "张三", action="公开镇级成绩")
    assert store.version(final.id) == final.version + 1


def test_reopened_with_a_reason_it_takes_sheets_again(store: Store, final: Assessment, sheet: Make) -> None:
    with pytest.raises(StoreProblem, match="退回草稿的理由不能为空"):
        store.ask_reopen(final.id, "王五", "  ")
    asked = store.ask_reopen(final.id, "王五", "补报一份评分表")
    assert store.version(final.id) == final.version
    store.grant(asked.id, "赵六", "同意")
    again = store.assessment(final.id)
    assert (again.state, again.version) == ("draft", final.version + 1)
    told = store.log(final.id)[0]
    assert (told.action, told.actor, told.subject) == ("退回草稿", "赵六", "2020年考核：退回草稿，第5版")
    expected = {"request": asked.id, "asked": "退回草稿", "asked_by": "王五", "reason": "补报一份评分表", "answer": "同意"}
    assert told.details == expected
    store.take(final.id, "b.xlsx", b"b", [sheet("台山市")], "张三")
    assert store.verify_log() is None


def test_neither_step_is_taken_twice(store: Store, final: Assessment) -> None:
    with pytest.raises(StoreProblem, match="已定稿，无须重复"):
        store.finalise(final.id, "王五")
    store.grant(store.ask_reopen(final.id, "王五", "补报").id, "赵六")
    with pytest.raises(StoreProblem, match="尚未定稿"):
        store.ask_reopen(final.id, "王五", "补报")


def test_nobody_finalises_what_changed_after_they_looked(store: Store, assessment: Assessment, sheet: Make) -> None:
    store.take(assessment.id, "a.xlsx", b"a", [sheet()], "张三")
    with pytest.raises(Moved):
        store.finalise(assessment.id, "王五", expected_version=1)
    assert store.assessment(assessment.id).state == "draft"


def test_a_cleared_demo_and_a_stranger_cannot_be_finalised(store: Store) -> None:
    made = store.create_assessment("示例", "s", "t", "h", [], "张三", demo=True)
    store.remove_demo("张三")
    for unknown in (made.id, 99):
        with pytest.raises(StoreProblem, match="没有这个年度考核"):
            store.finalise(unknown, "王五")


def test_several_readings_are_confirmed_in_one_step_on_one_paper(store: Store, assessment: Assessment) -> None:
    wanted = {READING + "ticks": "默认", READING + "rounding": "不舍入"}
    store.confirm(assessment.id, wanted, "张三", "两项", " 纪要〔2020〕3号 ")
    held = store.settings(assessment.id)
    assert {key: (one.value, one.paper) for key, one in held.items()} == {
        READING + "ticks": ("默认", "纪要〔2020〕3号"),
        READING + "rounding": ("不舍入", "纪要〔2020〕3号"),
    }
    newest = store.log(assessment.id)[0]
    assert (newest.action, newest.subject, newest.version) == ("确认口径", "两项", 2)
    assert newest.details["basis"] == "纪要〔2020〕3号"
    assert store.log(assessment.id)[1].action == "新建考核"


def test_each_confirmation_keeps_the_paper_it_was_made_on(store: Store, assessment: Assessment) -> None:
    key = READING + "ticks"
    store.set_setting(assessment.id, key, "默认", "张三", paper="纪要〔2020〕3号")
    store.set_setting(assessment.id, key, "100/85/75/60", "李四")
    told = [(one.value, one.actor, one.paper) for one in store.setting_history(assessment.id, key)]
    assert told == [("100/85/75/60", "李四", ""), ("默认", "张三", "纪要〔2020〕3号")]
    assert store.settings(assessment.id)[key].paper == ""


def test_nothing_chosen_is_refused_in_words(store: Store, assessment: Assessment) -> None:
    with pytest.raises(StoreProblem, match="没有选择任何一项"):
        store.confirm(assessment.id, {}, "张三", "")
    assert store.version(assessment.id) == 1


def test_a_figure_filled_in_raises_the_version(store: Store, assessment: Assessment) -> None:
    store.set_setting(assessment.id, TARGET + "income", "9.6", "张三", action="填报目标数值")
    assert store.version(assessment.id) == 2
