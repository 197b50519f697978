"""谈话提醒（约谈）名单 and 整改通知: who is meant, by which clause, by when, and what of it is decided."""

from __future__ import annotations

from datetime import date

import pytest

from data.locked import open_locked
from data.papers.feedback import feedback
from data.papers.paper import Heading, PageBreak, Paper, Text, Unready
from data.papers.rectify import rectify
from data.papers.stood import stood
from data.papers.talks import talks
from data.store import Finding, Given, Ruling, Store
from scoring.marks import Fact
from tests.data.kept_locks import as_approved, county_approved, county_draft, demos, whole_demos
from tests.data.locks import TODAY, approved, locked_of
from tests.pages.builders import CHECKER, CLERK, county, last_sheet


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    return Store.open(f"sqlite:///{tmp_path_factory.mktemp('follow') / 'a.db'}")


def text(paper: Paper) -> str:
    cells = [cell for table in paper.tables for row in table.rows for cell in row]
    return "\n".join((*paper.texts, *cells))


# 谈话提醒、约谈名单


def test_the_list_says_who_why_by_which_clause_and_by_whom():
    paper = talks(county_draft())
    assert "".join(paper.title) == "2020年江门市县级党委和政府扶贫开发成效考核谈话提醒名单"
    assert "由谁办理：市扶贫开发领导小组；约谈（谈话）对象：原文未规定；参加人员：原文未规定。" in paper.texts
    assert paper.tables[0].rows == (("1", "江海区", "79.78", "一般", "等次为“一般”", "待决定", "", "", ""),)
    assert any("（六（六））" in told for told in paper.texts)


def test_an_incomplete_result_makes_the_list_a_draft():
    assert talks(county_draft()).texts[0].startswith("本稿数据未齐，为草稿")
    assert not talks(county_approved()).texts[0].startswith("本稿")


def test_those_who_attend_a_talk_are_named_as_the_document_names_them():
    paper = talks(demos()["dongxi-2019-city"])
    told = "约谈（谈话）对象：市的主要领导、分管领导；参加人员：省纪委一名负责同志、省委组织部一名负责同志。"
    assert any(told in each for each in paper.texts)
    assert [row[1] for row in paper.tables[0].rows] == ["佛山市", "江门市", "中山市"]  # the roster's order


def test_only_talks_are_on_the_list():
    assert "责任追究" not in text(talks(demos()["qujiang-2018"]))
    assert "通报批评" not in text(talks(demos()["dongxi-2019-city"]))


def test_what_was_decided_and_how_it_was_carried_out_is_recorded(store):
    made = county(store, name="2020年江门市 · 谈话")
    number = locked_of(store, made.id).record.number
    done = Ruling(
        "江海区", "1:谈话提醒", "谈话提醒", "adopted", "", date(2021, 1, 8), ("区长", "分管副区长"), "谈话记录1"
    )
    store.decide(made.id, [done], CHECKER)
    paper = talks(open_locked(store, made.id, number, TODAY))
    assert paper.tables[0].rows[0][5:] == ("采纳", "2021年1月8日", "区长、分管副区长", "谈话记录1")
    assert any("均已决定" in told for told in paper.texts)


def test_the_list_goes_by_the_grade_that_stands():
    regraded = as_approved(
        county_approved(), {"江海区": Given("较好", "会议纪要第5号"), "恩平市": Given("一般", "会议纪要第5号")}
    )
    assert [row[1] for row in talks(regraded).tables[0].rows] == ["恩平市"]
    assert stood(county_approved()) is county_approved().follow_up  # nobody was given another grade


def test_nobody_to_be_talked_to_is_said_and_why():
    with pytest.raises(Unready, match="没有拟谈话提醒或约谈的：没有符合规定等次或情形的考核对象"):
        talks(as_approved(county_approved(), {"江海区": Given("较好", "会议纪要第5号")}))
    with pytest.raises(Unready, match="没有拟谈话提醒或约谈的：本方案没有规定"):
        talks(demos()["jiangmen-2020-town"])
    with pytest.raises(Unready, match=r"呼和浩特市、.*等12个盟市还没有等次.*“锁定与审定”"):
        talks(demos()["neimenggu-2018"])


def test_grades_found_by_judgement_bring_their_talks_once_they_are_settled():
    locked = as_approved(whole_demos()["neimenggu-2018"], {"包头市": Given("差"), "乌海市": Given("一般")})
    assert [row[1] for row in talks(locked).tables[0].rows] == ["包头市", "乌海市"]
    assert rectify(locked, "乌海市").addressee == "乌海市"


# 整改通知


def test_a_unit_reads_its_own_problems_what_to_hand_in_and_by_when():
    paper = rectify(county_approved(), "新会区")
    assert paper.addressee == "新会区"
    assert paper.tables[0].rows[0][1] == "有“记过”情形（2020-06-01，江纪〔2020〕12号）"
    assert "请自通报之日起2个月内提交整改方案与报告（七）。" in paper.texts
    assert "江海区" not in text(paper)


def test_the_last_day_is_clamped_to_the_months_end(store):
    made = county(store, name="2020年江门市 · 整改")
    last_sheet(store, made)
    number = approved(store, made).record.number
    store.put_notice(made.id, date(2020, 12, 31), "江扶〔2020〕9号", "", CLERK)
    store.add_rectifications(made.id, [Finding("江海区", "台账不完整", owner="区扶贫办")], CLERK)
    locked = open_locked(store, made.id, number, TODAY)
    assert "请于2021年2月28日前（含当日）提交整改方案与报告（七）。" in rectify(locked, "新会区").texts
    assert rectify(locked, "江海区").tables[0].rows == (("1", "台账不完整", "—", "区扶贫办", "2021-02-28", "未整改"),)


def test_the_notice_to_all_has_a_list_for_each_on_pages_of_its_own():
    paper = rectify(county_approved())
    breaks = sum(isinstance(block, PageBreak) for block in paper.blocks)
    heads = [block.text for block in paper.blocks if isinstance(block, Heading) and block.text.startswith("附件")]
    assert breaks == len(heads) == 7
    assert heads[0] == "附件1　蓬江区问题清单"
    assert any("清单按单位拆分，只送该单位，不互送" in told for told in paper.texts)


def test_a_unit_without_a_grade_waits_and_the_others_do_not():
    assert rectify(county_draft(), "蓬江区").addressee == "蓬江区"
    with pytest.raises(Unready, match="恩平市尚不能形成整改通知：恩平市还没有等次"):
        rectify(county_draft(), "恩平市")
    with pytest.raises(KeyError):
        rectify(county_draft(), "深圳市")


def test_what_is_not_settled_is_a_draft():
    assert any("结果尚未审定，本通知为拟稿" in told for told in rectify(county_draft()).texts)
    assert not any("拟稿" in told for told in rectify(county_approved()).texts)


def test_units_that_help_mend_with_those_they_help():
    paper = rectify(demos()["ruyuan-2017"])
    assert any("下列76个镇和帮扶单位随所帮扶的单位计分" in told for told in paper.texts)
    assert len(paper.tables[0].rows) == 76
    assert sum(isinstance(block, PageBreak) for block in paper.blocks) == 9


def test_a_period_that_the_document_leaves_open_is_not_invented():
    told = rectify(demos()["qujiang-2018"], "罗坑镇").texts
    assert "约谈并限期整改（第八条（三））；整改期限原文未规定，以领导小组决定为准。" in told
    with pytest.raises(Unready, match="白土镇没有须整改的事项"):
        rectify(demos()["qujiang-2018"], "白土镇")


def test_a_document_that_asks_for_no_mending_has_no_notice():
    with pytest.raises(Unready, match="本方案没有规定提交整改方案"):
        rectify(demos()["dongxi-2019-city"])


def test_a_limit_by_categories_is_told_by_the_categories():
    told = text(talks(demos()["dongxi-2019-city"]))
    assert "不能评价为“好”和“较好”的等次；第" not in told
    assert "大项" in told


def test_a_talk_that_only_a_fact_brings_names_the_fact(store):
    made = county(store, name="2020年江门市 · 突出问题")
    row = store.add_fact(made.id, Fact("蓬江区", "prominent", "有", "2020-11-20", "江督〔2020〕3号"), "", CLERK)
    store.confirm_fact(row.id, CHECKER)
    rows = talks(locked_of(store, made.id)).tables[0].rows
    assert ("蓬江区", "有“某些方面存在突出问题”情形（2020-11-20，江督〔2020〕3号）") in [(r[1], r[4]) for r in rows]


def test_why_the_meeting_lowered_a_grade_is_in_the_list_the_points_and_the_problems():
    why = "日常工作中有一项整改未完成"
    lowered = as_approved(county_approved(), {"台山市": Given("一般", why)})
    told = f"审定等次为“一般”（测算等次为“较好”）：{why}"
    paper = talks(lowered)
    row = next(row for row in paper.tables[0].rows if row[1] == "台山市")
    assert row[4] == f"等次为“一般”；{told}"
    assert any(each.startswith("2. 台山市：") or each.startswith("1. 台山市：") for each in paper.texts if told in each)
    assert rectify(lowered, "台山市").tables[0].rows[0][1] == told
    assert told not in text(rectify(county_approved(), "台山市"))


def test_the_points_of_a_talk_rest_on_what_they_tell_of():
    paper = talks(demos()["qujiang-2018"])
    found = {b.text.partition(". ")[2].partition("：")[0]: b for b in paper.blocks if isinstance(b, Text)}
    assert found["罗坑镇"].cites == ("第八条（三）", "第七条（二）")
    assert "第五条（一）" not in found["马坝镇"].cites


def test_how_grave_a_fact_is_stands_in_the_points_and_in_the_list_of_problems():
    assert any("罗坑镇：" in each and "情节严重、造成不良影响" in each for each in talks(demos()["qujiang-2018"]).texts)
    assert "情节严重、造成不良影响" in text(rectify(demos()["qujiang-2018"], "罗坑镇"))


def test_a_day_of_the_ledger_goes_before_the_general_one(store):
    made = county(store, name="2020年江门市 · 另定期限")
    last_sheet(store, made)
    number = approved(store, made).record.number
    store.put_notice(made.id, date(2020, 12, 31), "江扶〔2020〕9号", "", CLERK)
    store.add_rectifications(made.id, [Finding("江海区", "台账不完整", due=date(2021, 6, 30))], CLERK)
    locked = open_locked(store, made.id, number, TODAY)
    own = "整改台账对事项另定期限的，该事项按台账所列期限完成。"
    assert own in rectify(locked, "江海区").texts
    assert own in feedback(locked, "江海区").texts
    assert own not in rectify(locked, "新会区").texts


def test_a_notice_to_all_is_addressed_to_all_and_one_to_some_to_those_concerned():
    assert rectify(county_approved()).addressee == "各市（区）党委、政府"
    assert "现就各市（区）的整改工作通知如下" in rectify(county_approved()).texts[0]
    assert rectify(demos()["qujiang-2018"]).addressee == "有关镇和单位"
    assert "现就你区的整改工作" in rectify(county_approved(), "新会区").texts[0]


def test_an_item_that_did_well_is_not_called_a_problem():
    heads = rectify(county_approved(), "鹤山市").tables[0].heads[0]
    assert heads[1] == "指标和有关情形"
