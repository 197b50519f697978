"""Every scheme, group and component: the blank form, the form filled in at random, and the very sheet read back."""

from __future__ import annotations

import io
from fractions import Fraction

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.cell.cell import MergedCell

from data.documents.forms import blank_form, filled_form
from data.sheets.ways import ways_of
from scoring import exact
from scoring.marks import Mark, Sheet
from tests.data.scheme_sheets import ALL, bare, hundredths, item_sheets, parts, remarks, rows
from tests.data.sheet_forms import errors, read, saved, table

EACH = [(name, unit, component) for name, scheme in ALL.items() for unit, component in parts(scheme)]
BY_ITEM = [each for each in EACH if ALL[each[0]].combine == "judgement"
           or ALL[each[0]].component(each[2]).marks != ("total",)]  # fmt: skip
WHOLE = [each for each in EACH if ALL[each[0]].combine != "judgement"
         and "total" in ALL[each[0]].component(each[2]).marks]  # fmt: skip
HARMLESS = {"not-applicable", "opinion-missing", "whole-opinion-missing"}


def test_there_are_ten_schemes_and_every_one_hands_out_forms():
    assert len(ALL) == 10
    assert {name for name, _, _ in EACH} == set(ALL)


@pytest.mark.parametrize(("name", "unit", "component"), EACH)
def test_a_blank_form_read_back_asks_for_all_that_is_missing(name, unit, component):
    scheme = ALL[name]
    reading = read(blank_form(scheme, unit, component), scheme=scheme)
    assert (reading.verdict, reading.sheets) == ("reject", ())
    told = next(each for each in reading.problems if each.level == "error")
    assert errors(reading) in (["sheet-empty"], ["form-blank"], ["score-missing"]), reading.problems
    if told.code != "score-missing":
        assert f"整张表{len(rows(scheme, unit, component))}项" in told.message


@settings(max_examples=4, deadline=None)
@pytest.mark.parametrize(("name", "unit", "component"), BY_ITEM)
@given(data=st.data())
def test_a_form_filled_at_random_reads_back_as_the_very_sheet(name, unit, component, data):
    scheme = ALL[name]
    sheet = data.draw(item_sheets(scheme, unit, component))
    reading = read(filled_form(scheme, sheet), scheme=scheme)
    assert {each.code for each in reading.problems} <= HARMLESS, reading.problems
    assert [bare(each) for each in reading.sheets] == [sheet]
    cells = [mark.cell for mark in reading.sheets[0].marks]
    assert all(cells)
    assert len(set(cells)) == len(cells)


@settings(max_examples=4, deadline=None)
@pytest.mark.parametrize(("name", "unit", "component"), WHOLE)
@given(data=st.data())
def test_a_total_between_0_and_full_marks_reads_back_exactly(name, unit, component, data):
    scheme = ALL[name]
    sheet = Sheet(unit, component, (Mark(None, score=data.draw(hundredths(scheme.full_of(component)))),), "工作扎实")
    reading = read(filled_form(scheme, sheet), scheme=scheme)
    assert reading.problems == ()
    assert [bare(each) for each in reading.sheets] == [sheet]


def long_table(scheme, sheet):
    """A sheet as a long table, each mark in the column of its way; 不适用 stands in the first that its item asks for."""
    part = scheme.component(sheet.component)
    names = {item.no: item for item in rows(scheme, sheet.unit, sheet.component)}
    lines = [["考核单位", "考核方式", scheme.words.indicator, *COLUMNS.values(), "备注"]]
    for mark in sheet.marks:
        item = names[mark.indicator]
        given = {way: getattr(mark, way) for way in COLUMNS}
        if not mark.applicable:
            given[ways_of(scheme, part, item)[0]] = "不适用"
        cells = [f"{exact.plain(value)}{'%' if item.kind == 'ratio' and way == 'value' else ''}"
                 if isinstance(value, Fraction) else value for way, value in given.items()]  # fmt: skip
        lines.append([sheet.unit, part.name, f"{item.no}. {item.name}", *cells, mark.remark or None])
    return lines


COLUMNS = {"score": "得分", "grade": "等次", "value": "实际数值", "answer": "完成情况"}
COUNTED = [each for each in BY_ITEM if ALL[each[0]].combine != "judgement"]


@settings(max_examples=3, deadline=None)
@pytest.mark.parametrize(("name", "unit", "component"), COUNTED)
@given(data=st.data())
def test_a_long_table_filled_at_random_reads_back_as_the_very_sheet(name, unit, component, data):
    scheme = ALL[name]
    sheet = data.draw(item_sheets(scheme, unit, component))
    reading = read(table(long_table(scheme, sheet)), scheme=scheme)
    assert {each.code for each in reading.problems} <= HARMLESS, reading.problems
    assert [bare(each) for each in reading.sheets] == [sheet]


junk = st.one_of(
    st.none(), st.booleans(), st.integers(-(10**9), 10**9), st.floats(allow_nan=False, allow_infinity=False),
    st.sampled_from(["√", "是", "完成", "不适用", "95%", "1,2", "=A1", "综合评价意见", "合计", "好", "12人", "实际数值", "得分"]),
    remarks,
)  # fmt: skip


@settings(max_examples=6, deadline=None)
@pytest.mark.parametrize(("name", "unit", "component"), EACH[::2])
@given(data=st.data())
def test_whatever_is_typed_into_a_form_it_is_read_or_sent_back_with_places(name, unit, component, data):
    scheme = ALL[name]
    places = st.tuples(st.sampled_from("ABCDEFGHIJKL"), st.integers(2, 30)).map(lambda at: f"{at[0]}{at[1]}")
    typed = data.draw(st.dictionaries(places, junk, max_size=12))
    reading = read(typed_into(blank_form(scheme, unit, component), typed), scheme=scheme)
    assert "reader-stopped" not in errors(reading), reading.problems
    assert (reading.verdict == "reject") == any(each.level == "error" for each in reading.problems)
    assert all(each.message and each.mend for each in reading.problems)


def typed_into(content, typed):
    """A form with some cells typed over; what no sheet can hold, and the covered cells of merged ones, are left."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    for address, value in typed.items():
        if not isinstance(book.active[address], MergedCell):
            book.active[address] = value
    return saved(book)
