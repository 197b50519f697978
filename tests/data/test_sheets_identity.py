"""Whose form it is: read from the form, the sheet's name or the file's name, which must agree; else asked."""

from __future__ import annotations

import openpyxl
import pytest

from data import schemes
from scoring.scheme import Scheme
from tests.data.sheet_forms import TITLE, cells, errors, form, only, page, read, saved, table


def whose(reading):
    return [(sheet.unit, sheet.component) for sheet in reading.sheets]


@pytest.mark.parametrize(
    ("file", "sheet"),
    [("交叉考核_蓬江区.xlsx", "Sheet1"), ("蓬江-交叉考核.xlsx", "Sheet1"), ("表.xlsx", "蓬江区交叉考核"), ("交叉考核.xlsx", "蓬江"),
     ("（蓬江区）2020年交叉考核表(1).xlsx", "Sheet1"), ("交叉_蓬江.xlsx", "Sheet1")],
)  # fmt: skip
def test_unit_and_component_may_stand_in_the_names_of_sheet_and_file(file, sheet):
    assert whose(read(form(unit="", component="", name=sheet), file)) == [("蓬江区", "cross")]


@pytest.mark.parametrize(
    "line",
    [
        {"A2": "考核对象：蓬江区　　　考核方式：交叉考核"},
        {"A2": "考核对象:蓬江", "E2": "考核方式: 交叉考核"},
        {"A2": "被考核单位", "C2": "蓬江区", "E2": "考核方式", "F2": "交叉考核"},
        {"A2": "考核对象：", "C2": "蓬江区（盖章）", "E2": "考核方式：", "G2": "交叉考核"},
        {"A2": "考核对象（盖章）：蓬江区", "E2": "考核方式：交叉考核"},
        {"A2": "市（区）：江门市蓬江区", "E2": "考核方式：__交叉考核__"},
    ],
)
def test_unit_and_component_may_stand_on_the_form_in_many_ways(line):
    assert whose(read(form(cells(**line), unit="", component=""))) == [("蓬江区", "cross")]


def test_what_is_missing_is_asked_with_its_options():
    reading = read(form(unit="", component=""))
    assert errors(reading) == ["unit-missing", "component-missing"]
    assert [question.asks for question in reading.questions] == ["unit", "component"]
    assert "蓬江区" in reading.questions[0].options
    assert reading.sheets == ()
    assert whose(read(form(unit="", component=""), unit="江海区", component="municipal")) == [("江海区", "municipal")]


def test_form_and_file_that_name_different_units_are_sent_back_with_both():
    told = only(read(form(), "交叉考核_江海区.xlsx"), "unit-conflict")
    assert "A2写的是“蓬江区”" in told.message
    assert "文件名写的是“江海区”" in told.message
    assert told.cell == "A2"


def test_form_and_sheet_that_name_different_components_are_sent_back_with_both():
    told = only(read(form(name="市级考核")), "component-conflict")
    assert "E2写的是“交叉考核”" in told.message
    assert "工作表名写的是“市级考核”" in told.message


def test_a_table_whose_rows_never_mention_the_unit_of_its_file_is_sent_back():
    rows = [
        ["考核单位", "考核方式", "得分", "评价意见"],
        ["蓬江区", "日常工作", 88, "好"],
        ["台山市", "日常工作", 89, "好"],
    ]
    assert whose(read(table(rows), "蓬江区.xlsx")) == [("蓬江区", "daily"), ("台山市", "daily")]
    reading = read(table(rows), "交叉考核_江海区.xlsx")
    assert errors(reading) == ["unit-conflict", "component-conflict"]
    assert "文件名写的是“江海区”，A2写的是“蓬江区”" in reading.problems[0].message


def test_a_form_that_names_who_assesses_is_of_whom_it_assesses():
    assert whose(read(form(cells(I2="考核单位：江海区考核组")))) == [("蓬江区", "cross")]


def test_a_file_name_with_two_units_decides_nothing():
    assert whose(read(form(), "江海区考核组对蓬江区.xlsx")) == [("蓬江区", "cross")]
    assert errors(read(form(unit=""), "江海区考核组对蓬江区.xlsx")) == ["unit-missing"]


@pytest.mark.parametrize(
    ("typed", "suggested"), [("蓬汪区", "蓬江区"), ("台山县", "台山市"), ("新汇区", "新会区"), ("恩平区", "恩平市")]
)
def test_a_misspelt_unit_is_sent_back_with_a_suggestion(typed, suggested):
    reading = read(form(unit=typed))
    told = only(reading, "unknown-unit")
    assert (told.cell, told.value) == ("A2", typed)
    assert f"是否为“{suggested}”" in told.message
    assert "蓬江区、江海区" in told.mend
    assert reading.sheets == ()


def test_a_unit_of_another_place_is_sent_back_without_a_suggestion():
    assert "是否" not in only(read(form(unit="乳源瑶族自治县")), "unknown-unit").message


def test_a_misspelt_component_is_sent_back_with_a_suggestion():
    assert "是否为“交叉考核”？" in only(read(form(component="交又考核")), "unknown-component").message


def test_the_form_of_another_component_than_asked_is_sent_back():
    told = only(read(form(), component="municipal"), "other-component")
    assert "这是“交叉考核”的表，所选考核方式是“市级考核”" in told.message
    assert only(read(form(), unit="江海区"), "other-unit").cell == "A2"


def test_the_same_form_twice_in_a_workbook_is_sent_back():
    book = openpyxl.Workbook()
    page(book, name="一")
    page(book, name="二")
    told = only(read(saved(book)), "duplicate-sheet")
    assert "“蓬江区”的“交叉考核”在同一文件中出现两次（一!E5、二!E5）" in told.message


# --- another year, another scheme


@pytest.mark.parametrize(
    "title", [TITLE.replace("2020", "2019"), "2019年度扶贫开发成效考核指标表", "２０１９ 年江门市考核指标表"]
)
def test_the_form_of_another_year_is_recognised_by_its_title(title):
    told = only(read(form(title=title)), "wrong-year")
    assert told.cell == "A1"
    assert "写的是2019年，本次考核是2020年" in told.message


def test_the_form_of_another_year_is_recognised_by_the_name_of_its_file():
    assert "文件名写的是2019年" in only(read(form(title="考核指标表"), "2019年交叉考核.xlsx"), "wrong-year").message


def test_dates_of_signing_and_the_years_in_an_item_are_no_title():
    line = {"A25": "签名：", "B25": "2021年1月5日", "A26": "2021年1月"}
    assert read(form(cells(**line)), "2021年1月报.xlsx").verdict == "accept"


def test_the_town_form_is_recognised_when_the_county_one_is_asked_for():
    town = schemes.scheme("jiangmen-2020-town")
    book = openpyxl.Workbook()
    page(book, title="2020年江门市镇级党委和政府扶贫开发成效考核指标表", scheme=town)
    reading = read(saved(book))
    assert set(errors(reading)) == {"other-scheme"}
    assert "镇级" in reading.problems[0].message


def test_the_town_form_without_a_title_is_recognised_by_its_items():
    book = openpyxl.Workbook()
    page(book, title="", scheme=schemes.scheme("jiangmen-2020-town"))
    assert errors(read(saved(book))) == ["other-scheme"]


def test_a_town_is_taken_by_its_short_name_only_where_that_fits_one():
    town = schemes.scheme("jiangmen-2020-town")
    title = "2020年江门市镇级党委和政府扶贫开发成效考核指标表"
    assert whose(read(form(unit="棠下", component="", title=title, scheme=town), scheme=town)) == [("棠下镇", "county")]
    told = only(read(form(unit="白沙", component="", title=title, scheme=town), scheme=town), "unknown-unit")
    assert "白沙街道" in told.message
    assert "白沙镇" in told.message


def test_a_component_that_takes_no_ticks_sends_a_tick_form_back():
    county = schemes.scheme("jiangmen-2020-county")
    daily = [
        {**each.model_dump(), **({"marks": ["total"]} if each.id == "daily" else {})} for each in county.components
    ]
    changed = Scheme.model_validate({**county.model_dump(), "components": daily})
    told = only(read(form(component="日常工作"), scheme=changed), "no-ticks-here")
    assert "“日常工作”不用逐项打√的表" in told.message


@pytest.mark.parametrize(
    ("answer", "code"),
    [({"unit": "江南街道", "component": "cross"}, "unknown-unit"), ({"unit": "蓬江区", "component": "county"}, "unknown-component")],
)  # fmt: skip
def test_an_answer_that_the_scheme_does_not_know_returns_the_file(answer, code):
    reading = read(form(unit="", component=""), **answer)
    assert (errors(reading), reading.questions) == ([code], ())
    wrong = next(value for value in answer.values() if value not in ("蓬江区", "cross"))
    assert [each.value for each in reading.problems] == [wrong]
