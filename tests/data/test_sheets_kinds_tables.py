"""Long, wide and transposed tables of items that are measured, answered or given points; and tables of the wrong group."""

from __future__ import annotations

from fractions import Fraction

import pytest

from data.documents.forms import filled_form
from scoring.marks import Mark, Sheet
from tests.data.filled_forms import CITY, DEPARTMENT, GUANGDONG, NEIMENGGU, QUJIANG, RUYUAN, mark_of, plain
from tests.data.scheme_sheets import bare, rows
from tests.data.sheet_forms import errors, only, read, table

LONG = ["考核单位", "考核方式", "考核指标", "得分", "等次", "实际数值", "完成情况", "备注"]
_COLUMN = {"score": 3, "grade": 4, "value": 5, "answer": 6}


def long_rows(scheme, unit, component):
    """A long table of a plain sheet, each mark in the column of its way."""
    sheet = plain(scheme, unit, component)
    names = {item.no: f"{item.no}. {item.name}" for item in rows(scheme, unit, component)}
    out = [LONG]
    for mark in sheet.marks:
        row = [unit, scheme.component(component).name, names[mark.indicator], *[None] * 5]
        for way, column in _COLUMN.items():
            value = getattr(mark, way)
            row[column] = float(value) if isinstance(value, Fraction) else value
        out.append(row)
    return out


@pytest.mark.parametrize(
    ("scheme", "unit", "component"),
    [(NEIMENGGU, "赤峰市", "daily"), (NEIMENGGU, "赤峰市", "yearend"), (CITY, "广州市", "review"),
     (DEPARTMENT, "省教育厅", "self"), (RUYUAN, "桂头镇", "county"), (GUANGDONG, "韶关市", "cross"),
     (GUANGDONG, "广州市", "cross")],
)  # fmt: skip
def test_a_long_table_of_any_kind_gives_the_very_sheet(scheme, unit, component):
    reading = read(table(long_rows(scheme, unit, component)), scheme=scheme)
    assert reading.problems == ()
    assert [bare(sheet) for sheet in reading.sheets] == [plain(scheme, unit, component)]
    assert all(mark.cell for mark in reading.sheets[0].marks)


@pytest.mark.parametrize(
    ("row", "column", "value", "code", "cell"),
    [
        (4, 3, 2, "two-entries", "D5"),
        (1, 5, 3, "two-entries", "D2"),
        (1, 3, 11, "above-full", "D2"),
        (4, 5, 0.5, "share-unclear", "F5"),
        (3, 6, "高于", "unknown-answer", "G4"),
        (4, 5, None, "no-grade", "D5:F5"),
    ],
)
def test_a_bad_row_of_a_long_table_of_points_is_named(row, column, value, code, cell):
    lines = long_rows(NEIMENGGU, "赤峰市", "yearend")
    lines[row][column] = value
    told = only(read(table(lines), scheme=NEIMENGGU), code)
    assert (told.level, told.cell) == ("error", cell)


def test_a_mark_where_a_component_gives_none_is_refused_in_a_long_table():
    lines = long_rows(NEIMENGGU, "赤峰市", "daily")
    first = NEIMENGGU.indicators[0]
    lines.insert(1, ["赤峰市", "平时监控", first.name, 5, None, None, None, None])
    told = only(read(table(lines), scheme=NEIMENGGU), "not-marked-here")
    assert told.message.endswith("第1项在平时监控不计分（0分），D2 不应填写")
    lines[1][3] = None
    assert read(table(lines), scheme=NEIMENGGU).verdict == "accept"


# --- wide tables


def wide(scheme, unit, component, title, values):
    names = [f"{item.no}. {item.name}" for item in rows(scheme, unit, component)]
    return table([[title], [scheme.words.unit, *names], [unit, *values]])


def test_a_wide_table_says_in_its_title_whether_a_share_is_a_score():
    items = rows(NEIMENGGU, "赤峰市", "yearend")
    points = [float(item.full["yearend"]) for item in items]
    reading = read(wide(NEIMENGGU, "赤峰市", "yearend", "年终考核得分汇总表", points), scheme=NEIMENGGU)
    assert reading.problems == ()
    assert (mark_of(reading, 3).score, mark_of(reading, 4).score) == (6, 4)
    points[2] = "是"
    reading = read(wide(NEIMENGGU, "赤峰市", "yearend", "年终考核得分汇总表", points), scheme=NEIMENGGU)
    assert (mark_of(reading, 4).score, mark_of(reading, 3).answer) == (4, "是")


def test_a_number_that_may_be_a_score_or_a_share_is_asked_about():
    items = rows(NEIMENGGU, "赤峰市", "daily")
    values = [float(item.full["daily"]) for item in items]
    reading = read(wide(NEIMENGGU, "赤峰市", "daily", "平时监控汇总表", values), scheme=NEIMENGGU)
    assert set(errors(reading)) == {"way-unclear"}
    assert "看不出是得分还是实际数值" in reading.problems[0].message
    measured = ["95%" if item.kind == "ratio" else value for item, value in zip(items, values, strict=True)]
    reading = read(wide(NEIMENGGU, "赤峰市", "daily", "平时监控汇总表", measured), scheme=NEIMENGGU)
    assert (mark_of(reading, 4).value, mark_of(reading, 6).score) == (95, 9)


def test_a_wide_table_of_measured_items_is_read_by_their_kinds():
    values = {"quantity": 12, "ratio": "95%", "task": "完成", "judged": "好"}
    cells = [values[item.kind] for item in CITY.indicators]
    reading = read(wide(CITY, "广州市", "review", "分组成效评价汇总表", cells), scheme=CITY)
    assert reading.problems == ()
    assert [bare(sheet) for sheet in reading.sheets] == [plain(CITY, "广州市", "review")]
    assert mark_of(reading, 40).cell == "AO3"


def test_a_wide_table_of_two_groups_leaves_the_others_items_blank():
    named = [
        f"{item.no}. {item.name}" for item in (*rows(GUANGDONG, "韶关市", "cross"), *rows(GUANGDONG, "广州市", "cross"))
    ]
    shared = len(dict.fromkeys(named))
    reading = read(
        table([["交叉考核"], ["考核单位", *dict.fromkeys(named)], ["韶关市", *["好"] * shared]]), scheme=GUANGDONG
    )
    assert "not-their-item" in errors(reading)
    cells = ["好" if name in named[:17] else None for name in dict.fromkeys(named)]
    reading = read(table([["交叉考核"], ["考核单位", *dict.fromkeys(named)], ["韶关市", *cells]]), scheme=GUANGDONG)
    assert reading.problems == ()
    assert len(reading.sheets[0].marks) == 17


# --- the table of another group or scheme


@pytest.mark.parametrize(("unit", "other"), [("韶关市", "广州市"), ("广州市", "韶关市")])
def test_a_unit_with_the_table_of_the_other_group_is_sent_back_in_one_sentence(unit, other):
    content = filled_form(GUANGDONG, plain(GUANGDONG, other, "cross"))
    swapped = GUANGDONG.with_elements(
        groups=[
            group.model_dump() | {"units": [{"name": unit if each.name == other else other if each.name == unit else each.name}
                                            for each in group.units]}
            for group in GUANGDONG.groups
        ]
    )  # fmt: skip
    told = only(read(content, scheme=swapped), "other-group")
    own, found = swapped.group_of(other).name, GUANGDONG.group_of(other).name
    assert f"{other}”属于“{own}”，表内却是“{found}”的指标表" in told.message
    assert f"“{own}”的空白表" in told.mend


def test_a_points_table_of_another_scheme_is_said_once():
    content = filled_form(RUYUAN, plain(RUYUAN, "桂头镇", "county"))
    reading = read(content, scheme=NEIMENGGU, unit="赤峰市", component="daily")
    assert "other-scheme" in errors(reading)
    assert "unknown-indicator" not in errors(reading)


def test_totals_go_up_to_the_components_full_marks():
    rows = [["考核单位", "考核方式", "得分"], ["赤峰市", "平时监控", 100], ["包头市", "平时监控", 100.5]]
    told = only(read(table(rows), scheme=NEIMENGGU), "above-full")
    assert "C3“包头市”的“平时监控”得分 100.5，超过满分 100" in told.message


def test_a_total_has_no_place_where_nothing_is_counted():
    rows = [["考核单位", "考核方式", "得分"], ["马坝镇", "自评总结", 95]]
    assert "不接受总分" in only(read(table(rows), scheme=QUJIANG), "no-total-here").message


def test_a_long_table_of_opinions_is_read():
    lines = [["考核对象", "考核方式", "考核内容", "评价意见"]]
    lines += [["马坝镇", "自评总结", item.name, f"第{item.no}项属实"] for item in QUJIANG.indicators]
    reading = read(table(lines), scheme=QUJIANG)
    assert reading.problems == ()
    assert [bare(sheet) for sheet in reading.sheets] == [plain(QUJIANG, "马坝镇", "self")]
    assert isinstance(reading.sheets[0], Sheet)
    assert isinstance(reading.sheets[0].marks[0], Mark)
