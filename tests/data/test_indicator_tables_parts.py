"""Several tables on a sheet, several sheets, part sums, additions and deductions, and who assesses: told apart by what they hold."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from data.indicator_tables import AnswersError, recognise, scheme_text_from
from scoring.assess import assess
from scoring.marks import Mark, Sheet
from tests.data.indicator_books import HEAD, file_of, items, read, scheme_of, told

STORED = Path(__file__).parent / "indicator_tables"


def test_two_tables_on_one_sheet_are_asked_about():
    rows = [
        ["甲类考核表"],
        ["指标", "分值"],
        ["子", 60],
        ["丑", 40],
        [None],
        ["乙类考核表"],
        ["指标", "分值"],
        ["寅", 100],
    ]
    reading = read(rows)
    question = reading.questions[0]
    assert question.id == "tables"
    assert question.options[:2] == ("全部作为一张表", "各作一个组别")
    assert question.default == "各作一个组别"
    rules = scheme_of(reading)
    assert [(group.name, len(group.indicators)) for group in rules.groups] == [("甲类考核表", 2), ("乙类考核表", 1)]
    one = read(rows, answers={"tables": question.options[3]})
    assert items(one) == [("寅", "100")]
    assert told(read(rows, answers={"tables": "全部作为一张表"})) == []


def test_two_tables_side_by_side_are_two_tables():
    reading = read([["指标", "分值", None, "指标", "分值"], ["子", 60, None, "寅", 70], ["丑", 40, None, "卯", 30]])
    assert [[item.name for item in table.items] for table in reading.found] == [["子", "丑"], ["寅", "卯"]]


def test_sheets_that_make_a_hundred_together_are_one_table_and_one_of_additions_adds():
    file = file_of(
        ("基础", [["指标", "分值"], ["甲", 60], ["乙", 40]], ()), ("加分项", [["指标", "分值"], ["表彰", 5]], ())
    )
    reading = recognise(file)
    assert reading.questions[0].default == "全部作为一张表"
    assert [(row.name, row.role) for row in scheme_of(reading).indicators] == [
        ("甲", "base"),
        ("乙", "base"),
        ("表彰", "bonus"),
    ]


def test_a_part_sum_stands_for_its_own_branch():
    reading = read(
        [
            HEAD,
            ["甲", "子", 60, "x"],
            [None, "小计", 60],
            ["乙", "寅", 40, "z"],
            [None, "小计", 40],
            ["总计", None, 100],
        ]
    )
    assert told(reading) == []
    assert len(reading.tables[0].items) == 2


def test_another_column_may_name_the_items():
    rows = [["考核项目", "考核内容", "考核要点", "分值"], ["甲", "子", "要点一", 60], ["乙", "丑", "要点二", 40]]
    first = read(rows)
    column = next(question for question in first.questions if question.id == "name-column-t1")
    assert column.default == "B列“考核内容”"
    assert items(first) == [("甲/子", "60"), ("乙/丑", "40")]
    assert items(read(rows, answers={column.id: "C列“考核要点”"})) == [("甲/子/要点一", "60"), ("乙/丑/要点二", "40")]


def test_a_hidden_sheet_and_a_sheet_without_a_table_are_told():
    file = file_of(
        ("表", [["指标", "分值"], ["甲", 100]], ()),
        ("说明", [["由县委农办解释"]], ()),
        ("旧", [["指标", "分值"], ["乙", 1]], ()),
    )
    file.grids[2].hidden = True
    assert sorted(told(recognise(file), "warning")) == [("hidden-sheet", ""), ("sheet-ignored", "")]


def test_a_scoring_sheet_with_contents_and_criteria_in_one_column_and_a_branch_of_additions_and_deductions():
    reading = read(
        [
            ["附件1：2025年度乡镇（街道）乡村振兴实绩考核评分细则"],
            ["类别", "考核项目", "考核内容及评分标准", "分值", "考核单位"],
            ["一、共性指标\n（60分）", "粮食安全\n（20分）", "1.完成播种面积得10分，每少1%扣1分。", 10, "农业农村局"],
            [None, None, "2.耕地保护任务完成得10分。", 10, "自然资源局"],
            [None, "人居环境\n（40分）", "3.改厕…每发现1处扣0.5分。", 40, "住建局"],
            ["二、个性指标\n（40分）", "重点项目", "4.开工率…", 40, "发改局"],
            ["三、加减分项", "加分项", "获省级以上表彰的，每次加1分，最多加5分。", "≤5", "县委农办"],
            [None, "减分项", "被通报批评的，每次减1分，最多减4分。", "-4", "县委农办"],
        ],
        "A3:A5", "B3:B4", "A7:A8",
    )  # fmt: skip
    assert told(reading) == []
    found = [(item.path[-1], item.name, item.amount, item.role) for item in reading.tables[0].items]
    assert found == [
        ("粮食安全", "完成播种面积得10分", 10, "base"), ("粮食安全", "耕地保护任务完成得10分", 10, "base"),
        ("人居环境", "改厕", 40, "base"), ("重点项目", "开工率", 40, "base"),
        ("加分项", "获省级以上表彰的", 5, "bonus"), ("减分项", "被通报批评的", 4, "deduction"),
    ]  # fmt: skip
    assert reading.tables[0].items[0].criterion == "完成播种面积得10分，每少1%扣1分。"
    assert [item.source for item in reading.tables[0].items[:2]] == ["农业农村局", "自然资源局"]
    assert scheme_of(reading).title == "2025年度乡镇（街道）乡村振兴实绩考核"
    one_by_one = read([["类别", "考核内容及评分标准", "分值"], ["甲", "1.播种面积", 60], [None, "2.耕地保护", 40]])
    assert items(one_by_one) == [("甲/播种面积", "60"), ("甲/耕地保护", "40")]


def test_a_page_with_its_title_printed_again_goes_on_and_signatures_are_no_items():
    rows = [["某镇考核表"], ["指标名称", "分值", "计分办法"], ["甲", 60, "x"]]
    rows += [["某镇考核表"], ["指标名称", "分值", "计分办法"], ["乙", 40, "y"], ["合计", 100], ["填表人：", "审核人："]]
    reading = read(rows)
    assert told(reading) == []
    assert items(reading) == [("甲", "60"), ("乙", "40")]
    assert len(reading.found) == 1


def test_the_most_of_an_addition_may_stand_in_its_criterion():
    reading = read([["指标", "分值", "评分标准"], ["甲", 100, "x"], ["加分项"], ["创新", None, "每项加1分，最高3分"]])
    assert told(reading) == []
    assert items(reading) == [("甲", "100"), ("加分项/创新", "3")]
    assert ("extra-amount", "A4") in told(reading, "warning")


def test_additions_with_fewer_levels_than_the_other_rows_are_taken():
    reading = read(
        [["一级指标", "二级指标", "三级指标", "分值", "评分标准"], ["甲（60分）", "子", "1.a", 60, "x"],
         ["乙（40分）", "丑", "2.b", 40, "y"],
         ["合计", None, None, 100], ["加分项", None, "3.推广", 5, "每项2分"], ["扣分项", None, "4.通报", 3, "每次1分"]],
        "A4:C4",
    )  # fmt: skip
    assert reading.problems == ()
    assert items(reading)[2:] == [("加分项/推广", "5"), ("扣分项/通报", "3")]
    assert [item.role for item in reading.tables[0].items[2:]] == ["bonus", "deduction"]


def test_an_item_right_under_its_first_level_is_taken_there_and_told():
    rows = [["一级指标", "二级指标", "三级指标", "分值"], ["甲", "子", "a", 60], ["群众满意度", None, "b", 40]]
    assert items(read(rows)) == [("甲/子/a", "60"), ("群众满意度/b", "40")]
    assert told(read(rows), "warning") == [("level-fewer", "C3")]


def test_a_part_sum_at_the_end_of_a_table_without_categories_sums_all_of_it():
    rows = [
        ["编号", "指标名称", "满分", "牵头单位"],
        ["1.1", "甲", 60, "x"],
        ["1.2", "乙", 40, "y"],
        [None, "小计", 100],
    ]
    assert told(read(rows)) == []
    rows[3] = [None, "小计", 99]
    assert ("sum-differs", "C4") in told(read(rows))


SURVEY = [
    ["考核内容", "考核要点", "权重", "责任部门"], ["一、组织领导（30%）"], ["（一）责任体系", "包联情况", "10%", "农办"],
    [None, "协同情况", "20%", "农办"], ["二、帮扶成效（70%）"], ["（一）收入增长", "人均收入增速", "70%", "统计局"], ["总计", None, "100%"],
]  # fmt: skip


def test_the_column_that_fills_every_row_names_the_items_and_the_one_with_blanks_is_a_level():
    reading = read(SURVEY, "A2:D2", "A5:D5")
    assert reading.problems == ()
    assert items(reading) == [("组织领导/责任体系/包联情况", "10"), ("组织领导/责任体系/协同情况", "20"),
                              ("帮扶成效/收入增长/人均收入增速", "70")]  # fmt: skip
    assert next(q for q in reading.questions if q.id == "name-column-t1").default == "B列“考核要点”"


def test_a_category_written_again_in_every_row_is_a_level_as_one_with_blanks_is():
    rows = [["考核内容", "考核要点", "分值"], ["甲", "子", 30], ["甲", "丑", 30], ["乙", "寅", 40]]
    assert items(read(rows)) == [("甲/子", "30"), ("甲/丑", "30"), ("乙/寅", "40")]


def test_the_category_may_stand_behind_the_names():
    rows = [
        ["编号", "指标名称", "所属类别", "计分办法", "满分"],
        ["1.1", "子", "甲", "x", 30],
        ["1.2", "丑", "甲", "x", 30],
        ["2.1", "寅", "乙", "x", 40],
    ]
    reading = read(rows)
    assert items(reading) == [("甲/子", "30"), ("甲/丑", "30"), ("乙/寅", "40")]
    assert reading.problems == ()


def test_additions_and_deductions_on_one_sheet_are_told_apart_by_their_words():
    extras = [["编号", "事项", "加（减）分标准", "上限", "认定单位"], ["+1", "承办现场会", "每次加1分", 3, "县委办"],
              ["-1", "通报批评", "每次扣2分", 6, "县委办"],
              [None, "发生舆情", "经核实的", 10, "宣传部"]]  # fmt: skip
    file = file_of(("基础指标", [["指标名称", "满分"], ["甲", 60], ["乙", 40]], ()), ("加减分项", extras, ()))
    reading = recognise(file)
    assert told(reading) == told(reading, "warning") == []
    assert reading.questions[0].default == "全部作为一张表"
    found = reading.tables[1].items
    assert [(item.role, item.amount, item.criterion, item.source) for item in found] == [
        ("bonus", 3, "每次加1分", "县委办"), ("deduction", 6, "每次扣2分", "县委办"), ("deduction", 10, "经核实的", "宣传部"),
    ]  # fmt: skip
    asked = [question for question in reading.questions if question.id.startswith("kind-")]
    assert [(q.text, q.default) for q in asked] == [("B4“发生舆情”是加分还是扣分？", "扣分")]
    assert recognise(file, {asked[0].id: "加分"}).tables[1].items[2].role == "bonus"
    assert scheme_of(reading).extras.total_max == 103


BY_PART = [
    ["考核主体", "一级指标", "二级指标", "权重", "责任单位"], ["市级评价", "政策", "支出进度", "15%", "财政局"],
    [None, None, "开工率", "45%", "发改局"], ["交叉评价", "责任", "包联", "25%", "农办"],
    ["第三方评价", "满意度", "群众满意度", "15%", "统计局"],
]  # fmt: skip


def test_a_column_that_tells_who_assesses_each_item_makes_the_components():
    rules = scheme_of(read(BY_PART), roster="甲县")
    assert (rules.combine, rules.base) == ("add", 100)
    assert [(part.name, part.full) for part in rules.components] == [
        ("市级评价", 60),
        ("交叉评价", 25),
        ("第三方评价", 15),
    ]
    assert [row.full for row in rules.indicators] == [{"part1": 15}, {"part1": 45}, {"part2": 25}, {"part3": 15}]
    sheets = [sheet_of("part1", {1: 15, 2: 40}), sheet_of("part2", {3: 20}), sheet_of("part3", {4: 15})]
    assert assess(rules, sheets).of("甲县").score == 90  # 15 + 40 + 20 + 15


def test_parts_that_are_answered_otherwise_than_the_table_are_told():
    with pytest.raises(AnswersError, match="合计60，与所写的50不符"):
        scheme_text_from(read(BY_PART), {"components": "市级评价50、交叉评价30、第三方评价20"})


def test_offices_under_the_same_heading_are_the_source_and_no_components():
    rows = [["考核主体", "考核指标", "分值"], ["组织部", "子", 50], ["农业农村局", "丑", 50]]
    reading = read(rows)
    assert [item.source for item in reading.tables[0].items] == ["组织部", "农业农村局"]
    assert [part.name for part in scheme_of(reading).components] == ["考核"]


def sheet_of(part: str, scores: dict[int, int]) -> Sheet:
    return Sheet("甲县", part, tuple(Mark(no, score=Fraction(score)) for no, score in scores.items()))
