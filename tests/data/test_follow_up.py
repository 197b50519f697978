"""结果运用 from results and schemes: who is proposed for what and why, what waits for a person, what is overdue."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import openpyxl
import pytest

from data.documents.follow_up_tables import proposal_rows, proposals_xlsx, rectification_rows, rectifications_xlsx
from data.findings import suggested
from data.follow_up import FollowUp, load_follow_up
from data.schemes import scheme
from data.state import load_state
from data.store import Assessment, Finding, Ruling, Store
from scoring.explain import at_odds
from scoring.judged import rungs
from scoring.marks import Fact, Mark, Sheet
from tests.data.locks import approve_bare
from tests.pages import builders

TODAY = date(2021, 3, 3)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(f"sqlite:///{tmp_path}/hengxiao.db") as opened:
        yield opened


@pytest.fixture
def county(store: Store) -> Assessment:
    return builders.county(store)


def follow(store: Store, assessment: Assessment, today: date = TODAY) -> FollowUp:
    return load_follow_up(store, load_state(store, assessment.id), today)


def declare(store: Store, made: Assessment, *fact: str, confirmed: bool = True) -> None:
    row = store.add_fact(made.id, Fact(*fact), "", "张三")
    if confirmed:
        store.confirm_fact(row.id, "李四")


def all_ticked(store: Store, made: Assessment, unit: str, component: str, grade: str) -> None:
    rows = scheme(made.scheme_id).indicators_of(next(u.group for u in made.units if u.name == unit))
    sheet = Sheet(unit, component, tuple(Mark(row.no, grade) for row in rows))
    store.take(made.id, f"{unit}_{component}.xlsx", f"{unit}{component}".encode(), [sheet], "张三")


def proposed(found: FollowUp) -> list[tuple[str, str, str]]:
    return [(one.outcome.action, one.unit, one.reason) for matter in found.matters for one in matter.proposals]


# 拟处理


def test_jiangmen_praises_the_good_and_admonishes_the_fair_by_the_clause(store: Store, county: Assessment) -> None:
    found = follow(store, county)
    assert proposed(found) == [
        ("表扬", "鹤山市", "等次为“好”"),
        ("表扬", "蓬江区", "等次为“好”"),
        ("谈话提醒", "江海区", "等次为“一般”"),
    ]
    assert [(m.outcome.action, m.outcome.basis, m.outcome.by) for m in found.matters] == [
        ("表扬", "六（六）", ""),
        ("谈话提醒", "六（六）", "市扶贫开发领导小组"),
    ]
    assert [unit.unit for unit in found.incomplete] == ["恩平市"]


def test_a_unit_may_be_praised_for_its_grade_and_admonished_for_a_fact(store: Store, county: Assessment) -> None:
    declare(store, county, "鹤山市", "prominent", "有", "2020-11-20", "江督〔2020〕3号")
    declare(store, county, "江海区", "prominent", "有", "2020-11-21", "江督〔2020〕4号")
    found = follow(store, county)
    assert proposed(found)[2:] == [
        ("谈话提醒", "鹤山市", "有“某些方面存在突出问题”情形（2020-11-20，江督〔2020〕3号）"),
        ("谈话提醒", "江海区", "等次为“一般”，且有“某些方面存在突出问题”情形（2020-11-21，江督〔2020〕4号）"),
    ]
    assert [one.unit for one in found.state.results.units if at_odds(found.state.scheme, one)] == ["鹤山市"]


def test_an_unchecked_fact_proposes_nothing_and_is_listed_for_a_person(store: Store, county: Assessment) -> None:
    declare(store, county, "台山市", "prominent", "有", "2020-11-20", "江督〔2020〕3号", confirmed=False)
    found = follow(store, county)
    assert "台山市" not in {unit for _, unit, _ in proposed(found)}
    assert [(each.unit, "谈话提醒" in each.text) for each in found.doubtful] == [("台山市", True)]


def test_what_all_must_do_alike_needs_no_decision(store: Store, county: Assessment) -> None:
    found = follow(store, county)
    assert [(m.outcome.action, m.outcome.basis) for m in found.general] == [("提交整改方案与报告", "七")]
    assert len(found.undecided) == 3


def test_a_decided_outcome_is_no_more_undecided_and_a_decision_without_ground_is_told(
    store: Store, county: Assessment
) -> None:
    store.decide(county.id, [Ruling("江海区", "1:谈话提醒", "谈话提醒", "adopted")], "张三")
    store.decide(county.id, [Ruling("开平市", "1:谈话提醒", "谈话提醒", "adopted")], "张三")
    found = follow(store, county)
    assert [one.unit for one in found.undecided] == ["鹤山市", "蓬江区"]
    assert [one.ruling.unit for one in found.stale] == ["开平市"]


def test_guangdong_has_no_county_scores_so_the_rule_on_counties_names_nobody(store: Store) -> None:
    made = builders.empty(store, "guangdong-2019", "广东")
    for component in scheme("guangdong-2019").counted:
        all_ticked(store, made, "韶关市", component.id, "一般")
    found = follow(store, made)
    assert [(one.action, one.concerns, one.by) for one in found.beyond] == [("谈话提醒", "县（市、区）", "省扶贫办")]
    assert found.by_judgement, "grades without lines are found by 评议"
    assert found.state.results.of("韶关市").grade is None
    assert proposed(found) == []


def test_a_prominent_problem_is_enough_for_guangdong_even_without_a_grade(store: Store) -> None:
    made = builders.empty(store, "guangdong-2019", "广东")
    declare(store, made, "汕头市", "prominent", "有", "2020-01-20", "粤督〔2020〕1号")
    assert [(action, unit) for action, unit, _ in proposed(follow(store, made))] == [("谈话提醒", "汕头市")]


def test_dongxi_recommends_what_the_text_says_in_principle_and_a_person_confirms(store: Store) -> None:
    made = builders.empty(store, "dongxi-2019-city", "东西部")
    all_ticked(store, made, "广州市", "review", "一般")
    declare(store, made, "广州市", "targets_met", "是", "2019-12-31", "国开办〔2020〕1号")
    (each,) = follow(store, made).doubtful
    assert (each.unit, each.cite) == ("广州市", "七（一）1")
    assert each.text.startswith("测算等次为“一般”，建议认定为“较好”：原则上，完成全国和省目标要求的")


def test_dongxi_names_whom_the_summons_meets_and_who_attends(store: Store) -> None:
    made = builders.empty(store, "dongxi-2019-city", "东西部")
    all_ticked(store, made, "深圳市", "review", "一般")
    declare(store, made, "深圳市", "falsified", "是", "2019-12-31", "粤扶〔2020〕1号")
    found = follow(store, made)
    assert [(action, unit) for action, unit, _ in proposed(found)] == [("约谈", "深圳市"), ("通报批评", "深圳市")]
    summons = found.matters[1].outcome
    assert (summons.by, summons.meets) == ("省扶贫开发领导小组组长", "市的主要领导、分管领导")
    assert summons.attends == ("省纪委一名负责同志", "省委组织部一名负责同志")


def test_qujiang_climbs_the_ladder_as_far_as_its_facts_lead(store: Store) -> None:
    made = builders.empty(store, "qujiang-2018", "曲江")
    declare(store, made, "大塘镇", "missed", "有", "2018-12-31", "曲扶〔2019〕1号")
    declare(store, made, "马坝镇", "funds", "有", "2018-11-30", "曲审〔2018〕9号")
    declare(store, made, "马坝镇", "gravity", "情节严重、造成不良影响", "2018-12-01", "曲纪〔2018〕2号")
    found = follow(store, made)
    steps = [rung.action for rung in rungs(found.state.scheme)]
    assert steps == ["提出处理意见", "约谈并限期整改", "责任追究", "由司法机关依法处理"]
    reached = [(action, unit) for action, unit, _ in proposed(found)]
    assert reached == [(steps[0], "马坝镇"), (steps[0], "大塘镇"), (steps[1], "马坝镇"), (steps[1], "大塘镇"),
                       (steps[2], "马坝镇")]  # fmt: skip
    last = proposed(found)[-1][2]
    assert "违反扶贫资金管理使用规定" in last
    assert "情节严重、造成不良影响" in last
    assert not found.by_judgement, "a scheme without grades has none to find"


# 期限


def test_without_a_notice_the_period_is_told_in_words(store: Store, county: Assessment) -> None:
    (item,) = store.add_rectifications(county.id, [Finding("江海区", "台账不齐")], "张三")
    found = follow(store, county)
    assert (found.due_of(item), found.due_text(item), found.overdue(item)) == (None, "通报之日起两个月", 0)


def test_periods_run_from_the_notice_and_move_with_its_correction(store: Store, county: Assessment) -> None:
    (item,) = store.add_rectifications(county.id, [Finding("江海区", "台账不齐")], "张三")
    store.finalise(county.id, "张三")
    approve_bare(store, county.id)
    store.put_notice(county.id, date(2020, 12, 31), "江扶字〔2020〕9号", "", "张三")
    found = follow(store, county)
    assert (found.due_text(item), found.overdue(item)) == ("2021-02-28", 3)
    assert found.general[0].due == date(2021, 2, 28)
    store.put_notice(county.id, date(2021, 1, 4), "江扶字〔2021〕1号", "", "张三")
    assert follow(store, county).overdue(item) == 0


def test_an_items_own_day_goes_before_the_schemes(store: Store, county: Assessment) -> None:
    store.finalise(county.id, "张三")
    approve_bare(store, county.id)
    store.put_notice(county.id, date(2020, 12, 31), "江扶字〔2020〕9号", "", "张三")
    (item,) = store.add_rectifications(county.id, [Finding("江海区", "台账不齐", due=date(2021, 3, 10))], "张三")
    assert follow(store, county).due_of(item) == date(2021, 3, 10)


def test_what_was_reported_in_time_is_not_overdue_while_it_waits_for_its_check(
    store: Store, county: Assessment
) -> None:
    today = datetime.now(UTC).date()
    due = today + timedelta(days=3)
    whole = Finding("江海区", "台账不齐", "经办更换", "逐户补齐", "区扶贫办", due)
    (item,) = store.add_rectifications(county.id, [whole], "张三")
    store.report_rectification(item.id, "已补齐", "张三")
    later = follow(store, county, due + timedelta(days=10))
    assert later.late == ()
    assert follow(store, county, due).late == ()
    back = store.send_back_rectification(later.items[0].id, "李四", "缺两页")
    assert follow(store, county, due + timedelta(days=10)).overdue(back) == 10


def test_neimenggu_sets_no_period_in_its_text_and_ours_is_told_before_there_are_grades(store: Store) -> None:
    made = builders.empty(store, "neimenggu-2018", "内蒙古")
    (item,) = store.add_rectifications(made.id, [Finding("包头市", "某项问题")], "张三")
    assert follow(store, made).due_text(item) == "通报之日起两个月"


def test_an_item_of_a_unit_that_left_the_roster_still_reads(store: Store, county: Assessment) -> None:
    (item,) = store.add_rectifications(county.id, [Finding("江海区", "台账不齐")], "张三")
    state = load_state(store, county.id)
    fewer = type(state.results)(
        state.scheme, tuple(r for r in state.results.units if r.unit != "江海区"), state.results.engine
    )
    gone = FollowUp(type(state)(**{**vars(state), "results": fewer}), None, (), (item,), TODAY)
    assert gone.due_text(item) == "通报之日起两个月"


# 建议列入的问题


def test_weakest_items_and_limits_are_offered_once(store: Store, county: Assessment) -> None:
    state = load_state(store, county.id)
    offered = suggested(state, "新会区", ())
    assert offered[0].problem == "有“记过”情形（2020-06-01，江纪〔2020〕12号）"
    assert (
        offered[1].problem == "第14项“财政专项扶贫资金使用成效、使用和监管情况”：交叉考核好，市级考核好，日常工作一般"
    )
    made = store.add_rectifications(county.id, offered[:1], "张三")
    assert suggested(state, "新会区", made) == offered[1:]
    assert suggested(state, "江海区", made)[0].unit == "江海区", "another unit's items are its own"


def test_nothing_is_offered_of_a_unit_without_sheets_and_nothing_good_is_a_problem(store: Store) -> None:
    made = builders.empty(store, "neimenggu-2018", "内蒙古")
    declare(store, made, "包头市", "outstanding", "是", "2018-12-31", "内扶〔2019〕1号")
    state = load_state(store, made.id)
    assert suggested(state, "包头市", ()) == []


# 表格


def test_both_lists_say_what_they_are_and_no_text_in_them_is_a_formula(store: Store, county: Assessment) -> None:
    store.add_rectifications(county.id, [Finding("江海区", "=1+1\x0b", owner="@甲")], "张三")
    store.decide(county.id, [Ruling("江海区", "1:谈话提醒", "谈话提醒", "refused", "+待议")], "张三")
    found = follow(store, county)
    for content, cells in (
        (proposals_xlsx(found, "3月3日 09:00"), {"+待议"}),
        (rectifications_xlsx(found, found.items, "3月3日 09:00"), {"=1+1", "@甲"}),
    ):
        sheet = openpyxl.load_workbook(io.BytesIO(content)).active
        told = [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value]
        assert any("内部资料·未经审定" in text for text in told)
        assert any("示例数据" in text for text in told)
        guarded = {cell.value: cell for row in sheet.iter_rows() for cell in row if cell.value in cells}
        assert set(guarded) == cells
        assert all(cell.data_type == "s" and cell.quotePrefix for cell in guarded.values())


def test_the_lists_tell_decision_period_and_state_in_words(store: Store, county: Assessment) -> None:
    store.finalise(county.id, "张三")
    approve_bare(store, county.id)
    store.put_notice(county.id, date(2020, 12, 31), "江扶字〔2020〕9号", "", "张三")
    store.add_rectifications(county.id, [Finding("江海区", "台账不齐")], "张三")
    store.decide(county.id, [Ruling("江海区", "1:谈话提醒", "谈话提醒", "adopted", attended=("甲", "乙"))], "张三")
    found = follow(store, county)
    last = proposal_rows(found)[-1]
    assert (last["拟办"], last["市（区）"], last["决定"], last["到场"]) == ("拟谈话提醒", "江海区", "采纳", "甲、乙")
    assert proposal_rows(found)[0]["决定"] == "待决定"
    assert rectification_rows(found, found.items)[0]["状态"] == "未整改，已逾期3天"


def test_empty_lists_are_workbooks_too(store: Store) -> None:
    made = builders.empty(store, "jiangmen-2020-city", "市本级")
    content = rectifications_xlsx(follow(store, made), (), "3月3日 09:00")
    sheet = openpyxl.load_workbook(io.BytesIO(content)).active
    assert "目前没有事项" in [cell.value for row in sheet.iter_rows() for cell in row]
