"""The results pages of every document beyond 江门: whole, half and empty; and what each must say in its own words."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from fractions import Fraction

import openpyxl
import pytest
from streamlit.testing.v1 import AppTest

from components.navigation import MAP, OVERVIEW, PROGRESS, RANKING, UNIT
from data.documents.ranking_table import to_csv, to_xlsx
from data.state import State, load_state
from data.store import Store
from scoring.marks import Fact, Mark, Sheet
from tests.pages import builders
from tests.pages.documents import (
    CITY,
    DEPARTMENT,
    EVERY,
    GUANGDONG,
    HALF,
    NEIMENGGU,
    QUJIANG,
    RUYUAN,
    borrow_lines,
)

Visit = Callable[..., AppTest]
AT = "12月4日 09:30"


def words(at: AppTest) -> str:
    """Everything said on a page, without the signs that make it bold or keep it together."""
    told = [each.value for each in (*at.title, *at.markdown, *at.caption, *at.header, *at.subheader, *at.info)]
    told += [f"{card.label} {card.value} {card.delta}" for card in at.metric]
    told += [each.proto.label for each in at.get("page_link")]
    return "\n".join(told).replace("**", "").replace("\u2060", "").replace("\\", "").replace("\u00a0", " ")


def written(at: AppTest) -> list[str]:
    """All words in the picture."""
    (chart,) = at.get("plotly_chart")
    spec = json.loads(chart.proto.spec)
    cells = [text for trace in spec["data"] for text in trace.get("text") or ()]
    return [note["text"] for note in spec["layout"]["annotations"]] + cells


def labels(at: AppTest) -> list[str]:
    """The words on the map."""
    (chart,) = at.get("deck_gl_json_chart")
    layers = json.loads(chart.proto.json)["layers"]
    return [row["text"] for layer in layers if layer["id"] == "words" for row in layer["data"]]


@pytest.mark.parametrize("share", [0, HALF, 1], ids=["empty", "half", "whole"])
@pytest.mark.parametrize("scheme_id", EVERY)
def test_every_page_of_every_document_opens(page_store: Store, visit: Visit, scheme_id: str, share: Fraction) -> None:
    EVERY[scheme_id](page_store, share)
    for script in (OVERVIEW, RANKING, UNIT, MAP, PROGRESS):
        said = words(visit(script))
        assert "None" not in said, script


def state_of(store: Store, scheme_id: str, share: Fraction | int = 1) -> State:
    return load_state(store, EVERY[scheme_id](store, share).id)


# 广东：两组分别排位，只出得分


def test_guangdong_tells_its_two_groups_apart_and_gives_no_grade(page_store: Store, visit: Visit) -> None:
    EVERY[GUANGDONG](page_store, 1)
    said = words(visit(OVERVIEW))
    assert (
        "被帮扶市14个均已出得分，得分在84.14至95.00之间，居前的为韶关市（95.00）、汕头市（94.16）、湛江市（93.33），靠后的为"
        in said
    )
    assert "“等次线”：现不由得分推出等次；如借用江门2020的90/80/70，将形成20个地级以上市的等次，请领导小组决定是否借用" in said
    assert "对口帮扶市6个均已出得分" in said
    assert "等次由评议确定" in said
    assert "已出得分 14 个" in said
    assert "暂缺 0 个" in said
    assert "“好”的评价标准（附件1-1）" in [each.label for each in visit(OVERVIEW).expander]


def test_the_address_names_the_group_and_only_its_units_are_drawn(page_store: Store, visit: Visit) -> None:
    EVERY[GUANGDONG](page_store, 1)
    for script in (OVERVIEW, RANKING):
        at = visit(script, group="对口帮扶市")
        assert at.pills[0].value == "对口帮扶市"
    assert list(visit(RANKING, group="对口帮扶市").dataframe[0].value["地级以上市"]) == [
        "广州市 ›", "深圳市 ›", "珠海市 ›", "佛山市 ›", "东莞市 ›", "中山市 ›",
    ]  # fmt: skip
    drawn = written(visit(OVERVIEW, group="对口帮扶市"))
    assert "中山市" in drawn
    assert "韶关市" not in drawn


def test_the_group_stays_from_page_to_page(page_store: Store, visit: Visit) -> None:
    EVERY[GUANGDONG](page_store, 1)
    at = visit(OVERVIEW)
    at.pills[0].set_value("对口帮扶市").run()
    assert at.query_params["group"] == "对口帮扶市"
    at.query_params.clear()  # as the menu does
    at.switch_page(RANKING).run()
    assert at.pills[0].value == "对口帮扶市"


def test_an_address_that_names_no_group_shows_the_first(page_store: Store, visit: Visit) -> None:
    EVERY[GUANGDONG](page_store, 1)
    assert visit(RANKING, group="不存在的组").pills[0].value == "被帮扶市"


def test_a_score_without_a_grade_is_not_called_missing(page_store: Store, visit: Visit) -> None:
    EVERY[GUANGDONG](page_store, 1)
    at = visit(UNIT, unit="汕头市")
    assert "等次 待评议 由评议确定" in words(at)
    assert "距前一位 差0.84分 领先后一位0.83分" in words(at)  # 95.00, 94.16, 93.33
    assert "暂缺" not in words(at)
    assert "测算等次" not in visit(RANKING).dataframe[0].value


def test_the_map_of_guangdong_shows_scores_one_group_at_a_time_and_jiangmen_apart(
    page_store: Store, visit: Visit
) -> None:
    EVERY[GUANGDONG](page_store, 1)
    at = visit(MAP, draw="webgl")
    assert "韶关市\n95.00" in labels(at)
    assert "江门市\n另行制定" in labels(at)
    assert "广州市" in labels(at)  # of the other group: its name alone
    rows = {button.key for button in at.button if button.key and button.key.startswith("row-")}
    assert rows & {"row-440200", "row-440100"} == {"row-440200"}
    assert at.pills[1].options[0] == "得分"  # no lines, so no layer of grades
    at = visit(MAP, sel="440700").button("chosen-open").click().run()
    assert "省对江门市党委和政府 2019 年扶贫开发工作成效考核方案另行制定（八）。" in words(at)


def test_borrowed_lines_are_called_borrowed_wherever_a_grade_shows(page_store: Store, visit: Visit) -> None:
    made = EVERY[GUANGDONG](page_store, 1)
    borrow_lines(page_store, made)
    for script in (OVERVIEW, RANKING, UNIT, MAP):
        assert "等次线借用江门2020附件1" in words(visit(script)), script
    assert "借用江门2020附件1的等次线，被帮扶市等次为：好6个，较好8个" in words(visit(OVERVIEW))
    state = load_state(page_store, made.id)
    assert "等次线借用江门2020附件1，不是本文件的规定。" in to_csv(state, state.results.units, AT).decode()


def test_a_file_of_all_groups_has_a_sheet_for_each(page_store: Store) -> None:
    state = state_of(page_store, GUANGDONG)
    book = openpyxl.load_workbook(io.BytesIO(to_xlsx(state, state.results.units, AT)))
    assert book.sheetnames == ["被帮扶市", "对口帮扶市"]
    assert [sheet["A1"].value for sheet in book] == [
        "2019年广东省 · 地级以上市：得分与位次（被帮扶市）",
        "2019年广东省 · 地级以上市：得分与位次（对口帮扶市）",
    ]


def test_half_the_sheets_leave_each_group_provisional(page_store: Store, visit: Visit) -> None:
    EVERY[GUANGDONG](page_store, HALF)
    said = words(visit(OVERVIEW))
    assert "已收30份，应收60份，尚缺30份" in said
    assert "对口帮扶市3个已出得分，3个暂缺" in said
    assert "暂缺 7 个 缺21份" in said


# 内蒙古：分值相加


def test_neimenggu_shows_points_out_of_their_full_marks(page_store: Store, visit: Visit) -> None:
    """包头市: 97 % of 4 points is 3.88; 17/20 of 9 is 7.65; 减贫成效 has no points in 平时监控."""
    EVERY[NEIMENGGU](page_store, 1)
    at = visit(UNIT, unit="包头市")
    told = written(at)
    assert "<b>平时监控</b><br>满分100<br><b>89.20</b>" in told
    assert "7.65/9" in told
    assert any(text.endswith("3.88/4") and "97%" in text for text in told)
    assert told.count("不计分") == 4  # three items of 减贫成效 in one half, 作风 in the other
    assert "（平时监控89.2＋年终考核90.1）÷200×100＝89.65分" in words(at)
    assert any("精准施策" in text and "64.06/70" in text for text in told)


def test_a_clicked_ratio_tells_what_stands_on_the_sheet_and_how_it_was_counted(page_store: Store, visit: Visit) -> None:
    EVERY[NEIMENGGU](page_store, 1)
    at = visit(UNIT, unit="包头市")
    at.session_state["unit-cell"] = ("daily", 4)
    said = words(at.run())
    assert "3.88分（满分4分） ← daily.xlsx 工作表“daily” 单元格 E7" in said
    assert "表上所填：97" in said
    assert "第4项比例97%，满分4分，得3.88分" in said


def test_a_row_that_waits_for_a_figure_is_told_and_not_called_missing(page_store: Store, visit: Visit) -> None:
    """第3项 is to be compared with the nation's growth, which nobody has filled in."""
    made = EVERY[NEIMENGGU](page_store, 1)
    state = load_state(page_store, made.id)
    sheet = next(s for s in state.sheets if s.unit == "包头市" and s.component == "yearend")
    marks = [Mark(3, value=Fraction(9)) if mark.indicator == 3 else mark for mark in sheet.marks]
    builders.hand_in(page_store, made, Sheet("包头市", "yearend", tuple(marks)))
    assert "缺年终考核" not in (first := words(visit(OVERVIEW)))
    assert "评分表已到而暂不能计分：包头市，待填目标数值：当年全国农村居民人均可支配收入增长率。" in first
    assert "1个盟市的评分表已到，填报此数后方可计分。" in first
    assert "去填报数值" in first
    at = visit(UNIT, unit="包头市")
    assert "综合得分 暂缺 待填目标数值" in words(at)
    assert "待填目标数值：当年全国农村居民人均可支配收入增长率，暂不计算综合得分；无论待定各项结果如何" in words(at)
    assert "缺年终考核" not in words(at)
    assert "待定" in " ".join(written(at))


# 乳源：帮扶单位随镇计分


def test_ruyuan_asks_nine_sheets_and_none_of_those_that_inherit(page_store: Store, visit: Visit) -> None:
    EVERY[RUYUAN](page_store, HALF)
    assert "已收4份，应收9份" in words(visit(OVERVIEW))
    at = visit(PROGRESS)
    assert "应收9份，已收4份，尚缺5份" in words(at)
    assert "随所帮扶的单位计分，不另填评分表" in words(at)
    assert len(at.table[0].value) == 9


def test_an_inherited_score_tells_from_which_towns_and_what_it_is_worth(page_store: Store, visit: Visit) -> None:
    """96 with 30 households and 91 with 10 are 94.75; ÷ 100 × 2 is 1.8950."""
    EVERY[RUYUAN](page_store, 1)
    at = visit(UNIT, unit="县直经济第1单位")
    said = words(at)
    assert "随所帮扶的单位计分 2 个 乳城镇（30户）、一六镇（10户）" in said
    assert "绩效得分 1.8950 绩效折算" in said
    assert list(at.table[0].value["计分占比"]) == ["75%", "25%"]
    assert "逐项评分" not in said
    table = visit(RANKING, group="县直经济发展与管理部门").dataframe[0].value
    assert table.loc[table["考核对象"] == "县直经济第1单位 ›", "绩效得分"].item().strip() == "1.8950"
    assert "乳城镇（30户）、一六镇（10户）" in list(table["随何处计分"])


def test_a_category_that_is_taken_up_again_tells_its_sum_once(page_store: Store, visit: Visit) -> None:
    """附件1 ends with an item of 精准帮扶 after those of 精准识别."""
    made = EVERY[RUYUAN](page_store, 0)
    marks = tuple(Mark(no, score=Fraction(9)) for no in range(1, 11))
    builders.hand_in(page_store, made, Sheet("乳城镇", "county", marks))
    told = written(visit(UNIT, unit="乳城镇"))
    assert [text for text in told if "精准帮扶" in text] == ["<b>精准帮扶　36/40</b>", "<b>精准帮扶（续）</b>"]
    assert told.count("<b>36/40</b>") == 1


def test_a_group_without_an_award_has_no_column_of_awards(page_store: Store, visit: Visit) -> None:
    EVERY[RUYUAN](page_store, 1)
    assert "绩效得分" not in visit(RANKING, group="其余帮扶单位").dataframe[0].value
    assert "绩效得分" in visit(RANKING, group="上级直管单位").dataframe[0].value


def test_helping_units_are_counted_beside_the_map(page_store: Store, visit: Visit) -> None:
    EVERY[RUYUAN](page_store, 1)
    at = visit(MAP, draw="webgl")
    assert "另有81个单位无区划代码，不在图上" in words(at)
    assert any(label.startswith("乳城镇") for label in labels(at))


# 东西部：成效评价


@pytest.mark.parametrize("scheme_id", [CITY, DEPARTMENT])
def test_dongxi_uses_the_words_of_its_own_document_only(page_store: Store, visit: Visit, scheme_id: str) -> None:
    EVERY[scheme_id](page_store, HALF)
    for script in (OVERVIEW, RANKING, UNIT, PROGRESS):
        said = words(visit(script))
        assert "考核方式" not in said, script
        assert "考核对象" not in said, script


def test_a_recommended_floor_is_put_to_the_meeting(page_store: Store, visit: Visit) -> None:
    EVERY[CITY](page_store, 1)
    told = "因有“完成全国和省目标要求”情形，按七（一）1原则上建议评为“较好”，须由人认定"
    said = words(visit(OVERVIEW))
    assert f"江门市75.00分，按分数为“一般”；{told}。" in said
    assert f"认定江门市的等次：{told}" in said
    assert "测算等次 :color[ ▲ 一般 ]" in words(visit(UNIT, unit="江门市"))
    assert "建议“较好”，待认定" in words(visit(UNIT, unit="江门市"))


def test_a_category_that_limits_the_grade_is_named(page_store: Store, visit: Visit) -> None:
    EVERY[CITY](page_store, 1)
    assert "珠海市91.67分，按分数为“好”；因大项“劳务协作”为“一般”，按七（一）3等次最高为“较好”" in words(
        visit(OVERVIEW)
    )
    table = visit(RANKING).dataframe[0].value
    assert "大项“劳务协作”为“一般”，按七（一）3最高为“较好”" in list(table["说明"])
    at = visit(UNIT, unit="珠海市")
    assert "大项等次" in words(at)
    assert any("劳务协作" in text and "▲ 一般" in text for text in written(at))


def test_the_worst_grade_has_the_name_its_document_gives_it_and_a_veto_gives_it(
    page_store: Store, visit: Visit
) -> None:
    EVERY[CITY](page_store, 1)
    at = visit(RANKING)
    assert "■ 差（受限制）" in list(at.dataframe[0].value["测算等次"])
    assert "较差" not in words(at)
    assert "湛江市81.26分，按分数为“较好”；因有“弄虚作假、虚报数据”情形，按七（一）2等次最高为“差”" in words(visit(OVERVIEW))


def test_commendations_and_late_money_are_told(page_store: Store, visit: Visit) -> None:
    EVERY[CITY](page_store, 1)
    assert "加分：广州市有“中央领导同志批示肯定”2次，加2分。" in words(visit(OVERVIEW))
    assert "第12项：逾期到账扣20%" in words(visit(UNIT, unit="深圳市"))
    assert "2分" in list(visit(RANKING).dataframe[0].value["加分"])


def test_a_department_s_table_holds_its_own_item_only(page_store: Store, visit: Visit) -> None:
    EVERY[DEPARTMENT](page_store, 1)
    at = visit(UNIT, unit="省教育厅")
    assert "逐项评分：1种评价方式 × 10项" in words(at)
    assert not any("省科技厅" in text for text in written(at))


def test_departments_have_no_map_and_are_told_in_words(page_store: Store, visit: Visit) -> None:
    EVERY[DEPARTMENT](page_store, 1)
    at = visit(MAP)
    assert "15个省直单位没有行政区划代码，不能在地图上定位，本页不画地图" in words(at)
    assert "查看全部省直单位的结果" in words(at)
    assert not at.get("deck_gl_json_chart")


# 曲江：综合评定


def test_qujiang_tells_who_has_what_by_which_clause_and_what_follows(page_store: Store, visit: Visit) -> None:
    EVERY[QUJIANG](page_store, 1)
    said = words(visit(OVERVIEW))
    assert "11个镇和单位中，2个有问题情形（小坑镇、马坝镇）。" in said
    assert "小坑镇：“违反扶贫资金管理使用规定”（第七条（二））、“情节严重、造成不良影响”（第八条（三））。" in said
    assert "按第八条（三）拟责任追究1个（小坑镇）；按第八条（三）拟约谈并限期整改2个（马坝镇、小坑镇）；" in said
    assert "白土镇有待核对的情形，核对属实后拟提出处理意见、约谈并限期整改。" in said


@pytest.mark.parametrize("script", [OVERVIEW, RANKING, UNIT, MAP])
def test_judgement_has_no_score_no_grade_and_no_place_and_nothing_is_missing(
    page_store: Store, visit: Visit, script: str
) -> None:
    EVERY[QUJIANG](page_store, 1)
    at = visit(script)
    said = words(at)
    for word in ("暂缺", "综合得分", "测算等次", "暂列", "距“", "位次为"):
        assert word not in said, word
    assert not at.get("plotly_chart")


def test_the_list_of_judgement_goes_from_the_gravest_down(page_store: Store, visit: Visit) -> None:
    EVERY[QUJIANG](page_store, 1)
    at = visit(RANKING)
    assert at.title[0].value == "问题情形一览"
    named = [each.proto.label.replace("**", "").replace("\u2060", "") for each in at.get("page_link")]
    assert named[:4] == ["小坑镇", "马坝镇", "白土镇", "大塘镇"]
    assert len(named) == 11


def test_a_judged_unit_shows_its_content_heads_with_what_was_handed_in(page_store: Store, visit: Visit) -> None:
    EVERY[QUJIANG](page_store, 1)
    said = words(visit(UNIT, unit="小坑镇"))
    assert "已核对的问题情形 1 项" in said
    assert "最重的拟处理 拟责任追究 第八条（三）" in said
    assert "考核建档立卡相对贫困人口识别和退出准确性" in said
    assert "抽查与核查　报送92分，供评议参考" in said
    assert "评价意见：年度任务总体完成较好" in said


def test_the_map_of_judgement_says_triggered_waiting_praised_or_nothing(page_store: Store, visit: Visit) -> None:
    EVERY[QUJIANG](page_store, 1)
    told = {label.split("\n")[0].split(" ")[0]: label for label in labels(visit(MAP, draw="webgl"))}
    assert "■ 拟责任追究" in told["小坑镇"]
    assert "▲ 情形待核对" in told["白土镇"]
    assert "● 拟表彰" in told["大塘镇"]
    assert "■" not in told["罗坑镇"]


def test_the_file_of_judgement_has_no_column_of_scores(page_store: Store) -> None:
    state = state_of(page_store, QUJIANG)
    lines = list(csv.reader(io.StringIO(to_csv(state, state.results.units, AT).decode("utf-8-sig"))))
    head = next(line for line in lines if "情形" in line)
    assert head == ["组别", "考核对象", "情形", "条款", "拟处理", "说明"]
    row = next(line for line in lines if "小坑镇" in line)
    assert row[4] == "拟责任追究、拟约谈并限期整改、拟提出处理意见"


def test_a_waiting_fact_that_moves_only_the_score_is_told_with_both_scores(page_store: Store, visit: Visit) -> None:
    made = EVERY[CITY](page_store, 1)
    page_store.add_fact(made.id, Fact("佛山市", "praise", "有", "2019-09-01", "甲号"), "", builders.CLERK)
    said = words(visit(OVERVIEW))
    assert "佛山市有待核对的情形，核对属实后得分由82.54变为83.54" in said
    assert "核对佛山市的情形：影响其得分" in said


def test_many_strong_items_are_counted_and_the_weak_ones_named(page_store: Store, visit: Visit) -> None:
    """All 40 items 好 but three, each of which is told by its name."""
    EVERY[CITY](page_store, 1)
    state = load_state(page_store, page_store.assessments()[0].id)
    ticked = [Mark(row.no, grade="一般" if row.no in (1, 2, 3) else "好") for row in state.scheme.indicators]
    builders.hand_in(page_store, state.assessment, Sheet("珠海市", "review", tuple(ticked)))
    said = words(visit(UNIT, unit="珠海市"))
    assert "较强的指标\n\n- 37项均为“好”" in said
    weak = said.split("较弱的指标")[1]
    assert all(f"- 第{row.no}项 {row.name}" in weak for row in state.scheme.indicators[:3])
