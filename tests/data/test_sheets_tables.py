"""Tables of scores and grades: long, wide, transposed and totals, in every way they are sent."""

from __future__ import annotations

import datetime
from fractions import Fraction

import openpyxl
import pytest

from data import schemes
from tests.data.sheet_forms import COUNTY, errors, only, read, saved, table

TOTALS = ["考核单位", "考核方式", "得分", "评价意见"]
UNITS = [unit.name for unit in COUNTY.groups[0].units]
NAMES = [item.name for item in COUNTY.indicators]


def total(score, unit="蓬江区", component="日常工作", opinion="工作扎实"):
    return table([TOTALS, [unit, component, score, opinion]])


def scores(reading):
    return {(sheet.unit, sheet.component): sheet.marks[0].score for sheet in reading.sheets}


# --- totals


def test_a_totals_table_gives_a_sheet_a_row_with_its_opinion():
    reading = read(table([["2020年考核得分表"], TOTALS, ["蓬江区", "日常工作", 88.6, "工作扎实"],
                          ["江海区", "交叉考核", "91.25", None], ["合计", None, 179.85, None]]))  # fmt: skip
    assert reading.verdict == "accept"
    first = reading.sheets[0]
    assert (first.unit, first.component, first.opinion) == ("蓬江区", "daily", "工作扎实")
    mark = first.marks[0]
    assert (mark.indicator, mark.score, mark.grade, mark.cell) == (None, Fraction("88.6"), None, "C3")
    assert scores(reading)["江海区", "cross"] == Fraction("91.25")


@pytest.mark.parametrize(
    ("typed", "exact"),
    [
        (80.3, "80.3"),
        ("88.60", "88.6"),
        ("８８．６", "88.6"),
        (" 90 ", "90"),
        (0, "0"),
        (100, "100"),
        ("100.00", "100"),
        (82.64, "82.64"),
    ],
)
def test_a_score_is_exactly_what_was_typed(typed, exact):
    assert scores(read(total(typed)))["蓬江区", "daily"] == Fraction(exact)


@pytest.mark.parametrize(
    ("typed", "code", "words"),
    [
        (105, "above-full", "得分 105，超过满分 100"),
        ("100.01", "above-full", "超过满分 100"),
        (-3, "below-zero", "得分 -3，小于 0"),
        ("－3", "below-zero", "小于 0"),
        ("abc", "not-a-number", "“abc”不是数"),
        ("良好", "not-a-number", "不是数"),
        ("92分", "number-with-unit", "“92分”带有单位"),
        ("92.5 %", "percentage", "百分数"),
        ("92.5%", "percentage", "百分数"),
        (True, "true-false", "“TRUE”是逻辑值"),
        ("TRUE", "true-false", "逻辑值"),
        ("#N/A", "cell-error", "公式错误“#N/A”"),
        ("inf", "not-a-number", "“inf”不是数"),
        ("nan", "not-a-number", "不是数"),
        ("1e2", "not-a-number", "不是数"),
        ("9/10", "date", "日期"),
        ("90,5", "not-a-number", "不是数"),
        ("2020-11-30", "date", "日期"),
        ("11月30日", "date", "日期"),
        (datetime.date(2020, 11, 30), "date", "“2020-11-30”是日期"),
        ("=AVERAGE(A1:A9)", "formula-without-value", "没有存下计算结果"),
        (None, "score-missing", "没有得分"),
    ],
)
def test_a_bad_score_is_named_with_its_cell_and_its_mend(typed, code, words):
    reading = read(total(typed))
    told = only(reading, code)
    assert (told.level, told.sheet, told.cell) == ("error", "Sheet1", "C2")
    assert words in told.message
    assert told.mend
    assert reading.sheets == ()


def test_a_percentage_by_number_format_is_not_taken_for_a_score():
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(TOTALS)
    sheet.append(["蓬江区", "日常工作", 0.925, "好"])
    sheet["C2"].number_format = "0.0%"
    assert only(read(saved(book)), "percentage").value == "92.5%"


def test_a_score_that_shows_less_than_it_holds_is_said():
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(TOTALS)
    sheet.append(["蓬江区", "日常工作", 89.996, "好"])
    sheet["C2"].number_format = "0.00"
    reading = read(saved(book))
    assert "显示为 90.00，实际是 89.996" in only(reading, "shown-rounded").message
    assert scores(reading)["蓬江区", "daily"] == Fraction("89.996")


def test_the_tail_of_a_float_is_kept_and_said():
    reading = read(total(79.99999999999999))
    assert only(reading, "long-decimal").level == "warning"
    assert scores(reading)["蓬江区", "daily"] == Fraction("79.99999999999999")


def test_an_opinion_that_is_a_word_of_headers_is_still_an_opinion():
    reading = read(total(88, opinion="指标名称"))
    assert reading.problems == ()
    assert reading.sheets[0].opinion == "指标名称"


def test_a_total_without_its_opinion_is_taken_with_a_warning():
    reading = read(total(88, opinion=None))
    assert reading.verdict == "warn"
    assert "没有评价意见" in only(reading, "opinion-missing").message


def test_all_bad_scores_of_a_table_come_at_once():
    rows = [
        TOTALS,
        *[
            [unit, "日常工作", score, "x"]
            for unit, score in zip(UNITS, [105, -3, "abc", 92, None, "92分", True], strict=True)
        ],
    ]
    assert errors(read(table(rows))) == [
        "above-full",
        "below-zero",
        "not-a-number",
        "score-missing",
        "number-with-unit",
        "true-false",
    ]


def test_the_same_unit_and_component_twice_is_sent_back_with_both_cells():
    reading = read(table([TOTALS, ["蓬江区", "日常工作", 88, "x"], ["蓬江", "日常工作", 89, "x"]]))
    assert "C2、C3" in only(reading, "duplicate-sheet").message


def test_a_score_without_a_unit_is_sent_back():
    assert only(read(total(88, unit=None)), "unit-blank").cell == "C2"


def test_wide_totals_have_a_column_for_each_component():
    reading = read(
        table(
            [
                ["考核单位", "交叉考核", "市级考核得分", "日常工作（30%）", "综合得分"],
                ["蓬江区", 95, 92, 91, 92.9],
                ["江海区", 80, None, 82, None],
            ]
        )
    )
    assert scores(reading) == {
        ("蓬江区", "cross"): 95, ("蓬江区", "municipal"): 92, ("蓬江区", "daily"): 91,
        ("江海区", "cross"): 80, ("江海区", "daily"): 82,
    }  # fmt: skip
    assert {each.code for each in reading.problems} == {"opinion-missing", "column-ignored", "score-blank"}


def test_totals_may_be_transposed():
    reading = read(table([["考核方式", "蓬江区", "江海"], ["交叉考核", 95, 90], ["市级考核", 85, 80]]))
    assert scores(reading)["江海区", "municipal"] == 80


def test_a_misspelt_column_of_marks_is_sent_back_with_a_suggestion():
    reading = read(table([["考核单位", "交叉考核", "市及考核"], ["蓬江区", 95, 92]]))
    assert "是否为“市级考核”？" in only(reading, "unknown-column").message


# --- long


def long(component="交叉考核", unit="蓬江区", change=None):
    rows = [["考核单位", "考核方式", "考核指标", "等次", "备注"]]
    rows += [[unit, component, f"{item.no}.{item.name}", "好", None] for item in COUNTY.indicators]
    if change:
        change(rows)
    return table(rows)


def test_a_long_table_gives_marks_in_its_rows():
    reading = read(long())
    assert reading.verdict == "accept"
    (sheet,) = reading.sheets
    assert [(mark.indicator, mark.grade) for mark in sheet.marks] == [(no, "好") for no in range(1, 20)]
    assert sheet.marks[0].cell == "D2"


@pytest.mark.parametrize(
    ("column", "value", "code", "words"),
    [
        (3, "良好", "unknown-grade", "“良好”不是本方案的等次"),
        (3, 95, "no-points-here", "不接受逐项得分“95”"),
        (3, None, "no-grade", "第3项没有填写"),
        (3, "√", "unknown-grade", "不是本方案的等次"),
        (3, "TRUE", "true-false", "逻辑值"),
        (3, "不适用", "not-applicable-no-reason", "备注没有理由"),
        (2, "旅游扶贫情况", "unknown-indicator", "不是本方案的考核指标"),
        (2, "9. 教育保障政策落实情况", "number-name-differ", "方案的第5项"),
        (0, "蓬汪区", "unknown-unit", "是否为“蓬江区”"),
        (1, "交差考核", "unknown-component", "是否为“交叉考核”"),
    ],
)  # fmt: skip
def test_a_bad_row_of_a_long_table_is_named(column, value, code, words):
    def change(rows):
        rows[3][column] = value

    reading = read(long(change=change))
    told = next(each for each in reading.problems if each.code == code)
    assert told.cell == f"{'ABCD'[column]}4"
    assert words in told.message
    assert reading.sheets == ()


def test_a_misspelt_unit_is_said_once_for_all_its_rows():
    only(read(long(unit="鹤山县")), "unknown-unit")


def test_a_long_table_must_have_every_item_once():
    def change(rows):
        rows[3] = list(rows[2])

    reading = read(long(change=change))
    assert errors(reading) == ["duplicate-indicator", "missing-indicator"]
    assert "“蓬江区”的“交叉考核”缺少第3项" in reading.problems[1].message


# --- wide


def test_a_wide_table_is_of_the_component_its_title_names():
    rows = [["2020年交叉考核等次汇总表"], ["考核单位", *NAMES], ["蓬江区", *["好"] * 19], ["江海", *["较差"] * 19]]
    reading = read(table(rows))
    assert reading.verdict == "accept"
    assert [(sheet.unit, sheet.component, sheet.marks[18].cell) for sheet in reading.sheets] == [
        ("蓬江区", "cross", "T3"),
        ("江海区", "cross", "T4"),
    ]


def test_a_wide_table_may_be_transposed():
    rows = [
        ["序号", "考核指标", "蓬江区", "江海区"],
        *[[item.no, item.name, "好", "一般"] for item in COUNTY.indicators],
    ]
    reading = read(table(rows, name="市级考核"))
    assert [(sheet.unit, sheet.component, sheet.marks[0].grade) for sheet in reading.sheets] == [
        ("蓬江区", "municipal", "好"),
        ("江海区", "municipal", "一般"),
    ]


def test_a_wide_table_that_names_no_component_asks_for_it():
    reading = read(table([["考核单位", *NAMES], ["蓬江区", *["好"] * 19]]))
    assert errors(reading) == ["component-missing"]
    assert reading.questions[0].options == ("交叉考核", "市级考核", "日常工作", "自查自评")
    assert (
        read(table([["考核单位", *NAMES], ["蓬江区", *["好"] * 19]]), component="cross").sheets[0].component == "cross"
    )


def test_a_wide_table_lacking_an_item_says_so_for_each_unit():
    rows = [["考核单位", *NAMES[:-1]], ["蓬江区", *["好"] * 18], ["江海区", *["好"] * 18]]
    assert errors(read(table(rows), component="cross")) == ["missing-indicator", "missing-indicator"]


# --- schemes whose items take points


def test_items_that_take_points_are_read_against_their_own_full_marks():
    points = schemes.scheme("neimenggu-2018")
    component = points.components[0]
    items = [item for item in points.indicators if item.full.get(component.id)]
    rows = [["考核单位", "考核方式", "考核指标", "得分"], *[["赤峰市", component.name, item.name, 1] for item in items]]
    assert read(table(rows), scheme=points).verdict == "accept"
    rows[1][3] = 99
    told = only(read(table(rows), scheme=points), "above-full")
    assert told.cell == "D2"
