"""Every scheme, group and component: the blank form, the form filled in at random, and the very sheet read back."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.documents.forms import blank_form, filled_form
from scoring.marks import Mark, Sheet
from tests.data.scheme_sheets import ALL, bare, hundredths, item_sheets, parts, rows
from tests.data.sheet_forms import errors, read

EACH = [(name, unit, component) for name, scheme in ALL.items() for unit, component in parts(scheme)]
BY_ITEM = [each for each in EACH if ALL[each[0]].combine == "judgement"
           or ALL[each[0]].component(each[2]).marks != ("total",)]  # fmt: skip
WHOLE = [each for each in EACH if ALL[each[0]].combine != "judgement"
         and "total" in ALL[each[0]].component(each[2]).marks]  # fmt: skip
HARMLESS = {"not-applicable", "opinion-missing", "whole-opinion-missing"}


def test_there_are_nine_schemes_and_every_one_hands_out_forms():
    assert len(ALL) == 9
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
