"""核对Excel where points come on top and off: a right summary is wholly the same, and each error is told as what it is."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.crosscheck.read_book import read_book
from data.crosscheck.recognise import recognise
from data.schemes import scheme
from scoring.assess import assess
from scoring.crosscheck.compare import compare
from scoring.crosscheck.expected import extra_points
from scoring.crosscheck.layout import BONUS, DEDUCTION
from scoring.crosscheck.report import Report
from scoring.marks import Fact, Mark, Sheet
from scoring.results import Results
from scoring.scheme import Scheme
from tests.data.summary_books import Cells, number, saved, unsaved
from tests.scoring.extras_scheme import TODAY
from tests.scoring.filling import all_sheets, some_facts, with_figures
from tests.scoring.strategies import extra_schemes

BANDS = 'IF({0}>=90,"好",IF({0}>=80,"较好",IF({0}>=70,"一般","较差")))'


def town(unit: str, one: str, plus: str = "0", minus: str = "0") -> list[Sheet]:
    field = (Mark(1, score=Fraction(one)), Mark(2, score=Fraction(40)), Mark(6, score=Fraction(plus)))
    data = (Mark(3, value=Fraction(250)), Mark(4, value=Fraction(100)), Mark(5, value=Fraction(2)), Mark(7, score=Fraction(minus)))
    return [Sheet(unit, "field", field), Sheet(unit, "data", data)]


FACTS = (Fact("甲镇", "honour", "市级"), Fact("甲镇", "notice", "是"), Fact("乙镇", "notice", "是"))
FOUND = assess(TODAY, [*town("甲镇", "10", plus="3", minus="1"), *town("乙镇", "6")], FACTS)
"""甲镇 50 + 40 + (3 + 2) − (1 + 3) = 91; 乙镇 46 + 40 − 3 = 83."""


def book(found: Results = FOUND, minus: str = "-", signed: int = 1) -> Cells:
    """单位, one column a component, 加分, 扣分, 综合得分, 等次, 位次; ``signed`` -1 writes 扣分 with its sign."""
    scheme, parts = found.scheme, [part.id for part in found.scheme.counted]
    heads = ["单位", *(part.name for part in scheme.counted), "加分", "扣分", "综合得分", "等次", "位次"]
    letters = "ABCDEFGHIJ"
    cells: Cells = {f"{letters[at]}1": head for at, head in enumerate(heads)}
    plus, less, total, grade, rank = letters[len(parts) + 1 : len(parts) + 6]
    for row, one in enumerate(found.units, start=2):
        cells[f"A{row}"] = one.unit
        for letter, part in zip(letters[1:], parts, strict=False):
            cells[f"{letter}{row}"] = number(one.components[part].exact)
        cells[f"{plus}{row}"] = number(extra_points(scheme, one, BONUS))
        cells[f"{less}{row}"] = number(signed * extra_points(scheme, one, DEDUCTION))
        formula = f"=ROUND(SUM(B{row}:{letters[len(parts)]}{row})+{plus}{row}{minus}{less}{row},2)"
        cells[f"{total}{row}"] = (formula, number(one.score))
        cells[f"{grade}{row}"] = (f"={BANDS.format(f'{total}{row}')}", one.grade)
        cells[f"{rank}{row}"] = one.rank
    return cells


def checked(cells: Cells, found: Results = FOUND) -> Report:
    content = read_book("汇总.xlsx", saved({"汇总": cells}))
    layout = recognise(content, found.scheme)
    assert not layout.open, [column for _, column in layout.open]
    return compare(found, content, layout)


def told(report: Report) -> list[tuple[str, str]]:
    return [(one.slot.role, one.causes[0].text) for one in report.differences if one.causes]


@pytest.mark.parametrize(("minus", "signed"), [("-", 1), ("+", -1)])
def test_a_right_summary_with_added_and_deducted_points_is_wholly_the_same(minus: str, signed: int) -> None:
    assert [one.score for one in FOUND.units] == [91, 83]
    report = checked(book(minus=minus, signed=signed))
    assert report.verdict() == "完全一致：核对14格，无一不同。"


def test_a_blank_is_no_added_points_and_no_difference() -> None:
    assert checked({at: value for at, value in book().items() if at != "D3"}).agreed


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("=ROUND(B2+C2-E2,2)", "公式漏算了D2（加分）"),
        ("=ROUND(B2+C2+D2,2)", "公式漏算了E2（扣分）"),
        ("=ROUND(B2+C2,2)", "公式漏算了D2（加分）、E2（扣分）"),
        ("=ROUND(SUM(B2:E2),2)", "公式里的权重不同：扣分按100％计，应为-100％"),
        ("=ROUND(B2+C2+D2-E2+1,2)", "公式另加了1分"),
        (86, "没有计入加分5分"),
        (95, "没有扣除扣分4分"),
        (90, "没有计入加分5分、没有扣除扣分4分"),
        (99, "扣分4分当成了加分"),
    ],
)
def test_what_a_total_makes_of_added_and_deducted_points_is_told(value: str | int, text: str) -> None:
    cells = book() | {"F2": value, "F3": 83} if isinstance(value, int) else unsaved(book(), F2=value)
    causes = [cause for role, cause in told(checked(cells)) if role == "total"]
    assert text in causes


@pytest.mark.parametrize(
    ("formula", "text"),
    [("=ROUND(B2+C2,2)", "没有计入加分5分、没有扣除扣分4分"), ("=ROUND(B2+C2+5,2)", "没有扣除扣分4分"),
     ("=ROUND(B2+C2-4,2)", "没有计入加分5分")],
)  # fmt: skip
def test_a_formula_in_a_book_without_such_columns_that_leaves_them_out_is_told_so(formula: str, text: str) -> None:
    cells = {at: value for at, value in unsaved(book(), F2=formula, F3="=ROUND(B3+C3-3,2)").items() if at[0] not in "DE"}
    assert text in [cause for role, cause in told(checked(cells)) if role == "total"]


def test_one_entry_left_out_of_the_column_is_named_and_what_follows_is_told_under_it() -> None:
    """甲镇's 加分 are 3 of item 6 and 2 of the 表扬; with 3 alone the total is 89, 较好."""
    report = checked(unsaved(book(), D2=3))
    assert told(report) == [("bonus", "没有计入加分“受表扬的加分”（1次，2分，五）")]
    assert {one.slot.role for one in report.differences if not one.causes} >= {"total", "grade"}


def test_bounds_that_were_not_kept_are_told_as_such() -> None:
    """加分 of 3 and 2 under a bound of 4."""
    bound = TODAY.with_elements(extras={"bonus_max": 4, "cite": "六"})
    found = assess(bound, [*town("甲镇", "10", plus="3"), *town("乙镇", "6")], FACTS)
    assert found.of("甲镇").score == 91
    report = checked(unsaved(book(found), D2=5), found)
    assert told(report)[0] == ("bonus", "没有执行加分的上限（六）")
    report = checked(book(found) | {"F2": 92, "F3": 83}, found)
    assert ("total", "没有执行加分、扣分的上下限（六）") in told(report)


def test_points_of_an_item_are_written_out_of_its_own_full_marks() -> None:
    """资产收益到位率 at 92: 80 % of 10 points, written 8; 责任落实 18 of 20; 典型经验 3 points on top."""
    marks = [replace(sheet, marks=tuple(Mark(4, value=Fraction(92)) if m.indicator == 4 else m for m in sheet.marks))
             for sheet in town("甲镇", "18", plus="3")]  # fmt: skip
    found = assess(TODAY, [*marks, *town("乙镇", "6")])
    heads = {"A1": "实地考核", "A2": "单位", "B2": "责任落实", "C2": "典型经验", "D2": "得分"}
    field = heads | {"A3": "甲镇", "B3": 18, "C3": 3, "D3": 58, "A4": "乙镇", "B4": 6, "C4": 0, "D4": 46}
    data = {"A1": "数据考核", "A2": "单位", "B2": "资产收益到位率", "C2": "得分", "A3": "甲镇", "B3": 8, "C3": 38, "A4": "乙镇",
            "B4": 10, "C4": 40}  # fmt: skip
    content = read_book("汇总.xlsx", saved({"实地考核": field, "数据考核": data}))
    layout = recognise(content, TODAY)
    report = compare(found, content, layout)
    roles = {column.role for table in layout.tables for column in table.columns}
    assert roles >= {"item:field:1", "item:field:6", "item:data:4"}
    assert report.verdict() == "完全一致：核对10格，无一不同。"


@settings(max_examples=30, deadline=None)
@given(extra_schemes() | st.just(with_figures(scheme("template-2026-county"))), st.integers(0, 10**6))
def test_a_right_summary_is_wholly_the_same_whatever_the_rules_and_the_marks(rules: Scheme, seed: int) -> None:
    random = Random(seed)
    facts = [fact for group in rules.groups for unit in group.units for fact in some_facts(rules, unit.name, random)]
    found = assess(rules, all_sheets(rules, random), facts)
    report = checked({at: value[1] if isinstance(value, tuple) else value for at, value in book(found).items()
                      if value is not None}, found)  # fmt: skip
    assert report.agreed, [(one.at, one.book, one.engine) for one in report.differences]
