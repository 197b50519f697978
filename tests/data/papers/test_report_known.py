"""The 考核情况报告 against figures worked out by hand: 江门's seven as ``builders.county`` has them.

Official scores: 鹤山市 93.58, 蓬江区 90.00, 新会区 94.00, 开平市 89.24, 台山市 86.14, 江海区 79.78; 恩平市 lacks 日常工作.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from data.locked import open_locked
from data.papers.paper import Paper, Signature, Table, Text, Unready
from data.papers.report import report
from data.store import Given, Store
from scoring.marks import Fact
from tests.data.locks import TODAY, approved, locked_of, settled
from tests.pages import builders


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(f"sqlite:///{tmp_path}/t.db") as opened:
        yield opened


@pytest.fixture
def county(store: Store) -> Paper:
    return report(locked_of(store, builders.county(store).id))


def table(paper: Paper, caption: str) -> Table:
    return next(each for each in paper.tables if each.caption == caption)


def rows(paper: Paper, caption: str) -> dict[str, tuple[str, ...]]:
    """The rows by their first cell, or by the unit where a place stands first."""
    found = table(paper, caption)
    first = 1 if found.heads[0][0] in ("位次", "序号") else 0
    return {row[first]: row for row in found.rows}


def whole(paper: Paper) -> str:
    return "\n".join(paper.texts)


def test_the_report_says_first_that_sheets_are_missing_and_what_is_still_possible(county: Paper) -> None:
    first = county.texts[0]
    assert first.startswith("本稿数据未齐，为草稿，不作为结果运用的依据。")
    assert "应收评分表21份，已收20份，尚缺恩平市的日常工作" in first
    # 40 % of 85 and 30 % of 1525/19 are 58.0789…, and 30 more at the most
    assert "恩平市得分在58.08至88.08之间，等次可能为较差、一般或较好" in first


def test_the_document_and_its_weights_are_told_with_their_clauses(county: Paper) -> None:
    assert "《2020年江门市城乡精准扶贫工作成效考核实施方案》（江扶字〔2020〕8号）" in whole(county)
    assert "统计时间为2019年12月1日至2020年11月30日" in whole(county)
    told = next(text for text in county.texts if text.startswith("考核方式及权重"))
    assert told == (
        "考核方式及权重：交叉考核（交叉考核组）40%、市级考核（市扶贫考核办）30%、日常工作（相关部门）30%（五（一）、五（二）、五（三）、六（五））。"
    )


def test_the_time_assessed_is_cited_by_the_clause_that_gives_it(county: Paper) -> None:
    told = next(each for each in county.blocks if isinstance(each, Text) and "统计时间为2019年12月1日" in each.text)
    assert told.cites == ("三",)  # 三、考核时间: 考核指标数据统计时间为2019年12月1日至2020年11月30日


def test_a_line_of_which_the_document_does_not_write_that_it_is_included_is_told_as_a_reading(county: Paper) -> None:
    # 附件1 writes 含80分 and 含70分; of 90分以上 it does not, and 蓬江区 has exactly 90.00
    told = next(each for each in county.blocks if isinstance(each, Text) and each.text.startswith("按综合得分分为"))
    assert told.text.startswith(
        "按综合得分分为好（90分以上）、较好（90分以下80分以上）、一般（80分以下70分以上）、较差（70分以下）4个等次（附件1）。"
    )
    assert "80分、70分原文写明含本数；90分是否含本数原文未写，按含本数（口径，原文未规定）。" in told.text
    assert told.cites == ("附件1", "口径（原文未规定）")


def test_the_mean_is_that_of_the_six_scores_and_the_ends_are_named(county: Paper) -> None:
    # (93.58 + 90.00 + 94.00 + 89.24 + 86.14 + 79.78) ÷ 6 = 532.74 ÷ 6 = 88.79
    assert (
        "7个市（区）中6个已出得分，这6个平均得分88.79分，最高94.00分（新会区），最低79.78分（江海区），相差14.22分。"
        in county.texts
    )


def test_each_way_s_mean_counts_every_sheet_that_came(county: Paper) -> None:
    found = rows(county, "各考核方式得分情况")
    assert found["交叉考核"][2:4] == ("7", "89.28")  # 624.99 ÷ 7
    assert found["市级考核"][2:4] == ("7", "88.68")  # 620.79 ÷ 7
    assert found["日常工作"][2:] == ("6", "85.88", "93.42（新会区）", "81.07（开平市）")  # 515.29 ÷ 6
    assert found["交叉考核"][4] == "94.47（新会区、鹤山市）"


def test_ways_are_compared_over_the_units_that_have_them_all(county: Paper) -> None:
    # without 恩平市: 540.53 ÷ 6 = 90.09 and 515.29 ÷ 6 = 85.88; 交叉考核 has 539.99 ÷ 6 = 90.00
    assert (
        "按6个已出得分的市（区）计，平均得分率最高的考核方式为市级考核（90.09%），最低的为日常工作（85.88%）。"
        in county.texts
    )


def test_an_item_s_rate_weighs_the_ways_that_ticked_it(county: Paper) -> None:
    found = {row[0]: row for row in table(county, "各项指标得分率").rows}
    # item 18: 85, 75, 0.4×95+0.3×85+0.3×85 = 89, 95, 85, 95 and 85: 609 ÷ 7
    assert found["18"][3:] == ("87.00", "75.00（江海区）")
    assert "较低的为第18项“2018-2020年推进《三年行动方案》创新举措、成效等情况”（87.00%）" in whole(county)


def test_an_item_among_the_weakest_of_half_the_units_is_a_common_weakness(county: Paper) -> None:
    assert (
        "第18项“2018-2020年推进《三年行动方案》创新举措、成效等情况”：7个中有4个列入，平均得分率87.00%。"
        in county.texts
    )


def test_a_common_weakness_is_told_with_the_rule_by_which_ties_were_cut(county: Paper) -> None:
    told = next(text for text in county.texts if "列入各自得分率最低3项的指标" in text)
    assert "并列的一并计入" not in told
    assert "同为最低的全部计入，其余得分率相同的按指标序号取满为止" in told


def test_items_that_tie_with_the_third_weakest_and_are_cut_are_counted(county: Paper) -> None:
    # 蓬江区, 日常工作 a total: (40 × cross + 30 × municipal) ÷ 70. Items 18 and 19: 85; items 12 to 17:
    # (40×85 + 30×95) ÷ 70 = 89.2857…, six of them, and only item 12 stands as the third
    told = rows(county, "各市（区）得分率最低的指标")["蓬江区"][1]
    assert told.count("（85.00%）") == 2
    assert told.endswith("（89.29%）；得分率同为89.29%的共6项")


def test_marks_two_grades_apart_are_told_for_a_second_look(county: Paper) -> None:
    assert "同一指标不同考核方式所评等次相差两档以上的有2处，涉及2个市（区），宜复核：" in county.texts
    assert any("恩平市第12项“就业扶贫情况”（交叉考核“好”、市级考核“一般”）。" in text for text in county.texts)


def test_a_unit_s_own_sheet_is_set_beside_and_never_counted(county: Paper) -> None:
    assert (
        "可与综合得分比对的自查自评有1个：台山市（自查自评94.47分，综合得分86.14分，高8.33分）。自查自评不计入得分。"
        in county.texts
    )


def test_grades_places_and_the_missing_unit_stand_in_one_table(county: Paper) -> None:
    assert (
        "测算等次为：好2个（蓬江区、鹤山市），较好3个（新会区、台山市、开平市），一般1个（江海区），暂缺1个（恩平市）。"
        in county.texts
    )
    found = rows(county, "得分、等次和位次（暂列）")
    assert found["蓬江区"] == ("2", "蓬江区", "90.79", "93.95", "85.00", "90.00", "好")
    assert found["新会区"] == ("3", "新会区", "94.47", "93.95", "93.42", "94.00", "较好")
    assert found["恩平市"] == ("—", "恩平市", "85.00", "80.26", "暂缺", "暂缺", "暂缺")


def test_places_are_told_as_our_reading_for_internal_use(county: Paper) -> None:
    assert "位次先比等次、再比得分，相同的并列，供内部参考（口径，原文未规定）。" in county.texts


def test_a_limit_is_told_with_its_evidence_its_clause_and_what_it_did(county: Paper) -> None:
    told = "新会区有“记过”情形（班子成员受政务处分，2020年6月1日，江纪〔2020〕12号），按五（四）等次最高为“较好”，低于按分数的“好”。"
    block = next(each for each in county.blocks if isinstance(each, Text) and each.text == told)
    assert block.cites == ("五（四）",)
    assert any(text.startswith("新会区94.00分，按分数为“好”；因有“记过”情形") for text in county.texts)


def test_who_stands_at_a_line_is_told_by_the_points_missing(county: Paper) -> None:
    assert (
        "距等次线不足1分的有3个市（区）：蓬江区恰在“好”线上；江海区距“较好”差0.22分；开平市距“好”差0.76分。"
        in county.texts
    )


def test_a_limited_grade_is_told_as_one_that_no_weighting_moves(county: Paper) -> None:
    found = rows(county, "等次稳定性")
    assert found["新会区"] == ("新会区", "较好", "—", "—", "权重怎样调整均不变")
    assert found["蓬江区"][:4] == ("蓬江区", "好", "—", "恰在线上")
    assert found["江海区"][2] == "距“较好”差0.22分"


def test_what_is_proposed_stands_as_proposed_with_clause_office_and_period(county: Paper) -> None:
    assert "1. 拟表扬：鹤山市、蓬江区2个市（区）（六（六））。" in county.texts
    assert "2. 拟谈话提醒：江海区（六（六））。由市扶贫开发领导小组办理。" in county.texts
    assert "3. 各市（区）均须提交整改方案与报告（七）。期限为通报之日起两个月。" in county.texts
    assert "批复后，结果拟分送市委组织部、市委农办、市人力资源社会保障局（六（六））。" in whole(county)


def test_an_incomplete_result_is_not_put_up_for_settling(county: Paper) -> None:
    assert "1. 待数据收齐并重新锁定后，审定各市（区）的等次；目前6个市（区）已有测算等次。" in county.texts


def test_another_reading_is_told_by_whose_grade_it_would_change(county: Paper) -> None:
    # 开平市 with 100/85/75/60: cross (16×100+3×85)/19 = 97.63, municipal (13×100+6×85)/19 = 95.26, daily 81.07: 91.95
    told = next(text for text in county.texts if "确认口径“四档赋分”" in text)
    assert "改用“100/85/75/60”，开平市由“较好”变为“好”" in told


def test_the_title_ends_as_a_draft_until_it_is_settled(store: Store, county: Paper) -> None:
    assert county.title[-1].endswith("情况报告（草稿）")
    assert county.blocks[-1] == Signature("（起草单位）", None)


def test_the_report_goes_to_those_who_settle_it(county: Paper) -> None:
    assert county.addressee == "江门市扶贫开发领导小组"


def test_a_complete_result_has_no_draft_paragraph_and_no_missing_unit(store: Store) -> None:
    made = builders.county(store)
    builders.last_sheet(store, made)
    paper = report(locked_of(store, made.id))
    assert paper.texts[0].startswith("根据《")
    assert "应收评分表21份，已全部收齐：交叉考核7份、市级考核7份、日常工作7份。" in paper.texts
    assert "暂缺" not in whole(paper)
    assert any(text.startswith("按7个市（区）计，平均得分率最高的") for text in paper.texts)
    assert table(paper, "各类指标得分率").heads[0][1] == "市（区）数"
    assert "暂列" not in "".join(each.caption for each in paper.tables)
    # 恩平市: 0.4×85 + 0.3×1525/19 + 0.3×80 = 82.0789…
    assert rows(paper, "得分、等次和位次")["恩平市"][-2:] == ("82.08", "较好")
    assert any("审定7个市（区）的等次。" in text for text in paper.texts)


def test_a_grade_settled_otherwise_is_told_with_its_reason_and_followed(store: Store) -> None:
    made = builders.county(store)
    builders.last_sheet(store, made)
    paper = report(settled(store, made, {"开平市": Given("好", "创新举措突出，经会议研究")}))
    assert not paper.title[-1].endswith("（草稿）")
    assert (
        "与测算等次不同的：开平市测算等次为“较好”（综合得分89.24分，按分数为“较好”），经市扶贫开发领导小组会议（江扶会〔2020〕5号，2020年12月10日）审定为“好”，"
        "理由：创新举措突出，经会议研究。" in paper.texts
    )
    found = rows(paper, "得分、等次和位次")
    assert found["开平市"] == ("3", "开平市", "93.42", "91.84", "81.07", "89.24", "较好", "好")
    assert found["新会区"][0] == "4"
    assert "1. 拟表扬：鹤山市、蓬江区、开平市3个市（区）（六（六））。" in paper.texts
    assert "提请审定的事项" not in whole(paper)


def test_an_approved_result_is_told_as_settled_and_approved(store: Store) -> None:
    made = builders.county(store)
    builders.last_sheet(store, made)
    paper = report(approved(store, made))
    assert (
        "以上等次经市扶贫开发领导小组会议（江扶会〔2020〕5号，2020年12月10日）审定，"
        "并经江门市人民政府（江府函〔2020〕66号，2020年12月15日）批复。" in paper.texts
    )
    assert "审定等次与测算等次一致。" in paper.texts
    assert any("结果分送市委组织部" in text for text in paper.texts)
    assert paper.marking == "示例数据"


def test_objections_are_told_with_what_became_of_them(store: Store) -> None:
    made = builders.county(store)
    number = locked_of(store, made.id).record.number
    first = store.add_objection(made.id, number, "开平市", "日常工作评分偏低。", "开平市扶贫办", TODAY, builders.CLERK)
    store.add_objection(made.id, number, "江海区", "请复核第8项", "江海区", TODAY, builders.CLERK)
    store.answer_objection(first.id, "rejected", "经复核，评分无误", "江扶会〔2020〕4号", builders.CHECKER)
    told = whole(report(open_locked(store, made.id, number, TODAY)))
    assert (
        "异议第1号：开平市（开平市扶贫办）于2020年12月8日对锁定版第1号提出“日常工作评分偏低”；不采纳：经复核，评分无误（江扶会〔2020〕4号）。"
        in told
    )
    assert "异议第2号：江海区于2020年12月8日对锁定版第1号提出“请复核第8项”，待办理。" in told
    assert "办理异议第2号（江海区）。" in told


def test_a_situation_nobody_has_checked_counts_for_nothing_and_is_said_to_wait(store: Store) -> None:
    made = builders.county(store)
    store.add_fact(made.id, Fact("鹤山市", "prominent", "有", "2020-11-20", "江督〔2020〕3号"), "", builders.CLERK)
    paper = report(locked_of(store, made.id))
    assert any(
        "鹤山市登记的“某些方面存在突出问题”情形（2020年11月20日，江督〔2020〕3号）尚待第二人核对，未计入结果" in text
        for text in paper.texts
    )
    assert not any(text.lstrip("0123456789. ").startswith("拟谈话提醒：江海区、鹤山市") for text in paper.texts)


def test_a_unit_praised_and_summoned_is_put_before_the_meeting(store: Store) -> None:
    made = builders.county(store)
    row = store.add_fact(
        made.id, Fact("鹤山市", "prominent", "有", "2020-11-20", "江督〔2020〕3号"), "", builders.CLERK
    )
    store.confirm_fact(row.id, builders.CHECKER)
    told = whole(report(locked_of(store, made.id)))
    assert "决定鹤山市的结果运用：按等次拟表扬，因有“某些方面存在突出问题”情形拟谈话提醒。" in told


def test_results_that_are_not_there_make_no_report(store: Store) -> None:
    made = builders.empty(store, "jiangmen-2020-county", "2020年空的考核")
    store.add_fact(made.id, Fact("鹤山市", "prominent", "有", "2020-11-20", "江督〔2020〕3号"), "", builders.CLERK)
    with pytest.raises(Unready, match=r"尚未收到可以计分的评分表，没有结果可写。请先上报评分表。"):
        report(locked_of(store, made.id))


def test_towns_stand_in_the_report_only_where_their_county_has_made_them_public(store: Store) -> None:
    made = builders.towns(store)
    builders.show_towns(store, made)
    builders.show_towns(store, made, "开平市", "440783")
    paper = report(locked_of(store, made.id))
    told = [row for each in paper.tables if "名单" not in each.caption for row in each.rows]
    names = {unit.name: unit.group for unit in made.units}
    shown = {cell for row in told for cell in row if cell in names}
    assert shown == {name for name, group in names.items() if group in ("440781", "440783")}
    text = whole(paper)
    assert (
        "蓬江区、江海区、新会区、鹤山市、恩平市共41个镇（街）的成绩未经所在市（区）决定公开，本报告不列其得分、等次和位次。"
        in text
    )
    hidden = [name for name, group in names.items() if group not in ("440781", "440783")]
    assert not [name for name in hidden if name in text and not any(name in other for other in shown)]
    assert "成绩通报由各市（区）研究决定（六（六））。" in text


def test_a_part_that_may_not_be_told_says_so_and_not_that_there_is_nothing(store: Store) -> None:
    paper = report(locked_of(store, builders.towns(store).id))
    assert "按本次数据没有" not in whole(paper)
    assert paper.texts.count("成绩未经所在市（区）决定公开的，本节不列。") == 3  # 指标分析, 存在问题, 综合评价


def test_a_reading_that_changes_only_grades_not_made_public_is_not_passed_over(store: Store) -> None:
    locked = locked_of(store, builders.towns(store).id)
    moving = [reading.name for reading, _ in locked.state.mattering]
    assert "四档赋分" in moving  # with 100/85/75/60 a town of 95s and 85s comes to other grades
    told = next(text for text in report(locked).texts if "项影响评价的口径原文未规定、尚未确认" in text)
    assert all(f"“{name}”" in told.partition("。")[0] for name in moving)
    assert (
        "“四档赋分”"
        in told.partition("其中")[2].partition("换用其他口径后会改变成绩未公开的镇（街）的等次，本报告不列")[0]
    )


def test_the_city_s_own_sheet_is_told_of_one_unit(store: Store) -> None:
    paper = report(locked_of(store, builders.city(store).id))
    assert "江门市综合得分95.00分。" in paper.texts
    assert "江门市测算等次为“好”。" in paper.texts
    assert "平均得分率" not in whole(paper)
