"""Our own forms, filled in plainly and then bent cell by cell, as people bend them."""

from __future__ import annotations

import io
from fractions import Fraction
from typing import Any

import openpyxl

from data.documents.forms import filled_form
from data.sheets import FileReading
from scoring.marks import Mark, Sheet
from scoring.scheme import Scheme
from tests.data.scheme_sheets import ALL, rows
from tests.data.sheet_forms import read, saved

NEIMENGGU, RUYUAN, CITY = ALL["neimenggu-2018"], ALL["ruyuan-2017"], ALL["dongxi-2019-city"]
DEPARTMENT, QUJIANG, GUANGDONG = ALL["dongxi-2019-department"], ALL["qujiang-2018"], ALL["guangdong-2019"]


def plain(scheme: Scheme, unit: str, component: str) -> Sheet:
    """Every item as its kind asks: full marks, 95 %, a 完成率 or a count of 95, 是, 12, 完成, the best grade."""
    part = scheme.component(component)

    def mark(item: Any) -> Mark:
        if scheme.combine == "judgement":
            return Mark(item.no, remark=f"第{item.no}项属实")
        given: dict[str, dict[str, Any]] = {
            "tick": {"grade": "好"}, "judged": {"grade": "好"}, "points": {"score": item.full.get(component, Fraction(1))},
            "ratio": {"value": Fraction(95)}, "yesno": {"answer": "是"}, "quantity": {"value": Fraction(12)},
            "task": {"answer": "完成"}, "completion": {"value": Fraction(95)},
        }  # fmt: skip
        return Mark(item.no, **given[item.kind])

    return Sheet(unit, part.id, tuple(mark(item) for item in rows(scheme, unit, component)))


def content(scheme: Scheme, unit: str, component: str, **cells: Any) -> bytes:
    """That form as .xlsx with some cells changed: content(…, F8=None, E8=5)."""
    book = openpyxl.load_workbook(io.BytesIO(filled_form(scheme, plain(scheme, unit, component))))
    for address, value in cells.items():
        book.active[address] = value
    return saved(book)


def bent(scheme: Scheme, unit: str, component: str, **cells: Any) -> FileReading:
    """That form, changed and read back."""
    return read(content(scheme, unit, component, **cells), scheme=scheme)


def mark_of(reading: FileReading, no: int) -> Mark:
    """One item's mark in the only sheet."""
    (sheet,) = reading.sheets
    return next(mark for mark in sheet.marks if mark.indicator == no)
