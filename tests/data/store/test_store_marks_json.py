"""Marks as text: whatever sheet goes in comes out equal, and damage is said, never guessed around."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.store import StoreProblem, marks_json
from scoring.marks import Mark, Sheet

_marks = st.builds(
    Mark,
    indicator=st.none() | st.integers(0, 10**6),
    grade=st.none() | st.text(),
    score=st.none() | st.fractions(),
    applicable=st.booleans(),
    remark=st.text(),
    sheet=st.sampled_from(["", "蓬江区", "Sheet1"]) | st.text(),
    cell=st.text(),
    value=st.none() | st.fractions(),
    answer=st.none() | st.text(),
)
sheets = st.builds(Sheet, unit=st.text(), component=st.text(), marks=st.lists(_marks).map(tuple), opinion=st.text())


@given(sheets)
def test_any_sheet_written_reads_back_equal(sheet: Sheet) -> None:
    assert marks_json.decode(sheet.unit, sheet.component, marks_json.encode(sheet)) == sheet


def test_scores_are_written_exactly_and_never_as_floats() -> None:
    sheet = Sheet(
        "甲", "c", (Mark(1, score=Fraction("89.95")), Mark(2, score=Fraction(1, 3)), Mark(3, score=Fraction(0)))
    )
    text = marks_json.encode(sheet)
    assert '"1799/20"' in text
    assert '"1/3"' in text
    assert '[3,null,"0",' in text


def test_a_missing_mark_and_a_zero_stay_two_things() -> None:
    sheet = Sheet("甲", "c", (Mark(1, score=Fraction(0)), Mark(2, applicable=False, remark="无此任务")))
    zero, absent = marks_json.decode("甲", "c", marks_json.encode(sheet)).marks
    assert (zero.score, absent.score) == (0, None)
    assert (zero.applicable, absent.applicable) == (True, False)


def test_a_sheets_name_is_written_once() -> None:
    marks = tuple(Mark(no, "好", sheet="蓬江区交叉考核", cell=f"D{no}") for no in range(19))
    assert marks_json.encode(Sheet("蓬江区", "cross", marks)).count("蓬江区交叉考核") == 1


def test_marks_kept_before_values_and_answers_were_known_are_still_read() -> None:
    old = '{"format":1,"opinion":"","sheets":["甲"],"marks":[[1,"好",null,1,"",0,"E4"],[2,null,"3/4",1,"齐",0,"F5"]]}'
    assert marks_json.decode("甲", "c", old).marks == (
        Mark(1, "好", sheet="甲", cell="E4"), Mark(2, score=Fraction(3, 4), remark="齐", sheet="甲", cell="F5"),
    )  # fmt: skip


def test_a_measured_value_and_an_answer_are_kept_exactly() -> None:
    marks = (Mark(1, value=Fraction("99.95"), cell="F5"), Mark(2, answer="完成且有亮点", cell="G6"))
    text = marks_json.encode(Sheet("甲", "c", marks))
    assert '[1,null,null,1,"",0,"F5","1999/20",null]' in text
    assert marks_json.decode("甲", "c", text).marks == marks


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        "null",
        "{}",
        '{"format":2,"opinion":"","sheets":[],"marks":[]}',
        '{"format":1,"opinion":"","sheets":[],"marks":[[1,"好",null,1,"",0,"E4"]]}',
        '{"format":1,"opinion":"","sheets":[""],"marks":[[1,"好"]]}',
        '{"format":1,"opinion":"","sheets":[""],"marks":[[1,null,"1/0",1,"",0,""]]}',
        '{"format":1,"opinion":"","sheets":[""],"marks":[[1,null,"92.5分",1,"",0,""]]}',
    ],
)
def test_damaged_marks_are_a_problem_naming_the_unit(text: str) -> None:
    with pytest.raises(StoreProblem, match=r"台山市的一份评分表在数据库中无法读取.*备份"):
        marks_json.decode("台山市", "cross", text)
