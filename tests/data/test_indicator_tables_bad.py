"""Bad indicator tables: every problem with its place, its reason and its mend; no scheme is made of a table with errors."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.indicator_tables import AnswersError, Reading, read_indicator_file, recognise, scheme_text_from
from data.indicator_tables.problems import KINDS
from data.sheets.grid import Cell, Grid
from tests.data.indicator_books import HEAD, IndicatorFile, file_of, read, told


@pytest.mark.parametrize(
    ("rows", "merged", "at", "words"),
    [
        ([["指标", "权重"], ["甲", 60], ["乙", 39.99]], [], ("weights-wrong", ""), ["99.99", "应为100", "少0.01"]),
        ([["指标", "权重"], ["甲", "60%"], ["乙", "41%"]], [], ("weights-wrong", ""), ["101", "多1"]),
        ([["指标", "分值"], ["甲", 60], ["乙", 41]], [], ("points-odd", ""), ["101", "多1", "合计为100分"]),
        ([["指标", "分值"], ["甲", 60], ["乙", 39], ["合计", 100]], [], ("sum-differs", "B4"), ["合计", "100", "99", "少1"]),
        ([HEAD, ["甲（60分）", "子", 30, "x"], [None, "丑", 29, "y"], ["乙", "寅", 41, "z"]], [], ("branch-differs", "A2"),
         ["甲", "60", "59", "少1"]),
        ([["一级指标", "权重", "二级指标", "权重"], ["甲", 40, "子", 60], [None, None, "丑", 41], ["乙", 60, "寅", 100]], [],
         ("branch-share", "B2"), ["101", "应为100", "多1"]),
        ([HEAD, ["甲", "子", 60, "x"], [None, "丑", 20, "y"], ["乙", "寅", 20, "z"]], ["B3:B4"], ("level-crossed", "B3"),
         ["B3:B4", "A4", "乙", "取消合并"]),
        ([HEAD, ["甲", "子", 60, "x"], [None, "子", 40, "y"]], [], ("duplicate-name", "B3"), ["同在“甲”之下", "B2", "改名"]),
        ([HEAD, ["甲", "子", 60, "x"], ["乙", "丑", None, "y"]], [], ("amount-empty", "B3"), ["没有写分值", "补写"]),
        ([HEAD, ["甲", "子", 60, "x"], ["乙", "丑", "见附件", "y"]], [], ("amount-text", "C3"), ["见附件", "不是一个数", "10分"]),
        ([HEAD, ["甲", "子", 60, "x"], ["乙", "丑", "每项2分", "y"]], [], ("amount-text", "C3"), ["每项2分"]),
        ([HEAD, ["甲", "子", 100, "x"], [None, "丑", None, "y"]], ["C2:C3"], ("amount-merged", "C2"), ["C2:C3", "2项", "取消合并"]),
        ([HEAD, ["甲", "子（50分）", 60, "x"], ["乙", "丑", 40, "y"]], [], ("amount-conflict", "C2"), ["60", "50", "改成一致"]),
        ([HEAD, ["甲", "子", "=30+30", "x"], ["乙", "丑", 40, "y"]], [], ("formula-without-value", "C2"), ["30+30", "保存一次"]),
        ([HEAD, ["甲", "子", 60, "x"], [None, None, 40, None]], [], ("name-missing", "C3"), ["40", "没有指标名称"]),
        ([["一级指标", "二级指标", "分值"], [None, "子", 60], ["甲", "丑", 40]], [], ("level-missing", "B2"), ["一级指标", "补写类别"]),
        ([HEAD, ["甲", "子", "60%", "x"], ["乙", "丑", 20, "y"], ["丙", "寅", 20, "y"]], [], ("percent-mixed", "C2"), ["60%", "统一写法"]),
        ([["姓名", "电话"], ["张三", "139"]], [], ("no-table", ""), ["没有找到指标表", "表头"]),
        ([HEAD], [], ("no-table", ""), ["没有找到指标表"]),
    ],
)  # fmt: skip
def test_a_mistake_is_told_with_its_place_its_reason_and_its_mend(rows, merged, at, words):
    reading = read(rows, *merged)
    assert at in told(reading), reading.problems
    said = next(one.message + one.mend for one in reading.problems if one.code == f"table-{at[0]}")
    assert all(word in said for word in words), said
    with pytest.raises(AnswersError, match="未生成方案"):
        scheme_text_from(reading)


def test_a_merged_level_that_reaches_over_the_start_of_another_is_told():
    head = ["一级指标", "二级指标", "三级指标", "分值"]
    reading = read([head, ["甲", "子", "1.a", 50], [None, None, "2.b", 20], ["乙", None, "3.c", 30]], "B2:B4", "A2:A3")
    assert ("level-crossed", "B2") in told(reading)
    said = next(one for one in reading.problems if one.code == "table-level-crossed")
    assert all(word in said.message + said.mend for word in ("B2:B4", "子", "A4", "乙", "取消合并"))


def test_all_mistakes_are_told_at_once():
    reading = read([HEAD, ["甲", "子", "许多", "x"], [None, "子", None, "y"], ["乙", "丑", "=1", "z"]])
    assert {code for code, _ in told(reading)} == {
        "amount-text",
        "duplicate-name",
        "amount-empty",
        "formula-without-value",
    }


def test_a_base_other_than_a_hundred_is_told_and_asked():
    reading = read([["指标", "分值"], ["甲", 600], ["乙", 400]])
    assert told(reading) == []
    assert told(reading, "warning") == [("base-other", "")]
    assert next(question for question in reading.questions if question.id == "base").default == "折为100分"


def test_mistakes_of_a_table_that_is_not_used_do_not_stand_in_the_way():
    rows = [["甲表"], ["指标", "分值"], ["子", 100], [None], ["乙表"], ["指标", "分值"], ["丑", "没定"]]
    options = read(rows).questions[0].options
    assert told(read(rows, answers={"tables": options[2]})) == []
    assert ("amount-text", "B7") in told(read(rows, answers={"tables": options[3]}))


@pytest.mark.parametrize(
    "content", [b"", b"%PDF-1.4", b"PK\x03\x04junk", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, b"\0\1\2" * 40]
)
def test_a_file_that_is_no_workbook_is_refused_in_words(content: bytes):
    reading = recognise(read_indicator_file("x.xlsx", content))
    assert reading.rejected
    assert all(one.message and one.mend for one in reading.problems)
    assert "评分表" not in "".join(one.message + one.mend for one in reading.problems)


def test_names_that_look_like_markup_or_formulas_stay_text():
    from scoring.load import load_scheme

    reading = read([["指标", "分值", "评分标准"], ["{a: b}", 50, "- x: *y"], ["#注释 & 甲", 50, "null"]])
    rules = load_scheme(scheme_text_from(reading))
    assert [row.name for row in rules.indicators] == ["{a: b}", "#注释 & 甲"]
    assert [row.criterion for row in rules.indicators] == ["- x: *y", "null"]


scraps = st.sampled_from(
    ["指标", "一级指标", "二级指标", "分值", "权重", "评分标准", "序号", "合计", "小计", "甲", "一、乙（30分）", "1.",
     "丙", "注：x", "30", "70", "10%",
     "0.5", "-5", "+3", "最高5分", "加分项", "扣分项", "=1+1", "", "很长的文字" * 20, "①丁", "\x0b", "２０分", "备注", "1.1", "（一）戊"]
)  # fmt: skip
ranges = st.tuples(st.integers(1, 6), st.integers(1, 4), st.integers(0, 3), st.integers(0, 3)).map(
    lambda r: (r[0], r[1], r[0] + r[2], r[1] + r[3])
)


def faults_of(reading: Reading) -> tuple[tuple[str, str], ...]:
    """Why no scheme is made of it, or nothing."""
    try:
        scheme_text_from(reading)
    except AnswersError as error:
        return error.faults
    return ()


@given(st.lists(st.lists(scraps, min_size=1, max_size=5), min_size=1, max_size=9), st.lists(ranges, max_size=3))
@settings(max_examples=300, deadline=None)
def test_any_sheet_is_a_scheme_or_a_list_of_problems(rows, merged):
    grid = Grid("表", merged=merged)
    for row, texts in enumerate(rows, 1):
        for column, text in enumerate(texts, 1):
            if text.strip():
                grid.put(row, column, Cell(text, "formula" if text.startswith("=") else "text"))
    reading = recognise(IndicatorFile("x.xlsx", (grid,)))
    faults = faults_of(reading)
    assert all(message for _, message in faults)
    assert reading.rejected or all(question for question, _ in faults), faults


def test_every_kind_of_problem_says_how_to_mend_it():
    assert all(kind.message and kind.mend for kind in KINDS.values())


def test_a_long_table_is_refused_and_not_ground_through():
    reading = recognise(file_of(("表", [["指标", "分值"], *([f"第{n}件事", 1] for n in range(600))], ())))
    assert ("too-many", "") in told(reading)


LAST_ROW, LAST_COLUMN = 1_048_576, 16_384


def _sixty(merged: list[tuple[int, int, int, int]], *more: tuple[int, int]) -> Reading:
    """Sixty items of a table, with these cells merged and something in more cells."""
    rows = [HEAD, *([f"甲{at}", f"子{at}", "1", "x"] for at in range(60))]
    cells = {(row, column): Cell(text) for row, line in enumerate(rows, 1) for column, text in enumerate(line, 1)}
    return recognise(IndicatorFile("指标表.xlsx", (Grid("表", cells=cells | dict.fromkeys(more, Cell("x")), merged=merged),)))


def test_cells_merged_to_the_end_of_the_sheet_are_read_as_if_merged_to_the_end_of_the_table():
    endless = _sixty([(row, 2, LAST_ROW, 2) for row in range(2, 59)])
    assert told(endless)[:57] == [("level-crossed", f"B{row}") for row in range(2, 59)]
    assert [code for code, _ in told(endless)] == [
        code for code, _ in told(_sixty([(row, 2, 61, 2) for row in range(2, 59)]))
    ]


@pytest.mark.parametrize("more", [[], [(5, LAST_COLUMN)]])
def test_a_heading_merged_over_the_whole_sheet_makes_no_columns_of_what_is_empty(more: list[tuple[int, int]]):
    reading = _sixty([(1, 4, 1, LAST_COLUMN)], *more)
    assert len(reading.tables[0].items) == 60
    assert len(reading.tables[0].columns) <= 110
    assert told(reading) == []
