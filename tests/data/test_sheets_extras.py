"""Forms with 完成率, 加分项 and 扣分项: what goes out, what comes back, and what is refused."""

from __future__ import annotations

import io
from fractions import Fraction

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.documents.forms import blank_form, filled_form
from scoring.load import load_scheme
from scoring.marks import Mark, Sheet
from tests.data.scheme_sheets import bare, item_sheets
from tests.data.sheet_forms import errors, read, saved
from tests.scoring.extras_scheme import TEXT, TODAY

TICKED = load_scheme("""
id: ticked-2026
title: 打勾、完成率和加分项同在一张表
short: 同表
document: {title: 某县考核办法}
grades: [好, 较好, 一般, 较差]
groups: [{id: town, name: 镇, units: [{name: 甲镇}], cite: 二}]
combine: weighted
components: [{id: cross, name: 交叉考核, weight: 100, marks: [ticks, points], cite: 三}]
ticks: {points: {好: 95, 较好: 85, 一般: 75, 较差: 60}, assumed: 原文未定}
item_weights: {equal: leaves, assumed: 原文未定}
indicators:
  - {no: 1, path: [责任], name: 责任落实, cite: 附件}
  - {no: 2, path: [产业], name: 务工完成率, kind: completion, cite: 附件}
  - {no: 3, path: [加分], name: 典型经验, role: bonus, kind: points, full: {cross: 5}, cite: 附件}
  - {no: 4, path: [扣分], name: 负面事件, role: deduction, kind: points, full: {cross: 8}, cite: 附件}
rank: {by: [score], assumed: 原文未写}
""", "ticked-2026.yaml")  # fmt: skip
SCHEMES = {"today": (TODAY, "field"), "data": (TODAY, "data"), "ticked": (TICKED, "cross")}


def sheet(**off: str) -> Sheet:
    marks = [Mark(3, value=Fraction(230)), Mark(4, value=Fraction(95)), Mark(5, value=Fraction(1)), Mark(7, score=Fraction(2))]
    return Sheet("甲镇", "data", tuple(marks))


def texts(content: bytes) -> list[str]:
    page = openpyxl.load_workbook(io.BytesIO(content)).active
    return [str(cell.value) for row in page.iter_rows() for cell in row if cell.value is not None]


@settings(max_examples=15, deadline=None)
@pytest.mark.parametrize("name", SCHEMES)
@given(data=st.data())
def test_a_form_filled_at_random_reads_back_as_the_very_sheet(name, data):
    scheme, component = SCHEMES[name]
    filled = data.draw(item_sheets(scheme, "甲镇", component))
    reading = read(filled_form(scheme, filled), scheme=scheme)
    assert not errors(reading), reading.problems
    assert [bare(each) for each in reading.sheets] == [filled]


def test_a_blank_form_says_how_added_and_deducted_items_are_filled():
    told = texts(blank_form(TODAY, "甲镇", "data"))
    assert "扣分至多8" in told
    assert any(text.startswith("注：加分项填所加的分") for text in told)


def test_a_form_asks_only_for_the_items_of_its_component():
    told = texts(blank_form(TODAY, "甲镇", "data"))
    assert "4. 资产收益到位率" in told
    assert not any("集中排查" in text for text in told)


def test_three_levels_of_categories_stand_in_columns_of_their_own():
    page = openpyxl.load_workbook(io.BytesIO(blank_form(TODAY, "甲镇", "field"))).active
    row = next(row for row in page.iter_rows() if any(cell.value == "2. 集中排查" for cell in row))
    assert [cell.value for cell in row[:4]] == ["二、监测", "防返贫", "排查", "2. 集中排查"]


def filled_with(no: int, value: object, scheme=TODAY, marks=None) -> bytes:
    """The data form with one cell of an item's row overwritten."""
    book = openpyxl.load_workbook(io.BytesIO(filled_form(scheme, marks or sheet())))
    page = book.active
    names = {row.no: row.name for row in scheme.indicators}
    row = next(r for r in page.iter_rows() if any(str(c.value).endswith(f". {names[no]}") for c in r))
    held = [c for c in row if not c.protection.locked and c.value is not None]
    held[0].value = value
    return saved(book)


@pytest.mark.parametrize("written", [-2, "-2", "－２", 2])
def test_points_off_may_carry_a_minus_sign(written):
    reading = read(filled_with(7, written), scheme=TODAY)
    assert not errors(reading), reading.problems
    assert reading.sheets[0].marks[-1].score == 2


def test_more_off_than_the_most_is_refused():
    reading = read(filled_with(7, 9), scheme=TODAY)
    assert errors(reading) == ["above-full"]


def test_a_blank_row_of_an_added_item_asks_for_a_nought():
    reading = read(filled_with(7, None), scheme=TODAY)
    assert errors(reading) == ["no-grade"]
    assert "没有扣分的填0" in reading.problems[0].mend


@pytest.mark.parametrize(("written", "value"), [("105%", 105), (105, 105), ("0.9%", Fraction(9, 10))])
def test_a_completion_may_go_beyond_a_hundred(written, value):
    reading = read(filled_with(4, written), scheme=TODAY)
    assert not errors(reading), reading.problems
    assert reading.sheets[0].marks[1].value == value


@pytest.mark.parametrize(("written", "code"), [(0.95, "share-unclear"), ("-5%", "completion-negative"), ("95户", "number-with-unit")])
def test_a_completion_that_is_unclear_or_negative_is_sent_back(written, code):
    assert errors(read(filled_with(4, written), scheme=TODAY)) == [code]


def test_the_example_scheme_is_the_one_of_the_engines_tests():
    assert load_scheme(TEXT, "again.yaml").hash == TODAY.hash
