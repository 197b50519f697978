"""锁定与审定 as an office uses it: lock, suggest, deal with an 异议, settle, approve; and what is refused in words."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from components.navigation import LOCK
from data.demo import load_demo
from data.locked import lock
from data.store import Assessment, Given, Store
from scoring.marks import Fact
from tests.data import locks
from tests.pages import builders

Visit = Callable[..., AppTest]


def text(at: AppTest) -> str:
    """All that stands on the page outside its fields."""
    kinds = (at.markdown, at.caption, at.success, at.error, at.warning, at.info, at.subheader)
    said = [each.value for kind in kinds for each in kind]
    return "\n".join(said).replace("\\", "").replace("\u2060", "").replace("**", "").replace("\u00a0", " ")


def press(at: AppTest, key: str) -> AppTest:
    at.button(key=key).click().run()
    assert not at.exception, at.exception[0].stack_trace
    return at


def has_button(at: AppTest, key: str) -> bool:
    return any(button.key == key for button in at.button)


def fill(at: AppTest, label: str, value: str, nth: int = 0) -> None:
    [field for field in at.text_input if field.label == label][nth].set_value(value)


def day(at: AppTest, label: str, value: date) -> None:
    next(field for field in at.date_input if field.label == label).set_value(value)


def choose(at: AppTest, label: str, value: Any) -> AppTest:
    """The box of that label whose options hold the value."""
    next(box for box in at.selectbox if box.label == label and value in box.options).select(value)
    return at.run()


def only(store: Store) -> Assessment:
    return store.assessments()[0]


@pytest.fixture
def final_store(county_store: Store) -> Store:
    """江门's seven, whole and 定稿."""
    builders.last_sheet(county_store, only(county_store))
    locks.confirm_all(county_store, only(county_store))
    county_store.finalise(only(county_store).id, builders.CHECKER)
    return county_store


@pytest.fixture
def locked_store(final_store: Store) -> Store:
    """The same, locked once."""
    lock(final_store, only(final_store).id, builders.CLERK)
    return final_store


def suggest_台山市(at: AppTest, grade: str, reason: str) -> AppTest:  # noqa: N802
    """In the open form: give 台山市 another grade than was computed."""
    at.multiselect[0].select("台山市").run()
    choose(at, "给予等次", grade)
    fill(at, "理由（与测算不同必填）", reason)
    return at.run()


def test_before_the_first_lock_the_page_says_what_would_be_locked(county_store: Store, visit: Visit) -> None:
    said = text(visit(LOCK))
    assert "现在的数据（第24版）尚未锁定。草稿，评分表缺1份：恩平市的日常工作。" in said
    assert "还没有锁定版" in said


def test_a_version_is_locked_with_a_note_and_shown_with_its_code(county_store: Store, visit: Visit) -> None:
    at = press(visit(LOCK), "lock-open")
    assert "尚未定稿：锁定后可用于汇报和研究建议等次" in text(at)
    fill(at, "备注（如：提交×月×日领导小组会议）", "12月8日会议")
    press(at, "lock-save")
    record = county_store.locked_versions(only(county_store).id)[0]
    assert (record.number, record.note) == (1, "12月8日会议")
    said = text(at)
    assert "已锁定第24版。" in said
    assert "现在的数据（第24版）已锁定为锁定版第1号，无须重复锁定。" in said
    assert f"校验码{record.code}" in said
    assert not has_button(at, "lock-open")


def test_a_version_that_moved_under_the_open_form_is_not_locked_unseen(county_store: Store, visit: Visit) -> None:
    at = press(visit(LOCK), "lock-open")
    builders.last_sheet(county_store, only(county_store))
    press(at, "lock-save")
    assert "尚未锁定。请重新查看最新情况后再锁定" in text(at)
    assert county_store.locked_versions(only(county_store).id) == []


def test_the_way_says_what_is_next_and_what_blocks_审定(county_store: Store, visit: Visit) -> None:  # noqa: N802
    lock(county_store, only(county_store).id, builders.CLERK)
    at = visit(LOCK)
    said = text(at)
    assert "好2个、较好3个、一般1个；暂缺1个（恩平市）" in said
    assert "本年度考核尚未定稿：请先在“年度考核”办结各项并定稿，再锁定" in said
    assert "审定后方可登记批复" in said
    assert has_button(at, "lock-suggested-open")
    assert not has_button(at, "lock-settled-open")


def test_newer_data_are_told_with_the_grades_that_moved_and_block_审定_of_the_older(  # noqa: N802
    county_store: Store, visit: Visit
) -> None:
    made = only(county_store)
    lock(county_store, made.id, builders.CLERK)
    row = county_store.add_fact(made.id, Fact("鹤山市", "sanction", "记过"), "", "张三")
    county_store.confirm_fact(row.id, "李四")
    said = text(visit(LOCK))
    assert "更新（第26版），本页为锁定版第1号（第24版）。" in said
    assert "等次变化1个：鹤山市由“好”降为“较好”" in said
    assert "锁定版第1号锁定的是第24版，现为第26版：请重新锁定，审定新的锁定版" in said
    assert "好2个、较好3个、一般1个" in said, "the locked figures stay"


def test_a_suggested_grade_that_differs_needs_its_reason_and_is_shown_beside_the_computed(
    locked_store: Store, visit: Visit
) -> None:
    at = suggest_台山市(press(visit(LOCK), "lock-suggested-open"), "一般", "")
    press(at, "lock-suggested-save")
    assert "台山市由测算的“较好”改为“一般”，请写明理由。" in text(at)
    fill(at, "理由（与测算不同必填）", "暗访问题较多，会议研究")
    press(at, "lock-suggested-save")
    step = locked_store.settlings(only(locked_store).id)["suggested"]
    assert step.grades["台山市"] == Given("一般", "暗访问题较多，会议研究")
    assert len(step.grades) == 7
    assert "与测算等次不同1个（台山市）" in text(at)
    rows = at.table[0].value.set_index("市（区）")
    assert "较\u2060好" in rows.loc["台山市", "测算等次"]
    assert rows.loc["台山市", "建议等次"].endswith("　理由：暗访问题较多，会议研究")


def test_a_grade_over_a_limit_is_warned_of_with_its_clause_and_refused_without_a_paper(
    locked_store: Store, visit: Visit
) -> None:
    at = press(visit(LOCK), "lock-suggested-open")
    at.multiselect[0].select("新会区").run()
    choose(at, "给予等次", "好")
    fill(at, "理由（与测算不同必填）", "工作扎实")
    at.run()
    assert "按五（四）不得评为“好”" in text(at)
    press(at, "lock-suggested-save")
    assert "请在理由中写明所依据的文件（文号或会议纪要）" in text(at)
    assert "suggested" not in locked_store.settlings(only(locked_store).id)
    fill(at, "理由（与测算不同必填）", "江扶会〔2020〕5号决定")
    press(at, "lock-suggested-save")
    assert locked_store.settlings(only(locked_store).id)["suggested"].grades["新会区"].grade == "好"
    assert "现建议等次为“好”。依据：江扶会〔2020〕5号决定" in text(at), "it stays marked as long as it stands"


def test_an_objection_is_registered_blocks_审定_and_is_answered(locked_store: Store, visit: Visit) -> None:  # noqa: N802
    at = press(visit(LOCK), "lock-objection-open")
    choose(at, "市（区）", "江海区")
    fill(at, "异议内容", "日常工作得分漏计一项")
    fill(at, "提出人（单位）", "江海区扶贫办")
    press(at, "objection-save")
    assert "已登记江海区的异议。" in text(at)
    assert "第1号（江海区）待办理" in text(at)
    assert not has_button(at, "lock-settled-open")
    press(at, "answer-1")
    press(at, "answer-save")
    assert "请选择采纳或不采纳" in text(at)
    at.segmented_control[-1].select("rejected")
    press(at, "answer-save")
    assert "办理意见不能为空" in text(at)
    fill(at, "办理意见", "经复核，计分无误")
    press(at, "answer-save")
    (each,) = locked_store.objections(only(locked_store).id)
    assert (each.status, each.reply) == ("rejected", "经复核，计分无误")
    assert has_button(at, "lock-settled-open")


def test_an_objection_is_taken_back_with_a_reason(locked_store: Store, visit: Visit) -> None:
    made = only(locked_store).id
    locked_store.add_objection(made, 1, "江海区", "漏计", "江海区扶贫办", date(2020, 12, 9), "张三")
    at = press(visit(LOCK), "unobject-1")
    press(at, "unobject-save")
    assert "撤销理由不能为空" in text(at)
    fill(at, "撤销理由", "提出单位撤回")
    press(at, "unobject-save")
    assert locked_store.objections(made) == []
    assert "已撤销第1号异议。" in text(at)


def test_审定_is_filled_in_from_建议等次_and_批复_follows(locked_store: Store, visit: Visit) -> None:  # noqa: N802
    at = suggest_台山市(press(visit(LOCK), "lock-suggested-open"), "一般", "会议研究")
    press(press(at, "lock-suggested-save"), "lock-settled-open")
    press(at, "lock-settled-save")
    assert "请填写审定日期" in text(at)
    fill(at, "审定文号（会议编号）", "江扶会〔2020〕5号")
    fill(at, "审定的会议或机关", "市扶贫开发领导小组会议")
    day(at, "审定日期", date(2020, 12, 10))
    press(at, "lock-settled-save")
    step = locked_store.settlings(only(locked_store).id)["settled"]
    assert step.grades["台山市"] == Given("一般", "会议研究")
    assert "市扶贫开发领导小组会议2020-12-10审定（江扶会〔2020〕5号）" in text(at)
    press(at, "lock-approved-open")
    fill(at, "批复文号", "江府函〔2020〕66号")
    fill(at, "批复机关", "江门市人民政府")
    day(at, "批复日期", date(2020, 12, 9))
    press(at, "lock-approved-save")
    assert "批复日期2020-12-09早于审定日期2020-12-10" in text(at)
    day(at, "批复日期", date(2020, 12, 15))
    press(at, "lock-approved-save")
    assert "江门市人民政府2020-12-15批复（江府函〔2020〕66号）" in text(at)
    assert [each for each in at.get("page_link") if each.proto.label == "去结果运用登记通报"]
    assert not has_button(at, "lock-settled-open"), "what 批复 rests on is not corrected under it"


def test_a_day_that_has_not_come_is_refused_in_words(locked_store: Store, visit: Visit) -> None:
    at = press(visit(LOCK), "lock-settled-open")
    fill(at, "审定文号（会议编号）", "江扶会〔2020〕5号")
    fill(at, "审定的会议或机关", "领导小组")
    day(at, "审定日期", date(2099, 1, 1))
    press(at, "lock-settled-save")
    assert "审定日期2099-01-01在今天（" in text(at)


def test_what_somebody_else_changed_meanwhile_is_not_saved_over(locked_store: Store, visit: Visit) -> None:
    made = only(locked_store).id
    at = press(visit(LOCK), "lock-suggested-open")
    locked_store.suggest(made, 1, {"台山市": Given("一般", "他人")}, "", "李四")
    press(at, "lock-suggested-save")
    assert "在您查看之后，他人已登记、更正或撤销建议等次，本次操作未生效。" in text(at)
    assert locked_store.settlings(made)["suggested"].grades["台山市"].reason == "他人"


def test_each_step_is_undone_with_a_reason_and_stays_on_record(locked_store: Store, visit: Visit) -> None:
    made = only(locked_store).id
    locked_store.suggest(made, 1, {}, "", "李四")
    at = press(visit(LOCK), "lock-undo-suggested-open")
    press(at, "lock-undo-save")
    assert "撤销理由不能为空" in text(at)
    fill(at, "撤销理由", "误登")
    press(at, "lock-undo-save")
    assert locked_store.settlings(made) == {}
    said = text(at)
    assert "已撤销建议等次。" in said
    assert "登记锁定版第1号建议等次，后已撤销" in said


def test_a_withdrawn_version_is_told_of_and_never_another_shown_in_its_place(locked_store: Store, visit: Visit) -> None:
    at = press(visit(LOCK), "lock-withdraw-open")
    fill(at, "作废理由", "锁定有误")
    press(at, "lock-withdraw-save")
    assert "已作废锁定版第1号。" in text(at)
    assert at.table[-1].value["进度"].to_list() == ["已作废"]
    assert "锁定版第1号已作废，不再用于汇报和成文" in text(visit(LOCK, lock="1"))
    assert "没有“7x”号锁定版" in text(visit(LOCK, lock="7x"))


def test_another_version_is_chosen_and_kept_in_the_address(county_store: Store, visit: Visit) -> None:
    made = only(county_store)
    lock(county_store, made.id, builders.CLERK)
    builders.last_sheet(county_store, made)
    lock(county_store, made.id, builders.CLERK)
    at = visit(LOCK)
    assert at.query_params["lock"] in ("2", ["2"])
    box = next(each for each in at.selectbox if each.label == "锁定版")
    box.select(1).run()
    assert at.query_params["lock"] in ("1", ["1"])
    assert "暂缺1个（恩平市）" in text(at)


def test_judgement_settles_the_list_without_grades(page_store: Store, visit: Visit) -> None:
    (made,) = load_demo(page_store, documents=["qujiang-2018"])
    lock(page_store, made.id, builders.CLERK)
    at = visit(LOCK)
    said = text(at)
    assert "本方案不打分、不评等次" in said
    assert "建议等次" not in said
    assert not has_button(at, "lock-suggested-open")


def test_where_grades_are_given_by_judgement_everyone_has_a_line(page_store: Store, visit: Visit) -> None:
    (made,) = load_demo(page_store, documents=["guangdong-2019"])
    lock(page_store, made.id, builders.CLERK)
    at = press(visit(LOCK), "lock-suggested-open")
    assert len([box for box in at.selectbox if box.label == "给予等次"]) == 20
    press(at, "lock-suggested-save")
    assert "尚未给出等次，请选择等次。" in text(at)


def test_names_and_notes_act_as_no_markdown(county_store: Store, visit: Visit) -> None:
    lock(county_store, only(county_store).id, "<b>甲</b>", "**粗** [点](/x)")
    at = visit(LOCK)
    cells = at.table[-1].value["锁定时间、锁定人、备注"].to_list()
    assert cells[0].endswith(r"　\<b\>甲\</b\>　\*\*粗\*\* \[点\]\(/x\)")
