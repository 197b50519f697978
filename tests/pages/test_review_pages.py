"""提交, 复核, 退回, unlocking and 恢复 as clerks and reviewers do them on the pages, and an auditor's way through the log."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from components.access import signed_in
from components.navigation import ASSESSMENTS, ASSUMPTIONS, LIMITS, LOG, OVERVIEW, PROGRESS, UPLOAD
from data.access import Duty, Person
from data.state import load_state
from data.store import READING, Store
from scoring.marks import Fact
from tests.pages import builders
from tests.pages.county_hands import drop, form, keys, press, settle, text, ticks

Visit = Callable[..., AppTest]
CLERK, CHECKER = builders.CLERK, builders.CHECKER


@pytest.fixture
def asked(county_store: Store) -> Store:
    """江门's seven with 21 sheets by 李经办 (自查自评 among them), all at 填报, where 复核 is asked for."""
    county_store.set_review_required(1, True, "管理员")
    return county_store


def sign(at: AppTest, name: str) -> AppTest:
    at.text_input(key="actor-box").set_value(name)
    return settle(at)


def stage_counts(store: Store) -> dict[str, int]:
    stages = [one.stage for one in store.stages(1)]
    return {stage: stages.count(stage) for stage in ("filled", "handed", "reviewed")}


def agreeing(at: AppTest) -> dict[str, str]:
    """What waits for this viewer's consent, as the page's head says it, and where it leads."""
    links = [(each.proto.label, f"{each.proto.page}?{each.proto.query_string}") for each in at.get("page_link")]
    return {label.split("： ")[-1].split(": ")[-1].removesuffix(" ›]"): to for label, to in links if "待您同意" in label}


def as_person(monkeypatch: pytest.MonkeyPatch, person: Person) -> None:
    monkeypatch.setattr(signed_in, "person", lambda store: person)


def test_without_the_requirement_the_pages_say_nothing_of_stages(county_store: Store, visit: Visit) -> None:
    at = visit(PROGRESS)
    assert "已收" in text(at)
    assert not keys(at, "hand-in") + keys(at, "review-")
    assert not keys(visit(UPLOAD), "hand-in")


def test_a_clerk_hands_in_all_sheets_at_once_and_the_grid_says_so_in_words(asked: Store, visit: Visit) -> None:
    at = sign(visit(PROGRESS), CLERK)
    assert ":material/edit_note: 填报　第1次，李经办 " in text(at)
    assert at.button(key="hand-in-do").label == "提交21份"
    press(at, "hand-in-do")
    assert "已提交21份评分表，待另一人复核。" in text(at)
    assert ":blue[:material/send: 提交]　第1次，李经办 " in text(at)
    assert ":material/hourglass_empty: 缺" in text(at) or "逾期" in text(at)  # 恩平市's 日常工作 has not come
    assert stage_counts(asked) == {"filled": 0, "handed": 21, "reviewed": 0}


def test_a_reviewer_goes_from_sheet_to_sheet_with_one_press_each(asked: Store, visit: Visit) -> None:
    asked.hand_in([one.id for one in asked.stages(1)], CLERK)
    at = sign(visit(PROGRESS), CHECKER)
    assert "待复核21份，第1份" in text(at)
    first = keys(at, "review-do-")
    assert len(first) == 1
    assert "1 建档立卡贫困人口退出情况" in text(at)  # the sheet's marks, each with its cell
    assert "D5" in text(at)
    for done in range(1, 4):
        press(at, keys(at, "review-do-")[0])
        assert f"待复核{21 - done}份，第1份" in text(at)
    assert keys(at, "review-do-") != first
    assert stage_counts(asked) == {"filled": 0, "handed": 18, "reviewed": 3}
    press(at, "review-next")
    press(at, "review-next")
    assert "待复核18份，第3份" in text(at)
    press(at, keys(at, "review-do-")[0])  # from the middle on to the next, not back to the first
    assert "待复核17份，第3份" in text(at)


def test_several_are_reviewed_at_once_and_the_one_who_handed_in_is_refused(asked: Store, visit: Visit) -> None:
    ids = [one.id for one in asked.stages(1)]
    asked.hand_in(ids, CLERK)
    at = sign(visit(PROGRESS), CLERK)
    press(at, "review-every")
    assert sorted(at.multiselect(key="review-some-1").value) == ids
    at.multiselect(key="review-some-1").set_value(ids[:5])
    settle(at)
    press(at, "review-all")
    assert "须由另一人复核，未复核任何一份" in text(at)
    sign(at, CHECKER)
    press(at, "review-all")
    assert "已复核5份评分表。" in text(at)
    assert stage_counts(asked) == {"filled": 0, "handed": 16, "reviewed": 5}


def test_a_sheet_sent_back_shows_its_reason_to_the_clerk_who_replaces_it_and_hands_it_in(
    asked: Store, visit: Visit
) -> None:
    one = next(one for one in asked.stages(1) if (one.unit, one.component) == ("蓬江区", "cross"))
    asked.hand_in([one.id], CLERK)
    at = sign(visit(PROGRESS), CHECKER)
    press(at, f"review-back-{one.id}")
    assert "退回理由不能为空" in text(at)
    at.text_input(key=f"review-why-{one.id}").set_value("第3项无佐证")
    settle(at)
    press(at, f"review-back-{one.id}")
    assert ":red[:material/undo: 退回]　第1次，第3项无佐证（王复核" in text(at)
    assert "日退回）" in text(at)
    clerk = sign(drop(visit(UPLOAD), ("改.xlsx", form(ticks("蓬江区", "cross")))), CLERK)
    assert "蓬江区 交叉考核：第3项无佐证" in text(clerk)
    press(clerk, "take")
    clerk.multiselect(key="hand-in-some-1").set_value([next(s.id for s in asked.stages(1) if s.revision == 2)])
    settle(clerk)
    press(clerk, "hand-in-do")
    reviewer = sign(visit(PROGRESS), CHECKER)
    assert "与第1次相比：第1项 好→较好" in text(reviewer)


def test_a_file_for_a_locked_sheet_is_announced_and_refused_in_words(asked: Store, visit: Visit) -> None:
    one = next(one for one in asked.stages(1) if (one.unit, one.component) == ("蓬江区", "cross"))
    asked.hand_in([one.id], CLERK)
    asked.review([one.id], CHECKER)
    at = sign(drop(visit(UPLOAD), ("改.xlsx", form(ticks("蓬江区", "cross")))), CLERK)
    assert any("蓬江区 交叉考核（已复核）已锁定" in each.value.replace("\\", "") for each in at.warning)
    press(at, "take")
    assert "蓬江区的交叉考核评分表（第1次）已由王复核于" in text(at)
    assert "复核锁定，不能替换" in text(at)


def test_a_second_person_unlocks_and_an_auditor_finds_who_why_and_who_agreed_in_one_row(
    asked: Store, visit: Visit
) -> None:
    one = next(one for one in asked.stages(1) if (one.unit, one.component) == ("蓬江区", "cross"))
    asked.hand_in([one.id], CLERK)
    asked.review([one.id], CHECKER)
    at = sign(visit(PROGRESS), CLERK)
    assert not keys(at, f"do-{one.id}")  # neither 撤回 nor 恢复 is offered for what is locked
    at.text_input(key=f"unlock-why-{one.id}").set_value("第3项漏填")
    settle(at)
    press(at, f"unlock-do-{one.id}")
    assert "须由另一人署名同意" in text(at)
    assert not keys(at, "request-grant-")
    other = sign(visit(OVERVIEW).switch_page(PROGRESS).run(), "赵主任")
    assert agreeing(other) == {"待您同意：1项申请": "progress?a=1"}
    assert "李经办于" in text(other)
    assert not keys(other, "request-grant-")  # one touch is not enough
    other.segmented_control(key="request-way-1").set_value("同意")
    settle(other)
    press(other, "request-grant-1")
    assert "已同意李经办的申请，解锁这份评分表。" in text(other)
    assert asked.stages(1)[0].returned == "第3项漏填"
    told = text(other)
    assert ":orange[:material/lock_open: 解锁]　第1次，第3项漏填（李经办申请，赵主任" in told  # in the grid
    assert "同意解锁，理由：第3项漏填" in told  # in 上报记录
    assert "退回]" not in told

    log = visit(LOG)
    log.selectbox(key="log-action").select("同意解锁评分表")
    settle(log)
    (row,) = log.table[0].value.to_dict("records")
    told = str(row).replace("\\\\", "").replace("\\u2060", "").replace("**", "").replace("\u2060", "")
    for said in ("赵主任", "蓬江区的交叉考核评分表（第1次）", "申请人：李经办", "理由：第3项漏填", "复核人：王复核"):
        assert said in told


def test_what_waits_for_ones_consent_leads_to_the_page_where_one_agrees(asked: Store, visit: Visit) -> None:
    one = asked.stages(1)[0]
    asked.hand_in([each.id for each in asked.stages(1)], CLERK)
    asked.review([each.id for each in asked.stages(1)], CHECKER)
    asked.ask_unlock(one.id, CLERK, "漏填")
    assert agreeing(visit(OVERVIEW)) == {"待您同意：1项申请": "progress?a=1"}
    for row in asked.facts(1):
        asked.withdraw_fact(row.id, CLERK, "误登")
    asked.finalise(1, CHECKER)
    asked.ask_reopen(1, CLERK, "还有一份要改")
    assert agreeing(visit(OVERVIEW)) == {
        "待您同意：退回草稿1项": "assessments?a=1", "待您同意：解锁评分表1项": "progress?a=1"
    }  # fmt: skip
    assert agreeing(settle(sign(visit(PROGRESS), CLERK))) == {}  # who asked is not the second person


def test_the_log_is_filtered_by_unit_even_inside_a_file_of_many_and_by_day(asked: Store, visit: Visit) -> None:
    ids = [one.id for one in asked.stages(1)]
    asked.hand_in(ids, CLERK)
    at = visit(LOG)
    at.selectbox(key="log-unit").select("台山市")
    settle(at)
    told = "\n".join(map(str, at.table[0].value.to_numpy().ravel())).replace("\\", "")
    assert "提交21份评分表" in told  # one line for all; 台山市 is among them
    assert "台山市" in told
    at.date_input(key="log-to").set_value("2001-01-01")
    settle(at)
    assert "没有符合条件的记录。" in text(at)


def test_a_clerk_who_signed_in_is_offered_own_sheets_only_and_no_review(
    asked: Store, visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    as_person(monkeypatch, Person("李经办", "c@x.cn", (Duty("fill", None, frozenset({"蓬江区"})), Duty("manage"))))
    at = visit(PROGRESS)
    assert at.button(key="hand-in-do").label == "提交3份"
    asked.hand_in([one.id for one in asked.stages(1)], "别人")
    at = visit(PROGRESS)
    assert not keys(at, "review-do-")


def test_the_requirement_is_turned_on_the_assessments_page_and_blocks_定稿(  # noqa: N802
    county_store: Store, visit: Visit
) -> None:
    at = press(visit(ASSESSMENTS), "review-turn-1")
    assert county_store.review_required(1)
    assert "21份评分表尚未复核" not in text(at)  # 自查自评 does not count
    assert "20份评分表尚未复核" in text(at)
    press(at, "review-turn-1")
    assert not county_store.review_required(1)


def test_a_withdrawn_fact_comes_back_with_the_days_left(county_store: Store, visit: Visit) -> None:
    (row,) = county_store.facts(1)
    county_store.withdraw_fact(row.id, CLERK, "误登")
    at = visit(LIMITS)
    at.text_input(key=f"restore-reason-{row.id}").set_value("核实无误")
    settle(at)
    press(at, f"restore-do-{row.id}")
    assert "恢复后仍为已核对，计入结果。" in text(at)
    assert county_store.facts(1)[0].fact.confirmed


def test_whoever_withdraws_what_another_just_checked_sees_both_and_decides(county_store: Store, visit: Visit) -> None:
    row = county_store.add_fact(1, Fact("台山市", "sanction", "警告"), "", CLERK)
    at = sign(visit(LIMITS), "赵主任")
    at.text_input(key=f"withdraw-reason-{row.id}").set_value("误登")
    settle(at)
    county_store.confirm_fact(row.id, CHECKER)
    press(at, f"withdraw-do-{row.id}")
    assert "该情形已由他人核对，本次操作未生效" in "".join(each.value for each in at.warning)
    assert "已核对属实" in text(at)
    assert "撤销（误登）" in text(at)
    assert CHECKER in text(at)
    press(at, "both-theirs-facts")
    assert [one.fact.confirmed for one in county_store.facts(1)] == [True, True]
    assert not keys(at, "both-")


def test_a_reading_that_another_confirmed_meanwhile_stands_beside_ones_own_and_can_be_insisted_on(
    county_store: Store, visit: Visit
) -> None:
    at = sign(visit(ASSUMPTIONS), "张三")
    key = next(each.key for each in at.button if str(each.key).startswith("confirm-ticks"))
    labels = list(next(one for one in load_state(county_store, 1).assumptions if one.key == "ticks").labels)
    next(each for each in at.radio if each.label.startswith("四档赋分")).set_value(labels[1])
    settle(at)
    county_store.confirm(1, {READING + "ticks": "默认"}, "李四", "四档赋分")
    at.button(key=key).click()
    settle(at)
    told = text(at)
    assert "已由他人确认，本次操作未生效" in "".join(each.value for each in at.warning)
    assert "李四" in told
    assert labels[1] in told
    press(at, "both-mine-readings")
    held = county_store.settings(1)[READING + "ticks"]
    assert (held.value, held.actor) == (labels[1], "张三")
    assert not keys(at, "both-")



def test_two_who_confirm_the_same_reading_do_not_quarrel(county_store: Store, visit: Visit) -> None:
    at = sign(visit(ASSUMPTIONS), "张三")
    county_store.confirm(1, {READING + "ticks": "默认"}, "李四", "四档赋分")
    press(at, "confirm-ticks")
    assert "与您所选相同，无须再确认" in "".join(each.value for each in at.warning)
    assert keys(at, "both-") == ["both-theirs-readings"]
    press(at, "both-theirs-readings")
    assert county_store.settings(1)[READING + "ticks"].actor == "李四"


def test_choosing_all_after_somebody_reviewed_one_meanwhile_chooses_those_that_are_left(asked: Store, visit: Visit) -> None:
    ids = [one.id for one in asked.stages(1)]
    asked.hand_in(ids, CLERK)
    at = sign(visit(PROGRESS), CLERK)
    asked.review(ids[:2], "另一人")
    press(at, "review-every")
    assert sorted(at.multiselect(key="review-some-1").value) == ids[2:]
    press(at, "review-all")
    assert stage_counts(asked)["reviewed"] == 2  # who handed in is told so, and nothing breaks


def test_whoever_may_not_decide_is_told_whose_consent_it_takes(
    asked: Store, visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    ids = [one.id for one in asked.stages(1)]
    asked.hand_in(ids, CLERK)
    asked.review(ids, CHECKER)
    asked.ask_unlock(ids[0], CLERK, "漏填")
    as_person(monkeypatch, Person("孙规划", "s@x.cn", (Duty("plan"),)))
    at = visit(PROGRESS)
    assert "“同意解锁评分表”须由复核、管理角色办理。" in text(at)
    assert not [each for each in at.segmented_control if each.key.startswith("request-way-")]
