"""Forms whose items are measured, answered or given points: what is taken, and each way in which a row is sent back."""

from __future__ import annotations

import io
import zipfile
from fractions import Fraction

import openpyxl
import pytest

from data.documents.forms import blank_form, blank_forms_zip
from tests.data.filled_forms import CITY, DEPARTMENT, NEIMENGGU, QUJIANG, RUYUAN, bent, content, mark_of
from tests.data.sheet_forms import errors, only, read, table

DAILY, YEAREND, REVIEW = ("赤峰市", "daily"), ("赤峰市", "yearend"), ("广州市", "review")
"""内蒙古平时监控: 分值 in D, 得分 in E, 实际数值 in F, 备注 in G. 年终考核 has 是否达到 in G, 备注 in H. 东西部: 等次 E to H,
实际数值 I, 任务完成情况 J, 备注 K. Item n stands in row n + 4."""


def opened(content):
    return openpyxl.load_workbook(io.BytesIO(content)).active


# --- the blank form


def test_an_item_without_marks_in_a_component_cannot_be_filled_in_there():
    sheet = opened(blank_form(NEIMENGGU, *DAILY))
    assert [sheet[f"{column}3"].value for column in "ABCDEFG"] == [
        "考核内容", "目标要求", "评价标准", "分值", "得分", "实际数值", "备注",
    ]  # fmt: skip
    assert (sheet["D5"].value, sheet["G5"].value) == (0, "本方式不计分")
    assert all(sheet[cell].protection.locked for cell in ("E5", "F5", "G5"))
    assert sheet["F5"].fill.fgColor.rgb == "FFD9D9D9"
    assert not sheet["E22"].protection.locked
    assert sheet["F22"].protection.locked


def test_a_sheet_holds_each_item_to_its_own_full_marks():
    sheet = opened(blank_form(NEIMENGGU, *YEAREND))
    ranges = {
        str(each.sqref): (each.type, each.formula1, each.formula2) for each in sheet.data_validations.dataValidation
    }
    assert ranges["E5"] == ("decimal", "0", "10")
    assert ranges["G7"] == ("list", '"是,否"', None)
    assert ("decimal", "0", "100") in ranges.values()


def test_a_task_offers_the_answers_of_the_scheme():
    sheet = opened(blank_form(CITY, *REVIEW))
    assert [sheet[f"{column}3"].value for column in "ABCDEIJK"] == [
        "考核内容", "指标", "具体说明", "数值单位", "考评等次", "实际数值", "任务完成情况", "备注",
    ]  # fmt: skip
    choices = {each.formula1 for each in sheet.data_validations.dataValidation if each.type == "list"}
    assert choices == {'"√,不适用"', '"完成且有亮点,完成,部分完成,未完成"'}
    assert [sheet["A2"].value, sheet["C2"].value] == ["评价对象：广州市", "评价方式：分组成效评价"]


def test_a_number_is_asked_for_with_its_measure_and_the_form_says_whose_word_that_is():
    sheet = opened(blank_form(CITY, *REVIEW))
    asked = {sheet.cell(row, 2).value: sheet.cell(row, 4).value for row in range(5, 45)}
    assert (asked["1. 部署推动工作"], asked["12. 援助资金"], asked["15. 援助资金使用"]) == ("次", "万元", "%")
    assert (asked["35. 脱贫成效"], asked["3. 联席会议机制"], asked["39. 向深度贫困地区倾斜"]) == ("人", None, None)
    prompts = {str(each.sqref): each.prompt for each in sheet.data_validations.dataValidation}
    assert any("I16" in area and "单位：万元" in said for area, said in prompts.items() if said)
    assert "数值单位为本系统所定" in sheet["A47"].value


def test_a_form_prints_none_of_our_jottings():
    for form in (blank_form(CITY, *REVIEW), blank_form(RUYUAN, "桂头镇", "county")):
        words = [str(cell.value) for row in opened(form).iter_rows() for cell in row if cell.value]
        assert not [each for each in words if each == "至少" or "无阈值" in each or "≥" in each]


@pytest.mark.parametrize(
    ("scheme", "unit", "component", "who"),
    [
        (CITY, "广州市", "self", "填报单位负责人"),
        (CITY, "广州市", "review", "考核组组长"),
        (RUYUAN, "桂头镇", "self", "填报单位负责人"),
        (QUJIANG, "马坝镇", "self", "填报单位负责人"),
        (QUJIANG, "马坝镇", "check", "评价人"),
    ],
)
def test_who_speaks_for_itself_signs_for_itself(scheme, unit, component, who):
    sheet = opened(blank_form(scheme, unit, component))
    assert [cell.value for cell in sheet["A"] if "签名" in str(cell.value)] == [f"{who}（签名）："]


def test_a_department_has_the_common_items_and_its_own():
    sheet = opened(blank_form(DEPARTMENT, "省教育厅", "review"))
    names = [cell.value for cell in sheet["B"][4:14]]
    assert [name.split(".")[0] for name in names] == ["1", "2", "3", "4", "5", "6", "7", "8", "9", "13"]


def test_a_form_of_opinions_asks_for_no_score():
    sheet = opened(blank_form(QUJIANG, "马坝镇", "check"))
    assert [cell.value for cell in sheet[3]] == ["考核内容", "具体说明", "评价意见"]
    assert sheet["A10"].value == "综合评价意见"
    assert not sheet["C10"].protection.locked


def test_units_that_inherit_get_no_form():
    with pytest.raises(ValueError, match="“县教育局”随所帮扶的镇计分，不需评分表"):
        blank_form(with_office(), "县教育局", "county")
    with zipfile.ZipFile(io.BytesIO(blank_forms_zip(with_office(), components=["county"]))) as archive:
        assert archive.namelist() == [f"县考核_{unit.name}.xlsx" for unit in RUYUAN.groups[0].units]
    with pytest.raises(ValueError, match="不需评分表"):
        blank_forms_zip(with_office(), units=["县教育局"])


# --- what is taken


def test_a_points_form_gives_points_values_and_answers_with_their_cells():
    reading = bent(NEIMENGGU, *YEAREND, H5="已核")
    assert reading.problems == ()
    first, third, fourth = mark_of(reading, 1), mark_of(reading, 3), mark_of(reading, 4)
    assert (first.score, first.cell, first.remark) == (10, "E5", "已核")
    assert (third.answer, third.cell) == ("是", "G7")
    assert (fourth.value, fourth.score, fourth.cell) == (95, None, "F8")


@pytest.mark.parametrize(
    ("typed", "value"), [("95.5%", "95.5"), (100, "100"), (0, "0"), ("0.95%", "0.95"), (1.5, "1.5")]
)
def test_a_share_is_a_percentage(typed, value):
    assert mark_of(bent(NEIMENGGU, *YEAREND, F8=typed), 4).value == Fraction(value)


def test_a_share_in_percent_format_is_what_the_screen_shows():
    book = openpyxl.load_workbook(io.BytesIO(content(NEIMENGGU, *YEAREND, F8=0.955)))
    book.active["F8"].number_format = "0.0%"
    out = io.BytesIO()
    book.save(out)
    assert mark_of(read(out.getvalue(), scheme=NEIMENGGU), 4).value == Fraction("95.5")


def test_an_item_may_be_given_points_instead_of_its_share():
    mark = mark_of(bent(NEIMENGGU, *YEAREND, F8=None, E8=3.5), 4)
    assert (mark.score, mark.value, mark.cell) == (Fraction(7, 2), None, "E8")


def test_growth_may_be_typed_where_the_target_is_known():
    assert mark_of(bent(NEIMENGGU, *YEAREND, G7=None, F7=9.2), 3).value == Fraction("9.2")


def test_a_measured_item_may_be_graded_by_hand():
    mark = mark_of(bent(CITY, *REVIEW, I5=None, F5="√"), 1)
    assert (mark.grade, mark.value, mark.cell) == ("较好", None, "F5")


def test_a_number_with_thousands_is_a_number():
    assert mark_of(bent(CITY, *REVIEW, I12="1,234.5"), 8).value == Fraction("1234.5")


def test_opinions_are_kept_as_words_with_their_cells():
    reading = bent(QUJIANG, "马坝镇", "check", C10="总体属实")
    assert reading.problems == ()
    (sheet,) = reading.sheets
    assert (sheet.opinion, sheet.marks[0].remark, sheet.marks[0].cell) == ("总体属实", "第1项属实", "C5")
    assert all(mark.score is None and mark.grade is None for mark in sheet.marks)


def test_a_missing_opinion_of_the_whole_is_a_warning():
    reading = bent(QUJIANG, "马坝镇", "check")
    assert "没有综合评价意见" in only(reading, "whole-opinion-missing").message
    assert bent(QUJIANG, "马坝镇", "self").problems == ()


def test_an_item_of_any_kind_may_be_not_applicable_with_a_reason():
    reading = bent(NEIMENGGU, *YEAREND, F8=None, G8=None, H8="不适用：本盟无此类人口")
    assert only(reading, "not-applicable").cell == "H8"
    assert not mark_of(reading, 4).applicable
    reading = bent(CITY, *REVIEW, J7="不适用", K7="本年度无联席会议")
    assert (mark_of(reading, 3).applicable, mark_of(reading, 3).cell) == (False, "J7")


# --- what is sent back


@pytest.mark.parametrize(
    ("part", "cells", "code", "cell", "words"),
    [
        (DAILY, {"F5": 95}, "not-marked-here", "F5", "第1项在平时监控不计分（0分），F5 不应填写"),
        (DAILY, {"E6": 1}, "not-marked-here", "E6", "第2项在平时监控不计分（0分），E6 不应填写"),
        (DAILY, {"E10": 9.5}, "above-full", "E10", "E10“赤峰市”的“平时监控”第6项得分 9.5，超过满分 9"),
        (DAILY, {"E10": -1}, "below-zero", "E10", "得分 -1，小于 0"),
        (DAILY, {"E10": "良好"}, "not-a-number", "E10", "“良好”不是数"),
        (DAILY, {"E10": "9分"}, "number-with-unit", "E10", "带有单位"),
        (DAILY, {"E8": 4}, "two-entries", "E8", "第4项同时填了得分（E8）和实际数值（F8）"),
        (DAILY, {"F10": 90}, "two-entries", "E10", "得分（E10）和实际数值（F10）"),
        (DAILY, {"E10": None, "F10": 90}, "way-not-here", "F10", "不填实际数值，F10填的是“90”"),
        (DAILY, {"F8": 0.95}, "share-unclear", "F8", "看不出是0.95%还是占比"),
        (DAILY, {"F8": 1}, "share-unclear", "F8", "看不出是1%还是占比"),
        (DAILY, {"F8": 101}, "share-out-of-range", "F8", "不在0至100之间"),
        (DAILY, {"F8": "-3%"}, "share-out-of-range", "F8", "不在0至100之间"),
        (DAILY, {"F8": "大部分"}, "not-a-number", "F8", "不是数"),
        (DAILY, {"F8": None}, "no-grade", "E8:F8", "第4项没有填写（E8:F8）"),
        (YEAREND, {"G7": "高于"}, "unknown-answer", "G7", "不是可选的答案"),
        (YEAREND, {"G7": "√"}, "unknown-answer", "G7", "第3项填的是“√”"),
        (YEAREND, {"E7": 6}, "two-entries", "E7", "得分（E7）和是否达到（G7）"),
        (YEAREND, {"G7": None}, "no-grade", "E7:G7", "第3项没有填写"),
        (YEAREND, {"E5": "不适用"}, "not-applicable-no-reason", "E5", "备注没有理由"),
        (YEAREND, {"E8": "不适用", "H8": "无"}, "entry-and-not-applicable", "E8", "既填了评分又写了“不适用”"),
    ],
)
def test_a_bad_row_of_a_points_form_is_named_with_its_cell_and_its_mend(part, cells, code, cell, words):
    reading = bent(NEIMENGGU, *part, **cells)
    told = only(reading, code)
    assert (told.level, told.sheet, told.cell) == ("error", "赤峰市", cell)
    assert words in told.message
    assert told.mend
    assert reading.sheets == ()


@pytest.mark.parametrize(
    ("cells", "code", "cell", "words"),
    [
        ({"E5": "√"}, "two-entries", "E5", "第1项同时填了√（E5）和实际数值（I5）"),
        ({"I7": 3}, "two-entries", "I7", "实际数值（I7）和任务完成情况（J7）"),
        ({"J7": None, "I7": 3}, "way-not-here", "I7", "第3项“联席会议机制”不填实际数值"),
        ({"I5": None, "J5": "完成"}, "way-not-here", "J5", "不填任务完成情况"),
        ({"J7": "基本完成"}, "unknown-answer", "J7", "“基本完成”，不是可选的答案"),
        ({"J7": None}, "no-grade", "E7:J7", "第3项没有填写"),
        ({"I5": "35人"}, "number-with-unit", "I5", "“35人”带有单位"),
        ({"I5": "约30"}, "not-a-number", "I5", "不是数"),
        ({"I5": "=SUM(A1:A2)"}, "formula-without-value", "I5", "没有存下计算结果"),
        ({"I5": None, "E5": "√", "F5": "√"}, "two-ticks", "E5", "两格都打了√"),
        ({"K5": "√"}, "tick-in-remark", "K5", "打在备注内"),
        ({"B15": "11. 向深度贫困地区倾"}, None, "B15", "是否为第"),
        ({"B15": "向深度贫困地区倾斜"}, "ambiguous-indicator", "B15", "不止一项（第11、17、22、27、39项）"),
    ],
)
def test_a_bad_row_of_a_mixed_form_is_named_with_its_cell_and_its_mend(cells, code, cell, words):
    reading = bent(CITY, *REVIEW, **cells)
    told = next(each for each in reading.problems if code in (None, each.code))
    assert (told.level, told.cell) == ("error", cell)
    assert words in told.message
    assert told.mend
    assert reading.sheets == ()


@pytest.mark.parametrize(("typed", "code"), [(-5, "value-negative"), ("12%", "value-percent")])
def test_a_doubtful_value_is_taken_with_a_warning(typed, code):
    reading = bent(CITY, *REVIEW, I25=typed)
    assert (only(reading, code).level, mark_of(reading, 21).cell) == ("warning", "I25")


def test_all_problems_of_a_form_of_any_kind_come_at_once():
    reading = bent(NEIMENGGU, *YEAREND, E5=11, F8=120, G7="或许", E9=1)
    assert errors(reading) == ["above-full", "unknown-answer", "share-out-of-range", "two-entries"]


def test_a_row_without_an_opinion_and_a_score_among_opinions_are_sent_back():
    assert only(bent(QUJIANG, "马坝镇", "self", C6=None), "no-opinion").cell == "C6"
    told = bent(QUJIANG, "马坝镇", "self", C10=92.5)
    assert only(told, "no-total-here").cell == "C10"


# --- whose sheet it is


def with_office():
    """乳源 with a roster in which an office helps a town."""
    roster = [(unit.name, "town", unit.region) for unit in RUYUAN.groups[0].units]
    return RUYUAN.with_roster([*roster, ("县教育局", "economy", "")])


def test_a_sheet_of_a_unit_that_inherits_is_not_needed():
    scheme = with_office()
    rows = [["考核单位", "考核方式", "得分"], ["县教育局", "县考核", 86]]
    told = only(read(table(rows), scheme=scheme), "no-sheet-needed")
    assert "“县教育局”随所帮扶的镇计分，不需评分表" in told.message
    assert "请上传所帮扶的镇的评分表" in told.mend
    assert read(content(RUYUAN, "桂头镇", "county"), scheme=scheme).verdict == "accept"


def test_another_units_item_may_stand_in_the_form_blank_but_not_filled_in():
    row = {"A15": "重点工作", "B15": "14. 省直有关部门的重点工作：省科技厅"}
    form = ("省教育厅", "review")
    assert bent(DEPARTMENT, *form, **row).verdict == "accept"
    reading = bent(DEPARTMENT, *form, **row, H15="完成")
    told = only(reading, "not-their-item")
    assert "第14项“省直有关部门的重点工作：省科技厅”不考核省教育厅" in told.message


@pytest.mark.parametrize(
    ("scheme", "words"),
    [
        (RUYUAN, "缺少“指标”和“得分”的表头，也没有“考核单位、得分”的表头"),
        (CITY, "缺少“指标”和等次（好、较好、一般、差）或“得分”的表头"),
        (QUJIANG, "和“评价意见”的表头"),
    ],
)
def test_another_file_is_told_the_heads_of_this_schemes_form(scheme, words):
    notice = openpyxl.Workbook()
    notice.active["A1"] = "关于召开会议的通知"
    stream = io.BytesIO()
    notice.save(stream)
    found = only(read(stream.getvalue(), scheme=scheme), "no-form")
    assert words in found.message
    assert found.mend == "请用本年度的空白表填写，空白表在“数据上报”下载"


@pytest.mark.parametrize(
    ("form", "cell", "typed", "example"),
    [((NEIMENGGU, *YEAREND), "E5", "九分", "9.5"), ((NEIMENGGU, *YEAREND), "E5", "9分", "9.5"),
     ((CITY, *REVIEW), "I5", "35人", "12")],
)  # fmt: skip
def test_the_example_of_a_number_fits_the_full_marks(form, cell, typed, example):
    reading = bent(*form, **{cell: typed})
    assert f"请写成 {example} 这样的数" in {each.cell: each.mend for each in reading.problems}[cell]
