"""Ordinary shapes in which county offices keep their tables, each with what it comes to, worked by hand."""

from __future__ import annotations

import pytest

from data.indicator_tables import recognise
from data.indicator_tables.read import tally
from tests.data.indicator_books import file_of, items, read, scheme_of, told


def test_an_ahp_table_weighs_its_items_within_their_criteria_under_a_root_that_tells_nothing():
    reading = read(
        [["目标层", "准则层", "权重", "指标层", "权重"], ["乡村振兴", "产业", "40%", "产能", "60%"], [None, None, None, "加工", "40%"],
         [None, "生态", "60%", "垃圾", "100%"]],
        "A2:A4", "B2:B3", "C2:C3",
    )  # fmt: skip
    assert reading.problems == ()
    assert items(reading) == [("产业/产能", "60"), ("产业/加工", "40"), ("生态/垃圾", "100")]
    marked = scheme_of(reading, measure="分值：各项得分相加")
    assert [row.full["part1"] for row in marked.indicators] == [24, 16, 60]  # 0.4 × 60, 0.4 × 40, 0.6 × 100


def test_a_village_form_with_points_in_its_categories_columns_to_fill_in_and_signatures():
    reading = read(
        [["某乡2026年村级考核评分表"], ["被考核单位：____　考核时间："],
         ["序号", "类别", "考核内容", "分值", "评分细则", "自评分", "考核分"],
         [1, "组织领导20分", "1.村“两委”运行", 12, "x"], [2, None, "2.党员大会、村民代表会议", 8, "y"],
         [3, "产业发展80分", "3.集体经济收入10万元以上", 80, "z"], ["总  分", None, None, 100],
         ["考核组组长（签字）：", None, None, None, "被考核单位负责人（签字）："]],
        "A1:G1", "A2:G2", "B4:B5", "A7:C7",
    )  # fmt: skip
    assert reading.problems == ()
    assert items(reading) == [("组织领导/村“两委”运行", "12"), ("组织领导/党员大会、村民代表会议", "8"),
                              ("产业发展/集体经济收入10万元以上", "80")]  # fmt: skip
    assert [node.amount for node in reading.tables[0].nodes] == [20, 80]
    assert not any(question.id.startswith("amount-column") for question in reading.questions)
    assert reading.tables[0].items[2].criterion == "z"


_FORM = [["单位：分"], ["类  别", "项目名称及内容", "标准分", "评分细则", "自评分", "考核分", "考核单位"],
         ["组织领导20分", "1.村“两委”每月研究", "10", "少1次扣1分", None, None, "镇农办"],
         [None, "2.帮扶干部入户", "10", "少1次扣0.5分", None, None, "镇农办"],
         ["增收致富80分", "3.劳动力就业率达90%以上", "50", "每低1个百分点扣1分", None, None, "镇人社所"],
         [None, "4.饮水安全达标", "30", "不达标1户扣2分", None, None, "镇水务所"], ["总  分", None, "100"]]  # fmt: skip


@pytest.mark.parametrize("head", ["项目名称及内容", "项目名称", "项目及内容", "事项名称", "考核项目和内容", "怎么考"])
@pytest.mark.parametrize("blank", [0, 1, 9])
@pytest.mark.parametrize(
    "signed", [["考核人签字：", *[None] * 3, "年  月  日"], ["考核人签字：张三", *[None] * 3, "2026年12月3日"],
               ["考核人：", None, "考核时间："], ["被考核村（盖章）", None, None, "考核组长（签字）："]]
)  # fmt: skip
def test_a_village_form_with_merged_categories_is_read_whatever_heads_its_names_and_wherever_it_is_signed(
    head: str, blank: int, signed: list[str | None]
):
    rows = [_FORM[0], [head if text == "项目名称及内容" else text for text in _FORM[1]], *_FORM[2:], *[[]] * blank, signed]
    reading = read(rows, "A3:A4", "A5:A6")
    assert reading.problems == ()
    assert items(reading) == [("组织领导/村“两委”每月研究", "10"), ("组织领导/帮扶干部入户", "10"),
                              ("增收致富/劳动力就业率达90%以上", "50"), ("增收致富/饮水安全达标", "30")]  # fmt: skip
    assert tally(reading.tables) == "共2级、4项，合计100分"
    assert [(item.criterion, item.source) for item in reading.tables[0].items[::3]] == [
        ("少1次扣1分", "镇农办"), ("不达标1户扣2分", "镇水务所"),
    ]  # fmt: skip


def test_points_repeated_on_every_level_agree_from_the_items_to_the_whole():
    rows = [["一级指标", "分值", "二级指标", "分值", "三级指标", "分值"], ["甲", 30, "子", 20, "a", 12], [None, None, None, None, "b", 8],
            [None, None, "丑", 10, "c", 10], ["乙", 70, "寅", 70, "d", 70], ["总 分", None, None, None, None, 100]]  # fmt: skip
    reading = read(rows)
    assert reading.problems == ()
    assert [amount for _, amount in items(reading)] == ["12", "8", "10", "70"]
    rows[2][5] = 9
    assert {("branch-differs", "B2"), ("branch-differs", "D2"), ("sum-differs", "F6")} <= set(told(read(rows)))


def test_sections_in_the_column_of_numbers_and_a_sum_in_words_are_read():
    reading = read([["序号", "考核内容", "分值"], ["一、党建（30分）"], [1, "组织生活", 30], ["二、产业（70分）"], [2, "集体经济", 70],
                    ["合计：100分"]])  # fmt: skip
    assert items(reading) == [("党建/组织生活", "30"), ("产业/集体经济", "70")]
    assert [node.amount for node in reading.tables[0].nodes] == [30, 70]
    assert [one.amount for one in reading.tables[0].sums] == [100]


def test_additions_listed_below_under_a_header_of_their_own_come_on_top():
    reading = read([["序号", "考核指标", "分值"], [1, "甲", 60], [2, "乙", 40], ["加分项目", "加分标准", "加分上限"],
                    ["获得表彰", "每次1分", 3], ["经验推广", "每篇2分", 4]])  # fmt: skip
    assert told(reading) == []
    rules = scheme_of(reading)
    assert [(row.role, row.name) for row in rules.indicators] == [
        ("base", "甲"),
        ("base", "乙"),
        ("bonus", "获得表彰"),
        ("bonus", "经验推广"),
    ]
    assert (rules.base, rules.extras.total_max) == (100, 107)


def test_an_addition_takes_its_bound_from_its_criterion_or_its_heading_and_a_veto_is_no_item():
    reading = read([["考核内容", "分值", "评分标准"], ["一、基础", 100, None], ["1.台账", 100, "x"],
                    ["二、加分项（不超过5分）"],
                    ["1.省级表彰", None, "加3分"], ["2.推广", None, "每篇加1分"],
                    ["三、一票否决"], ["规模性返贫的，定为较差"]])  # fmt: skip
    assert told(reading) == []
    assert [(item.name, item.amount) for item in reading.tables[0].of("bonus")] == [("省级表彰", 3), ("推广", 5)]
    rules = scheme_of(reading)
    assert (rules.extras.bonus_max, rules.extras.total_max) == (5, 105)
    assert [doubt.text for doubt in rules.doubts] == ["一票否决　规模性返贫的，定为较差"]


def test_scores_of_units_beside_the_points_are_not_taken_for_them():
    reading = read(
        [
            ["指标", "上年", "分值", "东镇", "西镇"],
            ["粮食", 26, 30, 28, 27],
            ["产业", 35, 40, 38, 33],
            ["治理", 29, 30, 30, 30],
        ]
    )
    assert [amount for _, amount in items(reading)] == ["30", "40", "30"]
    assert next(q for q in reading.questions if q.id == "amount-column-t1").default == "C列“分值”"


@pytest.mark.parametrize(
    ("written", "plain"), [("产\n业\n兴\n旺", "产业兴旺"), ("产 业 兴 旺", "产业兴旺"), ("甲村 乙村", "甲村 乙村")]
)
def test_a_name_written_downwards_is_one_name(written, plain):
    reading = read([["一级指标", "二级指标", "分值"], [written, "粮食", 60], [None, "畜牧", 40]])
    assert items(reading) == [(f"{plain}/粮食", "60"), (f"{plain}/畜牧", "40")]


def test_a_remark_beside_the_table_is_kept_and_hides_no_title():
    rows = [["某市2026年镇街考核计分表", None, None, None, None, "说明：本表由农办解释"], ["项目", "内容", "标准分", "计分方法"],
            ["粮食", "面积", 12.35, "x", None, "注：四舍五入"], [None, "产量", 87.65, "x"], ["合计", None, 100]]  # fmt: skip
    reading = read(rows, "A1:D1")
    assert reading.problems == ()
    assert reading.tables[0].title == "某市2026年镇街考核计分表"
    assert items(reading) == [("粮食/面积", "12.35"), ("粮食/产量", "87.65")]


def test_weights_behind_names_may_be_parts_of_one():
    reading = read(
        [["一级指标", "指标", "权重"], ["甲（权重0.4）", "子", 0.4], ["乙（权重0.6）", "丑", 0.35], [None, "寅", 0.25]]
    )
    assert told(reading) == []
    assert [node.amount for node in reading.tables[0].nodes] == [40, 60]
    assert items(reading) == [("甲/子", "40"), ("乙/丑", "35"), ("乙/寅", "25")]


def test_a_title_that_mentions_additions_in_brackets_does_not_make_every_item_one():
    file = file_of(("表", [["某镇考核评分表（含加分项）"], ["指标", "分值"], ["甲", 60], ["乙", 40]], ("A1:B1",)))
    assert [item.role for item in recognise(file).tables[0].items] == ["base", "base"]


def test_the_tally_of_a_sheet_of_items_and_a_sheet_of_additions_names_one_sum():
    base = [["指标名称", "分值"], ["甲", 60], ["乙", 40]]
    more = [["加分项目", "分值"], ["丙", 3], ["丁", 2]]
    reading = recognise(file_of(("基础指标", base, []), ("加分项", more, [])))
    assert tally(reading.tables) == "共1级、2项，合计100分；另有加分项2项，合计最多加5分"
    assert tally(reading.tables[1:]) == "共1级、0项；另有加分项2项，合计最多加5分"
