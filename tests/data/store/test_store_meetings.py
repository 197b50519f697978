"""锁定版, 异议, 建议等次, 审定 and 批复 as kept: numbers, order, all or none, history, one line in the log, no new version."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import date

import pytest

from data.store import Assessment, Given, Moved, Store, StoreProblem
from scoring.marks import Sheet

Make = Callable[..., Sheet]
DAY, LATER = date(2020, 12, 10), date(2020, 12, 15)
GRADES = {"蓬江区": Given("好"), "江海区": Given("一般", "会议研究")}


def lock(store: Store, assessment: Assessment, note: str = "") -> int:
    return store.lock_version(assessment.id, store.version(assessment.id), "ab" * 32, "1", note, "张三").number


def move(store: Store, assessment: Assessment, sheet: Make, score: str = "90") -> None:
    store.take(assessment.id, f"{score}.xlsx", score.encode(), [sheet(score=score)], "张三")


@pytest.fixture
def final(store: Store, assessment: Assessment) -> Assessment:
    return store.finalise(assessment.id, "张三")


@pytest.fixture
def number(store: Store, final: Assessment) -> int:
    """The final assessment's 锁定版."""
    return lock(store, final)


def settle(store: Store, assessment: Assessment, of: int, **other: object) -> object:
    told = {"number": "江扶会〔2020〕5号", "day": DAY, "body": "领导小组会议", "grades": GRADES, "note": "", "actor": "李四"}
    return store.settle(assessment.id, of, **(told | other))  # type: ignore[arg-type]


def approve(store: Store, assessment: Assessment, day: date = LATER) -> object:
    return store.approve(assessment.id, "江府函〔2020〕66号", day, "市人民政府", "", "李四")


# 锁定版


def test_numbers_count_from_one_and_are_never_used_again(store: Store, assessment: Assessment, sheet: Make) -> None:
    assert lock(store, assessment, " 初稿 ") == 1
    store.withdraw_lock(assessment.id, 1, "张三", "锁早了")
    assert lock(store, assessment) == 2, "the same version may be locked anew once the first is withdrawn"
    move(store, assessment, sheet)
    assert lock(store, assessment) == 3
    assert [(each.number, each.version, each.state) for each in store.locked_versions(assessment.id)] == [
        (3, 2, "current"), (2, 1, "current"), (1, 1, "withdrawn"),
    ]  # fmt: skip
    assert store.locked_versions(assessment.id)[-1].note == "初稿"


def test_another_version_than_the_present_is_not_locked(store: Store, assessment: Assessment, sheet: Make) -> None:
    move(store, assessment, sheet)
    with pytest.raises(Moved, match="尚未锁定"):
        store.lock_version(assessment.id, 1, "ab" * 32, "1", "", "张三")
    assert store.locked_versions(assessment.id) == []
    assert store.log()[0].action == "上报", "what is refused leaves no line"


def test_of_two_who_lock_at_once_one_gets_the_number_and_the_other_is_told(store: Store, assessment: Assessment) -> None:
    told: list[object] = []

    def one() -> None:
        try:
            told.append(lock(store, assessment))
        except StoreProblem as problem:
            told.append(str(problem))

    threads = [threading.Thread(target=one) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(told, key=str) == [1, "第1版已锁定为锁定版第1号，无须重复锁定。"]


def test_a_number_that_is_not_there_or_was_withdrawn_says_so(store: Store, assessment: Assessment) -> None:
    with pytest.raises(StoreProblem, match="没有锁定版第7号"):
        store.locked_version(assessment.id, 7)
    number = lock(store, assessment)
    with pytest.raises(StoreProblem, match="作废理由不能为空"):
        store.withdraw_lock(assessment.id, number, "张三", " ")
    store.withdraw_lock(assessment.id, number, "张三", "误锁")
    with pytest.raises(StoreProblem, match="锁定版第1号已作废"):
        store.locked_version(assessment.id, number)
    with pytest.raises(StoreProblem, match="已作废"):
        store.suggest(assessment.id, number, GRADES, "", "张三")


def test_what_was_settled_is_not_withdrawn(store: Store, final: Assessment, number: int) -> None:
    settle(store, final, number)
    with pytest.raises(StoreProblem, match="已经审定，不能作废"):
        store.withdraw_lock(final.id, number, "张三", "误锁")


# 步骤


def test_the_steps_are_kept_with_paper_day_body_and_grades(store: Store, final: Assessment, number: int) -> None:
    store.suggest(final.id, number, GRADES, "办公室意见", "张三")
    settle(store, final, number)
    approve(store, final)
    held = store.settlings(final.id)
    assert held["suggested"].grades == held["settled"].grades == GRADES
    assert (held["settled"].number, held["settled"].day, held["settled"].body) == ("江扶会〔2020〕5号", DAY, "领导小组会议")
    assert (held["approved"].number, held["approved"].locked, held["approved"].grades) == ("江府函〔2020〕66号", number, {})


def test_nothing_is_settled_of_a_draft_nor_of_figures_that_moved(store: Store, assessment: Assessment, sheet: Make) -> None:
    early = lock(store, assessment)
    with pytest.raises(StoreProblem, match="尚未定稿，不能审定"):
        settle(store, assessment, early)
    move(store, assessment, sheet)
    store.finalise(assessment.id, "张三")
    with pytest.raises(StoreProblem, match="锁定版第1号锁定的是第1版，现为第3版，不能按旧版审定。请重新锁定"):
        settle(store, assessment, early)
    assert store.settling_history(assessment.id) == []


@pytest.mark.parametrize(("field", "what"), [("number", "审定文号（会议编号）"), ("body", "审定的会议或机关")])
def test_审定_needs_its_paper_and_who_decided(store: Store, final: Assessment, number: int, field: str, what: str) -> None:  # noqa: N802
    with pytest.raises(StoreProblem, match=f"{what}不能为空"):
        settle(store, final, number, **{field: "　"})


def test_批复_follows_审定_and_is_not_dated_before_it(store: Store, final: Assessment, number: int) -> None:  # noqa: N802
    with pytest.raises(StoreProblem, match="尚未审定，不能登记批复"):
        approve(store, final)
    settle(store, final, number)
    with pytest.raises(StoreProblem, match="批复日期2020-12-09早于审定日期2020-12-10"):
        approve(store, final, date(2020, 12, 9))
    assert "approved" not in store.settlings(final.id)
    approve(store, final, DAY)


def test_a_step_is_neither_changed_nor_taken_back_under_what_rests_on_it(store: Store, final: Assessment, number: int) -> None:
    store.suggest(final.id, number, GRADES, "", "张三")
    settle(store, final, number)
    with pytest.raises(StoreProblem, match="已登记审定，不能更改建议等次。请先写明理由撤销审定"):
        store.suggest(final.id, number, {}, "", "张三")
    approve(store, final)
    with pytest.raises(StoreProblem, match="已登记批复，不能更改审定"):
        settle(store, final, number)
    with pytest.raises(StoreProblem, match="已登记批复，不能撤销审定"):
        store.withdraw_settling(final.id, "settled", "张三", "误登")
    with pytest.raises(StoreProblem, match="已经审定，不能退回草稿"):
        store.ask_reopen(final.id, "张三", "补录")


def test_a_step_is_taken_back_with_a_reason_and_stays_on_record(store: Store, final: Assessment, number: int) -> None:
    store.suggest(final.id, number, GRADES, "", "张三")
    store.suggest(final.id, number, {}, "", "张三")
    with pytest.raises(StoreProblem, match="撤销理由不能为空"):
        store.withdraw_settling(final.id, "suggested", "张三", "")
    store.withdraw_settling(final.id, "suggested", "李四", "误登")
    with pytest.raises(StoreProblem, match="还没有登记建议等次，无须撤销"):
        store.withdraw_settling(final.id, "suggested", "李四", "再撤")
    assert [step.state for step in store.settling_history(final.id)] == ["withdrawn", "replaced"]
    assert [entry.action for entry in store.log()[:3]] == ["撤销建议等次", "更正建议等次", "登记建议等次"]
    assert store.log()[0].details == {"reason": "误登"}


def test_of_two_who_settle_on_what_both_saw_one_is_refused(store: Store, final: Assessment, number: int) -> None:
    settle(store, final, number, seen={})
    with pytest.raises(Moved, match="他人已登记、更正或撤销审定，本次操作未生效"):
        settle(store, final, number, seen={}, actor="王五")
    with pytest.raises(Moved):
        store.withdraw_settling(final.id, "settled", "王五", "误登", seen={})
    assert store.settlings(final.id)["settled"].actor == "李四"


# 异议


def object_(store: Store, assessment: Assessment, number: int, unit: str = "江海区") -> int:
    return store.add_objection(assessment.id, number, unit, "漏计一项", "区扶贫办", DAY, "张三").id


def test_an_objection_blocks_审定_until_it_is_answered(store: Store, final: Assessment, number: int) -> None:  # noqa: N802
    row = object_(store, final, number)
    with pytest.raises(StoreProblem, match="异议第1号尚未办理，不能审定"):
        settle(store, final, number)
    store.answer_objection(row, "rejected", "经复核无误", "复核记录1号", "李四")
    settle(store, final, number)
    with pytest.raises(StoreProblem, match="已经审定，不能再登记异议"):
        object_(store, final, number)
    assert [(each.revision, each.status, each.state) for each in store.objection_history(final.id)] == [
        (2, "rejected", "current"), (1, "open", "replaced"),
    ]  # fmt: skip


def test_an_objection_names_a_unit_of_the_roster_what_and_who(store: Store, final: Assessment, number: int) -> None:
    with pytest.raises(StoreProblem, match="斗门区"):
        object_(store, final, number, "斗门区")
    for blank in ("text", "raised_by"):
        told = {"text": "漏计", "raised_by": "区扶贫办"} | {blank: " "}
        with pytest.raises(StoreProblem, match="不能为空"):
            store.add_objection(final.id, number, "江海区", told["text"], told["raised_by"], DAY, "张三")
    assert store.objections(final.id) == []


def test_an_objection_is_answered_by_one_of_two_and_each_answer_is_kept(store: Store, final: Assessment, number: int) -> None:
    row = object_(store, final, number)
    with pytest.raises(StoreProblem, match="办理结果只能是“采纳”或“不采纳”"):
        store.answer_objection(row, "open", "不办", "", "李四")
    first = store.answer_objection(row, "upheld", "采纳", "", "李四")
    with pytest.raises(Moved, match="已被他人办理或撤销"):
        store.answer_objection(row, "rejected", "不采纳", "", "王五")
    store.answer_objection(first.id, "rejected", "再核无误", "", "王五")
    (now,) = store.objections(final.id)
    assert (now.status, now.revision, now.text) == ("rejected", 3, "漏计一项")
    store.withdraw_objection(now.id, "张三", "提出单位撤回")
    assert store.objections(final.id) == []
    object_(store, final, number)
    assert [each.item for each in store.objections(final.id)] == [2]


# 版本与日志


def test_nothing_of_all_this_moves_the_version_and_each_is_one_line_in_a_log_that_holds(
    store: Store, final: Assessment, number: int
) -> None:
    begun, version = len(store.log()), store.version(final.id)
    row = object_(store, final, number)
    store.answer_objection(row, "rejected", "无误", "", "李四")
    store.suggest(final.id, number, GRADES, "", "张三")
    settle(store, final, number)
    approve(store, final)
    store.record_export(final.id, "考核情况报告", {"document": "报告.docx", "sha256": "0" * 64}, "张三")
    assert len(store.log()) == begun + 6
    assert store.version(final.id) == version
    assert all(entry.version == version and entry.assessment == final.id for entry in store.log()[:6])
    assert store.verify_log() is None


def test_every_earlier_version_is_what_it_was_beside_all_this(store: Store, assessment: Assessment, sheet: Make) -> None:
    move(store, assessment, sheet, "80")
    lock(store, assessment)
    store.suggest(assessment.id, 1, GRADES, "", "张三")
    before = store.load(assessment.id)
    move(store, assessment, sheet, "90")
    object_(store, assessment, 1)
    final = store.finalise(assessment.id, "张三")
    store.answer_objection(store.objections(assessment.id)[0].id, "rejected", "无误", "", "李四")
    settle(store, final, lock(store, final))
    assert store.load_at(assessment.id, 2) == before
    assert all(entry.kept for entry in store.versions(assessment.id))


def test_the_standing_mark_rises_with_every_step_and_not_with_a_document_taken_out(store: Store, final: Assessment, number: int) -> None:
    mark = store.standing_mark(final.id)
    store.record_export(final.id, "考核情况报告", {}, "张三")
    assert store.standing_mark(final.id) == mark
    store.suggest(final.id, number, GRADES, "", "张三")
    assert store.standing_mark(final.id) > mark
    assert store.standing_mark(99) == 0
    assert store.version_made(final.id, 1) == store.log(final.id)[-1].at
    assert store.version_made(final.id, 9) is None
