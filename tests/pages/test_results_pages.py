"""总览, 排名 and 分项情况 as a leader meets them: whole, incomplete, empty, large, and with hostile names."""

from __future__ import annotations

import json
import re
from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from components.navigation import OVERVIEW, RANKING, UNIT
from data.schemes import scheme, scheme_text
from data.store import Store, UnitRow
from scoring.marks import Fact
from tests.pages import builders

Visit = Callable[..., AppTest]


def words(at: AppTest) -> str:
    """Everything said in Markdown, without the signs that make it bold or keep it together."""
    told = [each.value for each in (*at.markdown, *at.caption, *at.header, *at.subheader, *at.info)]
    return "\n".join(told).replace("**", "").replace("\u2060", "").replace("\\", "")


def figures(at: AppTest) -> list[tuple[str, str]]:
    """The cards: value and note, in order."""
    return [(card.value, card.delta) for card in at.metric]


def picture(at: AppTest) -> dict:
    (chart,) = at.get("plotly_chart")
    return json.loads(chart.proto.spec)


def written(at: AppTest) -> list[str]:
    """All words in the picture, in the order they were put there."""
    return [note["text"] for note in picture(at)["layout"]["annotations"]]


def links(at: AppTest) -> list[str]:
    return [each.proto.label.replace("**", "").replace("\u2060", "") for each in at.get("page_link")]


# 总览


def test_the_first_screen_says_what_is_missing_and_what_it_can_still_change(county_store: Store, visit: Visit) -> None:
    said = words(visit(OVERVIEW))
    assert "已收20份，应收21份，尚缺恩平市的日常工作" in said
    assert "恩平市得分在58.08至88.08之间，等次可能为较差、一般或较好" in said
    assert "其余6个市（区）已可测算，位次为暂列。" in said


def test_each_grade_is_counted_with_what_follows_for_its_units(county_store: Store, visit: Visit) -> None:
    assert figures(visit(OVERVIEW)) == [
        ("2 个", "拟表扬"), ("3 个", "1个受限制"), ("1 个", "拟谈话提醒"), ("0 个", ""), ("1 个", "缺日常工作"),
    ]  # fmt: skip


def test_a_grade_is_never_shown_by_colour_alone(county_store: Store, visit: Visit) -> None:
    labels = [card.label for card in visit(OVERVIEW).metric]
    assert all(sign in label for sign, label in zip(("● 好", "◆ 较好", "▲ 一般", "■ 较差"), labels, strict=False))


def test_the_picture_ranks_by_grade_then_score_and_writes_every_figure(county_store: Store, visit: Visit) -> None:
    told = written(visit(OVERVIEW))
    names = ["鹤山市", "蓬江区", "新会区", "开平市", "台山市", "江海区", "恩平市"]
    assert [word for word in told if word in names] == names
    assert "<b>90.00</b>" in told
    assert any("受限制" in word for word in told)
    assert any("58.08<br>至88.08" in word for word in told)


def test_the_ranking_says_what_places_are_read_from(county_store: Store, visit: Visit) -> None:
    assert "位次先按等次、再按得分排（口径），得分相同的并列。" in words(visit(RANKING))


def test_who_stands_near_a_line_is_named_nearest_first(county_store: Store, visit: Visit) -> None:
    near = [label for label in links(visit(OVERVIEW)) if "线" in label or "差" in label]
    assert near == ["蓬江区恰在“好”线上", "江海区距“较好”差0.22分", "开平市距“好”差0.76分"]


def test_the_last_sheet_completes_the_first_screen(county_store: Store, visit: Visit) -> None:
    at = visit(OVERVIEW)
    builders.last_sheet(county_store, county_store.assessments()[0])
    at.run()
    assert "数据已齐" in words(at)
    assert "暂列" not in words(at)
    assert figures(at)[-1] == ("0 个", "")


def test_a_fact_that_waits_for_its_second_person_is_put_to_the_meeting_whatever_it_changes(
    county_store: Store, visit: Visit
) -> None:
    """突出问题 changes no grade and brings 谈话提醒; 恩平市 lacks a sheet and could no longer be 较好."""
    made = county_store.assessments()[0]
    county_store.add_fact(made.id, Fact("鹤山市", "prominent", "有", "2020-11-01", "甲号"), "", builders.CLERK)
    county_store.add_fact(made.id, Fact("恩平市", "violation", "有", "2020-11-01", "乙号"), "", builders.CLERK)
    said = words(visit(OVERVIEW))
    assert "鹤山市有待核对的情形，核对属实后拟谈话提醒" in said
    assert "核对鹤山市的情形：影响其结果运用" in said
    assert "核对恩平市的情形：影响其可能的等次" in said


def test_what_waits_for_a_second_person_is_not_counted_for_the_meeting(county_store: Store, visit: Visit) -> None:
    made = county_store.assessments()[0]
    before = words(visit(OVERVIEW))
    county_store.add_fact(made.id, Fact("鹤山市", "prominent", "有", "2020-11-01", "甲号"), "", builders.CLERK)
    said = words(visit(OVERVIEW))
    assert "待核对1个市（区）的情形" in said
    assert decided(said) == decided(before)


def decided(said: str) -> list[str]:
    return re.findall(r"审定\d+项", said)


def test_a_unit_both_praised_and_summoned_says_why_on_every_page(county_store: Store, visit: Visit) -> None:
    """鹤山市 is 好 (表扬) and has a confirmed 突出问题 (谈话提醒): the leader learns why and has to decide."""
    made = county_store.assessments()[0]
    fact = Fact("鹤山市", "prominent", "有", "2020-11-01", "江督〔2020〕3号")
    county_store.confirm_fact(county_store.add_fact(made.id, fact, "", builders.CLERK).id, builders.CHECKER)
    said = words(visit(OVERVIEW))
    assert "鹤山市因有“某些方面存在突出问题”情形拟谈话提醒，同时按等次拟表扬，需领导小组审定。" in said
    assert "决定鹤山市的结果运用：按等次拟表扬，因有“某些方面存在突出问题”情形拟谈话提醒" in said
    why = "有“某些方面存在突出问题”情形（2020-11-01，江督〔2020〕3号）"
    assert f"{why}，拟谈话提醒 :gray-badge[六（六）]" in words(visit(UNIT, unit="鹤山市"))
    assert f"拟谈话提醒：{why}" in list(visit(RANKING).dataframe[0].value["说明"])


def test_an_assessment_without_any_sheet_is_a_page_and_not_an_error(page_store: Store, visit: Visit) -> None:
    builders.empty(page_store, "jiangmen-2020-county", "空")
    at = visit(OVERVIEW)
    assert "尚未收到评分表，应收21份" in words(at)
    assert figures(at) == [("0 个", "")] * 4 + [("7 个", "缺21份")]
    assert written(at).count("—") == 7


def test_one_sheet_alone_gives_a_range_and_no_grade(page_store: Store, visit: Visit) -> None:
    made = builders.empty(page_store, "jiangmen-2020-county", "一份")
    builders.hand_in(page_store, made, builders.ticks("台山市", "cross", "1" * 19))
    at = visit(OVERVIEW)
    assert "台山市得分在38.00至98.00之间" in words(at)  # 0.4 × 95, and 60 points more at most
    assert figures(at)[-1] == ("7 个", "缺20份")


def test_towns_are_shown_group_by_group_each_ranked_by_itself(page_store: Store, visit: Visit) -> None:
    builders.towns(page_store)
    at = visit(OVERVIEW)
    assert figures(at)[-1] == ("0 个", "")
    assert len(picture(at)["data"][0]["x"]) == 6  # 蓬江区's towns
    at.selectbox(key="group").select("江海区").run()
    assert [word for word in written(at) if "街道" in word] == ["外海街道", "江南街道", "礼乐街道"]


def test_a_self_assessment_has_a_score_and_no_place(page_store: Store, visit: Visit) -> None:
    builders.city(page_store)
    at = visit(OVERVIEW)
    assert "得分与等次" in words(at)
    assert "位次" not in "".join(each.value for each in at.subheader)
    assert "<b>1</b>" not in written(at)


def test_without_any_assessment_every_page_says_how_to_begin_and_can(page_store: Store, visit: Visit) -> None:
    for script in (OVERVIEW, RANKING, UNIT):
        at = visit(script)
        assert "欢迎使用衡效" in words(at)
        assert not at.button(key="load-demo").disabled
        assert not at.button(key="new-create").disabled


# 排名


def test_the_table_has_every_unit_with_its_reason(county_store: Store, visit: Visit) -> None:
    table = visit(RANKING).dataframe[0].value
    assert list(table["市（区）"].str.removesuffix(" ›")) == [
        "鹤山市", "蓬江区", "新会区", "开平市", "台山市", "江海区", "恩平市",
    ]  # fmt: skip
    assert list(table["综合得分"].str.strip())[:3] == ["93.58", "90.00", "94.00"]
    assert list(table["测算等次"])[2:] == ["◆ 较好（受限制）", "◆ 较好", "◆ 较好", "▲ 一般", "暂缺"]
    assert table["说明"][2] == "有“记过”情形，按五（四）最高为“较好”"
    assert table["说明"][6] == "缺日常工作；可能58.08至88.08分，较差至较好"
    assert table["距上一等次"][3] == "距“好”0.76分"
    assert table["拟结果运用"][5] == "拟谈话提醒"


def test_the_table_follows_the_roster_and_the_filter_when_asked(county_store: Store, visit: Visit) -> None:
    at = visit(RANKING)
    at.segmented_control[0].set_value("按行政区划").run()
    assert at.dataframe[0].value["市（区）"][0] == "蓬江区 ›"
    at.pills[0].set_value(["暂缺"]).run()
    assert list(at.dataframe[0].value["市（区）"]) == ["恩平市 ›"]


def test_a_filter_that_matches_nobody_says_so(county_store: Store, visit: Visit) -> None:
    at = visit(RANKING)
    at.pills[0].set_value(["较差"]).run()
    assert "没有符合条件的市（区）" in words(at)


def test_73_towns_are_ranked_county_by_county_and_never_in_one_list(page_store: Store, visit: Visit) -> None:
    builders.towns(page_store)
    at = visit(RANKING)
    assert len(at.dataframe[0].value) == 6
    at.selectbox(key="group").select("蓬江区").run()
    assert "并列3" in list(at.dataframe[0].value["位次"].str.strip())
    assert len(at.dataframe[0].value) == 6


def test_a_whole_group_is_nowhere_called_provisional(page_store: Store, visit: Visit) -> None:
    """All of 江海区's towns are in, nobody else's: their places are settled on every page."""
    made = builders.empty(page_store, "jiangmen-2020-town", "镇级")
    towns = [unit.name for unit in made.units if unit.group == "440704"]
    for at, unit in enumerate(towns):
        builders.hand_in(page_store, made, builders.ticks(unit, "county", "1" * (19 - at) + "2" * at))
    ranking = visit(RANKING)
    assert "暂列" not in words(ranking)
    ranking.selectbox(key="group").select("江海区").run()
    assert "暂列" not in words(ranking)
    assert figures(visit(UNIT, unit=towns[0]))[0][1] == f"第1位，共{len(towns)}个"
    assert "江海区位次已形成" in words(visit(OVERVIEW))


# 分项情况


def test_the_address_names_the_unit(county_store: Store, visit: Visit) -> None:
    at = visit(UNIT, unit="新会区")
    assert at.header[0].value == "新会区"
    assert figures(at)[0] == ("94.00", "暂列第3位，共7个")
    assert "● 好" in figures(at)[1][0]
    assert "◆ 较好" in figures(at)[2][0]
    assert figures(at)[2][1] == "受等次限制"


def test_a_line_is_written_to_its_last_decimal(page_store: Store, visit: Visit) -> None:
    text = scheme_text("jiangmen-2020-county").replace("{grade: 好, min: 90,", "{grade: 好, min: 89.99995,")
    units = [UnitRow("台山市", "county", "440781")]
    made = page_store.create_assessment("甲", "jiangmen-2020-county", text, "0" * 64, units, builders.CLERK)
    for component in ("cross", "municipal", "daily"):
        builders.hand_in(page_store, made, builders.total("台山市", component, "95"))
    assert figures(visit(UNIT))[1][1] == "89.99995分以上"


def test_an_address_that_names_nobody_opens_nobody_else(county_store: Store, visit: Visit) -> None:
    assert not visit(UNIT, unit="不存在的区").header


def test_the_neighbours_are_one_press_away(county_store: Store, visit: Visit) -> None:
    at = visit(UNIT, unit="蓬江区")
    before, after = at.button[0], at.button[1]
    assert before.disabled
    after.click().run()
    assert at.header[0].value == "江海区"


def test_every_step_ends_with_its_clause_and_our_reading_says_so(county_store: Store, visit: Visit) -> None:
    said = words(visit(UNIT, unit="新会区"))
    assert "（2020-06-01，江纪〔2020〕12号）" in said
    assert "gray-badge[五（四）]" in said
    assert "orange-badge[口径（原文未规定）]" in said
    assert "94.00分，在90分以上，按分数为“好” :gray-badge[附件1]" in said


def test_what_follows_stands_at_the_end_of_the_reasons_with_its_clause(county_store: Store, visit: Visit) -> None:
    assert "拟谈话提醒 :gray-badge[六（六）]" in words(visit(UNIT, unit="江海区"))
    assert "拟表扬" not in words(visit(UNIT, unit="新会区"))


def test_what_would_change_the_grade_is_told(county_store: Store, visit: Visit) -> None:
    at = visit(UNIT, unit="开平市")
    assert "什么会改变它" in words(at)
    assert "距“好”差0.76分" in words(at)


def test_every_mark_is_in_the_picture_with_word_and_shape(county_store: Store, visit: Visit) -> None:
    at = visit(UNIT, unit="新会区")
    (cells,) = picture(at)["data"]
    assert cells["text"].count("● 好") == 18 + 17 + 17
    assert cells["text"].count("▲ 一般") == 1
    assert ["daily", 14] in cells["customdata"]


def test_a_total_is_one_cell_and_a_missing_sheet_says_so(county_store: Store, visit: Visit) -> None:
    assert "直接<br>给分" in picture(visit(UNIT, unit="台山市"))["data"][0]["text"]
    assert "未到" in picture(visit(UNIT, unit="恩平市"))["data"][0]["text"]


def test_a_clicked_cell_leads_to_the_cell_of_its_form(county_store: Store, visit: Visit) -> None:
    at = visit(UNIT, unit="新会区")
    at.session_state["unit-cell"] = ("daily", 14)
    at.run()
    said = words(at)
    assert "第14项 财政专项扶贫资金使用成效、使用和监管情况" in said
    assert "新会区_日常工作.xlsx 工作表“新会区” 单元格 F18" in said
    assert "第1次" in said


def test_a_clicked_subtotal_says_its_figure_and_what_it_is_made_of(county_store: Store, visit: Visit) -> None:
    """日常工作 marked item 14 一般 and item 18 较好, all else 好: the category of item 14 is below 95."""
    at = visit(UNIT, unit="新会区")
    category = scheme("jiangmen-2020-county").indicators_of("county")[0].path[0]
    assert ["daily", category] in picture(at)["data"][0]["customdata"]
    at.session_state["unit-cell"] = ("daily", category)
    at.run()
    said = words(at)
    assert f"{category}　小计95.00分" in said
    assert "- 第1项 " in said
    assert "新会区_日常工作.xlsx" in said


def test_items_on_which_assessors_are_two_grades_apart_are_named(county_store: Store, visit: Visit) -> None:
    said = words(visit(UNIT, unit="恩平市"))
    assert "相差两档以上" in said
    assert "第12项 就业扶贫情况：交叉考核好、市级考核一般" in said


def test_the_opinion_and_the_self_assessment_stand_beside_the_score(county_store: Store, visit: Visit) -> None:
    said = words(visit(UNIT, unit="台山市"))
    assert "评价意见：年度任务完成较好" in said
    assert "自查自评94.47分（不计分），比综合得分高8.33分" in said  # 1795/19 = 94.47 over 86.14


def test_an_incomplete_unit_shows_what_is_known_and_what_is_possible(county_store: Store, visit: Visit) -> None:
    at = visit(UNIT, unit="恩平市")
    assert figures(at)[0] == ("暂缺", "缺日常工作")
    assert figures(at)[2] == ("暂缺", "可能较差至较好")
    assert figures(at)[3] == ("58.08", "最高88.08分")
    assert "现在知道什么" in words(at)


def test_a_fact_that_waits_for_its_second_person_is_told_and_does_not_count(county_store: Store, visit: Visit) -> None:
    made = county_store.assessments()[0]
    county_store.add_fact(made.id, Fact("鹤山市", "sanction", "记过", "2020-07-01", "江纪〔2020〕15号"), "", "甲")
    at = visit(UNIT, unit="鹤山市")
    assert "● 好" in figures(at)[2][0]
    assert "核对属实后等次由“好”变为“较好”" in words(at)
    assert "核对鹤山市的情形" in words(visit(OVERVIEW))


@pytest.mark.parametrize("name", ["**粗**区", "[点](http://x.example)", "=1+1", "<b>甲</b>"])
def test_a_name_is_only_a_name(page_store: Store, visit: Visit, name: str) -> None:
    rules = scheme("jiangmen-2020-county")
    made = page_store.create_assessment(
        "名", rules.id, scheme_text(rules.id), rules.hash, [UnitRow(name, "county")], "甲"
    )
    builders.hand_in(page_store, made, builders.ticks(name, "cross", "1" * 19))
    at = visit(OVERVIEW)
    assert not any(name in each.value for each in at.markdown if set(name) & set("*[<"))
    assert visit(UNIT).header[0].value.replace("\\", "").replace("\u2060", "") == name
    assert visit(RANKING).dataframe[0].value["市（区）"][0] == f"{name} ›"
