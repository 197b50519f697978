"""Formulas made to exhaust or to mislead 核对Excel: each comparison ends, and says what it could not check."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from data.crosscheck.read_book import read_book
from data.crosscheck.recognise import recognise
from scoring.assess import assess
from scoring.crosscheck.compare import compare
from scoring.crosscheck.report import Report
from scoring.marks import Mark, Sheet
from tests.data.summary_books import Cells, saved, unsaved
from tests.scoring.extras_scheme import TODAY


def town(unit: str, field: int) -> list[Sheet]:
    """实地考核 is the two scores together, 数据考核 40."""
    one = (Mark(1, score=Fraction(field - 36)), Mark(2, score=Fraction(36)), Mark(6, score=Fraction(0)))
    data = (Mark(3, value=Fraction(250)), Mark(4, value=Fraction(100)), Mark(5, value=Fraction(2)), Mark(7, score=Fraction(0)))
    return [Sheet(unit, "field", one), Sheet(unit, "data", data)]


FOUND = assess(TODAY, [*town("甲镇", 54), *town("乙镇", 52)])
"""甲镇 54 + 40 = 94; 乙镇 52 + 40 = 92."""


def report(total: Any, **cells: Any) -> Report:
    """甲镇's 综合得分 as (formula, saved value), and other cells beside the table."""
    heads = dict(zip(("A1", "B1", "C1", "D1"), ("考核对象", "实地考核", "数据考核", "综合得分"), strict=True))
    rows: Cells = {"A2": "甲镇", "B2": 54, "C2": 40, "D2": total, "A3": "乙镇", "B3": 52, "C3": 40, "D3": ("=B3+C3", 92)}
    content = read_book("汇总.xlsx", saved({"汇总": {**heads, **rows, **cells}}))
    return compare(FOUND, content, recognise(content, TODAY))


def causes(told: Report, code: str = "") -> list[str]:
    """What is said of cells, of one code if it is named."""
    return [cause.text for one in told.differences for cause in one.causes if code in ("", cause.code)]


def chain(formula: str, first: Any = 99) -> Cells:
    """J5 and 35 cells below it, each worked out of the one above."""
    return {"J5": first, **{f"J{row}": (formula.replace("@", f"J{row - 1}"), 1) for row in range(6, 41)}}


@pytest.mark.parametrize(
    ("formula", "first", "why"),
    [
        ("=@&@", "x", "算出的文本过长"),
        ("=@*@", 99, "算出的数过大"),
        ("=@^12", 99, "算出的数过大"),
        ("=PRODUCT(@,@,@)", 99, "算出的数过大"),
        ("=SUMPRODUCT(@,@)", 99, "算出的数过大"),
        ("=1/(@*@+1)", 3, "算出的数过大"),
    ],
)
def test_a_number_or_text_that_grows_without_end_is_refused_and_told(formula: str, first: Any, why: str) -> None:
    """Without a saved value every one of the chain has to be worked out."""
    told = report(("=B2+C2+N(J40)", None), **unsaved(chain(formula, first)))
    assert any(f"公式无法核对（{why}" in text for text in causes(told, "unchecked"))


@pytest.mark.parametrize(
    "formula",
    [
        "=B2" + "%" * 1_900,
        "=" + "-" * 1_900 + "B2",
        "=" + "(" * 900 + "B2" + ")" * 900,
        "=" + "IF(1," * 400 + "B2" + ")" * 400,
        "=IF()+B2",
        "=IFERROR()+B2",
        "=IFS(1)+B2",
        "=ROUND()",
        "=SUM({})",
        "=SUM(B2:C2*{1,2;3})",
        "=VLOOKUP(1,2,3)",
        "=INDEX(A1,-5)",
        "=ROUND(B2,99)",
        '=B2+COUNTIF(A2:A3,"甲*")',
        '=B2+COUNTIF(A2:A3,"?镇")',
        '=VLOOKUP("甲*",A2:C3,2,FALSE)+1',
        '=MATCH("?镇",A2:A3,0)+1',
        "=IF(B2:C2>1,95,95)",
        "=B2^0.5",
    ],
)
def test_a_formula_that_cannot_be_worked_out_is_told_and_never_ends_the_comparison(formula: str) -> None:
    told = report((formula, 95))
    assert [one.at[1:] for one in told.differences] == [(2, 4)]
    assert any("公式无法核对" in text for text in causes(told, "unchecked"))
    assert not causes(told, "stale-cache")
    assert not any("recursion" in text for text in causes(told))


def test_a_long_row_of_signs_is_worked_out_all_the_same() -> None:
    """1 nine hundred times beside 54 and 40."""
    told = report(("=B2+C2+" + "+".join(["1"] * 900), 994))
    assert causes(told) == ["公式另加了900分"]


def test_formulas_that_ask_for_too_much_together_are_told_and_the_rest_is_compared() -> None:
    heavy = "+".join(["SUMPRODUCT((A1:A20000=A1:A20000)*(B1:B20000))"] * 20)
    told = report((f"=B2+C2+{heavy}", 95), B20000=1)
    assert any("公式无法核对" in text for text in causes(told, "unchecked"))


@pytest.mark.parametrize(("formula", "value"), [("=SUM(B2,C2)", 54), ("=SUM(B2:C2)", 54), ("=SUM($B$2,C2,0)", 54)])
def test_a_number_stored_as_text_is_passed_over_in_a_cell_named_alone_as_in_an_area(formula: str, value: int) -> None:
    told = report((formula, value), C2="40")
    assert causes(told) == ["数存成了文本（40），求和时被略过"]


@pytest.mark.parametrize(
    ("formula", "value"),
    [
        ("=COUNT(B2:C2,J9)*47", 94),  # J9 is an error, which COUNT passes over
        ("=IF(AND(B2>50,A2),94,0)", 94),  # a text in a cell counts for nothing in AND
        ('=IF(COUNTIF(C2:C3,"40")=2,94,0)', 94),
        ("=VLOOKUP(A2,A2:C3,2,)+40", 94),
        ("=IFERROR(IFS(J9,1,TRUE,2),94)", 94),
        ("=IFERROR(IF(OR(J9,TRUE),1,2),94)", 94),
    ],
)
def test_functions_treat_errors_texts_and_omitted_arguments_as_spreadsheets_do(formula: str, value: int) -> None:
    """The saved value is what a spreadsheet shows; one more is then due to the 1 that is added."""
    told = report((f"{formula}+1", value + 1), J9=("=1/0", "#DIV/0!"))
    assert not causes(told, "stale-cache")
    assert not causes(told, "unchecked")


@pytest.mark.parametrize(
    ("formula", "other", "way"),
    [
        ("=B2+C2+D3", "=B3+C3+D2", "D2→D3→D2"),
        ("=SUM(A1:XFD1048576)", "=B3+C3", "D2→D2"),
        ("=SUM(B2:D2)", "=B3+C3", "D2→D2"),
        ("=B2+C2+J1", "=B3+C3", "D2→J1→D2"),
    ],
)
def test_a_formula_that_comes_back_to_itself_is_told_as_such_and_not_as_stale(formula: str, other: str, way: str) -> None:
    told = report((formula, 95), D3=(other, 92), J1=("=D2-94", 1))
    assert causes(told) == [f"循环引用（{way}）：公式绕回自身，算不出数，请改正公式"]


def test_a_function_that_only_asks_where_a_cell_is_makes_no_circle() -> None:
    assert not causes(report(("=B2+C2+ROWS(D$2:D2)", 95)), "circular")


def test_a_saved_value_is_called_stale_only_while_no_other_cell_contradicts_the_reading_of_its_functions() -> None:
    stale = report(("=ROUND(B2+C2,0)", 95))
    assert causes(stale) == ["公式没有重算：按表中现有的数应为94，存的却是95；重算后与本系统一致"]
    doubtful = report(("=ROUND(B2+C2,0)", 95), J1=("=ROUND(B3,0)", 53))
    assert not causes(doubtful, "stale-cache")
    assert any("J1等也是如此：或是整表没有重算，或是本系统与Excel的算法不同），按其保存的值比较" in text for text in causes(doubtful))
    following = report(("=ROUND(B2+C2,0)", 95), J1=("=ROUND(D2,0)", 94))
    assert causes(following, "stale-cache") == causes(stale)
    arithmetic = report(("=B2+C2", 95), J1=("=ROUND(B3,0)", 53))
    assert causes(arithmetic, "stale-cache")


def test_points_that_add_up_are_never_said_to_have_been_averaged() -> None:
    """(54 × 100 / 60 + 40 × 100 / 40) / 2 = 95."""
    told = report(95)
    assert causes(told)
    assert not any("平均" in text for text in causes(told))
