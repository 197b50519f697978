"""Formulas as offices write them: read from tokens, worked out exactly, and told how much each cell counts."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from openpyxl.formula import Tokenizer
from openpyxl.utils.cell import coordinate_to_tuple

from scoring import exact
from scoring.crosscheck.book import At, Book, BookCell, BookSheet
from scoring.crosscheck.evaluate import Evaluator, UnsupportedError
from scoring.crosscheck.numbers import mistyped
from scoring.crosscheck.rounding import roundings
from scoring.crosscheck.trace import coefficients, comparisons, constants, looked_up, precedents

RESULT: At = ("表", 9, 9)
CELLS = {
    "A1": "80.3",
    "B1": "82.64",
    "C1": "76.96",
    "A2": "0.4",
    "B2": "0.3",
    "C2": "0.3",
    "A3": "=A1*0.4",
    "A4": "'85",
    "A5": "70",
}


def book(formula: str, **more: str) -> Book:
    """CELLS and a formula in I9; a text begins with an apostrophe."""
    cells = {("表", *coordinate_to_tuple(at)): _cell(told) for at, told in (CELLS | more).items()}
    return Book("x", (BookSheet("表", rows=9, columns=9),), cells | {RESULT: _cell(formula)})


def _cell(told: str) -> BookCell:
    if told.startswith("="):
        tokens = tuple((token.type, token.subtype, token.value) for token in Tokenizer(told).items)
        return BookCell("", "formula", formula=told, tokens=tokens)
    return BookCell(told[1:], "text") if told.startswith("'") else BookCell(told, "number")


@pytest.mark.parametrize(
    ("formula", "value"),
    [
        ("=A1*40%+B1*0.3+C1*30/100", "80"),  # floats say 79.99999999999999
        ("=SUMPRODUCT($A$2:$C$2,A1:C1)", "80"),
        ("=ROUND(A1/3,2)", "26.77"),
        ("=ROUNDUP(80.001,2)", "80.01"),
        ("=ROUNDDOWN(80.019,2)", "80.01"),
        ("=INT(-1.5)", "-2"),
        ("=-2^2", "4"),
        ("=AVERAGE(A1:C1)", "79.9666…"),
        ("=SUM(A1,A4:A5)", "150.3"),  # the text in A4 is passed over
        ("=A4+A5", "155"),  # and counted here
        ("=SUM(A1:C1)*1", "239.9"),
        ("=RANK(A1,$A$1:$C$1)", "2"),
        ("=RANK(A1,$A$1:$C$1,1)", "2"),
        ("=COUNTIF(A1:C1,\">\"&A1)+1", "2"),
        ("=SUMPRODUCT((A1:C1>A1)*1)+1", "2"),
        ('=SUMIF(A1:C1,">80",A2:C2)', "0.7"),  # 80.3 and 82.64 weigh 0.4 and 0.3
        ('=SUMIF(A1:C1,">80")', "162.94"),
        ('=IF(ISTEXT(A4),1,0)+IF(ISTEXT(A5),1,0)', "1"),
        ("=A3+1", "33.12"),
    ],
)  # fmt: skip
def test_a_formula_comes_to_what_a_spreadsheet_shows_but_exactly(formula: str, value: str) -> None:
    assert exact.shown(Evaluator(book(formula)).formula(RESULT)) == value


@pytest.mark.parametrize(
    ("formula", "value"),
    [
        ('=IF(A1*0.4+B1*0.3+C1*0.3>=80,"较好","一般")', "较好"),
        ('=LOOKUP(A1,{0,70,80,90},{"较差","一般","较好","好"})', "较好"),
        ('=IFS(A1>=90,"好",A1>=80,"较好")', "较好"),
        ('=IFERROR(A1/0,"—")', "—"),
        ("=A1/0", "#DIV/0!"),
        ("=VLOOKUP(999,A1:C1,2,FALSE)", "#N/A"),
        ("=A1+#REF!", "#REF!"),
    ],
)
def test_a_formula_may_come_to_a_text_or_an_error(formula: str, value: str) -> None:
    assert Evaluator(book(formula)).formula(RESULT) == value


def test_floats_reproduce_the_error_of_a_spreadsheet() -> None:
    told = book('=IF(A1*0.4+B1*0.3+C1*0.3>=80,"较好","一般")')
    assert Evaluator(told, floats=True).formula(RESULT) == "一般"


@pytest.mark.parametrize("formula", ["=XLOOKUP(1,A1:C1,A2:C2)", "=名称+1", "=[1]表!A1", "=I9+1"])
def test_what_is_not_known_is_said_and_never_guessed(formula: str) -> None:
    with pytest.raises(UnsupportedError):
        Evaluator(book(formula)).formula(RESULT)


def test_another_value_in_a_cell_runs_through_helper_cells() -> None:
    assert Evaluator(book("=A3+1"), {("表", 1, 1): Fraction(100)}).formula(RESULT) == 41


def test_how_much_each_cell_counts_is_found_through_rounding_and_helpers() -> None:
    found: dict[At, Any] = coefficients(book("=ROUND(A3+B1*B2,1)"), RESULT, set(), {})
    assert found["表", 1, 1] == Fraction(2, 5)
    assert found["表", 1, 2] == Fraction(3, 10)
    assert found["表", 2, 2] == Fraction("82.64")
    assert precedents(book("=ROUND(A3+B1*B2,1)"), RESULT, set()) == [("表", 1, 2), ("表", 2, 2), ("表", 1, 1)]


def test_lines_and_constants_are_read_out_of_a_formula() -> None:
    node = book('=IF(A1>90,"好",IF(80<=A1,ROUND(A1*40%,2),0.5))').node(RESULT)
    assert comparisons(node) == [(">", 90), (">=", 80)]
    assert Fraction(2, 5) in constants(node)
    assert 2 not in constants(node)
    assert looked_up(book("=LOOKUP(A1,{0,70},{1,2})").node(RESULT)) == [0, 70]


@pytest.mark.parametrize(
    ("value", "told", "way"),
    [
        ("90.925", "90.925", "没有舍入"),
        ("90.929", "90.92", "保留2位小数、截断（只舍不入）"),
        ("90.921", "90.93", "保留2位小数、进位（只入不舍）"),
        ("90.925", "90.92", "保留2位小数、截断（只舍不入）"),
        ("90.925", "90.9", "保留1位小数、四舍五入"),
        ("90.925", "91", "取整、四舍五入"),
    ],
)
def test_a_way_of_rounding_is_told_only_where_it_gives_the_value(value: str, told: str, way: str) -> None:
    assert next(roundings(Fraction(value), Fraction(told), 2)) == way
    assert not list(roundings(Fraction(value), Fraction("90.11"), 2))


@pytest.mark.parametrize(
    ("wrong", "right", "how"),
    [
        ("88.20", "82.80", "数字颠倒"),
        ("8.82", "88.20", "小数点错位"),
        ("88.20", "83.20", "一位数字不同"),
        ("71.63", "83.20", ""),
    ],
)
def test_a_slip_of_the_pen_is_named(wrong: str, right: str, how: str) -> None:
    assert mistyped(wrong, right) == how
