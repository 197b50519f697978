"""Errors sown into a right summary workbook: each found in its cell and told with the right cause, and nothing else told."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.crosscheck.read_book import read_book
from data.crosscheck.recognise import recognise
from scoring.assess import assess
from scoring.crosscheck.book import letters
from scoring.crosscheck.case import Past, Revision
from scoring.crosscheck.compare import compare
from scoring.crosscheck.layout import IGNORE, Layout
from scoring.crosscheck.report import Report
from scoring.marks import Mark, Sheet
from scoring.results import Results
from tests.data.summary_books import (
    COUNTY,
    FACT,
    GRADES,
    HEADS,
    MARKS,
    Cells,
    across,
    number,
    plain,
    results,
    saved,
    sheets,
    unsaved,
    values,
    with_items,
)

RIGHT = results()


def checked(content: bytes, name: str = "汇总.xlsx", found: Results = RIGHT, past: Past | None = None) -> Report:
    """The report of a workbook of which the helper column is said to be none of ours."""
    book = read_book(name, content)
    layout = recognise(book, found.scheme)
    tables = []
    for table in layout.tables:
        for column in table.columns:
            table = table.with_role(column.at, IGNORE) if column.heading == "辅助" else table
        tables.append(table)
    return compare(found, book, Layout(tuple(tables), layout.unread), past)


def changed(**cells: Any) -> Report:
    """The plain summary with some cells changed."""
    return checked(saved({"汇总": unsaved(plain(RIGHT), **cells)}))


def roots(report: Report) -> dict[str, str]:
    """Address → code of every difference with a cause of its own."""
    return {_address(one): one.code for one in report.roots}


def follows(report: Report) -> dict[str, set[str]]:
    """Address → the cells it is said to follow from at the beginning of the chain."""
    return {_address(one): {_place(at) for at in one.root} for one in report.differences if not one.causes}


def _address(one: Any) -> str:
    return _place(one.at)


def _place(at: tuple[str, int, int]) -> str:
    return f"{chr(64 + at[2])}{at[1]}"


def text(report: Report, address: str) -> str:
    """Every cause of a cell in words."""
    found = next(one for one in report.differences if _address(one) == address)
    return "；".join(cause.text for cause in found.causes)


@pytest.mark.parametrize(
    ("name", "content", "cells"),
    [
        ("有公式有权重行.xlsx", saved({"汇总": plain(RIGHT)}), 45),
        ("公式未存数值.xlsx", saved({"汇总": unsaved(plain(RIGHT))}), 45),
        ("分表与折算.xlsx", saved(with_items(RIGHT), merged=HEADS), 343),
        ("转置.xlsx", saved({"汇总": across(RIGHT)}), 45),
        ("只有数值.csv", values(RIGHT), 42),
    ],
)  # fmt: skip
def test_a_right_workbook_of_any_shape_is_wholly_the_same(name: str, content: bytes, cells: int) -> None:
    report = checked(content, name)
    assert report.verdict() == f"完全一致：核对{cells}格，无一不同。"


@dataclass(frozen=True)
class Seed:
    """One error: the cells changed, the roots to be told with their codes, and words that must be said."""

    cells: Cells
    told: dict[str, str]
    words: tuple[str, ...] = ()


def _all(column: str, formula: str) -> Cells:
    return {f"{column}{row}": formula.format(row=row) for row in range(5, 12)}


SEEDS = {
    # 江海区 is 79.78473…: up is 79.79, one place 79.8
    "进位": Seed({"F6": "=ROUNDUP(SUMPRODUCT($C$4:$E$4,C6:E6),2)"}, {"F6": "rounding"}, ("进位（ROUNDUP）",)),
    # 开平市 is 89.24205…, 恩平市 82.07894…: cut is 82.07
    "截断": Seed({"F11": "=INT(SUMPRODUCT($C$4:$E$4,C11:E11)*100)/100"}, {"F11": "rounding"}, ("INT",)),
    "没有舍入": Seed({"F9": "=SUMPRODUCT($C$4:$E$4,C9:E9)"}, {"F9": "rounding"}, ("没有舍入",)),
    # 台山市 86.1368…: 88×0.4+87×0.3+83×0.3 = 86.2
    "分项先取整": Seed(
        {"F8": "=ROUND(SUMPRODUCT($C$4:$E$4,ROUND(C8,0)*{1,0,0}+ROUND(D8,0)*{0,1,0}+ROUND(E8,0)*{0,0,1}),2)"},
        {"F8": "rounded-parts"},
    ),
    "漏了一列": Seed({"F8": "=ROUND(C8*$C$4+E8*$E$4,2)"}, {"F8": "skipped"}, ("D8（市级考核）",)),
    "多算一列": Seed({"F8": "=ROUND(SUMPRODUCT($C$4:$E$4,C8:E8)+A8,2)"}, {"F8": "range"}, ("A8",)),
    "权重行填反": Seed({"C4": 0.3, "D4": 0.4}, {"C4": "weight", "D4": "weight"}, ("方案为40％",)),
    "一行权重写死": Seed({"F9": "=ROUND(C9*0.3+D9*0.4+E9*0.3,2)"}, {"F9": "weight"}, ("交叉考核按30％计，应为40％",)),
    "权重行没锁定": Seed({"F6": "=ROUND(SUMPRODUCT(C5:E5,C6:E6),2)"}, {"F6": "range"}, ("权重行C4:E4", "没有用$锁定")),
    "公式被改成数": Seed({"F9": 90.25}, {"F9": "typed-over"}, ("F8",)),
    "未执行等次限制": Seed({"G7": '=IF(F7>=90,"好","较好")'}, {"G7": "limit-missing"}, ("五（四）",)),
    "限制用错对象": Seed({"G10": "较好"}, {"G10": "typed-over"}, ("新会区",)),
    # 蓬江区 is exactly 90.00
    "大于而不是以上": Seed({"G5": '=IF(F5>90,"好",IF(F5>=80,"较好","一般"))'}, {"G5": "line"}, ("含90分",)),
    "等次线85": Seed({"G9": '=IF(F9>=85,"好",IF(F9>=80,"较好","一般"))'}, {"G9": "line"}, ("85分，应为90分",)),
    "只按得分排": Seed(_all("H", "=RANK(F{row},$F$5:$F$11)"), dict.fromkeys(("H5", "H7", "H10"), "rank-by-score")),
    "倒着排": Seed({"H5": "=RANK(J5,$J$5:$J$11,1)"}, {"H5": "rank-order"}),
    "排位范围短": Seed({"H8": "=RANK(F8,F8:F11)"}, {"H8": "rank-range"}, ("蓬江区、江海区、新会区", "没有用$锁定")),
    "两行填反": Seed({"E8": 81.07, "E9": 83}, {"E8": "swapped", "E9": "swapped"}, ("开平市",)),
    "公式引用别行": Seed({"F8": "=ROUND(SUMPRODUCT($C$4:$E$4,C9:E9),2)"}, {"F8": "row-shift"}, ("开平市",)),
    "数存成文本": Seed({"E8": "83"}, {"E8": "text-number"}, ("被略过",)),
    "公式出错": Seed({"F8": "=C8*#REF!"}, {"F8": "error-cell"}, ("#REF!",)),
    "数字颠倒": Seed({"E6": 83.1}, {"E6": "typing"}, ("应为81.3",)),
    "小数点错位": Seed({"E6": 8.13}, {"E6": "typing"}, ("小数点错位",)),
    "另加了分": Seed({"F8": "=ROUND(SUMPRODUCT($C$4:$E$4,C8:E8),2)+1.5"}, {"F8": "offset"}, ("加了1.5分",)),
    "表中未填": Seed({"E8": None}, {"E8": "not-in-book"}),
}


@pytest.mark.parametrize("name", SEEDS)
def test_a_sown_error_is_found_in_its_cell_with_its_cause_and_nothing_else_is_blamed(name: str) -> None:
    seed = SEEDS[name]
    report = changed(**seed.cells)
    assert roots(report) == seed.told
    for word in seed.words:
        assert any(word in text(report, address) for address in seed.told), (word, [text(report, a) for a in seed.told])
    for address, origin in follows(report).items():
        assert origin, f"{address} follows from nothing"
        assert origin <= set(seed.told), (address, origin)


def test_what_follows_from_a_wrong_cell_is_told_under_it() -> None:
    report = changed(E6=83.1)  # 江海区 79.78 → 80.32: 一般 → 较好; its place stays the last
    assert follows(report) == {"F6": {"E6"}, "G6": {"E6"}}
    assert report.verdict() == "核对45格，3格不同：归为1处原因，其中2格由其他格引起。"


def test_a_formula_that_was_not_recalculated_is_told_with_both_values() -> None:
    cells = plain(RIGHT)
    cells["F8"] = (cells["F8"][0], 85.5)
    report = checked(saved({"汇总": cells}))
    assert roots(report) == {"F8": "stale-cache"}
    assert "应为86.14，存的却是85.5；重算后与本系统一致" in text(report, "F8")


def test_the_score_of_an_earlier_sheet_is_told_as_stale_with_where_the_new_one_stands() -> None:
    before = results({**MARKS, "台山市": (*MARKS["台山市"][:2], "79.5")}).of("台山市")
    past = Past(
        {("台山市", "daily"): (Revision("第1次上报", before),)}, {("台山市", "daily", 0): "《台山市_日常工作.xlsx》C2"}
    )
    report = checked(saved({"汇总": unsaved(plain(RIGHT), E8=79.5)}), past=past)
    assert roots(report) == {"E8": "stale-mark"}
    assert "第1次上报" in text(report, "E8")


def test_a_missing_sheet_counted_as_zero_and_one_averaged_over_are_told_apart() -> None:
    marks = {**MARKS, "恩平市": (*MARKS["恩平市"][:2], None)}
    found = results(marks)
    cells = {at: told for at, told in plain(RIGHT).items() if at not in ("E11", "G11", "H11", "J11")}
    ranks = {f"H{row}": one.rank for row, one in enumerate(found.units, start=5) if one.rank}
    # 85 × 0.4 + 80.2632 × 0.3 = 58.0789…; ÷ 0.7 = 82.9699…
    for score, code in ((58.08, "missing-zero"), (82.97, "missing-mean")):
        report = checked(saved({"汇总": {**unsaved(cells), **ranks, "F11": score}}), found=found)
        assert code in [cause.code for cause in report.differences[0].causes]
        assert [_address(one) for one in report.differences] == ["F11"]


def test_points_of_a_tick_that_differ_are_told_with_both_scales() -> None:
    sixty = assess(COUNTY.replace(points=dict(zip(GRADES, map(Fraction, (100, 80, 60, 40)), strict=True))), sheets(), (FACT,))
    own = across(sixty)
    cells = {**across(RIGHT), **{at: told for at, told in own.items() if at[1:] in ("3", "4")}}
    report = checked(saved({"汇总": cells}))
    assert set(roots(report).values()) == {"tick-points"}
    assert "表中按100/80/60/40，本系统按95/85/75/60" in text(report, "B3")


def test_points_of_a_tick_that_differ_in_the_items_are_told_once_for_all_items() -> None:
    tables = {name: unsaved(cells) for name, cells in with_items(RIGHT).items()}
    first = enumerate(RIGHT.units, start=2)
    rows = [(row, no, each) for row, one in first for no, each in one.components["cross"].rows.items()]
    tables["交叉考核"] |= {f"{letters(no + 1)}{row}": 100 for row, no, each in rows if each.grade == "好"}
    report = checked(saved(tables, merged=HEADS))
    assert [group.code for group in report.groups] == ["tick-points"]
    assert "“好”表中记100分，本系统记95分" in report.roots[0].causes[0].text


def test_an_average_that_skips_the_last_item_names_it() -> None:
    tables = {name: unsaved(cells) for name, cells in with_items(RIGHT).items()}
    tables["交叉考核"]["U5"] = ("=AVERAGE(B5:S5)", None)
    report = checked(saved(tables, merged=HEADS))
    assert roots(report) == {"U5": "skipped"}
    assert "T5（第19项）" in text(report, "U5")


def test_other_weights_in_a_table_of_values_are_found_from_all_its_rows() -> None:
    half = assess(COUNTY.replace(weights={"cross": Fraction(50), "municipal": Fraction(25), "daily": Fraction(25)}), sheets(), (FACT,))
    report = checked(values(half), "汇总.csv")
    assert {one.code for one in report.roots} == {"weight"}
    assert "交叉考核50％、市级考核25％、日常工作25％" in report.roots[0].causes[0].text


def test_a_unit_not_on_the_roster_a_missing_one_and_one_that_stands_twice_are_told() -> None:
    report = changed(B8="台川", B9="鹤山")
    told = {remark.code: remark.text for remark in report.remarks}
    assert "是否为“台山市”" in told["unknown-unit"]
    assert set(told) == {"unknown-unit", "duplicate-unit", "missing-unit"}
    assert "数与鹤山市相同" not in told["duplicate-unit"]


def test_a_value_that_nothing_explains_is_said_to_be_unexplained() -> None:
    report = checked(saved({"汇总": {**across(RIGHT), "E6": 71.63}}))
    assert roots(report) == {"E6": "unknown"}
    assert "原因未能判明" in text(report, "E6")


def test_two_independent_errors_are_told_apart() -> None:
    report = changed(D4=0.25, F9="=ROUNDUP(SUMPRODUCT($C$4:$E$4,C9:E9),1)")
    assert roots(report) == {"D4": "weight", "F9": "rounding"}


def test_a_total_shown_with_two_decimals_and_kept_unrounded_is_the_same() -> None:
    cells = plain(RIGHT)
    for row, one in enumerate(RIGHT.units, start=5):
        cells[f"F{row}"] = (f"=SUMPRODUCT($C$4:$E$4,C{row}:E{row})", number(one.exact))
    assert checked(saved({"汇总": cells}, {"F": "0.00"})).agreed


def test_a_grade_lost_to_binary_arithmetic_is_told_as_such() -> None:
    totals = {"cross": "80.3", "municipal": "82.64", "daily": "76.96"}  # exactly 80: 较好; floats say 79.99999999999999
    forms = [Sheet(one.unit, part, (Mark(None, score=Fraction(told)),)) for one in RIGHT.units for part, told in totals.items()]
    found = assess(COUNTY, forms)
    cells = plain(found)
    cells["F8"] = ("=SUMPRODUCT($C$4:$E$4,C8:E8)", 79.99999999999999)
    cells["G8"] = (cells["G8"][0], "一般")
    cells["H8"], cells["J8"] = 1, 80
    report = checked(saved({"汇总": cells}, {"F": "0.00"}), found=found)
    assert roots(report) == {"G8": "float"}


def test_a_function_that_is_not_known_is_told_and_its_saved_value_compared() -> None:
    cells = plain(RIGHT)
    cells["F8"] = ("=ROUND(XLOOKUP(1,C8:E8,C8:E8),2)", 71.6)
    report = checked(saved({"汇总": cells}))
    assert "公式无法核对（XLOOKUP()）" in text(report, "F8")


HONEST = {
    "rounding": {"rounding", "rounded-parts"},
    "skipped": {"skipped"},
    "weight": {"weight"},
    "typing": {"typing", "swapped", "row-shift", "unknown"},
    "row-shift": {"row-shift"},
}
"""A sown kind → what may be told of it without saying anything false."""


@given(st.data())
@settings(max_examples=25, deadline=None)
def test_a_single_sown_error_is_never_given_a_cause_that_contradicts_it(data: st.DataObject) -> None:
    row = data.draw(st.integers(5, 11))
    kind = data.draw(st.sampled_from(list(HONEST)))
    other = data.draw(st.integers(5, 11).filter(lambda at: at != row))
    pair = data.draw(st.sampled_from((("C", "D"), ("D", "E"), ("C", "E"))))
    share = data.draw(st.sampled_from((10, 20, 50, 60)))
    score = str(RIGHT.units[row - 5].components["daily"].exact)
    mark = Fraction(score)
    cells: dict[str, Cells] = {
        "rounding": {f"F{row}": f"=ROUNDUP(SUMPRODUCT($C$4:$E$4,C{row}:E{row}),1)"},
        "skipped": {f"F{row}": f"=ROUND({pair[0]}{row}*{pair[0]}$4+{pair[1]}{row}*{pair[1]}$4,2)"},
        "weight": {f"F{row}": f"=ROUND(C{row}*{share}%+D{row}*0.3+E{row}*0.3,2)"},
        "typing": {f"E{row}": number(mark + 10)},
        "row-shift": {f"F{row}": f"=ROUND(SUMPRODUCT($C$4:$E$4,C{other}:E{other}),2)"},
    }
    report = changed(**cells[kind])
    seeded = next(iter(cells[kind]))
    assert set(roots(report)) <= {seeded}
    assert {cause.code for one in report.roots for cause in one.causes} <= HONEST[kind]


def test_an_average_without_weights_is_said_of_a_cell_only_with_a_second_one_that_fits_else_suspected() -> None:
    """(C + D + E) / 3 of the exact scores, of one county and of two."""
    even = [sum((one.components[part].exact for part in ("cross", "municipal", "daily")), Fraction(0)) / 3 for one in RIGHT.units]
    cells = across(RIGHT)
    rounded = [number(Fraction(round(value * 100), 100)) for value in even]
    alone = checked(saved({"汇总": {**cells, "E6": rounded[3]}}))
    assert "疑为按简单平均计，没有加权（同列只有此格相合，请核实）" in text(alone, "E6")
    both = checked(saved({"汇总": {**cells, "C6": rounded[1], "E6": rounded[3]}}))
    assert "疑为" not in text(both, "E6")
    assert "按简单平均计，没有加权" in text(both, "E6")


def typed() -> Cells:
    """The right summary with every formula's value typed in."""
    return {at: held[1] if isinstance(held, tuple) else held for at, held in plain(RIGHT).items()}


def test_two_places_written_the_wrong_way_round_are_told_as_that() -> None:
    report = checked(saved({"汇总": typed() | {"H5": 7, "H6": 2}}))
    assert roots(report) == {"H5": "swapped", "H6": "swapped"}
    assert "的位次填反了" in text(report, "H5")


def test_what_has_no_known_cause_is_told_after_what_has() -> None:
    report = checked(saved({"汇总": typed() | {"C5": 12.34, "H6": 2, "H5": 7}}))
    assert [group.code == "unknown" for group in report.groups] == sorted(group.code == "unknown" for group in report.groups)
