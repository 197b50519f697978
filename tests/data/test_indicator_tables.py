"""Indicator tables of unlike shapes are recognised: titles, levels, amounts, notes."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from data.indicator_tables import read_indicator_file, recognise
from data.indicator_tables.read import tally
from tests.data.indicator_books import HEAD, items, read, scheme_of, told

STORED = Path(__file__).parent / "indicator_tables"


def test_merged_levels_numerals_full_width_digits_and_a_sum_are_read():
    reading = read(
        [
            ["某县2025年乡镇乡村振兴考核指标表"],
            ["序号", "一级指标", "二级指标", "三级指标", "分值", "考核标准", "责任单位"],
            [1, "一、脱贫成果（40分）", "（一）监测", "1.排查", "２０分", "每漏一户扣1分", "农业农村局"],
            [2, None, None, "2．帮扶", 10, "按比例计分", None],
            [3, None, "（二）责任", "3、驻村", "10.0", "每缺岗一次扣0.5分", "组织部"],
            [4, "二、产业", "特色产业", "基地建设", "(60)", "x", None],
            ["合计", None, None, None, 100],
            ["注：由县委农办解释。"],
        ],
        "A1:G1", "B3:B5", "C3:C4", "G3:G4",
    )  # fmt: skip
    assert reading.problems == ()
    assert items(reading) == [("脱贫成果/监测/排查", "20"), ("脱贫成果/监测/帮扶", "10"), ("脱贫成果/责任/驻村", "10"),
                              ("产业/特色产业/基地建设", "60")]  # fmt: skip
    table = reading.tables[0]
    assert [(node.path, node.amount) for node in table.nodes] == [(("脱贫成果",), 40)]
    assert [item.source for item in table.items] == ["农业农村局", "农业农村局", "组织部", ""]
    assert table.notes == ["注：由县委农办解释。"]
    assert tally(reading.tables) == "共3级、4项，合计100分"


def test_levels_left_blank_below_are_the_same_as_merged_ones():
    rows = [HEAD, ["甲", "子", 60, "x"], [None, "丑", 20, "y"], ["乙", "寅", 20, "z"]]
    assert items(read(rows)) == items(read(rows, "A2:A3")) == [("甲/子", "60"), ("甲/丑", "20"), ("乙/寅", "20")]


def test_one_column_of_names_is_sorted_into_levels_by_its_numerals():
    reading = read([["指标", "满分"], ["一、产业", 60], ["（一）粮食", 40], ["1.面积", 30], ["2.产量", 10], ["（二）特色", 20],
                    ["二、治理", 40], ["（一）平安", 40]])  # fmt: skip
    assert reading.problems == ()
    assert items(reading) == [
        ("产业/粮食/面积", "30"),
        ("产业/粮食/产量", "10"),
        ("产业/特色", "20"),
        ("治理/平安", "40"),
    ]


def test_dotted_numbers_make_levels_too():
    reading = read([["序号", "考核内容", "分值"], ["1", "产业", ""], ["1.1", "粮食", 60], ["1.2", "特色", 10], ["2", "治理", ""],
                    ["2.1", "平安", 30]])  # fmt: skip
    assert items(reading) == [("产业/粮食", "60"), ("产业/特色", "10"), ("治理/平安", "30")]


def test_lines_over_the_whole_width_head_what_follows():
    reading = read(
        [["指标", "评分标准", "分值"], ["一、基础工作（70分）"], ["台账", "x", 30], ["走访", "y", 40], ["二、群众满意度（30分）"],
         ["满意率", "z", 30], ["三、加分项（5分）"], ["经验推广", "每篇1分", 3], ["表彰", "每次2分", 4]],
        "A2:C2", "A5:C5", "A7:C7",
    )  # fmt: skip
    assert told(reading) == []
    assert [item.role for item in reading.tables[0].items] == ["base"] * 3 + ["bonus"] * 2
    rules = scheme_of(reading)
    assert rules.extras.bonus_max == 5
    assert rules.extras.total_max == 105


def test_two_header_rows_and_points_beside_each_level_are_read():
    reading = read(
        [["考核指标", None, None, None, "评价标准"], ["一级指标", "分值", "二级指标", "分值", None],
         ["甲", 55, "子", 25, "x"], [None, None, "丑", 30, "y"], ["乙", 45, "寅", 45, "z"]],
        "A1:D1", "E1:E2", "A3:A4", "B3:B4",
    )  # fmt: skip
    assert told(reading) == []
    assert items(reading) == [("甲/子", "25"), ("甲/丑", "30"), ("乙/寅", "45")]
    assert [(node.path, node.amount, node.cell) for node in reading.tables[0].nodes] == [
        (("甲",), 55, "B3"),
        (("乙",), 45, "B5"),
    ]


@pytest.mark.parametrize("amounts", [["30%", "70%"], [0.3, 0.7], [30, 70]])
def test_weights_are_percentages_parts_of_one_or_of_a_hundred(amounts):
    reading = read([["指标", "权重"], ["甲", amounts[0]], ["乙", amounts[1]]])
    assert items(reading) == [("甲", "30"), ("乙", "70")]
    rules = scheme_of(reading)
    assert rules.combine == "weighted"
    assert [row.weight for row in rules.indicators] == [30, 70]
    assert [row.kind for row in rules.indicators] == ["tick", "tick"]


def test_points_written_only_behind_the_names_are_taken_from_there():
    reading = read([["考核内容", "评分办法"], ["粮食安全（60分）", "x"], ["平安建设(40分)", "y"]])
    assert items(reading) == [("粮食安全", "60"), ("平安建设", "40")]
    assert told(reading) == []


def test_an_item_of_several_criteria_joins_their_points_and_says_so():
    reading = read([HEAD, ["甲", "子", 30, "第一条"], [None, None, 20, "第二条"], ["乙", "寅", 50, "x"]])
    assert items(reading) == [("甲/子", "50"), ("乙/寅", "50")]
    assert reading.tables[0].items[0].criterion == "第一条\n第二条"
    assert told(reading, "warning") == [("rows-joined", "C3")]


def test_a_header_printed_again_on_the_next_page_goes_on_with_the_table():
    reading = read([["指标", "分值"], ["甲", 40], ["指标", "分值"], ["乙", 60]])
    assert items(reading) == [("甲", "40"), ("乙", "60")]
    assert told(reading, "warning") == [("header-repeated", "A3")]


def test_a_table_without_points_weighs_all_items_alike():
    reading = read([["考核指标", "数据来源"], ["甲", "统计局"], ["乙", "组织部"]])
    assert told(reading) == []
    rules = scheme_of(reading)
    assert rules.item_weights.assumed
    assert [row.weight for row in rules.indicators] == [None, None]


def test_headings_that_nobody_knows_are_read_by_what_stands_below():
    reading = read([["要做的事", "几分", "怎么算"], ["防返贫监测帮扶", 30, "漏一户扣一分，扣完为止，以实地抽查为准，由核查组填写"],
                    ["产业帮扶项目", 30, "未开工一个扣五分，未完工一个扣二分，以项目库为准，由核查组填写"],
                    ["稳岗就业规模", 40, "完成目标得满分，未完成的按比例得分，以系统数据为准，由核查组填写"]])  # fmt: skip
    assert items(reading) == [("防返贫监测帮扶", "30"), ("产业帮扶项目", "30"), ("稳岗就业规模", "40")]
    assert reading.tables[0].items[0].criterion.startswith("漏一户")


def test_formulas_are_taken_as_saved_and_told():
    file = read_indicator_file("县.xlsx", (STORED / "县级三级指标.xlsx").read_bytes())
    reading = recognise(file)
    assert told(reading) == []
    assert ("formula", "C6") in told(reading, "warning")


def test_a_table_kept_by_libreoffice_with_two_header_rows_and_points_of_levels():
    reading = recognise(read_indicator_file("县.xlsx", (STORED / "县级三级指标.xlsx").read_bytes()))
    assert items(reading) == [
        ("责任落实/组织领导/专题研究", "8"), ("责任落实/组织领导/调研督导", "7.5"), ("责任落实/队伍建设/驻村工作队", "9.5"),
        ("防止返贫致贫/监测帮扶/集中排查", "20"), ("防止返贫致贫/监测帮扶/风险消除", "15"),
        ("产业就业/产业帮扶/联农带农", "22"), ("产业就业/稳岗就业/务工规模", "18"),
    ]  # fmt: skip
    assert [(node.path[0], node.amount) for node in reading.tables[0].nodes] == [
        ("责任落实", 25),
        ("防止返贫致贫", 35),
        ("产业就业", 40),
    ]
    rules = scheme_of(reading, roster="甲县、乙县")
    assert rules.title == "某市2026年县（市、区）常态化精准帮扶工作考核"
    assert (rules.combine, rules.base, rules.groups[0].name) == ("add", 100, "县（市、区）")
    assert (
        rules.indicators[0].criterion == "党委常委会每年专题研究不少于2次，每少1次扣4分，扣完为止。\n以会议纪要为准。"
    )
    assert rules.indicators[1].cite == ("指标表 考核指标",)
    assert [unit.name for unit in rules.groups[0].units] == ["甲县", "乙县"]


def test_a_table_of_a_thousand_from_an_old_workbook_with_additions_and_deductions():
    reading = recognise(read_indicator_file("镇.xls", (STORED / "镇街千分制.xls").read_bytes()))
    assert told(reading) == []
    assert (
        tally(reading.tables) == "共3级、7项，合计1000分；另有加分项2项，合计最多加50分；另有扣分项1项，合计最多扣100分"
    )
    assert items(reading)[3] == ("产业兴旺/特色产业/农产品加工", "60")
    rules = scheme_of(reading)
    assert (rules.base, rules.extras.total_max) == (1000, 1050)
    assert [band.min for band in rules.bands.items] == [900, 800, 700, 0]
    assert [row.role for row in rules.indicators[-3:]] == ["bonus", "bonus", "deduction"]


def test_shares_within_shares_of_an_ods_table_keep_their_meaning():
    reading = recognise(read_indicator_file("乡镇.ods", (STORED / "乡镇相对权重.ods").read_bytes()))
    assert told(reading) == []
    rules = scheme_of(reading)
    assert {node.path: node.weight for node in rules.item_weights.nodes} == {
        ("党建引领",): 30,
        ("产业发展",): 45,
        ("乡村治理",): 25,
    }
    assert [row.weight for row in rules.indicators] == [60, 40, 50, 30, 20, 100]
    marked = scheme_of(reading, measure="分值：各项得分相加")
    # 0.3 × 0.6 of a hundred is 18, and so on
    assert [row.full["part1"] for row in marked.indicators] == [18, 12, Fraction("22.5"), Fraction("13.5"), 9, 25]
